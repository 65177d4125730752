/* call_rig.h - a whole call over real lines with a real talk and store. Only the models are played: the voice makes 2.5 ms of sound a letter (letter_samples), loud frames are
 * speech, and the recogniser reads what was heard from a list. (Defined here, these functions take the place of the libraries'.) */
#ifndef BATON_TESTS_CALL_RIG_H
#define BATON_TESTS_CALL_RIG_H

#include <setjmp.h>
#include <stdarg.h>
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
#include "call/call_priv.h"

void re_cancel(void); /* of libre, whose header does not go together with jansson's: leaves loop_run */

enum { RIG_WAIT_MS = 20000, RIG_POLL_MS = 2, LETTER_SAMPLES = 20, LOUD = 1000, VAD_START_FRAMES = 3, VAD_STOP_FRAMES = 10, SAID_MAX = 16 };

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
    unsigned letter_samples;
    const char *said[SAID_MAX]; /* what the recogniser will read, in order */
    atomic_int said_count, heard_count;
};

static struct call_rig *call_rig; /* for the played functions, which have no other way to it */

/* --- the models, played --- */

struct ears { struct loop *loop; ears_result_fn *fn; void *arg; bool closed; };
struct ears_reading { struct ears *ears; struct ears_result r; };

struct clip *voice_cached(struct speech *s, const char *voice, const char *text)
{
    struct clip *c = NULL;

    (void)s;
    (void)voice;
    assert_int_equal(clip_alloc(&c, strlen(text) * call_rig->letter_samples), 0);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = i / 4 % 2 != 0 ? 3000 : -3000;
    return c;
}

int voice_say(struct speech *s, const char *voice, const char *text, struct loop *loop, voice_clip_fn *fn, void *arg)
{
    (void)loop;
    fn(0, voice_cached(s, voice, text), arg);
    return 0;
}

int voice_prefetch(struct speech *s, const char *voice, const char *text)
{
    (void)s;
    (void)voice;
    (void)text;
    return 0;
}

int ears_open(struct ears **ep, struct speech *s, struct loop *loop, ears_result_fn *fn, void *arg)
{
    (void)s;
    *ep = obj_alloc(sizeof **ep, NULL);
    assert_non_null(*ep);
    **ep = (struct ears){.loop = loop, .fn = fn, .arg = arg};
    return 0;
}

void ears_close(struct ears *e) { e->closed = true; }

int ears_feed(struct ears *e, uint32_t utt, const int16_t *pcm, size_t n)
{
    (void)e;
    (void)utt;
    (void)pcm;
    (void)n;
    return 0;
}

int ears_partial_if_idle(struct ears *e, uint32_t utt)
{
    (void)e;
    (void)utt;
    return 0;
}

int ears_partial(struct ears *e, uint32_t utt)
{
    (void)e;
    (void)utt;
    return 0;
}

static void ears_deliver(void *arg)
{
    struct ears_reading *d = arg;

    if (!d->ears->closed)
        d->ears->fn(&d->r, d->ears->arg);
    obj_unref(d->ears);
    free(d);
}

int ears_flush(struct ears *e, uint32_t utt)
{
    struct ears_reading *d = calloc(1, sizeof *d);
    int i = atomic_fetch_add(&call_rig->heard_count, 1);

    assert_non_null(d);
    d->ears = obj_ref(e);
    d->r = (struct ears_result){.utterance = utt, .final = true};
    if (i < atomic_load(&call_rig->said_count))
        snprintf(d->r.text, sizeof d->r.text, "%s", call_rig->said[i]);
    return loop_post(e->loop, ears_deliver, d);
}

void vad_init(struct vad *v, const struct vad_model *m, const struct vad_params *p)
{
    (void)p;
    *v = (struct vad){.model = m};
}

void vad_reset(struct vad *v)
{
    vad_init(v, v->model, NULL);
}

int vad_silence_ms(const struct vad *v)
{
    return v->run_ms;
}

float vad_peek(const struct vad *v, const int16_t pcm[VAD_CONTEXT + VAD_CHUNK])
{
    (void)v;
    return abs(pcm[VAD_CHUNK]) + abs(pcm[VAD_CHUNK + 1]) > LOUD ? 1.0f : 0.0f;
}

enum vad_event vad_push(struct vad *v, const int16_t *pcm, size_t n)
{
    bool loud = abs(pcm[n / 2]) + abs(pcm[n / 2 + 1]) > LOUD;

    v->samples += (int64_t)n;
    v->run_ms = loud != v->speaking ? v->run_ms + 20 : 0;
    if (loud)
        v->last_voiced = v->samples;
    if (!v->speaking && v->run_ms >= VAD_START_FRAMES * 20) {
        v->speaking = true;
        v->run_ms = 0;
        v->speech_began = v->samples - VAD_START_FRAMES * MEDIA_FRAME;
        return VAD_START;
    }
    if (v->speaking && v->run_ms >= VAD_STOP_FRAMES * 20) {
        v->speaking = false;
        v->run_ms = 0;
        return VAD_STOP;
    }
    return VAD_NONE;
}

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
    int n = atomic_load(&r->said_count);

    assert_true(n < SAID_MAX);
    r->said[n] = text;
    atomic_store(&r->said_count, n + 1);
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
    assert_int_equal(calls_alloc(&r->calls, &(struct calls_params){.cfg = {.ring_timeout_s = 15}, .control = r->loop, .talkers = r->pool, .store = r->store, .line = r->a,
                                                                   .vad = model, .scenario = sc, .und = und,
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
    call_rig = r;
    r->letter_samples = LETTER_SAMPLES;
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
    open_calls(r);
    return r;
}

static inline void rig_one_closed(void *arg) { ((struct call_rig *)arg)->closed++; }
static inline bool calls_closed(struct call_rig *r) { return r->closed == 1; }
static inline bool lines_closed(struct call_rig *r) { return r->closed == 3; }

static inline void call_rig_close(struct call_rig *r)
{
    calls_close(r->calls, rig_one_closed, r);
    RIG_UNTIL(r, calls_closed);
    line_close(r->a, rig_one_closed, r);
    line_close(r->b, rig_one_closed, r);
    RIG_UNTIL(r, lines_closed);
    obj_unref(r->prospect);
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
    call_rig = NULL;
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
static inline bool hearing(struct call_rig *r) { return r->calls->first == NULL || r->calls->first->turn.state == TURN_HEARING || r->calls->first->turn.state == TURN_PAUSED || r->calls->first->turn.overlap; }
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
