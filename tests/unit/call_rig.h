/* call_rig.h - a whole call over real lines with a real talk and store. Only the models are played (played_models.h): the voice makes 2.5 ms of sound a
 * letter. */
#ifndef BATON_TESTS_CALL_RIG_H
#define BATON_TESTS_CALL_RIG_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/obj.h"
#include "call/call_priv.h"
#include "unit/played_models.h"

void re_cancel(void); /* of libre, whose header does not go together with jansson's: leaves loop_run */

enum { RIG_WAIT_MS = 20000, RIG_POLL_MS = 2, LETTER_SAMPLES = 20 };

struct call_rig {
    struct loop *loop;
    struct media *media;
    struct line *a, *b; /* ours; the prospect's */
    struct store *store;
    struct pool *pool;
    struct calls *calls;
    struct leg *prospect;
    bool prospect_up, prospect_over, busy;
    int closed, handoffs, cancels, ended;
    char whisper[200], cancel_reason[64], outcome[32], sip_outcome[32], ended_by[32];
    struct clip *noise;
    char dir[32]; /* of recordings, "": none */
    struct recorder_pool *recorders;
};

static bool call_rig_records; /* rigs opened from now on record their calls */

/* --- run until --- */

typedef bool(rig_pred)(struct call_rig *r);
struct rig_wait { struct timer timer; struct call_rig *rig; rig_pred *pred; int64_t until_us; bool ok; };

static inline void rig_poll(void *arg)
{
    struct rig_wait *w = arg;

    w->ok = w->pred(w->rig);
    if (w->ok || clock_mono_us() > w->until_us)
        re_cancel();
    else
        timer_start(&w->timer, RIG_POLL_MS, rig_poll, w);
}

static inline bool rig_run_until(struct call_rig *r, rig_pred *pred)
{
    struct rig_wait w = {.rig = r, .pred = pred, .until_us = clock_mono_us() + RIG_WAIT_MS * 1000LL};

    timer_init(&w.timer);
    timer_start(&w.timer, 0, rig_poll, &w);
    loop_run(r->loop, false, NULL, NULL);
    timer_cancel(&w.timer);
    return w.ok;
}

#define RIG_UNTIL(r, pred) assert_true(rig_run_until(r, pred))

/* --- the rooms above the call --- */

static inline int on_handoff_start(struct call *c, const char *team, const char *whisper, const json_t *brief, void *arg)
{
    struct call_rig *r = arg;

    (void)c;
    assert_non_null(team);
    assert_true(json_is_object(brief));
    snprintf(r->whisper, sizeof r->whisper, "%s", whisper);
    r->handoffs++;
    return 0;
}

static inline void on_handoff_cancel(struct call *c, const char *reason, void *arg)
{
    struct call_rig *r = arg;

    (void)c;
    r->cancels++;
    snprintf(r->cancel_reason, sizeof r->cancel_reason, "%s", reason);
}

static inline int on_finish(struct tx *tx, const json_t *final, json_t **route, int64_t now_ms, void *arg)
{
    struct call_rig *r = arg;

    (void)tx;
    (void)now_ms;
    *route = NULL;
    snprintf(r->outcome, sizeof r->outcome, "%s", jx_str(final, "outcome", ""));
    snprintf(r->sip_outcome, sizeof r->sip_outcome, "%s", jx_str(final, "sip_outcome", ""));
    snprintf(r->ended_by, sizeof r->ended_by, "%s", jx_str(final, "ended_by", ""));
    return 0;
}

static inline void on_call_ended(struct call *c, void *arg)
{
    (void)c;
    ((struct call_rig *)arg)->ended++;
}

/* --- the prospect --- */

static inline void prospect_on_leg(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct call_rig *r = arg;

    (void)leg;
    r->prospect_up |= ev->kind == LEG_EV_ANSWERED;
    r->prospect_over |= ev->kind == LEG_EV_ENDED;
}

static inline void prospect_rings(struct leg *leg, const char *from, const char *to, void *arg)
{
    struct call_rig *r = arg;

    (void)from;
    (void)to;
    obj_unref(r->prospect); /* of an earlier call */
    r->prospect = leg;
    leg_watch(leg, prospect_on_leg, r);
    if (r->busy)
        leg_hangup(leg, 486);
    else
        assert_int_equal(leg_accept(leg, prospect_on_leg, r), 0);
}

static inline void registered(bool ok, int code, void *arg)
{
    (void)ok;
    (void)code;
    (void)arg;
}

