#include "speech/engine/say_forms.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "speech/engine/say_number.h"

#include "base/banned.h"

/* A number as it is written: 1,250.75 */
struct written {
    char digits[SAY_DIGITS_MAX + 2], fraction[16];
    const char *rest; /* what follows it */
    bool commas;
};

static bool read_number(struct written *w, const char *p)
{
    size_t n = 0;

    *w = (struct written){0};
    for (; isdigit((unsigned char)*p) || (*p == ',' && isdigit((unsigned char)p[1]) && n > 0); p++) {
        if (*p == ',')
            w->commas = true;
        else if (n <= SAY_DIGITS_MAX)
            w->digits[n++] = *p;
        else
            return false;
    }
    if (n > 0 && *p == '.' && isdigit((unsigned char)p[1])) {
        size_t f = 0;

        for (p++; isdigit((unsigned char)*p); p++)
            if (f + 1 < sizeof w->fraction)
                w->fraction[f++] = *p;
    }
    w->rest = p;
    return n > 0;
}

static long long value_of(const struct written *w)
{
    return strtoll(w->digits, NULL, 10);
}

static void say_written(struct buf *out, const struct written *w)
{
    if (strlen(w->digits) > SAY_DIGITS_MAX || (w->digits[0] == '0' && w->digits[1] != '\0'))
        say_digits(out, w->digits, strlen(w->digits));
    else
        say_cardinal(out, value_of(w));
    if (w->fraction[0] != '\0') {
        say_word(out, "point");
        say_digits(out, w->fraction, strlen(w->fraction));
    }
}

static void say_group(struct buf *out, const char *digits, size_t n, bool last)
{
    say_digits(out, digits, n);
    if (!last)
        (void)buf_puts(out, ",");
}

/* Groups as people write them: 1, 202, 555, 0100; other countries by threes. */
static void say_phone_groups(struct buf *out, const char *d, size_t n)
{
    size_t head = n == 11 && d[0] == '1' ? 1 : n == 7 || n == 10 ? 0 : n % 3;

    if (head > 0)
        say_group(out, d, head, n == head);
    for (size_t i = head; i < n;) {
        size_t left = n - i;
        size_t take = left <= 4 ? left : 3;

        say_group(out, d + i, take, left == take);
        i += take;
    }
}

bool say_phone(struct buf *out, const char *token)
{
    char d[20];
    size_t n = 0, marks = 0;
    bool plus = token[0] == '+';

    for (const char *p = token + plus; *p != '\0'; p++) {
        if (isdigit((unsigned char)*p) && n < sizeof d - 1)
            d[n++] = *p;
        else if (strchr("-.()", *p) != NULL)
            marks += *p != '.' || n > 2;
        else
            return false;
    }
    if (token[0] == '(' && n == 3) {
        say_digits(out, d, n);
        return true;
    }
    if (n > 15 || !((plus && n >= 7) || (marks >= 1 && (n == 7 || n == 10 || n == 11) && strchr(token, '-') != NULL) ||
                    (marks >= 2 && n == 10)))
        return false;
    if (plus && !(n == 11 && d[0] == '1'))
        say_word(out, "plus");
    say_phone_groups(out, d, n);
    return true;
}

static const char *meridiem(const char *s)
{
    if (strcasecmp(s, "am") == 0 || strcasecmp(s, "a.m") == 0 || strcasecmp(s, "a.m.") == 0)
        return "AM";
    if (strcasecmp(s, "pm") == 0 || strcasecmp(s, "p.m") == 0 || strcasecmp(s, "p.m.") == 0)
        return "PM";
    return NULL;
}

bool say_time(struct buf *out, const char *token, bool meridiem_follows)
{
    char *end;
    const char *half;
    long hour, minute = -1;

    if (!isdigit((unsigned char)token[0]))
        return false;
    hour = strtol(token, &end, 10);
    if (end[0] == ':' && isdigit((unsigned char)end[1]) && isdigit((unsigned char)end[2])) {
        minute = (end[1] - '0') * 10 + end[2] - '0';
        end += 3;
    }
    half = meridiem(end);
    if (hour > 24 || minute > 59 || (*end != '\0' && half == NULL) || (minute < 0 && half == NULL))
        return false;
    say_cardinal(out, hour);
    if (minute > 0 && minute < 10)
        say_word(out, "O");
    if (minute > 0)
        say_cardinal(out, minute);
    else if (half == NULL && !meridiem_follows)
        say_word(out, hour <= 12 ? "o'clock" : "hundred");
    if (half != NULL)
        say_word(out, half);
    return true;
}

bool say_date(struct buf *out, const char *token)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    int year, month, day, used = 0;

    if (sscanf(token, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || token[used] != '\0' || used != 10)
        return false;
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    say_word(out, months[month - 1]);
    say_ordinal(out, day);
    (void)buf_puts(out, ",");
    say_year(out, year);
    return true;
}

static const struct currency {
    const char *sign, *one, *many, *cent, *cents;
} currencies[] = {{"$", "dollar", "dollars", "cent", "cents"},
                  {"\xe2\x82\xac", "euro", "euros", "cent", "cents"},
                  {"\xc2\xa3", "pound", "pounds", "penny", "pence"},
                  {"\xc2\xa5", "yen", "yen", "", ""}};

