/* test_talk_policy_amend.c - answers to other questions than the one that waits: given early, corrected two turns later, or only looking so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "talk_kit.h"

static struct kit k;
static const struct talk_lead lead = {.first_name = "Priya", .source = "demo_request"};

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

static void say_all(const char *const *lines, size_t n)
{
    kit_begin(&k, &lead);
    for (size_t i = 0; i < n; i++)
        kit_say(&k, lines[i]);
}

#define SAY(...) say_all((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static double value_of(const char *question)
{
    json_t *r = talk_result(k.talk, k.now_ms);
    double v = jx_num(json_object_get(json_object_get(r, "answers"), question), "value", -1);

    json_decref(r);
    return v;
}

static bool said(const char *part)
{
    for (size_t i = 0; i < k.out.n; i++)
        if (k.out.at[i].kind == TALK_SAY && strstr(k.out.at[i].text, part) != NULL)
            return true;
    return false;
}

static void an_amount_said_two_turns_ago_is_corrected(void **state)
{
    (void)state;
    SAY("sure", "we lose deals because nobody calls back", "in three weeks", "two thousand a month",
        "earlier i said two thousand that was for the other office it's five hundred for us");
    assert_true(value_of("budget") == 500);
    assert_string_equal(kit_topic(&k), "authority"); /* and the question that waits is asked again */
}

static void a_named_topic_is_the_one_that_is_corrected(void **state)
{
    (void)state;
    SAY("sure", "we lose deals because nobody calls back", "in two weeks", "two thousand a month", "oh and about the date i said two weeks but it's three months");
    assert_true(value_of("timeline") == 90);
    assert_true(value_of("budget") == 2000);
}

static void everything_in_one_breath_is_taken(void **state)
{
    (void)state;
    SAY("yes so we miss half our calls and lose jobs over it i own the company i'd want it in three weeks and i've got about two thousand a month for it");
    assert_true(value_of("timeline") == 21);
    assert_true(value_of("budget") == 2000);
}

static void money_that_is_lost_is_no_budget(void **state)
{
    (void)state;
    SAY("sure", "people ring and we don't pick up and that's four hundred dollars gone every time");
    assert_true(value_of("budget") == -1);
}

static void a_year_that_has_passed_is_no_date_to_start(void **state)
{
    (void)state;
    SAY("sure", "we lost three big customers this year alone because nobody called them back");
    assert_true(value_of("timeline") == -1);
    assert_string_equal(kit_topic(&k), "timeline");
}

static void our_own_price_that_comes_back_is_no_budget(void **state)
{
    (void)state;
    SAY("sure", "we lose deals because nobody calls back", "in three weeks", "wow a thousand a month that's too expensive for us");
    assert_string_equal(kit_topic(&k), "objection:too_expensive");
    kit_say(&k, "okay");
    assert_string_equal(kit_topic(&k), "budget");
    kit_say(&k, "six hundred would be okay");
    assert_true(value_of("budget") == 600);
}

static void some_day_is_asked_once_more(void **state)
{
    (void)state;
    SAY("sure", "we lose deals because nobody calls back", "oh at some point");
    assert_string_equal(kit_topic(&k), "timeline");
    kit_say(&k, "this quarter then");
    assert_true(value_of("timeline") >= 0);
}

static void somebody_who_is_fetched_is_waited_for_and_greeted(void **state)
{
    (void)state;
    SAY("who is calling", "one moment i'll put her on");
    assert_string_equal(kit_topic(&k), "opening");
    kit_say(&k, "hello yes");
    assert_true(said("AI assistant")); /* the disclosure is owed to who is there now */
    kit_begin(&k, &lead);
    kit_say(&k, "one moment i'll put her on");
    kit_in(&k, (struct talk_input){.kind = TALK_IN_HANGUP});
    json_t *r = talk_result(k.talk, k.now_ms);
    assert_string_equal(jx_str(r, "outcome", ""), "gatekeeper");
    json_decref(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_said_two_turns_ago_is_corrected),
        cmocka_unit_test(a_named_topic_is_the_one_that_is_corrected),
        cmocka_unit_test(everything_in_one_breath_is_taken),
        cmocka_unit_test(money_that_is_lost_is_no_budget),
        cmocka_unit_test(a_year_that_has_passed_is_no_date_to_start),
        cmocka_unit_test(our_own_price_that_comes_back_is_no_budget),
        cmocka_unit_test(some_day_is_asked_once_more),
        cmocka_unit_test(somebody_who_is_fetched_is_waited_for_and_greeted),
    };

    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
