/* echo.h - does the far end send our own voice back?
 *
 * Whenever it seems that somebody speaks while we do, what is heard is compared with what we sent in the last half second: an echo is the same
 * wave, later and fainter, and nobody else's voice is for long. Once an echo was found beyond doubt, or at the same delay again, its loss is known, and from then
 * on whatever is not clearly louder than the echo of what we send must be taken for it. A call without echo is never touched. A value, for one media thread. */
#ifndef BATON_SPEECH_ECHO_H
#define BATON_SPEECH_ECHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ECHO_FRAME = 160,
    ECHO_FRAMES = 40,        /* 800 ms of our voice are kept */
    ECHO_DELAY_MAX = 24,     /* frames: an echo later than 480 ms is not recognised */
    ECHO_LOOK_MAX = 1280,    /* samples compared at most: 160 ms */
};

struct echo {
    int16_t ours[ECHO_FRAMES * ECHO_FRAME]; /* oldest first */
    float level[ECHO_FRAMES];               /* amplitude of each frame of it */
    float gain;                             /* of the echo; 0: none that is sure was found */
    bool found;                             /* something like an echo was, so many samples late */
    int delay;
};

void echo_init(struct echo *e);

/* A frame that we sent. */
void echo_sent(struct echo *e, const int16_t ours[ECHO_FRAME]);

/* Were we loud in the last half second? */
bool echo_possible(const struct echo *e);

/* Is this, the newest n samples heard (320 or more; at most ECHO_LOOK_MAX count), our own voice? Costs about half a millisecond. */
bool echo_recognise(struct echo *e, const int16_t *heard, size_t n);

/* May this frame be nothing but the echo that is known? False as long as none was found. */
bool echo_covers(const struct echo *e, const int16_t heard[ECHO_FRAME]);

#endif
