/* mport_commands.c - what is asked of a port while it lives: where it sends to, what it plays, taps and records. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "line/mport_command.h"

#include "base/banned.h"

static bool same_session(const struct mport *p, const struct sa *addr)
{
    return p->started && sa_cmp(&p->negotiated, addr, SA_ALL);
}

/* The same keys go on where they were: a stream that began anew would take old packets again. */
static void use_keys(struct mport *p, const struct media_keys *k)
{
    if (k->on == p->keys.on && k->short_tag == p->keys.short_tag && memcmp(k->ours, p->keys.ours, MEDIA_KEY) == 0 && memcmp(k->theirs, p->keys.theirs, MEDIA_KEY) == 0)
        return;
    media_srtp_free(p->srtp);
    p->srtp = NULL;
    p->keys = *k;
    if (k->on) /* without memory, silence */
        (void)media_srtp_alloc(&p->srtp, k->short_tag ? SRTP_AES_CM_128_HMAC_SHA1_32 : SRTP_AES_CM_128_HMAC_SHA1_80, k->ours, k->theirs, MEDIA_KEY);
}

static void run_start(struct mport *p, struct mport_command *c)
{
    const struct mport_remote *r = &c->remote;
    struct sa addr;

    if (p->closed)
        return;
    if (sa_set_str(&addr, r->ip, r->port) != 0)
        sa_init(&addr, AF_INET); /* an address we cannot read: nobody is sent to nor heard */
    if (!same_session(p, &addr)) {
        p->negotiated = p->remote = addr;
        p->latched = false;
    }
    use_keys(p, &r->keys);
    p->codec = r->codec;
    p->opus_pt = r->opus_pt;
    if (r->codec == MEDIA_OPUS && p->opus == NULL)
        p->opus = media_opus_alloc(); /* without memory, silence */
    p->telephone_event_pt = r->telephone_event_pt;
    if (r->telephone_event_pt < 0 && p->tones == NULL)
        p->tones = media_tones_alloc(); /* without memory, without keys */
    p->send = r->send && r->port != 0;
    p->receive = r->receive;
    p->expected_since_us = r->receive && r->port != 0 ? clock_mono_us() : 0;
    p->timeout_told = false;
    if (!p->started) {
        p->started = true;
        pacer_add(p->thread, obj_ref(p));
    }
}

void mport_start(struct mport *p, const struct mport_remote *remote)
{
    mport_post(p, &(struct mport_command){.run = run_start, .remote = *remote});
}

static void run_secure(struct mport *p, struct mport_command *c)
{
    if (p->closed)
        media_web_free(c->secure.web);
    else
        mport_web_plug(p, c->secure.web, c->secure.lost_ms);
}

void mport_secure(struct mport *p, struct media_web *web, int lost_ms)
{
    mport_post(p, &(struct mport_command){.run = run_secure, .secure = {.web = web, .lost_ms = lost_ms}});
}

void mport_end_tap(struct mport *p)
{
    struct mport_tap tap = p->tap;

    p->tap = (struct mport_tap){0};
    if (tap.closed != NULL)
        tap.closed(tap.arg);
}

static void run_set_tap(struct mport *p, struct mport_command *c)
{
    mport_end_tap(p);
    p->tap = c->tap;
    if (p->closed)
        mport_end_tap(p);
}

void mport_set_tap(struct mport *p, const struct mport_tap *tap)
{
    mport_post(p, &(struct mport_command){.run = run_set_tap, .tap = tap != NULL ? *tap : (struct mport_tap){0}});
}

static void run_play(struct mport *p, struct mport_command *c)
{
    if (!p->closed && !player_add(&p->player, c->play.clip, c->play.seq, c->play.flags))
        mport_emit(p, &(struct media_event){
                          .kind = MEDIA_EV_PLAY_DONE, .seq = c->play.seq, .stopped = true, .at_us = clock_mono_us()});
    obj_unref(c->play.clip);
}

