/* understand.h - what one utterance means: entities, intents, objections, options. Pure: text in, values out.
 *
 * Three layers (shared by live calls, `baton chat` and `baton understand`): rules, sentence embeddings (optional), and a
 * classifier trained at load from the scenario's examples and the base phrases. Without the embedding model
 * everything falls back to rules and word overlap, and `und_has_model` says so. An `und` is immutable after und_alloc and may be
 * used by many threads. Conventions of normalisation: docs/understanding.md. Every `evidence` is a verbatim
 * substring of the utterance. */
#ifndef BATON_TALK_UNDERSTAND_H
#define BATON_TALK_UNDERSTAND_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct minilm;       /* sentence embedding weights; refcounted; loaded by main/ (minilm.h) */
struct und;          /* refcounted */
struct scenario;

enum { UND_EMAIL_MAX = 96, UND_TEXT_MAX = 2000, UND_EVIDENCE_MAX = 200, UND_INTENTS_MAX = 8, UND_NAMES_MAX = 8 };

enum und_asked { ASKED_OPENING, ASKED_CHOICE, ASKED_MONEY, ASKED_DURATION, ASKED_ROLE, ASKED_YES_NO, ASKED_NUMBER, ASKED_TEXT,
                 ASKED_DATE, ASKED_CALLBACK, ASKED_NOTHING };

enum und_status { UND_ABSENT, UND_STATED, UND_NONE, UND_UNKNOWN, UND_DEFLECT, UND_UNLIMITED, UND_CURRENT_SPEND, UND_VAGUE };
const char *und_status_name(enum und_status s);

struct und_quantity {      /* money or duration */
    enum und_status status;
    double value, low, high;
    bool has_value, has_low, has_high; /* false: null (open-ended) */
    bool approx;
    double seats;          /* money a seat: how many seats were said beside it, 0 unknown */
    char unit[24];         /* money: "USD", "USD/month", "GBP/year", "USD/seat/month"...; duration: "days" */
    char evidence[UND_EVIDENCE_MAX];
};

enum und_yes_no { UND_YN_NONE, UND_YES, UND_NO };

struct und_role {
    char value[16];        /* decision_maker influencer none, or "" */
    char title[64];
    char evidence[UND_EVIDENCE_MAX];
};

struct und_callback {
    enum und_status status; /* STATED, VAGUE or ABSENT */
    char value[20], low[20], high[20]; /* local "2026-03-12T14:30", "" = null */
    bool has_day, has_time; /* named; a day without a time is a window of business hours */
    char evidence[UND_EVIDENCE_MAX];
};

struct und_email {
    char value[UND_EMAIL_MAX]; /* "" = none; lower case */
    char evidence[UND_EVIDENCE_MAX];
};

/* An intent, objection or FAQ entry. Built-in intents: robot_question opt_out human_request recording_question
 * source_question not_interested wrong_number language gatekeeper busy repeat minor abusive voicemail screening
 * sales_question called_before. */
struct und_intent {
    char id[48];           /* intent id, or the scenario's objection or FAQ id */
    enum und_intent_kind { UND_BUILT_IN, UND_OBJECTION, UND_FAQ } kind;
    float score;           /* 0..1 */
    char evidence[UND_EVIDENCE_MAX];
};

struct und_choice {        /* for the asked choice question, and for choice questions not asked yet */
    char question[48];
    char option[48];       /* "" = none recognised */
    char runner_up[48];    /* the next best option, "" if far */
    float score, margin;
    char evidence[UND_EVIDENCE_MAX];
};

struct und_in {
    const char *text;
    enum und_asked asked;
    const char *question;      /* id of the scenario's question that was asked, or NULL */
    int64_t now_local_ms;      /* the lead's wall clock as if it were UTC: callback and calendar words refer to it */
    int business_from_min, business_to_min; /* minutes of the day; 480 and 1080 */
    bool polarity_mind;        /* the question was "do you mind ...": no grants it */
};

struct understanding {
    struct und_quantity money, duration;
    enum und_yes_no yes_no;
    bool uncertain;            /* "i don't know", "no idea" */
    bool thinking;             /* "let me think", "hang on": wait */
    bool correction;           /* "actually", "i mean" leads a new value */
    struct und_role role;
    struct und_callback callback;
    struct und_email email;
    size_t competitor_count;
    char competitors[UND_NAMES_MAX][48]; /* canonical names in order of mention */
    size_t intent_count;
    struct und_intent intents[UND_INTENTS_MAX]; /* best first */
    struct und_choice choice;  /* option of the asked choice question */
    bool understood;           /* false: nothing above was recognised with confidence */
    enum und_asked back_to;    /* the earlier topic that is spoken of ("about the budget i gave"), ASKED_NOTHING when none is named */
    bool passes_on;            /* "one moment, I'll put her on" */
    bool dear;                 /* finds the price too high */
    bool denies;               /* a word of denial occurs */
    bool vague;                /* "at some point", "it depends": worth asking once more */
    bool set_aside;            /* money that was named is meant for this */
    bool is_question;          /* the prospect asks something */
    char number[32];           /* digits spoken, for ASKED_NUMBER */
};

/* Builds understanding for a scenario (its examples, options, competitors). model may be NULL. Takes its own references.
 * About a second with the model. `scenario` may be NULL (baton understand): built-ins only. */
int und_alloc(struct und **up, const struct scenario *sc, struct minilm *model);
/* As und_alloc, quick when `cache` holds what und_cache_export gave for the same model (any other bytes are ignored). */
int und_alloc_cached(struct und **up, const struct scenario *sc, struct minilm *model, const void *cache, size_t cache_n);

/* The examples' vectors as bytes to keep on disk (free() them), with those of the `old` cache (NULL: none) that other scenarios need, up to
 * some sixteen thousand sentences; then those of this scenario alone. 0, ENOENT without a model, EALREADY when `old` has them all, ENOMEM. */
int und_cache_export(const struct und *u, const void *old, size_t old_n, void **bytes, size_t *n);

bool und_has_model(const struct und *u);

/* Fills *out. Cannot fail: what is not recognised is absent. */
void und_run(struct understanding *out, const struct und *u, const struct und_in *in);

/* Finds names that are not the scenario's in `text`: fills only competitors. */
struct sc_competitor;
void und_names(struct understanding *out, const struct und *u, const char *text, const struct sc_competitor *names, size_t n);

/* How well `text` fits option ids of a choice question: used for answers given early. False when below the gate. */
bool und_choice(struct und_choice *out, const struct und *u, const char *question_id, const char *text);

/* One line of `baton understand --jsonl`. Caller owns the object. */
json_t *und_json(const struct understanding *r);

#endif
