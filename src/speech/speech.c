/* speech.c - the supervisor's life: its loop thread, its two crews, its caches. */
#include "speech/speech.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "speech/speech_priv.h"

#include "base/banned.h"

enum { RENDER_VERSION = 1, STAMP_MAX = 4096 }; /* raise RENDER_VERSION when the same text comes to sound different */

struct ready_waiter {
    struct ready_waiter *next;
    struct speech *speech;
    struct loop *loop;
    loop_fn *fn;
    void *arg;
};

static void speech_destroy(void *obj)
{
    struct speech *s = obj;

    clip_cache_free(s->cache);
    clip_store_close(s->store);
}

int speech_post(struct speech *s, loop_fn *fn, void *arg)
{
    return atomic_load(&s->closed) ? ESHUTDOWN : loop_post(s->loop, fn, arg);
}

static bool ready(const struct speech *s)
{
    return (s->ears_workers == 0 || atomic_load(&s->ears_ready)) && (s->voice_workers == 0 || atomic_load(&s->voice_ready));
}

static void tell_waiters(struct speech *s)
{
    while (s->waiters != NULL && ready(s)) {
        struct ready_waiter *w = s->waiters;

        s->waiters = w->next;
        (void)loop_post(w->loop, w->fn, w->arg);
        free(w);
    }
}

static void on_change(void *arg)
{
    struct speech *s = arg;

    if (s->ears != NULL) {
        atomic_store(&s->ears_ready, crew_ready(s->ears));
        atomic_store(&s->ears_restarts, crew_restarts(s->ears));
    }
    if (s->voice != NULL) {
        atomic_store(&s->voice_ready, crew_ready(s->voice));
        atomic_store(&s->voice_restarts, crew_restarts(s->voice));
    }
    tell_waiters(s);
}

/* The models' stamp (written by their installer) names them; without one their folder does. */
static void name_version(struct speech *s, const char *models_dir)
{
    char path[1024], *stamp = NULL;
    size_t n;

    snprintf(path, sizeof path, "%s/stamp", models_dir);
    if (text_read_file(&stamp, &n, path, STAMP_MAX) == 0)
        stamp[strcspn(stamp, "\r\n")] = '\0';
    snprintf(s->version, sizeof s->version, "%d %.64s", RENDER_VERSION, stamp != NULL ? stamp : models_dir);
    free(stamp);
}

struct start {
    struct speech *s;
    const struct speech_config *cfg;
    int err;
};

static int start_crew(struct crew **cp, struct start *st, const char *kind, int workers)
{
    return crew_alloc(cp, &(struct crew_config){.worker_path = st->cfg->worker_path,
                                                .kind = kind,
                                                .models_dir = st->cfg->models_dir,
                                                .recogniser = st->cfg->recogniser,
                                                .workers = workers,
                                                .hang_ms = st->cfg->hang_ms,
                                                .wait_ms = st->cfg->wait_ms,
                                                .on_change = on_change,
                                                .arg = st->s});
}

static void start_crews(void *arg)
{
    struct start *st = arg;

    st->err = start_crew(&st->s->ears, st, "ears", st->cfg->ears_workers);
    if (!st->err)
        st->err = start_crew(&st->s->voice, st, "voice", st->cfg->voice_workers);
}

static void stop_crews(void *arg)
{
    struct speech *s = arg;

    crew_free(s->ears);
    crew_free(s->voice);
    s->ears = s->voice = NULL;
    atomic_store(&s->ears_ready, false);
    atomic_store(&s->voice_ready, false);
    while (s->waiters != NULL) {
        struct ready_waiter *w = s->waiters;

        s->waiters = w->next;
        free(w);
    }
}

int speech_alloc(struct speech **sp, const struct speech_config *cfg)
{
    struct speech *s = obj_alloc(sizeof *s, speech_destroy);
    struct start st = {.s = s, .cfg = cfg};
    int err;

    if (s == NULL)
        return ENOMEM;
    s->ears_workers = cfg->ears_workers;
    s->voice_workers = cfg->voice_workers;
    name_version(s, cfg->models_dir);
    err = clip_cache_alloc(&s->cache, cfg->cache_bytes);
    if (!err && cfg->cache_dir != NULL)
        err = clip_store_open(&s->store, cfg->cache_dir, CLIP_STORE_MAX_BYTES);
    if (!err)
        err = loop_spawn(&s->loop, "speech");
    if (!err)
        err = loop_call(s->loop, start_crews, &st);
    if (!err)
        err = st.err;
    if (err) {
        if (s->loop != NULL)
            speech_close(s);
        obj_unref(s);
        return err;
    }
    *sp = s;
    return 0;
}

void speech_close(struct speech *s)
{
    if (s == NULL || atomic_exchange(&s->closed, true))
        return;
    (void)loop_call(s->loop, stop_crews, s);
    loop_free(s->loop);
    s->loop = NULL;
}

void speech_state_get(const struct speech *s, struct speech_state *out)
{
    struct clip_cache_state cache;

    clip_cache_state_get(s->cache, &cache);
    *out = (struct speech_state){.ears_ready = atomic_load(&s->ears_ready),
                                 .voice_ready = atomic_load(&s->voice_ready),
                                 .ears_restarts = atomic_load(&s->ears_restarts),
                                 .voice_restarts = atomic_load(&s->voice_restarts),
                                 .partials_dropped = atomic_load(&s->partials_dropped),
                                 .background_missed = atomic_load(&s->background_missed),
                                 .cache_bytes = cache.bytes,
                                 .cache_clips = cache.clips,
                                 .cache_hits = cache.hits,
                                 .cache_misses = cache.misses};
}

static void add_waiter(void *arg)
{
    struct ready_waiter *w = arg;
    struct speech *s = w->speech;

    if (s->ears == NULL) { /* closed meanwhile */
        free(w);
        return;
    }
    w->next = s->waiters;
    s->waiters = w;
    tell_waiters(s);
}

int speech_when_ready(struct speech *s, struct loop *loop, loop_fn *fn, void *arg)
{
    struct ready_waiter *w = malloc(sizeof *w);
    int err;

    if (w == NULL)
        return ENOMEM;
    *w = (struct ready_waiter){.speech = s, .loop = loop, .fn = fn, .arg = arg};
    err = speech_post(s, add_waiter, w);
    if (err)
        free(w);
    return err;
}
