/* date.c - calendar words as days from now: the prepositions and parts around what target.c reads. */
#include "talk/en/date.h"

#include <math.h>
#include <string.h>

#include "talk/en/target.h"

#include "base/banned.h"

enum preposition { PLAIN, IN, BY, AFTER, NOT_UNTIL };

static struct stretch third(struct stretch s, int part, bool month)
{
    int64_t n = s.last - s.first + 1;

    if (month) {
        int64_t from = s.first + part * 10;

        return date_stretch(from, part == 2 ? s.last : from + 9);
    }
    return date_stretch(s.first + n * part / 3, s.first + n * (part + 1) / 3 - 1);
}

static size_t preposition_at(const struct words *w, size_t i, enum preposition *p)
{
    *p = PLAIN;
    if (word_is(w, i, "not") && word_in(w, i + 1, "until till before")) {
        *p = NOT_UNTIL;
        return 2;
    }
    if (word_is(w, i, "not") && word_is(w, i + 1, "after")) {
        *p = BY;
        return 2;
    }
    if (word_in(w, i, "by before within until till")) {
        *p = BY;
        return 1;
    }
    if (word_in(w, i, "after past once following")) {
        *p = AFTER;
        return 1;
    }
    if (word_is(w, i, "no") && word_is(w, i + 1, "later") && word_is(w, i + 2, "than")) {
        *p = BY;
        return 3;
    }
    if (word_in(w, i, "in during around for on sometime somewhere come starting from")) {
        size_t n = 1;

        *p = IN;
        while (word_in(w, i + n, "in during around about time on like"))
            n++;
        return n;
    }
    return 0;
}

enum part { WHOLE, EARLY, MIDDLE, LATE, VERY_END };

static size_t part_at(const struct words *w, size_t i, enum part *part)
{
    size_t n = word_is(w, i, "the");

    *part = WHOLE;
    if (word_in(w, i + n, "early"))
        *part = EARLY;
    else if (word_in(w, i + n, "beginning start"))
        *part = word_is(w, i + n + 1, "of") ? EARLY : WHOLE;
    else if (word_in(w, i + n, "mid middle"))
        *part = MIDDLE;
    else if (word_in(w, i + n, "late later"))
        *part = LATE;
    else if (word_in(w, i + n, "end close") && word_is(w, i + n + 1, "of"))
        *part = VERY_END;
    if (*part == WHOLE)
        return 0;
    n++;
    n += word_is(w, i + n, "to") && word_in(w, i + n + 1, "late mid") ? 2 : 0;
    n += word_is(w, i + n, "in");
    n += word_is(w, i + n, "of");
    return n;
}

static struct stretch cut_part(struct stretch s, enum part part, const struct target *t, const struct date_now *now)
{
    int year, month, mday;

    date_civil(s.first, &year, &month, &mday);
    if (part == VERY_END)
        return date_stretch(s.last, s.last);
    if (part == WHOLE)
        return s;
    if (t->year && part == EARLY)
        return date_quarter_stretch(year, 1);
    if (t->year && part == LATE)
        return date_quarter_stretch(year, 4);
    (void)now;
    return third(s, part == EARLY ? 0 : part == MIDDLE ? 1 : 2, t->whole_month || s.last - s.first < 32);
}

static double from_now(int64_t day, const struct date_now *now)
{
    return day > now->day ? (double)(day - now->day) : 0;
}

static void resolve(struct span *out, struct stretch s, enum preposition p, enum part part, const struct target *t, const struct date_now *now)
{
    out->has_low = out->has_high = true;
    if (p == NOT_UNTIL || p == AFTER) {
        int64_t first = p == AFTER ? s.last + 1 : part == VERY_END ? s.last : s.first;

        out->value = out->low = from_now(first, now);
        out->has_high = false;
    } else if (p == BY) {
        int64_t last = t->whole_month && part == WHOLE ? s.first : (t->is_next || part == WHOLE) && !t->is_this && s.last - s.first > 1 ? s.first : s.last;

        if (!t->whole_month && (t->is_this || part != WHOLE))
            last = s.last;
        if (last <= now->day)
            last = s.last;
        out->value = out->high = from_now(last, now);
    } else if (t->is_this && part == WHOLE) {
        out->value = out->high = from_now(s.last, now);
    } else {
        out->low = from_now(s.first, now);
        out->high = from_now(s.last, now);
        out->value = floor((out->low + out->high) / 2);
    }
}

