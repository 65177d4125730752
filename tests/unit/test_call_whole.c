/* test_call_whole.c - whole calls: dialled, answered, talked through, handed over, ended by whoever; over real lines, with the real talk and rows. */
#include <errno.h>

#include "unit/call_rig.h"

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

enum { AT_ONCE_FRAMES = 40 }; /* with the 60 after which a line counts as broken: two seconds */
static atomic_int silent, loud;

static void on_frame(const int16_t *pcm, const int16_t *ours, bool concealed, int64_t at_us, void *arg)
{
    (void)ours;
    (void)concealed;
    (void)at_us;
    (void)arg;
    if (abs(pcm[MEDIA_FRAME / 2]) + abs(pcm[MEDIA_FRAME / 2 + 1]) > LOUD)
        atomic_fetch_add(&loud, 1);
    else if (atomic_load(&loud) == 0)
        atomic_fetch_add(&silent, 1);
}

static void on_closed(void *arg)
{
    (void)arg;
}

static bool prospect_hears_us(struct call_rig *r)
{
    (void)r;
    return atomic_load(&loud) > 0;
}

static void the_ai_speaks_at_once_when_the_closer_is_lost(void **state)
{
    struct call_rig *r = hot();

    (void)state;
    RIG_UNTIL(r, listening);
    call_handoff_bridged(r->calls->first, "Dana");
    mport_set_tap(leg_port(r->prospect), &(struct mport_tap){.frame = on_frame, .closed = on_closed});
    call_handoff_lost(r->calls->first);
    RIG_UNTIL(r, prospect_hears_us);
    assert_true(atomic_load(&silent) < AT_ONCE_FRAMES);
    hang_up(r);
    call_rig_close(r);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hot_lead_is_handed_over_and_hangs_up),
        cmocka_unit_test(when_nobody_takes_it_the_ai_is_back),
        cmocka_unit_test(the_ai_speaks_at_once_when_the_closer_is_lost),
        cmocka_unit_test(a_closer_who_is_lost_leaves_nobody_in_silence),
        cmocka_unit_test(the_closer_leaves_and_the_call_is_over),
        cmocka_unit_test(who_opts_out_on_hold_is_not_handed_over),
        cmocka_unit_test(the_prospect_hangs_up_during_the_opening),
        cmocka_unit_test(a_busy_number_is_an_outcome),
        cmocka_unit_test(closing_ends_the_calls_in_progress),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
