/* test_talk_policy_close.c - two options of a choice come close: one closed question decides between them, once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "talk/talk_priv.h"
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

/* The need was asked, and the answer was understood as `option` with `runner_up` at a distance of `margin`. */
static void understood(const char *option, const char *runner_up, float margin)
{
    struct talk *t;

    kit_begin(&k, &lead);
    kit_say(&k, "sure go ahead");
    assert_string_equal(kit_topic(&k), "need");
    t = k.talk;
    t->out = &k.out;
    k.out.n = 0;
    t->text = "we could be quicker on the phone";
    t->u = (struct understanding){.choice = {.question = "need", .margin = margin, .score = 0.4f}};
    (void)text_copy(t->u.choice.option, sizeof t->u.choice.option, option);
    (void)text_copy(t->u.choice.runner_up, sizeof t->u.choice.runner_up, runner_up);
    assert_true(policy_take_option(t, 0, option, t->text));
}

static const char *decided(enum und_yes_no yes_no)
{
    k.talk->u = (struct understanding){.yes_no = yes_no};
    policy_close_take(k.talk);
    return k.talk->answers[0].option;
}

static void close_grades_are_told_apart_by_one_closed_question(void **state)
{
    (void)state;
    understood("moderate", "strong", 0.05f);
    assert_true(policy_close_ask(k.talk));
    assert_non_null(strstr(kit_effect(&k, TALK_SAY)->text, "costing you today"));
    assert_int_equal(kit_effect(&k, TALK_LISTEN)->expects, EXPECT_YES_NO);
    assert_string_equal(decided(UND_YES), "strong");
}

static void no_means_the_lesser_of_the_two(void **state)
{
    (void)state;
    understood("strong", "moderate", 0.02f);
    assert_true(policy_close_ask(k.talk));
    assert_string_equal(decided(UND_NO), "moderate");
    assert_int_equal(k.talk->answers[0].earlier_count, 1); /* both quotes are kept */
}

static void an_answer_that_decides_nothing_leaves_the_better_one(void **state)
{
    (void)state;
    understood("moderate", "weak", 0.05f);
    assert_true(policy_close_ask(k.talk));
    assert_string_equal(decided(UND_YN_NONE), "moderate");
}

static void the_reply_may_name_the_option_itself(void **state)
{
    (void)state;
    understood("moderate", "weak", 0.05f);
    assert_true(policy_close_ask(k.talk));
    k.talk->u = (struct understanding){.choice = {.question = "need", .option = "weak"}};
    policy_close_take(k.talk);
    assert_string_equal(k.talk->answers[0].option, "weak");
}

static void clear_answers_are_not_questioned(void **state)
{
    (void)state;
    understood("strong", "moderate", 0.4f);
    assert_false(policy_close_ask(k.talk));
    understood("strong", "", 0);
    assert_false(policy_close_ask(k.talk));
}

static void curiosity_and_no_need_are_not_worth_a_question(void **state)
{
    (void)state;
    understood("weak", "none", 0.01f);
    assert_false(policy_close_ask(k.talk));
}

static void it_is_asked_once(void **state)
{
    (void)state;
    understood("moderate", "strong", 0.05f);
    assert_true(policy_close_ask(k.talk));
    assert_false(policy_close_ask(k.talk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(close_grades_are_told_apart_by_one_closed_question),
        cmocka_unit_test(no_means_the_lesser_of_the_two),
        cmocka_unit_test(an_answer_that_decides_nothing_leaves_the_better_one),
        cmocka_unit_test(the_reply_may_name_the_option_itself),
        cmocka_unit_test(clear_answers_are_not_questioned),
        cmocka_unit_test(curiosity_and_no_need_are_not_worth_a_question),
        cmocka_unit_test(it_is_asked_once),
    };

    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
