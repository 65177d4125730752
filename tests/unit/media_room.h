/* media_room.h - what tests of media share: a control loop, a pool and up to eight ports on 127.0.0.1, whose events are
 * counted. The test thread stands in for the control loop: that loop is parked while the test runs and goes on only inside
 * the waits, so mport_* may be called freely. */
#ifndef BATON_TESTS_MEDIA_ROOM_H
#define BATON_TESTS_MEDIA_ROOM_H

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clip.h"
#include "base/clock.h"
#include "base/loop.h"
#include "base/obj.h"
#include "line/media.h"

#define ROOM_UNUSED __attribute__((unused))

enum { ROOM_PORTS = 8, ROOM_KINDS = MEDIA_EV_FLOWS + 1, EAR_MAX = 8000 * 20, ROOM_WAIT_MS = 20000 };

struct media_room;

struct ear { /* what one port hears, kept by its tap */
    struct media_room *room;
    int frames, concealed_frames, loud_ms, closed;
    bool plugged; /* set while the test looks at what was heard */
    size_t n;
    int16_t heard[EAR_MAX];
};

struct room_side {
    struct media_room *room;
    int index;
};

struct media_room {
    struct loop *control;
    struct media *media;
    struct mport *port[ROOM_PORTS];
    struct room_side side[ROOM_PORTS];
    pthread_mutex_t lock;
    pthread_cond_t changed;
    sem_t parked, go;
    int count[ROOM_PORTS][ROOM_KINDS];
    struct media_event last[ROOM_PORTS][ROOM_KINDS];
    char digits[ROOM_PORTS][64];
    int woken;
};

static void room_park(void *arg)
{
    struct media_room *room = arg;

    sem_post(&room->parked);
    while (sem_wait(&room->go) != 0)
        ;
}

static void room_enter(struct media_room *room)
{
    if (loop_post(room->control, room_park, room) != 0)
        abort();
    while (sem_wait(&room->parked) != 0)
        ;
}

static void room_leave(struct media_room *room)
{
    sem_post(&room->go);
}

static void room_on_event(const struct media_event *ev, void *arg)
{
    struct room_side *side = arg;
    struct media_room *room = side->room;

    pthread_mutex_lock(&room->lock);
    room->count[side->index][ev->kind]++;
    room->last[side->index][ev->kind] = *ev;
    if (ev->kind == MEDIA_EV_DTMF && strlen(room->digits[side->index]) < 63)
        room->digits[side->index][strlen(room->digits[side->index])] = ev->digit;
    pthread_cond_broadcast(&room->changed);
    pthread_mutex_unlock(&room->lock);
}

static void ROOM_UNUSED room_wake(void *arg)
{
    struct media_room *room = arg;

    pthread_mutex_lock(&room->lock);
    room->woken++;
    pthread_cond_broadcast(&room->changed);
    pthread_mutex_unlock(&room->lock);
}

typedef bool(room_condition)(struct media_room *room, const void *arg);

static bool room_until(struct media_room *room, room_condition *met, const void *arg)
{
    struct timespec until;
    bool ok;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ROOM_WAIT_MS / 1000;
    room_leave(room);
    pthread_mutex_lock(&room->lock);
    while (!(ok = met(room, arg)) && pthread_cond_timedwait(&room->changed, &room->lock, &until) != ETIMEDOUT)
        ;
    pthread_mutex_unlock(&room->lock);
    room_enter(room);
    return ok;
}

struct room_expectation {
    int port;
    enum media_event_kind kind;
    int times;
};

static bool room_has(struct media_room *room, const void *arg)
{
    const struct room_expectation *e = arg;

    return room->count[e->port][e->kind] >= e->times;
}

static bool ROOM_UNUSED room_wait(struct media_room *room, int port, enum media_event_kind kind, int times)
{
    return room_until(room, room_has, &(struct room_expectation){port, kind, times});
}

static bool room_was_woken(struct media_room *room, const void *arg)
{
    (void)arg;
    return room->woken > 0;
}

static bool ROOM_UNUSED room_wait_wake(struct media_room *room)
{
    bool ok = room_until(room, room_was_woken, NULL);

    room->woken = 0;
    return ok;
}

/* ---- ears ---- */

static void ear_frame(const int16_t *pcm, const int16_t *our_audio, bool concealed, int64_t at_us, void *arg)
{
    struct ear *ear = arg;
    bool loud = false;

    (void)our_audio;
    (void)at_us;
    for (int i = 0; i < MEDIA_FRAME; i++)
        loud |= abs(pcm[i]) > 1000;
    pthread_mutex_lock(&ear->room->lock);
    if (!ear->plugged && ear->n + MEDIA_FRAME <= EAR_MAX) {
        memcpy(ear->heard + ear->n, pcm, MEDIA_FRAME * sizeof *pcm);
        ear->n += MEDIA_FRAME;
    }
    ear->frames++;
    ear->concealed_frames += concealed;
    ear->loud_ms += loud ? MEDIA_PTIME_MS : 0;
    pthread_cond_broadcast(&ear->room->changed);
    pthread_mutex_unlock(&ear->room->lock);
}

static void ear_closed(void *arg)
{
    struct ear *ear = arg;

    pthread_mutex_lock(&ear->room->lock);
    ear->closed++;
    pthread_cond_broadcast(&ear->room->changed);
    pthread_mutex_unlock(&ear->room->lock);
}

