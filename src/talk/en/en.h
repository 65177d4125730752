/* en.h - what the files of English share. */
#ifndef BATON_TALK_EN_EN_H
#define BATON_TALK_EN_EN_H

#include "talk/en/number.h"
#include "talk/lang.h"
#include "talk/und_priv.h"

extern const struct lang_spelling en_spelling;

/* Tables: cues.c answer_cues.c quantity_cues.c intents.c callers.c themes.c remarks.c needs.c greetings.c. */
extern const struct lang_cue en_intent_cues[], en_answer_cues[], en_quantity_cues[];
extern const struct lang_greeting en_greetings[];
extern const struct lang_phrase en_answers[], en_intents[], en_callers[], en_plain[], en_needs[], en_themes[];

/* Each fills its part of an understanding from the reading; absent stays zeroed. */
void en_read_money(struct und_quantity *out, const struct reading *r);
void en_read_duration(struct und_quantity *out, const struct reading *r);
void en_read_callback(struct und_callback *out, const struct reading *r);
void en_read_role(struct und_role *out, const struct reading *r);
void en_read_answer(struct understanding *out, const struct reading *r); /* yes/no, unsure, thinking, correction, question */
void en_read_email(struct und_email *out, const struct reading *r);
void en_read_number(struct understanding *out, const struct reading *r);

/* meant.c and sense.c: see struct lang. */
bool en_meant(const struct reading *r, const struct hit *h);
bool en_goes_on(const struct reading *r, size_t from);
bool en_denies(const struct words *w, size_t from, size_t to);
bool en_of_speaker(const struct words *w, size_t from, size_t to);
bool en_wishes_person(const struct words *w, size_t from, size_t to);
bool en_of_trade(const struct words *w, size_t from);
bool en_asks_back(const struct words *w);
bool en_wonders(const struct words *w, size_t i);
bool en_in_use(const struct words *w);
const struct hit *en_finds_dear(const struct reading *r);

void en_sound(char *out, size_t size, const char *s);
bool en_common_use(const struct words *w, size_t i, size_t n);

const struct wordings *en_lines(enum talk_line line);
void en_when(char out[TALK_WHEN_MAX], int64_t at_local_ms, int64_t now_local_ms, bool day_only);

/* Does a correction ("i mean", "no", "actually") stand in words [from, to)? */
bool reading_corrects(const struct reading *r, size_t from, size_t to);

/* Is the word before `from` a negation that turns the phrase round ("it's not that ...")? */
bool reading_negates(const struct reading *r, size_t from);

#endif
