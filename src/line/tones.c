/* tones.c - frames to segments to signals. A beep is told a little after its end, because two more tones at once make it something else. */
#include "line/tones.h"

#include <errno.h>
#include <stdlib.h>

#include <spandsp.h>

#include "line/tone_pitch.h"
#include "line/tone_signal.h"

#include "base/banned.h"

enum { FRAME_MS = 20, STEADY_HZ = 14, HOLD_BACK_MS = 100 };

struct tones {
    modem_connect_tones_rx_state_t *answering; /* CED or preamble; CNG is tone_signal.c's, because one pulse of it is like a beep */
    bool fax_told;
    struct tone_signal signal;
    struct tone_pitch pitch; /* of the segment under way; hz 0: none */
    int segment_ms, missed_ms, gap_ms, gap_before_ms;
    struct tone_event beep;  /* ended, not yet told */
    int beep_wait_ms;        /* 0: none */
};

int tones_alloc(struct tones **tp)
{
    struct tones *t = calloc(1, sizeof *t);

    if (t == NULL)
        return ENOMEM;
    t->answering = modem_connect_tones_rx_init(NULL, MODEM_CONNECT_TONES_FAX_CED_OR_PREAMBLE, NULL, NULL);
    t->gap_ms = TONE_GAP_MAX_MS;
    if (t->answering == NULL) {
        tones_free(t);
        return ENOMEM;
    }
    *tp = t;
    return 0;
}

void tones_free(struct tones *t)
{
    if (t == NULL)
        return;
    if (t->answering != NULL)
        modem_connect_tones_rx_free(t->answering);
    free(t);
}

bool tone_may_be_beep(const struct tone_event *ev)
{
    return ev->kind == TONE_BEEP || (ev->kind == TONE_RINGBACK && ev->hz2 == 0);
}

static bool is_fax(struct tones *t, const int16_t *pcm)
{
    (void)modem_connect_tones_rx(t->answering, pcm, TONES_FRAME);
    if (t->fax_told)
        return false;
    t->fax_told = modem_connect_tones_rx_get(t->answering) != MODEM_CONNECT_TONES_NONE;
    return t->fax_told;
}

static bool is_steady(const struct tone_pitch *a, const struct tone_pitch *b)
{
    return (a->hz2 == 0) == (b->hz2 == 0) && abs(a->hz - b->hz) <= STEADY_HZ && abs(a->hz2 - b->hz2) <= STEADY_HZ;
}

/* True: the segment that ended completes a signal. Beeps are held back. */
static bool end_segment(struct tones *t, struct tone_event *ev)
{
    struct tone_segment seg = {.hz = t->pitch.hz, .hz2 = t->pitch.hz2, .dbfs = t->pitch.dbfs, .ms = t->segment_ms, .gap_ms = t->gap_before_ms};
    struct tone_event found;

    t->pitch.hz = 0;
    if (seg.ms < 2 * FRAME_MS || !tone_signal_segment(&t->signal, &seg, &found))
        return false;
    t->beep_wait_ms = found.kind == TONE_BEEP ? HOLD_BACK_MS : 0;
    t->beep = found;
    if (found.kind == TONE_BEEP)
        return false;
    *ev = found;
    return true;
}

static void begin_segment(struct tones *t, const struct tone_pitch *p)
{
    t->gap_before_ms = t->gap_ms;
    t->pitch = *p;
    t->segment_ms = FRAME_MS;
    t->gap_ms = t->missed_ms = 0;
    t->beep_wait_ms = 0;
}

static bool beep_is_due(struct tones *t, struct tone_event *ev)
{
    if (t->beep_wait_ms == 0)
        return false;
    t->beep_wait_ms -= FRAME_MS;
    *ev = t->beep;
    return t->beep_wait_ms == 0;
}

static void add_gap(struct tones *t, int ms)
{
    t->gap_ms = t->gap_ms + ms < TONE_GAP_MAX_MS ? t->gap_ms + ms : TONE_GAP_MAX_MS;
}

/* A single frame that a lost packet spoilt does not end a tone. */
static bool track(struct tones *t, const struct tone_pitch *p, struct tone_event *ev)
{
    bool sounds = p->hz != 0 && p->dbfs >= TONE_LEVEL_MIN_DBFS, done;

    if (t->pitch.hz != 0 && sounds && is_steady(&t->pitch, p)) {
        t->segment_ms += FRAME_MS + t->missed_ms;
        t->missed_ms = 0;
        t->pitch.dbfs = p->dbfs > t->pitch.dbfs ? p->dbfs : t->pitch.dbfs;
        return false;
    }
    if (t->pitch.hz != 0 && !sounds && t->missed_ms == 0) {
        t->missed_ms = FRAME_MS;
        return false;
    }
    done = t->pitch.hz != 0 && end_segment(t, ev);
    add_gap(t, t->missed_ms + (sounds ? 0 : FRAME_MS));
    t->missed_ms = 0;
    if (sounds)
        begin_segment(t, p);
    return done || (!sounds && beep_is_due(t, ev));
}

bool tones_push(struct tones *t, const int16_t pcm[TONES_FRAME], struct tone_event *ev)
{
    struct tone_pitch p = tone_pitch_of(pcm, TONES_FRAME);

    if (p.dbfs >= TONE_LEVEL_MIN_DBFS && is_fax(t, pcm)) { /* most of a call is silence, and spandsp costs more than all the rest */
        *ev = (struct tone_event){.kind = TONE_FAX, .hz = p.hz, .ms = t->segment_ms, .dbfs = p.dbfs};
        return true;
    }
    return track(t, &p, ev);
}
