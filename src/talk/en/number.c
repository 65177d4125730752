/* number.c - plain numbers as they are spoken, and as recognisers write them: digits, pairs, scales, fractions. */
#include "talk/en/number_priv.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

static const double NUMBER_MAX = 1e12; /* more is nobody's answer */

struct numeral { const char *s; double v; };

static const struct numeral units[] = {
    { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 }, { "nine", 9 },
};
static const struct numeral teens[] = {
    { "ten", 10 }, { "eleven", 11 }, { "twelve", 12 }, { "thirteen", 13 }, { "fourteen", 14 }, { "fifteen", 15 }, { "sixteen", 16 },
    { "seventeen", 17 }, { "eighteen", 18 }, { "nineteen", 19 },
};
static const struct numeral tens[] = {
    { "twenty", 20 }, { "thirty", 30 }, { "forty", 40 }, { "fourty", 40 }, { "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 },
    { "eighty", 80 }, { "ninety", 90 },
};
static const struct numeral scales[] = {
    { "thousand", 1e3 }, { "thousands", 1e3 }, { "k", 1e3 }, { "grand", 1e3 }, { "million", 1e6 }, { "millions", 1e6 }, { "mil", 1e6 },
    { "m", 1e6 }, { "mill", 1e6 }, { "gs", 1e3 }, { "billion", 1e9 },
};

#define LOOK(table, w, i) look(table, sizeof table / sizeof *table, w, i)

static double look(const struct numeral *t, size_t n, const struct words *w, size_t i)
{
    if (i < w->n)
        for (size_t k = 0; k < n; k++)
            if (t[k].s[0] == w->at[i].s[0] && strcmp(t[k].s, w->at[i].s) == 0)
                return t[k].v;
    return 0;
}

double number_unit(const struct words *w, size_t i)
{
    return LOOK(units, w, i);
}

bool number_word(const struct words *w, size_t i)
{
    if (i >= w->n)
        return false;
    return w->at[i].digits || LOOK(units, w, i) > 0 || LOOK(teens, w, i) > 0 || LOOK(tens, w, i) > 0 || LOOK(scales, w, i) > 0 ||
           word_in(w, i, "zero hundred dozen half");
}

/* 1..99 in words, or a number in digits. */
static size_t read_small(const struct words *w, size_t i, double *v)
{
    double t, u;

    if (i >= w->n)
        return 0;
    if (w->at[i].digits && w->at[i].minute < 0) {
        *v = w->at[i].num;
        return 1;
    }
    if ((t = LOOK(tens, w, i)) > 0) {
        u = LOOK(units, w, i + 1);
        *v = t + u;
        return u > 0 ? 2 : 1;
    }
    if ((*v = LOOK(teens, w, i)) > 0 || (*v = LOOK(units, w, i)) > 0)
        return 1;
    return 0;
}

/* "point five", "point two five" after a small number. */
static size_t read_decimals(const struct words *w, size_t i, double *v)
{
    double place = 0.1, d;
    size_t n = 1;

    if (!word_is(w, i, "point"))
        return 0;
    while ((d = LOOK(units, w, i + n)) > 0 || word_in(w, i + n, "zero oh") || (i + n < w->n && w->at[i + n].digits && n == 1)) {
        if (w->at[i + n].digits)
            d = w->at[i + n].num;
        *v += d * place;
        place /= 10;
        n++;
    }
    return n > 1 ? n : 0;
}

static bool is_round_ten(double v)
{
    return v >= 20 && fmod(v, 10) == 0;
}

/* A second part that makes hundreds of the first: "thirteen eighty", "four forty", "two oh five", "twenty twelve"; not "thirty forty",
 * which is a range. "Forty nine ninety nine" is a price with cents. */
static size_t read_pair(const struct words *w, size_t i, double first, double *v)
{
    double second;
    bool split;
    size_t n;

    if (first < 1 || first > 99 || first != floor(first) || i >= w->n || w->at[i].digits || w->at[i - 1].digits || w->at[i - 1].ends)
        return 0;
    if (word_in(w, i, "oh o") && (second = LOOK(units, w, i + 1)) > 0) {
        *v = first * 100 + second;
        return 2;
    }
    n = read_small(w, i, &second);
    split = n == 2 && word_is(w, i + 2, "hundred");
    if (split) { /* "one fifty two hundred": 150, then 200 */
        second -= fmod(second, 10);
        n = 1;
    }
    if (n == 0 || second < 10 || (is_round_ten(first) && is_round_ten(second) && second > first))
        return 0;
    if (!split && (word_is(w, i + n, "hundred") || (first >= 10 && second > first && LOOK(scales, w, i + n) > 0))) /* "ten twenty thousand" are two */
        return 0;
    *v = first > 20 && !is_round_ten(first) && (second == 99 || second == 95) ? first + second / 100 : first * 100 + second;
    return n;
}

static size_t written_length(const struct words *w, size_t i)
{
    return (size_t)(w->at[i].to - w->at[i].from);
}

static bool is_scale(const struct words *w, size_t i)
{
    return LOOK(scales, w, i) > 0 || word_in(w, i, "hundred hundreds");
}

/* A recogniser's "4 50" and "1 500", as it heard "four fifty" and "one thousand five hundred". */
static size_t read_written_pair(const struct words *w, size_t i, double first, double *v)
{
    size_t n = i < w->n && w->at[i].digits ? written_length(w, i) : 0;
    double second = n ? w->at[i].num : 0;

    if ((n != 2 && n != 3) || w->at[i].minute >= 0 || !w->at[i - 1].digits || w->at[i - 1].ends || w->at[i].from != w->at[i - 1].to + 1 || is_scale(w, i + 1) ||
        second != floor(second))
        return 0;
    if (n == 3 ? written_length(w, i - 1) > 2 : (first > 99 || (second < 10 && second > 0) || (is_round_ten(first) && is_round_ten(second) && second > first)))
        return 0;
    *v = first * (n == 3 ? 1000 : 100) + second;
    return 1;
}

/* "between eight hundred and twelve hundred": the "and" belongs to the range. */
static bool parts_range(const struct words *w, size_t i, size_t n, size_t k)
{
    return k > n && i > 0 && word_is(w, i - 1, "between");
}

/* What stands behind "hundred": "two hundred [and] fifty". */
static size_t read_rest(const struct words *w, size_t i, size_t n, double *v)
{
    size_t k = n + word_is(w, i + n, "and"), used;
    double rest = 0;

    if (i + k >= w->n || w->at[i + k].digits || w->at[i + n - 1].ends || parts_range(w, i, n, k))
        return 0;
    used = read_small(w, i + k, &rest);
    if (used == 0 || word_in(w, i + k + used, "hundred hundreds") || (word_is(w, i + k + used, "and") && word_is(w, i + k + used + 1, "a")))
        return 0;
    *v += rest;
    return k - n + used;
}

/* Is the "hundred" or "thousand" at word i a number of its own? Not in "a few hundred". */
static bool stands_alone(const struct words *w, size_t i)
{
    return i == 0 || !(word_in(w, i - 1, "few couple several hundred of half quarter low mid high a an") || number_word(w, i - 1));
}

/* Under a thousand, or hundreds up to 9900: "nineteen hundred and fifty", "a hundred", "hundred". */
static size_t read_hundreds(const struct words *w, size_t i, double *v, bool *scaled)
{
    double small = 0;
    size_t n;

    if (word_in(w, i, "a an") && word_is(w, i + 1, "hundred"))
        small = n = 1;
    else if (word_is(w, i, "hundred") && stands_alone(w, i))
        small = 1, n = 0;
    else if ((n = read_small(w, i, &small)) == 0 && !(word_is(w, i, "point") && number_word(w, i + 1)))
        return 0;
    *v = small;
    n += read_decimals(w, i + n, v);
    if (!word_in(w, i + n, "hundred hundreds"))
        return n + (w->at[i + n - 1].digits ? read_written_pair(w, i + n, small, v) : read_pair(w, i + n, small, v));
    *scaled = true;
    *v *= 100;
    n++;
    return n + read_rest(w, i, n, v);
}

/* "half a million", "a quarter of a million", "three quarters of a million", "half a dozen". */
static size_t read_fraction(const struct words *w, size_t i, struct amount *a)
{
    size_t n = word_in(w, i, "a three") && word_in(w, i + 1, "quarter quarters half");
    double part = n && word_is(w, i, "three") ? 0.75 : 0.25, scale;

    if (word_is(w, i + n, "half") && part < 0.5)
        part = 0.5;
    else if (!word_in(w, i + n, "quarter quarters"))
        return 0;
    n++;
    n += word_is(w, i + n, "of");
    n += word_in(w, i + n, "a an");
    scale = word_is(w, i + n, "dozen") ? 12 : LOOK(scales, w, i + n);
    if (scale <= 0)
        return 0;
    a->value = part * scale;
    a->scaled = scale >= 1000;
    a->big = scale >= 1000;
    a->slang = word_in(w, i + n, "grand k");
    return n + 1;
}

static void multiply(struct amount *a, double by)
{
    a->value *= by;
    a->low *= by;
    a->high *= by;
}

/* "and a half", "and a quarter": words used. */
static size_t read_part_more(const struct words *w, size_t i, double *part)
{
    if (!word_is(w, i, "and") || !word_is(w, i + 1, "a") || !word_in(w, i + 2, "half quarter"))
        return 0;
    *part = word_is(w, i + 2, "half") ? 0.5 : 0.25;
    return 3;
}

/* What follows a thousand: "twelve thousand [and] five hundred". */
static size_t read_below_thousand(const struct words *w, size_t i, struct amount *a)
{
    size_t skip = word_is(w, i, "and"), n;
    bool scaled = false;
    double rest = 0;

    if (i + skip >= w->n || w->at[i - 1].ends)
        return 0;
    n = read_hundreds(w, i + skip, &rest, &scaled);
    if (n == 0 || rest >= 1000 || rest < (w->at[i + skip].digits ? 100 : 10) || LOOK(scales, w, i + skip + n) > 0)
        return 0;
    a->value += rest;
    return skip + n;
}

/* "thousand", "hundred" after a vague word, "and a half" before or behind a scale; and what follows a thousand. */
static size_t read_scale(const struct words *w, size_t i, struct amount *a)
{
    size_t n = 0, k;
    double scale, part = 0;

    if (a->range && word_in(w, i, "hundred hundreds")) {
        multiply(a, 100);
        a->scaled = true;
        n = 1;
    } else if ((n = read_part_more(w, i, &part))) {
        a->value += part;
        if (word_is(w, i + n, "hundred")) {
            a->value *= 100;
            a->scaled = true;
            return n + 1;
        }
    }
    scale = LOOK(scales, w, i + n);
    if (scale <= 0 || (word_is(w, i + n, "m") && !w->at[i + n - 1].digits))
        return n;
    multiply(a, scale);
    a->slang |= word_in(w, i + n, "grand k gs");
    a->scaled = a->big = true;
    n++;
    if ((k = read_part_more(w, i + n, &part))) {
        a->value += part * scale;
        return n + k;
    }
    return scale != 1e3 || a->range ? n : n + read_below_thousand(w, i + n, a);
}

/* "two, um, two and a half thousand", "fifteen fifteen hundred": words of a number that is begun again. */
static size_t begun_again(const struct words *w, size_t i)
{
    double v, again;
    size_t n = i < w->n && !w->at[i].digits ? read_small(w, i, &v) : 0, m;

    if (n == 0 || (m = read_small(w, i + n, &again)) == 0 || v != again)
        return 0;
    if (word_in(w, i + n + m, "hundred point") || LOOK(scales, w, i + n + m) > 0 || (word_is(w, i + n + m, "and") && word_is(w, i + n + m + 1, "a")))
        return n;
    return 0;
}

static size_t read_counted(const struct words *w, size_t i, struct amount *a)
{
    bool scaled = false;
    size_t n = number_vague(w, i, a);

    if (n == 0)
        n = read_hundreds(w, i, &a->value, &scaled);
    a->scaled = scaled;
    if (n == 0 && word_in(w, i, "a an") && word_in(w, i + 1, "thousand grand million k mil")) {
        a->value = 1;
        n = 1;
    } else if (n == 0 && word_in(w, i, "thousand grand") && stands_alone(w, i)) { /* "thousand a month" */
        a->value = 1;
        return read_scale(w, i, a);
    }
    return n ? n + read_scale(w, i + n, a) : 0;
}

size_t number_read(const struct words *w, size_t i, struct amount *out)
{
    struct amount a = { 0 };
    size_t skip = begun_again(w, i), n = 0;

    if (word_in(w, i, "zero nil")) {
        n = 1;
    } else if ((n = read_fraction(w, i + skip, &a)) == 0 && (n = number_figures(w, i + skip, &a)) == 0 && (n = number_heaps(w, i + skip, &a)) == 0 &&
               (n = read_counted(w, i + skip, &a)) == 0) {
        return 0;
    }
    if (!a.range)
        a.low = a.high = a.value;
    if (!(a.high <= NUMBER_MAX))
        return 0;
    a.has_low = a.has_high = true;
    a.from = a.core_from = i;
    a.to = a.core_to = i + skip + n;
    *out = a;
    return skip + n;
}

void amount_spread(struct amount *a)
{
    if (!a->approx || a->range || a->bounded)
        return;
    a->low = a->value * 0.9;
    a->high = a->value * 1.1;
}
