/* mport_send.c - encodes and sends the frame of a tick, and telephone events. A packet that the kernel does not take at once
 * is lost like any other: sending again would only be late. */
#include <stdint.h>

#include <rem_g711.h> /* needs stdint.h */
#include <string.h>
#include <sys/socket.h>

#include "line/media_priv.h"

#include "base/banned.h"

static void transmit(struct mport *p, const uint8_t *data, size_t n)
{
    uint8_t secret[RTP_HEADER + MEDIA_FRAME + MEDIA_SRTP_TAG_MAX];

    if (p->keys.on || p->web != NULL) {
        memcpy(secret, data, n);
        n = p->web != NULL ? media_web_protect(p->web, secret, n) : p->srtp != NULL ? media_srtp_seal(p->srtp, secret, n) : 0;
        data = secret;
    }
    if (n > 0 && sendto(p->fd, data, n, MSG_DONTWAIT | MSG_NOSIGNAL, &p->remote.u.sa, p->remote.len) < 0)
        return;
}

static uint32_t next_random(struct impair *im)
{
    im->random ^= im->random << 13;
    im->random ^= im->random >> 17;
    im->random ^= im->random << 5;
    return im->random;
}

/* True when the packet was dropped or is kept for later. */
static bool impaired(struct mport *p, const uint8_t *data, size_t n, int64_t now_us)
{
    struct impair *im = p->impair;
    struct held_packet *h;

    if (im == NULL)
        return false;
    if ((int)(next_random(im) % 100) < im->loss_percent)
        return true;
    if (im->jitter_ms == 0 || im->n == IMPAIR_QUEUE_MAX)
        return false;
    h = &im->held[im->n++];
    h->due_us = now_us + (int64_t)(next_random(im) % (uint32_t)(im->jitter_ms + 1)) * 1000;
    h->n = n;
    memcpy(h->data, data, n);
    return true;
}

/* Held packets leave at the first tick after they are due, so made-up jitter comes in steps of a frame. */
void mport_send_held(struct mport *p, int64_t now_us)
{
    struct impair *im = p->impair;
    unsigned kept = 0;

    if (im == NULL)
        return;
    for (unsigned i = 0; i < im->n; i++) {
        if (im->held[i].due_us <= now_us)
            transmit(p, im->held[i].data, im->held[i].n);
        else
            im->held[kept++] = im->held[i];
    }
    im->n = kept;
}

static void send_packet(struct mport *p, struct rtp_packet *pkt, uint8_t *data, size_t payload_n, int64_t now_us)
{
    pkt->seq = p->seq++;
    pkt->ssrc = p->ssrc;
    if (p->opus != NULL)
        pkt->ts = media_opus_wire(pkt->ts);
    rtp_write_header(data, pkt);
    if (!impaired(p, data, RTP_HEADER + payload_n, now_us))
        transmit(p, data, RTP_HEADER + payload_n);
    atomic_fetch_add_explicit(&p->sent, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&p->thread->sent, 1, memory_order_relaxed);
}

static void send_event(struct mport *p, const struct dtmf_frame *f, int64_t now_us)
{
    uint8_t data[RTP_HEADER + DTMF_PAYLOAD];

    memcpy(data + RTP_HEADER, f->payload, DTMF_PAYLOAD);
    send_packet(p, &(struct rtp_packet){.pt = (uint8_t)p->telephone_event_pt, .marker = f->marker, .ts = f->ts}, data,
                DTMF_PAYLOAD, now_us);
}

static size_t encode(const struct mport *p, uint8_t out[MEDIA_FRAME], const int16_t pcm[MEDIA_FRAME])
{
    if (p->codec == MEDIA_OPUS)
        return p->opus != NULL ? media_opus_encode(p->opus, out, pcm) : 0;
    for (int i = 0; i < MEDIA_FRAME; i++)
        out[i] = p->codec == MEDIA_PCMU ? g711_pcm2ulaw(pcm[i] > -32768 ? pcm[i] : -32767)
                                        : g711_pcm2alaw(pcm[i] > -32768 ? pcm[i] : -32767);
    return MEDIA_FRAME;
}

void mport_send_audio(struct mport *p, const int16_t pcm[MEDIA_FRAME], int64_t now_us)
{
    uint8_t data[RTP_HEADER + MEDIA_FRAME];
    struct dtmf_frame key = {0};

    if (p->telephone_event_pt >= 0)
        key = dtmf_tx_frame(&p->dtmf_tx, p->ts);
    if (key.send)
        send_event(p, &key, now_us);
    if (!key.mute) {
        size_t n = encode(p, data + RTP_HEADER, pcm);
        int pt = p->codec == MEDIA_OPUS ? p->opus_pt : (int)p->codec;

        send_packet(p, &(struct rtp_packet){.pt = (uint8_t)pt, .marker = p->marker, .ts = p->ts}, data, n, now_us);
        p->marker = false;
    }
}
