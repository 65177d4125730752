#include "desk/ladder.h"

#include "base/banned.h"

enum { RING_MIN_MS = 3000 }; /* a shorter ring helps nobody: give up instead */

void ladder_begin(struct ladder *l, int64_t now_ms)
{
    *l = (struct ladder){.step = LADDER_FIRST, .began_ms = now_ms};
}

static bool eligible(const struct ladder_closer *c)
{
    return c->available && !c->tried && !c->off && !c->foreign;
}

static int64_t waits_since(const struct ladder_closer *c, enum ladder_rotation rotation)
{
    return rotation == LADDER_TURNS ? c->offered_at : c->idle_since;
}

/* Owner first, then who has talks left for today, the team, the best match, the rotation. */
static bool better(const struct ladder_closer *a, const struct ladder_closer *b, enum ladder_rotation rotation)
{
    if (a->owner != b->owner)
        return a->owner;
    if (a->full != b->full)
        return b->full;
    if (a->team != b->team)
        return a->team;
    if (a->match != b->match)
        return a->match > b->match;
    return waits_since(a, rotation) < waits_since(b, rotation);
}

static int best_of(const struct ladder_closer *closers, int n, enum ladder_rotation rotation)
{
    int best = -1;

    for (int i = 0; i < n; i++)
        if (eligible(&closers[i]) && (best < 0 || better(&closers[i], &closers[best], rotation)))
            best = i;
    return best;
}

/* Why this one, in a word that is kept. */
static const char *cause(const struct ladder_closer *c, enum ladder_rotation rotation)
{
    return c->owner ? "owner" : c->match > 0 ? "best_match" : rotation == LADDER_TURNS ? "next_turn" : "longest_idle";
}

static void ring_one(struct ladder_move *out, const struct ladder_closer *closers, int who, int ring_ms, enum ladder_rotation rotation)
{
    out->ring = true;
    out->reason = cause(&closers[who], rotation);
    out->ring_ms = ring_ms;
    out->count = 1;
    out->who[0] = who;
}

static void ring_all(struct ladder_move *out, const struct ladder_closer *closers, int n, int ring_ms)
{
    out->ring = true;
    out->reason = "all";
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
    int best = best_of(closers, n, p->rotation);

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
        ring_one(out, closers, best, p->ring_first_ms, p->rotation);
        l->step = LADDER_NEXT;
        break;
    case LADDER_NEXT:
        ring_one(out, closers, best, p->ring_next_ms, p->rotation);
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
