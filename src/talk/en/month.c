/* month.c - months and the days in them: "june", "june fifteenth", "the fifteenth of next month", "the third". */
#include "talk/en/target_priv.h"

#include <math.h>

#include "talk/en/number.h"

#include "base/banned.h"

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

/* Behind "the first", "the second" a noun usually follows; a day of the month stands at the end or before small words. */
static bool stands_as_day(const struct words *w, size_t i)
{
    return i >= w->n || w->at[i - 1].ends ||
           word_in(w, i, "at if and but please so then would is works for because we i or when around before after by that it which works yeah yes maybe "
                         "probably though really ideally latest sharp in this");
}

/* "the fifteenth", "the 15th of next month", "the third": a day of this or the next month. */
size_t date_mday_alone(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    size_t used, n;
    int which, mday = mday_word(w, i + 1, &used);

    if (word_is(w, i, "first") && word_is(w, i + 1, "of") && word_in(w, i + 2, "next this") && word_is(w, i + 3, "month")) {
        *out = date_stretch(date_day(now->year, now->month + word_is(w, i + 2, "next"), 1), date_day(now->year, now->month + word_is(w, i + 2, "next"), 1));
        return 4;
    }
    if (!word_is(w, i, "the") || mday == 0 || (w->at[i + 1].digits && used == 1 && i + 2 < w->n))
        return 0;
    n = 1 + used;
    if (word_is(w, i + n, "of")) {
        size_t m = date_which_at(w, i + n, &which);

        if (!word_is(w, i + n + m, "month"))
            return 0;
        *out = date_stretch(date_day(now->year, now->month + (which == 1), mday), date_day(now->year, now->month + (which == 1), mday));
        return n + m + 1;
    }
    if (!stands_as_day(w, i + n))
        return 0;
    *out = date_stretch(date_day(now->year, now->month + (mday < now->mday), mday), date_day(now->year, now->month + (mday < now->mday), mday));
    return n;
}

/* "june", "june fifteenth", "the fifteenth of june", "june of next year", "the month of june". */
size_t date_month_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out, bool *whole)
{
    size_t n = word_is(w, i, "the"), used = 0, y;
    int mday = mday_word(w, i + n, &used), year = now->year, month;

    *whole = false;
    if (mday && (month = date_month_word(w, i + n + used + word_is(w, i + n + used, "of")))) {
        n += used + word_is(w, i + n + used, "of") + 1;
        y = date_year_at(w, i + n, now, &year);
        *out = dated(year, month, mday, now, y > 0);
        return n + y;
    }
    if ((n = date_mday_alone(w, i, now, out)))
        return n;
    if (word_is(w, i, "the") && word_is(w, i + 1, "month") && word_is(w, i + 2, "of"))
        n = 3;
    month = date_month_word(w, i + n);
    if (month == 0)
        return 0;
    n++;
    n += word_is(w, i + n, "the") && mday_word(w, i + n + 1, &used) && stands_as_day(w, i + n + 1 + used);
    if ((mday = mday_word(w, i + n, &used)) && !word_in(w, i + n + used, "people months weeks days thousand hundred grand k to or half") &&
        !(w->at[i + n].digits && date_year_number(w, i + n, &year)) && !(word_is(w, i + n, "twenty") && date_year_number(w, i + n, &year))) {
        y = date_year_at(w, i + n + used, now, &year);
        *out = dated(year, month, mday, now, y > 0);
        return n + used + y;
    }
    year = now->year;
    y = date_year_at(w, i + n, now, &year);
    if (y == 0 && month < now->month)
        year++;
    *out = date_month_stretch(year, month);
    *whole = true;
    return n + y;
}
