/* test_desk_offers.c - who is offered a prospect, and what becomes of the offer: real phones that accept, decline, are silent or race, and people at their
 * screens. */
#include <errno.h>

#include "unit/desk_rig.h"

/* --- the ladder --- */

static void who_declines_is_skipped_and_stays_available(void **state)
{
    static const enum habit ways[] = {PRESSES_2, BUSY, DECLINES, HANGS_UP};

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct desk_rig *r = desk_rig_open(&desk_rig_config);

        rig_closer(r, "ann", ways[i]);
        rig_closer(r, "bob", PRESSES_1);
        rig_begin(r);
        RIG_UNTIL(r, rig_bridged);
        assert_string_equal(r->closer, "bob");
        expect_offer(r, "ann", "declined");
        expect_presence(r, "ann", "available");
        expect_presence(r, "bob", "in_call");
        expect_count(r, "offer.made", "2");
        desk_rig_close(r);
    }
}

static void who_does_not_answer_is_away_afterwards(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", IGNORES);
    rig_begin(r);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "nobody_answered");
    expect_offer(r, "ann", "timeout");
    expect_presence(r, "ann", "away");
    expect_row(r, "SELECT presence_reason AS x FROM closer WHERE id = ?", "ann", "missed an offer");
    expect_handoff(r, "failed", "nobody_answered");
    assert_false(r->prospect_over); /* the AI goes on with them */
    desk_rig_close(r);
}

static void who_answers_and_does_not_decide_loses_the_offer(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", ANSWERS);
    rig_begin(r);
    RIG_UNTIL(r, rig_failed);
    assert_true(phone_of(r, "ann")->up);
    expect_offer(r, "ann", "timeout");
    expect_row(r, "SELECT reason AS x FROM offer", NULL, "answered, but did not decide");
    expect_presence(r, "ann", "away");
    desk_rig_close(r);
}

static bool ticked(struct desk_rig *r) { return r->ticks > 0; }

static void who_picks_up_at_the_last_moment_may_still_decide(void **state)
{
    struct desk_config cfg = desk_rig_config;
    struct desk_rig *r;

    (void)state;
    cfg.ring_owner_s = 2;
    cfg.decide_s = 10;
    cfg.hold_tick_s = 1;
    r = desk_rig_open(&cfg);
    rig_closer(r, "ann", IGNORES);
    rig_begin(r);
    RIG_UNTIL(r, ann_rings);
    RIG_UNTIL(r, ticked); /* half of the ring is over */
    phone_answer(phone_of(r, "ann"));
    r->ticks = -1;
    RIG_UNTIL(r, ticked); /* beyond the ring */
    expect_row(r, "SELECT state AS x FROM offer", NULL, "ringing");
    mport_dtmf(leg_port(phone_of(r, "ann")->leg), "1");
    RIG_UNTIL(r, rig_bridged);
    expect_offer(r, "ann", "accepted");
    desk_rig_close(r);
}

