/* text_end.c - how the words of a turn end. Recognisers set full stops where the sound stops, so the last word counts more than the mark behind it. */
#include <ctype.h>
#include <string.h>

#include "call/turn_text.h"

#include "base/banned.h"

enum { WORD_MAX = 16, WORDS_KEPT = 6, SHORT_ANSWER_WORDS = 6, TERSE_WORDS = 4, FULL_WORDS = 8 };

struct words {
    int n;                            /* of the text */
    int digits;                       /* spoken one by one */
    char first[WORD_MAX];
    char last[WORDS_KEPT][WORD_MAX];  /* the newest last */
    char mark;                        /* behind the last word: . ? ! , - or 0 */
};

static bool among(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool is_digit(const char *word)
{
    static const char *const digits[] = {"zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", NULL};

    return among(word, digits) || (isdigit((unsigned char)word[0]) && word[1] == '\0');
}

static void keep_word(struct words *w, const char *word, size_t n)
{
    memmove(w->last[0], w->last[1], (WORDS_KEPT - 1) * sizeof w->last[0]);
    memset(w->last[WORDS_KEPT - 1], 0, WORD_MAX);
    for (size_t i = 0; i < n && i + 1 < WORD_MAX; i++)
        w->last[WORDS_KEPT - 1][i] = (char)tolower((unsigned char)word[i]);
    if (w->n++ == 0)
        memcpy(w->first, w->last[WORDS_KEPT - 1], WORD_MAX);
    w->digits += is_digit(w->last[WORDS_KEPT - 1]);
    w->mark = 0;
}

static void read_words(struct words *w, const char *text)
{
    *w = (struct words){0};
    for (const char *p = text; *p != '\0';) {
        size_t n = 0;

        while (isalnum((unsigned char)p[n]) || p[n] == '\'' || p[n] == '@' || (unsigned char)p[n] >= 0x80)
            n++;
        if (n > 0)
            keep_word(w, p, n);
        else if (strchr(".?!,-", *p) != NULL)
            w->mark = w->mark == '.' && *p == '.' ? '-' : *p; /* dots in a row trail off */
        p += n > 0 ? n : 1;
    }
}

/* The nth word from the end, 0 = the last; "" before the first. */
static const char *from_end(const struct words *w, int n)
{
    return n < WORDS_KEPT && n < w->n ? w->last[WORDS_KEPT - 1 - n] : "";
}

static bool spelt(const char *word)
{
    return is_digit(word) || strcmp(word, "double") == 0 || (isalpha((unsigned char)word[0]) && word[1] == '\0' && word[0] != 'i' && word[0] != 'a');
}

/* A telephone number, or an address with its end. */
static bool is_spelt_out(const struct words *w)
{
    static const char *const ends[] = {"com", "org", "net", "io", "edu", "gov", "us", "co", NULL};

    return w->digits == 7 || w->digits == 10 || w->digits == 11 || among(from_end(w, 0), ends);
}

/* Two letters or digits in a row, "at", "dot". */
static bool is_spelling(const struct words *w, enum talk_expects asked)
{
    const char *last = from_end(w, 0);

    if (strcmp(last, "dot") == 0 || (strcmp(last, "at") == 0 && spelt(from_end(w, 1))))
        return true;
    if (!spelt(last))
        return false;
    return spelt(from_end(w, 1)) && (asked == EXPECT_DIGITS || asked == EXPECT_OPEN || spelt(from_end(w, 2)));
}

static bool ends_with(const struct words *w, const char *const *phrase)
{
    int n = 0;

    while (phrase[n] != NULL)
        n++;
    for (int i = 0; i < n; i++)
        if (strcmp(from_end(w, n - 1 - i), phrase[i]) != 0)
            return false;
    return true;
}

static bool is_thinking(const struct words *w)
{
    static const char *const phrases[][5] = {{"let", "me", "think", NULL}, {"let", "me", "see", NULL}, {"let", "me", "check", NULL}, {"let", "me", "look", NULL}, {"give", "me", "a", "second", NULL},
                                             {"give", "me", "a", "moment", NULL}, {"give", "me", "a", "minute", NULL}, {"one", "second", NULL}, {"one", "moment", NULL}, {"just", "a", "second", NULL}, {"hang", "on", NULL},
                                             {"hold", "on", NULL}, {"good", "question", NULL}, {"think", "about", "it", NULL}, {"how", "do", "i", "put", NULL}, {"how", "should", "i", "put", NULL}};

    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (ends_with(w, phrases[i]))
            return true;
    return false;
}

/* What people say before they say something. */
static bool is_opener(const struct words *w, enum talk_expects asked)
{
    static const char *const phrases[][6] = {{"i", "think", NULL}, {"i", "guess", NULL}, {"i", "mean", NULL}, {"you", "know", NULL}, {"i", "would", "say", NULL}, {"i'd", "say", NULL}, {"it", "depends", NULL},
                                             {"that", "depends", NULL}, {"to", "be", "honest", NULL}, {"to", "be", "frank", NULL}, {"to", "be", "honest", "with", "you", NULL}, {"to", "be", "frank", "with", "you", NULL},
                                             {"the", "thing", "is", NULL}, {"the", "problem", "is", NULL}};
    static const char *const words[] = {"honestly", "frankly", "look", "listen", "oh", "ah", "anyway", "again", NULL};

    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (ends_with(w, phrases[i]))
            return true;
    return among(from_end(w, 0), words) && (w->n <= 2 || asked != EXPECT_YES_NO);
}

/* Words after which more comes, whatever mark the recogniser set, and those that may end a sentence. */
static bool is_open(const struct words *w, enum talk_expects asked)
{
    static const char *const strong[] = {"and", "but", "or", "because", "cause", "um", "uh", "uhm", "hmm", "er", "the", "a", "an", "my", "our", "your", "their", "we", "i", "if", "when", "that's", "which", "than", "as", "i'd",
                                         "from", "into", "between", "maybe", "probably", "roughly", "approximately", "well", "we're", "i'm", "it's", "they're", "we've", "i've", "until", "whether", "while", "since", "very",
                                         "every", "each", "some", "also", "plus", "actually", "basically", "usually", "depends", "of", "with", "by", "be", "about", "around", "is", "was", "are", "were", "has", "had", "need",
                                         "want", "these", "those", "so", "like", "for", "on", "in", "somewhere", NULL};
    static const char *const weak[] = {"to", "at", "say", "that", "this", "what", "have", "do", "will", "can", "you", "where", "how", "just", "get", "not", "really", "who", "then", NULL};
    const char *last = from_end(w, 0);

    if (w->mark == ',' || w->mark == '-' || is_opener(w, asked))
        return true;
    if (w->mark == '?')
        return w->n == 1 && among(last, strong);
    return among(last, strong) || (w->mark == 0 && among(last, weak));
}

/* "Yes", "sure, go ahead", "no thanks". */
static bool short_answer(const struct words *w)
{
    static const char *const words[] = {"yes", "yeah", "yep", "yup", "sure", "okay", "ok", "no", "nope", "correct", "exactly", "absolutely", "definitely", "certainly", "right", "fine", "of", "go", "please", "not", "sounds", "that", NULL};
    static const char *const then[] = {"ahead", "course", "problem", "thanks", "good", "fine", "works", "correct", "right", "please", "do", "minute", "not", "sure", "really", NULL};

    return w->n <= SHORT_ANSWER_WORDS && among(w->first, words) && (w->n == 1 || among(from_end(w, 0), then) || among(from_end(w, 0), words));
}

/* Asked for yes or no, and told a story that has neither: "but go ahead" may follow. */
static bool evades(const struct words *w)
{
    static const char *const answers[] = {"yes", "yeah", "yep", "yup", "sure", "okay", "ok", "no", "nope", "not", "fine", "right", "please", NULL};

    return w->n >= TERSE_WORDS && !among(w->first, answers);
}

/* A quantity with its unit, somebody, or nothing known. */
static bool exact_answer(const struct words *w)
{
    static const char *const units[] = {"dollars", "bucks", "grand", "month", "months", "year", "years", "week", "weeks", "day", "days", "quarter", "tomorrow", "today", "monday", "tuesday",
                                        "wednesday", "thursday", "friday", "morning", "afternoon", "noon", "o'clock", "pm", "am", "january", "february", "march", "april", "may", "june", "july", "august", "september",
                                        "october", "november", "december", "possible", "asap", "know", "idea", "yet", "me", "call", "it", "decide", "decides", "boss", "partner", "manager", "founder", "owner", "people", "seats", "users", "better", NULL};

    return among(from_end(w, 0), units);
}

static bool is_whole(const struct words *w, enum talk_expects asked)
{
    switch (asked) {
    case EXPECT_YES_NO:
        return short_answer(w);
    case EXPECT_SHORT:
        return w->mark != 0 && w->mark != ',' && exact_answer(w);
    case EXPECT_DIGITS:
        return is_spelt_out(w) || exact_answer(w);
    case EXPECT_OPEN:
        return w->mark == '?' || (w->n >= FULL_WORDS && w->mark == '.');
    case EXPECT_THINKING:
        break;
    }
    return false;
}

enum text_end turn_text_end(const char *text, enum talk_expects asked)
{
    struct words w;

    read_words(&w, text);
    if (w.n == 0)
        return TEXT_PLAIN;
    if (is_thinking(&w))
        return TEXT_THINKING;
    if (asked == EXPECT_YES_NO && short_answer(&w))
        return TEXT_WHOLE;
    if (is_open(&w, asked))
        return TEXT_OPEN;
    if (is_whole(&w, asked))
        return TEXT_WHOLE;
    if (is_spelling(&w, asked))
        return TEXT_SPELLING;
    if (asked == EXPECT_YES_NO && w.mark != '?' && evades(&w))
        return TEXT_PLAIN;
    return w.mark != 0 && (asked != EXPECT_OPEN || w.n >= TERSE_WORDS) ? TEXT_ENDED : TEXT_PLAIN;
}
