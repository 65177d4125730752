/* midcall_rows.h - what is written while humans have a call: hold, park, transfer, and who listened when. Rows and their event in one transaction. */
#ifndef BATON_STORE_MIDCALL_ROWS_H
#define BATON_STORE_MIDCALL_ROWS_H

#include <jansson.h>
#include <stdint.h>

#include "store/store.h"

/* m: {handoff_id, word, state, until (UTC ms; 0: nobody waits), colleague_id|null, colleague_name|null, reason|null}. Event handoff.WORD. */
int midcall_row_state(struct tx *tx, const json_t *m, int64_t at);
/* Another closer has the prospect from now on: the handoff `before` ends with it, `id` begins, and the accepted offer is the new one's. t: {before, id, offer_id,
 * closer_id, call_id, lead_id, team}. Events handoff.ended (reason "transferred") and handoff.bridged. */
int midcall_row_taken_over(struct tx *tx, const json_t *t, int64_t at);
/* A colleague is asked to join. i: {handoff_id, call_id, lead_id, closer_id, name}. Event join.invited. */
int join_row_invited(struct tx *tx, const json_t *i, int64_t at);
/* One stretch of somebody who has joined. j: {what, id, call_id, lead_id, handoff_id, user_id, closer_id|null, name, mode}; what: started, mode (the next
 * stretch), left_mode, ended. Events join.started, join.mode, join.ended. */
int join_row(struct tx *tx, const json_t *j, int64_t at);
/* Nobody listens when the process begins: what a crash left open ends. */
int join_rows_close(struct tx *tx, int64_t at);

/* Who listened when: id, user_id, closer_id, name, mode, began_at, ended_at; oldest first. */
int join_list(struct tx *tx, const char *call_id, json_t **rows);
/* Calls that wait for somebody to retrieve them, oldest first: call_id, handoff_id, lead_id, parked_at, until, closer_id, closer_name (who parked them), first_name,
 * last_name, company, phone, score. */
int parked_list(struct tx *tx, int64_t now, json_t **rows);

#endif
