#include "store/call_rows.h"

#include <errno.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"

#include "base/banned.h"

static int append(struct tx *tx, const char *kind, const char *call_id, const char *lead_id, int64_t at, json_t *data)
{
    int err = event_append(tx, &(struct store_event){.kind = kind, .lead_id = lead_id, .call_id = call_id, .data = data, .at = at});

    json_decref(data);
    return err;
}

int call_row_start(struct tx *tx, const json_t *call)
{
    const char *id = jx_str(call, "id", NULL), *lead_id = jx_str(call, "lead_id", NULL);
    int64_t at = jx_int(call, "started_at", 0);
    int err = tx_exec(tx,
                      "INSERT INTO call (id, lead_id, attempt_id, direction, phone, scenario_id, scenario_version, state, stage, started_at)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, 'dialing', '', ?)",
                      "ssssssii", id, lead_id, jx_str(call, "attempt_id", NULL), jx_str(call, "direction", "outbound"), jx_str(call, "phone", ""),
                      jx_str(call, "scenario_id", ""), jx_int(call, "scenario_version", 0), at);

    if (!err)
        err = tx_exec(tx, "UPDATE lead SET state = 'calling', last_call_id = ?, updated_at = ? WHERE id = ?", "sis", id, at, lead_id);
    if (!err && jx_str(call, "attempt_id", NULL) != NULL)
        err = tx_exec(tx, "UPDATE attempt SET state = 'dialing', call_id = ?, updated_at = ? WHERE id = ?", "sis", id, at, jx_str(call, "attempt_id", NULL));
    if (!err)
        err = append(tx, "call.dialing", id, lead_id, at, json_pack("{s:s,s:s}", "direction", jx_str(call, "direction", "outbound"), "scenario_id", jx_str(call, "scenario_id", "")));
    return err;
}

struct state_rule { const char *state, *event, *lead_state, *attempt_state, *column; };

static const struct state_rule state_rules[] = {
    {"ringing", "call.ringing", "calling", "dialing", "ringing_at"},
    {"talking", "call.answered", "talking", "talking", "answered_at"},
    {"handoff", "call.handoff", "handoff", "talking", NULL},
    {"bridged", "call.bridged", "human", "talking", NULL},
};

static const struct state_rule *rule_of(const char *state)
{
    for (size_t i = 0; i < sizeof state_rules / sizeof state_rules[0]; i++)
        if (strcmp(state_rules[i].state, state) == 0)
            return &state_rules[i];
    return NULL;
}

static int set_instant(struct tx *tx, const char *column, const char *call_id, int64_t at)
{
    if (column == NULL)
        return 0;
    return strcmp(column, "ringing_at") == 0
               ? tx_exec(tx, "UPDATE call SET ringing_at = COALESCE(ringing_at, ?) WHERE id = ?", "is", at, call_id)
               : tx_exec(tx, "UPDATE call SET answered_at = COALESCE(answered_at, ?) WHERE id = ?", "is", at, call_id);
}

int call_row_state(struct tx *tx, const char *call_id, const char *lead_id, const char *state, int64_t at)
{
    const struct state_rule *r = rule_of(state);
    int64_t answered = 0;
    int err;

    if (r == NULL)
        return EINVAL;
    err = tx_query_int(tx, &answered, "SELECT COALESCE(answered_at, 0) FROM call WHERE id = ?", "s", call_id);
    if (!err)
        err = tx_exec(tx, "UPDATE call SET state = ? WHERE id = ?", "ss", state, call_id);
    if (!err)
        err = set_instant(tx, r->column, call_id, at);
    if (!err)
        err = tx_exec(tx, "UPDATE lead SET state = ?, updated_at = ? WHERE id = ? AND state <> 'suppressed'", "sis", r->lead_state, at, lead_id);
    if (!err)
        err = tx_exec(tx, "UPDATE attempt SET state = ?, updated_at = ? WHERE call_id = ? AND state IN ('leased', 'dialing', 'talking')", "sis", r->attempt_state, at, call_id);
    if (err)
        return err;
    /* Talking again after a handoff that failed is no second answer. */
    return append(tx, answered > 0 && strcmp(state, "talking") == 0 ? "call.resumed" : r->event, call_id, lead_id, at, json_pack("{s:s}", "state", state));
}

