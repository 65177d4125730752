/* What a closer asks of the server over a real socket: who may see and change what of a talk. */
#include "unit/http_rig.h"

#include "store/desk_rows.h"

#include "base/banned.h"

#define HANDOFF "01900000-0000-7000-8000-00000000000a"

static int insert_talk(struct tx *tx, void *arg)
{
    json_t *call = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:I}", "id", CALL, "lead_id", (const char *)arg, "direction", "outbound", "phone", "+14155550128", "scenario_id", "demo",
                             "scenario_version", 1, "started_at", (json_int_t)1000);
    json_t *note = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:s}", "event", "answer", "id", "need", "dimension", "need", "status", "stated", "value", "clear", "points", 30, "max", 30,
                             "evidence", "we lose people");
    json_t *h = json_pack("{s:s,s:s,s:s,s:s}", "id", HANDOFF, "call_id", CALL, "lead_id", (const char *)arg, "team", "closers");
    int err = call_row_start(tx, call);

    if (!err)
        err = call_row_note(tx, CALL, arg, note, 1, 2600);
    if (!err)
        err = closer_put(tx, &(struct closer_row){.id = "ann", .name = "Ann", .sip_uri = "sip:ann@127.0.0.1", .team = "closers"}, 1);
    if (!err)
        err = handoff_row_start(tx, h, clock_now_ms());
    if (!err)
        err = handoff_row_state(tx, HANDOFF, "bridged", "ann", NULL, clock_now_ms());
    if (!err)
        err = handoff_row_state(tx, HANDOFF, "ended", "ann", "closer_hung_up", clock_now_ms());
    json_decref(call);
    json_decref(note);
    json_decref(h);
    return err;
}

static void add_talk(struct room *r)
{
    char lead_id[37];

    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON, "{\"phone\":\"+14155550128\",\"first_name\":\"Ann\"}"), 202);
    snprintf(lead_id, sizeof lead_id, "%.36s", strstr(r->answer, "{\"id\":\"") + 7);
    assert_int_equal(store_run(r->store, insert_talk, lead_id), 0);
}

#define OFFER "01900000-0000-7000-8000-00000000000b"

static int ring_ann(struct tx *tx, void *arg)
{
    json_t *o = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:s,s:i}", "id", OFFER, "handoff_id", HANDOFF, "closer_id", "ann", "call_id", CALL, "lead_id", "-", "step", 1, "why", "owner", "ring_ms",
                          15000);
    int err = offer_row_start(tx, o, clock_now_ms());

    (void)arg;
    json_decref(o);
    return err;
}

static int answer_it(struct tx *tx, void *arg)
{
    (void)arg;
    return offer_row_end(tx, OFFER, "accepted", NULL, clock_now_ms());
}

static void an_offer_that_rings_tells_for_how_long(void **state)
{
    struct room *r = *state;

    add_talk(r);
    assert_int_equal(store_run(r->store, ring_ann, NULL), 0);
    assert_int_equal(ask(r, "GET", "/api/v1/wall", r->closer, "", ""), 200);
    assert_true(says(r, "\"ring_ms\":15000"));
    assert_int_equal(store_run(r->store, answer_it, NULL), 0);
    assert_int_equal(ask(r, "GET", "/api/v1/wall", r->closer, "", ""), 200);
    assert_true(says(r, "\"state\":\"accepted\""));
    assert_false(says(r, "ring_ms"));
}

static int let_pass(struct tx *tx, void *arg)
{
    int err = tx_exec(tx, "UPDATE attempt SET gate = ? WHERE lead_id = (SELECT lead_id FROM call WHERE id = ?)", "ss",
                      "{\"allowed\":true,\"deferred\":false,\"reasons\":[{\"rule\":\"hours\",\"passed\":true,\"text\":\"ten in the morning\"}]}", CALL);

    (void)arg;
    return err ? err : tx_exec(tx, "UPDATE call SET attempt_id = (SELECT id FROM attempt WHERE attempt.lead_id = call.lead_id) WHERE id = ?", "s", CALL);
}

static void a_call_tells_why_it_was_allowed(void **state)
{
    struct room *r = *state;

    add_talk(r);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL, r->sdr, "", ""), 200);
    assert_true(says(r, "\"gate\":null"));
    assert_int_equal(store_run(r->store, let_pass, NULL), 0);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL, r->sdr, "", ""), 200);
    assert_true(says(r, "ten in the morning"));
}

static void what_was_typed_comes_back(void **state)
{
    struct room *r = *state;

    add_talk(r);
    assert_int_equal(ask(r, "POST", "/api/v1/handoffs/" HANDOFF "/draft", r->admin, JSON, "{\"note\":\"half a sen\",\"rating\":4}"), 200);
    assert_int_equal(ask(r, "GET", "/api/v1/handoffs/" HANDOFF, r->admin, "", ""), 200);
    assert_true(says(r, "\"note\":\"half a sen\""));
    assert_true(says(r, "\"question_id\":\"need\""));
    assert_int_equal(ask(r, "GET", "/api/v1/handoffs?closer_id=ann", r->admin, "", ""), 200);
    assert_true(says(r, "\"id\":\"" HANDOFF "\""));
    assert_int_equal(ask(r, "GET", "/api/v1/handoffs/none", r->admin, "", ""), 404);
}

