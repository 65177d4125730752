/* What follows a call is written with it: the attempt's end, the lead's state, the promise, and the reasons. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/hours.h"
#include "base/json.h"
#include "base/obj.h"
#include "follow/after_call.h"
#include "store/attempt_rows.h"
#include "store/entities.h"

#include "base/banned.h"

#define NOW INT64_C(1768410000000)
#define HOUR INT64_C(3600000)

struct ending {
    const char *what, *outcome, *action; /* action: what the talk agreed on, NULL = nothing */
    int score;
    bool bridged;
    const char *lead_state, *task_kind; /* task_kind NULL: no promise */
    int64_t attempts_due;
    const char *source; /* NULL: form_fill */
};

static const struct ending endings[] = {
    {"hot and bridged", "qualified", NULL, 90, true, "human", NULL, 0, NULL},
    {"hot, nobody took it", "qualified", NULL, 90, false, "callback", "callback", 0, NULL},
    {"warm high", "qualified", "callback", 70, false, "callback", "callback", 0, NULL},
    {"warm low", "qualified", NULL, 50, false, "reengage", "reengage", 0, NULL},
    {"cold", "qualified", NULL, 10, false, "nurture", "nurture", 0, NULL},
    {"another language", "language", NULL, 0, false, "callback", "callback", 0, NULL},
    {"wrong number", "wrong_number", NULL, 0, false, "suppressed", NULL, 0, NULL},
    {"a test call, cold", "qualified", NULL, 10, false, "closed", NULL, 0, LEAD_SOURCE_TEST},
    {"a test call, a callback agreed on", "qualified", "callback", 70, false, "closed", NULL, 0, LEAD_SOURCE_TEST},
    {"broke off after a promise", "hung_up", "callback", 70, false, "callback", "callback", 0, NULL},
};

static int set_up(struct tx *tx, char attempt_id[ID_MAX])
{
    json_t *zones = json_pack("[s]", "America/New_York");
    int err = lead_insert(tx, &(struct lead_row){.id = "L", .phone = "+12125550100", .source = "form_fill", .state = "talking", .zones = zones, .created_at = 1});

    json_decref(zones);
    return err ? err : attempt_insert(tx, "L", "first", 1, 1, attempt_id);
}

static json_t *final_of(const struct ending *e, const char *attempt_id)
{
    json_t *result = json_pack("{s:s,s:i,s:{}}", "outcome", e->outcome, "score", e->score, "answers");

    if (e->action != NULL)
        jx_set(result, "next", json_pack("{s:s,s:i}", "action", e->action, "due_in_s", 7200));
    return json_pack("{s:s,s:s,s:s,s:b,s:o,s:{s:s,s:s,s:[s]}}", "lead_id", "L", "attempt_id", attempt_id, "outcome", e->outcome, "bridged", e->bridged, "result", result,
                     "lead", "phone", "+12125550100", "source", e->source != NULL ? e->source : "form_fill", "zones", "America/New_York");
}

static void check(struct tx *tx, const struct ending *e, const json_t *route)
{
    json_t *lead = NULL, *tasks = NULL;
    int64_t due = 0;

    assert_int_equal(lead_get(tx, "L", &lead), 0);
    if (strcmp(jx_str(lead, "state", ""), e->lead_state) != 0)
        fail_msg("%s: the lead is %s", e->what, jx_str(lead, "state", ""));
    assert_int_equal(task_list(tx, &(struct task_filter){.lead_id = "L", .state = "due"}, &tasks), 0);
    if (json_array_size(tasks) != (e->task_kind != NULL ? 1 : 0))
        fail_msg("%s: %zu promises", e->what, json_array_size(tasks));
    if (e->task_kind != NULL)
        assert_string_equal(jx_str(json_array_get(tasks, 0), "kind", ""), e->task_kind);
    assert_int_equal(attempt_count_waiting(tx, "L", &due), 0);
    if (due != e->attempts_due)
        fail_msg("%s: %lld attempts wait", e->what, (long long)due);
    assert_true(json_array_size(json_object_get(route, "reasons")) > 0);
    json_decref(tasks);
    json_decref(lead);
}

