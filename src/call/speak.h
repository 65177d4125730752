/* speak.h - the sentences of one call on their way to the wire: rendered, played in order, counted as heard.
 *
 * Control loop only. A sentence is queued with its text; its clip comes from the prompt cache at once or from the voice worker later; the
 * order is kept whatever arrives first. */
#ifndef BATON_CALL_SPEAK_H
#define BATON_CALL_SPEAK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clip.h"
#include "line/media.h"
#include "speech/speech.h"

enum { SPEAK_QUEUE_MAX = 24, SPEAK_TOPIC_MAX = 64 };

struct sentence {
    uint32_t said;            /* the talk's number of it */
    uint32_t seq;             /* ours, unique in the call */
    char topic[SPEAK_TOPIC_MAX];
    char text[SPEECH_SAY_MAX + 1];
    struct clip *clip;        /* NULL until rendered */
    int skip_ms;              /* begin so far into the clip (after an interruption) */
    int64_t queued_us, started_us;
    int heard_ms, total_ms;
    bool playing, stopping, interrupted;
};

enum speak_event_kind {
    SPEAK_EV_STARTED,   /* first sound of the sentence is on the wire */
    SPEAK_EV_ENDED,     /* it was played, or cut off (interrupted), or could not be rendered (no clip) */
    SPEAK_EV_ALL_DONE,  /* nothing is left to say, and the last sentence was not cut off */
};
typedef void(speak_event_fn)(enum speak_event_kind kind, const struct sentence *s, int64_t at_us, void *owner);

struct speak {
    struct speech *speech;    /* borrowed */
    struct loop *control;
    struct mport *port;       /* borrowed; NULL: texts wait */
    const char *voice;
    speak_event_fn *fn;
    void *owner;              /* obj.h object, kept alive by renderings under way */
    uint32_t next_seq;
    bool held;                /* nothing is played until speak_release */
    size_t n;
    struct sentence *queue[SPEAK_QUEUE_MAX];
};

void speak_init(struct speak *s, struct speech *speech, struct loop *control, const char *voice, speak_event_fn *fn, void *owner);
void speak_clear(struct speak *s); /* forgets everything; plays go on until the port is stopped */

/* Queues a sentence. ENOBUFS at SPEAK_QUEUE_MAX. */
int speak_add(struct speak *s, uint32_t said, const char *topic, const char *text);
/* Queues a sentence again that was cut off, from skip_ms on. */
int speak_again(struct speak *s, const struct sentence *old, int skip_ms);

/* Something short that is no sentence of the talk (said 0): it plays behind what plays, or not at all when it is not rendered yet. */
void speak_aside(struct speak *s, const char *text);
bool speak_only_asides(const struct speak *s); /* and at least one */

void speak_hold(struct speak *s);
void speak_release(struct speak *s);
void speak_pause(struct speak *s);  /* the port pauses at a sample, and what is not yet on it waits */
void speak_resume(struct speak *s); /* goes on from the same word */
void speak_stop(struct speak *s);   /* barge-in: stops the port; ENDED events follow */
bool speak_busy(const struct speak *s);
bool speak_sounds(const struct speak *s); /* a sentence that was begun is on the port, and is not being stopped */
const struct sentence *speak_find(const struct speak *s, uint32_t seq); /* NULL: none; borrowed */
size_t speak_behind(const struct speak *s, uint32_t seq); /* sentences waiting behind it */
bool speak_stopping(const struct speak *s); /* ENDED events of a stop are still to come */

/* Media events of the port: PLAY_STARTED and PLAY_DONE are taken (true), others not. */
bool speak_on_media(struct speak *s, const struct media_event *ev);

#endif
