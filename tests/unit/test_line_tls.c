/* SIP over TLS: whom we call is verified; audio is protected there, and only there. */
#include <errno.h>
#include <unistd.h>

#include "unit/line_rig.h"
#include "unit/tls_cert.h"

static struct rig *rig;
static char pem[64], other_pem[64];

static struct line *tls_line(struct rig *r, const struct line_trunk *trunk, const char *cert, const char *ca)
{
    struct line_config cfg = {.bind_ip = "127.0.0.1", .user_agent = "baton-test", .tls = {.on = true, .cert_file = cert, .ca_file = ca}};
    struct line *l = NULL;

    if (trunk != NULL)
        cfg.trunk = *trunk;
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, rig_on_incoming, rig_on_register, r), 0);
    return l;
}

static void replace(struct line **slot, struct line *with)
{
    line_close(*slot, NULL, NULL);
    obj_unref(*slot);
    *slot = with;
}

/* b is the carrier; a calls it as its trunk and believes `ca`. */
static void open_tls(const char *san, const char *ca, bool plain_audio)
{
    static char uri[96];
    struct line_trunk trunk = {.uri = uri, .from_number = "+14155550111", .plain_audio = plain_audio};

    cert_write(pem, san);
    rig = rig_open(NULL);
    replace(&rig->b, tls_line(rig, NULL, pem, pem));
    snprintf(uri, sizeof uri, "sip:127.0.0.1:%u;transport=tls", (unsigned)line_tls_port(rig->b));
    replace(&rig->a, tls_line(rig, &trunk, NULL, ca));
    rig->accept_at_once = 1;
}

static int paths(void **state)
{
    (void)state;
    snprintf(pem, sizeof pem, "/tmp/baton-cert-%ld.pem", (long)getpid());
    snprintf(other_pem, sizeof other_pem, "/tmp/baton-cert-%ld-other.pem", (long)getpid());
    cert_write(other_pem, "IP:127.0.0.1");
    return 0;
}

static int clean(void **state)
{
    (void)state;
    unlink(pem);
    unlink(other_pem);
    return 0;
}

static void dial(void)
{
    const struct leg_dial d = {.to = "+14155550199", .ring_timeout_s = 15, .fn = rig_on_event, .arg = &rig->out};

    assert_int_equal(leg_dial(&rig->out.leg, rig->a, &d), 0);
}

static bool both_hear(struct rig *r) { return rig_saw(&r->out, LEG_EV_MEDIA) && rig_saw(&r->in, LEG_EV_MEDIA); }

static void a_call_over_tls_is_protected_both_ways(void **state)
{
    (void)state;
    open_tls("IP:127.0.0.1", pem, false);
    dial();
    assert_true(rig_run_until(rig, rig_both_up, RIG_WAIT_MS));
    assert_true(rig_run_until(rig, both_hear, RIG_WAIT_MS)); /* a packet that does not authenticate is not counted as one */
    leg_hangup(rig->out.leg, 0);
    assert_true(rig_run_until(rig, rig_both_ended, RIG_WAIT_MS));
    rig_close(rig);
}

static void a_trunk_may_be_without_protected_audio(void **state)
{
    (void)state;
    open_tls("IP:127.0.0.1", pem, true);
    dial();
    assert_true(rig_run_until(rig, both_hear, RIG_WAIT_MS));
    leg_hangup(rig->out.leg, 0);
    assert_true(rig_run_until(rig, rig_both_ended, RIG_WAIT_MS));
    rig_close(rig);
}

static void is_not_reached(const char *san, const char *ca)
{
    open_tls(san, ca, false);
    dial();
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_UNREACHABLE);
    assert_int_equal(rig->incoming, 0);
    rig_close(rig);
}

static void a_carrier_signed_by_a_stranger_is_not_called(void **state)
{
    (void)state;
    is_not_reached("IP:127.0.0.1", other_pem);
}

static void a_carrier_with_the_certificate_of_another_host_is_not_called(void **state)
{
    (void)state;
    is_not_reached("IP:127.0.0.2", pem);
    is_not_reached("DNS:carrier.example", pem);
}

static void a_certificate_that_cannot_be_read_is_told_at_the_start(void **state)
{
    struct rig *r = rig_open(NULL);
    struct line_config cfg = {.bind_ip = "127.0.0.1", .tls = {.on = true, .cert_file = "/nonexistent.pem"}};
    struct line *l = NULL;

    (void)state;
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, NULL, NULL, NULL), EINVAL);
    cfg.tls = (struct line_tls){.on = true, .ca_file = "/nonexistent.pem"};
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, NULL, NULL, NULL), EINVAL);
    assert_null(l);
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_over_tls_is_protected_both_ways),
        cmocka_unit_test(a_trunk_may_be_without_protected_audio),
        cmocka_unit_test(a_carrier_signed_by_a_stranger_is_not_called),
        cmocka_unit_test(a_carrier_with_the_certificate_of_another_host_is_not_called),
        cmocka_unit_test(a_certificate_that_cannot_be_read_is_told_at_the_start),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, paths, clean);
    loop_lib_close();
    return failed;
}
