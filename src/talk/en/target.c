/* target.c - the calendar things that words name: days, weeks, months, quarters, halves, seasons, years, holidays. */
#include "talk/en/target.h"

#include <math.h>
#include <string.h>

#include "base/banned.h"

static struct stretch month_stretch(int year, int month)
{
    return date_stretch(date_day(year, month, 1), date_day(year, month + 1, 1) - 1);
}

struct stretch date_quarter_stretch(int year, int quarter)
{
    return date_stretch(date_day(year, quarter * 3 - 2, 1), date_day(year, quarter * 3 + 1, 1) - 1);
}

/* Easter Sunday (Meeus, Astronomical Algorithms, ch. 8). */
static int64_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;

    return date_day(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

static int64_t nth_weekday(int year, int month, int weekday, int nth)
{
    int64_t first = date_day(year, month, 1);
    int wd = (int)(((first + 3) % 7 + 7) % 7);

    return first + (weekday - wd + 7) % 7 + (nth - 1) * 7;
}

static size_t holiday_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    size_t n = word_is(w, i, "the") ? 1 : 0;

    for (int year = now->year; year <= now->year + 1; year++) {
        int64_t first, last;
        size_t used = 1;

        if (word_is(w, i + n, "easter"))
            first = last = easter(year);
        else if (word_in(w, i + n, "christmas xmas"))
            first = last = date_day(year, 12, 25);
        else if (word_is(w, i + n, "holidays"))
            first = date_day(year, 12, 24), last = date_day(year + 1, 1, 1);
        else if (word_is(w, i + n, "thanksgiving"))
            first = last = nth_weekday(year, 11, 3, 4);
        else if (word_is(w, i + n, "halloween"))
            first = last = date_day(year, 10, 31);
        else if (word_is(w, i + n, "labor") && word_is(w, i + n + 1, "day"))
            first = last = nth_weekday(year, 9, 0, 1), used = 2;
        else if (word_is(w, i + n, "memorial") && word_is(w, i + n + 1, "day"))
            first = last = nth_weekday(year, 6, 0, 1) - 7, used = 2;
        else if (word_is(w, i + n, "new") && word_in(w, i + n + 1, "years year"))
            first = last = date_day(year, 1, 1), used = 2;
        else
            return 0;
        if (last < now->day)
            continue;
        *out = date_stretch(first, last);
        return n + used + (word_in(w, i + n + used, "holidays break weekend day is") && !word_is(w, i + n, "holidays"));
    }
    return 0;
}

