/* lang.h - what a language brings to understanding: cue phrases, base intent phrases and titles, as data.
 *
 * A second language is the same four tables in its own lang_XX_*.c files, and its own number grammar (und_number.h). */
#ifndef BATON_TALK_LANG_H
#define BATON_TALK_LANG_H

#include <stddef.h>

/* Cues are marks that rules look for. The first ones are the built-in intents, in the order of their names. */
enum cue {
    CUE_OPT_OUT, CUE_HUMAN, CUE_ROBOT, CUE_RECORDING, CUE_SOURCE, CUE_NOT_INTERESTED, CUE_WRONG_NUMBER, CUE_LANGUAGE, CUE_GATEKEEPER,
    CUE_BUSY, CUE_REPEAT, CUE_MINOR, CUE_ABUSIVE, CUE_VOICEMAIL, CUE_SCREENING,
    CUE_INTENTS, /* count of the above */
    CUE_SHIELD = CUE_INTENTS, /* looks like opt-out or a human request and is not */
    CUE_YES, CUE_NO, CUE_UNSURE, CUE_THINKING, CUE_CORRECTION, CUE_QUESTION, CUE_DEFLECT,
    CUE_NO_BUDGET, CUE_UNLIMITED, CUE_SPEND_NOW, CUE_BUDGET,
    CUE_ASAP, CUE_NO_DATE, CUE_PAST,
    CUE_DECIDES, CUE_RECOMMENDS, CUE_NO_SAY, CUE_TITLE_DECIDES, CUE_TITLE_OTHER,
    CUE_CALL_BACK,
    CUE_LOSS, CUE_STRAIN, CUE_PRESSURE, CUE_WISH, CUE_CURIOUS, CUE_NO_NEED,
    CUE_COUNT
};

/* A built-in intent's id ("opt_out"), for cues below CUE_INTENTS. */
const char *cue_intent_id(enum cue c);

struct lang_cue { enum cue cue; const char *patterns; };   /* patterns: see und_phrase.h */

struct lang_phrase { const char *label, *text; };          /* an example of an intent, or of a grade of need */

/* English. Tables end with NULL patterns or NULL text. intents: labelled with a built-in intent, "" for answers that are none;
 * plain: answers and remarks that are neither objection nor question; needs: strong moderate weak none; themes: ids of
 * objections and FAQ entries that most scenarios share. */
extern const struct lang_cue lang_en_intent_cues[], lang_en_answer_cues[];
extern const struct lang_phrase lang_en_intents[], lang_en_plain[], lang_en_needs[], lang_en_themes[];

#endif