static void nobody_available_is_known_at_once(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_load(r);
    RIG_COMMAND(r, desk_presence_set(r->desk, "ann", "away", "lunch", rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    rig_call_prospect(r);
    rig_hand_over(r);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "nobody_available");
    expect_handoff(r, "failed", "nobody_available");
    expect_count(r, "offer.made", "0");
    expect_row(r, "SELECT presence_reason AS x FROM closer WHERE id = ?", "ann", "lunch");
    desk_rig_close(r);
}

static void the_hold_cap_ends_the_climb(void **state)
{
    struct desk_config cfg = desk_rig_config;
    struct desk_rig *r;

    (void)state;
    cfg.hold_cap_s = 4;
    cfg.ring_owner_s = 2;
    r = desk_rig_open(&cfg);
    rig_closer(r, "ann", IGNORES);
    rig_closer(r, "bob", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "hold_cap");
    expect_offer(r, "ann", "timeout");
    expect_presence(r, "bob", "available");
    desk_rig_close(r);
}

static void a_phone_that_cannot_be_reached_is_not_tried_again(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer_at(r, "ann", IGNORES, "key", "sip:ann@127.0.0.1:9;transport=tcp");
    rig_closer_at(r, "bad", IGNORES, "key", "not a uri");
    rig_closer(r, "bob", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    assert_string_equal(r->closer, "bob");
    expect_offer(r, "ann", "failed");
    expect_offer(r, "bad", "failed");
    expect_presence(r, "ann", "away");
    expect_presence(r, "bad", "away");
    desk_rig_close(r);
}

static int archive_ann(struct tx *tx, void *arg)
{
    (void)arg;
    return closer_archive(tx, "ann");
}

static void who_was_archived_is_offered_nothing(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_closer(r, "bob", PRESSES_1);
    rig_load(r);
    assert_int_equal(store_run(r->store, archive_ann, NULL), 0);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    assert_string_equal(r->closer, "bob");
    expect_count(r, "offer.made", "1");
    desk_rig_close(r);
}

struct profile { const char *id, *json; };

static int give_profile(struct tx *tx, void *arg)
{
    const struct profile *p = arg;

    return tx_exec(tx, "UPDATE closer SET profile = ? WHERE id = ?", "ss", p->json, p->id);
}

static void who_does_not_speak_the_language_or_is_at_home_is_not_rung(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    (void)state;
    rig_closer(r, "ann", PRESSES_1);
    rig_closer(r, "bob", PRESSES_1);
    rig_closer(r, "cid", PRESSES_1);
    assert_int_equal(store_run(r->store, give_profile, &(struct profile){"ann", "{\"languages\":[\"fr\"]}"}), 0);
    assert_int_equal(store_run(r->store, give_profile, &(struct profile){"bob", "{\"hours\":{\"zone\":\"UTC\",\"week\":{}}}"}), 0);
    rig_load(r);
    rig_call_prospect(r);
    assert_int_equal(handoff_start(&r->handoff, r->desk,
                                   &(struct handoff_params){.call_id = "C", .lead_id = "L", .team = "closers", .language = "en-US", .prospect = leg_port(r->prospect), .fn = rig_on_handoff, .arg = r}), 0);
    RIG_UNTIL(r, rig_bridged);
    assert_string_equal(r->closer, "cid");
    expect_count(r, "offer.made", "1");
    expect_row(r, "SELECT why AS x FROM offer", NULL, "longest_idle");
    expect_row(r, "SELECT json_extract(data, '$.reason') AS x FROM event WHERE kind = 'handoff.ringing'", NULL, "longest_idle");
    expect_row(r, "SELECT outcome AS x FROM handoff", NULL, "(null)");
    desk_rig_close(r);
}

static void in_turn_goes_to_who_was_asked_longest_ago(void **state)
{
    struct desk_config cfg = desk_rig_config;
    struct desk_rig *r;

    (void)state;
    cfg.round_robin = true;
    r = desk_rig_open(&cfg);
    rig_closer(r, "ann", DECLINES);
    rig_closer(r, "bob", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    expect_row(r, "SELECT why AS x FROM offer WHERE closer_id = 'bob'", NULL, "next_turn");
    desk_rig_close(r);
}

/* --- two phones at once --- */

static struct desk_rig *two_ring_at_once(enum habit habit)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);

    rig_closer(r, "ann", DECLINES); /* the first two steps are over at once: then everybody who is left */
    rig_closer(r, "bob", DECLINES);
    rig_closer(r, "cid", habit);
    rig_closer(r, "dot", habit);
    rig_begin(r);
    return r;
}

static bool both_ring(struct desk_rig *r)
{
    return phone_of(r, "cid")->leg != NULL && phone_of(r, "dot")->leg != NULL;
}

static bool one_was_dropped(struct desk_rig *r)
{
    return r->bridged > 0 && (phone_of(r, "cid")->over || phone_of(r, "dot")->over);
}

static void of_two_who_press_at_once_exactly_one_wins(void **state)
{
    struct desk_rig *r = two_ring_at_once(PRESSES_1);
    const char *loser;

    (void)state;
    RIG_UNTIL(r, one_was_dropped);
    assert_int_equal(r->bridged, 1);
    loser = strcmp(r->closer, "cid") == 0 ? "dot" : "cid";
    assert_true(phone_of(r, loser)->over);
    assert_false(phone_of(r, r->closer)->over);
    expect_offer(r, r->closer, "accepted");
    expect_presence(r, r->closer, "in_call");
    expect_offer(r, loser, "withdrawn");
    expect_presence(r, loser, "available");
    expect_count(r, "handoff.bridged", "1");
    desk_rig_close(r);
}

static const char *offer_of(struct desk_rig *r, const char *closer, struct rig_question *q)
{
    *q = (struct rig_question){.sql = "SELECT id AS x FROM offer WHERE closer_id = ?", .arg = closer};
    assert_int_equal(store_run(r->store, ask_row, q), 0);
    return q->answer;
}

static void who_is_slower_on_the_screen_is_told_so(void **state)
{
    struct desk_rig *r = two_ring_at_once(ANSWERS);
    struct rig_question cid, dot;

    (void)state;
    RIG_UNTIL(r, both_ring);
    RIG_COMMAND(r, desk_offer_accept(r->desk, offer_of(r, "dot", &dot), rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    RIG_COMMAND(r, desk_offer_accept(r->desk, offer_of(r, "cid", &cid), rig_command_done, r));
    RIG_UNTIL(r, rig_bridged);
    if (strcmp(r->closer, "dot") == 0)
        RIG_COMMAND(r, desk_offer_accept(r->desk, cid.answer, rig_command_done, r));
    else
        RIG_COMMAND(r, desk_offer_accept(r->desk, dot.answer, rig_command_done, r));
    assert_int_equal(r->command_err, EALREADY);
    RIG_COMMAND(r, desk_offer_decline(r->desk, dot.answer, "late", rig_command_done, r));
    assert_int_equal(r->command_err, EALREADY);
    RIG_COMMAND(r, desk_offer_accept(r->desk, "no such offer", rig_command_done, r));
    assert_int_equal(r->command_err, ENOENT);
    assert_int_equal(r->bridged, 1);
    desk_rig_close(r);
}

/* --- on the screen --- */

static void accepted_on_the_screen_it_is_bridged_when_the_phone_is_picked_up(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);
    struct rig_question q;

    (void)state;
    rig_closer(r, "ann", IGNORES);
    rig_begin(r);
    RIG_UNTIL(r, ann_rings);
    RIG_COMMAND(r, desk_offer_accept(r->desk, offer_of(r, "ann", &q), rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    assert_int_equal(r->bridged, 0);
    phone_answer(phone_of(r, "ann"));
    RIG_UNTIL(r, rig_bridged);
    expect_offer(r, "ann", "accepted");
    RIG_COMMAND(r, desk_presence_set(r->desk, "ann", "away", NULL, rig_command_done, r));
    assert_int_equal(r->command_err, EBUSY);
    RIG_COMMAND(r, desk_presence_set(r->desk, "ann", "dancing", NULL, rig_command_done, r));
    assert_int_equal(r->command_err, EINVAL);
    desk_rig_close(r);
}

static void accepted_on_the_screen_after_picking_up(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);
    struct rig_question q;

    (void)state;
    rig_closer(r, "ann", ANSWERS);
    rig_begin(r);
    RIG_UNTIL(r, ann_up);
    RIG_COMMAND(r, desk_offer_accept(r->desk, offer_of(r, "ann", &q), rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    RIG_UNTIL(r, rig_bridged);
    expect_offer(r, "ann", "accepted");
    desk_rig_close(r);
}

static void declined_on_the_screen_with_a_reason(void **state)
{
    struct desk_rig *r = desk_rig_open(&desk_rig_config);
    struct rig_question q;

    (void)state;
    rig_closer(r, "ann", IGNORES);
    rig_begin(r);
    RIG_UNTIL(r, ann_rings);
    RIG_COMMAND(r, desk_offer_decline(r->desk, offer_of(r, "ann", &q), "in a meeting", rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    RIG_UNTIL(r, rig_failed);
    expect_offer(r, "ann", "declined");
    expect_row(r, "SELECT reason AS x FROM offer", NULL, "in a meeting");
    expect_presence(r, "ann", "available");
    desk_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_declines_is_skipped_and_stays_available),
        cmocka_unit_test(who_does_not_answer_is_away_afterwards),
        cmocka_unit_test(who_answers_and_does_not_decide_loses_the_offer),
        cmocka_unit_test(who_picks_up_at_the_last_moment_may_still_decide),
        cmocka_unit_test(nobody_available_is_known_at_once),
        cmocka_unit_test(the_hold_cap_ends_the_climb),
        cmocka_unit_test(a_phone_that_cannot_be_reached_is_not_tried_again),
        cmocka_unit_test(who_was_archived_is_offered_nothing),
        cmocka_unit_test(who_does_not_speak_the_language_or_is_at_home_is_not_rung),
        cmocka_unit_test(in_turn_goes_to_who_was_asked_longest_ago),
        cmocka_unit_test(of_two_who_press_at_once_exactly_one_wins),
        cmocka_unit_test(who_is_slower_on_the_screen_is_told_so),
        cmocka_unit_test(accepted_on_the_screen_it_is_bridged_when_the_phone_is_picked_up),
        cmocka_unit_test(accepted_on_the_screen_after_picking_up),
        cmocka_unit_test(declined_on_the_screen_with_a_reason),
    };

    return cmocka_run_group_tests(tests, desk_group_setup, desk_group_teardown);
}