static const char *scale_name(const char *suffix)
{
    static const char *const names[][2] = {{"k", "thousand"}, {"m", "million"}, {"bn", "billion"}, {"b", "billion"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(suffix, names[i][0]) == 0)
            return names[i][1];
    return NULL;
}

/* "/month", "/mo", "/seat": what a price is for. False if the text after a number is something else. */
static bool say_per(struct buf *out, const char *rest)
{
    if (rest[0] != '/' || !isalpha((unsigned char)rest[1]))
        return false;
    say_word(out, "per");
    say_word(out, strcmp(rest, "/mo") == 0 ? "month" : strcmp(rest, "/yr") == 0 ? "year" : rest + 1);
    return true;
}

/* $49.99 has cents; $1.5M has a decimal. */
static void say_amount(struct buf *out, const struct currency *c, const struct written *w, const char *scale)
{
    bool cents = w->fraction[0] != '\0' && w->fraction[2 * (w->fraction[1] != '\0')] == '\0' && strlen(w->fraction) == 2;
    struct written whole = *w;
    long long small = cents ? strtoll(w->fraction, NULL, 10) : 0;

    if (cents && scale == NULL)
        whole.fraction[0] = '\0';
    say_written(out, &whole);
    if (scale != NULL)
        say_word(out, scale);
    say_word(out, scale == NULL && value_of(w) == 1 && whole.fraction[0] == '\0' ? c->one : c->many);
    if (small > 0 && scale == NULL) {
        say_word(out, "and");
        say_cardinal(out, small);
        say_word(out, small == 1 ? c->cent : c->cents);
    }
}

bool say_money(struct buf *out, const char *token, const char *scale)
{
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        const struct currency *c = &currencies[i];
        char suffix[8] = "";
        struct written w;
        size_t n;

        if (!text_starts(token, c->sign) || !read_number(&w, token + strlen(c->sign)))
            continue;
        n = strcspn(w.rest, "/+");
        if (n >= sizeof suffix)
            return false;
        memcpy(suffix, w.rest, n);
        if (n > 0 && (scale = scale_name(suffix)) == NULL)
            return false;
        say_amount(out, c, &w, scale);
        if (w.rest[n] == '+')
            say_word(out, "plus");
        else
            (void)say_per(out, w.rest + n);
        return true;
    }
    return false;
}

static bool is_domain(const char *s)
{
    static const char *const ends[] = {".com", ".org", ".net", ".io", ".ai", ".co", ".us", ".dev", ".app", ".edu", ".uk"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text_ends(s, ends[i]) && strlen(s) > strlen(ends[i]))
            return true;
    return text_starts(s, "www.");
}

/* Letters stay together as words; the marks between them are named. */
static void say_spelled_marks(struct buf *out, const char *p)
{
    static const char *const names[][2] = {{".", "dot"}, {"@", "at"}, {"-", "dash"}, {"_", "underscore"}, {"/", "slash"}, {"+", "plus"}};
    bool new_word = true;

    for (; *p != '\0'; p++) {
        const char *name = NULL;

        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (*p == names[i][0][0])
                name = names[i][1];
        if (name != NULL || isdigit((unsigned char)*p)) {
            name != NULL ? say_word(out, name) : say_digits(out, p, 1);
            new_word = true;
        } else {
            (void)(new_word ? (say_word(out, ""), 0) : 0);
            (void)buf_add(out, p, 1);
            new_word = false;
        }
    }
}

bool say_address(struct buf *out, const char *token)
{
    const char *at = strchr(token, '@');
    const char *scheme = strstr(token, "://");

    if (at != NULL ? at == token || at[1] == '\0' : scheme == NULL && !is_domain(token))
        return false;
    if (scheme != NULL)
        token = scheme + 3;
    if (text_starts(token, "www.")) {
        say_word(out, "WWW dot");
        token += 4;
    }
    say_spelled_marks(out, token);
    return true;
}

static bool is_ordinal_end(const char *s)
{
    return strcasecmp(s, "st") == 0 || strcasecmp(s, "nd") == 0 || strcasecmp(s, "rd") == 0 || strcasecmp(s, "th") == 0;
}

static bool looks_like_year(const struct written *w)
{
    long long v = value_of(w);

    return strlen(w->digits) == 4 && !w->commas && w->fraction[0] == '\0' && v >= 1100 && v < 2100 && v % 1000 > 9;
}

/* Two numbers with a mark between them: 3-5, 24/7 */
static bool say_pair(struct buf *out, const struct written *first)
{
    struct written second;
    char mark = first->rest[0];

    if ((mark != '-' && mark != '/') || !read_number(&second, first->rest + 1))
        return false;
    if (second.rest[0] != '\0' && strcmp(second.rest, "%") != 0)
        return false;
    say_written(out, first);
    if (mark == '-')
        say_word(out, "to");
    say_written(out, &second);
    if (second.rest[0] == '%')
        say_word(out, "percent");
    return true;
}

bool say_count(struct buf *out, const char *token)
{
    struct written w;
    const char *scale;

    if (strlen(token) > SAY_DIGITS_MAX && token[strspn(token, "0123456789")] == '\0') {
        say_digits(out, token, strlen(token));
        return true;
    }
    if (!read_number(&w, token))
        return false;
    if (say_pair(out, &w))
        return true;
    scale = scale_name(w.rest);
    if (is_ordinal_end(w.rest) && w.fraction[0] == '\0') {
        say_ordinal(out, value_of(&w));
        return true;
    }
    if (w.rest[0] == '\0' && looks_like_year(&w)) {
        say_year(out, value_of(&w));
        return true;
    }
    say_written(out, &w);
    if (strcmp(w.rest, "%") == 0)
        say_word(out, "percent");
    else if (scale != NULL)
        say_word(out, scale);
    else if (strcmp(w.rest, "+") == 0)
        say_word(out, "plus");
    else if (w.rest[0] != '\0' && !say_per(out, w.rest))
        say_word(out, w.rest + (w.rest[0] == '-'));
    return true;
}
