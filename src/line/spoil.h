/* spoil.h - a bad line made on purpose, for tests and for the simulated carrier: what a port sends is made fainter, and noise and an echo of what it hears are
 * mixed in. A value of one port, on its media thread. */
#ifndef BATON_LINE_SPOIL_H
#define BATON_LINE_SPOIL_H

#include <stdint.h>

#include "line/media.h"

enum { SPOIL_ECHO_MAX_MS = 400 };

struct spoil {
    float gain, noise, echo; /* factors; the noise's amplitude */
    float low;               /* state of the noise's filter */
    uint32_t random;
    int delay;               /* samples */
    unsigned at;
    int16_t heard[(SPOIL_ECHO_MAX_MS + MEDIA_PTIME_MS) * 8]; /* ring */
};

void spoil_init(struct spoil *s, const struct media_spoil *p);
void spoil_frame(struct spoil *s, int16_t said[MEDIA_FRAME], const int16_t heard[MEDIA_FRAME]);

#endif
