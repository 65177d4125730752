/* machine.h - what to do once a machine answered: when to speak, to whom, and when to leave. Pure: events with times in, actions out.
 *
 *   voicemail:   GREETING --beep, or quiet--> MESSAGE --said--> DONE
 *   screening:   GREETING --quiet--> STATING --said--> HOLDING --time over--> DONE
 *                                       ^                 |  asks again (at most twice)
 *                                       '-----------------'  "leave a message": GREETING of a voicemail
 *   menu:        GREETING --quiet--> DONE, unless it ends with "leave a message"
 *   full, network, fax: DONE at once
 *   any of these, a person speaks: DONE, and the conversation begins
 *
 * The message is left once: a second after the last beep, two seconds after the greeting's last word (five if it announced a tone), or at the cap. All times are clock_mono_us. */
#ifndef BATON_CALL_MACHINE_H
#define BATON_CALL_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "call/answer.h"

struct machine_params {
    int beep_wait_ms;     /* from the end of the last beep to the message */
    int quiet_ms;         /* from the greeting's last word to the message, without a beep */
    int tone_quiet_ms;    /* the same when the greeting announced a tone: some take their time */
    int greeting_cap_ms;  /* a greeting that does not end is spoken over */
    int menu_quiet_ms;    /* from a menu's last word to our leaving */
    int menu_cap_ms;
    int screen_quiet_ms;  /* from the screener's last word to our answer */
    int hold_ms;          /* how long the person behind a screener is waited for */
    int statings_max;
};
extern const struct machine_params machine_params_default;

enum machine_state { MACHINE_GREETING, MACHINE_MESSAGE, MACHINE_STATING, MACHINE_HOLDING, MACHINE_DONE };

struct machine {
    const struct machine_params *params;
    const struct greeting_book *book; /* borrowed */
    enum machine_state state;
    enum answer_who who;              /* may become another machine: a mailbox that turns out to be full */
    bool voiced, beeped;
    bool tone_announced;
    int statings;
    int owed;                         /* finals of what was said before the verdict */
    int64_t began_us, last_sound_us, deadline_us; /* deadline: next machine_on_timer, 0 = none */
};

enum machine_action {
    MACHINE_ACT_MESSAGE = 1, /* leave the message */
    MACHINE_ACT_STATE = 2,   /* say who calls and why */
    MACHINE_ACT_PERSON = 4,  /* a person is there: begin the conversation */
    MACHINE_ACT_LEAVE = 8,   /* hang up; `who` says from whom */
};

/* The detector's verdict fell. Each returns a set of machine_action. */
unsigned machine_begin(struct machine *m, const struct machine_params *p, const struct answer *a, int64_t now_us);
unsigned machine_on_voice(struct machine *m, int64_t now_us);
unsigned machine_on_quiet(struct machine *m, int64_t last_voiced_us);
unsigned machine_on_text(struct machine *m, const char *text, int64_t now_us); /* a whole utterance */
unsigned machine_on_tone(struct machine *m, const struct tone_event *ev, int64_t now_us);
unsigned machine_on_spoken(struct machine *m, int64_t now_us);                  /* all that we had to say was said */
unsigned machine_on_timer(struct machine *m, int64_t now_us);

#endif
