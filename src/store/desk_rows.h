/* desk_rows.h - what the desk writes: closers, handoffs, offers; rows and their event in one transaction. */
#ifndef BATON_STORE_DESK_ROWS_H
#define BATON_STORE_DESK_ROWS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/* All closers that are not archived: id, name, sip_uri, team, skills and profile (parsed), talks_24h (handoffs accepted since then), presence, presence_since,
 * idle_since, accept, telephone_user, telephone_ha1. */
int closer_rows(struct tx *tx, int64_t since, json_t **rows);
/* Event closer.presence {closer_id, name, presence, reason, since}. idle_since moves when the new presence is available. */
int closer_row_presence(struct tx *tx, const char *closer_id, const char *presence, const char *reason, const char *call_id, int64_t at);

/* h: {id, call_id, lead_id, team, brief}. Event handoff.requested with the brief. */
int handoff_row_start(struct tx *tx, const json_t *h, int64_t at);
/* state: ringing accepted bridged confirmed failed ended; closer_id and reason may be NULL. Event handoff.STATE. */
int handoff_row_state(struct tx *tx, const char *handoff_id, const char *state, const char *closer_id, const char *reason, int64_t at);

/* wrap_rows.c. ENOENT for an unknown id.
 * wrap_up: {disposition, note, next_step, next_at, rating, rating_reason, deal_usd, deal_stage}; all but the first may be missing. Handing in again
 * corrects: one deal, one rating and one promised callback a handoff. Events handoff.wrapped_up, and deal.changed, lead.rated, task.created as it says. */
int handoff_row_wrap_up(struct tx *tx, const char *handoff_id, const json_t *wrap_up, int64_t at);
/* What the closer has typed so far; no event: it changes with every word. */
int handoff_row_draft(struct tx *tx, const char *handoff_id, const json_t *draft);
/* A human says that the AI took this answer wrongly (or takes that back). Event answer.marked. */
int answer_row_mark(struct tx *tx, const char *answer_id, bool wrong, const char *note, const char *by, int64_t at);

/* o: {id, handoff_id, closer_id, step, why, call_id, lead_id, ring_ms, brief, note|null, from|null}. Event offer.made with all of it. */
int offer_row_start(struct tx *tx, const json_t *o, int64_t at);
/* state: accepted declined timeout failed withdrawn. Event offer.STATE. */
int offer_row_end(struct tx *tx, const char *offer_id, const char *state, const char *reason, int64_t at);

/* callback_rows.c: a human calls a prospect back (or calls one at all: then there is no task_id). c: {call_id, handoff_id, offer_id, task_id|null, lead_id, phone,
 * closer_id, closer_name, team, brief}. The closer is on the line and the prospect's telephone begins to ring: rows of call, handoff and offer with their events. */
#define CALL_SCENARIO_HUMAN "human"
int callback_row_begin(struct tx *tx, const json_t *c, int64_t at);
/* They hear each other: the promise is kept. Event task.done {task_id, kind, call_id, closer_id}. */
int callback_row_bridged(struct tx *tx, const json_t *c, int64_t at);
/* c also has what call_row_end wants, bridged and reason. Not bridged: the task stays due, event task.tried {task_id, kind, call_id, closer_id, outcome}. */
int callback_row_end(struct tx *tx, const json_t *c, int64_t at);

#endif
