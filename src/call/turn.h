/* turn.h - whose turn is it? The turn-taking state machine of one call. Pure: events with times in, actions out.
 *
 *                  speak             onset or vad start: PAUSE      real words, or speech that goes on: STOP
 *        IDLE ---------------> SPEAKING ----------------> PAUSED -------------------------------.
 *                               |   ^                       |                                    |
 *              spoken + listen  |   '-- nothing: RESUME ----'                                    v
 *                               '-----------> LISTENING --- vad start ---> HEARING <---.---------'
 *                                               | silence due                | vad stop | vad start
 *                                               v                            v          |
 *                                            DECIDING <--- deadline and -- ENDPOINT ----'
 *                                               |          all finals in
 *                                               '--- speak ---> SPEAKING
 *
 * The end of a turn = VAD silence, then a wait that depends on what the question expects and on how the text ends.
 * Recognition starts at the first silence, so its time is hidden in that wait; when the prospect goes on, the pieces are
 * joined. All times are clock_mono_us.
 *
 * An interruption is a suspicion first: our voice pauses at once (the media thread does it by itself at an onset) and goes on from the same word if
 * no speech follows (suspect_ms), if the words were none or a listener's signal, or if there are no words by decide_ms and the speech is over. It yields to
 * real words and to speech that goes on. Words that arrive after we went on stop us still.
 *
 * The line is never dead: an answer that is late is preceded by a filler, once a turn. Who tells a long story and pauses in the middle of a phrase hears
 * "okay". Neither changes whose turn it is, and both stop when the prospect speaks.
 *
 * Whoever keeps saying "hello?" or "uh-huh" while we speak does not stop us for ever: after voids_max interruptions that were void
 * we talk on, and stop only for real words, or for speech that lasts longer than a listener's signal (overlap_ms). The same for
 * flinches_max suspicions. */
#ifndef BATON_CALL_TURN_H
#define BATON_CALL_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "call/endpoint.h"
#include "talk/talk.h"

enum { TURN_TEXT_MAX = UND_TEXT_MAX };

enum turn_state { TURN_IDLE, TURN_SPEAKING, TURN_PAUSED, TURN_LISTENING, TURN_HEARING, TURN_ENDPOINT, TURN_DECIDING };

struct turn_params {
    const struct endpoint_params *endpoint; /* from the last voiced sample to the end of the turn */
    int final_cap_ms;        /* longest wait for the recogniser after the end of speech */
    int suspect_ms;          /* a pause for an onset that no speech follows lasts so long */
    int decide_ms;           /* from the first voiced sample of an interruption: until then it is decided */
    int voids_max;           /* void interruptions of one speech that pause us */
    int flinches_max;        /* and pauses for nothing */
    int fill_ms, slack_ms;   /* an answer that is not there so long after the last voiced sample, and so long after the end of the turn, is late */
    int nod_voiced_ms;       /* who spoke for so long, in one turn or since we nodded, ... */
    int nod_pause_ms;        /* ... and pauses for so long in the middle of a phrase hears that we listen */
    int overlap_ms;          /* then: speech over ours that is longer stops us before its words are known */
};
extern const struct turn_params turn_params_default;

struct turn {
    const struct turn_params *params;
    enum turn_state state;
    enum talk_expects expects;
    bool listening_wanted;   /* a LISTEN is due once we have finished speaking */
    bool interrupted;        /* this turn of the prospect cut us off */
    bool suspected;          /* PAUSED for an onset; no speech yet */
    bool answerable;         /* PAUSED: enough of a question was heard that a "yes" is its answer */
    bool overlap, voiced;    /* SPEAKING: the prospect spoke over us and we talked on; speech is heard at this moment */
    int voids, flinches;     /* void interruptions and pauses for nothing since we were last heard to the end */
    struct endpoint_caller caller;
    int64_t taken_us;        /* last voiced sample of the turn that was taken last; 0: none, or they spoke again */
    int silence_ms;
    int pending;             /* finals that are on their way */
    uint32_t last_utterance, stale_utterance; /* newest one that ended; newest one whose final comes too late */
    int64_t deadline_us;     /* next turn_on_timer, 0 = none */
    int64_t speech_began_us, piece_began_us, last_voiced_us, end_of_turn_us, final_us;
    int64_t voiced_us;       /* speech in this turn */
    int64_t nodded_us;       /* of it, when we last nodded */
    bool filled;             /* this turn of theirs has had its filler */
    bool answering;          /* DECIDING a turn of theirs, not a silence */
    char text[TURN_TEXT_MAX];
    char aside[TURN_TEXT_MAX]; /* the newest words that were no turn ("uh-huh" while we spoke) */
};

enum turn_action {
    TURN_ACT_STOP = 1,       /* stop our audio now */
    TURN_ACT_DONE = 2,       /* the prospect's turn is over: `text` is complete (may be "") */
    TURN_ACT_SILENCE = 4,    /* nothing was heard for silence_ms */
    TURN_ACT_PAUSE = 8,      /* pause our audio now */
    TURN_ACT_RESUME = 16,    /* go on where it was paused */
    TURN_ACT_ASIDE = 32,     /* `aside` has new words */
    TURN_ACT_FILL = 64,      /* say something short: the answer is late */
    TURN_ACT_NOD = 128,      /* say "okay": they are in the middle of a long story */
};

void turn_init(struct turn *t, const struct turn_params *p);

/* We begin to speak; a listen that follows is announced with turn_on_listen before or after. Returns false when the prospect is speaking: then
 * hold the audio. */
bool turn_on_speak(struct turn *t);
void turn_on_listen(struct turn *t, enum talk_expects expects, int silence_ms);
void turn_on_spoken(struct turn *t, int64_t now_us);  /* all our audio was played (or there was none) */

/* May an onset pause us now? The media thread is told. */
bool turn_may_pause(const struct turn *t);
/* Our audio was paused, by an onset or as we asked. answerable: what was heard of the question at hand is enough for a short answer. */
unsigned turn_on_paused(struct turn *t, int64_t at_us, bool answerable);

/* Each returns a set of turn_action. Utterances are numbered in ascending order; each that stops or is cut gets one final, before which there may be
 * partials: texts of what was said so far. */
unsigned turn_on_vad_start(struct turn *t, int64_t began_us);
unsigned turn_on_vad_stop(struct turn *t, uint32_t utterance, int64_t last_voiced_us);
unsigned turn_on_cut(struct turn *t, uint32_t utterance); /* the first part of a long utterance: the speech goes on */
unsigned turn_on_partial(struct turn *t, uint32_t utterance, const char *text, int64_t now_us);
unsigned turn_on_final(struct turn *t, uint32_t utterance, const char *text, int64_t now_us);
unsigned turn_on_timer(struct turn *t, int64_t now_us);

/* Is it the prospect's turn, up to its end? */
bool turn_prospect_speaks(const struct turn *t);

/* After TURN_ACT_DONE, one of: the next turn begins (the text is forgotten, a new listen is awaited) ... */
void turn_next(struct turn *t);
/* ... or there was no turn (a cough, "uh-huh"): what we wanted to hear is still wanted. */
void turn_void(struct turn *t);

#endif
