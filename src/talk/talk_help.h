/* talk_help.h - what a language model may be asked about a talk, and how much its answer counts. Pure.
 *
 * A model never fills an answer. It may point at words: "this piece of what they said answers the question". Those words count when the prospect said them and our own
 * understanding finds the answer in them (TALK_IN_TEXT, `quote`); value and points come from there. And it may put approved sentences in other words, which are used when
 * they bring in nothing new (TALK_IN_WORDINGS). Whatever else it writes changes nothing. */
#ifndef BATON_TALK_HELP_H
#define BATON_TALK_HELP_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct talk;

enum { TALK_PIECES_MAX = 24, TALK_WORDINGS_MAX = 24 };

/* The prospect said `text`: what to ask about it, {"question","kind","asked","heard","pieces"}; the pieces are verbatim parts of the text. NULL when the talk
 * understands it by itself, or no question is open. Reads the talk: not while a step runs. Caller owns it. */
json_t *talk_help_wanted(const struct talk *t, const char *text, int64_t now_ms);

/* The approved sentences that may be put in other words: questions, and what is said to objections and questions of the prospect; array of texts with the names filled in.
 * Disclosure, opt-out, the honest answers and whatever books or promises are said as they were written. Caller owns it. */
json_t *talk_rewordable(const struct talk *t);

/* May `proposed` be said in place of `approved`? No word with a meaning of its own, number, name, price, promise or negation that is not in the approved text; all
 * numbers, names and negations of the approved text; as many questions; not much longer. */
bool talk_reword_ok(const char *proposed, const char *approved, const char *language);

#endif
