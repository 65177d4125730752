#include "practice/announcement.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { BEEP_MS = 400, HZ_MIN = 100, HZ_MAX = 3400, AMPLITUDE = 6000, RAMP = 40 /* samples */ };

struct sound { const char *name; size_t n; struct announcement_tone tones[ANNOUNCEMENT_TONES_MAX]; };

/* Telcordia GR-674 vacant code and no circuit; North American busy and ringing; ITU-T T.30 CED. */
static const struct sound sounds[] = {
    {"sit", 3, {{985, 0, 380}, {1371, 0, 274}, {1777, 0, 380}}},
    {"sit busy", 3, {{985, 0, 380}, {1429, 0, 380}, {1777, 0, 380}}},
    {"busy", 4, {{480, 620, 500}, {0, 0, 500}, {480, 620, 500}, {0, 0, 500}}},
    {"ring", 2, {{440, 480, 2000}, {0, 0, 1000}}},
    {"fax", 1, {{2100, 0, 3000}}},
};

static struct announcement_part *add(struct announcement *a, enum announcement_kind kind)
{
    struct announcement_part *p = a->n < ANNOUNCEMENT_PARTS_MAX ? &a->at[a->n++] : NULL;

    if (p != NULL)
        *p = (struct announcement_part){.kind = kind};
    return p;
}

static int add_words(struct announcement *a, const char *s, size_t n)
{
    struct announcement_part *p;

    while (n > 0 && isspace((unsigned char)*s))
        s++, n--;
    while (n > 0 && isspace((unsigned char)s[n - 1]))
        n--;
    if (n == 0)
        return 0;
    p = n < ANNOUNCEMENT_WORDS_MAX ? add(a, ANNOUNCE_WORDS) : NULL;
    if (p == NULL)
        return EINVAL;
    memcpy(p->words, s, n);
    return 0;
}

static int add_pause(struct announcement *a, const char *number)
{
    long long ms;
    struct announcement_part *p;

    if (text_int(&ms, number, 1, ANNOUNCEMENT_MS_MAX) != 0 || (p = add(a, ANNOUNCE_PAUSE)) == NULL)
        return EINVAL;
    p->ms = (int)ms;
    return 0;
}

/* "1000", "620+1050 300" */
static int add_beep(struct announcement *a, char *numbers)
{
    char *ms = strchr(numbers, ' '), *second;
    long long hz, hz2 = 0, length = BEEP_MS;
    struct announcement_part *p;

    if (ms != NULL)
        *ms++ = '\0';
    second = strchr(numbers, '+');
    if (second != NULL)
        *second++ = '\0';
    if (text_int(&hz, numbers, HZ_MIN, HZ_MAX) != 0 || (second != NULL && text_int(&hz2, second, HZ_MIN, HZ_MAX) != 0) ||
        (ms != NULL && text_int(&length, ms, 1, ANNOUNCEMENT_MS_MAX) != 0) || (p = add(a, ANNOUNCE_TONES)) == NULL)
        return EINVAL;
    p->tone_count = 1;
    p->tones[0] = (struct announcement_tone){(int)hz, (int)hz2, (int)length};
    return 0;
}

static int add_sound(struct announcement *a, const char *name)
{
    for (size_t i = 0; i < sizeof sounds / sizeof sounds[0]; i++) {
        struct announcement_part *p;

        if (strcmp(sounds[i].name, name) != 0)
            continue;
        p = add(a, ANNOUNCE_TONES);
        if (p == NULL)
            return EINVAL;
        p->tone_count = sounds[i].n;
        memcpy(p->tones, sounds[i].tones, sizeof p->tones);
        return 0;
    }
    return EINVAL;
}

static int add_braced(struct announcement *a, const char *s, size_t n)
{
    char what[40];

    if (n >= sizeof what)
        return EINVAL;
    memcpy(what, s, n);
    what[n] = '\0';
    if (strncmp(what, "pause ", 6) == 0)
        return add_pause(a, what + 6);
    if (strncmp(what, "beep ", 5) == 0)
        return add_beep(a, what + 5);
    return add_sound(a, what);
}

int announcement_parse(struct announcement *a, const char *line)
{
    int err = 0;

    a->n = 0;
    while (*line != '\0' && !err) {
        size_t n = strcspn(line, "{");

        err = add_words(a, line, n);
        line += n;
        if (*line == '\0' || err)
            continue;
        n = strcspn(line, "}");
        if (line[n] == '\0')
            return EINVAL;
        err = add_braced(a, line + 1, n - 1);
        line += n + 1;
    }
    return err;
}

static double swell(size_t i, size_t n)
{
    size_t edge = i < n - 1 - i ? i : n - 1 - i;

    return edge >= RAMP ? 1 : (double)edge / RAMP;
}

static void sound_tone(int16_t *out, size_t n, const struct announcement_tone *t)
{
    for (size_t i = 0; t->hz > 0 && i < n; i++) {
        double at = 2 * M_PI * (double)i / CLIP_RATE, v = sin(at * t->hz) + (t->hz2 > 0 ? sin(at * t->hz2) : 0);

        out[i] = (int16_t)(AMPLITUDE * v * swell(i, n));
    }
}

int announcement_sound(struct clip **cp, const struct announcement_part *part)
{
    int ms = part->ms, err;
    struct clip *c;
    size_t at = 0;

    for (size_t i = 0; i < part->tone_count; i++)
        ms += part->tones[i].ms;
    err = clip_alloc(&c, (size_t)ms * (CLIP_RATE / 1000));
    if (err)
        return err;
    for (size_t i = 0; i < part->tone_count; i++) {
        size_t n = (size_t)part->tones[i].ms * (CLIP_RATE / 1000);

        sound_tone(c->pcm + at, n, &part->tones[i]);
        at += n;
    }
    *cp = c;
    return 0;
}

void announcement_words(char *out, size_t size, const struct announcement *a)
{
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < a->n && n < size; i++)
        if (a->at[i].kind == ANNOUNCE_WORDS)
            n += (size_t)snprintf(out + n, size - n, "%s%s", n > 0 ? " " : "", a->at[i].words);
}
