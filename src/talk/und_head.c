/* und_head.c - softmax regression by full-batch gradient descent with momentum; the data are a few hundred short vectors. */
#include "talk/und_head.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "talk/minilm_kernel.h"

#include "base/banned.h"

enum { ROUNDS = 120 };

struct head {
    size_t n, labels, dim;
    const struct head_example *ex;
    float *mean;     /* dim */
    float *weights;  /* labels x dim */
    float *bias;     /* labels */
    float *centroid; /* labels x dim, unit */
};

static void normalise(float *v, size_t dim)
{
    float s = kernel_dot(v, v, dim);

    s = s > 0 ? 1 / sqrtf(s) : 0;
    for (size_t i = 0; i < dim; i++)
        v[i] *= s;
}

static void find_centres(struct head *h)
{
    for (size_t e = 0; e < h->n; e++) {
        kernel_add(h->mean, h->ex[e].v, 1.0f / (float)h->n, h->dim);
        kernel_add(h->centroid + (size_t)h->ex[e].label * h->dim, h->ex[e].v, 1, h->dim);
    }
    for (size_t l = 0; l < h->labels; l++)
        normalise(h->centroid + l * h->dim, h->dim);
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

void head_score(const struct head *h, const float *v, float *p)
{
    for (size_t l = 0; l < h->labels; l++)
        p[l] = kernel_dot(h->weights + l * h->dim, v, h->dim) + h->bias[l];
    softmax(p, h->labels);
}

/* One step over all examples. `bias` absorbs the centring: w (v - mean) = w v - w mean. */
static void descend(struct head *h, float *slope, float *speed, const float *weight)
{
    float p[HEAD_LABELS_MAX], bias_slope[HEAD_LABELS_MAX] = { 0 };
    const float rate = 20.0f / (float)h->n, decay = 0.002f;

    memset(slope, 0, h->labels * h->dim * sizeof *slope);
    for (size_t e = 0; e < h->n; e++) {
        head_score(h, h->ex[e].v, p);
        for (size_t l = 0; l < h->labels; l++) {
            float g = (p[l] - ((int)l == h->ex[e].label)) * weight[h->ex[e].label];

            if (fabsf(g) < 1e-4f)
                continue;
            kernel_add(slope + l * h->dim, h->ex[e].v, g, h->dim);
            bias_slope[l] += g;
        }
    }
    for (size_t l = 0; l < h->labels; l++) {
        float *s = speed + l * h->dim, *w = h->weights + l * h->dim, *g = slope + l * h->dim;

        kernel_add(g, h->mean, -bias_slope[l], h->dim);
        for (size_t i = 0; i < h->dim; i++) {
            s[i] = 0.9f * s[i] - rate * g[i] - decay * w[i];
            w[i] += s[i];
        }
        h->bias[l] = -kernel_dot(w, h->mean, h->dim);
    }
}

static int allocate(struct head *h, struct arena *a, const struct head_example *ex)
{
    struct head_example *kept = arena_alloc(a, h->n * sizeof *kept);

    h->mean = arena_alloc(a, h->dim * sizeof(float));
    h->weights = arena_alloc(a, h->labels * h->dim * sizeof(float));
    h->centroid = arena_alloc(a, h->labels * h->dim * sizeof(float));
    h->bias = arena_alloc(a, h->labels * sizeof(float));
    if (!kept || !h->mean || !h->weights || !h->centroid || !h->bias)
        return ENOMEM;
    memcpy(kept, ex, h->n * sizeof *kept);
    h->ex = kept;
    return 0;
}

int head_train(struct head **hp, struct arena *a, const struct head_example *ex, size_t n, size_t labels, size_t dim)
{
    struct head *h = arena_alloc(a, sizeof *h);
    float weight[HEAD_LABELS_MAX] = { 0 }, *slope, *speed;
    struct arena work;
    int err;

    if (n == 0 || labels == 0 || labels > HEAD_LABELS_MAX)
        return EINVAL;
    if (h == NULL)
        return ENOMEM;
    h->n = n;
    h->labels = labels;
    h->dim = dim;
    err = allocate(h, a, ex);
    if (err)
        return err;
    arena_init(&work, 8 * HEAD_LABELS_MAX * 1024 * sizeof(float));
    slope = arena_alloc(&work, labels * dim * sizeof *slope);
    speed = arena_alloc(&work, labels * dim * sizeof *speed);
    if (slope && speed) {
        find_centres(h);
        weigh(h, weight);
        for (int i = 0; i < ROUNDS; i++)
            descend(h, slope, speed, weight);
        *hp = h;
    } else {
        err = ENOMEM;
    }
    arena_release(&work);
    return err;
}

float head_gate(const struct head *h, const float *v, int label)
{
    float near = 0;

    for (size_t e = 0; e < h->n; e++) {
        float c;

        if (h->ex[e].label != label)
            continue;
        c = kernel_dot(v, h->ex[e].v, h->dim);
        near = c > near ? c : near;
    }
    return 0.5f * near + 0.5f * kernel_dot(v, h->centroid + (size_t)label * h->dim, h->dim);
}
