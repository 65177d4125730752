/* closers.c - the humans and what they tell the desk: presence, offers, wrap-up, tasks. A command waits until the desk has done and written it. */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { DESK_WAIT_S = 5 };

/* --- waiting for the desk: shared by this thread and the control loop, whichever is last frees it --- */

struct waiter { pthread_mutex_t lock; pthread_cond_t done; bool over; int err; };

static void waiter_destroy(void *obj)
{
    struct waiter *w = obj;

    pthread_cond_destroy(&w->done);
    pthread_mutex_destroy(&w->lock);
}

static struct waiter *waiter_alloc(void)
{
    struct waiter *w = obj_alloc(sizeof *w, waiter_destroy);
    pthread_condattr_t attr;

    if (w == NULL)
        return NULL;
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w->done, &attr);
    pthread_condattr_destroy(&attr);
    return obj_ref(w); /* two owners */
}

static void on_done(int err, void *arg)
{
    struct waiter *w = arg;

    pthread_mutex_lock(&w->lock);
    w->err = err;
    w->over = true;
    pthread_cond_signal(&w->done);
    pthread_mutex_unlock(&w->lock);
    obj_unref(w);
}

/* `posted`: what the desk said at once; then on_done is never called. */
static int waiter_finish(struct waiter *w, int posted)
{
    struct timespec until;
    int err = posted;

    if (posted) {
        obj_unref(w);
    } else {
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += DESK_WAIT_S;
        pthread_mutex_lock(&w->lock);
        while (!w->over && err == 0)
            err = pthread_cond_timedwait(&w->done, &w->lock, &until);
        if (w->over)
            err = w->err;
        pthread_mutex_unlock(&w->lock);
    }
    obj_unref(w);
    return err;
}

static int finish(struct request *r, int err)
{
    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}

/* --- closers --- */

struct edit { const char *id; const json_t *body; char new_id[ID_MAX]; json_t *closers; json_t *out; };

static int read_closers(struct tx *tx, void *arg)
{
    struct edit *e = arg;

    e->closers = view_closers(tx);
    return 0;
}

int closers_get(struct request *r)
{
    struct edit e = {.id = NULL};
    int err = store_read(r->http->store, read_closers, &e);

    return err ? err : reply_page(r, e.closers, NULL);
}

static int put_closer(struct tx *tx, void *arg)
{
    struct edit *e = arg;
    json_t *old = NULL, *skills = json_object_get(e->body, "skills");
    const char *id = e->id != NULL ? e->id : id_new(e->new_id, clock_now_ms());
    int err = e->id != NULL ? closer_get(tx, e->id, &old) : 0;

    if (!err && e->id != NULL && jx_bool(e->body, "archived", false))
        err = closer_archive(tx, e->id);
    else if (!err)
        err = closer_put(tx, &(struct closer_row){.id = id, .name = jx_str(e->body, "name", jx_str(old, "name", "")),
                                                  .sip_uri = jx_str(e->body, "sip_uri", jx_str(old, "sip_uri", "")), .team = jx_str(e->body, "team", jx_str(old, "team", "closers")),
                                                  .accept = jx_str(e->body, "accept", jx_str(old, "accept", NULL)),
                                                  .user_id = jx_str(e->body, "user_id", jx_str(old, "user_id", NULL)),
                                                  .skills = json_is_array(skills) ? skills : json_object_get(old, "skills")},
                         clock_now_ms());
    json_decref(old);
    return err ? err : closer_get(tx, id, &e->out);
}

/* What follows at once, such as "available", must find the closer at the desk. The row is durable: a desk that cannot read now knows it after the next start. */
static void tell_desk(struct request *r)
{
    struct waiter *w = r->http->desk != NULL ? waiter_alloc() : NULL;

    if (w != NULL)
        (void)waiter_finish(w, desk_reload(r->http->desk, on_done, w));
}

static int save_closer(struct request *r, const char *id)
{
    static const char *const accepts[] = {"key", "answer", NULL};
    struct edit e = {.id = id, .body = r->json};
    const json_t *skills = json_object_get(r->json, "skills"), *archived = json_object_get(r->json, "archived");
    int err;

    (void)request_text(r, "name", 60, id == NULL);
    (void)request_text(r, "sip_uri", 200, id == NULL);
    (void)request_text(r, "team", 40, false);
    (void)request_text(r, "user_id", 36, false);
    (void)request_word(r, "accept", accepts, false);
    if (skills != NULL && !json_is_array(skills))
        request_wrong(r, "skills", "must be a list of words");
    if (archived != NULL && !json_is_boolean(archived))
        request_wrong(r, "archived", "must be true or false");
    if (r->errors != NULL)
        return 0;
    err = store_run(r->http->store, put_closer, &e);
    if (err)
        return err;
    tell_desk(r);
    return reply_json(r, id == NULL ? MHD_HTTP_CREATED : MHD_HTTP_OK, e.out);
}

int closers_post(struct request *r)
{
    return save_closer(r, NULL);
}

int closer_patch(struct request *r)
{
    return save_closer(r, r->id);
}

/* A closer speaks for themself; managers for everybody. */
static bool may_speak_for(const struct request *r, const char *closer_id)
{
    return (r->who.role & (ROLE_ADMIN | ROLE_MANAGER)) != 0 || (closer_id != NULL && strcmp(closer_id, r->who.closer_id) == 0);
}

static int not_yours(struct request *r)
{
    return reply_problem(r, MHD_HTTP_FORBIDDEN, "Only this closer or a manager may do this.");
}

