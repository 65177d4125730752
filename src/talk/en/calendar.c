/* calendar.c - where now is in the calendar, and the names of days and months. */
#include "base/clock.h"
#include "talk/en/date.h"

#include "base/banned.h"

int64_t date_day(int year, int month, int mday)
{
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    if (month < 1) {
        month += 12;
        year--;
    }
    return clock_days_from_civil(year, month, 1) + mday - 1;
}

void date_civil(int64_t day, int *year, int *month, int *mday)
{
    clock_civil_from_days(day, year, month, mday);
}

void date_now_init(struct date_now *now, int64_t local_ms)
{
    enum { DAY_MS = 86400000 };
    const int64_t limit = (int64_t)DAY_MS * 365 * 3000;
    int64_t ms;

    if (local_ms > limit || local_ms < -limit)
        local_ms = 0;
    now->day = local_ms >= 0 ? local_ms / DAY_MS : -((-local_ms + DAY_MS - 1) / DAY_MS);
    ms = local_ms - now->day * DAY_MS;
    now->minute = (int)(ms / 60000);
    date_civil(now->day, &now->year, &now->month, &now->mday);
    now->weekday = (int)(((now->day + 3) % 7 + 7) % 7);
}

int date_weekday_word(const struct words *w, size_t i)
{
    static const char *const names[] = { "monday mondays mon", "tuesday tues tue tuesdays", "wednesday wed weds wednesdays", "thursday thurs thur thu",
                                         "friday fri fridays", "saturday sat", "sunday" };

    for (int d = 0; d < 7; d++)
        if (word_in(w, i, names[d]))
            return d;
    return -1;
}

int date_month_word(const struct words *w, size_t i)
{
    static const char *const names[] = { "january jan", "february feb", "march", "april apr", "may", "june jun",
                                         "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec" };

    for (int m = 0; m < 12; m++)
        if (word_in(w, i, names[m]))
            return m + 1;
    return 0;
}
