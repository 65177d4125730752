/* minilm_tokens.c - WordPiece (Wu et al. 2016, as in BERT uncased): the longest piece first. */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "talk/minilm_priv.h"

#include "base/banned.h"

enum { ID_UNKNOWN = 100, ID_BEGIN = 101, ID_END = 102, TOKEN_BYTES_MAX = 64 };

static uint32_t hash(const char *s, size_t n)
{
    uint32_t h = 2166136261u;

    while (n--)
        h = (h ^ (uint8_t)*s++) * 16777619u;
    return h & (MINILM_HASH - 1);
}

static int32_t find(const struct vocab *v, const char *s, size_t n)
{
    for (uint32_t k = hash(s, n);; k = (k + 1) & (MINILM_HASH - 1)) {
        int32_t id = v->table[k] - 1;

        if (id < 0)
            return -1;
        if (v->start[id + 1] - v->start[id] - 1 == n && memcmp(v->text + v->start[id], s, n) == 0)
            return id;
    }
}

int vocab_load(struct vocab *v, struct arena *a, const char *text, size_t n)
{
    uint32_t at = 0;
    char *copy = arena_alloc(a, n + 2);

    v->start = arena_alloc(a, (MINILM_WORDS + 1) * sizeof *v->start);
    v->table = arena_alloc(a, MINILM_HASH * sizeof *v->table);
    if (copy == NULL || v->start == NULL || v->table == NULL)
        return ENOMEM;
    memcpy(copy, text, n);
    copy[n++] = '\n';
    v->text = copy;
    for (int32_t id = 0; id < MINILM_WORDS; id++) {
        const char *end = at < n ? memchr(copy + at, '\n', n - at) : NULL;
        uint32_t k;

        if (end == NULL)
            return EINVAL;
        v->start[id] = at;
        k = hash(copy + at, (size_t)(end - copy) - at);
        while (v->table[k])
            k = (k + 1) & (MINILM_HASH - 1);
        v->table[k] = (uint16_t)(id + 1);
        at = (uint32_t)(end - copy) + 1;
    }
    v->start[MINILM_WORDS] = at;
    return 0;
}

/* Next word or single mark of the text, lower-cased; 0 at the end. */
static size_t next_token(const char **text, char *out)
{
    const unsigned char *p = (const unsigned char *)*text;
    size_t n = 0;

    while (*p && *p <= ' ')
        p++;
    if (ispunct(*p)) {
        out[n++] = (char)*p++;
    } else {
        for (; *p > ' ' && !ispunct(*p); p++)
            if (n < TOKEN_BYTES_MAX)
                out[n++] = (char)tolower(*p);
    }
    *text = (const char *)p;
    return n;
}

static int32_t longest_piece(const struct vocab *v, const char *token, size_t from, size_t n, size_t *end)
{
    char piece[TOKEN_BYTES_MAX + 2] = "##";
    size_t lead = from ? 2 : 0;

    for (size_t e = n; e > from; e--) {
        int32_t id;

        memcpy(piece + lead, token + from, e - from);
        id = find(v, piece, lead + e - from);
        if (id >= 0) {
            *end = e;
            return id;
        }
    }
    return -1;
}

size_t vocab_cut(const struct vocab *v, const char *text, int32_t *ids, size_t max)
{
    char token[TOKEN_BYTES_MAX];
    size_t n = 0, count;

    ids[n++] = ID_BEGIN;
    while (n < max - 1 && (count = next_token(&text, token)) > 0) {
        size_t first = n;

        for (size_t at = 0; at < count && n < max - 1;) {
            int32_t id = longest_piece(v, token, at, count, &at);

            if (id < 0) {
                n = first;
                ids[n++] = ID_UNKNOWN;
                break;
            }
            ids[n++] = id;
        }
    }
    ids[n++] = ID_END;
    return n;
}
