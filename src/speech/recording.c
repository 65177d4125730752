#include "speech/recording.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "speech/pcm.h"

#include "base/banned.h"

enum {
    TAG_PCM = 1,
    TAG_ULAW = 7,
    TAG_EXTENSIBLE = 0xfffe, /* the real tag is in the extension */
    FILE_MAX = 64 + RECORDING_MAX_S * 16000 * 2 * RECORDING_CHANNELS_MAX / 2,
};

struct shape {
    unsigned tag, channels, rate, bits;
};

static unsigned le16(const uint8_t *p)
{
    return (unsigned)p[0] | (unsigned)p[1] << 8;
}

static uint32_t le32(const uint8_t *p)
{
    return (uint32_t)le16(p) | (uint32_t)le16(p + 2) << 16;
}

static void read_shape(struct shape *s, const uint8_t *p, size_t n)
{
    *s = (struct shape){.tag = le16(p), .channels = le16(p + 2), .rate = le32(p + 4), .bits = le16(p + 14)};
    if (s->tag == TAG_EXTENSIBLE && n >= 26)
        s->tag = le16(p + 24);
}

static int check(const struct shape *s)
{
    bool coding = (s->tag == TAG_PCM && s->bits == 16) || (s->tag == TAG_ULAW && s->bits == 8);

    return coding && (s->rate == 8000 || s->rate == 16000) && s->channels >= 1 && s->channels <= RECORDING_CHANNELS_MAX
               ? 0
               : EINVAL;
}

/* Walks the chunks. */
static int find_data(struct shape *s, const uint8_t **data, size_t *size, const uint8_t *p, size_t n)
{
    const uint8_t *end = p + n;

    *s = (struct shape){0};
    if (n < 12 || memcmp(p, "RIFF", 4) != 0 || memcmp(p + 8, "WAVE", 4) != 0)
        return EINVAL;
    for (p += 12; end - p >= 8;) {
        size_t left = (size_t)(end - p) - 8, length = le32(p + 4);
        size_t taken = length < left ? length : left;

        if (memcmp(p, "data", 4) == 0) {
            *data = p + 8;
            *size = taken;
            return check(s);
        }
        if (memcmp(p, "fmt ", 4) == 0 && taken >= 16)
            read_shape(s, p + 8, taken);
        p += 8 + taken + (taken < left && (length & 1));
    }
    return EINVAL;
}

static int16_t sample(const struct shape *s, const uint8_t *data, size_t i)
{
    return s->tag == TAG_ULAW ? pcm_from_ulaw(data[i]) : (int16_t)le16(data + 2 * i);
}

static int take_channel(int16_t *out, const struct shape *s, const uint8_t *data, size_t frames, unsigned channel)
{
    float *wide, *narrow;
    size_t n;

    if (s->rate == 8000) {
        for (size_t i = 0; i < frames; i++)
            out[i] = sample(s, data, i * s->channels + channel);
        return 0;
    }
    wide = malloc((frames + 1) * sizeof *wide);
    narrow = malloc((frames / 2 + 1) * sizeof *narrow);
    if (wide == NULL || narrow == NULL) {
        free(wide);
        free(narrow);
        return ENOMEM;
    }
    for (size_t i = 0; i < frames; i++)
        wide[i] = sample(s, data, i * s->channels + channel) / 32768.0f;
    n = pcm_halve(narrow, wide, frames);
    for (size_t i = 0; i < n; i++)
        out[i] = pcm_from_float(narrow[i]);
    free(wide);
    free(narrow);
    return 0;
}

int recording_parse(struct recording *r, const uint8_t *bytes, size_t n)
{
    struct recording out = {0};
    const uint8_t *data;
    struct shape s;
    size_t size, frames;
    int err = find_data(&s, &data, &size, bytes, n);

    if (err)
        return err;
    frames = size / (s.channels * (s.bits / 8));
    out.channels = (int)s.channels;
    out.n = s.rate == 8000 ? frames : (frames + 1) / 2;
    if (out.n / CLIP_RATE > RECORDING_MAX_S)
        return EMSGSIZE;
    for (unsigned c = 0; c < s.channels && !err; c++) {
        out.pcm[c] = malloc((out.n + 1) * sizeof *out.pcm[c]);
        err = out.pcm[c] == NULL ? ENOMEM : take_channel(out.pcm[c], &s, data, frames, c);
    }
    if (err)
        recording_release(&out);
    else
        *r = out;
    return err;
}

int recording_read(struct recording *r, const char *path)
{
    char *bytes = NULL;
    size_t n = 0;
    int err = text_read_file(&bytes, &n, path, FILE_MAX);

    if (!err)
        err = recording_parse(r, (const uint8_t *)bytes, n);
    free(bytes);
    return err;
}

void recording_release(struct recording *r)
{
    for (int c = 0; c < RECORDING_CHANNELS_MAX; c++)
        free(r->pcm[c]);
    *r = (struct recording){0};
}
