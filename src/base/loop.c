/* loop.c - a list of posted closures under a lock, and an eventfd that wakes the loop. One wake drains the
 * whole list, so a burst of posts costs one read. */
#include "base/loop.h"

#include <errno.h>
#include <pthread.h>
#include <re.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/banned.h"

struct post {
    struct post *next;
    loop_fn *fn;
    void *arg;
};

struct loop {
    pthread_t thread;
    bool spawned;
    int wake_fd;
    pthread_mutex_t lock;
    struct post *head, **tail;
    atomic_bool stopping;
    void (*on_signal)(int sig, void *arg);
    void *signal_arg;
    sem_t ready;
    int start_err;
};

static atomic_int loop_max_fds = 1024;
static struct loop *signal_loop; /* libre's signal handler has no argument */

int loop_lib_init(int max_fds)
{
    int err = libre_init();

    if (!err) {
        atomic_store(&loop_max_fds, max_fds);
        err = fd_setsize(max_fds);
    }
    return err;
}

void loop_lib_close(void)
{
    libre_close();
}

static void run_posts(struct loop *l)
{
    struct post *p;

    pthread_mutex_lock(&l->lock);
    p = l->head;
    l->head = NULL;
    l->tail = &l->head;
    pthread_mutex_unlock(&l->lock);
    while (p != NULL) {
        struct post *next = p->next;

        p->fn(p->arg);
        free(p);
        p = next;
    }
}

static void on_wake(int flags, void *arg)
{
    struct loop *l = arg;
    uint64_t n;

    (void)flags;
    if (read(l->wake_fd, &n, sizeof n) < 0 && errno != EAGAIN)
        return;
    run_posts(l);
    if (atomic_load(&l->stopping))
        re_cancel();
}

static void loop_destroy(struct loop *l)
{
    if (l->wake_fd >= 0)
        close(l->wake_fd);
    pthread_mutex_destroy(&l->lock);
    sem_destroy(&l->ready);
    free(l);
}

static int loop_create(struct loop **lp)
{
    struct loop *l = calloc(1, sizeof *l);

    if (l == NULL)
        return ENOMEM;
    pthread_mutex_init(&l->lock, NULL);
    sem_init(&l->ready, 0, 0);
    l->tail = &l->head;
    l->thread = pthread_self();
    l->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (l->wake_fd < 0) {
        int err = errno;

        loop_destroy(l);
        return err;
    }
    *lp = l;
    return 0;
}

int loop_alloc(struct loop **lp, const char *name)
{
    struct loop *l = NULL;
    int err = loop_create(&l);

    (void)name;
    if (err)
        return err;
    err = fd_listen(l->wake_fd, FD_READ, on_wake, l);
    if (err)
        loop_destroy(l);
    else
        *lp = l;
    return err;
}

static void signal_handler(int sig)
{
    struct loop *l = signal_loop;

    if (l != NULL && l->on_signal != NULL)
        l->on_signal(sig, l->signal_arg);
}

int loop_run(struct loop *l, bool signals, void (*on_signal)(int sig, void *arg), void *arg)
{
    int err;

    l->on_signal = on_signal;
    l->signal_arg = arg;
    if (signals)
        signal_loop = l;
    do {
        err = re_main(signals ? signal_handler : NULL);
    } while (err == EINTR);
    if (signals)
        signal_loop = NULL;
    run_posts(l);
    return err;
}

void loop_stop(struct loop *l)
{
    uint64_t one = 1;

    atomic_store(&l->stopping, true);
    if (write(l->wake_fd, &one, sizeof one) < 0)
        return; /* the counter is full: a wake is under way */
}

static void *spawned_main(void *arg)
{
    struct loop *l = arg;

    l->start_err = re_thread_init();
    if (!l->start_err)
        l->start_err = fd_setsize(atomic_load(&loop_max_fds));
    if (!l->start_err)
        l->start_err = fd_listen(l->wake_fd, FD_READ, on_wake, l);
    sem_post(&l->ready);
    if (!l->start_err)
        (void)loop_run(l, false, NULL, NULL);
    fd_close(l->wake_fd);
    re_thread_close();
    return NULL;
}

int loop_spawn(struct loop **lp, const char *name)
{
    struct loop *l = NULL;
    int err = loop_create(&l);

    if (err)
        return err;
    l->spawned = true;
    err = pthread_create(&l->thread, NULL, spawned_main, l);
    if (err) {
        loop_destroy(l);
        return err;
    }
    pthread_setname_np(l->thread, name);
    while (sem_wait(&l->ready) != 0)
        ;
    err = l->start_err;
    if (err) {
        pthread_join(l->thread, NULL);
        loop_destroy(l);
        return err;
    }
    *lp = l;
    return 0;
}

void loop_free(struct loop *l)
{
    if (l == NULL)
        return;
    if (l->spawned) {
        loop_stop(l);
        pthread_join(l->thread, NULL);
    } else {
        fd_close(l->wake_fd);
    }
    run_posts(l);
    loop_destroy(l);
}

int loop_post(struct loop *l, loop_fn *fn, void *arg)
{
    struct post *p = malloc(sizeof *p);
    uint64_t one = 1;
    bool first;

    if (p == NULL)
        return ENOMEM;
    *p = (struct post){.fn = fn, .arg = arg};
    pthread_mutex_lock(&l->lock);
    first = l->head == NULL;
    *l->tail = p;
    l->tail = &p->next;
    pthread_mutex_unlock(&l->lock);
    if (first && write(l->wake_fd, &one, sizeof one) < 0)
        return 0; /* the counter is full: a wake is under way */
    return 0;
}

struct waiting {
    loop_fn *fn;
    void *arg;
    sem_t done;
};

static void run_waiting(void *arg)
{
    struct waiting *w = arg;

    w->fn(w->arg);
    sem_post(&w->done);
}

int loop_call(struct loop *l, loop_fn *fn, void *arg)
{
    struct waiting w = {.fn = fn, .arg = arg};
    int err;

    if (loop_is_current(l)) {
        fn(arg);
        return 0;
    }
    sem_init(&w.done, 0, 0);
    err = loop_post(l, run_waiting, &w);
    while (!err && sem_wait(&w.done) != 0)
        ;
    sem_destroy(&w.done);
    return err;
}

bool loop_is_current(const struct loop *l)
{
    return pthread_equal(l->thread, pthread_self()) != 0;
}
