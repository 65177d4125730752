/* mport_receive.c - takes the datagrams that came since the last tick.
 *
 * The sockets are read by the pacer, not by the event loop: audio is played on a tick anyway, so nothing gets later, and one
 * recvmmsg a tick replaces a wake-up a packet. The kernel stamps the arrivals, from which jitter is measured.
 *
 * A browser has its own rules for who is heard (media_web.h). Otherwise only the negotiated host is. If its packets come from another port than it said (NAT), the first such port is
 * remembered and answered (symmetric RTP) until the session is described anew. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <rem_g711.h> /* needs stdint.h */

#include "line/media_priv.h"

#include "base/banned.h"

enum { BATCH = 8, BATCHES_MAX = 16, SAMPLES_MAX = 480, CONTROL_MAX = 64 };

struct inbox {
    struct mmsghdr msg[BATCH];
    struct iovec iov[BATCH];
    struct sa from[BATCH];
    union {
        struct cmsghdr align;
        uint8_t bytes[CONTROL_MAX];
    } control[BATCH];
    uint8_t data[BATCH][RTP_PACKET_MAX];
};

static void inbox_init(struct inbox *in)
{
    for (int i = 0; i < BATCH; i++) {
        in->iov[i] = (struct iovec){.iov_base = in->data[i], .iov_len = RTP_PACKET_MAX};
        in->msg[i].msg_hdr = (struct msghdr){
            .msg_name = &in->from[i].u,
            .msg_namelen = sizeof in->from[i].u,
            .msg_iov = &in->iov[i],
            .msg_iovlen = 1,
            .msg_control = &in->control[i],
            .msg_controllen = sizeof in->control[i],
        };
    }
}

static int64_t arrival_us(struct msghdr *m, int64_t otherwise)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c))
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec t;

            memcpy(&t, CMSG_DATA(c), sizeof t);
            return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
        }
    return otherwise;
}

static bool source_allowed(struct mport *p, const struct sa *from)
{
    if (!sa_cmp(from, &p->negotiated, SA_ADDR))
        return false;
    if (sa_cmp(from, &p->remote, SA_PORT))
        return p->latched = true;
    if (sa_cmp(from, &p->negotiated, SA_PORT)) { /* whom the description named wins over whoever came first */
        p->remote = p->negotiated;
        return p->latched = true;
    }
    if (p->latched)
        return false;
    p->latched = true;
    sa_set_port(&p->remote, sa_port(from));
    return true;
}

static void tell_arrived(struct mport *p, const int16_t *pcm, size_t n, int64_t now_us)
{
    if (n > 0 && p->tap.arrived != NULL && p->tap.arrived(pcm, n, now_us, p->tap.arg))
        mport_pause_now(p, now_us);
}

static void take_audio(struct mport *p, const struct rtp_packet *pkt, int64_t now_us)
{
    const int16_t *table = pkt->pt == MEDIA_PCMU ? g711_u2l : g711_A2l;
    int16_t pcm[SAMPLES_MAX];
    size_t n = pkt->payload_n < SAMPLES_MAX ? pkt->payload_n : SAMPLES_MAX;

    for (size_t i = 0; i < n; i++)
        pcm[i] = table[pkt->payload[i]];
    jitter_put(&p->jitter, pkt->ts, pcm, n);
    tell_arrived(p, pcm, n, now_us);
}

/* A long packet fills the jitter buffer in two steps. */
static void take_opus(struct mport *p, const struct rtp_packet *pkt, int64_t now_us)
{
    int16_t pcm[MEDIA_OPUS_PACKET_MAX];
    size_t n = media_opus_decode(p->opus, pcm, pkt->payload, pkt->payload_n);
    size_t first = n < SAMPLES_MAX ? n : SAMPLES_MAX;

    if (n > 0)
        jitter_put(&p->jitter, pkt->ts, pcm, first);
    if (n > first)
        jitter_put(&p->jitter, pkt->ts + (uint32_t)first, pcm + first, n - first);
    tell_arrived(p, pcm, first, now_us);
}

static void take_event(struct mport *p, const struct rtp_packet *pkt, int64_t now_us)
{
    char digit = dtmf_rx_packet(&p->dtmf_rx, pkt->ts, pkt->payload, pkt->payload_n);

    if (digit != 0)
        mport_emit(p, &(struct media_event){.kind = MEDIA_EV_DTMF, .digit = digit, .at_us = now_us});
}

static void count_packet(struct mport *p, int64_t now_us)
{
    atomic_fetch_add_explicit(&p->received, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&p->thread->received, 1, memory_order_relaxed);
    atomic_store_explicit(&p->lost, rtp_source_lost(&p->source), memory_order_relaxed);
    atomic_store_explicit(&p->jitter_ms, rtp_source_jitter_ms(&p->source), memory_order_relaxed);
    atomic_store_explicit(&p->last_received_us, now_us, memory_order_relaxed);
    p->timeout_told = false;
    if (!p->first_seen) {
        p->first_seen = true;
        mport_emit(p, &(struct media_event){.kind = MEDIA_EV_FIRST_RTP, .at_us = now_us});
    }
}

static void take_packet(struct mport *p, const struct rtp_packet *pkt, int64_t arrived_us, int64_t now_us)
{
    enum rtp_verdict verdict = rtp_source_update(&p->source, pkt, arrived_us);

    if (verdict == RTP_REFUSE)
        return;
    if (verdict == RTP_TAKE_NEW_SOURCE) {
        jitter_reset(&p->jitter);
        dtmf_rx_reset(&p->dtmf_rx);
    }
    count_packet(p, now_us);
    if (!p->receive)
        return;
    if (p->opus != NULL && pkt->pt == p->opus_pt)
        take_opus(p, pkt, now_us);
    else if (pkt->pt == MEDIA_PCMU || pkt->pt == MEDIA_PCMA)
        take_audio(p, pkt, now_us);
    else if (p->telephone_event_pt >= 0 && pkt->pt == p->telephone_event_pt)
        take_event(p, pkt, now_us);
}

static void take_datagram(struct mport *p, struct inbox *in, int i, int64_t now_us)
{
    struct rtp_packet pkt;
    size_t n = in->msg[i].msg_len;

    in->from[i].len = in->msg[i].msg_hdr.msg_namelen;
    if (p->web != NULL ? !media_web_take(p->web, in->data[i], &n, &in->from[i]) : !source_allowed(p, &in->from[i]))
        return;
    if (p->keys.on && (p->srtp == NULL || !media_srtp_open(p->srtp, in->data[i], &n)))
        return;
    if (rtp_parse(&pkt, in->data[i], n) != 0)
        return;
    if (p->opus != NULL)
        pkt.ts = media_opus_samples(p->opus, pkt.ts);
    take_packet(p, &pkt, arrival_us(&in->msg[i].msg_hdr, now_us), now_us);
}

void mport_receive(struct mport *p, int64_t now_us)
{
    for (int round = 0; round < BATCHES_MAX; round++) {
        struct inbox in;
        int n;

        inbox_init(&in);
        n = recvmmsg(p->fd, in.msg, BATCH, MSG_DONTWAIT, NULL);
        for (int i = 0; i < n; i++)
            take_datagram(p, &in, i, now_us);
        if (n < BATCH && !(n < 0 && errno == ECONNREFUSED))
            return;
    }
}
