/* test_desk_redial.c - a closer's SIP telephone whose line breaks in mid call: the prospect is not left in silence, the telephone is waited for and rung again. */
#include "base/log.h"
#include "unit/desk_rig.h"

enum { SILENCE_MAX_FRAMES = 100 }; /* two seconds */

static atomic_int silent; /* frames at the prospect since the last loud one */

static void on_frame(const int16_t *pcm, const int16_t *ours, bool concealed, int64_t at_us, void *arg)
{
    struct phone *p = arg;
    bool loud = abs(pcm[MEDIA_FRAME / 2]) + abs(pcm[MEDIA_FRAME / 2 + 1]) > 1000;

    (void)ours;
    (void)concealed;
    (void)at_us;
    atomic_store(&silent, loud ? 0 : atomic_load(&silent) + 1);
    if (loud)
        atomic_fetch_add(&p->loud, 1);
}

static void speaks_for_ever(struct phone *p)
{
    struct clip *c = NULL;

    assert_int_equal(clip_alloc(&c, CLIP_RATE), 0);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = i / 4 % 2 != 0 ? 8000 : -8000;
    mport_play(leg_port(p->leg), c, 1, MPORT_PLAY_LOOP);
    obj_unref(c);
}

static bool prospect_hears(struct desk_rig *r) { return atomic_load(&phone_of(r, "prospect")->loud) >= 10; }
static bool ann_hears(struct desk_rig *r) { return atomic_load(&phone_of(r, "ann")->loud) >= 10; }
static bool both_hear(struct desk_rig *r) { return prospect_hears(r) && ann_hears(r); }
static bool was_lost(struct desk_rig *r) { return r->lost > 0; }
static bool bridged_again(struct desk_rig *r) { return r->bridged == 2; }
static bool ann_is_down(struct desk_rig *r) { return phone_of(r, "ann")->over; }

/* Up to the moment when ann and the prospect hear each other; ann's telephone answers again. */
static struct desk_rig *bridged(void)
{
    struct desk_config cfg = desk_rig_config;
    struct desk_rig *r;

    cfg.replug_s = 10;
    r = desk_rig_open(&cfg);
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    mport_set_tap(leg_port(phone_of(r, "prospect")->leg), &(struct mport_tap){.frame = on_frame, .arg = phone_of(r, "prospect"), .closed = phone_closed});
    speaks_for_ever(phone_of(r, "ann"));
    speaks_for_ever(phone_of(r, "prospect"));
    RIG_UNTIL(r, both_hear);
    return r;
}

/* The process of the telephone is gone: no packets, no BYE. The next ring finds a new one. */
static void dies(struct desk_rig *r, enum habit then)
{
    struct phone *p = phone_of(r, "ann");

    mport_impair(leg_port(p->leg), 100, 0);
    leg_forget(p->leg);
    p->habit = then;
}

static void let_ring_again(struct desk_rig *r)
{
    struct phone *p = phone_of(r, "ann");

    p->leg = obj_unref(p->leg);
    p->up = p->over = false;
    atomic_store(&p->loud, 0);
}

static void packets_that_come_again_join_them_again(void **state)
{
    struct desk_rig *r = bridged();

    (void)state;
    mport_impair(leg_port(phone_of(r, "ann")->leg), 100, 0);
    RIG_UNTIL(r, was_lost);
    assert_true(atomic_load(&silent) < SILENCE_MAX_FRAMES); /* from here on the AI speaks */
    mport_impair(leg_port(phone_of(r, "ann")->leg), 0, 0);
    RIG_UNTIL(r, bridged_again);
    atomic_store(&phone_of(r, "prospect")->loud, 0);
    RIG_UNTIL(r, both_hear);
    assert_false(phone_of(r, "ann")->over); /* the same call */
    expect_count(r, "handoff.lost", "1");
    expect_presence(r, "ann", "in_call");
    desk_rig_close(r);
}

static void a_telephone_that_died_is_rung_again(void **state)
{
    struct desk_rig *r = bridged();

    (void)state;
    dies(r, ANSWERS);
    let_ring_again(r);
    RIG_UNTIL(r, was_lost);
    RIG_UNTIL(r, bridged_again);
    speaks_for_ever(phone_of(r, "ann"));
    atomic_store(&phone_of(r, "prospect")->loud, 0);
    RIG_UNTIL(r, both_hear);
    assert_int_equal(r->failed + r->ended, 0);
    leg_hangup(phone_of(r, "ann")->leg, 0); /* as any closer may */
    RIG_UNTIL(r, rig_over);
    assert_int_equal(r->ended, 1);
    expect_handoff(r, "ended", "closer_hung_up");
    desk_rig_close(r);
}

static void nobody_comes_back_and_the_ai_does(void **state)
{
    struct desk_rig *r = bridged();

    (void)state;
    dies(r, IGNORES);
    let_ring_again(r);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "closer_lost");
    assert_false(r->prospect_over);
    RIG_UNTIL(r, ann_is_down); /* it rings no longer */
    expect_handoff(r, "failed", "closer_lost");
    expect_presence(r, "ann", "wrap_up");
    desk_rig_close(r);
}

/* They hung up while the AI kept the prospect company: the prospect is still there. */
static void who_hangs_up_a_broken_line_leaves_the_prospect_to_the_ai(void **state)
{
    struct desk_rig *r = bridged();

    (void)state;
    mport_impair(leg_port(phone_of(r, "ann")->leg), 100, 0);
    RIG_UNTIL(r, was_lost);
    leg_hangup(phone_of(r, "ann")->leg, 0);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "closer_hung_up");
    assert_false(r->prospect_over);
    desk_rig_close(r);
}

static void the_prospect_may_leave_meanwhile(void **state)
{
    struct desk_rig *r = bridged();

    (void)state;
    dies(r, IGNORES);
    let_ring_again(r);
    RIG_UNTIL(r, ann_rings); /* again */
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, rig_prospect_gone);
    RIG_UNTIL(r, ann_is_down);
    expect_handoff(r, "ended", "prospect_hung_up");
    desk_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packets_that_come_again_join_them_again),
        cmocka_unit_test(a_telephone_that_died_is_rung_again),
        cmocka_unit_test(nobody_comes_back_and_the_ai_does),
        cmocka_unit_test(who_hangs_up_a_broken_line_leaves_the_prospect_to_the_ai),
        cmocka_unit_test(the_prospect_may_leave_meanwhile),
    };

    return cmocka_run_group_tests(tests, library_setup, library_teardown);
}
