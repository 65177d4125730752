/* media_opus.h - Opus (RFC 6716, 7587) at the 8 kHz that everything here works with. The clock of its RTP timestamps runs at 48 kHz whatever is inside. */
#ifndef BATON_LINE_MEDIA_OPUS_H
#define BATON_LINE_MEDIA_OPUS_H

#include <stddef.h>
#include <stdint.h>

enum { MEDIA_OPUS_CLOCK = 6, MEDIA_OPUS_PACKET_MAX = 960, MEDIA_OPUS_BYTES_MAX = 160 }; /* clock: steps a sample; a packet: samples, 120 ms */

struct media_opus; /* coder and decoder of one stream; one thread */

struct media_opus *media_opus_alloc(void); /* NULL: out of memory */
void media_opus_free(struct media_opus *o);

/* Samples written, at most MEDIA_OPUS_PACKET_MAX; 0: no Opus. Parses bytes from outside. */
size_t media_opus_decode(struct media_opus *o, int16_t out[MEDIA_OPUS_PACKET_MAX], const uint8_t *data, size_t n);

/* Bytes of a 20 ms frame; 0: failed. */
size_t media_opus_encode(struct media_opus *o, uint8_t out[MEDIA_OPUS_BYTES_MAX], const int16_t pcm[160]);

/* A timestamp on the wire in samples of ours, and back. The first one seen is taken as the begin, so that the division knows no wrap for a day. */
uint32_t media_opus_samples(struct media_opus *o, uint32_t wire);
uint32_t media_opus_wire(uint32_t samples);

#endif
