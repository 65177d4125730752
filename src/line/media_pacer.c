/* media_pacer.c - the heartbeat of a media thread.
 *
 * A timerfd on CLOCK_MONOTONIC wakes the thread every PACER_SLOT_US; each wake serves one of PACER_SLOTS lists of ports, so
 * that every port is served once in 20 ms. libre's timers are not used: they follow the wall clock.
 *
 * After a stall the missed slots are served back to back. When the thread is more than PACER_BEHIND_MAX frames behind, whole
 * frames are skipped instead (the timestamps go on, the receivers conceal): catching up without bound would starve the
 * loop and only make it later. Without ports the timer is off. */
#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "line/media_priv.h"

#include "base/banned.h"

enum { FRAME_US = MEDIA_PTIME_MS * 1000 };

static void skip_frames(struct media_thread *t, int64_t now_us)
{
    unsigned frames = (unsigned)((now_us - t->due_us) / FRAME_US);

    for (unsigned i = 0; i < PACER_SLOTS; i++) {
        struct le *le;

        for (le = list_head(&t->slot[i]); le != NULL; le = le->next)
            mport_skip(le->data, frames);
        atomic_fetch_add(&t->ticks, (uint64_t)frames * t->slot_ports[i]);
        atomic_fetch_add(&t->late_ticks, (uint64_t)frames * t->slot_ports[i]);
    }
    t->due_us += (int64_t)frames * FRAME_US;
}

static void serve_slot(struct media_thread *t, unsigned slot)
{
    struct le *le = list_head(&t->slot[slot]);
    int64_t now_us = clock_mono_us();

    if (le == NULL)
        return;
    while (le != NULL) {
        struct mport *p = le->data;

        le = le->next;
        mport_tick(p, now_us);
    }
    atomic_fetch_add(&t->ticks, t->slot_ports[slot]);
    if (clock_mono_us() - t->due_us > FRAME_US)
        atomic_fetch_add(&t->late_ticks, t->slot_ports[slot]);
}

static void on_timer(int flags, void *arg)
{
    struct media_thread *t = arg;
    uint64_t expirations;
    int64_t now_us;

    (void)flags;
    if (read(t->timer_fd, &expirations, sizeof expirations) < 0)
        return;
    now_us = clock_mono_us();
    if (now_us - t->due_us > PACER_BEHIND_MAX * FRAME_US)
        skip_frames(t, now_us);
    for (unsigned n = 0; t->due_us <= now_us && n < PACER_BEHIND_MAX * PACER_SLOTS; n++) {
        serve_slot(t, t->next_slot);
        t->next_slot = (t->next_slot + 1) % PACER_SLOTS;
        t->due_us += PACER_SLOT_US;
    }
}

static void set_timer(struct media_thread *t, bool on)
{
    struct itimerspec spec = {0};

    if (on) {
        spec.it_value.tv_nsec = PACER_SLOT_US * 1000;
        spec.it_interval = spec.it_value;
        t->due_us = clock_mono_us() + PACER_SLOT_US;
    }
    (void)timerfd_settime(t->timer_fd, 0, &spec, NULL);
}

int pacer_open(struct media_thread *t)
{
    int err;

    t->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (t->timer_fd < 0)
        return errno;
    err = fd_listen(t->timer_fd, FD_READ, on_timer, t);
    if (err) {
        close(t->timer_fd);
        t->timer_fd = -1;
    }
    return err;
}

void pacer_add(struct media_thread *t, struct mport *p)
{
    p->slot = 0;
    for (unsigned i = 1; i < PACER_SLOTS; i++)
        if (t->slot_ports[i] < t->slot_ports[p->slot])
            p->slot = i;
    t->slot_ports[p->slot]++;
    list_append(&t->slot[p->slot], &p->le, p);
    if (t->active++ == 0)
        set_timer(t, true);
}

void pacer_remove(struct media_thread *t, struct mport *p)
{
    list_unlink(&p->le);
    t->slot_ports[p->slot]--;
    if (--t->active == 0)
        set_timer(t, false);
}

void pacer_close(struct media_thread *t)
{
    if (t->timer_fd < 0)
        return;
    fd_close(t->timer_fd);
    close(t->timer_fd);
    t->timer_fd = -1;
}
