/* ringback.h - the tone that says "it rings there": two seconds of it, four of silence (North American precise tone plan: 440 and 480 Hz). */
#ifndef BATON_DESK_RINGBACK_H
#define BATON_DESK_RINGBACK_H

#include "base/clip.h"

/* A clip to be played in a loop; the caller's reference. ENOMEM. */
int ringback_alloc(struct clip **cp);

#endif
