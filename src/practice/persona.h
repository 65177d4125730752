/* persona.h - simulated people and machines behind telephone numbers, read from a YAML file (docs/phone.md). Read-only after load. */
#ifndef BATON_PRACTICE_PERSONA_H
#define BATON_PRACTICE_PERSONA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "practice/bad_line.h"

#include "practice/expectation.h"

struct yaml_node;

enum { PERSONA_MAX = 200, PERSONA_CUES_MAX = 40, PERSONA_WORDS_MAX = 12, PERSONA_LINES_MAX = 6, PERSONA_ALSO_MAX = 4 };

enum behaviour {
    ACT_PERSON,     /* talks: hears, answers what was asked */
    ACT_BUSY, ACT_NO_ANSWER, ACT_REJECT, ACT_UNKNOWN_NUMBER,
    ACT_VOICEMAIL,  /* announcement, then takes the message */
    ACT_SILENCE,    /* answers and says nothing */
    ACT_HANG_UP,    /* hangs up in the middle of our first sentence */
    ACT_PRESS,      /* presses `digit` while we speak */
    ACT_CLOSER,     /* accepts with 1 after the whisper, then talks */
    ACT_CLOSER_DECLINE, /* presses 2 */
    ACT_MAILBOX_FULL,   /* announcement, then hangs up */
    ACT_IVR,            /* announcement three times, then hangs up */
    ACT_SCREENING,      /* asks who calls; after an answer `connecting`, then the person */
    ACT_INTERCEPT,      /* the network: tones and announcement, then hangs up */
    ACT_FAX,
};

/* Something that can be heard ("budget": any of these phrases) and what a person says to it. */
struct cue { const char *id; size_t n; const char *phrases[PERSONA_WORDS_MAX]; };
struct fact { const char *cue; size_t n; const char *lines[PERSONA_LINES_MAX]; };

struct persona {
    const char *number, *name, *company, *title, *source, *voice, *greeting;
    size_t also_count;
    const char *also[PERSONA_ALSO_MAX]; /* further numbers of the same person, e.g. in other time zones */
    enum behaviour behaviour;
    int pick_up_ms;         /* machines: somebody comes to the telephone so long after the answer; 0 = nobody */
    const char *pick_up_say;  /* and says this; the person behind a screener as well */
    const char *connecting; /* screening: what is played between the answer and the person */
    char digit;
    int ring_ms;            /* before the answer */
    int think_ms;           /* pause before an answer */
    int interrupt_ms;       /* speaks over us after so much of a long sentence; 0 = polite */
    int interrupt_times;    /* so often in a call */
    size_t interrupt_count;
    struct bad_line line;
    const char *interrupt_lines[PERSONA_LINES_MAX]; /* one after the other, over and over */
    bool by_timing;         /* "hears: timing": no recogniser; says the lines of `says` in their order, one each time we have stopped speaking */
    uint32_t seed;          /* chooses between "[one|another]" in their lines (mind.h) */
    struct expectation expect; /* what a talk with them should come to; `any` is false without one */
    const struct yaml_node *node; /* as written; the people's */
    int call_back_s;        /* calls us so long after a call that was missed; 0 = never */
    size_t fact_count;
    struct fact facts[PERSONA_CUES_MAX];
};

struct people; /* refcounted */

/* On failure `why` says line and reason. */
int people_load(struct people **pp, const char *path, char *why, size_t why_size);
const struct yaml_node *people_root(const struct people *p); /* the file as it was written */
size_t people_count(const struct people *p);
const struct persona *people_at(const struct people *p, size_t i);
const struct persona *people_find(const struct people *p, const char *number); /* number or name of the URI's user part */

/* The cue that stands last in what was heard (a question comes at the end), or NULL. Case and punctuation of what was heard do not matter; phrases are
 * written in lower case without marks. */
const struct cue *people_cue(const struct people *p, const char *heard);

/* What this persona says to a cue the nth time (from 0); NULL: nothing. */
const char *persona_line(const struct persona *who, const char *cue, unsigned nth);

#endif
