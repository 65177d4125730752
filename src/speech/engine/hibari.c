/* hibari.c - the default voice. Text -> words -> phonemes -> network -> vocoder. The network takes about 500 phonemes at once and
 * sounds best sentence by sentence: a text is rendered in pieces that end at a sentence, or at a clause when that is too long. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "speech/engine/phonemes.h"
#include "speech/engine/say_text.h"
#include "speech/engine/utf8.h"
#include "speech/engine/vocoder.h"
#include "speech/engine/voice_engine.h"

#include "base/banned.h"

enum {
    IDS_MAX = 510,              /* phonemes of a piece, with the quiet ones at both ends */
    FRAMES_MAX = 80 * 60,       /* a minute: more means that the network lost its way */
    PAUSE = VOCODER_RATE / 8,   /* between pieces, on top of the quiet that the network adds itself */
    SOUND_MAX = VOCODER_RATE * 120,
    SYMBOLS = 0x10000,
};

struct hibari {
    struct ort *ort;
    struct ort_session *net;
    struct phonemiser phonemiser;
    struct vocoder vocoder;
    uint8_t symbol[SYMBOLS]; /* code point to the network's number; 0: none */
};

static int load_symbols(struct hibari *h, const char *dir)
{
    char path[ORT_PATH_MAX];
    json_t *root, *number;
    const char *key;

    snprintf(path, sizeof path, "%s/vocab.json", dir);
    root = json_load_file(path, 0, NULL);
    if (root == NULL)
        return EINVAL;
    json_object_foreach(root, key, number)
    {
        const char *s = key;
        uint32_t c = *key != '\0' ? utf8_next(&s, key + strlen(key)) : SYMBOLS;

        if (c < SYMBOLS && json_integer_value(number) < 256)
            h->symbol[c] = (uint8_t)json_integer_value(number);
    }
    json_decref(root);
    return 0;
}

static void hibari_close(void *state)
{
    struct hibari *h = state;

    ort_session_close(h->ort, h->net);
    phonemiser_close(&h->phonemiser);
    free(h);
}

static int hibari_open(void **state, struct ort *ort, const char *models_dir)
{
    struct hibari *h = calloc(1, sizeof *h);
    char dir[ORT_PATH_MAX];
    int err;

    if (h == NULL)
        return ENOMEM;
    h->ort = ort;
    snprintf(dir, sizeof dir, "%s/tts", models_dir);
    vocoder_init(&h->vocoder);
    err = load_symbols(h, dir);
    if (!err)
        err = phonemiser_open(&h->phonemiser, ort, dir);
    if (!err)
        err = ort_session_open(&h->net, ort, dir, "hibari.onnx");
    if (err)
        hibari_close(h);
    else
        *state = h;
    return err;
}

/* Makes room for n more samples at the end of the sound: *where they go, zeroed. EMSGSIZE beyond two minutes. */
static int extend(float **where, struct sound *s, size_t n)
{
    float *x;

    if (s->n + n > SOUND_MAX)
        return EMSGSIZE;
    x = realloc(s->x, (s->n + n + 1) * sizeof *x);
    if (x == NULL)
        return ENOMEM;
    *where = memset(x + s->n, 0, n * sizeof *x);
    s->x = x;
    s->n += n;
    return 0;
}

enum { OUT_PULSE_GAIN, OUT_PULSE_PHASE, OUT_NOISE_GAIN, OUT_FREE_GAIN, OUT_FREE_PHASE, OUT_PITCH, OUTS };

static int vocode(struct sound *out, struct hibari *h, struct ort_value **value, float pitch)
{
    int64_t shape[ORT_RANK_MAX];
    const float *data[OUTS];
    float *x;
    int err;

    for (int i = 0; i < OUTS; i++) {
        int rank = ort_shape(shape, h->ort, value[i]);

        data[i] = ort_data(h->ort, value[i]);
        if (rank < 2 || data[i] == NULL || (i < OUT_PITCH && shape[rank - 2] < VOCODER_BINS))
            return EIO;
        shape[0] = shape[rank - 1];
    }
    if (shape[0] < 1 || shape[0] > FRAMES_MAX)
        return EIO;
    err = extend(&x, out, (size_t)shape[0] * VOCODER_HOP);
    if (err)
        return err;
    return vocoder_run(x, &h->vocoder,
                       &(struct vocoder_input){.pulse_log_gain = data[OUT_PULSE_GAIN],
                                               .pulse_phase = data[OUT_PULSE_PHASE],
                                               .noise_log_gain = data[OUT_NOISE_GAIN],
                                               .free_log_gain = data[OUT_FREE_GAIN],
                                               .free_phase = data[OUT_FREE_PHASE],
                                               .pitch_hz = data[OUT_PITCH],
                                               .frames = (int)shape[0],
                                               .pitch_factor = pitch});
}

