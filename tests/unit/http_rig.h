/* http_rig.h - a web server over a store in memory, tokens of some roles, and a client that asks over a real socket. */
#ifndef BATON_TESTS_HTTP_RIG_H
#define BATON_TESTS_HTTP_RIG_H

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "http/http.h"
#include "store/call_rows.h"
#include "store/entities.h"

enum { ANSWER_MAX = 64 << 10 };

struct room {
    struct store *store;
    struct http *http;
    char admin[65], closer[65], sdr[65], developer[65], password[64]; /* tokens, one a role */
    char answer[ANSWER_MAX];
    char dir[40];
};

/* ports and turn_url may be NULL; the TURN server's secret is "sesame". */
static inline int room_open_with(void **state, const struct http_ports *ports, const char *turn_url)
{
    struct room *r = calloc(1, sizeof *r);
    char why[100];
    bool created;

    (void)snprintf(r->dir, sizeof r->dir, "/tmp/test_http_XXXXXX");
    assert_non_null(mkdtemp(r->dir));
    assert_int_equal(store_open(&r->store, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(http_first_admin(r->store, &created, r->password, sizeof r->password), 0);
    assert_true(created);
    assert_int_equal(http_token_create(r->store, "test", "admin", r->admin, sizeof r->admin), 0);
    assert_int_equal(http_token_create(r->store, "test", "closer", r->closer, sizeof r->closer), 0);
    assert_int_equal(http_token_create(r->store, "test", "sdr", r->sdr, sizeof r->sdr), 0);
    assert_int_equal(http_token_create(r->store, "test", "developer", r->developer, sizeof r->developer), 0);
    assert_int_equal(http_alloc(&r->http, &(struct http_config){.bind_ip = "127.0.0.1", .web_dir = r->dir, .recordings_dir = r->dir, .turn_url = turn_url, .turn_secret = "sesame", .lead = {.default_region = "US", .join_window_ms = 86400000, .policy = gate_policy_default}},
                                r->store, NULL, NULL, ports), 0);
    *state = r;
    return 0;
}

static inline int room_open(void **state)
{
    return room_open_with(state, NULL, NULL);
}

#define CALL "01900000-0000-7000-8000-000000000001"

static inline void write_file(const struct room *r, const char *name, const void *data, size_t n)
{
    char path[128];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", r->dir, name);
    f = fopen(path, "wbe");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static inline void remove_file(const struct room *r, const char *name)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", r->dir, name);
    (void)unlink(path);
}

static inline int room_close(void **state)
{
    struct room *r = *state;

    http_close(r->http);
    store_close(r->store);
    obj_unref(r->http);
    obj_unref(r->store);
    remove_file(r, CALL ".wav");
    remove_file(r, CALL ".wav.peaks.json");
    remove_file(r, "index.html");
    assert_int_equal(rmdir(r->dir), 0);
    free(r);
    return 0;
}

static inline int connect_to(const struct room *r)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(http_port(r->http)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = 20};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_true(fd >= 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

/* Reads until the text appears or the other side ends. */
static inline void read_until(struct room *r, int fd, const char *text)
{
    size_t n = 0;
    ssize_t got;

    r->answer[0] = '\0';
    while ((text == NULL || strstr(r->answer, text) == NULL) && n + 1 < sizeof r->answer && (got = recv(fd, r->answer + n, sizeof r->answer - n - 1, 0)) > 0) {
        n += (size_t)got;
        r->answer[n] = '\0';
    }
}

static inline int ask(struct room *r, const char *method, const char *path, const char *token, const char *headers, const char *body)
{
    char request[4096];
    int fd = connect_to(r);
    int n = snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s%s%sContent-Length: %zu\r\n\r\n%s", method, path,
                     token != NULL ? "Authorization: Bearer " : "", token != NULL ? token : "", token != NULL ? "\r\n" : "", headers, strlen(body), body);

    assert_int_equal(send(fd, request, (size_t)n, 0), n);
    read_until(r, fd, NULL);
    (void)close(fd);
    return strlen(r->answer) > 12 ? (int)strtol(r->answer + 9, NULL, 10) : 0;
}

#define JSON "Content-Type: application/json\r\n"

static inline bool says(const struct room *r, const char *text)
{
    return strstr(r->answer, text) != NULL;
}

#endif
