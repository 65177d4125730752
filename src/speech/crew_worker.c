/* crew_worker.c - one worker process: started, spoken to, watched, restarted. */
#include <errno.h>
#include <fcntl.h>
#include <re.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "speech/crew_priv.h"

#include "base/banned.h"

enum { CHILD_FD = 3, READ_SIZE = 65536, SOCKET_BUFFER = 1 << 19 };

extern char **environ;

static void set_state(struct crew_worker *w, enum crew_worker_state to)
{
    w->state = to;
    timer_cancel(&w->watchdog);
}

/* The child gets the socket as descriptor 3, nothing else that is open here, and no signal settings of ours. */
static int spawn(struct crew_worker *w, int child_fd)
{
    struct crew *c = w->crew;
    char *argv[] = {c->worker_path, c->kind, "--models", c->models_dir, "--recogniser", c->recogniser, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    int err;

    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    err = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!err)
        err = posix_spawn_file_actions_adddup2(&files, child_fd, CHILD_FD);
    if (!err)
        err = posix_spawn_file_actions_addclosefrom_np(&files, CHILD_FD + 1);
    if (!err)
        err = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (!err)
        err = posix_spawnattr_setsigmask(&attributes, &none);
    if (!err)
        err = posix_spawnattr_setsigdefault(&attributes, &all);
    if (!err)
        err = posix_spawn(&w->pid, c->worker_path, &files, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return err;
}

void crew_worker_stop(struct crew_worker *w)
{
    if (w->fd >= 0) {
        fd_close(w->fd);
        close(w->fd);
        w->fd = -1;
    }
    if (w->pid > 0) {
        kill(w->pid, SIGKILL); /* it may hang or be stopped: waiting must end */
        while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        w->pid = 0;
    }
    timer_cancel(&w->restart);
    set_state(w, WORKER_DOWN);
    buf_release(&w->in);
    buf_release(&w->out);
}

static void on_restart(void *arg)
{
    crew_worker_start(arg);
}

/* The one way a worker is given up: clean up, plan the restart, tell the crew. */
static void lose(struct crew_worker *w)
{
    bool healthy = w->ready_us > 0 && clock_mono_us() - w->ready_us >= CREW_HEALTHY_MS * 1000LL;
    int64_t wait_ms;

    log_debug("speech", NULL, "%s worker %d lost", w->crew->kind, (int)w->pid);
    crew_worker_stop(w);
    w->young_deaths = healthy ? 0 : w->young_deaths + 1;
    wait_ms = w->young_deaths == 0 ? 0 : (int64_t)CREW_BACKOFF_MIN_MS << (w->young_deaths < 8 ? w->young_deaths - 1 : 7);
    if (wait_ms > CREW_BACKOFF_MAX_MS)
        wait_ms = CREW_BACKOFF_MAX_MS;
    timer_start(&w->restart, wait_ms, on_restart, w);
    crew_worker_lost(w);
}

static void on_watchdog(void *arg)
{
    lose(arg);
}

static void on_socket(int flags, void *arg);

static void watch(struct crew_worker *w, bool writing)
{
    w->writing = writing;
    if (fd_listen(w->fd, FD_READ | (writing ? FD_WRITE : 0), on_socket, w))
        lose(w);
}

static void send_more(struct crew_worker *w)
{
    while (w->out.len > 0) {
        ssize_t n = send(w->fd, w->out.data, w->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (n < 0) {
            if (errno == EINTR)
                continue;
            break; /* full, or dead: the reading side will tell */
        }
        buf_consume(&w->out, (size_t)n);
    }
    if (w->writing != (w->out.len > 0))
        watch(w, w->out.len > 0);
}

/* False when the worker said what no worker says. */
static bool take_frame(struct crew_worker *w, const struct frame *f)
{
    if (f->type == FRAME_READY && w->state == WORKER_LOADING) {
        w->ready_us = clock_mono_us();
        set_state(w, WORKER_IDLE);
        log_debug("speech", NULL, "%s worker %d ready", w->crew->kind, (int)w->pid);
        crew_worker_ready(w);
        return true;
    }
    if (w->state != WORKER_BUSY || f->number != w->job_number)
        return false;
    if (f->type != FRAME_TEXT && f->type != FRAME_PCM && f->type != FRAME_FAILED)
        return false;
    set_state(w, WORKER_IDLE);
    crew_worker_answered(w, f);
    return true;
}

/* At most one frame is expected at a time: a worker that sends more is broken, and each frame is used before the next. */
static void read_frames(struct crew_worker *w)
{
    struct frame f;
    size_t size;
    int err;

    while (w->fd >= 0 && (err = frame_peek(&f, &size, &w->in)) != EAGAIN) {
        if (err || !take_frame(w, &f)) {
            lose(w);
            return;
        }
        if (w->fd >= 0)
            buf_consume(&w->in, size);
    }
}

static void on_socket(int flags, void *arg)
{
    struct crew_worker *w = arg;
    char bytes[READ_SIZE];
    ssize_t n;

    if (flags & FD_WRITE)
        send_more(w);
    if (w->fd < 0)
        return;
    n = recv(w->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0 || buf_add(&w->in, bytes, (size_t)n))
        lose(w);
    else
        read_frames(w);
}

void crew_worker_start(struct crew_worker *w)
{
    int pair[2], size = SOCKET_BUFFER;
    int err = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0 ? errno : 0;

    buf_init(&w->in, FRAME_QUEUE_MAX);
    buf_init(&w->out, FRAME_QUEUE_MAX);
    w->ready_us = 0;
    if (err) {
        lose(w);
        return;
    }
    (void)setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    (void)setsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    err = spawn(w, pair[1]);
    close(pair[1]);
    w->fd = pair[0];
    if (err) {
        w->pid = 0;
        lose(w);
        return;
    }
    set_state(w, WORKER_LOADING);
    timer_start(&w->watchdog, CREW_LOAD_MS, on_watchdog, w);
    watch(w, false);
}

void crew_worker_give(struct crew_worker *w, struct crew_job *j)
{
    w->job = j;
    w->job_number = ++w->crew->last_number;
    w->cancelled = false;
    set_state(w, WORKER_BUSY);
    timer_start(&w->watchdog, w->crew->hang_ms, on_watchdog, w);
    if (j->write(&w->out, j, w->job_number))
        lose(w);
    else
        send_more(w);
}

void crew_worker_cancel(struct crew_worker *w)
{
    if (w->state != WORKER_BUSY || w->cancelled || frame_put(&w->out, FRAME_CANCEL, w->job_number, NULL, 0, NULL, 0))
        return;
    w->cancelled = true;
    send_more(w);
}
