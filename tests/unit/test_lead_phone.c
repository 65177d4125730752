/* Numbers: written by people, stored as E.164, and placed in every zone where they may be. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "lead/gate.h"
#include "lead/lead_priv.h"
#include "lead/phone.h"
#include "lead/phone_zones_priv.h"

#include "base/banned.h"

struct written { const char *text, *region, *e164; }; /* e164 NULL: refused */

static const struct written numbers[] = {
    {"(415) 555-2671", "US", "+14155552671"}, {"+1 415 555 2671", "US", "+14155552671"}, {"0044 20 7946 0958", "GB", "+442079460958"},
    {"020 7946 0958", "GB", "+442079460958"}, {"+49 30 901820", "US", "+4930901820"},   {"1-800-356-9377", "US", "+18003569377"},
    {"415555", "US", NULL},                   {"not a number", "US", NULL},             {"", "US", NULL},
    {"+999 12345678", "US", NULL},            {"+1 415 555 26711234567", "US", NULL},   {"020 7946 0958", NULL, NULL},
};

static void numbers_become_e164_or_say_why_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char out[PHONE_MAX] = "", why[64] = "";
        int err = phone_normalise(out, numbers[i].text, numbers[i].region, why, sizeof why);

        if (numbers[i].e164 != NULL) {
            assert_int_equal(err, 0);
            assert_string_equal(out, numbers[i].e164);
        } else {
            assert_int_equal(err, EINVAL);
            assert_true(why[0] != '\0');
        }
    }
}

struct placed { const char *e164, *zones[4]; int count; }; /* the zones that must be there; count 0: unknown */

static const struct placed places[] = {
    {"+14155552671", {"America/Los_Angeles"}, 1},
    {"+12085552671", {"America/Boise", "America/Los_Angeles", "America/Denver"}, 3},
    {"+16055552671", {"America/Denver", "America/North_Dakota/Center", "America/Chicago"}, 3},
    {"+15205552671", {"America/Denver", "America/Phoenix"}, 2},
    {"+18085552671", {"Pacific/Honolulu"}, 1},
    {"+18505552671", {"America/New_York", "America/Chicago"}, 2}, /* the Florida panhandle: partly Central */
    {"+14235552671", {"America/New_York", "America/Chicago"}, 2}, /* Chattanooga is Eastern */
    {"+442079460958", {"Europe/London"}, 4},
    {"+919812345678", {"Asia/Calcutta"}, 1},
    {"+18003569377", {0}, 0},
    {"+18883569377", {0}, 0},
    {"+15005550006", {0}, 0},
    {"+883510000000", {0}, 0},
    {"4155552671", {0}, 0},
};

static void a_number_is_in_every_zone_of_its_area_and_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        char zones[GATE_ZONES_MAX][PHONE_ZONE_NAME_MAX];
        int n = phone_zones(zones, GATE_ZONES_MAX, places[i].e164);

        if (n != places[i].count)
            fail_msg("%s: %d zones", places[i].e164, n);
        for (int k = 0; k < 4 && places[i].zones[k] != NULL; k++) {
            bool found = false;

            for (int j = 0; j < n; j++)
                found = found || strcmp(zones[j], places[i].zones[k]) == 0;
            if (!found)
                fail_msg("%s: %s is missing", places[i].e164, places[i].zones[k]);
        }
    }
}

static void the_table_is_sorted_and_the_system_knows_its_zones(void **state)
{
    (void)state;
    for (size_t i = 0; i < phone_zone_row_count; i++) {
        size_t n = 0;

        if (i > 0)
            assert_true(strcmp(phone_zone_rows[i - 1].prefix, phone_zone_rows[i].prefix) < 0);
        for (; phone_zone_rows[i].zones[n] != PHONE_ZONE_END; n++) {
            const char *name = phone_zone_names[phone_zone_rows[i].zones[n]];
            int offset;

            if (clock_zone_offset(&offset, name, 1790000000000) != 0)
                fail_msg("zone %s is not known to this system", name);
        }
        assert_true(n > 0 && n <= GATE_ZONES_MAX);
    }
}

static void a_zip_code_adds_its_state(void **state)
{
    const struct { const char *zip; size_t zones; } cases[] = {{"94107", 1}, {"32501", 2}, {"37402-1234", 2}, {"83702", 3}, {"SW1A 1AA", 0}, {"123", 0}, {"00000", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *zones = json_array();

        assert_int_equal(zip_zones_add(zones, cases[i].zip), 0);
        assert_int_equal(json_array_size(zones), cases[i].zones);
        json_decref(zones);
    }
}

static void numbers_are_shown_as_people_write_them(void **state)
{
    char out[40];

    (void)state;
    phone_format(out, sizeof out, "+14155552671");
    assert_string_equal(out, "(415) 555-2671");
    phone_format(out, sizeof out, "+442079460958");
    assert_string_equal(out, "+44 20 7946 0958");
    phone_format(out, sizeof out, "what");
    assert_string_equal(out, "what");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_become_e164_or_say_why_not),
        cmocka_unit_test(a_number_is_in_every_zone_of_its_area_and_state),
        cmocka_unit_test(the_table_is_sorted_and_the_system_knows_its_zones),
        cmocka_unit_test(a_zip_code_adds_its_state),
        cmocka_unit_test(numbers_are_shown_as_people_write_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
