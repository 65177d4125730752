/* target.c - the calendar things that words name: days, weeks, months, quarters, halves, seasons, years, holidays. */
#include "talk/en/target_priv.h"

#include <math.h>
#include <string.h>

#include "talk/en/number.h"

#include "base/banned.h"

struct stretch date_month_stretch(int year, int month)
{
    return date_stretch(date_day(year, month, 1), date_day(year, month + 1, 1) - 1);
}

struct stretch date_quarter_stretch(int year, int quarter)
{
    return date_stretch(date_day(year, quarter * 3 - 2, 1), date_day(year, quarter * 3 + 1, 1) - 1);
}

/* "this", "next", "the coming", "of our": 0 this, 1 next, -1 neither. */
size_t date_which_at(const struct words *w, size_t i, int *which)
{
    size_t n = word_is(w, i, "of");

    n += word_in(w, i + n, "the our my your their");
    *which = -1;
    if (word_is(w, i + n, "this") && word_in(w, i + n + 1, "coming next")) {
        *which = 1;
        return n + 2;
    }
    if (word_in(w, i + n, "this current same")) {
        *which = 0;
        return n + 1;
    }
    if (word_in(w, i + n, "next coming following upcoming")) {
        *which = 1;
        return n + 1;
    }
    return n;
}

static size_t ordinal_quarter(const struct words *w, size_t i, int *q)
{
    static const char *const names[] = { "first 1st", "second 2nd", "third 3rd", "fourth 4th last final" };

    for (int k = 0; k < 4; k++) {
        static const char *const short_names[] = { "q1", "q2", "q3", "q4" };

        if (word_is(w, i, short_names[k])) {
            *q = k + 1;
            return 1;
        }
        if (word_in(w, i, names[k]) && word_is(w, i + 1, "quarter") && !(word_in(w, i, "last final") && !word_is(w, i + 2, "of"))) {
            *q = k + 1;
            return 2;
        }
    }
    if (word_is(w, i, "q") && i + 1 < w->n) {
        static const char *const numbers[] = { "one 1", "two 2", "three 3", "four 4" };

        for (int k = 0; k < 4; k++)
            if (word_in(w, i + 1, numbers[k])) {
                *q = k + 1;
                return 2;
            }
    }
    return 0;
}

/* "2027", "twenty twenty seven": words used. */
size_t date_year_number(const struct words *w, size_t i, int *year)
{
    struct amount a;
    size_t n;

    if (i >= w->n || !(word_is(w, i, "twenty") || w->at[i].digits) || (n = number_read(w, i, &a)) == 0)
        return 0;
    if (a.value < 2020 || a.value > 2100 || a.value != floor(a.value) || a.scaled)
        return 0;
    *year = (int)a.value;
    return n;
}

/* "of next year", "this year", "of the year", "2027" behind a quarter or a month. */
size_t date_year_at(const struct words *w, size_t i, const struct date_now *now, int *year)
{
    size_t n = word_in(w, i, "of in"), y;

    if (word_in(w, i + n, "next this") && word_is(w, i + n + 1, "year")) {
        *year = now->year + word_is(w, i + n, "next");
        return n + 2;
    }
    if (n && word_in(w, i + n, "the") && word_is(w, i + n + 1, "year") && word_is(w, i, "of")) {
        *year = now->year;
        return n + 2;
    }
    y = date_year_number(w, i + n, year);
    return y ? n + y : 0;
}

static size_t season_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    static const struct { const char *names; int month; } seasons[] = { { "spring", 3 }, { "summer", 6 }, { "fall autumn", 9 }, { "winter", 12 } };
    int which, year = now->year;
    size_t n = date_which_at(w, i, &which), y;

    for (size_t k = 0; k < 4; k++) {
        if (!word_in(w, i + n, seasons[k].names))
            continue;
        if (word_in(w, i + n, "fall spring") && n == 0 && !date_year_at(w, i + 1, now, &year) && (i == 0 || !word_in(w, i - 1, "in by before after until late early mid of for this next during over around")))
            return 0;
        y = date_year_at(w, i + n + 1, now, &year);
        *out = date_stretch(date_day(year, seasons[k].month, 1), date_day(year, seasons[k].month + 3, 1) - 1);
        if (y == 0 && (out->last < now->day || (which == 1 && out->first <= now->day)))
            *out = date_stretch(date_day(year + 1, seasons[k].month, 1), date_day(year + 1, seasons[k].month + 3, 1) - 1);
        return n + 1 + y;
    }
    return 0;
}

