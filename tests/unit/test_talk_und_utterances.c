/* Labelled utterances (tests/data/utterances/): accuracy by kind, with the sentence model where it is installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "minilm_fixture.h"
#include "talk/scenario.h"
#include "talk/und_case.h"

struct tally { size_t right, total; };

struct rig { struct und *und; struct scenario *scenario; bool model; };

static bool intents_fit(const json_t *expect, const struct understanding *u)
{
    const json_t *wanted = json_object_get(expect, "intents"), *never = json_object_get(expect, "never");

    if (json_array_size(wanted) == 0 && never == NULL)
        return u->intent_count == 0;
    for (size_t i = 0; i < json_array_size(wanted); i++)
        if (!und_case_has(u, json_string_value(json_array_get(wanted, i))))
            return false;
    for (size_t i = 0; i < json_array_size(never); i++)
        if (und_case_has(u, json_string_value(json_array_get(never, i))))
            return false;
    return true;
}

static bool fits(const json_t *expect, const struct understanding *u)
{
    const char *key = json_object_iter_key(json_object_iter((json_t *)(uintptr_t)expect));
    const json_t *want = json_object_get(expect, key);

    if (strcmp(key, "intents") == 0)
        return intents_fit(expect, u);
    if (strcmp(key, "objection") == 0 || strcmp(key, "faq") == 0)
        return und_case_has(u, json_string_value(want));
    if (strcmp(key, "nothing") == 0)
        return u->intent_count == 0;
    return und_case_fits(key, want, u);
}

static void assert_quoted(const char *text, const char *evidence)
{
    assert_non_null(strstr(text, evidence));
}

static bool run_one(const struct rig *rig, const json_t *line)
{
    static struct understanding u;
    struct und_in in;
    bool right;
    int64_t now;

    assert_int_equal(clock_parse(&now, "2026-03-11T10:00"), 0);
    und_case_read(&in, line, now);
    und_case_run(&u, rig->und, line, &in);
    assert_quoted(in.text, u.money.evidence);
    assert_quoted(in.text, u.duration.evidence);
    assert_quoted(in.text, u.role.evidence);
    assert_quoted(in.text, u.callback.evidence);
    assert_quoted(in.text, u.email.evidence);
    for (size_t i = 0; i < u.intent_count; i++)
        assert_quoted(in.text, u.intents[i].evidence);
    right = fits(json_object_get(line, "expect"), &u);
    if (!right) {
        json_t *got = und_json(&u);
        char *a = jx_dump(line), *b = jx_dump(got);

        printf("  wrong: %s\n    got: %s choice %s\n", a, b, u.choice.option);
        free(a);
        free(b);
        json_decref(got);
    }
    return right;
}

static struct tally run_file(const struct rig *rig, const char *kind)
{
    struct tally t = { 0 };
    char path[512], *text = NULL, *rest, why[100];
    size_t n;

    snprintf(path, sizeof path, "%s/tests/data/utterances/%s.jsonl", BATON_SOURCE_DIR, kind);
    assert_int_equal(text_read_file(&text, &n, path, 1 << 20), 0);
    for (char *line = text; *line; line = rest) {
        json_t *j = NULL;
        size_t len = strcspn(line, "\n");

        rest = line + len + (line[len] == '\n');
        assert_int_equal(jx_parse(&j, line, len, 1 << 16, why, sizeof why), 0);
        t.total++;
        t.right += run_one(rig, j);
        json_decref(j);
    }
    free(text);
    printf("%-12s %3zu of %3zu  %.3f%s\n", kind, t.right, t.total, (double)t.right / (double)t.total, rig->model ? "" : "  (no model)");
    return t;
}

static void expect_floor(void **state, const char *kind, double with_model, double without)
{
    const struct rig *rig = *state;
    struct tally t = run_file(rig, kind);

    assert_true((double)t.right / (double)t.total >= (rig->model ? with_model : without));
}

static void money_is_read(void **state) { expect_floor(state, "money", 0.98, 0.98); }
static void durations_are_read(void **state) { expect_floor(state, "duration", 0.98, 0.97); }
static void roles_are_read(void **state) { expect_floor(state, "role", 0.97, 0.96); }
static void yes_and_no_are_told_apart(void **state) { expect_floor(state, "yes_no", 0.97, 0.96); }
static void built_in_intents_are_found(void **state) { expect_floor(state, "intents", 0.97, 0.95); }
static void objections_and_questions_are_found(void **state) { expect_floor(state, "lines", 0.94, 0.88); }
static void wishes_are_told_from_trade(void **state) { expect_floor(state, "wishes", 0.94, 0.84); }
static void needs_are_graded(void **state) { expect_floor(state, "need", 0.91, 0.80); }
static void callbacks_are_read(void **state) { expect_floor(state, "callback", 0.98, 0.98); }
static void addresses_are_spelled(void **state) { expect_floor(state, "email", 0.95, 0.95); }
static void numbers_are_read(void **state) { expect_floor(state, "number", 0.95, 0.95); }
static void competitors_are_found(void **state) { expect_floor(state, "competitors", 0.97, 0.97); }

static struct minilm *load_model(void)
{
    struct minilm *m = NULL;

    (void)fixture_minilm_installed(&m);
    return m;
}

static int open_rig(void **state, bool with_model)
{
    static struct scenario_issues issues;
    struct rig *rig = calloc(1, sizeof *rig);
    struct minilm *m = with_model ? load_model() : NULL;
    char path[512], *text = NULL;
    size_t n;

    snprintf(path, sizeof path, "%s/scenarios/demo-request.yaml", BATON_SOURCE_DIR);
    if (rig == NULL || text_read_file(&text, &n, path, SCENARIO_MAX_BYTES) != 0 || scenario_load(&rig->scenario, text, n, &issues) != 0)
        return -1;
    free(text);
    rig->model = m != NULL;
    *state = rig;
    n = (size_t)und_alloc(&rig->und, rig->scenario, m);
    obj_unref(m);
    return (int)n;
}

static int close_rig(void **state)
{
    struct rig *rig = *state;

    obj_unref(rig->und);
    obj_unref(rig->scenario);
    free(rig);
    return 0;
}

static int open_with(void **state) { return open_rig(state, true); }
static int open_without(void **state) { return open_rig(state, false); }

int main(void)
{
    const struct CMUnitTest by_meaning[] = {
        cmocka_unit_test(built_in_intents_are_found),
        cmocka_unit_test(objections_and_questions_are_found),
        cmocka_unit_test(needs_are_graded), cmocka_unit_test(wishes_are_told_from_trade),
        cmocka_unit_test(money_is_read),
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(roles_are_read),
        cmocka_unit_test(yes_and_no_are_told_apart),
    };
    const struct CMUnitTest by_words[] = {
        cmocka_unit_test(money_is_read),          cmocka_unit_test(durations_are_read),
        cmocka_unit_test(roles_are_read),         cmocka_unit_test(yes_and_no_are_told_apart),
        cmocka_unit_test(built_in_intents_are_found), cmocka_unit_test(objections_and_questions_are_found),
        cmocka_unit_test(needs_are_graded), cmocka_unit_test(wishes_are_told_from_trade),       cmocka_unit_test(callbacks_are_read),
        cmocka_unit_test(competitors_are_found),  cmocka_unit_test(addresses_are_spelled),
        cmocka_unit_test(numbers_are_read),
    };
    int failed = cmocka_run_group_tests_name("utterances, sentence model", by_meaning, open_with, close_rig);

    return failed + cmocka_run_group_tests_name("utterances, words only", by_words, open_without, close_rig);
}
