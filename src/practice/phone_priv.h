/* phone_priv.h - what phone.c (calls) and person.c (how somebody behaves in one call) share. */
#ifndef BATON_PRACTICE_PHONE_PRIV_H
#define BATON_PRACTICE_PHONE_PRIV_H

#include <stdatomic.h>

#include "base/timer.h"
#include "call/speak.h"
#include "call/tap.h"
#include "call/turn.h"
#include "practice/mind.h"
#include "practice/announcement.h"
#include "practice/phone.h"

struct phone {
    struct phone_params p;
    struct line *line;
    struct person *first;
    int count;
    unsigned next_call;
    bool closing;
    loop_fn *closed_fn;
    void *closed_arg;
};

enum machine_stage { MACHINE_NONE, MACHINE_PLAYING, MACHINE_ASKING, MACHINE_CONNECTING };

/* What stands behind the number is a machine (person_machine.c). */
struct person_machine {
    enum machine_stage stage;
    struct announcement script;
    size_t part;               /* next one */
    int times;                 /* the whole of it was played */
    struct timer timer, pick_up;
};

/* Somebody in a call (obj.h). RINGING -> TALKING -> over. */
struct person {
    struct phone *phone;          /* reference */
    struct person *next;
    const struct persona *who;
    unsigned call;
    struct leg *leg;
    struct mport *port;           /* the leg's; borrowed */
    struct ears *ears;            /* NULL: goes by timing */
    struct recorder *recorder;    /* or NULL */
    struct speak speak;
    struct person_machine machine;
    bool human;                   /* somebody came to a machine's telephone */
    struct turn turn;
    struct mind mind;
    struct timer act_timer, turn_timer, interrupt_timer;
    _Atomic int64_t loud_us;      /* when the newest packet with sound came */
    int64_t interrupting_us;      /* our first sound over their voice; 0: not now */
    int64_t spoke_over_us;        /* when we interrupted last: who goes by timing does not take the pause after it for a question */
    uint32_t interrupt_said;      /* number of that sentence */
    int interruptions;
    bool outbound, over, greeted, pressed, accepted, leaving;
    unsigned silences, step;
    char next_line[SPEECH_SAY_MAX + 1];
    int64_t began_ms;
};

/* person.c */
void person_on_leg(struct leg *leg, const struct leg_event *ev, void *arg);
void person_ring(struct person *p);   /* an INVITE came for them */

void person_say(struct person *p, const char *line);
void person_becomes_human(struct person *p, const char *greeting); /* from now on they talk */

/* person_machine.c */
void person_machine_begin(struct person *p);
void person_machine_done(struct person *p);                            /* what it said is said */
bool person_machine_media(struct person *p, const struct media_event *ev); /* true: it was its own sound */
void person_machine_hears(struct person *p, const char *heard);
void person_machine_end(struct person *p);

/* phone.c */
void person_tell(struct person *p, const char *event, const char *text);
void person_tell_ms(struct person *p, const char *event, int64_t ms);
void person_over(struct person *p);   /* the leg has ended */

#endif
