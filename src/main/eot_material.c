#include "main/eot_material.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
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
    PREROLL = 300 * MS, QUIET = 96 * MS, QUIET_MS = 96, FEED = 4000, SOUND_MAX = 90 * CLIP_RATE, NOISE = 3, SOUND = 150
};

/* One thing at a time: this thread asks and waits, the loop's thread answers. */
struct studio {
    struct loop *loop;
    struct speech *speech;
    struct ears *ears;
    struct vad_model *model;
    pthread_mutex_t lock;
    pthread_cond_t answered;
    bool done;
    int err;
    struct clip *clip;
    struct ears_result heard;
    uint32_t utterance;
    char voices[LINE_MAX_BYTES]; /* names with blanks between; they take turns */
    unsigned voice;
    int16_t *pcm; /* the turn being made */
    size_t n;
};

/* --- asking and waiting --- */

static void answer(struct studio *s)
{
    s->done = true;
    pthread_cond_signal(&s->answered);
    pthread_mutex_unlock(&s->lock);
}

static void await(struct studio *s)
{
    pthread_mutex_lock(&s->lock);
    while (!s->done)
        pthread_cond_wait(&s->answered, &s->lock);
    s->done = false;
    pthread_mutex_unlock(&s->lock);
}

static void on_clip(int err, struct clip *clip, void *arg)
{
    struct studio *s = arg;

    pthread_mutex_lock(&s->lock);
    s->err = err;
    s->clip = clip;
    answer(s);
}

static void on_heard(const struct ears_result *r, void *arg)
{
    struct studio *s = arg;

    if (!r->final)
        return;
    pthread_mutex_lock(&s->lock);
    s->heard = *r;
    answer(s);
}

/* --- speaking --- */

static void add_silence(struct studio *s, int ms)
{
    for (int i = 0; i < ms * MS && s->n < SOUND_MAX; i++)
        s->pcm[s->n++] = (int16_t)(i * 7919 % (NOISE + 1) - NOISE / 2);
}

static void add_sound(struct studio *s, const int16_t *pcm, size_t n)
{
    if (n > SOUND_MAX - s->n)
        n = SOUND_MAX - s->n;
    memcpy(s->pcm + s->n, pcm, n * sizeof *pcm);
    s->n += n;
}

/* Without the silence at its ends: a pause is as long as the file says. */
static void add_trimmed(struct studio *s, const struct clip *c)
{
    size_t begin = 0, end = c->n;

    while (begin < end && abs(c->pcm[begin]) < SOUND)
        begin++;
    while (end > begin && abs(c->pcm[end - 1]) < SOUND)
        end--;
    add_sound(s, c->pcm + begin, end - begin);
}

/* The nth of the voices, around and around. */
static const char *voice_name(char *out, size_t size, const struct studio *s)
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

static int speak(struct studio *s, const char *words)
{
    char voice[VOICE_MAX];
    int err = voice_say(s->speech, voice_name(voice, sizeof voice, s), words, s->loop, on_clip, s);

    if (err)
        return err;
    await(s);
    if (s->err)
        return s->err;
    add_trimmed(s, s->clip);
    obj_unref(s->clip);
    return 0;
}

/* "well |500| I guess so": words and pauses in turn. */
static int speak_answer(struct studio *s, char *text)
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

static int recognise(struct studio *s, size_t begin, size_t end)
{
    int err = 0;

    s->utterance++;
    for (size_t at = begin; at < end && !err; at += FEED)
        err = ears_feed(s->ears, s->utterance, s->pcm + at, end - at < FEED ? end - at : FEED);
    if (!err)
        err = ears_flush(s->ears, s->utterance);
    if (err)
        return err;
    await(s);
    return s->heard.err;
}

/* Speech has stopped: its text joins the turn's. */
static int take_pause(struct eot_turn *t, struct studio *s, struct buf *text, size_t begin, const struct vad *v)
{
    size_t end = (size_t)v->last_voiced + QUIET;
    struct eot_pause *p = &t->pause[t->n];
    int err = t->n < EOT_PAUSES_MAX ? recognise(s, begin, end < s->n ? end : s->n) : E2BIG;

    if (err)
        return err;
    err = buf_printf(text, "%s%s", buf_str(text)[0] != '\0' && s->heard.text[0] != '\0' ? " " : "", s->heard.text);
    *p = (struct eot_pause){.ready_ms = QUIET_MS + s->heard.work_ms, .text = strdup(buf_str(text))};
    t->n += p->text != NULL;
    return err ? err : p->text == NULL ? ENOMEM : 0;
}

static int hear(struct eot_turn *t, struct studio *s, struct buf *text)
{
    size_t begin = 0;
    int64_t ended = 0;
    struct vad v;
    int err = 0;

    vad_init(&v, s->model, NULL);
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

static int hear_turn(struct eot_material *m, struct studio *s, enum talk_expects asked)
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
static int take_voices(struct studio *s, const char *names, size_t n)
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

static int take_line(struct eot_material *m, struct studio *s, const char *line, size_t n)
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

static int take_answers(struct eot_material *m, struct studio *s, const char *path)
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

static int take_clip(struct eot_material *m, struct studio *s, const char *path)
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

static int take_clips(struct eot_material *m, struct studio *s, const char *folder)
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

/* --- the studio --- */

static int studio_open(struct studio *s, const struct eot_sources *src)
{
    char path[1024];
    int err;

    snprintf(path, sizeof path, "%s/vad/silero8k.bin", src->models);
    (void)text_copy(s->voices, sizeof s->voices, "flite:slt flite:rms default flite:awb");
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->answered, NULL);
    s->pcm = malloc(SOUND_MAX * sizeof *s->pcm);
    err = s->pcm != NULL ? vad_model_load(&s->model, path) : ENOMEM;
    if (!err)
        err = loop_spawn(&s->loop, "studio");
    if (!err)
        err = speech_alloc(&s->speech, &(struct speech_config){.worker_path = src->worker, .models_dir = src->models, .recogniser = src->recogniser, .ears_workers = src->ears, .voice_workers = 1, .wait_ms = 60000});
    if (!err)
        err = ears_open(&s->ears, s->speech, s->loop, on_heard, s);
    return err;
}

static void close_ears(void *arg)
{
    ears_close(arg);
}

static void studio_close(struct studio *s)
{
    if (s->ears != NULL)
        (void)loop_call(s->loop, close_ears, s->ears);
    obj_unref(s->ears);
    if (s->speech != NULL)
        speech_close(s->speech);
    obj_unref(s->speech);
    loop_free(s->loop);
    obj_unref(s->model);
    free(s->pcm);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->answered);
}

int eot_material_make(struct eot_material *m, const struct eot_sources *src)
{
    struct studio s = {0};
    int err = studio_open(&s, src);

    if (err)
        fprintf(stderr, "baton bench eot: no voices and ears: %s\n", strerror(err));
    if (!err && src->answers != NULL)
        err = take_answers(m, &s, src->answers);
    if (!err && src->clips != NULL)
        err = take_clips(m, &s, src->clips);
    studio_close(&s);
    return err;
}

void eot_material_release(struct eot_material *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->turn[i].n; k++)
            free(m->turn[i].pause[k].text);
    m->n = 0;
}
