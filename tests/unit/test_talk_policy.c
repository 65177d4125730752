/* test_talk_policy.c - the rules of the conversation, each as one short talk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "talk_kit.h"

static struct kit k;
static const struct talk_lead priya = {.first_name = "Priya", .last_name = "Raman", .company = "Lumen", .title = "COO", .source = "demo_request"};

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

static void outcome_is(const char *outcome, const char *action)
{
    json_t *r = talk_result(k.talk, k.now_ms);

    assert_string_equal(jx_str(r, "outcome", ""), outcome);
    assert_string_equal(jx_str(json_object_get(r, "next"), "action", ""), action);
    json_decref(r);
}

static const char *status_of(json_t *r, const char *question)
{
    return jx_str(json_object_get(json_object_get(r, "answers"), question), "status", "?");
}

static bool said(const char *part)
{
    for (size_t i = 0; i < k.out.n; i++)
        if (k.out.at[i].kind == TALK_SAY && strstr(k.out.at[i].text, part) != NULL)
            return true;
    return false;
}

static void reach(const char *topic)
{
    static const char *const replies[][2] = {{"opening", "sure go ahead"},
                                             {"need", "we are losing deals because we answer too slowly"},
                                             {"timeline", "in three weeks"},
                                             {"budget", "fifteen hundred a month"},
                                             {"authority", "it is my call"}};

    kit_begin(&k, &priya);
    for (size_t i = 0; i < 5 && strcmp(kit_topic(&k), topic) != 0; i++) {
        assert_string_equal(kit_topic(&k), replies[i][0]);
        kit_say(&k, replies[i][1]);
    }
    assert_string_equal(kit_topic(&k), topic);
}

static void the_opening_discloses_refers_and_asks(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    assert_int_equal(k.out.n, 5);
    assert_non_null(strstr(k.out.at[0].text, "Hi Priya, this is Ava, an AI assistant calling for Northwind Calls. This call is recorded"));
    assert_non_null(strstr(k.out.at[1].text, "asked to see a demo"));
    assert_int_equal(k.out.at[4].kind, TALK_LISTEN);
    assert_string_equal(kit_topic(&k), "opening");
    assert_int_equal(k.out.at[4].expects, EXPECT_YES_NO);
}

/* What a talk has come to, without the words that were foreseen. */
static char *told(void)
{
    json_t *r = talk_result(k.talk, k.now_ms);
    char *text = json_dumps(r, JSON_SORT_KEYS);

    json_decref(r);
    assert_non_null(text);
    return text;
}

static void what_was_foreseen_changes_nothing(void **state)
{
    static const char *const turns[] = {"sure go ahead", "we are losing deals because we answer too slowly", "in three weeks", "how much does it cost", "fifteen hundred a month"};
    char *plain, *foreseen;

    (void)state;
    kit_begin(&k, &priya);
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++)
        kit_say(&k, turns[i]);
    plain = told();
    kit_begin(&k, &priya);
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
        talk_foresee(k.talk, "stop calling me", k.now_ms); /* thought of, never said */
        if (i % 2 == 0)
            talk_foresee(k.talk, turns[i], k.now_ms);
        kit_say(&k, turns[i]);
    }
    foreseen = told();
    assert_string_equal(foreseen, plain);
    free(plain);
    free(foreseen);
}

static void a_good_lead_is_handed_over(void **state)
{
    const struct talk_effect *e;
    char summary[300];
    json_t *brief;

    (void)state;
    reach("handoff");
    e = kit_effect(&k, TALK_HANDOFF);
    assert_non_null(e);
    assert_string_equal(e->team, "closers");
    assert_null(kit_effect(&k, TALK_HANGUP));
    assert_int_equal(talk_score(k.talk, NULL), 100);
    assert_int_equal(talk_summary(k.talk, summary, sizeof summary), 0);
    assert_string_equal(summary, "Priya Raman, COO at Lumen: we are losing deals because we answer too slowly, wants it in 3 weeks, $1,500 a month, decides.");
    brief = talk_brief(k.talk, k.now_ms);
    assert_string_equal(jx_str(brief, "name", ""), "Priya Raman");
    assert_int_equal(json_array_size(json_object_get(brief, "quotes")), 3);
    assert_non_null(strstr(jx_str(brief, "opener", ""), "I saw you mentioned \"we are losing deals"));
    json_decref(brief);
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_DONE, .closer = "Sam"});
    assert_true(talk_ended(k.talk));
    assert_null(kit_effect(&k, TALK_HANGUP)); /* a human talks to them now */
    outcome_is("qualified", "handoff");
}

