/* once.c - Idempotency-Key: the first answer to a key is kept with the hash of its body and given again; another body under the
 * same key is refused. Keys are apart for each user and route. Of requests that come at the same moment one is done and the others wait for its answer: each holds a
 * thread of the daemon meanwhile, as any request does. When it fails nothing is kept, and the next of them is done. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

struct entry { char scope[160], hash[TOKEN_MAX]; const char *key, *answer; int status; json_t *row; };

static const char *key_of(const struct request *r)
{
    const char *key = request_header(r, "Idempotency-Key");

    return key != NULL && key[0] != '\0' ? key : NULL;
}

static void entry_init(struct entry *e, const struct request *r)
{
    *e = (struct entry){.key = key_of(r)};
    snprintf(e->scope, sizeof e->scope, "%s %s", r->who.user_id, r->route->pattern);
    auth_hash(e->hash, buf_str(&r->body), r->body.len);
}

static int read_entry(struct tx *tx, void *arg)
{
    struct entry *e = arg;

    return idempotency_get(tx, e->scope, e->key, &e->row);
}

static int replay(struct request *r, const struct entry *e)
{
    if (strcmp(jx_str(e->row, "body_hash", ""), e->hash) != 0)
        return reply_problem(r, MHD_HTTP_UNPROCESSABLE_CONTENT, "This Idempotency-Key was used with another body.");
    r->replayed = true;
    return reply_json(r, (unsigned)jx_int(e->row, "status", 200), json_loads(jx_str(e->row, "response", "{}"), 0, NULL));
}

static bool same(const struct request *a, const struct request *b)
{
    return a->route == b->route && strcmp(a->who.user_id, b->who.user_id) == 0 && strcmp(key_of(a), key_of(b)) == 0;
}

/* Lock held. */
static bool being_done(const struct once *o, const struct request *r)
{
    for (const struct request *other = o->first; other != NULL; other = other->once_next)
        if (same(other, r))
            return true;
    return false;
}

/* Waits for the requests before this one, and is the one that is done from then on. */
static void enter(struct once *o, struct request *r)
{
    pthread_mutex_lock(&o->lock);
    while (being_done(o, r))
        pthread_cond_wait(&o->over, &o->lock);
    r->once_next = o->first;
    o->first = r;
    pthread_mutex_unlock(&o->lock);
}

void once_end(struct request *r)
{
    struct once *o = &r->http->once;
    struct request **at;

    pthread_mutex_lock(&o->lock);
    for (at = &o->first; *at != NULL && *at != r; at = &(*at)->once_next)
        ;
    if (*at == r) {
        *at = r->once_next;
        pthread_cond_broadcast(&o->over);
    }
    pthread_mutex_unlock(&o->lock);
}

bool once_begin(struct request *r)
{
    struct entry e;
    int err;

    entry_init(&e, r);
    if (e.key == NULL)
        return false;
    if (strlen(e.key) > HTTP_KEY_MAX) {
        (void)reply_problem(r, MHD_HTTP_BAD_REQUEST, "An Idempotency-Key may have 255 characters.");
        return true;
    }
    enter(&r->http->once, r);
    err = store_read(r->http->store, read_entry, &e);
    if (err == ENOENT)
        return false;
    once_end(r);
    (void)(err ? reply_errno(r, err) : replay(r, &e));
    json_decref(e.row);
    return true;
}

void once_init(struct once *o)
{
    pthread_mutex_init(&o->lock, NULL);
    pthread_cond_init(&o->over, NULL);
}

void once_release(struct once *o)
{
    pthread_cond_destroy(&o->over);
    pthread_mutex_destroy(&o->lock);
}

static int write_entry(struct tx *tx, void *arg)
{
    const struct entry *e = arg;
    int err = idempotency_put(tx, e->scope, e->key, e->hash, e->status, e->answer, clock_now_ms());

    return err == EEXIST ? 0 : err;
}

void once_keep(struct request *r, const char *answer)
{
    struct entry e;

    entry_init(&e, r);
    if (e.key == NULL)
        return;
    e.answer = answer;
    e.status = (int)r->status;
    (void)store_run(r->http->store, write_entry, &e);
}
