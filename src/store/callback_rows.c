/* callback_rows.c - a callback made by a human: its call, handoff and task, each change with its events. */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "store/call_rows.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

static int tell_task(struct tx *tx, const json_t *c, const char *kind, json_t *data, int64_t at)
{
    const char *task_id = jx_str(c, "task_id", NULL);
    int err = data == NULL ? ENOMEM : 0;

    jx_set_str(data, "task_id", task_id);
    jx_set_str(data, "closer_id", jx_str(c, "closer_id", NULL));
    jx_set_str(data, "call_id", jx_str(c, "call_id", NULL));
    if (!err)
        err = event_append(tx, &(struct store_event){.kind = kind, .lead_id = jx_str(c, "lead_id", NULL), .call_id = jx_str(c, "call_id", NULL), .subject = task_id, .data = data, .at = at});
    json_decref(data);
    return err;
}

static int begin_call(struct tx *tx, const json_t *c, int64_t at)
{
    json_t *call = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:I}", "id", jx_str(c, "call_id", ""), "lead_id", jx_str(c, "lead_id", ""), "direction", "outbound", "phone", jx_str(c, "phone", ""),
                             "scenario_id", CALL_SCENARIO_HUMAN, "scenario_version", 0, "started_at", (json_int_t)at);
    int err = call == NULL ? ENOMEM : call_row_start(tx, call);

    json_decref(call);
    return err;
}

/* The closer is one who was asked and has said yes: screens show a callback as they show a handoff. */
static int begin_handoff(struct tx *tx, const json_t *c, int64_t at)
{
    json_t *h = json_pack("{s:s,s:s,s:s,s:s,s:O?}", "id", jx_str(c, "handoff_id", ""), "call_id", jx_str(c, "call_id", ""), "lead_id", jx_str(c, "lead_id", ""), "team", jx_str(c, "team", ""),
                          "brief", json_object_get(c, "brief"));
    json_t *o = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:i}", "id", jx_str(c, "offer_id", ""), "handoff_id", jx_str(c, "handoff_id", ""), "closer_id", jx_str(c, "closer_id", ""), "closer_name",
                          jx_str(c, "closer_name", ""), "call_id", jx_str(c, "call_id", ""), "lead_id", jx_str(c, "lead_id", ""), "step", 0);
    int err = h == NULL || o == NULL ? ENOMEM : handoff_row_start(tx, h, at);

    if (!err)
        err = offer_row_start(tx, o, at);
    if (!err)
        err = offer_row_end(tx, jx_str(c, "offer_id", ""), "accepted", "callback", at);
    if (!err)
        err = handoff_row_state(tx, jx_str(c, "handoff_id", ""), "accepted", jx_str(c, "closer_id", NULL), NULL, at);
    json_decref(h);
    json_decref(o);
    return err;
}

int callback_row_begin(struct tx *tx, const json_t *c, int64_t at)
{
    int err = begin_call(tx, c, at);

    return err ? err : begin_handoff(tx, c, at);
}

static int keep_promise(struct tx *tx, const json_t *c, int64_t at)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "UPDATE task SET state = 'done', done_at = ?, closer_id = ? WHERE id = ? AND state = 'due'", "iss", at, jx_str(c, "closer_id", NULL), jx_str(c, "task_id", NULL));

    return err || n == 0 ? err : tell_task(tx, c, "task.done", json_pack("{s:s}", "kind", "callback"), at);
}

int callback_row_bridged(struct tx *tx, const json_t *c, int64_t at)
{
    const char *call_id = jx_str(c, "call_id", ""), *lead_id = jx_str(c, "lead_id", "");
    int err = call_row_state(tx, call_id, lead_id, "talking", at);

    if (!err)
        err = call_row_state(tx, call_id, lead_id, "bridged", at);
    if (!err)
        err = handoff_row_state(tx, jx_str(c, "handoff_id", ""), "bridged", jx_str(c, "closer_id", NULL), NULL, at);
    return err || jx_str(c, "task_id", NULL) == NULL ? err : keep_promise(tx, c, at);
}

/* The prospect was not reached: the promise stays open, and it is known that somebody tried. */
static int count_try(struct tx *tx, const json_t *c, int64_t at)
{
    int err = lead_set_state(tx, jx_str(c, "lead_id", ""), jx_str(c, "task_id", NULL) != NULL ? "callback" : "human", at);

    if (err || jx_str(c, "task_id", NULL) == NULL)
        return err;
    err = tx_exec(tx, "UPDATE task SET tries = tries + 1, tried_at = ? WHERE id = ?", "is", at, jx_str(c, "task_id", ""));
    return err ? err : tell_task(tx, c, "task.tried", json_pack("{s:s,s:s}", "kind", "callback", "outcome", jx_str(c, "sip_outcome", "unreachable")), at);
}

int callback_row_end(struct tx *tx, const json_t *c, int64_t at)
{
    bool talked = jx_bool(c, "bridged", false);
    int err = call_row_end(tx, jx_str(c, "call_id", ""), jx_str(c, "lead_id", ""), c, NULL, at);

    if (!err)
        err = handoff_row_state(tx, jx_str(c, "handoff_id", ""), talked ? "ended" : "failed", jx_str(c, "closer_id", NULL), jx_str(c, "reason", NULL), at);
    return err || talked ? err : count_try(tx, c, at);
}
