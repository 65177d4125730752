/* und_calendar.c - civil dates as day numbers (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
#include <string.h>

#include "talk/und_date.h"

#include "base/banned.h"

int64_t date_day(int year, int month, int mday)
{
    int64_t y, era, yoe, doy, doe;

    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    if (month < 1) {
        month += 12;
        year--;
    }
    y = year - (month <= 2);
    era = (y >= 0 ? y : y - 399) / 400;
    yoe = y - era * 400;
    doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
    doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void date_civil(int64_t day, int *year, int *month, int *mday)
{
    int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

    *mday = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
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
