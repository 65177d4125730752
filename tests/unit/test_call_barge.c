/* test_call_barge.c - somebody sounds while we speak: what it was, what we were saying, and what we do: go on, pause and go on from the same word, or yield. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "call/turn.h"
#include "call/turn_text.h"

/* A sound as the ears tell of it. */
struct sound {
    const char *name;
    int onset_ms;  /* it pauses us then; -1: no onset */
    int start_ms;  /* voice activity is sure; -1: never */
    int voiced_ms; /* up to here there is sound, from 0 on */
};

static const struct sound knock = {"a knock", 30, -1, 20}, cough = {"a cough", 30, 110, 250}, brief = {"a word", 30, 110, 300}, soft = {"a soft word", -1, 130, 300}, phrase = {"a phrase", 30, 110, 1500};

enum saying { STATEMENT, QUESTION_BEGUN, QUESTION_NEARLY_OVER };
enum decision { GOES_ON, PAUSES_AND_GOES_ON, YIELDS };

static const char *const our_words = "We make sure that every inquiry your company gets is called back within a minute.";

static const struct barge_case {
    const struct sound *sound;
    const char *words; /* of the recogniser */
    enum saying saying;
    enum decision decision;
} cases[] = {
    {&knock, NULL, STATEMENT, PAUSES_AND_GOES_ON},
    {&cough, "", STATEMENT, PAUSES_AND_GOES_ON},
    {&cough, "", QUESTION_NEARLY_OVER, PAUSES_AND_GOES_ON},
    {&brief, "Uh-huh.", STATEMENT, PAUSES_AND_GOES_ON},
    {&brief, "Mhm.", QUESTION_BEGUN, PAUSES_AND_GOES_ON},
    {&soft, "Okay.", STATEMENT, PAUSES_AND_GOES_ON},
    {&brief, "Hello?", STATEMENT, PAUSES_AND_GOES_ON},
    {&brief, "Yes.", QUESTION_BEGUN, PAUSES_AND_GOES_ON},
    {&brief, "Yes.", QUESTION_NEARLY_OVER, YIELDS},
    {&soft, "Sure.", QUESTION_NEARLY_OVER, YIELDS},
    {&brief, "No.", STATEMENT, YIELDS},
    {&brief, "Stop.", STATEMENT, YIELDS},
    {&soft, "Wait.", QUESTION_BEGUN, YIELDS},
    {&brief, "every inquiry your company gets", STATEMENT, PAUSES_AND_GOES_ON}, /* our own words, echoed */
    {&phrase, "Sorry, who is this again?", STATEMENT, YIELDS},
    {&phrase, "uh-huh yeah right okay I see", STATEMENT, YIELDS}, /* too long for a signal */
    {&phrase, "", STATEMENT, YIELDS},                             /* it lasts: whatever it is, we do not talk over it */
};

struct seen { bool paused, resumed, yielded; };

static void see(struct seen *s, unsigned actions)
{
    s->paused |= (actions & TURN_ACT_PAUSE) != 0;
    s->resumed |= (actions & TURN_ACT_RESUME) != 0;
    s->yielded |= (actions & TURN_ACT_STOP) != 0;
}

/* From the first sound on, in milliseconds; the recogniser answers 150 ms after the silence is sure. */
static struct seen play(const struct barge_case *c)
{
    const struct sound *o = c->sound;
    bool answerable = c->saying == QUESTION_NEARLY_OVER;
    int stop_ms = o->start_ms >= 0 ? o->voiced_ms + 200 : -1, final_ms = stop_ms >= 0 ? o->voiced_ms + 250 : -1;
    struct seen s = {0};
    struct turn t;

    turn_init(&t, &turn_params_default);
    assert_true(turn_on_speak(&t));
    if (c->saying != STATEMENT)
        turn_on_listen(&t, EXPECT_YES_NO, 5000);
    for (int ms = 0; ms < 2500 && !s.yielded; ms += 10) {
        int64_t now = (int64_t)(1000 + ms) * 1000;

        if (ms == o->onset_ms && turn_may_pause(&t)) {
            s.paused = true;
            see(&s, turn_on_paused(&t, now, answerable));
        }
        if (ms == o->start_ms) {
            unsigned act = turn_on_vad_start(&t, 1000000);

            see(&s, act);
            if (act & TURN_ACT_PAUSE)
                see(&s, turn_on_paused(&t, now, answerable)); /* the port tells that it has paused */
        }
        if (ms == stop_ms)
            see(&s, turn_on_vad_stop(&t, 1, (int64_t)(1000 + o->voiced_ms) * 1000));
        if (ms == final_ms)
            see(&s, turn_on_final(&t, 1, turn_text_echo(c->words, our_words) ? "" : c->words, now));
        see(&s, turn_on_timer(&t, now));
    }
    return s;
}

static enum decision decided(const struct seen *s)
{
    if (s->yielded)
        return YIELDS;
    return s->paused && s->resumed ? PAUSES_AND_GOES_ON : GOES_ON;
}

static void what_sounds_over_us_is_decided_by_the_table(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct seen s = play(&cases[i]);

        if (decided(&s) == cases[i].decision && s.paused)
            continue;
        print_error("%s, \"%s\", saying %d: decided %d, not %d\n", cases[i].sound->name, cases[i].words != NULL ? cases[i].words : "-", (int)cases[i].saying, (int)decided(&s), (int)cases[i].decision);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* After two signals a third pauses us no longer, and words still stop us. */
static void after_two_void_ones_only_words_stop_us(void **state)
{
    static const struct { const char *words; bool pauses, yields; } story[] = {{"Uh-huh.", true, false}, {"Okay.", true, false}, {"Right.", false, false}, {"Wait a second.", false, true}};
    struct turn t;

    (void)state;
    turn_init(&t, &turn_params_default);
    assert_true(turn_on_speak(&t));
    for (uint32_t i = 0; i < 4; i++) {
        int64_t at = (int64_t)(i + 1) * 2000000;
        struct seen s = {0};

        see(&s, turn_on_vad_start(&t, at));
        if (s.paused)
            see(&s, turn_on_paused(&t, at + 20000, false));
        see(&s, turn_on_vad_stop(&t, i + 1, at + 300000));
        see(&s, turn_on_final(&t, i + 1, story[i].words, at + 550000));
        assert_int_equal(s.paused, story[i].pauses);
        assert_int_equal(s.resumed, story[i].pauses);
        assert_int_equal(s.yielded, story[i].yields);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_sounds_over_us_is_decided_by_the_table),
        cmocka_unit_test(after_two_void_ones_only_words_stop_us),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
