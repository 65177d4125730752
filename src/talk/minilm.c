/* minilm.c - the encoder: six transformer layers over WordPiece embeddings, mean-pooled (Devlin et al. 2019; Wang et al. 2020,
 * "MiniLM"; Reimers & Gurevych 2019). Weights are kept as 8-bit rows: 27 MB instead of 91, cosine to the original >= 0.997. */
#include "talk/minilm.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "talk/minilm_priv.h"

#include "base/banned.h"

enum { MODEL_BYTES_MAX = 48 * 1024 * 1024, HEADER_MAX = 1 << 20 };

struct tensors { const char *header, *data; size_t header_n, data_n; struct arena *arena; };

static void destroy(void *obj)
{
    struct minilm *m = obj;

    arena_release(&m->arena);
}

/* The safetensors layout: 8 bytes of length, a JSON header, then the data. */
static int open_tensors(struct tensors *t, const void *bytes, size_t n)
{
    uint64_t header;

    if (n < 8)
        return EINVAL;
    memcpy(&header, bytes, 8);
    if (header > HEADER_MAX || header > n - 8)
        return EINVAL;
    t->header = (const char *)bytes + 8;
    t->header_n = (size_t)header;
    t->data = t->header + header;
    t->data_n = n - 8 - (size_t)header;
    return 0;
}

/* Data of a tensor of `count` floats, or NULL. */
static const char *tensor(const struct tensors *t, const char *name, size_t count)
{
    char key[128];
    int key_n = snprintf(key, sizeof key, "\"%s\":{", name);
    const char *p = memmem(t->header, t->header_n, key, (size_t)key_n), *end, *at;
    unsigned long long from, to;
    char number[64], *rest;
    size_t n;

    if (p == NULL || (end = memchr(p, '}', t->header_n - (size_t)(p - t->header))) == NULL)
        return NULL;
    at = memmem(p, (size_t)(end - p), "\"data_offsets\":[", 16);
    if (at == NULL || memmem(p, (size_t)(end - p), "\"F32\"", 5) == NULL)
        return NULL;
    at += 16;
    n = (size_t)(end - at) < sizeof number - 1 ? (size_t)(end - at) : sizeof number - 1;
    memcpy(number, at, n);
    number[n] = '\0';
    from = strtoull(number, &rest, 10);
    if (*rest != ',')
        return NULL;
    to = strtoull(rest + 1, NULL, 10);
    if (to < from || to > t->data_n || to - from != count * sizeof(float))
        return NULL;
    return t->data + from;
}

static const float *copy_floats(const struct tensors *t, const char *name, size_t total, size_t wanted)
{
    const char *p = tensor(t, name, total);
    float *out = p ? arena_alloc(t->arena, wanted * sizeof *out) : NULL;

    if (out)
        memcpy(out, p, wanted * sizeof *out);
    return out;
}

static float round_row(int8_t *out, const char *row, size_t n, float *work)
{
    float top = 0, scale;

    memcpy(work, row, n * sizeof *work);
    for (size_t i = 0; i < n; i++)
        top = fabsf(work[i]) > top ? fabsf(work[i]) : top;
    scale = top / 127;
    for (size_t i = 0; i < n; i++)
        out[i] = scale > 0 ? (int8_t)lrintf(work[i] / scale) : 0;
    return scale;
}

static int load_matrix(struct kernel_matrix *m, const struct tensors *t, const char *name, size_t out, size_t in)
{
    float work[MINILM_INNER];
    const char *p = tensor(t, name, out * in);
    int8_t *w = arena_alloc(t->arena, out * in);
    float *scale = arena_alloc(t->arena, out * sizeof *scale);

    if (p == NULL)
        return EINVAL;
    if (w == NULL || scale == NULL)
        return ENOMEM;
    for (size_t o = 0; o < out; o++)
        scale[o] = round_row(w + o * in, p + o * in * sizeof(float), in, work);
    *m = (struct kernel_matrix){ .w = w, .scale = scale, .in = in, .out = out };
    return 0;
}

static int load_linear(struct kernel_matrix *m, const struct tensors *t, int layer, const char *part, size_t out, size_t in)
{
    char name[112];
    int err;

    snprintf(name, sizeof name, "encoder.layer.%d.%s.weight", layer, part);
    err = load_matrix(m, t, name, out, in);
    snprintf(name, sizeof name, "encoder.layer.%d.%s.bias", layer, part);
    m->bias = err ? NULL : copy_floats(t, name, out, out);
    return err ? err : m->bias ? 0 : EINVAL;
}

