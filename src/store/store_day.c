/* store_day.c - a closer's day in numbers: offers taken, how fast, promises kept, deals won, the talks just before. */
#include "base/json.h"
#include "store/entities.h"

#include "base/banned.h"

enum { BEFORE = 5 };

static int add_offers(struct tx *tx, const char *closer_id, int64_t since, json_t *day)
{
    json_t *row;
    int err = tx_query_one(tx, &row,
                           "SELECT count(*) AS offers, count(*) FILTER (WHERE state = 'accepted') AS taken FROM offer WHERE closer_id = ? AND offered_at >= ?"
                           " AND state IN ('accepted', 'declined', 'timeout', 'failed') AND coalesce(reason, '') <> 'callback'",
                           "si", closer_id, since);

    if (err)
        return err;
    (void)json_object_update(day, row);
    json_decref(row);
    return 0;
}

static int add_answer_time(struct tx *tx, const char *closer_id, int64_t since, json_t *day)
{
    json_t *rows;
    size_t n;
    int err = tx_query(tx, &rows,
                       "SELECT ended_at - offered_at AS ms FROM offer WHERE closer_id = ? AND offered_at >= ? AND state = 'accepted' AND coalesce(reason, '') <> 'callback'"
                       " ORDER BY 1", "si", closer_id, since);

    if (err)
        return err;
    n = json_array_size(rows);
    jx_set(day, "answer_p50_ms", n > 0 ? json_integer(jx_int(json_array_get(rows, (n - 1) / 2), "ms", 0)) : NULL);
    json_decref(rows);
    return 0;
}

static int add_promises(struct tx *tx, const char *closer_id, int64_t since, int64_t now_ms, int64_t grace_ms, json_t *day)
{
    json_t *row;
    int err = tx_query_one(tx, &row,
                           "SELECT count(*) FILTER (WHERE state = 'done' AND done_at <= promised_by + ?) AS callbacks_kept,"
                           " count(*) FILTER (WHERE state <> 'due' OR promised_by < ?) AS callbacks_total FROM task"
                           " WHERE kind = 'callback' AND closer_id = ? AND promised_by >= ? AND state <> 'cancelled'",
                           "iisi", grace_ms, now_ms, closer_id, since);

    if (err)
        return err;
    (void)json_object_update(day, row);
    json_decref(row);
    return 0;
}

static int add_deals(struct tx *tx, const char *closer_id, int64_t since, json_t *day)
{
    json_t *row;
    int err = tx_query_one(tx, &row,
                           "SELECT count(*) AS deals_won, coalesce(sum(amount_cents), 0) AS won_cents FROM deal WHERE closer_id = ? AND stage = 'won' AND updated_at >= ?", "si",
                           closer_id, since);

    if (err)
        return err;
    (void)json_object_update(day, row);
    json_decref(row);
    return 0;
}

int closer_day(struct tx *tx, const char *closer_id, int64_t since, int64_t now_ms, int64_t grace_ms, json_t **out)
{
    json_t *day = json_object(), *before = NULL;
    int err = add_offers(tx, closer_id, since, day);

    if (!err)
        err = add_answer_time(tx, closer_id, since, day);
    if (!err)
        err = add_promises(tx, closer_id, since, now_ms, grace_ms, day);
    if (!err)
        err = add_deals(tx, closer_id, since, day);
    if (!err)
        err = tx_query(tx, &before,
                       "SELECT h.call_id, h.ended_at, c.disposition, l.first_name, l.last_name, l.company, l.phone FROM handoff h JOIN call c ON c.id = h.call_id JOIN lead l ON l.id = h.lead_id"
                       " WHERE h.closer_id = ? AND h.bridged_at IS NOT NULL AND h.ended_at >= ? ORDER BY h.ended_at DESC LIMIT ?",
                       "sii", closer_id, since, (int64_t)BEFORE);
    if (!err)
        err = jx_set(day, "before", before);
    if (err)
        json_decref(day);
    else
        *out = day;
    return err;
}
