/* A lead comes in: every wrong field is named, a second form joins, consent is kept, an opt-out stops everything. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/obj.h"
#include "lead/lead.h"
#include "store/entities.h"

#include "base/banned.h"

#define HOUR INT64_C(3600000)
#define NOON INT64_C(1768410000000) /* 2026-01-14T17:00:00Z, noon in New York */

static struct lead_config config(void)
{
    return (struct lead_config){.default_region = "US", .join_window_ms = 24 * HOUR, .policy = gate_policy_default};
}

static int set_up(void **state)
{
    struct store *s;
    char why[100];

    assert_int_equal(store_open(&s, "sqlite::memory:", why, sizeof why), 0);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    store_close(*state);
    obj_unref(*state);
    return 0;
}

static void take(struct lead_result *r, struct store *s, const char *text, int64_t now)
{
    struct lead_config cfg = config();
    json_t *body = json_loads(text, JSON_DECODE_ANY, NULL);

    assert_non_null(body);
    assert_int_equal(lead_intake(r, s, &cfg, body, "api", now), 0);
    json_decref(body);
}

struct count { const char *sql; int64_t n; };

static int count_job(struct tx *tx, void *arg)
{
    struct count *c = arg;

    return tx_query_int(tx, &c->n, c->sql, "");
}

static int64_t count(struct store *s, const char *sql)
{
    struct count c = {.sql = sql};

    assert_int_equal(store_read(s, count_job, &c), 0);
    return c.n;
}

static const char full[] =
    "{\"phone\":\"(212) 555-0142\",\"name\":\"Maria de Souza\",\"company\":\"Acme\",\"email\":\"maria@acme.example\",\"title\":\"CFO\","
    "\"time_zone\":\"America/Chicago\",\"zip\":\"32501\",\"consent\":{\"text\":\"Call me\",\"ip\":\"198.51.100.7\",\"at\":\"2026-01-14T16:59:00Z\"}}";

static void a_lead_is_stored_with_consent_attempt_and_event(void **state)
{
    struct lead_result r;

    take(&r, *state, full, NOON);
    assert_int_equal(r.error_count, 0);
    assert_false(r.joined);
    assert_string_equal(jx_str(r.lead, "id", ""), r.lead_id);
    assert_string_equal(jx_str(r.lead, "phone", ""), "+12125550142");
    assert_string_equal(jx_str(r.lead, "first_name", ""), "Maria de");
    assert_string_equal(jx_str(r.lead, "last_name", ""), "Souza");
    assert_string_equal(jx_str(r.lead, "source", ""), "form_fill");
    assert_string_equal(jx_str(r.lead, "state", ""), "new");
    assert_int_equal(json_array_size(json_object_get(r.lead, "zones")), 2);
    lead_result_release(&r);
    assert_int_equal(count(*state, "SELECT count(*) FROM consent WHERE ip = '198.51.100.7' AND given_at = 1768409940000"), 1);
    assert_int_equal(count(*state, "SELECT count(*) FROM attempt WHERE state = 'due' AND kind = 'first' AND number = 1"), 1);
    assert_int_equal(count(*state, "SELECT count(*) FROM event WHERE kind = 'lead.received'"), 1);
    assert_int_equal(count(*state, "SELECT count(*) FROM submission WHERE body LIKE '%acme.example%'"), 1);
}

struct wrong { const char *body, *field; };

static const struct wrong wrongs[] = {
    {"[]", ""},
    {"{}", "phone"},
    {"{\"phone\":\"12\"}", "phone"},
    {"{\"phone\":7}", "phone"},
    {"{\"phone\":\"+12125550142\",\"email\":\"x\"}", "email"},
    {"{\"phone\":\"+12125550142\",\"email\":\"a@b@c.de\"}", "email"},
    {"{\"phone\":\"+12125550142\",\"source\":\"Web Form!\"}", "source"},
    {"{\"phone\":\"+12125550142\",\"company\":5}", "company"},
    {"{\"phone\":\"+12125550142\",\"first_name\":\"a\\u0007b\"}", "first_name"},
    {"{\"phone\":\"+12125550142\",\"time_zone\":\"Mars/Base\"}", "time_zone"},
    {"{\"phone\":\"+12125550142\",\"consent\":true}", "consent"},
    {"{\"phone\":\"+12125550142\",\"consent\":{}}", "consent.text"},
    {"{\"phone\":\"+12125550142\",\"consent\":{\"text\":\"ok\",\"at\":\"yesterday\"}}", "consent.at"},
    {"{\"phone\":\"+12125550142\",\"consent\":{\"text\":\"ok\",\"at\":\"2030-01-01T00:00:00Z\"}}", "consent.at"},
    {"{\"phone\":\"+12125550142\",\"consent\":{\"text\":\"ok\",\"ip\":\"300.1.1.1\"}}", "consent.ip"},
};

