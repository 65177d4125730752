/* tones.h - tones of the network and of machines in the audio of a far end: beeps, special information tones, busy, fax.
 *
 * A frame is taken for tones when one or two sinusoids explain nearly all of it: their frequencies are found by least squares over the frame
 * (what an undamped oscillation predicts from its own past), so a beep of any pitch is found. Frames of the same pitch make a segment, segments
 * make a signal (tone_signal.c). Fax tones are spandsp's.
 *
 * Pure but for spandsp's state; one media thread at a time. A frame costs two to ten microseconds. */
#ifndef BATON_LINE_TONES_H
#define BATON_LINE_TONES_H

#include <stdbool.h>
#include <stdint.h>

enum tone_kind {
    TONE_BEEP,        /* one or two steady tones of 380 to 2,200 Hz for 120 to 2,500 ms: told at its end */
    TONE_SIT_FINAL,   /* special information tones: the number does not exist or was changed (Telcordia IC, VC, ITU-T E.180) */
    TONE_SIT_BUSY,    /* special information tones: the network is busy (RO, NC, IO) */
    TONE_BUSY,        /* busy or reorder, told after its second pulse */
    TONE_RINGBACK,    /* ringing after the answer: somebody else is being called */
    TONE_FAX,         /* a fax or modem calls (CNG, told after its second pulse: one is a beep) or answers (CED, preamble) */
};
const char *tone_kind_name(enum tone_kind k);

struct tone_event {
    enum tone_kind kind;
    int hz, hz2;      /* of its (last) segment; hz2 0: a single tone */
    int ms;           /* how long it lasted */
    int dbfs;         /* level */
};

enum { TONES_FRAME = 160, TONE_HZ_MIN = 380, TONE_HZ_MAX = 2200, TONE_BEEP_MIN_MS = 120, TONE_BEEP_MAX_MS = 2500, TONE_LEVEL_MIN_DBFS = -38 };

/* A single long tone of 415 to 490 Hz is ringing in some countries and a mailbox's beep in others: what was said before it tells. */
bool tone_may_be_beep(const struct tone_event *ev);

struct tones; /* free with tones_free */

int tones_alloc(struct tones **tp); /* 0 or ENOMEM */
void tones_free(struct tones *t);

/* Takes the next 20 ms. True: *ev is something that ended (or was recognised) with this frame. */
bool tones_push(struct tones *t, const int16_t pcm[TONES_FRAME], struct tone_event *ev);

#endif
