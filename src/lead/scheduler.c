/* scheduler.c - dials what is due. It lives on the control loop and never waits: each look at the ledger is a job of the writer
 * (claim.c), one at a time; a kick during a job makes one more follow. Between looks a timer sleeps until the next due time. */
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "base/timer.h"
#include "lead/lead_priv.h"
#include "store/attempt_rows.h"

#include "base/banned.h"

enum {
    PAUSE_MIN_MS = 50,          /* between two looks that only time caused */
    PAUSE_ERROR_MS = 1000,      /* after the store refused */
    PAUSE_MAX_MS = 60 * 1000,   /* the wall clock may be set */
    RETURN_MS = 60 * 1000,      /* a job that could not be dialled */
    NODE_MAX = 64
};

struct scheduler {
    struct store *store; /* reference */
    struct loop *control;
    struct scheduler_config cfg;
    char node[NODE_MAX], region[8];
    scheduler_dial_fn *fn;
    void *arg;
    int slots;
    bool started, closed;
    bool looking, again; /* a claim is under way; look once more after it */
    struct timer due_timer, lease_timer;
    atomic_bool kicked;
    atomic_int slots_free;
    atomic_uint_fast64_t claimed, refused, deferred, recovered;
};

struct look { /* one claim job */
    struct scheduler *s; /* reference */
    struct claim claim;
};

static void look(struct scheduler *s);

static void on_due(void *arg)
{
    look(arg);
}

static void sleep_until(struct scheduler *s, int64_t at)
{
    int64_t ms = at == 0 ? PAUSE_MAX_MS : at - clock_now_ms();

    if (ms < PAUSE_MIN_MS)
        ms = s->slots == 0 ? PAUSE_ERROR_MS : PAUSE_MIN_MS;
    timer_start(&s->due_timer, ms > PAUSE_MAX_MS ? PAUSE_MAX_MS : ms, on_due, s);
}

static void set_slots(struct scheduler *s, int slots)
{
    s->slots = slots;
    atomic_store(&s->slots_free, slots);
}

static void look_free(struct look *l)
{
    claim_release(&l->claim);
    obj_unref(l->s);
    free(l);
}

static int give_back(struct tx *tx, void *arg)
{
    struct look *l = arg;

    return claim_give_back(tx, &l->claim);
}

static void on_given_back(int err, void *arg)
{
    (void)err; /* then the lease runs out */
    look_free(arg);
}

static void hand_out(struct scheduler *s, json_t *row)
{
    struct dial_job job = {.lead = json_object_get(row, "lead"), .due_at = jx_int(row, "due_at", 0)};

    (void)text_copy(job.attempt_id, sizeof job.attempt_id, jx_str(row, "id", ""));
    (void)text_copy(job.lead_id, sizeof job.lead_id, jx_str(row, "lead_id", ""));
    (void)text_copy(job.phone, sizeof job.phone, jx_str(job.lead, "phone", ""));
    (void)text_copy(job.kind, sizeof job.kind, jx_str(row, "kind", ""));
    s->fn(&job, s->arg);
}

static void on_claimed(int err, void *arg)
{
    struct look *l = arg;
    struct scheduler *s = l->s;
    struct claim *c = &l->claim;

    s->looking = false;
    if (s->closed) {
        if (err || c->job_count == 0 || store_submit(s->store, give_back, on_given_back, s->control, l))
            look_free(l);
        return;
    }
    if (err)
        claim_release(c);
    set_slots(s, s->slots - c->job_count);
    atomic_fetch_add(&s->claimed, (unsigned)c->job_count);
    atomic_fetch_add(&s->refused, err ? 0u : (unsigned)c->refused);
    atomic_fetch_add(&s->deferred, err ? 0u : (unsigned)c->deferred);
    sleep_until(s, err ? clock_now_ms() + PAUSE_ERROR_MS : c->next_at);
    for (int i = 0; i < c->job_count; i++)
        hand_out(s, c->jobs[i]);
    if (s->again)
        look(s);
    look_free(l);
}

static int claim_job(struct tx *tx, void *arg)
{
    struct look *l = arg;

    return claim_run(tx, &l->claim);
}

static void look(struct scheduler *s)
{
    struct look *l;

    s->again = s->looking;
    if (s->looking || s->closed || !s->started)
        return;
    l = calloc(1, sizeof *l);
    if (l != NULL) {
        l->s = obj_ref(s);
        l->claim = (struct claim){.cfg = &s->cfg, .now_ms = clock_now_ms(), .slots = s->slots < CLAIM_MAX ? s->slots : CLAIM_MAX};
        s->looking = store_submit(s->store, claim_job, on_claimed, s->control, l) == 0;
        if (!s->looking)
            look_free(l);
    }
    if (!s->looking)
        sleep_until(s, clock_now_ms() + PAUSE_ERROR_MS);
}

/* --- leases: ours are renewed, those of the dead are recovered --- */

