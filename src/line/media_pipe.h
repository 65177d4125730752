/* media_pipe.h - frames from one bridged port to the other, possibly on another thread: one producer, one consumer, no lock.
 *
 * Both ends run at 20 ms of the same clock, so a pipe holds a frame or two. When the producer was late and several frames
 * wait, the consumer drops down to MEDIA_PIPE_KEEP; when the pipe is full the producer drops. */
#ifndef BATON_LINE_MEDIA_PIPE_H
#define BATON_LINE_MEDIA_PIPE_H

#include <stdbool.h>
#include <stdint.h>

enum { MEDIA_PIPE_FRAMES = 8, MEDIA_PIPE_HIGH = 4, MEDIA_PIPE_KEEP = 2, MEDIA_PIPE_WINDOW = 50 };

struct media_pipe; /* refcounted (obj.h) */

struct media_pipe *media_pipe_alloc(void); /* NULL: out of memory */

void media_pipe_push(struct media_pipe *p, const int16_t frame[160]);
bool media_pipe_pop(struct media_pipe *p, int16_t frame[160]); /* false: nothing there */

#endif
