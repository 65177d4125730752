/* tone_signal.h - what a sequence of tone segments means. Pure: segments in, signals out. */
#ifndef BATON_LINE_TONE_SIGNAL_H
#define BATON_LINE_TONE_SIGNAL_H

#include "line/tones.h"

/* A steady tone that has ended, and the pause before it (up to TONE_GAP_MAX_MS). */
struct tone_segment { int hz, hz2, dbfs, ms, gap_ms; };

enum { TONE_GAP_MAX_MS = 60000, TONE_HISTORY = 3 };

struct tone_signal { /* zeroed at first */
    int n;
    struct tone_segment last[TONE_HISTORY]; /* the newest at the end */
};

/* True: with this segment *ev is complete. */
bool tone_signal_segment(struct tone_signal *s, const struct tone_segment *seg, struct tone_event *ev);

#endif
