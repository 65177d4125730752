/* talk_text.h - sentences as text: filling in names, splitting, estimating how long they take to say. */
#ifndef BATON_TALK_TEXT_H
#define BATON_TALK_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scenario;
struct talk_lead;

enum { TALK_TEXT_MAX = 1200, TALK_SENTENCES_MAX = 8 };

struct talk_vars {
    const struct scenario *sc;
    const struct talk_lead *lead; /* may be NULL */
    const char *closer;           /* may be NULL */
    const char *when;             /* callback read back; may be NULL */
    const char *heard;            /* what is read back; may be NULL */
};

/* Copies `text` with {name|fallback} replaced, cut at size. Returns the length. */
size_t talk_text_fill(char *out, size_t size, const char *text, const struct talk_vars *v);

/* True for the names that may stand in braces. */
bool talk_text_knows(const char *name, size_t n);

/* The sentence that begins at *p (leading blanks skipped): its start and length; *p moves behind it. False at the end. */
bool talk_text_sentence(const char **p, const char **start, size_t *n);
size_t talk_text_sentences(const char *text);
size_t talk_text_words(const char *text);
size_t talk_text_questions(const char *text); /* question marks that end a sentence */
bool talk_text_is_question(const char *text); /* the last sentence asks */

/* The next piece of `text` that may be said at once: at most two sentences. False at the end; *p moves on. */
enum { TALK_AT_ONCE = 2 };
bool talk_text_piece(const char **p, char *out, size_t size);

/* Equal for sentences that sound alike: letters and digits only, case folded. */
uint64_t talk_text_hash(const char *s, size_t n);

#endif
