#include "line/rtp.h"

#include <errno.h>

#include "base/banned.h"

enum { MAX_DROPOUT = 3000, MAX_MISORDER = 100, RATE_PER_MS = 8 };

static uint16_t be16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)be16(p) << 16 | be16(p + 2);
}

/* Length of the fixed header, the contributing sources and the extension; 0 when the datagram is too short. */
static size_t header_length(const uint8_t *data, size_t n)
{
    size_t at = RTP_HEADER + 4u * (data[0] & 15u);

    if (data[0] & 0x10) {
        if (n < at + 4)
            return 0;
        at += 4 + 4u * be16(data + at + 2);
    }
    return at <= n ? at : 0;
}

int rtp_parse(struct rtp_packet *out, const uint8_t *data, size_t n)
{
    size_t at, padding = 0;

    if (n < RTP_HEADER || data[0] >> 6 != 2)
        return EBADMSG;
    at = header_length(data, n);
    if (at == 0)
        return EBADMSG;
    if (data[0] & 0x20) {
        padding = data[n - 1];
        if (padding == 0 || padding > n - at)
            return EBADMSG;
    }
    *out = (struct rtp_packet){
        .marker = data[1] >> 7,
        .pt = data[1] & 0x7f,
        .seq = be16(data + 2),
        .ts = be32(data + 4),
        .ssrc = be32(data + 8),
        .payload = data + at,
        .payload_n = n - at - padding,
    };
    return 0;
}

static void put32(uint8_t *out, uint32_t v)
{
    out[0] = (uint8_t)(v >> 24);
    out[1] = (uint8_t)(v >> 16);
    out[2] = (uint8_t)(v >> 8);
    out[3] = (uint8_t)v;
}

void rtp_write_header(uint8_t out[RTP_HEADER], const struct rtp_packet *p)
{
    out[0] = 2 << 6;
    out[1] = (uint8_t)((p->marker ? 0x80 : 0) | (p->pt & 0x7f));
    out[2] = (uint8_t)(p->seq >> 8);
    out[3] = (uint8_t)p->seq;
    put32(out + 4, p->ts);
    put32(out + 8, p->ssrc);
}

static void begin_source(struct rtp_source *s, const struct rtp_packet *p)
{
    uint64_t lost = s->known ? rtp_source_lost(s) : 0;

    *s = (struct rtp_source){
        .known = true,
        .ssrc = p->ssrc,
        .max_seq = p->seq,
        .base_seq = p->seq,
        .lost_before = lost,
    };
}

/* True when p follows the candidate's last packet; otherwise p becomes the candidate. */
static bool candidate_confirmed(struct rtp_source *s, const struct rtp_packet *p)
{
    bool follows = s->candidate_ssrc == p->ssrc && (uint16_t)(s->candidate_seq + 1) == p->seq;

    s->candidate_ssrc = p->ssrc;
    s->candidate_seq = p->seq;
    return follows;
}

static void count_arrival(struct rtp_source *s, const struct rtp_packet *p, int64_t arrival_us)
{
    uint32_t transit = (uint32_t)(arrival_us * RATE_PER_MS / 1000) - p->ts;
    int32_t d = (int32_t)(transit - s->transit);

    s->received++;
    s->transit = transit;
    if (s->received < 2 || d == INT32_MIN)
        return;
    if (d < 0)
        d = -d;
    if (d < 8000) /* a pause or a jump of the timestamp is no jitter */
        s->jitter_q4 += (uint32_t)d - ((s->jitter_q4 + 8) >> 4);
}

enum rtp_verdict rtp_source_update(struct rtp_source *s, const struct rtp_packet *p, int64_t arrival_us)
{
    bool fresh = !s->known;
    uint16_t ahead;

    if (fresh)
        begin_source(s, p);
    ahead = (uint16_t)(p->seq - s->max_seq);
    if (p->ssrc != s->ssrc || (ahead >= MAX_DROPOUT && ahead <= UINT16_MAX - MAX_MISORDER)) {
        if (!candidate_confirmed(s, p))
            return RTP_REFUSE;
        begin_source(s, p);
        fresh = true;
    } else if (ahead < MAX_DROPOUT) {
        if (p->seq < s->max_seq)
            s->cycles += 1u << 16;
        s->max_seq = p->seq;
    }
    count_arrival(s, p, arrival_us);
    return fresh ? RTP_TAKE_NEW_SOURCE : RTP_TAKE;
}

uint64_t rtp_source_lost(const struct rtp_source *s)
{
    uint64_t expected = s->known ? (uint64_t)s->cycles + s->max_seq - s->base_seq + 1 : 0;

    return s->lost_before + (expected > s->received ? expected - s->received : 0);
}

int rtp_source_jitter_ms(const struct rtp_source *s)
{
    return (int)((s->jitter_q4 >> 4) / RATE_PER_MS);
}
