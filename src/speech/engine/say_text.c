#include "speech/engine/say_text.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "speech/engine/say_forms.h"
#include "speech/engine/say_number.h"

#include "base/banned.h"

enum { TOKEN_MAX = 128 }; /* bytes; the rest of a longer token is another token */

struct token {
    char text[TOKEN_MAX];
    char mark; /* the punctuation after it, or 0 */
};

static const char *const abbreviations[][2] = {
    {"mr.", "Mister"},      {"mrs.", "Missus"},  {"ms.", "Miz"},        {"dr.", "Doctor"},   {"st.", "Saint"},
    {"vs.", "versus"},      {"vs", "versus"},    {"etc.", "et cetera"}, {"e.g.", "for example"}, {"i.e.", "that is"},
    {"inc.", "Incorporated"}, {"ltd.", "Limited"}, {"corp.", "Corporation"}, {"approx.", "approximately"},
    {"&", "and"},           {"+", "plus"},       {"=", "equals"},       {"%", "percent"},    {"@", "at"},
    {"a.m.", "AM"},         {"p.m.", "PM"},      {"u.s.", "U S"},
};

/* Typographic marks that have a plain twin. */
static const char *const plain_marks[][2] = {
    {"\xe2\x80\x99", "'"}, {"\xe2\x80\x98", "'"}, {"\xe2\x80\x9c", "\""}, {"\xe2\x80\x9d", "\""},
    {"\xe2\x80\xa6", "."}, {"\xc2\xa0", " "},     {"\xe2\x80\x94", ", "}, {"\xe2\x80\x93", "-"},
};

static const char *abbreviation(const char *word)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (strcasecmp(word, abbreviations[i][0]) == 0)
            return abbreviations[i][1];
    return NULL;
}

static int to_plain(struct buf *out, const char *text)
{
    while (*text != '\0') {
        const char *plain = NULL;
        size_t n = 1;

        for (size_t i = 0; i < sizeof plain_marks / sizeof *plain_marks; i++) {
            if (text_starts(text, plain_marks[i][0])) {
                plain = plain_marks[i][1];
                n = strlen(plain_marks[i][0]);
            }
        }
        if (plain != NULL ? buf_puts(out, plain) : buf_add(out, text, 1))
            return EMSGSIZE;
        text += n;
    }
    return 0;
}

/* Takes quotes and brackets off both ends, and the sentence mark off the end; abbreviations keep their dot. */
static void strip(struct token *t)
{
    size_t n = strlen(t->text), start = strspn(t->text, "\"'[{*");
    bool area_code = t->text[start] == '(' && start + 4 < n && isdigit((unsigned char)t->text[start + 1]) &&
                     t->text[start + 4] == ')';

    if (!area_code)
        start += strspn(t->text + start, "(\"'");
    memmove(t->text, t->text + start, n - start + 1);
    n -= start;
    t->mark = 0;
    while (n > 0 && strchr(area_code ? ".,!?;:\"']}*" : ".,!?;:\"')]}*", t->text[n - 1]) != NULL &&
           abbreviation(t->text) == NULL) {
        if (strchr(".,!?;:", t->text[n - 1]) != NULL)
            t->mark = t->text[n - 1];
        t->text[--n] = '\0';
    }
}

/* The next token of *p, stripped. False at the end of the text. */
static bool next_token(struct token *t, const char **p)
{
    const char *s = *p + strspn(*p, " \t\r\n");
    size_t n = strcspn(s, " \t\r\n");

    if (n == 0)
        return false;
    if (n >= TOKEN_MAX)
        n = TOKEN_MAX - 1;
    memcpy(t->text, s, n);
    t->text[n] = '\0';
    *p = s + n;
    strip(t);
    return true;
}

static bool is_scale(const char *word)
{
    return strcasecmp(word, "thousand") == 0 || strcasecmp(word, "million") == 0 || strcasecmp(word, "billion") == 0;
}

static const char *meridiem(const char *word)
{
    bool morning = strcasecmp(word, "am") == 0 || strcasecmp(word, "a.m.") == 0;
    bool evening = strcasecmp(word, "pm") == 0 || strcasecmp(word, "p.m.") == 0;

    return morning ? "AM" : evening ? "PM" : NULL;
}

/* A plain word; hyphens and slashes inside part it into several. */
static void say_plain(struct buf *out, const char *word)
{
    while (*word != '\0') {
        size_t n = strcspn(word, "-/_*#");

        if (n > 0) {
            say_word(out, "");
            (void)buf_add(out, word, n);
        }
        word += n + (word[n] != '\0');
    }
}

/* Says one token; *used_next is set when the following one was said with it. */
static void say_token(struct buf *out, const struct token *t, const struct token *next, bool *used_next)
{
    const char *full = abbreviation(t->text);
    const char *scale = next != NULL && t->mark == 0 && is_scale(next->text) ? next->text : NULL;
    const char *half = next != NULL && t->mark == 0 && isdigit((unsigned char)t->text[0]) ? meridiem(next->text) : NULL;

    if (full != NULL)
        say_word(out, full);
    else if (say_money(out, t->text, scale))
        *used_next = scale != NULL;
    else if (!say_time(out, t->text, half != NULL) && !say_date(out, t->text) && !say_phone(out, t->text) &&
             !say_address(out, t->text) && !say_count(out, t->text)) {
        if (t->text[0] == '#' && isdigit((unsigned char)t->text[1])) {
            say_word(out, "number");
            (void)say_count(out, t->text + 1);
        } else {
            say_plain(out, t->text);
        }
    }
    if (half != NULL) {
        say_word(out, half);
        *used_next = true;
    }
}

static void put_mark(struct buf *out, char mark)
{
    if (mark != 0 && out->len > 0 && strchr(" .,!?;:", out->data[out->len - 1]) == NULL)
        (void)buf_add(out, &mark, 1);
}

int say_text(struct buf *out, const char *text)
{
    struct token now, next;
    struct buf plain;
    const char *p;
    bool more;
    int err;

    buf_init(&plain, SAY_WORDS_MAX);
    err = to_plain(&plain, text);
    p = buf_str(&plain);
    more = !err && next_token(&now, &p);
    while (more) {
        bool used_next = false;
        char mark = now.mark;

        more = next_token(&next, &p);
        say_token(out, &now, more ? &next : NULL, &used_next);
        if (used_next) {
            mark = next.mark;
            more = next_token(&next, &p);
        }
        put_mark(out, mark);
        now = next;
    }
    buf_release(&plain);
    return err ? err : out->failed ? EMSGSIZE : 0;
}
