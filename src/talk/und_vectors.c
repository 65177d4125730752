/* und_vectors.c - sentence vectors and their cache.
 *
 * Cache: "UNDV0002", the model's vector of a fixed sentence (another model makes another one), then entries of a 64-bit hash of
 * the text, the scale and the 8-bit numbers of its vector, sorted by hash. */
#include "talk/und_vectors.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "talk/minilm_kernel.h"
#include "talk/lang.h"
#include "talk/understand.h"

#include "base/banned.h"

enum { DIM = MINILM_DIM, PROBE_BYTES = MINILM_DIM * sizeof(float), ENTRY_BYTES = 8 + sizeof(struct small_vector), HEAD_BYTES = 8 + PROBE_BYTES };

static const char magic[8] = { 'U', 'N', 'D', 'V', '0', '0', '0', '2' };
static const char probe[] = "the same sentence for every model";

static uint64_t hash(const char *s, size_t n)
{
    uint64_t h = 1469598103934665603u;

    while (n--)
        h = (h ^ (uint8_t)*s++) * 1099511628211u;
    return h;
}

uint64_t vectors_hash(const char *text)
{
    return hash(text, strlen(text));
}

static uint64_t entry_hash(const unsigned char *e)
{
    uint64_t h;

    memcpy(&h, e, 8);
    return h;
}

void vectors_init(struct vectors *v, const struct lang *lang, const struct minilm *model, const void *cache, size_t n)
{
    float now[DIM], then[DIM];

    memset(v, 0, sizeof *v);
    v->lang = lang;
    v->model = model;
    if (model == NULL || cache == NULL || n < HEAD_BYTES || (n - HEAD_BYTES) % ENTRY_BYTES || memcmp(cache, magic, sizeof magic) != 0)
        return;
    memcpy(then, (const unsigned char *)cache + 8, sizeof then);
    minilm_embed(model, probe, now);
    if (!(kernel_dot(now, then, DIM) > 0.9999f))
        return;
    v->cache.entries = (const unsigned char *)cache + HEAD_BYTES;
    v->cache.n = (n - HEAD_BYTES) / ENTRY_BYTES;
}

static bool is_light(const char *s)
{
    static const char *const light[] = { "i", "a", "an", "the", "to", "of", "is", "am", "are", "be", "it", "and", "or", "in", "on", "at", "for",
                                         "we", "you", "me", "my", "our", "your", "that", "this", "do", "does", "have", "has", "just", "so", "with",
                                         "would", "will", "can", "was", "please", "some", "any", "well", "us" };

    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        if (strcmp(light[i], s) == 0)
            return true;
    return false;
}

static size_t stem(const char *s)
{
    static const char *const ends[] = { "ing", "ed", "es", "s", "ly" };
    size_t n = strlen(s);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t m = strlen(ends[i]);

        if (n >= m + 3 && memcmp(s + n - m, ends[i], m) == 0)
            return n - m;
    }
    return n;
}

static void drop_in(float *out, uint64_t h, float weight)
{
    out[(h >> 8) % DIM] += h & 1 ? weight : -weight;
}

/* Words and pairs of words, hashed: likeness is overlap. */
static void hash_words(float *out, const struct words *w, size_t from, size_t to)
{
    uint64_t before = 0;

    for (size_t i = from; i < to; i++) {
        uint64_t h = hash(w->at[i].s, stem(w->at[i].s));
        bool light = is_light(w->at[i].s);

        drop_in(out, h, light ? 0.25f : 1.0f);
        if (i > from)
            drop_in(out, (h * 31) ^ before, light ? 0.2f : 0.4f);
        before = h;
    }
}

static void put(struct lex *l, uint64_t h, float by)
{
    if (l->n == LEX_MAX)
        return;
    l->at[l->n] = (uint16_t)((h >> 8) % LEX_WORDS);
    l->by[l->n++] = (h >> 40) & 1 ? by : -by;
}

/* Amounts are alike; "one" is mostly a pronoun. */
static uint64_t word_hash(const struct words *w, size_t i)
{
    if (w->lang->number_word(w, i) && !word_is(w, i, "one"))
        return hash("#", 1);
    return hash(w->at[i].s, stem(w->at[i].s));
}

void vectors_lex(struct lex *out, const struct words *w, size_t from, size_t to)
{
    const float pair = 0.7f;
    uint64_t before = hash("<", 1);
    float s = 0;

    out->n = 0;
    for (size_t i = from; i < to && i < w->n; i++) {
        uint64_t h = word_hash(w, i);

        put(out, h, 1);
        put(out, (h * 31) ^ before, pair);
        before = h;
    }
    put(out, (hash(">", 1) * 31) ^ before, pair);
    for (size_t i = 0; i < out->n; i++)
        s += out->by[i] * out->by[i];
    for (size_t i = 0; i < out->n; i++)
        out->by[i] /= sqrtf(s);
}