static int run_ending(struct tx *tx, void *arg)
{
    const struct sc_routing rules = {.hot = 80, .warm_high = 60, .warm_low = 40, .hot_team = "ae", .callback_within_s = 7200, .reengage_min_s = 3 * 86400,
                                     .reengage_max_s = 7 * 86400};
    const struct lead_config cfg = {.default_region = "US", .join_window_ms = HOUR, .policy = gate_policy_default};
    const struct ending *e = arg;
    char attempt_id[ID_MAX];
    json_t *route = NULL, *final;
    int err = set_up(tx, attempt_id);

    assert_int_equal(err, 0);
    final = final_of(e, attempt_id);
    assert_int_equal(follow_after_call(tx, final, &rules, &cfg, NOW, &route), 0);
    check(tx, e, route);
    json_decref(final);
    json_decref(route);
    return 0;
}

static void each_ending_has_its_next_step(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct store *s;
        char why[100];

        assert_int_equal(store_open(&s, "sqlite::memory:", why, sizeof why), 0);
        assert_int_equal(store_run(s, run_ending, (void *)&endings[i]), 0);
        store_close(s);
        obj_unref(s);
    }
}

/* The only closer works on one day a week, in New York. */
static int promised_at_night(struct tx *tx, void *arg)
{
    const struct ending e = {"promised at night", "qualified", "callback", 70, false, "callback", "callback", 0, NULL};
    const struct sc_routing rules = {.hot = 80, .warm_high = 60, .warm_low = 40, .hot_team = "ae", .callback_within_s = 7200, .reengage_min_s = 3 * 86400, .reengage_max_s = 7 * 86400};
    const struct lead_config cfg = {.default_region = "US", .join_window_ms = HOUR, .policy = gate_policy_default};
    json_t *profile = json_pack("{s:{s:s,s:{s:[s,s]}}}", "hours", "zone", "America/New_York", "week", arg, "09:00", "17:00"), *route = NULL, *final, *tasks = NULL, *data;
    struct hours h;
    char attempt_id[ID_MAX], why[160];
    int64_t due;

    assert_int_equal(closer_put(tx, &(struct closer_row){.id = "ann", .name = "Ann", .sip_uri = "sip:a@127.0.0.1", .team = "ae", .profile = profile}, 1), 0);
    assert_int_equal(set_up(tx, attempt_id), 0);
    final = final_of(&e, attempt_id);
    assert_int_equal(follow_after_call(tx, final, &rules, &cfg, NOW, &route), 0);
    assert_int_equal(task_list(tx, &(struct task_filter){.lead_id = "L", .state = "due"}, &tasks), 0);
    due = jx_int(json_array_get(tasks, 0), "due_at", 0);
    data = json_object_get(profile, "hours");
    assert_int_equal(hours_read(&h, data, why, sizeof why), 0);
    assert_true(due > NOW);
    assert_int_equal(due, hours_fit(&h, NOW, NOW + 2 * HOUR));
    assert_true(hours_open(&h, due) || hours_open(&h, due - 1));
    json_decref(profile);
    json_decref(route);
    json_decref(final);
    json_decref(tasks);
    return 0;
}

static void a_promise_lies_where_its_keeper_works(void **state)
{
    static const char *const days[] = {"mon", "thu", "sun"};

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct store *s;
        char why[100];

        assert_int_equal(store_open(&s, "sqlite::memory:", why, sizeof why), 0);
        assert_int_equal(store_run(s, promised_at_night, (void *)(uintptr_t)days[i]), 0);
        store_close(s);
        obj_unref(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_ending_has_its_next_step), cmocka_unit_test(a_promise_lies_where_its_keeper_works)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
