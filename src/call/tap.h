/* tap.h - the ears' end on the media thread: voice activity, pre-roll, feeding the recogniser.
 *
 * A tap is made and asked on the control loop and works on the media thread of its port. It tells the control loop when speech begins
 * and stops; between those it feeds the utterance to the recogniser itself, and asks for its final at the stop and at the cut, so
 * that audio never crosses the control loop and a busy control loop loses none. It pauses our own voice at the first sound of theirs
 * (speech/onset.h), and does not take our own echo for them (speech/echo.h). */
#ifndef BATON_CALL_TAP_H
#define BATON_CALL_TAP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "line/media.h"
#include "line/tones.h"
#include "speech/speech.h"
#include "speech/vad.h"

enum {
    TAP_PREROLL = 2400,
    TAP_CUT_MS = 12000,      /* stays below SPEECH_UTTERANCE_MAX_S */
    TAP_ASIDE_CUT_MS = 5000, /* while it overhears: a recogniser at so short a piece is soon free for an answer that an AI's talk waits for */
    TAP_QUIET_MS = 96,       /* so much silence within speech lets the recogniser begin: what it finds is the final if the silence goes on */
    TAP_PARTIAL_MS = 400,    /* but only after so much more speech */
    TAP_HOLD = 2400,         /* samples of that silence kept back */
};

/* To whom the tap listens for: the talk; the transcript of what humans say to one another; nobody. */
enum tap_hearing { TAP_HEARS, TAP_OVERHEARS, TAP_DEAF };

enum tap_event_kind {
    TAP_SPEECH_START,
    TAP_SPEECH_STOP, /* its final follows, unless deaf */
    TAP_SPEECH_CUT,  /* this utterance is full: its final follows, and the speech goes on as the next utterance */
    TAP_TONE,        /* a beep or another signal (line/tones.h) */
};

struct tap_event {
    enum tap_event_kind kind;
    uint32_t utterance;
    enum tap_hearing hearing; /* of this utterance */
    int64_t at_us;      /* of the audio: when speech began, or its last voiced sample */
    int64_t seen_us;    /* when the media thread noticed */
    int64_t onset_us;   /* START: when the packet with the onset that paused us began, by its arrival; 0: none did */
    struct tone_event tone; /* TONE */
};
typedef void(tap_event_fn)(const struct tap_event *ev, void *owner);

struct tap_params {
    const struct vad_model *model;  /* NULL: no voice activity (the call is deaf and says so) */
    const struct vad_params *vad;   /* NULL: the default */
    struct ears *ears;              /* reference taken; NULL: only start and stop are told */
    struct ears *overhearing;       /* the same, while it overhears */
    const atomic_int *hearing;      /* enum tap_hearing, inside owner: which ears are fed; an utterance that a change cuts stops there; NULL: TAP_HEARS */
    const atomic_bool *flinches;    /* inside owner; while true an onset pauses what the port plays; NULL: never */
    _Atomic int64_t *loud_us;       /* inside owner; gets the time at which the newest packet with sound arrived; NULL: not wanted */
    bool tones;                     /* tones are listened for, while it hears */
    struct loop *control;
    tap_event_fn *fn;               /* on the control loop */
    void *owner;                    /* obj.h object: a reference is held until the port has let go */
};

/* A new tap for sound that comes from elsewhere than a port: whoever calls these three is its media thread, and times are theirs. `closed` frees it. */
int tap_hooks(struct mport_tap *out, const struct tap_params *p);

/* Hooks a new tap into the port, which owns it from then on. */
int tap_attach(struct mport *port, const struct tap_params *p);

#endif
