#include "store/attempt_rows.h"

#include <errno.h>

#include "base/json.h"

#include "base/banned.h"

#define OPEN "('leased', 'dialing', 'talking')"
#define FREE_LEAD "NOT EXISTS (SELECT 1 FROM attempt b WHERE b.lead_id = a.lead_id AND b.state IN " OPEN ")"

/* --- one attempt --- */

int attempt_row_insert(struct tx *tx, const char *id, const char *lead_id, const char *kind, int64_t due_at, int64_t now_ms)
{
    return tx_exec(tx,
                   "INSERT INTO attempt (id, lead_id, kind, number, due_at, state, created_at, updated_at)"
                   " SELECT ?, ?, ?, count(*) + 1, ?, 'due', ?, ? FROM attempt WHERE lead_id = ?",
                   "sssiiis", id, lead_id, kind, due_at, now_ms, now_ms, lead_id);
}

int attempt_row_state(struct tx *tx, const char *id, const char *state, const char *call_id, int64_t now_ms)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "UPDATE attempt SET state = ?, call_id = coalesce(?, call_id), updated_at = ? WHERE id = ? AND state NOT IN ('done', 'refused')",
                            "ssis", state, call_id, now_ms, id);

    return err ? err : n == 0 ? ENOENT : 0;
}

int attempt_row_done(struct tx *tx, const char *id, const char *outcome, const char *call_id, int64_t now_ms)
{
    return tx_exec(tx, "UPDATE attempt SET state = 'done', outcome = ?, call_id = coalesce(?, call_id), lease_until = NULL, updated_at = ? WHERE id = ?",
                   "ssis", outcome, call_id, now_ms, id);
}

int attempt_row_refuse(struct tx *tx, const char *id, const char *state, const char *rule, const json_t *gate, int64_t next_allowed_at, int64_t now_ms)
{
    return tx_exec(tx, "UPDATE attempt SET state = ?, refusal = ?, gate = ?, next_allowed_at = nullif(?, 0), updated_at = ? WHERE id = ?", "ssjiis", state, rule,
                   gate, next_allowed_at, now_ms, id);
}

int attempt_row_lease(struct tx *tx, const char *id, const char *node, int64_t lease_until, const json_t *gate, int64_t now_ms)
{
    return tx_exec(tx,
                   "UPDATE attempt SET state = 'leased', node = ?, lease_until = ?, refusal = NULL, next_allowed_at = NULL, gate = ?, updated_at = ?"
                   " WHERE id = ?",
                   "sijis", node, lease_until, gate, now_ms, id);
}

int attempt_row_release(struct tx *tx, const char *id, int64_t due_at)
{
    return tx_exec(tx, "UPDATE attempt SET state = 'due', due_at = coalesce(nullif(?, 0), due_at), node = NULL, lease_until = NULL WHERE id = ? AND state = 'leased'",
                   "is", due_at, id);
}

int attempt_row_reclaim(struct tx *tx, const char *id, int64_t now_ms)
{
    return tx_exec(tx, "UPDATE attempt SET state = 'due', node = NULL, lease_until = NULL, recovered = 1, updated_at = ? WHERE id = ?", "is", now_ms, id);
}

int attempt_row_mark_recovered(struct tx *tx, const char *id)
{
    return tx_exec(tx, "UPDATE attempt SET recovered = 1 WHERE id = ?", "s", id);
}

/* --- several --- */

int attempt_rows_renew(struct tx *tx, const char *node, int64_t lease_until)
{
    return tx_exec(tx, "UPDATE attempt SET lease_until = ? WHERE node = ? AND state IN " OPEN, "is", lease_until, node);
}

int attempt_rows_cancel_retries(struct tx *tx, const char *lead_id, int64_t now_ms)
{
    return tx_exec(tx,
                   "UPDATE attempt SET state = 'cancelled', outcome = 'superseded', updated_at = ? WHERE lead_id = ? AND kind = 'retry'"
                   " AND state IN ('due', 'deferred')",
                   "is", now_ms, lead_id);
}

int attempt_rows_hasten(struct tx *tx, const char *lead_id, int64_t now_ms, int64_t *changed)
{
    return tx_exec_count(tx, changed,
                         "UPDATE attempt SET state = 'due', due_at = ?, updated_at = ? WHERE lead_id = ? AND state IN ('due', 'deferred') AND kind <> 'callback'",
                         "iis", now_ms, now_ms, lead_id);
}

/* Our own initiative: a lead of an imported list, or one that is called again after days. */
#define PACED                                                                                                                             \
    "(a.kind = 'reengage' OR (a.kind <> 'callback' AND coalesce((SELECT s.channel FROM submission s WHERE s.lead_id = a.lead_id"          \
    " ORDER BY s.created_at DESC LIMIT 1), '') = 'import'))"

int attempt_rows_pace(struct tx *tx, int64_t *calls_now, int64_t *answered, int64_t *hot)
{
    json_t *row;
    int err = tx_query_int(tx, calls_now, "SELECT count(*) FROM attempt a WHERE a.state IN " OPEN " AND " PACED, "");

    if (!err)
        err = tx_query_one(tx, &row,
                           "SELECT count(*) AS answered, count(h.id) AS hot FROM (SELECT id FROM call WHERE direction = 'outbound' AND scenario_id <> 'human' AND answered_at IS NOT NULL"
                           " ORDER BY started_at DESC LIMIT 200) c LEFT JOIN handoff h ON h.call_id = c.id", "");
    if (err)
        return err;
    *answered = jx_int(row, "answered", 0);
    *hot = jx_int(row, "hot", 0);
    json_decref(row);
    return 0;
}

