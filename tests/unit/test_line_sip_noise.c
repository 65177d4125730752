/* Damaged messages by the thousand: the line answers what it can, forgets the rest and still takes a call. */
#include <fcntl.h>
#include <unistd.h>

#include "unit/line_peer.h"

enum { ROUNDS = 3000, BATCH = 20 };

#define HEAD(method, tag, id, body_type)                                                                                       \
    method " sip:baton@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5;branch=z9hG4bKnoise\r\n"                              \
           "From: <sip:+1415@127.0.0.1>;tag=n\r\nTo: <sip:b@127.0.0.1>" tag "\r\nCall-ID: " id "\r\nCSeq: 7 " method             \
           "\r\nContact: <sip:n@127.0.0.1:9>\r\nRequire: timer\r\nSupported: timer\r\nSession-Expires: 90;refresher=uac\r\n"    \
           body_type "\r\n"

static const char *const templates[] = {
    HEAD("INVITE", "", "noise", "Content-Type: application/sdp\r\n") PEER_SDP,
    HEAD("INVITE", ";tag=x", "noise", "Content-Type: application/sdp\r\n") PEER_SDP_HELD,
    HEAD("UPDATE", ";tag=x", "noise", "Content-Type: application/sdp\r\n") PEER_SDP,
    HEAD("INFO", ";tag=x", "noise", "Content-Type: application/dtmf-relay\r\n") "Signal=5\r\nDuration=100\r\n",
    HEAD("OPTIONS", "", "noise", ""),
    HEAD("CANCEL", "", "noise", ""),
    HEAD("BYE", ";tag=x", "noise", ""),
    HEAD("ACK", ";tag=x", "noise", ""),
    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:5;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\n"
    "Call-ID: noise\r\nCSeq: 7 INVITE\r\n\r\n",
};

static uint32_t noise_seed = 20261123;

static uint32_t noise(uint32_t below)
{
    noise_seed = noise_seed * 1664525u + 1013904223u;
    return (noise_seed >> 8) % below;
}

/* A template with a few bytes changed, dropped or doubled, and a branch of its own. */
static size_t damage(char *out, size_t size, const char *text, unsigned round)
{
    size_t n = strlen(text);
    char *branch;

    assert_true(n < size);
    memcpy(out, text, n + 1);
    branch = strstr(out, "noise\r\n");
    if (branch != NULL)
        snprintf(branch, 6, "%05u", round % 100000), branch[5] = '\r';
    for (uint32_t i = 0; i < 1 + noise(5); i++) {
        size_t at = noise((uint32_t)n);

        switch (noise(3)) {
        case 0:
            out[at] = (char)noise(256);
            break;
        case 1:
            memmove(out + at, out + at + 1, n - at - 1);
            n--;
            break;
        default:
            n = at + 1; /* cut */
            break;
        }
        if (n < 8)
            return n;
    }
    return n;
}

static void refuse(struct leg *leg, const char *from, const char *to, void *arg)
{
    (void)from;
    (void)to;
    (void)arg;
    leg_hangup(leg, 486);
    obj_unref(leg);
}

static void send_noise(struct rig *r, struct peer *p, const struct sa *to)
{
    char text[PEER_TEXT_MAX];

    for (unsigned i = 0; i < ROUNDS; i++) {
        size_t n = damage(text, sizeof text, templates[noise(sizeof templates / sizeof templates[0])], i);
        struct mbuf *mb = mbuf_alloc(n + 1);

        mbuf_write_mem(mb, (const uint8_t *)text, n);
        mb->pos = 0;
        (void)udp_send(p->sock, to, mb);
        mem_deref(mb);
        if (i % BATCH == 0) {
            p->n = 0; /* what it answers is not kept */
            p->want_from = 0;
            p->far = *to;
            peer_request(p, "OPTIONS", (int)i + 1000, "", "");
            snprintf(text, sizeof text, "%u OPTIONS", i + 1000);
            assert_non_null(peer_wait(r, "SIP/2.0 200", text));
        }
    }
}

static void noise_does_no_harm(void **state)
{
    struct rig *r = rig_open(NULL);
    const struct line_config cfg = {.bind_ip = "127.0.0.1", .user_agent = "noise"};
    struct peer *p = peer_open(r);
    struct line *l = NULL;
    struct sa to;
    int err_fd = dup(2), null_fd = open("/dev/null", O_WRONLY);

    (void)state;
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, refuse, NULL, NULL), 0);
    sa_set_str(&to, "127.0.0.1", line_port(l));
    dup2(null_fd, 2); /* libre reports each message it cannot read */
    send_noise(r, p, &to);
    dup2(err_fd, 2);
    close(err_fd);
    close(null_fd);
    obj_unref(l);
    peer_close(r);
    r->accept_at_once = 1;
    rig_dial(r, 5, "");
    assert_true(rig_run_until(r, rig_both_up, RIG_WAIT_MS));
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(noise_does_no_harm)};
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
