/* The API over a real socket: who may do what, what an intake answers, what a wrong request is told, how the stream goes on. */
#include <pthread.h>
#include <sched.h>

#include "http/http_priv.h"
#include "unit/http_rig.h"

#include "base/banned.h"

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

/* --- two at the same moment --- */

struct gate { pthread_mutex_t lock; pthread_cond_t changed; bool reached, open; };

/* Keeps the store's writer busy until the gate is opened, so that whatever wants to write waits. */
static int wait_at_gate(struct tx *tx, void *arg)
{
    struct gate *g = arg;

    (void)tx;
    pthread_mutex_lock(&g->lock);
    g->reached = true;
    pthread_cond_broadcast(&g->changed);
    while (!g->open)
        pthread_cond_wait(&g->changed, &g->lock);
    pthread_mutex_unlock(&g->lock);
    return 0;
}

static void *hold_writer(void *arg)
{
    void **both = arg;

    assert_int_equal(store_run(both[0], wait_at_gate, both[1]), 0);
    return NULL;
}

static int post_lead(struct room *r, const char *phone)
{
    char request[600], body[100];
    int fd = connect_to(r), n;

    snprintf(body, sizeof body, "{\"phone\":\"%s\"}", phone);
    n = snprintf(request, sizeof request, "POST /api/v1/leads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n" JSON
                                          "Idempotency-Key: same\r\nContent-Length: %zu\r\n\r\n%s", r->sdr, strlen(body), body);
    assert_int_equal(send(fd, request, (size_t)n, 0), n);
    return fd;
}

/* Each worker of the daemon takes the connections that wait for it: the second comes when the first is being answered, so that another worker has it. */
static void are_running(const struct room *r, unsigned n)
{
    while (atomic_load(&r->http->running) < n)
        sched_yield();
}

static void of_two_with_one_key_at_the_same_moment_one_is_done(void **state)
{
    struct room *r = *state;
    struct gate g = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    void *both[] = {r->store, &g};
    pthread_t writer;
    int fd[2], replayed = 0;

    assert_int_equal(pthread_create(&writer, NULL, hold_writer, both), 0);
    pthread_mutex_lock(&g.lock);
    while (!g.reached)
        pthread_cond_wait(&g.changed, &g.lock);
    pthread_mutex_unlock(&g.lock);
    for (int i = 0; i < 2; i++) {
        fd[i] = post_lead(r, "+14155550130");
        are_running(r, (unsigned)i + 1);
    }
    pthread_mutex_lock(&g.lock);
    g.open = true;
    pthread_cond_broadcast(&g.changed);
    pthread_mutex_unlock(&g.lock);
    for (int i = 0; i < 2; i++) {
        read_until(r, fd[i], NULL);
        assert_true(says(r, "HTTP/1.1 202"));
        assert_true(says(r, "\"joined\":false"));
        replayed += says(r, "Idempotency-Replayed: true");
        (void)close(fd[i]);
    }
    assert_int_equal(replayed, 1);
    pthread_join(writer, NULL);
}

/* --- streams end with their session --- */

static int open_stream(struct room *r, const char *header)
{
    char request[400];
    int fd = connect_to(r), n = snprintf(request, sizeof request, "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n", header);

    assert_int_equal(send(fd, request, (size_t)n, 0), n);
    read_until(r, fd, "welcome");
    return fd;
}

static bool has_ended(struct room *r, int fd)
{
    char c;

    read_until(r, fd, NULL);
    return recv(fd, &c, 1, 0) == 0; /* not out of patience */
}

