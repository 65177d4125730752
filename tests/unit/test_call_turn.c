/* test_call_turn.c - whose turn is it? Conversations as scripts with times. Times are milliseconds; a line of a script is what happens at a time and
 * what the machine must do then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "call/turn.h"
#include "call/turn_text.h"

enum { STOP = TURN_ACT_STOP, DONE = TURN_ACT_DONE, SILENCE = TURN_ACT_SILENCE, PAUSE = TURN_ACT_PAUSE, RESUME = TURN_ACT_RESUME, ASIDE = TURN_ACT_ASIDE, FILL = TURN_ACT_FILL, NOD = TURN_ACT_NOD };

/* Waits that make the scripts easy to read; the product's are tested in test_call_endpoint.c. */
#define WAIT {320, 420, 560, 1200, 2500}
#define LONGER {1020, 1120, 1260, 1900, 2500}
static const struct endpoint_params waits = {.wait_ms = {[TEXT_WHOLE] = WAIT, [TEXT_ENDED] = WAIT, [TEXT_PLAIN] = WAIT, [TEXT_OPEN] = LONGER, [TEXT_SPELLING] = LONGER, [TEXT_THINKING] = LONGER},
                                             .usual_pause_ms = 350, .slower_max_ms = 300, .faster_max_ms = 60};
static struct turn_params params;

enum happening {
    SPEAK,   /* we begin to speak */
    LISTEN,  /* what we expect afterwards; n: enum talk_expects */
    SPOKEN,  /* our audio is over */
    START,   /* speech begins */
    END,     /* speech ended 200 ms ago (the detector's silence); n: utterance */
    CUT,     /* a long utterance is cut; n: utterance */
    FINAL,   /* text of utterance n */
    PARTIAL, /* text of what was said of utterance n so far */
    PAUSED,  /* an onset paused us; n: enough of the question was heard for a short answer */
    TIMER,   /* the timer runs, whether due or not */
    NEXT,    /* the text was taken */
    VOID,    /* it was no turn */
    OVER,
};

struct line { int at; enum happening what; int n; const char *text; unsigned act; enum turn_state state; };

enum { VAD_SILENCE_MS = 200, SILENCE_MS = 5000 };

static unsigned happen(struct turn *t, const struct line *l)
{
    int64_t now = (int64_t)l->at * 1000;

    switch (l->what) {
    case SPEAK: (void)turn_on_speak(t); return 0;
    case LISTEN: turn_on_listen(t, (enum talk_expects)l->n, SILENCE_MS); return 0;
    case SPOKEN: turn_on_spoken(t, now); return 0;
    case START: return turn_on_vad_start(t, now);
    case END: return turn_on_vad_stop(t, (uint32_t)l->n, now - VAD_SILENCE_MS * 1000);
    case CUT: return turn_on_cut(t, (uint32_t)l->n);
    case FINAL: return turn_on_final(t, (uint32_t)l->n, l->text, now);
    case PARTIAL: return turn_on_partial(t, (uint32_t)l->n, l->text, now);
    case PAUSED: return turn_on_paused(t, now, l->n != 0);
    case TIMER: return turn_on_timer(t, now);
    case NEXT: turn_next(t); return 0;
    case VOID: turn_void(t); return 0;
    case OVER: break;
    }
    return 0;
}

static void play(struct turn *t, const struct line *script)
{
    for (int i = 0; script[i].what != OVER; i++) {
        unsigned act = happen(t, &script[i]);

        if (act != script[i].act || t->state != script[i].state)
            fail_msg("line %d at %d ms: actions %u in state %d, not %u in %d", i, script[i].at, act, (int)t->state, script[i].act, (int)script[i].state);
    }
}

static struct turn played(const struct line *script)
{
    struct turn t;

    turn_init(&t, &params);
    play(&t, script);
    return t;
}

#define ASKED(expects) {0, SPEAK, 0, NULL, 0, TURN_SPEAKING}, {0, LISTEN, expects, NULL, 0, TURN_SPEAKING}, {1000, SPOKEN, 0, NULL, 0, TURN_LISTENING}

