/* email.c - e-mail addresses: written ("anna.k@example.org") and spelled aloud ("p dot raman at lumen dot com", "j as in john",
 * "a double l e n", "all one word").
 *
 * Spoken, an address is looked for around the word "at": behind it labels up to a "dot" and what follows, before it what belongs
 * together. The domain bounds itself; where the name before "at" begins is decided word by word, backwards. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/en.h"

#include "base/banned.h"

enum { LABEL_WORDS_MAX = 6, LABELS_MAX = 4, NAME_WORDS_MAX = 24, PLAIN_WORDS_MAX = 3 };

struct spelled { char s[UND_EMAIL_MAX]; size_t n; };

static void append(struct spelled *out, const char *s)
{
    for (; *s && out->n + 1 < sizeof out->s; s++)
        if (isalnum((unsigned char)*s) || strchr("._-+", *s))
            out->s[out->n++] = (char)tolower((unsigned char)*s);
    out->s[out->n] = '\0';
}

static bool is_letter(const struct words *w, size_t i)
{
    return i < w->n && isalpha((unsigned char)w->at[i].s[0]) && w->at[i].s[1] == '\0';
}

/* A full stop written between two words without a blank: "acme.com". */
static bool is_dotted(const struct words *w, size_t i)
{
    return i + 1 < w->n && w->text[w->at[i].to] == '.' && w->at[i + 1].from == (size_t)w->at[i].to + 1;
}

static const char *mark_at(const struct words *w, size_t i, size_t *n)
{
    static const struct { const char *words, *mark; } marks[] = {
        { "dot period point", "." }, { "underscore", "_" }, { "dash hyphen minus", "-" }, { "plus", "+" },
    };

    *n = 1;
    if (word_is(w, i, "under") && word_is(w, i + 1, "score"))
        return *n = 2, "_";
    if (word_is(w, i, "full") && word_is(w, i + 1, "stop"))
        return *n = 2, ".";
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (word_in(w, i, marks[k].words))
            return marks[k].mark;
    return NULL;
}

/* Words that tell how to write and are no part of it: "all one word", "capital", "with a k", "b AS IN BOY". Words used. */
static size_t remark_at(const struct words *w, size_t i)
{
    if (word_is(w, i, "all") && word_in(w, i + 1, "one together lowercase") )
        return word_is(w, i + 1, "one") ? 3 : 2;
    if (word_is(w, i, "one") && word_is(w, i + 1, "word"))
        return 2;
    if (word_is(w, i, "no") && word_in(w, i + 1, "space spaces dots"))
        return 2;
    if (word_in(w, i, "capital lowercase uppercase"))
        return 1;
    if (word_is(w, i, "with") && word_in(w, i + 1, "a an") && (is_letter(w, i + 2) || word_in(w, i + 2, "double")))
        return 3;
    if (i > 0 && is_letter(w, i - 1) && word_is(w, i, "as") && word_is(w, i + 1, "in"))
        return 3;
    if (i > 0 && is_letter(w, i - 1) && word_in(w, i, "for like") && i + 1 < w->n && w->at[i + 1].s[0] == w->at[i - 1].s[0] && w->at[i + 1].s[1])
        return 2;
    return 0;
}

/* One piece of an address that begins at word i, written into *out: a word, a letter, digits, "double l", "pete's". Words used. */
static size_t write_piece(struct spelled *out, const struct words *w, size_t i)
{
    char digits[24];
    struct amount a;
    size_t n;
    const char *mark = mark_at(w, i, &n);

    if (mark) {
        append(out, mark);
        return n;
    }
    if (word_in(w, i, "double triple") && is_letter(w, i + 1)) {
        for (int k = word_is(w, i, "double") ? 2 : 3; k > 0; k--)
            append(out, w->at[i + 1].s);
        return 2;
    }
    if (word_in(w, i, "zero oh")) {
        append(out, word_is(w, i, "zero") || (i > 0 && number_word(w, i - 1)) ? "0" : w->at[i].s);
        return 1;
    }
    if (!w->at[i].digits && (n = number_read(w, i, &a)) && !a.range && a.value < 1e7 && !word_in(w, i, "a an")) {
        snprintf(digits, sizeof digits, "%d", (int)a.value);
        append(out, digits);
        return n;
    }
    append(out, w->at[i].s);
    if (i + 1 < w->n && w->at[i + 1].from == w->at[i].from) { /* "pete's", opened into two */
        append(out, "s");
        return 2;
    }
    if (is_dotted(w, i))
        append(out, ".");
    return 1;
}

