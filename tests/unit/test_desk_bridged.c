/* test_desk_bridged.c - what humans do with a call they have: hold, park, transfer. Real lines with audio on 127.0.0.1, a real store: everybody sings, and each
 * story tells who hears whom, what the prospect is left with, and what becomes of everybody. */
#include <errno.h>

#include "base/log.h"
#include "unit/desk_notes.h"

static struct desk_rig *r;
static struct singer prospect, ann, ben;
static struct { int prospect, ann, ben; } want;

static bool as_wanted(struct desk_rig *rig)
{
    (void)rig;
    return singer_hears(&prospect, want.prospect) && (ann.phone->over || singer_hears(&ann, want.ann)) && (ben.song == NULL || ben.phone->over || singer_hears(&ben, want.ben));
}

/* What the prospect, ann and (once he is there) ben hear from now on. */
#define HEARD(p, a, b)                                                                                                                    \
    do {                                                                                                                                  \
        want.prospect = (p), want.ann = (a), want.ben = (b);                                                                              \
        if (!rig_run_until(r, as_wanted))                                                                                                 \
            fail_msg("line %d: heard %d %d %d", __LINE__, atomic_load(&prospect.heard), atomic_load(&ann.heard), atomic_load(&ben.heard)); \
    } while (0)

static void open_with(const struct desk_config *wanted, enum habit bens)
{
    struct desk_config cfg = *wanted;

    cfg.decide_s = 10; /* nobody is hurried in these stories */
    r = desk_rig_open(&cfg);
    ben = (struct singer){0};
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    rig_closer(r, "ben", bens);
    rig_closer(r, "mia", DECLINES);
    rig_load(r);
    singer_begin(&prospect, phone_of(r, "prospect"), 0);
    singer_begin(&ann, phone_of(r, "ann"), 1);
    ben.phone = phone_of(r, "ben");
    HEARD(ANN, PROSPECT, 0);
}

static void bridge_ann(enum habit bens)
{
    open_with(&desk_rig_config, bens);
}

static void close_all(void)
{
    struct singer *const all[] = {&prospect, &ann, &ben};

    desk_rig_close(r);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        obj_unref(all[i]->song);
}

/* By ann, unless somebody else asks. */
static void ask_as(const char *who, const char *what, const char *to, const char *queue)
{
    json_t *wanted = json_pack("{s:s,s:s?,s:s?,s:s?,s:s}", "do", what, "closer_id", who, "to", to, "queue", queue, "note", "wants a discount");

    RIG_COMMAND(r, desk_midcall(r->desk, "C", wanted, rig_command_done, r));
    json_decref(wanted);
}

static void ask(const char *what)
{
    ask_as("ann", what, NULL, NULL);
    assert_int_equal(r->command_err, 0);
}

static bool ben_up(struct desk_rig *rig) { return phone_of(rig, "ben")->up; }
static bool ben_rings(struct desk_rig *rig) { return phone_of(rig, "ben")->leg != NULL; }
static bool ben_over(struct desk_rig *rig) { return phone_of(rig, "ben")->over; }
static bool ann_over(struct desk_rig *rig) { return phone_of(rig, "ann")->over; }
static bool given_back(struct desk_rig *rig) { return rig->returned > 0; }

static void expect_event(const char *kind, const char *times)
{
    expect_count(r, kind, times);
}

static void expect_midcall(const char *state)
{
    expect_row(r, "SELECT midcall AS x FROM handoff ORDER BY requested_at DESC, id DESC LIMIT 1", NULL, state);
}

static bool is_midcall(const char *state)
{
    struct rig_question q = {.sql = "SELECT midcall AS x FROM handoff ORDER BY requested_at DESC, id DESC LIMIT 1"};

    return store_run(r->store, ask_row, &q) == 0 && strcmp(q.answer, state) == 0;
}

static bool on_hold(struct desk_rig *rig)
{
    (void)rig;
    return is_midcall("held");
}

static bool consulting(struct desk_rig *rig)
{
    (void)rig;
    return is_midcall("consulting");
}

/* ben has picked up, and sings too. */
static void ben_joins(void)
{
    RIG_UNTIL(r, ben_up);
    singer_begin(&ben, phone_of(r, "ben"), 2);
}

static void consult_ben(void)
{
    ask_as("ann", "transfer", "ben", NULL);
    assert_int_equal(r->command_err, 0);
    ben_joins();
    RIG_UNTIL(r, consulting);
    HEARD(MUSIC, BEN, ANN);
}

/* --- hold --- */

static void on_hold_the_prospect_hears_music_and_the_closer_nothing(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask("hold");
    HEARD(MUSIC, 0, 0);
    expect_midcall("held");
    ask_as("ann", "hold", NULL, NULL);
    assert_int_equal(r->command_err, EBUSY);
    ask("resume");
    HEARD(ANN, PROSPECT, 0);
    expect_midcall("talking");
    expect_event("handoff.held", "1");
    expect_event("handoff.resumed", "1");
    close_all();
}

