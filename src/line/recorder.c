/* recorder.c - rings filled by media threads, one writer thread that empties them.
 *
 * A ring has one producer and one consumer: `pushed` is written by the media thread, `popped` by the writer. Frames that
 * found the ring full are remembered as a gap before the next frame that fits, and become that much silence in the file, so
 * that what follows stays in its place. The samples are written before the header that counts them. */
#include "line/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/obj.h"

#include "base/banned.h"

enum {
    FRAME = 160,
    FRAME_BYTES = FRAME * 2 * 2,
    RING_FRAMES = RECORDER_RING_MS / 20,
    MAX_FRAMES = RECORDER_MAX_S * 50,
    WAV_HEADER = 44,
    RATE = 8000,
};

struct slot {
    uint32_t gap; /* frames of silence before this one */
    int16_t pcm[FRAME][2];
};

struct recorder {
    struct recorder_pool *pool;
    struct recorder *next;  /* pool's list, under its lock */
    int fd;
    atomic_uint pushed, popped; /* frames, ever */
    atomic_uint base;           /* producer: the frame that stands in slot 0 */
    uint32_t gap;           /* producer: dropped since the last accepted frame */
    _Atomic uint64_t dropped;
    atomic_uint written;    /* frames in the file */
    bool failed;            /* writer: the disk refused; nothing more is written */
    atomic_bool closing;
    struct loop *loop;
    loop_fn *fn;
    void *arg;
    struct slot *ring; /* RING_FRAMES; mapped, so that pages never reached take no memory */
};

struct recorder_pool {
    pthread_t thread;
    bool running;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool closing, hurry;
    struct recorder *recorders; /* each with a reference */
};

static void put16(uint8_t *p, unsigned v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
    put16(p, v & 0xffff);
    put16(p + 2, v >> 16);
}

static void wav_header(uint8_t h[WAV_HEADER], uint32_t data_bytes)
{
    memcpy(h, "RIFF....WAVEfmt ", 16);
    put32(h + 4, WAV_HEADER - 8 + data_bytes);
    put32(h + 16, 16);
    put16(h + 20, 1);        /* PCM */
    put16(h + 22, 2);        /* channels */
    put32(h + 24, RATE);
    put32(h + 28, RATE * 4); /* bytes a second */
    put16(h + 32, 4);        /* bytes a sample of both channels */
    put16(h + 34, 16);
    memcpy(h + 36, "data", 4);
    put32(h + 40, data_bytes);
}

static int write_at(int fd, const void *data, size_t n, off_t at)
{
    const uint8_t *p = data;

    while (n > 0) {
        ssize_t k = pwrite(fd, p, n, at);

        if (k < 0 && errno != EINTR)
            return errno;
        if (k > 0) {
            p += k;
            n -= (size_t)k;
            at += k;
        }
    }
    return 0;
}

static struct slot *slot_of(struct recorder *r, unsigned frame)
{
    return &r->ring[(frame - atomic_load_explicit(&r->base, memory_order_relaxed)) % RING_FRAMES];
}

/* ---- the writer ---- */

static void write_frames(struct recorder *r, const void *pcm, unsigned frames)
{
    unsigned written = atomic_load(&r->written);

    if (frames > MAX_FRAMES - written)
        frames = MAX_FRAMES - written;
    if (r->failed || frames == 0)
        return;
    if (write_at(r->fd, pcm, (size_t)frames * FRAME_BYTES, WAV_HEADER + (off_t)written * FRAME_BYTES) != 0)
        r->failed = true;
    else
        atomic_store(&r->written, written + frames);
}

static void write_silence(struct recorder *r, uint32_t frames)
{
    static const int16_t silence[FRAME][2];

    for (; frames > 0; frames--)
        write_frames(r, silence, 1);
}

static void write_header(struct recorder *r)
{
    uint8_t h[WAV_HEADER];

    wav_header(h, atomic_load(&r->written) * (uint32_t)FRAME_BYTES);
    if (!r->failed && write_at(r->fd, h, sizeof h, 0) != 0)
        r->failed = true;
}

/* Moves what is in the ring to the file in pieces of up to `batch` frames: a system call for a whole flush. */
static void drain(struct recorder *r, int16_t batch[][FRAME][2], unsigned batch_frames)
{
    unsigned popped = atomic_load_explicit(&r->popped, memory_order_relaxed);
    unsigned pushed = atomic_load_explicit(&r->pushed, memory_order_acquire);
    unsigned n = 0;

    if (popped == pushed)
        return;
    for (; popped != pushed; popped++) {
        const struct slot *s = slot_of(r, popped);

        if (n == batch_frames || s->gap > 0) {
            write_frames(r, batch, n);
            write_silence(r, s->gap);
            n = 0;
        }
        memcpy(batch[n++], s->pcm, FRAME_BYTES);
        atomic_store_explicit(&r->popped, popped + 1, memory_order_release);
    }
    write_frames(r, batch, n);
    write_header(r);
}

static void finish(struct recorder *r)
{
    write_header(r);
    (void)fsync(r->fd);
    if (r->fn != NULL)
        (void)loop_post(r->loop, r->fn, r->arg);
    obj_unref(r);
}

/* Waits for the next flush; false when the pool closes. */
static bool wait_flush(struct recorder_pool *p)
{
    struct timespec until;
    bool closing;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += RECORDER_FLUSH_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_mutex_lock(&p->lock);
    while (!p->closing && !p->hurry && pthread_cond_timedwait(&p->wake, &p->lock, &until) == 0)
        ;
    p->hurry = false;
    closing = p->closing;
    pthread_mutex_unlock(&p->lock);
    return !closing;
}

/* One flush of every recording; those that are closed leave the list. Recordings are only added at the head, by others, and
 * only removed here, so walking needs the lock just to read the head and to unlink. */
