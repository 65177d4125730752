/* speech_priv.h - the supervisor's parts, for the files of this folder. */
#ifndef BATON_SPEECH_SPEECH_PRIV_H
#define BATON_SPEECH_SPEECH_PRIV_H

#include <stdatomic.h>

#include "speech/clip_cache.h"
#include "speech/clip_store.h"
#include "speech/crew.h"
#include "speech/speech.h"

struct render;
struct ready_waiter;

struct speech {
    struct loop *loop;
    struct crew *ears, *voice;   /* loop thread */
    struct clip_cache *cache;    /* any thread */
    struct clip_store *store;    /* loop thread; NULL without a folder */
    char version[80];            /* of models and rendering: part of every clip's key */
    struct render *renders;      /* loop thread: in flight */
    struct ready_waiter *waiters;
    atomic_bool ears_ready, voice_ready, closed;
    atomic_uint ears_restarts, voice_restarts, partials_dropped, background_missed;
    int ears_workers, voice_workers;
};

/* Posts to the supervisor's loop; ESHUTDOWN after speech_close. */
int speech_post(struct speech *s, loop_fn *fn, void *arg);

#endif
