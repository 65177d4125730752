/* und_intent.h - filling the list of intents of an understanding. */
#ifndef BATON_TALK_UND_INTENT_H
#define BATON_TALK_UND_INTENT_H

#include "talk/scenario.h"
#include "talk/und_priv.h"

/* "I'm in the middle of something, but go ahead": from word `from` on, does the talk go on anyway? */
bool intents_goes_on(const struct reading *r, size_t from);

/* Adds one, best first; an id that is there already is kept as it is. Evidence: words [from, to). */
void intents_add(struct understanding *out, const char *id, enum und_intent_kind kind, float score, const struct reading *r, size_t from,
                 size_t to);

/* The built-in intents whose cues occur. */
void intents_by_rule(struct understanding *out, const struct reading *r);

/* After them and the names: the scenario's not_right_time (busy) and competitor (one of its names in use). */
void objections_by_rule(struct understanding *out, const struct reading *r, const struct scenario *sc);

#endif
