/* after_call.h - what follows a call: the route is decided and explained, the attempt closed, the promise written down. */
#ifndef BATON_FOLLOW_AFTER_CALL_H
#define BATON_FOLLOW_AFTER_CALL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "lead/lead.h"
#include "route/route.h"
#include "store/store.h"

/* Inside the transaction that ends a call. `final`: lead, lead_id, call_id, attempt_id, outcome, sip_outcome, result (null when nobody talked), bridged.
 * Writes the attempt's end, the lead's state and the task that the next step needs, each with its event. *route gets
 * {"bucket","action","team","due_at","reasons":[..]} or NULL when there was no talk; the caller owns it. */
int follow_after_call(struct tx *tx, const json_t *final, const struct sc_routing *rules, const struct lead_config *cfg, int64_t now_ms, json_t **route);

/* Local wall-clock text "2026-03-12T14:30" of a zone as UTC ms. EINVAL. */
int follow_local_to_utc(int64_t *utc_ms, const char *local, const char *zone);

#endif
