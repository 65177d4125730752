/* test_talk_policy_repair.c - a poor line, as dialogues: what was clear is never confirmed, what was doubtful is read back when it counts, what was nothing is asked shorter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "talk_kit.h"

#define CLEAR 0.9f
#define DOUBTFUL 0.2f
#define NOTHING 0.02f

static struct kit k;
static const struct talk_lead priya = {.first_name = "Priya", .source = "demo_request"};

static int open_kit(void **state)
{
    (void)state;
    return kit_open(&k, "scenarios/demo-request.yaml");
}

static int close_kit(void **state)
{
    (void)state;
    kit_close(&k);
    return 0;
}

static void hear(const char *text, float confidence)
{
    kit_in(&k, (struct talk_input){.kind = TALK_IN_TEXT, .text = text, .confidence = confidence});
}

static bool said(const char *part)
{
    for (size_t i = 0; i < k.out.n; i++)
        if (k.out.at[i].kind == TALK_SAY && strstr(k.out.at[i].text, part) != NULL)
            return true;
    return false;
}

/* Every answer up to `topic`, heard with this confidence. */
static void reach(const char *topic, float confidence)
{
    static const char *const replies[] = {"sure go ahead", "we are losing deals because we answer too slowly", "in three weeks", "fifteen hundred a month", "it is my call"};

    kit_begin(&k, &priya);
    for (size_t i = 0; i < 5 && strcmp(kit_topic(&k), topic) != 0; i++)
        hear(replies[i], confidence);
}

static json_t *answer(json_t **result, const char *question)
{
    *result = talk_result(k.talk, k.now_ms);
    return json_object_get(json_object_get(*result, "answers"), question);
}

static void value_is(const char *question, const char *status, double value)
{
    json_t *result, *a = answer(&result, question);

    assert_string_equal(jx_str(a, "status", "?"), status);
    assert_float_equal(jx_num(a, "value", -1), value, 0.01);
    json_decref(result);
}

static void result_is(const char *outcome, long long repairs)
{
    json_t *r = talk_result(k.talk, k.now_ms);

    assert_string_equal(jx_str(r, "outcome", ""), outcome);
    assert_int_equal(jx_int(r, "repairs", -1), repairs);
    json_decref(r);
}

static void a_clear_call_confirms_nothing(void **state)
{
    static const float levels[] = {0, CLEAR, 0.35f};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        reach("handoff", levels[i]);
        result_is("qualified", 0);
    }
}

static void a_doubtful_amount_is_read_back(void **state)
{
    (void)state;
    reach("budget", CLEAR);
    hear("about fifteen hundred a month", DOUBTFUL);
    assert_true(said("did you say \"about fifteen hundred a month\"") || said("did you say \"fifteen hundred a month\""));
    assert_int_equal(kit_effect(&k, TALK_LISTEN)->expects, EXPECT_YES_NO);
    hear("yes", CLEAR);
    assert_string_equal(kit_topic(&k), "authority");
    value_is("budget", "stated", 1500);
}

static void no_with_the_right_amount_corrects_it(void **state)
{
    (void)state;
    reach("budget", CLEAR);
    hear("fifteen hundred a month", DOUBTFUL);
    hear("no, five hundred", CLEAR);
    assert_string_equal(kit_topic(&k), "authority");
    value_is("budget", "stated", 500);
}

static void no_alone_asks_again(void **state)
{
    (void)state;
    reach("timeline", CLEAR);
    hear("in three weeks", DOUBTFUL);
    hear("no", CLEAR);
    assert_string_equal(kit_topic(&k), "timeline");
    value_is("timeline", "not_asked", -1);
    hear("in three months", CLEAR);
    value_is("timeline", "stated", 90);
}

static void a_reply_that_is_not_heard_either_leaves_it_open(void **state)
{
    (void)state;
    reach("timeline", CLEAR);
    hear("in three weeks", DOUBTFUL);
    hear("the weak before", NOTHING);
    assert_string_equal(kit_topic(&k), "timeline");
    hear("I told you at the weak", NOTHING);
    assert_true(said("The line is bad"));
    hear("three months", CLEAR);
    value_is("timeline", "stated", 90);
}

static void who_decides_is_read_back_in_our_words(void **state)
{
    (void)state;
    reach("authority", CLEAR);
    hear("it is my call", DOUBTFUL);
    assert_true(said("did you say that you decide"));
    hear("no", CLEAR);
    assert_string_equal(kit_topic(&k), "authority");
}

static void a_doubtful_need_becomes_a_closed_question(void **state)
{
    (void)state;
    reach("need", CLEAR);
    hear("we are losing deals because we answer too slowly", DOUBTFUL);
    assert_true(said("The line is not good"));
    assert_true(said("just looking around"));
    hear("a real problem, it costs us deals", CLEAR);
    assert_string_equal(kit_topic(&k), "timeline");
}

/* The third doubtful answer is believed when both read-backs were right: it is their voice, not the line. */
static void at_most_two_read_backs_in_a_talk(void **state)
{
    (void)state;
    reach("timeline", CLEAR);
    hear("in three weeks", DOUBTFUL);
    hear("yes", DOUBTFUL);
    hear("fifteen hundred a month", DOUBTFUL);
    hear("yes", DOUBTFUL);
    hear("it is my call", DOUBTFUL);
    assert_non_null(kit_effect(&k, TALK_HANDOFF));
    result_is("qualified", 2);
}

