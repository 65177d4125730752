/* desk_rig.h - a desk with a real store and a real line, a second line that is every closer's phone (and the prospect's), and what it takes to
 * look at the rows afterwards. One loop, this thread's. */
#ifndef BATON_TESTS_DESK_RIG_H
#define BATON_TESTS_DESK_RIG_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/obj.h"
#include "base/timer.h"
#include "desk/desk.h"
#include "line/recorder.h"
#include "store/desk_rows.h"
#include "store/entities.h"

void re_cancel(void); /* of libre, whose header does not go together with jansson's: leaves loop_run */

enum { PHONES_MAX = 6, DESK_RIG_WAIT_MS = 30000, DESK_RIG_POLL_MS = 2 };

enum habit {
    IGNORES,      /* rings until it is over */
    ANSWERS,      /* and presses nothing */
    PRESSES_1,
    PRESSES_2,
    BUSY,         /* 486 */
    DECLINES,     /* 603 */
    HANGS_UP,     /* answers and hangs up */
    UNKNOWN,      /* 404 */
    BEEPS,        /* answers, and beeps after a while: a voicemail */
};

struct phone {
    char name[16];
    enum habit habit;
    struct leg *leg;
    bool up, over;
    atomic_int loud; /* frames that its owner heard */
    char digits[16];
};

struct desk_rig {
    struct loop *loop;
    struct media *media;
    struct line *a, *b; /* Baton's; everybody else's */
    int closed;
    struct store *store;
    struct recorder_pool *recorders;
    struct desk *desk;
    struct phone phones[PHONES_MAX];
    int phone_count;
    struct leg *prospect; /* Baton's end */
    bool prospect_up, prospect_over;
    struct handoff *handoff;
    int ticks, bridged, returned, lost, failed, ended, loaded;
    char closer[64], reason[96];
    int command_err, commands_done;
    bool cancel_on_bridge;
};

static const struct desk_config desk_rig_config = {
    .ring_owner_s = 1, .ring_next_s = 1, .ring_all_s = 1, .decide_s = 1, .hold_cap_s = 20, .hold_tick_s = 10, .wrap_up_s = 60, .replug_s = 2, .held_cap_s = 20, .park_cap_s = 20,
    .transfer_ring_s = 10, .voice = "default"};

/* --- run until --- */

typedef bool(rig_pred)(struct desk_rig *r);

struct rig_wait {
    struct timer timer;
    struct desk_rig *rig;
    rig_pred *pred;
    int64_t until_us;
    bool ok;
};

static inline void rig_poll(void *arg)
{
    struct rig_wait *w = arg;

    w->ok = w->pred(w->rig);
    if (w->ok || clock_mono_us() > w->until_us)
        re_cancel();
    else
        timer_start(&w->timer, DESK_RIG_POLL_MS, rig_poll, w);
}

/* Runs the loop until pred holds; false at the deadline. */
static inline bool rig_run_until(struct desk_rig *r, rig_pred *pred)
{
    struct rig_wait w = {.rig = r, .pred = pred, .until_us = clock_mono_us() + DESK_RIG_WAIT_MS * 1000LL};

    timer_init(&w.timer);
    timer_start(&w.timer, 0, rig_poll, &w);
    loop_run(r->loop, false, NULL, NULL);
    timer_cancel(&w.timer);
    return w.ok;
}

#define RIG_UNTIL(r, pred) assert_true(rig_run_until(r, pred))

/* --- phones --- */

static inline struct phone *phone_of(struct desk_rig *r, const char *name)
{
    for (int i = 0; i < r->phone_count; i++)
        if (strcmp(r->phones[i].name, name) == 0)
            return &r->phones[i];
    return NULL;
}

static inline void phone_frame(const int16_t *pcm, const int16_t *ours, bool concealed, int64_t at_us, void *arg)
{
    struct phone *p = arg;

    (void)ours;
    (void)concealed;
    (void)at_us;
    if (abs(pcm[MEDIA_FRAME / 2]) + abs(pcm[MEDIA_FRAME / 2 + 1]) > 1000)
        atomic_fetch_add(&p->loud, 1);
}

static inline void phone_closed(void *arg)
{
    (void)arg;
}

