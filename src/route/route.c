/* route.c - one lead's next step, with every line of the reasoning. */
#include "route/route.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#include "base/banned.h"

enum { RETRY_S = 86400, NURTURE_S = 30 * 86400 };

const char *route_action_name(enum route_action a)
{
    switch (a) {
    case ROUTE_HANDOFF: return "handoff";
    case ROUTE_CALLBACK: return "callback";
    case ROUTE_REENGAGE: return "reengage";
    case ROUTE_NURTURE: return "nurture";
    case ROUTE_SUPPRESS: return "suppress";
    case ROUTE_NONE: return "none";
    }
    return "none";
}

__attribute__((format(printf, 2, 3))) static void reason(struct route_decision *d, const char *fmt, ...)
{
    va_list ap;

    if (d->reason_count == ROUTE_REASONS_MAX)
        return;
    va_start(ap, fmt);
    vsnprintf(d->reasons[d->reason_count++], ROUTE_REASON_MAX, fmt, ap);
    va_end(ap);
}

static int bucket_from(const struct sc_routing *rules, enum bucket b)
{
    switch (b) {
    case BUCKET_HOT: return rules->hot;
    case BUCKET_WARM_HIGH: return rules->warm_high;
    case BUCKET_WARM_LOW: return rules->warm_low;
    case BUCKET_COLD: return 0;
    }
    return 0;
}

/* "need 30 of 30: A clear, costly problem" for each part, as long as there is room for what follows. */
static void explain_parts(struct route_decision *d, const struct route_in *in)
{
    for (int i = 0; i < in->part_count && d->reason_count < ROUTE_REASONS_MAX - 5; i++) {
        const struct route_part *p = &in->parts[i];

        if (p->label != NULL && *p->label != '\0')
            reason(d, "%s %d of %d: %s", p->question, p->points, p->max, p->label);
        else
            reason(d, "%s %d of %d: %s", p->question, p->points, p->max, p->status != NULL ? p->status : "not asked");
    }
}

/* "30 + 25 + 25 + 10 = 90, hot from 80" */
static void explain_sum(struct route_decision *d, const struct sc_routing *rules, const struct route_in *in)
{
    struct buf b;
    int sum = 0;

    buf_init(&b, 4096);
    for (int i = 0; i < in->part_count; i++) {
        buf_printf(&b, "%s%d", i > 0 ? " + " : "", in->parts[i].points);
        sum += in->parts[i].points;
    }
    if (in->part_count > 0)
        buf_printf(&b, " = %d, ", sum);
    if (in->part_count == 0 || sum != in->score)
        buf_printf(&b, "score %d, ", in->score);
    if (d->bucket == BUCKET_COLD)
        buf_printf(&b, "cold below %d", rules->warm_low);
    else
        buf_printf(&b, "%s from %d", bucket_name(d->bucket), bucket_from(rules, d->bucket));
    reason(d, "%s", buf_str(&b));
    buf_release(&b);
}

static void pick_team(struct route_decision *d, const struct sc_routing *rules, double deal)
{
    const char *team = scenario_team(rules, deal);

    text_copy(d->team, sizeof d->team, team != NULL ? team : "closers");
    if (deal <= 0)
        reason(d, "deal size unknown: team %s", d->team);
    else
        reason(d, "deal about $%.0f a year: team %s", deal, d->team);
}

static int spread(const struct sc_routing *rules, uint64_t seed)
{
    uint64_t width = (uint64_t)(rules->reengage_max_s - rules->reengage_min_s) + 1;

    return rules->reengage_min_s + (int)(seed % width);
}

