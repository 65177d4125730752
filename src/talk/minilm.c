/* minilm.c - the encoder: six transformer layers over WordPiece embeddings, mean-pooled (Devlin et al. 2019; Wang et al. 2020,
 * "MiniLM"; Reimers & Gurevych 2019). Its weights stay where the image lies (minilm_image.c). */
#include "talk/minilm.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "talk/minilm_priv.h"

#include "base/banned.h"

enum { VOCAB_BYTES_MAX = 4 * 1024 * 1024 };

static void destroy(void *obj)
{
    struct minilm *m = obj;

    arena_release(&m->arena);
    if (m->image.release)
        m->image.release(m->image.bytes, m->image.n);
}

int minilm_load(struct minilm **mp, const struct minilm_image *image, const char *vocab, size_t vocab_n)
{
    struct minilm *m = obj_alloc(sizeof *m, destroy);
    int err;

    if (m == NULL)
        return ENOMEM;
    arena_init(&m->arena, VOCAB_BYTES_MAX);
    err = image_layout(m, image->bytes, image->n);
    err = err ? err : vocab_load(&m->vocab, &m->arena, vocab, vocab_n);
    if (err) {
        obj_unref(m);
        return err;
    }
    m->image = *image;
    *mp = m;
    return 0;
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
