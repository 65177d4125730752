#include "desk/ladder.h"

#include "base/banned.h"

enum { RING_MIN_MS = 3000 }; /* a shorter ring helps nobody: give up instead */

void ladder_begin(struct ladder *l, int64_t now_ms)
{
    *l = (struct ladder){.step = LADDER_FIRST, .began_ms = now_ms};
}

static bool eligible(const struct ladder_closer *c)
{
    return c->available && !c->tried;
}

/* Owner first, then the team, then the longest idle. */
static bool better(const struct ladder_closer *a, const struct ladder_closer *b)
{
    if (a->owner != b->owner)
        return a->owner;
    if (a->team != b->team)
        return a->team;
    return a->idle_since < b->idle_since;
}

static int best_of(const struct ladder_closer *closers, int n)
{
    int best = -1;

    for (int i = 0; i < n; i++)
        if (eligible(&closers[i]) && (best < 0 || better(&closers[i], &closers[best])))
            best = i;
    return best;
}

static void ring_one(struct ladder_move *out, int who, int ring_ms)
{
    out->ring = true;
    out->ring_ms = ring_ms;
    out->count = 1;
    out->who[0] = who;
}

static void ring_all(struct ladder_move *out, const struct ladder_closer *closers, int n, int ring_ms)
{
    out->ring = true;
    out->ring_ms = ring_ms;
    for (int i = 0; i < n && out->count < LADDER_CLOSERS_MAX; i++)
        if (eligible(&closers[i]))
            out->who[out->count++] = i;
}

static bool anybody_tried(const struct ladder_closer *closers, int n)
{
    for (int i = 0; i < n; i++)
        if (closers[i].tried)
            return true;
    return false;
}

void ladder_climb(struct ladder_move *out, struct ladder *l, const struct ladder_params *p, const struct ladder_closer *closers, int n, int64_t now_ms)
{
    int64_t left = p->hold_cap_ms - (now_ms - l->began_ms);
    int best = best_of(closers, n);

    *out = (struct ladder_move){.reason = anybody_tried(closers, n) ? "nobody_answered" : "nobody_available"};
    if (best < 0 || l->step == LADDER_OVER) {
        l->step = LADDER_OVER;
        return;
    }
    if (left < RING_MIN_MS) {
        out->reason = "hold_cap";
        l->step = LADDER_OVER;
        return;
    }
    switch (l->step) {
    case LADDER_FIRST:
        ring_one(out, best, p->ring_first_ms);
        l->step = LADDER_NEXT;
        break;
    case LADDER_NEXT:
        ring_one(out, best, p->ring_next_ms);
        l->step = LADDER_ALL;
        break;
    case LADDER_ALL:
    case LADDER_OVER:
        ring_all(out, closers, n, p->ring_all_ms);
        l->step = LADDER_OVER;
        break;
    }
    if (out->ring_ms > left)
        out->ring_ms = (int)left;
}
