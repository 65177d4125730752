/* call_priv.h - what the files of call/ share. One file a theme: call.c (life), call_leg.c (line events), call_turn.c (turn taking), call_between.c (humans talk), call_said.c (our sentences),
 * call_answer.c (who answered), call_talk.c
 * (talk steps and their effects), call_handoff.c (what the desk tells), call_end.c (the end), journal.c (what is written). */
#ifndef BATON_CALL_CALL_PRIV_H
#define BATON_CALL_CALL_PRIV_H

#include <stdatomic.h>

#include "base/timer.h"
#include "call/answer.h"
#include "call/call.h"
#include "call/hearing.h"
#include "call/latency.h"
#include "call/machine.h"
#include "call/overlap.h"
#include "call/scribe.h"
#include "call/speak.h"
#include "call/tap.h"
#include "call/turn.h"
#include "call/turn_text.h"
#include "talk/talk.h"

enum call_state { CALL_DIALING, CALL_RINGING, CALL_TALKING, CALL_HANDOFF, CALL_BRIDGED, CALL_ENDED };
const char *call_state_name(enum call_state s);

enum { CALL_INPUTS_MAX = 16, CALL_LINK_MAX = SPEAK_QUEUE_MAX };

/* An input on its way to the talk; owns its text. */
struct call_input {
    struct talk_input in;
    char text[TURN_TEXT_MAX];
    int64_t speech_end_us, end_of_turn_us, final_us; /* of the prospect's turn it carries; 0: none */
};

/* The latency ledger of the turn being answered (monotonic microseconds). */
struct call_ledger { int64_t speech_end, end_of_turn, stt_final, decided, queued, first_rtp; bool open; };

/* The newest interruption of ours (monotonic microseconds): their first sound, when it was sure that they speak, our last sound, the decision. */
struct call_barge { int64_t began, detected, silent, decided; };

enum call_answer_state { CALL_ANSWER_OFF, CALL_ANSWER_WATCHING, CALL_ANSWER_HOLDING };
enum message_state { MESSAGE_NONE, MESSAGE_BEGUN, MESSAGE_DELIVERED, MESSAGE_BROKEN_OFF };

/* Who answered, and what is done about a machine (call_answer.c). */
struct call_answer {
    enum call_answer_state state;
    struct answer answer;
    struct machine machine;
    struct timer timer;
    uint32_t utterance;       /* the newest one */
    int64_t voice_us, quiet_us; /* its beginning; the end of the newest one that ended */
    uint32_t forget_below;    /* sentences with a lower seq are not said again */
    int turns, greetings;     /* of the prospect that were answered; that only greeted */
    enum message_state message;
    bool message_heard;       /* its first sound is on the wire */
    int message_at_ms, person_at_ms;
};

struct calls {
    struct calls_params p;
    struct greeting_book *greetings;
    struct call *first;
    int count;
    bool closing;
    struct latency latency;
    loop_fn *closed_fn;
    void *closed_arg;
};

struct call {
    struct calls *calls;
    struct call *next, *prev;
    char id[37], lead_id[37], attempt_id[37], phone[20];
    bool inbound;
    json_t *lead;
    enum call_state state;
    struct leg *leg;
    struct mport *port;       /* the leg's; borrowed */
    struct ears *ears;
    struct recorder *recorder;
    char recording[512];

    struct scenario *scenario;
    struct und *und;
    int scenario_version;
    struct talk *talk;
    struct speak speak;
    struct turn turn;
    struct hearing_sum certainty; /* of the words of the turn at hand */
    struct timer turn_timer, cap_timer;
    struct call_answer answer;

    bool stepping;            /* a talk_step runs on the pool, or waits for help */
    bool foreseeing;          /* a talk_foresee does; inputs wait for it */
    char foreseen[TURN_TEXT_MAX]; /* its text */
    struct step *help_step;   /* waits for a language model, no longer than help_timer */
    struct timer help_timer;
    unsigned help_ticket;
    json_t *wordings;         /* sentences in other words; read by the pool, set once */
    int input_count;
    struct call_input inputs[CALL_INPUTS_MAX];
    bool prepared;            /* the opening's effects are queued, held until the answer */
    bool hangup_when_said, talk_over;
    bool turn_done;           /* the prospect's turn is over; acted upon once our stopped sentences are accounted for */
    bool talk_failed;         /* there is no talk: inputs go nowhere */
    bool held;                /* the prospect has put us on hold: nobody hears us, and what sounds is no speech to us */
    bool back;                /* taken back from hold: to be acted upon once our stopped sentences are accounted for */
    atomic_int hearing;       /* enum tap_hearing: held, nobody's; bridged, the scribe's */
    struct scribe *scribe;    /* NULL: the call is not recorded, so what humans say is not written down */
    atomic_bool flinches;     /* we speak: the tap pauses us at an onset */
    struct call_barge barge;
    struct overlap voice;     /* when we sounded */
    struct overlap_ms overlap; /* in the turn of the prospect at hand, by our doing */
    unsigned asides;          /* fillers and nods said: their wordings rotate */
    int unspoken;             /* sentences in a row that had no voice */
    bool recording_done, leg_over, finished, bridged, heard_after_bridge;
    char ended_by[16];
    char stage[64];