static void ROOM_UNUSED room_listen(struct media_room *room, int port, struct ear *ear)
{
    ear->room = room;
    mport_set_tap(room->port[port], &(struct mport_tap){.frame = ear_frame, .closed = ear_closed, .arg = ear});
}

/* Keeps the ear from writing while the test reads, or lets it go on. */
static void ROOM_UNUSED ear_plug(struct ear *ear, bool plugged)
{
    pthread_mutex_lock(&ear->room->lock);
    ear->plugged = plugged;
    pthread_mutex_unlock(&ear->room->lock);
}

static int ROOM_UNUSED ear_loud_ms(struct ear *ear)
{
    int ms;

    pthread_mutex_lock(&ear->room->lock);
    ms = ear->loud_ms;
    pthread_mutex_unlock(&ear->room->lock);
    return ms;
}

struct ear_expectation {
    const struct ear *ear;
    int loud_ms, frames, closed;
};

static bool ear_has(struct media_room *room, const void *arg)
{
    const struct ear_expectation *e = arg;

    (void)room;
    return e->ear->loud_ms >= e->loud_ms && e->ear->frames >= e->frames && e->ear->closed >= e->closed;
}

static bool ROOM_UNUSED room_wait_heard(struct media_room *room, const struct ear *ear, int loud_ms)
{
    return room_until(room, ear_has, &(struct ear_expectation){.ear = ear, .loud_ms = loud_ms});
}

static bool ROOM_UNUSED room_wait_frames(struct media_room *room, const struct ear *ear, int more)
{
    int now;

    pthread_mutex_lock(&room->lock);
    now = ear->frames;
    pthread_mutex_unlock(&room->lock);
    return room_until(room, ear_has, &(struct ear_expectation){.ear = ear, .frames = now + more});
}

static bool ROOM_UNUSED room_wait_closed(struct media_room *room, const struct ear *ear)
{
    return room_until(room, ear_has, &(struct ear_expectation){.ear = ear, .closed = 1});
}

/* ---- ports ---- */

static struct mport_remote room_remote_of(struct media_room *room, int index)
{
    struct mport_remote r = {.codec = MEDIA_PCMU, .telephone_event_pt = 101, .send = true, .receive = true};

    mport_local(room->port[index], r.ip, sizeof r.ip, &r.port);
    return r;
}

static void ROOM_UNUSED room_connect(struct media_room *room, int a, int b)
{
    struct mport_remote to_a = room_remote_of(room, a), to_b = room_remote_of(room, b);

    mport_start(room->port[a], &to_b);
    mport_start(room->port[b], &to_a);
}

static void room_close_port(struct media_room *room, int i)
{
    if (room->port[i] == NULL)
        return;
    mport_close(room->port[i]);
    room->port[i] = obj_unref(room->port[i]);
}

/* With rtp_timeout_ms; port range of the system. */
static int room_open(void **state, int threads, int rtp_timeout_ms)
{
    struct media_room *room = calloc(1, sizeof *room);
    struct media_config cfg = {.threads = threads, .bind_ip = "127.0.0.1", .rtp_timeout_ms = rtp_timeout_ms};
    int err;

    pthread_mutex_init(&room->lock, NULL);
    pthread_cond_init(&room->changed, NULL);
    sem_init(&room->parked, 0, 0);
    sem_init(&room->go, 0, 0);
    err = loop_spawn(&room->control, "control");
    if (err)
        return err;
    room_enter(room);
    err = media_alloc(&room->media, &cfg, room->control);
    for (int i = 0; !err && i < ROOM_PORTS; i++) {
        room->side[i] = (struct room_side){room, i};
        err = mport_alloc(&room->port[i], room->media, room_on_event, &room->side[i]);
    }
    *state = room;
    return err;
}

static int ROOM_UNUSED room_setup(void **state)
{
    return room_open(state, 2, 20000);
}

static int ROOM_UNUSED room_teardown(void **state)
{
    struct media_room *room = *state;

    for (int i = 0; i < ROOM_PORTS; i++)
        room_close_port(room, i);
    media_close(room->media);
    obj_unref(room->media);
    room_leave(room);
    loop_free(room->control);
    pthread_mutex_destroy(&room->lock);
    pthread_cond_destroy(&room->changed);
    sem_destroy(&room->parked);
    sem_destroy(&room->go);
    free(room);
    return 0;
}

static int ROOM_UNUSED room_library_setup(void **state)
{
    (void)state;
    return loop_lib_init(1024);
}

static int ROOM_UNUSED room_library_teardown(void **state)
{
    (void)state;
    loop_lib_close();
    return 0;
}

/* ---- sounds ---- */

static struct clip *ROOM_UNUSED tone(int hz, int ms, int amplitude)
{
    struct clip *c = NULL;

    if (clip_alloc(&c, (size_t)ms * 8) != 0)
        abort();
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = (int16_t)(amplitude * cos(2 * 3.14159265358979 * hz * (double)i / 8000));
    return c;
}

/* Share of the power of pcm that lies at hz (Goertzel); 1 for a pure tone. */
static double ROOM_UNUSED tone_share(const int16_t *pcm, size_t n, int hz)
{
    double re = 0, im = 0, power = 0;

    for (size_t i = 0; i < n; i++) {
        double w = 2 * 3.14159265358979 * hz * (double)i / 8000;

        re += pcm[i] * cos(w);
        im += pcm[i] * sin(w);
        power += (double)pcm[i] * pcm[i];
    }
    return power > 0 ? 2 * (re * re + im * im) / ((double)n * power) : 0;
}

#endif
