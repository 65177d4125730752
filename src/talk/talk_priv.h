/* talk_priv.h - the inside of a conversation: its state, and what the policy files share.
 *
 * talk.c owns the state, the effects and the dispatch of inputs. policy_hear.c understands an utterance, policy.c decides what it does, policy_repair.c what is done when it was badly heard; policy_ask.c asks; policy_take.c takes
 * answers, policy_amend.c those given early or corrected, policy_close.c decides between two close ones; policy_reply.c answers objections and questions; policy_exit.c ends talks; policy_route.c hands over or books.
 * rubric.c gives points, talk_result.c and brief.c tell the story. */
#ifndef BATON_TALK_PRIV_H
#define BATON_TALK_PRIV_H

#include "base/arena.h"
#include "talk/talk.h"
#include "talk/talk_help.h"
#include "talk/talk_lines.h"
#include "talk/talk_text.h"

enum {
    KEEP_MAX = 1 << 20,      /* bytes remembered of one talk */
    STEP_MAX = 64 * 1024,    /* bytes of texts in one step */
    MENTIONS_MAX = 24,
    OPEN_MAX = 8,
    EARLIER_MAX = 3,
    SPOKEN_MAX = 512,        /* sentences said: their hashes */
    RECENT_MAX = 16,         /* sentences that a barge-in may still take back */
    TURNS_SOFT_MAX = 60,     /* after so many utterances the talk comes to its end */
    CALLBACK_RETRY_S = 86400,
};

static const float CLEAR_SCORE = 0.75f; /* of understanding: said clearly, not only something like it */

/* How well this utterance was heard. Nothing: there are no words in it, or none to rely on. */
enum hearing { HEARD_CLEARLY, HEARD_DOUBTFULLY, HEARD_NOTHING };

/* What a "did you say ...?" of ours is about. */
enum read_back { READ_BACK_NONE, READ_BACK_ANSWER, READ_BACK_CALLBACK };

enum talk_phase { PHASE_NEW, PHASE_OPENING, PHASE_QUESTIONS, PHASE_OBJECTION, PHASE_HANDOFF, PHASE_CALLBACK, PHASE_ENDED };

enum answer_status { ANSWER_NOT_ASKED, ANSWER_STATED, ANSWER_NONE, ANSWER_UNKNOWN, ANSWER_DEFLECTED };

struct earlier { double value; bool has_value; const char *option, *evidence; int turn; };

struct talk_answer {
    enum answer_status status;
    double value, low, high;
    bool has_value, has_low, has_high, unlimited;
    char unit[24];
    const char *option;      /* choice, role, yes_no: the option's id */
    const char *text;        /* text, number */
    const char *evidence;    /* "" for none */
    int turn, points;
    size_t earlier_count;
    struct earlier earlier[EARLIER_MAX];
    int asked, reasked;      /* times asked at all; times asked again because the answer was vague */
    bool waited;             /* "let me think" was granted once */
    bool agreed;             /* "go ahead" was the answer once: the question was said again */
};

struct mention { const char *id, *evidence; int turn; };
struct mentions { size_t n; struct mention at[MENTIONS_MAX]; };

enum sentence_role { SAID_OTHER, SAID_DISCLOSURE, SAID_QUESTION };
struct recent { uint32_t said; enum sentence_role role; int question, ms; };

struct reworded { uint64_t approved; const char *text; }; /* hash of the approved sentence, and what is said in its place */

struct talk_callback {
    bool set, refused, time_asked, day_only;
    char value[20], low[20], high[20];
    int due_in_s;
    int64_t when_local_ms; /* for {when}; 0 before a time is known */
    struct und_callback day; /* a day that was named without a time */
    struct und_callback doubted; /* what waits for "yes" */
};

/* What was understood ahead of time. Understanding depends on these alone, so it holds for as long as they are the same. */
struct foresight {
    bool known;
    char text[UND_TEXT_MAX];
    enum und_asked asked;
    const char *question;
    int64_t minute;
    struct understanding u;
};

