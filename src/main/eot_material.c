#include "main/eot_material.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/obj.h"
#include "base/text.h"
#include "speech/recording.h"
#include "speech/speech.h"
#include "speech/vad.h"

#include "base/banned.h"

enum {
    MS = CLIP_RATE / 1000, LEAD_MS = 500, TAIL_MS = 1000, FILE_MAX = 256 << 10, LINE_MAX_BYTES = 1000, CLIP_MAX_S = 20, VOICE_MAX = 64,
    PREROLL = 300 * MS, QUIET = 96 * MS, QUIET_MS = 96, SOUND_MAX = 90 * CLIP_RATE, NOISE = 3
};

/* Where turns are made: one after the other. */
struct booth {
    struct studio *studio;
    uint32_t utterance;
    char voices[LINE_MAX_BYTES]; /* names with blanks between; they take turns */
    unsigned voice;
    int16_t *pcm; /* the turn being made */
    size_t n;
};

/* --- speaking --- */

static void add_silence(struct booth *s, int ms)
{
    for (int i = 0; i < ms * MS && s->n < SOUND_MAX; i++)
        s->pcm[s->n++] = (int16_t)(i * 7919 % (NOISE + 1) - NOISE / 2);
}

static void add_sound(struct booth *s, const int16_t *pcm, size_t n)
{
    if (n > SOUND_MAX - s->n)
        n = SOUND_MAX - s->n;
    memcpy(s->pcm + s->n, pcm, n * sizeof *pcm);
    s->n += n;
}

/* The nth of the voices, around and around. */
static const char *voice_name(char *out, size_t size, const struct booth *s)
{
    const char *at = s->voices;

    for (unsigned n = s->voice; n > 0; n--) {
        at += strcspn(at, " ");
        at += strspn(at, " ");
        if (*at == '\0')
            at = s->voices;
    }
    snprintf(out, size, "%.*s", (int)strcspn(at, " "), at);
    return out;
}

/* A pause is as long as the file says: the sound has no silence at its ends. */
static int speak(struct booth *s, const char *words)
{
    char voice[VOICE_MAX];
    struct clip *clip;
    int err = studio_say(&clip, s->studio, voice_name(voice, sizeof voice, s), words);

    if (err)
        return err;
    add_sound(s, clip->pcm, clip->n);
    obj_unref(clip);
    return 0;
}

/* "well |500| I guess so": words and pauses in turn. */
static int speak_answer(struct booth *s, char *text)
{
    bool words = true;
    int err = 0;

    add_silence(s, LEAD_MS);
    for (char *next, *part = text; part != NULL && !err; part = next, words = !words) {
        next = strchr(part, '|');
        if (next != NULL)
            *next++ = '\0';
        if (words)
            err = speak(s, part + strspn(part, " "));
        else
            add_silence(s, (int)strtol(part, NULL, 10));
    }
    add_silence(s, TAIL_MS);
    s->voice++;
    return err;
}

/* --- hearing --- */

static int recognise(const struct ears_result **out, struct booth *s, size_t begin, size_t end)
{
    int err = studio_recognise(out, s->studio, ++s->utterance, s->pcm + begin, end - begin);

    return err ? err : (*out)->err;
}

/* Speech has stopped: its text joins the turn's. */
static int take_pause(struct eot_turn *t, struct booth *s, struct buf *text, size_t begin, const struct vad *v)
{
    size_t end = (size_t)v->last_voiced + QUIET;
    struct eot_pause *p = &t->pause[t->n];
    const struct ears_result *heard = NULL;
    int err = t->n < EOT_PAUSES_MAX ? recognise(&heard, s, begin, end < s->n ? end : s->n) : E2BIG;

    if (err)
        return err;
    err = buf_printf(text, "%s%s", buf_str(text)[0] != '\0' && heard->text[0] != '\0' ? " " : "", heard->text);
    *p = (struct eot_pause){.ready_ms = QUIET_MS + heard->work_ms, .text = strdup(buf_str(text))};
    t->n += p->text != NULL;
    return err ? err : p->text == NULL ? ENOMEM : 0;
}

static int hear(struct eot_turn *t, struct booth *s, struct buf *text)
{
    size_t begin = 0;
    int64_t ended = 0;
    struct vad v;
    int err = 0;

    vad_init(&v, studio_model(s->studio), NULL);
    for (size_t at = 0; at + VAD_CHUNK <= s->n && !err; at += VAD_CHUNK) {
        enum vad_event ev = vad_push(&v, s->pcm + at, VAD_CHUNK);

        if (ev == VAD_START) {
            begin = at + VAD_CHUNK > PREROLL ? at + VAD_CHUNK - PREROLL : 0;
            if (t->n > 0)
                t->pause[t->n - 1].ms = (int)((v.speech_began - ended) / MS);
        } else if (ev == VAD_STOP) {
            ended = v.last_voiced;
            err = take_pause(t, s, text, begin, &v);
        }
    }
    return err;
}

