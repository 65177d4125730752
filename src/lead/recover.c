/* recover.c - what a process that died left behind is closed or tried again by rule; nothing stays half done.
 *
 * An attempt that was leased but has no call: nobody was dialled, so it is simply due again. With a call: the call ends as "recovered",
 * its handoffs and offers fail, and attempt_finish plans the retry of that outcome (5 minutes, counted; never for a suppressed number). */
#include <errno.h>

#include "base/json.h"
#include "lead/lead_priv.h"

#include "base/banned.h"

static int close_handoffs(struct tx *tx, const char *call_id, int64_t now_ms)
{
    int err = tx_exec(tx,
                      "UPDATE offer SET state = 'failed', reason = 'crash', ended_at = ? WHERE ended_at IS NULL"
                      " AND handoff_id IN (SELECT id FROM handoff WHERE call_id = ?)",
                      "is", now_ms, call_id);

    if (!err)
        err = tx_exec(tx, "UPDATE handoff SET state = CASE WHEN bridged_at IS NULL THEN 'failed' ELSE 'ended' END, outcome = coalesce(outcome, 'crash'), ended_at = ?"
                          " WHERE call_id = ? AND ended_at IS NULL",
                      "is", now_ms, call_id);
    return err;
}

static int close_call(struct tx *tx, const char *call_id, const char *lead_id, int64_t now_ms)
{
    json_t *data;
    int64_t n = 0;
    int err = tx_exec_count(tx, &n,
                            "UPDATE call SET state = 'ended', ended_at = ?, ended_by = 'crash', outcome = coalesce(outcome, 'recovered') WHERE id = ?"
                            " AND state <> 'ended'",
                            "is", now_ms, call_id);

    if (!err)
        err = close_handoffs(tx, call_id, now_ms);
    if (err || n == 0)
        return err;
    data = json_pack("{s:s,s:s}", "outcome", "recovered", "ended_by", "crash");
    err = data == NULL ? ENOMEM
                       : event_append(tx, &(struct store_event){.kind = "call.ended", .lead_id = lead_id, .call_id = call_id, .data = data, .at = now_ms});
    json_decref(data);
    return err;
}

static int recover_one(struct tx *tx, const json_t *attempt, const struct lead_config *cfg, int64_t now_ms)
{
    const char *id = jx_str(attempt, "id", ""), *lead_id = jx_str(attempt, "lead_id", ""), *call_id = jx_str(attempt, "call_id", NULL);
    int err;

    if (call_id == NULL)
        return tx_exec(tx, "UPDATE attempt SET state = 'due', node = NULL, lease_until = NULL, recovered = 1, updated_at = ? WHERE id = ?", "is", now_ms, id);
    err = close_call(tx, call_id, lead_id, now_ms);
    if (!err)
        err = tx_exec(tx, "UPDATE attempt SET recovered = 1 WHERE id = ?", "s", id);
    return err ? err : attempt_finish(tx, id, "recovered", call_id, cfg, now_ms, NULL);
}

/* Calls without a living attempt (a prospect called us, or the attempt was closed before the call's last row was written). */
static int close_orphans(struct tx *tx, int64_t now_ms)
{
    json_t *calls, *call;
    size_t i;
    int err = tx_query(tx, &calls,
                       "SELECT id, lead_id FROM call WHERE state <> 'ended' AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.call_id = call.id"
                       " AND a.state IN ('leased', 'dialing', 'talking'))",
                       "");

    if (err)
        return err;
    json_array_foreach(calls, i, call) {
        if (!err)
            err = close_call(tx, jx_str(call, "id", ""), jx_str(call, "lead_id", ""), now_ms);
        if (!err)
            err = tx_exec(tx, "UPDATE lead SET state = 'closed', updated_at = ? WHERE id = ? AND state IN ('calling', 'talking', 'handoff', 'human')", "is",
                          now_ms, jx_str(call, "lead_id", ""));
    }
    json_decref(calls);
    return err;
}

int attempts_recover(struct tx *tx, const char *node, bool at_start, const struct lead_config *cfg, int64_t now_ms, int *count)
{
    json_t *rows, *attempt;
    size_t i;
    int err = tx_query(tx, &rows,
                       "SELECT id, lead_id, call_id FROM attempt WHERE state IN ('leased', 'dialing', 'talking') AND (node IS NULL OR node <> ?)"
                       " AND (? = 1 OR lease_until <= ?)",
                       "sii", node, (int64_t)at_start, now_ms);

    if (err)
        return err;
    json_array_foreach(rows, i, attempt)
        if (!err)
            err = recover_one(tx, attempt, cfg, now_ms);
    if (!err && at_start)
        err = close_orphans(tx, now_ms);
    if (!err)
        *count = (int)json_array_size(rows);
    json_decref(rows);
    return err;
}
