/* suppress.c - "do not call me again": the number is barred, its consents are revoked and everything planned for it is cancelled, at once. */
#include <errno.h>

#include "base/json.h"
#include "lead/lead_priv.h"

#include "base/banned.h"

static int cancel_plans(struct tx *tx, const char *phone, int64_t now_ms)
{
    int err = tx_exec(tx,
                      "UPDATE attempt SET state = 'cancelled', outcome = 'suppressed', updated_at = ? WHERE state IN ('due', 'deferred')"
                      " AND lead_id IN (SELECT id FROM lead WHERE phone = ?)",
                      "is", now_ms, phone);

    if (!err)
        err = tx_exec(tx,
                      "UPDATE task SET state = 'cancelled', done_at = ? WHERE state = 'due' AND lead_id IN (SELECT id FROM lead WHERE phone = ?)", "is",
                      now_ms, phone);
    if (!err)
        err = tx_exec(tx, "UPDATE lead SET state = 'suppressed', updated_at = ? WHERE phone = ?", "is", now_ms, phone);
    return err;
}

static int tell(struct tx *tx, const char *phone, const char *reason, const char *call_id, const char *evidence, int64_t now_ms)
{
    json_t *leads, *data = json_pack("{s:s,s:s?}", "reason", reason, "evidence", evidence);
    int err = data == NULL ? ENOMEM : tx_query(tx, &leads, "SELECT id FROM lead WHERE phone = ? ORDER BY created_at DESC LIMIT 1", "s", phone);

    if (!err) {
        err = event_append(tx, &(struct store_event){.kind = "lead.suppressed", .lead_id = jx_str(json_array_get(leads, 0), "id", NULL), .call_id = call_id,
                                                     .data = data, .at = now_ms});
        json_decref(leads);
    }
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
        err = cancel_plans(tx, phone, now_ms);
    if (!err && added)
        err = tell(tx, phone, reason, call_id, evidence, now_ms);
    return err;
}