static void each_wrong_field_is_named_and_nothing_is_stored(void **state)
{
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        struct lead_result r;

        take(&r, *state, wrongs[i].body, NOON);
        if (r.error_count != 1 || strcmp(r.errors[0].field, wrongs[i].field) != 0)
            fail_msg("%s: %d errors, first %s %s", wrongs[i].body, r.error_count, r.errors[0].field, r.errors[0].text);
        assert_true(r.errors[0].text[0] != '\0');
        assert_null(r.lead);
    }
    assert_int_equal(count(*state, "SELECT count(*) FROM lead"), 0);
}

static void all_wrong_fields_are_named_at_once(void **state)
{
    struct lead_result r;

    take(&r, *state, "{\"phone\":\"1\",\"email\":\"x\",\"source\":\"A\",\"consent\":7}", NOON);
    assert_int_equal(r.error_count, 4);
}

static void a_second_form_within_the_window_joins(void **state)
{
    struct lead_result a, b, c;

    take(&a, *state, "{\"phone\":\"+12125550142\",\"first_name\":\"Maria\"}", NOON);
    take(&b, *state, "{\"phone\":\"212-555-0142\",\"first_name\":\"Mary\",\"company\":\"Acme\",\"consent\":{\"text\":\"yes\"}}", NOON + HOUR);
    take(&c, *state, "{\"phone\":\"212-555-0142\"}", NOON + 26 * HOUR);
    assert_true(b.joined);
    assert_string_equal(a.lead_id, b.lead_id);
    assert_string_equal(jx_str(b.lead, "first_name", ""), "Maria");
    assert_string_equal(jx_str(b.lead, "company", ""), "Acme");
    assert_false(c.joined);
    assert_string_not_equal(c.lead_id, a.lead_id);
    assert_int_equal(count(*state, "SELECT count(*) FROM submission"), 3);
    assert_int_equal(count(*state, "SELECT count(*) FROM attempt"), 2); /* the first was still waiting when the second form came */
    lead_result_release(&a);
    lead_result_release(&b);
    lead_result_release(&c);
}

static int suppress_job(struct tx *tx, void *arg)
{
    return lead_suppress(tx, "+12125550142", "opt_out", NULL, arg, NOON + 5);
}

static void an_opt_out_stops_everything_at_once_and_counts_once(void **state)
{
    struct lead_result r;

    take(&r, *state, full, NOON);
    lead_result_release(&r);
    assert_int_equal(store_run(*state, suppress_job, (void *)"take me off your list"), 0);
    assert_int_equal(store_run(*state, suppress_job, (void *)"again"), 0);
    assert_int_equal(count(*state, "SELECT count(*) FROM suppression WHERE evidence = 'take me off your list'"), 1);
    assert_int_equal(count(*state, "SELECT count(*) FROM attempt WHERE state = 'cancelled'"), 1);
    assert_int_equal(count(*state, "SELECT count(*) FROM consent WHERE revoked_at IS NULL"), 0);
    assert_int_equal(count(*state, "SELECT count(*) FROM lead WHERE state = 'suppressed'"), 1);
    assert_int_equal(count(*state, "SELECT count(*) FROM event WHERE kind = 'lead.suppressed'"), 1);
}

/* --- the end of an attempt --- */

struct finish { const char *outcome; int64_t next_at; };

static int finish_job(struct tx *tx, void *arg)
{
    struct finish *f = arg;
    struct lead_config cfg = config();
    json_t *row = NULL;
    int err = tx_query_one(tx, &row, "SELECT id FROM attempt WHERE state = 'due' ORDER BY number DESC LIMIT 1", "");

    if (!err)
        err = attempt_finish(tx, jx_str(row, "id", ""), f->outcome, NULL, &cfg, NOON, &f->next_at);
    json_decref(row);
    return err;
}

