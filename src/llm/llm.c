/* llm.c - the thread that asks.
 *
 *   llm_ask --queue, wakeup--> thread: transfer under way --reply, error or time limit--> answer posted to the asker's loop
 *
 * The queue and the breaker are shared under one lock; transfers belong to the thread alone. */
#include "llm/llm.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "llm/breaker.h"
#include "llm/reply.h"

#include "base/banned.h"

enum { POLL_MS = 1000, KEY_MAX = 500, MODEL_MAX = 200 };

struct job {
    struct job *next;
    struct loop *loop;
    llm_answer_fn *fn;
    void *arg;
    char *body;
    int64_t due_us;
    CURL *curl;
    struct reply reply;
    bool replying;
    int err;
    char *text;
};

struct llm {
    char url[LLM_URL_MAX + 32], model[MODEL_MAX];
    struct curl_slist *headers;
    CURLM *multi;
    pthread_t thread;
    pthread_mutex_t lock;
    struct job *first, **last, *running;
    int waiting, at_once;
    bool started, closing;
    struct breaker breaker;
    struct llm_counts counts;
};

static int64_t now_ms(void)
{
    return clock_mono_us() / 1000;
}

/* --- answers go home --- */

static void job_free(struct job *j)
{
    free(j->body);
    free(j->text);
    free(j);
}

static void deliver(void *arg)
{
    struct job *j = arg;

    j->fn(j->err, j->err ? NULL : j->text, j->arg);
    job_free(j);
}

static void answer(struct job *j)
{
    if (loop_post(j->loop, deliver, j) != 0) /* without memory: nobody can be told */
        job_free(j);
}

/* --- transfers --- */

static size_t on_bytes(char *bytes, size_t size, size_t n, void *arg)
{
    struct job *j = arg;
    char *type = NULL;

    if (!j->replying) {
        curl_easy_getinfo(j->curl, CURLINFO_CONTENT_TYPE, &type);
        reply_init(&j->reply, type);
        j->replying = true;
    }
    return reply_feed(&j->reply, bytes, size * n) == 0 ? size * n : 0;
}

static int error_of(struct job *j, CURLcode code)
{
    long status = 0;
    const char *text;
    int err;

    curl_easy_getinfo(j->curl, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return ETIMEDOUT;
    if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST)
        return ECONNREFUSED;
    if (j->replying && j->reply.err)
        return j->reply.err;
    if (code != CURLE_OK || status != 200 || !j->replying)
        return EPROTO;
    err = reply_end(&j->reply, &text);
    if (err)
        return err;
    j->text = strdup(text);
    return j->text != NULL ? 0 : ENOMEM;
}

static void unlink_running(struct llm *l, struct job *j)
{
    struct job **p = &l->running;

    while (*p != j)
        p = &(*p)->next;
    *p = j->next;
    l->at_once--;
}

static void end_transfer(struct llm *l, struct job *j, int err)
{
    unlink_running(l, j);
    j->err = err;
    curl_multi_remove_handle(l->multi, j->curl);
    curl_easy_cleanup(j->curl);
    if (j->replying)
        reply_release(&j->reply);
    pthread_mutex_lock(&l->lock);
    if (err != ECANCELED)
        breaker_ended(&l->breaker, err == 0, now_ms());
    l->counts.answered += err == 0;
    l->counts.failed += err != 0;
    pthread_mutex_unlock(&l->lock);
    answer(j);
}