void mport_play(struct mport *p, struct clip *clip, uint32_t seq, unsigned flags)
{
    mport_post(p, &(struct mport_command){.run = run_play, .play = {.clip = obj_ref(clip), .seq = seq, .flags = flags}});
}

static void run_stop(struct mport *p, struct mport_command *c)
{
    struct media_event ev;

    (void)c;
    while (player_drop(&p->player, &ev)) {
        ev.at_us = clock_mono_us();
        mport_emit(p, &ev);
    }
}

void mport_stop(struct mport *p)
{
    mport_post(p, &(struct mport_command){.run = run_stop});
}

static void run_pause(struct mport *p, struct mport_command *c)
{
    (void)c;
    mport_pause_now(p, clock_mono_us());
}

void mport_pause(struct mport *p)
{
    mport_post(p, &(struct mport_command){.run = run_pause});
}

static void run_resume(struct mport *p, struct mport_command *c)
{
    player_resume(&p->player, c->back_ms);
}

void mport_resume(struct mport *p, int back_ms)
{
    mport_post(p, &(struct mport_command){.run = run_resume, .back_ms = back_ms});
}

static void run_record(struct mport *p, struct mport_command *c)
{
    obj_unref(p->recorder);
    p->recorder = p->closed ? obj_unref(c->recorder) : c->recorder;
}

void mport_record(struct mport *p, struct recorder *r)
{
    mport_post(p, &(struct mport_command){.run = run_record, .recorder = obj_ref(r)});
}

static void run_dtmf(struct mport *p, struct mport_command *c)
{
    (void)dtmf_tx_queue(&p->dtmf_tx, c->digits);
}

void mport_dtmf(struct mport *p, const char *digits)
{
    struct mport_command c = {.run = run_dtmf};

    snprintf(c.digits, sizeof c.digits, "%s", digits);
    mport_post(p, &c);
}

static void run_hear_touch(struct mport *p, struct mport_command *c)
{
    media_touch_free(p->touch);
    p->touch = c->on && !p->closed ? media_touch_alloc() : NULL; /* without memory, without keys */
}

void mport_hear_touch(struct mport *p, bool on)
{
    mport_post(p, &(struct mport_command){.run = run_hear_touch, .on = on});
}

static void run_impair(struct mport *p, struct mport_command *c)
{
    if (p->impair == NULL)
        p->impair = calloc(1, sizeof *p->impair);
    if (p->impair == NULL)
        return;
    p->impair->loss_percent = c->impair.loss_percent;
    p->impair->jitter_ms = c->impair.jitter_ms;
    p->impair->random = p->ssrc | 1;
}

static void run_spoil(struct mport *p, struct mport_command *c)
{
    if (p->spoil == NULL)
        p->spoil = malloc(sizeof *p->spoil);
    if (p->spoil != NULL)
        spoil_init(p->spoil, &c->spoil);
}

void mport_spoil(struct mport *p, const struct media_spoil *s)
{
    mport_post(p, &(struct mport_command){.run = run_spoil, .spoil = *s});
}

void mport_impair(struct mport *p, int loss_percent, int jitter_ms)
{
    mport_post(p, &(struct mport_command){.run = run_impair, .impair = {.loss_percent = loss_percent, .jitter_ms = jitter_ms}});
}

static void run_watch(struct mport *p, struct mport_command *c)
{
    p->stall_ms = c->stall_ms;
    p->stalled = false;
}

void mport_watch(struct mport *p, int stall_ms)
{
    mport_post(p, &(struct mport_command){.run = run_watch, .stall_ms = stall_ms});
}

void mport_stats_get(const struct mport *p, struct mport_stats *out)
{
    *out = (struct mport_stats){
        .sent = atomic_load(&p->sent),
        .received = atomic_load(&p->received),
        .lost = atomic_load(&p->lost),
        .concealed = atomic_load(&p->concealed),
        .late_dropped = atomic_load(&p->late_dropped),
        .jitter_ms = atomic_load(&p->jitter_ms),
        .last_received_us = atomic_load(&p->last_received_us),
    };
}
