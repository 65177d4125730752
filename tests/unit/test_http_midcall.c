/* A call that a human has, over a real socket: who may join it and how, what is wrong with a request, in which words the desk refuses. */
#include "unit/http_rig.h"

#include <errno.h>

#include "store/midcall_rows.h"

#include "base/banned.h"

static int verdict;
static char joined[160];

static int fake_join(char **answer, const char *call_id, const struct desk_person *who, const char *mode, const char *sdp, void *arg)
{
    (void)arg;
    snprintf(joined, sizeof joined, "%s %s %s%s%s", call_id, who->name, mode, who->manages ? " manages" : "", sdp != NULL ? " browser" : "");
    if (verdict == 0 && sdp != NULL)
        *answer = strdup("v=0 answer");
    return verdict;
}

static int fake_mode(const char *call_id, const char *user_id, const char *mode, void *arg)
{
    (void)arg;
    (void)user_id;
    snprintf(joined, sizeof joined, "%s %s", call_id, mode);
    return verdict;
}

static int fake_leave(const char *call_id, const char *user_id, void *arg)
{
    (void)arg;
    (void)user_id;
    snprintf(joined, sizeof joined, "%s left", call_id);
    return verdict;
}

static int midcall_open(void **state)
{
    const struct http_ports ports = {.join = fake_join, .join_mode = fake_mode, .join_leave = fake_leave};

    verdict = 0;
    joined[0] = '\0';
    return room_open_with(state, &ports, NULL);
}

#define JOIN "/api/v1/calls/c1/join"

/* The administrator by session, as in a browser. */
static const char *sign_in(struct room *r)
{
    static char headers[300];
    char body[120], cookie[120];
    const char *at;

    snprintf(body, sizeof body, "{\"login\":\"admin\",\"password\":\"%s\"}", r->password);
    assert_int_equal(ask(r, "POST", "/api/v1/login", NULL, JSON, body), 200);
    at = strstr(r->answer, "Set-Cookie: ");
    assert_non_null(at);
    snprintf(cookie, sizeof cookie, "%.*s", (int)strcspn(at + 12, ";\r"), at + 12);
    snprintf(headers, sizeof headers, JSON "Cookie: %s\r\nOrigin: http://localhost\r\n", cookie);
    return headers;
}

static void a_manager_joins_in_the_browser_changes_the_mode_and_leaves(void **state)
{
    struct room *r = *state;
    const char *me = sign_in(r);

    assert_int_equal(ask(r, "POST", JOIN, NULL, me, "{\"mode\":\"listen\",\"sdp\":\"v=0\"}"), 201);
    assert_true(says(r, "\"sdp\":\"v=0 answer\""));
    assert_string_equal(joined, "c1 Administrator listen manages browser");
    assert_int_equal(ask(r, "POST", JOIN, NULL, me, "{\"mode\":\"barge\"}"), 201);
    assert_string_equal(joined, "c1 Administrator barge manages");
    assert_int_equal(ask(r, "PATCH", JOIN, NULL, me, "{\"mode\":\"whisper\"}"), 200);
    assert_string_equal(joined, "c1 whisper");
    assert_int_equal(ask(r, "DELETE", JOIN, NULL, me, ""), 204);
    assert_string_equal(joined, "c1 left");
}

static void what_is_wrong_is_told(void **state)
{
    struct room *r = *state;
    const char *me = sign_in(r);

    assert_int_equal(ask(r, "POST", JOIN, NULL, me, "{\"mode\":\"shout\"}"), 422);
    assert_true(says(r, "must be one of listen, whisper, barge"));
    verdict = EBADMSG;
    assert_int_equal(ask(r, "POST", JOIN, NULL, me, "{\"mode\":\"listen\",\"sdp\":\"nothing\"}"), 422);
    assert_true(says(r, "\"field\":\"sdp\""));
    assert_int_equal(ask(r, "POST", "/api/v1/calls/c1/transfer", NULL, me, "{}"), 422);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/c1/transfer", NULL, me, "{\"closer_id\":\"a\",\"queue\":\"b\"}"), 422);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/c1/transfer", NULL, me, "{\"queue\":\"closers\",\"ask_first\":1}"), 422);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/c1/invite", NULL, me, "{}"), 422);
    assert_int_equal(ask(r, "POST", "/api/v1/calls/c1/retrieve", NULL, me, "{}"), 409); /* no closer, no telephone */
}

