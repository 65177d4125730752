/* peaks.c - the loudest sample of each slice of a stereo recording, for drawing it without loading it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "http/http_priv.h"

#include "base/banned.h"

enum { HEADER_MAX = 4096, FRAMES_A_READ = 4096, CHANNELS = 2 };

struct wav { unsigned rate; long data_at; uint32_t frames; };

static uint32_t le32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Walks the chunks up to "data". Only 16-bit stereo, as the recorder writes. The file may be longer or shorter than it says. */
static int read_header(struct wav *w, FILE *f)
{
    unsigned char h[16];
    bool format = false;
    long at = 12, size;

    if (fread(h, 1, 12, f) != 12 || memcmp(h, "RIFF", 4) != 0 || memcmp(h + 8, "WAVE", 4) != 0)
        return EINVAL;
    for (; at < HEADER_MAX && fseek(f, at, SEEK_SET) == 0 && fread(h, 1, 8, f) == 8; at += 8 + (long)le32(h + 4)) {
        if (memcmp(h, "data", 4) == 0) {
            w->data_at = at + 8;
            if (!format || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < w->data_at || w->rate == 0)
                return EINVAL;
            w->frames = (uint32_t)((size - w->data_at) / (2 * CHANNELS));
            return fseek(f, w->data_at, SEEK_SET) == 0 ? 0 : EIO;
        }
        if (le32(h + 4) > HEADER_MAX)
            return EINVAL;
        if (memcmp(h, "fmt ", 4) == 0) {
            unsigned char chunk[16];

            if (fread(chunk, 1, 16, f) != 16 || chunk[0] != 1 || chunk[2] != CHANNELS || chunk[14] != 16)
                return EINVAL;
            w->rate = le32(chunk + 4);
            format = true;
        }
    }
    return EINVAL;
}

static void scan(FILE *f, const struct wav *w, int count, int *peaks)
{
    int16_t frames[FRAMES_A_READ][CHANNELS];
    uint32_t at = 0;
    size_t n;

    while (at < w->frames && (n = fread(frames, sizeof frames[0], FRAMES_A_READ, f)) > 0)
        for (size_t i = 0; i < n && at < w->frames; i++, at++) {
            int *slice = &peaks[(size_t)((uint64_t)at * (uint64_t)count / w->frames) * CHANNELS];

            for (int c = 0; c < CHANNELS; c++)
                if (abs(frames[i][c]) > slice[c])
                    slice[c] = abs(frames[i][c]);
        }
}

static json_t *channel_json(const int *peaks, int count, int channel)
{
    json_t *list = json_array();

    for (int i = 0; i < count; i++)
        (void)json_array_append_new(list, json_real((peaks[i * CHANNELS + channel] * 1000 / 32768) / 1000.0));
    return list;
}

int peaks_read(json_t **out, const char *path, int count)
{
    struct wav w = {0};
    FILE *f = fopen(path, "rbe");
    int *peaks = calloc((size_t)count * CHANNELS, sizeof *peaks);
    int err = f == NULL ? ENOENT : peaks == NULL ? ENOMEM : read_header(&w, f);
    json_t *j;

    if (!err) {
        scan(f, &w, count, peaks);
        j = json_pack("{s:I,s:[o,o]}", "duration_ms", (json_int_t)((uint64_t)w.frames * 1000 / w.rate), "channels", channel_json(peaks, count, 0),
                      channel_json(peaks, count, 1));
        err = j == NULL ? ENOMEM : 0;
        if (!err)
            *out = j;
    }
    if (f != NULL)
        (void)fclose(f);
    free(peaks);
    return err;
}