int attempt_rows_due(struct tx *tx, int64_t now_ms, bool paced_too, int64_t limit, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT a.id, a.lead_id, a.kind, a.number, a.due_at, " PACED " AS paced FROM attempt a WHERE ((a.state = 'due' AND a.due_at <= ?)"
                    " OR (a.state = 'deferred' AND a.next_allowed_at <= ?)) AND " FREE_LEAD " AND (? = 1 OR NOT " PACED ") ORDER BY a.due_at, a.id LIMIT ?",
                    "iiii", now_ms, now_ms, (int64_t)paced_too, limit);
}

int attempt_rows_next_due(struct tx *tx, bool paced_too, int64_t *at)
{
    return tx_query_int(tx, at,
                        "SELECT coalesce(min(CASE a.state WHEN 'due' THEN a.due_at ELSE a.next_allowed_at END), 0) FROM attempt a"
                        " WHERE a.state IN ('due', 'deferred') AND " FREE_LEAD " AND (? = 1 OR NOT " PACED ")",
                        "i", (int64_t)paced_too);
}

int attempt_rows_left(struct tx *tx, const char *node, bool lease_only, int64_t now_ms, json_t **rows)
{
    return tx_query(tx, rows, "SELECT id, lead_id, kind, call_id FROM attempt WHERE state IN " OPEN " AND (node IS NULL OR node <> ?) AND (? = 0 OR lease_until <= ?)",
                    "sii", node, (int64_t)lease_only, now_ms);
}

/* --- counts --- */

int attempt_count_open(struct tx *tx, const char *lead_id, int64_t *n)
{
    return tx_query_int(tx, n, "SELECT count(*) FROM attempt WHERE lead_id = ? AND state IN " OPEN, "s", lead_id);
}

int attempt_count_waiting(struct tx *tx, const char *lead_id, int64_t *n)
{
    return tx_query_int(tx, n, "SELECT count(*) FROM attempt WHERE lead_id = ? AND state IN ('due', 'deferred')", "s", lead_id);
}

int attempt_count_made(struct tx *tx, const char *lead_id, int64_t *n)
{
    return tx_query_int(tx, n, "SELECT count(*) FROM attempt WHERE lead_id = ? AND kind <> 'inbound' AND (call_id IS NOT NULL OR state = 'done')", "s", lead_id);
}

int attempt_calls_since(struct tx *tx, const char *phone, int64_t since, int64_t *n, int64_t *first_at)
{
    json_t *row;
    int err = tx_query_one(tx, &row,
                           "SELECT count(*) AS n, coalesce(min(c.started_at), 0) AS first_at FROM call c JOIN lead l ON l.id = c.lead_id WHERE l.phone = ?"
                           " AND c.direction = 'outbound' AND c.started_at > ?",
                           "si", phone, since);

    if (err)
        return err;
    *n = jx_int(row, "n", 0);
    *first_at = jx_int(row, "first_at", 0);
    json_decref(row);
    return 0;
}

/* --- what surrounds an attempt --- */

static int close_handoffs(struct tx *tx, const char *call_id, int64_t now_ms)
{
    int err = tx_exec(tx,
                      "UPDATE offer SET state = 'failed', reason = 'crash', ended_at = ? WHERE ended_at IS NULL"
                      " AND handoff_id IN (SELECT id FROM handoff WHERE call_id = ?)",
                      "is", now_ms, call_id);

    if (!err)
        err = tx_exec(tx,
                      "UPDATE handoff SET state = CASE WHEN bridged_at IS NULL THEN 'failed' ELSE 'ended' END, outcome = coalesce(outcome, 'crash'),"
                      " ended_at = ? WHERE call_id = ? AND ended_at IS NULL",
                      "is", now_ms, call_id);
    return err;
}

int call_row_crash(struct tx *tx, const char *call_id, int64_t now_ms, bool *closed)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n,
                            "UPDATE call SET state = 'ended', ended_at = ?, ended_by = 'crash', outcome = coalesce(outcome, 'recovered') WHERE id = ?"
                            " AND state <> 'ended'",
                            "is", now_ms, call_id);

    if (!err)
        err = close_handoffs(tx, call_id, now_ms);
    if (!err)
        *closed = n > 0;
    return err;
}

int call_rows_orphaned(struct tx *tx, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT id, lead_id FROM call WHERE state <> 'ended' AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.call_id = call.id AND a.state IN " OPEN ")", "");
}

int lead_row_settle(struct tx *tx, const char *lead_id, const char *state, bool from_human, int64_t now_ms)
{
    return tx_exec(tx,
                   "UPDATE lead SET state = ?, updated_at = ? WHERE id = ? AND (state IN ('new', 'deferred', 'calling', 'talking', 'handoff')"
                   " OR (? = 1 AND state = 'human'))",
                   "sisi", state, now_ms, lead_id, (int64_t)from_human);
}

int suppression_cancel_plans(struct tx *tx, const char *phone, int64_t now_ms)
{
    int err = tx_exec(tx,
                      "UPDATE attempt SET state = 'cancelled', outcome = 'suppressed', updated_at = ? WHERE state IN ('due', 'deferred')"
                      " AND lead_id IN (SELECT id FROM lead WHERE phone = ?)",
                      "is", now_ms, phone);

    if (!err)
        err = tx_exec(tx, "UPDATE task SET state = 'cancelled', done_at = ? WHERE state = 'due' AND lead_id IN (SELECT id FROM lead WHERE phone = ?)", "is",
                      now_ms, phone);
    if (!err)
        err = tx_exec(tx, "UPDATE lead SET state = 'suppressed', updated_at = ? WHERE phone = ?", "is", now_ms, phone);
    return err;
}
