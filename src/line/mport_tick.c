/* mport_tick.c - what a port does every 20 ms: hear, mix, send, tell. Sending comes before the tap and the recorder, so that
 * the work of these does not delay it. */
#include <string.h>

#include "base/clock.h"
#include "line/media_priv.h"

#include "base/banned.h"

/* The recording keeps its place in time, as the timestamps do. */
void mport_skip(struct mport *p, unsigned frames)
{
    static const int16_t silence[MEDIA_FRAME];

    p->ts += frames * MEDIA_FRAME;
    for (; p->recorder != NULL && frames > 0; frames--)
        recorder_frame(p->recorder, silence, silence);
}

static bool sending(const struct mport *p)
{
    return p->send && sa_port(&p->remote) != 0 && mport_web_sending(p);
}

/* Keys as tones for far ends without telephone events. */
static void sound_tones(struct mport *p, int16_t said[MEDIA_FRAME])
{
    if (p->telephone_event_pt >= 0 || p->tones == NULL)
        return;
    for (; p->dtmf_tx.n > 0; p->dtmf_tx.n--, p->dtmf_tx.head = (p->dtmf_tx.head + 1) % DTMF_QUEUE_MAX)
        if (!media_tones_queue(p->tones, p->dtmf_tx.queue[p->dtmf_tx.head]))
            break;
    (void)media_tones_sound(p->tones, said);
}

/* Mixes and sends the frame of this tick into said. What was played is stamped after it is on the wire. */
static void say(struct mport *p, int16_t said[MEDIA_FRAME], const int16_t heard[MEDIA_FRAME], int64_t now_us)
{
    struct play_marks marks = {0};
    bool playing = sending(p) && player_frame(&p->player, said, &marks);

    if (!playing)
        memset(said, 0, MEDIA_FRAME * sizeof *said);
    mport_mix(p, said, playing);
    if (sending(p)) {
        sound_tones(p, said);
        if (p->spoil != NULL)
            spoil_frame(p->spoil, said, heard);
        mport_send_audio(p, said, now_us);
    } else {
        p->marker = true;
    }
    p->ts += MEDIA_FRAME;
    if (marks.n > 0)
        now_us = clock_mono_us();
    for (unsigned i = 0; i < marks.n; i++) {
        marks.ev[i].at_us = now_us;
        mport_emit(p, &marks.ev[i]);
    }
}

void mport_pause_now(struct mport *p, int64_t now_us)
{
    struct media_event ev;

    if (!player_pause(&p->player, &ev))
        return;
    ev.at_us = now_us;
    mport_emit(p, &ev);
}

static bool hear(struct mport *p, int16_t heard[MEDIA_FRAME])
{
    uint64_t concealed = p->jitter.concealed, dropped = p->jitter.late_dropped;
    bool real;

    real = jitter_get(&p->jitter, heard);
    atomic_store_explicit(&p->concealed, p->jitter.concealed, memory_order_relaxed);
    atomic_store_explicit(&p->late_dropped, p->jitter.late_dropped, memory_order_relaxed);
    if (p->jitter.concealed != concealed)
        atomic_fetch_add_explicit(&p->thread->concealed, 1, memory_order_relaxed);
    if (p->jitter.late_dropped != dropped)
        atomic_fetch_add_explicit(&p->thread->late_dropped, p->jitter.late_dropped - dropped, memory_order_relaxed);
    return real;
}

/* For how long no packet has come though one is awaited; a port on hold awaits nothing. */
static int64_t silent_us(const struct mport *p, int64_t now_us)
{
    int64_t since = atomic_load_explicit(&p->last_received_us, memory_order_relaxed);

    if (p->expected_since_us == 0)
        return 0;
    return now_us - (since < p->expected_since_us ? p->expected_since_us : since);
}

/* Once per silence of rtp_timeout_ms. */
static void watch_timeout(struct mport *p, int64_t now_us)
{
    if (p->timeout_told || silent_us(p, now_us) < (int64_t)p->rtp_timeout_ms * 1000)
        return;
    p->timeout_told = true;
    mport_emit(p, &(struct media_event){.kind = MEDIA_EV_RTP_TIMEOUT, .at_us = now_us});
}

static void watch_stall(struct mport *p, int64_t now_us)
{
    bool stalled = p->stall_ms > 0 && silent_us(p, now_us) >= (int64_t)p->stall_ms * 1000;

    if (stalled == p->stalled || p->expected_since_us == 0)
        return;
    p->stalled = stalled;
    mport_emit(p, &(struct media_event){.kind = stalled ? MEDIA_EV_STALLED : MEDIA_EV_FLOWS, .at_us = now_us});
}

static void hear_touch(struct mport *p, const int16_t *heard, int64_t now_us)
{
    char key = p->touch != NULL && p->telephone_event_pt < 0 ? media_touch_hear(p->touch, heard) : '\0';

    if (key != '\0')
        mport_emit(p, &(struct media_event){.kind = MEDIA_EV_DTMF, .digit = key, .at_us = now_us});
}

void mport_tick(struct mport *p, int64_t now_us)
{
    int16_t heard[MEDIA_FRAME], said[MEDIA_FRAME];
    bool real;

    mport_receive(p, now_us);
    mport_web_tick(p, now_us);
    real = hear(p, heard);
    hear_touch(p, heard, now_us);
    mport_send_held(p, now_us);
    say(p, said, heard, now_us);
    mport_pass_on(p, heard);
    if (p->tap.frame != NULL)
        p->tap.frame(heard, said, !real, now_us, p->tap.arg);
    if (p->recorder != NULL)
        recorder_frame(p->recorder, heard, said);
    watch_timeout(p, now_us);
    watch_stall(p, now_us);
}
