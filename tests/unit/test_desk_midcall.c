/* Every event in every state of a call that humans have, and who hears whom in each: tables, no clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk/hearing.h"
#include "desk/midcall.h"

#include "base/banned.h"

static const struct midcall_limits limits = {.held_ms = 300000, .parked_ms = 180000};

/* A state is its letter, in the order of enum midcall_state; '.': not allowed there. */
static const char letters[] = "THRCSPFO";

static const struct { enum midcall_event ev; const char *next; } table[] = {
    {MID_EV_HOLD, "H......."},
    {MID_EV_RESUME, ".T......"},
    {MID_EV_PARK, "PP......"},
    {MID_EV_RETRIEVE, ".....F.."},
    {MID_EV_TRANSFER, "RR......"},
    {MID_EV_SEND, "SS......"},
    {MID_EV_COMPLETE, "..ST...."},
    {MID_EV_CANCEL, "..TT...."},
    {MID_EV_BRING_BACK, "OOOOOOO."},
    {MID_EV_ANSWERED, "..C.T.T."},
    {MID_EV_REFUSED, "..HHO.P."},
    {MID_EV_CLOSER_LEFT, "OOST...."},
    {MID_EV_CAP, ".OOOOOO."},
    {MID_EV_PROSPECT_LEFT, "OOOOOOO."},
};

static bool waits(enum midcall_state s)
{
    return s != MID_TALKING && s != MID_OVER;
}

static bool has_colleague(enum midcall_state s)
{
    return s == MID_RINGING || s == MID_CONSULTING || s == MID_SENT || s == MID_FETCHING;
}

static bool has_closer(enum midcall_state s)
{
    return s == MID_TALKING || s == MID_HELD || s == MID_RINGING || s == MID_CONSULTING;
}

static bool step(struct midcall *m, struct midcall_move *mv, enum midcall_state from, enum midcall_event ev)
{
    *m = (struct midcall){.state = from, .until_ms = waits(from) ? 5000 : 0};
    return midcall_step(m, mv, ev, &limits, 1000);
}

static void every_event_in_every_state(void **state)
{
    struct midcall_move mv;
    struct midcall m;

    (void)state;
    assert_int_equal(MID_EVENTS, sizeof table / sizeof table[0]);
    for (size_t i = 0; i < MID_EVENTS; i++)
        for (int s = 0; s < MID_STATES; s++) {
            bool moved = step(&m, &mv, (enum midcall_state)s, table[i].ev);

            if ((moved ? letters[m.state] : '.') != table[i].next[s])
                fail_msg("event %zu in state %s: %c", i, midcall_state_name((enum midcall_state)s), moved ? letters[m.state] : '.');
            if (!moved)
                assert_true(m.state == (enum midcall_state)s && m.until_ms == (waits(m.state) ? 5000 : 0));
        }
}

typedef void(move_check)(enum midcall_state from, enum midcall_event ev, const struct midcall *to, const struct midcall_move *mv);

static void each_move(move_check *check)
{
    struct midcall_move mv;
    struct midcall m;

    for (int ev = 0; ev < MID_EVENTS; ev++)
        for (int s = 0; s < MID_STATES; s++)
            if (step(&m, &mv, (enum midcall_state)s, (enum midcall_event)ev))
                check((enum midcall_state)s, (enum midcall_event)ev, &m, &mv);
}

static void check_company(enum midcall_state from, enum midcall_event ev, const struct midcall *to, const struct midcall_move *mv)
{
    bool ended_anyway = to->state == MID_OVER; /* the shell ends it with the handoff */

    (void)ev;
    assert_int_equal(!waits(from) && waits(to->state), (mv->effects & MID_KEEP_COMPANY) != 0);
    if (!ended_anyway)
        assert_int_equal(waits(from) && !waits(to->state), (mv->effects & MID_END_COMPANY) != 0);
}

static void who_waits_has_company_and_nobody_else(void **state)
{
    (void)state;
    each_move(check_company);
}

static void check_end(enum midcall_state from, enum midcall_event ev, const struct midcall *to, const struct midcall_move *mv)
{
    bool hangs_up = (mv->effects & MID_END_CALL) != 0;

    assert_int_equal(hangs_up, from == MID_TALKING && ev == MID_EV_CLOSER_LEFT);
    assert_int_equal((mv->effects & MID_AI_BACK) != 0, to->state == MID_OVER && ev != MID_EV_PROSPECT_LEFT && !hangs_up);
}

static void a_prospect_who_waits_is_never_hung_up_on(void **state)
{
    (void)state;
    each_move(check_end);
}

/* A colleague is asked when one begins to ring, and has gone by themself, is dropped, or has taken over when there is none any more. */
static void check_colleague(enum midcall_state from, enum midcall_event ev, const struct midcall *to, const struct midcall_move *mv)
{
    bool rings = (mv->effects & MID_RING) != 0, dropped = (mv->effects & MID_DROP_COLLEAGUE) != 0, took = (mv->effects & MID_TAKE_OVER) != 0;

    assert_int_equal(!has_colleague(from) && has_colleague(to->state), rings);
    assert_int_equal(has_colleague(from) && !has_colleague(to->state), (ev == MID_EV_REFUSED) + dropped + took);
}

static void nobody_rings_for_nothing(void **state)
{
    (void)state;
    each_move(check_colleague);
}

