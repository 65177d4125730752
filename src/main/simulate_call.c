/* simulate_call.c - `baton simulate --from-call`: a stored call as a case. What the prospect was heard to say, where they spoke over us, how long they were
 * silent, what was known before; and what came of it as the expectation. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "call/call.h"
#include "main/simulate.h"
#include "store/entities.h"
#include "talk/talk.h"

#include "base/banned.h"

enum { SILENCE_GAP_MS = 4000, EARLIER_CALLS = 20, REAL_DIGITS = 6 };

struct stored { const char *id; json_t *call, *turns, *handoffs, *lead, *known; };

/* --- reading --- */

/* Nobody is asked again what they had answered in a talk before. */
static int read_known(struct tx *tx, struct stored *s)
{
    char next[PAGE_CURSOR_MAX];
    json_t *rows = NULL, *row;
    size_t i;
    int err = call_page(tx, &(struct call_filter){.lead_id = jx_str(s->call, "lead_id", ""), .limit = EARLIER_CALLS}, &rows, next);

    json_array_foreach(rows, i, row)
    {
        json_t *call = NULL;

        if (jx_int(row, "started_at", 0) >= jx_int(s->call, "started_at", 0) || call_get(tx, jx_str(row, "id", ""), &call) != 0)
            continue;
        s->known = json_incref(json_object_get(json_object_get(call, "result"), "answers"));
        json_decref(call);
        if (s->known != NULL)
            break;
    }
    json_decref(rows);
    return err;
}

static int read_call(struct tx *tx, void *arg)
{
    struct stored *s = arg;
    int err = call_get(tx, s->id, &s->call);

    if (!err)
        err = turn_list(tx, s->id, &s->turns);
    if (!err)
        err = handoff_list(tx, s->id, &s->handoffs);
    if (!err)
        err = lead_get(tx, jx_str(s->call, "lead_id", ""), &s->lead);
    return err ? err : read_known(tx, s);
}

/* --- turns --- */

static bool is_ours(const json_t *turn)
{
    return strcmp(jx_str(turn, "speaker", ""), "ai") == 0;
}

static bool on_hold(const json_t *turn)
{
    return strcmp(jx_str(turn, "topic", ""), "handoff") == 0;
}

/* How far into what we were saying, on the rehearsal's clock, the last sentence before turn `at` was cut off; 0: it was not. */
static int barge_in_at(const json_t *turns, size_t at)
{
    const json_t *cut = at > 0 ? json_array_get(turns, at - 1) : NULL;
    int ms, whole, begins = 0;

    if (cut == NULL || !is_ours(cut) || jx_int(cut, "interrupted", jx_bool(cut, "interrupted", false)) == 0)
        return 0;
    ms = (int)jx_int(cut, "heard_ms", 0);
    whole = talk_spoken_ms(jx_str(cut, "text", ""));
    for (size_t i = at - 1; i > 0 && is_ours(json_array_get(turns, i - 1)); i--)
        begins += talk_spoken_ms(jx_str(json_array_get(turns, i - 1), "text", ""));
    return begins + (ms < 1 ? 1 : ms < whole ? ms : whole - 1);
}

/* We spoke again after they had said nothing. */
static bool was_silent(const json_t *turns, size_t at)
{
    const json_t *turn = json_array_get(turns, at), *before = at > 0 ? json_array_get(turns, at - 1) : NULL;

    return before != NULL && is_ours(turn) && is_ours(before) && !on_hold(turn) && !on_hold(before) && jx_int(turn, "at_ms", 0) - jx_int(before, "end_ms", 0) >= SILENCE_GAP_MS;
}

static json_t *written(const json_t *turns, size_t at)
{
    const json_t *turn = json_array_get(turns, at);
    int over_us = barge_in_at(turns, at);
    double confidence = jx_num(json_object_get(turn, "ledger"), "confidence", 0);
    json_t *t = json_object();

    jx_set_str(t, "say", jx_str(turn, "text", ""));
    if (over_us > 0)
        jx_set_int(t, "barge_in_at", over_us);
    if (on_hold(turn))
        jx_set_bool(t, "on_hold", true);
    if (confidence > 0)
        jx_set_num(t, "confidence", confidence);
    return t;
}

static void print_json(const char *before, json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(REAL_DIGITS));

    printf("%s%s\n", before, text != NULL ? text : "null");
    free(text);
    json_decref(value);
}

/* A wish that was uttered without words was a key: 9 opts out, 0 asks for a person. */
static const char *key_of(const json_t *result)
{
    size_t i;
    json_t *intent;

    json_array_foreach(json_object_get(result, "intents"), i, intent)
        if (jx_str(intent, "evidence", "")[0] == '\0' && strcmp(jx_str(intent, "id", ""), "opt_out") == 0)
            return "9";
        else if (jx_str(intent, "evidence", "")[0] == '\0' && strcmp(jx_str(intent, "id", ""), "human_request") == 0)
            return "0";
    return NULL;
}

