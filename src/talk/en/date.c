/* date.c - calendar words as days from now: the prepositions and parts around what target.c reads. */
#include "talk/en/date.h"

#include <math.h>
#include <string.h>

#include "talk/en/number.h"
#include "talk/en/preposition.h"
#include "talk/en/target.h"

#include "base/banned.h"

static struct stretch third(struct stretch s, int part, bool month)
{
    int64_t n = s.last - s.first + 1;

    if (month) {
        int64_t from = s.first + part * 10;

        return date_stretch(from, part == 2 ? s.last : from + 9);
    }
    return date_stretch(s.first + n * part / 3, s.first + n * (part + 1) / 3 - 1);
}

enum part { WHOLE, EARLY, MIDDLE, LATE, VERY_END };

static enum part part_word(const struct words *w, size_t i)
{
    if (word_is(w, i, "early") || (word_in(w, i, "beginning start top") && word_is(w, i + 1, "of")) ||
        (word_in(w, i, "first early earlier") && word_is(w, i + 1, "part")))
        return EARLY;
    if (word_in(w, i, "mid middle midway halfway"))
        return MIDDLE;
    if (word_in(w, i, "late later") || (word_in(w, i, "latter later last back tail") && word_in(w, i + 1, "part end half") && !word_is(w, i + 1, "half")))
        return LATE;
    return word_in(w, i, "end close ends") && word_is(w, i + 1, "of") ? VERY_END : WHOLE;
}

/* "Late", "the beginning of"; "mid to late" reaches until the second. */
static size_t part_at(const struct words *w, size_t i, enum part *part, enum part *until)
{
    size_t n = word_is(w, i, "the");

    n += word_is(w, i + n, "very");
    *part = part_word(w, i + n);
    *until = WHOLE;
    if (*part == WHOLE)
        return 0;
    n++;
    n += word_in(w, i + n, "part end") && word_in(w, i + n + 1, "of in");
    if (word_in(w, i + n, "to or") && word_in(w, i + n + 1, "late mid")) {
        *until = part_word(w, i + n + 1);
        n += 2;
    }
    n += word_in(w, i + n, "in on through into");
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
    return third(s, part == EARLY ? 0 : part == MIDDLE ? 1 : 2, t->whole_month || (s.last - s.first > 26 && s.last - s.first < 32));
}

static double from_now(int64_t day, const struct date_now *now)
{
    return day > now->day ? (double)(day - now->day) : 0;
}

/* Last day of "by X": a month is meant by its first, what comes next by its first too, what runs by its last. */
static int64_t deadline(struct stretch s, enum part part, const struct target *t, const struct date_now *now)
{
    bool first = part == WHOLE && !t->is_this && (t->whole_month || s.last - s.first > 1);

    return first && s.first > now->day ? s.first : s.last;
}

