/* Two lines on one loop call each other: every way a call begins and ends. */
#include "unit/line_rig.h"

static void a_call_is_answered_and_hung_up_by_us(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    r->accept_at_once = 1;
    rig_dial(r, 5, "");
    assert_false(leg_answered(r->out.leg));
    assert_true(rig_run_until(r, rig_both_up, RIG_WAIT_MS));
    assert_string_equal(r->from, "+14155550100");
    assert_string_equal(r->to, "+14155550199");
    assert_string_equal(leg_remote(r->in.leg), "+14155550100");
    assert_string_equal(leg_sip_call_id(r->in.leg), leg_sip_call_id(r->out.leg));
    assert_true(leg_answered_us(r->out.leg) > 0);
    leg_hangup(r->out.leg, 0);
    assert_int_equal(r->out.ended, 0); /* never before leg_hangup returns */
    leg_hangup(r->out.leg, 0);
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_COMPLETED);
    assert_true(r->out.by_us);
    assert_int_equal(r->in.outcome, LEG_COMPLETED);
    assert_false(r->in.by_us);
    rig_close(r);
}

static void the_far_end_hangs_up(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    r->accept_at_once = 1;
    r->out.unref_on_end = true;
    rig_dial(r, 5, ";transport=tcp");
    assert_true(rig_run_until(r, rig_both_up, RIG_WAIT_MS));
    leg_hangup(r->in.leg, 0);
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_COMPLETED);
    assert_false(r->out.by_us);
    assert_true(r->in.by_us);
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_answered_and_hung_up_by_us),
        cmocka_unit_test(the_far_end_hangs_up),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
