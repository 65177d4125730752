/* mport_hear.c - who hears whom: the mixer.
 *
 *   speaker --push--> pipe --pop--> listener: what it has to say + every voice it hears, saturated
 *
 * There is no mixer in the middle. Each direction is a pipe of its own (media_pipe.h) that the speaker's thread fills and the listener's empties, and each
 * listener adds up what it hears: nobody is given their own voice, who hears whom is a matter of which pipes there are, and two who talk cost what
 * two cost. A conversation of four has at most twelve pipes. The first half runs on the control loop, the second on the port's thread. */
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/obj.h"
#include "line/mport_command.h"

#include "base/banned.h"

/* --- control loop --- */

static void run_add_in(struct mport *p, struct mport_command *c)
{
    assert(p->n_in < MPORT_EARS_MAX);
    if (p->closed)
        obj_unref(c->pipe);
    else
        p->in[p->n_in++] = c->pipe;
}

static void run_add_out(struct mport *p, struct mport_command *c)
{
    assert(p->n_out < MPORT_EARS_MAX);
    if (p->closed)
        obj_unref(c->pipe);
    else
        p->out[p->n_out++] = c->pipe;
}

static void drop_pipe(struct media_pipe **list, unsigned *n, struct media_pipe *pipe)
{
    for (unsigned i = 0; i < *n; i++)
        if (list[i] == pipe) {
            list[i] = list[--*n];
            obj_unref(pipe);
            break;
        }
    obj_unref(pipe); /* the command's */
}

static void run_drop_in(struct mport *p, struct mport_command *c)
{
    drop_pipe(p->in, &p->n_in, c->pipe);
}

static void run_drop_out(struct mport *p, struct mport_command *c)
{
    drop_pipe(p->out, &p->n_out, c->pipe);
}

static unsigned ear_of(const struct mport *listener, const struct mport *speaker)
{
    unsigned i = 0;

    while (i < listener->n_ears && listener->ears[i].speaker != speaker)
        i++;
    return i;
}

int mport_hear(struct mport *listener, struct mport *speaker)
{
    struct media_pipe *pipe;

    if (listener == speaker || listener->closing || speaker->closing)
        return EINVAL;
    if (ear_of(listener, speaker) < listener->n_ears)
        return 0;
    if (listener->n_ears == MPORT_EARS_MAX || speaker->n_listeners == MPORT_EARS_MAX)
        return ENOSPC;
    pipe = media_pipe_alloc();
    if (pipe == NULL)
        return ENOMEM;
    listener->ears[listener->n_ears++] = (struct mport_ear){speaker, pipe};
    speaker->listeners[speaker->n_listeners++] = listener;
    mport_post(listener, &(struct mport_command){.run = run_add_in, .pipe = obj_ref(pipe)});
    mport_post(speaker, &(struct mport_command){.run = run_add_out, .pipe = obj_ref(pipe)});
    return 0;
}

static void forget_listener(struct mport *speaker, const struct mport *listener)
{
    for (unsigned i = 0; i < speaker->n_listeners; i++)
        if (speaker->listeners[i] == listener) {
            speaker->listeners[i] = speaker->listeners[--speaker->n_listeners];
            return;
        }
}

void mport_unhear(struct mport *listener, struct mport *speaker)
{
    unsigned i = ear_of(listener, speaker);
    struct media_pipe *pipe;

    if (i == listener->n_ears)
        return;
    pipe = listener->ears[i].pipe;
    listener->ears[i] = listener->ears[--listener->n_ears];
    forget_listener(speaker, listener);
    mport_post(speaker, &(struct mport_command){.run = run_drop_out, .pipe = obj_ref(pipe)});
    mport_post(listener, &(struct mport_command){.run = run_drop_in, .pipe = pipe});
}

static bool hears_only(const struct mport *p, const struct mport *other)
{
    return p->n_ears == 1 && p->n_listeners == 1 && p->ears[0].speaker == other && p->listeners[0] == other;
}

void mport_bridge(struct mport *a, struct mport *b)
{
    if (a == b || a->closing || b->closing || (hears_only(a, b) && hears_only(b, a)))
        return;
    mport_unbridge(a);
    mport_unbridge(b);
    if (mport_hear(a, b) != 0 || mport_hear(b, a) != 0) /* out of memory: not half a conversation */
        mport_unbridge(a);
}

void mport_unbridge(struct mport *p)
{
    while (p->n_ears > 0)
        mport_unhear(p, p->ears[0].speaker);
    while (p->n_listeners > 0)
        mport_unhear(p->listeners[0], p);
}

static void run_music(struct mport *p, struct mport_command *c)
{
    obj_unref(p->music);
    p->music = p->closed ? obj_unref(c->music) : c->music;
    p->music_at = 0;
}

void mport_music(struct mport *p, struct clip *clip)
{
    mport_post(p, &(struct mport_command){.run = run_music, .music = obj_ref(clip)});
}

/* --- media thread --- */

enum { FULL = 4, LOWERED = 1 }; /* quarters: what is lowered loses 12 dB */

static void add_voice(int32_t sum[MEDIA_FRAME], const int16_t voice[MEDIA_FRAME], int quarters)
{
    for (int i = 0; i < MEDIA_FRAME; i++)
        sum[i] += voice[i] * quarters / FULL;
}

static void add_music(struct mport *p, int32_t sum[MEDIA_FRAME], int quarters)
{
    for (int i = 0; i < MEDIA_FRAME && p->music->n > 0; i++) {
        sum[i] += p->music->pcm[p->music_at] * quarters / FULL;
        p->music_at = (p->music_at + 1) % p->music->n;
    }
}

void mport_mix(struct mport *p, int16_t said[MEDIA_FRAME], bool playing)
{
    int quarters = playing && player_ducks(&p->player) ? LOWERED : FULL;
    int32_t sum[MEDIA_FRAME];
    int16_t voice[MEDIA_FRAME];

    if (p->n_in == 0 && p->music == NULL)
        return;
    for (int i = 0; i < MEDIA_FRAME; i++)
        sum[i] = said[i];
    for (unsigned i = 0; i < p->n_in; i++)
        if (media_pipe_pop(p->in[i], voice))
            add_voice(sum, voice, quarters);
    if (p->music != NULL)
        add_music(p, sum, playing ? LOWERED : FULL);
    for (int i = 0; i < MEDIA_FRAME; i++)
        said[i] = saturate(sum[i]); /* spandsp */
}

void mport_pass_on(struct mport *p, const int16_t heard[MEDIA_FRAME])
{
    for (unsigned i = 0; i < p->n_out; i++)
        media_pipe_push(p->out[i], heard);
}

void mport_forget_voices(struct mport *p)
{
    while (p->n_in > 0)
        obj_unref(p->in[--p->n_in]);
    while (p->n_out > 0)
        obj_unref(p->out[--p->n_out]);
    p->music = obj_unref(p->music);
}
