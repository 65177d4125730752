/* test_desk_handoff.c - a prospect is handed to a human, and somebody leaves: two real lines on 127.0.0.1 with audio, a real store. After each story
 * the rows, the events and the closer's presence are sensible. test_desk_offers.c tells of the way there. */
#include <errno.h>

#include "unit/desk_rig.h"

/* --- one closer --- */

static void who_presses_1_talks_to_the_prospect(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);
    struct phone *ann = rig_closer(r, "ann", PRESSES_1);

    (void)state;
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    assert_string_equal(r->closer, "ann");
    expect_presence(r, "ann", "in_call");
    expect_row(r, "SELECT state AS x FROM handoff", NULL, "bridged");
    phone_speak(ann);
    phone_speak(phone_of(r, "prospect"));
    RIG_UNTIL(r, ann_and_prospect_hear);
    leg_hangup(ann->leg, 0);
    RIG_UNTIL(r, rig_prospect_gone);
    assert_int_equal(r->ended, 1);
    assert_string_equal(r->reason, "closer_hung_up");
    expect_offer(r, "ann", "accepted");
    expect_handoff(r, "ended", "closer_hung_up");
    expect_presence(r, "ann", "wrap_up");
    expect_row(r, "SELECT json_extract(data, '$.brief.summary') AS x FROM event WHERE kind = 'offer.made'", NULL, "wants it now");
    expect_row(r, "SELECT CASE WHEN time_to_human_ms >= 0 AND accepted_at IS NOT NULL AND bridged_at IS NOT NULL THEN 'measured' END AS x FROM handoff", NULL, "measured");
    desk_rig_close(r);
}

static void a_wrap_up_ends_by_itself(void **state)
{
    struct desk_config cfg = desk_rig_config;
    struct desk_rig *r;

    (void)state;
    cfg.wrap_up_s = 0;
    r = desk_rig_open(&cfg);
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    leg_hangup(phone_of(r, "ann")->leg, 0);
    RIG_UNTIL(r, rig_prospect_gone);
    RIG_UNTIL(r, ann_available);
    expect_presence(r, "ann", "available");
    desk_rig_close(r);
}

static void a_wrap_up_ends_when_it_is_handed_in(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);
    json_t *form = json_pack("{s:s,s:i}", "disposition", "won", "deal_usd", 12000);
    struct rig_question q = {.sql = "SELECT id AS x FROM handoff"};

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    assert_int_equal(store_run(r->store, ask_row, &q), 0);
    leg_hangup(phone_of(r, "ann")->leg, 0);
    RIG_UNTIL(r, rig_prospect_gone);
    RIG_COMMAND(r, desk_wrap_up(r->desk, q.answer, form, rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    expect_presence(r, "ann", "available");
    expect_row(r, "SELECT disposition AS x FROM call", NULL, "won");
    RIG_COMMAND(r, desk_wrap_up(r->desk, "nothing", form, rig_command_done, r));
    assert_int_equal(r->command_err, ENOENT);
    json_decref(form);
    desk_rig_close(r);
}

static void picking_up_is_enough_for_who_wants_it_so(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer_at(r, "ann", ANSWERS, "answer", NULL);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    expect_offer(r, "ann", "accepted");
    desk_rig_close(r);
}

static bool given_back(struct desk_rig *r) { return r->returned > 0 && phone_of(r, "ann")->over; }

static void a_closer_brings_the_ai_back(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);
    struct rig_question q = {.sql = "SELECT id AS x FROM handoff"};

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    assert_int_equal(store_run(r->store, ask_row, &q), 0);
    RIG_COMMAND(r, desk_bring_back(r->desk, q.answer, rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    RIG_UNTIL(r, given_back);
    assert_false(r->prospect_over); /* the AI has them now */
    expect_handoff(r, "ended", "brought_back");
    expect_presence(r, "ann", "wrap_up");
    RIG_COMMAND(r, desk_bring_back(r->desk, q.answer, rig_command_done, r));
    assert_int_equal(r->command_err, ENOENT);
    desk_rig_close(r);
}

/* --- somebody leaves --- */

static void the_prospect_leaves_before_anybody_rings(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    assert_ptr_equal(handoff_cancel(r->handoff, "prospect_hung_up"), r);
    r->handoff = obj_unref(r->handoff);
    leg_hangup(r->prospect, 0);
    RIG_UNTIL(r, rig_prospect_gone);
    expect_handoff(r, "failed", "prospect_hung_up");
    expect_count(r, "offer.made", "0");
    expect_presence(r, "ann", "available");
    desk_rig_close(r);
}

static bool ann_over(struct desk_rig *r) { return phone_of(r, "ann")->over; }

static void the_prospect_leaves_while_a_phone_rings_or_is_answered(void **state)
{
    static const enum habit habits[] = {IGNORES, ANSWERS};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct desk_rig *r = desk_rig_open(&desk_rig_config);

        rig_closer(r, "ann", habits[i]);
        rig_begin(r);
        RIG_UNTIL(r, habits[i] == IGNORES ? ann_rings : ann_up);
        leg_hangup(phone_of(r, "prospect")->leg, 0);
        RIG_UNTIL(r, rig_prospect_gone);
        RIG_UNTIL(r, ann_over); /* the phone stops ringing */
        assert_int_equal(r->bridged + r->failed + r->ended, 0);
        expect_handoff(r, "failed", "prospect_hung_up");
        expect_offer(r, "ann", "withdrawn");
        expect_presence(r, "ann", "available");
        desk_rig_close(r);
    }
}

static void the_prospect_leaves_the_closer(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, ann_over);
    assert_int_equal(r->ended, 0);
    expect_handoff(r, "ended", "prospect_hung_up");
    expect_offer(r, "ann", "accepted");
    expect_presence(r, "ann", "wrap_up");
    desk_rig_close(r);
}