    char key;                 /* pressed, and not yet told to the talk: our speech is being stopped */
    size_t cut_count;         /* sentences cut off by the present interruption, in order */
    struct sentence *cut[CALL_LINK_MAX];

    struct call_ledger ledger;
    int *turn_seq;            /* obj.h: of the newest turn; shared with who writes down what closers say */
    int prospect_seq;
    int sentence_seq[SPEAK_QUEUE_MAX]; /* turn row of a sentence, by seq modulo */
    int64_t started_ms, ringing_ms, answered_ms, ended_ms, answered_us;
    int first_audio_ms;
    enum leg_outcome sip_outcome;
    int sip_code;
};

/* call.c */
void call_set_state(struct call *c, enum call_state s);
int64_t call_offset_ms(const struct call *c, int64_t at_us); /* position in the recording */
void call_set_stage(struct call *c, const char *topic);

/* call_leg.c */
void call_cap_start(struct call *c); /* how long a talk of the AI may go on from now */
void call_on_leg(struct leg *leg, const struct leg_event *ev, void *arg);

/* call_turn.c */
int call_turn_start(struct call *c);       /* ears and tap, at the answer */
bool call_ai_talks(const struct call *c); /* to the prospect: not yet, or no longer, between humans or over */
void call_turn_act(struct call *c, unsigned actions);
void call_turn_timer(struct call *c);      /* re-arms turn_timer from turn.deadline_us */
void call_turn_spoken(struct call *c);
void call_turn_key(struct call *c, char digit);
void call_turn_hold(struct call *c, bool on);
void call_turn_check(struct call *c);      /* goes on once every stopped sentence is accounted for */
void call_turn_heard(struct call *c, const struct sentence *s); /* tells the talk how much of it was heard */
void call_turn_paused(struct call *c, const struct media_event *ev);

/* call_between.c */
void call_between_start(struct call *c);   /* at the answer, with the recording */
void call_between_hearing(struct call *c); /* after a change of state or hold: whom the tap listens for */
bool call_between_tap(struct call *c, const struct tap_event *ev);      /* true: it was said to a human */
bool call_between_text(struct call *c, const struct ears_result *r);    /* likewise */

/* call_said.c */
json_t *call_prospect_ledger(struct call *c); /* of the turn at hand: how sure its words are, interruption and overlap; NULL: nothing of it is known */
json_t *call_aside_ledger(struct call *c);    /* of words that were no turn */
void call_on_speak(enum speak_event_kind kind, const struct sentence *s, int64_t at_us, void *owner);
void call_forget_cut(struct call *c);

/* call_answer.c */
void call_answer_start(struct call *c);    /* at the answer */
void call_answer_stop(struct call *c);     /* a conversation is under way, or the call is over */
bool call_answer_tap(struct call *c, const struct tap_event *ev);      /* true: a machine holds the call, no turns are taken */
bool call_answer_text(struct call *c, const struct ears_result *r);    /* likewise */
bool call_answer_holds(const struct call *c);
bool call_answer_waits(const struct call *c);                          /* the end of this turn is not acted upon yet: it may be a machine that goes on */
bool call_answer_open(const struct call *c);                           /* nothing is known yet of who speaks */
bool call_answer_greeted(struct call *c);                              /* this first turn only greets: our opening is the answer to it */
bool call_answer_forgets(const struct call *c, const struct sentence *s); /* a sentence that was stopped for good */
bool call_answer_allows(const struct call *c, enum talk_input_kind kind); /* may the talk's answer to such an input still be said? */
void call_answer_started(struct call *c);  /* a sentence of ours is on the wire */
void call_answer_spoken(struct call *c);   /* all of ours was said to the machine */
void call_answer_turn(struct call *c);     /* a turn of the prospect is about to be answered */

/* call_talk.c */
void call_input(struct call *c, const struct call_input *in); /* queued; runs when the talk is free */
void call_input_kind(struct call *c, enum talk_input_kind kind);
void call_foresee(struct call *c, const char *text); /* the talk understands it ahead of time, if it is free; the same text again costs nothing */
int call_talk_prepare(struct call *c);     /* allocates the talk and its opening, renders ahead */

/* call_end.c */
void call_end_check(struct call *c);       /* writes the end once leg, talk and recording are over */
void call_leg_over(struct call *c);
void call_finished(struct call *c); /* the end is durable: out of the list, the last reference goes */

/* journal.c: each returns at once; the writer does the rest */
void journal_started(struct call *c);
void journal_state(struct call *c);
void journal_turn(struct call *c, int seq, const char *speaker, const char *topic, const char *text, int64_t at_ms, int64_t end_ms,
                  int heard_ms, bool interrupted, json_t *ledger /* stolen, may be NULL */);
void journal_note(struct call *c, const json_t *note);
void journal_stage(struct call *c);
void journal_answered_by(struct call *c, json_t *evidence /* stolen */);
void journal_opt_out(struct call *c, const char *evidence);
void journal_ended(struct call *c, json_t *final /* stolen */);

#endif
