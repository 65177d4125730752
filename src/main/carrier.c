#include "main/carrier.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"

#include "base/banned.h"

enum { LINE_MAX_BYTES = 16384 };

extern char **environ;

struct carrier {
    struct carrier_params p;
    pid_t pid;
    FILE *out;
    pthread_t reader;
    bool reading;
};

struct delivery { struct carrier_params p; json_t *event; };

static void deliver(void *arg)
{
    struct delivery *d = arg;

    d->p.fn(d->event, d->p.arg);
    json_decref(d->event);
    free(d);
}

static void hand_over(const struct carrier *c, json_t *event)
{
    struct delivery *d = calloc(1, sizeof *d);

    if (d == NULL) {
        json_decref(event);
        return;
    }
    *d = (struct delivery){c->p, event};
    if (loop_post(c->p.control, deliver, d) != 0) {
        json_decref(event);
        free(d);
    }
}

static void *reader_main(void *arg)
{
    struct carrier *c = arg;
    char line[LINE_MAX_BYTES], why[128];
    json_t *event;

    while (fgets(line, sizeof line, c->out) != NULL)
        if (jx_parse(&event, line, strlen(line), sizeof line, why, sizeof why) == 0)
            hand_over(c, event);
    hand_over(c, NULL);
    return NULL;
}

static int spawn(struct carrier *c, char **argv)
{
    posix_spawn_file_actions_t fa;
    posix_spawnattr_t attr;
    int fds[2], err;

    if (pipe(fds) != 0)
        return errno;
    posix_spawn_file_actions_init(&fa);
    posix_spawn_file_actions_adddup2(&fa, fds[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&fa, fds[0]);
    posix_spawn_file_actions_addclose(&fa, fds[1]);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP); /* Ctrl-C is for us: we end it in order */
    err = posix_spawn(&c->pid, "/proc/self/exe", &fa, &attr, argv, environ);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&fa);
    close(fds[1]);
    c->out = err ? NULL : fdopen(fds[0], "r");
    if (c->out == NULL)
        close(fds[0]);
    return err ? err : c->out == NULL ? ENOMEM : 0;
}

int carrier_start(struct carrier **cp, const struct carrier_params *p)
{
    struct carrier *c = calloc(1, sizeof *c);
    char port[16], target[64], ears[16], voices[16];
    char *argv[] = {"baton", "phone", "--json", "--with-parent", "--people", (char *)(uintptr_t)p->people_file, "--sip-port", port, "--target", target, "--workers-ears", ears,
                    "--workers-voice", voices, NULL, NULL, NULL, NULL, NULL};
    size_t n = sizeof argv / sizeof argv[0] - 5;
    int err;

    if (c == NULL)
        return ENOMEM;
    c->p = *p;
    if (p->record_dir != NULL) {
        argv[n++] = "--record";
        argv[n++] = (char *)(uintptr_t)p->record_dir;
    }
    if (p->line != NULL) {
        argv[n++] = "--line";
        argv[n++] = (char *)(uintptr_t)p->line;
    }
    snprintf(port, sizeof port, "%d", p->port);
    snprintf(target, sizeof target, "sip:127.0.0.1:%d", p->target_port);
    snprintf(ears, sizeof ears, "%d", p->ears > 0 ? p->ears : p->ears < 0 ? 0 : 1);
    snprintf(voices, sizeof voices, "%d", p->voices > 0 ? p->voices : 1);
    err = spawn(c, argv);
    if (!err)
        err = pthread_create(&c->reader, NULL, reader_main, c);
    c->reading = !err;
    *cp = c;
    return err;
}

void carrier_stop(struct carrier *c)
{
    if (c == NULL)
        return;
    if (c->pid > 0)
        kill(c->pid, SIGTERM);
    if (c->reading)
        pthread_join(c->reader, NULL);
    if (c->pid > 0)
        while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    if (c->out != NULL)
        fclose(c->out);
    free(c);
}
