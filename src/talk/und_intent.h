/* und_intent.h - filling the list of intents of an understanding. */
#ifndef BATON_TALK_UND_INTENT_H
#define BATON_TALK_UND_INTENT_H

#include "talk/scenario.h"
#include "talk/und_priv.h"

/* Do the words of a cue occur that was not meant so ("don't call me at work, call my cell")? Then likeness has no say. */
bool intents_refused(const struct reading *r, enum cue cue);

/* Adds one, best first; an id that is there already is kept as it is. Evidence: words [from, to). */
void intents_add(struct understanding *out, const char *id, enum und_intent_kind kind, float score, const struct reading *r, size_t from,
                 size_t to);

/* The built-in intents whose cues occur. */
void intents_by_rule(struct understanding *out, const struct reading *r);

/* After all others: the scenario's not_right_time (busy), trust (where the number is from) and competitor (one of its names in use). */
void objections_by_rule(struct understanding *out, const struct reading *r, const struct scenario *sc);

/* Best first; an opt-out swallows what its words resemble besides ("don't call me from next week on"). */
void intents_settle(struct understanding *out);

#endif