static size_t write_pieces(struct spelled *out, const struct words *w, size_t from, size_t to)
{
    for (size_t i = from; i < to;) {
        size_t n = remark_at(w, i);

        i += n ? n : write_piece(out, w, i);
    }
    return to;
}

/* The end of the domain that begins at word i, 0 if there is none: labels of a few words between dots. */
static size_t domain_end(const struct words *w, size_t i)
{
    size_t labels = 0, words = 0, end = 0;

    for (; i < w->n && words <= LABEL_WORDS_MAX; i++) {
        bool dot = word_in(w, i, "dot period point") && words > 0;

        bool spelled = word_is(w, i, "i") && (is_letter(w, i + 1) || is_letter(w, i - 1));

        if (!spelled && (word_in(w, i, "at it its website site that which i you we my our called where there email") || (w->at[i].digits && w->at[i].minute >= 0)))
            return end;
        if (dot || is_dotted(w, i)) {
            if (++labels > LABELS_MAX)
                return end;
            words = 0;
            if (i + 1 < w->n && isalpha((unsigned char)w->at[i + 1].s[0]) && !word_in(w, i + 1, "dot"))
                end = i + 2;
            else
                return end;
            if (!word_in(w, i + 2, "dot period point") && !is_dotted(w, i + 1))
                return end;
        } else {
            words++;
        }
    }
    return end;
}

/* "at gmail", without more. */
static size_t known_provider(const struct words *w, size_t i)
{
    size_t n = word_in(w, i, "gmail yahoo hotmail outlook icloud aol") ? 1 : word_in(w, i, "g hot") && word_is(w, i + 1, "mail") ? 2 : 0;

    return n && !word_is(w, i + n, "dot") && !is_dotted(w, i + n - 1) ? i + n : 0;
}

static bool never_in_name(const struct words *w, size_t i)
{
    return word_in(w, i, "is it its that my me the an email emails mail address to at you can could reach send use try sure so just um yes yeah yep okay ok well would be i am for "
                         "and on by please contact us here there as in have got one best work personal me's name spelled spell write writing put say "
                         "with or of we our this was will do not no you're hi hello then");
}

/* A unit of spelling that ends before word `end`: "b as in boy", "double l", "with a k", a letter or a number. Its words, 0 if none. */
static size_t spelled_before(const struct words *w, size_t end)
{
    if (end >= 4 && word_is(w, end - 2, "in") && word_is(w, end - 3, "as") && is_letter(w, end - 4))
        return 4;
    if (end >= 3 && word_in(w, end - 2, "for like") && is_letter(w, end - 3) && w->at[end - 1].s[0] == w->at[end - 3].s[0] && w->at[end - 1].s[1])
        return 3;
    if (end >= 3 && word_is(w, end - 3, "with") && word_in(w, end - 2, "a an") && is_letter(w, end - 1))
        return 3;
    if (end >= 3 && word_is(w, end - 3, "all") && word_is(w, end - 2, "one") && word_is(w, end - 1, "word"))
        return 3;
    if (end >= 2 && word_in(w, end - 2, "double triple") && is_letter(w, end - 1))
        return 2;
    if (end >= 2 && word_in(w, end - 2, "capital lowercase") && is_letter(w, end - 1))
        return 2;
    return end >= 1 && (is_letter(w, end - 1) || number_word(w, end - 1) || word_in(w, end - 1, "oh")) && !(word_is(w, end - 1, "i") && !(end > 1 && is_letter(w, end - 2))) ? 1 : 0;
}

