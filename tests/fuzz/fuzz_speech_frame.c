/* Frames from a worker that may be broken: never read beyond the bytes given, never stuck. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "speech/frame.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse_bodies(const struct frame *f)
{
    struct frame_hear hear;
    struct frame_text text;
    struct frame_say say;
    volatile unsigned sum = 0;
    int err;

    if (frame_hear_parse(&hear, f) == 0)
        for (size_t i = 0; i < 2 * hear.n; i++)
            sum += hear.samples[i];
    if (frame_text_parse(&text, f) == 0)
        for (size_t i = 0; i < text.n; i++)
            sum += (unsigned char)text.text[i];
    if (frame_say_parse(&say, f) == 0) {
        for (const char *p = say.voice; *p != '\0'; p++)
            sum += (unsigned char)*p;
        for (const char *p = say.text; *p != '\0'; p++)
            sum += (unsigned char)*p;
    }
    if (frame_failed_parse(&err, f) == 0 && err <= 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct frame f;
    struct buf in;
    size_t used;

    buf_init(&in, FRAME_QUEUE_MAX);
    if (buf_add(&in, data, size) == 0) {
        while (frame_peek(&f, &used, &in) == 0) {
            if (used > in.len)
                abort();
            parse_bodies(&f);
            buf_consume(&in, used);
        }
    }
    buf_release(&in);
    return 0;
}
