/* Who hears whom: four people, each on a telephone of their own (ports 0, 2, 4, 6; ours are 1, 3, 5, 7), each singing a note. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "media_room.h"

#include "base/banned.h"

enum { PEOPLE = 4, WINDOW = 1600, LEVEL = 4000, A = 1, B = 2, C = 4, D = 8 };

static const int note[PEOPLE] = {500, 800, 1100, 1400};

struct people {
    struct media_room *room;
    struct clip *song[PEOPLE];
    struct ear *ear[PEOPLE];
};

static struct mport *ours(const struct people *p, int who)
{
    return p->room->port[2 * who + 1];
}

static void people_begin(struct people *p, struct media_room *room)
{
    p->room = room;
    for (int i = 0; i < PEOPLE; i++) {
        p->ear[i] = calloc(1, sizeof *p->ear[i]);
        room_listen(room, 2 * i, p->ear[i]);
        room_connect(room, 2 * i, 2 * i + 1);
        p->song[i] = tone(note[i], 2000, LEVEL);
        mport_play(room->port[2 * i], p->song[i], 1, MPORT_PLAY_LOOP);
    }
}

static void people_end(struct people *p)
{
    for (int i = 0; i < PEOPLE; i++) {
        room_close_port(p->room, 2 * i);
        assert_true(room_wait_closed(p->room, p->ear[i]));
        obj_unref(p->song[i]);
        free(p->ear[i]);
    }
}

/* Whom this ear has heard within the window: a set of A to D. */
static int heard_by(const struct ear *ear)
{
    const int16_t *pcm = ear->heard + ear->n - WINDOW;
    int set = 0;

    for (int i = 0; i < PEOPLE; i++) {
        double k = 2 * cos(2 * 3.14159265358979 * note[i] / 8000), s1 = 0, s2 = 0;

        for (int n = 0; n < WINDOW; n++) {
            double s = pcm[n] + k * s1 - s2;

            s2 = s1;
            s1 = s;
        }
        if (sqrt(s1 * s1 + s2 * s2 - k * s1 * s2) * 2 / WINDOW > LEVEL / 4.0)
            set |= 1 << i;
    }
    return set;
}

struct expected { const struct people *people; const int *sets; };

static bool as_expected(struct media_room *room, const void *arg)
{
    const struct expected *e = arg;

    (void)room;
    for (int i = 0; i < PEOPLE; i++)
        if (e->people->ear[i]->n < WINDOW || heard_by(e->people->ear[i]) != e->sets[i])
            return false;
    return true;
}

/* Sooner or later, and from then on for a whole window, everybody hears exactly these. */
static void expect_heard(const struct people *p, const int sets[PEOPLE])
{
    pthread_mutex_lock(&p->room->lock);
    for (int i = 0; i < PEOPLE; i++)
        p->ear[i]->n = 0;
    pthread_mutex_unlock(&p->room->lock);
    if (room_until(p->room, as_expected, &(struct expected){p, sets}))
        return;
    for (int i = 0; i < PEOPLE; i++)
        print_message("%d hears %d, expected %d\n", i, heard_by(p->ear[i]), sets[i]);
    fail();
}

static void four_hear_one_another_and_nobody_themself(void **state)
{
    struct people p;

    people_begin(&p, *state);
    for (int i = 0; i < PEOPLE; i++)
        for (int k = 0; k < PEOPLE; k++)
            assert_int_equal(i == k ? EINVAL : 0, mport_hear(ours(&p, i), ours(&p, k)));
    expect_heard(&p, (int[]){B | C | D, A | C | D, A | B | D, A | B | C});
    people_end(&p);
}

