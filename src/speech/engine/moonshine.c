/* moonshine.c - the decoder's inputs and outputs are matched by name: "past_key_values.X" of a step is fed by "present.X"
 * of the step before. Four settings decide more about accuracy than the size of the network does:
 *
 * 1. 300 ms of silence at both ends: without it short words and single digits are lost;
 * 2. the end-of-text token is not allowed first: the caller heard speech, an empty text is never right;
 * 3. a cap on tokens per second of audio and a guard against loops of four tokens;
 * 4. a lone "You" is what the network makes of noise: it is dropped. */
#include "speech/engine/moonshine.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "speech/engine/tokens.h"
#include "speech/pcm.h"

#include "base/banned.h"

enum {
    RATE = 16000,
    PAD = RATE * 3 / 10,
    SAMPLES_MAX = RATE * SPEECH_UTTERANCE_MAX_S + 2 * PAD,
    PORTS_MAX = 48,
    STEPS_MAX = 256,
    LOOP = 4, /* tokens that repeat */
};

/* What feeds a decoder input: an output's index from 1 on, or one of these. */
enum { FEED_TOKEN = -1, FEED_AUDIO = -2, FEED_CACHED = -3, FEED_MASK = -4, FEED_UNKNOWN = 0 };

struct moonshine {
    struct ort *ort;
    struct ort_session *encoder, *decoder;
    struct tokens tokens;
    size_t n_encoder_in, n_in, n_out;
    char encoder_in_name[2][ORT_NAME_MAX], in_name[PORTS_MAX][ORT_NAME_MAX], out_name[PORTS_MAX][ORT_NAME_MAX];
    const char *encoder_in[2], *in[PORTS_MAX], *out[PORTS_MAX];
    int feed[PORTS_MAX];
    bool of_audio[PORTS_MAX]; /* outputs made from the audio: computed in the first step only */
    int64_t empty_shape[ORT_RANK_MAX];
    float *audio;             /* SAMPLES_MAX */
    int64_t *ones;            /* SAMPLES_MAX */
};

/* One utterance being decoded. */
struct decoding {
    struct moonshine *m;
    struct ort_value *hidden, *mask, *token, *cached, *empty;
    struct ort_value *past[PORTS_MAX], *present[PORTS_MAX];
    int64_t token_id;
    uint8_t cached_flag;
    float unused; /* what the empty tensor points at */
    int64_t history[STEPS_MAX];
    int steps, steps_max;
    double log_probability;
};

static int feed_of_input(const struct moonshine *m, const char *name)
{
    static const char past[] = "past_key_values", present[] = "present";

    if (strcmp(name, "input_ids") == 0)
        return FEED_TOKEN;
    if (strcmp(name, "encoder_hidden_states") == 0)
        return FEED_AUDIO;
    if (strcmp(name, "use_cache_branch") == 0)
        return FEED_CACHED;
    if (strcmp(name, "encoder_attention_mask") == 0)
        return FEED_MASK;
    for (size_t k = 1; k < m->n_out && strncmp(name, past, sizeof past - 1) == 0; k++)
        if (strcmp(name + sizeof past - 1, m->out_name[k] + sizeof present - 1) == 0)
            return (int)k;
    return FEED_UNKNOWN;
}

static int name_outputs(struct moonshine *m)
{
    m->n_out = ort_outputs(m->ort, m->decoder);
    if (m->n_out < 2 || m->n_out > PORTS_MAX)
        return EINVAL;
    for (size_t i = 0; i < m->n_out; i++) {
        int err = ort_output_name(m->out_name[i], m->ort, m->decoder, i);

        if (err)
            return err;
        m->out[i] = m->out_name[i];
        m->of_audio[i] = strstr(m->out[i], ".encoder.") != NULL;
    }
    return 0;
}

static int name_inputs(struct moonshine *m)
{
    m->n_in = ort_inputs(m->ort, m->decoder);
    m->n_encoder_in = ort_inputs(m->ort, m->encoder);
    if (m->n_in > PORTS_MAX || m->n_encoder_in < 1 || m->n_encoder_in > 2)
        return EINVAL;
    for (size_t i = 0; i < m->n_encoder_in; i++) {
        if (ort_input_name(m->encoder_in_name[i], m->ort, m->encoder, i))
            return EIO;
        m->encoder_in[i] = m->encoder_in_name[i];
    }
    for (size_t i = 0; i < m->n_in; i++) {
        if (ort_input_name(m->in_name[i], m->ort, m->decoder, i))
            return EIO;
        m->in[i] = m->in_name[i];
        m->feed[i] = feed_of_input(m, m->in[i]);
        if (m->feed[i] == FEED_UNKNOWN)
            return EINVAL;
        if (m->feed[i] > 0 && ort_input_shape(m->empty_shape, m->ort, m->decoder, i) != ORT_RANK_MAX)
            return EINVAL;
    }
    m->empty_shape[0] = 1; /* one utterance, some heads, nothing in the cache yet, the size of a head */
    m->empty_shape[2] = 0;
    return m->empty_shape[1] > 0 && m->empty_shape[3] > 0 ? 0 : EINVAL;
}

