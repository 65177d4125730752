/* money_parts.c - amounts that are reckoned from others: dollars and cents, so much a head times twelve, half of that. */
#include <string.h>

#include "talk/en/money.h"

#include "base/banned.h"

enum { NOUN_REACH = 3, DERIVED_WORDS_MAX = 10 };

static void multiply(struct amount *a, double by)
{
    a->value *= by;
    a->low *= by;
    a->high *= by;
}

static void add(struct amount *a, double more)
{
    a->value += more;
    a->low += more;
    a->high += more;
}

/* Does a price end at word i? Not where the number before it counts something ("twelve people"). */
static bool ends_price(const struct words *w, size_t i)
{
    const char *period;

    return i >= w->n || w->at[i - 1].ends || word_in(w, i, "each apiece and but or max tops total") || word_in(w, i, "a per") || money_period(w, i, &period) > 0;
}

/* "fifty" behind "two dollars [and]": its words, 0 for anything else. */
static size_t cents_at(const struct words *w, size_t i, double *cents)
{
    struct amount a;
    size_t lead = word_is(w, i, "and"), n = number_read(w, i + lead, &a);

    if (n == 0 || a.scaled || a.range || a.value < 1 || a.value > 99)
        return 0;
    if (word_in(w, i + lead + n, "cent cents"))
        n++;
    else if (lead || a.value < 10 || !ends_price(w, i + lead + n))
        return 0;
    *cents = a.value;
    return lead + n;
}

void money_take_cents(struct candidate *c, const struct words *w)
{
    size_t before = c->a.core_from, at = c->to, n;
    double cents;

    if (before > 1 && word_in(w, before - 1, "buck dollar") && word_in(w, before - 2, "a one") && !c->a.scaled && c->a.value < 100) { /* "a buck fifty" */
        multiply(&c->a, 0.01);
        add(&c->a, 1);
        c->a.from = c->from = before - 2;
        c->currency = "USD";
        c->to += word_in(w, c->to, "cent cents");
    } else if (word_in(w, at, "cent cents")) {
        multiply(&c->a, 0.01);
        c->currency = "USD";
        c->to++;
        c->a.to = c->to;
    } else if (word_in(w, at, "dollar dollars buck bucks") && !c->a.range && !w->at[at].ends && (n = cents_at(w, at + 1, &cents))) {
        add(&c->a, cents / 100);
        c->currency = "USD";
        c->a.to = c->to = at + 1 + n;
    }
}

/* The noun that was multiplied by: "twelve reps", "ten active users". */
static size_t noun_at(const struct words *w, size_t i)
{
    for (size_t k = i; k < w->n && k < i + NOUN_REACH && !(k > i && w->at[k - 1].ends); k++)
        if (word_in(w, k, "reps users people seats heads agents employees locations stores offices shops branches sites clinics trucks months staff technicians drivers calls leads"))
            return k + 1 - i;
    return 0;
}

void money_take_product(struct candidate *c, const struct words *w)
{
    size_t i = c->to + word_in(w, c->to, "and so"), n;
    struct amount by;
    const char *period;

    if (word_is(w, i, "multiplied") && word_is(w, i + 1, "by"))
        i++;
    else if (!word_in(w, i, "times x"))
        return;
    n = number_read(w, i + 1, &by);
    if (n == 0 || by.range || by.value < 1)
        return;
    multiply(&c->a, by.value);
    c->each = EACH_NONE;
    i += 1 + n;
    i += noun_at(w, i);
    if ((n = money_period(w, i, &period))) {
        c->period = period;
        i += n;
    }
    c->to = c->a.to = i;
}

/* "Half of that", "a third of that", "twice that", "three times that": words used. */
static size_t factor_at(const struct words *w, size_t i, double *factor)
{
    static const struct { const char *word; double factor; } factors[] = {
        { "half", 0.5 }, { "third", 1.0 / 3 }, { "quarter", 0.25 }, { "twice", 2 }, { "double", 2 }, { "triple", 3 },
    };
    size_t n = word_in(w, i, "a one"), used;
    struct amount a;

    for (size_t k = 0; k < sizeof factors / sizeof *factors; k++)
        if (word_is(w, i + n, factors[k].word)) {
            *factor = factors[k].factor;
            n++;
            n += word_is(w, i + n, "of");
            return word_in(w, i + n, "that it this") && !number_word(w, i + n + 1) ? n + 1 : 0;
        }
    used = number_read(w, i, &a);
    if (used == 0 || !word_is(w, i + used, "times") || !word_in(w, i + used + 1, "that it this") || a.value > 100)
        return 0;
    *factor = a.value;
    return used + 2;
}

static bool holds_number(const struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (number_word(w, i) && !word_in(w, i, "half one"))
            return true;
    return false;
}

size_t money_derived(struct candidate *c, const struct reading *r, size_t i, const struct candidate *of)
{
    double factor;
    size_t n = factor_at(&r->w, i, &factor);

    if (n == 0 || (of == NULL && (r->price <= 0 || holds_number(&r->w) || r->w.n > DERIVED_WORDS_MAX)))
        return 0;
    if (of)
        *c = *of;
    else
        *c = (struct candidate){ .a = { .value = r->price, .low = r->price, .high = r->price, .has_low = true, .has_high = true }, .period = "month" };
    multiply(&c->a, factor);
    c->spent = c->gone = c->other = c->denied = false;
    c->derived = true;
    c->from = c->a.from = c->a.core_from = i;
    c->to = c->a.to = c->a.core_to = i + n;
    return n;
}