/* A quarter of a second of sound, which will be read as this. */
static inline void prospect_says(struct call_rig *r, const char *text)
{
    static uint32_t seq;
    int n = atomic_load(&played.said_count);

    assert_true(n < SAID_MAX);
    played.said[n] = text;
    atomic_store(&played.said_count, n + 1);
    mport_play(leg_port(r->prospect), r->noise, ++seq, 0);
}

/* --- opening and closing --- */

static inline struct scenario *load_scenario(void)
{
    static char yaml[SCENARIO_MAX_BYTES];
    struct scenario *sc = NULL;
    struct scenario_issues issues;
    FILE *f = fopen(BATON_SOURCE_DIR "/scenarios/demo-request.yaml", "rb");
    size_t n;

    assert_non_null(f);
    n = fread(yaml, 1, sizeof yaml, f);
    fclose(f);
    assert_int_equal(scenario_load(&sc, yaml, n, &issues), 0);
    return sc;
}

static inline int write_lead(struct tx *tx, void *arg)
{
    (void)arg;
    return tx_exec(tx, "INSERT INTO lead (id, phone, first_name, source, zones, state, created_at, updated_at)"
                       " VALUES ('L', '+12025550123', 'Priya', 'demo_request', '[]', 'new', 1, 1)", "");
}

static inline struct line *open_line(struct call_rig *r, const char *trunk)
{
    const struct line_config cfg = {.bind_ip = "127.0.0.1", .user_agent = "baton-test", .trunk = {.uri = trunk, .from_number = "+12025550100"}};
    struct line *l = NULL;

    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, prospect_rings, registered, r), 0);
    return l;
}

static inline void open_calls(struct call_rig *r)
{
    struct scenario *sc = load_scenario();
    struct und *und = NULL;
    struct vad_model *model = obj_alloc(1, NULL); /* only its presence counts */

    assert_non_null(model);
    assert_int_equal(und_alloc(&und, sc, NULL), 0);
    assert_int_equal(calls_alloc(&r->calls, &(struct calls_params){.cfg = {.ring_timeout_s = 15, .recordings_dir = r->dir}, .control = r->loop, .talkers = r->pool, .store = r->store, .line = r->a,
                                                                   .vad = model, .recorders = r->recorders, .scenario = sc, .und = und,
                                                                   .ports = {on_handoff_start, on_handoff_cancel, NULL, on_finish, on_call_ended, r}}), 0);
    obj_unref(model);
    obj_unref(sc);
    obj_unref(und);
}

