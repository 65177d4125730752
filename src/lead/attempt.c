/* attempt.c - the ledger of attempts: one row a try to reach a lead, from its due time to its outcome.
 *
 *   due -> leased -> dialing -> talking -> done
 *    |  \-> deferred -> (due time) leased ...
 *    \--> refused                      every open state -> cancelled (opt-out) */
#include <errno.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "lead/lead_priv.h"
#include "store/attempt_rows.h"

#include "base/banned.h"

static const char *const states[] = {"due", "leased", "dialing", "talking", "done", "refused", "deferred", "cancelled"};

static bool state_known(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(states[i], state) == 0)
            return true;
    return false;
}

int attempt_insert(struct tx *tx, const char *lead_id, const char *kind, int64_t due_at, int64_t now_ms, char id[ID_MAX])
{
    return attempt_row_insert(tx, id_new(id, now_ms), lead_id, kind, due_at, now_ms);
}

int attempt_set_state(struct tx *tx, const char *attempt_id, const char *state, const char *call_id, int64_t now_ms)
{
    return state_known(state) ? attempt_row_state(tx, attempt_id, state, call_id, now_ms) : EINVAL;
}

/* Does the lead wait for something already (a promise to call back, an attempt that was planned)? */
static int has_next_step(struct tx *tx, const char *lead_id, bool *has)
{
    int64_t attempts = 0, promises = 0;
    int err = attempt_count_waiting(tx, lead_id, &attempts);

    if (!err)
        err = task_count_promises(tx, lead_id, &promises);
    *has = attempts + promises > 0;
    return err;
}

static int is_suppressed(struct tx *tx, const char *phone, bool *suppressed)
{
    json_t *row;
    int err = suppression_get(tx, phone, &row);

    *suppressed = err == 0;
    if (!err)
        json_decref(row);
    return err == ENOENT ? 0 : err;
}

struct retry { const char *lead_id, *phone, *outcome; int64_t now_ms, next_at; };

static int plan_retry(struct tx *tx, struct retry *r, const struct lead_config *cfg)
{
    int64_t n = 0, delay;
    char id[ID_MAX];
    bool waits = false, suppressed = false;
    int err = attempt_count_made(tx, r->lead_id, &n);

    if (!err)
        err = has_next_step(tx, r->lead_id, &waits);
    if (!err)
        err = is_suppressed(tx, r->phone, &suppressed);
    delay = retry_delay_ms(r->outcome, (int)n, cfg->policy.attempts_max);
    if (err || waits || suppressed || delay < 0)
        return err;
    r->next_at = r->now_ms + delay;
    return attempt_insert(tx, r->lead_id, "retry", r->next_at, r->now_ms, id);
}

/* The lead's state after a try, unless the talk's end has already put it elsewhere (callback, nurture, human ...). */
static int settle_lead(struct tx *tx, const struct retry *r)
{
    const char *state = r->next_at > 0 ? "deferred" : retry_delay_ms(r->outcome, 0, 1) >= 0 ? "unreachable" : "closed";

    return lead_row_settle(tx, r->lead_id, state, false, r->now_ms);
}

static int tell_finished(struct tx *tx, const json_t *attempt, const struct retry *r, const char *call_id)
{
    json_t *data = json_pack("{s:s,s:s,s:I,s:s,s:I}", "attempt_id", jx_str(attempt, "id", ""), "kind", jx_str(attempt, "kind", ""), "number",
                             (json_int_t)jx_int(attempt, "number", 0), "outcome", r->outcome, "next_at", (json_int_t)r->next_at);
    int err = data == NULL ? ENOMEM
                           : event_append(tx, &(struct store_event){.kind = "attempt.finished", .lead_id = r->lead_id, .call_id = call_id,
                                                                    .subject = jx_str(attempt, "id", NULL), .data = data, .at = r->now_ms});

    json_decref(data);
    return err;
}

int attempt_finish(struct tx *tx, const char *attempt_id, const char *outcome, const char *call_id, const struct lead_config *cfg, int64_t now_ms, int64_t *next_at)
{
    json_t *attempt = NULL, *lead = NULL;
    struct retry r = {.outcome = outcome, .now_ms = now_ms};
    int err = attempt_get(tx, attempt_id, &attempt);

    if (err)
        return err;
    r.lead_id = jx_str(attempt, "lead_id", "");
    err = lead_get(tx, r.lead_id, &lead);
    if (!err)
        err = attempt_row_done(tx, attempt_id, outcome, call_id, now_ms);
    r.phone = jx_str(lead, "phone", "");
    if (!err && strcmp(jx_str(attempt, "state", ""), "done") != 0) {
        err = plan_retry(tx, &r, cfg);
        if (!err)
            err = settle_lead(tx, &r);
        if (!err)
            err = tell_finished(tx, attempt, &r, call_id);
    }
    if (!err && next_at != NULL)
        *next_at = r.next_at;
    json_decref(lead);
    json_decref(attempt);
    return err;
}

int attempt_return(struct tx *tx, const char *attempt_id, int64_t due_at)
{
    return attempt_row_release(tx, attempt_id, due_at);
}

int attempt_cancel_retries(struct tx *tx, const char *lead_id, int64_t now_ms)
{
    return attempt_rows_cancel_retries(tx, lead_id, now_ms);
}

int attempt_refuse_or_defer(struct tx *tx, const json_t *attempt, const struct gate_verdict *v, int64_t now_ms)
{
    const char *id = jx_str(attempt, "id", ""), *lead_id = jx_str(attempt, "lead_id", "");
    const char *lead_state = v->deferred ? "deferred" : v->refusal == GATE_SUPPRESSED ? "suppressed" : "refused";
    json_t *gate = gate_verdict_json(v);
    int err = gate == NULL ? ENOMEM
                           : attempt_row_refuse(tx, id, v->deferred ? "deferred" : "refused", gate_rule_name(v->refusal), gate, v->next_allowed_at, now_ms);

    if (!err)
        err = lead_set_state(tx, lead_id, lead_state, now_ms);
    json_decref(gate);
    return err;
}
