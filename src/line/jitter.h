/* jitter.h - the jitter buffer: puts received samples in order and hands out 20 ms at a time.
 *
 * A ring of samples indexed by RTP timestamp (8 kHz, so one sample is one unit): any packet length, order or duplicate is
 * just written at its place. JITTER_MISSING marks what has not arrived; G.711 never decodes to it.
 *
 *   stopped --first packet--> running --JITTER_IDLE_FRAMES without data--> stopped
 *
 * Delay: about 40 ms in front of a steady source. It grows when the buffer ran dry and the awaited packet comes after all,
 * and shrinks by one frame when for two seconds it was never below 60 ms. Above JITTER_DELAY_MAX the oldest are dropped. */
#ifndef BATON_LINE_JITTER_H
#define BATON_LINE_JITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <spandsp.h>

enum {
    JITTER_RING = 4096, /* samples; a power of two */
    JITTER_MISSING = INT16_MIN,
    JITTER_FRAME = 160,
    JITTER_LEAD = 160,      /* samples waited for before the first is played */
    JITTER_LOW_TARGET = 480,
    JITTER_DELAY_MAX = 1920,
    JITTER_IDLE_FRAMES = 5,
    JITTER_WINDOW = 100,    /* frames between two looks at the delay */
};

struct jitter { /* value; one thread */
    int16_t ring[JITTER_RING];
    uint32_t next;      /* timestamp that is played next */
    uint32_t end;       /* just after the newest sample */
    uint32_t jump_ts;   /* where a stream that jumped would go on */
    bool running, heard;
    int idle_frames, low_water, window;
    plc_state_t plc;
    uint64_t late_dropped; /* packets */
    uint64_t concealed;    /* frames with any invented sample */
};

void jitter_init(struct jitter *j);
void jitter_reset(struct jitter *j); /* forgets the stream, keeps the counters */

/* Writes n samples (1..480) that belong at timestamp ts. */
void jitter_put(struct jitter *j, uint32_t ts, const int16_t *pcm, size_t n);

/* The next 20 ms. False when any sample was invented or there was nothing (then silence). */
bool jitter_get(struct jitter *j, int16_t out[JITTER_FRAME]);

int jitter_depth_ms(const struct jitter *j); /* buffered now */

#endif
