#include "follow/after_call.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hours.h"
#include "base/id.h"
#include "base/json.h"
#include "base/text.h"
#include "store/entities.h"

#include "base/banned.h"

enum { MISSED_HANDOFF_WITHIN_S = 7200, LANGUAGE_CALLBACK_S = 24 * 3600, PARTS_MAX = 16 };

/* --- the decision --- */

/* The prospect's own words explain the points best. */
static const char *label_of(const json_t *answer)
{
    const char *words = jx_str(answer, "evidence", NULL);

    return words != NULL ? words : jx_str(answer, "status", "unknown");
}

static int collect_parts(const json_t *answers, struct route_part parts[PARTS_MAX])
{
    const char *id;
    json_t *a;
    int n = 0;

    json_object_foreach((json_t *)(uintptr_t)answers, id, a)
    {
        if (n == PARTS_MAX)
            break;
        parts[n++] = (struct route_part){.question = id, .label = label_of(a), .points = (int)jx_int(a, "points", 0), .max = (int)jx_int(a, "max", 0), .status = jx_str(a, "status", "unknown")};
    }
    return n;
}

/* A year of the monthly budget that was stated in dollars. */
static double deal_usd_year(const json_t *answers)
{
    const char *id;
    json_t *a;

    json_object_foreach((json_t *)(uintptr_t)answers, id, a)
    {
        if (strcmp(jx_str(a, "unit", ""), "USD/month") == 0 && json_is_number(json_object_get(a, "value")))
            return jx_num(a, "value", 0) * 12;
    }
    return 0;
}

static uint64_t spread_of(const char *id)
{
    uint64_t h = 1469598103934665603u;

    for (; *id != '\0'; id++)
        h = (h ^ (uint8_t)*id) * 1099511628211u;
    return h;
}

static void decide(struct route_decision *d, const json_t *final, const json_t *result, const struct sc_routing *rules, int64_t now_ms)
{
    struct route_part parts[PARTS_MAX];
    const json_t *answers = json_object_get(result, "answers");

    route_decide(d, rules,
                 &(struct route_in){.outcome = jx_str(result, "outcome", "hung_up"), .parts = parts, .part_count = collect_parts(answers, parts), .score = (int)jx_int(result, "score", 0),
                                    .deal_usd_year = deal_usd_year(answers), .now_ms = now_ms, .spread = spread_of(jx_str(final, "lead_id", ""))});
}

static enum route_action action_of(const char *name)
{
    for (int i = ROUTE_HANDOFF; i < ROUTE_NONE; i++)
        if (strcmp(route_action_name((enum route_action)i), name) == 0)
            return (enum route_action)i;
    return ROUTE_NONE;
}

/* The talk may have agreed on something else than the rules began with (a callback instead of the handoff that failed). A handoff that never reached a
 * human becomes a promise: no prospect is lost. */
static void settle(struct route_decision *d, const json_t *final, const json_t *result)
{
    const json_t *next = json_object_get(result, "next");
    const char *agreed = jx_str(next, "action", NULL);

    if (agreed != NULL)
        d->action = action_of(agreed);
    if (jx_int(next, "due_in_s", 0) > 0)
        d->due_in_s = (int)jx_int(next, "due_in_s", 0);
    if (strcmp(jx_str(result, "outcome", ""), "language") == 0) { /* "a colleague will call you" was said */
        d->action = ROUTE_CALLBACK;
        d->due_in_s = LANGUAGE_CALLBACK_S;
    }
    if (d->action == ROUTE_HANDOFF && !jx_bool(final, "bridged", false)) {
        d->action = ROUTE_CALLBACK;
        d->due_in_s = MISSED_HANDOFF_WITHIN_S;
        if (d->reason_count < ROUTE_REASONS_MAX)
            snprintf(d->reasons[d->reason_count++], ROUTE_REASON_MAX, "the handoff did not reach a human: call back within 2 h");
    }
}

/* --- the promise --- */

int follow_local_to_utc(int64_t *utc_ms, const char *local, const char *zone)
{
    int64_t t;
    int offset;

    if (clock_parse(&t, local) != 0 || clock_zone_offset(&offset, zone, t) != 0)
        return EINVAL;
    /* The offset at the instant itself, which may be on the other side of a change of clocks. */
    if (clock_zone_offset(&offset, zone, t - (int64_t)offset * 1000) != 0)
        return EINVAL;
    *utc_ms = t - (int64_t)offset * 1000;
    return 0;
}

static int64_t due_at(const struct route_decision *d, const json_t *final, const json_t *result, int64_t now_ms)
{
    const char *when = jx_str(json_object_get(result, "callback"), "value", NULL);
    const char *zone = json_string_value(json_array_get(json_object_get(json_object_get(final, "lead"), "zones"), 0));
    int64_t at;

    if (d->action == ROUTE_CALLBACK && when != NULL && zone != NULL && follow_local_to_utc(&at, when, zone) == 0 && at > now_ms)
        return at;
    return now_ms + (int64_t)d->due_in_s * 1000;
}

