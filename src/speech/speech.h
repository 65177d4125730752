/* speech.h - ears and voice: recognition and synthesis in worker processes behind one supervisor.
 *
 * Workers (`baton-speech`) are reached over socketpairs with length-prefixed frames (frame.h). The supervisor runs
 * on a loop of its own; it restarts a worker that dies or hangs and replays the turn in progress, so that a
 * call survives. Every function here may be called from any thread and never blocks, unless stated. Results arrive on
 * the loop given by the caller. */
#ifndef BATON_SPEECH_SPEECH_H
#define BATON_SPEECH_SPEECH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clip.h"
#include "base/loop.h"

struct speech; /* the supervisor; refcounted (obj.h) */
struct ears;   /* one call's stream into a recogniser; refcounted */

enum {
    SPEECH_TEXT_MAX = 2048,      /* bytes of one recognised text */
    SPEECH_SAY_MAX = 1000,       /* bytes of one text to speak */
    SPEECH_UTTERANCE_MAX_S = 15, /* longer speech is cut by ears_flush of the caller */
    SPEECH_BACKGROUND_MAX = 64,  /* utterances of background streams that wait, of all calls together */
    SPEECH_BACKGROUND_WAIT_S = 120, /* none waits longer */
};

struct speech_config {
    const char *worker_path; /* the baton-speech program */
    const char *models_dir;  /* what scripts/fetch-models laid out */
    const char *cache_dir;   /* rendered prompts kept on disk; NULL: memory only */
    const char *recogniser;  /* "base" | "tiny" */
    int ears_workers, voice_workers; /* processes; 0 is allowed: that side is then unavailable */
    size_t cache_bytes;      /* limit of rendered prompts held in memory; oldest unused go first */
    int hang_ms;             /* a worker silent for so long on a job is killed; 0: 10 s */
    int wait_ms;             /* a final or a text to say waits no longer for a worker; 0: 8 s */
};

/* Starts the supervisor and its workers; returns at once, before the workers are ready. */
int speech_alloc(struct speech **sp, const struct speech_config *cfg);
void speech_close(struct speech *s); /* stops workers and the loop; blocks; then obj_unref */

struct speech_state {
    bool ears_ready, voice_ready; /* at least one worker of the kind answers */
    unsigned ears_restarts, voice_restarts;
    unsigned partials_dropped;    /* partial runs skipped under load; finals never are */
    unsigned background_missed;   /* finals of background streams that have no text */
    size_t cache_bytes, cache_clips;
    uint64_t cache_hits, cache_misses;
};
void speech_state_get(const struct speech *s, struct speech_state *out);

/* Posts fn(arg) to `loop` once both kinds are ready (or immediately if they are). */
int speech_when_ready(struct speech *s, struct loop *loop, loop_fn *fn, void *arg);

/* --- ears --- */

struct ears_result {
    uint32_t utterance;  /* the caller's number */
    bool final;
    char text[SPEECH_TEXT_MAX]; /* lower-case is not guaranteed; "" when nothing but noise was heard */
    float confidence;    /* mean log probability of the tokens, <= 0 */
    int audio_ms;        /* speech that was recognised */
    int work_ms;         /* wall time of the run */
    int err;             /* 0, or why there is no text (ETIMEDOUT, EIO: the caller treats it as not understood) */
};
/* Runs on the loop given to ears_open; `r` lives until return. */
typedef void(ears_result_fn)(const struct ears_result *r, void *arg);

int ears_open(struct ears **ep, struct speech *s, struct loop *loop, ears_result_fn *fn, void *arg);

/* Before the first sample: nobody waits for this stream's texts, so its finals come when no other stream wants the workers, and give way to them. There are no
 * partials. A final that found no room (EAGAIN) or no time (ETIMEDOUT) has no text. */
void ears_make_background(struct ears *e);

/* After ears_close no result is delivered any more, if called on the loop given to ears_open; then obj_unref. */
void ears_close(struct ears *e);

/* Appends 8 kHz samples to utterance `utt` (numbers ascend; a new number begins a new utterance). The stream keeps
 * the last SPEECH_UTTERANCE_MAX_S seconds so that a restarted worker can be given the turn again. */
int ears_feed(struct ears *e, uint32_t utt, const int16_t *pcm, size_t n);
int ears_partial(struct ears *e, uint32_t utt); /* asks for a partial; may be skipped under load */
/* The same, but only if a worker has nothing to do: what would keep others waiting is not begun. */
int ears_partial_if_idle(struct ears *e, uint32_t utt);
/* Asks for the final; exactly one final result follows. If nothing was fed since the last partial was asked for, that run serves as the
 * final: ask for a partial when a pause begins, feed on only if the speech does, and the final is there when the pause was the end. */
int ears_flush(struct ears *e, uint32_t utt);
int ears_drop(struct ears *e, uint32_t utt);    /* forget it (a cough) */

/* --- voice --- */

/* `voice`: "default" (hibari) or "flite:NAME" (rms, slt, awb, kal, kal16) for simulated people; either may be varied by factors of 0.5
 * to 2: "default:pitch=0.9,speed=1.1", "flite:slt,pitch=1.1".
 * Delivers one clip (a new reference for the receiver) or err. A text already rendered is delivered without a
 * worker. Runs on `loop`. */
typedef void(voice_clip_fn)(int err, struct clip *clip, void *arg);
int voice_say(struct speech *s, const char *voice, const char *text, struct loop *loop, voice_clip_fn *fn, void *arg);

/* The clip if it is in memory (new reference), else NULL. What lets the opening leave within a frame. */
struct clip *voice_cached(struct speech *s, const char *voice, const char *text);

/* Lays a text ready without waiting; fn may be NULL. Prefetches yield to voice_say. */
int voice_prefetch(struct speech *s, const char *voice, const char *text);

#endif