static void a_stream_ends_with_its_session(void **state)
{
    struct room *r = *state;
    char body[200], cookie[200], bearer[200];
    int browser, program;

    snprintf(body, sizeof body, "{\"login\":\"admin\",\"password\":\"%s\"}", r->password);
    assert_int_equal(ask(r, "POST", "/api/v1/login", NULL, JSON, body), 200);
    snprintf(cookie, sizeof cookie, "Cookie: %.78s\r\n", strstr(r->answer, "baton_session="));
    browser = open_stream(r, cookie);
    snprintf(bearer, sizeof bearer, "Authorization: Bearer %s\r\n", r->sdr);
    program = open_stream(r, bearer);
    assert_int_equal(ask(r, "POST", "/api/v1/logout", NULL, cookie, ""), 204);
    assert_true(has_ended(r, browser));
    (void)ask(r, "POST", "/api/v1/leads", r->sdr, JSON, "{\"phone\":\"+14155550131\"}");
    read_until(r, program, "event: lead.received"); /* another's goes on */
    assert_true(says(r, "lead.received"));
    (void)close(browser);
    (void)close(program);
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

static void a_telephone_is_made_for_a_closer_and_its_secret_shown_once(void **state)
{
    struct room *r = *state;
    char url[120] = "", *at;

    assert_int_equal(ask(r, "POST", "/api/v1/closers", r->admin, JSON, "{\"name\":\"Tel\",\"sip_uri\":\"browser\"}"), 201);
    at = strstr(r->answer, "\"id\":\"");
    assert_non_null(at);
    snprintf(url, sizeof url, "/api/v1/closers/%.36s/telephone", at + 6);
    assert_int_equal(ask(r, "POST", url, r->sdr, JSON, "{}"), 403);
    assert_int_equal(ask(r, "POST", url, r->admin, JSON, "{}"), 201);
    assert_true(says(r, "\"user\":\"closer-") && says(r, "\"password\":\""));
    assert_int_equal(ask(r, "GET", "/api/v1/closers", r->admin, "", ""), 200);
    assert_true(says(r, "\"sip_uri\":\"phone:closer-"));
    assert_false(says(r, "ha1"));
    assert_int_equal(ask(r, "DELETE", url, r->admin, "", ""), 204);
    assert_int_equal(ask(r, "DELETE", "/api/v1/closers/nobody/telephone", r->admin, "", ""), 404);
}

/* One second of 8 kHz stereo: the prospect at half of full scale, our side silent. */
static void write_recording(const struct room *r)
{
    static const unsigned char header[44] = "RIFF\x24\x7d\0\0WAVEfmt \x10\0\0\0\1\0\2\0\x40\x1f\0\0\0\x7d\0\0\4\0\x10\0" "data\0\x7d\0";
    static unsigned char wav[44 + 32000];

    memcpy(wav, header, sizeof header);
    for (size_t i = 0; i < 8000; i++)
        wav[44 + 4 * i + 1] = 0x40;
    write_file(r, CALL ".wav", wav, sizeof wav);
}

static int insert_call(struct tx *tx, void *arg)
{
    json_t *call = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:I}", "id", CALL, "lead_id", (const char *)arg, "direction", "outbound", "phone", "+14155550128", "scenario_id", "demo",
                             "scenario_version", 1, "started_at", (json_int_t)1000);
    json_t *turn = json_pack("{s:i,s:s,s:s,s:i,s:i,s:{s:f}}", "seq", 1, "speaker", "ai", "text", "Hello Ann", "at_ms", 0, "end_ms", 900, "ledger", "first_rtp", 431.5);
    json_t *note = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:s}", "event", "answer", "id", "need", "dimension", "need", "status", "stated", "value", "clear", "points", 30, "max", 30,
                             "evidence", "we lose people");
    int err = call_row_start(tx, call);

    if (!err)
        err = call_row_state(tx, CALL, arg, "talking", 2000);
    if (!err)
        err = call_row_turn(tx, CALL, arg, turn, 2500);
    if (!err)
        err = call_row_note(tx, CALL, arg, note, 1, 2600);
    json_decref(call);
    json_decref(turn);
    json_decref(note);
    return err;
}

