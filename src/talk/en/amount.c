/* amount.c - numbers in their surroundings: ranges, hedges and bounds. */
#include <string.h>

#include "talk/en/number.h"

#include "base/banned.h"

/* Phrases of one to four words, and how they bound or blur the number beside them. */
struct beside { const char *words[4]; };

static const struct beside hedges[] = {
    { { "about" } }, { { "around" } }, { { "roughly" } }, { { "approximately" } }, { { "maybe" } }, { { "somewhere", "around" } },
    { { "something", "like" } }, { { "ballpark" } }, { { "close", "to" } }, { { "nearly" } }, { { "almost" } }, { { "circa" } },
    { { "in", "the", "region", "of" } }, { { "give", "or", "take" } }, { { "somewhere", "near" } }, { { "perhaps" } },
    { { "more", "or", "less" } }, { { "in", "the", "neighborhood", "of" } }, { { "on", "the", "order", "of" } },
    { { "the", "neighborhood", "of" } }, { { "the", "ballpark", "of" } },
};
static const struct beside hedges_after[] = {
    { { "or", "so" } }, { { "ish" } }, { { "give", "or", "take" } }, { { "roughly" } }, { { "or", "thereabouts" } }, { { "ballpark" } },
    { { "more", "or", "less" } }, { { "approximately" } }, { { "maybe" } }, { { "thereabouts" } }, { { "something", "like", "that" } },
    { { "or", "something" } }, { { "around", "there" } }, { { "or", "around", "there" } }, { { "or", "around", "that" } },
};
static const struct beside uppers[] = {
    { { "up", "to" } }, { { "under" } }, { { "below" } }, { { "less", "than" } }, { { "no", "more", "than" } }, { { "not", "more", "than" } },
    { { "at", "most" } }, { { "maximum" } }, { { "max" } }, { { "not", "over" } }, { { "maximum", "of" } }, { { "max", "of" } },
    { { "nothing", "over" } }, { { "nothing", "above" } }, { { "not", "above" } }, { { "not", "exceed" } }, { { "capped", "at" } },
    { { "cap", "of" } }, { { "ceiling", "of" } }, { { "can", "not", "exceed" } }, { { "limit", "of" } }, { { "as", "much", "as" } },
    { { "within" } }, { { "inside", "of" } }, { { "fewer", "than" } }, { { "not", "go", "over" } }, { { "not", "go", "above" } },
    { { "limit", "is" } }, { { "cap", "is" } }, { { "ceiling", "is" } }, { { "max", "is" } }, { { "maximum", "is" } }, { { "stay", "under" } },
    { { "max", "out", "at" } }, { { "top", "out", "at" } }, { { "tops", "out", "at" } }, { { "cap", "it", "at" } },
};
static const struct beside uppers_after[] = {
    { { "tops" } }, { { "max" } }, { { "maximum" } }, { { "at", "most" } }, { { "at", "the", "most" } }, { { "or", "less" } },
    { { "or", "under" } }, { { "at", "the", "outside" } }, { { "as", "a", "maximum" } }, { { "and", "no", "more" } },
    { { "is", "the", "max" } }, { { "is", "our", "limit" } }, { { "is", "the", "limit" } }, { { "or", "below" } },
    { { "is", "our", "max" } }, { { "is", "the", "ceiling" } },
};
static const struct beside lowers[] = {
    { { "at", "least" } }, { { "north", "of" } }, { { "more", "than" } }, { { "over" } }, { { "above" } }, { { "upwards", "of" } },
    { { "upward", "of" } }, { { "minimum" } }, { { "minimum", "of" } }, { { "not", "less", "than" } }, { { "no", "less", "than" } },
    { { "starting", "at" } }, { { "a", "minimum", "of" } }, { { "in", "excess", "of" } }, { { "well", "over" } },
};
static const struct beside lowers_after[] = {
    { { "plus" } }, { { "or", "more" } }, { { "and", "up" } }, { { "minimum" } }, { { "at", "least" } }, { { "and", "above" } },
    { { "or", "above" } }, { { "or", "higher" } }, { { "or", "up" } }, { { "at", "a", "minimum" } },
};

#define BEFORE(table, w, i) before(table, sizeof table / sizeof *table, w, i)
#define AFTER(table, w, i) after(table, sizeof table / sizeof *table, w, i)

static size_t length(const struct beside *b)
{
    size_t n = 0;

    while (n < 4 && b->words[n])
        n++;
    return n;
}

static bool stands_at(const struct beside *b, size_t n, const struct words *w, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (!word_is(w, i + k, b->words[k]))
            return false;
    return true;
}

/* Words of the longest entry that ends right before word i. */
static size_t before(const struct beside *t, size_t count, const struct words *w, size_t i)
{
    size_t best = 0;

    for (size_t k = 0; k < count; k++) {
        size_t n = length(&t[k]);

        if (n > best && n <= i && stands_at(&t[k], n, w, i - n))
            best = n;
    }
    return best;
}

static size_t after(const struct beside *t, size_t count, const struct words *w, size_t i)
{
    size_t best = 0;

    for (size_t k = 0; k < count; k++) {
        size_t n = length(&t[k]);

        if (n > best && stands_at(&t[k], n, w, i))
            best = n;
    }
    return best;
}

static bool money_sign(const struct words *w, size_t i)
{
    return word_in(w, i, "$ pounds euros usd");
}

/* A number, with an optional currency sign before it. */
static size_t read_signed(const struct words *w, size_t i, struct amount *a)
{
    size_t sign = money_sign(w, i) && i + 1 < w->n && w->at[i + 1].digits;
    size_t n = number_read(w, i + sign, a);

    if (n == 0)
        return 0;
    a->from = i;
    a->dollar = sign;
    return n + sign;
}

