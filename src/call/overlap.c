#include "call/overlap.h"

#include <string.h>

#include "base/banned.h"

static bool sounding(const struct overlap *o)
{
    return o->n > 0 && o->ours[o->n - 1].to_us == 0;
}

void overlap_ours_began(struct overlap *o, int64_t at_us)
{
    if (sounding(o))
        return;
    if (o->n > 0 && o->said_out && at_us - o->ours[o->n - 1].to_us <= (int64_t)OVERLAP_JOIN_MS * 1000) {
        o->ours[o->n - 1].to_us = 0;
        return;
    }
    if (o->n == OVERLAP_STRETCHES)
        memmove(o->ours, o->ours + 1, (size_t)--o->n * sizeof o->ours[0]);
    o->ours[o->n].from_us = at_us;
    o->ours[o->n++].to_us = 0;
}

void overlap_ours_ended(struct overlap *o, int64_t at_us, bool said_out)
{
    if (!sounding(o))
        return;
    o->ours[o->n - 1].to_us = at_us;
    o->said_out = said_out;
}

void overlap_theirs(struct overlap_ms *sum, const struct overlap *o, int64_t from_us, int64_t to_us)
{
    for (int i = 0; i < o->n; i++) {
        bool before = o->ours[i].from_us <= from_us;
        int64_t from = before ? from_us : o->ours[i].from_us;
        int64_t to = o->ours[i].to_us == 0 || o->ours[i].to_us > to_us ? to_us : o->ours[i].to_us;
        int ms = (int)((to - from) / 1000);

        if (before && ms > OVERLAP_PAUSE_MS)
            sum->went_on += ms - OVERLAP_PAUSE_MS;
        else if (!before && ms > 0)
            sum->began += ms;
    }
}
