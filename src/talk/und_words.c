/* und_words.c - cutting an utterance into canonical words. */
#include "talk/und_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "talk/lang.h"
#include "talk/understand.h"

#include "base/banned.h"

/* Is `s` one of the blank-separated `list`? Every reader asks this all the time: one pass, no calls. */
static bool listed(const char *list, const char *s)
{
    for (const char *p = list;; p++) {
        const char *a = s;

        while (*a && *a == *p)
            a++, p++;
        if (*a == '\0' && (*p == ' ' || *p == '\0') && p > list)
            return true;
        while (*p && *p != ' ')
            p++;
        if (*p == '\0')
            return false;
    }
}

static struct word *push(struct words *w, const char *s, size_t n, size_t from, size_t to)
{
    struct word *x;

    if (w->n == WORDS_MAX || n == 0)
        return NULL;
    x = &w->at[w->n++];
    memset(x, 0, sizeof *x);
    if (n > WORD_MAX - 1)
        n = WORD_MAX - 1;
    memcpy(x->s, s, n);
    x->from = (uint16_t)from;
    x->to = (uint16_t)to;
    x->id = -1;
    x->minute = -1;
    return x;
}

static void push_text(struct words *w, const char *s, size_t from, size_t to)
{
    while (*s) {
        size_t n = strcspn(s, " ");

        push(w, s, n, from, to);
        s += n + (s[n] == ' ');
    }
}

/* Opens contractions; "'s" after a name is read as "is", which the patterns allow for. */
static void push_word(struct words *w, char *s, size_t from, size_t to)
{
    const struct lang_spelling *sp = w->lang->spelling;
    size_t n = strlen(s);

    if (listed(sp->fillers, s))
        return;
    for (const struct lang_opening *o = sp->openings; o->from; o++) {
        if (strcmp(s, o->from) != 0)
            continue;
        push_text(w, o->first, from, to);
        if (o->second)
            push_text(w, o->second, from, to);
        return;
    }
    for (const struct lang_suffix *x = sp->suffixes; x->end; x++) {
        size_t m = strlen(x->end);

        if (n <= m || strcmp(s + n - m, x->end) != 0)
            continue;
        push(w, s, n - m, from, to);
        push_text(w, x->second, from, to);
        return;
    }
    push(w, s, n, from, to);
}

static bool is_letter(unsigned char c)
{
    return isalpha(c) || c >= 0x80;
}

