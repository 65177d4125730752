/* The scheduler on its loop: a lead that comes in is dialled at once, refusals and deferrals are told, slots are never exceeded,
 * and what a dead process left is closed and tried again. Real clock: the policy allows the whole day where the hour matters not. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/loop.h"
#include "base/obj.h"
#include "base/timer.h"
#include "lead/lead.h"
#include "store/call_rows.h"
#include "store/entities.h"

#include "base/banned.h"

enum { DIALS_MAX = 16, DEADLINE_MS = 30000 };
#define DAY INT64_C(86400000)

struct bench {
    struct store *store;
    struct loop *loop;
    struct scheduler *sched;
    struct scheduler_config cfg;
    char dialled[DIALS_MAX][ID_MAX], kinds[DIALS_MAX][16], known[200]; /* known: of the last */
    int dials, want;
    _Atomic int64_t events_want; /* stop once the journal is so long */
    struct timer deadline;
};

static void on_dial(const struct dial_job *job, void *arg)
{
    struct bench *b = arg;

    assert_true(b->dials < DIALS_MAX);
    assert_string_equal(jx_str(job->lead, "id", ""), job->lead_id);
    (void)memcpy(b->dialled[b->dials], job->attempt_id, ID_MAX);
    (void)memcpy(b->kinds[b->dials], job->kind, sizeof job->kind);
    (void)snprintf(b->known, sizeof b->known, "%s", jx_str(job->lead, "known_answers", ""));
    if (++b->dials == b->want)
        loop_stop(b->loop);
}

static void on_deadline(void *arg)
{
    struct bench *b = arg;

    loop_stop(b->loop);
    fail_msg("waited in vain: %d of %d dials", b->dials, b->want);
}

static void on_event(int64_t seq, void *arg)
{
    struct bench *b = arg;

    if (b->events_want > 0 && seq >= b->events_want)
        loop_stop(b->loop);
}

static int set_up(void **state)
{
    static struct bench b; /* one test at a time */
    char why[100];

    b = (struct bench){.cfg = {.lead = {.default_region = "US", .join_window_ms = DAY, .policy = gate_policy_default}, .node = "me", .slots = 2,
                               .lease_ms = 120000}};
    b.cfg.lead.policy.hours_from_min = 0;
    b.cfg.lead.policy.hours_to_min = 24 * 60;
    assert_int_equal(store_open(&b.store, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(loop_alloc(&b.loop, "test"), 0);
    assert_int_equal(store_watch(b.store, on_event, &b), 0);
    timer_init(&b.deadline);
    *state = &b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;

    timer_cancel(&b->deadline);
    scheduler_close(b->sched);
    store_close(b->store);
    loop_free(b->loop);
    obj_unref(b->sched);
    obj_unref(b->store);
    return 0;
}

static void start(struct bench *b)
{
    assert_int_equal(scheduler_alloc(&b->sched, b->store, b->loop, &b->cfg, on_dial, b), 0);
    scheduler_start(b->sched);
    timer_start(&b->deadline, DEADLINE_MS, on_deadline, b);
}

static void intake_by(struct bench *b, const char *channel, const char *phone, bool consent)
{
    json_t *body = json_pack("{s:s}", "phone", phone);
    struct lead_result r;

    if (consent)
        jx_set(body, "consent", json_pack("{s:s}", "text", "yes"));
    assert_int_equal(lead_intake(&r, b->store, &b->cfg.lead, body, channel, clock_now_ms()), 0);
    assert_int_equal(r.error_count, 0);
    lead_result_release(&r);
    json_decref(body);
}

static void intake(struct bench *b, const char *phone, bool consent)
{
    intake_by(b, "api", phone, consent);
}

struct count { const char *sql; int64_t n; };

static int count_job(struct tx *tx, void *arg)
{
    struct count *c = arg;

    return tx_query_int(tx, &c->n, c->sql, "");
}

static int64_t count(struct bench *b, const char *sql)
{
    struct count c = {.sql = sql};

    assert_int_equal(store_read(b->store, count_job, &c), 0);
    return c.n;
}

static void kick_with_a_lead(void *arg)
{
    struct bench *b = arg;

    intake(b, "+12125550100", true);
    scheduler_kick(b->sched);
}

static void a_new_lead_is_dialled_at_the_kick(void **state)
{
    struct bench *b = *state;

    b->want = 1;
    start(b);
    assert_int_equal(loop_post(b->loop, kick_with_a_lead, b), 0);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_int_equal(b->dials, 1);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE state = 'leased' AND node = 'me' AND lease_until > 0 AND gate LIKE '%\"allowed\":true%'"), 1);
    assert_int_equal(count(b, "SELECT count(*) FROM event WHERE kind = 'lead.gate'"), 1);
}

/* An earlier talk answered a question; the attempt becomes one of this kind. */
static int talk_before(struct tx *tx, void *arg)
{
    int err = tx_exec(tx, "INSERT INTO call (id, lead_id, direction, phone, scenario_id, scenario_version, state, started_at, result) SELECT 'CALL', id, 'outbound', phone, 's', 1, 'ended', 1,"
                          " '{\"answers\":{\"need\":{\"status\":\"stated\",\"value\":\"strong\"},\"budget\":{\"status\":\"unknown\"}}}' FROM lead", "");

    return err ? err : tx_exec(tx, "UPDATE attempt SET kind = ?", "s", (const char *)arg);
}

static void dial_after_a_talk(struct bench *b, const char *kind)
{
    intake(b, "+12125550100", true);
    assert_int_equal(store_run(b->store, talk_before, (void *)(uintptr_t)kind), 0);
    b->want = 1;
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
}

static void a_retry_knows_what_was_answered_before(void **state)
{
    struct bench *b = *state;

    dial_after_a_talk(b, "retry");
    assert_string_equal(b->known, "{\"need\":{\"status\":\"stated\",\"value\":\"strong\"}}");
}

static void a_later_talk_asks_anew(void **state)
{
    struct bench *b = *state;

    dial_after_a_talk(b, "reengage");
    assert_string_equal(b->known, "");
}

static void no_more_calls_than_slots(void **state)
{
    struct bench *b = *state;
    struct scheduler_stats stats;

    for (int i = 0; i < 3; i++)
        intake(b, (const char *[]){"+12125550100", "+12125550101", "+12125550102"}[i], true);
    b->want = 2;
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    scheduler_stats_get(b->sched, &stats);
    assert_int_equal(stats.slots_free, 0);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE state = 'due'"), 1);
}

static void a_refused_lead_says_why(void **state)
{
    struct bench *b = *state;

    intake(b, "+12125550100", false);
    intake(b, "+18003569377", true);
    b->events_want = 4;
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_int_equal(b->dials, 0);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE state = 'refused' AND refusal = 'no_consent'"), 1);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE state = 'refused' AND refusal = 'unknown_zone'"), 1);
    assert_int_equal(count(b, "SELECT count(*) FROM lead WHERE state = 'refused'"), 2);
}

