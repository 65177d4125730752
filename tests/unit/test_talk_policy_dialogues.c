/* test_talk_policy_dialogues.c - labelled dialogues (tests/data/dialogues): a prospect answers by topic, the end is compared.
 *
 * Runs with rules and word overlap; with BATON_MINILM=FOLDER with the sentence model. Prints what went wrong and the share of right
 * dialogues, outcomes and answers; fails below the floors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "minilm_fixture.h"
#include "talk_kit.h"

enum { STEPS_MAX = 60, LINE_LEN = 8192, FLOOR_PCT = 97, VARIED_FLOOR_PCT = 90, STRANGERS_FLOOR_PCT = 95, TURNS_FLOOR_PCT = 93 };

static struct kit k;

struct tally { int dialogues, right, answers, answers_right; };

struct script { const json_t *replies; json_t *used; };

/* The next reply to a topic; the last one is repeated. NULL: nothing is written, they hang up. */
static const char *reply_to(struct script *s, const char *topic)
{
    const json_t *r = json_object_get(s->replies, topic);
    int64_t n = jx_int(s->used, topic, 0);

    jx_set_int(s->used, topic, n + 1);
    if (json_is_array(r))
        return json_string_value(json_array_get(r, (size_t)n < json_array_size(r) ? (size_t)n : json_array_size(r) - 1));
    return json_string_value(r);
}

static struct talk_input input_of(const char *reply)
{
    if (reply == NULL || strcmp(reply, "/hangup") == 0)
        return (struct talk_input){.kind = TALK_IN_HANGUP};
    if (strcmp(reply, "/silence") == 0)
        return (struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = 6000};
    if (reply[0] == '/')
        return (struct talk_input){.kind = TALK_IN_DTMF, .digit = reply[1]};
    return (struct talk_input){.kind = TALK_IN_TEXT, .text = reply};
}

static void run(const json_t *d)
{
    struct talk_lead lead = {.first_name = "Priya", .source = "demo_request"};
    struct script s = {.replies = json_object_get(d, "replies"), .used = json_object()};
    bool fails = strcmp(jx_str(d, "handoff", ""), "fail") == 0;

    kit_begin(&k, &lead);
    for (int i = 0; i < STEPS_MAX && !talk_ended(k.talk); i++) {
        if (kit_effect(&k, TALK_HANDOFF) != NULL)
            kit_in(&k, (struct talk_input){.kind = fails ? TALK_IN_HANDOFF_FAILED : TALK_IN_HANDOFF_DONE});
        else
            kit_in(&k, input_of(reply_to(&s, kit_topic(&k))));
    }
    json_decref(s.used);
}

static bool wrong(const char *name, const char *what, const char *got, const char *want)
{
    print_message("  %-34s %s: got %s, want %s\n", name, what, got, want);
    return false;
}

static bool answer_right(const char *name, const char *id, const json_t *got, const json_t *want)
{
    const json_t *value = json_object_get(got, "value");
    bool same = json_is_number(want) && json_is_number(value) ? json_number_value(want) == json_number_value(value) : json_equal(want, value);
    char *g, *w;

    if (same)
        return true;
    g = jx_dump(value);
    w = jx_dump(want);
    wrong(name, id, g, w);
    free(g);
    free(w);
    return false;
}

/* Every wanted text is in the list, which holds texts or objects with an id. */
static bool list_has(const char *name, const char *what, const json_t *list, const json_t *wanted)
{
    size_t i, n;
    const json_t *w, *item;

    json_array_foreach((json_t *)wanted, i, w)
    {
        bool found = false;

        json_array_foreach((json_t *)list, n, item)
            found |= strcmp(json_is_string(item) ? json_string_value(item) : jx_str(item, "id", ""), json_string_value(w)) == 0;
        if (!found)
            return wrong(name, what, "without", json_string_value(w));
    }
    return true;
}

static bool text_right(const char *name, const char *what, const char *got, const char *want)
{
    return want == NULL || strcmp(got, want) == 0 || wrong(name, what, got, want);
}

static bool all_evidence_was_said(const char *name, json_t *r, const json_t *d)
{
    char *everything = jx_dump(json_object_get(d, "replies"));
    const char *id;
    json_t *a;
    bool ok = true;

    json_object_foreach(json_object_get(r, "answers"), id, a)
    {
        const char *evidence = jx_str(a, "evidence", "");

        if (strstr(everything, evidence) == NULL)
            ok = wrong(name, "evidence", evidence, "something that was said");
    }
    free(everything);
    return ok;
}

