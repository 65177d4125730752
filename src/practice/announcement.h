/* announcement.h - what a machine plays: words, pauses and tones in a line such as "Hi, it's Jen. {pause 600} Do it after {beep 1000 400}". Pure.
 *
 *   {pause MS}            silence
 *   {beep HZ[+HZ] [MS]}   one or two tones, 400 ms unless said
 *   {sit}, {sit busy}     special information tones: no such number; network busy
 *   {busy}, {ring}        two pulses of busy; one of ringing
 *   {fax}                 a fax that answers */
#ifndef BATON_PRACTICE_ANNOUNCEMENT_H
#define BATON_PRACTICE_ANNOUNCEMENT_H

#include <stddef.h>

#include "base/clip.h"

enum { ANNOUNCEMENT_PARTS_MAX = 24, ANNOUNCEMENT_WORDS_MAX = 900, ANNOUNCEMENT_MS_MAX = 10000 };

enum announcement_kind { ANNOUNCE_WORDS, ANNOUNCE_PAUSE, ANNOUNCE_TONES };

enum { ANNOUNCEMENT_TONES_MAX = 4 };
struct announcement_tone { int hz, hz2, ms; }; /* hz 0: silence */

struct announcement_part {
    enum announcement_kind kind;
    char words[ANNOUNCEMENT_WORDS_MAX];
    int ms;                              /* PAUSE */
    size_t tone_count;
    struct announcement_tone tones[ANNOUNCEMENT_TONES_MAX];
};

struct announcement { size_t n; struct announcement_part at[ANNOUNCEMENT_PARTS_MAX]; };

/* 0, or EINVAL: something in braces is unknown, a number is out of range, or there are too many parts. */
int announcement_parse(struct announcement *a, const char *line);

/* The sound of a TONES or PAUSE part, the caller's reference. ENOMEM. */
int announcement_sound(struct clip **cp, const struct announcement_part *part);

/* Only the words, joined by blanks. */
void announcement_words(char *out, size_t size, const struct announcement *a);

#endif
