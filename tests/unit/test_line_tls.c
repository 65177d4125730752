/* SIP over TLS: whom we call is verified; audio is protected there, and only there. */
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
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

/* --- the name of the server --- */

/* A server of several names: takes one connection and notes which of them it was asked for. */
struct host {
    pthread_t thread;
    int listener;
    uint16_t port;
    SSL_CTX *ctx;
    char asked[64];    /* "" none */
    bool agreed;       /* the handshake went through */
    atomic_bool done;
};

static void *serve_one(void *arg)
{
    struct host *h = arg;
    int fd = accept(h->listener, NULL, NULL);
    SSL *ssl = SSL_new(h->ctx);
    const char *name;

    SSL_set_fd(ssl, fd);
    h->agreed = SSL_accept(ssl) == 1;
    name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    snprintf(h->asked, sizeof h->asked, "%s", name != NULL ? name : "");
    SSL_free(ssl);
    close(fd);
    atomic_store(&h->done, true);
    return NULL;
}

static void host_open(struct host *h)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof addr;

    *h = (struct host){.listener = socket(AF_INET, SOCK_STREAM, 0), .ctx = SSL_CTX_new(TLS_server_method())};
    assert_int_equal(bind(h->listener, (struct sockaddr *)&addr, n), 0);
    assert_int_equal(listen(h->listener, 1), 0);
    assert_int_equal(getsockname(h->listener, (struct sockaddr *)&addr, &n), 0);
    h->port = ntohs(addr.sin_port);
    assert_int_equal(SSL_CTX_use_certificate_file(h->ctx, pem, SSL_FILETYPE_PEM), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey_file(h->ctx, pem, SSL_FILETYPE_PEM), 1);
    assert_int_equal(pthread_create(&h->thread, NULL, serve_one, h), 0);
}

static void host_close(struct host *h)
{
    pthread_join(h->thread, NULL);
    close(h->listener);
    SSL_CTX_free(h->ctx);
}

static struct host *asked_host;

static bool was_asked(struct rig *r)
{
    (void)r;
    return atomic_load(&asked_host->done);
}

/* The name of the trunk's host is told to the server behind it, wherever the packets go. */
static void is_asked_for(const char *trunk_uri, const char *san, const char *want)
{
    struct line_trunk trunk = {.uri = trunk_uri, .from_number = "+14155550111"};
    struct host host;
    char to[64];

    cert_write(pem, san);
    host_open(&host);
    asked_host = &host;
    rig = rig_open(NULL);
    replace(&rig->a, tls_line(rig, &trunk, NULL, pem));
    snprintf(to, sizeof to, "sip:+14155550199@127.0.0.1:%u;transport=tls", host.port);
    assert_int_equal(leg_dial(&rig->out.leg, rig->a, &(struct leg_dial){.to = to, .ring_timeout_s = 15, .fn = rig_on_event, .arg = &rig->out}), 0);
    assert_true(rig_run_until(rig, was_asked, RIG_WAIT_MS));
    assert_true(host.agreed);
    assert_string_equal(host.asked, want);
    leg_hangup(rig->out.leg, 0); /* it does not speak SIP */
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    host_close(&host);
    rig_close(rig);
}

static void a_carrier_with_several_names_is_told_which_is_meant(void **state)
{
    (void)state;
    is_asked_for("sip:carrier.example;transport=tls", "DNS:carrier.example", "carrier.example");
}

static void an_address_is_no_name(void **state)
{
    (void)state;
    is_asked_for("sip:127.0.0.1;transport=tls", "IP:127.0.0.1", "");
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
        cmocka_unit_test(a_carrier_with_several_names_is_told_which_is_meant),
        cmocka_unit_test(an_address_is_no_name),
        cmocka_unit_test(a_certificate_that_cannot_be_read_is_told_at_the_start),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, paths, clean);
    loop_lib_close();
    return failed;
}
