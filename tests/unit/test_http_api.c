/* The API over a real socket: who may do what, what an intake answers, what a wrong request is told, how the stream goes on. */
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

#include "base/json.h"
#include "base/obj.h"
#include "http/http.h"
#include "store/entities.h"

#include "base/banned.h"

enum { ANSWER_MAX = 64 << 10 };

struct room {
    struct store *store;
    struct http *http;
    char admin[65], sdr[65], password[64];
    char answer[ANSWER_MAX];
};

static int set_up(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    char why[100];
    bool created;

    assert_int_equal(store_open(&r->store, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(http_first_admin(r->store, &created, r->password, sizeof r->password), 0);
    assert_true(created);
    assert_int_equal(http_token_create(r->store, "test", "admin", r->admin, sizeof r->admin), 0);
    assert_int_equal(http_token_create(r->store, "test", "sdr", r->sdr, sizeof r->sdr), 0);
    assert_int_equal(http_alloc(&r->http, &(struct http_config){.bind_ip = "127.0.0.1", .lead = {.default_region = "US", .join_window_ms = 86400000, .policy = gate_policy_default}},
                                r->store, NULL, NULL, NULL), 0);
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct room *r = *state;

    http_close(r->http);
    store_close(r->store);
    obj_unref(r->http);
    obj_unref(r->store);
    free(r);
    return 0;
}

static int connect_to(const struct room *r)
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
static void read_until(struct room *r, int fd, const char *text)
{
    size_t n = 0;
    ssize_t got;

    r->answer[0] = '\0';
    while ((text == NULL || strstr(r->answer, text) == NULL) && n + 1 < sizeof r->answer && (got = recv(fd, r->answer + n, sizeof r->answer - n - 1, 0)) > 0) {
        n += (size_t)got;
        r->answer[n] = '\0';
    }
}

static int ask(struct room *r, const char *method, const char *path, const char *token, const char *headers, const char *body)
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

static bool says(const struct room *r, const char *text)
{
    return strstr(r->answer, text) != NULL;
}

static void who_is_nobody_gets_in_nowhere(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "GET", "/api/v1/leads", NULL, "", ""), 401);
    assert_true(says(r, "application/problem+json"));
    assert_int_equal(ask(r, "GET", "/api/v1/users", r->sdr, "", ""), 403);
    assert_int_equal(ask(r, "GET", "/api/v1/users", r->admin, "", ""), 200);
    assert_int_equal(ask(r, "GET", "/healthz", NULL, "", ""), 200);
    assert_true(says(r, "script-src 'self'"));
}

static void wrong_requests_are_told_what_is_wrong(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "GET", "/api/v1/nothing", r->admin, "", ""), 404);
    assert_int_equal(ask(r, "DELETE", "/api/v1/leads", r->admin, "", ""), 405);
    assert_true(says(r, "Allow: GET, POST"));
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->admin, "Content-Type: text/plain\r\n", "{}"), 415);
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->admin, JSON, "{"), 400);
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->admin, JSON, "{\"phone\":\"12\"}"), 422);
    assert_true(says(r, "\"field\":\"phone\""));
    assert_int_equal(ask(r, "GET", "/api/v1/leads?limit=x", r->admin, "", ""), 422);
}

static void a_lead_is_taken_once_for_each_key(void **state)
{
    struct room *r = *state;
    const char *body = "{\"phone\":\"+14155550123\",\"first_name\":\"Ann\",\"consent\":{\"text\":\"yes\",\"source\":\"form\"}}";

    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON "Idempotency-Key: k1\r\n", body), 202);
    assert_true(says(r, "\"joined\":false"));
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON "Idempotency-Key: k1\r\n", body), 202);
    assert_true(says(r, "Idempotency-Replayed: true"));
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON "Idempotency-Key: k1\r\n", "{\"phone\":\"+14155550124\"}"), 422);
    assert_int_equal(ask(r, "GET", "/api/v1/leads?q=Ann", r->sdr, "", ""), 200);
    assert_true(says(r, "+14155550123"));
    assert_int_equal(ask(r, "GET", "/api/v1/wall", r->sdr, "", ""), 200);
    assert_true(says(r, "\"leads_today\":1"));
}

static void a_password_opens_a_session_and_guessing_is_slowed(void **state)
{
    struct room *r = *state;
    char body[200], cookie[200];
    const char *at;

    snprintf(body, sizeof body, "{\"login\":\"admin\",\"password\":\"%s\"}", r->password);
    assert_int_equal(ask(r, "POST", "/api/v1/login", NULL, JSON, body), 200);
    assert_true(says(r, "HttpOnly; SameSite=Strict"));
    at = strstr(r->answer, "baton_session=");
    assert_non_null(at);
    snprintf(cookie, sizeof cookie, "Cookie: %.78s\r\n", at);
    assert_int_equal(ask(r, "GET", "/api/v1/me", NULL, cookie, ""), 200);
    assert_true(says(r, "\"role\":\"admin\""));
    snprintf(cookie + strlen(cookie), sizeof cookie - strlen(cookie), "Origin: http://evil.example\r\n");
    assert_int_equal(ask(r, "POST", "/api/v1/logout", NULL, cookie, ""), 403);
    for (int i = 0; i < 5; i++)
        assert_int_equal(ask(r, "POST", "/api/v1/login", NULL, JSON, "{\"login\":\"admin\",\"password\":\"wrong\"}"), 401);
    assert_int_equal(ask(r, "POST", "/api/v1/login", NULL, JSON, body), 429);
}

static void the_stream_begins_where_the_client_left(void **state)
{
    struct room *r = *state;
    char request[300];
    int fd, n;

    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON, "{\"phone\":\"+14155550125\"}"), 202);
    fd = connect_to(r);
    n = snprintf(request, sizeof request, "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0\r\nAuthorization: Bearer %s\r\n\r\n", r->sdr);
    assert_int_equal(send(fd, request, (size_t)n, 0), n);
    read_until(r, fd, "event: lead.received");
    assert_true(says(r, "text/event-stream"));
    assert_true(says(r, "id: 1"));
    assert_int_equal(close(fd), 0);
    fd = connect_to(r);
    n = snprintf(request, sizeof request, "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", r->sdr);
    assert_int_equal(send(fd, request, (size_t)n, 0), n);
    read_until(r, fd, "welcome");
    (void)ask(r, "POST", "/api/v1/leads", r->sdr, JSON, "{\"phone\":\"+14155550126\"}");
    read_until(r, fd, "event: lead.received");
    assert_true(says(r, "id: 2"));
    (void)close(fd);
}

static void a_hook_needs_its_secret(void **state)
{
    struct room *r = *state;
    char url[100] = "", header[200];
    const char *at;

    assert_int_equal(ask(r, "POST", "/api/v1/hooks", r->admin, JSON, "{\"source\":\"landing\"}"), 201);
    at = strstr(r->answer, "/hooks/generic/");
    assert_non_null(at);
    snprintf(url, sizeof url, "%.31s", at);
    at = strstr(r->answer, "\"secret\":\"");
    assert_non_null(at);
    snprintf(header, sizeof header, JSON "X-Baton-Secret: %.64s\r\n", at + 10);
    assert_int_equal(ask(r, "POST", url, NULL, JSON, "{\"phone\":\"+14155550127\"}"), 401);
    assert_int_equal(ask(r, "POST", url, NULL, header, "{\"phone\":\"+14155550127\"}"), 202);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_nobody_gets_in_nowhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_requests_are_told_what_is_wrong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lead_is_taken_once_for_each_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_password_opens_a_session_and_guessing_is_slowed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_stream_begins_where_the_client_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hook_needs_its_secret, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