static void a_human_who_drops_off_is_explained_and_may_come_back(void **state)
{
    (void)state;
    reach("handoff");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_LOST});
    assert_null(kit_effect(&k, TALK_SAY)); /* nobody was there yet */
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_DONE, .closer = "Sam"});
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_LOST});
    assert_non_null(strstr(kit_effect(&k, TALK_SAY)->text, "Sam"));
    assert_string_equal(kit_topic(&k), "handoff");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_DONE, .closer = "Sam"});
    assert_true(talk_ended(k.talk));
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_LOST});
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_FAILED});
    assert_string_equal(kit_topic(&k), "callback");
    kit_say(&k, "tomorrow at ten in the morning");
    outcome_is("qualified", "callback");
}

static void a_human_who_brings_the_ai_back_wants_the_next_call_booked(void **state)
{
    (void)state;
    reach("handoff");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_RETURNED});
    assert_null(kit_effect(&k, TALK_SAY)); /* nobody was there yet */
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_DONE, .closer = "Sam"});
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_RETURNED});
    assert_non_null(strstr(kit_effect(&k, TALK_SAY)->text, "Ava"));
    assert_string_equal(kit_topic(&k), "callback");
    kit_say(&k, "tomorrow at ten in the morning");
    outcome_is("qualified", "callback");
}

static void large_deals_go_to_the_enterprise_team(void **state)
{
    (void)state;
    reach("budget");
    kit_say(&k, "five thousand a month");
    kit_say(&k, "it is my call");
    assert_string_equal(kit_effect(&k, TALK_HANDOFF)->team, "enterprise");
}

static void opting_out_comes_before_every_word(void **state)
{
    static const char *const ways[] = {"take me off your list", "stop calling me", "remove my number please", "please don't call me again"};

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        reach("timeline");
        kit_say(&k, ways[i]);
        assert_int_equal(k.out.at[0].kind, TALK_OPT_OUT);
        assert_non_null(kit_effect(&k, TALK_HANGUP));
        outcome_is("opted_out", "suppress");
    }
}

static void key_nine_opts_out_and_zero_fetches_a_human(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    kit_in(&k, (struct talk_input){.kind = TALK_IN_DTMF, .digit = '9'});
    assert_int_equal(k.out.at[0].kind, TALK_OPT_OUT);
    outcome_is("opted_out", "suppress");
    reach("need");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_DTMF, .digit = '0'});
    assert_non_null(kit_effect(&k, TALK_HANDOFF));
    outcome_is("human_requested", "handoff");
}

static void a_person_who_wants_a_person_gets_one(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    kit_say(&k, "can i talk to a real person please");
    assert_non_null(kit_effect(&k, TALK_HANDOFF));
    assert_string_equal(kit_topic(&k), "handoff");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HOLD_TICK});
    assert_non_null(kit_effect(&k, TALK_SAY));
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANDOFF_FAILED});
    assert_true(said("May I book you ten minutes"));
    kit_say(&k, "yes please");
    assert_string_equal(kit_topic(&k), "callback");
    kit_say(&k, "whenever");
    kit_say(&k, "i don't mind");
    assert_true(talk_ended(k.talk));
    outcome_is("human_requested", "callback");
}

static void the_robot_question_is_answered_honestly_and_the_talk_goes_on(void **state)
{
    (void)state;
    reach("budget");
    kit_say(&k, "wait are you a robot");
    assert_true(said("AI"));
    assert_string_equal(kit_topic(&k), "budget");
}

static void a_sales_call_is_owned_to_and_the_talk_goes_on(void **state)
{
    (void)state;
    reach("timeline");
    kit_say(&k, "hold on, is this a sales call?");
    assert_true(said("Northwind Calls"));
    assert_string_equal(kit_topic(&k), "timeline");
}