static void after_a_wrong_read_back_the_third_offers_a_callback(void **state)
{
    (void)state;
    reach("timeline", CLEAR);
    hear("in three weeks", DOUBTFUL);
    hear("no, in three months", CLEAR);
    hear("fifteen hundred a month", DOUBTFUL);
    hear("no", CLEAR);
    hear("five hundred a month", CLEAR);
    hear("it is my call", DOUBTFUL);
    assert_true(said("call you back"));
    assert_string_equal(kit_topic(&k), "callback");
    hear("tomorrow at ten", CLEAR);
    result_is("callback_requested", 2);
}

static void unheard_twice_is_asked_shorter(void **state)
{
    (void)state;
    reach("budget", CLEAR);
    hear("blue birds sat", NOTHING);
    assert_true(said("did not catch") || said("missed that") || said("could not hear") || said("was bad"));
    assert_string_equal(kit_topic(&k), "budget");
    hear("the two with weak", NOTHING);
    assert_true(said("The line is bad, so just the amount"));
    hear("a thousand", CLEAR);
    value_is("budget", "stated", 1000);
}

static void unheard_three_times_in_a_row_offers_a_callback(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    for (int i = 0; i < 3; i++)
        hear("some of it was there", NOTHING);
    assert_true(said("call you back"));
    assert_string_equal(kit_topic(&k), "callback");
    hear("and other four", NOTHING);
    hear("and other four", NOTHING);
    assert_non_null(kit_effect(&k, TALK_HANGUP));
    result_is("callback_requested", 3);
}

static void words_that_cannot_be_relied_on_are_no_answer(void **state)
{
    (void)state;
    reach("budget", CLEAR);
    hear("fifteen hundred a month", NOTHING);
    value_is("budget", "not_asked", -1);
}

static void early_answers_must_be_clear(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    hear("sure, and it is my call", DOUBTFUL);
    value_is("authority", "not_asked", -1);
}

static void a_doubtful_refusal_must_be_said_again(void **state)
{
    static const char *const refusals[] = {"I am not interested", "you have the wrong number", "I'm not interested, thanks"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        kit_begin(&k, &priya);
        hear(refusals[i], DOUBTFUL);
        assert_null(kit_effect(&k, TALK_HANGUP));
        hear(refusals[i], DOUBTFUL);
        assert_non_null(kit_effect(&k, TALK_HANGUP));
    }
}

static void the_wish_to_be_left_alone_counts_however_it_was_heard(void **state)
{
    static const float levels[] = {0, CLEAR, DOUBTFUL, NOTHING};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        kit_begin(&k, &priya);
        hear("take me off your list", levels[i]);
        assert_non_null(kit_effect(&k, TALK_OPT_OUT));
        result_is("opted_out", 0);
    }
}

static void a_person_is_fetched_however_it_was_heard(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    hear("let me talk to a real person", DOUBTFUL);
    assert_non_null(kit_effect(&k, TALK_HANDOFF));
}

static void a_doubtful_time_is_read_back_before_it_is_booked(void **state)
{
    json_t *r;

    (void)state;
    kit_begin(&k, &priya);
    hear("I'm in a meeting", CLEAR);
    hear("tomorrow at ten", DOUBTFUL);
    assert_true(said("tomorrow at ten"));
    assert_null(kit_effect(&k, TALK_HANGUP));
    hear("yes", CLEAR);
    assert_true(said("tomorrow at 10 am"));
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(jx_str(json_object_get(r, "callback"), "value", ""), "2026-03-12T10:00");
    json_decref(r);
}

static void another_time_in_the_reply_is_booked(void **state)
{
    json_t *r;

    (void)state;
    kit_begin(&k, &priya);
    hear("I'm in a meeting", CLEAR);
    hear("tomorrow at ten", DOUBTFUL);
    hear("no, tomorrow at two", CLEAR);
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(jx_str(json_object_get(r, "callback"), "value", ""), "2026-03-12T14:00");
    json_decref(r);
}

static void a_spelled_address_is_read_back_in_passing(void **state)
{
    (void)state;
    reach("budget", CLEAR);
    hear("a thousand a month, and write to p dot raman at lumen dot com", CLEAR);
    assert_true(said("p.raman@lumen.com"));
    assert_string_equal(kit_topic(&k), "authority");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clear_call_confirms_nothing),
        cmocka_unit_test(a_doubtful_amount_is_read_back),
        cmocka_unit_test(no_with_the_right_amount_corrects_it),
        cmocka_unit_test(no_alone_asks_again),
        cmocka_unit_test(a_reply_that_is_not_heard_either_leaves_it_open),
        cmocka_unit_test(who_decides_is_read_back_in_our_words),
        cmocka_unit_test(a_doubtful_need_becomes_a_closed_question),
        cmocka_unit_test(at_most_two_read_backs_in_a_talk),
        cmocka_unit_test(after_a_wrong_read_back_the_third_offers_a_callback),
        cmocka_unit_test(unheard_twice_is_asked_shorter),
        cmocka_unit_test(unheard_three_times_in_a_row_offers_a_callback),
        cmocka_unit_test(words_that_cannot_be_relied_on_are_no_answer),
        cmocka_unit_test(early_answers_must_be_clear),
        cmocka_unit_test(a_doubtful_refusal_must_be_said_again),
        cmocka_unit_test(the_wish_to_be_left_alone_counts_however_it_was_heard),
        cmocka_unit_test(a_person_is_fetched_however_it_was_heard),
        cmocka_unit_test(a_doubtful_time_is_read_back_before_it_is_booked),
        cmocka_unit_test(another_time_in_the_reply_is_booked),
        cmocka_unit_test(a_spelled_address_is_read_back_in_passing),
    };

    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
