/* und_vectors.h - from text to vectors: the sentence model or hashed words, and the cache of examples' vectors. */
#ifndef BATON_TALK_UND_VECTORS_H
#define BATON_TALK_UND_VECTORS_H

#include <stdint.h>

#include "base/arena.h"
#include "talk/minilm.h"
#include "talk/und_words.h"

/* A vector in 8-bit numbers, a quarter of the memory; likeness to it differs in the fourth decimal. */
struct small_vector { float scale; int8_t at[MINILM_DIM]; };

void small_vector_pack(struct small_vector *out, const float *v);
void small_vector_unpack(float *out, const struct small_vector *v);
float small_vector_dot(const struct small_vector *a, const float *b);

/* By which a cache, or a table, finds a text. */
uint64_t vectors_hash(const char *text);

struct vector_cache { const unsigned char *entries; size_t n; };

struct vectors {
    const struct lang *lang;     /* how examples are cut into words */
    const struct minilm *model;  /* or NULL */
    struct vector_cache cache;   /* valid only while examples are embedded at load */
};

/* Takes the cache if it was made by the same model, else ignores it. */
void vectors_init(struct vectors *v, const struct lang *lang, const struct minilm *model, const void *cache, size_t n);

/* Unit vector of MINILM_DIM numbers of words [from, to). */
void vectors_words(float *out, const struct vectors *v, const struct words *w, size_t from, size_t to);

/* The words of a sentence and their neighbours as a sparse unit vector of hashed places, and places for marks that rules found. */
enum { LEX_WORDS = 1024, LEX_MARKS = 16, LEX_DIM = LEX_WORDS + LEX_MARKS, LEX_MAX = 160 };

struct lex { size_t n; uint16_t at[LEX_MAX]; float by[LEX_MAX]; }; /* what exceeds LEX_MAX is left out */

void vectors_lex(struct lex *out, const struct words *w, size_t from, size_t to);
void vectors_lex_mark(struct lex *out, size_t mark, float by); /* mark < LEX_MARKS */

/* The same of an example sentence, from the cache if it is there. */
void vectors_example(struct small_vector *out, const struct vectors *v, const char *text);

enum { VECTOR_CACHE_MAX = 16384 }; /* entries */

struct vector_entry { const char *text; const struct small_vector *v; };

/* A cache (malloc) of these vectors and of those in `old` besides, as long as all are at most VECTOR_CACHE_MAX: several scenarios, or programs
 * with other examples, then share a file. 0, ENOENT without a model, EALREADY when `old` holds them all, ENOMEM. */
int vectors_export(const struct vectors *v, const struct vector_entry *e, size_t n, const void *old, size_t old_n, void **bytes, size_t *size);

#endif
