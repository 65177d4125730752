/* test_desk_fifty.c - fifty prospects in a row meet five closers who decline, miss, hang up, are busy, pick up and say nothing, or accept: each prospect either
 * talks to a human or goes back to the AI, exactly once, and nothing is left open. */
#include "unit/desk_rig.h"

enum { ROUNDS = 50, CLOSERS = 5 };

static const char *const names[CLOSERS] = {"ann", "bea", "cy", "dan", "eve"};

/* Most decide at once, so that fifty rounds take a minute. */
static enum habit draw(unsigned *seed)
{
    static const enum habit habits[] = {PRESSES_1, PRESSES_2, BUSY, DECLINES, HANGS_UP, PRESSES_2, BUSY, DECLINES, HANGS_UP, PRESSES_1, IGNORES, ANSWERS};

    *seed = *seed * 1664525u + 1013904223u;
    return habits[(*seed >> 16) % (sizeof habits / sizeof habits[0])];
}

struct round { int bridged, failed, ended; };
static struct round now;

static void on_handoff(const struct handoff_event *ev, void *arg)
{
    struct desk_rig *r = arg;

    if (ev->kind == HANDOFF_EV_BRIDGED)
        now.bridged++;
    else if (ev->kind == HANDOFF_EV_FAILED)
        now.failed++;
    else if (ev->kind == HANDOFF_EV_ENDED)
        now.ended++;
    if (ev->kind == HANDOFF_EV_FAILED || ev->kind == HANDOFF_EV_ENDED)
        r->handoff = obj_unref(r->handoff);
}

static bool decided(struct desk_rig *r)
{
    (void)r;
    return now.bridged + now.failed > 0;
}

static bool over(struct desk_rig *r)
{
    (void)r;
    return now.failed + now.ended > 0;
}

static void hang_up_whoever_talks(struct desk_rig *r)
{
    for (int i = 0; i < CLOSERS; i++)
        if (phone_of(r, names[i])->leg != NULL && !phone_of(r, names[i])->over)
            leg_hangup(phone_of(r, names[i])->leg, 0);
}

static bool all_phones_down(struct desk_rig *r)
{
    for (int i = 0; i < CLOSERS; i++)
        if (phone_of(r, names[i])->leg != NULL && !phone_of(r, names[i])->over)
            return false;
    return true;
}

static bool everybody_available(struct desk_rig *r)
{
    struct rig_question q = {.sql = "SELECT CAST(count(*) AS TEXT) AS x FROM closer WHERE presence <> 'available'"};

    return store_run(r->store, ask_row, &q) == 0 && strcmp(q.answer, "0") == 0;
}

/* Everybody is back at their desk, with a new mood. */
static void next_mood(struct desk_rig *r, unsigned *seed)
{
    for (int i = 0; i < CLOSERS; i++) {
        struct phone *p = phone_of(r, names[i]);

        p->leg = obj_unref(p->leg);
        p->up = p->over = false;
        p->habit = draw(seed);
        RIG_COMMAND(r, desk_presence_set(r->desk, names[i], "available", NULL, rig_command_done, r));
        assert_int_equal(r->command_err, 0);
    }
}

static void hand_over(struct desk_rig *r)
{
    now = (struct round){0};
    assert_int_equal(handoff_start(&r->handoff, r->desk,
                                   &(struct handoff_params){.call_id = "C", .lead_id = "L", .team = "closers", .whisper = "A hot lead.", .prospect = leg_port(r->prospect), .fn = on_handoff, .arg = r}), 0);
}

static void play_round(struct desk_rig *r)
{
    hand_over(r);
    RIG_UNTIL(r, decided);
    if (now.bridged > 0)
        hang_up_whoever_talks(r);
    RIG_UNTIL(r, over);
    RIG_UNTIL(r, all_phones_down);
    assert_int_equal(now.failed + now.ended, 1);
    assert_int_equal(now.bridged, now.ended);
}

static void fifty_of_fifty_end_with_a_human_or_with_the_ai(void **state)
{
    struct desk_config cfg = desk_rig_config;
    unsigned seed = 20260311;
    int humans = 0;
    struct desk_rig *r;

    (void)state;
    cfg.wrap_up_s = 0;
    r = desk_rig_open(&cfg);
    for (int i = 0; i < CLOSERS; i++)
        rig_closer(r, names[i], IGNORES);
    rig_load(r);
    rig_call_prospect(r);
    for (int i = 0; i < ROUNDS; i++) {
        next_mood(r, &seed);
        play_round(r);
        humans += now.bridged;
    }
    next_mood(r, &seed);
    RIG_UNTIL(r, everybody_available);
    assert_true(humans > 5 && humans < ROUNDS); /* both ends were met */
    expect_row(r, "SELECT CAST(count(*) AS TEXT) AS x FROM handoff WHERE state IN ('ended', 'failed') AND ended_at IS NOT NULL", NULL, "50");
    expect_row(r, "SELECT CAST(count(*) AS TEXT) AS x FROM offer WHERE state = 'ringing' OR ended_at IS NULL OR why IS NULL", NULL, "0");
    expect_row(r, "SELECT CAST(count(*) AS TEXT) AS x FROM handoff h WHERE (SELECT count(*) FROM offer o WHERE o.handoff_id = h.id AND o.state = 'accepted') <> (h.bridged_at IS NOT NULL)", NULL, "0");
    expect_row(r, "SELECT CAST(count(*) AS TEXT) AS x FROM handoff h WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = h.id AND e.kind IN ('handoff.ended', 'handoff.failed'))", NULL, "0");
    desk_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fifty_of_fifty_end_with_a_human_or_with_the_ai)};

    return cmocka_run_group_tests(tests, desk_group_setup, desk_group_teardown);
}
