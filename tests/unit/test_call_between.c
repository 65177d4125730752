/* test_call_between.c - what the prospect says to a closer is written down beside the talk, which hears nothing of it. */
#include <errno.h>

#include "unit/call_rig.h"

static bool row_is(struct call_rig *r, const char *sql, const char *want)
{
    struct rig_question q = {.sql = sql};

    return store_run(r->store, ask_row, &q) == 0 && strcmp(q.answer, want) == 0;
}

static bool written_down(struct call_rig *r) { return row_is(r, "SELECT text AS x FROM turn WHERE topic IS NULL", "Who am I talking to?"); }
static bool missed(struct call_rig *r) { return row_is(r, "SELECT text AS x FROM turn WHERE topic IS NULL", "[not transcribed]"); }
static bool heard(struct call_rig *r) { return r->calls->first->heard_after_bridge; }

static struct call_rig *bridged(void)
{
    struct call_rig *r = hot();

    RIG_UNTIL(r, listening); /* the hold phrase is said */
    call_handoff_bridged(r->calls->first, "Dana");
    return r;
}

static void what_is_said_to_a_closer_is_written_down_and_the_talk_goes_on_later(void **state)
{
    struct call_rig *r = bridged();

    (void)state;
    prospect_says(r, "Who am I talking to?");
    RIG_UNTIL(r, written_down);
    assert_int_equal(atomic_load(&played.background), 1); /* behind those who wait for an answer */
    expect_row(r, "SELECT speaker || ' ' || (at_ms > 0 AND end_ms > at_ms) AS x FROM turn WHERE topic IS NULL", "prospect 1");
    expect_row(r, "SELECT json_extract(data, '$.text') AS x FROM event WHERE kind = 'call.turn' ORDER BY seq DESC LIMIT 1", "Who am I talking to?");
    call_handoff_returned(r->calls->first);
    answer(r, "Yes, tomorrow at ten.");
    RIG_UNTIL(r, call_over);
    expect_row(r, "SELECT text AS x FROM turn WHERE topic IS NULL", "Who am I talking to?"); /* each row has a number of its own */
    expect_row(r, "SELECT text AS x FROM turn WHERE speaker = 'prospect' ORDER BY seq DESC LIMIT 1", "Yes, tomorrow at ten.");
    call_rig_close(r);
}

static void the_last_words_are_not_lost_with_the_line(void **state)
{
    struct call_rig *r = bridged();

    (void)state;
    prospect_says(r, "Who am I talking to?");
    RIG_UNTIL(r, heard);
    hang_up(r); /* in the middle of the word */
    RIG_UNTIL(r, written_down);
    call_rig_close(r);
}

static void what_could_not_be_recognised_is_said_to_be_missing(void **state)
{
    struct call_rig *r = bridged();

    (void)state;
    prospect_says(r, NULL);
    RIG_UNTIL(r, missed);
    call_rig_close(r);
}

static void a_call_that_is_not_recorded_is_not_written_down(void **state)
{
    int64_t at;
    struct call_rig *r;

    (void)state;
    call_rig_records = false;
    r = bridged();
    call_rig_records = true;
    assert_null(call_turn_seq(r->calls->first, &at));
    prospect_says(r, "Who am I talking to?");
    RIG_UNTIL(r, heard);
    hang_up(r);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE topic IS NULL", "0");
    assert_int_equal(atomic_load(&played.heard_count), 5); /* the five of the talk */
    call_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_to_a_closer_is_written_down_and_the_talk_goes_on_later),
        cmocka_unit_test(the_last_words_are_not_lost_with_the_line),
        cmocka_unit_test(what_could_not_be_recognised_is_said_to_be_missing),
        cmocka_unit_test(a_call_that_is_not_recorded_is_not_written_down),
    };

    call_rig_records = true;
    return cmocka_run_group_tests(tests, setup, teardown);
}
