#include "line/dtmf.h"

#include <string.h>

#include "base/banned.h"

static const char keys[] = "0123456789*#ABCD"; /* events 0 to 15 */

enum { DURATION_MAX = 0xffff, SAMPLES_PER_FRAME = 160, VOLUME = 10 };

/* A very long press goes on in a new event that begins where the duration field was full (RFC 4733, 2.5.1.3). */
static bool continues(const struct dtmf_rx *rx, uint32_t ts, uint8_t event)
{
    return rx->any && rx->event == event && rx->duration == DURATION_MAX && ts == rx->ts + DURATION_MAX;
}

char dtmf_rx_packet(struct dtmf_rx *rx, uint32_t ts, const uint8_t *payload, size_t n)
{
    uint8_t event;
    bool known;

    if (n < DTMF_PAYLOAD || payload[0] >= sizeof keys - 1)
        return 0;
    event = payload[0];
    if (rx->any && (int32_t)(ts - rx->ts) < 0)
        return 0; /* a straggler of an earlier event */
    known = (rx->any && ts == rx->ts) || continues(rx, ts, event);
    rx->any = true;
    rx->ts = ts;
    rx->event = event;
    rx->duration = (uint16_t)(payload[2] << 8 | payload[3]);
    return known ? 0 : keys[event];
}

void dtmf_rx_reset(struct dtmf_rx *rx)
{
    *rx = (struct dtmf_rx){0};
}

static int event_of(char key)
{
    const char *at = key != '\0' ? strchr(keys, key >= 'a' && key <= 'd' ? key - 'a' + 'A' : key) : NULL;

    return at != NULL ? (int)(at - keys) : -1;
}

unsigned dtmf_tx_queue(struct dtmf_tx *tx, const char *digits)
{
    unsigned taken = 0;

    for (; *digits != '\0' && tx->n < DTMF_QUEUE_MAX; digits++) {
        if (event_of(*digits) < 0)
            continue;
        tx->queue[(tx->head + tx->n++) % DTMF_QUEUE_MAX] = *digits;
        taken++;
    }
    return taken;
}

static void write_payload(uint8_t out[DTMF_PAYLOAD], char key, bool end, int frames)
{
    unsigned duration = (unsigned)frames * SAMPLES_PER_FRAME;

    out[0] = (uint8_t)event_of(key);
    out[1] = (uint8_t)((end ? 0x80 : 0) | VOLUME);
    out[2] = (uint8_t)(duration >> 8);
    out[3] = (uint8_t)duration;
}

/* Frames 1..TONE carry the event, the last of them with the end bit, which the next two frames repeat beside the audio. */
struct dtmf_frame dtmf_tx_frame(struct dtmf_tx *tx, uint32_t ts)
{
    struct dtmf_frame f = {0};

    if (tx->step == 0 && tx->n == 0)
        return f;
    if (tx->step++ == 0)
        tx->ts = ts;
    f.ts = tx->ts;
    f.marker = tx->step == 1;
    f.mute = tx->step <= DTMF_TONE_FRAMES;
    f.send = tx->step <= DTMF_TONE_FRAMES + 2;
    if (f.send)
        write_payload(f.payload, tx->queue[tx->head], tx->step >= DTMF_TONE_FRAMES,
                      tx->step < DTMF_TONE_FRAMES ? tx->step : DTMF_TONE_FRAMES);
    if (tx->step == DTMF_TONE_FRAMES + DTMF_GAP_FRAMES) {
        tx->step = 0;
        tx->head = (tx->head + 1) % DTMF_QUEUE_MAX;
        tx->n--;
    }
    return f;
}
