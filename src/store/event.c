/* event.c - the journal: what happened, in the transaction in which it happened. */
#include <errno.h>

#include "base/buf.h"
#include "store/store_priv.h"

#include "base/banned.h"

enum { EVENT_LIST_MAX = 5000 };

int event_append(struct tx *tx, const struct store_event *e)
{
    json_t *data = e->data != NULL ? json_incref(e->data) : json_object();
    int64_t seq = 0;
    int err;

    if (data == NULL)
        return ENOMEM;
    err = tx->writable ? tx_query_int(tx, &seq, "INSERT INTO event (at, kind, lead_id, call_id, subject, data) VALUES (?, ?, ?, ?, ?, ?) RETURNING seq",
                                      "issssj", e->at, e->kind, e->lead_id, e->call_id, e->subject, data)
                       : EACCES;
    if (!err)
        tx->event_seq = seq;
    json_decref(data);
    return err;
}

#define EVENT_COLUMNS "SELECT seq, at, kind, lead_id, call_id, subject, data AS data_json FROM event WHERE seq > ? "

int event_list(struct tx *tx, int64_t after_seq, const char *lead_id, const char *call_id, int limit, json_t **out)
{
    int64_t n = limit < 1 || limit > EVENT_LIST_MAX ? EVENT_LIST_MAX : limit;

    if (call_id != NULL)
        return tx_query(tx, out, EVENT_COLUMNS "AND call_id = ? AND (? IS NULL OR lead_id = ?) ORDER BY seq LIMIT ?", "isssi", after_seq, call_id,
                        lead_id, lead_id, n);
    if (lead_id != NULL)
        return tx_query(tx, out, EVENT_COLUMNS "AND lead_id = ? ORDER BY seq LIMIT ?", "isi", after_seq, lead_id, n);
    return tx_query(tx, out, EVENT_COLUMNS "ORDER BY seq LIMIT ?", "ii", after_seq, n);
}

int64_t event_last_seq(struct tx *tx)
{
    int64_t seq = 0;

    return tx_query_int(tx, &seq, "SELECT coalesce(max(seq), 0) FROM event", "") ? 0 : seq;
}
