/* und_phrase.c - compiling and matching cue phrases. */
#include "talk/und_phrase.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "talk/lang.h"

#include "base/banned.h"

enum { BUCKETS = 4096, VOCABULARY_MAX = 8192, ALTERNATIVES_MAX = 32, GAP = 3 };

enum item_kind { ITEM_WORDS, ITEM_NUMBER, ITEM_GAP, ITEM_BEGIN, ITEM_END };

struct item { enum item_kind kind; bool optional; uint8_t n; const int32_t *ids; };

struct pattern { int cue; uint8_t n; const struct item *items; };

struct entry { const char *s; int32_t id; struct entry *next; struct ref *patterns; }; /* a word of the vocabulary */
struct ref { const struct pattern *p; struct ref *next; };

struct phrasebook {
    struct arena *arena;
    int32_t words;
    struct entry *buckets[BUCKETS];
    struct entry *by_id[VOCABULARY_MAX];
};

static uint32_t hash(const char *s, size_t n)
{
    uint32_t h = 2166136261u;

    while (n--)
        h = (h ^ (uint8_t)*s++) * 16777619u;
    return h;
}

struct phrasebook *phrasebook_alloc(struct arena *a)
{
    struct phrasebook *b = arena_alloc(a, sizeof *b);

    if (b)
        b->arena = a;
    return b;
}

static struct entry *find(const struct phrasebook *b, const char *s, size_t n)
{
    for (struct entry *e = b->buckets[hash(s, n) % BUCKETS]; e; e = e->next)
        if (strncmp(e->s, s, n) == 0 && e->s[n] == '\0')
            return e;
    return NULL;
}

static struct entry *intern(struct phrasebook *b, const char *s, size_t n)
{
    struct entry *e = find(b, s, n);
    uint32_t k = hash(s, n) % BUCKETS;

    if (e)
        return e;
    e = b->words < VOCABULARY_MAX ? arena_alloc(b->arena, sizeof *e) : NULL;
    if (e == NULL || (e->s = arena_strndup(b->arena, s, n)) == NULL)
        return NULL;
    e->id = b->words++;
    b->by_id[e->id] = e;
    e->next = b->buckets[k];
    b->buckets[k] = e;
    return e;
}

static int compile_words(struct phrasebook *b, struct item *it, const char *s, size_t n)
{
    int32_t ids[ALTERNATIVES_MAX], *kept;

    while (n) {
        const char *bar = memchr(s, '|', n);
        size_t m = bar ? (size_t)(bar - s) : n;
        struct entry *e;

        if (it->n == ALTERNATIVES_MAX || m == 0)
            return EINVAL;
        e = intern(b, s, m);
        if (e == NULL)
            return ENOMEM;
        ids[it->n++] = e->id;
        s += m + (bar != NULL);
        n -= m + (bar != NULL);
    }
    kept = arena_alloc(b->arena, it->n * sizeof *kept);
    if (kept == NULL)
        return ENOMEM;
    memcpy(kept, ids, it->n * sizeof *kept);
    it->ids = kept;
    return 0;
}

static int compile_item(struct phrasebook *b, struct item *it, const char *s, size_t n)
{
    memset(it, 0, sizeof *it);
    if (n > 1 && s[n - 1] == '?') {
        it->optional = true;
        n--;
    }
    if (n == 1 && strchr("#*<>", *s)) {
        it->kind = *s == '#' ? ITEM_NUMBER : *s == '*' ? ITEM_GAP : *s == '<' ? ITEM_BEGIN : ITEM_END;
        return 0;
    }
    return compile_words(b, it, s, n);
}

/* Files the pattern under each alternative of its first word. */
static int index_pattern(struct phrasebook *b, const struct pattern *p)
{
    const struct item *first = &p->items[p->items[0].kind == ITEM_BEGIN];

    if (first >= p->items + p->n || first->kind != ITEM_WORDS || first->optional)
        return EINVAL;
    for (size_t i = 0; i < first->n; i++) {
        struct entry *e = b->by_id[first->ids[i]];
        struct ref *r = arena_alloc(b->arena, sizeof *r);

        if (r == NULL)
            return ENOMEM;
        r->p = p;
        r->next = e->patterns;
        e->patterns = r;
    }
    return 0;
}