static void by_bucket(struct route_decision *d, const struct sc_routing *rules, const struct route_in *in)
{
    switch (d->bucket) {
    case BUCKET_HOT:
        d->action = ROUTE_HANDOFF;
        reason(d, "hot: a human takes over on this call");
        pick_team(d, rules, in->deal_usd_year);
        break;
    case BUCKET_WARM_HIGH:
        d->action = ROUTE_CALLBACK;
        d->due_in_s = rules->callback_within_s;
        reason(d, "warm-high: a human calls back within %d minutes", rules->callback_within_s / 60);
        pick_team(d, rules, in->deal_usd_year);
        break;
    case BUCKET_WARM_LOW:
        d->action = ROUTE_REENGAGE;
        d->due_in_s = spread(rules, in->spread);
        reason(d, "warm-low: the AI calls again in %.1f days (window %d to %d)", d->due_in_s / 86400.0, rules->reengage_min_s / 86400,
               rules->reengage_max_s / 86400);
        break;
    case BUCKET_COLD:
        d->action = ROUTE_NURTURE;
        d->due_in_s = NURTURE_S;
        reason(d, "cold: long-term nurture");
        break;
    }
}

/* What an outcome means whatever the score. */
struct outcome_rule { const char *outcome; enum route_action action; int due_in_s; const char *why; };

static const struct outcome_rule outcome_rules[] = {
    {"opted_out", ROUTE_SUPPRESS, 0, "asked not to be called: the number is suppressed, the score does not matter"},
    {"human_requested", ROUTE_HANDOFF, 0, "asked for a human: honoured at once, the score does not matter"},
    {"callback_requested", ROUTE_CALLBACK, 0, "asked to be called back"},
    {"wrong_number", ROUTE_NONE, 0, "wrong number: nobody is called there again for this lead"},
    {"minor", ROUTE_NONE, 0, "a minor answered: not qualified"},
    {"language", ROUTE_NONE, 0, "speaks another language: left to a person"},
    {"abusive", ROUTE_NONE, 0, "abusive: left alone"},
    {"gatekeeper", ROUTE_REENGAGE, RETRY_S, "somebody else answered: tried again"},
    {"voicemail", ROUTE_REENGAGE, RETRY_S, "voicemail: tried again"},
    {"voicemail_full", ROUTE_REENGAGE, RETRY_S, "the voicemail is full: tried again"},
    {"ivr", ROUTE_REENGAGE, RETRY_S, "a telephone menu answered: tried again"},
    {"unallocated", ROUTE_NONE, 0, "the network says that there is no such number: not called again"},
    {"congestion", ROUTE_REENGAGE, RETRY_S, "the network was busy: tried again"},
    {"fax", ROUTE_NONE, 0, "a fax answered: not called again"},
    {"screening", ROUTE_REENGAGE, RETRY_S, "call screening: tried again"},
    {"no_response", ROUTE_REENGAGE, RETRY_S, "nobody spoke: tried again"},
    {"hung_up", ROUTE_REENGAGE, RETRY_S, "hung up before the end: tried again"},
    {"declined", ROUTE_NURTURE, NURTURE_S, "declined: graceful exit, long-term nurture"},
};

static const struct outcome_rule *rule_of(const char *outcome)
{
    for (size_t i = 0; outcome != NULL && i < sizeof outcome_rules / sizeof *outcome_rules; i++)
        if (strcmp(outcome_rules[i].outcome, outcome) == 0)
            return &outcome_rules[i];
    return NULL;
}

void route_decide(struct route_decision *out, const struct sc_routing *rules, const struct route_in *in)
{
    const struct outcome_rule *rule = rule_of(in->outcome);

    *out = (struct route_decision){.action = ROUTE_NONE};
    out->bucket = scenario_bucket(rules, in->score);
    explain_parts(out, in);
    explain_sum(out, rules, in);
    if (rule == NULL) {
        by_bucket(out, rules, in);
        return;
    }
    out->action = rule->action;
    out->due_in_s = rule->due_in_s;
    reason(out, "%s", rule->why);
    if (rule->action == ROUTE_CALLBACK)
        out->due_in_s = rules->callback_within_s;
    if (rule->action == ROUTE_HANDOFF || rule->action == ROUTE_CALLBACK)
        pick_team(out, rules, in->deal_usd_year);
}
