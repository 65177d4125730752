/* lang.h - all that a language brings: spellings, cue phrases and example sentences as data, grammars of numbers, money, dates, times and
 * roles as readers, and the lines that no scenario has to write.
 *
 * A second language is a folder beside en/ that fills one `struct lang`, and its row in lang.c. */
#ifndef BATON_TALK_LANG_H
#define BATON_TALK_LANG_H

#include <stdbool.h>
#include <stddef.h>

#include "talk/greeting.h"
#include "talk/talk_lines.h"

/* Cues are marks that rules look for. The first ones are the built-in intents, in the order of their names. */
enum cue {
    CUE_OPT_OUT, CUE_HUMAN, CUE_ROBOT, CUE_RECORDING, CUE_SOURCE, CUE_NOT_INTERESTED, CUE_WRONG_NUMBER, CUE_LANGUAGE, CUE_GATEKEEPER,
    CUE_BUSY, CUE_REPEAT, CUE_MINOR, CUE_ABUSIVE, CUE_VOICEMAIL, CUE_SCREENING,
    CUE_SALES,         /* "is this a sales call?" */
    CUE_CALLED_BEFORE, /* "you called me three times already": annoyed, and no wish by itself */
    CUE_INTENTS, /* count of the above */
    CUE_SHIELD = CUE_INTENTS, /* looks like opt-out or a human request and is not */
    CUE_YES, CUE_NO, CUE_GRANT, CUE_GRANT_NOT, /* asked "do you mind": go ahead; I would rather not */ CUE_UNSURE, CUE_NOT_KNOWN, CUE_THINKING, CUE_CORRECTION, CUE_QUESTION, CUE_DEFLECT,
    CUE_ABOUT, CUE_ABOUT_AFTER, CUE_CAP, CUE_CAP_AFTER, CUE_FLOOR, CUE_FLOOR_AFTER, CUE_MORE_THAN, CUE_LESS_THAN, /* around numbers */
    CUE_OVERRULE, /* what follows counts more than what was said before: "but realistically" */
    CUE_NO_BUDGET, CUE_UNLIMITED, CUE_SPEND_NOW, CUE_BUDGET,
    CUE_ELSEWHERE, CUE_ELSEWHERE_AFTER, /* money that is lost, earned or the price of something else: before and behind its amount */
    CUE_ASAP, CUE_NO_DATE, CUE_PAST,
    CUE_DECIDES, CUE_RECOMMENDS, CUE_NO_SAY, CUE_TITLE_DECIDES, CUE_TITLE_OTHER,
    CUE_CALL_BACK,
    CUE_LOOKS_BACK, CUE_BACK_MONEY, CUE_BACK_DATE, /* "earlier I said", and what it was about */
    CUE_PASSES_ON, /* a receptionist fetches somebody */
    CUE_DEAR,      /* the price is too high */
    CUE_SOMETIME,  /* a date or an amount so vague that one asks once more */
    CUE_SET_ASIDE, /* money that is meant for this, not lost or paid */
    CUE_BRIEF,     /* be quick, talk slowly: how, not whether */
    CUE_OTHERS,    /* third parties: what is said is about them */
    CUE_LOSS, CUE_STRAIN, CUE_PRESSURE, CUE_WISH, CUE_CURIOUS, CUE_NO_NEED,
    CUE_COUNT
};

/* A built-in intent's id ("opt_out"), for cues below CUE_INTENTS. */
const char *cue_intent_id(enum cue c);

struct lang_cue { enum cue cue; const char *patterns; };   /* patterns: see und_phrase.h */

struct lang_phrase { const char *label, *text; };          /* an example of an intent, or of a grade of need */

struct lang_greeting { enum greeting_kind kind; int points; const char *patterns; }; /* points: greeting.h */

