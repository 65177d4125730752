/* line_road.h - the way of a person's sound to us, in played time: spoilt, packed, some packets lost, some late, and put in order by the jitter buffer. */
#ifndef BATON_MAIN_LINE_ROAD_H
#define BATON_MAIN_LINE_ROAD_H

#include "line/jitter.h"
#include "line/spoil.h"
#include "practice/bad_line.h"

enum { ROAD_PACKETS = 16 }; /* under way at once; more than a jitter of 200 ms needs */

struct road {
    struct spoil spoil;
    bool spoils;
    int loss, jitter_ms;
    uint32_t random, ts;
    size_t n;
    struct { int64_t due_us; uint32_t ts; int16_t pcm[MEDIA_FRAME]; } packet[ROAD_PACKETS];
    struct jitter jitter;
};

void road_init(struct road *r, const struct bad_line *line);

/* They send a frame, and hear ours. It is changed to what goes on its way. */
void road_send(struct road *r, int16_t said[MEDIA_FRAME], const int16_t heard[MEDIA_FRAME], int64_t now_us);

/* The next packet that has arrived by now; false: none. It is in the jitter buffer. */
bool road_arrive(struct road *r, int16_t pcm[MEDIA_FRAME], int64_t now_us);

#endif
