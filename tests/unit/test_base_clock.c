/* test_base_clock.c - instants as text, civil dates, zones. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

#include "base/banned.h"

static void instants_are_read_and_written(void **state)
{
    static const struct { const char *text; int64_t ms; const char *again; } cases[] = {
        {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00.000Z"},
        {"2026-03-11T10:00", 1773223200000, "2026-03-11T10:00:00.000Z"},
        {"2026-03-11 10:00:30.5z", 1773223230500, "2026-03-11T10:00:30.500Z"},
        {"2026-03-11T10:00:00.123456+05:30", 1773203400123, "2026-03-11T04:30:00.123Z"},
        {"2026-03-11t23:30:00-08:00", 1773300600000, "2026-03-12T07:30:00.000Z"},
        {"2024-02-29T12:00:00Z", 1709208000000, "2024-02-29T12:00:00.000Z"},
        {"1969-12-31T23:59:59.999Z", -1, "1969-12-31T23:59:59.999Z"},
        {"1900-03-01T00:00:00Z", -2203891200000, "1900-03-01T00:00:00.000Z"},
        {"2026-06-30T23:59:60Z", 1782864000000, "2026-07-01T00:00:00.000Z"}, /* a leap second is the next minute */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[CLOCK_RFC3339_MAX];
        int64_t ms = 42;

        if (clock_parse(&ms, cases[i].text) != 0 || ms != cases[i].ms)
            fail_msg("%s: %lld, not %lld", cases[i].text, (long long)ms, (long long)cases[i].ms);
        assert_string_equal(clock_rfc3339(out, ms), cases[i].again);
    }
}

static void what_is_no_instant_is_refused(void **state)
{
    static const char *const texts[] = {
        "", "2026", "2026-03-11", "2026-03-11T", "2026-03-11T10", "2026-03-11T10:", "2026-13-01T10:00", "2026-00-01T10:00", "2026-02-29T10:00", "2026-04-31T10:00", "1900-02-29T10:00",
        "2026-03-00T10:00", "2026-03-11T24:00", "2026-03-11T10:60", "2026-03-11T10:00:61", "2026-03-11T10:00:00.", "2026-03-11T10:00:00x", "2026-03-11T10:00+5:30",
        "2026-03-11T10:00+05:60", "2026-03-11T10:00+24:00", "2026-03-11T10:00+-5:30", "2026-03-11T10:00ZZ", "2026-03-11T9:00", "-026-03-11T10:00", " 2026-03-11T10:00", "2026- 3-11T10:00",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int64_t ms = 42;

        if (clock_parse(&ms, texts[i]) != EINVAL || ms != 42)
            fail_msg("\"%s\" was taken for %lld", texts[i], (long long)ms);
    }
}

static void the_zone_as_written_is_kept(void **state)
{
    static const struct { const char *text; int offset_s; } cases[] = {
        {"2026-03-11T10:00:00-05:00", -5 * 3600}, {"2026-03-11T10:00+05:30", 19800}, {"2026-03-11T10:00:00Z", 0}, {"2026-03-11T10:00:00", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t ms;
        int offset = 42;

        assert_int_equal(clock_parse_zoned(&ms, &offset, cases[i].text), 0);
        assert_int_equal(offset, cases[i].offset_s);
    }
}

/* Four centuries have every kind of year; a day after the other. */
static void every_day_of_four_centuries_is_itself(void **state)
{
    int64_t first = clock_days_from_civil(1800, 1, 1), last = clock_days_from_civil(2200, 1, 1);
    int before_year = 1799, before_month = 12, before_day = 31;

    (void)state;
    assert_int_equal(last - first, 146097);
    for (int64_t d = first; d < last; d++) {
        int y, m, day;

        clock_civil_from_days(d, &y, &m, &day);
        assert_int_equal(clock_days_from_civil(y, m, day), d);
        assert_true(day == before_day + 1 ? m == before_month && y == before_year : day == 1 && (m == before_month + 1 || (m == 1 && y == before_year + 1)));
        before_year = y;
        before_month = m;
        before_day = day;
    }
}

static void weekdays_are_known(void **state)
{
    (void)state;
    assert_int_equal(clock_weekday(0), 4); /* a Thursday */
    assert_int_equal(clock_weekday(-1), 3);
    assert_int_equal(clock_weekday(-8), 3);
    assert_int_equal(clock_weekday(clock_days_from_civil(2026, 3, 11)), 3);
    assert_int_equal(clock_weekday(clock_days_from_civil(2024, 2, 29)), 4);
}

static void zones_know_summer(void **state)
{
    static const struct { const char *zone, *at; int offset_s; } cases[] = {
        {"America/New_York", "2026-01-15T12:00Z", -5 * 3600}, {"America/New_York", "2026-07-15T12:00Z", -4 * 3600},
        {"America/New_York", "2026-03-08T06:59:59Z", -5 * 3600}, {"America/New_York", "2026-03-08T07:00Z", -4 * 3600},
        {"America/Phoenix", "2026-07-15T12:00Z", -7 * 3600}, {"Asia/Kolkata", "2026-07-15T12:00Z", 19800},
        {"Europe/London", "2026-07-15T12:00Z", 3600}, {"Australia/Sydney", "2026-01-15T12:00Z", 11 * 3600},
    };
    int offset = 42;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t at = 0;

        assert_int_equal(clock_parse(&at, cases[i].at), 0);
        assert_int_equal(clock_zone_offset(&offset, cases[i].zone, at), 0);
        if (offset != cases[i].offset_s)
            fail_msg("%s at %s: %d, not %d", cases[i].zone, cases[i].at, offset, cases[i].offset_s);
    }
    offset = 42;
    assert_int_equal(clock_zone_offset(&offset, "Europe/Atlantis", 0), ENOENT);
    assert_int_equal(clock_zone_offset(&offset, "../../etc/passwd", 0), ENOENT);
    assert_int_equal(offset, 42);
}

static void time_passes(void **state)
{
    int64_t mono = clock_mono_us(), now = clock_now_ms();

    (void)state;
    while (clock_mono_us() == mono)
        ;
    assert_true(clock_mono_us() > mono);
    assert_true(now > clock_days_from_civil(2025, 1, 1) * 86400000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instants_are_read_and_written), cmocka_unit_test(what_is_no_instant_is_refused), cmocka_unit_test(every_day_of_four_centuries_is_itself),
        cmocka_unit_test(the_zone_as_written_is_kept), cmocka_unit_test(weekdays_are_known), cmocka_unit_test(zones_know_summer), cmocka_unit_test(time_passes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
