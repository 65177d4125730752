/* call_rows.h - what a call in progress writes: each function changes rows and appends the event of that change in the same
 * transaction. Called inside store jobs. docs/events.md lists the events. */
#ifndef BATON_STORE_CALL_ROWS_H
#define BATON_STORE_CALL_ROWS_H

#include <jansson.h>
#include <stdint.h>

#include "store/store.h"

/* call: {id, lead_id, attempt_id|null, direction, phone, scenario_id, scenario_version, started_at}. Event call.dialing. */
int call_row_start(struct tx *tx, const json_t *call);
/* Event call.ringing, call.answered, call.handoff, call.bridged or call.resumed (talking again after a handoff that failed); keeps lead.state in step (calling, talking, handoff, human). */
int call_row_state(struct tx *tx, const char *call_id, const char *lead_id, const char *state, int64_t at);
int call_row_stage(struct tx *tx, const char *call_id, const char *lead_id, const char *stage, int64_t at);
/* evidence: who answered and why (docs/answering.md); a later one replaces it. Event call.answered_by. */
int call_row_answered_by(struct tx *tx, const char *call_id, const char *lead_id, const json_t *evidence, int64_t at);
/* turn: {seq, speaker, topic, text, at_ms, end_ms, heard_ms, interrupted, ledger|null}; the same seq again replaces it. Event call.turn. */
int call_row_turn(struct tx *tx, const char *call_id, const char *lead_id, const json_t *turn, int64_t at);
/* note: an event object of talk.h. answer -> answer row (older rows of the question become replaced) and event call.answer; score -> call row and event
 * call.score; others -> objection row and event call.objection. */
int call_row_note(struct tx *tx, const char *call_id, const char *lead_id, const json_t *note, int turn_seq, int64_t at);
/* The end: outcome, sip outcome, result, brief, recording, route; event call.ended. final: as built by call/. */
int call_row_end(struct tx *tx, const char *call_id, const char *lead_id, const json_t *final, const json_t *route, int64_t at);

#endif
