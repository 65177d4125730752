/* und_words.h - an utterance cut into canonical words that remember where they came from.
 *
 * Canonical: lower case, contractions opened ("don't" is "do" "not"), hesitations dropped ("um", "uh"), digits read
 * ("$1,500" is "$" and 1500, "15k" is 15 and "k", "9-12" is 9 "to" 12), dotted letters joined ("p.m." is "pm").
 * Everything that is understood later works on these words, so written and spoken forms meet here once. */
#ifndef BATON_TALK_UND_WORDS_H
#define BATON_TALK_UND_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct lang;

enum { WORDS_MAX = 320, WORD_MAX = 24 };

struct word {
    char s[WORD_MAX];    /* canonical form, cut at WORD_MAX - 1 */
    uint16_t from, to;   /* bytes of the utterance */
    int32_t id;          /* in the phrase book's vocabulary, -1 unknown */
    bool digits;         /* written in digits: num holds it */
    bool ends;           /* a clause ends after it: , ; . ! ? */
    bool asks;           /* ... with a question mark */
    int8_t minute;       /* "10:30": num is 10, minute is 30; else -1 */
    double num;
};

struct words {
    const struct lang *lang;
    const char *text;
    size_t n;
    struct word at[WORDS_MAX]; /* words beyond the maximum are dropped */
};

/* Cuts `text` (any bytes, at most UND_TEXT_MAX are read) as `lang` is written. `text` must outlive *w. */
void words_cut(struct words *w, const struct lang *lang, const char *text);

/* False beyond the end. */
static inline bool word_is(const struct words *w, size_t i, const char *s)
{
    return i < w->n && w->at[i].s[0] == s[0] && strcmp(w->at[i].s, s) == 0;
}

/* Is word i one of the blank-separated `list`? */
bool word_in(const struct words *w, size_t i, const char *list);

/* The verbatim bytes of words [from, to), cut to fit at a character's boundary. */
void words_quote(char *out, size_t size, const struct words *w, size_t from, size_t to);

#endif
