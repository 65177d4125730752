/* follow.h - promises with a due time are kept: re-engagement calls, nurture, callbacks that nobody took. */
#ifndef BATON_FOLLOW_FOLLOW_H
#define BATON_FOLLOW_FOLLOW_H

#include <stdint.h>

#include "store/store.h"

enum { FOLLOW_WARN_S = 15 * 60, FOLLOW_GRACE_S = 10 * 60, FOLLOW_NURTURE_DAYS = 30 };

/* For scheduler_config.due: inside a transaction, acts on every task that is due at now_ms and lowers *next_at to the next instant of interest
 * (0 = none yet).
 *
 * reengage: done; an attempt of kind reengage is due now (the gate decides on it). Event follow.reengaged {task_id, attempt_id}.
 * nurture: stays, due again in FOLLOW_NURTURE_DAYS. Event follow.nurture_due {task_id, next_at}.
 * callback: FOLLOW_WARN_S before promised_by event task.at_risk {task_id, closer_id, promised_by}; at due_at event task.due {task_id, closer_id, promised_by};
 * each once, and each time a callback whose owner is not at the desk goes to the colleague of their team who has been free longest (event task.assigned
 * {task_id, closer_id, from, reason}). Still not done FOLLOW_GRACE_S after promised_by (or due_at): missed, and the AI calls: an attempt of kind callback.
 * Event task.missed {task_id, attempt_id}. */
int follow_run_due(struct tx *tx, int64_t now_ms, int64_t *next_at, void *arg);

#endif
