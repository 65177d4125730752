/* media_touch.h - keys heard as audible tones (ITU-T Q.23), from a far end that did not agree to telephone events.
 *
 * Speech is sometimes taken for a key, and in a call with a prospect a key may mean an opt-out: there nobody listens for them. It is switched on only where a key is
 * asked for and little depends on a wrong one (mport_hear_touch). One media thread at a time. */
#ifndef BATON_LINE_MEDIA_TOUCH_H
#define BATON_LINE_MEDIA_TOUCH_H

#include <stdint.h>

struct media_touch; /* free with media_touch_free */

struct media_touch *media_touch_alloc(void); /* NULL: out of memory */
void media_touch_free(struct media_touch *t);

/* Takes the next 20 ms: the key that was recognised in it, or 0. */
char media_touch_hear(struct media_touch *t, const int16_t pcm[160]);

#endif
