/* store_attempt.c - reading the ledger of attempts; lead/ writes it. */
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define ATTEMPT_COLUMNS                                                                                                                 \
    "a.id, a.lead_id, a.kind, a.number, a.due_at, a.lease_until, a.node, a.state, a.outcome, a.refusal, a.gate AS gate_json, a.next_allowed_at," \
    " a.call_id, a.recovered, a.created_at, a.updated_at"

int attempt_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " ATTEMPT_COLUMNS " FROM attempt a WHERE a.id = ?", "s", id);
}

int attempt_list(struct tx *tx, const char *lead_id, json_t **rows)
{
    return tx_query(tx, rows, "SELECT " ATTEMPT_COLUMNS " FROM attempt a WHERE a.lead_id = ? ORDER BY a.created_at, a.id", "s", lead_id);
}

int attempt_upcoming(struct tx *tx, int limit, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT " ATTEMPT_COLUMNS ", json_object('id', l.id, 'first_name', l.first_name, 'last_name', l.last_name, 'company', l.company,"
                    " 'title', l.title, 'source', l.source, 'phone', l.phone) AS lead_json FROM attempt a JOIN lead l ON l.id = a.lead_id"
                    " WHERE a.state IN ('due', 'deferred') ORDER BY coalesce(a.next_allowed_at, a.due_at) LIMIT ?",
                    "i", page_limit(limit));
}
