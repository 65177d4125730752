/* test_desk_numbers.c - closers at telephone numbers, dialled through the trunk: key 1 takes the call, a voicemail does not, and what the network answers is mapped
 * to the ladder. Real lines on 127.0.0.1. */
#include <errno.h>

#include "base/log.h"
#include "unit/desk_rig.h"

#define ANN "+15125550143"
#define BOB "+13125550178"

static struct desk_config patient(void)
{
    struct desk_config cfg = desk_rig_config;

    cfg.decide_s = 12;
    cfg.ring_owner_s = cfg.ring_next_s = cfg.ring_all_s = 2;
    return cfg;
}

static bool ann_answers(struct desk_rig *r) { return phone_of(r, ANN)->up; }
static bool ann_dialled(struct desk_rig *r) { return phone_of(r, ANN)->leg != NULL; }
static bool ann_hung_up(struct desk_rig *r) { return phone_of(r, ANN)->over; }

static void key_1_takes_the_call(void **state)
{
    const struct desk_config cfg = patient();
    struct desk_rig *r = desk_rig_open(&cfg);

    (void)state;
    rig_number(r, "ann", ANN, PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    assert_string_equal(r->closer, "ann");
    expect_offer(r, "ann", "accepted");
    desk_rig_close(r);
}

static void whatever_else_a_number_answers_the_next_one_is_asked(void **state)
{
    static const struct { const char *name; enum habit habit; const char *offer, *reason, *presence; } cases[] = {
        {"a voicemail", BEEPS, "timeout", "a voicemail answered", "away"},
        {"key 2", PRESSES_2, "declined", "pressed 2", "available"},
        {"hangs up", HANGS_UP, "declined", "hung up", "available"},
        {"busy", BUSY, "declined", NULL, "available"},
        {"refused", DECLINES, "declined", NULL, "available"},
        {"rings", IGNORES, "timeout", "no answer in time", "away"},
        {"no such number", UNKNOWN, "failed", NULL, "away"},
    };
    const struct desk_config cfg = patient();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk_rig *r = desk_rig_open(&cfg);

        rig_number(r, "ann", ANN, cases[i].habit);
        rig_number(r, "bob", BOB, PRESSES_1);
        rig_begin(r);
        if (!rig_run_until(r, rig_bridged))
            fail_msg("%s: bob was not asked", cases[i].name);
        assert_string_equal(r->closer, "bob");
        expect_offer(r, "ann", cases[i].offer);
        expect_presence(r, "ann", cases[i].presence);
        if (cases[i].reason != NULL)
            expect_row(r, "SELECT reason AS x FROM offer WHERE closer_id = ?", "ann", cases[i].reason);
        assert_int_equal(atomic_load(&phone_of(r, ANN)->loud), 0);
        desk_rig_close(r);
    }
}

static void who_presses_nothing_has_missed_it(void **state)
{
    struct desk_config cfg = patient();
    struct desk_rig *r;

    (void)state;
    cfg.decide_s = 1;
    r = desk_rig_open(&cfg);
    rig_number(r, "ann", ANN, ANSWERS);
    rig_begin(r);
    RIG_UNTIL(r, rig_failed);
    expect_offer(r, "ann", "timeout");
    expect_row(r, "SELECT reason AS x FROM offer", NULL, "answered, but did not decide");
    RIG_UNTIL(r, ann_hung_up);
    desk_rig_close(r);
}

static void click_ann(struct desk_rig *r)
{
    struct rig_question q = {.sql = "SELECT id AS x FROM offer WHERE closer_id = 'ann'"};

    assert_int_equal(store_run(r->store, ask_row, &q), 0);
    RIG_COMMAND(r, desk_offer_accept(r->desk, q.answer, rig_command_done, r));
    assert_int_equal(r->command_err, 0);
}

static void a_click_does_not_tell_that_it_is_they_who_picked_up(void **state)
{
    const struct desk_config cfg = patient();
    struct desk_rig *r = desk_rig_open(&cfg);

    (void)state;
    rig_number(r, "ann", ANN, IGNORES);
    rig_begin(r);
    RIG_UNTIL(r, ann_dialled);
    click_ann(r);
    phone_answer(phone_of(r, ANN));
    RIG_UNTIL(r, ann_answers);
    click_ann(r);
    assert_int_equal(r->bridged, 0);
    mport_dtmf(leg_port(phone_of(r, ANN)->leg), "1");
    RIG_UNTIL(r, rig_bridged);
    desk_rig_close(r);
}

static void a_prospect_who_leaves_ends_the_question(void **state)
{
    const struct desk_config cfg = patient();
    struct desk_rig *r = desk_rig_open(&cfg);

    (void)state;
    rig_number(r, "ann", ANN, ANSWERS);
    rig_begin(r);
    RIG_UNTIL(r, ann_answers);
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, ann_hung_up);
    expect_offer(r, "ann", "withdrawn");
    expect_presence(r, "ann", "available");
    desk_rig_close(r);
}

/* --- calls that a closer asked for --- */

static struct desk_rig *call_back(const struct desk_config *cfg, enum habit ann)
{
    struct desk_rig *r = desk_rig_open(cfg);
    json_t *wanted = json_pack("{s:s,s:s,s:n,s:{s:s}}", "lead_id", "L", "phone", BOB, "task_id", "brief", "summary", "wants it now");

    rig_number(r, "ann", ANN, ann);
    rig_phone(r, BOB, ANSWERS);
    rig_load(r);
    RIG_COMMAND(r, desk_call_prospect(r->desk, "ann", wanted, rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    json_decref(wanted);
    return r;
}

static bool bob_answers(struct desk_rig *r) { return phone_of(r, BOB)->up; }

static bool ann_is_available(struct desk_rig *r)
{
    struct rig_question q = {.sql = "SELECT presence AS x FROM closer WHERE id = 'ann'"};

    return store_run(r->store, ask_row, &q) == 0 && strcmp(q.answer, "available") == 0;
}

static void the_prospect_is_rung_after_key_1(void **state)
{
    const struct desk_config cfg = patient();
    struct desk_rig *r = call_back(&cfg, ANSWERS);

    (void)state;
    RIG_UNTIL(r, ann_answers);
    assert_null(phone_of(r, BOB)->leg);
    mport_dtmf(leg_port(phone_of(r, ANN)->leg), "1");
    RIG_UNTIL(r, bob_answers);
    desk_rig_close(r);
}

static void no_prospect_is_rung_for_a_voicemail(void **state)
{
    const struct desk_config cfg = patient();
    struct desk_rig *r = call_back(&cfg, BEEPS);

    (void)state;
    RIG_UNTIL(r, ann_hung_up);
    RIG_UNTIL(r, ann_is_available);
    assert_null(phone_of(r, BOB)->leg);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM call WHERE scenario_id = 'human'", NULL, "0");
    desk_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_1_takes_the_call),
        cmocka_unit_test(whatever_else_a_number_answers_the_next_one_is_asked),
        cmocka_unit_test(who_presses_nothing_has_missed_it),
        cmocka_unit_test(a_click_does_not_tell_that_it_is_they_who_picked_up),
        cmocka_unit_test(a_prospect_who_leaves_ends_the_question),
        cmocka_unit_test(the_prospect_is_rung_after_key_1),
        cmocka_unit_test(no_prospect_is_rung_for_a_voicemail),
    };

    return cmocka_run_group_tests(tests, library_setup, library_teardown);
}
