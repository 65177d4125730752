/* vad.c - Silero VAD v6 (MIT), the 8 kHz network, step by step:
 *
 *   288 samples, 32 of them from the chunk before, mirrored by 32 at the end
 *   -> 4 short-time spectra of 65 bins (magnitude)
 *   -> 4 convolutions of width 3 over time, each with a ReLU: 65 -> 128 -> 64 -> 64 -> 128 channels, 4 -> 4 -> 2 -> 1 -> 1 steps
 *   -> an LSTM of 128 cells, whose state is the memory from chunk to chunk
 *   -> ReLU, one weighted sum, logistic function: the probability of speech
 *
 * Activations lie step after step, with a row of zeros before the first and after the last, so that a convolution is one
 * inner product over three neighbouring rows. */
#include "speech/vad.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "speech/vad_kernel.h"

#include "base/banned.h"

enum {
    SPECTRA = 4,
    BINS = 65,
    WINDOW = 128,
    HOP = 64,
    MIRROR = 32,
    LAYERS = 4,
    WIDTH = 3,
    CELLS = 128,
    GATES = 4 * CELLS,
    FRAME = VAD_CONTEXT + VAD_CHUNK,
    CHUNK_MS = VAD_CHUNK / 8,
    BLOCK = 64,          /* 8 ms */
    TAIL_MAX = 8 * 200,  /* the end of speech is never taken to be earlier than so many samples before the network's */
    SURE_MS = 64,        /* the network must agree for so long that speech is over */
};

static const struct {
    int in, out, stride;
} layers[LAYERS] = {{BINS, 128, 1}, {128, 64, 2}, {64, 64, 2}, {64, 128, 1}};

/* Everything points into `weights`, in the order of the file. */
struct vad_model {
    float *weights; /* owned */
    const float *basis;
    const float *kernel[LAYERS], *bias[LAYERS];
    const float *input_gates, *state_gates, *input_bias, *state_bias;
    const float *out_weight, *out_bias;
    vad_dot_fn *dot;
};

const struct vad_params vad_params_default = {.on = 0.5f, .off = 0.35f, .min_speech_ms = 96, .min_silence_ms = 200};

static const float faint = 0.02f; /* 34 dB below the loudest: no sound of this speech */
static const float plain = 0.08f; /* peak of speech that the network hears well; the usual line has three times that */
static const float fades = 0.3f;  /* of the way to a fainter peak, an utterance */

