/* Labelled utterances (tests/data/utterances/): accuracy by kind, with the sentence model where it is installed. */
#include <math.h>
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
#include "talk/understand.h"

struct tally { size_t right, total; };

struct rig { struct und *und; struct scenario *scenario; bool model; };

static const char *const asked_names[] = { "opening", "choice", "money", "duration", "role", "yes_no", "number", "text", "date", "callback" };

static enum und_asked asked_of(const json_t *line)
{
    const char *s = jx_str(line, "asked", "");

    for (size_t i = 0; i < sizeof asked_names / sizeof *asked_names; i++)
        if (strcmp(s, asked_names[i]) == 0)
            return (enum und_asked)i;
    return ASKED_NOTHING;
}

static bool near_number(const json_t *want, bool has, double v)
{
    if (want == NULL)
        return true;
    if (json_is_null(want))
        return !has;
    return has && fabs(json_number_value(want) - v) <= 0.02 * fabs(v) + 0.51;
}

static bool quantity_fits(const json_t *want, const struct und_quantity *q)
{
    if (json_is_null(want))
        return q->status == UND_ABSENT;
    if (strcmp(jx_str(want, "status", ""), und_status_name(q->status)) != 0)
        return false;
    if (q->status != UND_STATED)
        return true;
    return strcmp(jx_str(want, "unit", q->unit), q->unit) == 0 && near_number(json_object_get(want, "value"), q->has_value, q->value) &&
           near_number(json_object_get(want, "low"), q->has_low, q->low) && near_number(json_object_get(want, "high"), q->has_high, q->high);
}

static bool has_intent(const struct understanding *u, const char *id)
{
    for (size_t i = 0; i < u->intent_count; i++)
        if (strcmp(u->intents[i].id, id) == 0)
            return true;
    return false;
}

static bool callback_fits(const json_t *want, const struct und_callback *c)
{
    if (json_is_null(want))
        return c->status == UND_ABSENT;
    return strcmp(jx_str(want, "status", ""), und_status_name(c->status)) == 0 && strcmp(jx_str(want, "value", c->value), c->value) == 0 &&
           strcmp(jx_str(want, "low", c->low), c->low) == 0 && strcmp(jx_str(want, "high", c->high), c->high) == 0;
}

static bool intents_fit(const json_t *expect, const struct understanding *u)
{
    const json_t *wanted = json_object_get(expect, "intents"), *never = json_object_get(expect, "never");

    for (size_t i = 0; i < json_array_size(wanted); i++)
        if (!has_intent(u, json_string_value(json_array_get(wanted, i))))
            return false;
    for (size_t i = 0; i < json_array_size(never); i++)
        if (has_intent(u, json_string_value(json_array_get(never, i))))
            return false;
    return true;
}

static bool names_fit(const json_t *want, const struct understanding *u)
{
    if (json_array_size(want) != u->competitor_count)
        return false;
    for (size_t i = 0; i < u->competitor_count; i++)
        if (strcmp(json_string_value(json_array_get(want, i)), u->competitors[i]) != 0)
            return false;
    return true;
}

static bool text_fits(const json_t *want, const char *got)
{
    return strcmp(json_is_string(want) ? json_string_value(want) : "", got) == 0;
}

static bool fits(const json_t *expect, const struct understanding *u)
{
    const char *key = json_object_iter_key(json_object_iter((json_t *)(uintptr_t)expect));
    const json_t *want = json_object_get(expect, key);

    if (strcmp(key, "money") == 0)
        return quantity_fits(want, &u->money);
    if (strcmp(key, "duration") == 0)
        return quantity_fits(want, &u->duration);
    if (strcmp(key, "role") == 0)
        return text_fits(json_object_get(want, "value"), u->role.value);
    if (strcmp(key, "yes_no") == 0)
        return text_fits(want, u->yes_no == UND_YES ? "yes" : u->yes_no == UND_NO ? "no" : "");
    if (strcmp(key, "intents") == 0)
        return intents_fit(expect, u);
    if (strcmp(key, "objection") == 0 || strcmp(key, "faq") == 0)
        return has_intent(u, json_string_value(want));
    if (strcmp(key, "nothing") == 0)
        return u->intent_count == 0;
    if (strcmp(key, "need") == 0)
        return text_fits(want, u->choice.option);
    if (strcmp(key, "email") == 0)
        return text_fits(want, u->email.value);
    if (strcmp(key, "number") == 0)
        return text_fits(want, u->number);
    if (strcmp(key, "callback") == 0)
        return callback_fits(want, &u->callback);
    return strcmp(key, "competitors") == 0 && names_fit(want, u);
}

static void name_list(struct understanding *out, const struct und *u, const char *text, const json_t *names)
{
    struct sc_competitor list[16];
    size_t n = 0;

    for (; n < json_array_size(names) && n < 16; n++)
        list[n] = (struct sc_competitor){ .name = json_string_value(json_array_get(names, n)) };
    und_names(out, u, text, list, n);
}

static void assert_quoted(const char *text, const char *evidence)
{
    assert_non_null(strstr(text, evidence));
}

static bool run_one(const struct rig *rig, const json_t *line)
{
    struct und_in in = { .text = jx_str(line, "text", ""), .asked = asked_of(line), .question = jx_str(line, "question", NULL),
                         .business_from_min = 480, .business_to_min = 1080, .polarity_mind = json_object_get(line, "polarity") != NULL };
    static struct understanding u;
    bool right;

    assert_int_equal(clock_parse(&in.now_local_ms, jx_str(line, "now", "2026-03-11T10:00")), 0);
    und_run(&u, rig->und, &in);
    if (json_object_get(line, "names"))
        name_list(&u, rig->und, in.text, json_object_get(line, "names"));
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
    char dir[400];
    const char *set = getenv("BATON_MODELS"), *home = getenv("HOME");
    struct minilm *m = NULL;

    snprintf(dir, sizeof dir, "%s%s/minilm", set ? set : home ? home : "", set ? "" : "/.cache/baton/models");
    (void)fixture_minilm(&m, dir);
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