struct talk {
    struct scenario *sc;
    struct und *und;
    struct arena keep, step;
    struct talk_lead lead;
    uint32_t seed;
    enum talk_phase phase;
    const char *outcome;     /* NULL while it is open */
    int64_t started_ms, now_ms;
    int turns, spoken_ms;
    int silences, not_caught, objection_replies, screenings;
    enum hearing hearing;    /* of this turn */
    bool mumbled;            /* and there were words that nobody could rely on */
    int unheard;             /* turns in a row of which nothing was understood */
    int read_backs, repairs; /* "did you say"; all that was said because we heard badly */
    bool misheard;           /* a read-back was denied, or nobody could answer it */
    bool dear;               /* the price was too high for them */
    bool exit_doubted;       /* words that would end the talk were badly heard once */
    enum read_back reading_back;
    bool disclosed, permission_asked, screened, passed_on, handoff_failed, human_asked, handed_over, hold_left, narrowed_callback, asked_callback, asked_who;
    bool machine;            /* ended because a machine answered: a person may still come */
    bool person;             /* the driver knows that this text is a person's */
    int pending;             /* index of the question that waits for its answer, or -1 */
    int questions_asked;
    bool closing;            /* a closed question between two options of the pending one waits for its answer */
    int close_more, close_less; /* the two options: the one with more points first */
    size_t objection;        /* PHASE_OBJECTION: which one waits for yes or no */
    struct talk_answer *answers;
    int *objection_count, *faq_count;
    struct mentions objections, intents, faqs, competitors;
    size_t open_count;
    const char *open[OPEN_MAX];
    const char *email;       /* as it was given last, or NULL */
    bool email_new;          /* and not read back yet */
    const char *heard;       /* for {heard} */
    struct talk_callback callback;
    const char *closer;
    uint32_t said;
    size_t spoken_count, recent_count;
    uint64_t spoken[SPOKEN_MAX];
    struct recent recent[RECENT_MAX];
    json_t *notes;           /* of this step */
    struct talk_effects *out;
    struct understanding u;  /* of this turn */
    struct foresight ahead;
    const char *text, *quote;
    size_t reworded_count;
    struct reworded reworded[TALK_WORDINGS_MAX];
};

/* talk_help.c: what a model proposes */
bool policy_take_quote(struct talk *t); /* true: the quote of this turn answers the pending question */
void policy_wordings(struct talk *t, const json_t *pairs);
const char *talk_reworded(const struct talk *t, const char *text); /* what to say in place of an approved sentence, or NULL */

/* talk.c: effects */
bool talk_say(struct talk *t, const char *topic, const struct wordings *w); /* false: every wording was said already */
bool talk_say_line(struct talk *t, const char *topic, enum talk_line line);
/* The scenario's wordings first, then the built-in ones. */
bool talk_say_or(struct talk *t, const char *topic, const struct wordings *w, enum talk_line line);
void talk_listen(struct talk *t, const char *topic, enum talk_expects expects);
void talk_push(struct talk *t, struct talk_effect e);
void talk_note(struct talk *t, json_t *note);                               /* steals */
void talk_end(struct talk *t, const char *outcome);                         /* HANGUP; the outcome stands if one is set */
void talk_mark(struct talk *t, enum sentence_role role, int question);      /* of the sentence said last */
const char *talk_keep(struct talk *t, const char *text);                    /* a copy for the talk's life; "" at the limit */
bool talk_mention(struct talk *t, struct mentions *m, const char *id, const char *evidence); /* true when it is new */
bool talk_mentioned(const struct mentions *m, const char *id);
int64_t talk_local_ms(const struct talk *t);

/* talk_result.c */
void talk_recall(struct talk *t, const char *known_answers); /* answers of an earlier talk: not asked again */

/* policy.c */
void policy_understand(struct talk *t, enum und_asked asked, const char *question); /* fills t->u from t->text */
void policy_start(struct talk *t);
void policy_text(struct talk *t, const char *text, float confidence);
void policy_silence(struct talk *t);
void policy_go_on(struct talk *t);       /* the next thing to ask, or the end of the questions */
void policy_listen_again(struct talk *t); /* the pending question in other words, or the next step */

/* policy_take.c */
bool policy_take_answers(struct talk *t, bool *pending_answered, bool *corrected);
bool policy_take_money(struct talk *t, size_t i, bool pending); /* pending: it was asked now; false: nothing to take */
bool policy_take_duration(struct talk *t, size_t i, bool pending);
bool policy_take_role(struct talk *t, size_t i, bool pending);
bool policy_take_pending(struct talk *t); /* the answer to the pending question from what was understood */
bool policy_take_option(struct talk *t, size_t i, const char *id, const char *evidence); /* false: no such option */
void policy_answer_unknown(struct talk *t, enum answer_status status);
void policy_answer_reopen(struct talk *t); /* the answer to the pending question was not meant: asked once more if that is allowed, else unknown */
bool policy_same_value(const struct talk_answer *a, const struct und_quantity *q);

