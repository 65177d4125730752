/* talk.h - one conversation as a value: inputs in, effects out. No I/O, no clock, no threads.
 *
 * The driver (a live call, `baton chat`, a test, a replay) owns a `struct talk`, gives it one input at a time with the time,
 * and carries out the effects in order. Sentences to say are complete texts; a LISTEN ends the list when the talk waits for the
 * prospect.
 *
 *   OPENING -> PERMISSION? -> QUESTIONS <-> objection / FAQ / repair -> ROUTING -> HANDOFF | CALLBACK | GOODBYE -> ENDED
 *   any state: opt-out, human request, wrong number, gatekeeper, minor, language, machine, hang-up (each its own exit)
 *
 * Audio bookkeeping: the driver tells with TALK_IN_HEARD how much of the last sentences reached the prospect when it was cut off
 * by barge-in; what was not heard counts as not said.
 *
 * Who answered is the driver's to find out where there is a line to listen to (call/answer.h); a driver of texts leaves it to the words. */
#ifndef BATON_TALK_TALK_H
#define BATON_TALK_TALK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "talk/scenario.h"
#include "talk/understand.h"

struct talk; /* refcounted; one thread at a time */

struct talk_lead { /* all may be NULL */
    const char *first_name, *last_name, *company, *source, *partner, *email, *phone, *title;
    const char *known_answers; /* JSON of answers of an earlier talk (callback), or NULL */
    int utc_offset_s;          /* of the lead's zone at the time of the call */
};

enum talk_input_kind {
    TALK_IN_START,          /* the call was answered by (presumably) a person */
    TALK_IN_TEXT,           /* an utterance was recognised: text ("" = noise that was not understood) */
    TALK_IN_SILENCE,        /* nothing was heard for silence_ms since we finished speaking */
    TALK_IN_DTMF,           /* digit */
    TALK_IN_HEARD,          /* our speech was interrupted: sentence `said` was heard up to heard_ms of total_ms */
    TALK_IN_HANGUP,         /* the prospect hung up */
    TALK_IN_HANDOFF_DONE,   /* a human talks to the prospect now */
    TALK_IN_HANDOFF_LOST,   /* after HANDOFF_DONE: the human's line broke; keep the prospect company until DONE again, or FAILED */
    TALK_IN_HANDOFF_FAILED, /* nobody could take it: come back and book */
    TALK_IN_HANDOFF_RETURNED, /* after HANDOFF_DONE: the human gave the prospect back to us, to agree on a time */
    TALK_IN_HOLD_TICK,      /* the prospect waits for a closer: say something friendly */
    TALK_IN_MACHINE,        /* a machine answered, which one says `machine`: the message is spoken now, or nothing; the talk ends */
    TALK_IN_SCREENER,       /* a machine asks who calls and why: one sentence, and the person behind it is waited for */
    TALK_IN_WORDINGS,       /* approved sentences in other words are proposed: `wordings` (talk_help.h); no effects */
    TALK_IN_PERSON,         /* after a machine a person is there: the talk begins, even if it had ended with the message */
};

/* The outcome is its name: voicemail, voicemail_full, ivr, screening, unallocated (the network says there is no such number), congestion (the
 * network says not now), fax. */
enum talk_machine { TALK_VOICEMAIL, TALK_VOICEMAIL_MISSED, TALK_VOICEMAIL_FULL, TALK_IVR, TALK_SCREENED, TALK_NO_SERVICE, TALK_NO_CIRCUIT, TALK_FAX };

struct talk_input {
    enum talk_input_kind kind;
    const char *text;
    int silence_ms;
    char digit;
    uint32_t said;
    int heard_ms, total_ms;
    const char *closer;     /* HANDOFF_*: name of the human, or NULL */
    enum talk_machine machine; /* MACHINE: VOICEMAIL takes the message, VOICEMAIL_MISSED hung up before it */
    const char *quote;      /* TEXT: words of the text that somebody proposes as the answer (talk_help.h), or NULL */
    const json_t *wordings; /* WORDINGS: {approved sentence: other words}; borrowed */
    bool person;            /* TEXT: the driver knows that a person speaks; words of machines are not looked for */
    float confidence;       /* TEXT: 0..1, how likely these words are what was said; 0: not known, taken as clear */
};

enum talk_effect_kind {
    TALK_SAY,       /* text, topic, said (ascending number of the sentence) */
    TALK_LISTEN,    /* topic, expects, silence_ms after which TALK_IN_SILENCE is due */
    TALK_HANDOFF,   /* start the handoff: team, summary; the prospect is on hold until HANDOFF_DONE or _FAILED */
    TALK_OPT_OUT,   /* record the suppression now, before anything else */
    TALK_NOTE,      /* something was learned (answer, objection, ...): `note` is an event object, see below */
    TALK_HANGUP,    /* end the call when all was said; the result is final */
};

enum talk_expects { EXPECT_YES_NO, EXPECT_SHORT, EXPECT_OPEN, EXPECT_DIGITS, EXPECT_THINKING };

struct talk_effect {
    enum talk_effect_kind kind;
    const char *topic;      /* opening, a question's id, objection:ID, faq:ID, handoff, callback, goodbye */
    const char *text;
    uint32_t said;
    enum talk_expects expects;
    int silence_ms;
    const char *team;
    json_t *note;           /* {"event":"answer","id":..,"value":..,"points":..,"evidence":..} | objection | intent | faq |
                               competitor | email | open_question | score {"score","possible","bucket"}; borrowed */
};

enum { TALK_EFFECTS_MAX = 16, TALK_TURNS_MAX = 200 };

struct talk_effects { /* texts and notes live until the next talk_step */
    size_t n;
    struct talk_effect at[TALK_EFFECTS_MAX];
};

/* u must have been built for sc. `seed` chooses where the rotation of wordings begins. Takes references. */
int talk_alloc(struct talk **tp, struct scenario *sc, struct und *u, const struct talk_lead *lead, uint32_t seed);

/* Must not be called again after TALK_HANGUP, except with TALK_IN_HANGUP, TALK_IN_HEARD. now_ms is UTC. */
void talk_step(struct talk *t, const struct talk_input *in, int64_t now_ms, struct talk_effects *out);

/* Understands ahead of time what was perhaps said, while it is not sure yet that they have finished: a talk_step with exactly this text then costs
 * microseconds. The talk says and decides nothing by it. */
void talk_foresee(struct talk *t, const char *text, int64_t now_ms);

bool talk_ended(const struct talk *t);
int talk_score(const struct talk *t, int *possible); /* so far; *possible: the most it can still become */

/* The result object of docs/chat.md: outcome, score, bucket, answers, objections, intents, faq, competitors, open_questions, callback,
 * summary, next, turns, spoken_ms. Valid at any time (partial before the end). Caller owns it. */
json_t *talk_result(const struct talk *t, int64_t now_ms);

/* What the closer sees: {"name","company","title","why_now","source","score","bucket","answers":[{id,label,value,points,max,quote}],
 * "objections":[..],"competitors":[..],"open_questions":[..],"summary","opener","quotes":[3]}. Caller owns it. */
json_t *talk_brief(const struct talk *t, int64_t now_ms);

/* One line for the whisper and the lists: "Priya Raman, COO at Lumen: losing patients, wants it in 3 weeks, $1,500 a month, decides." */
int talk_summary(const struct talk *t, char *out, size_t size);

/* What the AI says to the closer before the bridge. */
int talk_whisper(const struct talk *t, char *out, size_t size);

/* Milliseconds that a text takes to say, estimated (for spoken_ms and for chat). */
int talk_spoken_ms(const char *text);

#endif
