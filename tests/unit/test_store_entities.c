/* The typed rows that several rooms share: people and sessions, closers and handoffs, settings, scenario versions, idempotency keys, tasks. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/obj.h"
#include "store/entities.h"

#include "base/banned.h"

static void in_a_store(store_job_fn *job)
{
    struct store *s;
    char why[100];

    assert_int_equal(store_open(&s, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(store_run(s, job, NULL), 0);
    store_close(s);
    obj_unref(s);
}

static int people(struct tx *tx, void *arg)
{
    struct user_row u = {.id = "U", .name = "Ann", .login = "ann", .password_hash = "h", .role = "closer", .created_at = 1};
    json_t *row = NULL, *changes = json_pack("{s:i}", "disabled_at", 9);
    int64_t n = 0;

    (void)arg;
    assert_int_equal(user_insert(tx, &u), 0);
    u.id = "V";
    assert_int_equal(user_insert(tx, &u), EEXIST);
    assert_int_equal(user_count(tx, &n), 0);
    assert_int_equal(n, 1);
    assert_int_equal(user_get(tx, "U", &row), 0);
    assert_null(json_object_get(row, "password_hash"));
    json_decref(row);
    assert_int_equal(user_get_by_login(tx, "ann", &row), 0);
    assert_string_equal(jx_str(row, "password_hash", ""), "h");
    json_decref(row);
    assert_int_equal(session_insert(tx, &(struct session_row){.token_hash = "T", .user_id = "U", .kind = "browser", .created_at = 1, .expires_at = 100}), 0);
    assert_int_equal(session_insert(tx, &(struct session_row){.token_hash = "E", .user_id = "U", .kind = "token", .created_at = 1}), 0);
    assert_int_equal(session_get(tx, "T", 99, &row), 0);
    assert_string_equal(jx_str(row, "role", ""), "closer");
    json_decref(row);
    assert_int_equal(session_get(tx, "T", 100, &row), ENOENT);
    assert_int_equal(session_purge(tx, 100), 0);
    assert_int_equal(session_get(tx, "E", 1000, &row), 0);
    json_decref(row);
    assert_int_equal(user_update(tx, "U", changes), 0);
    assert_int_equal(session_get(tx, "E", 1000, &row), ENOENT);
    assert_int_equal(user_get_by_login(tx, "ann", &row), ENOENT);
    assert_int_equal(user_update(tx, "nobody", changes), ENOENT);
    json_decref(changes);
    return 0;
}

static void users_log_in_until_they_are_disabled(void **state)
{
    (void)state;
    in_a_store(people);
}

static int unknown_columns(struct tx *tx, void *arg)
{
    json_t *evil = json_pack("{s:s}", "name = 'x', role", "admin");

    (void)arg;
    assert_int_equal(user_update(tx, "U", evil), EINVAL);
    assert_int_equal(task_update(tx, "U", evil), EINVAL);
    json_decref(evil);
    return 0;
}

static void only_listed_columns_can_be_changed(void **state)
{
    (void)state;
    in_a_store(unknown_columns);
}

static int keys(struct tx *tx, void *arg)
{
    json_t *row = NULL;

    (void)arg;
    assert_int_equal(idempotency_get(tx, "leads", "k", &row), ENOENT);
    assert_int_equal(idempotency_put(tx, "leads", "k", "hash", 202, "{}", 10), 0);
    assert_int_equal(idempotency_put(tx, "leads", "k", "other", 202, "{}", 11), EEXIST);
    assert_int_equal(idempotency_get(tx, "leads", "k", &row), 0);
    assert_string_equal(jx_str(row, "body_hash", ""), "hash");
    assert_int_equal(jx_int(row, "status", 0), 202);
    json_decref(row);
    assert_int_equal(idempotency_purge(tx, 11), 0);
    assert_int_equal(idempotency_get(tx, "leads", "k", &row), ENOENT);
    return 0;
}

static void a_key_is_used_once_and_forgotten_later(void **state)
{
    (void)state;
    in_a_store(keys);
}

static int settings(struct tx *tx, void *arg)
{
    json_t *v = json_pack("[i,b]", 3, 1), *back = NULL;

    (void)arg;
    assert_int_equal(setting_get(tx, "hot", &back), ENOENT);
    assert_int_equal(setting_put(tx, "hot", v, 1), 0);
    assert_int_equal(setting_put(tx, "hot", v, 2), 0);
    assert_int_equal(setting_get(tx, "hot", &back), 0);
    assert_true(json_equal(v, back));
    json_decref(v);
    json_decref(back);
    return 0;
}

static void settings_hold_any_json(void **state)
{
    (void)state;
    in_a_store(settings);
}

static int versions(struct tx *tx, void *arg)
{
    struct scenario_row r = {.scenario_id = "demo", .title = "Demo", .state = "draft", .yaml = "a: 1", .yaml_hash = "1", .created_at = 1};
    json_t *row = NULL;
    int version = 0;

    (void)arg;
    assert_int_equal(scenario_version_put(tx, &r, &version), 0);
    assert_int_equal(version, 1);
    assert_int_equal(scenario_version_published(tx, "demo", &row), ENOENT);
    assert_int_equal(scenario_version_put(tx, &r, &version), 0);
    assert_int_equal(version, 1);
    r.yaml_hash = "2";
    r.state = "published";
    assert_int_equal(scenario_version_put(tx, &r, &version), 0);
    assert_int_equal(version, 2);
    assert_int_equal(scenario_version_published(tx, "demo", &row), 0);
    assert_int_equal(jx_int(row, "version", 0), 2);
    json_decref(row);
    assert_int_equal(scenario_version_list(tx, NULL, &row), 0);
    assert_int_equal(json_array_size(row), 2);
    json_decref(row);
    return 0;
}

static void a_changed_scenario_is_a_new_version(void **state)
{
    (void)state;
    in_a_store(versions);
}

static int closers(struct tx *tx, void *arg)
{
    json_t *skills = json_pack("[s]", "enterprise"), *rows = NULL;
    struct closer_row c = {.id = "C", .name = "Cleo", .sip_uri = "sip:c@x", .team = "ae", .skills = skills};

    (void)arg;
    assert_int_equal(closer_put(tx, &c, 5), 0);
    c.name = "Cleopatra";
    assert_int_equal(closer_put(tx, &c, 6), 0);
    assert_int_equal(closer_list(tx, &rows), 0);
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(jx_str(json_array_get(rows, 0), "name", ""), "Cleopatra");
    assert_string_equal(jx_str(json_array_get(rows, 0), "presence", ""), "offline");
    assert_int_equal(json_array_size(json_object_get(json_array_get(rows, 0), "skills")), 1);
    json_decref(rows);
    assert_int_equal(closer_archive(tx, "C"), 0);
    assert_int_equal(closer_archive(tx, "D"), ENOENT);
    assert_int_equal(closer_list(tx, &rows), 0);
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    json_decref(skills);
    return 0;
}

static void closers_are_edited_and_archived(void **state)
{
    (void)state;
    in_a_store(closers);
}

static int insert_call(struct tx *tx, const char *id, const char *state)
{
    return tx_exec(tx,
                   "INSERT INTO call (id, lead_id, direction, phone, scenario_id, scenario_version, state, started_at, result)"
                   " VALUES (?, 'L', 'outbound', '+1', 'demo', 1, ?, 1, '{\"a\":1}')",
                   "ss", id, state);
}

static int calls(struct tx *tx, void *arg)
{
    json_t *zones = json_array(), *rows = NULL, *row = NULL;
    char next[PAGE_CURSOR_MAX];

    (void)arg;
    assert_int_equal(lead_insert(tx, &(struct lead_row){.id = "L", .phone = "+1", .first_name = "Ann", .source = "api", .state = "new", .zones = zones, .created_at = 1}), 0);
    assert_int_equal(insert_call(tx, "1", "ended"), 0);
    assert_int_equal(insert_call(tx, "2", "talking"), 0);
    assert_int_equal(insert_call(tx, "3", "ended"), 0);
    assert_int_equal(call_page(tx, &(struct call_filter){.limit = 2}, &rows, next), 0);
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(next, "2");
    assert_string_equal(jx_str(json_object_get(json_array_get(rows, 0), "lead"), "first_name", ""), "Ann");
    json_decref(rows);
    assert_int_equal(call_page(tx, &(struct call_filter){.live = true}, &rows, next), 0);
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(next, "");
    json_decref(rows);
    assert_int_equal(call_get(tx, "3", &row), 0);
    assert_int_equal(jx_int(json_object_get(row, "result"), "a", 0), 1);
    json_decref(row);
    assert_int_equal(tx_exec(tx, "INSERT INTO handoff (id, call_id, lead_id, state, team, requested_at) VALUES ('H', '2', 'L', 'ringing', 'ae', 1)", ""), 0);
    assert_int_equal(tx_exec(tx, "INSERT INTO offer (id, handoff_id, closer_id, step, state, offered_at) VALUES ('O', 'H', 'C', 1, 'ringing', 1)", ""), 0);
    assert_int_equal(handoff_list(tx, "2", &rows), 0);
    assert_int_equal(json_array_size(json_object_get(json_array_get(rows, 0), "offers")), 1);
    json_decref(rows);
    assert_int_equal(handoff_get(tx, "none", &row), ENOENT);
    json_decref(zones);
    return 0;
}

static void calls_come_in_pages_with_their_lead_and_handoffs(void **state)
{
    (void)state;
    in_a_store(calls);
}

static int talks(struct tx *tx, void *arg)
{
    static const char *const results[] = {
        "{\"answers\":{\"need\":{\"status\":\"stated\",\"value\":\"weak\"},\"budget\":{\"status\":\"stated\",\"value\":900}}}", /* the oldest */
        "{\"answers\":{\"need\":{\"status\":\"stated\",\"value\":\"strong\"},\"timeline\":{\"status\":\"unknown\"}}}",
        "{\"answers\":{\"need\":{\"status\":\"not_asked\"}}}", /* a voicemail knows nothing, and forgets nothing */
    };
    json_t *known = NULL;
    char *text;

    (void)arg;
    assert_int_equal(tx_exec(tx, "INSERT INTO lead (id, phone, source, zones, state, created_at, updated_at) VALUES ('L', '+12125550100', 'x', '[]', 'new', 1, 1)", ""), 0);
    assert_int_equal(call_known_answers(tx, "L", &known), ENOENT);
    assert_null(known);
    for (int i = 0; i < 3; i++)
        assert_int_equal(tx_exec(tx, "INSERT INTO call (id, lead_id, direction, phone, scenario_id, scenario_version, state, started_at, result)"
                                     " VALUES (?, 'L', 'outbound', '+12125550100', 's', 1, 'ended', ?, ?)", "sis", (const char *[]){"A", "B", "C"}[i], (int64_t)i, results[i]), 0);
    assert_int_equal(call_known_answers(tx, "L", &known), 0);
    text = jx_dump(known);
    assert_string_equal(text, "{\"need\":{\"status\":\"stated\",\"value\":\"strong\"},\"budget\":{\"status\":\"stated\",\"value\":900}}");
    free(text);
    json_decref(known);
    assert_int_equal(call_known_answers(tx, "nobody", &known), ENOENT);
    return 0;
}

static void the_newest_word_on_each_question_is_known(void **state)
{
    (void)state;
    in_a_store(talks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(users_log_in_until_they_are_disabled), cmocka_unit_test(only_listed_columns_can_be_changed),
        cmocka_unit_test(a_key_is_used_once_and_forgotten_later), cmocka_unit_test(settings_hold_any_json),
        cmocka_unit_test(a_changed_scenario_is_a_new_version), cmocka_unit_test(closers_are_edited_and_archived),
        cmocka_unit_test(calls_come_in_pages_with_their_lead_and_handoffs), cmocka_unit_test(the_newest_word_on_each_question_is_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
