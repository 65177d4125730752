/* fuzz_bad_line.c - any text as a bad line: settings within their bounds, or refused with nothing written. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "practice/bad_line.h"

enum { TEXT_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int within(int value, int min, int max)
{
    return value == 0 || (value >= min && value <= max);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[TEXT_MAX];
    struct bad_line l, before;
    int err;

    size = size < TEXT_MAX - 1 ? size : TEXT_MAX - 1;
    memcpy(text, data, size);
    text[size] = '\0';
    memset(&l, 0x55, sizeof l);
    before = l;
    err = bad_line_parse(&l, text);
    if (err != 0 && (err != EINVAL || memcmp(&l, &before, sizeof l) != 0))
        abort();
    if (err == 0 && (!within(l.sound.noise_db, 1, 60) || !within(l.sound.gain_db, -60, 20) || !within(l.sound.echo_db, -60, -1) || !within(l.sound.echo_ms, 1, 400) ||
                     !within(l.loss, 0, 100) || !within(l.jitter_ms, 0, 200)))
        abort();
    return 0;
}
