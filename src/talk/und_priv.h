/* und_priv.h - shared inside talk/'s understanding: one utterance on its way through the readers. */
#ifndef BATON_TALK_UND_PRIV_H
#define BATON_TALK_UND_PRIV_H

#include "talk/lang.h"
#include "talk/understand.h"
#include "talk/und_number.h"
#include "talk/und_phrase.h"
#include "talk/und_words.h"

struct reading {
    const struct und_in *in;
    struct words w;
    struct hits hits;
};

/* Each fills its part of an understanding from the reading; absent stays zeroed. */
void und_read_money(struct und_quantity *out, const struct reading *r);
void und_read_duration(struct und_quantity *out, const struct reading *r);
void und_read_callback(struct und_callback *out, const struct reading *r);
void und_read_role(struct und_role *out, const struct reading *r);
void und_read_answer(struct understanding *out, const struct reading *r); /* yes/no, unsure, thinking, correction, question */
void und_read_number(struct understanding *out, const struct reading *r);

/* Does a correction ("i mean", "no", "actually") stand in words [from, to)? */
bool reading_corrects(const struct reading *r, size_t from, size_t to);

/* Is the word before `from` a negation that turns the phrase round ("it's not that ...")? */
bool reading_negates(const struct reading *r, size_t from);

#endif
