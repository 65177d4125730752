/* test_call_whole.c - whole calls: dialled, answered, talked through, handed over, ended by whoever; over real lines, with the real talk and rows. */
#include <errno.h>

#include "base/log.h"
#include "unit/call_rig.h"

static bool prospect_up(struct call_rig *r) { return r->prospect_up; }
static bool call_over(struct call_rig *r) { return r->ended > 0; }
static bool listening(struct call_rig *r) { return r->calls->first != NULL && r->calls->first->turn.state == TURN_LISTENING; }
static bool speaking(struct call_rig *r) { return r->calls->first != NULL && r->calls->first->state == CALL_TALKING && r->calls->first->turn.state == TURN_SPEAKING && r->calls->first->first_audio_ms >= 0; }
static bool kept_company(struct call_rig *r) { return r->calls->first->state == CALL_HANDOFF && r->calls->first->turn.state == TURN_SPEAKING; }
static bool hearing(struct call_rig *r) { return r->calls->first == NULL || r->calls->first->turn.state == TURN_HEARING || r->calls->first->turn.state == TURN_PAUSED || r->calls->first->turn.overlap; }
static bool handed_over(struct call_rig *r) { return r->handoffs > 0; }

static void answer(struct call_rig *r, const char *text)
{
    RIG_UNTIL(r, listening);
    prospect_says(r, text);
    RIG_UNTIL(r, hearing);
}

static struct call_rig *answered(void)
{
    struct call_rig *r = call_rig_open();

    rig_dial(r);
    RIG_UNTIL(r, prospect_up);
    return r;
}

/* As far as the handoff of a hot lead. */
static struct call_rig *hot(void)
{
    struct call_rig *r = answered();

    answer(r, "Yes, sure.");
    answer(r, "We are losing deals because we answer too slowly.");
    answer(r, "In three weeks.");
    answer(r, "Fifteen hundred dollars a month.");
    answer(r, "It is my call.");
    RIG_UNTIL(r, handed_over);
    return r;
}

static void hang_up(struct call_rig *r)
{
    leg_hangup(r->prospect, 0);
    RIG_UNTIL(r, call_over);
}

static void a_hot_lead_is_handed_over_and_hangs_up(void **state)
{
    struct call_rig *r = hot();
    struct call *c = r->calls->first;

    (void)state;
    assert_true(strstr(r->whisper, "Priya") != NULL);
    RIG_UNTIL(r, listening); /* the hold phrase is said */
    call_handoff_tick(c);
    RIG_UNTIL(r, kept_company);
    call_handoff_bridged(c, "Dana");
    prospect_says(r, "Who am I talking to?"); /* not to us */
    hang_up(r);
    assert_int_equal(r->cancels, 1);
    assert_string_equal(r->cancel_reason, "prospect_hung_up");
    assert_string_equal(r->outcome, "qualified");
    assert_string_equal(r->ended_by, "prospect");
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE speaker = 'prospect'", "5");
    expect_row(r, "SELECT GROUP_CONCAT(question_id) AS x FROM (SELECT question_id FROM answer WHERE replaced = 0 ORDER BY id)", "need,timeline,budget,authority");
    expect_row(r, "SELECT CASE WHEN first_audio_ms BETWEEN 0 AND 200 THEN 'soon' END AS x FROM call", "soon");
    expect_row(r, "SELECT state AS x FROM call", "ended");
    call_rig_close(r);
}

static void when_nobody_takes_it_the_ai_is_back(void **state)
{
    struct call_rig *r = hot();

    (void)state;
    call_handoff_failed(r->calls->first);
    RIG_UNTIL(r, speaking);
    RIG_UNTIL(r, listening);
    assert_int_equal(r->calls->first->state, CALL_TALKING);
    hang_up(r);
    assert_int_equal(r->cancels, 0); /* nothing was under way any more */
    call_rig_close(r);
}

static bool talking(struct call_rig *r) { return r->calls->first != NULL && r->calls->first->state == CALL_TALKING && r->calls->first->turn.state == TURN_LISTENING; }