static void a_wrong_wrap_up_is_told_field_by_field(void **state)
{
    struct room *r = *state;

    add_talk(r);
    assert_int_equal(ask(r, "POST", "/api/v1/handoffs/" HANDOFF "/wrap-up", r->admin, JSON, "{\"rating\":6,\"deal_stage\":\"maybe\",\"deal_usd\":-1,\"next_at\":1.5}"), 422);
    assert_true(says(r, "\"field\":\"disposition\""));
    assert_true(says(r, "\"field\":\"rating\""));
    assert_true(says(r, "\"field\":\"deal_stage\""));
    assert_true(says(r, "\"field\":\"deal_usd\""));
    assert_true(says(r, "\"field\":\"next_at\""));
    assert_int_equal(ask(r, "POST", "/api/v1/handoffs/" HANDOFF "/draft", r->admin, JSON, "{\"rating\":0}"), 422);
}

static void a_closer_touches_only_their_own_talks(void **state)
{
    struct room *r = *state;

    add_talk(r);
    assert_int_equal(ask(r, "GET", "/api/v1/handoffs/" HANDOFF, r->closer, "", ""), 403);
    assert_int_equal(ask(r, "GET", "/api/v1/handoffs?closer_id=ann", r->closer, "", ""), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/handoffs/" HANDOFF "/draft", r->closer, JSON, "{}"), 403);
    assert_int_equal(ask(r, "GET", "/api/v1/handoffs/" HANDOFF, r->sdr, "", ""), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/handoffs/" HANDOFF "/draft", r->sdr, JSON, "{}"), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/answers/none/mark", r->sdr, JSON, "{\"wrong\":true}"), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/answers/none/mark", r->developer, JSON, "{\"wrong\":true}"), 403);
}

static void an_answer_marked_as_wrong_shows_on_the_call(void **state)
{
    struct room *r = *state;
    char path[120];
    const char *at;

    add_talk(r);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL, r->admin, "", ""), 200);
    assert_true(says(r, "\"wrong\":false"));
    at = strstr(r->answer, "\"answers\":[{\"id\":\"");
    assert_non_null(at);
    snprintf(path, sizeof path, "/api/v1/answers/%.36s/mark", at + 18);
    assert_int_equal(ask(r, "POST", path, r->closer, JSON, "{\"wrong\":true,\"note\":\"a quarter\"}"), 200);
    assert_int_equal(ask(r, "GET", "/api/v1/calls/" CALL, r->admin, "", ""), 200);
    assert_true(says(r, "\"wrong\":true,\"wrong_note\":\"a quarter\""));
    assert_int_equal(ask(r, "POST", path, r->closer, JSON, "{\"wrong\":\"yes\"}"), 422);
    assert_int_equal(ask(r, "POST", "/api/v1/answers/none/mark", r->closer, JSON, "{\"wrong\":true}"), 404);
}

/* --- promises --- */

struct promise { const char *lead_id, *closer_id; };

static int insert_promise(struct tx *tx, void *arg)
{
    const struct promise *p = arg;
    int err = closer_put(tx, &(struct closer_row){.id = "ann", .name = "Ann", .sip_uri = "sip:ann@127.0.0.1", .team = "closers"}, 1);

    return err ? err
               : task_insert(tx, &(struct task_row){.id = "T", .lead_id = p->lead_id, .kind = "callback", .closer_id = p->closer_id, .due_at = clock_now_ms(), .promised_by = clock_now_ms(),
                                                    .created_at = 1});
}

static void add_promise(struct room *r, const char *closer_id, const char *consent)
{
    char lead_id[37], body[200];

    snprintf(body, sizeof body, "{\"phone\":\"+14155550129\",\"first_name\":\"Bo\"%s}", consent);
    assert_int_equal(ask(r, "POST", "/api/v1/leads", r->sdr, JSON, body), 202);
    snprintf(lead_id, sizeof lead_id, "%.36s", strstr(r->answer, "{\"id\":\"") + 7);
    assert_int_equal(store_run(r->store, insert_promise, &(struct promise){lead_id, closer_id}), 0);
}

static void a_promise_is_put_off_with_a_reason(void **state)
{
    struct room *r = *state;
    char body[100];

    add_promise(r, NULL, "");
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/snooze", r->sdr, JSON, "{\"until\":5}"), 422);
    assert_true(says(r, "\"field\":\"until\""));
    assert_true(says(r, "\"field\":\"reason\""));
    snprintf(body, sizeof body, "{\"until\":%lld,\"reason\":\"in a meeting\"}", (long long)clock_now_ms() + 600000);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/snooze", r->sdr, JSON, body), 200);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/snooze", r->developer, JSON, body), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/none/snooze", r->sdr, JSON, body), 404);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/done", r->sdr, JSON, "{}"), 200);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/snooze", r->sdr, JSON, body), 409);
}

