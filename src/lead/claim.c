/* claim.c - one job of the scheduler: the due attempts pass the gate and are leased to this process, in the transaction that
 * also writes the verdict and its event. Not two calls at once for one lead. */
#include <stdlib.h>
#include <string.h>
#include <errno.h>

#include "base/json.h"
#include "lead/lead_priv.h"
#include "store/attempt_rows.h"

#include "base/banned.h"

enum { PACE_LOOK_MS = 2000 };

static int tell(struct tx *tx, const json_t *attempt, const struct gate_verdict *v, int64_t now_ms)
{
    json_t *data = gate_verdict_json(v);
    int err = data == NULL ? ENOMEM
                           : event_append(tx, &(struct store_event){.kind = "lead.gate", .lead_id = jx_str(attempt, "lead_id", NULL),
                                                                    .subject = jx_str(attempt, "id", NULL), .data = data, .at = now_ms});

    json_decref(data);
    return err;
}

/* A retry goes on where the talk broke off: what was told then is not asked again. A talk that was promised for later asks anew. */
static int recall(struct tx *tx, const json_t *attempt, json_t *lead)
{
    json_t *answers;
    char *text;
    int err;

    if (strcmp(jx_str(attempt, "kind", ""), "retry") != 0)
        return 0;
    err = call_known_answers(tx, jx_str(lead, "id", ""), &answers);
    if (err)
        return err == ENOENT ? 0 : err;
    text = jx_dump(answers);
    err = text == NULL ? ENOMEM : jx_set_str(lead, "known_answers", text);
    free(text);
    json_decref(answers);
    return err;
}

static int lease(struct tx *tx, struct claim *c, json_t *attempt, json_t *lead, const struct gate_verdict *v)
{
    json_t *gate = gate_verdict_json(v);
    int err = gate == NULL ? ENOMEM : attempt_row_lease(tx, jx_str(attempt, "id", ""), c->cfg->node, c->now_ms + c->cfg->lease_ms, gate, c->now_ms);

    json_decref(gate);
    if (!err)
        err = recall(tx, attempt, lead);
    if (err)
        return err;
    if (json_object_set(attempt, "lead", lead))
        return ENOMEM;
    c->jobs[c->job_count++] = json_incref(attempt);
    return 0;
}

static int decide(struct tx *tx, struct claim *c, json_t *attempt, json_t *lead)
{
    struct gate_verdict v;
    int err = gate_check_lead(&v, tx, lead, &c->cfg->lead.policy, c->now_ms);

    if (err)
        return err;
    if (v.allowed)
        err = lease(tx, c, attempt, lead, &v);
    else
        err = attempt_refuse_or_defer(tx, attempt, &v, c->now_ms);
    c->refused += !v.allowed && !v.deferred;
    c->deferred += v.deferred;
    return err ? err : tell(tx, attempt, &v, c->now_ms);
}

/* The row again, with its lead: an earlier one of this batch may have been of the same lead. */
static int consider(struct tx *tx, struct claim *c, json_t *attempt)
{
    const char *lead_id = jx_str(attempt, "lead_id", "");
    int64_t busy = 0;
    json_t *lead = NULL;
    int err = attempt_count_open(tx, lead_id, &busy);

    if (err || busy > 0)
        return err;
    err = lead_get(tx, lead_id, &lead);
    if (!err)
        err = decide(tx, c, attempt, lead);
    json_decref(lead);
    return err;
}

/* Those of our own initiative only as long as there is room for them. */
static int consider_paced(struct tx *tx, struct claim *c, json_t *attempt)
{
    bool paced = jx_int(attempt, "paced", 0) != 0;
    int before = c->job_count, err;

    if (paced && c->paced_left <= 0)
        return 0;
    err = consider(tx, c, attempt);
    c->paced_left -= paced && c->job_count > before;
    return err;
}

static int count_pace(struct tx *tx, struct claim *c)
{
    int64_t now = 0, answered = 0, hot = 0;
    int err;

    c->paced_left = CLAIM_MAX;
    if (c->cfg->pace == NULL)
        return 0;
    err = attempt_rows_pace(tx, &now, &answered, &hot);
    c->paced_left = err ? 0 : c->cfg->pace((int)now, (int)answered, (int)hot, c->cfg->slots, c->cfg->pace_arg);
    return err;
}

static int claim_attempts(struct tx *tx, struct claim *c)
{
    json_t *rows, *attempt;
    size_t i;
    int err = attempt_rows_due(tx, c->now_ms, c->paced_left > 0, CLAIM_MAX, &rows);

    if (err)
        return err;
    c->seen = (int)json_array_size(rows);
    json_array_foreach(rows, i, attempt)
        if (!err && c->job_count < c->slots)
            err = consider_paced(tx, c, attempt);
    json_decref(rows);
    return err;
}

/* When the next attempt is due that could be claimed. */
static int next_due(struct tx *tx, struct claim *c)
{
    int64_t at = 0, all = 0;
    bool room = c->paced_left > 0;
    int err = attempt_rows_next_due(tx, room, &at);

    if (!err && !room)
        err = attempt_rows_next_due(tx, true, &all);
    if (!err && all != 0 && all < c->now_ms + PACE_LOOK_MS && (at == 0 || at > c->now_ms + PACE_LOOK_MS))
        at = c->now_ms + PACE_LOOK_MS; /* somebody waits for a closer to be free */

    if (!err && at != 0 && (c->next_at == 0 || at < c->next_at))
        c->next_at = at;
    return err;
}

int claim_run(struct tx *tx, struct claim *c)
{
    int err = c->cfg->due != NULL ? c->cfg->due(tx, c->now_ms, &c->next_at, c->cfg->due_arg) : 0;

    if (!err)
        err = count_pace(tx, c);
    if (!err && c->slots > 0)
        err = claim_attempts(tx, c);
    if (!err)
        err = next_due(tx, c);
    return err;
}

void claim_release(struct claim *c)
{
    for (int i = 0; i < c->job_count; i++)
        json_decref(c->jobs[i]);
    c->job_count = 0;
}

int claim_give_back(struct tx *tx, const struct claim *c)
{
    int err = 0;

    for (int i = 0; !err && i < c->job_count; i++)
        err = attempt_row_release(tx, jx_str(c->jobs[i], "id", ""), 0);
    return err;
}
