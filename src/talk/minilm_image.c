/* minilm_image.c - where each weight lies in an image, and how an image is made from the published file.
 *
 *   magic, then in this order, each begun at a multiple of 64 bytes: word rows and their scales, positions, type, norm, and for each
 *   layer six matrices (rows, scales, bias) and two norms (gain, bias)
 *
 * The layout is a constant of this file, so an image has one right size; another one is refused. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "talk/minilm_priv.h"

#include "base/banned.h"

enum { HEADER_MAX = 1 << 20, ALIGN = 64, POSITIONS_PUBLISHED = 512, TYPES_PUBLISHED = 2 };

static const char magic[ALIGN] = "baton minilm image 1";

/* --- the layout --- */

struct cursor { const char *base; size_t at; };

static const void *take(struct cursor *c, size_t n)
{
    const void *p = c->base + c->at;

    c->at += (n + ALIGN - 1) / ALIGN * ALIGN;
    return p;
}

static const float *take_floats(struct cursor *c, size_t n) { return take(c, n * sizeof(float)); }

static void lay_matrix(struct kernel_matrix *m, struct cursor *c, size_t out, size_t in, bool bias)
{
    *m = (struct kernel_matrix){ .in = in, .out = out };
    m->w = take(c, out * in);
    m->scale = take_floats(c, out);
    m->bias = bias ? take_floats(c, out) : NULL;
}

static void lay_layer(struct minilm_layer *l, struct cursor *c)
{
    struct kernel_matrix *square[] = { &l->query, &l->key, &l->value, &l->output };
    const float **norms[] = { &l->norm1, &l->norm1_bias, &l->norm2, &l->norm2_bias };

    for (size_t i = 0; i < 4; i++)
        lay_matrix(square[i], c, MINILM_DIM, MINILM_DIM, true);
    lay_matrix(&l->inner, c, MINILM_INNER, MINILM_DIM, true);
    lay_matrix(&l->outer, c, MINILM_DIM, MINILM_INNER, true);
    for (size_t i = 0; i < 4; i++)
        *norms[i] = take_floats(c, MINILM_DIM);
}

/* Returns the size of an image. */
static size_t lay(struct minilm *m, const char *base)
{
    struct cursor c = { .base = base, .at = sizeof magic };

    lay_matrix(&m->words, &c, MINILM_WORDS, MINILM_DIM, false);
    m->positions = take_floats(&c, MINILM_TOKENS_MAX * MINILM_DIM);
    m->type = take_floats(&c, MINILM_DIM);
    m->norm = take_floats(&c, MINILM_DIM);
    m->norm_bias = take_floats(&c, MINILM_DIM);
    for (int i = 0; i < MINILM_LAYERS; i++)
        lay_layer(&m->layers[i], &c);
    return c.at;
}

int image_layout(struct minilm *m, const void *bytes, size_t n)
{
    size_t wanted = lay(m, bytes);

    return n == wanted && memcmp(bytes, magic, sizeof magic) == 0 ? 0 : EINVAL;
}

/* --- the published file --- */

struct tensors { const char *header, *data; size_t header_n, data_n; };

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

static int fill_floats(const float *to, const struct tensors *t, const char *name, size_t published, size_t wanted)
{
    const char *p = tensor(t, name, published);

    if (p == NULL)
        return EINVAL;
    memcpy((float *)to, p, wanted * sizeof *to);
    return 0;
}

static float round_row(int8_t *out, const char *row, size_t n)
{
    float work[MINILM_INNER], top = 0, scale;

    memcpy(work, row, n * sizeof *work);
    for (size_t i = 0; i < n; i++)
        top = fabsf(work[i]) > top ? fabsf(work[i]) : top;
    scale = top / 127;
    for (size_t i = 0; i < n; i++)
        out[i] = scale > 0 ? (int8_t)lrintf(work[i] / scale) : 0;
    return scale;
}