static void busy_is_tried_again_until_the_cap(void **state)
{
    struct lead_result r;
    struct finish f = {.outcome = "busy"};

    take(&r, *state, full, NOON);
    lead_result_release(&r);
    for (int i = 1; i <= 5; i++) {
        assert_int_equal(store_run(*state, finish_job, &f), 0);
        assert_int_equal(f.next_at, NOON + HOUR / 6);
        assert_int_equal(count(*state, "SELECT count(*) FROM lead WHERE state = 'deferred'"), 1);
    }
    assert_int_equal(store_run(*state, finish_job, &f), 0);
    assert_int_equal(f.next_at, 0);
    assert_int_equal(count(*state, "SELECT count(*) FROM lead WHERE state = 'unreachable'"), 1);
    assert_int_equal(count(*state, "SELECT max(number) FROM attempt"), 6);
    assert_int_equal(count(*state, "SELECT count(*) FROM event WHERE kind = 'attempt.finished'"), 6);
}

static void a_finished_talk_is_final(void **state)
{
    struct lead_result r;
    struct finish f = {.outcome = "declined"};

    take(&r, *state, full, NOON);
    lead_result_release(&r);
    assert_int_equal(store_run(*state, finish_job, &f), 0);
    assert_int_equal(f.next_at, 0);
    assert_int_equal(count(*state, "SELECT count(*) FROM lead WHERE state = 'closed'"), 1);
}

static void retries_have_a_rule_an_outcome(void **state)
{
    (void)state;
    assert_int_equal(retry_delay_ms("busy", 1, 6), 10 * 60 * 1000);
    assert_int_equal(retry_delay_ms("no_answer", 1, 6), 2 * HOUR);
    assert_int_equal(retry_delay_ms("congestion", 1, 6), 2 * 60 * 1000);
    assert_int_equal(retry_delay_ms("hung_up", 5, 6), 4 * HOUR);
    assert_int_equal(retry_delay_ms("hung_up", 6, 6), -1);
    assert_int_equal(retry_delay_ms("unallocated", 1, 6), -1);
    assert_int_equal(retry_delay_ms("opted_out", 1, 6), -1);
    assert_int_equal(retry_delay_ms("qualified", 1, 6), -1);
    assert_int_equal(retry_delay_ms("wrong_number", 1, 6), -1);
}

/* --- pages --- */

static int page_job(struct tx *tx, void *arg)
{
    char next[PAGE_CURSOR_MAX], end[PAGE_CURSOR_MAX];
    json_t *rows;
    int err = lead_page(tx, &(struct lead_filter){.limit = 2}, &rows, next);

    (void)arg;
    assert_int_equal(err, 0);
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(jx_str(json_array_get(rows, 0), "first_name", ""), "P2");
    json_decref(rows);
    assert_int_equal(lead_page(tx, &(struct lead_filter){.limit = 2, .cursor = next}, &rows, end), 0);
    assert_int_equal(json_array_size(rows), 1);
    assert_string_equal(end, "");
    json_decref(rows);
    assert_int_equal(lead_page(tx, &(struct lead_filter){.search = "p1"}, &rows, end), 0);
    assert_int_equal(json_array_size(rows), 1);
    json_decref(rows);
    assert_int_equal(lead_page(tx, &(struct lead_filter){.search = "555 0141"}, &rows, end), 0);
    assert_int_equal(json_array_size(rows), 1);
    json_decref(rows);
    assert_int_equal(lead_page(tx, &(struct lead_filter){.search = "100%", .state = "new"}, &rows, end), 0);
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    return 0;
}

static void leads_come_in_pages_and_are_found_by_words(void **state)
{
    const char *bodies[] = {"{\"phone\":\"+12125550140\",\"first_name\":\"P0\"}", "{\"phone\":\"+12125550141\",\"first_name\":\"P1\"}",
                            "{\"phone\":\"+12125550142\",\"first_name\":\"P2\"}"};

    for (int i = 0; i < 3; i++) {
        struct lead_result r;

        take(&r, *state, bodies[i], NOON + i);
        assert_int_equal(r.error_count, 0);
        lead_result_release(&r);
    }
    assert_int_equal(store_read(*state, page_job, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_lead_is_stored_with_consent_attempt_and_event, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_wrong_field_is_named_and_nothing_is_stored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_wrong_fields_are_named_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_form_within_the_window_joins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_opt_out_stops_everything_at_once_and_counts_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(busy_is_tried_again_until_the_cap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_finished_talk_is_final, set_up, tear_down),
        cmocka_unit_test(retries_have_a_rule_an_outcome),
        cmocka_unit_test_setup_teardown(leads_come_in_pages_and_are_found_by_words, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
