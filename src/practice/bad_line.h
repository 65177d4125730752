/* bad_line.h - how bad the line of a simulated person is, written as "noise_db=10,gain_db=-30,echo_db=-20,echo_ms=120,loss=3,jitter_ms=40". */
#ifndef BATON_PRACTICE_BAD_LINE_H
#define BATON_PRACTICE_BAD_LINE_H

#include "line/media.h"

struct bad_line { /* zeroed: a good one */
    struct media_spoil sound;
    int loss, jitter_ms;
};

/* EINVAL for an unknown word or a value out of bounds. */
int bad_line_parse(struct bad_line *out, const char *spec);

/* What a person's port sends, and packets of it that are lost or late. */
void bad_line_apply(const struct bad_line *l, struct mport *p);

#endif
