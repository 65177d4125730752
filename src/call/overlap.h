/* overlap.h - how long did both voices sound together by our doing? Pure: instants in, milliseconds out. All instants are clock_mono_us.
 *
 *     theirs      ▁▁████████▁▁          ▁▁████████▁▁
 *     ours        ▁▁▁▁▁▁█████▁          ██████▁▁▁▁▁▁
 *                       ├──┤ began        ├┄├─┤ went on: without the time that a pause may take
 *
 * We began, or took our sentence up again, while they spoke: all of it counts. They began while we spoke: what lies beyond OVERLAP_PAUSE_MS. */
#ifndef BATON_CALL_OVERLAP_H
#define BATON_CALL_OVERLAP_H

#include <stdbool.h>
#include <stdint.h>

enum {
    OVERLAP_PAUSE_MS = 60,
    OVERLAP_JOIN_MS = 250,  /* sentences with no longer a gap between them are one stretch of our voice */
    OVERLAP_STRETCHES = 16, /* the newest are kept */
};

struct overlap_ms { int began, went_on; };

struct overlap { /* zeroed: we are silent. One thread */
    struct { int64_t from_us, to_us; } ours[OVERLAP_STRETCHES]; /* oldest first; to_us 0: it sounds still */
    int n;
    bool said_out; /* the newest one ended by itself */
};

void overlap_ours_began(struct overlap *o, int64_t at_us);
/* said_out: all of the sentence was said; else it was paused or cut off. */
void overlap_ours_ended(struct overlap *o, int64_t at_us, bool said_out);

/* They spoke from one instant to the other, which is past: adds what there was of us. */
void overlap_theirs(struct overlap_ms *sum, const struct overlap *o, int64_t from_us, int64_t to_us);

#endif