static void a_promise_is_handed_on_by_its_owner_or_a_manager(void **state)
{
    struct room *r = *state;

    add_promise(r, "bea", "");
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/assign", r->closer, JSON, "{\"closer_id\":\"ann\"}"), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/assign", r->admin, JSON, "{\"closer_id\":\"nobody\"}"), 404);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/assign", r->admin, JSON, "{\"closer_id\":\"ann\"}"), 200);
    assert_int_equal(ask(r, "GET", "/api/v1/tasks?closer_id=ann", r->sdr, "", ""), 200);
    assert_true(says(r, "\"closer_name\":\"Ann\""));
}

static void calling_needs_a_desk_and_ones_own_telephone(void **state)
{
    struct room *r = *state;

    add_promise(r, NULL, "");
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/call", r->sdr, JSON, "{}"), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/call", r->closer, JSON, "{}"), 409); /* linked to nobody */
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/call", r->closer, JSON, "{\"closer_id\":\"ann\"}"), 403);
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/call", r->admin, JSON, "{\"closer_id\":\"ann\"}"), 503); /* no desk in this test */
    assert_int_equal(ask(r, "POST", "/api/v1/leads/none/call", r->sdr, JSON, "{}"), 403);
}

static void the_promises_are_in_the_metrics(void **state)
{
    struct room *r = *state;

    add_promise(r, NULL, "");
    assert_int_equal(ask(r, "POST", "/api/v1/tasks/T/done", r->sdr, JSON, "{}"), 200);
    assert_int_equal(ask(r, "GET", "/metrics", NULL, "", ""), 200);
    assert_true(says(r, "baton_callbacks_total{result=\"kept\"} 1"));
    assert_int_equal(ask(r, "GET", "/api/v1/wall", r->sdr, "", ""), 200);
    assert_true(says(r, "\"promises_kept\":1,\"promises_total\":1,\"at_risk\":0"));
}

static void a_closers_day_is_theirs_and_the_managers(void **state)
{
    struct room *r = *state;

    add_talk(r);
    assert_int_equal(ask(r, "GET", "/api/v1/closers/ann/day", r->admin, "", ""), 200);
    assert_true(says(r, "\"offers\":0,\"taken\":0,\"answer_p50_ms\":null"));
    assert_true(says(r, "\"name\":\"Ann\"")); /* the talk just before */
    assert_int_equal(ask(r, "GET", "/api/v1/closers/ann/day", r->closer, "", ""), 403);
    assert_int_equal(ask(r, "GET", "/api/v1/closers/ann/day", r->sdr, "", ""), 403);
}

static void a_closers_profile_is_checked_and_kept(void **state)
{
    struct room *r = *state;

    assert_int_equal(ask(r, "POST", "/api/v1/closers", r->admin, JSON,
                         "{\"name\":\"Bea\",\"sip_uri\":\"sip:b@127.0.0.1\",\"profile\":{\"languages\":\"en\",\"talks_a_day\":-1,\"hours\":{\"zone\":\"Mars\"}}}"), 422);
    assert_true(says(r, "profile.languages"));
    assert_true(says(r, "profile.talks_a_day"));
    assert_true(says(r, "profile.hours"));
    assert_int_equal(ask(r, "POST", "/api/v1/closers", r->admin, JSON,
                         "{\"name\":\"Bea\",\"sip_uri\":\"sip:b@127.0.0.1\",\"profile\":{\"languages\":[\"en\",\"es\"],\"segments\":[\"enterprise\"],\"talks_a_day\":8,"
                         "\"hours\":{\"zone\":\"America/New_York\",\"week\":{\"mon\":[\"09:00\",\"17:00\"]}}}}"), 201);
    assert_int_equal(ask(r, "GET", "/api/v1/closers", r->sdr, "", ""), 200);
    assert_true(says(r, "\"languages\":[\"en\",\"es\"]"));
    assert_true(says(r, "\"mon\":[\"09:00\",\"17:00\"]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_offer_that_rings_tells_for_how_long, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_call_tells_why_it_was_allowed, room_open, room_close),
        cmocka_unit_test_setup_teardown(what_was_typed_comes_back, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_wrong_wrap_up_is_told_field_by_field, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_closer_touches_only_their_own_talks, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_promise_is_put_off_with_a_reason, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_promise_is_handed_on_by_its_owner_or_a_manager, room_open, room_close),
        cmocka_unit_test_setup_teardown(calling_needs_a_desk_and_ones_own_telephone, room_open, room_close),
        cmocka_unit_test_setup_teardown(the_promises_are_in_the_metrics, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_closers_day_is_theirs_and_the_managers, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_closers_profile_is_checked_and_kept, room_open, room_close),
        cmocka_unit_test_setup_teardown(an_answer_marked_as_wrong_shows_on_the_call, room_open, room_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
