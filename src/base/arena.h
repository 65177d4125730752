/* arena.h - memory that is freed all at once: one arena a request, a turn or a message.
 *
 * Not thread-safe. Allocation fails (NULL) once `max` bytes are in use: the caller reports ENOMEM. */
#ifndef BATON_BASE_ARENA_H
#define BATON_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks;
    size_t used; /* bytes handed out */
    size_t max;  /* limit of `used` */
};

void arena_init(struct arena *a, size_t max);

/* Frees everything; the arena may be used again afterwards. */
void arena_clear(struct arena *a);

/* As arena_clear; named apart because it ends the arena's life. */
void arena_release(struct arena *a);

/* Zeroed, aligned for any type. NULL when the limit is reached. */
void *arena_alloc(struct arena *a, size_t size);

char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
