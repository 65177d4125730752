/* bench_gap.h - the pause between the end of one voice and the beginning of the other, measured on a stereo recording alone. */
#ifndef BATON_MAIN_BENCH_GAP_H
#define BATON_MAIN_BENCH_GAP_H

#include "main/bench_stats.h"

/* From a recording of the simulated carrier (16 bit, 8 kHz; left: what the prospect heard, right: what they said): adds to `gaps` the milliseconds from
 * the last loud 10 ms frame of the right to the next beginning of sound on the left, for each time the left was silent at the end of the right. Pauses
 * above GAP_MAX_MS (nobody was asked anything) are left out. 0 or errno; EINVAL for a file of another shape. */
int bench_gap_read(struct samples *gaps, const char *path);

/* All *.wav of a folder. Returns how many files were read. */
int bench_gap_read_dir(struct samples *gaps, const char *dir);

enum { GAP_MAX_MS = 4000 };

#endif
