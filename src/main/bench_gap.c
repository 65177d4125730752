#include "main/bench_gap.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum {
    WAV_HEADER = 44, WAV_MAX = 256 << 20, RATE = 8000,
    FRAME = 80, FRAME_MS = 10,
    LOUD_RMS = 150,     /* far below speech, far above what the codec makes of silence */
    QUIET_FRAMES = 20,  /* a voice has ended, or not yet begun, after so much silence */
};

struct gap_state {
    int64_t right_end, left_end; /* last loud frame; -1: none yet */
    bool left_in_time;           /* the left was silent when the right ended */
};

static bool loud(const int16_t *stereo, int side)
{
    double sum = 0;

    for (int i = 0; i < FRAME; i++)
        sum += (double)stereo[2 * i + side] * stereo[2 * i + side];
    return sum > (double)LOUD_RMS * LOUD_RMS * FRAME;
}

/* The left begins: does that answer the right? */
static void on_left_begins(struct gap_state *g, struct samples *gaps, int64_t frame)
{
    int64_t ms = (frame - g->right_end) * FRAME_MS;

    if (g->right_end > g->left_end && g->left_in_time && ms > 0 && ms <= GAP_MAX_MS)
        samples_add(gaps, (double)ms);
}

static void scan(struct samples *gaps, const int16_t *stereo, int64_t frames)
{
    struct gap_state g = {.right_end = -1, .left_end = -1};

    for (int64_t f = 0; f < frames; f++, stereo += (size_t)2 * FRAME) {
        bool left = loud(stereo, 0), right = loud(stereo, 1);

        if (right) {
            g.right_end = f;
            g.left_in_time = !left && (g.left_end < 0 || f - g.left_end > QUIET_FRAMES);
        }
        if (left) {
            if (!right && (g.left_end < 0 || f - g.left_end > QUIET_FRAMES))
                on_left_begins(&g, gaps, f);
            g.left_end = f;
        }
    }
}

static bool is_expected(const char *h, size_t n)
{
    uint16_t channels, bits;
    uint32_t rate;

    if (n < WAV_HEADER || memcmp(h, "RIFF", 4) != 0 || memcmp(h + 36, "data", 4) != 0)
        return false;
    memcpy(&channels, h + 22, 2);
    memcpy(&rate, h + 24, 4);
    memcpy(&bits, h + 34, 2);
    return channels == 2 && rate == RATE && bits == 16;
}

int bench_gap_read(struct samples *gaps, const char *path)
{
    char *bytes;
    size_t n;
    int err = text_read_file(&bytes, &n, path, WAV_MAX);

    if (err)
        return err;
    if (is_expected(bytes, n))
        scan(gaps, (const int16_t *)(const void *)(bytes + WAV_HEADER), (int64_t)((n - WAV_HEADER) / (2 * sizeof(int16_t) * FRAME)));
    else
        err = EINVAL;
    free(bytes);
    return err;
}

int bench_gap_read_dir(struct samples *gaps, const char *dir)
{
    DIR *d = opendir(dir);
    char path[1024];
    int count = 0;

    for (struct dirent *e = d != NULL ? readdir(d) : NULL; e != NULL; e = readdir(d)) {
        snprintf(path, sizeof path, "%.600s/%.255s", dir, e->d_name);
        if (text_ends(e->d_name, ".wav") && bench_gap_read(gaps, path) == 0)
            count++;
    }
    if (d != NULL)
        closedir(d);
    return count;
}
