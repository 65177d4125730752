/* media_tones.h - keys as audible tones (ITU-T Q.23), sent to far ends that did not agree to telephone events. Hearing them is media_touch.h. */
#ifndef BATON_LINE_MEDIA_TONES_H
#define BATON_LINE_MEDIA_TONES_H

#include <stdbool.h>
#include <stdint.h>

enum { TONES_ON_MS = 100, TONES_OFF_MS = 60, TONES_LEVEL_DBM0 = -10 };

struct media_tones; /* one port's; free with media_tones_free */

struct media_tones *media_tones_alloc(void); /* NULL: out of memory */
void media_tones_free(struct media_tones *t);

/* Queues one key to be sounded; false when it does not fit or is no key. */
bool media_tones_queue(struct media_tones *t, char key);

/* Replaces pcm while keys sound, and between them. False when there is nothing to sound. */
bool media_tones_sound(struct media_tones *t, int16_t pcm[160]);

#endif
