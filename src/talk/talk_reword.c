/* talk_reword.c - may one sentence stand for another? By words alone, and strictly: a model that rephrases may choose among small words and the order, nothing else. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "talk/lang.h"
#include "talk/talk_help.h"
#include "talk/talk_text.h"

#include "base/banned.h"

enum { WORD_MAX = 40, LONGER_BY = 30 };

struct word { char text[WORD_MAX]; bool capital, number; };

/* The next word in small letters; an apostrophe belongs to it, and so do the marks of an amount. */
static bool next_word(struct word *w, const char **p)
{
    size_t n = 0;

    while (**p != '\0' && !isalnum((unsigned char)**p) && (unsigned char)**p < 0x80 && strchr("$%", **p) == NULL)
        ++*p;
    *w = (struct word){.capital = isupper((unsigned char)**p)};
    for (; **p != '\0' && (isalnum((unsigned char)**p) || (unsigned char)**p >= 0x80 || strchr("'$%", **p) != NULL); ++*p) {
        w->number |= isdigit((unsigned char)**p) || strchr("$%", **p) != NULL;
        if (n + 1 < WORD_MAX)
            w->text[n++] = (char)tolower((unsigned char)**p);
    }
    return n > 0;
}

static bool has_word(const char *text, const char *word)
{
    struct word w;

    while (next_word(&w, &text))
        if (strcmp(w.text, word) == 0)
            return true;
    return false;
}

static size_t count_listed(const char *text, const char *list)
{
    struct word w;
    size_t n = 0;

    while (next_word(&w, &text))
        n += has_word(list, w.text);
    return n;
}

/* Only words of the approved text and small words. */
static bool brings_nothing_new(const char *proposed, const char *approved, const struct lang *lang)
{
    struct word w;

    while (next_word(&w, &proposed))
        if (!has_word(approved, w.text) && (w.number || !has_word(lang->small_words, w.text)))
            return false;
    return true;
}

/* Names, numbers and every other word that is not small stay; a capital at the beginning of a sentence tells nothing. */
static bool keeps_the_rest(const char *proposed, const char *approved, const struct lang *lang)
{
    size_t kept = 0, heavy = 0;
    const char *p = approved;
    struct word w;

    for (bool first = true; next_word(&w, &p); first = *p != '\0' && strchr(".?!", *p) != NULL) {
        bool must = w.number || (w.capital && !first && strcmp(w.text, "i") != 0);

        if (has_word(lang->small_words, w.text) && !must)
            continue;
        heavy++;
        kept += has_word(proposed, w.text);
        if (must && !has_word(proposed, w.text))
            return false;
    }
    return kept * 2 >= heavy; /* half of what it is about */
}

static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (iscntrl((unsigned char)*text) || strchr("{}<>[]\\\"*_#|", *text) != NULL)
            return false;
    return true;
}

bool talk_reword_ok(const char *proposed, const char *approved, const char *language)
{
    const struct lang *lang = lang_find(language);
    size_t n = strlen(proposed);

    return lang != NULL && n > 0 && n < TALK_TEXT_MAX && n <= strlen(approved) * 3 / 2 + LONGER_BY && is_plain(proposed) && talk_text_sentences(proposed) <= TALK_AT_ONCE &&
           talk_text_questions(proposed) == talk_text_questions(approved) && talk_text_is_question(proposed) == talk_text_is_question(approved) &&
           count_listed(proposed, lang->negations) == count_listed(approved, lang->negations) && brings_nothing_new(proposed, approved, lang) && keeps_the_rest(proposed, approved, lang);
}
