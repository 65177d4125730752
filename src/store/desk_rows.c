#include "store/desk_rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"

#include "base/banned.h"

static int append(struct tx *tx, const char *kind, const char *call_id, const char *lead_id, const char *subject, int64_t at, json_t *data)
{
    int err = event_append(tx, &(struct store_event){.kind = kind, .lead_id = lead_id, .call_id = call_id, .subject = subject, .data = data, .at = at});

    json_decref(data);
    return err;
}

int closer_rows(struct tx *tx, int64_t since, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT id, name, sip_uri, team, skills AS skills_json, profile AS profile_json, (SELECT count(*) FROM offer o WHERE o.closer_id = closer.id"
                    " AND o.state = 'accepted' AND coalesce(o.reason, '') <> 'callback' AND o.offered_at >= ?) AS talks_24h, presence, presence_reason, presence_since, idle_since, accept, telephone_user, telephone_ha1 FROM closer"
                    " WHERE archived = 0 ORDER BY name", "i", since);
}

int closer_row_presence(struct tx *tx, const char *closer_id, const char *presence, const char *reason, const char *call_id, int64_t at)
{
    json_t *row;
    int64_t n;
    int err = tx_exec_count(tx, &n, "UPDATE closer SET presence = ?, presence_reason = ?, presence_since = ?, current_call_id = ? WHERE id = ?", "ssiss", presence,
                            reason, at, call_id, closer_id);

    if (!err && n == 0)
        err = ENOENT;
    if (!err && strcmp(presence, "available") == 0)
        err = tx_exec(tx, "UPDATE closer SET idle_since = ? WHERE id = ?", "is", at, closer_id);
    if (!err)
        err = tx_query_one(tx, &row, "SELECT name FROM closer WHERE id = ?", "s", closer_id);
    if (err)
        return err;
    err = append(tx, "closer.presence", call_id, NULL, closer_id, at,
                 json_pack("{s:s,s:s,s:s,s:s?,s:I}", "closer_id", closer_id, "name", jx_str(row, "name", ""), "presence", presence, "reason", reason, "since", (json_int_t)at));
    json_decref(row);
    return err;
}

int handoff_row_start(struct tx *tx, const json_t *h, int64_t at)
{
    const char *id = jx_str(h, "id", "");
    int err = tx_exec(tx, "INSERT INTO handoff (id, call_id, lead_id, state, team, requested_at) VALUES (?, ?, ?, 'requested', ?, ?)", "ssssi", id, jx_str(h, "call_id", ""),
                      jx_str(h, "lead_id", ""), jx_str(h, "team", ""), at);

    return err ? err : append(tx, "handoff.requested", jx_str(h, "call_id", NULL), jx_str(h, "lead_id", NULL), id, at, json_deep_copy(h));
}

static int set_instant(struct tx *tx, const char *id, const char *state, int64_t at)
{
    if (strcmp(state, "accepted") == 0)
        return tx_exec(tx, "UPDATE handoff SET accepted_at = ? WHERE id = ?", "is", at, id);
    if (strcmp(state, "bridged") == 0)
        return tx_exec(tx, "UPDATE handoff SET bridged_at = coalesce(bridged_at, ?), time_to_human_ms = coalesce(time_to_human_ms, ? - requested_at), midcall = 'talking', midcall_at = ?,"
                           " midcall_until = 0 WHERE id = ?", "iiis", at, at, at, id);
    if (strcmp(state, "confirmed") == 0)
        return tx_exec(tx, "UPDATE handoff SET confirmed_at = ? WHERE id = ?", "is", at, id);
    if (strcmp(state, "failed") == 0 || strcmp(state, "ended") == 0)
        return tx_exec(tx, "UPDATE handoff SET ended_at = ? WHERE id = ?", "is", at, id);
    return 0;
}

int handoff_row_state(struct tx *tx, const char *handoff_id, const char *state, const char *closer_id, const char *reason, int64_t at)
{
    char kind[48];
    json_t *row;
    int err = tx_exec(tx, "UPDATE handoff SET state = ?, closer_id = COALESCE(?, closer_id), outcome = COALESCE(?, outcome) WHERE id = ?", "ssss", state, closer_id,
                      strcmp(state, "ringing") == 0 ? NULL : reason, handoff_id); /* why somebody rings is no outcome */

    if (!err)
        err = set_instant(tx, handoff_id, state, at);
    if (!err)
        err = tx_query_one(tx, &row,
                           "SELECT h.call_id, h.lead_id, h.state, h.closer_id, c.name AS closer_name, h.time_to_human_ms, h.midcall FROM handoff h LEFT JOIN closer c ON c.id = h.closer_id"
                           " WHERE h.id = ?", "s", handoff_id);
    if (err)
        return err;
    snprintf(kind, sizeof kind, "handoff.%s", state);
    jx_set_str(row, "reason", reason);
    jx_set_str(row, "handoff_id", handoff_id);
    err = append(tx, kind, jx_str(row, "call_id", NULL), jx_str(row, "lead_id", NULL), handoff_id, at, json_incref(row));
    json_decref(row);
    return err;
}

int offer_row_start(struct tx *tx, const json_t *o, int64_t at)
{
    const char *id = jx_str(o, "id", "");
    int err = tx_exec(tx, "INSERT INTO offer (id, handoff_id, closer_id, step, why, note, state, offered_at) VALUES (?, ?, ?, ?, ?, ?, 'ringing', ?)", "sssissi", id, jx_str(o, "handoff_id", ""),
                      jx_str(o, "closer_id", ""), jx_int(o, "step", 0), jx_str(o, "why", NULL), jx_str(o, "note", NULL), at);

    return err ? err : append(tx, "offer.made", jx_str(o, "call_id", NULL), jx_str(o, "lead_id", NULL), id, at, json_deep_copy(o));
}

int offer_row_end(struct tx *tx, const char *offer_id, const char *state, const char *reason, int64_t at)
{
    char kind[48];
    json_t *row;
    int err = tx_exec(tx, "UPDATE offer SET state = ?, reason = ?, ended_at = ? WHERE id = ?", "ssis", state, reason, at, offer_id);

    if (!err)
        err = tx_query_one(tx, &row,
                           "SELECT o.handoff_id, o.closer_id, c.name AS closer_name, h.call_id, h.lead_id FROM offer o JOIN handoff h ON h.id = o.handoff_id"
                           " LEFT JOIN closer c ON c.id = o.closer_id WHERE o.id = ?", "s", offer_id);
    if (err)
        return err;
    snprintf(kind, sizeof kind, "offer.%s", state);
    jx_set_str(row, "offer_id", offer_id);
    jx_set_str(row, "reason", reason);
    err = append(tx, kind, jx_str(row, "call_id", NULL), jx_str(row, "lead_id", NULL), offer_id, at, json_incref(row));
    json_decref(row);
    return err;
}
