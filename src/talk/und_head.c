/* und_head.c - softmax regression by stochastic gradient descent: one example a step, the same order every time. */
#include "talk/und_head.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "talk/minilm_kernel.h"

#include "base/banned.h"

enum { EPOCHS = 14, DIM = MINILM_DIM };

static const float RATE = 0.9f, BIAS_RATE = 0.05f, DECAY = 2e-5f, NEGLIGIBLE = 1e-3f;

struct kept { const struct small_vector *v; int label; };

struct head {
    size_t n, labels;
    bool dense;
    const struct head_example *ex; /* while it is taught */
    struct kept *kept;
    float *weights;  /* labels x DIM, when dense */
    float *words;    /* LEX_DIM x labels: a word's weights lie together */
    float *bias;     /* labels */
    struct small_vector *centroid; /* labels, unit */
};

static void normalise(float *v)
{
    float s = kernel_dot(v, v, DIM);

    s = s > 0 ? 1 / sqrtf(s) : 0;
    for (size_t i = 0; i < DIM; i++)
        v[i] *= s;
}

static int find_centres(struct head *h, struct arena *scratch)
{
    float *sum = arena_alloc(scratch, h->labels * DIM * sizeof *sum);

    if (sum == NULL)
        return ENOMEM;
    for (size_t e = 0; e < h->n; e++)
        kernel_add(sum + (size_t)h->ex[e].label * DIM, h->ex[e].v, 1, DIM);
    for (size_t l = 0; l < h->labels; l++) {
        normalise(sum + l * DIM);
        small_vector_pack(&h->centroid[l], sum + l * DIM);
    }
    return 0;
}

/* Labels with few examples weigh as much as those with many (square root, so that noise does not rule). */
static void weigh(const struct head *h, float *weight)
{
    for (size_t e = 0; e < h->n; e++)
        weight[h->ex[e].label] += 1;
    for (size_t l = 0; l < h->labels; l++)
        weight[l] = weight[l] > 0 ? sqrtf((float)h->n / (float)h->labels / weight[l]) : 0;
}

static void softmax(float *p, size_t n)
{
    float top = p[0], sum = 0;

    for (size_t i = 1; i < n; i++)
        top = p[i] > top ? p[i] : top;
    for (size_t i = 0; i < n; i++)
        sum += p[i] = expf(p[i] - top);
    for (size_t i = 0; i < n; i++)
        p[i] /= sum;
}

void head_score(const struct head *h, const float *v, const struct lex *lex, float *p)
{
    memcpy(p, h->bias, h->labels * sizeof *p);
    for (size_t l = 0; h->dense && l < h->labels; l++)
        p[l] += kernel_dot(h->weights + l * DIM, v, DIM);
    for (size_t i = 0; i < lex->n; i++)
        for (size_t l = 0; l < h->labels; l++)
            p[l] += lex->by[i] * h->words[lex->at[i] * h->labels + l];
    softmax(p, h->labels);
}

static void learn(struct head *h, const struct head_example *e, float rate)
{
    float g[HEAD_LABELS_MAX];

    head_score(h, e->v, e->lex, g);
    g[e->label] -= 1;
    for (size_t l = 0; l < h->labels; l++) {
        g[l] = fabsf(g[l]) < NEGLIGIBLE ? 0 : -rate * g[l];
        if (h->dense && g[l] != 0)
            kernel_add(h->weights + l * DIM, e->v, g[l], DIM);
        h->bias[l] += BIAS_RATE * g[l];
    }
    for (size_t i = 0; i < e->lex->n; i++)
        for (size_t l = 0; l < h->labels; l++)
            h->words[e->lex->at[i] * h->labels + l] += e->lex->by[i] * g[l];
}

static void shrink(float *w, size_t n, float by)
{
    for (size_t i = 0; i < n; i++)
        w[i] *= by;
}

/* Fisher-Yates with a fixed generator, so that the same examples make the same head. */
static void shuffle(uint32_t *order, size_t n, uint32_t *state)
{
    for (size_t i = n; i > 1; i--) {
        size_t k;
        uint32_t was = order[i - 1];

        *state = *state * 1664525u + 1013904223u;
        k = (size_t)(((uint64_t)*state * i) >> 32);
        order[i - 1] = order[k];
        order[k] = was;
    }
}

static void descend(struct head *h, uint32_t *order, const float *weight)
{
    uint32_t state = 1;

    for (size_t i = 0; i < h->n; i++)
        order[i] = (uint32_t)i;
    for (size_t epoch = 0; epoch < EPOCHS; epoch++) {
        float left = 1 - (float)epoch / EPOCHS, keep = 1 - RATE * left * DECAY * (float)h->n;

        shuffle(order, h->n, &state);
        for (size_t i = 0; i < h->n; i++)
            learn(h, &h->ex[order[i]], RATE * left * weight[h->ex[order[i]].label]);
        if (h->dense)
            shrink(h->weights, h->labels * DIM, keep);
        shrink(h->words, (size_t)LEX_DIM * h->labels, keep);
    }
}

static int allocate(struct head *h, struct arena *a, const struct head_example *ex)
{
    h->kept = arena_alloc(a, h->n * sizeof *h->kept);
    h->weights = h->dense ? arena_alloc(a, h->labels * DIM * sizeof(float)) : NULL;
    h->words = arena_alloc(a, (size_t)LEX_DIM * h->labels * sizeof(float));
    h->centroid = arena_alloc(a, h->labels * sizeof *h->centroid);
    h->bias = arena_alloc(a, h->labels * sizeof(float));
    if (!h->kept || (h->dense && !h->weights) || !h->words || !h->centroid || !h->bias)
        return ENOMEM;
    for (size_t e = 0; e < h->n; e++)
        h->kept[e] = (struct kept){ ex[e].kept, ex[e].label };
    h->ex = ex;
    return 0;
}

int head_train(struct head **hp, struct arena *a, struct arena *scratch, const struct head_example *ex, size_t n, size_t labels, bool dense)
{
    struct head *h = arena_alloc(a, sizeof *h);
    float weight[HEAD_LABELS_MAX] = { 0 };
    uint32_t *order = arena_alloc(scratch, n * sizeof *order);
    int err;

    if (n == 0 || labels == 0 || labels > HEAD_LABELS_MAX)
        return EINVAL;
    if (h == NULL || order == NULL)
        return ENOMEM;
    h->n = n;
    h->labels = labels;
    h->dense = dense;
    err = allocate(h, a, ex);
    if (!err)
        err = find_centres(h, scratch);
    if (err)
        return err;
    weigh(h, weight);
    descend(h, order, weight);
    h->ex = NULL;
    *hp = h;
    return 0;
}

float head_near(const struct head *h, const float *v, int label)
{
    float near = 0;

    for (size_t e = 0; e < h->n; e++) {
        float c;

        if (h->kept[e].label != label)
            continue;
        c = small_vector_dot(h->kept[e].v, v);
        near = c > near ? c : near;
    }
    return near;
}

float head_gate(const struct head *h, const float *v, int label)
{
    return 0.5f * head_near(h, v, label) + 0.5f * small_vector_dot(&h->centroid[label], v);
}
