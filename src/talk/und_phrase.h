/* und_phrase.h - cue phrases: patterns over canonical words, matched all at once.
 *
 * A pattern is words separated by blanks: `a|b` either, `a?` optional, `#` any number word, `*` up to three words of any kind,
 * `<` the utterance's beginning, `>` its end. A pattern begins with a plain word or `<`. Several patterns are separated
 * by `;`. Patterns are indexed by their first word, so that scanning an utterance costs microseconds. */
#ifndef BATON_TALK_UND_PHRASE_H
#define BATON_TALK_UND_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "talk/und_words.h"

enum { HITS_MAX = 160, PATTERN_ITEMS_MAX = 24 };

struct phrasebook;

struct hit { int cue; size_t from, to; }; /* words [from, to) */

struct hits { size_t n; struct hit at[HITS_MAX]; }; /* ordered by from; beyond the maximum the rest is dropped */

/* An empty book whose memory is the arena's. NULL when it is full. */
struct phrasebook *phrasebook_alloc(struct arena *a);

/* Adds `;`-separated patterns under a cue. 0, EINVAL (a pattern that is too long or begins wrongly) or ENOMEM. */
int phrasebook_add(struct phrasebook *b, int cue, const char *patterns);

/* Names the words' ids and collects every match, the longest of each pattern and place. */
void phrasebook_scan(const struct phrasebook *b, struct words *w, struct hits *out);

/* The first hit of `cue` that lies in words [from, to), or NULL. */
const struct hit *hits_find(const struct hits *h, int cue, size_t from, size_t to);
const struct hit *hits_any(const struct hits *h, int cue);

#endif