static void a_lead_outside_the_hours_is_deferred_with_its_time(void **state)
{
    struct bench *b = *state;
    int64_t days = clock_now_ms() / DAY, minute = clock_now_ms() / 60000 - days * 24 * 60;

    /* Honolulu has no daylight saving: hours that begin two hours from now, there */
    b->cfg.lead.policy.hours_from_min = (int)((minute - 600 + 120 + 2 * 1440) % 1440);
    b->cfg.lead.policy.hours_to_min = b->cfg.lead.policy.hours_from_min + 1;
    intake(b, "+18085550100", true);
    b->events_want = 2;
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_int_equal(b->dials, 0);
    assert_int_equal(count(b, "SELECT count(*) FROM lead WHERE state = 'deferred'"), 1);
    assert_int_equal(count(b, "SELECT next_allowed_at / 60000 FROM attempt WHERE state = 'deferred' AND refusal = 'hours'"), days * 1440 + minute + 120);
}

/* --- after a crash --- */

struct crash { const char *call_state; bool suppressed, with_call; };

static int leave_behind(struct tx *tx, void *arg)
{
    const struct crash *c = arg;
    int64_t now = clock_now_ms();
    json_t *row = NULL, *call;
    int err = tx_query_one(tx, &row, "SELECT a.id, a.lead_id, l.phone FROM attempt a JOIN lead l ON l.id = a.lead_id", "");

    assert_int_equal(err, 0);
    assert_int_equal(tx_exec(tx, "UPDATE attempt SET state = 'leased', node = 'dead', lease_until = ?", "i", now + 100000), 0);
    if (c->with_call) {
        call = json_pack("{s:s,s:s,s:s,s:s,s:I}", "id", "CALL", "lead_id", jx_str(row, "lead_id", ""), "attempt_id", jx_str(row, "id", ""), "phone",
                         jx_str(row, "phone", ""), "started_at", (json_int_t)now);
        assert_int_equal(call_row_start(tx, call), 0);
        assert_int_equal(call_row_state(tx, "CALL", jx_str(row, "lead_id", ""), c->call_state, now), 0);
        json_decref(call);
    }
    if (c->suppressed)
        assert_int_equal(lead_suppress(tx, jx_str(row, "phone", ""), "opt_out", "CALL", "stop", now), 0);
    json_decref(row);
    return 0;
}

