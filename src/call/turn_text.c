#include "call/turn_text.h"

#include <ctype.h>
#include <string.h>

#include "base/banned.h"

enum { WORD_MAX = 16, ECHO_WORDS_MIN = 3 };

static size_t last_word(const char *text, char *out, size_t size)
{
    size_t n = strlen(text), b, len;

    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    for (b = n; b > 0 && (isalpha((unsigned char)text[b - 1]) || text[b - 1] == '\''); b--)
        ;
    len = n - b < size - 1 ? n - b : size - 1;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)tolower((unsigned char)text[b + i]);
    out[len] = '\0';
    return len;
}

static bool in_list(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

bool turn_text_unfinished(const char *text)
{
    static const char *const open_words[] = {"and", "but", "or", "because", "so", "um", "uh", "the", "a", "to", "with", "for",
                                             "of", "about", "around", "like", "my", "our", "we", "i", "maybe", "is", "if", NULL};
    size_t n = strlen(text);
    char word[WORD_MAX];

    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    if (n == 0)
        return false;
    if (text[n - 1] == ',' || (n >= 3 && strncmp(text + n - 3, "...", 3) == 0))
        return true;
    if (text[n - 1] == '.' || text[n - 1] == '?' || text[n - 1] == '!')
        return false;
    return last_word(text, word, sizeof word) > 0 && in_list(word, open_words);
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
