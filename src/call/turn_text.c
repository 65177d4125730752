#include "call/turn_text.h"

#include <ctype.h>
#include <string.h>

#include "base/banned.h"

enum { WORD_MAX = 16, ECHO_WORDS_MIN = 3 };

/* The next word in lower case; returns where it ends, or NULL. */
static const char *next_word(const char *p, char *out, size_t size)
{
    size_t n = 0;

    while (*p != '\0' && !isalnum((unsigned char)*p))
        p++;
    if (*p == '\0')
        return NULL;
    for (; isalnum((unsigned char)*p) || *p == '\''; p++)
        if (n + 1 < size)
            out[n++] = (char)tolower((unsigned char)*p);
    out[n] = '\0';
    return p;
}

static bool in_list(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

bool turn_text_backchannel(const char *text)
{
    static const char *const fillers[] = {"hello", "hi", "hey", "yes", "yeah", "yep", "uh", "huh", "mhm", "mm", "hmm", "mmhmm", "um", "okay",
                                          "ok", "right", "sure", "oh", "ah", "i", "see", "good", "morning", "afternoon", "evening", "speaking", "this", "is",
                                          "it's", "me", NULL};
    char word[WORD_MAX];
    size_t n = 0;
    int words = 0;

    for (const char *p = text;; p++) {
        if (isdigit((unsigned char)*p) || (unsigned char)*p >= 0x80)
            return false; /* a number, or a word of another language, says something */
        if (isalpha((unsigned char)*p) || *p == '\'') {
            if (n + 1 < sizeof word)
                word[n++] = (char)tolower((unsigned char)*p);
            continue;
        }
        word[n] = '\0';
        if (n > 0 && (++words > 3 || !in_list(word, fillers)))
            return false;
        n = 0;
        if (*p == '\0')
            return true;
    }
}

/* How many words of `text` come one after the other in `ours` from here on. */
static int words_in_step(const char *text, const char *ours)
{
    char a[WORD_MAX], b[WORD_MAX];
    int n = 0;

    while ((text = next_word(text, a, sizeof a)) != NULL && (ours = next_word(ours, b, sizeof b)) != NULL && strcmp(a, b) == 0)
        n++;
    return n;
}

static int count_words(const char *text)
{
    char word[WORD_MAX];
    int n = 0;

    while ((text = next_word(text, word, sizeof word)) != NULL)
        n++;
    return n;
}

bool turn_text_echo(const char *text, const char *ours)
{
    char word[WORD_MAX];
    int words = count_words(text), best = 0;

    for (const char *p = ours; p != NULL; p = next_word(p, word, sizeof word)) {
        int n = words_in_step(text, p);

        best = n > best ? n : best;
    }
    return words >= ECHO_WORDS_MIN && best * 4 >= words * 3;
}