static int fill_matrix(const struct kernel_matrix *m, const struct tensors *t, const char *name)
{
    const char *p = tensor(t, name, m->out * m->in);

    if (p == NULL)
        return EINVAL;
    for (size_t o = 0; o < m->out; o++)
        ((float *)m->scale)[o] = round_row((int8_t *)m->w + o * m->in, p + o * m->in * sizeof(float), m->in);
    return 0;
}

static int fill_linear(const struct kernel_matrix *m, const struct tensors *t, int layer, const char *part)
{
    char name[112];
    int err;

    snprintf(name, sizeof name, "encoder.layer.%d.%s.weight", layer, part);
    err = fill_matrix(m, t, name);
    snprintf(name, sizeof name, "encoder.layer.%d.%s.bias", layer, part);
    return err ? err : fill_floats(m->bias, t, name, m->out, m->out);
}

static int fill_norm(const float *gain, const float *bias, const struct tensors *t, int layer, const char *part)
{
    char name[112];
    int err;

    snprintf(name, sizeof name, "encoder.layer.%d.%s.LayerNorm.weight", layer, part);
    err = fill_floats(gain, t, name, MINILM_DIM, MINILM_DIM);
    snprintf(name, sizeof name, "encoder.layer.%d.%s.LayerNorm.bias", layer, part);
    return err ? err : fill_floats(bias, t, name, MINILM_DIM, MINILM_DIM);
}

static int fill_layer(const struct minilm_layer *l, const struct tensors *t, int i)
{
    int err = fill_linear(&l->query, t, i, "attention.self.query");

    err = err ? err : fill_linear(&l->key, t, i, "attention.self.key");
    err = err ? err : fill_linear(&l->value, t, i, "attention.self.value");
    err = err ? err : fill_linear(&l->output, t, i, "attention.output.dense");
    err = err ? err : fill_linear(&l->inner, t, i, "intermediate.dense");
    err = err ? err : fill_linear(&l->outer, t, i, "output.dense");
    err = err ? err : fill_norm(l->norm1, l->norm1_bias, t, i, "attention.output");
    return err ? err : fill_norm(l->norm2, l->norm2_bias, t, i, "output");
}

static int fill(const struct minilm *m, const struct tensors *t)
{
    int err = fill_matrix(&m->words, t, "embeddings.word_embeddings.weight");

    err = err ? err : fill_floats(m->positions, t, "embeddings.position_embeddings.weight", POSITIONS_PUBLISHED * MINILM_DIM, MINILM_TOKENS_MAX * MINILM_DIM);
    err = err ? err : fill_floats(m->type, t, "embeddings.token_type_embeddings.weight", TYPES_PUBLISHED * MINILM_DIM, MINILM_DIM);
    err = err ? err : fill_floats(m->norm, t, "embeddings.LayerNorm.weight", MINILM_DIM, MINILM_DIM);
    err = err ? err : fill_floats(m->norm_bias, t, "embeddings.LayerNorm.bias", MINILM_DIM, MINILM_DIM);
    for (int i = 0; i < MINILM_LAYERS && err == 0; i++)
        err = fill_layer(&m->layers[i], t, i);
    return err;
}

static void release(void *bytes, size_t n)
{
    (void)n;
    free(bytes);
}

int minilm_pack(struct minilm_image *image, const void *safetensors, size_t safetensors_n)
{
    struct minilm m = { 0 };
    struct tensors t = { 0 };
    size_t n = lay(&m, NULL);
    char *bytes;
    int err = open_tensors(&t, safetensors, safetensors_n);

    if (err)
        return err;
    bytes = calloc(1, n);
    if (bytes == NULL)
        return ENOMEM;
    lay(&m, bytes);
    memcpy(bytes, magic, sizeof magic);
    err = fill(&m, &t);
    if (err)
        free(bytes);
    else
        *image = (struct minilm_image){ .bytes = bytes, .n = n, .release = release };
    return err;
}
