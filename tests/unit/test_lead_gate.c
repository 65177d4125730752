/* The gate: each rule alone, what wins, and the first allowed minute around daylight-saving changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "lead/gate.h"

#include "base/banned.h"

static int64_t at(const char *text)
{
    int64_t ms = 0;

    assert_int_equal(clock_parse(&ms, text), 0);
    return ms;
}

static const struct gate_zone eastern = {.name = "America/New_York", .offset_s = -5 * 3600};
static const struct gate_zone pacific = {.name = "America/Los_Angeles", .offset_s = -8 * 3600};

static struct gate_lead good(const struct gate_zone *zones, size_t n)
{
    return (struct gate_lead){.number_valid = true, .consent = true, .zones = zones, .zone_count = n};
}

static const struct gate_reason *reason(const struct gate_verdict *v, enum gate_rule rule)
{
    for (size_t i = 0; i < v->reason_count; i++)
        if (v->reasons[i].rule == rule)
            return &v->reasons[i];
    fail_msg("rule %s was not evaluated", gate_rule_name(rule));
    return NULL;
}

static void a_good_lead_at_noon_is_allowed(void **state)
{
    struct gate_lead lead = good(&eastern, 1);
    struct gate_verdict v;

    (void)state;
    gate_check(&v, &lead, &gate_policy_default, at("2026-01-14T17:00:00Z"));
    assert_true(v.allowed);
    assert_false(v.deferred);
    assert_int_equal(v.reason_count, 7);
    for (size_t i = 0; i < v.reason_count; i++)
        assert_true(v.reasons[i].passed && v.reasons[i].text[0] != '\0');
}

struct refusal { const char *what; struct gate_lead lead; enum gate_rule rule; bool deferred; };

static void each_rule_refuses_by_its_name(void **state)
{
    const int64_t now = at("2026-01-14T17:00:00Z");
    const struct refusal cases[] = {
        {"suppressed", {.suppressed = true, .number_valid = true, .consent = true, .zones = &eastern, .zone_count = 1}, GATE_SUPPRESSED, false},
        {"no consent", {.number_valid = true, .zones = &eastern, .zone_count = 1}, GATE_NO_CONSENT, false},
        {"unknown zone", {.number_valid = true, .consent = true}, GATE_UNKNOWN_ZONE, false},
        {"cap", {.number_valid = true, .consent = true, .zones = &eastern, .zone_count = 1, .attempts = 6}, GATE_ATTEMPT_CAP, false},
        {"daily", {.number_valid = true, .consent = true, .zones = &eastern, .zone_count = 1, .attempts_24h = 3, .oldest_attempt_24h_at = now - 3600000},
         GATE_DAILY_CAP, true},
        {"number", {.consent = true, .zones = &eastern, .zone_count = 1}, GATE_NUMBER, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct gate_verdict v;

        gate_check(&v, &cases[i].lead, &gate_policy_default, now);
        assert_false(v.allowed);
        assert_int_equal(v.refusal, cases[i].rule);
        assert_int_equal(v.deferred, cases[i].deferred);
        assert_int_equal(v.next_allowed_at != 0, cases[i].deferred);
        assert_false(reason(&v, cases[i].rule)->passed);
    }
}

static void all_rules_are_evaluated_and_the_final_one_wins(void **state)
{
    struct gate_lead lead = good(&eastern, 1);
    struct gate_verdict v;

    (void)state;
    lead.attempts = 6;
    gate_check(&v, &lead, &gate_policy_default, at("2026-01-14T09:00:00Z")); /* 4:00 */
    assert_int_equal(v.refusal, GATE_ATTEMPT_CAP);
    assert_false(v.deferred);
    assert_false(reason(&v, GATE_HOURS)->passed);
    assert_true(reason(&v, GATE_HOURS)->deferrable);
    assert_int_equal(v.next_allowed_at, 0);
}

static void an_inbound_caller_is_never_refused_but_noted(void **state)
{
    struct gate_lead lead = {.suppressed = true, .inbound = true};
    struct gate_verdict v;

    (void)state;
    gate_check(&v, &lead, &gate_policy_default, at("2026-01-14T09:00:00Z"));
    assert_true(v.allowed);
    assert_false(reason(&v, GATE_SUPPRESSED)->passed);
}

struct hours { const char *what; struct gate_zone zones[3]; const char *now, *next; }; /* next NULL: allowed now */