static void a_closer_who_hangs_up_on_hold_leaves_the_prospect_to_the_ai(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask("hold");
    leg_hangup(ann.phone->leg, 0);
    RIG_UNTIL(r, given_back);
    assert_false(r->prospect_over);
    HEARD(0, 0, 0);
    expect_handoff(r, "ended", "closer_hung_up");
    expect_presence(r, "ann", "wrap_up");
    close_all();
}

static void who_is_on_hold_too_long_is_given_back_to_the_ai(void **state)
{
    struct desk_config cfg = desk_rig_config;

    (void)state;
    cfg.held_cap_s = 1;
    open_with(&cfg, IGNORES);
    ask("hold");
    RIG_UNTIL(r, given_back);
    RIG_UNTIL(r, ann_over);
    assert_false(r->prospect_over);
    expect_handoff(r, "ended", "held_too_long");
    expect_presence(r, "ann", "wrap_up");
    close_all();
}

static void only_who_is_in_the_call_may_do_that(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask_as("ben", "hold", NULL, NULL);
    assert_int_equal(r->command_err, EPERM);
    ask_as("ben", "park", NULL, NULL);
    assert_int_equal(r->command_err, EPERM);
    ask_as("ann", "dance", NULL, NULL);
    assert_int_equal(r->command_err, EINVAL);
    HEARD(ANN, PROSPECT, 0);
    close_all();
}

/* --- park and retrieve --- */

static void a_parked_prospect_is_retrieved_by_somebody_else(void **state)
{
    (void)state;
    bridge_ann(ANSWERS);
    ask("park");
    RIG_UNTIL(r, ann_over);
    HEARD(MUSIC, 0, 0);
    expect_midcall("parked");
    expect_presence(r, "ann", "available");
    ask_as("ben", "retrieve", "ben", NULL); /* asked for it: picking up is enough */
    assert_int_equal(r->command_err, 0);
    ben_joins();
    HEARD(BEN, 0, PROSPECT);
    expect_presence(r, "ben", "in_call");
    expect_row(r, "SELECT outcome AS x FROM handoff ORDER BY requested_at, id LIMIT 1", NULL, "transferred");
    expect_row(r, "SELECT closer_id AS x FROM handoff WHERE state = 'bridged'", NULL, "ben");
    leg_hangup(phone_of(r, "ben")->leg, 0);
    RIG_UNTIL(r, rig_prospect_gone);
    assert_int_equal(r->ended, 1);
    expect_presence(r, "ben", "wrap_up");
    close_all();
}

static void whoever_parked_takes_the_same_talk_up_again(void **state)
{
    (void)state;
    bridge_ann(ANSWERS);
    ask_as("ann", "transfer", "ben", NULL);
    ben_joins();
    HEARD(MUSIC, MUSIC, 0); /* ringing is heard until ben decides */
    ask("cancel");
    RIG_UNTIL(r, ben_over);
    ask("park");
    RIG_UNTIL(r, ann_over);
    expect_midcall("parked");
    obj_unref(ann.phone->leg);
    *ann.phone = (struct phone){.name = "ann", .habit = ANSWERS};
    ask_as("ann", "retrieve", "ann", NULL);
    assert_int_equal(r->command_err, 0);
    RIG_UNTIL(r, ann_up);
    obj_unref(ann.song);
    singer_begin(&ann, phone_of(r, "ann"), 1);
    HEARD(ANN, PROSPECT, 0);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM handoff", NULL, "1");
    expect_event("handoff.retrieved", "1");
    close_all();
}

static void who_is_parked_too_long_is_given_back_to_the_ai(void **state)
{
    struct desk_config cfg = desk_rig_config;

    (void)state;
    cfg.park_cap_s = 1;
    open_with(&cfg, IGNORES);
    ask("park");
    RIG_UNTIL(r, given_back);
    assert_false(r->prospect_over);
    HEARD(0, 0, 0);
    expect_handoff(r, "ended", "parked_too_long");
    expect_presence(r, "ann", "available");
    close_all();
}

static bool parked_again(struct desk_rig *rig)
{
    (void)rig;
    return is_midcall("parked");
}

static void a_retrieval_that_nobody_picks_up_leaves_them_parked(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask("park");
    ask_as("ben", "retrieve", "ben", NULL);
    RIG_UNTIL(r, ben_rings);
    expect_midcall("fetching");
    ask_as("mia", "retrieve", "mia", NULL);
    assert_int_equal(r->command_err, EBUSY);
    leg_hangup(phone_of(r, "ben")->leg, 486);
    RIG_UNTIL(r, parked_again);
    HEARD(MUSIC, 0, 0);
    close_all();
}

