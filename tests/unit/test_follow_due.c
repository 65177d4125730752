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
    assert_int_equal(run(tx, T0), T0 + 70 * MINUTE);
    assert_int_equal(events(tx, "task.due"), 1);
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
    assert_int_equal(run(tx, T0), T0 + 10 * MINUTE);
    assert_int_equal(task_update(tx, "T", done), 0);
    json_decref(done);
    assert_int_equal(run(tx, T0 + 20 * MINUTE), 0);
    assert_int_equal(attempts(tx, ""), 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reengagement_becomes_an_attempt),
        cmocka_unit_test(nurture_comes_back_every_thirty_days),
        cmocka_unit_test(a_callback_that_nobody_takes_is_made_by_the_ai),
        cmocka_unit_test(a_callback_that_was_taken_stays_done),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
