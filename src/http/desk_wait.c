/* desk_wait.c - an HTTP thread waits until the desk has done a command and written it. */
#include <errno.h>
#include <time.h>

#include "base/obj.h"
#include "http/http_priv.h"

#include "base/banned.h"

enum { DESK_WAIT_S = 5 };

/* Shared by the waiting thread and the control loop: whichever is last frees it. */
struct desk_wait { pthread_mutex_t lock; pthread_cond_t done; bool over; int err; };

static void desk_wait_destroy(void *obj)
{
    struct desk_wait *w = obj;

    pthread_cond_destroy(&w->done);
    pthread_mutex_destroy(&w->lock);
}

struct desk_wait *desk_wait_alloc(void)
{
    struct desk_wait *w = obj_alloc(sizeof *w, desk_wait_destroy);
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

void desk_wait_done(int err, void *arg)
{
    struct desk_wait *w = arg;

    pthread_mutex_lock(&w->lock);
    w->err = err;
    w->over = true;
    pthread_cond_signal(&w->done);
    pthread_mutex_unlock(&w->lock);
    obj_unref(w);
}

int desk_wait_finish(struct desk_wait *w, int posted)
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

int desk_wait_reply(struct request *r, struct desk_wait *w, int posted)
{
    int err = desk_wait_finish(w, posted);

    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}
