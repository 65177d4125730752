/* holiday.c - days that the year brings round: Easter, Thanksgiving, Christmas, "the holidays". */
#include "talk/en/target_priv.h"

#include "base/banned.h"

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

struct holiday { const char *words[3]; int month, mday, days, weekday, nth; }; /* nth > 0: the nth weekday (0 = Monday) of the month */

static const struct holiday holidays[] = {
    { { "christmas" }, 12, 25, 1, 0, 0 },      { { "xmas" }, 12, 25, 1, 0, 0 },          { { "holidays" }, 12, 24, 9, 0, 0 },
    { { "thanksgiving" }, 11, 0, 1, 3, 4 },    { { "black", "friday" }, 11, 1, 1, 3, 4 }, { { "halloween" }, 10, 31, 1, 0, 0 },
    { { "labor", "day" }, 9, 0, 1, 0, 1 },     { { "labour", "day" }, 9, 0, 1, 0, 1 },    { { "memorial", "day" }, 6, -7, 1, 0, 1 },
    { { "new", "year", "is" }, 1, 1, 1, 0, 0 }, { { "new", "years" }, 1, 1, 1, 0, 0 },    { { "new", "year" }, 1, 1, 1, 0, 0 },
    { { "valentines" }, 2, 14, 1, 0, 0 },      { { "independence", "day" }, 7, 4, 1, 0, 0 }, { { "boxing", "day" }, 12, 26, 1, 0, 0 },
    { { "mothers", "day" }, 5, 0, 1, 6, 2 },   { { "veterans", "day" }, 11, 11, 1, 0, 0 }, { { "turn", "of", "the" }, 1, 1, 1, 0, 0 },
};

static struct stretch holiday_stretch(const struct holiday *h, int year)
{
    int64_t first = h->nth ? nth_weekday(year, h->month, h->weekday, h->nth) + h->mday : date_day(year, h->month, h->mday);

    return date_stretch(first, first + h->days - 1);
}

static size_t holiday_words(const struct words *w, size_t i, const struct holiday *h)
{
    size_t n = 0;

    for (; n < 3 && h->words[n]; n++)
        if (!word_is(w, i + n, h->words[n]))
            return 0;
    return n + (word_is(w, i, "turn") && word_is(w, i + n, "year"));
}

size_t date_holiday_at(const struct words *w, size_t i, const struct date_now *now, struct stretch *out)
{
    size_t n = word_in(w, i, "the this next"), used = word_is(w, i + n, "easter");
    const struct holiday *h = NULL;

    for (size_t k = 0; used == 0 && k < sizeof holidays / sizeof *holidays; k++)
        if ((used = holiday_words(w, i + n, &holidays[k])))
            h = &holidays[k];
    for (int year = now->year; used && year <= now->year + 1; year++) {
        *out = h ? holiday_stretch(h, year) : date_stretch(easter(year), easter(year));
        if (out->last >= now->day)
            return n + used + (word_in(w, i + n + used, "holidays holiday break weekend day is eve monday") && !(h && h->days > 1));
    }
    return 0;
}
