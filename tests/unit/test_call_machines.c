/* test_call_machines.c - whole calls that a machine answers: over real lines, with the real talk and rows; only the models are played. */
#include "unit/call_rig.h"

enum { SLOW = 200 };

static bool opening(struct call_rig *r) { return r->calls->first != NULL && r->calls->first->first_audio_ms >= 0 && r->calls->first->turn.state == TURN_SPEAKING; }
static bool held(struct call_rig *r) { return call_answer_holds(r->calls->first); }
static bool message_heard(struct call_rig *r) { return r->calls->first->answer.message_heard; }
static bool stated(struct call_rig *r) { return r->calls->first->answer.machine.state == MACHINE_HOLDING; }
static bool heard_twice(struct call_rig *r) { (void)r; return atomic_load(&played.heard_count) >= 2; }
static bool person_came(struct call_rig *r) { return r->calls->first->answer.person_at_ms > 0; }

static struct call_rig *answered_by(const char *words)
{
    struct call_rig *r = call_rig_open();

    rig_dial(r);
    RIG_UNTIL(r, prospect_up);
    RIG_UNTIL(r, opening);
    prospect_says(r, words);
    return r;
}

static void expect_outcome(struct call_rig *r, const char *who, const char *outcome)
{
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->outcome, outcome);
    expect_row(r, "SELECT json_extract(answered_by, '$.who') AS x FROM call", who);
    expect_row(r, "SELECT CASE WHEN COUNT(*) > 0 THEN 'told' END AS x FROM event WHERE kind = 'call.answered_by'", "told");
}

/* As far as a message that takes seconds. */
static void slow_message(struct call_rig *r)
{
    RIG_UNTIL(r, held);
    played.letter_samples = SLOW;
    RIG_UNTIL(r, message_heard);
}

static void a_voicemail_gets_the_message_once(void **state)
{
    struct call_rig *r = answered_by("You've reached the voicemail of Dave Miller. Please leave a message.");

    (void)state;
    expect_outcome(r, "voicemail", "voicemail");
    assert_string_equal(r->ended_by, "us");
    expect_row(r, "SELECT json_extract(answered_by, '$.message.state') AS x FROM call", "delivered");
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE speaker = 'ai' AND text LIKE '%Call us back%'", "1");
    expect_row(r, "SELECT topic AS x FROM turn WHERE speaker = 'prospect'", "voicemail"); /* what it said is kept */
    call_rig_close(r);
}

static void a_person_over_the_message_gets_the_conversation(void **state)
{
    struct call_rig *r = answered_by("You've reached the voicemail of Dave Miller. Please leave a message.");

    (void)state;
    slow_message(r);
    prospect_says(r, "Hello? Who is this?");
    RIG_UNTIL(r, person_came);
    played.letter_samples = LETTER_SAMPLES;
    RIG_UNTIL(r, listening); /* the whole opening was said */
    expect_row(r, "SELECT json_extract(answered_by, '$.message.state') AS x FROM call", "broken_off");
    expect_row(r, "SELECT topic AS x FROM turn WHERE speaker = 'ai' ORDER BY seq DESC LIMIT 1", "opening");
    prospect_says(r, "Take me off your list.");
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->outcome, "opted_out");
    call_rig_close(r);
}

static void a_screener_hears_who_and_why_and_the_person_behind_it_the_opening(void **state)
{
    struct call_rig *r = answered_by("Hi, if you record your name and reason for calling, I'll see if this person is available.");

    (void)state;
    RIG_UNTIL(r, stated);
    expect_row(r, "SELECT CASE WHEN text LIKE '%Northwind Calls%' THEN 'who' END AS x FROM turn WHERE speaker = 'ai' ORDER BY seq DESC LIMIT 1", "who");
    prospect_says(r, "Thanks, please stay on the line.");
    RIG_UNTIL(r, heard_twice);
    prospect_says(r, "Hello?");
    RIG_UNTIL(r, person_came);
    RIG_UNTIL(r, listening);
    expect_row(r, "SELECT topic AS x FROM turn WHERE speaker = 'ai' ORDER BY seq DESC LIMIT 1", "opening");
    leg_hangup(r->prospect, 0);
    expect_outcome(r, "screening", "hung_up");
    call_rig_close(r);
}

static void machines_without_use_are_left_at_once_and_without_a_word(void **state)
{
    static const struct { const char *words, *who, *outcome; } cases[] = {
        {"Thank you for calling Tidewater. For sales, press one.", "ivr", "ivr"},
        {"The mailbox is full and cannot accept messages.", "voicemail_full", "voicemail_full"},
        {"The number you have dialed is not in service.", "sit", "unallocated"},
        {"All circuits are busy now.", "sit", "congestion"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct call_rig *r = answered_by(cases[i].words);

        expect_outcome(r, cases[i].who, cases[i].outcome);
        expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE speaker = 'ai' AND topic <> 'opening'", "0");
        call_rig_close(r);
    }
}

static void who_hangs_up_in_the_middle_of_the_message_has_not_got_it(void **state)
{
    struct call_rig *r = answered_by("You've reached the voicemail of Dave Miller. Please leave a message.");

    (void)state;
    slow_message(r);
    leg_hangup(r->prospect, 0);
    expect_outcome(r, "voicemail", "voicemail");
    expect_row(r, "SELECT json_extract(answered_by, '$.message.state') AS x FROM call", "broken_off");
    call_rig_close(r);
}

static void a_long_greeting_is_answered_by_the_whole_opening(void **state)
{
    struct call_rig *r = answered_by("Thank you for calling Brightline Plumbing, this is Marcus, how can I help you?");

    (void)state;
    RIG_UNTIL(r, listening);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE speaker = 'ai' AND interrupted = 0 AND topic <> 'opening'", "0");
    expect_row(r, "SELECT CASE WHEN COUNT(*) >= 4 THEN 'all' END AS x FROM turn WHERE speaker = 'ai' AND interrupted = 0", "all");
    leg_hangup(r->prospect, 0);
    expect_outcome(r, "human", "hung_up");
    call_rig_close(r);
}

static void a_person_is_written_down_as_one(void **state)
{
    struct call_rig *r = answered_by("Hello?");

    (void)state;
    RIG_UNTIL(r, listening);
    leg_hangup(r->prospect, 0);
    expect_outcome(r, "human", "hung_up");
    expect_row(r, "SELECT json_extract(answered_by, '$.rule') AS x FROM call", "short_words");
    call_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_voicemail_gets_the_message_once),
        cmocka_unit_test(a_person_over_the_message_gets_the_conversation),
        cmocka_unit_test(a_screener_hears_who_and_why_and_the_person_behind_it_the_opening),
        cmocka_unit_test(machines_without_use_are_left_at_once_and_without_a_word),
        cmocka_unit_test(who_hangs_up_in_the_middle_of_the_message_has_not_got_it),
        cmocka_unit_test(a_long_greeting_is_answered_by_the_whole_opening),
        cmocka_unit_test(a_person_is_written_down_as_one),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
