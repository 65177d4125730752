#include "main/amd_set.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rem_g711.h> /* needs stdint.h */

#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "line/spoil.h"
#include "practice/announcement.h"
#include "practice/bad_line.h"
#include "speech/recording.h"

#include "base/banned.h"

enum { SET_BYTES_MAX = 8 << 20, LINE_MAX_BYTES = 4096, AFTER_MS = 4000, RENDER_TRIES = 3 };

static int who_of(enum answer_who *out, const char *name, size_t n)
{
    for (int w = ANSWER_UNCERTAIN; w <= ANSWER_FAX; w++) {
        const char *known = answer_who_name((enum answer_who)w);

        if (strlen(known) == n && strncmp(known, name, n) == 0) {
            *out = (enum answer_who)w;
            return 0;
        }
    }
    return EINVAL;
}

static int add(struct amd_set *s, enum answer_who who, const struct media_spoil *line, const char *says, const char *voice, const char *path)
{
    struct amd_case *c = s->n < AMD_CASES_MAX ? &s->at[s->n++] : NULL;

    if (c == NULL)
        return ENOSPC;
    *c = (struct amd_case){.who = who, .line = *line, .says = says != NULL ? strdup(says) : NULL, .voice = voice != NULL ? strdup(voice) : NULL, .path = path != NULL ? strdup(path) : NULL};
    return 0;
}

static int read_line(struct amd_set *s, const char *line, size_t n, char *why, size_t size)
{
    static struct announcement parsed;
    struct bad_line bad = {0};
    json_t *j = NULL;
    enum answer_who who;
    int err = jx_parse(&j, line, n, LINE_MAX_BYTES, why, size);

    if (!err && (who_of(&who, jx_str(j, "who", ""), strlen(jx_str(j, "who", ""))) != 0 || announcement_parse(&parsed, jx_str(j, "says", "{")) != 0)) {
        snprintf(why, size, "\"who\" and \"says\" are needed");
        err = EINVAL;
    }
    if (!err && bad_line_parse(&bad, jx_str(j, "line", "")) != 0) {
        snprintf(why, size, "\"line\" is not understood");
        err = EINVAL;
    }
    if (!err)
        err = add(s, who, &bad.sound, jx_str(j, "says", ""), jx_str(j, "voice", "default"), NULL);
    json_decref(j);
    return err;
}

int amd_set_read(struct amd_set *s, const char *path, char *why, size_t size)
{
    char *text, *p, reason[200] = "";
    size_t n, number = 0;
    int err = text_read_file(&text, &n, path, SET_BYTES_MAX);

    if (err) {
        snprintf(why, size, "%s: %s", path, strerror(err));
        return err;
    }
    for (p = text; *p != '\0' && !err; number++) {
        n = strcspn(p, "\n");
        if (n > 0)
            err = read_line(s, p, n, reason, sizeof reason);
        p += n + (p[n] == '\n');
    }
    if (err)
        snprintf(why, size, "%s, line %zu: %s", path, number, reason);
    free(text);
    return err;
}

int amd_set_folder(struct amd_set *s, const char *dir, char *why, size_t size)
{
    DIR *d = opendir(dir);
    struct dirent *entry;
    int err = 0;

    if (d == NULL) {
        err = errno;
        snprintf(why, size, "%s: %s", dir, strerror(err));
        return err;
    }
    while (!err && (entry = readdir(d)) != NULL) {
        size_t n = strcspn(entry->d_name, "-"), length = strlen(entry->d_name);
        enum answer_who who;
        char path[1024];

        if (length < 4 || strcmp(entry->d_name + length - 4, ".wav") != 0 || who_of(&who, entry->d_name, n) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        err = add(s, who, &(struct media_spoil){0}, NULL, NULL, path);
    }
    closedir(d);
    return err;
}

void amd_set_release(struct amd_set *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->at[i].says);
        free(s->at[i].voice);
        free(s->at[i].path);
    }
    s->n = 0;
}

/* --- audio --- */

struct saying { struct loop *loop; struct clip *clip; int err; bool done; };

static void on_clip(int err, struct clip *clip, void *arg)
{
    struct saying *s = arg;

    s->err = err;
    s->clip = clip;
    s->done = true;
    loop_stop(s->loop);
}

static int render(struct clip **cp, const struct announcement_part *part, const char *voice, struct speech *speech, struct loop *loop)
{
    struct saying s = {.loop = loop};
    int err;

    if (part->kind != ANNOUNCE_WORDS)
        return announcement_sound(cp, part);
    for (int tries = 0; tries < RENDER_TRIES && s.clip == NULL; tries++) { /* a machine busy with other things */
        s.done = false;
        err = voice_say(speech, voice, part->words, loop, on_clip, &s);
        while (!s.done && !err)
            err = loop_run(loop, false, NULL, NULL);
        if (err)
            return err;
    }
    *cp = s.clip;
    return s.err;
}

static int16_t over_the_line(int16_t v)
{
    return g711_u2l[g711_pcm2ulaw(v)];
}

/* What the far end sends, fainter and with noise, after mu-law. */
static void send(struct clip *c, const struct media_spoil *line)
{
    static const int16_t nothing_heard[MEDIA_FRAME];
    struct spoil spoil;

    spoil_init(&spoil, line);
    for (size_t i = 0; i + MEDIA_FRAME <= c->n; i += MEDIA_FRAME)
        spoil_frame(&spoil, c->pcm + i, nothing_heard);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = over_the_line(c->pcm[i]);
}

static int join(struct clip **cp, struct clip *const *parts, size_t n, const struct media_spoil *line)
{
    size_t samples = AFTER_MS * (CLIP_RATE / 1000), at = 0;
    struct clip *c;
    int err;

    for (size_t i = 0; i < n; i++)
        samples += parts[i]->n;
    err = clip_alloc(&c, samples);
    if (err)
        return err;
    for (size_t i = 0; i < n; at += parts[i++]->n)
        memcpy(c->pcm + at, parts[i]->pcm, parts[i]->n * sizeof c->pcm[0]);
    send(c, line);
    *cp = c;
    return 0;
}

static int spoken(struct clip **cp, const struct amd_case *c, struct speech *speech, struct loop *loop)
{
    static struct announcement script;
    struct clip *parts[ANNOUNCEMENT_PARTS_MAX];
    size_t n = 0;
    int err = announcement_parse(&script, c->says);

    while (n < script.n && !err)
        err = render(&parts[n], &script.at[n], c->voice, speech, loop), n += !err;
    if (!err)
        err = join(cp, parts, n, &c->line);
    while (n-- > 0)
        obj_unref(parts[n]);
    return err;
}

static int recorded(struct clip **cp, const char *path)
{
    struct recording r;
    struct clip *c;
    int err = recording_read(&r, path);

    if (err)
        return err;
    err = clip_alloc(&c, r.n);
    if (!err) {
        memcpy(c->pcm, r.pcm[0], r.n * sizeof c->pcm[0]);
        err = join(cp, &c, 1, &(struct media_spoil){0});
        obj_unref(c);
    }
    recording_release(&r);
    return err;
}

int amd_case_audio(struct clip **cp, const struct amd_case *c, struct speech *speech, struct loop *loop)
{
    return c->path != NULL ? recorded(cp, c->path) : spoken(cp, c, speech, loop);
}
