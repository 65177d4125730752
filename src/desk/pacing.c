#include "desk/pacing.h"

#include "base/banned.h"

static const double RATE_UNKNOWN = 0.2; /* until twenty calls say something else */
static const double RATE_LEAST = 0.02;  /* a quiet hour does not open the floodgates */
static const double SOON = 0.5;         /* who wraps up counts for half */

int pacing_more(const struct pacing *p)
{
    double rate = p->hot_rate < 0 ? RATE_UNKNOWN : p->hot_rate < RATE_LEAST ? RATE_LEAST : p->hot_rate;
    double free = p->closers_free + SOON * p->closers_soon - p->hot_waiting;
    double allowed = free > 0 ? free / rate : 0;
    int most = allowed > p->slots ? p->slots : (int)allowed, more;

    if (most < 1)
        most = 1;
    more = most - p->calls_now;
    if (more > p->slots - p->calls_now)
        more = p->slots - p->calls_now;
    return more < 0 ? 0 : more;
}
