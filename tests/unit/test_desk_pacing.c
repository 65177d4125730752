/* How many are dialled, and what is told outside: two pure functions as tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "desk/alert.h"
#include "desk/pacing.h"

#include "base/banned.h"

struct pace { struct pacing in; int more; };

static const struct pace paces[] = {
    {{.closers_free = 3, .hot_rate = 0.1, .slots = 50}, 30},
    {{.closers_free = 3, .hot_rate = 0.1, .calls_now = 25, .slots = 50}, 5},
    {{.closers_free = 3, .hot_rate = 0.1, .calls_now = 40, .slots = 50}, 0},
    {{.closers_free = 3, .hot_rate = 0.1, .hot_waiting = 2, .slots = 50}, 10},
    {{.closers_free = 0, .closers_soon = 2, .hot_rate = 0.1, .slots = 50}, 10},
    {{.closers_free = 0, .hot_rate = 0.1, .slots = 50}, 1},                    /* one goes on: the AI books */
    {{.closers_free = 0, .hot_rate = 0.1, .calls_now = 1, .slots = 50}, 0},
    {{.closers_free = 1, .hot_waiting = 3, .hot_rate = 0.1, .slots = 50}, 1},
    {{.closers_free = 10, .hot_rate = 0.1, .slots = 50}, 50},
    {{.closers_free = 1, .hot_rate = 0, .slots = 100}, 50},                    /* never nobody for ever */
    {{.closers_free = 2, .hot_rate = -1, .slots = 50}, 10},
    {{.closers_free = 2, .hot_rate = 1, .slots = 50}, 2},
    {{.closers_free = 9, .hot_rate = 0.5, .calls_now = 7, .slots = 6}, 0},
};

static void so_many_are_dialled(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof paces / sizeof paces[0]; i++)
        if (pacing_more(&paces[i].in) != paces[i].more)
            fail_msg("line %zu: %d, not %d", i, pacing_more(&paces[i].in), paces[i].more);
}

static void what_is_told_outside_has_no_number_and_no_words(void **state)
{
    json_t *hot = json_pack("{s:s,s:I,s:{s:{s:i,s:s}}}", "kind", "handoff.requested", "at", (json_int_t)1000, "data", "brief", "score", 90, "summary", "loses patients");
    json_t *risk = json_pack("{s:s,s:I,s:{s:I}}", "kind", "task.at_risk", "at", (json_int_t)0, "data", "promised_by", (json_int_t)840000);
    json_t *lead = json_pack("{s:s,s:s,s:s,s:s}", "first_name", "Priya", "last_name", "Raman", "company", "Lumen", "phone", "+15125550143");
    char text[300];

    (void)state;
    alert_text(text, sizeof text, hot, lead, NULL);
    assert_string_equal(text, "Hot lead waiting: Priya Raman, Lumen (90 points). Who is free?");
    alert_text(text, sizeof text, risk, lead, "Dana");
    assert_string_equal(text, "Callback at risk: Priya Raman, Lumen is promised a call within 14 minutes, Dana.");
    alert_text(text, sizeof text, risk, NULL, NULL);
    assert_string_equal(text, "Callback at risk: Somebody is promised a call within 14 minutes, by nobody yet.");
    assert_true(alert_wants("task.at_risk") && alert_wants("handoff.requested") && !alert_wants("call.turn"));
    json_decref(hot);
    json_decref(risk);
    json_decref(lead);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(so_many_are_dialled), cmocka_unit_test(what_is_told_outside_has_no_number_and_no_words)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
