/* test_call_hearing.c - from the recogniser's log probabilities to how sure a turn's words are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "call/hearing.h"

static float of(const char *text, float log_probability)
{
    struct hearing_sum h = {0};

    hearing_add(&h, text, log_probability);
    return hearing_confidence(&h);
}

static void nothing_heard_is_not_known(void **state)
{
    (void)state;
    assert_float_equal(hearing_confidence(&(struct hearing_sum){0}), 0, 0);
    assert_float_equal(of("", -2), 0, 0);
}

static void it_falls_with_the_probability(void **state)
{
    float before = 1;

    (void)state;
    for (float p = 0; p > -2; p -= 0.01f) {
        float c = of("in three weeks", p);

        assert_true(c <= before && c > 0);
        before = c;
    }
}

static void measured_points_are_kept(void **state)
{
    (void)state;
    assert_float_equal(of("yes", -0.15f), 0.79, 0.001);
    assert_float_equal(of("yes", -0.40f), 0.265, 0.001);
    assert_float_equal(of("yes", -5), 0.01, 0.001);
}

static void long_pieces_weigh_more(void **state)
{
    struct hearing_sum h = {0};

    (void)state;
    hearing_add(&h, "um", -1);
    hearing_add(&h, "we are losing deals every week because nobody answers", -0.05f);
    assert_true(hearing_confidence(&h) > 0.7f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_heard_is_not_known),
        cmocka_unit_test(it_falls_with_the_probability),
        cmocka_unit_test(measured_points_are_kept),
        cmocka_unit_test(long_pieces_weigh_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
