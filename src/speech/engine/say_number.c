#include "speech/engine/say_number.h"

#include <ctype.h>
#include <string.h>

#include "base/banned.h"

static const char *const ones[] = {"zero",    "one",     "two",       "three",    "four",     "five",    "six",
                                   "seven",   "eight",   "nine",      "ten",      "eleven",   "twelve",  "thirteen",
                                   "fourteen", "fifteen", "sixteen",  "seventeen", "eighteen", "nineteen"};
static const char *const tens[] = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
static const struct {
    long long value;
    const char *name;
} scales[] = {{1000000000000, "trillion"}, {1000000000, "billion"}, {1000000, "million"}, {1000, "thousand"}};

void say_word(struct buf *out, const char *word)
{
    if (out->len > 0 && out->data[out->len - 1] != ' ')
        (void)buf_puts(out, " ");
    (void)buf_puts(out, word);
}

static void say_below_thousand(struct buf *out, int n)
{
    if (n >= 100) {
        say_word(out, ones[n / 100]);
        say_word(out, "hundred");
        n %= 100;
        if (n == 0)
            return;
    }
    if (n >= 20) {
        say_word(out, tens[n / 10]);
        n %= 10;
        if (n == 0)
            return;
    }
    say_word(out, ones[n]);
}

void say_cardinal(struct buf *out, long long n)
{
    if (n == 0)
        say_word(out, ones[0]);
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (n >= scales[i].value) {
            say_below_thousand(out, (int)(n / scales[i].value % 1000));
            say_word(out, scales[i].name);
            n %= scales[i].value;
        }
    }
    if (n > 0)
        say_below_thousand(out, (int)n);
}

/* Turns the last word of a cardinal into an ordinal: five, fifth; twenty, twentieth; thousand, thousandth. */
void say_ordinal(struct buf *out, long long n)
{
    static const struct {
        const char *cardinal, *ordinal;
    } odd[] = {{"one", "first"},  {"two", "second"},  {"three", "third"}, {"five", "fifth"},
               {"eight", "eighth"}, {"nine", "ninth"}, {"twelve", "twelfth"}};
    size_t at;

    say_cardinal(out, n);
    if (out->failed || out->len == 0)
        return;
    for (at = out->len; at > 0 && out->data[at - 1] != ' '; at--)
        ;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (strcmp(out->data + at, odd[i].cardinal) == 0) {
            out->data[out->len = at] = '\0';
            (void)buf_puts(out, odd[i].ordinal);
            return;
        }
    }
    if (out->data[out->len - 1] == 'y') {
        out->data[--out->len] = '\0';
        (void)buf_puts(out, "ie");
    }
    (void)buf_puts(out, "th");
}

void say_year(struct buf *out, long long n)
{
    if (n / 10 % 100 == 0 || n < 1000 || n > 9999) { /* 2000 to 2009 and the like */
        say_cardinal(out, n);
        return;
    }
    say_below_thousand(out, (int)(n / 100));
    if (n % 100 == 0)
        say_word(out, "hundred");
    else if (n % 100 < 10)
        say_word(out, "O");
    if (n % 100 > 0)
        say_below_thousand(out, (int)(n % 100));
}

void say_digits(struct buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isdigit((unsigned char)s[i]))
            say_word(out, ones[s[i] - '0']);
}
