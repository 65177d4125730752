/* route.h - score -> bucket -> next step, by rules, explained line by line. Pure. */
#ifndef BATON_ROUTE_ROUTE_H
#define BATON_ROUTE_ROUTE_H

#include <stdint.h>

#include "talk/scenario.h"

enum route_action { ROUTE_HANDOFF, ROUTE_CALLBACK, ROUTE_REENGAGE, ROUTE_NURTURE, ROUTE_SUPPRESS, ROUTE_NONE };
const char *route_action_name(enum route_action a); /* handoff callback reengage nurture suppress none */

enum { ROUTE_REASONS_MAX = 12, ROUTE_REASON_MAX = 160 };

struct route_part { const char *question, *label; int points, max; const char *status; };

struct route_in {
    const char *outcome;         /* talk outcome: qualified, opted_out, human_requested, ... */
    const struct route_part *parts;
    int part_count;
    int score;
    double deal_usd_year;        /* 0 = unknown */
    int64_t now_ms;
    uint64_t spread;             /* spreads re-engagement over its window: any number, e.g. a hash of the lead id */
};

struct route_decision {
    enum bucket bucket;
    enum route_action action;
    char team[48];
    int due_in_s;                /* callback, reengage, nurture */
    int reason_count;
    char reasons[ROUTE_REASONS_MAX][ROUTE_REASON_MAX]; /* "30 + 25 + 25 + 10 = 90, hot from 80", ... */
};

void route_decide(struct route_decision *out, const struct sc_routing *rules, const struct route_in *in);

#endif
