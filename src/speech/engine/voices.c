#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "speech/engine/voice_engine.h"
#include "speech/pcm.h"

#include "base/banned.h"

enum { KEEP_BEFORE = 160, KEEP_AFTER = 640 }; /* 20 and 80 ms of quiet stay at the ends */

static const struct voice_engine *const engines[VOICES_KINDS] = {&voice_engine_hibari, &voice_engine_flite};

static int parse_factor(float *out, const char *text)
{
    char *end;
    float v = strtof(text, &end);

    if (end == text || *end != '\0' || !(v >= 0.5f && v <= 2.0f))
        return EINVAL;
    *out = v;
    return 0;
}

static int parse_option(struct voice_name *v, const char *option)
{
    if (text_starts(option, "pitch="))
        return parse_factor(&v->pitch, option + 6);
    if (text_starts(option, "speed="))
        return parse_factor(&v->speed, option + 6);
    return v->name[0] == '\0' && text_copy(v->name, sizeof v->name, option) ? 0 : EINVAL;
}

int voice_name_parse(struct voice_name *out, const char *text)
{
    struct voice_name v = {.pitch = 1, .speed = 1};
    size_t n = strcspn(text, ":");

    if (n == 0 || n >= sizeof v.kind)
        return EINVAL;
    memcpy(v.kind, text, n);
    for (text += n; *text != '\0'; text += n) {
        char option[40];

        text++; /* the colon or a comma */
        n = strcspn(text, ",");
        if (n == 0 || n >= sizeof option)
            return EINVAL;
        memcpy(option, text, n);
        option[n] = '\0';
        if (parse_option(&v, option))
            return EINVAL;
    }
    *out = v;
    return 0;
}

int voices_open(struct voices *v, struct ort *ort, const char *models_dir)
{
    int err = 0;

    *v = (struct voices){0};
    for (size_t i = 0; i < VOICES_KINDS && !err; i++)
        err = engines[i]->open(&v->state[i], ort, models_dir);
    if (err)
        voices_close(v);
    return err;
}

void voices_close(struct voices *v)
{
    for (size_t i = 0; i < VOICES_KINDS; i++)
        if (v->state[i] != NULL)
            engines[i]->close(v->state[i]);
    *v = (struct voices){0};
}

static int finish(int16_t **pcm, size_t *n, const struct sound *s)
{
    size_t length = s->n;
    size_t start;
    int16_t *out;

    pcm_level(s->x, s->n);
    start = pcm_trim(s->x, &length, KEEP_BEFORE, KEEP_AFTER);
    if (length == 0)
        return EINVAL;
    out = malloc(length * sizeof *out);
    if (out == NULL)
        return ENOMEM;
    for (size_t i = 0; i < length; i++)
        out[i] = pcm_from_float(s->x[start + i]);
    *pcm = out;
    *n = length;
    return 0;
}

int voices_render(int16_t **pcm, size_t *n, struct voices *v, const char *voice, const char *text)
{
    struct voice_name name;
    struct sound sound = {0};
    int err = voice_name_parse(&name, voice);

    if (err)
        return err;
    err = ENOENT;
    for (size_t i = 0; i < VOICES_KINDS; i++)
        if (strcmp(engines[i]->kind, name.kind) == 0)
            err = engines[i]->render(&sound, v->state[i], &name, text);
    if (!err)
        err = finish(pcm, n, &sound);
    free(sound.x);
    return err;
}