/* Twenty-ascending without a word between: "thirty forty thousand", "two three weeks". */
static bool ascends(const struct amount *a, const struct amount *b, const struct words *w)
{
    double x = a->value, y = b->value;
    bool next_unit = x >= 1 && x < 10 && y == x + 1;
    bool round = x >= 10 && x < 100 && (int)x % 10 == 0 && y > x && y < 100 && (int)y % 10 == 0;
    bool to_scale = b->scaled && !a->scaled;

    if (w->at[a->to - 1].digits || a->scaled || a->range)
        return false;
    if (to_scale) {
        double s = b->big ? (b->value >= 1e6 ? 1e6 : 1e3) : 100;

        y /= s;
        next_unit = x >= 1 && x < 10 && y == x + 1;
        round = x >= 10 && x < 100 && y > x && y < 100;
        return next_unit || round;
    }
    return (next_unit || round) && word_in(w, b->to, "day days week weeks month months year years quarters hundred");
}

static size_t joint(const struct words *w, size_t i, bool between)
{
    if (word_in(w, i, "to or through till until") || (between && word_is(w, i, "and")))
        return 1 + word_in(w, i + 1, "maybe perhaps even possibly");
    if (word_is(w, i, "maybe"))
        return 1;
    return 0;
}

/* The scale of the second part reaches the first: "nine to twelve thousand". */
static void share_scale(struct amount *a, const struct amount *b)
{
    double s = b->value >= 1e6 ? 1e6 : b->big ? 1e3 : 100;

    if (b->scaled && !a->scaled && a->value * s < b->value) {
        a->value *= s;
        a->low *= s;
        a->high *= s;
    }
}

static void join(struct amount *a, const struct amount *b)
{
    share_scale(a, b);
    if (b->value <= a->value)
        return;
    a->low = a->low < a->value ? a->low : a->value;
    a->high = b->high;
    a->value = (a->low + a->high) / 2;
    a->range = true;
    a->scaled |= b->scaled;
    a->big |= b->big;
    a->slang |= b->slang;
    a->dollar |= b->dollar;
    a->to = a->core_to = b->to;
}

static void read_range(const struct words *w, struct amount *a, bool between)
{
    struct amount b;
    size_t unit = word_in(w, a->to, "dollars bucks pounds euros quid weeks months days years week month"), j;
    size_t at = a->to + unit;

    if (a->to && w->at[a->to - 1].ends && !between && !(word_is(w, at, "maybe") && number_word(w, at + 1)))
        return;
    j = joint(w, at, between);
    if (unit && j == 0)
        return;
    if (j == 0 && (number_word(w, at) || word_in(w, at, "a"))) {
        if (read_signed(w, at, &b) && ascends(a, &b, w))
            join(a, &b);
        return;
    }
    if (j == 0 || read_signed(w, at + j, &b) == 0)
        return;
    if (b.value * 1000 <= a->value || (b.value <= a->value && !(a->scaled && b.scaled)))
        return;
    if (word_is(w, at, "or") && b.value > a->value * 3 && !b.scaled)
        return;
    if (word_is(w, at, "maybe") && !between && b.value > a->value * 2 && !(b.scaled && !a->scaled))
        return;
    join(a, &b);
}

/* "I don't think we'd go over two thousand" bounds from above. */
static bool denied(const struct words *w, size_t i)
{
    for (size_t k = i; k > 0 && i - k < 7 && !w->at[k - 1].ends; k--)
        if (word_in(w, k - 1, "not never"))
            return true;
    return false;
}

static size_t take_before(const struct words *w, struct amount *a)
{
    size_t n, i = a->from;

    if ((n = BEFORE(lowers, w, i)) && !BEFORE(uppers, w, i) && denied(w, i - n) && word_in(w, i - n, "over above more north")) {
        a->value = a->high;
        a->low = 0;
        a->bounded = true;
    } else if (n && !BEFORE(uppers, w, i)) {
        if (!a->range || a->low == a->value)
            a->low = a->value;
        a->value = a->low;
        a->has_high = false;
        a->bounded = true;
    } else if ((n = BEFORE(uppers, w, i))) {
        a->value = a->high;
        a->low = 0;
        a->bounded = true;
    } else if ((n = BEFORE(hedges, w, i))) {
        a->approx = true;
    }
    a->from -= n;
    return n;
}

static size_t take_after(const struct words *w, struct amount *a, size_t i)
{
    size_t n;

    if ((n = AFTER(uppers_after, w, i))) {
        a->value = a->high;
        a->low = 0;
        a->bounded = true;
    } else if ((n = AFTER(lowers_after, w, i))) {
        a->value = a->low;
        a->has_high = false;
        a->bounded = true;
    } else if ((n = AFTER(hedges_after, w, i)) && !(word_is(w, i, "maybe") && number_word(w, i + 1))) {
        a->approx = true;
    }
    else
        n = 0;
    if (n && i + n > a->to)
        a->to = i + n;
    return n;
}

size_t amount_take_before(const struct words *w, struct amount *a)
{
    size_t n, all = 0;

    while ((n = take_before(w, a)))
        all += n;
    return all;
}

size_t amount_read(const struct words *w, size_t i, struct amount *out)
{
    struct amount a;
    bool between = i > 0 && word_in(w, i - 1, "between from");
    size_t n = read_signed(w, i, &a);

    if (n == 0)
        return 0;
    read_range(w, &a, between);
    if (between && a.range)
        a.from--;
    amount_take_before(w, &a);
    take_after(w, &a, a.to);
    *out = a;
    return a.core_to - i;
}

void amount_take_after(const struct words *w, struct amount *a, size_t i)
{
    take_after(w, a, i);
}
