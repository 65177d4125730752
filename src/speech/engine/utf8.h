/* utf8.h - stepping through UTF-8. */
#ifndef BATON_SPEECH_ENGINE_UTF8_H
#define BATON_SPEECH_ENGINE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* The code point at *p, which moves on; never past `end`. A broken sequence yields U+FFFD and moves by one byte. Not called at
 * the end. */
static inline uint32_t utf8_next(const char **p, const char *end)
{
    const uint8_t *s = (const uint8_t *)*p;
    size_t n = s[0] < 0x80 ? 1 : s[0] >> 5 == 6 ? 2 : s[0] >> 4 == 14 ? 3 : s[0] >> 3 == 30 ? 4 : 0;
    uint32_t c = n == 1 ? s[0] : n == 0 ? 0xfffd : s[0] & (0x7fu >> n);

    if (n == 0 || n > (size_t)(end - *p)) {
        *p += 1;
        return 0xfffd;
    }
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80) {
            *p += 1;
            return 0xfffd;
        }
        c = c << 6 | (s[i] & 0x3fu);
    }
    *p += n;
    return c;
}

#endif