static int load_norm(const float **gain, const float **bias, const struct tensors *t, int layer, const char *part)
{
    char name[112];

    snprintf(name, sizeof name, "encoder.layer.%d.%s.weight", layer, part);
    *gain = copy_floats(t, name, MINILM_DIM, MINILM_DIM);
    snprintf(name, sizeof name, "encoder.layer.%d.%s.bias", layer, part);
    *bias = copy_floats(t, name, MINILM_DIM, MINILM_DIM);
    return *gain && *bias ? 0 : EINVAL;
}

static int load_layer(struct minilm_layer *l, const struct tensors *t, int i)
{
    int err = load_linear(&l->query, t, i, "attention.self.query", MINILM_DIM, MINILM_DIM);

    err = err ? err : load_linear(&l->key, t, i, "attention.self.key", MINILM_DIM, MINILM_DIM);
    err = err ? err : load_linear(&l->value, t, i, "attention.self.value", MINILM_DIM, MINILM_DIM);
    err = err ? err : load_linear(&l->output, t, i, "attention.output.dense", MINILM_DIM, MINILM_DIM);
    err = err ? err : load_linear(&l->inner, t, i, "intermediate.dense", MINILM_INNER, MINILM_DIM);
    err = err ? err : load_linear(&l->outer, t, i, "output.dense", MINILM_DIM, MINILM_INNER);
    err = err ? err : load_norm(&l->norm1, &l->norm1_bias, t, i, "attention.output.LayerNorm");
    return err ? err : load_norm(&l->norm2, &l->norm2_bias, t, i, "output.LayerNorm");
}

static int load_embeddings(struct minilm *m, const struct tensors *t)
{
    int err = load_matrix(&m->words, t, "embeddings.word_embeddings.weight", MINILM_WORDS, MINILM_DIM);

    if (err)
        return err;
    m->positions = copy_floats(t, "embeddings.position_embeddings.weight", 512 * MINILM_DIM, MINILM_TOKENS_MAX * MINILM_DIM);
    m->type = copy_floats(t, "embeddings.token_type_embeddings.weight", 2 * MINILM_DIM, MINILM_DIM);
    m->norm = copy_floats(t, "embeddings.LayerNorm.weight", MINILM_DIM, MINILM_DIM);
    m->norm_bias = copy_floats(t, "embeddings.LayerNorm.bias", MINILM_DIM, MINILM_DIM);
    return m->positions && m->type && m->norm && m->norm_bias ? 0 : EINVAL;
}

int minilm_load(struct minilm **mp, const void *safetensors, size_t safetensors_n, const char *vocab, size_t vocab_n)
{
    struct minilm *m = obj_alloc(sizeof *m, destroy);
    struct tensors t = { 0 };
    int err;

    if (m == NULL)
        return ENOMEM;
    arena_init(&m->arena, MODEL_BYTES_MAX);
    t.arena = &m->arena;
    err = open_tensors(&t, safetensors, safetensors_n);
    err = err ? err : load_embeddings(m, &t);
    for (int i = 0; i < MINILM_LAYERS && err == 0; i++)
        err = load_layer(&m->layers[i], &t, i);
    err = err ? err : vocab_load(&m->vocab, &m->arena, vocab, vocab_n);
    if (err)
        obj_unref(m);
    else
        *mp = m;
    return err;
}

/* x = norm(x + y), row by row; y may be NULL. */
static void add_and_norm(float *x, const float *y, const float *gain, const float *bias, size_t rows)
{
    for (size_t t = 0; t < rows; t++, x += MINILM_DIM) {
        float mean = 0, var = 0, r;

        if (y)
            kernel_add(x, y + t * MINILM_DIM, 1, MINILM_DIM);
        for (size_t i = 0; i < MINILM_DIM; i++)
            mean += x[i];
        mean /= MINILM_DIM;
        for (size_t i = 0; i < MINILM_DIM; i++)
            var += (x[i] - mean) * (x[i] - mean);
        r = 1 / sqrtf(var / MINILM_DIM + 1e-12f);
        for (size_t i = 0; i < MINILM_DIM; i++)
            x[i] = (x[i] - mean) * r * gain[i] + bias[i];
    }
}

