/* app_calls.c - calls joined with the desk above them and the scheduler beside them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "desk/pacing.h"
#include "follow/after_call.h"
#include "main/app_priv.h"

#include "base/banned.h"

/* --- calls -> desk --- */

/* One handoff of one call: holds both alive until the handoff is over. */
struct bond { struct call *call; struct handoff *handoff; struct bond *next; };

struct bonds { struct bond *first; };

static struct bond **find_bond(struct bonds *b, const struct call *c)
{
    struct bond **p = &b->first;

    while (*p != NULL && (*p)->call != c)
        p = &(*p)->next;
    return p;
}

static void drop_bond(struct bonds *all, const struct call *c)
{
    struct bond **p = find_bond(all, c), *b = *p;

    if (b == NULL)
        return;
    *p = b->next;
    obj_unref(b->handoff);
    obj_unref(b->call);
    free(b);
}

struct glue { struct app *app; struct bonds bonds; };

struct handoff_owner { struct glue *glue; struct call *call; };

static void on_handoff(const struct handoff_event *ev, void *arg)
{
    struct handoff_owner *o = arg;
    struct call *c = obj_ref(o->call);

    switch (ev->kind) {
    case HANDOFF_EV_TICK:
        call_handoff_tick(c);
        break;
    case HANDOFF_EV_BRIDGED:
        log_info("desk", call_id(c), "bridged to %s after %d ms", ev->closer_name, ev->time_to_human_ms);
        call_handoff_bridged(c, ev->closer_name);
        break;
    case HANDOFF_EV_LOST:
        log_info("desk", call_id(c), "the line to %s broke", ev->closer_name);
        call_handoff_lost(c);
        break;
    case HANDOFF_EV_FAILED:
        log_info("desk", call_id(c), "no closer: %s", ev->reason);
        drop_bond(&o->glue->bonds, c);
        free(o);
        call_handoff_failed(c);
        break;
    case HANDOFF_EV_RETURNED:
        log_info("desk", call_id(c), "%s brings the AI back", ev->closer_name);
        drop_bond(&o->glue->bonds, c);
        free(o);
        call_handoff_returned(c);
        break;
    case HANDOFF_EV_ENDED:
        drop_bond(&o->glue->bonds, c);
        free(o);
        call_handoff_ended(c);
        break;
    }
    obj_unref(c);
}

static int on_handoff_start(struct call *c, const char *team, const char *whisper, const json_t *brief, void *arg)
{
    struct glue *g = arg;
    struct bond *b = calloc(1, sizeof *b);
    struct handoff_owner *o = calloc(1, sizeof *o);
    int64_t recording_us;
    int *turn_seq = call_turn_seq(c, &recording_us);
    int err = b == NULL || o == NULL ? ENOMEM : 0;

    if (!err && lead_is_test(call_lead(c)) && !jx_bool(call_lead(c), "ring_closers", false))
        err = ENOTSUP; /* who tries it out does not ring the colleagues unless asked to */
    if (!err) {
        *o = (struct handoff_owner){g, c};
        b->call = obj_ref(c);
        err = handoff_start(&b->handoff, g->app->desk,
                            &(struct handoff_params){.call_id = call_id(c), .lead_id = call_lead_id(c), .team = team, .owner_closer_id = jx_str(call_lead(c), "owner_closer_id", NULL),
                                                     .lead = call_lead(c), .language = g->app->scenario->language,
                                                     .whisper = whisper, .brief = brief, .prospect = call_port(c), .turn_seq = turn_seq, .recording_us = recording_us, .fn = on_handoff, .arg = o});
    }
    if (err) {
        if (b != NULL)
            obj_unref(b->call);
        free(b);
        free(o);
        return err;
    }
    b->next = g->bonds.first;
    g->bonds.first = b;
    return 0;
}

static void on_handoff_cancel(struct call *c, const char *reason, void *arg)
{
    struct glue *g = arg;
    struct bond *b = *find_bond(&g->bonds, c);

    if (b == NULL)
        return;
    free(handoff_cancel(b->handoff, reason));
    drop_bond(&g->bonds, c);
}

static void on_prospect_heard(struct call *c, void *arg)
{
    struct glue *g = arg;
    struct bond *b = *find_bond(&g->bonds, c);

    if (b != NULL)
        handoff_prospect_heard(b->handoff);
}

/* --- calls -> follow, scheduler --- */

static int on_finish(struct tx *tx, const json_t *final, json_t **route, int64_t now_ms, void *arg)
{
    const struct glue *g = arg;

    return follow_after_call(tx, final, &g->app->scenario->routing, &g->app->lead_cfg, now_ms, route);
}

static void on_ended(struct call *c, void *arg)
{
    struct glue *g = arg;

    app_llm_call_ended(g->app, c);
    if (!call_is_inbound(c)) /* nobody waits for a slot to call us */
        scheduler_slot_free(g->app->scheduler);
}

struct app *app_of_port(void *arg)
{
    return ((struct glue *)arg)->app;
}

void app_call_ports(struct app *a, struct call_ports *out)
{
    a->glue = calloc(1, sizeof *a->glue);
    if (a->glue != NULL)
        a->glue->app = a;
    *out = (struct call_ports){.handoff_start = on_handoff_start, .handoff_cancel = on_handoff_cancel, .prospect_heard = on_prospect_heard, .finish = on_finish, .ended = on_ended, .arg = a->glue};
    app_llm_ports(a, out);
}

/* --- scheduler -> calls --- */

void app_on_dial(const struct dial_job *job, void *arg)
{
    struct app *a = arg;
    char masked[LOG_MASK_MAX];
    int err = call_dial(a->calls, job);

    if (err) {
        log_error("call", job->lead_id, "cannot dial %s: %s", log_phone(masked, job->phone), strerror(err));
        scheduler_return(a->scheduler, job->attempt_id);
    }
}

void app_on_register(bool registered, int sip_code, void *arg)
{
    (void)arg;
    if (registered)
        log_info("line", "", "registered with the carrier");
    else
        log_warn("line", "", "not registered with the carrier (%d)", sip_code);
}

enum { ENOUGH_ANSWERED = 20 };

int app_pace(int calls_now, int answered, int hot, int slots, void *arg)
{
    const struct app *a = arg;
    struct desk_load l = desk_load_get(a->desk);

    if (l.closers == 0) /* nobody to wait for: the AI books */
        return slots;
    return pacing_more(&(struct pacing){.closers_free = l.closers_free, .closers_soon = l.closers_soon, .hot_waiting = l.hot_waiting, .calls_now = calls_now,
                                        .hot_rate = answered < ENOUGH_ANSWERED ? -1 : (double)hot / answered, .slots = slots});
}