static void the_prospect_leaves_in_the_very_moment_of_the_bridge(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    r->cancel_on_bridge = true;
    rig_begin(r);
    RIG_UNTIL(r, rig_prospect_gone);
    RIG_UNTIL(r, ann_over);
    expect_handoff(r, "ended", "prospect_hung_up");
    expect_presence(r, "ann", "wrap_up");
    desk_rig_close(r);
}

static bool all_gone(struct desk_rig *r) { return r->prospect_over && ann_over(r); }

static void both_leave_at_once(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    leg_hangup(phone_of(r, "ann")->leg, 0);
    RIG_UNTIL(r, all_gone);
    assert_null(r->handoff);
    expect_row(r, "SELECT state AS x FROM handoff", NULL, "ended");
    expect_count(r, "handoff.ended", "1");
    expect_presence(r, "ann", "wrap_up");
    desk_rig_close(r);
}

static void the_desk_closes_whatever_goes_on(void **state)
{
    static const enum habit habits[] = {IGNORES, ANSWERS, PRESSES_1};
    rig_pred *const reached[] = {ann_rings, ann_up, rig_bridged};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct desk_rig *r = desk_rig_open(&desk_rig_config);

        rig_closer(r, "ann", habits[i]);
        rig_begin(r);
        RIG_UNTIL(r, reached[i]);
        desk_close(r->desk);
        assert_ptr_equal(handoff_cancel(r->handoff, "again"), r); /* the owner gets its argument once more, and nothing else happens */
        expect_handoff(r, habits[i] == PRESSES_1 ? "ended" : "failed", "shutdown");
        desk_rig_close(r);
    }
}

static void a_second_prospect_is_not_offered_to_who_is_busy(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);
    struct handoff *first;

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    first = r->handoff;
    rig_hand_over(r);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "nobody_available");
    assert_null(r->handoff);
    handoff_cancel(first, "test");
    obj_unref(first);
    desk_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_presses_1_talks_to_the_prospect),
        cmocka_unit_test(a_wrap_up_ends_by_itself),
        cmocka_unit_test(a_wrap_up_ends_when_it_is_handed_in),
        cmocka_unit_test(picking_up_is_enough_for_who_wants_it_so),
        cmocka_unit_test(a_closer_brings_the_ai_back),
        cmocka_unit_test(the_prospect_leaves_before_anybody_rings),
        cmocka_unit_test(the_prospect_leaves_while_a_phone_rings_or_is_answered),
        cmocka_unit_test(the_prospect_leaves_the_closer),
        cmocka_unit_test(the_prospect_leaves_in_the_very_moment_of_the_bridge),
        cmocka_unit_test(both_leave_at_once),
        cmocka_unit_test(the_desk_closes_whatever_goes_on),
        cmocka_unit_test(a_second_prospect_is_not_offered_to_who_is_busy),
    };

    return cmocka_run_group_tests(tests, desk_group_setup, desk_group_teardown);
}
