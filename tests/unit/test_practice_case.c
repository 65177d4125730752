/* test_practice_case.c - cases load as written; each mistake is named with its line; what is expected is judged. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/obj.h"
#include "base/yaml.h"
#include "practice/case.h"
#include "practice/tally.h"
#include "practice/yaml_json.h"

static struct sim_case *parsed(const char *text)
{
    struct sim_case *c = NULL;
    char why[200] = "";

    if (case_parse(&c, text, strlen(text), why, sizeof why) != 0)
        fail_msg("%s", why);
    return c;
}

static void a_case_loads_as_written(void **state)
{
    struct sim_case *c = parsed("case: hot\n"
                                "lead: { first_name: Priya, source: pricing_page, known_answers: { need: { status: stated, value: strong } } }\n"
                                "now: 2026-03-11T10:00:00-05:00\n"
                                "runs: 3\nseed: 4294967295\nhandoff: fail\n"
                                "turns:\n"
                                "  - yes\n"
                                "  - { say: who is this, barge_in_at: 700, on_hold: yes }\n"
                                "  - { silence_ms: 5000 }\n"
                                "  - { key: \"9\" }\n"
                                "  - { machine: yes }\n"
                                "  - { hang_up: yes }\n"
                                "expect: { outcome: [qualified, declined], says: [one, two], within_ms: 900 }\n");

    (void)state;
    assert_string_equal(c->name, "hot");
    assert_string_equal(c->lead.source, "pricing_page");
    assert_string_equal(c->known_answers, "{\"need\":{\"status\":\"stated\",\"value\":\"strong\"}}");
    assert_int_equal(c->now_ms, 1773223200000 + 5 * 3600000);
    assert_int_equal(c->utc_offset_s, -5 * 3600);
    assert_int_equal(c->runs, 3);
    assert_int_equal(c->seed, 4294967295u);
    assert_true(c->handoff_fails);
    assert_int_equal(c->turn_count, 6);
    assert_string_equal(c->turns[0].text, "yes");
    assert_int_equal(c->turns[1].barge_in_at, 700);
    assert_true(c->turns[1].on_hold);
    assert_int_equal(c->turns[2].kind, CASE_SILENCE);
    assert_int_equal(c->turns[3].digit, '9');
    assert_int_equal(c->turns[4].kind, CASE_MACHINE);
    assert_int_equal(c->turns[5].kind, CASE_HANG_UP);
    assert_int_equal(c->expect.outcome.n, 2);
    assert_int_equal(c->expect.within_ms, 900);
    obj_unref(c);
}

static void each_mistake_is_named_with_its_line(void **state)
{
    static const struct { const char *text, *why; } cases[] = {
        {"turns: [a]\nexpect: { outcome: [] }\n", "line 2: "},
        {"turns: [a]\nexpect: { out: qualified }\n", "line 2: what is expected"},
        {"turns: [a]\nspeed: 3\n", "line 2: \"speed\" is not known"},
        {"case: a\n", "either a \"persona\" or \"turns\""},
        {"persona: a\nturns: [b]\n", "either a \"persona\" or \"turns\""},
        {"turns: []\n", "line 1: \"turns\""},
        {"turns:\n  - { say: a, key: \"1\" }\n", "line 2: a turn is one of"},
        {"turns:\n  - { key: x }\n", "line 2: a key is one of"},
        {"turns:\n  - { say: a, barge_in_at: -1 }\n", "line 2: \"barge_in_at\" is a whole number"},
        {"turns:\n  - { say: a, on_hold: perhaps }\n", "line 2: yes or no"},
        {"turns: [a]\nnow: noon\n", "line 2: \"now\" is a time"},
        {"turns: [a]\nhandoff: maybe\n", "line 2: \"handoff\" is done or fail"},
        {"turns: [a]\nseed: -1\n", "line 2: a seed"},
        {"turns: [a]\nlead: x\n", "line 2: \"lead\" is a map"},
        {"turns: [a]\nexpect: { answers: { need: [a] } }\n", "line 2: an answer is a value"},
        {"turns: [a]\nexpect: { within_ms: 0 }\n", "line 2: a number of milliseconds"},
        {"[a", "line "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sim_case *c = NULL;
        char why[200] = "";

        assert_int_equal(case_parse(&c, cases[i].text, strlen(cases[i].text), why, sizeof why), EINVAL);
        if (strstr(why, cases[i].why) == NULL)
            fail_msg("%s\n  gives \"%s\", not \"%s\"", cases[i].text, why, cases[i].why);
    }
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    static char text[CASE_BYTES_MAX + 1];
    struct sim_case *c = NULL;
    char why[200];

    (void)state;
    memset(text, ' ', sizeof text);
    assert_int_equal(case_parse(&c, text, sizeof text, why, sizeof why), EMSGSIZE);
}

/* What a judgement of this result says, as "what: want, got; ...". */
static const char *judged(const char *expect, const char *result, struct observed o)
{
    static char out[1000];
    char text[1000], why[200];
    struct sim_case *c;
    json_t *misses = json_array(), *r = NULL, *m;
    size_t i, at = 0;

    snprintf(text, sizeof text, "turns: [a]\nexpect: %s\n", expect);
    c = parsed(text);
    assert_int_equal(jx_parse(&r, result, strlen(result), 4096, why, sizeof why), 0);
    o.result = r;
    expectation_judge(misses, &c->expect, &o);
    out[0] = '\0';
    json_array_foreach(misses, i, m)
        at += (size_t)snprintf(out + at, sizeof out - at, "%s: %s, %s; ", jx_str(m, "what", ""), jx_str(m, "want", ""), jx_str(m, "got", ""));
    json_decref(misses);
    json_decref(r);
    obj_unref(c);
    return out;
}

