/* store_desk.c - reading closers, handoffs and offers, and the closers' edited columns; desk_rows.c writes the rest. */
#include <errno.h>

#include "base/json.h"
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define CLOSER_COLUMNS                                                                                                          \
    "id, name, sip_uri, team, skills AS skills_json, presence, presence_reason, presence_since, idle_since, accept, user_id," \
    " current_call_id, archived"

int closer_put(struct tx *tx, const struct closer_row *r, int64_t now_ms)
{
    json_t *skills = r->skills != NULL ? json_incref(r->skills) : json_array();
    int err = tx_exec(tx,
                      "INSERT INTO closer (id, name, sip_uri, team, skills, presence, presence_since, idle_since, accept, user_id)"
                      " VALUES (?, ?, ?, ?, ?, 'offline', ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, sip_uri = excluded.sip_uri,"
                      " team = excluded.team, skills = excluded.skills, accept = excluded.accept, user_id = excluded.user_id, archived = 0",
                      "ssssjiiss", r->id, r->name, r->sip_uri, r->team, skills, now_ms, now_ms, r->accept != NULL ? r->accept : "key", r->user_id);

    json_decref(skills);
    return err;
}

int closer_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " CLOSER_COLUMNS " FROM closer WHERE id = ?", "s", id);
}

int closer_list(struct tx *tx, json_t **rows)
{
    return tx_query(tx, rows, "SELECT " CLOSER_COLUMNS " FROM closer WHERE archived = 0 ORDER BY name, id", "");
}

int closer_archive(struct tx *tx, const char *id)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "UPDATE closer SET archived = 1 WHERE id = ?", "s", id);

    return err ? err : n == 0 ? ENOENT : 0;
}

#define HANDOFF_COLUMNS                                                                                                         \
    "id, call_id, lead_id, state, team, closer_id, requested_at, accepted_at, bridged_at, confirmed_at, ended_at, time_to_human_ms," \
    " outcome, wrap_up AS wrap_up_json"
#define OFFER_COLUMNS                                                                                                           \
    "o.id, o.handoff_id, o.closer_id, c.name AS closer_name, o.step, o.state, o.reason, o.offered_at, o.ended_at"              \
    " FROM offer o LEFT JOIN closer c ON c.id = o.closer_id"

static int add_offers(struct tx *tx, json_t *handoff)
{
    json_t *offers;
    int err = tx_query(tx, &offers, "SELECT " OFFER_COLUMNS " WHERE o.handoff_id = ? ORDER BY o.step, o.id", "s", jx_str(handoff, "id", ""));

    return err ? err : jx_set(handoff, "offers", offers);
}

int handoff_get(struct tx *tx, const char *id, json_t **row)
{
    json_t *handoff;
    int err = tx_query_one(tx, &handoff, "SELECT " HANDOFF_COLUMNS " FROM handoff WHERE id = ?", "s", id);

    if (err)
        return err;
    err = add_offers(tx, handoff);
    if (err)
        json_decref(handoff);
    else
        *row = handoff;
    return err;
}

int handoff_list(struct tx *tx, const char *call_id, json_t **rows)
{
    json_t *handoffs, *handoff;
    size_t i;
    int err = tx_query(tx, &handoffs, "SELECT " HANDOFF_COLUMNS " FROM handoff WHERE call_id = ? ORDER BY requested_at, id", "s", call_id);

    if (err)
        return err;
    json_array_foreach(handoffs, i, handoff)
        if (!err)
            err = add_offers(tx, handoff);
    if (err)
        json_decref(handoffs);
    else
        *rows = handoffs;
    return err;
}

int offer_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " OFFER_COLUMNS " WHERE o.id = ?", "s", id);
}
