/* task_call.c - click to call: a closer's telephone rings, then the prospect's. The gate is asked first, and its answer kept. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

struct calling {
    const struct request *request;
    const char *lead_id, *task_id;
    json_t *wanted;          /* what the desk is told; NULL: not allowed */
    char why[GATE_TEXT_MAX];
};

/* What was said in the newest talk, so that the closer has it at hand. */
static json_t *newest_brief(struct tx *tx, const char *lead_id)
{
    json_t *row, *brief;

    if (tx_query_one(tx, &row, "SELECT brief AS brief_json FROM call WHERE lead_id = ? AND brief IS NOT NULL ORDER BY started_at DESC LIMIT 1", "s", lead_id) != 0)
        return NULL;
    brief = json_incref(json_object_get(row, "brief"));
    json_decref(row);
    return brief;
}

static int ask_gate(struct tx *tx, struct calling *c)
{
    json_t *lead;
    bool allowed = false;
    int err = lead_get(tx, c->lead_id, &lead);

    if (err)
        return err;
    err = gate_check_by_hand(tx, lead, &c->request->http->cfg.lead.policy, c->request->who.name, clock_now_ms(), &allowed, c->why);
    if (!err && allowed)
        c->wanted = json_pack("{s:s,s:s,s:s?,s:o?}", "lead_id", c->lead_id, "phone", jx_str(lead, "phone", ""), "task_id", c->task_id, "brief", newest_brief(tx, c->lead_id));
    json_decref(lead);
    return err;
}

static int prepare(struct tx *tx, void *arg)
{
    struct calling *c = arg;
    json_t *task;
    int err = c->task_id != NULL ? task_get(tx, c->task_id, &task) : 0;

    if (err)
        return err;
    if (c->task_id == NULL)
        return ask_gate(tx, c);
    c->lead_id = jx_str(task, "lead_id", "");
    err = strcmp(jx_str(task, "kind", ""), "callback") != 0 || strcmp(jx_str(task, "state", ""), "due") != 0 ? EALREADY : ask_gate(tx, c);
    json_decref(task);
    return err;
}

/* A closer calls with their own telephone; a manager may name one. */
static const char *caller(struct request *r)
{
    const char *named = request_text(r, "closer_id", 36, false);

    return named != NULL ? named : r->who.closer_id;
}

static int call(struct request *r, const char *task_id, const char *lead_id)
{
    struct calling c = {.request = r, .task_id = task_id, .lead_id = lead_id};
    const char *closer = caller(r);
    struct desk_wait *w;
    int err;

    if (r->errors != NULL)
        return 0;
    if (closer[0] == '\0')
        return reply_problem(r, MHD_HTTP_CONFLICT, "Your account is not linked to a closer, so there is no telephone to ring.");
    if (!request_speaks_for(r, closer))
        return reply_not_yours(r);
    err = r->http->desk == NULL ? EAGAIN : store_run(r->http->store, prepare, &c);
    if (err)
        return err;
    if (c.wanted == NULL)
        return reply_problem(r, MHD_HTTP_CONFLICT, c.why);
    w = desk_wait_alloc();
    err = w == NULL ? ENOMEM : desk_wait_finish(w, desk_call_prospect(r->http->desk, closer, c.wanted, desk_wait_done, w));
    json_decref(c.wanted);
    if (err == EBUSY)
        return reply_problem(r, MHD_HTTP_CONFLICT, "This telephone is in a call already, or rings.");
    if (err == ENOTCONN)
        return reply_problem(r, MHD_HTTP_CONFLICT, "The telephone in the browser is not connected: allow the microphone on the desk first.");
    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}

int task_call_post(struct request *r)
{
    return call(r, r->id, NULL);
}

int lead_call_post(struct request *r)
{
    return call(r, NULL, r->id);
}