static void attend_row(float *out, const float *q, const float *k, const float *v, size_t rows)
{
    float a[MINILM_TOKENS_MAX], top = -INFINITY, sum = 0;

    for (size_t u = 0; u < rows; u++) {
        a[u] = kernel_dot(q, k + u * MINILM_DIM, MINILM_HEAD_DIM) * 0.17677669f; /* 1 / sqrt(32) */
        top = a[u] > top ? a[u] : top;
    }
    for (size_t u = 0; u < rows; u++)
        sum += a[u] = expf(a[u] - top);
    memset(out, 0, MINILM_HEAD_DIM * sizeof *out);
    for (size_t u = 0; u < rows; u++)
        kernel_add(out, v + u * MINILM_DIM, a[u] / sum, MINILM_HEAD_DIM);
}

static void attend(float *out, const float *q, const float *k, const float *v, size_t rows)
{
    for (size_t h = 0; h < MINILM_HEADS; h++)
        for (size_t t = 0; t < rows; t++) {
            size_t at = h * MINILM_HEAD_DIM;

            attend_row(out + t * MINILM_DIM + at, q + t * MINILM_DIM + at, k + at, v + at, rows);
        }
}

struct workspace { float x[MINILM_TOKENS_MAX * MINILM_DIM], q[MINILM_TOKENS_MAX * MINILM_DIM], k[MINILM_TOKENS_MAX * MINILM_DIM],
                   v[MINILM_TOKENS_MAX * MINILM_DIM], c[MINILM_TOKENS_MAX * MINILM_DIM], inner[MINILM_TOKENS_MAX * MINILM_INNER]; };

static void run_layer(const struct minilm_layer *l, struct workspace *s, size_t n)
{
    kernel_multiply(s->q, &l->query, s->x, n);
    kernel_multiply(s->k, &l->key, s->x, n);
    kernel_multiply(s->v, &l->value, s->x, n);
    attend(s->c, s->q, s->k, s->v, n);
    kernel_multiply(s->q, &l->output, s->c, n);
    add_and_norm(s->x, s->q, l->norm1, l->norm1_bias, n);
    kernel_multiply(s->inner, &l->inner, s->x, n);
    kernel_gelu(s->inner, n * MINILM_INNER);
    kernel_multiply(s->q, &l->outer, s->inner, n);
    add_and_norm(s->x, s->q, l->norm2, l->norm2_bias, n);
}

static void embed_tokens(const struct minilm *m, float *x, const int32_t *ids, size_t n)
{
    for (size_t t = 0; t < n; t++) {
        const int8_t *w = m->words.w + (size_t)ids[t] * MINILM_DIM;
        float scale = m->words.scale[ids[t]];

        for (size_t i = 0; i < MINILM_DIM; i++)
            x[t * MINILM_DIM + i] = (float)w[i] * scale + m->positions[t * MINILM_DIM + i] + m->type[i];
    }
    add_and_norm(x, NULL, m->norm, m->norm_bias, n);
}

static void pool(float *out, const float *x, size_t n)
{
    float s;

    memset(out, 0, MINILM_DIM * sizeof *out);
    for (size_t t = 0; t < n; t++)
        kernel_add(out, x + t * MINILM_DIM, 1, MINILM_DIM);
    s = 1 / sqrtf(kernel_dot(out, out, MINILM_DIM) + 1e-20f);
    for (size_t i = 0; i < MINILM_DIM; i++)
        out[i] *= s;
}

void minilm_embed(const struct minilm *m, const char *text, float out[MINILM_DIM])
{
    int32_t ids[MINILM_TOKENS_MAX];
    size_t n = vocab_cut(&m->vocab, text, ids, MINILM_TOKENS_MAX);
    struct workspace *s = malloc(sizeof *s);

    memset(out, 0, MINILM_DIM * sizeof *out);
    if (s == NULL)
        return; /* a zero vector is like nothing: understanding falls back to its rules */
    embed_tokens(m, s->x, ids, n);
    for (int i = 0; i < MINILM_LAYERS; i++)
        run_layer(&m->layers[i], s, n);
    pool(out, s->x, n);
    free(s);
}