static void a_yes_ends_the_turn_fast(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_YES_NO),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT}, /* voiced until 2400 */
                                                 {2700, FINAL, 1, "Yes.", 0, TURN_ENDPOINT},
                                                 {2719, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {2720, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "Yes.");
    assert_int_equal(t.end_of_turn_us, 2720000);
    assert_int_equal(t.voiced_us, 400000);
    assert_false(t.interrupted);
}

static void a_text_that_comes_after_the_wait_ends_the_turn_at_once(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_YES_NO),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {2720, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {2900, FINAL, 1, "Yes.", DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_int_equal(t.final_us, 2900000);
    assert_int_equal(t.end_of_turn_us, 2720000);
}

static void an_open_question_waits_longer_and_an_unfinished_phrase_longer_still(void **state)
{
    (void)state;
    played((const struct line[]){ASKED(EXPECT_OPEN),
                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                 {2700, FINAL, 1, "We lose deals", 0, TURN_ENDPOINT},
                                 {2959, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                 {2960, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                 {.what = OVER}});
    played((const struct line[]){ASKED(EXPECT_OPEN),
                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                 {2700, FINAL, 1, "We lose deals because", 0, TURN_ENDPOINT},
                                 {3659, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                 {3660, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                 {.what = OVER}});
}

static void pieces_with_a_pause_are_one_turn(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_OPEN),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {2700, START, 0, NULL, 0, TURN_HEARING},
                                                 {2800, FINAL, 1, "We lose deals because", 0, TURN_HEARING},
                                                 {2960, TIMER, 0, NULL, 0, TURN_HEARING}, /* the old deadline is void */
                                                 {3300, END, 2, NULL, 0, TURN_ENDPOINT},
                                                 {3400, FINAL, 2, "two people left.", 0, TURN_ENDPOINT},
                                                 {3660, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "We lose deals because two people left.");
    assert_int_equal(t.voiced_us, 400000 + 400000);
    assert_int_equal(t.speech_began_us, 2000000);
}

static void both_pieces_must_be_recognised_before_the_turn_ends(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_YES_NO),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {2650, START, 0, NULL, 0, TURN_HEARING},
                                                 {3200, END, 2, NULL, 0, TURN_ENDPOINT},
                                                 {3300, FINAL, 1, "Well,", 0, TURN_ENDPOINT},
                                                 {3400, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {3500, FINAL, 2, "yes.", DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "Well, yes.");
}

static void speech_over_ours_stops_us(void **state)
{
    struct turn t = played((const struct line[]){{0, SPEAK, 0, NULL, 0, TURN_SPEAKING},
                                                 {0, LISTEN, EXPECT_SHORT, NULL, 0, TURN_SPEAKING},
                                                 {500, START, 0, NULL, PAUSE, TURN_PAUSED},
                                                 {1099, TIMER, 0, NULL, 0, TURN_PAUSED},
                                                 {1100, TIMER, 0, NULL, STOP, TURN_HEARING}, /* speech that goes on is no signal */
                                                 {1120, SPOKEN, 0, NULL, 0, TURN_HEARING}, /* what was stopped is over; they speak */
                                                 {1200, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {1300, FINAL, 1, "Who is this?", 0, TURN_ENDPOINT},
                                                 {1420, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_true(t.interrupted);
    assert_true(t.listening_wanted);
}

#define SPEAKING {0, SPEAK, 0, NULL, 0, TURN_SPEAKING}, {0, LISTEN, EXPECT_YES_NO, NULL, 0, TURN_SPEAKING}

static void an_onset_that_no_speech_follows_costs_a_fifth_of_a_second(void **state)
{
    struct turn t = played((const struct line[]){SPEAKING,
                                                 {500, PAUSED, 0, NULL, 0, TURN_PAUSED},
                                                 {699, TIMER, 0, NULL, 0, TURN_PAUSED},
                                                 {700, TIMER, 0, NULL, RESUME, TURN_SPEAKING},
                                                 {.what = OVER}});

    (void)state;
    assert_int_equal(t.deadline_us, 0);
    assert_int_equal(t.voids, 0); /* nobody spoke: nobody's patience is used up */
    assert_true(turn_may_pause(&t));
}

static void noise_that_keeps_coming_pauses_us_only_a_few_times(void **state)
{
    struct turn t = played((const struct line[]){SPEAKING, {.what = OVER}});

    (void)state;
    for (int i = 0; i < t.params->flinches_max; i++) {
        assert_int_equal(turn_on_paused(&t, i * 1000000, false), 0);
        assert_int_equal(turn_on_timer(&t, i * 1000000 + 200000), RESUME);
    }
    assert_false(turn_may_pause(&t));
    assert_int_equal(turn_on_paused(&t, 90000000, false), RESUME); /* one was on its way */
    assert_int_equal(t.state, TURN_SPEAKING);
    turn_on_spoken(&t, 91000000);
    turn_on_speak(&t);
    assert_true(turn_may_pause(&t));
}

static void words_after_an_onset_stop_us_before_the_silence_is_sure(void **state)
{
    struct turn t = played((const struct line[]){SPEAKING,
                                                 {500, PAUSED, 0, NULL, 0, TURN_PAUSED},
                                                 {600, START, 0, NULL, 0, TURN_PAUSED},
                                                 {1050, PARTIAL, 1, "Wait a second.", STOP, TURN_HEARING},
                                                 {1150, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {1160, FINAL, 1, "Wait a second.", 0, TURN_ENDPOINT},
                                                 {1270, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_true(t.interrupted);
    assert_string_equal(t.text, "Wait a second.");
}

static void a_listeners_signal_lets_us_go_on_from_the_same_word(void **state)
{
    struct turn t = played((const struct line[]){SPEAKING,
                                                 {500, PAUSED, 0, NULL, 0, TURN_PAUSED},
                                                 {600, START, 0, NULL, 0, TURN_PAUSED},
                                                 {1000, PARTIAL, 1, "Uh-huh.", RESUME, TURN_SPEAKING},
                                                 {1100, END, 1, NULL, 0, TURN_SPEAKING},
                                                 {1110, FINAL, 1, "Uh-huh.", ASIDE, TURN_SPEAKING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.aside, "Uh-huh.");
    assert_string_equal(t.text, "");
    assert_int_equal(t.voids, 1);
    assert_int_equal(t.deadline_us, 0);
}

static void words_that_follow_a_signal_stop_us_all_the_same(void **state)
{
    (void)state;
    played((const struct line[]){SPEAKING,
                                 {600, START, 0, NULL, PAUSE, TURN_PAUSED},
                                 {1000, PARTIAL, 1, "Okay.", RESUME, TURN_SPEAKING},
                                 {1600, PARTIAL, 1, "Okay, but who are you?", STOP, TURN_HEARING},
                                 {.what = OVER}});
    played((const struct line[]){SPEAKING,
                                 {600, START, 0, NULL, PAUSE, TURN_PAUSED},
                                 {1000, PARTIAL, 1, "Okay.", RESUME, TURN_SPEAKING},
                                 {2099, TIMER, 0, NULL, 0, TURN_SPEAKING},
                                 {2100, TIMER, 0, NULL, STOP, TURN_HEARING}, /* they speak on */
                                 {.what = OVER}});
}

static void a_short_answer_near_the_end_of_the_question_is_taken(void **state)
{
    struct turn t = played((const struct line[]){SPEAKING,
                                                 {500, PAUSED, 1, NULL, 0, TURN_PAUSED},
                                                 {600, START, 0, NULL, 0, TURN_PAUSED},
                                                 {1000, PARTIAL, 1, "Yes.", STOP, TURN_HEARING},
                                                 {1100, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {1110, FINAL, 1, "Yes.", 0, TURN_ENDPOINT},
                                                 {1220, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "Yes.");
}

static void a_cough_lets_us_go_on_and_late_words_stop_us_still(void **state)
{
    (void)state;
    played((const struct line[]){SPEAKING,
                                 {600, START, 0, NULL, PAUSE, TURN_PAUSED},
                                 {1000, END, 1, NULL, 0, TURN_PAUSED},
                                 {1050, FINAL, 1, "", RESUME, TURN_SPEAKING},
                                 {.what = OVER}});
    played((const struct line[]){SPEAKING,
                                 {600, START, 0, NULL, PAUSE, TURN_PAUSED},
                                 {1000, END, 1, NULL, 0, TURN_PAUSED},
                                 {1200, TIMER, 0, NULL, RESUME, TURN_SPEAKING}, /* a slow recogniser */
                                 {1300, FINAL, 1, "Stop.", STOP | DONE, TURN_DECIDING},
                                 {.what = OVER}});
}

static void a_pause_at_the_very_end_of_our_speech_hears_them_out(void **state)
{
    (void)state;
    played((const struct line[]){SPEAKING,
                                 {600, START, 0, NULL, PAUSE, TURN_PAUSED},
                                 {620, SPOKEN, 0, NULL, 0, TURN_HEARING},
                                 {.what = OVER}});
    played((const struct line[]){SPEAKING,
                                 {600, PAUSED, 0, NULL, 0, TURN_PAUSED},
                                 {620, SPOKEN, 0, NULL, 0, TURN_LISTENING},
                                 {640, PAUSED, 0, NULL, RESUME, TURN_LISTENING}, /* nothing to pause: nothing may stay paused */
                                 {.what = OVER}});
}

static void a_late_answer_is_preceded_by_a_filler_once(void **state)
{
    (void)state;
    played((const struct line[]){ASKED(EXPECT_YES_NO),
                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                 {2700, FINAL, 1, "Yes.", 0, TURN_ENDPOINT},
                                 {2720, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                 {2720, NEXT, 0, NULL, 0, TURN_DECIDING},
                                 {3099, TIMER, 0, NULL, 0, TURN_DECIDING}, /* 700 ms after their last sound */
                                 {3100, TIMER, 0, NULL, FILL, TURN_DECIDING},
                                 {9000, TIMER, 0, NULL, 0, TURN_DECIDING},
                                 {.what = OVER}});
    played((const struct line[]){ASKED(EXPECT_YES_NO),
                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                 {2700, FINAL, 1, "Yes.", 0, TURN_ENDPOINT},
                                 {2720, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                 {2720, NEXT, 0, NULL, 0, TURN_DECIDING},
                                 {2740, SPEAK, 0, NULL, 0, TURN_SPEAKING}, /* in time */
                                 {3100, TIMER, 0, NULL, 0, TURN_SPEAKING},
                                 {.what = OVER}});
    played((const struct line[]){ASKED(EXPECT_SHORT),
                                 {6000, TIMER, 0, NULL, SILENCE, TURN_DECIDING},
                                 {9000, TIMER, 0, NULL, 0, TURN_DECIDING}, /* nobody waits for an answer */
                                 {.what = OVER}});
}

static void who_tells_a_long_story_hears_that_we_listen(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_OPEN),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {8200, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {8300, FINAL, 1, "It began last year when we grew and", 0, TURN_ENDPOINT},
                                                 {8449, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {8450, TIMER, 0, NULL, NOD, TURN_ENDPOINT}, /* 450 ms of a pause in the middle */
                                                 {8600, START, 0, NULL, 0, TURN_HEARING},
                                                 {9800, END, 2, NULL, 0, TURN_ENDPOINT},
                                                 {9850, FINAL, 2, "then people left because", 0, TURN_ENDPOINT},
                                                 {10100, TIMER, 0, NULL, 0, TURN_ENDPOINT}, /* not at every pause */
                                                 {.what = OVER}});

    (void)state;
    assert_true(t.deadline_us > 10100000);
}

static void what_we_said_ourselves_is_known_again(void **state)
{
    const char *ours = "Hi Priya, this is Ava, an AI assistant calling for Northwind Calls. This call is recorded.";

    (void)state;
    assert_true(turn_text_echo("an AI assistant calling for", ours));
    assert_true(turn_text_echo("This call is recorded", ours));
    assert_true(turn_text_echo("an AI assistant calling four", ours)); /* misheard at the end */
    assert_false(turn_text_echo("an AI", ours));                        /* too little to tell */
    assert_false(turn_text_echo("I am in a call", ours));
    assert_false(turn_text_echo("this is not a good time", ours));
    assert_false(turn_text_echo("stop calling me", ours));
    assert_false(turn_text_echo("an AI assistant", ""));
}

static void a_final_that_never_comes_is_not_waited_for_for_ever(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_YES_NO),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {2720, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {3099, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {3100, TIMER, 0, NULL, FILL, TURN_ENDPOINT}, /* the line must not be dead */
                                                 {5399, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {5400, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "");
    assert_int_equal(t.pending, 0);
}

static void a_text_that_comes_too_late_is_not_taken_for_the_next_answer(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_YES_NO),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {5400, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {5400, NEXT, 0, NULL, 0, TURN_DECIDING},
                                                 {5500, SPEAK, 0, NULL, 0, TURN_SPEAKING},
                                                 {5500, LISTEN, EXPECT_YES_NO, NULL, 0, TURN_SPEAKING},
                                                 {6000, SPOKEN, 0, NULL, 0, TURN_LISTENING},
                                                 {7000, START, 0, NULL, 0, TURN_HEARING},
                                                 {7600, END, 2, NULL, 0, TURN_ENDPOINT},
                                                 {7700, FINAL, 1, "yes", 0, TURN_ENDPOINT},
                                                 {7720, TIMER, 0, NULL, 0, TURN_ENDPOINT},
                                                 {7800, FINAL, 2, "no", DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "no");
}

static void silence_is_told_once_and_speech_disarms_it(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_SHORT),
                                                 {5999, TIMER, 0, NULL, 0, TURN_LISTENING},
                                                 {6000, TIMER, 0, NULL, SILENCE, TURN_DECIDING},
                                                 {6001, TIMER, 0, NULL, 0, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_int_equal(t.deadline_us, 0);
    t = played((const struct line[]){ASKED(EXPECT_SHORT),
                                     {5900, START, 0, NULL, 0, TURN_HEARING},
                                     {6000, TIMER, 0, NULL, 0, TURN_HEARING},
                                     {.what = OVER}});
}

static void without_a_limit_silence_is_never_told(void **state)
{
    struct turn t;

    (void)state;
    turn_init(&t, &params);
    turn_on_speak(&t);
    turn_on_listen(&t, EXPECT_OPEN, 0);
    turn_on_spoken(&t, 1000);
    assert_int_equal(t.state, TURN_LISTENING);
    assert_int_equal(turn_on_timer(&t, 3600000000), 0);
}

static void our_speech_is_held_while_they_go_on_after_their_answer(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_YES_NO),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {2650, FINAL, 1, "Yes.", 0, TURN_ENDPOINT},
                                                 {2720, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {2720, NEXT, 0, NULL, 0, TURN_DECIDING},
                                                 {2730, START, 0, NULL, 0, TURN_HEARING},
                                                 {2740, SPEAK, 0, NULL, 0, TURN_HEARING}, /* refused */
                                                 {3400, END, 2, NULL, 0, TURN_ENDPOINT},
                                                 {3500, SPEAK, 0, NULL, 0, TURN_ENDPOINT},
                                                 {3700, FINAL, 2, "But not today.", DONE, TURN_DECIDING}, /* they were cut off once: 150 ms more */
                                                 {3710, SPEAK, 0, NULL, 0, TURN_SPEAKING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "But not today.");
    assert_false(t.interrupted);
}

static void a_long_utterance_is_recognised_in_parts(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_OPEN),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {14000, CUT, 1, NULL, 0, TURN_HEARING},
                                                 {14800, FINAL, 1, "It is a long story and", 0, TURN_HEARING},
                                                 {26000, CUT, 2, NULL, 0, TURN_HEARING},
                                                 {27200, END, 3, NULL, 0, TURN_ENDPOINT},
                                                 {27300, FINAL, 2, "it goes on", 0, TURN_ENDPOINT},
                                                 {27400, FINAL, 3, "to its end.", 0, TURN_ENDPOINT},
                                                 {27560, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "It is a long story and it goes on to its end.");
}

static void a_text_longer_than_the_room_for_it_is_cut_not_overrun(void **state)
{
    struct turn t;
    char chunk[301];

    (void)state;
    memset(chunk, 'a', sizeof chunk - 1);
    chunk[sizeof chunk - 1] = '\0';
    turn_init(&t, &params);
    turn_on_listen(&t, EXPECT_OPEN, 0);
    turn_on_vad_start(&t, 1000);
    for (uint32_t i = 1; i < 2 * TURN_TEXT_MAX / sizeof chunk + 2; i++) {
        turn_on_cut(&t, i);
        turn_on_final(&t, i, chunk, 2000);
    }
    assert_true(strlen(t.text) < TURN_TEXT_MAX);
    assert_true(strlen(t.text) > TURN_TEXT_MAX - 400);
}

/* "Hello?" over the opening, twice; the third time we talk on. */
#define HELLO(at, utt)                                                                                                              \
    {at, START, 0, NULL, PAUSE, TURN_PAUSED}, {(at) + 500, END, utt, NULL, 0, TURN_PAUSED}, {(at) + 590, FINAL, utt, "Hello?", RESUME | ASIDE, TURN_SPEAKING}
#define OPENING {0, LISTEN, EXPECT_YES_NO, NULL, 0, TURN_IDLE}, {0, SPEAK, 0, NULL, 0, TURN_SPEAKING}, HELLO(200, 1), HELLO(1500, 2)

static void who_keeps_saying_hello_does_not_stop_us_for_ever(void **state)
{
    struct turn t = played((const struct line[]){OPENING,
                                                 {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                                 {3500, END, 3, NULL, 0, TURN_SPEAKING},
                                                 {3600, FINAL, 3, "Hello?", ASIDE, TURN_SPEAKING},
                                                 {3700, TIMER, 0, NULL, 0, TURN_SPEAKING},
                                                 {6000, SPOKEN, 0, NULL, 0, TURN_LISTENING},
                                                 {.what = OVER}});

    (void)state;
    assert_true(t.listening_wanted);
    assert_string_equal(t.text, "");
    assert_int_equal(t.voids, 0); /* heard to the end: patience is back */
    assert_int_equal(t.deadline_us, 6000000 + SILENCE_MS * 1000);
}

static void real_words_stop_us_even_then(void **state)
{
    struct turn t = played((const struct line[]){OPENING,
                                                 {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                                 {3800, END, 3, NULL, 0, TURN_SPEAKING},
                                                 {3900, FINAL, 3, "Stop calling me.", STOP, TURN_ENDPOINT},
                                                 {3920, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "Stop calling me.");
    assert_true(t.interrupted);
    /* text after the wait: both at once */
    played((const struct line[]){OPENING,
                                 {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                 {3800, END, 3, NULL, 0, TURN_SPEAKING},
                                 {4000, FINAL, 3, "Stop calling me.", STOP | DONE, TURN_DECIDING},
                                 {.what = OVER}});
}

static void long_speech_stops_us_before_its_words_are_known(void **state)
{
    (void)state;
    played((const struct line[]){OPENING,
                                 {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                 {4499, TIMER, 0, NULL, 0, TURN_SPEAKING},
                                 {4500, TIMER, 0, NULL, STOP, TURN_HEARING},
                                 {5500, END, 3, NULL, 0, TURN_ENDPOINT},
                                 {5600, FINAL, 3, "I said that I have no time", 0, TURN_ENDPOINT},
                                 {5620, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                 {.what = OVER}});
}

static void words_over_the_end_of_our_question_are_its_answer(void **state)
{
    struct turn t = played((const struct line[]){OPENING,
                                                 {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                                 {3300, SPOKEN, 0, NULL, 0, TURN_HEARING},
                                                 {3600, END, 3, NULL, 0, TURN_ENDPOINT},
                                                 {3700, FINAL, 3, "Yes.", 0, TURN_ENDPOINT},
                                                 {3720, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "Yes.");
    t = played((const struct line[]){OPENING,
                                     {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                     {3500, END, 3, NULL, 0, TURN_SPEAKING},
                                     {3550, SPOKEN, 0, NULL, 0, TURN_ENDPOINT},
                                     {3700, FINAL, 3, "Yes.", DONE, TURN_DECIDING},
                                     {.what = OVER}});
    assert_string_equal(t.text, "Yes.");
}

static void talking_on_survives_a_recogniser_that_says_nothing(void **state)
{
    struct turn t = played((const struct line[]){OPENING,
                                                 {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                                 {3500, END, 3, NULL, 0, TURN_SPEAKING},
                                                 {6300, TIMER, 0, NULL, 0, TURN_SPEAKING},
                                                 {6400, FINAL, 3, "Stop.", 0, TURN_SPEAKING}, /* too late */
                                                 {7000, SPOKEN, 0, NULL, 0, TURN_LISTENING},
                                                 {.what = OVER}});

    (void)state;
    assert_string_equal(t.text, "");
    assert_false(t.overlap);
}

static void a_turn_makes_us_patient_again(void **state)
{
    struct turn t = played((const struct line[]){OPENING,
                                                 {3000, START, 0, NULL, 0, TURN_SPEAKING},
                                                 {3800, END, 3, NULL, 0, TURN_SPEAKING},
                                                 {4000, FINAL, 3, "Who is this?", STOP | DONE, TURN_DECIDING},
                                                 {4000, NEXT, 0, NULL, 0, TURN_DECIDING},
                                                 {4100, SPEAK, 0, NULL, 0, TURN_SPEAKING},
                                                 {4500, START, 0, NULL, PAUSE, TURN_PAUSED},
                                                 {5100, END, 4, NULL, 0, TURN_PAUSED},
                                                 {5150, FINAL, 4, "I have no time", STOP, TURN_ENDPOINT},
                                                 {.what = OVER}});

    (void)state;
    assert_true(t.interrupted);
}

static void listeners_words_are_told_from_answers(void **state)
{
    static const char *const void_words[] = {"", "Hello?", "hello, hello", "Uh-huh.", "Mm-hmm", "Okay.", "yeah, okay", "Hi, good morning.", "I see.", "This is me."};
    static const char *const real_words[] = {"Stop.", "no", "Hello, who is this?", "yes but not today", "1,500", "$2000.", "remove me", "¿Quién?", "hello hello hello hello", "wait", "bye"};

    (void)state;
    for (size_t i = 0; i < sizeof void_words / sizeof void_words[0]; i++)
        if (!turn_text_backchannel(void_words[i]))
            fail_msg("\"%s\" is only a signal", void_words[i]);
    for (size_t i = 0; i < sizeof real_words / sizeof real_words[0]; i++)
        if (turn_text_backchannel(real_words[i]))
            fail_msg("\"%s\" says something", real_words[i]);
}

static void who_goes_on_after_pauses_is_waited_for_longer(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_OPEN),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {2610, FINAL, 1, "We lose deals", 0, TURN_ENDPOINT},
                                                 {2950, START, 0, NULL, 0, TURN_HEARING}, /* 550 ms after the last sound */
                                                 {3600, END, 2, NULL, 0, TURN_ENDPOINT},
                                                 {3610, FINAL, 2, "every week", 0, TURN_ENDPOINT},
                                                 {4059, TIMER, 0, NULL, 0, TURN_ENDPOINT}, /* 560 and half of what their pause was above the usual */
                                                 {4060, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {.what = OVER}});

    (void)state;
    assert_int_equal(t.caller.pause_ms, 550);
}

static void a_turn_taken_too_early_makes_us_wait_longer_next_time(void **state)
{
    struct turn t = played((const struct line[]){ASKED(EXPECT_YES_NO),
                                                 {2000, START, 0, NULL, 0, TURN_HEARING},
                                                 {2600, END, 1, NULL, 0, TURN_ENDPOINT},
                                                 {2610, FINAL, 1, "Yes", 0, TURN_ENDPOINT},
                                                 {2720, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                                 {2720, NEXT, 0, NULL, 0, TURN_DECIDING},
                                                 {2800, START, 0, NULL, 0, TURN_HEARING}, /* they had not finished */
                                                 {.what = OVER}});
    int patience = t.caller.patience_ms;

    (void)state;
    assert_true(patience > 0);
    play(&t, (const struct line[]){{3400, END, 2, NULL, 0, TURN_ENDPOINT},
                                   {3410, FINAL, 2, "but not today", 0, TURN_ENDPOINT},
                                   {4400, TIMER, 0, NULL, DONE, TURN_DECIDING},
                                   {4400, NEXT, 0, NULL, 0, TURN_DECIDING},
                                   {4410, SPEAK, 0, NULL, 0, TURN_SPEAKING},
                                   {7000, SPOKEN, 0, NULL, 0, TURN_IDLE},
                                   {.what = OVER}});
    assert_true(t.caller.patience_ms < patience); /* that one was theirs to the end */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_yes_ends_the_turn_fast),
        cmocka_unit_test(a_text_that_comes_after_the_wait_ends_the_turn_at_once),
        cmocka_unit_test(an_open_question_waits_longer_and_an_unfinished_phrase_longer_still),
        cmocka_unit_test(pieces_with_a_pause_are_one_turn),
        cmocka_unit_test(both_pieces_must_be_recognised_before_the_turn_ends),
        cmocka_unit_test(speech_over_ours_stops_us),
        cmocka_unit_test(an_onset_that_no_speech_follows_costs_a_fifth_of_a_second),
        cmocka_unit_test(noise_that_keeps_coming_pauses_us_only_a_few_times),
        cmocka_unit_test(words_after_an_onset_stop_us_before_the_silence_is_sure),
        cmocka_unit_test(a_listeners_signal_lets_us_go_on_from_the_same_word),
        cmocka_unit_test(words_that_follow_a_signal_stop_us_all_the_same),
        cmocka_unit_test(a_short_answer_near_the_end_of_the_question_is_taken),
        cmocka_unit_test(a_cough_lets_us_go_on_and_late_words_stop_us_still),
        cmocka_unit_test(a_pause_at_the_very_end_of_our_speech_hears_them_out),
        cmocka_unit_test(a_late_answer_is_preceded_by_a_filler_once),
        cmocka_unit_test(who_tells_a_long_story_hears_that_we_listen),
        cmocka_unit_test(what_we_said_ourselves_is_known_again),
        cmocka_unit_test(a_final_that_never_comes_is_not_waited_for_for_ever),
        cmocka_unit_test(a_text_that_comes_too_late_is_not_taken_for_the_next_answer),
        cmocka_unit_test(silence_is_told_once_and_speech_disarms_it),
        cmocka_unit_test(without_a_limit_silence_is_never_told),
        cmocka_unit_test(our_speech_is_held_while_they_go_on_after_their_answer),
        cmocka_unit_test(a_long_utterance_is_recognised_in_parts),
        cmocka_unit_test(a_text_longer_than_the_room_for_it_is_cut_not_overrun),
        cmocka_unit_test(who_keeps_saying_hello_does_not_stop_us_for_ever),
        cmocka_unit_test(real_words_stop_us_even_then),
        cmocka_unit_test(long_speech_stops_us_before_its_words_are_known),
        cmocka_unit_test(words_over_the_end_of_our_question_are_its_answer),
        cmocka_unit_test(talking_on_survives_a_recogniser_that_says_nothing),
        cmocka_unit_test(a_turn_makes_us_patient_again),
        cmocka_unit_test(listeners_words_are_told_from_answers),
        cmocka_unit_test(who_goes_on_after_pauses_is_waited_for_longer),
        cmocka_unit_test(a_turn_taken_too_early_makes_us_wait_longer_next_time),
    };

    params = turn_params_default;
    params.endpoint = &waits;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