static int load_networks(struct moonshine *m, const char *dir)
{
    char path[ORT_PATH_MAX];
    bool compact;
    int err;

    snprintf(path, sizeof path, "%s/encoder_model.ort", dir);
    compact = access(path, R_OK) == 0;
    err = ort_session_open(&m->encoder, m->ort, dir, compact ? "encoder_model.ort" : "encoder_model.onnx");
    if (!err)
        err = ort_session_open(&m->decoder, m->ort, dir,
                               compact ? "decoder_model_merged.ort" : "decoder_model_merged.onnx");
    snprintf(path, sizeof path, "%s/tokenizer.bin", dir);
    return err ? err : tokens_load(&m->tokens, path);
}

int moonshine_open(struct moonshine **mp, struct ort *o, const char *models_dir, const char *name)
{
    struct moonshine *m = calloc(1, sizeof *m);
    char dir[ORT_PATH_MAX];
    int err;

    if (m == NULL)
        return ENOMEM;
    m->ort = o;
    m->audio = calloc(SAMPLES_MAX, sizeof *m->audio);
    m->ones = calloc(SAMPLES_MAX, sizeof *m->ones);
    snprintf(dir, sizeof dir, "%s/stt/%s", models_dir, name);
    err = m->audio == NULL || m->ones == NULL ? ENOMEM : load_networks(m, dir);
    for (size_t i = 0; !err && i < SAMPLES_MAX; i++)
        m->ones[i] = 1;
    if (!err)
        err = name_outputs(m);
    if (!err)
        err = name_inputs(m);
    if (err)
        moonshine_close(m);
    else
        *mp = m;
    return err;
}

void moonshine_close(struct moonshine *m)
{
    if (m == NULL)
        return;
    ort_session_close(m->ort, m->encoder);
    ort_session_close(m->ort, m->decoder);
    tokens_release(&m->tokens);
    free(m->audio);
    free(m->ones);
    free(m);
}

static void decoding_release(struct decoding *d)
{
    struct ort *o = d->m->ort;

    for (size_t i = 0; i < PORTS_MAX; i++) {
        ort_drop(o, &d->past[i]);
        ort_drop(o, &d->present[i]);
    }
    ort_drop(o, &d->hidden);
    ort_drop(o, &d->mask);
    ort_drop(o, &d->token);
    ort_drop(o, &d->cached);
    ort_drop(o, &d->empty);
}

static int encode(struct decoding *d, size_t n)
{
    struct moonshine *m = d->m;
    int64_t shape[2] = {1, (int64_t)n};
    struct ort_value *audio = NULL;
    int err = ort_wrap(&audio, m->ort, m->audio, n * sizeof *m->audio, shape, 2, ORT_FLOAT);

    if (!err)
        err = ort_wrap(&d->mask, m->ort, m->ones, n * sizeof *m->ones, shape, 2, ORT_INT64);
    if (!err)
        err = ort_run(m->ort, m->encoder,
                      &(struct ort_io){.in_names = m->encoder_in,
                                       .in = (struct ort_value *[]){audio, d->mask},
                                       .n_in = m->n_encoder_in,
                                       .out_names = (const char *[]){"last_hidden_state"},
                                       .out = &d->hidden,
                                       .n_out = 1});
    ort_drop(m->ort, &audio);
    return err;
}

static int decoding_init(struct decoding *d, struct moonshine *m, size_t n)
{
    int64_t one[2] = {1, 1};
    int err;

    *d = (struct decoding){.m = m, .token_id = TOKENS_BEGIN};
    d->steps_max = (int)(n * 13 / 2 / RATE) + 6; /* nobody says more than 6.5 tokens a second */
    if (d->steps_max > STEPS_MAX)
        d->steps_max = STEPS_MAX;
    err = ort_wrap(&d->token, m->ort, &d->token_id, sizeof d->token_id, one, 2, ORT_INT64);
    if (!err)
        err = ort_wrap(&d->cached, m->ort, &d->cached_flag, 1, one, 1, ORT_BOOL);
    if (!err)
        err = ort_wrap(&d->empty, m->ort, &d->unused, 0, m->empty_shape, ORT_RANK_MAX, ORT_FLOAT);
    return err ? err : encode(d, n);
}

