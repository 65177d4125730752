/* number.c - plain numbers as they are spoken: digits, pairs, scales, fractions, vague words, figures. */
#include "talk/en/number.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

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
    { "m", 1e6 }, { "billion", 1e9 },
};

#define LOOK(table, w, i) look(table, sizeof table / sizeof *table, w, i)

static double look(const struct numeral *t, size_t n, const struct words *w, size_t i)
{
    if (i < w->n)
        for (size_t k = 0; k < n; k++)
            if (strcmp(t[k].s, w->at[i].s) == 0)
                return t[k].v;
    return 0;
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

/* A second two-digit part that makes hundreds of the first: "thirteen eighty", "four forty", "two fifty". */
static size_t read_pair(const struct words *w, size_t i, double first, double *v)
{
    double second;
    size_t n;

    if (first < 1 || first > 99 || fmod(first, 10) == 0 || i >= w->n || w->at[i].digits || w->at[i - 1].digits)
        return 0;
    n = read_small(w, i, &second);
    if (n == 0 || second < 10)
        return 0;
    *v = first * 100 + second;
    return n;
}

/* "between eight hundred and twelve hundred": the "and" belongs to the range. */
static bool parts_range(const struct words *w, size_t i, size_t n, size_t k)
{
    return k > n && i > 0 && word_is(w, i - 1, "between");
}

/* Under a thousand, or hundreds up to 9900: "nineteen hundred and fifty". */
static size_t read_hundreds(const struct words *w, size_t i, double *v, bool *scaled)
{
    double small = 0, rest = 0;
    size_t n, k;

    if (word_in(w, i, "a an") && word_in(w, i + 1, "hundred")) {
        small = 1;
        n = 1;
    } else {
        n = read_small(w, i, &small);
    }
    if (n == 0)
        return 0;
    *v = small;
    n += read_decimals(w, i + n, v);
    if (word_in(w, i + n, "hundred hundreds")) {
        *scaled = true;
        *v *= 100;
        n++;
        k = n + word_is(w, i + n, "and");
        if (i + k < w->n && !w->at[i + k].digits) {
            size_t used = parts_range(w, i, n, k) ? 0 : read_small(w, i + k, &rest);

            if (used && word_in(w, i + k + used, "hundred hundreds"))
                used = 0;
            if (used && LOOK(scales, w, i + k + used) == 0) {
                *v += rest;
                n = k + used;
            } else if (used && word_in(w, i + k + used, "thousand")) {
                *v += rest; /* "two hundred fifty thousand" */
                n = k + used;
            }
        }
        return n;
    }
    return n + read_pair(w, i + n, small, v);
}

/* "half a million", "a quarter of a million", "half a dozen". */
static size_t read_fraction(const struct words *w, size_t i, struct amount *a)
{
    size_t n = 0;
    double part = 0, scale;

    if (word_is(w, i, "half") && word_in(w, i + 1, "a an")) {
        part = 0.5;
        n = 2;
    } else if (word_is(w, i, "quarter") && word_is(w, i + 1, "of") && word_is(w, i + 2, "a")) {
        part = 0.25;
        n = 3;
    } else if (word_is(w, i, "quarter") && word_in(w, i + 1, "million mil")) {
        part = 0.25;
        n = 1;
    } else {
        return 0;
    }
    scale = word_is(w, i + n, "dozen") ? 12 : LOOK(scales, w, i + n);
    if (scale <= 0)
        return 0;
    a->value = part * scale;
    a->scaled = scale >= 1000;
    a->big = scale >= 1000;
    a->slang = word_in(w, i + n, "grand k");
    return n + 1;
}

/* "a couple", "a few", "several", "a dozen", with their usual spread. */
static size_t read_vague(const struct words *w, size_t i, struct amount *a)
{
    static const struct { const char *s; double v, low, high; } vague[] = {
        { "couple", 2, 2, 3 }, { "few", 3, 3, 5 }, { "several", 5, 4, 7 }, { "dozen", 12, 12, 12 },
    };
    size_t n = word_is(w, i, "a");

    for (size_t k = 0; k < sizeof vague / sizeof *vague; k++) {
        if (!word_is(w, i + n, vague[k].s))
            continue;
        a->value = vague[k].v;
        a->low = vague[k].low;
        a->high = vague[k].high;
        a->approx = a->range = k < 3;
        n++;
        return n + (word_is(w, i + n, "of") && !word_in(w, i + n + 1, "people us them"));
    }
    return 0;
}

/* "four figures", "low five figures", "mid to high five figures" (taken as high). */
static size_t read_figures(const struct words *w, size_t i, struct amount *a)
{
    double low = 1, high = 10, figures, base;
    size_t n = 0;

    while (word_in(w, i + n, "low mid middle high upper lower to")) {
        if (word_in(w, i + n, "low lower"))
            low = 1, high = 3;
        else if (word_in(w, i + n, "mid middle"))
            low = 4, high = 6;
        else if (word_in(w, i + n, "high upper"))
            low = 7, high = 9;
        n++;
    }
    figures = LOOK(units, w, i + n);
    if (figures == 0 && i + n < w->n && w->at[i + n].digits)
        figures = w->at[i + n].num;
    if (figures < 2 || figures > 9 || !word_in(w, i + n + 1, "figures figure"))
        return 0;
    base = pow(10, figures - 1);
    a->low = low * base;
    a->high = high * base;
    a->value = (a->low + a->high) / 2;
    a->approx = a->range = a->scaled = a->big = a->slang = true;
    return n + 2;
}

static void multiply(struct amount *a, double by)
{
    a->value *= by;
    a->low *= by;
    a->high *= by;
}

/* "thousand", "hundred" after a vague word, "and a half" before a scale; and what follows a thousand. */
static size_t read_scale(const struct words *w, size_t i, struct amount *a)
{
    double scale, rest = 0;
    size_t n = 0, used;
    bool scaled = false;

    if (a->range && word_in(w, i, "hundred hundreds")) {
        multiply(a, 100);
        a->scaled = true;
        return 1;
    }
    if (word_is(w, i, "and") && word_is(w, i + 1, "a") && word_is(w, i + 2, "half")) {
        a->value += 0.5;
        n = 3;
    } else if (word_is(w, i, "and") && word_is(w, i + 1, "a") && word_is(w, i + 2, "quarter")) {
        a->value += 0.25;
        n = 3;
    }
    scale = LOOK(scales, w, i + n);
    if (scale <= 0 || (word_is(w, i + n, "m") && !w->at[i + n - 1].digits))
        return n;
    multiply(a, scale);
    a->slang |= word_in(w, i + n, "grand k");
    a->scaled = a->big = true;
    n++;
    if (scale == 1e6 && (word_is(w, i + n, "and") && word_is(w, i + n + 1, "a") && word_is(w, i + n + 2, "half"))) {
        a->value += scale / 2;
        return n + 3;
    }
    if (scale != 1e3 || a->range)
        return n;
    used = word_is(w, i + n, "and") ? 1 : 0;
    if (i + n + used < w->n && w->at[i + n + used].digits)
        return n;
    if (i + n > 0 && i + n - 1 < w->n && w->at[i + n - 1].ends)
        return n;
    scale = (double)read_hundreds(w, i + n + used, &rest, &scaled);
    if (scale > 0 && rest < 1000 && rest >= 10 && LOOK(scales, w, i + n + used + (size_t)scale) == 0) {
        a->value += rest;
        n += used + (size_t)scale;
    }
    return n;
}

size_t number_read(const struct words *w, size_t i, struct amount *out)
{
    struct amount a = { 0 };
    size_t n;
    bool scaled = false, bare = false;

    if ((n = read_fraction(w, i, &a)) == 0 && (n = read_figures(w, i, &a)) == 0) {
        if ((n = read_vague(w, i, &a)) == 0) {
            n = read_hundreds(w, i, &a.value, &scaled);
            if (n == 0 && word_in(w, i, "a an") && word_in(w, i + 1, "thousand grand million k")) {
                a.value = 1;
                n = 1;
            }
            bare = n == 0 && word_in(w, i, "thousand grand") && !word_in(w, i - (i > 0), "few couple several hundred of");
            if (bare) /* "thousand a month" */
                a.value = 1;
            if (n == 0 && word_is(w, i, "zero")) {
                *out = a;
                out->from = out->core_from = i;
                out->to = out->core_to = i + 1;
                out->has_low = out->has_high = true;
                return 1;
            }
            a.scaled = scaled;
        }
        if (n == 0 && !bare)
            return 0;
        n += read_scale(w, i + n, &a);
    }
    if (!a.range)
        a.low = a.high = a.value;
    a.has_low = a.has_high = true;
    a.from = a.core_from = i;
    a.to = a.core_to = i + n;
    *out = a;
    return n;
}

void amount_spread(struct amount *a)
{
    if (!a->approx || a->range || a->bounded)
        return;
    a->low = a->value * 0.9;
    a->high = a->value * 1.1;
}
