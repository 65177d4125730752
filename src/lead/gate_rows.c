/* gate_rows.c - the gate asked about a stored lead: rows in, verdict out, verdict as JSON. */
#include <errno.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "lead/lead_priv.h"
#include "store/attempt_rows.h"

#include "base/banned.h"

enum { LOOK_AHEAD_DAYS = 5 };
#define DAY_MS INT64_C(86400000)
#define MINUTE_MS INT64_C(60000)

json_t *gate_verdict_json(const struct gate_verdict *v)
{
    json_t *reasons = json_array();
    json_t *out;

    for (size_t i = 0; i < v->reason_count; i++)
        (void)json_array_append_new(reasons, json_pack("{s:s,s:b,s:s}", "rule", gate_rule_name(v->reasons[i].rule), "passed", v->reasons[i].passed, "text",
                                                       v->reasons[i].text));
    out = json_pack("{s:b,s:b,s:o}", "allowed", v->allowed, "deferred", v->deferred, "reasons", reasons);
    if (out == NULL)
        return NULL;
    jx_set(out, "next_allowed_at", v->next_allowed_at != 0 ? json_integer(v->next_allowed_at) : NULL);
    jx_set_str(out, "refusal", v->allowed ? NULL : gate_rule_name(v->refusal));
    return out;
}

/* The instant in (low, high] from which the offset is that of `high`, to the minute. */
static int64_t find_change(const char *zone, int64_t low, int64_t high, int offset_low)
{
    while (high - low > MINUTE_MS) {
        int64_t mid = low + (high - low) / 2 / MINUTE_MS * MINUTE_MS;
        int offset = offset_low;

        (void)clock_zone_offset(&offset, zone, mid);
        if (offset == offset_low)
            low = mid;
        else
            high = mid;
    }
    return high;
}

static int zone_fill(struct gate_zone *z, const char *name, int64_t now_ms)
{
    int64_t low = now_ms - now_ms % MINUTE_MS, high = low + LOOK_AHEAD_DAYS * DAY_MS;
    int err = clock_zone_offset(&z->offset_s, name, now_ms);

    if (!err)
        err = clock_zone_offset(&z->offset_after_s, name, high);
    if (err)
        return err;
    (void)text_copy(z->name, sizeof z->name, name);
    z->change_at = z->offset_after_s != z->offset_s ? find_change(name, low, high, z->offset_s) : 0;
    return 0;
}

/* A zone that the system does not know makes the whole lead unknown: it may be the one that forbids the call. */
static size_t zones_fill(struct gate_zone *zones, const json_t *names, int64_t now_ms)
{
    size_t n = json_array_size(names);

    if (n > GATE_ZONES_MAX)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (!json_is_string(json_array_get(names, i)) || zone_fill(&zones[i], json_string_value(json_array_get(names, i)), now_ms))
            return 0;
    return n;
}

static int read_suppression(struct gate_lead *g, struct tx *tx, const char *phone)
{
    json_t *row;
    int err = suppression_get(tx, phone, &row);

    g->suppressed = err == 0;
    if (!err)
        json_decref(row);
    return err == ENOENT ? 0 : err;
}

static int read_consent(struct gate_lead *g, struct tx *tx, const char *phone)
{
    json_t *row = NULL;
    int err = consent_valid_get(tx, phone, &row);

    if (err)
        return err == ENOENT ? 0 : err;
    g->consent = true;
    g->consent_at = jx_int(row, "given_at", 0);
    json_decref(row);
    return 0;
}

/* Dials of the number, whichever of its leads they were for: a person is called, not a row. */
static int read_attempts(struct gate_lead *g, struct tx *tx, const char *lead_id, const char *phone, int64_t now_ms)
{
    int64_t made = 0, today = 0, oldest = 0;
    int err = attempt_count_made(tx, lead_id, &made);

    if (!err)
        err = attempt_calls_since(tx, phone, now_ms - DAY_MS, &today, &oldest);
    g->attempts = (int)made;
    g->attempts_24h = (int)today;
    g->oldest_attempt_24h_at = oldest;
    return err;
}

int gate_check_lead(struct gate_verdict *out, struct tx *tx, const json_t *lead, const struct gate_policy *policy, int64_t now_ms)
{
    struct gate_zone zones[GATE_ZONES_MAX];
    const char *phone = jx_str(lead, "phone", "");
    struct gate_lead g = {.number_valid = phone[0] == '+', .zones = zones};
    int err = read_suppression(&g, tx, phone);

    if (!err)
        err = read_consent(&g, tx, phone);
    if (!err)
        err = read_attempts(&g, tx, jx_str(lead, "id", ""), phone, now_ms);
    if (err)
        return err;
    g.zone_count = zones_fill(zones, json_object_get(lead, "zones"), now_ms);
    gate_check(out, &g, policy, now_ms);
    return 0;
}
