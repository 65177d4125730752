/* test_desk_ladder.c - the offer ladder as a table of climbs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk/ladder.h"

static const struct ladder_params params = {15000, 15000, 20000, 60000, LADDER_LONGEST_IDLE};
static const struct ladder_params in_turn = {15000, 15000, 20000, 60000, LADDER_TURNS};

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

/* --- who is asked first: one pair a line, the better one is the second --- */

struct pair { const char *what; struct ladder_closer other, better; bool turns; const char *cause; };

#define FREE .available = true

static const struct pair pairs[] = {
    {"longer idle", {FREE, .idle_since = 9}, {FREE, .idle_since = 5}, false, "longest_idle"},
    {"asked longer ago, when it goes in turn", {FREE, .idle_since = 1, .offered_at = 9}, {FREE, .idle_since = 5, .offered_at = 3}, true, "next_turn"},
    {"never asked yet, when it goes in turn", {FREE, .idle_since = 1, .offered_at = 9}, {FREE, .idle_since = 5}, true, "next_turn"},
    {"fits better", {FREE, .match = 1, .idle_since = 1}, {FREE, .match = 4, .idle_since = 9}, false, "best_match"},
    {"of the team, though the other fits better", {FREE, .match = 4, .idle_since = 1}, {FREE, .team = true, .idle_since = 9}, false, "longest_idle"},
    {"the owner, though of another team", {FREE, .team = true, .match = 6, .idle_since = 1}, {FREE, .owner = true, .idle_since = 9}, false, "owner"},
    {"has talks left for today", {FREE, .team = true, .full = true, .match = 6}, {FREE, .idle_since = 9}, false, "longest_idle"},
    {"the owner, though they have had their talks", {FREE, .team = true}, {FREE, .owner = true, .full = true}, false, "owner"},
    {"works now", {FREE, .team = true, .owner = true, .off = true}, {FREE}, false, "longest_idle"},
    {"speaks the language", {FREE, .team = true, .owner = true, .foreign = true}, {FREE}, false, "longest_idle"},
    {"is there", {.team = true, .owner = true}, {FREE}, false, "longest_idle"},
    {"was not asked before", {FREE, .team = true, .owner = true, .tried = true}, {FREE}, false, "longest_idle"},
};

static void who_goes_first_as_a_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        for (int swap = 0; swap < 2; swap++) { /* the order of the list decides nothing */
            struct ladder_closer c[2] = {swap ? pairs[i].better : pairs[i].other, swap ? pairs[i].other : pairs[i].better};
            struct ladder l;
            struct ladder_move m;

            ladder_begin(&l, 0);
            ladder_climb(&m, &l, pairs[i].turns ? &in_turn : &params, c, 2, 0);
            if (!m.ring || m.who[0] != !swap || strcmp(m.reason, pairs[i].cause) != 0)
                fail_msg("%s: %s", pairs[i].what, m.ring ? m.reason : "nobody");
        }
}

static void who_is_off_or_foreign_is_not_asked_even_when_all_are(void **state)
{
    struct ladder_closer c[] = {{FREE, .tried = true}, {FREE, .off = true}, {FREE, .foreign = true}, {FREE, .full = true}};
    struct ladder l = {.step = LADDER_ALL};
    struct ladder_move m;

    (void)state;
    ladder_climb(&m, &l, &params, c, 4, 30000);
    assert_string_equal(m.reason, "all");
    assert_int_equal(m.count, 1);
    assert_int_equal(m.who[0], 3); /* better a talk too many than a prospect lost */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_idle_of_the_team_is_asked_first),
        cmocka_unit_test(the_owner_goes_before_everybody),
        cmocka_unit_test(a_busy_owner_is_skipped_at_once),
        cmocka_unit_test(the_whole_climb),
        cmocka_unit_test(nobody_free_fails_at_once),
        cmocka_unit_test(who_goes_first_as_a_table),
        cmocka_unit_test(who_is_off_or_foreign_is_not_asked_even_when_all_are),
        cmocka_unit_test(the_hold_cap_shortens_and_ends_the_climb),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