/* "year end", "month-end", "quarter end", "end of year". */
static size_t period_end_at(const struct words *w, size_t i, const struct date_now *now, struct target *t)
{
    int which;
    size_t n;

    memset(t, 0, sizeof *t);
    if (word_in(w, i + 1, "end ends") && (n = date_period_at(w, i, now, &t->s, &which, false)) == 1) {
        t->s = date_stretch(t->s.last, t->s.last);
        return 2;
    }
    return 0;
}

/* "once the fiscal year closes in june": the year ends there. Words used behind it. */
static size_t closing_month(struct target *t, const struct words *w, size_t i, const struct date_now *now)
{
    bool whole;

    for (size_t k = i; k < i + 3 && k + 1 < w->n; k++)
        if (word_in(w, k, "in at") && date_month_word(w, k + 1) && date_month_at(w, k + 1, now, &t->s, &whole))
            return k + 2 - i;
    return 0;
}

/* "in the next month", "over the coming weeks": from now on, not the calendar's next month. */
static size_t window_at(struct span *out, const struct words *w, size_t i)
{
    static const struct { const char *word; double days; } units[] = {
        { "week", 7 }, { "month", 30 }, { "quarter", 90 }, { "year", 365 }, { "weeks", 21 }, { "months", 90 },
    };
    bool plural = word_in(w, i + 3, "weeks months"), coming = word_in(w, i + 2, "next coming");

    if (!word_in(w, i, "in over within during") || !word_is(w, i + 1, "the") || !coming)
        return 0;
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (word_is(w, i + 3, units[k].word)) {
            *out = (struct span){ .value = units[k].days, .high = units[k].days, .has_low = true, .has_high = true, .approx = plural,
                                  .marked = true, .from = i, .to = i + 4 };
            return 4;
        }
    return 0;
}

/* "the first week of april", "last week of june". */
static size_t week_of_month(struct span *out, const struct words *w, size_t i, const struct date_now *now)
{
    static const char *const names[] = { "first 1st", "second 2nd", "third 3rd", "fourth 4th", "last" };
    struct stretch s;
    bool whole;
    size_t n = word_in(w, i, "in by"), m;

    n += word_is(w, i + n, "the");
    for (size_t k = 0; k < 5; k++) {
        if (!word_in(w, i + n, names[k]) || !word_is(w, i + n + 1, "week") || !word_in(w, i + n + 2, "of in"))
            continue;
        m = date_month_at(w, i + n + 3, now, &s, &whole);
        if (m == 0 || !whole)
            return 0;
        *out = (struct span){ .low = from_now(k == 4 ? s.last - 6 : s.first + 7 * (int64_t)k, now), .has_low = true, .has_high = true,
                              .marked = true, .from = i, .to = i + n + 3 + m };
        out->high = out->low + 6;
        out->value = floor((out->low + out->high) / 2);
        return n + 3 + m;
    }
    return 0;
}

size_t date_span(struct span *out, const struct words *w, size_t i, const struct date_now *now)
{
    enum preposition p;
    enum part part;
    struct target t;
    size_t a = preposition_at(w, i, &p), b, n;

    memset(out, 0, sizeof *out);
    if ((n = window_at(out, w, i)) || (n = week_of_month(out, w, i, now)))
        return n;
    if (word_in(w, i, "last previous past every each since") && date_target_at(&t, w, i + 1, now, false)) {
        out->past = true;
        return 2;
    }
    a += a && word_is(w, i + a, "the") && word_in(w, i + a + 1, "year month quarter week") && word_is(w, i + a + 2, "end");
    if ((n = period_end_at(w, i + a, now, &t)) == 0) {
        b = part_at(w, i + a, &part);
        n = date_target_at(&t, w, i + a + b, now, part == WHOLE && p != BY && p != AFTER);
        if (n == 0 && part != WHOLE && p == PLAIN)
            return 0;
        n += n ? b : 0;
    } else {
        part = VERY_END;
    }
    if (n == 0 || (t.needs_mark && p == PLAIN && part == WHOLE && w->n > 2))
        return 0;
    if (p == PLAIN && part == WHOLE && word_in(w, i, "week month year"))
        return 0;
    if (p == AFTER && !w->n)
        return 0;
    if (p == AFTER && (b = closing_month(&t, w, i + a + n, now)))
        n += b;
    resolve(out, cut_part(t.s, part, &t, now), p, part, &t, now);
    out->from = i;
    out->to = i + a + n;
    out->marked = p != PLAIN || part != WHOLE || t.is_this || t.is_next;
    return a + n;
}