/* ids[0] and ids[n - 1] are 0: silence. */
static int speak_ids(struct sound *out, struct hibari *h, int64_t *ids, int64_t n, const struct voice_name *v)
{
    static const char *const in_names[] = {"ids", "speed"};
    static const char *const out_names[OUTS] = {"lh", "theta", "ln", "lr", "phi", "f0"};
    struct ort_value *in[2] = {NULL}, *value[OUTS] = {NULL};
    float speed = v->speed;
    int err = ort_wrap(&in[0], h->ort, ids, (size_t)n * sizeof *ids, (int64_t[]){1, n}, 2, ORT_INT64);

    if (!err)
        err = ort_wrap(&in[1], h->ort, &speed, sizeof speed, (int64_t[]){1}, 1, ORT_FLOAT);
    if (!err)
        err = ort_run(h->ort, h->net,
                      &(struct ort_io){.in_names = in_names, .in = in, .n_in = 2, .out_names = out_names,
                                       .out = value, .n_out = OUTS});
    if (!err)
        err = vocode(out, h, value, v->pitch);
    for (int i = 0; i < OUTS; i++)
        ort_drop(h->ort, &value[i]);
    ort_drop(h->ort, &in[0]);
    ort_drop(h->ort, &in[1]);
    return err;
}

/* Takes the next piece of phonemes: up to a sentence's end, else the last mark or space that fits. */
static int64_t next_piece(int64_t *ids, const struct hibari *h, const char **p, const char *end)
{
    const char *s = *p, *cut = NULL;
    int64_t n = 1, cut_n = 0;

    while (s < end && n < IDS_MAX - 1) {
        const char *at = s;
        uint32_t c = utf8_next(&s, end);

        if (c < SYMBOLS && h->symbol[c] != 0)
            ids[n++] = h->symbol[c];
        if (strchr(" ,;:", *at) != NULL) {
            cut = s;
            cut_n = n;
        }
        if (strchr(".!?", *at) != NULL && s < end) {
            cut = s;
            cut_n = n;
            break;
        }
    }
    if (s < end && cut != NULL) {
        s = cut;
        n = cut_n;
    }
    *p = s;
    ids[0] = ids[n] = 0;
    return n + 1;
}

static int speak(struct sound *out, struct hibari *h, const char *phonemes, const struct voice_name *v)
{
    const char *end = phonemes + strlen(phonemes);
    int64_t ids[IDS_MAX + 1];
    int err = 0;

    while (!err && phonemes < end) {
        float *pause;
        int64_t n;

        if (*phonemes == ' ') {
            phonemes++;
            continue;
        }
        if (out->n > 0)
            err = extend(&pause, out, PAUSE);
        n = next_piece(ids, h, &phonemes, end);
        if (!err && n > 2)
            err = speak_ids(out, h, ids, n, v);
    }
    return err ? err : out->n > 0 ? 0 : EINVAL;
}

static int hibari_render(struct sound *out, void *state, const struct voice_name *v, const char *text)
{
    struct hibari *h = state;
    struct buf words, phonemes;
    int err;

    if (v->name[0] != '\0')
        return ENOENT;
    buf_init(&words, SAY_WORDS_MAX);
    buf_init(&phonemes, PHONEMES_MAX);
    err = say_text(&words, text);
    if (!err)
        err = phonemiser_say(&phonemes, &h->phonemiser, buf_str(&words));
    if (!err)
        err = speak(out, h, buf_str(&phonemes), v);
    buf_release(&words);
    buf_release(&phonemes);
    return err;
}

const struct voice_engine voice_engine_hibari = {
    .kind = "default", .open = hibari_open, .render = hibari_render, .close = hibari_close};
