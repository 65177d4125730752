/* breaker.h - a circuit breaker as a value: after some failures in a row nobody is asked for a while, then one trial decides. Pure.
 *
 *   CLOSED --failures_max in a row--> OPEN --open_ms--> TRIAL --success--> CLOSED
 *                                      ^                  |
 *                                      +-----failure------+                                                                              */
#ifndef BATON_LLM_BREAKER_H
#define BATON_LLM_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

enum breaker_state { BREAKER_CLOSED, BREAKER_OPEN, BREAKER_TRIAL };

struct breaker {
    enum breaker_state state;
    int failures, failures_max;
    int64_t open_ms, opened_at; /* of a monotonic clock */
};

void breaker_init(struct breaker *b, int failures_max, int64_t open_ms);

/* May somebody be asked now? The first yes after the pause is the trial; until it has ended the answer is no. */
bool breaker_allows(struct breaker *b, int64_t now_ms);
void breaker_ended(struct breaker *b, bool success, int64_t now_ms);

#endif
