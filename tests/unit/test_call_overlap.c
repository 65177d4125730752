/* test_call_overlap.c - both voices at once: which of it did we do? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "call/overlap.h"

#define MS(x) ((int64_t)(x) * 1000)

static struct overlap_ms with(const struct overlap *o, int from_ms, int to_ms)
{
    struct overlap_ms sum = {0};

    overlap_theirs(&sum, o, MS(from_ms), MS(to_ms));
    return sum;
}

static void who_is_silent_overlaps_nobody(void **state)
{
    struct overlap o = {0};

    (void)state;
    assert_int_equal(with(&o, 1000, 5000).began, 0);
    overlap_ours_began(&o, MS(100));
    overlap_ours_ended(&o, MS(900), true);
    assert_int_equal(with(&o, 1000, 5000).began, 0);
    assert_int_equal(with(&o, 1000, 5000).went_on, 0);
}

static void a_pause_within_its_time_is_none_and_a_late_one_counts_what_is_beyond(void **state)
{
    struct overlap o = {0};

    (void)state;
    overlap_ours_began(&o, MS(100));
    assert_int_equal(with(&o, 1000, 3000).went_on, 1940); /* we talk on */
    overlap_ours_ended(&o, MS(1050), false);
    assert_int_equal(with(&o, 1000, 3000).went_on, 0);
    assert_int_equal(with(&o, 900, 3000).went_on, 90);
    assert_int_equal(with(&o, 900, 3000).began, 0);
    assert_int_equal(with(&o, 900, 1000).went_on, 40); /* they stopped before we did */
}

static void beginning_and_going_on_while_they_speak_counts_whole(void **state)
{
    struct overlap o = {0};

    (void)state;
    overlap_ours_began(&o, MS(2000));
    assert_int_equal(with(&o, 1000, 2500).began, 500);
    overlap_ours_ended(&o, MS(2100), false);
    assert_int_equal(with(&o, 1000, 2500).began, 100);
    overlap_ours_began(&o, MS(2300)); /* from the same word, too early */
    assert_int_equal(with(&o, 1000, 2500).began, 300);
    assert_int_equal(with(&o, 2050, 2500).began, 200); /* to who began over us the first stretch is no beginning of ours */
    assert_int_equal(with(&o, 2050, 2500).went_on, 0);
}

static void sentences_in_a_row_are_one_stretch_and_a_paused_one_is_two(void **state)
{
    struct overlap o = {0};

    (void)state;
    overlap_ours_began(&o, MS(0));
    overlap_ours_ended(&o, MS(1000), true);
    overlap_ours_began(&o, MS(1100));
    overlap_ours_began(&o, MS(1200));
    overlap_ours_ended(&o, MS(1300), true);
    overlap_ours_ended(&o, MS(1900), true);
    assert_int_equal(o.n, 1);
    assert_int_equal(with(&o, 900, 2000).began, 0);
    assert_int_equal(with(&o, 900, 2000).went_on, 340);
    overlap_ours_began(&o, MS(1300 + OVERLAP_JOIN_MS + 1));
    assert_int_equal(o.n, 2);
    overlap_ours_ended(&o, MS(1600), false);
    overlap_ours_began(&o, MS(1650));
    assert_int_equal(o.n, 3);
}

static void the_newest_stretches_are_kept(void **state)
{
    struct overlap o = {0};

    (void)state;
    for (int i = 0; i < 3 * OVERLAP_STRETCHES; i++) {
        overlap_ours_began(&o, MS(1000 * i));
        overlap_ours_ended(&o, MS(1000 * i + 100), false);
    }
    assert_int_equal(o.n, OVERLAP_STRETCHES);
    assert_int_equal(o.ours[OVERLAP_STRETCHES - 1].from_us, MS(1000 * (3 * OVERLAP_STRETCHES - 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_silent_overlaps_nobody),
        cmocka_unit_test(a_pause_within_its_time_is_none_and_a_late_one_counts_what_is_beyond),
        cmocka_unit_test(beginning_and_going_on_while_they_speak_counts_whole),
        cmocka_unit_test(sentences_in_a_row_are_one_stretch_and_a_paused_one_is_two),
        cmocka_unit_test(the_newest_stretches_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
