/* suppress.c - "do not call me again": the number is barred, its consents are revoked and everything planned for it is cancelled, at once. */
#include <errno.h>

#include "base/json.h"
#include "lead/lead_priv.h"
#include "store/attempt_rows.h"

#include "base/banned.h"

static int tell(struct tx *tx, const char *phone, const char *reason, const char *call_id, const char *evidence, int64_t now_ms)
{
    json_t *lead = NULL, *data = json_pack("{s:s,s:s?}", "reason", reason, "evidence", evidence);
    int err = data == NULL ? ENOMEM : lead_get_by_phone(tx, phone, 0, &lead);

    if (err == 0 || err == ENOENT)
        err = event_append(tx, &(struct store_event){.kind = "lead.suppressed", .lead_id = jx_str(lead, "id", NULL), .call_id = call_id, .data = data, .at = now_ms});
    json_decref(lead);
    json_decref(data);
    return err;
}

int lead_suppress(struct tx *tx, const char *phone, const char *reason, const char *call_id, const char *evidence, int64_t now_ms)
{
    bool added = false;
    int err = suppression_insert(tx, phone, reason, call_id, evidence, now_ms, &added);

    if (!err)
        err = consent_revoke(tx, phone, reason, now_ms);
    if (!err)
        err = suppression_cancel_plans(tx, phone, now_ms);
    if (!err && added)
        err = tell(tx, phone, reason, call_id, evidence, now_ms);
    return err;
}
