/* by_hand.c - may a human call this lead now? The rules that protect the person hold whoever dials; those for artificial voices and their attempts do not. */
#include <errno.h>

#include "base/json.h"
#include "base/text.h"
#include "lead/lead_priv.h"

#include "base/banned.h"

static bool holds_for_humans(enum gate_rule rule)
{
    return rule == GATE_SUPPRESSED || rule == GATE_NUMBER || rule == GATE_HOURS || rule == GATE_UNKNOWN_ZONE;
}

static int tell(struct tx *tx, const char *lead_id, bool allowed, const struct gate_verdict *v, const char *who, int64_t now_ms)
{
    json_t *data = gate_verdict_json(v);
    int err = data == NULL ? ENOMEM : 0;

    jx_set_bool(data, "allowed", allowed);
    jx_set_str(data, "by_hand", who);
    if (!err)
        err = event_append(tx, &(struct store_event){.kind = "lead.gate", .lead_id = lead_id, .data = data, .at = now_ms});
    json_decref(data);
    return err;
}

int gate_check_by_hand(struct tx *tx, const json_t *lead, const struct gate_policy *policy, const char *who, int64_t now_ms, bool *allowed, char why[GATE_TEXT_MAX])
{
    struct gate_verdict v;
    int err = gate_check_lead(&v, tx, lead, policy, now_ms);

    if (err)
        return err;
    *allowed = true;
    for (size_t i = 0; i < v.reason_count && *allowed; i++)
        if (!v.reasons[i].passed && holds_for_humans(v.reasons[i].rule)) {
            *allowed = false;
            (void)text_copy(why, GATE_TEXT_MAX, v.reasons[i].text);
        }
    return tell(tx, jx_str(lead, "id", ""), *allowed, &v, who, now_ms);
}