static void add_call(struct room *r, char lead_id[37])
{
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON, "{\"phone\":\"+14155550128\",\"first_name\":\"Ann\"}"), 202);
    assert_non_null(strstr(r->answer, "{\"id\":\""));
    snprintf(lead_id, 37, "%.36s", strstr(r->answer, "{\"id\":\"") + 7);
    assert_int_equal(store_run(r->store, insert_call, lead_id), 0);
}

static void a_call_shows_what_was_said_and_what_it_counts(void **state)
{
    struct room *r = *state;
    char lead_id[37], path[100];

    add_call(r, lead_id);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL, r->sdr, "", ""), 200);
    assert_true(says(r, "\"latency_ms\":431"));
    assert_true(says(r, "\"label\":\"Clear\""));
    assert_true(says(r, "\"name\":\"Ann\""));
    assert_int_equal(ask(r, "GET", "/api/v1/calls", r->sdr, "", ""), 200);
    assert_int_equal(ask(r, "GET", "/api/v1/wall", r->sdr, "", ""), 200);
    assert_true(says(r, "\"text\":\"Hello Ann\""));
    snprintf(path, sizeof path, "/api/v1/leads/%s", lead_id);
    assert_int_equal(ask(r, "GET", path, r->sdr, "", ""), 200);
    assert_true(says(r, "we lose people"));
    snprintf(path, sizeof path, "/api/v1/leads/%s/timeline", lead_id);
    assert_int_equal(ask(r, "GET", path, r->sdr, "", ""), 200);
    assert_true(says(r, "\"kind\":\"call\""));
}

static void a_recording_is_heard_in_parts_and_drawn_without_loading_it(void **state)
{
    struct room *r = *state;
    char lead_id[37];

    add_call(r, lead_id);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL "/recording", r->admin, "", ""), 404);
    write_recording(r);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL "/recording", r->sdr, "", ""), 403);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL "/recording", r->admin, "Range: bytes=0-3\r\n", ""), 206);
    assert_true(says(r, "Content-Range: bytes 0-3/32044"));
    assert_true(says(r, "\r\n\r\nRIFF"));
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL "/recording", r->admin, "Range: bytes=99999-\r\n", ""), 416);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL "/peaks", r->admin, "", ""), 200);
    assert_true(says(r, "\"duration_ms\":1000,\"channels\":[[0.5,0.5"));
}

static void the_app_is_served_and_nothing_beside_it(void **state)
{
    struct room *r = *state;

    write_file(r, "index.html", "<p>Baton</p>", 12);
    assert_int_equal(ask(r, "GET", "/leads/some-page", NULL, "", ""), 200);
    assert_true(says(r, "<p>Baton</p>"));
    assert_int_equal(ask(r, "GET", "/assets/none.js", NULL, "", ""), 404);
    assert_int_equal(ask(r, "GET", "/..%2f..%2fetc/passwd", NULL, "", ""), 404);
    assert_int_equal(ask(r, "GET", "/api/openapi.json", NULL, "", ""), 200);
    assert_true(says(r, "\"openapi\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_nobody_gets_in_nowhere, room_open, room_close),
        cmocka_unit_test_setup_teardown(wrong_requests_are_told_what_is_wrong, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_lead_is_taken_once_for_each_key, room_open, room_close),
        cmocka_unit_test_setup_teardown(of_two_with_one_key_at_the_same_moment_one_is_done, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_stream_ends_with_its_session, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_password_opens_a_session_and_guessing_is_slowed, room_open, room_close),
        cmocka_unit_test_setup_teardown(the_stream_begins_where_the_client_left, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_call_shows_what_was_said_and_what_it_counts, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_recording_is_heard_in_parts_and_drawn_without_loading_it, room_open, room_close),
        cmocka_unit_test_setup_teardown(the_app_is_served_and_nothing_beside_it, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_hook_needs_its_secret, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_telephone_is_made_for_a_closer_and_its_secret_shown_once, room_open, room_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
