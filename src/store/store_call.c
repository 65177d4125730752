/* store_call.c - reading calls and what was said in them; call_rows.c writes. */
#include <errno.h>
#include <string.h>
#include <stdint.h>
#include "base/json.h"
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define CALL_COLUMNS                                                                                                                     \
    "c.id, c.lead_id, c.attempt_id, c.direction, c.phone, c.scenario_id, c.scenario_version, c.state, c.stage, c.started_at, c.ringing_at," \
    " c.answered_at, c.ended_at, c.ended_by, c.sip_outcome, c.sip_code, c.sip_call_id, c.outcome, c.score, c.possible, c.bucket, c.summary," \
    " c.recording, c.recording_ms, c.first_audio_ms, c.disposition"
#define CALL_LEAD                                                                                                             \
    ", json_object('id', l.id, 'first_name', l.first_name, 'last_name', l.last_name, 'company', l.company, 'title', l.title," \
    " 'source', l.source) AS lead_json"

int call_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row,
                        "SELECT " CALL_COLUMNS ", c.brief AS brief_json, c.result AS result_json, c.route AS route_json, c.answered_by AS answered_by_json" CALL_LEAD
                        " FROM call c JOIN lead l ON l.id = c.lead_id WHERE c.id = ?",
                        "s", id);
}

int call_page(struct tx *tx, const struct call_filter *f, json_t **rows, char next[PAGE_CURSOR_MAX])
{
    int64_t limit = page_limit(f->limit);
    int err = tx_query(tx, rows,
                       "SELECT " CALL_COLUMNS CALL_LEAD " FROM call c JOIN lead l ON l.id = c.lead_id WHERE (? IS NULL OR c.id < ?)"
                       " AND (? IS NULL OR c.lead_id = ?) AND (? IS NULL OR c.outcome = ?) AND (? IS NULL OR c.bucket = ?)"
                       " AND (? = 0 OR c.state <> 'ended') ORDER BY c.id DESC LIMIT ?",
                       "ssssssssii", f->cursor, f->cursor, f->lead_id, f->lead_id, f->outcome, f->outcome, f->bucket, f->bucket, (int64_t)f->live, limit + 1);

    if (!err)
        page_cut(*rows, limit, next);
    return err;
}

/* Newer talks come first: what they know already stands. */
static int add_stated(json_t *known, const json_t *answers)
{
    const char *question;
    json_t *a;

    json_object_foreach((json_t *)(uintptr_t)answers, question, a)
        if (strcmp(jx_str(a, "status", ""), "stated") == 0 && json_object_get(known, question) == NULL && json_object_set(known, question, a) != 0)
            return ENOMEM;
    return 0;
}

int call_known_answers(struct tx *tx, const char *lead_id, json_t **answers)
{
    json_t *rows, *row, *known;
    size_t i;
    int err = tx_query(tx, &rows, "SELECT result AS result_json FROM call WHERE lead_id = ? AND result IS NOT NULL ORDER BY started_at DESC LIMIT ?", "si", lead_id,
                       (int64_t)CALL_KNOWN_TALKS_MAX);

    if (err)
        return err;
    known = json_object();
    json_array_foreach(rows, i, row)
        if (!err)
            err = add_stated(known, json_object_get(json_object_get(row, "result"), "answers"));
    json_decref(rows);
    if (!err && json_object_size(known) == 0)
        err = ENOENT;
    if (err)
        json_decref(known);
    else
        *answers = known;
    return err;
}

int turn_list(struct tx *tx, const char *call_id, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT seq, speaker, topic, text, at_ms, end_ms, heard_ms, interrupted, ledger AS ledger_json FROM turn WHERE call_id = ? ORDER BY at_ms, seq",
                    "s", call_id);
}

int turn_ledgers(struct tx *tx, int64_t since, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT t.speaker, t.ledger AS ledger_json FROM turn t JOIN call c ON c.id = t.call_id WHERE c.started_at >= ? AND t.ledger IS NOT NULL"
                    " ORDER BY c.started_at DESC LIMIT ?",
                    "ii", since, (int64_t)TURN_LEDGERS_MAX);
}

int answer_list(struct tx *tx, const char *call_id, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT a.id, a.question_id, a.dimension, a.status, a.value AS value_json, a.points, a.max, a.evidence, a.turn_seq, a.replaced, a.at,"
                    " m.at AS wrong_at, m.note AS wrong_note FROM answer a LEFT JOIN answer_mark m ON m.answer_id = a.id WHERE a.call_id = ? ORDER BY a.at, a.id",
                    "s", call_id);
}

int mention_list(struct tx *tx, const char *call_id, json_t **rows)
{
    return tx_query(tx, rows, "SELECT kind, objection_id, evidence, turn_seq, at FROM objection WHERE call_id = ? ORDER BY at", "s", call_id);
}