/* A closer goes free exactly when they leave the call, by the wrap-up or, when they parked it, at once. */
static void check_closer(enum midcall_state from, enum midcall_event ev, const struct midcall *to, const struct midcall_move *mv)
{
    int freed = ((mv->effects & MID_FREE_CLOSER) != 0) + ((mv->effects & MID_LEAVE_PARKED) != 0);
    bool took = (mv->effects & MID_TAKE_OVER) != 0;

    assert_int_equal((int)has_closer(from) - freed + (int)took, has_closer(to->state));
    assert_int_equal((mv->effects & MID_LEAVE_PARKED) != 0, ev == MID_EV_PARK);
}

static void there_is_one_closer_or_none(void **state)
{
    (void)state;
    each_move(check_closer);
}

static void check_cap(enum midcall_state from, enum midcall_event ev, const struct midcall *to, const struct midcall_move *mv)
{
    (void)mv;
    if (!waits(to->state))
        assert_int_equal(to->until_ms, 0);
    else if (ev == MID_EV_PARK)
        assert_int_equal(to->until_ms, 1000 + limits.parked_ms);
    else
        assert_int_equal(to->until_ms, waits(from) ? 5000 : 1000 + limits.held_ms); /* no attempt makes the wait longer */
}

static void every_wait_has_an_end(void **state)
{
    (void)state;
    each_move(check_cap);
}

/* --- who hears whom --- */

/* Rows listen, columns speak: P prospect, C closer, K colleague, 1 and 2 joined; what is heard is set. */
static void expect_hearing(enum midcall_state s, enum join_mode one, enum join_mode two, const char *prospect, const char *closer, const char *colleague, const char *first, const char *second)
{
    const char *const want[PARTIES] = {prospect, closer, colleague, first, second};
    const enum join_mode modes[JOINS_MAX] = {one, two};

    for (int l = 0; l < PARTIES; l++) {
        char heard[PARTIES + 1] = "";
        size_t n = 0;

        for (int k = 0; k < PARTIES; k++)
            if (hearing(s, modes, l, k))
                heard[n++] = "PCK12"[k];
        heard[n] = '\0';
        if (strcmp(heard, want[l]) != 0)
            fail_msg("%s, %s and %s: %c hears \"%s\", not \"%s\"", midcall_state_name(s), join_mode_name(one), join_mode_name(two), "PCK12"[l], heard, want[l]);
    }
}

static void who_hears_whom(void **state)
{
    (void)state;
    expect_hearing(MID_TALKING, JOIN_LISTEN, JOIN_LISTEN, "C", "P", "", "PC", "PC");
    expect_hearing(MID_TALKING, JOIN_WHISPER, JOIN_LISTEN, "C", "P1", "", "PC", "PC");
    expect_hearing(MID_TALKING, JOIN_BARGE, JOIN_WHISPER, "C1", "P12", "", "PC", "PC1");
    expect_hearing(MID_TALKING, JOIN_BARGE, JOIN_BARGE, "C12", "P12", "", "PC2", "PC1");
    expect_hearing(MID_HELD, JOIN_LISTEN, JOIN_BARGE, "", "2", "", "C2", "C");
    expect_hearing(MID_HELD, JOIN_WHISPER, JOIN_WHISPER, "", "12", "", "C", "C");
    expect_hearing(MID_RINGING, JOIN_WHISPER, JOIN_BARGE, "", "12", "", "C2", "C");
    expect_hearing(MID_CONSULTING, JOIN_LISTEN, JOIN_LISTEN, "", "K", "C", "CK", "CK");
    expect_hearing(MID_CONSULTING, JOIN_WHISPER, JOIN_BARGE, "", "K12", "C2", "CK2", "CK");
    for (int s = MID_SENT; s <= MID_OVER; s++)
        expect_hearing((enum midcall_state)s, JOIN_BARGE, JOIN_BARGE, "", "", "", "", "");
}

/* The mixer adds three voices up at most. */
static void nobody_hears_more_than_three(void **state)
{
    (void)state;
    for (int s = 0; s < MID_STATES; s++)
        for (int m = 0; m < 9; m++) {
            const enum join_mode modes[JOINS_MAX] = {(enum join_mode)(m / 3), (enum join_mode)(m % 3)};

            for (int a = 0; a < PARTIES; a++) {
                int hears = 0, heard_by = 0;

                for (int b = 0; b < PARTIES; b++) {
                    hears += hearing((enum midcall_state)s, modes, a, b);
                    heard_by += hearing((enum midcall_state)s, modes, b, a);
                }
                assert_true(hears <= 3 && heard_by <= 3 && !hearing((enum midcall_state)s, modes, a, a));
            }
        }
}

static void modes_have_names(void **state)
{
    enum join_mode m = JOIN_LISTEN;

    (void)state;
    assert_true(join_mode_parse(&m, "barge") && m == JOIN_BARGE);
    assert_true(join_mode_parse(&m, "whisper") && m == JOIN_WHISPER);
    assert_false(join_mode_parse(&m, "shout"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_in_every_state),
        cmocka_unit_test(who_waits_has_company_and_nobody_else),
        cmocka_unit_test(a_prospect_who_waits_is_never_hung_up_on),
        cmocka_unit_test(nobody_rings_for_nothing),
        cmocka_unit_test(there_is_one_closer_or_none),
        cmocka_unit_test(every_wait_has_an_end),
        cmocka_unit_test(who_hears_whom),
        cmocka_unit_test(nobody_hears_more_than_three),
        cmocka_unit_test(modes_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