static size_t apostrophe(const char *p)
{
    if (*p == '\'')
        return 1;
    return strncmp(p, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Letters joined by dots: p.m., c.e.o. */
static size_t cut_dotted(struct words *w, const char *text, size_t i)
{
    char s[WORD_MAX];
    size_t n = 0, j = i;

    while (n + 1 < sizeof s && isalpha((unsigned char)text[j]) && text[j + 1] == '.') {
        s[n++] = (char)tolower((unsigned char)text[j]);
        j += 2;
    }
    if (n < 1 || (isalpha((unsigned char)text[j]) && isalpha((unsigned char)text[j + 1])))
        return 0;
    if (isalpha((unsigned char)text[j]) && n + 1 < sizeof s)
        s[n++] = (char)tolower((unsigned char)text[j++]);
    if (n < 2)
        return 0;
    push(w, s, n, i, j);
    return j - i;
}

/* "uh-huh" and "uh huh": neither is a hesitation. Bytes used, 0 if it is something else. */
static size_t cut_grunt(struct words *w, const char *text, size_t i)
{
    for (const struct lang_grunt *g = w->lang->spelling->grunts; g->a; g++) {
        size_t a = strlen(g->a), b = strlen(g->b);

        if (strncasecmp(text + i, g->a, a) != 0 || (text[i + a] != '-' && text[i + a] != ' ') || strncasecmp(text + i + a + 1, g->b, b) != 0 ||
            is_letter((unsigned char)text[i + a + 1 + b]))
            continue;
        if (text[i + a] == ' ' && listed(w->lang->spelling->fillers, g->b) && strcmp(g->a, g->b) == 0) /* "uh uh" hesitates */
            continue;
        push(w, g->word, strlen(g->word), i, i + a + 1 + b);
        return a + 1 + b;
    }
    return 0;
}

static size_t cut_letters(struct words *w, const char *text, size_t i, size_t end)
{
    char s[64];
    size_t n = 0, j = i, a;

    while (j < end) {
        if (is_letter((unsigned char)text[j]) && apostrophe(text + j) == 0) {
            if (n + 1 < sizeof s)
                s[n++] = (char)tolower((unsigned char)text[j]);
            j++;
        } else if (isdigit((unsigned char)text[j])) {
            if (n + 1 < sizeof s)
                s[n++] = text[j];
            j++;
        } else if ((a = apostrophe(text + j)) && j + a < end && is_letter((unsigned char)text[j + a])) {
            if (n + 1 < sizeof s)
                s[n++] = '\'';
            j += a;
        } else {
            break;
        }
    }
    s[n] = '\0';
    push_word(w, s, i, j);
    return j - i;
}

/* A comma and three digits, among which a recogniser may leave a blank: ",500", ",5 00". Its bytes, 0 for anything else. */
static size_t group_bytes(const char *p)
{
    size_t n = *p == ',' ? 1 : 0, digits = 0, blanks = 0;

    while (n && digits < 3) {
        if (isdigit((unsigned char)p[n]))
            digits++;
        else if (p[n] != ' ' || digits == 0 || blanks++ > 0)
            return 0;
        n++;
    }
    return n && !isdigit((unsigned char)p[n]) ? n : 0;
}

/* Digits with group commas, a decimal point or a clock's colon. */
static size_t cut_digits(struct words *w, const char *text, size_t i)
{
    char s[32];
    size_t n = 0, j = i, grouped = i;
    struct word *x;
    bool point = false;

    for (;; j++) {
        const unsigned char *p = (const unsigned char *)text + j;

        if (isdigit(*p)) {
            if (n + 1 < sizeof s)
                s[n++] = (char)*p;
        } else if (*p == '.' && !point && isdigit(p[1])) {
            point = true;
            if (n + 1 < sizeof s)
                s[n++] = '.';
        } else if (*p == ',' && !point && group_bytes(text + j) > 0) {
            grouped = j + group_bytes(text + j);
        } else if (!(*p == ' ' && j < grouped)) {
            break;
        }
    }
    s[n] = '\0';
    x = push(w, s, n, i, j);
    if (x) {
        x->digits = true;
        x->num = strtod(s, NULL);
    }
    if (text[j] == ':' && isdigit((unsigned char)text[j + 1]) && isdigit((unsigned char)text[j + 2])) {
        if (x) {
            x->minute = (int8_t)((text[j + 1] - '0') * 10 + text[j + 2] - '0');
            x->to = (uint16_t)(j + 3);
        }
        j += 3;
    }
    return j - i;
}

static size_t cut_sign(struct words *w, const char *text, size_t i)
{
    for (const struct lang_sign *s = w->lang->spelling->signs; s->sign; s++) {
        size_t n = strlen(s->sign);

        if (strncmp(text + i, s->sign, n) == 0) {
            push(w, s->word, strlen(s->word), i, i + n);
            return n;
        }
    }
    return 0;
}

/* A dash between numbers, with or without blanks: "9-12", "$2k - $3k". Its bytes, 0 for any other. */
static size_t range_dash(const struct words *w, const char *text, size_t i)
{
    size_t n = text[i] == '-' ? 1 : strncmp(text + i, "\xe2\x80\x93", 3) == 0 || strncmp(text + i, "\xe2\x80\x94", 3) == 0 ? 3 : 0;
    const char *next = text + i + n + strspn(text + i + n, " ");
    bool after_number = w->n && (w->at[w->n - 1].digits || (w->n > 1 && w->at[w->n - 2].digits && w->at[w->n - 2].to == w->at[w->n - 1].from));

    return n && after_number && (isdigit((unsigned char)*next) || *next == '$' || strncmp(next, "\xe2\x82\xac", 3) == 0 || strncmp(next, "\xc2\xa3", 2) == 0) ? n : 0;
}

static void cut_mark(struct words *w, const char *text, size_t i)
{
    if (text[i] == '/' && w->n)
        push_text(w, w->lang->spelling->ratio, i, i + 1);
    else if (strchr(",;.!?", text[i]) && w->n) {
        w->at[w->n - 1].ends = true;
        w->at[w->n - 1].asks |= text[i] == '?';
    }
}

void words_cut(struct words *w, const struct lang *lang, const char *text)
{
    size_t end = strnlen(text, UND_TEXT_MAX);

    w->lang = lang;
    w->text = text;
    w->n = 0;
    for (size_t i = 0; i < end && w->n < WORDS_MAX;) {
        size_t n = 0;

        if (isdigit((unsigned char)text[i]))
            n = cut_digits(w, text, i);
        else if (isalpha((unsigned char)text[i]) && text[i + 1] == '.')
            n = cut_dotted(w, text, i);
        if (n == 0)
            n = cut_grunt(w, text, i);
        if (n == 0 && (n = range_dash(w, text, i)))
            push_text(w, w->lang->spelling->range, i, i + n);
        if (n == 0)
            n = cut_sign(w, text, i);
        if (n == 0 && is_letter((unsigned char)text[i]) && apostrophe(text + i) == 0)
            n = cut_letters(w, text, i, end);
        if (n == 0) {
            cut_mark(w, text, i);
            n = 1;
        }
        i += n;
    }
}

bool word_in(const struct words *w, size_t i, const char *list)
{
    return i < w->n && listed(list, w->at[i].s);
}

void words_quote(char *out, size_t size, const struct words *w, size_t from, size_t to)
{
    size_t a, n;

    out[0] = '\0';
    if (to > w->n)
        to = w->n;
    if (from >= to)
        return;
    a = w->at[from].from;
    n = w->at[to - 1].to - a;
    if (n > size - 1) {
        n = size - 1;
        while (n && ((unsigned char)w->text[a + n] & 0xc0) == 0x80)
            n--;
    }
    memcpy(out, w->text + a, n);
    out[n] = '\0';
}