/* week, month, quarter, half, year, weekend with this / next / the; "the week after next". */
size_t date_period_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out, int *which, bool need_which)
{
    size_t n = date_which_at(w, i, which), after;
    int k = *which == 1;
    int64_t monday = now->day - now->weekday;

    while (word_in(w, i + n, "fiscal calendar business financial work working tax"))
        n++;
    after = word_is(w, i + n + 1, "after") && word_is(w, i + n + 2, "next") ? 2 : 0;
    if (after) {
        k = 2;
        *which = 1;
    }
    if (need_which && *which < 0)
        return 0;
    if (word_in(w, i + n, "week weeks"))
        *out = date_stretch(monday + 7 * k, monday + 7 * k + 6);
    else if (word_is(w, i + n, "weekend"))
        *out = date_stretch(monday + 7 * k + 5, monday + 7 * k + 6);
    else if (word_in(w, i + n, "month months"))
        *out = date_month_stretch(now->year, now->month + k);
    else if (word_is(w, i + n, "quarter"))
        *out = date_quarter_stretch(now->year, (now->month - 1) / 3 + 1 + k);
    else if (word_in(w, i + n, "year years"))
        *out = date_stretch(date_day(now->year + k, 1, 1), date_day(now->year + k, 12, 31));
    else
        return 0;
    return n + 1 + after;
}

/* "friday", "next friday", "monday the sixteenth", "friday week". */
static size_t weekday_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    int which, wd;
    size_t n = date_which_at(w, i, &which), m;
    bool whole, coming = word_is(w, i, "this");
    int64_t day;

    if (which >= 0 && word_is(w, i + n, "week") && (wd = date_weekday_word(w, i + n + 1)) >= 0) { /* "next week tuesday" */
        day = now->day - now->weekday + wd + 7 * which;
        *out = date_stretch(day, day);
        return n + 2;
    }
    wd = date_weekday_word(w, i + n);
    if (wd < 0)
        return 0;
    n++;
    if ((m = date_month_at(w, i + n, now, out, &whole)) && !whole)
        return n + m;
    day = now->day + (wd - now->weekday + 7) % 7;
    if (day == now->day && which != 0)
        day += 7;
    if (which == 1 && !coming && day < now->day - now->weekday + 7)
        day += 7;
    if (word_in(w, i + n, "week fortnight") && !word_is(w, i + n + 1, "after")) {
        day += word_is(w, i + n, "week") ? 7 : 14;
        n++;
    }
    if (word_in(w, i + n, "of in") && word_in(w, i + n + 1, "next this") && word_is(w, i + n + 2, "week")) {
        day = now->day - now->weekday + wd + 7 * word_is(w, i + n + 1, "next");
        n += 3;
    } else if (word_in(w, i + n, "next") && word_is(w, i + n + 1, "week")) {
        day = now->day - now->weekday + wd + 7;
        n += 2;
    }
    *out = date_stretch(day, day);
    return n;
}

