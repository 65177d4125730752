/* Promises are kept at their time: re-engagement becomes an attempt, nurture returns, a callback is told once and then taken over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/obj.h"
#include "follow/follow.h"
#include "lead/lead.h"
#include "store/entities.h"

#include "base/banned.h"

enum { T0 = 1000000 };
#define MINUTE INT64_C(60000)

static int insert(struct tx *tx, const char *kind, int64_t promised_by)
{
    json_t *zones = json_pack("[s]", "America/New_York");
    int err = lead_insert(tx, &(struct lead_row){.id = "L", .phone = "+12125550100", .source = "form_fill", .state = "callback", .zones = zones, .created_at = 1});

    json_decref(zones);
    if (!err)
        err = task_insert(tx, &(struct task_row){.id = "T", .lead_id = "L", .kind = kind, .due_at = T0, .promised_by = promised_by, .created_at = 1});
    return err;
}

static int64_t run(struct tx *tx, int64_t now)
{
    int64_t next = 0;

    assert_int_equal(follow_run_due(tx, now, &next, NULL), 0);
    return next;
}

static size_t attempts(struct tx *tx, const char *kind)
{
    json_t *rows = NULL;
    size_t n;

    assert_int_equal(attempt_list(tx, "L", &rows), 0);
    n = json_array_size(rows);
    if (n > 0)
        assert_string_equal(jx_str(json_array_get(rows, 0), "kind", ""), kind);
    json_decref(rows);
    return n;
}

static void assert_task(struct tx *tx, const char *state)
{
    json_t *row = NULL;

    assert_int_equal(task_get(tx, "T", &row), 0);
    assert_string_equal(jx_str(row, "state", ""), state);
    json_decref(row);
}

static int64_t events(struct tx *tx, const char *kind)
{
    int64_t n = 0;

    assert_int_equal(tx_query_int(tx, &n, "SELECT count(*) FROM event WHERE kind = ?", "s", kind), 0);
    return n;
}

static int reengage(struct tx *tx, void *arg)
{
    (void)arg;
    assert_int_equal(insert(tx, "reengage", 0), 0);
    assert_int_equal(run(tx, T0 - 1), T0);
    assert_int_equal(attempts(tx, ""), 0);
    assert_int_equal(run(tx, T0), 0);
    assert_int_equal(attempts(tx, "reengage"), 1);
    assert_task(tx, "done");
    assert_int_equal(run(tx, T0 + MINUTE), 0);
    assert_int_equal(attempts(tx, "reengage"), 1);
    assert_int_equal(events(tx, "follow.reengaged"), 1);
    return 0;
}

static int nurture(struct tx *tx, void *arg)
{
    const int64_t month = INT64_C(30) * 24 * 60 * MINUTE;

    (void)arg;
    assert_int_equal(insert(tx, "nurture", 0), 0);
    assert_int_equal(run(tx, T0 + 5), T0 + 5 + month);
    assert_int_equal(events(tx, "follow.nurture_due"), 1);
    assert_int_equal(run(tx, T0 + 6), T0 + 5 + month);
    assert_int_equal(events(tx, "follow.nurture_due"), 1);
    assert_task(tx, "due");
    return 0;
}

static int callback_missed(struct tx *tx, void *arg)
{
    (void)arg;
    assert_int_equal(insert(tx, "callback", T0 + 60 * MINUTE), 0);
    assert_int_equal(run(tx, T0), T0 + 45 * MINUTE);
    assert_int_equal(events(tx, "task.due"), 1);
    assert_int_equal(events(tx, "task.at_risk"), 0);
    assert_int_equal(run(tx, T0 + 45 * MINUTE), T0 + 70 * MINUTE);
    assert_int_equal(events(tx, "task.at_risk"), 1);
    assert_int_equal(run(tx, T0 + 70 * MINUTE - 1), T0 + 70 * MINUTE);
    assert_int_equal(attempts(tx, ""), 0);
    assert_int_equal(run(tx, T0 + 70 * MINUTE), 0);
    assert_int_equal(attempts(tx, "callback"), 1);
    assert_int_equal(events(tx, "task.due"), 1);
    assert_int_equal(events(tx, "task.missed"), 1);
    assert_task(tx, "missed");
    return 0;
}

static int callback_taken(struct tx *tx, void *arg)
{
    json_t *done = json_pack("{s:s}", "state", "done");

    (void)arg;
    assert_int_equal(insert(tx, "callback", 0), 0);
    assert_int_equal(run(tx, T0 - 16 * MINUTE), T0 - 15 * MINUTE);
    assert_int_equal(run(tx, T0 - 15 * MINUTE), T0);
    assert_int_equal(events(tx, "task.at_risk"), 1);
    assert_int_equal(events(tx, "task.due"), 0);
    assert_int_equal(run(tx, T0), T0 + 10 * MINUTE);
    assert_int_equal(events(tx, "task.due"), 1);
    assert_int_equal(task_update(tx, "T", done), 0);
    json_decref(done);
    assert_int_equal(run(tx, T0 + 20 * MINUTE), 0);
    assert_int_equal(attempts(tx, ""), 0);
    return 0;
}

static void closer(struct tx *tx, const char *id, const char *team, const char *presence, int64_t idle_since)
{
    assert_int_equal(closer_put(tx, &(struct closer_row){.id = id, .name = id, .sip_uri = "sip:x@127.0.0.1", .team = team}, 1), 0);
    assert_int_equal(tx_exec(tx, "UPDATE closer SET presence = ?, idle_since = ? WHERE id = ?", "sis", presence, idle_since, id), 0);
}

static void assert_owner(struct tx *tx, const char *id)
{
    json_t *row = NULL;

    assert_int_equal(task_get(tx, "T", &row), 0);
    assert_string_equal(jx_str(row, "closer_id", "(nobody)"), id);
    json_decref(row);
}

static int callback_of_somebody_away(struct tx *tx, void *arg)
{
    json_t *owned = json_pack("{s:s}", "closer_id", "ann");

    (void)arg;
    assert_int_equal(insert(tx, "callback", T0), 0);
    assert_int_equal(task_update(tx, "T", owned), 0);
    json_decref(owned);
    closer(tx, "ann", "closers", "away", 1);
    closer(tx, "bea", "enterprise", "available", 10);
    closer(tx, "cy", "closers", "available", 30);
    closer(tx, "dan", "closers", "available", 20);
    run(tx, T0 - 15 * MINUTE);
    assert_owner(tx, "dan"); /* of the team, free longest */
    assert_int_equal(events(tx, "task.assigned"), 1);
    closer(tx, "dan", "closers", "in_call", 20); /* busy is at the desk: they keep it */
    run(tx, T0);
    assert_owner(tx, "dan");
    assert_int_equal(events(tx, "task.assigned"), 1);
    return 0;
}

