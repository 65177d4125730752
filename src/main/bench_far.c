#include "main/bench_far.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"

#include "base/banned.h"

enum { LOUD = 1500, TONE = 6000, HALF_WAVE = 5 };

static void on_frame(const int16_t *pcm, const int16_t *ours, bool concealed, int64_t at_us, void *arg)
{
    struct far_phone *p = arg;

    (void)ours;
    (void)concealed;
    if (abs(pcm[MEDIA_FRAME / 2]) + abs(pcm[MEDIA_FRAME / 2 + 1]) < LOUD || atomic_load(&p->heard_us) != 0)
        return;
    atomic_store(&p->heard_us, at_us);
    sem_post(p->far->news);
}

static void on_tap_closed(void *arg)
{
    (void)arg;
}

static void on_far(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct far_phone *p = arg;

    if (ev->kind == LEG_EV_ANSWERED) {
        mport_set_tap(leg_port(leg), &(struct mport_tap){.frame = on_frame, .arg = p, .closed = on_tap_closed});
        mport_play(leg_port(leg), p->far->tone, 1, MPORT_PLAY_LOOP);
        atomic_store(&p->up, true);
    } else if (ev->kind == LEG_EV_ENDED) {
        atomic_store(&p->over, true);
    }
    sem_post(p->far->news);
}

static struct far_phone *phone_of(struct bench_far *f, const char *user)
{
    for (int i = 0; i < f->count; i++)
        if (strcmp(f->phones[i].user, user) == 0)
            return &f->phones[i];
    return NULL;
}

static void on_incoming(struct leg *leg, const char *from, const char *to, void *arg)
{
    struct far_phone *p = phone_of(arg, to);

    (void)from;
    if (p == NULL) {
        leg_hangup(leg, 404);
        obj_unref(leg);
        return;
    }
    atomic_store(&p->rang_us, clock_mono_us());
    obj_unref(p->leg);
    p->leg = leg;
    (void)leg_accept(leg, on_far, p);
}

static void on_register(bool ok, int code, void *arg)
{
    (void)ok;
    (void)code;
    (void)arg;
}

static void on_line_closed(void *arg)
{
    struct bench_far *f = arg;

    atomic_store(&f->closed, true);
    sem_post(f->news);
}

static int make_tone(struct clip **cp)
{
    int err = clip_alloc(cp, CLIP_RATE);

    for (size_t i = 0; !err && i < (*cp)->n; i++)
        (*cp)->pcm[i] = i / HALF_WAVE % 2 != 0 ? TONE : -TONE;
    return err;
}

int bench_far_open(struct bench_far *f, struct loop *control, struct media *media)
{
    int err = make_tone(&f->tone);

    for (int i = 0; i < f->count; i++)
        f->phones[i].far = f;
    return err ? err : line_alloc(&f->line, &(struct line_config){.bind_ip = "127.0.0.1", .user_agent = "baton-bench"}, control, media, on_incoming, on_register, f);
}

void bench_far_close(struct bench_far *f)
{
    line_close(f->line, on_line_closed, f);
}

void bench_far_release(struct bench_far *f)
{
    for (int i = 0; i < f->count; i++)
        obj_unref(f->phones[i].leg);
    obj_unref(f->line);
    obj_unref(f->tone);
}
