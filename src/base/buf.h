/* buf.h - a growing byte buffer that must state its maximum.
 *
 * `data` is always NUL-terminated once something was added. At the maximum an addition is refused as a
 * whole with EMSGSIZE and `failed` stays set, so a chain of additions may be checked once at its end. */
#ifndef BATON_BASE_BUF_H
#define BATON_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data;
    size_t len, cap, max;
    bool failed;
};

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
void buf_clear(struct buf *b);                      /* keeps the memory */
int buf_add(struct buf *b, const void *p, size_t n);
int buf_puts(struct buf *b, const char *s);
int buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_consume(struct buf *b, size_t n);          /* drops the first n bytes */
const char *buf_str(const struct buf *b);           /* never NULL */

#endif