int call_row_stage(struct tx *tx, const char *call_id, const char *lead_id, const char *stage, int64_t at)
{
    int err = tx_exec(tx, "UPDATE call SET stage = ? WHERE id = ?", "ss", stage, call_id);

    return err ? err : append(tx, "call.stage", call_id, lead_id, at, json_pack("{s:s}", "stage", stage));
}

int call_row_answered_by(struct tx *tx, const char *call_id, const char *lead_id, const json_t *evidence, int64_t at)
{
    int err = tx_exec(tx, "UPDATE call SET answered_by = ? WHERE id = ?", "js", (json_t *)(uintptr_t)evidence, call_id);

    return err ? err : append(tx, "call.answered_by", call_id, lead_id, at, json_deep_copy(evidence));
}

int call_row_turn(struct tx *tx, const char *call_id, const char *lead_id, const json_t *turn, int64_t at)
{
    json_t *ledger = json_object_get(turn, "ledger");
    int err = tx_exec(tx,
                      "INSERT INTO turn (call_id, seq, speaker, topic, text, at_ms, end_ms, heard_ms, interrupted, ledger) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                      " ON CONFLICT (call_id, seq) DO UPDATE SET end_ms = excluded.end_ms, heard_ms = excluded.heard_ms, interrupted = excluded.interrupted,"
                      " ledger = COALESCE(excluded.ledger, turn.ledger)",
                      "sisssiiiij", call_id, jx_int(turn, "seq", 0), jx_str(turn, "speaker", ""), jx_str(turn, "topic", NULL), jx_str(turn, "text", ""),
                      jx_int(turn, "at_ms", 0), jx_int(turn, "end_ms", 0), jx_int(turn, "heard_ms", 0), (int64_t)jx_bool(turn, "interrupted", false),
                      json_is_object(ledger) ? ledger : NULL);

    return err ? err : append(tx, "call.turn", call_id, lead_id, at, json_deep_copy(turn));
}

static int note_answer(struct tx *tx, const char *call_id, const char *lead_id, const json_t *note, int turn_seq, int64_t at)
{
    char id[ID_MAX];
    const char *question = jx_str(note, "id", "");
    int err = tx_exec(tx, "UPDATE answer SET replaced = 1 WHERE call_id = ? AND question_id = ?", "ss", call_id, question);

    if (!err)
        err = tx_exec(tx,
                      "INSERT INTO answer (id, call_id, lead_id, question_id, dimension, status, value, points, max, evidence, turn_seq, at)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "ssssssjiisii", id_new(id, at), call_id, lead_id, question, jx_str(note, "dimension", question), jx_str(note, "status", "unknown"),
                      json_object_get(note, "value"), jx_int(note, "points", 0), jx_int(note, "max", 0), jx_str(note, "evidence", NULL), (int64_t)turn_seq, at);
    return err;
}

static int note_score(struct tx *tx, const char *call_id, const char *lead_id, const json_t *note, int64_t at)
{
    int err = tx_exec(tx, "UPDATE call SET score = ?, possible = ?, bucket = ? WHERE id = ?", "iiss", jx_int(note, "score", 0), jx_int(note, "possible", 0),
                      jx_str(note, "bucket", NULL), call_id);

    if (!err)
        err = tx_exec(tx, "UPDATE lead SET score = ?, bucket = ?, updated_at = ? WHERE id = ?", "isis", jx_int(note, "score", 0), jx_str(note, "bucket", NULL), at, lead_id);
    return err;
}

