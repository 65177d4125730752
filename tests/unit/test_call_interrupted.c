/* test_call_interrupted.c - what the prospect does in the middle of our speech: says hello, says words, puts us on hold; over real lines, with the real talk and rows. */
#include "unit/call_rig.h"

static void who_says_hello_over_the_opening_hears_it_all_in_the_end(void **state)
{
    struct call_rig *r = answered();

    (void)state;
    for (int i = 0; i < 3; i++) {
        RIG_UNTIL(r, speaking);
        prospect_says(r, "Hello?");
        RIG_UNTIL(r, hearing);
    }
    RIG_UNTIL(r, listening);
    assert_int_equal(r->handoffs, 0);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE speaker = 'ai' AND interrupted = 1", "0"); /* paused twice and gone on, then talked on */
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE speaker = 'prospect' AND text = 'Hello?'", "3");
    expect_row(r, "SELECT topic AS x FROM turn WHERE speaker = 'ai' ORDER BY seq DESC LIMIT 1", "opening");
    hang_up(r);
    call_rig_close(r);
}

static void who_interrupts_with_words_is_answered(void **state)
{
    struct call_rig *r = answered();

    (void)state;
    RIG_UNTIL(r, speaking);
    prospect_says(r, "Take me off your list.");
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->outcome, "opted_out");
    assert_string_equal(r->ended_by, "us");
    call_rig_close(r);
}

/* Whom two hellos have not stopped talks on over real words until these are known: that is our doing. */
static void what_we_talk_over_is_in_the_ledger(void **state)
{
    struct call_rig *r = answered();

    (void)state;
    for (int i = 0; i < 2; i++) {
        RIG_UNTIL(r, speaking);
        prospect_says(r, "Hello?");
        RIG_UNTIL(r, hearing);
    }
    RIG_UNTIL(r, speaking);
    prospect_says(r, "Take me off your list.");
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->outcome, "opted_out");
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE text LIKE 'Take me%' AND json_extract(ledger, '$.overlap.went_on') > 0", "1");
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE text = 'Hello?' AND COALESCE(json_extract(ledger, '$.overlap.went_on'), 0) > 0", "0");
    call_rig_close(r);
}

/* --- hold --- */

static uint64_t music_until;

static void hold(struct call_rig *r, bool on) { call_on_leg(NULL, &(struct leg_event){.kind = LEG_EV_HOLD, .on = on}, r->calls->first); }
static bool silent(struct call_rig *r) { return !speak_busy(&r->calls->first->speak); }
static bool replies(struct call_rig *r) { return speak_busy(&r->calls->first->speak) && !r->calls->first->stepping; }
static bool music_over(struct call_rig *r)
{
    struct mport_stats s;

    mport_stats_get(r->calls->first->port, &s);
    return s.received >= music_until;
}

/* A sound that would be taken for speech otherwise. */
static void music_plays(struct call_rig *r)
{
    struct mport_stats s;

    mport_stats_get(r->calls->first->port, &s);
    music_until = s.received + 40;
    mport_play(leg_port(r->prospect), r->noise, 4711, 0);
    RIG_UNTIL(r, music_over);
}

static void who_holds_us_in_mid_sentence_hears_it_afterwards(void **state)
{
    struct call_rig *r = answered();

    (void)state;
    RIG_UNTIL(r, speaking);
    hold(r, true);
    RIG_UNTIL(r, silent);
    music_plays(r);
    assert_false(turn_prospect_speaks(&r->calls->first->turn));
    assert_true(silent(r));
    hold(r, false);
    answer(r, "Yes, sure.");
    RIG_UNTIL(r, listening);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE speaker = 'prospect'", "1");
    expect_row(r, "SELECT topic || ' ' || interrupted AS x FROM turn WHERE speaker = 'ai' ORDER BY seq LIMIT 1", "opening 1");
    expect_row(r, "SELECT topic || ' ' || interrupted AS x FROM turn WHERE speaker = 'ai' ORDER BY seq DESC LIMIT 1", "need 0");
    hang_up(r);
    call_rig_close(r);
}

static void a_hold_is_no_silence(void **state)
{
    struct call_rig *r = answered();
    struct call *c = r->calls->first;

    (void)state;
    RIG_UNTIL(r, listening);
    assert_true(timer_running(&c->turn_timer)); /* they would be asked whether they are there */
    hold(r, true);
    assert_false(timer_running(&c->turn_timer));
    music_plays(r);
    assert_false(timer_running(&c->turn_timer));
    hold(r, false);
    assert_true(listening(r));
    assert_true(timer_running(&c->turn_timer));
    hang_up(r);
    call_rig_close(r);
}

static void what_was_said_before_the_hold_is_answered_after_it(void **state)
{
    struct call_rig *r = answered();

    (void)state;
    answer(r, "Yes, sure.");
    hold(r, true);
    RIG_UNTIL(r, replies);
    music_plays(r);
    expect_row(r, "SELECT topic AS x FROM turn WHERE speaker = 'ai' ORDER BY seq DESC LIMIT 1", "opening"); /* nothing is said into the hold */
    hold(r, false);
    RIG_UNTIL(r, listening);
    expect_row(r, "SELECT text AS x FROM turn WHERE speaker = 'prospect'", "Yes, sure.");
    expect_row(r, "SELECT topic AS x FROM turn WHERE speaker = 'ai' ORDER BY seq DESC LIMIT 1", "need");
    hang_up(r);
    call_rig_close(r);
}

static void on_hold_nobody_is_kept_company_and_humans_may_talk(void **state)
{
    struct call_rig *r = hot();
    struct call *c = r->calls->first;

    (void)state;
    RIG_UNTIL(r, listening);
    hold(r, true);
    call_handoff_tick(c);
    music_plays(r);
    assert_true(silent(r));
    call_handoff_bridged(c, "Dana");
    hold(r, false);
    assert_int_equal(atomic_load(&c->hearing), TAP_OVERHEARS); /* between humans */
    hang_up(r);
    assert_string_equal(r->outcome, "qualified");
    call_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_says_hello_over_the_opening_hears_it_all_in_the_end),
        cmocka_unit_test(who_interrupts_with_words_is_answered),
        cmocka_unit_test(what_we_talk_over_is_in_the_ledger),
        cmocka_unit_test(who_holds_us_in_mid_sentence_hears_it_afterwards),
        cmocka_unit_test(a_hold_is_no_silence),
        cmocka_unit_test(what_was_said_before_the_hold_is_answered_after_it),
        cmocka_unit_test(on_hold_nobody_is_kept_company_and_humans_may_talk),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
