/* test_desk_callback.c - a closer calls a prospect back: both telephones are real lines on 127.0.0.1, the rows are those of a real store. */
#include <errno.h>
#include <unistd.h>

#include "unit/desk_rig.h"

static int insert_task(struct tx *tx, void *arg)
{
    (void)arg;
    return task_insert(tx, &(struct task_row){.id = "T", .lead_id = "L", .kind = "callback", .due_at = 5, .promised_by = INT64_C(99999999999999), .created_at = 1});
}

static json_t *wanted(const struct desk_rig *r)
{
    char uri[64];

    snprintf(uri, sizeof uri, "sip:prospect@127.0.0.1:%u", (unsigned)line_port(r->b));
    return json_pack("{s:s,s:s,s:s,s:{s:s}}", "lead_id", "L", "phone", uri, "task_id", "T", "brief", "summary", "wants it now");
}

/* A desk with ann, whose habit it is, and a prospect of that habit; ann has pressed "call". */
static struct desk_rig *begin(const struct desk_config *cfg, enum habit ann, enum habit prospect)
{
    struct desk_rig *r = desk_rig_open(cfg);
    json_t *w = wanted(r);

    rig_closer(r, "ann", ann);
    rig_phone(r, "prospect", prospect);
    assert_int_equal(store_run(r->store, insert_task, NULL), 0);
    rig_load(r);
    RIG_COMMAND(r, desk_call_prospect(r->desk, "ann", w, rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    json_decref(w);
    return r;
}

static bool prospect_rings(struct desk_rig *r) { return phone_of(r, "prospect")->leg != NULL; }
static bool prospect_up(struct desk_rig *r) { return phone_of(r, "prospect")->up; }
static bool ann_gone(struct desk_rig *r) { return phone_of(r, "ann")->over; }
static bool prospect_gone(struct desk_rig *r) { return phone_of(r, "prospect")->over; }

static bool call_ended(struct desk_rig *r)
{
    struct rig_question q = {.sql = "SELECT state AS x FROM call WHERE scenario_id = 'human'"};

    return store_run(r->store, ask_row, &q) == 0 && strcmp(q.answer, "ended") == 0;
}

static void they_talk_and_the_promise_is_kept(void **state)
{
    struct desk_rig *r = begin(&desk_rig_config, ANSWERS, ANSWERS);

    (void)state;
    RIG_UNTIL(r, prospect_up);
    atomic_store(&phone_of(r, "ann")->loud, 0); /* the ringback tone */
    phone_speak(phone_of(r, "ann"));
    phone_speak(phone_of(r, "prospect"));
    RIG_UNTIL(r, ann_and_prospect_hear);
    expect_presence(r, "ann", "in_call");
    expect_row(r, "SELECT state AS x FROM task WHERE id = 'T' AND done_at > 5", NULL, "done");
    expect_row(r, "SELECT state AS x FROM handoff", NULL, "bridged");
    expect_row(r, "SELECT state AS x FROM lead", NULL, "human");
    expect_row(r, "SELECT json_extract(data, '$.brief.summary') AS x FROM event WHERE kind = 'handoff.requested'", NULL, "wants it now");
    expect_offer(r, "ann", "accepted");
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, ann_gone);
    RIG_UNTIL(r, ann_wraps_up);
    expect_handoff(r, "ended", "prospect_hung_up");
    expect_row(r, "SELECT outcome AS x FROM call WHERE scenario_id = 'human' AND state = 'ended' AND answered_at IS NOT NULL", NULL, "talked");
    expect_count(r, "task.done", "1");
    expect_count(r, "call.ended", "1");
    desk_rig_close(r);
}

static void the_promise_stays_open_when_the_prospect_is_busy(void **state)
{
    struct desk_rig *r = begin(&desk_rig_config, ANSWERS, BUSY);

    (void)state;
    RIG_UNTIL(r, ann_gone);
    RIG_UNTIL(r, ann_available);
    expect_row(r, "SELECT state || tries AS x FROM task WHERE id = 'T' AND tried_at IS NOT NULL", NULL, "due1");
    expect_row(r, "SELECT json_extract(data, '$.outcome') AS x FROM event WHERE kind = 'task.tried'", NULL, "busy");
    expect_handoff(r, "failed", "busy");
    expect_row(r, "SELECT state AS x FROM lead", NULL, "callback");
    desk_rig_close(r);
}

static void the_closer_hangs_up_before_the_prospect_answers(void **state)
{
    struct desk_rig *r = begin(&desk_rig_config, ANSWERS, IGNORES);

    (void)state;
    RIG_UNTIL(r, prospect_rings);
    leg_hangup(phone_of(r, "ann")->leg, 0);
    RIG_UNTIL(r, prospect_gone);
    RIG_UNTIL(r, ann_available);
    expect_row(r, "SELECT ended_by AS x FROM call WHERE scenario_id = 'human' AND state = 'ended'", NULL, "closer");
    expect_row(r, "SELECT state AS x FROM task", NULL, "due");
    desk_rig_close(r);
}

static void a_closer_who_does_not_pick_up_has_called_nobody(void **state)
{
    struct desk_rig *r = begin(&desk_rig_config, DECLINES, ANSWERS);

    (void)state;
    RIG_UNTIL(r, ann_available);
    expect_row(r, "SELECT CAST(count(*) AS TEXT) AS x FROM call WHERE scenario_id = 'human'", NULL, "0");
    assert_null(phone_of(r, "prospect")->leg);
    desk_rig_close(r);
}

static void who_is_in_a_call_cannot_call(void **state)
{
    struct desk_rig *r = begin(&desk_rig_config, ANSWERS, ANSWERS);
    json_t *w = wanted(r);

    (void)state;
    RIG_UNTIL(r, prospect_up);
    RIG_COMMAND(r, desk_call_prospect(r->desk, "ann", w, rig_command_done, r));
    assert_int_equal(r->command_err, EBUSY);
    RIG_COMMAND(r, desk_call_prospect(r->desk, "nobody", w, rig_command_done, r));
    assert_int_equal(r->command_err, ENOENT);
    json_decref(w);
    desk_rig_close(r); /* in mid-call: the shutdown ends it */
}

static void it_is_recorded(void **state)
{
    struct desk_config cfg = desk_rig_config;
    char dir[] = "/tmp/test_callback_XXXXXX", path[600];
    struct rig_question q = {.sql = "SELECT recording AS x FROM call WHERE scenario_id = 'human' AND recording_ms >= 0"};
    struct desk_rig *r;

    (void)state;
    assert_non_null(mkdtemp(dir));
    cfg.recordings_dir = dir;
    r = begin(&cfg, ANSWERS, ANSWERS);
    RIG_UNTIL(r, prospect_up);
    phone_speak(phone_of(r, "ann"));
    phone_speak(phone_of(r, "prospect"));
    RIG_UNTIL(r, ann_and_prospect_hear);
    leg_hangup(phone_of(r, "ann")->leg, 0);
    RIG_UNTIL(r, prospect_gone);
    RIG_UNTIL(r, call_ended);
    expect_presence(r, "ann", "wrap_up");
    assert_int_equal(store_run(r->store, ask_row, &q), 0);
    snprintf(path, sizeof path, "%s", q.answer);
    assert_int_equal(access(path, R_OK), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
    desk_rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_talk_and_the_promise_is_kept),
        cmocka_unit_test(the_promise_stays_open_when_the_prospect_is_busy),
        cmocka_unit_test(the_closer_hangs_up_before_the_prospect_answers),
        cmocka_unit_test(a_closer_who_does_not_pick_up_has_called_nobody),
        cmocka_unit_test(who_is_in_a_call_cannot_call),
        cmocka_unit_test(it_is_recorded),
    };

    return cmocka_run_group_tests(tests, desk_group_setup, desk_group_teardown);
}
