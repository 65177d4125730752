/* Datagrams as a far end may send them: each input is a sequence of (length byte, datagram), taken as the receiver takes
 * them, with a frame played after each. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "line/dtmf.h"
#include "line/jitter.h"
#include "line/rtp.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct far_end {
    struct rtp_source source;
    struct dtmf_rx keys;
    struct jitter jitter;
};

static void take(struct far_end *f, const uint8_t *data, size_t n, int64_t us)
{
    struct rtp_packet p;
    int16_t pcm[480];

    if (rtp_parse(&p, data, n) != 0 || rtp_source_update(&f->source, &p, us) == RTP_REFUSE)
        return;
    if (p.pt == 101) {
        (void)dtmf_rx_packet(&f->keys, p.ts, p.payload, p.payload_n);
        return;
    }
    if (p.payload_n > 480)
        p.payload_n = 480;
    for (size_t i = 0; i < p.payload_n; i++)
        pcm[i] = (int16_t)(p.payload[i] * 64);
    jitter_put(&f->jitter, p.ts, pcm, p.payload_n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct far_end *f = calloc(1, sizeof *f);
    int16_t out[JITTER_FRAME];
    int64_t us = 0;

    jitter_init(&f->jitter);
    while (size > 0) {
        size_t n = data[0] < size - 1 ? data[0] : size - 1;
        uint8_t *exact = malloc(n + 1); /* so that reading past the end is seen */

        memcpy(exact, data + 1, n);
        take(f, exact, n, us += 20000);
        free(exact);
        (void)jitter_get(&f->jitter, out);
        if (jitter_depth_ms(&f->jitter) > JITTER_DELAY_MAX / 8)
            abort();
        data += 1 + n;
        size -= 1 + n;
    }
    (void)rtp_source_lost(&f->source);
    (void)rtp_source_jitter_ms(&f->source);
    free(f);
    return 0;
}