static inline void phone_beeps(struct leg *leg)
{
    enum { RATE = CLIP_RATE, QUIET = 27 * RATE / 10, BEEP = RATE / 2 };
    struct clip *c;

    assert_int_equal(clip_alloc(&c, QUIET + BEEP), 0);
    for (size_t i = QUIET; i < c->n; i++)
        c->pcm[i] = (int16_t)(8000 * sin(2 * M_PI * 1000 * (double)i / RATE));
    mport_play(leg_port(leg), c, 1, 0);
    obj_unref(c);
}

static inline void phone_on_leg(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct phone *p = arg;

    if (ev->kind == LEG_EV_ENDED)
        p->over = true;
    if (ev->kind == LEG_EV_MEDIA && ev->media->kind == MEDIA_EV_DTMF && strlen(p->digits) < sizeof p->digits - 1)
        p->digits[strlen(p->digits)] = ev->media->digit;
    if (ev->kind != LEG_EV_ANSWERED)
        return;
    p->up = true;
    mport_set_tap(leg_port(leg), &(struct mport_tap){.frame = phone_frame, .arg = p, .closed = phone_closed});
    if (p->habit == PRESSES_1 || p->habit == PRESSES_2)
        mport_dtmf(leg_port(leg), p->habit == PRESSES_1 ? "1" : "2");
    if (p->habit == HANGS_UP)
        leg_hangup(leg, 0);
    if (p->habit == BEEPS)
        phone_beeps(leg);
}

static inline void phone_rings(struct leg *leg, const char *from, const char *to, void *arg)
{
    struct phone *p = phone_of(arg, to);

    (void)from;
    assert_non_null(p);
    assert_null(p->leg);
    p->leg = leg;
    leg_watch(leg, phone_on_leg, p);
    if (p->habit == BUSY || p->habit == DECLINES || p->habit == UNKNOWN)
        leg_hangup(leg, p->habit == BUSY ? 486 : p->habit == DECLINES ? 603 : 404);
    else if (p->habit != IGNORES)
        assert_int_equal(leg_accept(leg, phone_on_leg, p), 0);
}

static inline void phone_answer(struct phone *p)
{
    assert_int_equal(leg_accept(p->leg, phone_on_leg, p), 0);
}

/* A tone, on and on. */
static inline void phone_speak(struct phone *p)
{
    struct clip *c = NULL;

    assert_int_equal(clip_alloc(&c, 8000), 0);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = i / 4 % 2 != 0 ? 8000 : -8000;
    mport_play(leg_port(p->leg), c, 1, MPORT_PLAY_LOOP);
    obj_unref(c);
}

static inline bool ann_and_prospect_hear(struct desk_rig *r)
{
    return atomic_load(&phone_of(r, "ann")->loud) > 5 && atomic_load(&phone_of(r, "prospect")->loud) > 5;
}

/* --- the store --- */

struct rig_closer { const char *name, *uri; const char *accept; int64_t at; };

static inline int write_closer(struct tx *tx, void *arg)
{
    const struct rig_closer *c = arg;
    int err = closer_put(tx, &(struct closer_row){.id = c->name, .name = c->name, .sip_uri = c->uri, .team = "closers", .accept = c->accept}, c->at);

    return err ? err : closer_row_presence(tx, c->name, "available", NULL, NULL, c->at);
}

static inline int write_call(struct tx *tx, void *arg)
{
    int err = tx_exec(tx, "INSERT INTO lead (id, phone, source, zones, state, created_at, updated_at) VALUES ('L', '+12025550123', 'demo_request', '[]', 'talking', 1, 1)", "");

    (void)arg;
    return err ? err
               : tx_exec(tx, "INSERT INTO call (id, lead_id, direction, phone, scenario_id, scenario_version, state, started_at)"
                             " VALUES ('C', 'L', 'outbound', '+12025550123', 'demo-request', 1, 'talking', 1)", "");
}

static inline void rig_loaded(void *arg)
{
    ((struct desk_rig *)arg)->loaded++;
}

static inline bool rig_is_loaded(struct desk_rig *r)
{
    return r->loaded > 0;
}

