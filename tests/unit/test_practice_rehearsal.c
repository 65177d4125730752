/* test_practice_rehearsal.c - people and written turns against the talk, without sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "practice/cast.h"
#include "practice/mind.h"
#include "practice/rehearsal.h"
#include "talk_kit.h"

static struct kit kit;
static struct people *people;

static int open_all(void **state)
{
    char why[200];

    (void)state;
    return kit_open(&kit, "scenarios/demo-request.yaml") != 0 || people_load(&people, "personas/simulate.yaml", why, sizeof why) != 0;
}

static int close_all(void **state)
{
    (void)state;
    obj_unref(people);
    kit_close(&kit);
    return 0;
}

static const struct persona *named(const char *name)
{
    for (size_t i = 0; i < people_count(people); i++)
        if (strcmp(people_at(people, i)->name, name) == 0)
            return people_at(people, i);
    fail_msg("nobody is called %s", name);
    return NULL;
}

static void rehearse_turns(struct rehearsal *r, const char *yaml)
{
    struct sim_case *c = NULL;
    char why[200];

    assert_int_equal(case_parse(&c, yaml, strlen(yaml), why, sizeof why), 0);
    assert_int_equal(rehearse(r, &(struct rehearsal_params){.scenario = kit.sc, .und = kit.und, .turns = c}), 0);
    obj_unref(c);
}

static void everybody_of_the_file_comes_to_what_is_expected_of_them(void **state)
{
    int talked = 0;

    (void)state;
    for (size_t i = 0; i < people_count(people); i++) {
        const struct persona *who = people_at(people, i);

        if (!who->expect.any)
            continue;
        for (uint32_t seed = 0; seed < 6; seed++) {
            struct rehearsal r;
            struct observed o;
            json_t *misses = json_array();

            assert_true(rehearsal_possible(who));
            assert_int_equal(rehearse(&r, &(struct rehearsal_params){.scenario = kit.sc, .und = kit.und, .people = people, .who = who, .seed = seed}), 0);
            rehearsal_observe(&o, &r, who->interrupt_ms > 0);
            expectation_judge(misses, &who->expect, &o);
            if (json_array_size(misses) > 0)
                fail_msg("%s, seed %u: %s is not as expected: %s", who->name, seed, jx_str(json_array_get(misses, 0), "what", ""), jx_str(json_array_get(misses, 0), "got", ""));
            json_decref(misses);
            rehearsal_release(&r);
        }
        talked++;
    }
    assert_true(talked >= 20);
}

static void the_same_seed_gives_the_same_talk(void **state)
{
    struct rehearsal_params p = {.scenario = kit.sc, .und = kit.und, .people = people, .who = named("Priya Raman"), .seed = 5};
    struct rehearsal a, b, c;

    (void)state;
    assert_int_equal(rehearse(&a, &p), 0);
    assert_int_equal(rehearse(&b, &p), 0);
    p.seed = 6;
    assert_int_equal(rehearse(&c, &p), 0);
    assert_true(json_equal(a.result, b.result));
    assert_string_equal(buf_str(&a.said), buf_str(&b.said));
    assert_string_not_equal(buf_str(&a.said), buf_str(&c.said));
    rehearsal_release(&a);
    rehearsal_release(&b);
    rehearsal_release(&c);
}

static void who_speaks_over_the_disclosure_is_told_again(void **state)
{
    struct rehearsal r;

    (void)state;
    rehearse_turns(&r, "turns:\n  - { say: who is this, barge_in_at: 300 }\n  - go ahead\n");
    assert_true(r.interrupted >= 1);
    assert_true(expectation_heard(strchr(buf_str(&r.said), '\n'), "this call is recorded | on a recorded line", 100)); /* behind the first sentence */
    rehearsal_release(&r);
}

static void turns_that_end_are_a_hang_up(void **state)
{
    struct rehearsal r;

    (void)state;
    rehearse_turns(&r, "turns: [\"yes\"]\n");
    assert_string_equal(jx_str(r.result, "outcome", ""), "hung_up");
    rehearsal_release(&r);
}

static const char hot_turns[] = "turns:\n  - sure\n  - we are losing deals because we answer too slowly\n  - as soon as possible\n  - two thousand dollars a month\n  - it is my call\n";

static void a_handoff_goes_as_the_case_says(void **state)
{
    struct rehearsal r;
    char text[600];

    (void)state;
    rehearse_turns(&r, hot_turns);
    assert_string_equal(jx_str(json_object_get(r.result, "next"), "action", ""), "handoff");
    rehearsal_release(&r);
    snprintf(text, sizeof text, "handoff: fail\n%s  - yes\n  - tomorrow at ten\n", hot_turns);
    rehearse_turns(&r, text);
    assert_string_equal(jx_str(json_object_get(r.result, "next"), "action", ""), "callback");
    assert_string_equal(jx_str(json_object_get(r.result, "callback"), "value", ""), "2026-03-12T10:00");
    rehearsal_release(&r);
    snprintf(text, sizeof text, "%s  - { say: take me off your list, on_hold: yes }\n", hot_turns);
    rehearse_turns(&r, text);
    assert_string_equal(jx_str(r.result, "outcome", ""), "opted_out");
    rehearsal_release(&r);
}