/* "this", "next", "the coming": 0 this, 1 next, -1 neither. */
static size_t which_at(const struct words *w, size_t i, int *which)
{
    size_t n = word_in(w, i, "the of") ? 1 + (word_is(w, i, "of") && word_is(w, i + 1, "the")) : 0;

    *which = -1;
    if (word_in(w, i + n, "this current")) {
        *which = 0;
        return n + 1;
    }
    if (word_in(w, i + n, "next coming following")) {
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
        if (word_in(w, i, names[k]) && word_is(w, i + 1, "quarter")) {
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

/* "of next year", "next year", "2027" behind a quarter or a month. */
static size_t year_at(const struct words *w, size_t i, const struct date_now *now, int *year)
{
    size_t n = word_in(w, i, "of in");

    if (word_is(w, i + n, "next") && word_is(w, i + n + 1, "year")) {
        *year = now->year + 1;
        return n + 2;
    }
    if (word_is(w, i + n, "this") && word_is(w, i + n + 1, "year")) {
        *year = now->year;
        return n + 2;
    }
    if (i + n < w->n && w->at[i + n].digits && w->at[i + n].num >= 2000 && w->at[i + n].num <= 2100) {
        *year = (int)w->at[i + n].num;
        return n + 1;
    }
    return 0;
}

static int mday_word(const struct words *w, size_t i, size_t *used)
{
    static const char *const names[] = { "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
                                         "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
                                         "eighteenth", "nineteenth", "twentieth" };
    double v = i < w->n && w->at[i].digits ? w->at[i].num : 0;

    *used = 1;
    if (v >= 1 && v <= 31 && v == floor(v) && w->at[i].minute < 0) {
        *used = 1 + word_in(w, i + 1, "st nd rd th");
        return (int)v;
    }
    for (int d = 1; d <= 20; d++)
        if (word_is(w, i, names[d]))
            return d;
    if (word_is(w, i, "thirtieth"))
        return 30;
    if (word_is(w, i, "twenty") || word_is(w, i, "thirty"))
        for (int d = 1; d <= 9; d++)
            if (word_is(w, i + 1, names[d])) {
                *used = 2;
                return (word_is(w, i, "twenty") ? 20 : 30) + d;
            }
    return 0;
}

static struct stretch dated(int year, int month, int mday, const struct date_now *now, bool fixed)
{
    int64_t day = date_day(year, month, mday);

    if (day < now->day && !fixed)
        day = date_day(year + 1, month, mday);
    return date_stretch(day, day);
}

/* "june", "june fifteenth", "the fifteenth of june", "june of next year". */
size_t date_month_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out, bool *whole)
{
    size_t n = word_is(w, i, "the"), used = 0, y;
    int mday = mday_word(w, i + n, &used), year = now->year, month;

    *whole = false;
    if (mday && (month = date_month_word(w, i + n + used + word_is(w, i + n + used, "of")))) {
        n += used + word_is(w, i + n + used, "of") + 1;
        y = year_at(w, i + n, now, &year);
        *out = dated(year, month, mday, now, y > 0);
        return n + y;
    }
    if (mday && n && !w->at[i + n].digits == 0 && word_in(w, i + n + 1, "st nd rd th")) {
        *out = dated(now->year, now->month + (mday < now->mday), mday, now, true);
        return n + used;
    }
    month = n ? 0 : date_month_word(w, i);
    if (month == 0)
        return 0;
    n = 1;
    if ((mday = mday_word(w, i + 1, &used)) && !word_in(w, i + 1 + used, "people months weeks days thousand hundred grand k to or")) {
        y = year_at(w, i + 1 + used, now, &year);
        *out = dated(year, month, mday, now, y > 0);
        return 1 + used + y;
    }
    y = year_at(w, i + 1, now, &year);
    if (y == 0 && month < now->month)
        year++;
    *out = month_stretch(year, month);
    *whole = true;
    return n + y;
}

static size_t season_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    static const struct { const char *names; int month; } seasons[] = { { "spring", 3 }, { "summer", 6 }, { "fall autumn", 9 }, { "winter", 12 } };
    int which, year = now->year;
    size_t n = which_at(w, i, &which), y;

    for (size_t k = 0; k < 4; k++) {
        if (!word_in(w, i + n, seasons[k].names))
            continue;
        if (word_in(w, i + n, "fall spring") && n == 0 && (i == 0 || !word_in(w, i - 1, "in by before after until late early mid of")))
            return 0;
        y = year_at(w, i + n + 1, now, &year);
        *out = date_stretch(date_day(year, seasons[k].month, 1), date_day(year, seasons[k].month + 3, 1) - 1);
        if (y == 0 && (out->last < now->day || (which == 1 && out->first <= now->day)))
            *out = date_stretch(date_day(year + 1, seasons[k].month, 1), date_day(year + 1, seasons[k].month + 3, 1) - 1);
        return n + 1 + y;
    }
    return 0;
}

/* week, month, quarter, half, year, weekend with this / next / the. */
size_t date_period_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out, int *which, bool need_which)
{
    size_t n = which_at(w, i, which);
    int k = *which == 1;
    int64_t monday = now->day - now->weekday;

    if (need_which && *which < 0)
        return 0;
    if (word_in(w, i + n, "fiscal calendar business financial work working"))
        n++;
    if (word_in(w, i + n, "week weeks"))
        *out = date_stretch(monday + 7 * k, monday + 7 * k + 6);
    else if (word_is(w, i + n, "weekend"))
        *out = date_stretch(monday + 7 * k + 5, monday + 7 * k + 6);
    else if (word_in(w, i + n, "month months"))
        *out = month_stretch(now->year, now->month + k);
    else if (word_is(w, i + n, "quarter"))
        *out = date_quarter_stretch(now->year, (now->month - 1) / 3 + 1 + k);
    else if (word_in(w, i + n, "year years"))
        *out = date_stretch(date_day(now->year + k, 1, 1), date_day(now->year + k, 12, 31));
    else
        return 0;
    return n + 1;
}

