/* app_alerts.c - tells a chat of the team what cannot wait for somebody to look at a screen: a thread reads the journal as it grows and POSTs {"text": ...}
 * (which Slack and most others take) to the address of the setting. Best effort: three tries, then the alert is dropped and logged. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "desk/alert.h"
#include "main/app_priv.h"
#include "main/post.h"
#include "store/entities.h"

#include "base/banned.h"

enum { TRIES = 3, TIMEOUT_S = 5, READ_MAX = 200, BEHIND_MAX = 5000, ALERT_TEXT_MAX = 400 };

struct alerts {
    struct store *store;      /* reference */
    struct poster *poster;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int64_t newest, seen;
    bool stopping;
};

/* --- one alert --- */

struct reading { int64_t after; json_t *events; };

static int read_events(struct tx *tx, void *arg)
{
    struct reading *r = arg;

    return event_list(tx, r->after, NULL, NULL, READ_MAX, &r->events);
}

struct naming { const json_t *event; json_t *lead, *closer; };

static int read_names(struct tx *tx, void *arg)
{
    struct naming *n = arg;
    const char *closer = jx_str(json_object_get(n->event, "data"), "closer_id", NULL);

    if (closer != NULL)
        (void)closer_get(tx, closer, &n->closer);
    return lead_get(tx, jx_str(n->event, "lead_id", ""), &n->lead);
}

/* False when the process ends meanwhile. */
static bool pause_s(struct alerts *a, int s)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += s;
    pthread_mutex_lock(&a->lock);
    while (!a->stopping && pthread_cond_timedwait(&a->wake, &a->lock, &until) == 0)
        ;
    pthread_mutex_unlock(&a->lock);
    return !a->stopping;
}

static void deliver(struct alerts *a, const char *text)
{
    json_t *body = json_pack("{s:s}", "text", text), *answer = NULL;
    char why[200] = "";
    int status = 0;

    for (int i = 0; i < TRIES && body != NULL; i++) {
        int err = poster_send(a->poster, "", body, &status, &answer, why, sizeof why);

        json_decref(answer);
        answer = NULL;
        if ((!err && status < 300) || !pause_s(a, 1 << i))
            break;
        if (i == TRIES - 1)
            log_warn("desk", "", "an alert was not taken: status %d %s", status, err ? "no answer" : "");
    }
    json_decref(body);
}

static void tell(struct alerts *a, const json_t *event)
{
    struct naming n = {.event = event};
    char text[ALERT_TEXT_MAX];

    if (store_read(a->store, read_names, &n) == 0) {
        alert_text(text, sizeof text, event, n.lead, jx_str(n.closer, "name", NULL));
        deliver(a, text);
    }
    json_decref(n.lead);
    json_decref(n.closer);
}

/* --- the journal --- */

static void read_on(struct alerts *a)
{
    struct reading r = {.after = a->seen};
    json_t *event;
    size_t i;

    if (store_read(a->store, read_events, &r) != 0) {
        (void)pause_s(a, 1);
        return;
    }
    json_array_foreach(r.events, i, event) {
        if (!a->stopping && alert_wants(jx_str(event, "kind", "")))
            tell(a, event);
        a->seen = jx_int(event, "seq", a->seen);
    }
    json_decref(r.events);
}

static void *run(void *arg)
{
    struct alerts *a = arg;

    pthread_mutex_lock(&a->lock);
    while (!a->stopping) {
        if (a->newest - a->seen > BEHIND_MAX)
            a->seen = a->newest; /* old alerts help nobody */
        if (a->newest <= a->seen) {
            pthread_cond_wait(&a->wake, &a->lock);
            continue;
        }
        pthread_mutex_unlock(&a->lock);
        read_on(a);
        pthread_mutex_lock(&a->lock);
    }
    pthread_mutex_unlock(&a->lock);
    return NULL;
}

static void on_commit(int64_t seq, void *arg)
{
    struct alerts *a = arg;

    pthread_mutex_lock(&a->lock);
    a->newest = seq;
    pthread_cond_signal(&a->wake);
    pthread_mutex_unlock(&a->lock);
}

static int read_last(struct tx *tx, void *arg)
{
    *(int64_t *)arg = event_last_seq(tx);
    return 0;
}

int app_alerts_start(struct app *app)
{
    struct alerts *a;
    int err;

    if (app->cfg.alerts_webhook[0] == '\0')
        return 0;
    a = calloc(1, sizeof *a);
    if (a == NULL)
        return ENOMEM;
    a->store = obj_ref(app->store);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->wake, NULL);
    err = poster_alloc(&a->poster, app->cfg.alerts_webhook, NULL);
    if (!err) {
        poster_timeout(a->poster, TIMEOUT_S);
        err = store_read(a->store, read_last, &a->seen);
    }
    a->newest = a->seen;
    if (!err)
        err = pthread_create(&a->thread, NULL, run, a);
    if (err) {
        poster_free(a->poster);
        obj_unref(a->store);
        free(a);
        return err;
    }
    app->alerts = a;
    return store_watch(a->store, on_commit, a);
}

/* The store must be closed before it is freed: until then commits may wake it. */
void app_alerts_stop(struct app *app)
{
    struct alerts *a = app->alerts;

    if (a == NULL)
        return;
    pthread_mutex_lock(&a->lock);
    a->stopping = true;
    pthread_cond_signal(&a->wake);
    pthread_mutex_unlock(&a->lock);
    (void)pthread_join(a->thread, NULL);
}

void app_alerts_free(struct app *app)
{
    struct alerts *a = app->alerts;

    if (a == NULL)
        return;
    poster_free(a->poster);
    obj_unref(a->store);
    pthread_cond_destroy(&a->wake);
    pthread_mutex_destroy(&a->lock);
    free(a);
    app->alerts = NULL;
}