struct sweep {
    struct scheduler *s; /* reference */
    bool at_start;
    int64_t now_ms;
    int recovered;
};

static int sweep_job(struct tx *tx, void *arg)
{
    struct sweep *w = arg;
    const struct scheduler_config *cfg = &w->s->cfg;
    int err = attempt_rows_renew(tx, cfg->node, w->now_ms + cfg->lease_ms);

    return err ? err : attempts_recover(tx, cfg->node, w->at_start, &cfg->lead, w->now_ms, &w->recovered);
}

static void sweep(struct scheduler *s, bool at_start);

static void on_lease(void *arg)
{
    sweep(arg, false);
}

static void on_swept(int err, void *arg)
{
    struct sweep *w = arg;
    struct scheduler *s = w->s;

    if (!s->closed) {
        atomic_fetch_add(&s->recovered, err ? 0u : (unsigned)w->recovered);
        s->started = s->started || !err;
        timer_start(&s->lease_timer, s->started ? s->cfg.lease_ms / 3 : PAUSE_ERROR_MS, on_lease, s);
        if (s->started && (w->at_start || w->recovered > 0))
            look(s);
    }
    free(w);
    obj_unref(s);
}

static void sweep(struct scheduler *s, bool at_start)
{
    struct sweep *w = calloc(1, sizeof *w);

    if (w != NULL) {
        *w = (struct sweep){.s = obj_ref(s), .at_start = at_start || !s->started, .now_ms = clock_now_ms()};
        if (store_submit(s->store, sweep_job, on_swept, s->control, w) == 0)
            return;
        obj_unref(w->s);
        free(w);
    }
    timer_start(&s->lease_timer, PAUSE_ERROR_MS, on_lease, s);
}

/* --- life --- */

static void scheduler_destroy(void *obj)
{
    struct scheduler *s = obj;

    obj_unref(s->store);
}

int scheduler_alloc(struct scheduler **sp, struct store *st, struct loop *control, const struct scheduler_config *cfg, scheduler_dial_fn *fn, void *arg)
{
    struct scheduler *s = obj_alloc(sizeof *s, scheduler_destroy);

    if (s == NULL)
        return ENOMEM;
    s->store = obj_ref(st);
    s->control = control;
    s->cfg = *cfg;
    (void)text_copy(s->node, sizeof s->node, cfg->node);
    s->cfg.node = s->node;
    (void)text_copy(s->region, sizeof s->region, cfg->lead.default_region != NULL ? cfg->lead.default_region : "US");
    s->cfg.lead.default_region = s->region;
    s->fn = fn;
    s->arg = arg;
    set_slots(s, cfg->slots);
    timer_init(&s->due_timer);
    timer_init(&s->lease_timer);
    *sp = s;
    return 0;
}

void scheduler_start(struct scheduler *s)
{
    sweep(s, true);
}

static void on_kick(void *arg)
{
    struct scheduler *s = arg;

    atomic_store(&s->kicked, false);
    look(s);
    obj_unref(s);
}

void scheduler_kick(struct scheduler *s)
{
    if (atomic_exchange(&s->kicked, true))
        return; /* one is on its way, and it will see what we see */
    if (loop_post(s->control, on_kick, obj_ref(s))) {
        atomic_store(&s->kicked, false);
        obj_unref(s);
    }
}

void scheduler_slot_free(struct scheduler *s)
{
    if (s->slots < s->cfg.slots)
        set_slots(s, s->slots + 1);
    look(s);
}

struct returned { char attempt_id[37]; int64_t due_at; };

static int return_job(struct tx *tx, void *arg)
{
    const struct returned *r = arg;

    return attempt_return(tx, r->attempt_id, r->due_at);
}

static void on_returned(int err, void *arg)
{
    (void)err; /* then it stays leased until this process ends */
    free(arg);
}

void scheduler_return(struct scheduler *s, const char *attempt_id)
{
    struct returned *r = calloc(1, sizeof *r);

    if (r != NULL) {
        (void)text_copy(r->attempt_id, sizeof r->attempt_id, attempt_id);
        r->due_at = clock_now_ms() + RETURN_MS;
        if (store_submit(s->store, return_job, on_returned, s->control, r))
            free(r);
    }
    scheduler_slot_free(s);
}

void scheduler_close(struct scheduler *s)
{
    s->closed = true;
    timer_cancel(&s->due_timer);
    timer_cancel(&s->lease_timer);
}

void scheduler_stats_get(const struct scheduler *s, struct scheduler_stats *out)
{
    struct scheduler *m = (struct scheduler *)s; /* atomic loads only */

    *out = (struct scheduler_stats){.slots_free = atomic_load(&m->slots_free), .claimed = atomic_load(&m->claimed), .refused = atomic_load(&m->refused),
                                    .deferred = atomic_load(&m->deferred), .recovered = atomic_load(&m->recovered)};
}