/* How words are written. Lists end with NULL. */
struct lang_opening { const char *from, *first, *second; };    /* "can't": "can", "not"; second may be NULL or hold blanks */
struct lang_suffix { const char *end, *second; };              /* "n't": "not" */
struct lang_grunt { const char *a, *b, *word; };               /* "uh" "huh": "uh-huh" */
struct lang_sign { const char *sign, *word; };                 /* "%": "percent" */
struct lang_spelling {
    const struct lang_opening *openings;
    const struct lang_suffix *suffixes;
    const struct lang_grunt *grunts;
    const struct lang_sign *signs;
    const char *fillers;                                       /* hesitations, separated by blanks */
    const char *range;                                         /* the dash in "9-12" */
    const char *ratio;                                         /* the stroke in "$5/month" */
};

struct words;
struct reading;
struct hit;
struct understanding;

struct lang {
    const char *tag;                                           /* "en" */
    const struct lang_spelling *spelling;
    /* Cues end with NULL patterns, sentences with NULL text. intents: what a prospect wants of us, labelled with a built-in intent; callers:
     * who answers, and how, with the same labels; themes: ids of objections and FAQ entries that most scenarios share; plain: answers and
     * remarks that are none of these, "" or "trade" when they tell of a business; needs: strong moderate weak none, "" says nothing about
     * a need. */
    const struct lang_cue *const *cues;                         /* tables, ended by NULL */
    const struct lang_phrase *answers;                           /* labelled "money:none", "role:influencer", "yes_no:no" ... */
    const struct lang_phrase *intents, *callers, *themes, *plain, *needs;
    /* Separated by blanks: words that carry no fact, promise or price, and those that turn a meaning round. */
    const char *small_words, *negations;
    const char *joints;                                        /* words that begin a clause */
    const struct lang_greeting *greetings;                     /* what machines and people say when they answer; ends with NULL patterns */
    /* Could word i begin or continue a number? And the number that begins there: words used, 0 for none. */
    bool (*number_word)(const struct words *w, size_t i);
    size_t (*number_at)(double *value, const struct words *w, size_t i);
    /* Is a hit of a built-in intent's cue meant so ("does it stop calling at night" is no opt-out)? */
    bool (*meant)(const struct reading *r, const struct hit *h);
    /* "I'm in the middle of something, but go ahead", "I'm driving, so be quick": from word `from` on, does the talk go on anyway? */
    bool (*goes_on)(const struct reading *r, size_t from);
    /* Of words [from, to): do they deny what they resemble ("it's not that ..."), speak of who speaks or is spoken to, wish for a person? Does a
     * clause that begins at `from` tell of the prospect's own trade ("we ...")? */
    bool (*denies)(const struct words *w, size_t from, size_t to);
    bool (*of_speaker)(const struct words *w, size_t from, size_t to);
    bool (*wishes_person)(const struct words *w, size_t from, size_t to);
    bool (*of_trade)(const struct words *w, size_t from);
    bool (*asks_back)(const struct words *w);                  /* with a denial, or a doubt whether it is real */
    bool (*denying_word)(const struct words *w, size_t i);     /* "not" */
    bool (*wonders)(const struct words *w, size_t i);          /* begins like a question and asks nothing: "curious how ..." */
    bool (*in_use)(const struct words *w);                     /* a named product is in use, not one to leave or to connect with */
    const struct hit *(*finds_dear)(const struct reading *r);  /* the hit that finds the price too high, NULL none */
    /* Are words [i, i + n), a competitor's name, used as ordinary words here? ("we close deals") */
    bool (*common_use)(const struct words *w, size_t i, size_t n);
    /* Writes how a name sounds: names that a recogniser may take for each other sound the same. Lower-case letters and digits in. */
    void (*sound)(char *out, size_t size, const char *s);
    /* Fills the entities and the answer: money, duration, callback, role, yes or no, number, e-mail address. */
    void (*read)(struct understanding *out, const struct reading *r);
    const struct wordings *(*lines)(enum talk_line line);
    void (*when)(char out[TALK_WHEN_MAX], int64_t at_local_ms, int64_t now_local_ms, bool day_only); /* see talk_when */
};

/* The language of a tag such as "en-US"; NULL when there is none. */
const struct lang *lang_find(const char *tag);

extern const struct lang lang_en;

#endif
