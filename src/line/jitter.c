#include "line/jitter.h"

#include <string.h>

#include "base/banned.h"

static int16_t *at(struct jitter *j, uint32_t ts)
{
    return &j->ring[ts & (JITTER_RING - 1)];
}

static int depth(const struct jitter *j)
{
    return j->running ? (int32_t)(j->end - j->next) : 0;
}

static void restart_window(struct jitter *j)
{
    j->window = 0;
    j->low_water = JITTER_RING;
}

static void start(struct jitter *j, uint32_t ts)
{
    for (size_t i = 0; i < JITTER_RING; i++)
        j->ring[i] = JITTER_MISSING;
    j->next = ts - JITTER_LEAD;
    j->end = ts;
    j->running = true;
    j->heard = false;
    j->idle_frames = 0;
    restart_window(j);
}

void jitter_init(struct jitter *j)
{
    memset(j, 0, sizeof *j);
    plc_init(&j->plc);
}

void jitter_reset(struct jitter *j)
{
    j->running = false;
    plc_init(&j->plc);
}

static void discard(struct jitter *j, int samples)
{
    for (; samples > 0; samples--)
        *at(j, j->next++) = JITTER_MISSING;
}

/* A timestamp far from where we are is believed when the next packet continues there. */
static bool jump_confirmed(struct jitter *j, uint32_t ts, size_t n)
{
    bool confirmed = ts == j->jump_ts;

    j->jump_ts = ts + (uint32_t)n;
    return confirmed;
}

/* True when the packet lies wholly in the past and cannot be played any more. When the buffer has run dry the past is
 * reopened instead: the delay grows by as much as the packet was late. */
static bool too_late(struct jitter *j, uint32_t ts, size_t n)
{
    if ((int32_t)(ts + (uint32_t)n - j->next) > 0)
        return false;
    if (depth(j) > 0) {
        j->late_dropped++;
        return true;
    }
    j->next = j->end = ts;
    restart_window(j);
    return false;
}

void jitter_put(struct jitter *j, uint32_t ts, const int16_t *pcm, size_t n)
{
    int32_t ahead;

    if (n == 0 || n > 480)
        return;
    if (!j->running)
        start(j, ts);
    ahead = (int32_t)(ts - j->next);
    if (ahead > JITTER_RING - (int)n || ahead < -JITTER_RING) {
        if (!jump_confirmed(j, ts, n))
            return;
        start(j, ts);
    }
    if (too_late(j, ts, n))
        return;
    for (size_t i = 0; i < n; i++)
        if ((int32_t)(ts + (uint32_t)i - j->next) >= 0)
            *at(j, ts + (uint32_t)i) = pcm[i];
    if ((int32_t)(ts + (uint32_t)n - j->end) > 0)
        j->end = ts + (uint32_t)n;
    j->idle_frames = 0;
    if (depth(j) > JITTER_DELAY_MAX) {
        j->late_dropped += (uint64_t)(depth(j) - JITTER_LOW_TARGET) / JITTER_FRAME;
        discard(j, depth(j) - JITTER_LOW_TARGET);
    }
}

static void shrink_delay(struct jitter *j)
{
    if (depth(j) < j->low_water)
        j->low_water = depth(j);
    if (++j->window < JITTER_WINDOW)
        return;
    if (j->low_water > JITTER_LOW_TARGET)
        discard(j, JITTER_FRAME);
    restart_window(j);
}

/* Turns the concealer's circular history so that it begins at 0. spandsp 0.0.6 does that too, but with a memcpy of
 * overlapping memory. */
static void straighten_history(plc_state_t *plc)
{
    int16_t tail[PLC_HISTORY_LEN];
    size_t older = (size_t)(PLC_HISTORY_LEN - plc->buf_ptr), newer = (size_t)plc->buf_ptr;

    memcpy(tail, plc->history, newer * sizeof tail[0]);
    memmove(plc->history, plc->history + newer, older * sizeof tail[0]);
    memcpy(plc->history + older, tail, newer * sizeof tail[0]);
    plc->buf_ptr = 0;
}

/* What is missing before the first sample of a stream is the wait for it, not a loss: silence. */
static void conceal(struct jitter *j, int16_t *out, int n)
{
    if (!j->heard) {
        memset(out, 0, (size_t)n * sizeof *out);
        return;
    }
    straighten_history(&j->plc);
    plc_fillin(&j->plc, out, n);
}

/* Takes a frame out of the ring; present and missing stretches go to the concealer in turn. Returns samples invented. */
static int take_frame(struct jitter *j, int16_t out[JITTER_FRAME])
{
    int invented = 0;

    for (int i = 0; i < JITTER_FRAME; i++, j->next++) {
        out[i] = *at(j, j->next);
        *at(j, j->next) = JITTER_MISSING;
    }
    for (int i = 0, n; i < JITTER_FRAME; i += n) {
        bool missing = out[i] == JITTER_MISSING;

        for (n = 1; i + n < JITTER_FRAME && (out[i + n] == JITTER_MISSING) == missing; n++)
            ;
        if (missing) {
            conceal(j, out + i, n);
            invented += n;
        } else {
            plc_rx(&j->plc, out + i, n);
            j->heard = true;
        }
    }
    return invented;
}

bool jitter_get(struct jitter *j, int16_t out[JITTER_FRAME])
{
    int invented;

    if (j->running && depth(j) <= 0 && ++j->idle_frames > JITTER_IDLE_FRAMES)
        jitter_reset(j);
    if (!j->running) {
        memset(out, 0, JITTER_FRAME * sizeof *out);
        return false;
    }
    shrink_delay(j);
    invented = take_frame(j, out);
    if (depth(j) < 0)
        j->end = j->next;
    j->concealed += j->heard && invented > 0;
    return invented == 0;
}

int jitter_depth_ms(const struct jitter *j)
{
    return depth(j) > 0 ? depth(j) / 8 : 0;
}