static const struct hours hours[] = {
    {"before opening", {{"A", -18000, 0, 0}}, "2026-01-14T12:59:59Z", "2026-01-14T13:00:00Z"},
    {"at opening", {{"A", -18000, 0, 0}}, "2026-01-14T13:00:00Z", NULL},
    {"last minute", {{"A", -18000, 0, 0}}, "2026-01-15T01:59:59Z", NULL},
    {"at closing", {{"A", -18000, 0, 0}}, "2026-01-15T02:00:00Z", "2026-01-15T13:00:00Z"},
    {"east open, west not", {{"A", -18000, 0, 0}, {"B", -28800, 0, 0}}, "2026-01-14T13:00:00Z", "2026-01-14T16:00:00Z"},
    {"west open, east closed", {{"A", -18000, 0, 0}, {"B", -28800, 0, 0}}, "2026-01-15T02:00:00Z", "2026-01-15T16:00:00Z"},
    {"Nepal, a quarter hour", {{"A", 20700, 0, 0}}, "2026-01-14T00:00:00Z", "2026-01-14T02:15:00Z"},
    {"Kiribati, +14", {{"A", 50400, 0, 0}}, "2026-01-14T12:00:00Z", "2026-01-14T18:00:00Z"},
    {"Honolulu and Dubai meet for three hours", {{"A", -36000, 0, 0}, {"B", 3600 * 4, 0, 0}}, "2026-01-14T12:00:00Z", "2026-01-15T04:00:00Z"},
    /* US spring forward: 2026-03-08 02:00 -> 03:00, at 07:00Z; the next opening is an hour earlier in UTC */
    {"spring forward overnight", {{"A", -18000, -14400, INT64_C(1772953200000)}}, "2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z"},
    /* US fall back: 2026-11-01 02:00 -> 01:00, at 06:00Z */
    {"fall back overnight", {{"A", -14400, -18000, INT64_C(1793512800000)}}, "2026-11-01T02:00:00Z", "2026-11-01T13:00:00Z"},
    {"one zone changes, the other does not", {{"Denver", -25200, -21600, INT64_C(1772960400000)}, {"Phoenix", -25200, 0, 0}}, "2026-03-08T05:00:00Z",
     "2026-03-08T15:00:00Z"},
    /* a change that itself opens the hours: 7:30 becomes 8:30 */
    {"a change opens", {{"A", 0, 3600, INT64_C(1772955000000)}}, "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z"},
};

static void the_first_allowed_minute_is_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        const struct hours *h = &hours[i];
        size_t n = h->zones[1].name[0] != '\0' ? 2 : 1;
        struct gate_lead lead = good(h->zones, n);
        char text[CLOCK_RFC3339_MAX];
        struct gate_verdict v;

        gate_check(&v, &lead, &gate_policy_default, at(h->now));
        if (v.allowed != (h->next == NULL))
            fail_msg("%s: allowed %d", h->what, v.allowed);
        if (h->next != NULL && v.next_allowed_at != at(h->next))
            fail_msg("%s: next %s", h->what, clock_rfc3339(text, v.next_allowed_at));
        assert_int_equal(v.deferred, h->next != NULL);
    }
}

static void hours_that_never_meet_refuse_for_good(void **state)
{
    const struct gate_zone zones[] = {{"A", -36000, 0, 0}, {"B", 3600 * 4, 0, 0}};
    struct gate_policy p = gate_policy_default;
    struct gate_lead lead = good(zones, 2);
    struct gate_verdict v;

    (void)state;
    p.hours_from_min = 10 * 60;
    p.hours_to_min = 18 * 60;
    gate_check(&v, &lead, &p, at("2026-01-14T12:00:00Z"));
    assert_int_equal(v.refusal, GATE_HOURS);
    assert_false(v.allowed || v.deferred);
    assert_int_equal(v.next_allowed_at, 0);
}

static void the_daily_cap_waits_for_the_window_and_then_for_the_hours(void **state)
{
    struct gate_lead lead = good(&pacific, 1);
    struct gate_verdict v;

    (void)state;
    lead.attempts_24h = 3;
    lead.oldest_attempt_24h_at = at("2026-01-14T17:00:00Z"); /* 9:00 */
    gate_check(&v, &lead, &gate_policy_default, at("2026-01-14T20:00:00Z"));
    assert_int_equal(v.next_allowed_at, at("2026-01-15T17:00:00Z"));
    lead.oldest_attempt_24h_at = at("2026-01-14T05:30:00Z"); /* 21:30 of an inherited policy: falls at night again */
    gate_check(&v, &lead, &gate_policy_default, at("2026-01-14T20:00:00Z"));
    assert_int_equal(v.next_allowed_at, at("2026-01-15T16:00:00Z"));
}

static void an_old_consent_expires_when_the_policy_says_so(void **state)
{
    struct gate_policy p = gate_policy_default;
    struct gate_lead lead = good(&eastern, 1);
    struct gate_verdict v;
    int64_t now = at("2026-01-14T17:00:00Z");

    (void)state;
    p.consent_max_age_ms = 1000;
    lead.consent_at = now - 1001;
    gate_check(&v, &lead, &p, now);
    assert_int_equal(v.refusal, GATE_NO_CONSENT);
    lead.consent_at = now - 1000;
    gate_check(&v, &lead, &p, now);
    assert_true(v.allowed);
    p.require_consent = false;
    lead.consent = false;
    gate_check(&v, &lead, &p, now);
    assert_true(v.allowed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_lead_at_noon_is_allowed),
        cmocka_unit_test(each_rule_refuses_by_its_name),
        cmocka_unit_test(all_rules_are_evaluated_and_the_final_one_wins),
        cmocka_unit_test(an_inbound_caller_is_never_refused_but_noted),
        cmocka_unit_test(the_first_allowed_minute_is_exact),
        cmocka_unit_test(hours_that_never_meet_refuse_for_good),
        cmocka_unit_test(the_daily_cap_waits_for_the_window_and_then_for_the_hours),
        cmocka_unit_test(an_old_consent_expires_when_the_policy_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
