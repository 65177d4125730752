#include "llm/breaker.h"

#include "base/banned.h"

void breaker_init(struct breaker *b, int failures_max, int64_t open_ms)
{
    *b = (struct breaker){.failures_max = failures_max, .open_ms = open_ms};
}

static void set_state(struct breaker *b, enum breaker_state s, int64_t now_ms)
{
    b->state = s;
    b->failures = 0;
    if (s == BREAKER_OPEN)
        b->opened_at = now_ms;
}

bool breaker_allows(struct breaker *b, int64_t now_ms)
{
    switch (b->state) {
    case BREAKER_CLOSED: return true;
    case BREAKER_OPEN:
        if (now_ms - b->opened_at < b->open_ms)
            return false;
        set_state(b, BREAKER_TRIAL, now_ms);
        return true;
    case BREAKER_TRIAL: return false;
    }
    return false;
}

void breaker_ended(struct breaker *b, bool success, int64_t now_ms)
{
    if (b->state == BREAKER_OPEN) /* what was asked before it opened */
        return;
    if (success)
        set_state(b, BREAKER_CLOSED, now_ms);
    else if (b->state == BREAKER_TRIAL || ++b->failures >= b->failures_max)
        set_state(b, BREAKER_OPEN, now_ms);
}
