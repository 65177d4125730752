#include "main/bench_stream.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"

#include "base/banned.h"

enum { PENDING_MAX = 1 << 20, EVENT_MAX = 256 << 10 };

struct bench_stream {
    CURL *curl;
    struct curl_slist *headers;
    struct buf pending;
    bench_stream_fn *fn;
    void *arg;
    pthread_t thread;
    atomic_bool up, stop;
};

/* The data of an event is one line of JSON. */
static void take_line(struct bench_stream *s, const char *line, size_t n, int64_t at_us)
{
    static const char data[] = "data: ";
    const size_t skip = sizeof data - 1;
    json_t *event = NULL;
    char why[128];

    if (n <= skip || memcmp(line, data, skip) != 0 || jx_parse(&event, line + skip, n - skip, EVENT_MAX, why, sizeof why) != 0)
        return;
    s->fn(event, at_us, s->arg);
    json_decref(event);
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *arg)
{
    struct bench_stream *s = arg;
    int64_t now = clock_mono_us();
    const char *end;

    atomic_store(&s->up, true);
    if (buf_add(&s->pending, bytes, size * count) != 0)
        return 0;
    while (s->pending.len > 0 && (end = memchr(s->pending.data, '\n', s->pending.len)) != NULL) {
        size_t n = (size_t)(end - s->pending.data);

        take_line(s, s->pending.data, n, now);
        buf_consume(&s->pending, n + 1);
    }
    return size * count;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct bench_stream *s = arg;

    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return atomic_load(&s->stop);
}

static void *stream_main(void *arg)
{
    struct bench_stream *s = arg;

    (void)curl_easy_perform(s->curl); /* ends by on_progress, or with the server */
    return NULL;
}

static void stream_free(struct bench_stream *s)
{
    curl_easy_cleanup(s->curl);
    curl_slist_free_all(s->headers);
    buf_release(&s->pending);
    free(s);
}

static int prepare(struct bench_stream *s, const char *base, const char *token)
{
    char url[256], authorization[300];

    s->curl = curl_easy_init();
    (void)snprintf(url, sizeof url, "%s/api/v1/events", base);
    (void)snprintf(authorization, sizeof authorization, "Authorization: Bearer %s", token);
    s->headers = curl_slist_append(NULL, authorization);
    if (s->curl == NULL || s->headers == NULL)
        return ENOMEM;
    curl_easy_setopt(s->curl, CURLOPT_URL, url);
    curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
    curl_easy_setopt(s->curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(s->curl, CURLOPT_WRITEDATA, s);
    curl_easy_setopt(s->curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(s->curl, CURLOPT_XFERINFODATA, s);
    curl_easy_setopt(s->curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    return 0;
}

int bench_stream_start(struct bench_stream **sp, const char *base, const char *token, bench_stream_fn *fn, void *arg)
{
    struct bench_stream *s = calloc(1, sizeof *s);
    int err;

    if (s == NULL)
        return ENOMEM;
    buf_init(&s->pending, PENDING_MAX);
    s->fn = fn;
    s->arg = arg;
    err = prepare(s, base, token);
    if (!err)
        err = pthread_create(&s->thread, NULL, stream_main, s);
    if (err) {
        stream_free(s);
        return err;
    }
    *sp = s;
    return 0;
}

bool bench_stream_up(const struct bench_stream *s)
{
    return atomic_load(&s->up);
}

void bench_stream_stop(struct bench_stream *s)
{
    if (s == NULL)
        return;
    atomic_store(&s->stop, true);
    pthread_join(s->thread, NULL);
    stream_free(s);
}
