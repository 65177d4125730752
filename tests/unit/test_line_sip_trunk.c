/* The trunk: digest for calls and registration, refresh, and the ring time carriers deserve. */
#include <errno.h>

#include "unit/line_peer.h"

static struct rig *rig;
static struct peer *peer;

#define CHALLENGE(header, nonce) header ": Digest realm=\"carrier\", nonce=\"" nonce "\", qop=\"auth\", algorithm=MD5\r\n"

/* The peer is the carrier: its port must be known before the line that uses it. */
static void open_trunk(bool do_register, const char *params)
{
    struct rig *r = rig_open(NULL);
    static char uri[96];
    struct line_trunk trunk = {.uri = uri, .username = "acme", .password = "secret", .from_number = "+14155550111",
                               .do_register = do_register, .register_expires_s = 60};

    peer = peer_open(r);
    snprintf(uri, sizeof uri, "sip:127.0.0.1:%u%s", (unsigned)sa_port(&peer->addr), params);
    line_close(r->a, NULL, NULL);
    obj_unref(r->b); /* b's place is taken by the plain line a was */
    r->b = r->a;
    r->a = rig_line(r, &trunk);
    rig = r;
}

static void close_trunk(void)
{
    peer_close(rig);
    rig->closed = 1; /* b was closed at the start */
    rig_close(rig);
}

static int dial_number(const char *to)
{
    const struct leg_dial d = {.to = to, .ring_timeout_s = 1, .fn = rig_on_event, .arg = &rig->out};

    return leg_dial(&rig->out.leg, rig->a, &d);
}

/* The value of key="value" or key=value within one header line. */
static void param(const char *line, const char *key, char *out, size_t size)
{
    char pattern[64];
    const char *p;

    snprintf(pattern, sizeof pattern, " %s=", key);
    p = strstr(line, pattern);
    out[0] = '\0';
    if (p == NULL)
        return;
    p += strlen(pattern);
    p += *p == '"';
    snprintf(out, size, "%.*s", (int)strcspn(p, "\",\r"), p);
}

/* RFC 2617, computed here a second time, with the password the trunk was given. */
static void check_digest(const char *request, const char *header, const char *method)
{
    char line[600], nonce[64], uri[128], cnonce[64], nc[16], response[64], want[64];
    uint8_t ha1[16], ha2[16], digest[16];

    peer_header(request, header, line, sizeof line);
    assert_true(line[0] != '\0');
    param(line, "nonce", nonce, sizeof nonce);
    param(line, "uri", uri, sizeof uri);
    param(line, "cnonce", cnonce, sizeof cnonce);
    param(line, "nc", nc, sizeof nc);
    param(line, "response", response, sizeof response);
    assert_int_equal(md5_printf(ha1, "acme:carrier:secret"), 0);
    assert_int_equal(md5_printf(ha2, "%s:%s", method, uri), 0);
    assert_int_equal(md5_printf(digest, "%w:%s:%s:%s:auth:%w", ha1, sizeof ha1, nonce, nc, cnonce, ha2, sizeof ha2), 0);
    re_snprintf(want, sizeof want, "%w", digest, sizeof digest);
    assert_string_equal(response, want);
}