/* "the second half of the year", "h2", "the first half of june". */
static size_t half_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    size_t n = word_is(w, i, "the"), y, m;
    int year = now->year, half = word_in(w, i + n, "second back latter h2 2nd") ? 2 : word_in(w, i + n, "first h1 1st") ? 1 : 0;
    bool shortened = word_in(w, i + n, "h1 h2"), whole;

    if (half == 0 || (!shortened && !word_in(w, i + n + 1, "half")))
        return 0;
    n += shortened ? 1 : 2;
    if (word_is(w, i + n, "of") && (m = date_month_at(w, i + n + 1, now, out, &whole)) && whole) {
        *out = half == 1 ? date_stretch(out->first, out->first + 14) : date_stretch(out->first + 15, out->last);
        return n + 1 + m;
    }
    y = date_year_at(w, i + n, now, &year);
    if (y == 0 && !shortened && !word_is(w, i, "the"))
        return 0;
    *out = date_stretch(date_day(year, half * 6 - 5, 1), date_day(year, half * 6 + 1, 1) - 1);
    if (out->last < now->day)
        *out = date_stretch(date_day(year + 1, half * 6 - 5, 1), date_day(year + 1, half * 6 + 1, 1) - 1);
    return n + y;
}

static size_t quarter_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    int q, year = now->year;
    size_t n = word_is(w, i, "the"), k = ordinal_quarter(w, i + n, &q), y;

    if (k == 0)
        return 0;
    y = date_year_at(w, i + n + k, now, &year);
    *out = date_quarter_stretch(year, q);
    if (y == 0 && out->last < now->day)
        *out = date_quarter_stretch(year + 1, q);
    return n + k + y;
}

static size_t day_word_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    static const struct { const char *words[3]; int days; } names[] = {
        { { "day", "after", "tomorrow" }, 2 }, { { "tomorrow" }, 1 }, { { "this", "time", "tomorrow" }, 1 }, { { "the", "next", "day" }, 1 },
    };
    size_t the = word_is(w, i, "the") && word_is(w, i + 1, "day");

    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        size_t n = 0;

        while (n < 3 && names[k].words[n] && word_is(w, i + the + n, names[k].words[n]))
            n++;
        if (n < 3 && names[k].words[n])
            continue;
        *out = date_stretch(now->day + names[k].days, now->day + names[k].days);
        return the + n;
    }
    return 0;
}

/* "this time next year", "same time next week". */
static size_t same_time_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    static const struct { const char *word; int days; } units[] = { { "week", 7 }, { "month", 30 }, { "quarter", 90 }, { "year", 365 } };
    size_t n = word_is(w, i, "the");

    if (!word_in(w, i + n, "this same") || !word_is(w, i + n + 1, "time") || !word_is(w, i + n + 2, "next"))
        return 0;
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (word_is(w, i + n + 3, units[k].word)) {
            *out = date_stretch(now->day + units[k].days, now->day + units[k].days);
            return n + 4;
        }
    return 0;
}

/* Any calendar thing at word i. */
size_t date_target_at(struct target *t, const struct words *w, size_t i, const struct date_now *now, bool need_which)
{
    size_t n, y;
    int which = -1, year;

    memset(t, 0, sizeof *t);
    if ((n = day_word_at(w, i, now, &t->s)) || (n = same_time_at(w, i, now, &t->s)) || (n = date_holiday_at(w, i, now, &t->s)) || (n = half_at(w, i, now, &t->s)) ||
        (n = quarter_at(w, i, now, &t->s)) || (n = weekday_at(w, i, now, &t->s)))
        return n;
    if ((n = season_at(w, i, now, &t->s))) {
        t->is_this = word_is(w, i, "this");
        return n;
    }
    if ((n = date_month_at(w, i, now, &t->s, &t->whole_month))) {
        t->needs_mark = (word_in(w, i, "may march") && n == 1) || (word_is(w, i, "the") && word_in(w, i + 1, "first second third fourth"));
        return n;
    }
    if (word_in(w, i, "this next coming") && (y = date_month_at(w, i + 1, now, &t->s, &t->whole_month)))
        return 1 + y;
    if ((n = date_period_at(w, i, now, &t->s, &which, need_which))) {
        t->is_this = which == 0;
        t->is_next = which == 1;
        t->year = word_in(w, i + n - 1, "year years") || word_is(w, i + n - 3 * (n > 3), "year");
        return n;
    }
    if ((n = date_year_number(w, i, &year))) {
        t->s = date_stretch(date_day(year, 1, 1), date_day(year, 12, 31));
        t->needs_mark = true;
        return n;
    }
    return 0;
}
