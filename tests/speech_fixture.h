/* speech_fixture.h - a supervisor with real workers, driven from a test's own loop. Needs the installed models. */
#ifndef BATON_TESTS_SPEECH_FIXTURE_H
#define BATON_TESTS_SPEECH_FIXTURE_H

#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clip.h"
#include "base/loop.h"
#include "base/obj.h"
#include "base/text.h"
#include "models_fixture.h"
#include "speech/speech.h"

enum { FIXTURE_PATIENCE_S = 60 };

struct fixture {
    struct loop *loop; /* results arrive here */
    struct speech *speech;
    struct ears *ears;
    sem_t news;
    struct ears_result result; /* the last final */
    atomic_int finals, partials, ready;
    struct clip *clip;
    int clip_err;
};

static inline bool fixture_models_present(void)
{
    char stamp[1100];

    snprintf(stamp, sizeof stamp, "%s/stamp", fixture_models());
    if (access(stamp, R_OK) == 0)
        return true;
    printf("SKIPPED: no models in %s (scripts/fetch-models installs them)\n", fixture_models());
    return false;
}

static inline void fixture_on_result(const struct ears_result *r, void *arg)
{
    struct fixture *f = arg;

    if (r->final) {
        f->result = *r;
        atomic_fetch_add(&f->finals, 1);
    } else {
        atomic_fetch_add(&f->partials, 1);
    }
    sem_post(&f->news);
}

static inline void fixture_close_ears(void *arg)
{
    struct fixture *f = arg;

    ears_close(f->ears);
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;

    (void)loop_call(f->loop, fixture_close_ears, f);
    obj_unref(f->ears);
    speech_close(f->speech);
    obj_unref(f->speech);
    loop_free(f->loop);
    loop_lib_close();
    sem_destroy(&f->news);
    free(f);
    return 0;
}

/* Waits until *counter reaches n; fails the test when that takes too long. */
static inline void fixture_wait(struct fixture *f, atomic_int *counter, int n)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += FIXTURE_PATIENCE_S;
    while (atomic_load(counter) < n)
        if (sem_timedwait(&f->news, &until) != 0 && errno == ETIMEDOUT)
            fail_msg("no answer from the workers");
}

static inline void fixture_on_ready(void *arg)
{
    struct fixture *f = arg;

    atomic_store(&f->ready, 1);
    sem_post(&f->news);
}

static inline int fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct speech_config cfg = {.worker_path = BATON_SPEECH_WORKER,
                                .models_dir = fixture_models(),
                                .recogniser = "base",
                                .ears_workers = 1,
                                .voice_workers = 1,
                                .cache_bytes = 8 << 20,
                                .hang_ms = 8000,
                                .wait_ms = 1000 * FIXTURE_PATIENCE_S};

    *state = f;
    sem_init(&f->news, 0, 0);
    if (loop_lib_init(1024) || loop_spawn(&f->loop, "test") || speech_alloc(&f->speech, &cfg) ||
        ears_open(&f->ears, f->speech, f->loop, fixture_on_result, f) ||
        speech_when_ready(f->speech, f->loop, fixture_on_ready, f))
        return -1;
    fixture_wait(f, &f->ready, 1);
    return 0;
}

struct fixture_said {
    struct fixture *f;
    atomic_int done;
};

static inline void fixture_on_clip(int err, struct clip *clip, void *arg)
{
    struct fixture_said *s = arg;

    s->f->clip = clip;
    s->f->clip_err = err;
    atomic_store(&s->done, 1);
    sem_post(&s->f->news);
}

static inline int fixture_say_err(struct fixture *f, const char *voice, const char *text)
{
    struct fixture_said s = {.f = f};

    assert_int_equal(voice_say(f->speech, voice, text, f->loop, fixture_on_clip, &s), 0);
    fixture_wait(f, &s.done, 1);
    return f->clip_err;
}

static inline struct clip *fixture_say(struct fixture *f, const char *voice, const char *text)
{
    assert_int_equal(fixture_say_err(f, voice, text), 0);
    return f->clip;
}

static inline void fixture_feed(struct fixture *f, uint32_t utt, const struct clip *c)
{
    for (size_t at = 0; at < c->n; at += 160)
        assert_int_equal(ears_feed(f->ears, utt, c->pcm + at, c->n - at < 160 ? c->n - at : 160), 0);
}

