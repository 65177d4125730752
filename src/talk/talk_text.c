#include "talk/talk_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "talk/talk.h"

#include "base/banned.h"

enum { MS_PER_CHAR = 58, MS_PER_SENTENCE = 180 }; /* measured on the default voice at normal speed, rounded up */

static const char *or_null(const char *s)
{
    return s != NULL && *s != '\0' ? s : NULL;
}

static const char *const var_names[] = {"first_name", "last_name", "agent",         "company", "callback_number", "partner",
                                        "closer",     "when",      "lead_company", "title",   "email",           NULL};

bool talk_text_knows(const char *name, size_t n)
{
    for (size_t i = 0; var_names[i] != NULL; i++)
        if (strlen(var_names[i]) == n && memcmp(var_names[i], name, n) == 0)
            return true;
    return false;
}

static bool is(const char *name, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(name, word, n) == 0;
}

static const char *lead_value(const struct talk_lead *l, const char *name, size_t n)
{
    if (l == NULL)
        return NULL;
    if (is(name, n, "first_name"))
        return or_null(l->first_name);
    if (is(name, n, "last_name"))
        return or_null(l->last_name);
    if (is(name, n, "partner"))
        return or_null(l->partner);
    if (is(name, n, "lead_company"))
        return or_null(l->company);
    if (is(name, n, "title"))
        return or_null(l->title);
    return is(name, n, "email") ? or_null(l->email) : NULL;
}

static const char *value_of(const struct talk_vars *v, const char *name, size_t n)
{
    if (is(name, n, "agent"))
        return or_null(v->sc->agent_name);
    if (is(name, n, "company"))
        return or_null(v->sc->company);
    if (is(name, n, "callback_number"))
        return or_null(v->sc->callback_number);
    if (is(name, n, "closer"))
        return or_null(v->closer);
    if (is(name, n, "when"))
        return or_null(v->when);
    if (is(name, n, "heard"))
        return or_null(v->heard);
    return lead_value(v->lead, name, n);
}

static size_t put(char *out, size_t size, size_t at, const char *s, size_t n)
{
    if (at + n >= size)
        n = size - 1 - at;
    memcpy(out + at, s, n);
    return at + n;
}

size_t talk_text_fill(char *out, size_t size, const char *text, const struct talk_vars *v)
{
    size_t at = 0;

    while (*text != '\0' && at + 1 < size) {
        size_t plain = strcspn(text, "{"), name, inner;
        const char *value;

        at = put(out, size, at, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        inner = strcspn(text + 1, "}");
        name = strcspn(text + 1, "|}");
        if (text[1 + inner] == '\0') { /* a brace that never closes is spoken as nothing */
            break;
        }
        value = value_of(v, text + 1, name);
        if (value != NULL)
            at = put(out, size, at, value, strlen(value));
        else if (name < inner)
            at = put(out, size, at, text + 2 + name, inner - name - 1);
        text += inner + 2;
    }
    while (at > 0 && ((unsigned char)out[at - 1] & 0xc0) == 0x80 && at + 1 >= size) /* cut inside a character */
        at--;
    out[at] = '\0';
    return at;
}

/* A full stop inside "2.5" or "a.m. tomorrow" ends nothing: a blank and then no small letter must follow. */
static bool ends_here(const char *p)
{
    if (*p != '.' && *p != '?' && *p != '!')
        return false;
    if (p[1] == '.' || p[1] == '?' || p[1] == '!')
        return false;
    if (p[1] == '"' || p[1] == '\'')
        p++;
    return p[1] == '\0' || (isspace((unsigned char)p[1]) && !islower((unsigned char)p[2]));
}

bool talk_text_sentence(const char **p, const char **start, size_t *n)
{
    const char *s = *p + strspn(*p, " \t\n"), *e = s;

    if (*s == '\0')
        return false;
    while (*e != '\0' && !ends_here(e))
        e++;
    while (*e != '\0' && !isspace((unsigned char)*e))
        e++;
    *start = s;
    *n = (size_t)(e - s);
    *p = e;
    return true;
}

bool talk_text_piece(const char **p, char *out, size_t size)
{
    const char *first = NULL, *s;
    size_t n, len = 0;

    for (int i = 0; i < TALK_AT_ONCE && talk_text_sentence(p, &s, &n); i++) {
        first = first != NULL ? first : s;
        len = (size_t)(s + n - first);
    }
    if (first == NULL)
        return false;
    if (len >= size)
        len = size - 1;
    memcpy(out, first, len);
    out[len] = '\0';
    return true;
}

size_t talk_text_sentences(const char *text)
{
    const char *s;
    size_t n, count = 0;

    while (talk_text_sentence(&text, &s, &n))
        count++;
    return count;
}

size_t talk_text_words(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text += strcspn(text, " ")) {
        text += strspn(text, " ");
        n += *text != '\0';
    }
    return n;
}

size_t talk_text_questions(const char *text)
{
    const char *s;
    size_t n, count = 0;

    while (talk_text_sentence(&text, &s, &n))
        count += memchr(s, '?', n) != NULL;
    return count;
}

bool talk_text_is_question(const char *text)
{
    const char *s;
    size_t n;
    bool asks = false;

    while (talk_text_sentence(&text, &s, &n))
        asks = memchr(s, '?', n) != NULL;
    return asks;
}

uint64_t talk_text_hash(const char *s, size_t n)
{
    uint64_t h = 1469598103934665603u;

    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];

        if (isalnum(c) || c >= 0x80)
            h = (h ^ (unsigned char)tolower(c)) * 1099511628211u;
    }
    return h;
}

int talk_spoken_ms(const char *text)
{
    return (int)(strlen(text) * MS_PER_CHAR + talk_text_sentences(text) * MS_PER_SENTENCE);
}