int call_row_note(struct tx *tx, const char *call_id, const char *lead_id, const json_t *note, int turn_seq, int64_t at)
{
    const char *kind = jx_str(note, "event", "");
    const char *event = "call.objection";
    json_t *data;
    int err;

    if (strcmp(kind, "answer") == 0) {
        event = "call.answer";
        err = note_answer(tx, call_id, lead_id, note, turn_seq, at);
    } else if (strcmp(kind, "score") == 0) {
        event = "call.score";
        err = note_score(tx, call_id, lead_id, note, at);
    } else {
        err = tx_exec(tx, "INSERT INTO objection (call_id, kind, objection_id, evidence, turn_seq, at) VALUES (?, ?, ?, ?, ?, ?)", "ssssii", call_id, kind,
                      jx_str(note, "id", jx_str(note, "name", jx_str(note, "text", ""))), jx_str(note, "evidence", ""), (int64_t)turn_seq, at);
    }
    if (err)
        return err;
    data = json_deep_copy(note);
    jx_set_int(data, "turn_seq", turn_seq);
    return append(tx, event, call_id, lead_id, at, data);
}

static int end_call(struct tx *tx, const char *call_id, const json_t *f, const json_t *route)
{
    const json_t *result = json_object_get(f, "result");
    json_t *brief = json_object_get(f, "brief");
    bool talked = json_is_object(result);

    return tx_exec(tx,
                   "UPDATE call SET state = 'ended', ended_at = ?, ended_by = ?, sip_outcome = ?, sip_code = ?, sip_call_id = ?, outcome = ?, score = ?, bucket = ?,"
                   " summary = ?, brief = ?, result = ?, route = ?, recording = ?, recording_ms = ?, first_audio_ms = ? WHERE id = ?",
                   "ississi" "ssjjj" "siis", jx_int(f, "ended_at", 0), jx_str(f, "ended_by", NULL), jx_str(f, "sip_outcome", NULL), jx_int(f, "sip_code", 0),
                   jx_str(f, "sip_call_id", NULL), jx_str(f, "outcome", NULL), talked ? jx_int(result, "score", 0) : (int64_t)0,
                   talked ? jx_str(result, "bucket", NULL) : NULL, talked ? jx_str(result, "summary", NULL) : NULL,
                   json_is_object(brief) ? brief : NULL, talked ? json_object_get(f, "result") : NULL, json_is_object(route) ? (json_t *)(uintptr_t)route : NULL,
                   jx_str(f, "recording", NULL), jx_int(f, "recording_ms", 0), jx_int(f, "first_audio_ms", -1), call_id);
}

int call_row_end(struct tx *tx, const char *call_id, const char *lead_id, const json_t *final, const json_t *route, int64_t at)
{
    const json_t *result = json_object_get(final, "result");
    int err = end_call(tx, call_id, final, route);

    if (!err && json_is_object(result))
        err = tx_exec(tx, "UPDATE lead SET score = ?, bucket = ?, summary = ?, updated_at = ? WHERE id = ?", "issis", jx_int(result, "score", 0),
                      jx_str(result, "bucket", NULL), jx_str(result, "summary", NULL), at, lead_id);
    if (!err && json_is_object(route))
        err = append(tx, "call.routed", call_id, lead_id, at, json_deep_copy(route));
    if (err)
        return err;
    return append(tx, "call.ended", call_id, lead_id, at,
                  json_pack("{s:s?,s:s?,s:s?,s:I,s:I,s:s?}", "outcome", jx_str(final, "outcome", NULL), "sip_outcome", jx_str(final, "sip_outcome", NULL), "ended_by",
                            jx_str(final, "ended_by", NULL), "duration_ms", (json_int_t)jx_int(final, "duration_ms", 0), "score",
                            (json_int_t)jx_int(result, "score", 0), "bucket", jx_str(result, "bucket", NULL)));
}
