/* gate.c - the rules, each one function that says passed or failed and why; then what follows from all of them.
 *
 * The instant from which a call is allowed: the earliest one, not before any rule's own bound, at which the local time of every
 * candidate zone is inside the hours. The hours of a zone are intervals on the UTC line, so the earliest common instant is the
 * bound itself, or the opening of some zone, or a change of some zone's offset: those are tried, nothing else need be. */
#include "lead/gate.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/banned.h"

enum { DAY_MIN = 24 * 60, SEARCH_DAYS = 4 };
#define MINUTE_MS INT64_C(60000)
#define DAY_MS (DAY_MIN * MINUTE_MS)

const struct gate_policy gate_policy_default = {
    .hours_from_min = 8 * 60,
    .hours_to_min = 21 * 60,
    .attempts_max = 6,
    .attempts_per_day_max = 3,
    .require_consent = true,
};

const char *gate_rule_name(enum gate_rule r)
{
    switch (r) {
    case GATE_SUPPRESSED:
        return "suppressed";
    case GATE_NO_CONSENT:
        return "no_consent";
    case GATE_HOURS:
        return "hours";
    case GATE_UNKNOWN_ZONE:
        return "unknown_zone";
    case GATE_ATTEMPT_CAP:
        return "attempt_cap";
    case GATE_DAILY_CAP:
        return "daily_cap";
    case GATE_NUMBER:
        return "number";
    }
    return "unknown";
}

__attribute__((format(printf, 5, 6))) static void add(struct gate_verdict *v, enum gate_rule rule, bool passed, bool deferrable, const char *fmt, ...)
{
    struct gate_reason *r = &v->reasons[v->reason_count++];
    va_list ap;

    r->rule = rule;
    r->passed = passed;
    r->deferrable = !passed && deferrable;
    va_start(ap, fmt);
    (void)vsnprintf(r->text, sizeof r->text, fmt, ap);
    va_end(ap);
}

static int local_minute(const struct gate_zone *z, int64_t at)
{
    int offset = z->change_at != 0 && at >= z->change_at ? z->offset_after_s : z->offset_s;
    int64_t ms = (at + offset * INT64_C(1000)) % DAY_MS;

    return (int)((ms < 0 ? ms + DAY_MS : ms) / MINUTE_MS);
}

static bool zone_open(const struct gate_zone *z, const struct gate_policy *p, int64_t at)
{
    int minute = local_minute(z, at);

    return minute >= p->hours_from_min && minute < p->hours_to_min;
}

static const struct gate_zone *closed_zone(const struct gate_lead *lead, const struct gate_policy *p, int64_t at)
{
    for (size_t i = 0; i < lead->zone_count; i++)
        if (!zone_open(&lead->zones[i], p, at))
            return &lead->zones[i];
    return NULL;
}

/* The search for the earliest instant: each candidate is kept if it is better and open everywhere. */
struct search { const struct gate_lead *lead; const struct gate_policy *policy; int64_t from, best; };

static void consider(struct search *s, int64_t at)
{
    if (at >= s->from && (s->best == 0 || at < s->best) && closed_zone(s->lead, s->policy, at) == NULL)
        s->best = at;
}

static void consider_openings(struct search *s, const struct gate_zone *z, int offset_s)
{
    int64_t offset = offset_s * INT64_C(1000), local = s->from + offset;
    int64_t midnight = local - ((local % DAY_MS) + DAY_MS) % DAY_MS;

    if (z->change_at != 0)
        consider(s, z->change_at);
    for (int day = 0; day <= SEARCH_DAYS; day++)
        consider(s, midnight + day * DAY_MS + s->policy->hours_from_min * MINUTE_MS - offset);
}

/* The earliest instant not before `from` at which every zone is inside the hours; 0: none within SEARCH_DAYS. */
static int64_t earliest(const struct gate_lead *lead, const struct gate_policy *p, int64_t from)
{
    struct search s = {.lead = lead, .policy = p, .from = from};

    consider(&s, from);
    for (size_t i = 0; s.best != from && i < lead->zone_count; i++) {
        consider_openings(&s, &lead->zones[i], lead->zones[i].offset_s);
        if (lead->zones[i].change_at != 0)
            consider_openings(&s, &lead->zones[i], lead->zones[i].offset_after_s);
    }
    return s.best;
}

