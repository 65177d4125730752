/* test_talk_scenario.c - the reference scenario loads as written; each mistake is named with its line. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "talk_kit.h"

enum { YAML_MAX = 64 * 1024 };

static char *reference;
static struct scenario_issues issues;

static int read_reference(void **state)
{
    size_t n;

    (void)state;
    return text_read_file(&reference, &n, "scenarios/demo-request.yaml", SCENARIO_MAX_BYTES);
}

static int free_reference(void **state)
{
    (void)state;
    free(reference);
    return 0;
}

static void the_reference_scenario_loads(void **state)
{
    struct scenario *sc = NULL;

    (void)state;
    assert_int_equal(scenario_load(&sc, reference, strlen(reference), &issues), 0);
    assert_string_equal(sc->id, "demo-request");
    assert_string_equal(sc->company, "Northwind Calls");
    assert_int_equal(sc->question_count, 4);
    assert_int_equal(sc->questions[0].max_points, 30);
    assert_int_equal(scenario_question(sc, "timeline")->points_count, 4);
    assert_int_equal(scenario_question(sc, "budget")->ask_min, 1000);
    assert_int_equal(sc->objection_count, 6);
    assert_int_equal(sc->objections[1].next, THEN_SEND_EMAIL_AND_EXIT);
    assert_int_equal(sc->objections[2].then, THEN_BOOK_CALLBACK);
    assert_int_equal(sc->faq_count, 3);
    assert_int_equal(sc->competitor_count, 4);
    assert_int_equal(sc->routing.hot, 80);
    assert_int_equal(sc->routing.callback_within_s, 7200);
    assert_int_equal(sc->routing.reengage_max_s, 7 * 86400);
    assert_string_equal(scenario_team(&sc->routing, 60000), "enterprise");
    assert_string_equal(scenario_team(&sc->routing, 49999), "closers");
    assert_int_equal(scenario_bucket(&sc->routing, 79), BUCKET_WARM_HIGH);
    assert_null(scenario_question(sc, "nothing"));
    assert_string_equal(sc->yaml, reference);
    obj_unref(sc);
}

/* The reference with one piece of text replaced; the length of the result. */
static size_t changed(char *out, const char *from, const char *to)
{
    const char *at = strstr(reference, from);

    assert_non_null(at);
    return (size_t)snprintf(out, YAML_MAX, "%.*s%s%s", (int)(at - reference), reference, to, at + strlen(from));
}

static int line_of(const char *part)
{
    const char *at = strstr(reference, part);
    int line = 1;

    for (const char *p = reference; p < at; p++)
        line += *p == '\n';
    return line;
}

static const struct scenario_issue *issue_with(const char *part)
{
    for (size_t i = 0; i < issues.n; i++)
        if (strstr(issues.at[i].text, part) != NULL)
            return &issues.at[i];
    return NULL;
}

struct mistake { const char *from, *to, *says; bool error; };

static const struct mistake mistakes[] = {
    {"an AI assistant calling for {company}. This", "calling for {company}. This", "must say that an AI is calling", true},
    {"calling for {company}. This", "calling. This", "must name the company", true},
    {"This call is recorded; say stop", "Say stop", "must say that the call is recorded", true},
    {"; say stop at any time to opt out.", ".", "must say how to opt out", true},
    {"  goodbye: [\"Thank you for your time. Goodbye!\"]\n", "", "\"goodbye\" is missing", true},
    {"kind: inbound ", "kind: sideways ", "kind must be inbound", true},
    {"kind: money ", "kind: gold ", "kind must be choice, money", true},
    {"id: timeline", "id: need", "two questions are called \"need\"", true},
    {"id: moderate", "id: strong", "two options are called \"strong\"", true},
    {"hot: 80", "hot: 50", "must descend", true},
    {"within: 2h", "within: soon", "time span", true},
    {"after: [3d, 7d]", "after: [7d, 3d]", "ends before it begins", true},
    {"{ max: 30, points: 25 }", "{ points: 25 }", "{ min: N, points: P }", true},
    {"unknown_points: 8", "unknown_points: 80", "may not exceed", true},
    {"then: book_callback", "then: dance", "then must be continue", true},
    {"{first_name|there}, this is {agent}, an AI assistant calling", "{frist_name|there}, this is {agent}, an AI assistant calling", "unknown placeholder", true},
    {"{partner|One of", "{partner One of", "unknown placeholder", true},
    {"\"+12025550100\"", "12025550100", "callback_number must be", true},
    {"do: nurture", "do: handoff", "can only do: nurture", true},
    {"language: en-US", "language: de-DE", "no built-in lines", true},
    {"points: 30,", "points: 35,", "scaled to 100", false},
    {"title: Inbound", "titel: Inbound", "does not know \"titel\"", false},
    {"questions: 5", "questions: 2", "the last ones are not asked", false},
};

