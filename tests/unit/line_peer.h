/* line_peer.h - the other end made of plain text over UDP, for what a well-behaved stack would never send. */
#ifndef BATON_TESTS_LINE_PEER_H
#define BATON_TESTS_LINE_PEER_H

#include "unit/line_rig.h"

enum { PEER_MESSAGES_MAX = 48, PEER_TEXT_MAX = 3000 };

#define PEER_SDP_PORT "30998"
#define PEER_SDP_HEAD "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
#define PEER_SDP PEER_SDP_HEAD "m=audio " PEER_SDP_PORT " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
#define PEER_SDP_HELD PEER_SDP "a=sendonly\r\n"
#define PEER_SDP_G729 PEER_SDP_HEAD "m=audio " PEER_SDP_PORT " RTP/AVP 18\r\n"

struct peer {
    struct udp_sock *sock;
    struct sa addr, far; /* far: the line's */
    char messages[PEER_MESSAGES_MAX][PEER_TEXT_MAX];
    int n;
    int cseq, branch;
    char invite[PEER_TEXT_MAX]; /* the INVITE of the dialog: received, or sent by us */
    char far_to[256];           /* To with the line's tag, when we called */
    bool we_called;
    const char *want_start, *want_has; /* of peer_wait */
    int want_from;
};

static inline const char *peer_find(const struct peer *p, const char *start, const char *has)
{
    for (int i = p->want_from; i < p->n; i++)
        if (strncmp(p->messages[i], start, strlen(start)) == 0 && (has == NULL || strstr(p->messages[i], has) != NULL))
            return p->messages[i];
    return NULL;
}

static inline void peer_on_packet(const struct sa *src, struct mbuf *mb, void *arg)
{
    struct peer *p = arg;

    p->far = *src;
    if (p->n == PEER_MESSAGES_MAX)
        p->n--; /* the last is overwritten: nobody asked for so many */
    snprintf(p->messages[p->n], PEER_TEXT_MAX, "%.*s", (int)mbuf_get_left(mb), (const char *)mbuf_buf(mb));
    if (strncmp(p->messages[p->n], "INVITE ", 7) == 0)
        snprintf(p->invite, sizeof p->invite, "%s", p->messages[p->n]);
    p->n++;
}

static inline struct peer *peer_open(struct rig *r)
{
    struct peer *p = calloc(1, sizeof *p);
    struct sa any;

    assert_non_null(p);
    sa_set_str(&any, "127.0.0.1", 0);
    assert_int_equal(udp_listen(&p->sock, &any, peer_on_packet, p), 0);
    assert_int_equal(udp_local_get(p->sock, &p->addr), 0);
    p->cseq = 100;
    r->peer = p;
    return p;
}

static inline void peer_close(struct rig *r)
{
    struct peer *p = r->peer;

    mem_deref(p->sock);
    free(p);
    r->peer = NULL;
}

static inline bool peer_has_it(struct rig *r)
{
    const struct peer *p = r->peer;

    return peer_find(p, p->want_start, p->want_has) != NULL;
}

/* Waits for a message that starts so and holds that; looks at messages from p->want_from on. NULL at the deadline. */
static inline const char *peer_wait(struct rig *r, const char *start, const char *has)
{
    struct peer *p = r->peer;

    p->want_start = start;
    p->want_has = has;
    return rig_run_until(r, peer_has_it, RIG_WAIT_MS) ? peer_find(p, start, has) : NULL;
}

static inline void peer_send(struct peer *p, const char *text)
{
    struct mbuf *mb = mbuf_alloc(strlen(text) + 1);

    assert_non_null(mb);
    mbuf_write_str(mb, text);
    mb->pos = 0;
    assert_int_equal(udp_send(p->sock, &p->far, mb), 0);
    mem_deref(mb);
}

/* The whole header line "Name: value" (first one) of a message. */
static inline void peer_header(const char *text, const char *name, char *out, size_t size)
{
    char key[64];
    const char *p, *end;

    snprintf(key, sizeof key, "\r\n%s: ", name);
    p = strstr(text, key);
    out[0] = '\0';
    if (p == NULL)
        return;
    p += 2;
    end = strstr(p, "\r\n");
    snprintf(out, size, "%.*s", (int)(end - p), p);
}

