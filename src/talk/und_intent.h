/* und_intent.h - filling the list of intents of an understanding. */
#ifndef BATON_TALK_UND_INTENT_H
#define BATON_TALK_UND_INTENT_H

#include "talk/und_priv.h"

/* Adds one, best first; an id that is there already is kept as it is. Evidence: words [from, to). */
void intents_add(struct understanding *out, const char *id, enum und_intent_kind kind, float score, const struct reading *r, size_t from,
                 size_t to);

/* The built-in intents whose cues occur. */
void intents_by_rule(struct understanding *out, const struct reading *r);

#endif
