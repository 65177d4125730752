/* gate.h - the compliance gate: may this lead be called now? A pure function; all rules are always evaluated.
 *
 * Sources: 47 CFR 64.1200 (c)(1) hours, (a)(2)-(3),(f)(9) consent for artificial voice, (d) company do-not-call list;
 * 16 CFR 310.4. A default policy is stricter where the law is unclear: a number that may lie in several zones must be inside
 * the hours of every one of them, and an unknown zone means no. */
#ifndef BATON_LEAD_GATE_H
#define BATON_LEAD_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GATE_ZONES_MAX = 64, GATE_RULES_MAX = 8, GATE_TEXT_MAX = 200 };

enum gate_rule { GATE_SUPPRESSED, GATE_NO_CONSENT, GATE_HOURS, GATE_UNKNOWN_ZONE, GATE_ATTEMPT_CAP, GATE_DAILY_CAP, GATE_NUMBER };
const char *gate_rule_name(enum gate_rule r); /* "suppressed" "no_consent" "hours" "unknown_zone" "attempt_cap" "daily_cap" "number" */

/* A candidate zone: offset_s until change_at (UTC ms; 0 = no change within the next days), offset_after_s from then on. */
struct gate_zone { char name[48]; int offset_s, offset_after_s; int64_t change_at; };

struct gate_policy {
    int hours_from_min, hours_to_min;   /* 480, 1260: callable in [from, to) local time */
    int attempts_max;                   /* lifetime per lead, 6 */
    int attempts_per_day_max;           /* rolling 24 h, 3 */
    bool require_consent;               /* true */
    int64_t consent_max_age_ms;         /* 0: does not expire */
};
extern const struct gate_policy gate_policy_default;

struct gate_lead {
    bool suppressed;
    bool number_valid;
    bool consent;                       /* a consent on record, not revoked */
    int64_t consent_at;
    int attempts, attempts_24h;
    int64_t oldest_attempt_24h_at;
    size_t zone_count;
    const struct gate_zone *zones;      /* every candidate; 0 = unknown */
    bool inbound;                       /* the prospect called us: only suppression is noted, never refused */
};

/* deferrable: waiting cures it. */
struct gate_reason { enum gate_rule rule; bool passed; bool deferrable; char text[GATE_TEXT_MAX]; };

struct gate_verdict {
    bool allowed;
    bool deferred;                      /* not now, but at next_allowed_at */
    int64_t next_allowed_at;            /* UTC ms; 0 = never by itself */
    enum gate_rule refusal;             /* the first failed rule that waiting does not cure, else the first failed; meaningful when !allowed */
    size_t reason_count;
    struct gate_reason reasons[GATE_RULES_MAX]; /* every rule with its result, in order */
};

void gate_check(struct gate_verdict *out, const struct gate_lead *lead, const struct gate_policy *policy, int64_t now_ms);

#endif