/* policy_amend.c: answers to other questions than the one that waits */
bool policy_take_other(struct talk *t, size_t i);
bool policy_take_correction(struct talk *t);

/* policy_close.c */
bool policy_close_ask(struct talk *t);   /* the option just taken has a close rival: asks between the two; false: nothing to ask */
bool policy_close_doubt(struct talk *t); /* the option just taken was badly heard: likewise, whatever the rival */
void policy_close_take(struct talk *t);  /* the reply to that question */

/* policy_hear.c */
void policy_hear(struct talk *t, const char *text, float confidence); /* fills t->u and what is noted besides answers */
void policy_note_names(struct talk *t);

/* policy_repair.c */
enum hearing policy_hearing(const char *text, float confidence);
const char *policy_topic(struct talk *t);
void policy_not_caught(struct talk *t);       /* nothing was understood: sorry; then shorter; then a call back */
bool policy_doubts_exit(struct talk *t);      /* what would end the talk was badly heard: true when it was asked for again */
bool policy_read_back(struct talk *t);        /* the answer just taken was badly heard: true when it is asked about, or a call back offered */
bool policy_read_back_time(struct talk *t, const struct und_callback *c);
bool policy_read_back_taken(struct talk *t);  /* the reply to it; true: the answer stands. Else it is asked for again, or unknown */

/* policy_ask.c */
bool policy_ask_next(struct talk *t);    /* false: nothing is left to ask */
bool policy_ask_again(struct talk *t, bool vague); /* false: no wording left */
bool policy_ask_shorter(struct talk *t); /* the line is bad: asks and listens; false: that was said already */
void policy_listen_pending(struct talk *t);
bool policy_nothing_left(const struct talk *t);
enum und_asked policy_asked(const struct talk *t, size_t question);

/* policy_reply.c: true when something was said to it; the list may then be complete (waits or has ended) */
enum replied { REPLIED_NOT, REPLIED_GO_ON, REPLIED_DONE };
enum replied policy_reply(struct talk *t, bool answered);
enum replied policy_then(struct talk *t, enum sc_then then);
const struct und_intent *policy_intent(const struct talk *t, const char *id);
bool policy_is_strong(const struct talk *t, const struct und_intent *in); /* not far below the best intent; NULL: false */

/* policy_exit.c */
bool policy_exits(struct talk *t);
void policy_opt_out(struct talk *t, const char *evidence);
void policy_human(struct talk *t, const char *evidence);
void policy_soft_exit(struct talk *t, enum talk_line line, const char *outcome);
void policy_goodbye(struct talk *t, const char *outcome);
void policy_machine(struct talk *t, enum talk_machine which);
void policy_screener(struct talk *t);
void policy_person(struct talk *t);

/* policy_route.c */
void policy_route(struct talk *t);
void policy_handoff_start(struct talk *t);
void policy_handoff_text(struct talk *t);
void policy_handoff_failed(struct talk *t);
void policy_returned(struct talk *t);
void policy_hold(struct talk *t);
void policy_callback_ask(struct talk *t, enum talk_line line); /* says the line (LINE_COUNT: nothing) and listens */
void policy_callback_text(struct talk *t);
bool policy_callback_take(struct talk *t); /* a time was named in this utterance: books it and says so */
void policy_callback_default(struct talk *t); /* nobody named a time: within the promised hours */

/* rubric.c */
int rubric_points(const struct sc_question *q, const struct talk_answer *a);
/* Per month; false when the amount is per seat and the seats are not known. */
bool rubric_monthly(struct talk_answer *a, const struct und_quantity *money, double seats);
int rubric_score(const struct talk *t, int *possible); /* 0..100 */
double rubric_deal_usd_year(const struct talk *t);

/* brief.c */
const struct talk_answer *talk_dimension(const struct talk *t, const char *dimension, const struct sc_question **q);

json_t *talk_answer_json(const struct sc_question *q, const struct talk_answer *a);
const char *talk_status_name(enum answer_status s);

#endif