static void the_desk_refuses_in_words(void **state)
{
    static const struct { int err, status; const char *words; } cases[] = {
        {ENOENT, 404, "no such thing"}, {EPERM, 403, "by invitation"}, {EBUSY, 409, "at this moment"}, {ENOTCONN, 409, "no telephone"}, {EALREADY, 409, "already"}, {ENOSPC, 409, "As many"}};
    struct room *r = *state;
    const char *me = sign_in(r);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        verdict = cases[i].err;
        assert_int_equal(ask(r, "POST", JOIN, NULL, me, "{\"mode\":\"listen\"}"), cases[i].status);
        assert_true(says(r, cases[i].words) && says(r, "application/problem+json"));
    }
    verdict = ENOENT;
    assert_int_equal(ask(r, "DELETE", JOIN, NULL, me, ""), 404);
}

static void roles_are_held(void **state)
{
    static const char *const doors[] = {"hold", "resume", "park", "retrieve", "transfer/complete", "transfer/cancel"};
    struct room *r = *state;
    char path[80];

    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
        snprintf(path, sizeof path, "/api/v1/calls/c1/%s", doors[i]);
        assert_int_equal(ask(r, "POST", path, r->sdr, JSON, "{}"), 403);
        assert_int_equal(ask(r, "POST", path, r->developer, JSON, "{}"), 403);
        assert_int_equal(ask(r, "POST", path, NULL, JSON, "{}"), 401);
    }
    assert_int_equal(ask(r, "POST", JOIN, r->sdr, JSON, "{\"mode\":\"listen\"}"), 403);
    assert_string_equal(joined, "");
    assert_int_equal(ask(r, "GET", "/api/v1/calls/c1/joins", r->closer, "", ""), 403); /* who listened when is for managers */
    assert_int_equal(ask(r, "GET", "/api/v1/calls/c1/joins", r->admin, "", ""), 404);
    assert_int_equal(ask(r, "GET", "/api/v1/parked", r->closer, "", ""), 200);
    assert_true(says(r, "\"items\":[]"));
}

static int insert_stretches(struct tx *tx, void *arg)
{
    json_t *call = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:I}", "id", CALL, "lead_id", (const char *)arg, "direction", "outbound", "phone", "+14155550128", "scenario_id", "demo",
                             "scenario_version", 1, "started_at", (json_int_t)1000);
    json_t *j = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "what", "started", "id", "s1", "call_id", CALL, "lead_id", (const char *)arg, "handoff_id", "h", "user_id", "u1", "name", "Mia", "mode",
                          "listen");
    int err = call_row_start(tx, call);

    if (!err)
        err = join_row(tx, j, 5000);
    jx_set_str(j, "what", "left_mode");
    if (!err)
        err = join_row(tx, j, 6000);
    jx_set_str(j, "what", "mode");
    jx_set_str(j, "id", "s2");
    jx_set_str(j, "mode", "whisper");
    if (!err)
        err = join_row(tx, j, 6000);
    if (!err)
        err = join_rows_close(tx, 9000); /* as after a crash */
    json_decref(call);
    json_decref(j);
    return err;
}

static void who_listened_when_is_told(void **state)
{
    struct room *r = *state;
    char lead_id[37];

    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON, "{\"phone\":\"+14155550128\"}"), 202);
    snprintf(lead_id, sizeof lead_id, "%.36s", strstr(r->answer, "{\"id\":\"") + 7);
    assert_int_equal(store_run(r->store, insert_stretches, lead_id), 0);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL "/joins", r->admin, "", ""), 200);
    assert_true(says(r, "\"mode\":\"listen\",\"began_at\":5000,\"ended_at\":6000"));
    assert_true(says(r, "\"mode\":\"whisper\",\"began_at\":6000,\"ended_at\":9000"));
}

#define in_room(test) cmocka_unit_test_setup_teardown(test, midcall_open, room_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_room(a_manager_joins_in_the_browser_changes_the_mode_and_leaves),
        in_room(what_is_wrong_is_told),
        in_room(the_desk_refuses_in_words),
        in_room(roles_are_held),
        in_room(who_listened_when_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
