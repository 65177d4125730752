/* Telephones in browsers over a real socket: who may, what is wrong with an offer, whose call it is, and the way around a firewall. */
#include "unit/http_rig.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "lead/lead.h"

#include "base/banned.h"

static int verdict;
static char talker[37], hung_up[37];
static bool rings;

static int fake_test_call(char **answer, char id[ID_MAX], const char *sdp, const json_t *lead, void *arg)
{
    (void)arg;
    (void)sdp;
    snprintf(talker, sizeof talker, "%s", jx_str(lead, "id", ""));
    rings = jx_bool(lead, "ring_closers", false);
    snprintf(id, ID_MAX, "%s", CALL);
    if (verdict == 0)
        *answer = strdup("v=0 answer");
    return verdict;
}

static int fake_hangup(const char *call_id, void *arg)
{
    (void)arg;
    snprintf(hung_up, sizeof hung_up, "%s", call_id);
    return 0;
}

static int phone_room_open(void **state)
{
    const struct http_ports ports = {.test_call = fake_test_call, .call_hangup = fake_hangup};

    verdict = 0;
    talker[0] = hung_up[0] = '\0';
    return room_open_with(state, &ports, "turn:192.0.2.9:3478");
}

#define TEST_CALLS "/api/v1/phone/test-calls"

static void a_user_talks_as_one_marked_lead(void **state)
{
    struct room *r = *state;
    char first[37];

    assert_int_equal(ask(r, "POST", TEST_CALLS, r->sdr, JSON, "{\"sdp\":\"v=0\"}"), 201);
    assert_true(says(r, "\"sdp\":\"v=0 answer\"") && says(r, "\"call_id\":\"" CALL "\""));
    assert_false(rings);
    memcpy(first, talker, sizeof first);
    assert_int_equal(ask(r, "POST", TEST_CALLS, r->sdr, JSON, "{\"sdp\":\"v=0\",\"ring_closers\":true}"), 201);
    assert_string_equal(talker, first);
    assert_true(rings);
    assert_int_equal(ask(r, "GET", "/api/v1/wall", r->admin, "", ""), 200);
    assert_true(says(r, "\"leads_today\":0"));
}

static void what_is_wrong_with_an_offer_is_said(void **state)
{
    static const struct { int err; int status; const char *says; } cases[] = {
        {ENOTSUP, 422, "DTLS-SRTP"}, {EBADMSG, 422, "is no offer"}, {EMSGSIZE, 422, "too long"}, {EAGAIN, 503, "try again"}};
    struct room *r = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        verdict = cases[i].err;
        assert_int_equal(ask(r, "POST", TEST_CALLS, r->admin, JSON, "{\"sdp\":\"v=0\"}"), cases[i].status);
        assert_true(says(r, cases[i].says));
    }
    assert_int_equal(ask(r, "POST", TEST_CALLS, r->admin, JSON, "{}"), 422);
    assert_int_equal(ask(r, "POST", TEST_CALLS, r->admin, JSON, "{\"sdp\":\"v=0\",\"ring_closers\":1}"), 422);
    assert_int_equal(ask(r, "POST", TEST_CALLS, NULL, JSON, "{\"sdp\":\"v=0\"}"), 401);
}

static int insert_call(struct tx *tx, void *arg)
{
    json_t *call = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:I}", "id", CALL, "lead_id", (const char *)arg, "direction", "inbound", "phone", "", "scenario_id", "demo", "scenario_version", 1,
                             "started_at", (json_int_t)1000);
    int err = call_row_start(tx, call);

    json_decref(call);
    return err;
}

static void only_whose_call_it_is_ends_it(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "POST", TEST_CALLS, r->sdr, JSON, "{\"sdp\":\"v=0\"}"), 201);
    assert_int_equal(store_run(r->store, insert_call, talker), 0);
    assert_int_equal(ask(r, "DELETE", TEST_CALLS "/" CALL, r->developer, "", ""), 403);
    assert_string_equal(hung_up, "");
    assert_int_equal(ask(r, "DELETE", TEST_CALLS "/" CALL, r->sdr, "", ""), 204);
    assert_string_equal(hung_up, CALL);
    assert_int_equal(ask(r, "DELETE", TEST_CALLS "/nothing", r->sdr, "", ""), 404);
}

static void only_closers_have_a_telephone_at_the_desk(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "POST", "/api/v1/phone/plug", r->sdr, JSON, "{\"sdp\":\"v=0\"}"), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/phone/plug", r->admin, JSON, "{\"sdp\":\"v=0\"}"), 403);
    assert_true(says(r, "not linked to a closer"));
    assert_int_equal(ask(r, "GET", "/api/v1/phone/plug", r->closer, "", ""), 403);
    assert_int_equal(ask(r, "DELETE", "/api/v1/phone/plug", r->closer, "", ""), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/phone/hang-up", r->closer, JSON, "{}"), 403);
}

static void word_after(char *out, size_t size, const char *text, const char *key)
{
    const char *at = strstr(text, key);

    assert_non_null(at);
    at += strlen(key);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
}

/* As coturn checks it. */
static void the_turn_server_will_know_these_credentials(void **state)
{
    struct room *r = *state;
    char user[80], given[40], expected[40];
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned n = 0;

    assert_int_equal(ask(r, "GET", "/api/v1/phone/ice", r->sdr, "", ""), 200);
    assert_true(says(r, "turn:192.0.2.9:3478"));
    word_after(user, sizeof user, r->answer, "\"username\":\"");
    word_after(given, sizeof given, r->answer, "\"credential\":\"");
    assert_true(strtoll(user, NULL, 10) > clock_now_ms() / 1000 + 3600);
    assert_non_null(HMAC(EVP_sha1(), "sesame", 6, (const unsigned char *)user, strlen(user), mac, &n));
    assert_true(EVP_EncodeBlock((unsigned char *)expected, mac, (int)n) > 0);
    assert_string_equal(given, expected);
    assert_int_equal(ask(r, "GET", "/api/v1/phone/ice", NULL, "", ""), 401);
}

static void without_a_turn_server_there_is_none(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "GET", "/api/v1/phone/ice", r->admin, "", ""), 200);
    assert_true(says(r, "\"ice_servers\":[]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_user_talks_as_one_marked_lead, phone_room_open, room_close),
        cmocka_unit_test_setup_teardown(what_is_wrong_with_an_offer_is_said, phone_room_open, room_close),
        cmocka_unit_test_setup_teardown(only_whose_call_it_is_ends_it, phone_room_open, room_close),
        cmocka_unit_test_setup_teardown(only_closers_have_a_telephone_at_the_desk, phone_room_open, room_close),
        cmocka_unit_test_setup_teardown(the_turn_server_will_know_these_credentials, phone_room_open, room_close),
        cmocka_unit_test_setup_teardown(without_a_turn_server_there_is_none, room_open, room_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
