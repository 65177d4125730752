#include "main/line_road.h"

#include <string.h>

#include "base/banned.h"

void road_init(struct road *r, const struct bad_line *line)
{
    memset(r, 0, sizeof *r);
    r->spoils = line->sound.gain_db != 0 || line->sound.noise_db != 0 || line->sound.echo_db != 0;
    if (r->spoils)
        spoil_init(&r->spoil, &line->sound);
    r->loss = line->loss;
    r->jitter_ms = line->jitter_ms;
    r->random = 7;
    jitter_init(&r->jitter);
}

static int chance(struct road *r, int below)
{
    r->random = r->random * 1664525u + 1013904223u;
    return (int)((r->random >> 16) % (unsigned)below);
}

void road_send(struct road *r, int16_t said[MEDIA_FRAME], const int16_t heard[MEDIA_FRAME], int64_t now_us)
{
    int delay = r->jitter_ms > 0 ? chance(r, r->jitter_ms / MEDIA_PTIME_MS + 1) * MEDIA_PTIME_MS : 0;

    if (r->spoils)
        spoil_frame(&r->spoil, said, heard);
    r->ts += MEDIA_FRAME;
    if ((r->loss > 0 && chance(r, 100) < r->loss) || r->n == ROAD_PACKETS)
        return;
    r->packet[r->n].due_us = now_us + (int64_t)delay * 1000;
    r->packet[r->n].ts = r->ts;
    memcpy(r->packet[r->n++].pcm, said, MEDIA_FRAME * sizeof *said);
}

bool road_arrive(struct road *r, int16_t pcm[MEDIA_FRAME], int64_t now_us)
{
    size_t i = 0;

    while (i < r->n && r->packet[i].due_us > now_us)
        i++;
    if (i == r->n)
        return false;
    memcpy(pcm, r->packet[i].pcm, MEDIA_FRAME * sizeof *pcm);
    jitter_put(&r->jitter, r->packet[i].ts, pcm, MEDIA_FRAME);
    memmove(r->packet + i, r->packet + i + 1, (--r->n - i) * sizeof r->packet[0]);
    return true;
}