static int print_turns(const struct stored *s, const json_t *result)
{
    const char *key = key_of(result);
    int n = 0;

    puts("turns:");
    for (size_t i = 0; i < json_array_size(s->turns) && n < CASE_TURNS_MAX - 1; i++) {
        const json_t *turn = json_array_get(s->turns, i);

        if (was_silent(s->turns, i))
            print_json("  - ", json_pack("{s:I}", "silence_ms", (json_int_t)(jx_int(turn, "at_ms", 0) - jx_int(json_array_get(s->turns, i - 1), "end_ms", 0))));
        else if (strcmp(jx_str(turn, "speaker", ""), "prospect") != 0)
            continue;
        else
            print_json("  - ", written(s->turns, i));
        n++;
    }
    if (key != NULL)
        print_json("  - ", json_pack("{s:s}", "key", key));
    else if (n == 0)
        print_json("  - ", json_pack("{s:b}", "hang_up", 1));
    return n;
}

/* --- the rest --- */

static json_t *lead_json(const struct stored *s)
{
    static const char *const keys[] = {"first_name", "company", "title", "source", "partner"};
    json_t *out = json_object();

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (jx_str(s->lead, keys[i], NULL) != NULL)
            jx_set_str(out, keys[i], jx_str(s->lead, keys[i], NULL));
    if (json_is_object(s->known))
        json_object_set(out, "known_answers", s->known);
    return out;
}

/* The time of the answer, in the lead's zone: "next week" counts from there. */
static void local_time(char out[40], const struct stored *s)
{
    int64_t at = jx_int(s->call, "answered_at", jx_int(s->call, "started_at", 0));
    const char *zone = json_string_value(json_array_get(json_object_get(s->lead, "zones"), 0));
    char utc[CLOCK_RFC3339_MAX];
    int offset_s = 0;

    if (zone != NULL)
        (void)clock_zone_offset(&offset_s, zone, at);
    clock_rfc3339(utc, at + (int64_t)offset_s * 1000);
    snprintf(out, 40, "%.19s%c%02d:%02d", utc, offset_s < 0 ? '-' : '+', abs(offset_s) / 3600, abs(offset_s) / 60 % 60);
}

static bool was_bridged(const struct stored *s)
{
    size_t i;
    json_t *h;

    json_array_foreach(s->handoffs, i, h)
        if (jx_int(h, "bridged_at", 0) > 0)
            return true;
    return false;
}

static json_t *expected_answers(const json_t *answers)
{
    json_t *out = json_object(), *a;
    const char *id;

    json_object_foreach((json_t *)(uintptr_t)answers, id, a)
        json_object_set_new(out, id, json_pack("{s:s,s:O?}", "status", jx_str(a, "status", ""), "value", json_object_get(a, "value")));
    return out;
}

static void print_case(const struct stored *s, const json_t *result)
{
    char now[40];

    local_time(now, s);
    printf("# Made of a stored call: scenario %s, version %lld. The words are as they were recognised.\n", jx_str(s->call, "scenario_id", "?"), (long long)jx_int(s->call, "scenario_version", 0));
    print_json("case: ", json_sprintf("call %s", s->id));
    print_json("lead: ", lead_json(s));
    print_json("now: ", json_string(now));
    printf("seed: %u\n", call_wording_seed(s->id));
    printf("handoff: %s\n", was_bridged(s) || json_array_size(s->handoffs) == 0 ? "done" : "fail");
    (void)print_turns(s, result);
    print_json("expect: ", json_pack("{s:s,s:s,s:o}", "outcome", jx_str(result, "outcome", ""), "bucket", jx_str(result, "bucket", ""), "answers",
                                     expected_answers(json_object_get(result, "answers"))));
}

static int complain(const char *what, const char *why)
{
    fprintf(stderr, "baton simulate: %s: %s\n", what, why);
    return 1;
}

int sim_from_call(const char *data_dir, const char *call_id)
{
    char path[CONFIG_TEXT_MAX], url[CONFIG_TEXT_MAX + 16], why[300];
    struct stored s = {.id = call_id};
    const json_t *result;
    struct store *store = NULL;
    int code = 0, err;

    snprintf(path, sizeof path, "%s/baton.db", data_dir);
    snprintf(url, sizeof url, "sqlite:%s", path);
    if (access(path, R_OK) != 0)
        return complain(path, strerror(errno));
    if (store_open(&store, url, why, sizeof why) != 0)
        return complain(path, why);
    err = store_read(store, read_call, &s);
    result = json_object_get(s.call, "result");
    if (err)
        code = complain(call_id, err == ENOENT ? "no such call" : strerror(err));
    else if (!json_is_object(result))
        code = complain(call_id, "nobody talked in that call");
    else
        print_case(&s, result);
    store_close(store);
    obj_unref(store);
    json_decref(s.call);
    json_decref(s.turns);
    json_decref(s.handoffs);
    json_decref(s.lead);
    json_decref(s.known);
    return code;
}