static void what_is_expected_is_judged(void **state)
{
    static const char result[] = "{\"outcome\":\"qualified\",\"bucket\":\"hot\",\"answers\":{\"budget\":{\"status\":\"stated\",\"value\":1500},"
                                 "\"need\":{\"status\":\"stated\",\"value\":\"strong\"},\"timeline\":{\"status\":\"unknown\",\"value\":null}}}";
    struct observed o = {.said = "Hi, this is Ava. This call is recorded; say stop.", .said_percent = 100, .slowest_ms = 1200, .interrupted = 0};

    (void)state;
    assert_string_equal(judged("{ outcome: qualified, bucket: [warm_high, hot], answers: { budget: 1500, need: strong, timeline: null } }", result, o), "");
    assert_string_equal(judged("{ outcome: [declined, hung_up] }", result, o), "outcome: declined or hung_up, qualified; ");
    assert_string_equal(judged("{ answers: { budget: 1510, timeline: { status: unknown } } }", result, o), "");
    assert_string_equal(judged("{ answers: { budget: 1600 } }", result, o), "budget: 1600, {\"status\":\"stated\",\"value\":1500}; ");
    assert_string_equal(judged("{ answers: { authority: none } }", result, o), "authority: none, {\"status\":\"missing\",\"value\":null}; ");
    assert_string_equal(judged("{ answers: { need: { status: stated, value: weak } } }", result, o), "need: stated weak, {\"status\":\"stated\",\"value\":\"strong\"}; ");
    assert_string_equal(judged("{ says: [this CALL is recorded, \"goodbye | say stop\"], never_says: [guarantee] }", result, o), "");
    assert_string_equal(judged("{ says: [this is recorded], never_says: [Ava] }", result, o), "says: this is recorded, not said; never_says: Ava, said; ");
    assert_string_equal(judged("{ within_ms: 1000 }", result, o), "within_ms: 1000, 1200; ");
    o.slowest_ms = -1;
    o.should_interrupt = true;
    assert_string_equal(judged("{ within_ms: 1000 }", result, o), "barge_in_at: a sentence cut off, spoke on; ");
    o.interrupted = 1;
    assert_string_equal(judged("{ bucket: hot }", result, o), "");
}

static void a_recogniser_may_miss_a_word(void **state)
{
    static const char heard[] = "you are a great fit let me bring in a special list right now";

    (void)state;
    assert_true(expectation_heard(heard, "let me bring in a specialist right now", 75));
    assert_false(expectation_heard(heard, "let me bring in a specialist right now", 100));
    assert_false(expectation_heard(heard, "we will call you in two hours", 75));
    assert_false(expectation_heard("", "anything", 75));
    assert_false(expectation_heard(heard, "", 75));
}

/* Published values of the interval. */
static void the_interval_is_wilsons(void **state)
{
    double low, high;

    (void)state;
    tally_wilson(&low, &high, 10, 100);
    assert_float_equal(low, 0.0552, 0.0001);
    assert_float_equal(high, 0.1744, 0.0001);
    tally_wilson(&low, &high, 3, 20);
    assert_float_equal(low, 0.0524, 0.0001);
    assert_float_equal(high, 0.3604, 0.0001);
    tally_wilson(&low, &high, 0, 10);
    assert_float_equal(low, 0, 0.0001);
    assert_float_equal(high, 0.2775, 0.0001);
    tally_wilson(&low, &high, 0, 0);
    assert_true(low == 0 && high == 1);
}

static void yaml_becomes_json(void **state)
{
    static const char text[] = "{ a: 1, b: \"2\", c: 2.5, d: null, e: true, f: [x, { g: y z }], h: \"null\" }";
    struct yaml_doc *doc;
    char why[200], *out;
    json_t *j;

    (void)state;
    assert_int_equal(yaml_parse(&doc, text, strlen(text), why, sizeof why), 0);
    j = yaml_json(yaml_root(doc));
    out = jx_dump(j);
    assert_string_equal(out, "{\"a\":1,\"b\":\"2\",\"c\":2.5,\"d\":null,\"e\":true,\"f\":[\"x\",{\"g\":\"y z\"}],\"h\":\"null\"}");
    free(out);
    json_decref(j);
    yaml_doc_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_case_loads_as_written),    cmocka_unit_test(each_mistake_is_named_with_its_line),
                                       cmocka_unit_test(a_file_that_is_too_large_is_refused), cmocka_unit_test(what_is_expected_is_judged),
                                       cmocka_unit_test(a_recogniser_may_miss_a_word), cmocka_unit_test(the_interval_is_wilsons), cmocka_unit_test(yaml_becomes_json)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