static int add_one(struct phrasebook *b, int cue, const char *s, size_t n)
{
    struct item items[PATTERN_ITEMS_MAX], *kept;
    struct pattern *p = arena_alloc(b->arena, sizeof *p);
    size_t count = 0;

    while (n) {
        size_t m = 0;
        int err;

        while (m < n && s[m] != ' ')
            m++;
        if (m) {
            if (count == PATTERN_ITEMS_MAX)
                return EINVAL;
            err = compile_item(b, &items[count++], s, m);
            if (err)
                return err;
        }
        s += m + (m < n);
        n -= m + (m < n);
    }
    if (count == 0)
        return 0;
    kept = arena_alloc(b->arena, count * sizeof *kept);
    if (p == NULL || kept == NULL)
        return ENOMEM;
    memcpy(kept, items, count * sizeof *kept);
    p->cue = cue;
    p->n = (uint8_t)count;
    p->items = kept;
    return index_pattern(b, p);
}

int phrasebook_add(struct phrasebook *b, int cue, const char *patterns)
{
    while (*patterns) {
        size_t n = strcspn(patterns, ";");
        int err = add_one(b, cue, patterns, n);

        if (err)
            return err;
        patterns += n + (patterns[n] == ';');
    }
    return 0;
}

static bool item_fits(const struct item *it, const struct words *w, size_t at)
{
    if (at >= w->n)
        return false;
    if (it->kind == ITEM_NUMBER)
        return w->lang->number_word(w, at);
    for (size_t i = 0; i < it->n; i++)
        if (w->at[at].id == it->ids[i])
            return true;
    return false;
}

/* End of the longest match of items [k..] at word `at`, or SIZE_MAX. Depth is bounded by the pattern's length. */
static size_t match(const struct pattern *p, size_t k, const struct words *w, size_t at)
{
    const struct item *it = &p->items[k];
    size_t end;

    if (k == p->n)
        return at;
    if (it->kind == ITEM_BEGIN)
        return at == 0 ? match(p, k + 1, w, at) : SIZE_MAX;
    if (it->kind == ITEM_END)
        return at == w->n ? match(p, k + 1, w, at) : SIZE_MAX;
    if (it->kind == ITEM_GAP) {
        for (size_t g = 0; g <= GAP && at + g <= w->n; g++)
            if ((end = match(p, k + 1, w, at + g)) != SIZE_MAX)
                return end;
        return SIZE_MAX;
    }
    if (item_fits(it, w, at) && (end = match(p, k + 1, w, at + 1)) != SIZE_MAX)
        return end;
    return it->optional ? match(p, k + 1, w, at) : SIZE_MAX;
}

void phrasebook_scan(const struct phrasebook *b, struct words *w, struct hits *out)
{
    out->n = 0;
    for (size_t i = 0; i < w->n; i++) {
        const struct entry *e = find(b, w->at[i].s, strlen(w->at[i].s));

        w->at[i].id = e ? e->id : -1;
    }
    for (size_t i = 0; i < w->n; i++) {
        const struct entry *e = w->at[i].id >= 0 ? b->by_id[w->at[i].id] : NULL;

        for (const struct ref *r = e ? e->patterns : NULL; r && out->n < HITS_MAX; r = r->next) {
            size_t end = match(r->p, 0, w, i);

            if (end != SIZE_MAX && end > i)
                out->at[out->n++] = (struct hit){ r->p->cue, i, end };
        }
    }
}

const struct hit *hits_find(const struct hits *h, int cue, size_t from, size_t to)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->at[i].cue == cue && h->at[i].from >= from && h->at[i].to <= to)
            return &h->at[i];
    return NULL;
}

const struct hit *hits_any(const struct hits *h, int cue)
{
    return hits_find(h, cue, 0, WORDS_MAX);
}
