/* desk.c - the closers: who they are, what they are doing, and the commands of people. */
#include "desk/desk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "desk/callback.h"
#include "store/desk_rows.h"
#include "store/midcall_rows.h"

#include "base/banned.h"

const struct desk_config desk_config_default = {
    .ring_owner_s = 15, .ring_next_s = 15, .ring_all_s = 20, .decide_s = 15, .hold_cap_s = 60, .hold_tick_s = 10, .wrap_up_s = 60, .replug_s = 20,
    .held_cap_s = 300, .park_cap_s = 180, .transfer_ring_s = 25, .hold_phrase = "Thank you for holding. Somebody will be with you in a moment.", .voice = "default"};

enum { DAY_MS = 24 * 3600 * 1000 };

static const char *const presence_names[] = {"available", "reserved", "ringing", "in_call", "wrap_up", "away", "offline"};

const char *presence_name(enum presence p)
{
    return presence_names[p];
}

static enum presence presence_parse(const char *s)
{
    for (int i = PRESENCE_AVAILABLE; i <= PRESENCE_OFFLINE; i++)
        if (strcmp(presence_names[i], s) == 0)
            return (enum presence)i;
    return PRESENCE_OFFLINE;
}

static void desk_destroy(void *obj)
{
    struct desk *d = obj;

    for (int i = 0; i < d->closer_count; i++)
        closer_free_profile(&d->closers[i]);
    obj_unref(d->hold_music);
    obj_unref(d->store);
    obj_unref(d->line);
    obj_unref(d->speech);
}

int desk_alloc(struct desk **dp, const struct desk_config *cfg, struct store *st, struct line *line, struct speech *speech, struct loop *control)
{
    struct desk *d = obj_alloc(sizeof *d, desk_destroy);

    if (d == NULL)
        return ENOMEM;
    d->cfg = *cfg;
    d->store = obj_ref(st);
    d->line = obj_ref(line);
    d->speech = obj_ref(speech);
    d->control = control;
    *dp = d;
    return 0;
}

void desk_close(struct desk *d)
{
    d->closing = true;
    while (d->first != NULL)
        handoff_cancel(d->first, "shutdown");
    while (d->callbacks != NULL)
        callback_cancel(d->callbacks, "shutdown");
    for (int i = 0; i < d->closer_count; i++)
        timer_cancel(&d->closers[i].wrap_timer);
    desk_phones_close(d);
}

void desk_count(struct desk *d)
{
    int of[PRESENCE_OFFLINE + 1] = {0}, all = 0, waiting = 0;

    for (int i = 0; i < d->closer_count; i++)
        if (!d->closers[i].gone) {
            of[d->closers[i].presence]++;
            all++;
        }
    for (const struct handoff *h = d->first; h != NULL; h = h->next)
        waiting += h->state == HANDOFF_REQUESTED || h->state == HANDOFF_RINGING;
    atomic_store(&d->free, of[PRESENCE_AVAILABLE]);
    atomic_store(&d->soon, of[PRESENCE_WRAP_UP]);
    atomic_store(&d->all, all);
    atomic_store(&d->waiting, waiting);
}

struct desk_load desk_load_get(const struct desk *d)
{
    return (struct desk_load){.closers_free = atomic_load(&d->free), .closers_soon = atomic_load(&d->soon), .closers = atomic_load(&d->all), .hot_waiting = atomic_load(&d->waiting)};
}

/* --- closers --- */

struct closer *desk_closer_find(struct desk *d, const char *id)
{
    for (int i = 0; i < d->closer_count; i++)
        if (strcmp(d->closers[i].id, id) == 0)
            return &d->closers[i];
    return NULL;
}

void closer_set_presence(struct closer *c, enum presence p, const char *reason, const char *call_id)
{
    if (c->presence == p)
        return;
    c->presence = p;
    if (p == PRESENCE_AVAILABLE)
        c->idle_since = clock_now_ms();
    if (p != PRESENCE_WRAP_UP)
        timer_cancel(&c->wrap_timer);
    desk_write_presence(c, reason, call_id);
    desk_count(c->desk);
    closer_watch_phone(c);
}

static void on_wrap_up_over(void *arg)
{
    struct closer *c = arg;

    if (c->presence == PRESENCE_WRAP_UP)
        closer_set_presence(c, PRESENCE_AVAILABLE, NULL, NULL);
}

void closer_start_wrap_up(struct closer *c, const char *handoff_id)
{
    (void)text_copy(c->handoff_id, sizeof c->handoff_id, handoff_id);
    closer_set_presence(c, PRESENCE_WRAP_UP, NULL, NULL);
    timer_start(&c->wrap_timer, (int64_t)c->desk->cfg.wrap_up_s * 1000, on_wrap_up_over, c);
}