static inline struct phone *rig_phone(struct desk_rig *r, const char *name, enum habit habit)
{
    struct phone *p = &r->phones[r->phone_count++];

    assert_true(r->phone_count <= PHONES_MAX);
    snprintf(p->name, sizeof p->name, "%s", name);
    p->habit = habit;
    return p;
}

/* A closer whose phone has this habit; the first one added has waited longest. uri NULL: a phone of the rig. */
static inline struct phone *rig_closer_at(struct desk_rig *r, const char *name, enum habit habit, const char *accept, const char *uri)
{
    char own[96];
    struct rig_closer c = {name, uri != NULL ? uri : own, accept, r->phone_count + 1};

    snprintf(own, sizeof own, "sip:%s@127.0.0.1:%u", name, (unsigned)line_port(r->b));
    assert_int_equal(store_run(r->store, write_closer, &c), 0);
    return rig_phone(r, name, habit);
}

static inline struct phone *rig_closer(struct desk_rig *r, const char *name, enum habit habit)
{
    return rig_closer_at(r, name, habit, "key", NULL);
}

/* A closer at a telephone number, behind the trunk. */
static inline struct phone *rig_number(struct desk_rig *r, const char *name, const char *number, enum habit habit)
{
    struct rig_closer c = {name, number, "key", r->phone_count + 1};

    assert_int_equal(store_run(r->store, write_closer, &c), 0);
    return rig_phone(r, number, habit);
}

static inline void rig_load(struct desk_rig *r)
{
    r->loaded = 0;
    desk_start(r->desk, rig_loaded, r);
    RIG_UNTIL(r, rig_is_loaded);
}

/* --- opening and closing --- */

static inline void rig_on_register(bool registered, int code, void *arg)
{
    (void)registered;
    (void)code;
    (void)arg;
}

static inline void rig_on_closed(void *arg)
{
    ((struct desk_rig *)arg)->closed++;
}

static inline bool rig_both_closed(struct desk_rig *r)
{
    return r->closed == 2;
}

static inline bool rig_recordings_whole(struct desk_rig *r)
{
    return r->closed == 3;
}

/* What the desk writes once a recording is whole is written. */
static inline void rig_close_recorders(struct desk_rig *r)
{
    recorder_pool_close(r->recorders);
    assert_int_equal(loop_post(r->loop, rig_on_closed, r), 0);
    RIG_UNTIL(r, rig_recordings_whole);
    obj_unref(r->recorders);
}