/* Answers a request of the line. `extra`: header lines. Our tag is always "peer". */
static inline void peer_reply(struct peer *p, const char *request, const char *status, const char *extra, const char *body)
{
    char via[400], from[300], to[300], id[200], cseq[100], text[PEER_TEXT_MAX + 1200];

    peer_header(request, "Via", via, sizeof via);
    peer_header(request, "From", from, sizeof from);
    peer_header(request, "To", to, sizeof to);
    peer_header(request, "Call-ID", id, sizeof id);
    peer_header(request, "CSeq", cseq, sizeof cseq);
    snprintf(text, sizeof text,
             "SIP/2.0 %s\r\n%s\r\n%s\r\n%s%s\r\n%s\r\n%s\r\nContact: <sip:peer@127.0.0.1:%u>\r\n%s%sContent-Length: %zu\r\n\r\n%s",
             status, via, from, to, strstr(to, ";tag=") != NULL ? "" : ";tag=peer", id, cseq, (unsigned)sa_port(&p->addr),
             extra, body[0] != '\0' ? "Content-Type: application/sdp\r\n" : "", strlen(body), body);
    peer_send(p, text);
}

/* A request within the dialog, or (without any) out of it. cseq 0: the next. */
static inline void peer_request(struct peer *p, const char *method, int cseq, const char *extra, const char *body)
{
    char from[300] = "From: <sip:peer@127.0.0.1>;tag=peer", to[300] = "To: <sip:baton@127.0.0.1>", id[200] = "Call-ID: none";
    char line[300], text[PEER_TEXT_MAX + 1200];

    if (p->invite[0] != '\0' && !p->we_called) {
        peer_header(p->invite, "To", line, sizeof line);
        snprintf(from, sizeof from, "From%s;tag=peer", line + 2);
        peer_header(p->invite, "From", line, sizeof line);
        snprintf(to, sizeof to, "To%s", line + 4);
        peer_header(p->invite, "Call-ID", id, sizeof id);
    } else if (p->we_called) {
        snprintf(to, sizeof to, "%s", p->far_to);
        snprintf(id, sizeof id, "Call-ID: peercall");
    }
    snprintf(text, sizeof text,
             "%s sip:baton@127.0.0.1:%u SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bKpeer%d\r\n%s\r\n%s\r\n%s\r\n"
             "CSeq: %d %s\r\nMax-Forwards: 70\r\nContact: <sip:peer@127.0.0.1:%u>\r\n%s%sContent-Length: %zu\r\n\r\n%s",
             method, (unsigned)sa_port(&p->far), (unsigned)sa_port(&p->addr), ++p->branch, from, to, id,
             cseq != 0 ? cseq : ++p->cseq, method, (unsigned)sa_port(&p->addr), extra,
             body[0] == 'v' ? "Content-Type: application/sdp\r\n" : "", strlen(body), body);
    peer_send(p, text);
}

/* The line calls the peer. Returns the INVITE. */
static inline const char *peer_called(struct rig *r, int ring_s)
{
    struct peer *p = r->peer;
    char uri[96];

    snprintf(uri, sizeof uri, "sip:peer@127.0.0.1:%u", (unsigned)sa_port(&p->addr));
    assert_int_equal(rig_dial_uri(r, uri, ring_s), 0);
    return peer_wait(r, "INVITE ", NULL);
}

/* The peer calls the line. */
static inline void peer_calls(struct rig *r, const char *extra, const char *body)
{
    struct peer *p = r->peer;

    sa_set_str(&p->far, "127.0.0.1", line_port(r->a));
    p->we_called = true;
    snprintf(p->far_to, sizeof p->far_to, "To: <sip:+14155550100@127.0.0.1>");
    peer_request(p, "INVITE", 0, extra, body);
}

static inline bool rig_out_up(struct rig *r) { return rig_saw(&r->out, LEG_EV_ANSWERED); }

/* The line calls the peer, which answers; both are in a dialog then. */
static inline void peer_answers(struct rig *r)
{
    const char *invite = peer_called(r, 5);

    assert_non_null(invite);
    peer_reply(r->peer, invite, "200 OK", "", PEER_SDP);
    assert_non_null(peer_wait(r, "ACK ", NULL));
    assert_true(rig_run_until(r, rig_out_up, RIG_WAIT_MS));
}

#endif