int closer_presence_post(struct request *r)
{
    static const char *const words[] = {"available", "away", "offline", NULL};
    const char *presence = request_word(r, "presence", words, true), *reason = request_text(r, "reason", 80, false);
    struct waiter *w;

    if (r->errors != NULL)
        return 0;
    if (!may_speak_for(r, r->id))
        return not_yours(r);
    if (r->http->desk == NULL)
        return EAGAIN;
    w = waiter_alloc();
    return w == NULL ? ENOMEM : finish(r, waiter_finish(w, desk_presence_set(r->http->desk, r->id, presence, reason, on_done, w)));
}

/* --- offers and handoffs --- */

struct owner { const char *id; json_t *row; };

static int read_offer(struct tx *tx, void *arg)
{
    struct owner *o = arg;

    return offer_get(tx, o->id, &o->row);
}

static int read_handoff(struct tx *tx, void *arg)
{
    struct owner *o = arg;

    return handoff_get(tx, o->id, &o->row);
}

/* 0 when the row's closer is this one; a problem answered: EBADMSG. */
static int check_owner(struct request *r, store_job_fn *read)
{
    struct owner o = {.id = r->id};
    int err = store_read(r->http->store, read, &o);
    bool may = !err && may_speak_for(r, jx_str(o.row, "closer_id", NULL));

    json_decref(o.row);
    if (err || may)
        return err ? err : r->http->desk == NULL ? EAGAIN : 0;
    err = not_yours(r);
    return err ? err : EBADMSG;
}

static int answer_offer(struct request *r, bool accept)
{
    const char *reason = request_text(r, "reason", 80, false);
    struct waiter *w;
    int err;

    if (r->errors != NULL)
        return 0;
    err = check_owner(r, read_offer);
    if (err)
        return err == EBADMSG ? 0 : err;
    w = waiter_alloc();
    if (w == NULL)
        return ENOMEM;
    err = accept ? desk_offer_accept(r->http->desk, r->id, on_done, w) : desk_offer_decline(r->http->desk, r->id, reason, on_done, w);
    return finish(r, waiter_finish(w, err));
}

int offer_accept_post(struct request *r)
{
    return answer_offer(r, true);
}

int offer_decline_post(struct request *r)
{
    return answer_offer(r, false);
}

int handoff_wrap_up_post(struct request *r)
{
    const json_t *rating = json_object_get(r->json, "rating"), *deal = json_object_get(r->json, "deal_usd");
    struct waiter *w;
    int err;

    (void)request_text(r, "disposition", 60, true);
    (void)request_text(r, "note", 2000, false);
    (void)request_text(r, "next_step", 500, false);
    if (rating != NULL && !json_is_null(rating) && (!json_is_integer(rating) || json_integer_value(rating) < 1 || json_integer_value(rating) > 5))
        request_wrong(r, "rating", "must be a whole number from 1 to 5");
    if (deal != NULL && !json_is_null(deal) && (!json_is_number(deal) || json_number_value(deal) < 0))
        request_wrong(r, "deal_usd", "must be a number from 0");
    if (r->errors != NULL)
        return 0;
    err = check_owner(r, read_handoff);
    if (err)
        return err == EBADMSG ? 0 : err;
    w = waiter_alloc();
    return w == NULL ? ENOMEM : finish(r, waiter_finish(w, desk_wrap_up(r->http->desk, r->id, r->json, on_done, w)));
}

/* --- tasks --- */

struct tasks { struct task_filter filter; json_t *rows; };

static int read_tasks(struct tx *tx, void *arg)
{
    struct tasks *t = arg;

    return task_list(tx, &t->filter, &t->rows);
}

int tasks_get(struct request *r)
{
    struct tasks t = {.filter = {.kind = request_query(r, "kind"), .state = request_query(r, "state"), .lead_id = request_query(r, "lead_id"),
                                 .closer_id = request_query(r, "closer_id")}};
    int err;

    t.filter.limit = request_limit(r, 50);
    if (r->errors != NULL)
        return 0;
    err = store_read(r->http->store, read_tasks, &t);
    return err ? err : reply_page(r, t.rows, NULL);
}

struct doing { const char *id, *note; };

/* A person kept the promise, early or late. */
static int task_done(struct tx *tx, void *arg)
{
    const struct doing *d = arg;
    int64_t now = clock_now_ms();
    json_t *task, *columns, *data;
    int err = task_get(tx, d->id, &task);

    if (err)
        return err;
    if (strcmp(jx_str(task, "state", ""), "due") != 0) {
        json_decref(task);
        return EALREADY;
    }
    columns = json_pack("{s:s,s:I,s:s*}", "state", "done", "done_at", (json_int_t)now, "note", d->note);
    data = json_pack("{s:s,s:s,s:s*}", "task_id", d->id, "kind", jx_str(task, "kind", ""), "note", d->note);
    err = columns == NULL || data == NULL ? ENOMEM : task_update(tx, d->id, columns);
    if (!err)
        err = event_append(tx, &(struct store_event){.kind = "task.done", .lead_id = jx_str(task, "lead_id", NULL), .call_id = jx_str(task, "call_id", NULL), .subject = d->id, .data = data, .at = now});
    json_decref(data);
    json_decref(columns);
    json_decref(task);
    return err;
}

int task_done_post(struct request *r)
{
    struct doing d = {.id = r->id, .note = request_text(r, "note", 2000, false)};
    int err;

    if (r->errors != NULL)
        return 0;
    err = store_run(r->http->store, task_done, &d);
    return err ? err : reply_json(r, 200, json_pack("{s:b}", "ok", 1));
}