static inline void fixture_flush(struct fixture *f, uint32_t utt)
{
    atomic_store(&f->finals, 0);
    assert_int_equal(ears_flush(f->ears, utt), 0);
    fixture_wait(f, &f->finals, 1);
    assert_int_equal(f->result.utterance, utt);
}

static inline void fixture_hear(struct fixture *f, uint32_t utt, const struct clip *c)
{
    fixture_feed(f, utt, c);
    fixture_flush(f, utt);
}

/* A further call's stream. */
struct stream {
    struct fixture *f;
    struct ears *ears;
    atomic_int finals;
    char text[SPEECH_TEXT_MAX];
};

static inline void stream_on_result(const struct ears_result *r, void *arg)
{
    struct stream *s = arg;

    if (!r->final)
        return;
    snprintf(s->text, sizeof s->text, "%s", r->text);
    atomic_fetch_add(&s->finals, 1);
    sem_post(&s->f->news);
}

static inline void stream_open(struct stream *s, struct fixture *f)
{
    *s = (struct stream){.f = f};
    assert_int_equal(ears_open(&s->ears, f->speech, f->loop, stream_on_result, s), 0);
}

static inline void stream_close_ears(void *arg)
{
    ears_close(arg);
}

static inline void stream_close(struct stream *s)
{
    (void)loop_call(s->f->loop, stream_close_ears, s->ears);
    obj_unref(s->ears);
}

static inline bool fixture_is_worker(const char *pid, const char *kind)
{
    char path[64], line[4096] = "", parent[32];
    FILE *f;
    size_t n;

    snprintf(path, sizeof path, "/proc/%.16s/cmdline", pid);
    if ((f = fopen(path, "r")) == NULL)
        return false;
    n = fread(line, 1, sizeof line - 1, f);
    fclose(f);
    if (n == 0 || strcmp(line, BATON_SPEECH_WORKER) != 0 || strcmp(line + strlen(line) + 1, kind) != 0)
        return false;
    snprintf(path, sizeof path, "/proc/%.16s/status", pid);
    snprintf(parent, sizeof parent, "PPid:\t%d\n", (int)getpid());
    if ((f = fopen(path, "r")) == NULL)
        return false;
    n = fread(line, 1, sizeof line - 1, f);
    fclose(f);
    line[n] = '\0';
    return strstr(line, parent) != NULL;
}

/* Sends a signal to this process's own workers of a kind. */
static inline void fixture_signal_workers(struct fixture *f, const char *kind, int sig)
{
    DIR *proc = opendir("/proc");
    struct dirent *e;
    int found = 0;

    (void)f;
    assert_non_null(proc);
    while ((e = readdir(proc)) != NULL) {
        if (!isdigit((unsigned char)e->d_name[0]) || !fixture_is_worker(e->d_name, kind))
            continue;
        assert_int_equal(kill((pid_t)strtol(e->d_name, NULL, 10), sig), 0);
        found++;
    }
    closedir(proc);
    assert_true(found > 0);
}

/* Lower-case words, without marks; a hyphen parts words. */
static inline size_t words_of(char words[][32], size_t max, const char *text)
{
    size_t n = 0, k = 0;

    for (;; text++) {
        if (isalnum((unsigned char)*text) || *text == '\'') {
            if (n < max && k < 31)
                words[n][k++] = (char)tolower((unsigned char)*text);
        } else if (*text != ',' || !isdigit((unsigned char)text[1])) {
            if (k > 0)
                words[n++][k] = '\0';
            k = 0;
        }
        if (*text == '\0' || n == max)
            return n;
    }
}

/* Levenshtein's distance in words. */
static inline int words_wrong(const char *wanted, const char *heard)
{
    static char a[64][32], b[64][32];
    size_t n = words_of(a, 64, wanted), m = words_of(b, 64, heard);
    int row[65], before;

    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        before = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int up = row[j], best = before + (strcmp(a[i - 1], b[j - 1]) != 0);

            best = up + 1 < best ? up + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            before = up;
        }
    }
    return row[m];
}

static inline double clip_level_dbfs(const struct clip *c)
{
    double sum = 0;

    for (size_t i = 0; i < c->n; i++)
        sum += (double)c->pcm[i] * c->pcm[i];
    return 10 * log10(sum / (double)c->n / (32768.0 * 32768.0));
}

#endif
