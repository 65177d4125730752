/* Working hours: what is read, when they are open, and where a promise is put. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/hours.h"
#include "base/json.h"

#include "base/banned.h"

#define NINE_TO_FIVE "{\"zone\":\"America/New_York\",\"week\":{\"mon\":[\"09:00\",\"17:00\"],\"tue\":[\"09:00\",\"17:00\"],\"fri\":[\"10:00\",\"12:30\"]}}"

static int64_t at(const char *text)
{
    int64_t ms = 0;

    assert_int_equal(clock_parse(&ms, text), 0);
    return ms;
}

static int read(struct hours *h, const char *text)
{
    json_t *j = json_loads(text, JSON_DECODE_ANY, NULL);
    char why[160] = "";
    int err;

    assert_non_null(j);
    err = hours_read(h, j, why, sizeof why);
    assert_true(err == 0 || strlen(why) > 10);
    json_decref(j);
    return err;
}

static void wrong_hours_are_told(void **state)
{
    static const char *const wrong[] = {
        "{}", "[]", "{\"zone\":\"Mars/Olympus\"}", "{\"zone\":\"UTC\",\"week\":{\"monday\":[\"09:00\",\"17:00\"]}}", "{\"zone\":\"UTC\",\"week\":{\"mon\":[\"9\",\"17:00\"]}}",
        "{\"zone\":\"UTC\",\"week\":{\"mon\":[\"17:00\",\"09:00\"]}}", "{\"zone\":\"UTC\",\"week\":{\"mon\":[\"09:00\",\"24:01\"]}}", "{\"zone\":\"UTC\",\"week\":{\"mon\":[\"09:60\",\"17:00\"]}}",
        "{\"zone\":\"UTC\",\"week\":{\"mon\":[\"09:00\"]}}", "{\"zone\":\"UTC\",\"week\":{\"mon\":5}}"};
    struct hours h;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (read(&h, wrong[i]) != EINVAL)
            fail_msg("taken: %s", wrong[i]);
    assert_int_equal(read(&h, "null"), 0);
    assert_true(h.always);
}

static void they_are_open_by_the_local_clock(void **state)
{
    struct hours h;

    (void)state;
    assert_int_equal(read(&h, NINE_TO_FIVE), 0);
    assert_false(hours_open(&h, at("2026-01-12T13:59:59Z"))); /* Monday, 8:59 in New York */
    assert_true(hours_open(&h, at("2026-01-12T14:00:00Z")));
    assert_false(hours_open(&h, at("2026-01-12T22:00:00Z")));
    assert_true(hours_open(&h, at("2026-07-13T13:00:00Z"))); /* summer time */
    assert_false(hours_open(&h, at("2026-01-14T16:00:00Z"))); /* Wednesday is free */
}

struct fit { const char *now, *wanted, *got; };

static void a_promise_is_put_where_they_work(void **state)
{
    static const struct fit fits[] = {
        {"2026-01-12T15:00:00Z", "2026-01-12T17:00:00Z", "2026-01-12T17:00:00Z"}, /* within */
        {"2026-01-12T21:00:00Z", "2026-01-12T23:00:00Z", "2026-01-12T22:00:00Z"}, /* they go at 17:00: before that */
        {"2026-01-12T21:57:00Z", "2026-01-12T23:57:00Z", "2026-01-13T14:00:00Z"}, /* three minutes are not enough: the next morning */
        {"2026-01-13T23:00:00Z", "2026-01-14T01:00:00Z", "2026-01-16T15:00:00Z"}, /* Friday at ten */
        {"2026-03-06T16:00:00Z", "2026-03-07T16:00:00Z", "2026-03-06T17:30:00Z"}, /* wanted on a Saturday: Friday is still to come */
    };
    struct hours h;

    (void)state;
    assert_int_equal(read(&h, NINE_TO_FIVE), 0);
    for (size_t i = 0; i < sizeof fits / sizeof fits[0]; i++) {
        char text[CLOCK_RFC3339_MAX];
        int64_t got = hours_fit(&h, at(fits[i].now), at(fits[i].wanted));

        if (got != at(fits[i].got))
            fail_msg("wanted %s: %s", fits[i].wanted, clock_rfc3339(text, got));
    }
    assert_int_equal(read(&h, "{\"zone\":\"UTC\"}"), 0); /* never works */
    assert_int_equal(hours_fit(&h, 0, 12345), 12345);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_hours_are_told),
        cmocka_unit_test(they_are_open_by_the_local_clock),
        cmocka_unit_test(a_promise_is_put_where_they_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
