/* spans.h - where there is speech in a recording, cut into pieces that the recogniser takes. */
#ifndef BATON_SPEECH_SPANS_H
#define BATON_SPEECH_SPANS_H

#include "speech/vad.h"

enum {
    SPAN_MAX_S = 14,      /* longer speech is cut where it is quietest */
    SPAN_MARGIN_MS = 150, /* of what surrounds the speech: soft beginnings and ends */
    SPAN_PAUSE_MS = 500,  /* a pause that parts two spans */
};

struct span {
    size_t begin, end; /* samples; end is just after the last one */
};

/* free(*spans). 0 or ENOMEM. */
int spans_find(struct span **spans, size_t *n, const struct vad_model *m, const int16_t *pcm, size_t samples);

#endif
