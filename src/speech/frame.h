/* frame.h - the words between the supervisor and a worker: length-prefixed frames over a stream socket.
 *
 * On the wire, all little-endian: u32 length of what follows | u8 type | u32 number | body. Workers hold no state between
 * frames: a job carries everything it needs, so that any worker can do it, and do it again after a crash.
 *
 *   READY   worker  engines are loaded; body: their description
 *   HEAR    to ears body: u8 final | samples (16 bit, 8 kHz) of the whole utterance so far
 *   TEXT    ears    body: f32 confidence | u32 work_ms | text
 *   SAY     voice   body: voice NUL text NUL
 *   PCM     voice   body: samples (16 bit, 8 kHz)
 *   FAILED  worker  body: u32 errno
 *   CANCEL  to ears the partial run `number` is not wanted any more */
#ifndef BATON_SPEECH_FRAME_H
#define BATON_SPEECH_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum frame_type { FRAME_READY = 1, FRAME_HEAR, FRAME_TEXT, FRAME_SAY, FRAME_PCM, FRAME_FAILED, FRAME_CANCEL };

enum {
    FRAME_HEAD = 9,              /* length, type, number */
    FRAME_BODY_MAX = 2u << 20,   /* two minutes of samples */
    FRAME_QUEUE_MAX = FRAME_BODY_MAX + 65536,
};

struct frame {
    enum frame_type type;
    uint32_t number;      /* of the job */
    const uint8_t *body;  /* borrowed from the buffer it was read from */
    size_t n;
};

/* Appends one frame whose body is given in two parts (either may be empty). 0, EMSGSIZE or ENOMEM; on failure
 * nothing was added. */
int frame_put(struct buf *out, enum frame_type type, uint32_t number, const void *a, size_t na, const void *b, size_t nb);

/* Looks at the first frame of `in`. *size is set to the bytes to consume once the frame was used. 0; EAGAIN when more bytes
 * are needed; EPROTO for a length or type that no peer of ours sends: the stream cannot be read further. */
int frame_peek(struct frame *f, size_t *size, const struct buf *in);

/* Bodies. Parsers give EPROTO for a body of the wrong shape; what they return is borrowed from the frame. */
struct frame_hear {
    bool final;
    const uint8_t *samples; /* unaligned little-endian */
    size_t n;               /* samples */
};
struct frame_text {
    float confidence;
    uint32_t work_ms;
    const char *text; /* not terminated */
    size_t n;
};
struct frame_say {
    const char *voice, *text; /* terminated */
};
int frame_hear_parse(struct frame_hear *out, const struct frame *f);
int frame_text_parse(struct frame_text *out, const struct frame *f);
int frame_say_parse(struct frame_say *out, const struct frame *f);
int frame_failed_parse(int *err, const struct frame *f);

int frame_text_put(struct buf *out, uint32_t number, float confidence, uint32_t work_ms, const char *text);
int frame_failed_put(struct buf *out, uint32_t number, int err);

#endif
