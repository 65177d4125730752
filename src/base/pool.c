#include "base/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/banned.h"

enum { POOL_THREADS_MAX = 64 };

struct work {
    struct work *next;
    loop_fn *work, *done;
    struct loop *loop;
    void *arg;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct work *head, **tail;
    size_t queued;
    bool closing;
    int thread_count;
    pthread_t threads[POOL_THREADS_MAX];
};

static struct work *pool_take(struct pool *p)
{
    struct work *w;

    pthread_mutex_lock(&p->lock);
    while (p->head == NULL && !p->closing)
        pthread_cond_wait(&p->wake, &p->lock);
    w = p->head;
    if (w != NULL) {
        p->head = w->next;
        p->queued--;
        if (p->head == NULL)
            p->tail = &p->head;
    }
    pthread_mutex_unlock(&p->lock);
    return w;
}

static void *pool_main(void *arg)
{
    struct pool *p = arg;
    struct work *w;

    while ((w = pool_take(p)) != NULL) {
        w->work(w->arg);
        if (w->done != NULL)
            (void)loop_post(w->loop, w->done, w->arg);
        free(w);
    }
    return NULL;
}

int pool_alloc(struct pool **pp, int threads, const char *name)
{
    struct pool *p = calloc(1, sizeof *p);
    int err = 0;

    if (p == NULL)
        return ENOMEM;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    p->tail = &p->head;
    while (!err && p->thread_count < threads && p->thread_count < POOL_THREADS_MAX) {
        err = pthread_create(&p->threads[p->thread_count], NULL, pool_main, p);
        if (!err)
            pthread_setname_np(p->threads[p->thread_count++], name);
    }
    if (p->thread_count == 0) {
        pool_close(p);
        return err ? err : EINVAL;
    }
    *pp = p;
    return 0;
}

void pool_close(struct pool *p)
{
    if (p == NULL)
        return;
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->thread_count; i++)
        pthread_join(p->threads[i], NULL);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->wake);
    free(p);
}

int pool_submit(struct pool *p, loop_fn *work, loop_fn *done, struct loop *loop, void *arg)
{
    struct work *w = malloc(sizeof *w);
    int err = 0;

    if (w == NULL)
        return ENOMEM;
    *w = (struct work){.work = work, .done = done, .loop = loop, .arg = arg};
    pthread_mutex_lock(&p->lock);
    if (p->closing || p->queued >= POOL_QUEUE_MAX) {
        err = EAGAIN;
    } else {
        *p->tail = w;
        p->tail = &w->next;
        p->queued++;
        pthread_cond_signal(&p->wake);
    }
    pthread_mutex_unlock(&p->lock);
    if (err)
        free(w);
    return err;
}

size_t pool_queued(struct pool *p)
{
    size_t n;

    pthread_mutex_lock(&p->lock);
    n = p->queued;
    pthread_mutex_unlock(&p->lock);
    return n;
}
