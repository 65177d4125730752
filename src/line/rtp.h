/* rtp.h - the RTP header on the wire and the reception statistics of one source (RFC 3550). Pure: no sockets.
 * RTCP is not used: loss and jitter are measured from the received stream. */
#ifndef BATON_LINE_RTP_H
#define BATON_LINE_RTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RTP_HEADER = 12, RTP_PACKET_MAX = 1500 };

struct rtp_packet {
    bool marker;
    uint8_t pt;
    uint16_t seq;
    uint32_t ts, ssrc;
    const uint8_t *payload; /* borrowed from the datagram */
    size_t payload_n;
};

/* Reads a datagram; contributing sources, extension and padding are stepped over. 0 or EBADMSG. */
int rtp_parse(struct rtp_packet *out, const uint8_t *data, size_t n);

/* Writes the 12 bytes of the header of `p` (its payload fields are not used). */
void rtp_write_header(uint8_t out[RTP_HEADER], const struct rtp_packet *p);

/* What is known of the source we listen to. */
struct rtp_source {
    bool known;
    uint32_t ssrc;
    uint16_t max_seq;
    uint32_t cycles;         /* sequence number wraps, shifted by 16 */
    uint32_t base_seq;
    uint64_t received;       /* since this source began */
    uint64_t lost_before;    /* lost of earlier sources of the same port */
    uint32_t transit;
    uint32_t jitter_q4;      /* interarrival jitter in samples times 16 (A.8) */
    uint32_t candidate_ssrc; /* another source that may take over: it must send two packets in a row */
    uint16_t candidate_seq;
};

enum rtp_verdict { RTP_TAKE, RTP_TAKE_NEW_SOURCE, RTP_REFUSE };

/* Accounts for a packet that arrived at arrival_us (any steady clock). A changed SSRC or a jump of the sequence number is
 * believed at the second packet in a row (RFC 3550 A.1) and then begins a new source. */
enum rtp_verdict rtp_source_update(struct rtp_source *s, const struct rtp_packet *p, int64_t arrival_us);

uint64_t rtp_source_lost(const struct rtp_source *s); /* A.3, never negative */
int rtp_source_jitter_ms(const struct rtp_source *s);

#endif
