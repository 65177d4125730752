/* test_desk_ladder.c - the offer ladder as a table of climbs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/ladder.h"

static const struct ladder_params params = {15000, 15000, 20000, 60000};

static void longest_idle_of_the_team_is_asked_first(void **state)
{
    struct ladder_closer c[] = {{.available = true, .idle_since = 1}, {.available = true, .team = true, .idle_since = 50}, {.available = true, .team = true, .idle_since = 40}};
    struct ladder l;
    struct ladder_move m;

    (void)state;
    ladder_begin(&l, 0);
    ladder_climb(&m, &l, &params, c, 3, 0);
    assert_true(m.ring);
    assert_int_equal(m.count, 1);
    assert_int_equal(m.who[0], 2);
    assert_int_equal(m.ring_ms, 15000);
}

static void the_owner_goes_before_everybody(void **state)
{
    struct ladder_closer c[] = {{.available = true, .team = true, .idle_since = 1}, {.available = true, .owner = true, .idle_since = 99}};
    struct ladder l;
    struct ladder_move m;

    (void)state;
    ladder_begin(&l, 0);
    ladder_climb(&m, &l, &params, c, 2, 0);
    assert_int_equal(m.who[0], 1);
}

static void a_busy_owner_is_skipped_at_once(void **state)
{
    struct ladder_closer c[] = {{.available = true, .team = true}, {.owner = true}};
    struct ladder l;
    struct ladder_move m;

    (void)state;
    ladder_begin(&l, 0);
    ladder_climb(&m, &l, &params, c, 2, 0);
    assert_int_equal(m.who[0], 0);
}

static void the_whole_climb(void **state)
{
    struct ladder_closer c[4] = {{.available = true, .team = true, .idle_since = 1}, {.available = true, .team = true, .idle_since = 2}, {.available = true, .idle_since = 3}, {.available = true, .idle_since = 4}};
    struct ladder l;
    struct ladder_move m;

    (void)state;
    ladder_begin(&l, 0);
    ladder_climb(&m, &l, &params, c, 4, 0);
    assert_int_equal(m.who[0], 0);
    c[0].tried = true;
    ladder_climb(&m, &l, &params, c, 4, 15000);
    assert_int_equal(m.who[0], 1);
    c[1].tried = true;
    ladder_climb(&m, &l, &params, c, 4, 30000);
    assert_int_equal(m.count, 2);
    assert_int_equal(m.who[0], 2);
    assert_int_equal(m.who[1], 3);
    assert_int_equal(m.ring_ms, 20000);
    c[2].tried = c[3].tried = true;
    ladder_climb(&m, &l, &params, c, 4, 50000);
    assert_false(m.ring);
    assert_string_equal(m.reason, "nobody_answered");
}

static void nobody_free_fails_at_once(void **state)
{
    struct ladder_closer c[] = {{.team = true}, {.team = true}};
    struct ladder l;
    struct ladder_move m;

    (void)state;
    ladder_begin(&l, 0);
    ladder_climb(&m, &l, &params, c, 2, 0);
    assert_false(m.ring);
    assert_string_equal(m.reason, "nobody_available");
    ladder_climb(&m, &l, &params, c, 0, 0);
    assert_false(m.ring);
}

static void the_hold_cap_shortens_and_ends_the_climb(void **state)
{
    struct ladder_closer c[] = {{.available = true, .team = true}};
    struct ladder l;
    struct ladder_move m;

    (void)state;
    ladder_begin(&l, 0);
    ladder_climb(&m, &l, &params, c, 1, 50000);
    assert_true(m.ring);
    assert_int_equal(m.ring_ms, 10000);
    ladder_begin(&l, 0);
    ladder_climb(&m, &l, &params, c, 1, 58000);
    assert_false(m.ring);
    assert_string_equal(m.reason, "hold_cap");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_idle_of_the_team_is_asked_first),
        cmocka_unit_test(the_owner_goes_before_everybody),
        cmocka_unit_test(a_busy_owner_is_skipped_at_once),
        cmocka_unit_test(the_whole_climb),
        cmocka_unit_test(nobody_free_fails_at_once),
        cmocka_unit_test(the_hold_cap_shortens_and_ends_the_climb),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
