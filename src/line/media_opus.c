#include "line/media_opus.h"

#include <opus/opus.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/banned.h"

enum { RATE = 8000, FRAME = 160, BITRATE = 24000, COMPLEXITY = 5, SLACK = 48000 };

struct media_opus {
    OpusEncoder *coder;
    OpusDecoder *decoder;
    bool begun;
    uint32_t begin; /* wire timestamp, a second before the first packet */
};

struct media_opus *media_opus_alloc(void)
{
    struct media_opus *o = calloc(1, sizeof *o);
    int err = OPUS_OK, err2 = OPUS_OK;

    if (o == NULL)
        return NULL;
    o->coder = opus_encoder_create(RATE, 1, OPUS_APPLICATION_VOIP, &err);
    o->decoder = opus_decoder_create(RATE, 1, &err2);
    if (err != OPUS_OK || err2 != OPUS_OK) {
        media_opus_free(o);
        return NULL;
    }
    (void)opus_encoder_ctl(o->coder, OPUS_SET_BITRATE(BITRATE));
    (void)opus_encoder_ctl(o->coder, OPUS_SET_COMPLEXITY(COMPLEXITY));
    return o;
}

void media_opus_free(struct media_opus *o)
{
    if (o == NULL)
        return;
    if (o->coder != NULL)
        opus_encoder_destroy(o->coder);
    if (o->decoder != NULL)
        opus_decoder_destroy(o->decoder);
    free(o);
}

size_t media_opus_decode(struct media_opus *o, int16_t out[MEDIA_OPUS_PACKET_MAX], const uint8_t *data, size_t n)
{
    int samples = n > 0 ? opus_decode(o->decoder, data, (opus_int32)n, out, MEDIA_OPUS_PACKET_MAX, 0) : 0;

    for (int i = 0; i < samples; i++)
        if (out[i] == INT16_MIN) /* which marks a gap in the jitter buffer */
            out[i] = INT16_MIN + 1;
    return samples > 0 ? (size_t)samples : 0;
}

size_t media_opus_encode(struct media_opus *o, uint8_t out[MEDIA_OPUS_BYTES_MAX], const int16_t pcm[160])
{
    opus_int32 n = opus_encode(o->coder, pcm, FRAME, out, MEDIA_OPUS_BYTES_MAX);

    return n > 0 ? (size_t)n : 0;
}

uint32_t media_opus_samples(struct media_opus *o, uint32_t wire)
{
    if (!o->begun) {
        o->begun = true;
        o->begin = wire - SLACK; /* a packet from before the first may still come */
    }
    return (wire - o->begin) / MEDIA_OPUS_CLOCK;
}

uint32_t media_opus_wire(uint32_t samples)
{
    return samples * MEDIA_OPUS_CLOCK;
}