static float dot_plain(const float *a, const float *b, size_t n)
{
    float sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static vad_dot_fn *best_dot(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return vad_dot_avx2;
#endif
    return dot_plain;
}

static void vad_model_destroy(void *obj)
{
    struct vad_model *m = obj;

    free(m->weights);
}

static const float *take(const float **p, size_t n)
{
    const float *at = *p;

    *p += n;
    return at;
}

/* The file has a kernel as [out][in][time]; here it is used as [out][time][in]. */
static int by_time(float *kernel, int out, int in)
{
    size_t row = (size_t)in * WIDTH;
    float *copy = malloc(row * sizeof *copy);

    if (copy == NULL)
        return ENOMEM;
    for (int o = 0; o < out; o++, kernel += row) {
        for (int i = 0; i < in; i++)
            for (int k = 0; k < WIDTH; k++)
                copy[k * in + i] = kernel[i * WIDTH + k];
        memcpy(kernel, copy, row * sizeof *copy);
    }
    free(copy);
    return 0;
}

static size_t weights_count(void)
{
    size_t n = 2 * BINS * WINDOW + 2 * GATES * CELLS + 2 * GATES + CELLS + 1;

    for (int l = 0; l < LAYERS; l++)
        n += (size_t)layers[l].out * (size_t)(layers[l].in * WIDTH + 1);
    return n;
}

static int lay_out(struct vad_model *m)
{
    const float *p = m->weights;

    m->basis = take(&p, 2 * BINS * WINDOW);
    for (int l = 0; l < LAYERS; l++) {
        float *kernel = m->weights + (p - m->weights);

        m->kernel[l] = take(&p, (size_t)layers[l].out * (size_t)layers[l].in * WIDTH);
        m->bias[l] = take(&p, (size_t)layers[l].out);
        if (by_time(kernel, layers[l].out, layers[l].in))
            return ENOMEM;
    }
    m->input_gates = take(&p, GATES * CELLS);
    m->state_gates = take(&p, GATES * CELLS);
    m->input_bias = take(&p, GATES);
    m->state_bias = take(&p, GATES);
    m->out_weight = take(&p, CELLS);
    m->out_bias = take(&p, 1);
    return 0;
}

int vad_model_load(struct vad_model **mp, const char *path)
{
    struct vad_model *m = obj_alloc(sizeof *m, vad_model_destroy);
    size_t want = weights_count() * sizeof(float), n = 0;
    char *file = NULL;
    int err;

    if (m == NULL)
        return ENOMEM;
    m->dot = best_dot();
    err = text_read_file(&file, &n, path, want + 1);
    if (!err && n != want)
        err = EINVAL;
    m->weights = (float *)(void *)file; /* malloc'd, so aligned */
    if (!err)
        err = lay_out(m);
    if (err)
        obj_unref(m);
    else
        *mp = m;
    return err;
}

static void spectra(float *rows, const struct vad_model *m, const float in[FRAME], float gain)
{
    float x[FRAME + MIRROR];

    memcpy(x, in, FRAME * sizeof *x);
    for (int i = 0; i < MIRROR; i++)
        x[FRAME + i] = in[FRAME - 2 - i];
    for (int t = 0; t < SPECTRA; t++) {
        for (int k = 0; k < BINS; k++) {
            float re = m->dot(m->basis + k * WINDOW, x + t * HOP, WINDOW);
            float im = m->dot(m->basis + (BINS + k) * WINDOW, x + t * HOP, WINDOW);

            rows[(t + 1) * BINS + k] = gain * sqrtf(re * re + im * im);
        }
    }
}

/* Rows of zeros around `in` and `out` are there already. Returns the number of steps out. */
static int convolve(float *out, const struct vad_model *m, int layer, const float *in, int steps)
{
    int n_in = layers[layer].in, n_out = layers[layer].out;
    int steps_out = (steps - 1) / layers[layer].stride + 1;

    for (int t = 0; t < steps_out; t++) {
        const float *window = in + t * layers[layer].stride * n_in;

        for (int o = 0; o < n_out; o++) {
            float v = m->bias[layer][o] + m->dot(m->kernel[layer] + o * n_in * WIDTH, window, (size_t)n_in * WIDTH);

            out[(t + 1) * n_out + o] = v > 0 ? v : 0;
        }
    }
    return steps_out;
}

static float logistic(float x)
{
    return 1 / (1 + expf(-x));
}

/* Hochreiter and Schmidhuber, 1997; gates in the order input, forget, cell, output. */
static void remember(struct vad *v, const float *x)
{
    const struct vad_model *m = v->model;
    float g[GATES];

    for (int i = 0; i < GATES; i++)
        g[i] = m->input_bias[i] + m->state_bias[i] + m->dot(m->input_gates + i * CELLS, x, CELLS) +
               m->dot(m->state_gates + i * CELLS, v->h, CELLS);
    for (int i = 0; i < CELLS; i++) {
        v->c[i] = logistic(g[CELLS + i]) * v->c[i] + logistic(g[i]) * tanhf(g[2 * CELLS + i]);
        v->h[i] = logistic(g[3 * CELLS + i]) * tanhf(v->c[i]);
    }
}

float vad_gain(const struct vad *v)
{
    float gain = v->usual > 0 ? plain / v->usual : 1;

    return gain < 1 ? 1 : gain > VAD_GAIN_MAX ? VAD_GAIN_MAX : gain;
}

/* After an utterance. Who has once been loud is not taken for faint soon. */
static void learn_level(struct vad *v)
{
    v->usual = v->usual == 0 || v->peak > v->usual ? v->peak : v->usual + (v->peak - v->usual) * fades;
}

static float probability(struct vad *v)
{
    float a[(SPECTRA + 2) * 128] = {0}, b[(SPECTRA + 2) * 128] = {0};
    float sum = v->model->out_bias[0], *in = a, *out = b;
    int steps = SPECTRA;

    spectra(in, v->model, v->in, vad_gain(v));
    for (int l = 0; l < LAYERS; l++) {
        float *done = in;

        memset(out, 0, sizeof a);
        steps = convolve(out, v->model, l, in, steps);
        in = out;
        out = done;
    }
    remember(v, in + layers[LAYERS - 1].out);
    for (int i = 0; i < CELLS; i++)
        sum += v->model->out_weight[i] * (v->h[i] > 0 ? v->h[i] : 0);
    return logistic(sum);
}

void vad_init(struct vad *v, const struct vad_model *m, const struct vad_params *p)
{
    *v = (struct vad){.model = m, .params = p != NULL ? *p : vad_params_default};
}

void vad_reset(struct vad *v)
{
    float usual = v->usual;

    vad_init(v, v->model, &v->params);
    v->usual = usual;
}

float vad_peek(const struct vad *v, const int16_t pcm[FRAME])
{
    struct vad copy = *v;

    for (int i = 0; i < FRAME; i++)
        copy.in[i] = pcm[i] / 32768.0f;
    return probability(&copy);
}

static float block_level(const float *in)
{
    float sum = 0;

    for (int i = 0; i < BLOCK; i++)
        sum += in[i] * in[i];
    return sqrtf(sum / BLOCK);
}

/* Where sound ended: the last block that is not far fainter than the loudest of this speech. In noise that is where the network says. */
static void follow_sound(struct vad *v)
{
    bool likely = v->prob >= v->params.off;

    if (likely)
        v->last_likely = v->samples;
    else if (!v->speaking)
        v->peak = 0;
    for (int b = 0; b < VAD_CHUNK / BLOCK; b++) {
        float level = block_level(v->in + VAD_CONTEXT + b * BLOCK);

        v->peak = likely && level > v->peak ? level : v->peak;
        if (likely && level > v->peak * faint)
            v->last_voiced = v->samples - VAD_CHUNK + (int64_t)(b + 1) * BLOCK;
    }
    if (v->last_voiced < v->last_likely - TAIL_MAX)
        v->last_voiced = v->last_likely - TAIL_MAX;
}

int vad_silence_ms(const struct vad *v)
{
    int ms = (int)((v->samples - v->last_voiced) / 8);

    return v->run_ms < CHUNK_MS ? 0 : ms > v->run_ms ? ms : v->run_ms;
}

static bool is_over(const struct vad *v)
{
    return v->run_ms >= v->params.min_silence_ms || (v->run_ms >= SURE_MS && vad_silence_ms(v) >= v->params.min_silence_ms);
}

/* Decides after each chunk. A run of chunks against the present state turns it once it is long enough. */
static enum vad_event segment(struct vad *v)
{
    bool contrary = v->speaking ? v->prob < v->params.off : v->prob >= v->params.on;

    follow_sound(v);
    v->run_ms = contrary ? v->run_ms + CHUNK_MS : 0;
    if (!contrary || !(v->speaking ? is_over(v) : v->run_ms >= v->params.min_speech_ms))
        return VAD_NONE;
    v->speaking = !v->speaking;
    if (v->speaking)
        v->speech_began = v->samples - (int64_t)v->run_ms * 8;
    else
        learn_level(v);
    v->run_ms = 0;
    return v->speaking ? VAD_START : VAD_STOP;
}

static enum vad_event take_chunk(struct vad *v)
{
    v->prob = probability(v);
    memmove(v->in, v->in + VAD_CHUNK, VAD_CONTEXT * sizeof *v->in);
    v->filled = 0;
    return segment(v);
}

enum vad_event vad_push(struct vad *v, const int16_t *pcm, size_t n)
{
    enum vad_event event = VAD_NONE;

    for (size_t i = 0; i < n; i++) {
        v->in[VAD_CONTEXT + v->filled++] = pcm[i] / 32768.0f;
        v->samples++;
        if (v->filled == VAD_CHUNK) {
            enum vad_event e = take_chunk(v);

            if (e != VAD_NONE)
                event = e;
        }
    }
    return event;
}