static void a_closer_who_is_lost_leaves_nobody_in_silence(void **state)
{
    struct call_rig *r = hot();
    struct call *c = r->calls->first;

    (void)state;
    call_handoff_bridged(c, "Dana");
    call_handoff_lost(c);
    RIG_UNTIL(r, kept_company);
    call_handoff_bridged(c, "Dana"); /* back again */
    assert_int_equal(c->state, CALL_BRIDGED);
    call_handoff_lost(c);
    RIG_UNTIL(r, kept_company);
    call_handoff_failed(c);
    RIG_UNTIL(r, talking);
    answer(r, "Yes, tomorrow at ten.");
    RIG_UNTIL(r, call_over);
    expect_row(r, "SELECT json_extract(result, '$.next.action') AS x FROM call", "callback");
    expect_row(r, "SELECT CAST(COUNT(*) > 1 AS TEXT) AS x FROM event WHERE kind = 'call.bridged'", "1");
    call_rig_close(r);
}

static void the_closer_leaves_and_the_call_is_over(void **state)
{
    struct call_rig *r = hot();

    (void)state;
    call_handoff_bridged(r->calls->first, "Dana");
    call_handoff_ended(r->calls->first);
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->ended_by, "closer");
    call_rig_close(r);
}

static void who_opts_out_on_hold_is_not_handed_over(void **state)
{
    struct call_rig *r = hot();

    (void)state;
    answer(r, "Take me off your list and stop calling me.");
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->cancel_reason, "prospect_declined");
    assert_int_equal(r->cancels, 1);
    assert_string_equal(r->ended_by, "us");
    expect_row(r, "SELECT reason AS x FROM suppression WHERE phone = '+12025550123'", "opt_out");
    call_rig_close(r);
}

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
    assert_true(atomic_load(&c->deaf)); /* between humans */
    hang_up(r);
    assert_string_equal(r->outcome, "qualified");
    call_rig_close(r);
}

static void the_prospect_hangs_up_during_the_opening(void **state)
{
    struct call_rig *r = answered();

    (void)state;
    hang_up(r);
    assert_string_equal(r->outcome, "hung_up");
    assert_string_equal(r->sip_outcome, "completed");
    assert_int_equal(calls_count(r->calls), 0);
    call_rig_close(r);
}

static void a_busy_number_is_an_outcome(void **state)
{
    struct call_rig *r = call_rig_open();

    (void)state;
    r->busy = true;
    rig_dial(r);
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->outcome, "busy");
    expect_row(r, "SELECT state AS x FROM call", "ended");
    call_rig_close(r);
}

static void closing_ends_the_calls_in_progress(void **state)
{
    struct call_rig *r = hot();

    (void)state;
    rig_dial(r); /* and one that rings */
    call_rig_close(r);
}

static int setup(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    return loop_lib_init(1024);
}

static int teardown(void **state)
{
    (void)state;
    loop_lib_close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hot_lead_is_handed_over_and_hangs_up),
        cmocka_unit_test(when_nobody_takes_it_the_ai_is_back),
        cmocka_unit_test(a_closer_who_is_lost_leaves_nobody_in_silence),
        cmocka_unit_test(the_closer_leaves_and_the_call_is_over),
        cmocka_unit_test(who_opts_out_on_hold_is_not_handed_over),
        cmocka_unit_test(who_says_hello_over_the_opening_hears_it_all_in_the_end),
        cmocka_unit_test(who_interrupts_with_words_is_answered),
        cmocka_unit_test(who_holds_us_in_mid_sentence_hears_it_afterwards),
        cmocka_unit_test(a_hold_is_no_silence),
        cmocka_unit_test(what_was_said_before_the_hold_is_answered_after_it),
        cmocka_unit_test(on_hold_nobody_is_kept_company_and_humans_may_talk),
        cmocka_unit_test(the_prospect_hangs_up_during_the_opening),
        cmocka_unit_test(a_busy_number_is_an_outcome),
        cmocka_unit_test(closing_ends_the_calls_in_progress),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