static int put_off(struct tx *tx, void *arg)
{
    json_t *later = json_pack("{s:I,s:n}", "due_at", (json_int_t)(T0 + 30 * MINUTE), "told_at");

    (void)arg;
    assert_int_equal(insert(tx, "callback", T0), 0);
    run(tx, T0);
    assert_int_equal(task_update(tx, "T", later), 0);
    json_decref(later);
    assert_int_equal(run(tx, T0 + 10 * MINUTE), T0 + 30 * MINUTE); /* the AI does not take over what a person has put off */
    assert_task(tx, "due");
    assert_int_equal(run(tx, T0 + 30 * MINUTE), T0 + 40 * MINUTE);
    assert_int_equal(events(tx, "task.due"), 2);
    assert_int_equal(run(tx, T0 + 40 * MINUTE), 0);
    assert_task(tx, "missed");
    return 0;
}

static int counting(struct tx *tx, void *arg)
{
    static const struct { const char *id, *state; int64_t promised, done; } tasks[] = {
        {"a", "done", T0, T0 - 5}, {"b", "done", T0, T0 + 10 * MINUTE}, {"c", "done", T0, T0 + 11 * MINUTE}, {"d", "missed", T0, T0 + 11 * MINUTE},
        {"e", "due", T0 + 80 * MINUTE, 0}, {"f", "due", T0 + 34 * MINUTE, 0}, {"g", "due", T0, 0}, {"h", "cancelled", T0, 0}, {"i", "done", 5, 5},
    };
    struct task_promises p;

    (void)arg;
    assert_int_equal(insert(tx, "reengage", 0), 0);
    for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++) {
        assert_int_equal(task_insert(tx, &(struct task_row){.id = tasks[i].id, .lead_id = "L", .kind = "callback", .due_at = tasks[i].promised, .promised_by = tasks[i].promised, .created_at = 1}), 0);
        assert_int_equal(tx_exec(tx, "UPDATE task SET state = ?, done_at = ? WHERE id = ?", "sis", tasks[i].state, tasks[i].done, tasks[i].id), 0);
    }
    assert_int_equal(task_promise_counts(tx, T0 - MINUTE, T0 + 20 * MINUTE, 15 * MINUTE, 10 * MINUTE, &p), 0);
    assert_int_equal(p.kept, 2);
    assert_int_equal(p.late, 1);
    assert_int_equal(p.missed, 1);
    assert_int_equal(p.open, 2);
    assert_int_equal(p.at_risk, 2);
    assert_int_equal(p.overdue, 1);
    return 0;
}

static void in_a_store(store_job_fn *job)
{
    struct store *s;
    char why[100];

    assert_int_equal(store_open(&s, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(store_run(s, job, NULL), 0);
    store_close(s);
    obj_unref(s);
}

static void reengagement_becomes_an_attempt(void **state)
{
    (void)state;
    in_a_store(reengage);
}

static void nurture_comes_back_every_thirty_days(void **state)
{
    (void)state;
    in_a_store(nurture);
}

static void a_callback_that_nobody_takes_is_made_by_the_ai(void **state)
{
    (void)state;
    in_a_store(callback_missed);
}

static void a_callback_that_was_taken_stays_done(void **state)
{
    (void)state;
    in_a_store(callback_taken);
}

static void who_is_away_hands_their_callback_on(void **state)
{
    (void)state;
    in_a_store(callback_of_somebody_away);
}

static void what_was_put_off_is_not_taken_over(void **state)
{
    (void)state;
    in_a_store(put_off);
}

static void promises_are_counted_as_kept_late_missed_and_at_risk(void **state)
{
    (void)state;
    in_a_store(counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reengagement_becomes_an_attempt),
        cmocka_unit_test(nurture_comes_back_every_thirty_days),
        cmocka_unit_test(a_callback_that_nobody_takes_is_made_by_the_ai),
        cmocka_unit_test(a_callback_that_was_taken_stays_done),
        cmocka_unit_test(who_is_away_hands_their_callback_on),
        cmocka_unit_test(what_was_put_off_is_not_taken_over),
        cmocka_unit_test(promises_are_counted_as_kept_late_missed_and_at_risk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
