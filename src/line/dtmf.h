/* dtmf.h - keys as RTP telephone events (RFC 4733). Pure: packets in and out as values. */
#ifndef BATON_LINE_DTMF_H
#define BATON_LINE_DTMF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DTMF_QUEUE_MAX = 32, DTMF_PAYLOAD = 4, DTMF_TONE_FRAMES = 5, DTMF_GAP_FRAMES = 3 };

/* Receiving: an event is one RTP timestamp. Any of its packets announces it, so a key is not lost as long as one packet
 * of it (often three copies of its end) arrives. */
struct dtmf_rx {
    bool any;
    uint32_t ts;
    uint8_t event;
    uint16_t duration;
};

/* The digit that this packet announces for the first time, or 0. Anything that is no key or is malformed gives 0. */
char dtmf_rx_packet(struct dtmf_rx *rx, uint32_t ts, const uint8_t *payload, size_t n);
void dtmf_rx_reset(struct dtmf_rx *rx); /* the source changed */

/* Sending: DTMF_TONE_FRAMES frames a digit, the end three times, DTMF_GAP_FRAMES frames between digits. */
struct dtmf_tx {
    char queue[DTMF_QUEUE_MAX];
    unsigned head, n;
    int step; /* frame within the digit, 0 when none is under way */
    uint32_t ts;
};

/* Appends digits; what does not fit or is no key is left out. Returns how many were taken. */
unsigned dtmf_tx_queue(struct dtmf_tx *tx, const char *digits);

struct dtmf_frame {
    bool send;      /* payload goes out with `ts` */
    bool marker;
    bool mute;      /* no audio in this frame: the event takes its place */
    uint32_t ts;
    uint8_t payload[DTMF_PAYLOAD];
};

/* What to send in the frame that begins at timestamp ts. */
struct dtmf_frame dtmf_tx_frame(struct dtmf_tx *tx, uint32_t ts);

#endif
