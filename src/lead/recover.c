/* recover.c - what a process that died left behind is closed or tried again by rule; nothing stays half done.
 *
 * An attempt that was leased but has no call: nobody was dialled, so it is simply due again. With a call: the call ends as "recovered",
 * its handoffs and offers fail, and attempt_finish plans the retry of that outcome (5 minutes, counted; never for a suppressed number). */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "lead/lead_priv.h"
#include "store/attempt_rows.h"

#include "base/banned.h"

static int close_call(struct tx *tx, const char *call_id, const char *lead_id, int64_t now_ms)
{
    json_t *data;
    bool closed = false;
    int err = call_row_crash(tx, call_id, now_ms, &closed);

    if (err || !closed)
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
    bool inbound = strcmp(jx_str(attempt, "kind", ""), "inbound") == 0; /* they rang us: there is nothing to dial again, but somebody to call back */
    int err;

    if (call_id == NULL && !inbound)
        return attempt_row_reclaim(tx, id, now_ms);
    err = call_id != NULL ? close_call(tx, call_id, lead_id, now_ms) : 0;
    if (!err)
        err = attempt_row_mark_recovered(tx, id);
    return err ? err : attempt_finish(tx, id, "recovered", call_id, cfg, now_ms, NULL);
}

/* Calls without a living attempt (a prospect called us, or the attempt was closed before the call's last row was written). */
static int close_orphans(struct tx *tx, int64_t now_ms)
{
    json_t *calls, *call;
    size_t i;
    int err = call_rows_orphaned(tx, &calls);

    if (err)
        return err;
    json_array_foreach(calls, i, call) {
        if (!err)
            err = close_call(tx, jx_str(call, "id", ""), jx_str(call, "lead_id", ""), now_ms);
        if (!err)
            err = lead_row_settle(tx, jx_str(call, "lead_id", ""), "closed", true, now_ms);
    }
    json_decref(calls);
    return err;
}

int attempts_recover(struct tx *tx, const char *node, bool at_start, const struct lead_config *cfg, int64_t now_ms, int *count)
{
    json_t *rows, *attempt;
    size_t i;
    int err = attempt_rows_left(tx, node, !at_start, now_ms, &rows);

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