/* With cfg->recordings_dir it records; the writer is the rig's own, as it posts to the rig's loop. */
static inline struct desk_rig *desk_rig_open_with(const struct desk_config *cfg, struct speech *speech)
{
    struct desk_config own = *cfg;
    const struct media_config media = {.threads = 1, .bind_ip = "127.0.0.1", .rtp_timeout_ms = 20000};
    struct line_config line = {.bind_ip = "127.0.0.1", .user_agent = "baton-test"};
    struct desk_rig *r = calloc(1, sizeof *r);
    char why[128], trunk[64];

    assert_non_null(r);
    assert_int_equal(loop_alloc(&r->loop, "test"), 0);
    assert_int_equal(media_alloc(&r->media, &media, r->loop), 0);
    assert_int_equal(line_alloc(&r->b, &line, r->loop, r->media, phone_rings, rig_on_register, r), 0);
    snprintf(trunk, sizeof trunk, "sip:127.0.0.1:%u", (unsigned)line_port(r->b));
    line.trunk = (struct line_trunk){.uri = trunk, .from_number = "+12025550100"};
    assert_int_equal(line_alloc(&r->a, &line, r->loop, r->media, phone_rings, rig_on_register, r), 0);
    assert_int_equal(store_open(&r->store, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(store_run(r->store, write_call, NULL), 0);
    if (cfg->recordings_dir != NULL)
        assert_int_equal(recorder_pool_alloc(&r->recorders), 0);
    own.recorders = r->recorders;
    assert_int_equal(desk_alloc(&r->desk, &own, r->store, r->a, speech, r->loop), 0);
    return r;
}

static inline struct desk_rig *desk_rig_open(const struct desk_config *cfg)
{
    return desk_rig_open_with(cfg, NULL);
}

static inline void desk_rig_close(struct desk_rig *r)
{
    desk_close(r->desk);
    line_close(r->a, rig_on_closed, r);
    line_close(r->b, rig_on_closed, r);
    RIG_UNTIL(r, rig_both_closed);
    obj_unref(r->handoff);
    obj_unref(r->prospect);
    for (int i = 0; i < r->phone_count; i++)
        obj_unref(r->phones[i].leg);
    if (r->recorders != NULL)
        rig_close_recorders(r);
    store_close(r->store);
    media_close(r->media);
    obj_unref(r->desk);
    obj_unref(r->a);
    obj_unref(r->b);
    obj_unref(r->media);
    loop_free(r->loop); /* what was posted last goes here */
    obj_unref(r->store);
    free(r);
}

/* --- the prospect and the handoff --- */

static inline void prospect_on_leg(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct desk_rig *r = arg;

    (void)leg;
    r->prospect_up |= ev->kind == LEG_EV_ANSWERED;
    if (ev->kind != LEG_EV_ENDED)
        return;
    r->prospect_over = true;
    if (r->handoff != NULL) { /* as call/ does */
        assert_ptr_equal(handoff_cancel(r->handoff, "prospect_hung_up"), r);
        r->handoff = obj_unref(r->handoff);
    }
}

static inline bool rig_prospect_up(struct desk_rig *r)
{
    return r->prospect_up && phone_of(r, "prospect")->up;
}

static inline void rig_call_prospect(struct desk_rig *r)
{
    char uri[64];

    rig_phone(r, "prospect", ANSWERS);
    snprintf(uri, sizeof uri, "sip:prospect@127.0.0.1:%u", (unsigned)line_port(r->b));
    assert_int_equal(leg_dial(&r->prospect, r->a, &(struct leg_dial){.to = uri, .fn = prospect_on_leg, .arg = r}), 0);
    RIG_UNTIL(r, rig_prospect_up);
}

static inline void rig_on_handoff(const struct handoff_event *ev, void *arg)
{
    struct desk_rig *r = arg;

    assert_int_equal(r->failed + r->ended, 0); /* nothing after the end */
    snprintf(r->closer, sizeof r->closer, "%s", ev->closer_name != NULL ? ev->closer_name : "");
    snprintf(r->reason, sizeof r->reason, "%s", ev->reason != NULL ? ev->reason : "");
    switch (ev->kind) {
    case HANDOFF_EV_TICK:
        r->ticks++;
        return;
    case HANDOFF_EV_BRIDGED:
        r->bridged++;
        assert_true(ev->time_to_human_ms >= 0);
        if (r->cancel_on_bridge)
            leg_hangup(phone_of(r, "prospect")->leg, 0);
        return;
    case HANDOFF_EV_LOST:
        r->lost++;
        return;
    case HANDOFF_EV_FAILED:
        r->failed++;
        break;
    case HANDOFF_EV_RETURNED:
        r->returned++;
        break;
    case HANDOFF_EV_ENDED:
        r->ended++;
        leg_hangup(r->prospect, 0);
        break;
    }
    r->handoff = obj_unref(r->handoff);
}

static inline void rig_hand_over(struct desk_rig *r)
{
    json_t *brief = json_pack("{s:s}", "summary", "wants it now");

    assert_int_equal(handoff_start(&r->handoff, r->desk,
                                   &(struct handoff_params){.call_id = "C", .lead_id = "L", .team = "closers", .whisper = "A hot lead.", .brief = brief,
                                                            .prospect = leg_port(r->prospect), .fn = rig_on_handoff, .arg = r}), 0);
    json_decref(brief);
}

/* Everything up to the moment when the closers' phones begin to ring. */
static inline void rig_begin(struct desk_rig *r)
{
    rig_load(r);
    rig_call_prospect(r);
    rig_hand_over(r);
}

static inline bool rig_bridged(struct desk_rig *r) { return r->bridged > 0; }
static inline bool ann_rings(struct desk_rig *r) { return phone_of(r, "ann")->leg != NULL; }
static inline bool ann_up(struct desk_rig *r) { return phone_of(r, "ann")->up; }
static inline bool rig_failed(struct desk_rig *r) { return r->failed > 0; }
static inline bool rig_over(struct desk_rig *r) { return r->failed + r->ended > 0; }
static inline bool rig_prospect_gone(struct desk_rig *r) { return r->prospect_over; }

/* --- commands --- */

static inline void rig_command_done(int err, void *arg)
{
    struct desk_rig *r = arg;

    r->command_err = err;
    r->commands_done++;
}

static inline bool rig_commanded(struct desk_rig *r) { return r->commands_done > 0; }

#define RIG_COMMAND(r, call)                  \
    do {                                      \
        (r)->commands_done = 0;               \
        assert_int_equal(call, 0);            \
        RIG_UNTIL(r, rig_commanded);          \
    } while (0)

/* --- what was written --- */

struct rig_question { const char *sql, *arg; char answer[128]; };

static inline int ask_row(struct tx *tx, void *arg)
{
    struct rig_question *q = arg;
    json_t *row = NULL;
    int err = tx_query_one(tx, &row, q->sql, q->arg != NULL ? "s" : "", q->arg);

    if (err)
        snprintf(q->answer, sizeof q->answer, "(none)");
    else
        snprintf(q->answer, sizeof q->answer, "%s", jx_str(row, "x", "(null)"));
    json_decref(row);
    return 0;
}

static inline void expect_row(struct desk_rig *r, const char *sql, const char *arg, const char *want)
{
    struct rig_question q = {.sql = sql, .arg = arg};

    assert_int_equal(store_run(r->store, ask_row, &q), 0); /* behind all that was queued */
    if (strcmp(q.answer, want) != 0)
        fail_msg("%s [%s]: \"%s\", not \"%s\"", sql, arg != NULL ? arg : "", q.answer, want);
}

static inline bool presence_is(struct desk_rig *r, const char *closer, const char *want)
{
    struct rig_question q = {.sql = "SELECT presence AS x FROM closer WHERE id = ?", .arg = closer};

    return store_run(r->store, ask_row, &q) == 0 && strcmp(q.answer, want) == 0;
}

static inline bool ann_available(struct desk_rig *r) { return presence_is(r, "ann", "available"); }
static inline bool ann_wraps_up(struct desk_rig *r) { return presence_is(r, "ann", "wrap_up"); }

static inline void expect_offer(struct desk_rig *r, const char *closer, const char *state)
{
    expect_row(r, "SELECT state AS x FROM offer WHERE closer_id = ?", closer, state);
    expect_row(r, "SELECT CASE WHEN ended_at IS NULL AND state <> 'ringing' THEN 'open' ELSE 'closed' END AS x FROM offer WHERE closer_id = ?", closer, "closed");
}

static inline void expect_presence(struct desk_rig *r, const char *closer, const char *presence)
{
    expect_row(r, "SELECT presence AS x FROM closer WHERE id = ?", closer, presence);
    expect_row(r, "SELECT json_extract(data, '$.presence') AS x FROM event WHERE kind = 'closer.presence' AND subject = ? ORDER BY seq DESC LIMIT 1", closer, presence);
}

static inline void expect_handoff(struct desk_rig *r, const char *state, const char *outcome)
{
    char kind[64];

    expect_row(r, "SELECT state AS x FROM handoff", NULL, state);
    expect_row(r, "SELECT outcome AS x FROM handoff", NULL, outcome);
    expect_row(r, "SELECT CASE WHEN ended_at IS NULL THEN 'open' ELSE 'ended' END AS x FROM handoff", NULL, "ended");
    snprintf(kind, sizeof kind, "handoff.%s", state);
    expect_row(r, "SELECT kind AS x FROM event WHERE kind LIKE 'handoff.%' ORDER BY seq DESC LIMIT 1", NULL, kind);
}

static inline void expect_count(struct desk_rig *r, const char *kind, const char *n)
{
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM event WHERE kind = ?", kind, n);
}

/* --- the group of tests --- */

static inline int desk_group_setup(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    return loop_lib_init(1024);
}

static inline int desk_group_teardown(void **state)
{
    (void)state;
    loop_lib_close();
    return 0;
}

/* --- of a group of tests: libre, and no more in the log than what went wrong --- */

static inline int library_setup(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    return loop_lib_init(1024);
}

static inline int library_teardown(void **state)
{
    (void)state;
    loop_lib_close();
    return 0;
}

#endif
