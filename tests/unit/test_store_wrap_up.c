/* test_store_wrap_up.c - what came of a talk with a human is kept: one deal, one rating, one promise a handoff, however often it is handed in. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/obj.h"
#include "store/call_rows.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

#define H "01900000-0000-7000-8000-00000000000a"

struct step { json_t *form; int err; };

static int write_talk(struct tx *tx, void *arg)
{
    json_t *note = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:s}", "event", "answer", "id", "budget", "dimension", "budget", "status", "stated", "value", "x", "points", 25, "max", 25, "evidence", "a lot");
    json_t *h = json_pack("{s:s,s:s,s:s,s:s}", "id", H, "call_id", "C", "lead_id", "L", "team", "closers");
    int err = tx_exec(tx, "INSERT INTO lead (id, phone, source, zones, state, created_at, updated_at) VALUES ('L', '+12025550123', 'demo_request', '[]', 'human', 1, 1)", "");

    (void)arg;
    if (!err)
        err = tx_exec(tx, "INSERT INTO call (id, lead_id, direction, phone, scenario_id, scenario_version, state, started_at)"
                          " VALUES ('C', 'L', 'outbound', '+12025550123', 'demo-request', 1, 'ended', 1)", "");
    if (!err)
        err = closer_put(tx, &(struct closer_row){.id = "ann", .name = "Ann", .sip_uri = "sip:ann@127.0.0.1", .team = "closers"}, 1);
    if (!err)
        err = call_row_note(tx, "C", "L", note, 1, 10);
    if (!err)
        err = handoff_row_start(tx, h, 20);
    if (!err)
        err = handoff_row_state(tx, H, "bridged", "ann", NULL, 30);
    if (!err)
        err = handoff_row_state(tx, H, "ended", "ann", "closer_hung_up", 40);
    json_decref(note);
    json_decref(h);
    return err;
}

static struct store *open_talk(void)
{
    struct store *st;
    char why[128];

    assert_int_equal(store_open(&st, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(store_run(st, write_talk, NULL), 0);
    return st;
}

static void close_talk(struct store *st)
{
    store_close(st);
    obj_unref(st);
}

static int hand_in(struct tx *tx, void *arg)
{
    return handoff_row_wrap_up(tx, H, arg, 1000);
}

struct question { const char *sql; int64_t n; };

static int ask(struct tx *tx, void *arg)
{
    struct question *q = arg;

    return tx_query_int(tx, &q->n, q->sql, "");
}

static void expect_int(struct store *st, const char *sql, int64_t want)
{
    struct question q = {.sql = sql};

    assert_int_equal(store_run(st, ask, &q), 0);
    if (q.n != want)
        fail_msg("%s: %lld, not %lld", sql, (long long)q.n, (long long)want);
}

static void it_becomes_a_deal_a_rating_and_a_promise(void **state)
{
    struct store *st = open_talk();
    json_t *form = json_pack("{s:s,s:s,s:i,s:s,s:f,s:s,s:s,s:I}", "disposition", "demo_booked", "note", "two clinics", "rating", 5, "rating_reason", "as told", "deal_usd", 18000.5, "deal_stage",
                             "proposal", "next_step", "demo", "next_at", (json_int_t)99000);

    (void)state;
    assert_int_equal(store_run(st, hand_in, form), 0);
    expect_int(st, "SELECT amount_cents FROM deal WHERE stage = 'proposal' AND currency = 'USD' AND closer_id = 'ann'", 1800050);
    expect_int(st, "SELECT stars FROM rating WHERE reason = 'as told' AND call_id = 'C'", 5);
    expect_int(st, "SELECT due_at FROM task WHERE kind = 'callback' AND state = 'due' AND closer_id = 'ann' AND promised_by = 99000", 99000);
    expect_int(st, "SELECT count(*) FROM call WHERE disposition = 'demo_booked'", 1);
    expect_int(st, "SELECT count(*) FROM event WHERE kind IN ('handoff.wrapped_up', 'deal.changed', 'lead.rated', 'task.created')", 4);
    json_decref(form);
    close_talk(st);
}

static void handing_in_again_corrects(void **state)
{
    struct store *st = open_talk();
    json_t *first = json_pack("{s:s,s:i,s:i,s:I}", "disposition", "call_again", "rating", 2, "deal_usd", 100, "next_at", (json_int_t)99000);
    json_t *second = json_pack("{s:s,s:i,s:s,s:I}", "disposition", "won", "rating", 4, "deal_stage", "won", "next_at", (json_int_t)199000);

    (void)state;
    assert_int_equal(store_run(st, hand_in, first), 0);
    assert_int_equal(store_run(st, hand_in, second), 0);
    expect_int(st, "SELECT count(*) FROM deal WHERE stage = 'won' AND amount_cents = 10000", 1);
    expect_int(st, "SELECT sum(stars) FROM rating", 4);
    expect_int(st, "SELECT sum(due_at) FROM task", 199000);
    json_decref(first);
    json_decref(second);
    close_talk(st);
}

static int type_draft(struct tx *tx, void *arg)
{
    return handoff_row_draft(tx, H, arg);
}

static int type_nowhere(struct tx *tx, void *arg)
{
    return handoff_row_draft(tx, "nothing", arg);
}

static void a_draft_waits_until_it_is_handed_in(void **state)
{
    struct store *st = open_talk();
    json_t *draft = json_pack("{s:s}", "note", "half a sen"), *form = json_pack("{s:s}", "disposition", "lost");

    (void)state;
    assert_int_equal(store_run(st, type_draft, draft), 0);
    expect_int(st, "SELECT count(*) FROM handoff WHERE json_extract(draft, '$.note') = 'half a sen' AND wrap_up IS NULL", 1);
    assert_int_equal(store_run(st, hand_in, form), 0);
    expect_int(st, "SELECT count(*) FROM handoff WHERE draft IS NULL AND wrap_up IS NOT NULL", 1);
    expect_int(st, "SELECT count(*) FROM deal", 0);
    assert_int_equal(store_run(st, type_nowhere, form), ENOENT);
    json_decref(draft);
    json_decref(form);
    close_talk(st);
}

struct mark { char id[64]; bool wrong; };

static int find_answer(struct tx *tx, void *arg)
{
    struct mark *m = arg;
    json_t *rows;
    int err = answer_list(tx, "C", &rows);

    if (!err) {
        (void)strncpy(m->id, jx_str(json_array_get(rows, 0), "id", ""), sizeof m->id - 1);
        m->wrong = jx_int(json_array_get(rows, 0), "wrong_at", 0) != 0;
        json_decref(rows);
    }
    return err;
}

static int put_mark(struct tx *tx, void *arg)
{
    const struct mark *m = arg;

    return answer_row_mark(tx, m->id, m->wrong, "it was a quarter, not a month", "Ann", 50);
}

static void an_answer_is_marked_as_wrong_and_the_mark_taken_back(void **state)
{
    struct store *st = open_talk();
    struct mark m = {.id = ""};

    (void)state;
    assert_int_equal(store_run(st, find_answer, &m), 0);
    assert_false(m.wrong);
    m.wrong = true;
    assert_int_equal(store_run(st, put_mark, &m), 0);
    m.wrong = false;
    assert_int_equal(store_run(st, find_answer, &m), 0);
    assert_true(m.wrong);
    m.wrong = false;
    assert_int_equal(store_run(st, put_mark, &m), 0);
    expect_int(st, "SELECT count(*) FROM answer_mark", 0);
    expect_int(st, "SELECT count(*) FROM event WHERE kind = 'answer.marked'", 2);
    close_talk(st);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_becomes_a_deal_a_rating_and_a_promise),
        cmocka_unit_test(handing_in_again_corrects),
        cmocka_unit_test(a_draft_waits_until_it_is_handed_in),
        cmocka_unit_test(an_answer_is_marked_as_wrong_and_the_mark_taken_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