static void many_calls_are_excused_and_end_for_good_when_they_say_so(void **state)
{
    (void)state;
    reach("need");
    kit_say(&k, "you people called me three times already");
    assert_true(said("say stop"));
    assert_null(kit_effect(&k, TALK_OPT_OUT));
    assert_false(talk_ended(k.talk));
    kit_say(&k, "then stop");
    assert_non_null(kit_effect(&k, TALK_OPT_OUT));
    assert_true(talk_ended(k.talk));
}

static void silence_is_asked_once_and_then_excused(void **state)
{
    (void)state;
    reach("need");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = 6000});
    assert_string_equal(kit_topic(&k), "need");
    assert_int_equal(k.out.n, 2);
    kit_in(&k, (struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = 6000});
    assert_non_null(kit_effect(&k, TALK_HANGUP));
    outcome_is("no_response", "reengage");
}

static void an_answer_given_early_is_not_asked_again(void **state)
{
    json_t *r;

    (void)state;
    reach("timeline");
    kit_say(&k, "in three weeks and we have about two thousand dollars a month");
    assert_string_equal(kit_topic(&k), "authority");
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(status_of(r, "budget"), "stated");
    json_decref(r);
}

static void a_correction_replaces_the_answer_and_keeps_both_quotes(void **state)
{
    json_t *r, *a;

    (void)state;
    reach("authority");
    kit_say(&k, "actually make that five hundred a month");
    assert_string_equal(kit_topic(&k), "authority");
    r = talk_result(k.talk, k.now_ms);
    a = json_object_get(json_object_get(r, "answers"), "budget");
    assert_int_equal(jx_num(a, "value", 0), 500);
    assert_int_equal(jx_int(a, "points", 0), 12);
    assert_int_equal(json_array_size(json_object_get(a, "earlier")), 1);
    json_decref(r);
}

static void a_vague_answer_is_narrowed_once_then_unknown(void **state)
{
    json_t *r;

    (void)state;
    reach("budget");
    kit_say(&k, "i have no idea");
    assert_string_equal(kit_topic(&k), "budget");
    kit_say(&k, "really no idea");
    assert_string_equal(kit_topic(&k), "authority");
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(status_of(r, "budget"), "unknown");
    assert_int_equal(jx_int(json_object_get(json_object_get(r, "answers"), "budget"), "points", 0), 5);
    json_decref(r);
}

static void yes_to_the_range_is_its_minimum_and_no_is_none(void **state)
{
    json_t *r;

    (void)state;
    reach("budget");
    kit_say(&k, "yes");
    r = talk_result(k.talk, k.now_ms);
    assert_int_equal(jx_num(json_object_get(json_object_get(r, "answers"), "budget"), "value", 0), 1000);
    json_decref(r);
    reach("budget");
    kit_say(&k, "no");
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(status_of(r, "budget"), "none");
    json_decref(r);
}

static void money_is_scored_by_the_month(void **state)
{
    static const struct { const char *says; int value, points; } rows[] = {{"eighteen thousand a year", 1500, 25}, {"three thousand a quarter", 1000, 25},
                                                                           {"six thousand a year", 500, 12}, {"two hundred a month", 200, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *r, *a;

        reach("budget");
        kit_say(&k, rows[i].says);
        r = talk_result(k.talk, k.now_ms);
        a = json_object_get(json_object_get(r, "answers"), "budget");
        assert_int_equal(jx_num(a, "value", -1), rows[i].value);
        assert_int_equal(jx_int(a, "points", -1), rows[i].points);
        assert_string_equal(jx_str(a, "unit", ""), "USD/month");
        json_decref(r);
    }
}

static void a_question_that_was_not_heard_is_asked_in_other_words(void **state)
{
    char first[200];
    uint32_t id = 0;

    (void)state;
    reach("timeline");
    for (size_t i = 0; i < k.out.n; i++)
        if (k.out.at[i].kind == TALK_SAY) {
            id = k.out.at[i].said;
            text_copy(first, sizeof first, k.out.at[i].text);
        }
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HEARD, .said = id, .heard_ms = 100, .total_ms = 2500});
    assert_int_equal(k.out.n, 0);
    kit_say(&k, "are you a bot");
    assert_string_equal(kit_topic(&k), "timeline");
    assert_false(said(first));
}

static void a_disclosure_that_was_talked_over_is_owed(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HEARD, .said = k.out.at[0].said, .heard_ms = 700, .total_ms = 8000});
    kit_say(&k, "yes hello");
    assert_true(said("AI assistant"));
}