static void each_mistake_is_explained(void **state)
{
    char *yaml = malloc(YAML_MAX);

    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const struct mistake *m = &mistakes[i];
        struct scenario *sc = NULL;
        size_t n = changed(yaml, m->from, m->to);
        int err = scenario_load(&sc, yaml, n, &issues);
        const struct scenario_issue *is = issue_with(m->says);

        if (is == NULL)
            fail_msg("\"%s\" -> \"%s\": nothing says \"%s\"", m->from, m->to, m->says);
        assert_int_equal(is->error, m->error);
        assert_int_equal(err, m->error ? EINVAL : 0);
        obj_unref(sc);
    }
    free(yaml);
}

static void mistakes_have_their_line(void **state)
{
    char *yaml = malloc(YAML_MAX);
    struct scenario *sc = NULL;
    size_t n = changed(yaml, "within: 2h", "within: soon");

    (void)state;
    assert_int_equal(scenario_load(&sc, yaml, n, &issues), EINVAL);
    assert_int_equal(issue_with("time span")->line, line_of("within: 2h"));
    n = changed(yaml, "hot: 80", "hot: 80, hot: 81");
    assert_int_equal(scenario_load(&sc, yaml, n, &issues), EINVAL);
    assert_int_equal(issues.at[0].line, line_of("hot: 80"));
    free(yaml);
}

static void empty_and_huge_are_refused(void **state)
{
    struct scenario *sc = NULL;
    char *big = calloc(1, SCENARIO_MAX_BYTES + 2);

    (void)state;
    assert_int_equal(scenario_load(&sc, "", 0, &issues), EINVAL);
    assert_int_equal(issues.n, 1);
    assert_int_equal(scenario_load(&sc, "[]", 2, &issues), EINVAL);
    assert_int_equal(scenario_load(&sc, big, SCENARIO_MAX_BYTES + 1, &issues), EMSGSIZE);
    free(big);
}

struct prompts { size_t n; bool name, question, hold; };

static void see(const char *text, void *arg)
{
    struct prompts *p = arg;

    p->n++;
    assert_null(strchr(text, '{'));
    p->name |= strstr(text, "Hi Priya, this is Ava") != NULL;
    p->question |= strstr(text, "What is your timeline?") != NULL;
    p->hold |= strstr(text, "Thanks for holding") != NULL;
}

static void every_prompt_is_known_before_the_call(void **state)
{
    struct talk_lead lead = {.first_name = "Priya", .source = "demo_request"};
    struct prompts p = {0};
    struct scenario *sc = NULL;

    (void)state;
    assert_int_equal(scenario_load(&sc, reference, strlen(reference), &issues), 0);
    scenario_each_prompt(sc, &lead, see, &p);
    assert_true(p.name && p.question && p.hold);
    assert_true(p.n > 100);
    obj_unref(sc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_scenario_loads),     cmocka_unit_test(each_mistake_is_explained),
        cmocka_unit_test(mistakes_have_their_line),         cmocka_unit_test(empty_and_huge_are_refused),
        cmocka_unit_test(every_prompt_is_known_before_the_call),
    };

    return cmocka_run_group_tests(tests, read_reference, free_reference);
}