static int hear_turn(struct eot_material *m, struct booth *s, enum talk_expects asked)
{
    struct eot_turn *t = &m->turn[m->n];
    struct buf text;
    int err;

    if (m->n == EOT_TURNS_MAX)
        return E2BIG;
    buf_init(&text, UND_TEXT_MAX * 2);
    *t = (struct eot_turn){.asked = asked};
    err = hear(t, s, &text);
    buf_release(&text);
    m->speech_s += (double)s->n / CLIP_RATE;
    m->n += t->n > 0;
    s->n = 0;
    return err;
}

/* --- sources --- */

static int asked_of(enum talk_expects *out, const char *name, size_t n)
{
    static const char *const names[] = {"yes_no", "short", "open", "digits"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == n && memcmp(name, names[i], n) == 0) {
            *out = (enum talk_expects)i;
            return 0;
        }
    return EINVAL;
}

/* "voices: flite:rms default:pitch=0.9": who speaks from here on. */
static int take_voices(struct booth *s, const char *names, size_t n)
{
    while (n > 0 && *names == ' ')
        names++, n--;
    if (n == 0 || n >= sizeof s->voices)
        return EINVAL;
    memcpy(s->voices, names, n);
    s->voices[n] = '\0';
    s->voice = 0;
    return 0;
}

static int take_line(struct eot_material *m, struct booth *s, const char *line, size_t n)
{
    static const char voices[] = "voices:";
    const char *colon = memchr(line, ':', n);
    char text[LINE_MAX_BYTES];
    enum talk_expects asked;
    int err;

    if (n == 0 || line[0] == '#')
        return 0;
    if (n > strlen(voices) && strncmp(line, voices, strlen(voices)) == 0)
        return take_voices(s, line + strlen(voices), n - strlen(voices));
    if (colon == NULL || asked_of(&asked, line, (size_t)(colon - line)) != 0 || n >= sizeof text)
        return EINVAL;
    memcpy(text, colon + 1, n - (size_t)(colon + 1 - line));
    text[n - (size_t)(colon + 1 - line)] = '\0';
    err = speak_answer(s, text);
    return err ? err : hear_turn(m, s, asked);
}

static int take_answers(struct eot_material *m, struct booth *s, const char *path)
{
    char *file = NULL;
    size_t n;
    int err = text_read_file(&file, &n, path, FILE_MAX), number = 1;

    for (const char *p = file; !err && p < file + n; number++) {
        const char *end = memchr(p, '\n', (size_t)(file + n - p));
        size_t len = end != NULL ? (size_t)(end - p) : (size_t)(file + n - p);

        err = take_line(m, s, p, len);
        p += len + 1;
    }
    free(file);
    if (err)
        fprintf(stderr, "baton bench eot: %s, line %d: %s\n", path, number - 1, strerror(err));
    return err;
}

static int take_clip(struct eot_material *m, struct booth *s, const char *path)
{
    struct recording r = {0};
    int err = recording_read(&r, path);

    if (err)
        return err == EINVAL ? 0 : err; /* another kind of file */
    add_silence(s, LEAD_MS);
    add_sound(s, r.pcm[0], r.n < (size_t)CLIP_MAX_S * CLIP_RATE ? r.n : (size_t)CLIP_MAX_S * CLIP_RATE);
    add_silence(s, TAIL_MS);
    recording_release(&r);
    return hear_turn(m, s, EXPECT_OPEN);
}

static int take_clips(struct eot_material *m, struct booth *s, const char *folder)
{
    DIR *d = opendir(folder);
    char path[1024];
    int err = d != NULL ? 0 : errno;

    for (struct dirent *e = d != NULL ? readdir(d) : NULL; e != NULL && !err; e = readdir(d)) {
        snprintf(path, sizeof path, "%.600s/%.255s", folder, e->d_name);
        if (text_ends(e->d_name, ".wav"))
            err = take_clip(m, s, path);
    }
    if (d != NULL)
        closedir(d);
    if (err)
        fprintf(stderr, "baton bench eot: %s: %s\n", folder, strerror(err));
    return err;
}

int eot_material_make(struct eot_material *m, const struct eot_sources *src)
{
    struct booth s = {.pcm = malloc(SOUND_MAX * sizeof *s.pcm), .voices = "flite:slt flite:rms default flite:awb"};
    int err = s.pcm != NULL ? studio_open(&s.studio, &src->studio) : ENOMEM;

    if (!err && src->answers != NULL)
        err = take_answers(m, &s, src->answers);
    if (!err && src->clips != NULL)
        err = take_clips(m, &s, src->clips);
    studio_close(s.studio);
    free(s.pcm);
    return err;
}

void eot_material_release(struct eot_material *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->turn[i].n; k++)
            free(m->turn[i].pause[k].text);
    m->n = 0;
}
