#include "base/clock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/banned.h"

int64_t clock_now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_mono_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Days and civil dates: the well-known era arithmetic (400-year eras of 146097 days, years from March). */
int64_t clock_days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = floor_div(y, 400);
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

    return era * 146097 + doe - 719468;
}

void clock_civil_from_days(int64_t days, int *year, int *month, int *day)
{
    int64_t z = days + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

int clock_weekday(int64_t days)
{
    return (int)(((days + 4) % 7 + 7) % 7);
}

const char *clock_rfc3339(char out[CLOCK_RFC3339_MAX], int64_t utc_ms)
{
    int64_t days = floor_div(utc_ms, 86400000), ms = utc_ms - days * 86400000;
    int y, m, d;

    clock_civil_from_days(days, &y, &m, &d);
    snprintf(out, CLOCK_RFC3339_MAX, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", y, m, d, (int)(ms / 3600000),
             (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
    return out;
}

/* Exactly n digits. */
static bool take_digits(const char **p, int n, int *out)
{
    int v = 0;

    for (int i = 0; i < n; i++) {
        if ((*p)[i] < '0' || (*p)[i] > '9')
            return false;
        v = v * 10 + ((*p)[i] - '0');
    }
    *p += n;
    *out = v;
    return true;
}

static bool take_char(const char **p, const char *any)
{
    if (**p == '\0' || strchr(any, **p) == NULL)
        return false;
    ++*p;
    return true;
}

static bool take_fraction(const char **p, int *ms)
{
    int scale = 100;

    *ms = 0;
    if (!take_char(p, "."))
        return true;
    if (**p < '0' || **p > '9')
        return false;
    for (; **p >= '0' && **p <= '9'; ++*p, scale /= 10)
        *ms += (**p - '0') * scale;
    return true;
}

static bool take_zone(const char **p, int *offset_min)
{
    int h, m;
    bool west = **p == '-';

    *offset_min = 0;
    if (**p == '\0' || take_char(p, "Zz"))
        return true;
    if (!take_char(p, "+-") || !take_digits(p, 2, &h) || !take_char(p, ":") || !take_digits(p, 2, &m) || h > 23 || m > 59)
        return false;
    *offset_min = (west ? -1 : 1) * (h * 60 + m);
    return true;
}

static bool civil_exists(int year, int month, int day)
{
    int y, m, d;

    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    clock_civil_from_days(clock_days_from_civil(year, month, day), &y, &m, &d);
    return m == month && d == day;
}

int clock_parse_zoned(int64_t *utc_ms, int *offset_s, const char *text)
{
    int y, mo, d, h, mi, s = 0, ms, off;
    const char *p = text;

    if (!take_digits(&p, 4, &y) || !take_char(&p, "-") || !take_digits(&p, 2, &mo) || !take_char(&p, "-") || !take_digits(&p, 2, &d) || !civil_exists(y, mo, d))
        return EINVAL;
    if (!take_char(&p, "Tt ") || !take_digits(&p, 2, &h) || !take_char(&p, ":") || !take_digits(&p, 2, &mi) || h > 23 || mi > 59)
        return EINVAL;
    if (take_char(&p, ":") && (!take_digits(&p, 2, &s) || s > 60))
        return EINVAL;
    if (!take_fraction(&p, &ms) || !take_zone(&p, &off) || *p != '\0')
        return EINVAL;
    *utc_ms = ((clock_days_from_civil(y, mo, d) * 24 + h) * 60 + mi - off) * 60000 + s * 1000 + ms;
    *offset_s = off * 60;
    return 0;
}

int clock_parse(int64_t *utc_ms, const char *text)
{
    int offset_s;

    return clock_parse_zoned(utc_ms, &offset_s, text);
}