static void what_is_known_from_an_earlier_talk_is_not_asked(void **state)
{
    struct talk_lead again = priya;

    (void)state;
    again.known_answers = "{\"need\":{\"status\":\"stated\",\"value\":\"strong\",\"evidence\":\"we lose deals\"},"
                          "\"budget\":{\"status\":\"stated\",\"value\":1500,\"unit\":\"USD/month\",\"evidence\":\"fifteen hundred\"}}";
    kit_begin(&k, &again);
    assert_true(said("an AI assistant") && said("recorded") && said("We spoke before"));
    assert_false(said("every inquiry")); /* what we do was told */
    kit_say(&k, "yes");
    assert_string_equal(kit_topic(&k), "timeline");
    kit_say(&k, "in three weeks");
    assert_string_equal(kit_topic(&k), "authority");
    again.known_answers = "not json";
    kit_begin(&k, &again);
    kit_say(&k, "yes");
    assert_string_equal(kit_topic(&k), "need");
}

static void who_answered_everything_before_is_asked_nothing(void **state)
{
    struct talk_lead again = priya;

    (void)state;
    again.known_answers = "{\"need\":{\"status\":\"stated\",\"value\":\"strong\"},\"timeline\":{\"status\":\"stated\",\"value\":21,\"unit\":\"days\"},"
                          "\"budget\":{\"status\":\"stated\",\"value\":1500,\"unit\":\"USD/month\"},\"authority\":{\"status\":\"stated\",\"value\":\"decision_maker\"}}";
    kit_begin(&k, &again);
    assert_true(said("all your answers"));
    kit_say(&k, "yes, hello");
    assert_non_null(kit_effect(&k, TALK_HANDOFF));
}

static void who_asks_who_we_are_is_asked_whether_it_is_them(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    kit_say(&k, "who's calling please");
    assert_true(said("AI assistant") && said("Priya"));
    kit_say(&k, "yes, speaking");
    assert_string_equal(kit_topic(&k), "need");
}

static void a_no_is_not_called_perfect(void **state)
{
    static const char *const praise[] = {"Perfect.", "Good to know.", "That makes sense.", "Noted."};

    (void)state;
    reach("budget");
    kit_say(&k, "we have no budget for that");
    assert_string_equal(kit_topic(&k), "authority");
    for (size_t i = 0; i < 4; i++)
        assert_false(said(praise[i]));
}

static void nobody_is_asked_a_fourth_time(void **state)
{
    (void)state;
    reach("budget");
    for (int i = 0; i < 3; i++) {
        assert_string_equal(kit_topic(&k), "budget");
        kit_say(&k, "how much does it cost");
    }
    assert_string_equal(kit_topic(&k), "authority");
}

static void any_time_is_a_time(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    kit_say(&k, "I'm in a meeting");
    kit_say(&k, "any time is fine");
    assert_true(said("at the latest"));
    assert_non_null(kit_effect(&k, TALK_HANGUP));
}

static void a_machine_gets_the_message_once(void **state)
{
    (void)state;
    kit_begin(&k, &priya);
    kit_in(&k, (struct talk_input){.kind = TALK_IN_MACHINE});
    assert_true(said("Call us back on +12025550100"));
    assert_non_null(kit_effect(&k, TALK_HANGUP));
    outcome_is("voicemail", "reengage");
}

static void hanging_up_keeps_what_is_known(void **state)
{
    json_t *r;

    (void)state;
    reach("budget");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANGUP});
    assert_true(talk_ended(k.talk));
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(jx_str(r, "outcome", ""), "hung_up");
    assert_string_equal(status_of(r, "timeline"), "stated");
    assert_string_equal(status_of(r, "authority"), "not_asked");
    json_decref(r);
    reach("handoff"); /* a hot lead lost on hold is called back */
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANGUP});
    outcome_is("qualified", "callback");
}

static void other_people_and_other_ends(void **state)
{
    static const char *const rows[][2] = {{"you have the wrong number", "wrong_number"},
                                          {"no hablo ingles", "language"},
                                          {"i'm not interested", "declined"},
                                          {"i'm in a meeting", "callback_requested"}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *r;

        kit_begin(&k, &priya);
        kit_say(&k, rows[i][0]);
        r = talk_result(k.talk, k.now_ms);
        assert_string_equal(jx_str(r, "outcome", ""), rows[i][1]);
        json_decref(r);
    }
}

