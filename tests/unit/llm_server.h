/* llm_server.h - a server of chat completions that behaves as a test wants: raw bytes over a socket of 127.0.0.1, one connection after the other. */
#ifndef BATON_TESTS_LLM_SERVER_H
#define BATON_TESTS_LLM_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LLM_SERVER_HEARD = 64 * 1024 };

struct llm_server {
    int fd, port, stop[2];
    const char *bytes;     /* the whole response, head included; NULL: never answers */
    size_t n;
    bool dribble;          /* a byte at a time, until the client goes */
    pthread_t thread;
    char heard[LLM_SERVER_HEARD]; /* the newest request */
    atomic_int requests;
};

static inline size_t llm_server_read(struct llm_server *s, int c)
{
    size_t at = 0, want = 0;

    for (;;) {
        struct pollfd p[2] = {{c, POLLIN, 0}, {s->stop[0], POLLIN, 0}};
        ssize_t n;
        char *body;

        if (poll(p, 2, -1) < 0 || p[1].revents != 0 || at + 1 >= LLM_SERVER_HEARD)
            return 0;
        n = read(c, s->heard + at, LLM_SERVER_HEARD - 1 - at);
        if (n <= 0)
            return 0;
        at += (size_t)n;
        s->heard[at] = '\0';
        body = strstr(s->heard, "\r\n\r\n");
        if (body != NULL && want == 0) {
            const char *length = strcasestr(s->heard, "Content-Length:");

            want = (size_t)(body + 4 - s->heard) + (length != NULL ? strtoul(length + 15, NULL, 10) : 0);
        }
        if (want > 0 && at >= want)
            return at;
    }
}

/* Waits until the client or the test is done with it. */
static inline void llm_server_wait(struct llm_server *s, int c, int ms)
{
    struct pollfd p[2] = {{c, POLLIN, 0}, {s->stop[0], POLLIN, 0}};

    (void)poll(p, 2, ms);
}

static inline void llm_server_answer(struct llm_server *s, int c)
{
    if (s->bytes == NULL) {
        llm_server_wait(s, c, -1);
        return;
    }
    if (!s->dribble) {
        (void)!send(c, s->bytes, s->n, MSG_NOSIGNAL);
        return;
    }
    for (size_t i = 0; i < s->n && send(c, s->bytes + i, 1, MSG_NOSIGNAL) == 1; i++) {
        struct pollfd p = {s->stop[0], POLLIN, 0};

        if (poll(&p, 1, 20) != 0)
            return;
    }
}

static inline void *llm_server_main(void *arg)
{
    struct llm_server *s = arg;

    for (;;) {
        struct pollfd p[2] = {{s->fd, POLLIN, 0}, {s->stop[0], POLLIN, 0}};
        int c;

        if (poll(p, 2, -1) < 0 || p[1].revents != 0)
            return NULL;
        c = accept(s->fd, NULL, NULL);
        if (c < 0)
            continue;
        if (llm_server_read(s, c) > 0) {
            atomic_fetch_add(&s->requests, 1);
            llm_server_answer(s, c);
        }
        close(c);
    }
}

static inline int llm_server_start(struct llm_server *s, const char *bytes, bool dribble)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof a;

    memset(s, 0, sizeof *s);
    s->bytes = bytes;
    s->n = bytes != NULL ? strlen(bytes) : 0;
    s->dribble = dribble;
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(s->fd, 16) != 0 || getsockname(s->fd, (struct sockaddr *)&a, &n) != 0 || pipe(s->stop) != 0)
        return -1;
    s->port = ntohs(a.sin_port);
    return pthread_create(&s->thread, NULL, llm_server_main, s);
}

static inline void llm_server_stop(struct llm_server *s)
{
    (void)!write(s->stop[1], "", 1);
    pthread_join(s->thread, NULL);
    close(s->fd);
    close(s->stop[0]);
    close(s->stop[1]);
}

#endif