static void flush_all(struct recorder_pool *p, bool last, int16_t batch[][FRAME][2], unsigned batch_frames)
{
    struct recorder **link, *r;

    pthread_mutex_lock(&p->lock);
    for (link = &p->recorders; (r = *link) != NULL;) {
        bool ends = last || atomic_load(&r->closing);

        pthread_mutex_unlock(&p->lock);
        drain(r, batch, batch_frames);
        pthread_mutex_lock(&p->lock);
        while (*link != r)
            link = &(*link)->next;
        if (!ends) {
            link = &r->next;
            continue;
        }
        *link = r->next;
        pthread_mutex_unlock(&p->lock);
        finish(r);
        pthread_mutex_lock(&p->lock);
    }
    pthread_mutex_unlock(&p->lock);
}

static void *writer_main(void *arg)
{
    enum { BATCH_FRAMES = 16 };
    int16_t batch[BATCH_FRAMES][FRAME][2];
    struct recorder_pool *p = arg;

    while (wait_flush(p))
        flush_all(p, false, batch, BATCH_FRAMES);
    flush_all(p, true, batch, BATCH_FRAMES);
    return NULL;
}

/* ---- the pool ---- */

static void pool_destroy(void *obj)
{
    struct recorder_pool *p = obj;

    recorder_pool_close(p);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
}

int recorder_pool_alloc(struct recorder_pool **pp)
{
    struct recorder_pool *p = obj_alloc(sizeof *p, pool_destroy);
    pthread_condattr_t attr;
    int err;

    if (p == NULL)
        return ENOMEM;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&p->wake, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&p->lock, NULL);
    err = pthread_create(&p->thread, NULL, writer_main, p);
    if (err) {
        obj_unref(p);
        return err;
    }
    p->running = true;
    pthread_setname_np(p->thread, "recorder");
    *pp = p;
    return 0;
}

static void wake_writer(struct recorder_pool *p, bool closing)
{
    pthread_mutex_lock(&p->lock);
    p->hurry = true;
    p->closing |= closing;
    pthread_cond_signal(&p->wake);
    pthread_mutex_unlock(&p->lock);
}

void recorder_pool_close(struct recorder_pool *p)
{
    if (!p->running)
        return;
    wake_writer(p, true);
    pthread_join(p->thread, NULL);
    p->running = false;
}

/* ---- one recording ---- */

static void recorder_destroy(void *obj)
{
    struct recorder *r = obj;

    if (r->ring != NULL)
        munmap(r->ring, RING_FRAMES * sizeof *r->ring);
    if (r->fd >= 0)
        close(r->fd);
    obj_unref(r->pool);
}

static int map_ring(struct recorder *r)
{
    void *ring = mmap(NULL, RING_FRAMES * sizeof *r->ring, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (ring == MAP_FAILED)
        return errno;
    r->ring = ring;
    return 0;
}

int recorder_open(struct recorder **rp, struct recorder_pool *p, const char *path)
{
    struct recorder *r = obj_alloc(sizeof *r, recorder_destroy);
    uint8_t h[WAV_HEADER];
    int err;

    if (r == NULL)
        return ENOMEM;
    r->pool = obj_ref(p);
    r->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    err = r->fd < 0 ? errno : 0;
    wav_header(h, 0);
    if (!err)
        err = map_ring(r);
    if (!err)
        err = write_at(r->fd, h, sizeof h, 0);
    if (err) {
        obj_unref(r);
        return err;
    }
    pthread_mutex_lock(&p->lock);
    r->next = p->recorders;
    p->recorders = obj_ref(r);
    pthread_mutex_unlock(&p->lock);
    *rp = r;
    return 0;
}

/* The slot for the next frame, or NULL when the ring is full. An empty ring begins again at slot 0, so that memory which only
 * a slow disk needs is not touched by a fast one. The writer cannot be reading then: it sees the new base with the frame. */
static struct slot *next_slot(struct recorder *r, unsigned pushed)
{
    unsigned popped = atomic_load_explicit(&r->popped, memory_order_acquire);

    if (pushed - popped >= RING_FRAMES)
        return NULL;
    if (pushed == popped)
        atomic_store_explicit(&r->base, pushed, memory_order_relaxed);
    return slot_of(r, pushed);
}

void recorder_frame(struct recorder *r, const int16_t left[160], const int16_t right[160])
{
    unsigned pushed = atomic_load_explicit(&r->pushed, memory_order_relaxed);
    struct slot *s;

    if (atomic_load_explicit(&r->closing, memory_order_relaxed))
        return;
    s = next_slot(r, pushed);
    if (s == NULL) {
        r->gap++;
        atomic_fetch_add_explicit(&r->dropped, 1, memory_order_relaxed);
        return;
    }
    for (int i = 0; i < FRAME; i++) {
        s->pcm[i][0] = left[i];
        s->pcm[i][1] = right[i];
    }
    s->gap = r->gap;
    r->gap = 0;
    atomic_store_explicit(&r->pushed, pushed + 1, memory_order_release);
}

void recorder_close(struct recorder *r, struct loop *loop, loop_fn *fn, void *arg)
{
    if (atomic_load(&r->closing))
        return;
    r->loop = loop;
    r->fn = fn;
    r->arg = arg;
    atomic_store(&r->closing, true);
    if (r->pool->running)
        wake_writer(r->pool, false);
    else if (fn != NULL) /* the pool's end has finished the file */
        (void)loop_post(loop, fn, arg);
}

int64_t recorder_ms(const struct recorder *r)
{
    return (int64_t)atomic_load(&r->written) * 20;
}

uint64_t recorder_dropped(const struct recorder *r)
{
    return atomic_load(&r->dropped);
}
