/* store_consent.c - what a person allowed or forbade, and which requests were already answered. */
#include <errno.h>

#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define CONSENT_COLUMNS "id, lead_id, phone, kind, source, text, ip, user_agent, url, given_at, revoked_at, revoked_by"

int consent_insert(struct tx *tx, const struct consent_row *r)
{
    return tx_exec(tx, "INSERT INTO consent (id, lead_id, phone, kind, source, text, ip, user_agent, url, given_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "sssssssssi", r->id, r->lead_id, r->phone, r->kind, r->source, r->text, r->ip, r->user_agent, r->url, r->given_at);
}

int consent_valid_get(struct tx *tx, const char *phone, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " CONSENT_COLUMNS " FROM consent WHERE phone = ? AND revoked_at IS NULL ORDER BY given_at DESC LIMIT 1", "s", phone);
}

int consent_list(struct tx *tx, const char *lead_id, json_t **rows)
{
    return tx_query(tx, rows, "SELECT " CONSENT_COLUMNS " FROM consent WHERE lead_id = ? ORDER BY given_at, id", "s", lead_id);
}

int consent_revoke(struct tx *tx, const char *phone, const char *revoked_by, int64_t now_ms)
{
    return tx_exec(tx, "UPDATE consent SET revoked_at = ?, revoked_by = ? WHERE phone = ? AND revoked_at IS NULL", "iss", now_ms, revoked_by, phone);
}

int suppression_insert(struct tx *tx, const char *phone, const char *reason, const char *call_id, const char *evidence, int64_t now_ms, bool *added)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n,
                            "INSERT INTO suppression (phone, reason, call_id, evidence, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (phone) DO NOTHING",
                            "ssssi", phone, reason, call_id, evidence, now_ms);

    if (!err)
        *added = n > 0;
    return err;
}

int suppression_get(struct tx *tx, const char *phone, json_t **row)
{
    return tx_query_one(tx, row, "SELECT phone, reason, call_id, evidence, created_at FROM suppression WHERE phone = ?", "s", phone);
}

int suppression_page(struct tx *tx, int limit, const char *cursor, json_t **rows, char next[PAGE_CURSOR_MAX])
{
    int64_t n = page_limit(limit);
    int err = tx_query(tx, rows,
                       "SELECT phone AS id, phone, reason, call_id, evidence, created_at FROM suppression WHERE (? IS NULL OR phone < ?)"
                       " ORDER BY phone DESC LIMIT ?",
                       "ssi", cursor, cursor, n + 1);

    if (!err)
        page_cut(*rows, n, next);
    return err;
}

int idempotency_get(struct tx *tx, const char *scope, const char *key, json_t **row)
{
    return tx_query_one(tx, row, "SELECT body_hash, status, response, created_at FROM idempotency WHERE scope = ? AND key = ?", "ss", scope, key);
}

int idempotency_put(struct tx *tx, const char *scope, const char *key, const char *body_hash, int status, const char *response, int64_t now_ms)
{
    return tx_exec(tx, "INSERT INTO idempotency (scope, key, body_hash, status, response, created_at) VALUES (?, ?, ?, ?, ?, ?)", "sssisi", scope, key,
                   body_hash, (int64_t)status, response, now_ms);
}

int idempotency_purge(struct tx *tx, int64_t before)
{
    return tx_exec(tx, "DELETE FROM idempotency WHERE created_at < ?", "i", before);
}
