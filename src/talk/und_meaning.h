/* und_meaning.h - understanding by likeness: every example sentence is a vector, and an utterance is compared with them.
 *
 * Vectors come from the sentence model or, without one, from hashed words: the same code then measures word overlap. One classifier
 * tells all that may be said besides an answer apart (built-in intents, the scenario's objections and FAQ), and one each the options
 * of a choice question. */
#ifndef BATON_TALK_UND_MEANING_H
#define BATON_TALK_UND_MEANING_H

#include "talk/minilm.h"
#include "talk/scenario.h"
#include "talk/und_priv.h"
#include "talk/und_vectors.h"

enum { MEANING_DIM = MINILM_DIM, MEANING_EXAMPLES_MAX = 6000, MEANING_CLAUSES_MAX = 4 };

struct meaning;
struct phrasebook;

/* An utterance as vectors and words: one a clause, and the whole. */
struct gist {
    size_t n;
    struct { size_t from, to; float v[MEANING_DIM]; struct lex lex; } clause[MEANING_CLAUSES_MAX];
    float whole[MEANING_DIM];
};

/* Embeds all examples (from `cache` where it has them) and trains. Memory is the arena's. 0, EINVAL, ENOMEM. */
int meaning_alloc(struct meaning **mp, struct arena *a, const struct lang *lang, const struct scenario *sc, const struct minilm *model,
                  const struct phrasebook *book, const void *cache, size_t cache_n);

void meaning_embed(struct gist *out, const struct meaning *m, const struct reading *r);

/* Adds intents, objections and FAQ entries that lie near, and drops what rules found where likeness is certain of something else. `answered`: the question asked has its answer, so more is required. */
void meaning_intents(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g, bool answered);

/* The best option of a choice question. `asked`: it was asked now; an early answer must be clearer. */
bool meaning_choice(struct und_choice *out, const struct meaning *m, const struct reading *r, const struct gist *g, const char *question,
                    bool asked);

/* The answer to the question that was asked, where the rules found none: no budget, not known, who decides, yes or no. */
void meaning_answer(struct understanding *out, const struct meaning *m, const struct reading *r, const struct gist *g);

/* The vectors of all examples, and those of the `old` cache, as bytes (malloc); see vectors_export. */
int meaning_export(const struct meaning *m, const void *old, size_t old_n, void **bytes, size_t *n);

#endif