static void resolve(struct span *out, struct stretch s, enum preposition p, enum part part, const struct target *t, const struct date_now *now)
{
    out->has_low = out->has_high = true;
    out->low = out->high = 0;
    if (p == NOT_UNTIL || p == AFTER) {
        int64_t first = p == AFTER ? s.last + 1 : part == VERY_END ? s.last : s.first;

        out->value = out->low = from_now(first, now);
        out->has_high = false;
    } else if (p == BY) {
        out->value = out->high = from_now(deadline(s, part, t, now), now);
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
    if (word_in(w, i, "eoy eom eoq eow")) {
        if (word_is(w, i, "eoy"))
            t->s = date_stretch(date_day(now->year, 12, 31), date_day(now->year, 12, 31));
        else if (word_is(w, i, "eom"))
            t->s = date_stretch(date_day(now->year, now->month + 1, 1) - 1, date_day(now->year, now->month + 1, 1) - 1);
        else if (word_is(w, i, "eoq"))
            t->s = date_quarter_stretch(now->year, (now->month - 1) / 3 + 1);
        else
            t->s = date_stretch(now->day - now->weekday + 4, now->day - now->weekday + 4);
        t->s.first = t->s.last;
        return 1;
    }
    n = date_period_at(w, i, now, &t->s, &which, false);
    if (n == 0 || !word_in(w, i + n, "end ends") || (which < 0 && n > 3))
        return 0;
    t->s = date_stretch(t->s.last, t->s.last);
    return n + 1;
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

/* One calendar thing with its part: "late june", "year end", "the end of q2". Words used. */
static size_t thing_at(struct stretch *s, struct target *t, enum part *part, const struct words *w, size_t i, const struct date_now *now, bool need_which)
{
    enum part until;
    size_t n, b;

    *part = WHOLE;
    if ((n = period_end_at(w, i, now, t))) {
        *part = VERY_END;
        *s = t->s;
        return n;
    }
    b = part_at(w, i, part, &until);
    n = date_target_at(t, w, i + b, now, *part == WHOLE && need_which);
    if (n == 0 || (*part != WHOLE && t->s.first == t->s.last))
        return 0;
    *s = cut_part(t->s, *part, t, now);
    if (until != WHOLE)
        s->last = cut_part(t->s, until, t, now).last;
    return b + n;
}

/* "June or july", "between may and july", "q3 to q4": the second thing. Words used. */
static size_t second_thing(struct stretch *s, const struct words *w, size_t i, size_t from, const struct date_now *now)
{
    bool between = from > 0 && word_in(w, from - 1, "between from");
    struct stretch second;
    struct target t;
    enum part part;
    size_t j = word_in(w, i, "or to through thru") || (between && word_is(w, i, "and")), n;

    j += j && word_in(w, i + j, "maybe even possibly actually");
    if (j == 0 && !(i < w->n && date_month_word(w, i) && w->at[i - 1].ends == false && !word_in(w, i, "may march")))
        return 0;
    n = thing_at(&second, &t, &part, w, i + j, now, true);
    if (n == 0 || second.first <= s->first || second.last - s->first > 400 || (t.needs_mark && j == 0))
        return 0;
    s->last = second.last;
    return j + n;
}

/* "A week from monday", "two months after easter": `days` after a calendar thing. Words used. */
size_t date_anchor(double *ahead, const struct words *w, size_t i, const struct date_now *now)
{
    struct target t;
    struct stretch s;
    enum part part;
    size_t n;

    if (!word_in(w, i, "from after"))
        return 0;
    if (word_in(w, i + 1, "now today"))
        return *ahead = 0, 2;
    n = thing_at(&s, &t, &part, w, i + 1, now, true);
    if (n == 0 || t.needs_mark)
        return 0;
    *ahead = from_now(s.last, now);
    return 1 + n;
}

static bool is_past(const struct words *w, size_t i, const struct date_now *now)
{
    struct target t;

    return word_in(w, i, "last previous past every each since") && !(word_in(w, i, "past last") && i > 0 && word_in(w, i - 1, "the") && word_is(w, i + 2, "of")) &&
           date_target_at(&t, w, i + 1, now, false) > 0;
}

size_t date_span_in(struct span *out, const struct words *w, size_t i, const struct date_now *now, bool clause)
{
    enum preposition p, behind;
    enum part part;
    struct target t;
    struct stretch s;
    size_t a = date_preposition_at(w, i, &p), n, more;

    memset(out, 0, sizeof *out);
    if ((n = window_at(out, w, i)) || (n = week_of_month(out, w, i, now)))
        return n;
    if (is_past(w, i, now)) {
        out->past = true;
        return 2;
    }
    n = thing_at(&s, &t, &part, w, i + a, now, p != BY && p != AFTER && p != NOT_UNTIL);
    if (n == 0 || (t.needs_mark && p == PLAIN && part == WHOLE && w->n > n + 1 && !(i > 0 && word_in(w, i - 1, "between from"))) || (p == PLAIN && part == WHOLE && word_in(w, i, "week month year")))
        return 0;
    if (word_in(w, i + a + n, "last") && word_in(w, i + a + n + 1, "year month week")) {
        out->past = true;
        return a + n + 2;
    }
    if (p == BY && word_in(w, i, "until till before") && date_denied(w, i))
        p = NOT_UNTIL;
    out->from = i;
    if (p == PLAIN || p == IN) {
        more = second_thing(&s, w, i + a + n, i + a, now);
        t.is_this &= more == 0;
        n += more;
        if (word_in(w, i - (i > 0), "between from") && more)
            out->from = i - 1;
    }
    if (p == AFTER && (more = closing_month(&t, w, i + a + n, now))) {
        s = t.s;
        n += more;
    }
    if (clause && (p == PLAIN || p == IN) && date_governor(w, i) != PLAIN) {
        p = date_governor(w, i);
        if (p == BY && part == VERY_END)
            t.is_this = true;
    }
    if ((more = date_bound_behind(w, i + a + n, &behind)) || (clause && (p == PLAIN || p == IN) && (more = date_referred(w, i + a + n, &behind)))) {
        p = behind;
        n += more;
    }
    resolve(out, s, p, part, &t, now);
    out->to = i + a + n;
    out->marked = p != PLAIN || part != WHOLE || t.is_this || t.is_next;
    out->period = t.is_this || t.is_next ? i + a : 0;
    return a + n;
}

size_t date_span(struct span *out, const struct words *w, size_t i, const struct date_now *now)
{
    return date_span_in(out, w, i, now, false);
}
