/* attempt_rows.h - what lead/ asks and writes about attempts: the ledger's statements. Rules (gate, retry, recovery) live in lead/.
 *
 * Called inside store jobs; errors as in store.h. "Open" attempts are leased, dialing or talking. None writes an event. */
#ifndef BATON_STORE_ATTEMPT_ROWS_H
#define BATON_STORE_ATTEMPT_ROWS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/* Its number is one more than the lead has. */
int attempt_row_insert(struct tx *tx, const char *id, const char *lead_id, const char *kind, int64_t due_at, int64_t now_ms);
/* ENOENT when it is over already. call_id NULL keeps what is there. */
int attempt_row_state(struct tx *tx, const char *id, const char *state, const char *call_id, int64_t now_ms);
int attempt_row_done(struct tx *tx, const char *id, const char *outcome, const char *call_id, int64_t now_ms);
/* state: refused | deferred; next_allowed_at 0 = none. */
int attempt_row_refuse(struct tx *tx, const char *id, const char *state, const char *rule, const json_t *gate, int64_t next_allowed_at, int64_t now_ms);
int attempt_row_lease(struct tx *tx, const char *id, const char *node, int64_t lease_until, const json_t *gate, int64_t now_ms);
/* Leased only: due again at due_at (0 = unchanged). */
int attempt_row_release(struct tx *tx, const char *id, int64_t due_at);
/* After a crash: nobody was dialled, so it is due again. / It was, so it stays marked. */
int attempt_row_reclaim(struct tx *tx, const char *id, int64_t now_ms);
int attempt_row_mark_recovered(struct tx *tx, const char *id);
int attempt_rows_renew(struct tx *tx, const char *node, int64_t lease_until);
int attempt_rows_cancel_retries(struct tx *tx, const char *lead_id, int64_t now_ms);
/* Waiting ones of a lead (callbacks apart) are due now. *changed gets how many. */
int attempt_rows_hasten(struct tx *tx, const char *lead_id, int64_t now_ms, int64_t *changed);

/* Due (or deferred until now) whose lead is in no open attempt, by due time: id, lead_id, kind, number, due_at. */
/* Each with "paced": 1 when it is our own initiative (an imported list, a call after days); paced_too false: without those. */
int attempt_rows_due(struct tx *tx, int64_t now_ms, bool paced_too, int64_t limit, json_t **rows);
/* Paced calls in progress; of the last 200 answered outbound calls of the AI, how many asked for a closer. */
int attempt_rows_pace(struct tx *tx, int64_t *calls_now, int64_t *answered, int64_t *hot);
int attempt_rows_next_due(struct tx *tx, bool paced_too, int64_t *at); /* 0 = none */
/* Open ones of any node but this: id, lead_id, kind, call_id; with lease_only those whose lease ran out at now_ms. */
int attempt_rows_left(struct tx *tx, const char *node, bool lease_only, int64_t now_ms, json_t **rows);

int attempt_count_open(struct tx *tx, const char *lead_id, int64_t *n);
int attempt_count_waiting(struct tx *tx, const char *lead_id, int64_t *n); /* due or deferred */
int attempt_count_made(struct tx *tx, const char *lead_id, int64_t *n);    /* really dialled by us */
/* Calls by us to a number since an instant: how many, and when the first was (0 = none). */
int attempt_calls_since(struct tx *tx, const char *phone, int64_t since, int64_t *n, int64_t *first_at);

/* A call of a dead process: ended, its handoffs and offers closed. *closed is false when it had ended before. */
int call_row_crash(struct tx *tx, const char *call_id, int64_t now_ms, bool *closed);
int call_rows_orphaned(struct tx *tx, json_t **rows); /* not ended, in no open attempt: id, lead_id */

/* The lead's state, if it is still one of those of a try (new, deferred, calling, talking, handoff, human when that is given). */
int lead_row_settle(struct tx *tx, const char *lead_id, const char *state, bool from_human, int64_t now_ms);
/* Everything planned for a number is cancelled; its leads are suppressed. */
int suppression_cancel_plans(struct tx *tx, const char *phone, int64_t now_ms);

#endif