/* Where the name that ends at the "at" of word `at` begins. */
static size_t name_begin(const struct words *w, size_t at)
{
    size_t i = at, plain = 0, n, marks;
    bool joined = true; /* what comes before is asked for: right before "at", or before a mark */

    while (i > 0 && at - i < NAME_WORDS_MAX) {
        bool pair = i >= 2 && word_is(w, i - 2, "under") && word_is(w, i - 1, "score");

        if (pair || (mark_at(w, i - 1, &marks) && i < at)) {
            i -= pair ? 2 : 1;
            joined = true;
        } else if ((n = spelled_before(w, i))) {
            i -= n;
            joined = n >= 3 && word_in(w, i, "with all");
        } else if (is_dotted(w, i - 1) && i < at) {
            i--;
            joined = false;
        } else if (i >= 2 && w->at[i - 1].from == w->at[i - 2].from && joined && !never_in_name(w, i - 2)) {
            i -= 2;
            joined = false;
        } else if (joined || (plain < PLAIN_WORDS_MAX && !never_in_name(w, i - 1) && !w->at[i - 1].ends)) {
            plain += !joined;
            i--;
            joined = false;
        } else {
            break;
        }
    }
    while (i < at && (mark_at(w, i, &n) || (i + 1 < at && word_in(w, i, "a it is and") && !is_letter(w, i))))
        i++;
    return i;
}

static bool is_address(const char *s)
{
    const char *at = strchr(s, '@'), *dot = at ? strrchr(at, '.') : NULL;

    return at && at > s && dot && dot > at + 1 && strlen(dot) > 2 && strstr(s, "..") == NULL && at[1] != '.';
}

/* An address in the usual signs, found by its @. */
static bool written(struct und_email *out, const char *text)
{
    const char *marks = "._%+-";

    for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
        const char *a = at, *b = at + 1;

        while (a > text && (isalnum((unsigned char)a[-1]) || strchr(marks, a[-1])))
            a--;
        while (isalnum((unsigned char)*b) || *b == '-' || (*b == '.' && isalnum((unsigned char)b[1])))
            b++;
        if (a == at || (size_t)(b - a) >= sizeof out->value)
            continue;
        for (size_t i = 0; a + i < b; i++)
            out->value[i] = (char)tolower((unsigned char)a[i]);
        out->value[b - a] = '\0';
        snprintf(out->evidence, sizeof out->evidence, "%.*s", (int)(b - a), a);
        if (is_address(out->value))
            return true;
    }
    memset(out, 0, sizeof *out);
    return false;
}

static bool spoken_at(struct und_email *out, const struct words *w, size_t at)
{
    struct spelled s = { .n = 0 };
    size_t end = domain_end(w, at + 1), provider = end ? 0 : known_provider(w, at + 1), from;

    if (at == 0 || (end == 0 && provider == 0))
        return false;
    from = name_begin(w, at);
    if (from == at)
        return false;
    write_pieces(&s, w, from, at);
    if (s.n + 1 < sizeof s.s)
        s.s[s.n++] = '@';
    write_pieces(&s, w, at + 1, end ? end : provider);
    if (provider)
        append(&s, ".com");
    s.s[s.n] = '\0';
    if (!is_address(s.s))
        return false;
    snprintf(out->value, sizeof out->value, "%s", s.s);
    words_quote(out->evidence, sizeof out->evidence, w, from, end ? end : provider);
    return true;
}

void en_read_email(struct und_email *out, const struct reading *r)
{
    memset(out, 0, sizeof *out);
    if (written(out, r->w.text))
        return;
    for (size_t i = r->w.n; i > 0; i--)
        if (word_is(&r->w, i - 1, "at") && spoken_at(out, &r->w, i - 1))
            return;
}