static inline struct call_rig *call_rig_open(void)
{
    const struct media_config media = {.threads = 1, .bind_ip = "127.0.0.1", .rtp_timeout_ms = 20000};
    struct call_rig *r = calloc(1, sizeof *r);
    char why[128], trunk[64];

    assert_non_null(r);
    played = (struct played){.letter_samples = LETTER_SAMPLES};
    assert_int_equal(loop_alloc(&r->loop, "test"), 0);
    assert_int_equal(media_alloc(&r->media, &media, r->loop), 0);
    assert_int_equal(pool_alloc(&r->pool, 1, "talk"), 0);
    assert_int_equal(store_open(&r->store, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(store_run(r->store, write_lead, NULL), 0);
    assert_int_equal(clip_alloc(&r->noise, CLIP_RATE / 4), 0);
    for (size_t i = 0; i < r->noise->n; i++)
        r->noise->pcm[i] = i / 3 % 2 != 0 ? 8000 : -8000; /* not the wave that our voice is here: that would be our echo */
    r->b = open_line(r, NULL);
    snprintf(trunk, sizeof trunk, "sip:127.0.0.1:%u", (unsigned)line_port(r->b));
    r->a = open_line(r, trunk);
    if (call_rig_records) {
        snprintf(r->dir, sizeof r->dir, "/tmp/test_call_XXXXXX");
        assert_non_null(mkdtemp(r->dir));
        assert_int_equal(recorder_pool_alloc(&r->recorders), 0);
    }
    open_calls(r);
    return r;
}

static inline void rig_one_closed(void *arg) { ((struct call_rig *)arg)->closed++; }
static inline bool calls_closed(struct call_rig *r) { return r->closed == 1; }
static inline bool lines_closed(struct call_rig *r) { return r->closed == 3; }

static inline void rig_remove_recordings(struct call_rig *r)
{
    char path[320];
    struct dirent *entry;
    DIR *d = opendir(r->dir);

    assert_non_null(d);
    while ((entry = readdir(d)) != NULL)
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", r->dir, entry->d_name);
            unlink(path);
        }
    closedir(d);
    assert_int_equal(rmdir(r->dir), 0);
}

static inline void call_rig_close(struct call_rig *r)
{
    calls_close(r->calls, rig_one_closed, r);
    RIG_UNTIL(r, calls_closed);
    line_close(r->a, rig_one_closed, r);
    line_close(r->b, rig_one_closed, r);
    RIG_UNTIL(r, lines_closed);
    obj_unref(r->prospect);
    if (r->recorders != NULL) {
        recorder_pool_close(r->recorders);
        obj_unref(r->recorders);
        rig_remove_recordings(r);
    }
    pool_close(r->pool);
    store_close(r->store);
    media_close(r->media);
    obj_unref(r->a);
    obj_unref(r->b);
    obj_unref(r->media);
    loop_free(r->loop); /* what was posted last goes here */
    calls_free(r->calls);
    obj_unref(r->store);
    obj_unref(r->noise);
    free(r);
}

static inline void rig_dial(struct call_rig *r)
{
    struct dial_job job = {.attempt_id = "", .lead_id = "L", .phone = "+12025550123", .kind = "first"};

    job.lead = json_pack("{s:s,s:s,s:s,s:s}", "id", "L", "phone", "+12025550123", "first_name", "Priya", "source", "demo_request");
    assert_int_equal(call_dial(r->calls, &job), 0);
    json_decref(job.lead);
}

/* --- what was written --- */

struct rig_question { const char *sql; char answer[200]; };

static inline int ask_row(struct tx *tx, void *arg)
{
    struct rig_question *q = arg;
    json_t *row = NULL;

    if (tx_query_one(tx, &row, q->sql, "") == 0)
        snprintf(q->answer, sizeof q->answer, "%s", jx_str(row, "x", "(null)"));
    else
        snprintf(q->answer, sizeof q->answer, "(none)");
    json_decref(row);
    return 0;
}

static inline void expect_row(struct call_rig *r, const char *sql, const char *want)
{
    struct rig_question q = {.sql = sql};

    assert_int_equal(store_run(r->store, ask_row, &q), 0); /* behind all that was queued */
    if (strcmp(q.answer, want) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", sql, q.answer, want);
}

/* --- calls, as far as --- */

static inline bool prospect_up(struct call_rig *r) { return r->prospect_up; }
static inline bool call_over(struct call_rig *r) { return r->ended > 0; }
static inline bool listening(struct call_rig *r) { return r->calls->first != NULL && r->calls->first->turn.state == TURN_LISTENING; }
static inline bool speaking(struct call_rig *r) { return r->calls->first != NULL && r->calls->first->state == CALL_TALKING && r->calls->first->turn.state == TURN_SPEAKING && r->calls->first->first_audio_ms >= 0; }
static inline bool kept_company(struct call_rig *r) { return r->calls->first->state == CALL_HANDOFF && r->calls->first->turn.state == TURN_SPEAKING; }
static inline bool told_all(void) { return atomic_load(&played.told_count) == atomic_load(&played.said_count); }
static inline bool hearing(struct call_rig *r) { return r->calls->first == NULL || r->calls->first->turn.state == TURN_HEARING || r->calls->first->turn.state == TURN_PAUSED || r->calls->first->turn.overlap || told_all(); }
static inline bool handed_over(struct call_rig *r) { return r->handoffs > 0; }

static inline void answer(struct call_rig *r, const char *text)
{
    RIG_UNTIL(r, listening);
    prospect_says(r, text);
    RIG_UNTIL(r, hearing);
}

static inline struct call_rig *answered(void)
{
    struct call_rig *r = call_rig_open();

    rig_dial(r);
    RIG_UNTIL(r, prospect_up);
    return r;
}

/* As far as the handoff of a hot lead. */
static inline struct call_rig *hot(void)
{
    struct call_rig *r = answered();

    answer(r, "Yes, sure.");
    answer(r, "We are losing deals because we answer too slowly.");
    answer(r, "In three weeks.");
    answer(r, "Fifteen hundred dollars a month.");
    answer(r, "It is my call.");
    RIG_UNTIL(r, handed_over);
    return r;
}

static inline void hang_up(struct call_rig *r)
{
    leg_hangup(r->prospect, 0);
    RIG_UNTIL(r, call_over);
}

static inline int setup(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    return loop_lib_init(1024);
}

static inline int teardown(void **state)
{
    (void)state;
    loop_lib_close();
    return 0;
}

#endif