static void keys_silence_and_machines_are_turns(void **state)
{
    struct rehearsal r;

    (void)state;
    rehearse_turns(&r, "turns: [{ key: \"9\" }]\n");
    assert_string_equal(jx_str(r.result, "outcome", ""), "opted_out");
    rehearsal_release(&r);
    rehearse_turns(&r, "turns: [{ machine: yes }]\n");
    assert_string_equal(jx_str(r.result, "outcome", ""), "voicemail");
    rehearsal_release(&r);
    rehearse_turns(&r, "turns: [{ silence_ms: 5000 }, { silence_ms: 5000 }, { silence_ms: 5000 }, { silence_ms: 5000 }]\n");
    assert_string_equal(jx_str(r.result, "outcome", ""), "no_response");
    rehearsal_release(&r);
}

static void what_is_known_is_not_asked(void **state)
{
    struct rehearsal r;

    (void)state;
    rehearse_turns(&r, "lead: { known_answers: { need: { status: stated, value: strong, evidence: we lose deals } } }\nturns: [\"sure\", \"in two weeks\"]\n");
    assert_string_equal(jx_str(json_object_get(json_object_get(r.result, "answers"), "timeline"), "status", ""), "stated");
    rehearsal_release(&r);
}

static void a_line_varies_with_its_seed(void **state)
{
    char a[80], b[80];
    bool differs = false;

    (void)state;
    mind_vary(a, sizeof a, "[Sure|Yes|], go [ahead|on].", 1);
    for (uint32_t seed = 2; seed < 30; seed++) {
        mind_vary(b, sizeof b, "[Sure|Yes|], go [ahead|on].", seed);
        assert_null(strpbrk(b, "[]|"));
        differs |= strcmp(a, b) != 0;
    }
    assert_true(differs);
    mind_vary(a, sizeof a, "plain", 7);
    assert_string_equal(a, "plain");
    mind_vary(a, sizeof a, "open [end", 7);
    assert_string_equal(a, "open [end");
    mind_vary(a, 6, "[longer than that]", 7);
    assert_string_equal(a, "longe");
}

static void a_person_asks_back_twice_and_leaves_at_goodbye(void **state)
{
    struct mind m;
    struct mind_reply r;

    (void)state;
    mind_init(&m, people, named("Sam Doyle"), 0);
    for (int i = 0; i < 3; i++) {
        r = mind_hear(&m, "Would you prefer blue or green?", true);
        assert_true((r.line != NULL) == (i < 2));
    }
    r = mind_hear(&m, "Good, I have you down for tomorrow. Thank you and goodbye!", true);
    assert_true(r.leaves);
    assert_null(r.line);
}

/* A cast is a people file again: a number for each role, the closers as they are, the wordings by the seed. */
static void a_cast_is_a_people_file(void **state)
{
    const struct persona *priya = named("Priya Raman");
    struct cast_role roles[] = {{.who = priya}, {.who = priya, .seed = 3, .interrupt_ms = 1500}, {.who = named("Paula Berg"), .seed = 1}};
    char path[] = "/tmp/baton-test-cast-XXXXXX", why[200] = "", number[CAST_NUMBER_MAX];
    struct people *cast = NULL;
    const struct persona *second;
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(cast_write(path, people, roles, 3), 0);
    if (people_load(&cast, path, why, sizeof why) != 0)
        fail_msg("%s", why);
    unlink(path);
    cast_number(number, 1);
    second = people_find(cast, number);
    assert_non_null(second);
    assert_string_equal(second->name, "Priya Raman");
    assert_int_equal(second->seed, 3);
    assert_int_equal(second->interrupt_ms, 1500);
    assert_string_not_equal(second->voice, people_at(cast, 0)->voice);
    assert_string_equal(people_at(cast, 0)->voice, priya->voice);
    assert_false(second->expect.any);
    assert_int_equal(people_at(cast, 2)->digit, '9');
    assert_non_null(people_find(cast, "closer-dana"));
    assert_string_equal(people_cue(cast, "do you have a minute")->id, "permission");
    obj_unref(cast);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_of_the_file_comes_to_what_is_expected_of_them), cmocka_unit_test(the_same_seed_gives_the_same_talk),
        cmocka_unit_test(who_speaks_over_the_disclosure_is_told_again),            cmocka_unit_test(turns_that_end_are_a_hang_up),
        cmocka_unit_test(a_handoff_goes_as_the_case_says),                         cmocka_unit_test(keys_silence_and_machines_are_turns),
        cmocka_unit_test(what_is_known_is_not_asked),                              cmocka_unit_test(a_line_varies_with_its_seed),
        cmocka_unit_test(a_person_asks_back_twice_and_leaves_at_goodbye),          cmocka_unit_test(a_cast_is_a_people_file)};

    return cmocka_run_group_tests(tests, open_all, close_all);
}
