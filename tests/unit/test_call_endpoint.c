/* test_call_endpoint.c - how the words of a turn end, and how long the pause after them must be. Texts as the recogniser writes them: it sets a full stop wherever the sound stops. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "call/endpoint.h"

struct ending { enum talk_expects asked; const char *text; enum text_end want; };

static const struct ending endings[] = {
    {EXPECT_YES_NO, "Yes.", TEXT_WHOLE},
    {EXPECT_YES_NO, "Sure, go ahead.", TEXT_WHOLE},
    {EXPECT_YES_NO, "Yeah, that's fine.", TEXT_WHOLE},
    {EXPECT_YES_NO, "Not really.", TEXT_WHOLE},
    {EXPECT_YES_NO, "No", TEXT_WHOLE},
    {EXPECT_YES_NO, "I'm in the middle of something.", TEXT_PLAIN}, /* "but go ahead" */
    {EXPECT_YES_NO, "No, we already have somebody for that.", TEXT_ENDED},
    {EXPECT_YES_NO, "Who am I speaking with?", TEXT_ENDED},
    {EXPECT_YES_NO, "It depends.", TEXT_OPEN},
    {EXPECT_YES_NO, "Um.", TEXT_OPEN},
    {EXPECT_YES_NO, "Well,", TEXT_OPEN},
    {EXPECT_YES_NO, "Hmm, let me think.", TEXT_THINKING},
    {EXPECT_SHORT, "Fifteen hundred dollars a month.", TEXT_WHOLE},
    {EXPECT_SHORT, "In three weeks.", TEXT_WHOLE},
    {EXPECT_SHORT, "I don't know.", TEXT_WHOLE},
    {EXPECT_SHORT, "It's my call.", TEXT_WHOLE},
    {EXPECT_SHORT, "Around.", TEXT_OPEN},
    {EXPECT_SHORT, "I would say.", TEXT_OPEN},
    {EXPECT_SHORT, "Somewhere between", TEXT_OPEN},
    {EXPECT_SHORT, "Let me see.", TEXT_THINKING},
    {EXPECT_SHORT, "Give me a second", TEXT_THINKING},
    {EXPECT_SHORT, "Roughly nine hundred.", TEXT_ENDED},
    {EXPECT_OPEN, "We lose deals because", TEXT_OPEN},
    {EXPECT_OPEN, "We lose deals because.", TEXT_OPEN},
    {EXPECT_OPEN, "maybe...", TEXT_OPEN},
    {EXPECT_OPEN, "To be frank with you.", TEXT_OPEN},
    {EXPECT_OPEN, "Honestly.", TEXT_OPEN},
    {EXPECT_OPEN, "We answer too slowly.", TEXT_ENDED},
    {EXPECT_OPEN, "Nobody calls them back until the next day, usually never at all.", TEXT_WHOLE},
    {EXPECT_OPEN, "Who is this?", TEXT_WHOLE},
    {EXPECT_OPEN, "And?", TEXT_OPEN},
    {EXPECT_OPEN, "A mess.", TEXT_PLAIN},
    {EXPECT_OPEN, "my address is p r", TEXT_SPELLING},
    {EXPECT_DIGITS, "Five, five, five.", TEXT_SPELLING},
    {EXPECT_DIGITS, "Two oh two five five five oh one four three.", TEXT_WHOLE},
    {EXPECT_DIGITS, "priya at lumen dot", TEXT_SPELLING},
    {EXPECT_DIGITS, "priya at lumen dot com", TEXT_WHOLE},
    {EXPECT_DIGITS, "Thirty.", TEXT_ENDED},
    {EXPECT_DIGITS, "About twenty-five people.", TEXT_WHOLE},
    {EXPECT_OPEN, "", TEXT_PLAIN},
    {EXPECT_OPEN, "...", TEXT_PLAIN},
};

static void endings_of_a_turn_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (turn_text_end(endings[i].text, endings[i].asked) != endings[i].want)
            fail_msg("\"%s\": %d, not %d", endings[i].text, (int)turn_text_end(endings[i].text, endings[i].asked), (int)endings[i].want);
}

static int wait(const struct endpoint_caller *c, enum talk_expects asked, const char *text)
{
    return endpoint_wait_ms(&endpoint_params_default, c, asked, text);
}

static void the_clearer_the_end_the_shorter_the_wait(void **state)
{
    struct endpoint_caller c = {0};

    (void)state;
    assert_true(wait(&c, EXPECT_YES_NO, "Yes.") < wait(&c, EXPECT_YES_NO, "I have a meeting."));
    assert_true(wait(&c, EXPECT_SHORT, "In June.") < wait(&c, EXPECT_SHORT, "Nine hundred."));
    assert_true(wait(&c, EXPECT_SHORT, "Nine hundred.") < wait(&c, EXPECT_SHORT, "Around."));
    assert_true(wait(&c, EXPECT_OPEN, "We answer too slowly.") < wait(&c, EXPECT_OPEN, "We answer too slowly because."));
    assert_true(wait(&c, EXPECT_OPEN, "because") < wait(&c, EXPECT_OPEN, "let me think"));
    assert_true(wait(&c, EXPECT_YES_NO, "Yes.") < wait(&c, EXPECT_YES_NO, NULL)); /* nothing is known yet */
    assert_true(wait(&c, EXPECT_DIGITS, "two oh two") >= 1000);
}

static void a_caller_who_pauses_long_is_waited_for_longer_within_bounds(void **state)
{
    struct endpoint_caller c = {0};
    const struct endpoint_params *p = &endpoint_params_default;
    int usual = wait(&c, EXPECT_OPEN, "We answer too slowly."), yes = wait(&c, EXPECT_YES_NO, "Yes.");

    (void)state;
    for (int i = 0; i < 20; i++)
        endpoint_on_pause(&c, 60000);
    assert_int_equal(wait(&c, EXPECT_OPEN, "We answer too slowly."), usual + p->slower_max_ms);
    assert_int_equal(wait(&c, EXPECT_YES_NO, "Yes."), yes); /* a yes is a yes */
    for (int i = 0; i < 40; i++)
        endpoint_on_pause(&c, 200);
    assert_in_range(wait(&c, EXPECT_OPEN, "We answer too slowly."), usual - p->faster_max_ms, usual - 1);
}

static void cutting_somebody_off_makes_us_patient_for_a_while(void **state)
{
    struct endpoint_caller c = {0};
    int yes = wait(&c, EXPECT_YES_NO, "Yes."), once;

    (void)state;
    endpoint_on_cutoff(&c);
    once = wait(&c, EXPECT_YES_NO, "Yes.");
    assert_true(once > yes);
    for (int i = 0; i < 50; i++)
        endpoint_on_cutoff(&c);
    assert_true(wait(&c, EXPECT_YES_NO, "Yes.") <= yes + 500);
    for (int i = 0; i < 50; i++)
        endpoint_on_turn(&c);
    assert_int_equal(wait(&c, EXPECT_YES_NO, "Yes."), yes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endings_of_a_turn_are_told_apart),
        cmocka_unit_test(the_clearer_the_end_the_shorter_the_wait),
        cmocka_unit_test(a_caller_who_pauses_long_is_waited_for_longer_within_bounds),
        cmocka_unit_test(cutting_somebody_off_makes_us_patient_for_a_while),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