static void set_options(const struct llm *l, struct job *j, int64_t left_ms)
{
    curl_easy_setopt(j->curl, CURLOPT_URL, l->url);
    curl_easy_setopt(j->curl, CURLOPT_HTTPHEADER, l->headers);
    curl_easy_setopt(j->curl, CURLOPT_POSTFIELDS, j->body);
    curl_easy_setopt(j->curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(j->curl, CURLOPT_WRITEDATA, j);
    curl_easy_setopt(j->curl, CURLOPT_PRIVATE, j);
    curl_easy_setopt(j->curl, CURLOPT_TIMEOUT_MS, (long)left_ms);
    curl_easy_setopt(j->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(j->curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(j->curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(j->curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(j->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(j->curl, CURLOPT_PROXY, ""); /* what a prospect said goes to the configured machine and nowhere else */
}

static void begin_transfer(struct llm *l, struct job *j)
{
    int64_t left_ms = (j->due_us - clock_mono_us()) / 1000;

    j->next = l->running;
    l->running = j;
    l->at_once++;
    j->curl = curl_easy_init();
    if (j->curl != NULL && left_ms > 0)
        set_options(l, j, left_ms);
    if (j->curl == NULL || left_ms <= 0 || curl_multi_add_handle(l->multi, j->curl) != CURLM_OK)
        end_transfer(l, j, left_ms <= 0 ? ETIMEDOUT : ENOMEM);
}

static struct job *take_waiting(struct llm *l)
{
    struct job *j;

    pthread_mutex_lock(&l->lock);
    j = l->at_once < LLM_AT_ONCE ? l->first : NULL;
    if (j != NULL) {
        l->first = j->next;
        if (l->first == NULL)
            l->last = &l->first;
        l->waiting--;
    }
    pthread_mutex_unlock(&l->lock);
    return j;
}

static bool is_closing(struct llm *l)
{
    bool closing;

    pthread_mutex_lock(&l->lock);
    closing = l->closing;
    pthread_mutex_unlock(&l->lock);
    return closing;
}

static void collect(struct llm *l)
{
    CURLMsg *m;
    int left;

    while ((m = curl_multi_info_read(l->multi, &left)) != NULL) {
        char *private = NULL;
        struct job *j;

        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &private);
        j = (struct job *)(void *)private;
        end_transfer(l, j, error_of(j, m->data.result));
    }
}

/* A job that waits its whole time in the queue has timed out like any other: it is begun with nothing left. */
static void *thread_main(void *arg)
{
    struct llm *l = arg;
    struct job *j;
    int n;

    while (!is_closing(l)) {
        while ((j = take_waiting(l)) != NULL)
            begin_transfer(l, j);
        curl_multi_perform(l->multi, &n);
        collect(l);
        curl_multi_poll(l->multi, NULL, 0, POLL_MS, NULL);
    }
    while (l->running != NULL)
        end_transfer(l, l->running, ECANCELED);
    l->at_once = 0;
    while ((j = take_waiting(l)) != NULL) {
        j->err = ECANCELED;
        answer(j);
    }
    return NULL;
}

/* --- asking --- */

static json_t *body_json(const struct llm *l, const struct llm_request *r)
{
    json_t *body = json_pack("{s:s,s:O,s:b,s:i,s:i}", "model", l->model, "messages", r->messages, "stream", 1, "max_tokens", r->max_tokens, "temperature", 0);

    if (body != NULL && r->schema != NULL)
        jx_set(body, "response_format", json_pack("{s:s,s:{s:s,s:b,s:O}}", "type", "json_schema", "json_schema", "name", "answer", "strict", 1, "schema", r->schema));
    return body;
}

static int put(struct llm *l, struct job *j)
{
    int err = 0;

    pthread_mutex_lock(&l->lock);
    if (l->waiting == LLM_WAITING_MAX)
        err = EAGAIN;
    else if (l->closing || !breaker_allows(&l->breaker, now_ms()))
        err = EHOSTDOWN;
    l->counts.asked += err == 0;
    l->counts.refused += err != 0;
    if (!err) {
        *l->last = j;
        l->last = &j->next;
        l->waiting++;
    }
    pthread_mutex_unlock(&l->lock);
    return err;
}

int llm_ask(struct llm *l, const struct llm_request *r)
{
    json_t *body = body_json(l, r);
    struct job *j = calloc(1, sizeof *j);
    int err = ENOMEM;

    if (j != NULL && body != NULL)
        *j = (struct job){.loop = r->loop, .fn = r->fn, .arg = r->arg, .body = jx_dump(body), .due_us = clock_mono_us() + (int64_t)r->timeout_ms * 1000};
    json_decref(body);
    if (j != NULL && j->body != NULL)
        err = strlen(j->body) > LLM_REQUEST_MAX ? EMSGSIZE : put(l, j);
    if (err && j != NULL)
        job_free(j);
    if (!err)
        curl_multi_wakeup(l->multi);
    return err;
}

struct llm_counts llm_counts(struct llm *l)
{
    struct llm_counts c;

    pthread_mutex_lock(&l->lock);
    c = l->counts;
    pthread_mutex_unlock(&l->lock);
    return c;
}

/* --- life --- */

static void llm_destroy(void *obj)
{
    struct llm *l = obj;

    if (l->multi != NULL)
        curl_multi_cleanup(l->multi);
    curl_slist_free_all(l->headers);
    pthread_mutex_destroy(&l->lock);
}

/* "http://127.0.0.1:8000/v1": may a key travel there? */
static bool stays_here(const char *url)
{
    static const char *const hosts[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};

    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        size_t n = strlen(hosts[i]);

        if (strncasecmp(url, hosts[i], n) == 0 && (url[n] == ':' || url[n] == '/' || url[n] == '\0'))
            return true;
    }
    return false;
}

static int check(const struct llm_params *p, char *why, size_t size)
{
    const char *text = NULL;

    if (strncasecmp(p->url, "http://", 7) != 0 && strncasecmp(p->url, "https://", 8) != 0)
        text = "the address must begin with http:// or https://";
    else if (strchr(p->url, '@') != NULL || strlen(p->url) > LLM_URL_MAX)
        text = "the address is too long, or names a user";
    else if (p->key != NULL && p->key[0] != '\0' && strncasecmp(p->url, "https://", 8) != 0 && !stays_here(p->url))
        text = "the key would travel unencrypted: use https";
    else if (p->key != NULL && (strlen(p->key) > KEY_MAX || strpbrk(p->key, "\r\n") != NULL))
        text = "the key is not a key";
    else if (p->model == NULL || p->model[0] == '\0' || strlen(p->model) >= MODEL_MAX)
        text = "the name of the model is missing or too long";
    if (text == NULL)
        return 0;
    snprintf(why, size, "%s", text);
    return EINVAL;
}

static int add_header(struct llm *l, const char *line)
{
    struct curl_slist *longer = curl_slist_append(l->headers, line);

    if (longer == NULL)
        return ENOMEM;
    l->headers = longer;
    return 0;
}

static int prepare(struct llm *l, const struct llm_params *p)
{
    size_t n = strlen(p->url);
    char line[KEY_MAX + 32];
    int err;

    snprintf(l->url, sizeof l->url, "%.*s/chat/completions", (int)(n > 0 && p->url[n - 1] == '/' ? n - 1 : n), p->url);
    (void)text_copy(l->model, sizeof l->model, p->model);
    snprintf(line, sizeof line, "Authorization: Bearer %s", p->key != NULL ? p->key : "");
    err = add_header(l, "Content-Type: application/json");
    if (!err)
        err = add_header(l, "Expect:");
    if (!err && p->key != NULL && p->key[0] != '\0')
        err = add_header(l, line);
    l->multi = err ? NULL : curl_multi_init();
    return l->multi != NULL ? 0 : ENOMEM;
}

int llm_open(struct llm **lp, const struct llm_params *p, char *why, size_t why_size)
{
    struct llm *l;
    int err = check(p, why, why_size);

    if (err)
        return err;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || (l = obj_alloc(sizeof *l, llm_destroy)) == NULL)
        return ENOMEM;
    pthread_mutex_init(&l->lock, NULL);
    l->last = &l->first;
    breaker_init(&l->breaker, LLM_FAILURES_MAX, LLM_OPEN_MS);
    err = prepare(l, p);
    if (!err)
        err = pthread_create(&l->thread, NULL, thread_main, l);
    l->started = !err;
    if (err) {
        snprintf(why, why_size, "%s", strerror(err));
        obj_unref(l);
        return err;
    }
    *lp = l;
    return 0;
}

void llm_close(struct llm *l)
{
    if (l == NULL || !l->started)
        return;
    pthread_mutex_lock(&l->lock);
    l->closing = true;
    pthread_mutex_unlock(&l->lock);
    curl_multi_wakeup(l->multi);
    pthread_join(l->thread, NULL);
    l->started = false;
}