static struct ort_value *input_value(const struct decoding *d, int feed)
{
    switch (feed) {
    case FEED_TOKEN: return d->token;
    case FEED_AUDIO: return d->hidden;
    case FEED_CACHED: return d->cached;
    case FEED_MASK: return d->mask;
    default: return d->past[feed] != NULL ? d->past[feed] : d->empty;
    }
}

/* The best token; its log probability is added up. */
static int64_t choose(struct decoding *d, float *score, size_t n)
{
    size_t best = 0;
    double sum = 0;

    if (d->steps == 0)
        score[TOKENS_END] = -1e9f;
    for (size_t i = 1; i < n; i++)
        if (score[i] > score[best])
            best = i;
    for (size_t i = 0; i < n; i++)
        sum += exp((double)(score[i] - score[best]));
    d->log_probability -= log(sum);
    return (int64_t)best;
}

/* Keeps this step's keys and values for the next. Those of the audio come out of the first step only. */
static void keep_present(struct decoding *d)
{
    for (size_t k = 1; k < d->m->n_out; k++) {
        if (d->cached_flag && d->m->of_audio[k]) {
            ort_drop(d->m->ort, &d->present[k]);
            continue;
        }
        ort_drop(d->m->ort, &d->past[k]);
        d->past[k] = d->present[k];
        d->present[k] = NULL;
    }
}

static int step(struct decoding *d)
{
    struct moonshine *m = d->m;
    struct ort_value *in[PORTS_MAX];
    int64_t shape[ORT_RANK_MAX];
    float *score;
    int err, rank;

    for (size_t i = 0; i < m->n_in; i++)
        in[i] = input_value(d, m->feed[i]);
    err = ort_run(m->ort, m->decoder,
                  &(struct ort_io){.in_names = m->in, .in = in, .n_in = m->n_in, .out_names = m->out,
                                   .out = d->present, .n_out = m->n_out});
    if (err)
        return err;
    rank = ort_shape(shape, m->ort, d->present[0]);
    score = ort_data(m->ort, d->present[0]);
    if (rank < 1 || score == NULL || shape[rank - 1] <= TOKENS_END)
        return EIO;
    d->token_id = choose(d, score, (size_t)shape[rank - 1]);
    ort_drop(m->ort, &d->present[0]);
    keep_present(d);
    d->cached_flag = 1;
    d->history[d->steps++] = d->token_id;
    return 0;
}

/* The last twelve tokens are the same four, three times. */
static bool in_a_loop(const struct decoding *d)
{
    if (d->steps < 3 * LOOP)
        return false;
    for (int i = d->steps - 2 * LOOP; i < d->steps; i++)
        if (d->history[i] != d->history[i - LOOP])
            return false;
    return true;
}

static int decode(struct buf *text, struct decoding *d, moonshine_stop_fn *stop, void *arg)
{
    int err = 0;

    while (!err && d->steps < d->steps_max) {
        if (stop != NULL && stop(arg))
            return ECANCELED;
        err = step(d);
        if (err || d->token_id == TOKENS_END)
            break;
        if (tokens_put(text, &d->m->tokens, (uint32_t)d->token_id) == EMSGSIZE || in_a_loop(d))
            break; /* what fitted is the text */
    }
    return err;
}

static bool is_noise(const char *text)
{
    size_t n = strcspn(text, ".!?");

    return n == 3 && strncasecmp(text, "you", 3) == 0 && strlen(text) <= 4;
}

int moonshine_hear(struct moonshine_text *out, struct moonshine *m, const float *pcm, size_t n, moonshine_stop_fn *stop,
                   void *arg)
{
    struct decoding d;
    struct buf text;
    int err;

    if (2 * n + 2 * PAD > SAMPLES_MAX)
        return E2BIG;
    memset(m->audio, 0, (2 * n + 2 * PAD) * sizeof *m->audio);
    pcm_double(m->audio + PAD, pcm, n);
    buf_init(&text, sizeof out->text - 1);
    err = decoding_init(&d, m, 2 * n + 2 * PAD);
    if (!err)
        err = decode(&text, &d, stop, arg);
    if (!err) {
        snprintf(out->text, sizeof out->text, "%s", is_noise(buf_str(&text)) ? "" : buf_str(&text));
        out->confidence = d.steps > 0 ? (float)(d.log_probability / d.steps) : 0;
    }
    decoding_release(&d);
    buf_release(&text);
    return err;
}