/* --- transfer --- */

static void a_colleague_is_consulted_and_takes_over(void **state)
{
    (void)state;
    bridge_ann(PRESSES_1);
    consult_ben();
    expect_row(r, "SELECT note AS x FROM offer WHERE closer_id = 'ben'", NULL, "wants a discount");
    expect_row(r, "SELECT json_extract(data, '$.from') AS x FROM event WHERE kind = 'offer.made' ORDER BY seq DESC LIMIT 1", NULL, "ann");
    ask("complete");
    HEARD(BEN, 0, PROSPECT);
    RIG_UNTIL(r, ann_over);
    expect_presence(r, "ann", "wrap_up");
    expect_presence(r, "ben", "in_call");
    expect_event("handoff.transferred", "1");
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM handoff WHERE state = 'ended' AND closer_id = 'ann'", NULL, "1");
    expect_row(r, "SELECT o.state AS x FROM offer o JOIN handoff h ON h.id = o.handoff_id WHERE h.closer_id = 'ben'", NULL, "accepted");
    close_all();
}

static void a_consultation_that_is_cancelled_leads_back_to_the_prospect(void **state)
{
    (void)state;
    bridge_ann(PRESSES_1);
    consult_ben();
    ask("cancel");
    HEARD(ANN, PROSPECT, 0);
    RIG_UNTIL(r, ben_over);
    expect_presence(r, "ben", "available");
    close_all();
}

static void a_colleague_who_declines_leaves_the_prospect_on_hold(void **state)
{
    (void)state;
    bridge_ann(DECLINES);
    ask_as("ann", "transfer", "ben", NULL);
    RIG_UNTIL(r, on_hold);
    HEARD(MUSIC, 0, 0);
    expect_event("handoff.transfer_failed", "1");
    expect_presence(r, "ben", "available");
    ask("resume");
    HEARD(ANN, PROSPECT, 0);
    close_all();
}

static void a_colleague_who_does_not_answer_leaves_the_prospect_on_hold(void **state)
{
    struct desk_config cfg = desk_rig_config;

    (void)state;
    cfg.transfer_ring_s = 1;
    open_with(&cfg, IGNORES);
    ask_as("ann", "transfer", "ben", NULL);
    RIG_UNTIL(r, on_hold);
    HEARD(MUSIC, 0, 0);
    expect_presence(r, "ben", "away");
    close_all();
}

static void a_colleague_who_hangs_up_in_the_consultation_leaves_the_prospect_on_hold(void **state)
{
    (void)state;
    bridge_ann(PRESSES_1);
    consult_ben();
    leg_hangup(phone_of(r, "ben")->leg, 0);
    RIG_UNTIL(r, on_hold);
    HEARD(MUSIC, 0, 0);
    expect_presence(r, "ben", "available");
    close_all();
}

static void a_closer_who_hangs_up_in_the_consultation_has_handed_over(void **state)
{
    (void)state;
    bridge_ann(PRESSES_1);
    consult_ben();
    leg_hangup(ann.phone->leg, 0);
    HEARD(BEN, 0, PROSPECT);
    expect_presence(r, "ann", "wrap_up");
    close_all();
}

static void a_closer_who_hangs_up_while_it_rings_has_sent_the_prospect_on(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask_as("ann", "transfer", "ben", NULL);
    RIG_UNTIL(r, ben_rings);
    leg_hangup(ann.phone->leg, 0);
    RIG_UNTIL(r, ann_over);
    HEARD(MUSIC, 0, 0);
    expect_midcall("sent");
    phone_of(r, "ben")->habit = PRESSES_1;
    phone_answer(phone_of(r, "ben"));
    ben_joins();
    HEARD(BEN, 0, PROSPECT);
    expect_presence(r, "ann", "wrap_up");
    close_all();
}

static void one_sent_on_whom_nobody_takes_is_given_back_to_the_ai(void **state)
{
    (void)state;
    bridge_ann(BUSY);
    ask_as("ann", "send", "ben", NULL);
    assert_int_equal(r->command_err, 0);
    RIG_UNTIL(r, given_back);
    RIG_UNTIL(r, ann_over);
    assert_false(r->prospect_over);
    HEARD(0, 0, 0);
    close_all();
}

/* mia, who has been free longer, declines; ben is next. */
static void a_team_is_asked_one_after_another(void **state)
{
    (void)state;
    bridge_ann(PRESSES_1);
    RIG_COMMAND(r, desk_presence_set(r->desk, "ben", "away", NULL, rig_command_done, r));
    RIG_COMMAND(r, desk_presence_set(r->desk, "ben", "available", NULL, rig_command_done, r));
    ask_as("ann", "transfer", NULL, "closers");
    assert_int_equal(r->command_err, 0);
    ben_joins();
    RIG_UNTIL(r, consulting);
    HEARD(MUSIC, BEN, ANN);
    expect_offer(r, "mia", "declined");
    expect_event("handoff.transfer_failed", "0");
    close_all();
}

