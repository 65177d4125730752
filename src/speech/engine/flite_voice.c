/* flite_voice.c - the voices of flite: for simulated people, and as a last resort. They take the same words as the default voice, so
 * that numbers and names of things are read alike. Pitch is changed by reading the samples faster after stretching time by as much. */
#include <errno.h>
#include <flite/flite.h>
#include <stdlib.h>
#include <string.h>

#include "speech/engine/say_text.h"
#include "speech/engine/voice_engine.h"
#include "speech/pcm.h"

#include "base/banned.h"

cst_voice *register_cmu_us_rms(const char *dir);
cst_voice *register_cmu_us_slt(const char *dir);
cst_voice *register_cmu_us_awb(const char *dir);
cst_voice *register_cmu_us_kal(const char *dir);
cst_voice *register_cmu_us_kal16(const char *dir);

static const struct {
    const char *name;
    cst_voice *(*get)(const char *dir);
} names[] = {{"rms", register_cmu_us_rms},
             {"slt", register_cmu_us_slt},
             {"awb", register_cmu_us_awb},
             {"kal", register_cmu_us_kal},
             {"kal16", register_cmu_us_kal16}};

enum { VOICES = sizeof names / sizeof *names };

struct flite_state {
    cst_voice *voice[VOICES]; /* made at first use; flite owns them for the life of the process */
    float stretch[VOICES];    /* how slowly each speaks by itself */
};

static int flite_open(void **state, struct ort *ort, const char *models_dir)
{
    (void)ort;
    (void)models_dir;
    flite_init();
    *state = calloc(1, sizeof(struct flite_state));
    return *state != NULL ? 0 : ENOMEM;
}

static void flite_close(void *state)
{
    free(state);
}

static int voice_index(size_t *out, struct flite_state *f, const char *name)
{
    for (size_t i = 0; i < VOICES; i++) {
        if (strcmp(names[i].name, name) != 0)
            continue;
        if (f->voice[i] == NULL) {
            f->voice[i] = names[i].get(NULL);
            if (f->voice[i] == NULL)
                return EIO;
            f->stretch[i] = get_param_float(f->voice[i]->features, "duration_stretch", 1);
        }
        *out = i;
        return 0;
    }
    return ENOENT;
}

/* To floats at 8 kHz. */
static int convert(struct sound *out, const cst_wave *w, float pitch)
{
    size_t n = w->num_samples > 0 ? (size_t)w->num_samples : 0;
    size_t raised = pcm_stretched(n, pitch);
    float *x = malloc((n + 1) * sizeof *x), *y = malloc((raised + 1) * sizeof *y);
    int err = x == NULL || y == NULL ? ENOMEM : n == 0 || (w->sample_rate != 16000 && w->sample_rate != 8000) ? EIO : 0;

    if (!err) {
        for (size_t i = 0; i < n; i++)
            x[i] = w->samples[i] / 32768.0f;
        pcm_stretch(y, x, n, pitch);
        free(x);
        x = malloc((raised + 1) * sizeof *x);
        err = x == NULL ? ENOMEM : 0;
    }
    if (!err) {
        bool wide = w->sample_rate == 16000;

        out->n = wide ? pcm_halve(x, y, raised) : raised;
        out->x = wide ? x : y;
        free(wide ? y : x);
        return 0;
    }
    free(x);
    free(y);
    return err;
}

static int flite_render(struct sound *out, void *state, const struct voice_name *v, const char *text)
{
    struct flite_state *f = state;
    cst_wave *wave = NULL;
    struct buf words;
    size_t i;
    int err = voice_index(&i, f, v->name);

    if (err)
        return err;
    buf_init(&words, SAY_WORDS_MAX);
    err = say_text(&words, text);
    if (!err) {
        feat_set_float(f->voice[i]->features, "duration_stretch", f->stretch[i] * v->pitch / v->speed);
        wave = flite_text_to_wave(buf_str(&words), f->voice[i]);
        err = wave != NULL ? convert(out, wave, v->pitch) : EIO;
    }
    if (wave != NULL)
        delete_wave(wave);
    buf_release(&words);
    return err;
}

const struct voice_engine voice_engine_flite = {
    .kind = "flite", .open = flite_open, .render = flite_render, .close = flite_close};