static void check_consent(struct gate_verdict *v, const struct gate_lead *lead, const struct gate_policy *p, int64_t now)
{
    bool expired = lead->consent && p->consent_max_age_ms > 0 && now - lead->consent_at > p->consent_max_age_ms;

    if (!p->require_consent)
        add(v, GATE_NO_CONSENT, true, false, "the policy asks for no consent");
    else if (!lead->consent)
        add(v, GATE_NO_CONSENT, false, false, "no consent to an artificial voice is on record");
    else if (expired)
        add(v, GATE_NO_CONSENT, false, false, "the consent on record is older than the policy allows");
    else
        add(v, GATE_NO_CONSENT, true, false, "consent is on record");
}

static void check_hours(struct gate_verdict *v, const struct gate_lead *lead, const struct gate_policy *p, int64_t now)
{
    const struct gate_zone *z = closed_zone(lead, p, now);
    int minute = z != NULL ? local_minute(z, now) : 0;

    if (lead->zone_count == 0)
        add(v, GATE_HOURS, true, false, "not checked: no zone is known");
    else if (z == NULL)
        add(v, GATE_HOURS, true, false, "%d:%02d in %s%s, inside %d:%02d-%d:%02d", local_minute(&lead->zones[0], now) / 60, local_minute(&lead->zones[0], now) % 60,
            lead->zones[0].name, lead->zone_count > 1 ? " and in hours in every other zone" : "", p->hours_from_min / 60, p->hours_from_min % 60, p->hours_to_min / 60,
            p->hours_to_min % 60);
    else
        add(v, GATE_HOURS, false, earliest(lead, p, now) != 0, "%d:%02d in %s, outside %d:%02d-%d:%02d", minute / 60, minute % 60, z->name,
            p->hours_from_min / 60, p->hours_from_min % 60, p->hours_to_min / 60, p->hours_to_min % 60);
}

static void check_caps(struct gate_verdict *v, const struct gate_lead *lead, const struct gate_policy *p)
{
    add(v, GATE_ATTEMPT_CAP, lead->attempts < p->attempts_max, false, "%d of %d attempts made", lead->attempts, p->attempts_max);
    add(v, GATE_DAILY_CAP, lead->attempts_24h < p->attempts_per_day_max, true, "%d of %d attempts in 24 hours", lead->attempts_24h,
        p->attempts_per_day_max);
}

static void check_all(struct gate_verdict *v, const struct gate_lead *lead, const struct gate_policy *p, int64_t now)
{
    add(v, GATE_SUPPRESSED, !lead->suppressed, false, lead->suppressed ? "the number is on the do-not-call list" : "not on the do-not-call list");
    check_consent(v, lead, p, now);
    check_hours(v, lead, p, now);
    add(v, GATE_UNKNOWN_ZONE, lead->zone_count > 0, false, lead->zone_count == 1 ? "one time zone" : lead->zone_count > 1 ? "%zu possible time zones" : "no time zone is known for this number",
        lead->zone_count);
    check_caps(v, lead, p);
    add(v, GATE_NUMBER, lead->number_valid, false, lead->number_valid ? "a valid number" : "not a valid number");
}

static const struct gate_reason *worst(const struct gate_verdict *v)
{
    const struct gate_reason *first = NULL;

    for (size_t i = 0; i < v->reason_count; i++) {
        const struct gate_reason *r = &v->reasons[i];

        if (!r->passed && !r->deferrable)
            return r;
        if (!r->passed && first == NULL)
            first = r;
    }
    return first;
}

void gate_check(struct gate_verdict *out, const struct gate_lead *lead, const struct gate_policy *policy, int64_t now_ms)
{
    const struct gate_reason *failed;
    int64_t from = now_ms;

    *out = (struct gate_verdict){0};
    check_all(out, lead, policy, now_ms);
    failed = worst(out);
    out->allowed = failed == NULL || lead->inbound;
    if (out->allowed)
        return;
    out->refusal = failed->rule;
    if (!failed->deferrable)
        return;
    if (lead->attempts_24h >= policy->attempts_per_day_max && lead->oldest_attempt_24h_at + DAY_MS > from)
        from = lead->oldest_attempt_24h_at + DAY_MS;
    out->next_allowed_at = earliest(lead, policy, from);
    out->deferred = out->next_allowed_at != 0;
}
