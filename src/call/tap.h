/* tap.h - the ears' end on the media thread: voice activity, pre-roll, feeding the recogniser.
 *
 * A tap is made and asked on the control loop and works on the media thread of its port. It tells the control loop when speech begins
 * and stops; between those it feeds the utterance to the recogniser itself, and asks for its final at the stop and at the cut, so
 * that audio never crosses the control loop and a busy control loop loses none. */
#ifndef BATON_CALL_TAP_H
#define BATON_CALL_TAP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "line/media.h"
#include "speech/speech.h"
#include "speech/vad.h"

enum { TAP_PREROLL = 2400, TAP_CUT_MS = 12000 }; /* the cut stays below SPEECH_UTTERANCE_MAX_S */

enum tap_event_kind {
    TAP_SPEECH_START,
    TAP_SPEECH_STOP, /* its final follows, unless muted */
    TAP_SPEECH_CUT,  /* this utterance is full: its final follows, and the speech goes on as the next utterance */
};

struct tap_event {
    enum tap_event_kind kind;
    uint32_t utterance;
    int64_t at_us;      /* of the audio: when speech began, or its last voiced sample */
    int64_t seen_us;    /* when the media thread noticed */
};
typedef void(tap_event_fn)(const struct tap_event *ev, void *owner);

struct tap_params {
    const struct vad_model *model;  /* NULL: no voice activity (the call is deaf and says so) */
    const struct vad_params *vad;   /* NULL: the default */
    struct ears *ears;              /* reference taken; NULL: only start and stop are told */
    const atomic_bool *muted;       /* inside owner; while true nothing goes to the ears; an utterance it cuts stops there; NULL: never */
    struct loop *control;
    tap_event_fn *fn;               /* on the control loop */
    void *owner;                    /* obj.h object: a reference is held until the port has let go */
};

/* Hooks a new tap into the port, which owns it from then on. */
int tap_attach(struct mport *port, const struct tap_params *p);

#endif
