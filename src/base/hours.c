#include "base/hours.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"

#include "base/banned.h"

enum { MINUTE_MS = 60000, DAY_MIN = 1440, HORIZON_DAYS = 14, SOON_MS = 5 * MINUTE_MS };

static const char *const names[7] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/* "09:30" -> 570; "24:00" is the end of the day; -1: none */
static int minute_of(const json_t *j)
{
    const char *s = json_string_value(j);
    int min;

    if (s == NULL || strlen(s) != 5 || s[2] != ':' || strspn(s, "0123456789:") != 5)
        return -1;
    min = ((s[0] - '0') * 10 + s[1] - '0') * 60 + (s[3] - '0') * 10 + s[4] - '0';
    return s[3] > '5' || min > DAY_MIN ? -1 : min;
}

static int read_day(struct hours *h, int day, const json_t *span)
{
    int from = minute_of(json_array_get(span, 0)), to = minute_of(json_array_get(span, 1));

    if (json_array_size(span) != 2 || from < 0 || to < from)
        return EINVAL;
    h->day[day].from_min = from;
    h->day[day].to_min = to;
    return 0;
}

static int day_named(const char *name)
{
    for (int i = 0; i < 7; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

int hours_read(struct hours *h, const json_t *j, char *why, size_t why_size)
{
    struct hours read = {.always = j == NULL || json_is_null(j)};
    const char *name;
    json_t *span;
    int offset;

    if (!read.always && (!json_is_object(j) || !text_copy(read.zone, sizeof read.zone, jx_str(j, "zone", "")) || clock_zone_offset(&offset, read.zone, 0) != 0)) {
        snprintf(why, why_size, "zone must be a time zone such as America/New_York");
        return EINVAL;
    }
    json_object_foreach(json_object_get(j, "week"), name, span)
        if (day_named(name) < 0 || read_day(&read, day_named(name), span) != 0) {
            snprintf(why, why_size, "week must have days mon to sun with two times such as 09:00, the first before the second");
            return EINVAL;
        }
    *h = read;
    return 0;
}

static int64_t offset_ms(const struct hours *h, int64_t utc_ms)
{
    int s = 0;

    return clock_zone_offset(&s, h->zone, utc_ms) == 0 ? (int64_t)s * 1000 : 0;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

bool hours_open(const struct hours *h, int64_t utc_ms)
{
    int64_t local_min = floor_div(utc_ms + offset_ms(h, utc_ms), MINUTE_MS), days = floor_div(local_min, DAY_MIN);
    int minute = (int)(local_min - days * DAY_MIN), day = clock_weekday(days);

    return h->always || (minute >= h->day[day].from_min && minute < h->day[day].to_min);
}

/* The working time of a local day as instants; false: a free day. */
static bool span_of(const struct hours *h, int64_t days, int64_t shift, int64_t *from, int64_t *to)
{
    int day = clock_weekday(days);

    *from = (days * DAY_MIN + h->day[day].from_min) * MINUTE_MS - shift;
    *to = (days * DAY_MIN + h->day[day].to_min) * MINUTE_MS - shift;
    return *from < *to;
}

int64_t hours_fit(const struct hours *h, int64_t now_ms, int64_t wanted_ms)
{
    int64_t shift = offset_ms(h, wanted_ms), today = floor_div(wanted_ms + shift, (int64_t)DAY_MIN * MINUTE_MS), from, to, earlier = 0;

    if (hours_open(h, wanted_ms))
        return wanted_ms;
    for (int64_t d = today - HORIZON_DAYS; d <= today; d++)
        if (span_of(h, d, shift, &from, &to) && to <= wanted_ms && to > now_ms + SOON_MS)
            earlier = to;
    for (int64_t d = today; earlier == 0 && d <= today + HORIZON_DAYS; d++)
        if (span_of(h, d, shift, &from, &to) && from > wanted_ms)
            return from;
    return earlier != 0 ? earlier : wanted_ms;
}