static void take_closer(struct desk *d, const json_t *row)
{
    const char *id = jx_str(row, "id", "");
    struct closer *c = desk_closer_find(d, id);
    bool fresh = c == NULL;

    if (fresh && d->closer_count == DESK_CLOSERS_MAX) {
        log_warn("desk", id, "more than %d closers: this one is not offered calls", DESK_CLOSERS_MAX);
        return;
    }
    if (fresh) {
        c = &d->closers[d->closer_count++];
        c->desk = d;
        timer_init(&c->wrap_timer);
        timer_init(&c->phone_timer);
        (void)text_copy(c->id, sizeof c->id, id);
        c->presence = presence_parse(jx_str(row, "presence", "offline"));
        c->idle_since = jx_int(row, "idle_since", 0);
    }
    c->gone = false;
    (void)text_copy(c->name, sizeof c->name, jx_str(row, "name", ""));
    (void)text_copy(c->sip_uri, sizeof c->sip_uri, jx_str(row, "sip_uri", ""));
    (void)text_copy(c->team, sizeof c->team, jx_str(row, "team", ""));
    closer_take_telephone(c, row);
    closer_take_profile(c, row);
    c->accept_on_answer = strcmp(jx_str(row, "accept", "key"), "answer") == 0;
    /* Whoever was busy when the process ended is free again: their call is over. */
    if (fresh && c->presence != PRESENCE_AVAILABLE && c->presence != PRESENCE_AWAY && c->presence != PRESENCE_OFFLINE)
        closer_set_presence(c, PRESENCE_AVAILABLE, NULL, NULL);
    c->away_unplugged = c->presence == PRESENCE_AWAY && (strcmp(jx_str(row, "presence_reason", ""), DESK_UNPLUGGED) == 0 || strcmp(jx_str(row, "presence_reason", ""), DESK_UNREGISTERED) == 0);
    closer_watch_phone(c);
}

struct loading {
    struct desk *desk;
    json_t *rows;
    loop_fn *fn;            /* of desk_start */
    desk_done_fn *reloaded; /* of desk_reload */
    void *arg;
};

static int load_rows(struct tx *tx, void *arg)
{
    struct loading *l = arg;
    int err = l->fn != NULL ? join_rows_close(tx, clock_now_ms()) : 0;
    struct hours h;
    char why[160];
    json_t *row;
    size_t i;

    if (!err)
        err = closer_rows(tx, clock_now_ms() - DAY_MS, &l->rows);
    json_array_foreach(l->rows, i, row) /* zone files are read here, so that the control loop finds them known */
        (void)(hours_read(&h, json_object_get(json_object_get(row, "profile"), "hours"), why, sizeof why) == 0 && hours_open(&h, clock_now_ms()));
    return err;
}

static void on_loaded(int err, void *arg)
{
    struct loading *l = arg;
    size_t i;
    json_t *row;

    if (err)
        log_error("desk", "", "cannot load the closers: %s", strerror(err));
    for (int n = 0; !err && n < l->desk->closer_count; n++)
        l->desk->closers[n].gone = true; /* until their row is seen again */
    json_array_foreach(l->rows, i, row)
        take_closer(l->desk, row);
    desk_count(l->desk);
    if (l->fn != NULL)
        l->fn(l->arg);
    if (l->reloaded != NULL)
        l->reloaded(err, l->arg);
    json_decref(l->rows);
    obj_unref(l->desk);
    free(l);
}

static int load(const struct loading *wanted)
{
    struct loading *l = calloc(1, sizeof *l);
    int err;

    if (l == NULL)
        return ENOMEM;
    *l = *wanted;
    obj_ref(l->desk);
    err = store_submit(l->desk->store, load_rows, on_loaded, l->desk->control, l);
    if (err) {
        obj_unref(l->desk);
        free(l);
    }
    return err;
}

void desk_start(struct desk *d, loop_fn *fn, void *arg)
{
    int err = load(&(struct loading){.desk = d, .fn = fn, .arg = arg});

    if (err)
        log_error("desk", "", "cannot load the closers: %s", strerror(err));
}

int desk_reload(struct desk *d, desk_done_fn *fn, void *arg)
{
    return load(&(struct loading){.desk = d, .reloaded = fn, .arg = arg});
}

struct offer *desk_offer_find(struct desk *d, const char *offer_id)
{
    for (struct handoff *h = d->first; h != NULL; h = h->next)
        for (int i = 0; i < h->offer_count; i++)
            if (strcmp(h->offers[i].id, offer_id) == 0)
                return &h->offers[i];
    return NULL;
}
