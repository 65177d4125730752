/* test_line_player.c - a clip that is paused, taken up again and stopped: which of its samples went to the wire, and what counts as heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clip.h"
#include "base/obj.h"
#include "line/media_player.h"

enum { CLIP = 8000, BACK_MS = 40, BEFORE = 10 /* frames */ };

/* Sample k has the value 1000 + k: what comes out shows where it came from. */
static struct clip *counting(void)
{
    struct clip *c = NULL;

    assert_int_equal(clip_alloc(&c, CLIP), 0);
    for (size_t k = 0; k < c->n; k++)
        c->pcm[k] = (int16_t)(1000 + k);
    return c;
}

static int16_t frame_at(struct player *pl, size_t i)
{
    int16_t out[MEDIA_FRAME];
    struct play_marks marks;

    (void)player_frame(pl, out, &marks);
    return out[i];
}

static void begin(struct player *pl)
{
    struct clip *c = counting();

    *pl = (struct player){0};
    assert_true(player_add(pl, c, 7, 0));
    obj_unref(c);
    for (int f = 0; f < BEFORE; f++)
        assert_int_equal(frame_at(pl, 0), 1000 + f * MEDIA_FRAME);
}

static void end(struct player *pl)
{
    struct media_event ev;

    while (player_drop(pl, &ev))
        continue;
}

static void a_paused_word_is_taken_up_at_its_sample(void **state)
{
    struct media_event ev;
    struct player pl;

    (void)state;
    begin(&pl);
    assert_true(player_pause(&pl, &ev));
    assert_int_equal(ev.played_ms, BEFORE * MEDIA_PTIME_MS);
    for (int f = 0; f < 50; f++)
        assert_int_equal(frame_at(&pl, PLAYER_FADE), 0); /* silence behind the fade, however long */
    player_resume(&pl, BACK_MS);
    assert_int_equal(frame_at(&pl, MEDIA_FRAME - 1), 1000 + BEFORE * MEDIA_FRAME - BACK_MS * 8 + MEDIA_FRAME - 1);
    assert_int_equal(frame_at(&pl, 0), 1000 + (BEFORE + 1) * MEDIA_FRAME - BACK_MS * 8);
    end(&pl);
}

static void what_was_not_heard_is_not_counted(void **state)
{
    struct media_event ev;
    struct player pl;

    (void)state;
    begin(&pl);
    assert_true(player_pause(&pl, &ev));
    for (int f = 0; f < 20; f++)
        (void)frame_at(&pl, 0);
    assert_true(player_drop(&pl, &ev)); /* we yield in the pause */
    assert_true(ev.stopped);
    assert_int_equal(ev.played_ms, BEFORE * MEDIA_PTIME_MS);
}

static void what_was_said_twice_counts_once(void **state)
{
    struct media_event ev;
    struct player pl;

    (void)state;
    begin(&pl);
    assert_true(player_pause(&pl, &ev));
    player_resume(&pl, BACK_MS);
    for (int f = 0; f < 5; f++)
        (void)frame_at(&pl, 0);
    assert_true(player_drop(&pl, &ev));
    assert_int_equal(ev.played_ms, (BEFORE + 5) * MEDIA_PTIME_MS - BACK_MS);
}

static void a_pause_at_the_first_word_goes_back_no_further_than_it(void **state)
{
    struct clip *c = counting();
    struct player pl = {0};
    struct media_event ev;

    (void)state;
    assert_true(player_add(&pl, c, 7, 0));
    obj_unref(c);
    (void)frame_at(&pl, 0);
    assert_true(player_pause(&pl, &ev));
    player_resume(&pl, BACK_MS);
    assert_int_equal(frame_at(&pl, MEDIA_FRAME - 1), 1000 + MEDIA_FRAME - 1);
    end(&pl);
}

static void neither_end_of_a_pause_clicks(void **state)
{
    int16_t out[MEDIA_FRAME];
    struct play_marks marks;
    struct media_event ev;
    struct player pl;
    int last;

    (void)state;
    begin(&pl);
    last = frame_at(&pl, MEDIA_FRAME - 1);
    assert_true(player_pause(&pl, &ev));
    for (int round = 0; round < 2; round++) {
        if (round == 1)
            player_resume(&pl, 0);
        (void)player_frame(&pl, out, &marks);
        for (int i = 0; i < MEDIA_FRAME; i++) {
            assert_true(abs(out[i] - last) < 100); /* of 2,600 */
            last = out[i];
        }
    }
    end(&pl);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paused_word_is_taken_up_at_its_sample),
        cmocka_unit_test(what_was_not_heard_is_not_counted),
        cmocka_unit_test(what_was_said_twice_counts_once),
        cmocka_unit_test(a_pause_at_the_first_word_goes_back_no_further_than_it),
        cmocka_unit_test(neither_end_of_a_pause_clicks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
