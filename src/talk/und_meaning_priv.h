/* und_meaning_priv.h - the trained heads, shared by those who build them (und_meaning.c) and those who ask them. */
#ifndef BATON_TALK_UND_MEANING_PRIV_H
#define BATON_TALK_UND_MEANING_PRIV_H

#include "talk/und_head.h"
#include "talk/und_meaning.h"

enum { CHOICES_MAX = 16, GRADES = 4, LABEL_NONE = 0, LABEL_SCENARIO = CUE_INTENTS + 1 };

/* Marks beside the words of an utterance: which cues of stakes it holds. */
enum { MARK_LOSS, MARK_STRAIN, MARK_PRESSURE, MARK_WISH, MARK_CURIOUS, MARK_NO_NEED, MARK_NUMBERS, MARKS };

struct choice_head {
    const struct sc_question *q;
    struct head *head;   /* options in their order, then "none of them" */
    bool graded;         /* the options are strong, moderate, weak, none */
};

/* The topics whose answers have examples, and the answers: 0 none of them. */
enum meaning_topic { TOPIC_MONEY, TOPIC_DURATION, TOPIC_ROLE, TOPIC_YES_NO, TOPIC_CALLBACK, TOPICS };
enum { ANSWERS_MAX = 6 };
extern const char *const meaning_answers[TOPICS][ANSWERS_MAX];
size_t meaning_answer_count(enum meaning_topic t);

/* How sure one must be; found on tests/data/utterances for the sentence model (sha256 53aa51172d14...) and for words alone. */
struct thresholds { float line_p, line_gate, opt_out_p, choice_p, choice_gate, early_p, early_gate, answer_p, answer_gate; };

struct meaning {
    struct vectors vectors;
    const struct lang *lang;
    const struct phrasebook *book;
    const struct scenario *sc;       /* or NULL */
    const struct thresholds *limit;
    struct head *lines;              /* 0: none of these; cue + 1; objections; FAQ */
    size_t line_labels;
    struct head *answers[TOPICS];
    struct choice_head choice[CHOICES_MAX];
    size_t choices;
    struct vector_entry *known;
    size_t known_n;
};

extern const char *const meaning_grades[GRADES]; /* strong moderate weak none */

/* Counts cues of stakes in words [from, to) as marks; true when there is one. */
bool meaning_marks(struct lex *lex, const struct reading *r, size_t from, size_t to);

#endif
