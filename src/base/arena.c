#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { BLOCK_MIN = 8192, BLOCK_MAX = 256 * 1024, GROWTH = 4 }; /* a large arena grows by a quarter, so that it lies in few pieces and leaves no holes */

struct arena_block {
    alignas(max_align_t) struct arena_block *next;
    size_t used, size;
};

void arena_init(struct arena *a, size_t max)
{
    *a = (struct arena){.max = max};
}

void arena_clear(struct arena *a)
{
    while (a->blocks != NULL) {
        struct arena_block *b = a->blocks;

        a->blocks = b->next;
        free(b);
    }
    a->used = 0;
}

void arena_release(struct arena *a)
{
    arena_clear(a);
}

static struct arena_block *block_add(struct arena *a, size_t need)
{
    size_t grow = a->used / GROWTH, size = grow < BLOCK_MIN ? BLOCK_MIN : grow > BLOCK_MAX ? BLOCK_MAX : grow;
    struct arena_block *b;

    size = need > size ? need : size;
    b = calloc(1, sizeof *b + size);
    if (b == NULL)
        return NULL;
    b->size = size;
    b->next = a->blocks;
    a->blocks = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t need = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct arena_block *b = a->blocks;
    void *p;

    if (need < size || need > a->max - a->used)
        return NULL;
    if ((b == NULL || b->size - b->used < need) && (b = block_add(a, need)) == NULL)
        return NULL;
    p = (char *)(b + 1) + b->used;
    b->used += need;
    a->used += need;
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);

    if (p != NULL && n > 0)
        memcpy(p, s, n);
    return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap, ap2;
    char *p = NULL;
    int n;

    va_start(ap, fmt);
    va_copy(ap2, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    if (n >= 0 && (p = arena_alloc(a, (size_t)n + 1)) != NULL)
        vsnprintf(p, (size_t)n + 1, fmt, ap2);
    va_end(ap2);
    va_end(ap);
    return p;
}