static void a_number_goes_through_the_trunk_with_digest(void **state)
{
    const char *invite;

    (void)state;
    open_trunk(false, "");
    assert_int_equal(dial_number("+14155550199"), 0);
    invite = peer_wait(rig, "INVITE sip:+14155550199@127.0.0.1:", NULL);
    assert_non_null(invite);
    assert_non_null(strstr(invite, "\r\nFrom: <sip:+14155550111@127.0.0.1>"));
    assert_non_null(strstr(invite, "\r\nContact: <sip:acme@127.0.0.1:"));
    peer_reply(peer, invite, "407 Proxy Authentication Required", CHALLENGE("Proxy-Authenticate", "abc"), "");
    invite = peer_wait(rig, "INVITE ", "Proxy-Authorization: ");
    assert_non_null(invite);
    check_digest(invite, "Proxy-Authorization", "INVITE");
    peer_reply(peer, invite, "200 OK", "", PEER_SDP);
    assert_true(rig_run_until(rig, rig_out_up, RIG_WAIT_MS));
    leg_hangup(rig->out.leg, 0);
    invite = peer_wait(rig, "BYE ", NULL);
    assert_non_null(invite);
    check_digest(invite, "Proxy-Authorization", "BYE");
    peer_reply(peer, invite, "200 OK", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    close_trunk();
}

static void credentials_are_tried_once(void **state)
{
    const char *invite;

    (void)state;
    open_trunk(false, "");
    assert_int_equal(dial_number("+14155550199"), 0);
    invite = peer_wait(rig, "INVITE ", NULL);
    peer_reply(peer, invite, "401 Unauthorized", CHALLENGE("WWW-Authenticate", "abc"), "");
    invite = peer_wait(rig, "INVITE ", "\r\nAuthorization: ");
    assert_non_null(invite);
    check_digest(invite, "Authorization", "INVITE");
    peer_reply(peer, invite, "401 Unauthorized", CHALLENGE("WWW-Authenticate", "def"), "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_AUTH_FAILED);
    assert_int_equal(rig->out.sip_code, 401);
    close_trunk();
}

static void the_ring_time_of_a_trunk_call_is_raised(void **state)
{
    const char *invite;
    int64_t begun = clock_mono_us();

    (void)state;
    open_trunk(false, "");
    assert_int_equal(dial_number("+14155550199"), 0); /* asks for one second */
    invite = peer_wait(rig, "INVITE ", NULL);
    peer_reply(peer, invite, "180 Ringing", "", "");
    assert_false(rig_run_until(rig, rig_out_ended, 1500));
    assert_true(clock_mono_us() - begun >= 1500000);
    peer_reply(peer, invite, "404 Not Found", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_UNALLOCATED);
    close_trunk();
}

static bool told_registered(struct rig *r) { return r->register_calls > 0 && r->registered; }
static bool told_lost(struct rig *r) { return r->register_calls == 2 && !r->registered; }

static void registration_is_kept_alive_and_its_loss_told(void **state)
{
    char contact[300], grant[340];
    const char *reg;

    (void)state;
    open_trunk(true, "");
    reg = peer_wait(rig, "REGISTER sip:127.0.0.1:", NULL);
    assert_non_null(reg);
    assert_non_null(strstr(reg, "\r\nTo: <sip:acme@127.0.0.1>"));
    peer_reply(peer, reg, "401 Unauthorized", CHALLENGE("WWW-Authenticate", "one"), "");
    reg = peer_wait(rig, "REGISTER ", "\r\nAuthorization: ");
    assert_non_null(reg);
    check_digest(reg, "Authorization", "REGISTER");
    peer_header(reg, "Contact", contact, sizeof contact);
    contact[strcspn(contact, ">") + 1] = '\0';
    snprintf(grant, sizeof grant, "%s;expires=1\r\n", contact); /* the carrier decides: one second */
    peer->want_from = peer->n;
    peer_reply(peer, reg, "200 OK", grant, "");
    assert_true(rig_run_until(rig, told_registered, RIG_WAIT_MS));
    assert_int_equal(rig->register_code, 200);

    reg = peer_wait(rig, "REGISTER ", NULL); /* the refresh */
    assert_non_null(reg);
    peer->want_from = peer->n;
    peer_reply(peer, reg, "200 OK", grant, "");
    reg = peer_wait(rig, "REGISTER ", NULL);
    assert_non_null(reg);
    assert_int_equal(rig->register_calls, 1); /* no change, nothing told */
    peer_reply(peer, reg, "403 Forbidden", "", "");
    assert_true(rig_run_until(rig, told_lost, RIG_WAIT_MS));
    assert_int_equal(rig->register_code, 403);
    close_trunk();
}

static void closing_unregisters(void **state)
{
    const char *reg;

    (void)state;
    open_trunk(true, "");
    reg = peer_wait(rig, "REGISTER ", NULL);
    assert_non_null(reg);
    peer->want_from = peer->n;
    peer_reply(peer, reg, "200 OK", "Expires: 60\r\n", "");
    assert_true(rig_run_until(rig, told_registered, RIG_WAIT_MS));
    line_close(rig->a, rig_on_closed, rig);
    reg = peer_wait(rig, "REGISTER ", ";expires=0");
    assert_non_null(reg);
    peer_reply(peer, reg, "200 OK", "", "");
    close_trunk();
}

static void a_trunk_that_is_no_sip_uri_is_refused(void **state)
{
    struct rig *r = rig_open(NULL);
    struct line_config cfg = {.bind_ip = "127.0.0.1", .trunk = {.uri = "carrier.example"}};
    struct line *l = NULL;

    (void)state;
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, NULL, NULL, NULL), EINVAL);
    cfg.trunk.uri = "sip:carrier.example>";
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, NULL, NULL, NULL), EINVAL);
    cfg.trunk = (struct line_trunk){.do_register = true};
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, NULL, NULL, NULL), EINVAL);
    assert_null(l);
    rig_close(r);
}

static void a_carrier_whose_name_does_not_exist_is_unreachable(void **state)
{
    struct rig *r = rig_open(NULL);
    int err = rig_dial_uri(r, "sip:x@carrier.invalid", 2);

    (void)state;
    if (err == 0) { /* with a name server: it says no, or says nothing until the ring time is over */
        assert_true(rig_run_until(r, rig_out_ended, RIG_WAIT_MS));
        assert_int_equal(r->out.outcome, LEG_UNREACHABLE);
    }
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_goes_through_the_trunk_with_digest),
        cmocka_unit_test(credentials_are_tried_once),
        cmocka_unit_test(the_ring_time_of_a_trunk_call_is_raised),
        cmocka_unit_test(registration_is_kept_alive_and_its_loss_told),
        cmocka_unit_test(closing_unregisters),
        cmocka_unit_test(a_trunk_that_is_no_sip_uri_is_refused),
        cmocka_unit_test(a_carrier_whose_name_does_not_exist_is_unreachable),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