void vectors_lex_mark(struct lex *out, size_t mark, float by)
{
    if (out->n == LEX_MAX || mark >= LEX_MARKS)
        return;
    out->at[out->n] = (uint16_t)(LEX_WORDS + mark);
    out->by[out->n++] = by;
}

static void normalise(float *v)
{
    float s = kernel_dot(v, v, DIM);

    s = s > 0 ? 1 / sqrtf(s) : 0;
    for (size_t i = 0; i < DIM; i++)
        v[i] *= s;
}

void small_vector_pack(struct small_vector *out, const float *v)
{
    float top = 0;

    for (size_t i = 0; i < DIM; i++)
        top = fabsf(v[i]) > top ? fabsf(v[i]) : top;
    out->scale = top / INT8_MAX;
    for (size_t i = 0; i < DIM; i++)
        out->at[i] = top > 0 ? (int8_t)lrintf(v[i] / top * INT8_MAX) : 0;
}

void small_vector_unpack(float *out, const struct small_vector *v)
{
    for (size_t i = 0; i < DIM; i++)
        out[i] = v->scale * (float)v->at[i];
}

float small_vector_dot(const struct small_vector *a, const float *b)
{
    return a->scale * kernel_dot8(b, a->at, DIM);
}

void vectors_words(float *out, const struct vectors *v, const struct words *w, size_t from, size_t to)
{
    char text[UND_TEXT_MAX + 1];

    memset(out, 0, DIM * sizeof *out);
    if (from >= to || to > w->n)
        return;
    if (v->model) {
        words_quote(text, sizeof text, w, from, to);
        minilm_embed(v->model, text, out);
    } else {
        hash_words(out, w, from, to);
        normalise(out);
    }
}

static const unsigned char *cached(const struct vector_cache *c, uint64_t h)
{
    size_t lo = 0, hi = c->n;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const unsigned char *e = c->entries + mid * ENTRY_BYTES;

        if (entry_hash(e) == h)
            return e + 8;
        if (entry_hash(e) < h)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

void vectors_example(struct small_vector *out, const struct vectors *v, const char *text)
{
    const unsigned char *known = v->cache.n ? cached(&v->cache, vectors_hash(text)) : NULL;
    float exact[DIM];
    struct words w;

    if (known) {
        memcpy(out, known, sizeof *out);
        if (!(out->scale >= 0 && out->scale <= 1)) /* a unit vector's */
            out->scale = 0;
        return;
    }
    words_cut(&w, v->lang, text);
    vectors_words(exact, v, &w, 0, w.n);
    small_vector_pack(out, exact);
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = entry_hash(a), y = entry_hash(b);

    return x < y ? -1 : x > y;
}

/* Those that `then` does not hold. Returns their number. */
static size_t put_new(unsigned char *at, const struct vector_cache *then, const struct vector_entry *e, size_t n)
{
    size_t put_n = 0;

    for (size_t i = 0; i < n; i++) {
        uint64_t h = vectors_hash(e[i].text);

        if (cached(then, h))
            continue;
        memcpy(at + put_n * ENTRY_BYTES, &h, 8);
        memcpy(at + put_n++ * ENTRY_BYTES + 8, e[i].v, sizeof *e[i].v);
    }
    return put_n;
}

int vectors_export(const struct vectors *v, const struct vector_entry *e, size_t n, const void *old, size_t old_n, void **bytes, size_t *size)
{
    struct vector_cache none = { NULL, 0 };
    struct vectors then;
    unsigned char *out;
    float p[DIM];
    size_t new_n;

    if (v->model == NULL)
        return ENOENT;
    vectors_init(&then, v->lang, v->model, old, old_n);
    out = malloc(HEAD_BYTES + (then.cache.n + n) * ENTRY_BYTES);
    if (out == NULL)
        return ENOMEM;
    new_n = put_new(out + HEAD_BYTES, &then.cache, e, n);
    if (new_n == 0) {
        free(out);
        return EALREADY;
    }
    if (then.cache.n + new_n > VECTOR_CACHE_MAX) {
        then.cache.n = 0;
        new_n = put_new(out + HEAD_BYTES, &none, e, n);
    }
    minilm_embed(v->model, probe, p);
    memcpy(out, magic, sizeof magic);
    memcpy(out + 8, p, PROBE_BYTES);
    if (then.cache.n)
        memcpy(out + HEAD_BYTES + new_n * ENTRY_BYTES, then.cache.entries, then.cache.n * ENTRY_BYTES);
    qsort(out + HEAD_BYTES, new_n + then.cache.n, ENTRY_BYTES, by_hash);
    *bytes = out;
    *size = HEAD_BYTES + (new_n + then.cache.n) * ENTRY_BYTES;
    return 0;
}