/* A the prospect, B the closer, C who joins: listens, whispers, speaks to both, listens again. */
static void each_direction_is_its_own(void **state)
{
    struct people p;

    people_begin(&p, *state);
    mport_bridge(ours(&p, 0), ours(&p, 1));
    expect_heard(&p, (int[]){B, A, 0, 0});
    assert_int_equal(0, mport_hear(ours(&p, 2), ours(&p, 0)));
    assert_int_equal(0, mport_hear(ours(&p, 2), ours(&p, 1)));
    expect_heard(&p, (int[]){B, A, A | B, 0});
    assert_int_equal(0, mport_hear(ours(&p, 1), ours(&p, 2)));
    expect_heard(&p, (int[]){B, A | C, A | B, 0});
    assert_int_equal(0, mport_hear(ours(&p, 0), ours(&p, 2)));
    assert_int_equal(0, mport_hear(ours(&p, 0), ours(&p, 2))); /* once is enough */
    expect_heard(&p, (int[]){B | C, A | C, A | B, 0});
    mport_unhear(ours(&p, 0), ours(&p, 2));
    mport_unhear(ours(&p, 1), ours(&p, 2));
    expect_heard(&p, (int[]){B, A, A | B, 0});
    mport_bridge(ours(&p, 1), ours(&p, 3)); /* whoever is bridged anew leaves all others */
    expect_heard(&p, (int[]){0, D, A, B});
    people_end(&p);
}

static void a_port_that_is_closed_leaves_the_others_talking(void **state)
{
    struct people p;

    people_begin(&p, *state);
    for (int i = 0; i < PEOPLE; i++)
        for (int k = 0; k < PEOPLE; k++)
            if (i != k)
                assert_int_equal(0, mport_hear(ours(&p, i), ours(&p, k)));
    room_close_port(p.room, 3);
    expect_heard(&p, (int[]){C | D, 0, A | D, A | C});
    people_end(&p);
}

static void a_conversation_has_four_at_most(void **state)
{
    struct media_room *room = *state;

    for (int i = 1; i < 4; i++)
        assert_int_equal(0, mport_hear(room->port[0], room->port[i]));
    assert_int_equal(ENOSPC, mport_hear(room->port[0], room->port[4]));
    for (int i = 5; i < 7; i++)
        assert_int_equal(0, mport_hear(room->port[i], room->port[1]));
    assert_int_equal(ENOSPC, mport_hear(room->port[7], room->port[1]));
    mport_unhear(room->port[0], room->port[3]);
    assert_int_equal(0, mport_hear(room->port[0], room->port[4]));
}

/* Music for A, who waits; what B says to A comes on top of it, and it ends when it is told. */
static void music_loops_until_it_is_ended(void **state)
{
    struct people p;

    people_begin(&p, *state);
    mport_music(ours(&p, 0), p.song[3]);
    expect_heard(&p, (int[]){D, 0, 0, 0});
    assert_int_equal(0, mport_hear(ours(&p, 0), ours(&p, 1)));
    expect_heard(&p, (int[]){B | D, 0, 0, 0});
    assert_true(room_wait_frames(p.room, p.ear[0], 110)); /* its end and its beginning again */
    expect_heard(&p, (int[]){B | D, 0, 0, 0});
    mport_music(ours(&p, 0), NULL);
    expect_heard(&p, (int[]){B, 0, 0, 0});
    people_end(&p);
}

/* Two threads, and everything that may change meanwhile does: for the sanitizers. */
static void who_hears_whom_may_change_at_any_moment(void **state)
{
    struct people p;
    uint32_t random = 7;

    people_begin(&p, *state);
    for (int round = 0; round < 400; round++) {
        int i = (int)((random = random * 1664525 + 1013904223) >> 30), k = (int)((random = random * 1664525 + 1013904223) >> 30);

        if ((random >> 8) % 2 == 0)
            (void)mport_hear(ours(&p, i), ours(&p, k));
        else
            mport_unhear(ours(&p, i), ours(&p, k));
        if (round % 20 == 0)
            assert_true(room_wait_frames(p.room, p.ear[0], 1));
    }
    for (int i = 0; i < PEOPLE; i++)
        mport_unbridge(ours(&p, i));
    expect_heard(&p, (int[]){0, 0, 0, 0});
    people_end(&p);
}

#define in_room(test) cmocka_unit_test_setup_teardown(test, room_setup, room_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_room(four_hear_one_another_and_nobody_themself),
        in_room(each_direction_is_its_own),
        in_room(a_port_that_is_closed_leaves_the_others_talking),
        in_room(a_conversation_has_four_at_most),
        in_room(music_loops_until_it_is_ended),
        in_room(who_hears_whom_may_change_at_any_moment),
    };

    return cmocka_run_group_tests(tests, room_library_setup, room_library_teardown);
}
