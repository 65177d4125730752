/* number_vague.c - numbers that name no figure: "a couple", "several", "mid four figures", "high hundreds", "tens of thousands". */
#include <math.h>

#include "talk/en/number_priv.h"

#include "base/banned.h"

/* "a couple", "a few", "several", "a dozen", with their usual spread. */
size_t number_vague(const struct words *w, size_t i, struct amount *a)
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

static size_t read_parts(const struct words *w, size_t i, double *low, double *high)
{
    static const struct { const char *names; double low, high; } parts[] = { { "low lower", 1, 3 }, { "mid middle", 4, 6 }, { "high upper", 7, 9 } };
    size_t n = 0;

    *low = *high = 0;
    for (;;) {
        size_t k = 0;

        while (k < 3 && !word_in(w, i + n, parts[k].names))
            k++;
        if (k == 3)
            break;
        *low = *low > 0 ? *low : parts[k].low;
        *high = parts[k].high;
        n++;
        if (word_in(w, i + n, "to or") && word_in(w, i + n + 1, "mid middle high upper"))
            n++;
    }
    return n;
}

/* "four figures", "low five figures", "mid to high five figures", "low five", "high hundreds". */
size_t number_figures(const struct words *w, size_t i, struct amount *a)
{
    double low, high, figures, base;
    size_t n = read_parts(w, i, &low, &high), k;

    figures = number_unit(w, i + n);
    if (figures == 0 && i + n < w->n && w->at[i + n].digits)
        figures = w->at[i + n].num;
    k = n + 1;
    if (n && figures >= 1 && word_in(w, i + k, "hundreds thousands")) {
        base = word_is(w, i + k, "hundreds") ? 100 : 1000;
        *a = (struct amount){ .low = (figures + (low > 1 ? low / 10 : 0)) * base, .high = (figures + high / 10) * base, .scaled = true, .big = base > 100 };
        a->value = (a->low + a->high) / 2;
        a->approx = a->range = true;
        return k + 1;
    }
    if (figures >= 2 && figures <= 9 && word_in(w, i + k, "figures figure"))
        k++;
    else if (n && word_in(w, i + n, "hundreds thousands"))
        figures = word_is(w, i + n, "hundreds") ? 3 : 4;
    else if (n == 0 || figures < 3 || figures > 7 || figures != floor(figures) || number_word(w, i + k) || word_in(w, i + k, "k percent to or figure"))
        return 0;
    base = pow(10, figures - 1);
    a->low = (n ? low : 1) * base;
    a->high = (n ? high : 10) * base;
    a->value = (a->low + a->high) / 2;
    a->approx = a->range = a->scaled = a->big = a->slang = true;
    return k;
}

/* "tens of thousands", "hundreds of dollars". */
size_t number_heaps(const struct words *w, size_t i, struct amount *a)
{
    double base = word_is(w, i, "tens") ? 10 : word_is(w, i, "hundreds") ? 100 : 0;
    size_t n = 1;

    if (base == 0)
        return 0;
    if (word_is(w, i + 1, "of") && word_in(w, i + 2, "thousand thousands")) {
        base *= 1000;
        n = 3;
    } else if (base == 10) {
        return 0;
    }
    *a = (struct amount){ .low = base, .high = 9 * base, .value = 5 * base, .approx = true, .range = true, .scaled = true, .big = base >= 1000 };
    return n;
}
