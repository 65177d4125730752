/* tone_signal.c - three rising tones are special information tones, equal pulses are busy, 440 + 480 Hz is ringing, two pulses of 1100 Hz are a fax, anything else that is steady is
 * a beep. Frequencies and durations: ITU-T E.180, Telcordia GR-674 (special information tones), North American precise tone plan. */
#include "line/tone_signal.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { SIT_GAP_MS = 100, SIT_MIN_MS = 200, SIT_MAX_MS = 460, SIT_LONG_MS = 325, SIT_FIRST_SPLIT_HZ = 950, SIT_SECOND_SPLIT_HZ = 1400, NEAR_HZ = 20 };

const char *tone_kind_name(enum tone_kind k)
{
    static const char *const names[] = {"beep", "sit_final", "sit_busy", "busy", "ringback", "fax"};

    return names[k];
}

static bool within(int v, int from, int to)
{
    return v >= from && v <= to;
}

static bool is_pair(const struct tone_segment *s, int hz, int hz2)
{
    return abs(s->hz - hz) <= NEAR_HZ && abs(s->hz2 - hz2) <= NEAR_HZ;
}

static bool is_sit(const struct tone_signal *s)
{
    const struct tone_segment *a = &s->last[0], *b = &s->last[1], *c = &s->last[2];

    if (s->n < TONE_HISTORY || b->gap_ms > SIT_GAP_MS || c->gap_ms > SIT_GAP_MS)
        return false;
    for (int i = 0; i < TONE_HISTORY; i++)
        if (s->last[i].hz2 != 0 || !within(s->last[i].ms, SIT_MIN_MS, SIT_MAX_MS))
            return false;
    return within(a->hz, 880, 1020) && within(b->hz, 1330, 1470) && within(c->hz, 1730, 1850);
}

/* The second tone of the "number" messages is low and short; all long is the international form, whose announcement says what it is. */
static enum tone_kind sit_kind(const struct tone_signal *s)
{
    const struct tone_segment *a = &s->last[0], *b = &s->last[1];
    bool high = b->hz >= SIT_SECOND_SPLIT_HZ, is_long = b->ms >= SIT_LONG_MS;

    if (high && is_long && a->ms >= SIT_LONG_MS && within(a->hz, SIT_FIRST_SPLIT_HZ - NEAR_HZ, SIT_FIRST_SPLIT_HZ + NEAR_HZ))
        return TONE_SIT_FINAL;
    return is_long ? TONE_SIT_BUSY : TONE_SIT_FINAL;
}

/* 480 + 620 Hz, or the single 400 to 450 Hz of other countries, half a second or a quarter on and off. */
static bool is_busy_pulse(const struct tone_segment *s)
{
    return within(s->ms, 180, 560) && (is_pair(s, 480, 620) || (s->hz2 == 0 && within(s->hz, 390, 460)));
}

static bool is_busy(const struct tone_signal *s)
{
    const struct tone_segment *a = &s->last[s->n - 2], *b = &s->last[s->n - 1];

    return s->n >= 2 && is_busy_pulse(a) && is_busy_pulse(b) && within(b->gap_ms, 180, 560) && abs(a->ms - b->ms) <= 60;
}

/* ITU-T T.30, CNG: 1100 Hz for half a second, every three and a half. */
static bool is_calling_pulse(const struct tone_segment *s)
{
    return s->hz2 == 0 && within(s->hz, 1062, 1138) && within(s->ms, 400, 600);
}

static bool is_calling_fax(const struct tone_signal *s)
{
    return s->n >= 2 && is_calling_pulse(&s->last[s->n - 2]) && is_calling_pulse(&s->last[s->n - 1]) && within(s->last[s->n - 1].gap_ms, 2400, 3600);
}

static bool is_ringback(const struct tone_segment *s)
{
    if (s->hz2 == 0) /* 440 + 480 Hz is one tone that beats, 425 Hz rings elsewhere */
        return (within(s->hz, 430, 490) && s->ms >= 1400) || (within(s->hz, 415, 435) && s->ms >= 900);
    return s->ms >= 300 && (is_pair(s, 440, 480) || is_pair(s, 400, 450) || is_pair(s, 350, 440));
}

static bool is_beep(const struct tone_segment *s)
{
    return within(s->ms, TONE_BEEP_MIN_MS, TONE_BEEP_MAX_MS) && within(s->hz, TONE_HZ_MIN, TONE_HZ_MAX);
}

static void remember(struct tone_signal *s, const struct tone_segment *seg)
{
    if (s->n == TONE_HISTORY)
        memmove(s->last, s->last + 1, (TONE_HISTORY - 1) * sizeof s->last[0]);
    else
        s->n++;
    s->last[s->n - 1] = *seg;
}

bool tone_signal_segment(struct tone_signal *s, const struct tone_segment *seg, struct tone_event *ev)
{
    enum tone_kind kind = TONE_BEEP;

    remember(s, seg);
    if (is_sit(s))
        kind = sit_kind(s);
    else if (is_busy(s))
        kind = TONE_BUSY;
    else if (is_calling_fax(s))
        kind = TONE_FAX;
    else if (is_ringback(seg))
        kind = TONE_RINGBACK;
    else if (!is_beep(seg))
        return false;
    *ev = (struct tone_event){.kind = kind, .hz = seg->hz, .hz2 = seg->hz2, .ms = seg->ms, .dbfs = seg->dbfs};
    return true;
}
