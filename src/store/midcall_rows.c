#include "store/midcall_rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"

#include "base/banned.h"

enum { PARKED_MAX = 100, JOINS_LISTED_MAX = 500 };

static int append(struct tx *tx, const char *kind, const json_t *row, const char *subject, int64_t at)
{
    return event_append(tx, &(struct store_event){.kind = kind, .lead_id = jx_str(row, "lead_id", NULL), .call_id = jx_str(row, "call_id", NULL), .subject = subject, .data = (json_t *)(uintptr_t)row, .at = at});
}

/* --- hold, park, transfer --- */

static int read_handoff(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row,
                        "SELECT h.id AS handoff_id, h.call_id, h.lead_id, h.state, h.closer_id, c.name AS closer_name, h.time_to_human_ms, h.midcall FROM handoff h"
                        " LEFT JOIN closer c ON c.id = h.closer_id WHERE h.id = ?", "s", id);
}

int midcall_row_state(struct tx *tx, const json_t *m, int64_t at)
{
    const char *id = jx_str(m, "handoff_id", "");
    char kind[48];
    json_t *row;
    int err = tx_exec(tx, "UPDATE handoff SET midcall = ?, midcall_at = ?, midcall_until = ? WHERE id = ?", "siis", jx_str(m, "state", ""), at, jx_int(m, "until", 0), id);

    if (!err)
        err = read_handoff(tx, id, &row);
    if (err)
        return err;
    (void)json_object_update(row, (json_t *)(uintptr_t)m);
    (void)json_object_del(row, "word");
    snprintf(kind, sizeof kind, "handoff.%.30s", jx_str(m, "word", ""));
    err = append(tx, kind, row, id, at);
    json_decref(row);
    return err;
}

static int tell_state(struct tx *tx, const char *id, const char *kind, const char *reason, int64_t at)
{
    json_t *row;
    int err = read_handoff(tx, id, &row);

    if (err)
        return err;
    jx_set_str(row, "reason", reason);
    err = append(tx, kind, row, id, at);
    json_decref(row);
    return err;
}

int midcall_row_taken_over(struct tx *tx, const json_t *t, int64_t at)
{
    const char *before = jx_str(t, "before", ""), *id = jx_str(t, "id", "");
    int err = tx_exec(tx, "UPDATE handoff SET state = 'ended', outcome = 'transferred', ended_at = ? WHERE id = ?", "is", at, before);

    if (!err)
        err = tx_exec(tx,
                      "INSERT INTO handoff (id, call_id, lead_id, state, team, closer_id, requested_at, accepted_at, bridged_at, midcall, midcall_at, midcall_until)"
                      " VALUES (?, ?, ?, 'bridged', ?, ?, ?, ?, ?, 'talking', ?, 0)",
                      "sssssiiii", id, jx_str(t, "call_id", ""), jx_str(t, "lead_id", ""), jx_str(t, "team", ""), jx_str(t, "closer_id", ""), at, at, at, at);
    if (!err)
        err = tx_exec(tx, "UPDATE offer SET handoff_id = ? WHERE id = ?", "ss", id, jx_str(t, "offer_id", ""));
    if (!err)
        err = tell_state(tx, before, "handoff.ended", "transferred", at);
    return err ? err : tell_state(tx, id, "handoff.bridged", NULL, at);
}

/* --- who joined --- */

int join_row_invited(struct tx *tx, const json_t *i, int64_t at)
{
    return append(tx, "join.invited", i, jx_str(i, "closer_id", NULL), at);
}

static int begin_stretch(struct tx *tx, const json_t *j, int64_t at)
{
    return tx_exec(tx, "INSERT INTO call_join (id, call_id, user_id, closer_id, name, mode, began_at) VALUES (?, ?, ?, ?, ?, ?, ?)", "ssssssi", jx_str(j, "id", ""), jx_str(j, "call_id", ""),
                   jx_str(j, "user_id", ""), jx_str(j, "closer_id", NULL), jx_str(j, "name", ""), jx_str(j, "mode", ""), at);
}

int join_row(struct tx *tx, const json_t *j, int64_t at)
{
    const char *what = jx_str(j, "what", "");
    bool begins = strcmp(what, "started") == 0 || strcmp(what, "mode") == 0;
    int err = begins ? begin_stretch(tx, j, at) : tx_exec(tx, "UPDATE call_join SET ended_at = ? WHERE id = ?", "is", at, jx_str(j, "id", ""));
    json_t *data = err || strcmp(what, "left_mode") == 0 ? NULL : json_deep_copy(j);
    char kind[32];

    if (data == NULL)
        return err;
    (void)json_object_del(data, "what");
    snprintf(kind, sizeof kind, "join.%.20s", what);
    err = append(tx, kind, data, jx_str(j, "id", NULL), at);
    json_decref(data);
    return err;
}

int join_rows_close(struct tx *tx, int64_t at)
{
    return tx_exec(tx, "UPDATE call_join SET ended_at = ? WHERE ended_at IS NULL", "i", at);
}

int join_list(struct tx *tx, const char *call_id, json_t **rows)
{
    return tx_query(tx, rows, "SELECT id, user_id, closer_id, name, mode, began_at, ended_at FROM call_join WHERE call_id = ? ORDER BY began_at, id LIMIT ?", "si", call_id,
                    (int64_t)JOINS_LISTED_MAX);
}

int parked_list(struct tx *tx, int64_t now, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT h.call_id, h.id AS handoff_id, h.lead_id, h.midcall_at AS parked_at, h.midcall_until AS until, h.closer_id, c.name AS closer_name, l.first_name, l.last_name,"
                    " l.company, l.phone, k.score FROM handoff h JOIN call k ON k.id = h.call_id JOIN lead l ON l.id = h.lead_id LEFT JOIN closer c ON c.id = h.closer_id"
                    " WHERE h.midcall IN ('parked', 'fetching') AND h.ended_at IS NULL AND k.ended_at IS NULL AND h.midcall_until > ? ORDER BY h.midcall_at, h.id LIMIT ?",
                    "ii", now, (int64_t)PARKED_MAX);
}