/* The promise is kept by a human: it lies where one of those who may keep it works. Whose hours are not known works always. */
static int fit_hours(struct tx *tx, const char *owner, const char *team, int64_t now_ms, int64_t wanted, int64_t *due)
{
    int64_t best = 0, at;
    json_t *rows, *row;
    size_t i;
    int err = closer_keepers(tx, owner, team, &rows);

    if (err)
        return err;
    json_array_foreach(rows, i, row) {
        struct hours h;
        char why[160];

        if (hours_read(&h, json_object_get(json_object_get(row, "profile"), "hours"), why, sizeof why) != 0)
            continue;
        at = hours_fit(&h, now_ms, wanted);
        if (best == 0 || llabs(at - wanted) < llabs(best - wanted))
            best = at;
    }
    json_decref(rows);
    *due = best != 0 ? best : wanted;
    return 0;
}

/* The reason that people read beside the promise: why this step, not which team. */
static const char *main_reason(const struct route_decision *d)
{
    const char *best = NULL;

    for (int i = 0; i < d->reason_count; i++)
        if (!text_starts(d->reasons[i], "deal "))
            best = d->reasons[i];
    return best;
}

static int add_task(struct tx *tx, const struct route_decision *d, const json_t *final, int64_t due, int64_t now_ms)
{
    const char *lead_id = jx_str(final, "lead_id", ""), *call_id = jx_str(final, "call_id", NULL), *kind = route_action_name(d->action);
    char id[ID_MAX];
    json_t *data;
    int err = task_insert(tx, &(struct task_row){.id = id_new(id, now_ms), .lead_id = lead_id, .call_id = call_id, .kind = kind,
                                                 .closer_id = jx_str(json_object_get(final, "lead"), "owner_closer_id", NULL), .due_at = due,
                                                 .promised_by = d->action == ROUTE_CALLBACK ? due : 0, .reason = main_reason(d),
                                                 .created_at = now_ms});

    if (err)
        return err;
    data = json_pack("{s:s,s:s,s:I}", "task_id", id, "kind", kind, "due_at", (json_int_t)due);
    err = event_append(tx, &(struct store_event){.kind = "task.created", .lead_id = lead_id, .call_id = call_id, .subject = id, .data = data, .at = now_ms});
    json_decref(data);
    return err;
}

static const char *lead_state_after(const struct route_decision *d)
{
    switch (d->action) {
    case ROUTE_HANDOFF:
        return "human";
    case ROUTE_CALLBACK:
        return "callback";
    case ROUTE_REENGAGE:
        return "reengage";
    case ROUTE_NURTURE:
        return "nurture";
    case ROUTE_SUPPRESS:
        return "suppressed";
    case ROUTE_NONE:
        return NULL; /* the attempt's rule has set it */
    }
    return NULL;
}

static json_t *route_json(const struct route_decision *d, int64_t due)
{
    json_t *reasons = json_array();

    for (int i = 0; i < d->reason_count; i++)
        json_array_append_new(reasons, json_string(d->reasons[i]));
    return json_pack("{s:s,s:s,s:s,s:o?,s:o}", "bucket", bucket_name(d->bucket), "action", route_action_name(d->action), "team", d->team, "due_at",
                     due > 0 ? json_integer(due) : NULL, "reasons", reasons);
}

static int carry_out(struct tx *tx, const struct route_decision *d, const json_t *final, int64_t due, int64_t now_ms)
{
    const char *state = lead_state_after(d);
    int err = 0;

    if (strcmp(jx_str(json_object_get(final, "result"), "outcome", ""), "wrong_number") == 0) /* "I will remove this number" was said */
        err = lead_suppress(tx, jx_str(json_object_get(final, "lead"), "phone", ""), "wrong_number", jx_str(final, "call_id", NULL), "", now_ms);
    if (!err && due > 0)
        err = add_task(tx, d, final, due, now_ms);
    if (!err && d->action == ROUTE_CALLBACK)
        err = attempt_cancel_retries(tx, jx_str(final, "lead_id", ""), now_ms); /* a promised callback comes before a retry by rule */
    if (!err && state != NULL)
        err = lead_set_state(tx, jx_str(final, "lead_id", ""), state, now_ms);
    return err;
}

int follow_after_call(struct tx *tx, const json_t *final, const struct sc_routing *rules, const struct lead_config *cfg, int64_t now_ms, json_t **route)
{
    const json_t *result = json_object_get(final, "result");
    const char *attempt = jx_str(final, "attempt_id", ""), *outcome = jx_str(final, "outcome", "unreachable");
    struct route_decision d;
    int64_t next_at = 0, due = 0;
    int err = attempt[0] != '\0' ? attempt_finish(tx, attempt, outcome, jx_str(final, "call_id", NULL), cfg, now_ms, &next_at) : 0;

    if (err || !json_is_object(result))
        return err;
    memset(&d, 0, sizeof d);
    decide(&d, final, result, rules, now_ms);
    settle(&d, final, result);
    if (next_at > 0 && (d.action == ROUTE_NURTURE || d.action == ROUTE_REENGAGE))
        d.action = ROUTE_NONE; /* the talk broke off: the retry by rule comes first */
    if (d.action == ROUTE_CALLBACK || d.action == ROUTE_REENGAGE || d.action == ROUTE_NURTURE)
        due = due_at(&d, final, result, now_ms);
    if (d.action == ROUTE_CALLBACK)
        err = fit_hours(tx, jx_str(json_object_get(final, "lead"), "owner_closer_id", NULL), d.team, now_ms, due, &due);
    err = lead_is_test(json_object_get(final, "lead")) ? lead_set_state(tx, jx_str(final, "lead_id", ""), "closed", now_ms) : carry_out(tx, &d, final, due, now_ms);
    if (!err)
        *route = route_json(&d, due);
    return err;
}