static bool judge(const json_t *d, json_t *r, struct tally *t)
{
    const char *name = jx_str(d, "name", "?"), *id;
    const json_t *e = json_object_get(d, "expect");
    bool ok = text_right(name, "outcome", jx_str(r, "outcome", ""), jx_str(e, "outcome", NULL));
    json_t *want;

    ok &= text_right(name, "bucket", jx_str(r, "bucket", ""), jx_str(e, "bucket", NULL));
    ok &= text_right(name, "next", jx_str(json_object_get(r, "next"), "action", ""), jx_str(e, "next", NULL));
    ok &= text_right(name, "callback", jx_str(json_object_get(r, "callback"), "value", ""), jx_str(e, "callback", NULL));
    ok &= list_has(name, "objections", json_object_get(r, "objections"), json_object_get(e, "objections"));
    ok &= list_has(name, "intents", json_object_get(r, "intents"), json_object_get(e, "intents"));
    ok &= list_has(name, "faq", json_object_get(r, "faq"), json_object_get(e, "faq"));
    ok &= list_has(name, "competitors", json_object_get(r, "competitors"), json_object_get(e, "competitors"));
    ok &= all_evidence_was_said(name, r, d);
    json_object_foreach(json_object_get(e, "answers"), id, want)
    {
        bool right = answer_right(name, id, json_object_get(json_object_get(r, "answers"), id), want);

        t->answers++;
        t->answers_right += right;
        ok &= right;
    }
    return ok;
}

static struct tally run_file(const char *path)
{
    FILE *f = fopen(path, "r");
    struct tally t = {0};
    char line[LINE_LEN], why[200];

    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        json_t *d = NULL, *r;

        assert_int_equal(jx_parse(&d, line, strlen(line), LINE_LEN, why, sizeof why), 0);
        run(d);
        r = talk_result(k.talk, k.now_ms);
        t.dialogues++;
        t.right += judge(d, r, &t);
        json_decref(r);
        json_decref(d);
    }
    fclose(f);
    print_message("%s: %d of %d dialogues right, %d of %d answers right%s\n", path, t.right, t.dialogues, t.answers_right, t.answers,
                  und_has_model(k.und) ? " (with the sentence model)" : "");
    return t;
}

static void plain_dialogues_end_as_labelled(void **state)
{
    struct tally t = run_file("tests/data/dialogues/demo-request.jsonl");

    (void)state;
    assert_true(t.dialogues >= 30);
    assert_true(t.right * 100 >= t.dialogues * FLOOR_PCT);
}

static void varied_dialogues_mostly_end_as_labelled(void **state)
{
    struct tally t = run_file("tests/data/dialogues/varied.jsonl");

    (void)state;
    assert_true(t.right * 100 >= t.dialogues * VARIED_FLOOR_PCT);
}

static void strangers_dialogues_end_as_labelled(void **state)
{
    struct tally t = run_file("tests/data/dialogues/strangers.jsonl");

    (void)state;
    assert_true(t.right * 100 >= t.dialogues * STRANGERS_FLOOR_PCT);
}

static void dialogues_with_turns_end_as_labelled(void **state)
{
    struct tally t = run_file("tests/data/dialogues/turns.jsonl");

    (void)state;
    assert_true(t.right * 100 >= t.dialogues * TURNS_FLOOR_PCT);
}

/* Replaces the kit's understanding by one with the sentence model of a folder. */
static int with_model(const char *folder)
{
    struct minilm *model = NULL;
    int err = fixture_minilm(&model, folder);

    if (!err) {
        k.und = obj_unref(k.und);
        err = und_alloc(&k.und, k.sc, model);
    }
    obj_unref(model);
    return err;
}

static int open_kit(void **state)
{
    const char *folder = getenv("BATON_MINILM");
    int err = kit_open(&k, "scenarios/demo-request.yaml");

    (void)state;
    return err || folder == NULL ? err : with_model(folder);
}

static int close_kit(void **state)
{
    (void)state;
    kit_close(&k);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_dialogues_end_as_labelled), cmocka_unit_test(varied_dialogues_mostly_end_as_labelled),
                                       cmocka_unit_test(strangers_dialogues_end_as_labelled),
                                       cmocka_unit_test(dialogues_with_turns_end_as_labelled)};

    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