static void an_address_that_is_given_is_kept(void **state)
{
    json_t *r;

    (void)state;
    reach("timeline");
    kit_say(&k, "in three weeks and you can write to me at p dot raman at lumen dot com");
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(jx_str(r, "email", ""), "p.raman@lumen.com");
    assert_string_equal(status_of(r, "timeline"), "stated");
    json_decref(r);
}

static void a_price_a_seat_is_multiplied_by_the_seats_beside_it(void **state)
{
    json_t *r, *budget;

    (void)state;
    reach("budget");
    kit_say(&k, "thirty dollars per user a month for forty people");
    r = talk_result(k.talk, k.now_ms);
    budget = json_object_get(json_object_get(r, "answers"), "budget");
    assert_int_equal((int)json_number_value(json_object_get(budget, "value")), 1200);
    json_decref(r);
}

static void what_is_lost_is_no_budget(void **state)
{
    json_t *r;

    (void)state;
    reach("need");
    kit_say(&k, "we figured we lost eighty thousand dollars last year because nobody calls back");
    r = talk_result(k.talk, k.now_ms);
    assert_string_equal(status_of(r, "need"), "stated");
    assert_string_equal(status_of(r, "budget"), "not_asked");
    json_decref(r);
}

static void noise_never_loops(void **state)
{
    int steps = 0;

    (void)state;
    kit_begin(&k, &priya);
    while (!talk_ended(k.talk) && steps++ < 80)
        kit_say(&k, steps % 2 ? "" : "mhm blah");
    assert_true(talk_ended(k.talk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_opening_discloses_refers_and_asks),
        cmocka_unit_test(what_was_foreseen_changes_nothing),
        cmocka_unit_test(a_good_lead_is_handed_over),
        cmocka_unit_test(a_human_who_drops_off_is_explained_and_may_come_back),
        cmocka_unit_test(a_human_who_brings_the_ai_back_wants_the_next_call_booked),
        cmocka_unit_test(large_deals_go_to_the_enterprise_team),
        cmocka_unit_test(opting_out_comes_before_every_word),
        cmocka_unit_test(key_nine_opts_out_and_zero_fetches_a_human),
        cmocka_unit_test(a_person_who_wants_a_person_gets_one),
        cmocka_unit_test(the_robot_question_is_answered_honestly_and_the_talk_goes_on),
        cmocka_unit_test(a_sales_call_is_owned_to_and_the_talk_goes_on),
        cmocka_unit_test(many_calls_are_excused_and_end_for_good_when_they_say_so),
        cmocka_unit_test(silence_is_asked_once_and_then_excused),
        cmocka_unit_test(an_answer_given_early_is_not_asked_again),
        cmocka_unit_test(a_correction_replaces_the_answer_and_keeps_both_quotes),
        cmocka_unit_test(a_vague_answer_is_narrowed_once_then_unknown),
        cmocka_unit_test(yes_to_the_range_is_its_minimum_and_no_is_none),
        cmocka_unit_test(money_is_scored_by_the_month),
        cmocka_unit_test(a_question_that_was_not_heard_is_asked_in_other_words),
        cmocka_unit_test(a_disclosure_that_was_talked_over_is_owed),
        cmocka_unit_test(what_is_known_from_an_earlier_talk_is_not_asked),
        cmocka_unit_test(who_answered_everything_before_is_asked_nothing),
        cmocka_unit_test(who_asks_who_we_are_is_asked_whether_it_is_them),
        cmocka_unit_test(a_no_is_not_called_perfect),
        cmocka_unit_test(nobody_is_asked_a_fourth_time),
        cmocka_unit_test(any_time_is_a_time),
        cmocka_unit_test(a_machine_gets_the_message_once),
        cmocka_unit_test(hanging_up_keeps_what_is_known),
        cmocka_unit_test(other_people_and_other_ends),
        cmocka_unit_test(an_address_that_is_given_is_kept),
        cmocka_unit_test(a_price_a_seat_is_multiplied_by_the_seats_beside_it),
        cmocka_unit_test(what_is_lost_is_no_budget),
        cmocka_unit_test(noise_never_loops),
    };

    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