static size_t weekday_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    int which, wd;
    size_t n = which_at(w, i, &which);
    int64_t day;

    wd = date_weekday_word(w, i + n);
    if (wd < 0)
        return 0;
    day = now->day + (wd - now->weekday + 7) % 7;
    if (day == now->day && which != 0)
        day += 7;
    if (which == 1 && day < now->day - now->weekday + 7)
        day += 7;
    *out = date_stretch(day, day);
    return n + 1;
}

static size_t half_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    size_t n = word_is(w, i, "the"), y;
    int year = now->year, half = word_in(w, i + n, "second back latter h2") ? 2 : word_in(w, i + n, "first h1") ? 1 : 0;
    bool shortened = word_in(w, i + n, "h1 h2");

    if (half == 0 || (!shortened && !word_is(w, i + n + 1, "half")))
        return 0;
    n += shortened ? 1 : 2;
    if (word_is(w, i + n, "of") && word_is(w, i + n + 1, "the") && word_is(w, i + n + 2, "year"))
        y = 3;
    else
        y = year_at(w, i + n, now, &year);
    if (y == 0 && !shortened)
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
    y = year_at(w, i + n + k, now, &year);
    *out = date_quarter_stretch(year, q);
    if (y == 0 && out->last < now->day)
        *out = date_quarter_stretch(year + 1, q);
    return n + k + y;
}

static size_t day_word_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    if (word_is(w, i, "day") && word_is(w, i + 1, "after") && word_is(w, i + 2, "tomorrow")) {
        *out = date_stretch(now->day + 2, now->day + 2);
        return 3;
    }
    if (word_is(w, i, "tomorrow")) {
        *out = date_stretch(now->day + 1, now->day + 1);
        return 1;
    }
    return 0;
}

/* Any calendar thing at word i. */
size_t date_target_at(struct target *t, const struct words *w, size_t i, const struct date_now *now, bool need_which)
{
    size_t n, y;
    int which = -1, year;

    memset(t, 0, sizeof *t);
    if ((n = day_word_at(w, i, now, &t->s)) || (n = holiday_at(w, i, now, &t->s)) || (n = half_at(w, i, now, &t->s)) ||
        (n = quarter_at(w, i, now, &t->s)) || (n = weekday_at(w, i, now, &t->s)))
        return n;
    if ((n = season_at(w, i, now, &t->s))) {
        t->is_this = word_is(w, i, "this");
        return n;
    }
    if ((n = date_month_at(w, i, now, &t->s, &t->whole_month))) {
        t->needs_mark = word_in(w, i, "may march") && n == 1;
        return n;
    }
    if (word_in(w, i, "this next") && (y = date_month_at(w, i + 1, now, &t->s, &t->whole_month)))
        return 1 + y;
    if ((n = date_period_at(w, i, now, &t->s, &which, need_which))) {
        t->is_this = which == 0;
        t->is_next = which == 1;
        t->year = word_in(w, i + n - 1, "year years");
        return n;
    }
    if ((n = year_at(w, i, now, &year)) && w->at[i + n - 1].digits) {
        t->s = date_stretch(date_day(year, 1, 1), date_day(year, 12, 31));
        t->needs_mark = true;
        return n;
    }
    return 0;
}
