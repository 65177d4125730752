/* A human wants to call: the rules that protect the person hold, those for artificial voices do not; what was answered is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "lead/lead.h"
#include "store/entities.h"

#include "base/banned.h"

static int64_t at(const char *text)
{
    int64_t ms = 0;

    assert_int_equal(clock_parse(&ms, text), 0);
    return ms;
}

static bool asked(struct tx *tx, const char *when, char why[GATE_TEXT_MAX])
{
    json_t *lead = NULL;
    bool allowed = false;

    assert_int_equal(lead_get(tx, "L", &lead), 0);
    assert_int_equal(gate_check_by_hand(tx, lead, &gate_policy_default, "Ann", at(when), &allowed, why), 0);
    json_decref(lead);
    return allowed;
}

static int story(struct tx *tx, void *arg)
{
    json_t *zones = json_pack("[s]", "America/New_York");
    char why[GATE_TEXT_MAX] = "";
    int64_t n = 0;

    (void)arg;
    assert_int_equal(lead_insert(tx, &(struct lead_row){.id = "L", .phone = "+12125550100", .source = "form_fill", .state = "callback", .zones = zones, .created_at = 1}), 0);
    json_decref(zones);
    assert_true(asked(tx, "2026-01-14T17:00:00Z", why)); /* no consent to an artificial voice: a human may all the same */
    assert_false(asked(tx, "2026-01-14T04:00:00Z", why)); /* 23:00 in New York */
    assert_true(strlen(why) > 5);
    assert_int_equal(lead_suppress(tx, "+12125550100", "opt_out", NULL, "stop", 5), 0);
    assert_false(asked(tx, "2026-01-14T17:00:00Z", why));
    assert_int_equal(tx_query_int(tx, &n, "SELECT count(*) FROM event WHERE kind = 'lead.gate' AND json_extract(data, '$.by_hand') = 'Ann'", ""), 0);
    assert_int_equal(n, 3);
    return 0;
}

static void a_human_may_call_within_the_hours_who_did_not_opt_out(void **state)
{
    struct store *s;
    char why[100];

    (void)state;
    assert_int_equal(store_open(&s, "sqlite::memory:", why, sizeof why), 0);
    assert_int_equal(store_run(s, story, NULL), 0);
    store_close(s);
    obj_unref(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_human_may_call_within_the_hours_who_did_not_opt_out)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