static void crash(struct bench *b, struct crash *c)
{
    intake(b, "+12125550100", true);
    assert_int_equal(store_run(b->store, leave_behind, c), 0);
}

static void a_lease_without_a_call_is_simply_due_again(void **state)
{
    struct bench *b = *state;

    crash(b, &(struct crash){0});
    b->want = 1;
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_string_equal(b->kinds[0], "first");
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE recovered = 1 AND node = 'me'"), 1);
}

static int64_t recovered_events(struct bench *b)
{
    return count(b, "SELECT count(*) FROM event");
}

static void a_talk_that_was_cut_is_closed_and_tried_in_five_minutes(void **state)
{
    struct bench *b = *state;

    crash(b, &(struct crash){.with_call = true, .call_state = "talking"});
    b->events_want = recovered_events(b) + 2; /* call.ended, attempt.finished */
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_int_equal(count(b, "SELECT count(*) FROM call WHERE state = 'ended' AND ended_by = 'crash' AND outcome = 'recovered' AND ended_at > 0"), 1);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE state = 'done' AND outcome = 'recovered' AND recovered = 1"), 1);
    assert_int_equal(count(b, "SELECT (due_at - created_at) / 60000 FROM attempt WHERE state = 'due' AND kind = 'retry' AND number = 2"), 5);
}

static int make_inbound(struct tx *tx, void *arg)
{
    (void)arg;
    return tx_exec(tx, "UPDATE attempt SET kind = 'inbound'", "");
}

static void an_inbound_call_that_was_lost_is_called_back_not_dialled_as_it_was(void **state)
{
    struct bench *b = *state;

    crash(b, &(struct crash){0});
    assert_int_equal(store_run(b->store, make_inbound, NULL), 0);
    b->events_want = recovered_events(b) + 1;
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE kind = 'inbound' AND state = 'done' AND outcome = 'recovered'"), 1);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE kind = 'retry' AND state = 'due'"), 1);
    assert_int_equal(b->dials, 0);
}

static void somebody_who_opted_out_is_never_tried_again(void **state)
{
    struct bench *b = *state;

    crash(b, &(struct crash){.with_call = true, .call_state = "talking", .suppressed = true});
    b->events_want = recovered_events(b) + 2;
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE state IN ('due', 'deferred')"), 0);
    assert_int_equal(count(b, "SELECT count(*) FROM lead WHERE state = 'suppressed'"), 1);
}

/* No closer is free at first; then there is room for one call. */
static int room_for(int calls_now, int answered, int hot, int slots, void *arg)
{
    int *looks = arg;

    assert_true(answered >= hot && slots == 2);
    return (*looks)++ == 0 ? 0 : 1 - calls_now;
}

static void a_list_waits_for_closers_and_who_asked_does_not(void **state)
{
    struct bench *b = *state;
    int looks = 0;

    b->cfg.pace = room_for;
    b->cfg.pace_arg = &looks;
    b->want = 2;
    intake_by(b, "import", "+14155550111", true);
    intake_by(b, "import", "+14155550112", true);
    intake(b, "+14155550113", true);
    start(b);
    assert_int_equal(loop_run(b->loop, false, NULL, NULL), 0);
    assert_int_equal(count(b, "SELECT count(*) FROM attempt a JOIN lead l ON l.id = a.lead_id WHERE a.id = (SELECT subject FROM event WHERE kind = 'lead.gate' ORDER BY seq LIMIT 1)"
                              " AND l.phone = '+14155550113'"), 1); /* though it came last */
    assert_int_equal(count(b, "SELECT count(*) FROM attempt WHERE state = 'due'"), 1);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(a_new_lead_is_dialled_at_the_kick),
        CASE(a_retry_knows_what_was_answered_before),
        CASE(a_later_talk_asks_anew),
        CASE(no_more_calls_than_slots),
        CASE(a_list_waits_for_closers_and_who_asked_does_not),
        CASE(a_refused_lead_says_why),
        CASE(a_lead_outside_the_hours_is_deferred_with_its_time),
        CASE(a_lease_without_a_call_is_simply_due_again),
        CASE(a_talk_that_was_cut_is_closed_and_tried_in_five_minutes),
        CASE(an_inbound_call_that_was_lost_is_called_back_not_dialled_as_it_was),
        CASE(somebody_who_opted_out_is_never_tried_again),
    };
    int err;

    if (loop_lib_init(1024) != 0)
        return 1;
    err = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return err;
}
