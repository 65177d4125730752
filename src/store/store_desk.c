/* store_desk.c - reading closers, handoffs and offers, and the closers' edited columns; desk_rows.c writes the rest. */
#include <errno.h>

#include "base/json.h"
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define CLOSER_COLUMNS                                                                                                          \
    "id, name, sip_uri, team, skills AS skills_json, profile AS profile_json, presence, presence_reason, presence_since, idle_since, accept, user_id," \
    " current_call_id, archived"

int closer_put(struct tx *tx, const struct closer_row *r, int64_t now_ms)
{
    json_t *skills = r->skills != NULL ? json_incref(r->skills) : json_array();
    int err = tx_exec(tx,
                      "INSERT INTO closer (id, name, sip_uri, team, skills, presence, presence_since, idle_since, accept, user_id, profile)"
                      " VALUES (?, ?, ?, ?, ?, 'offline', ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, sip_uri = excluded.sip_uri,"
                      " team = excluded.team, skills = excluded.skills, accept = excluded.accept, user_id = excluded.user_id, profile = excluded.profile, archived = 0",
                      "ssssjiissj", r->id, r->name, r->sip_uri, r->team, skills, now_ms, now_ms, r->accept != NULL ? r->accept : "key", r->user_id, r->profile);

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

int closer_longest_free(struct tx *tx, const char *team, json_t **row)
{
    int err = tx_query_one(tx, row,
                           "SELECT " CLOSER_COLUMNS " FROM closer WHERE archived = 0 AND presence = 'available' ORDER BY (? IS NOT NULL AND team = ?) DESC, idle_since, id LIMIT 1",
                           "ss", team, team);

    if (err == ENOENT)
        *row = NULL;
    return err == ENOENT ? 0 : err;
}

int closer_keepers(struct tx *tx, const char *owner, const char *team, json_t **rows)
{
    int err = tx_query(tx, rows, "SELECT " CLOSER_COLUMNS " FROM closer WHERE archived = 0 AND id = ?", "s", owner);

    if (err || json_array_size(*rows) > 0)
        return err;
    json_decref(*rows);
    err = tx_query(tx, rows, "SELECT " CLOSER_COLUMNS " FROM closer WHERE archived = 0 AND team = ?", "s", team);
    if (err || json_array_size(*rows) > 0)
        return err;
    json_decref(*rows);
    return closer_list(tx, rows);
}

int closer_archive(struct tx *tx, const char *id)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "UPDATE closer SET archived = 1 WHERE id = ?", "s", id);

    return err ? err : n == 0 ? ENOENT : 0;
}

int closer_telephone_put(struct tx *tx, const char *id, const char *user, const char *ha1)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "UPDATE closer SET telephone_user = ?, telephone_ha1 = ?, sip_uri = CASE WHEN ? = 1 THEN 'phone:' || ? ELSE 'browser' END WHERE id = ? AND archived = 0",
                            "ssiss", user, ha1, (int64_t)(user != NULL), user, id);

    return err ? err : n == 0 ? ENOENT : 0;
}

#define HANDOFF_COLUMNS                                                                                                         \
    "id, call_id, lead_id, state, team, closer_id, requested_at, accepted_at, bridged_at, confirmed_at, ended_at, time_to_human_ms," \
    " outcome, wrap_up AS wrap_up_json, draft AS draft_json, midcall, midcall_at, midcall_until"
#define OFFER_COLUMNS                                                                                                           \
    "o.id, o.handoff_id, o.closer_id, c.name AS closer_name, o.step, o.why, o.note, o.state, o.reason, o.offered_at, o.ended_at"              \
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

int handoff_unwrapped(struct tx *tx, const char *closer_id, int64_t since, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT h.id, h.call_id, h.lead_id, h.state, h.ended_at, h.draft AS draft_json, c.summary, l.first_name, l.last_name, l.company, l.phone FROM handoff h"
                    " JOIN call c ON c.id = h.call_id JOIN lead l ON l.id = h.lead_id WHERE h.closer_id = ? AND h.requested_at >= ? AND h.bridged_at IS NOT NULL"
                    " AND h.ended_at IS NOT NULL AND h.wrap_up IS NULL ORDER BY h.ended_at DESC LIMIT 20",
                    "si", closer_id, since);
}

int deal_list(struct tx *tx, const char *lead_id, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT d.handoff_id, d.call_id, d.closer_id, c.name AS closer_name, d.amount_cents, d.currency, d.stage, d.created_at, d.updated_at FROM deal d"
                    " LEFT JOIN closer c ON c.id = d.closer_id WHERE d.lead_id = ? ORDER BY d.updated_at DESC",
                    "s", lead_id);
}

int rating_list(struct tx *tx, const char *lead_id, const char *call_id, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT r.handoff_id, r.call_id, r.closer_id, c.name AS closer_name, r.stars, r.reason, r.at FROM rating r LEFT JOIN closer c ON c.id = r.closer_id"
                    " WHERE (? IS NULL OR r.lead_id = ?) AND (? IS NULL OR r.call_id = ?) ORDER BY r.at DESC",
                    "ssss", lead_id, lead_id, call_id, call_id);
}

int offer_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " OFFER_COLUMNS " WHERE o.id = ?", "s", id);
}