static void nobody_is_asked_who_is_not_there(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    RIG_COMMAND(r, desk_presence_set(r->desk, "ben", "away", NULL, rig_command_done, r));
    ask_as("ann", "transfer", "ben", NULL);
    assert_int_equal(r->command_err, ENOTCONN);
    ask_as("ann", "transfer", "nobody", NULL);
    assert_int_equal(r->command_err, ENOENT);
    ask_as("ann", "transfer", "ann", NULL);
    assert_int_equal(r->command_err, EALREADY);
    ask_as("ann", "transfer", NULL, "no such team");
    assert_int_equal(r->command_err, ENOTCONN);
    HEARD(ANN, PROSPECT, 0);
    close_all();
}

/* --- the prospect hangs up, at each point --- */

static bool all_over(struct desk_rig *rig)
{
    return rig->prospect_over && ann.phone->over && (phone_of(rig, "ben")->leg == NULL || phone_of(rig, "ben")->over);
}

static void prospect_leaves(const char *anns, const char *bens)
{
    leg_hangup(prospect.phone->leg, 0);
    RIG_UNTIL(r, all_over);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM handoff WHERE ended_at IS NULL", NULL, "0");
    expect_row(r, "SELECT outcome AS x FROM handoff ORDER BY requested_at DESC, id DESC LIMIT 1", NULL, "prospect_hung_up");
    expect_presence(r, "ann", anns);
    expect_presence(r, "ben", bens);
    close_all();
}

static void the_prospect_may_hang_up_on_hold(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask("hold");
    prospect_leaves("wrap_up", "available");
}

static void the_prospect_may_hang_up_while_it_rings(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask_as("ann", "transfer", "ben", NULL);
    RIG_UNTIL(r, ben_rings);
    prospect_leaves("wrap_up", "available");
}

static void the_prospect_may_hang_up_in_the_consultation(void **state)
{
    (void)state;
    bridge_ann(PRESSES_1);
    consult_ben();
    prospect_leaves("wrap_up", "available");
}

static void the_prospect_may_hang_up_when_sent_on(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask_as("ann", "send", "ben", NULL);
    RIG_UNTIL(r, ben_rings);
    prospect_leaves("wrap_up", "available");
}

static void the_prospect_may_hang_up_when_parked(void **state)
{
    (void)state;
    bridge_ann(IGNORES);
    ask("park");
    prospect_leaves("available", "available");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_hold_the_prospect_hears_music_and_the_closer_nothing),
        cmocka_unit_test(a_closer_who_hangs_up_on_hold_leaves_the_prospect_to_the_ai),
        cmocka_unit_test(who_is_on_hold_too_long_is_given_back_to_the_ai),
        cmocka_unit_test(only_who_is_in_the_call_may_do_that),
        cmocka_unit_test(a_parked_prospect_is_retrieved_by_somebody_else),
        cmocka_unit_test(whoever_parked_takes_the_same_talk_up_again),
        cmocka_unit_test(who_is_parked_too_long_is_given_back_to_the_ai),
        cmocka_unit_test(a_retrieval_that_nobody_picks_up_leaves_them_parked),
        cmocka_unit_test(a_colleague_is_consulted_and_takes_over),
        cmocka_unit_test(a_consultation_that_is_cancelled_leads_back_to_the_prospect),
        cmocka_unit_test(a_colleague_who_declines_leaves_the_prospect_on_hold),
        cmocka_unit_test(a_colleague_who_does_not_answer_leaves_the_prospect_on_hold),
        cmocka_unit_test(a_colleague_who_hangs_up_in_the_consultation_leaves_the_prospect_on_hold),
        cmocka_unit_test(a_closer_who_hangs_up_in_the_consultation_has_handed_over),
        cmocka_unit_test(a_closer_who_hangs_up_while_it_rings_has_sent_the_prospect_on),
        cmocka_unit_test(one_sent_on_whom_nobody_takes_is_given_back_to_the_ai),
        cmocka_unit_test(a_team_is_asked_one_after_another),
        cmocka_unit_test(nobody_is_asked_who_is_not_there),
        cmocka_unit_test(the_prospect_may_hang_up_on_hold),
        cmocka_unit_test(the_prospect_may_hang_up_while_it_rings),
        cmocka_unit_test(the_prospect_may_hang_up_in_the_consultation),
        cmocka_unit_test(the_prospect_may_hang_up_when_sent_on),
        cmocka_unit_test(the_prospect_may_hang_up_when_parked),
    };

    return cmocka_run_group_tests(tests, library_setup, library_teardown);
}
