/* onset.h - somebody begins to speak: told some 30 ms after the first sound, long before voice activity is sure.
 *
 * Works on packets as they arrive, before the jitter buffer. A frame that is clearly louder than the background is looked at by the voice activity
 * network once more, with the memory of the segmenter that runs behind the buffer; clicks, knocks and noise are mostly told apart by it. Who acts on an
 * onset must be able to take it back: it is a suspicion. A value, for one media thread. */
#ifndef BATON_SPEECH_ONSET_H
#define BATON_SPEECH_ONSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "speech/vad.h"

struct onset {
    float floor;          /* level of the background, as an amplitude */
    size_t n;             /* samples in `last` */
    int16_t last[VAD_CONTEXT + VAD_CHUNK];
};

void onset_init(struct onset *o);

/* n samples (1..480) that arrived. True: this sounds like the beginning of speech. */
bool onset_push(struct onset *o, const struct vad *v, const int16_t *pcm, size_t n);

#endif
