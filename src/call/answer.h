/* answer.h - who answered? Decided while it is still speaking, from when it speaks, from its words and from tones. Pure: events with times in,
 * actions out.
 *
 *              voice                quiet
 *   WAITING ----------> HEARING <----------> PAUSED          nothing heard for silence_ms: presumed SILENCE
 *                          |                    |
 *                          |  words, tones      |  words, tones, time
 *                          v                    v
 *                        DECIDED: a machine   PRESUMED: a person (or uncertain, which is treated as one)
 *                                               |  a machine's words or tones: DECIDED after all
 *                                               '- answer_close: a conversation is under way
 *
 * A person is never waited for: until a machine is certain the call goes on as with a person, and whatever is not certain is a person. Words go
 * before time: a long greeting of a company is a person's when it ends with an offer of help, and a short "hi, it's Jen" becomes a voicemail's
 * with the beep. All times are clock_mono_us. */
#ifndef BATON_CALL_ANSWER_H
#define BATON_CALL_ANSWER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "line/tones.h"
#include "talk/greeting.h"

enum answer_who {
    ANSWER_UNCERTAIN,
    ANSWER_HUMAN,
    ANSWER_SILENCE,
    ANSWER_VOICEMAIL, /* this one and those below are machines */
    ANSWER_VOICEMAIL_FULL,
    ANSWER_IVR,
    ANSWER_SCREENING,
    ANSWER_SIT,       /* the network, by its tones or its announcement */
    ANSWER_FAX,
};
const char *answer_who_name(enum answer_who w);
bool answer_is_machine(enum answer_who w);

enum answer_rule {
    ANSWER_BY_NOTHING,
    ANSWER_BY_SHORT_WORDS,   /* few words and nothing of a machine in them */
    ANSWER_BY_PERSON_WORDS,  /* asks who it is, offers help */
    ANSWER_BY_OPENING,       /* begins as only people do; they still speak */
    ANSWER_BY_SHORT_PAUSE,   /* spoke shortly, then waited: known before the words are */
    ANSWER_BY_LONG_PAUSE,    /* spoke longer, then waited */
    ANSWER_BY_MACHINE_WORDS,
    ANSWER_BY_BEEP,
    ANSWER_BY_TONES,
    ANSWER_BY_MONOLOGUE,     /* spoke on and on without a pause for an answer */
    ANSWER_BY_SILENCE,
};
const char *answer_rule_name(enum answer_rule r);

struct answer_params {
    int word_ms, word_quiet_ms;     /* a word or two up to the first, then quiet for the second: a person, whose text need not be waited for */
    int short_ms, short_quiet_ms;   /* likewise of longer speech */
    int long_quiet_ms;              /* after longer speech */
    int doubt_quiet_ms;             /* after words that a machine might say */
    int monologue_ms;               /* speech, with no pause of monologue_gap_ms */
    int monologue_gap_ms;
    int silence_ms;                 /* after the answer */
    int partial_first_ms, partial_every_ms, partials_max; /* of each utterance while nothing is decided */
    int watch_ms;                   /* after the answer nothing is revised any more */
};
extern const struct answer_params answer_params_default;

enum answer_state { ANSWER_WAITING, ANSWER_HEARING, ANSWER_PAUSED, ANSWER_CLOSED };

enum { ANSWER_TEXT_MAX = 1200, ANSWER_TONES_MAX = 8, ANSWER_EARLIER_MAX = 4 };

struct answer_tone { struct tone_event ev; int at_ms; }; /* after the answer */

struct answer_verdict {
    enum answer_who who;
    enum answer_rule rule;
    int at_ms, after_onset_ms;      /* after the answer; after the first voice, -1 if none was heard */
    bool no_such_number;            /* ANSWER_SIT: calling again is no use */
    char phrase[GREETING_PHRASE_MAX];
};

struct answer {
    const struct answer_params *params;
    const struct greeting_book *book;  /* borrowed */
    enum answer_state state;
    int64_t answered_us, onset_us, piece_us, last_voiced_us, deadline_us; /* deadline: next answer_on_timer, 0 = none */
    int ring_ms;
    int first_ms, longest_ms, voiced_ms, segments, gap_ms, gap_max_ms; /* of speech that has ended */
    int pending;                       /* finals on their way */
    int partials;                      /* asked for in this utterance */
    int tone_count;
    struct answer_tone tones[ANSWER_TONES_MAX];
    char text[ANSWER_TEXT_MAX];        /* finals so far */
    struct greeting reading;           /* of the text and the newest partial */
    bool decided;                      /* a machine, for good */
    bool early;                        /* the verdict fell before the first pause */
    struct answer_verdict verdict;
    int earlier_count;
    struct answer_verdict earlier[ANSWER_EARLIER_MAX]; /* what was presumed before */
};

enum answer_action {
    ANSWER_ACT_PARTIAL = 1, /* ask the recogniser what it has so far */
    ANSWER_ACT_VERDICT = 2, /* verdict has changed */
};

void answer_init(struct answer *a, const struct answer_params *p, const struct greeting_book *b, int64_t answered_us, int ring_ms);

/* Each returns a set of answer_action. */
unsigned answer_on_voice(struct answer *a, int64_t began_us);
unsigned answer_on_quiet(struct answer *a, int64_t last_voiced_us);   /* its final follows */
unsigned answer_on_text(struct answer *a, const char *text, bool final, int64_t now_us);
unsigned answer_on_tone(struct answer *a, const struct tone_event *ev, int64_t now_us);
struct tap_event;
unsigned answer_on_tap(struct answer *a, const struct tap_event *ev); /* one of the three above that are no text */
unsigned answer_on_timer(struct answer *a, int64_t now_us);
void answer_close(struct answer *a);

/* Were words heard that a machine might have said, and is it too early to tell? Then the answer to them waits a moment (until deadline_us at most). */
bool answer_in_doubt(const struct answer *a);

/* The evidence as the call page shows it (docs/answering.md). Caller owns it. */
json_t *answer_json(const struct answer *a);

#endif
