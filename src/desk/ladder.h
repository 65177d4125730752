/* ladder.h - who is offered the prospect next? Pure.
 *
 *   owner or best match (ring_first_ms) -> next longest idle (ring_next_ms) -> all who are free (ring_all_ms) -> nobody
 *
 * A step without anybody free is skipped at once; whoever declined or missed this prospect is not asked again, and the whole climb never
 * takes longer than the hold cap. */
#ifndef BATON_DESK_LADDER_H
#define BATON_DESK_LADDER_H

#include <stdbool.h>
#include <stdint.h>

enum { LADDER_CLOSERS_MAX = 64 };

struct ladder_closer {
    bool available;       /* presence is available */
    bool team;            /* is of the team asked for */
    bool owner;           /* owns this lead */
    bool tried;           /* was offered this prospect already */
    int64_t idle_since;   /* UTC ms */
};

struct ladder_params { int ring_first_ms, ring_next_ms, ring_all_ms, hold_cap_ms; };

enum ladder_step { LADDER_FIRST, LADDER_NEXT, LADDER_ALL, LADDER_OVER };

struct ladder { enum ladder_step step; int64_t began_ms; };

struct ladder_move {
    bool ring;                              /* false: nobody left; reason says why */
    const char *reason;                     /* "nobody_available" "nobody_answered" "hold_cap" */
    int ring_ms;
    int count;
    int who[LADDER_CLOSERS_MAX];            /* indices into closers */
};

void ladder_begin(struct ladder *l, int64_t now_ms);

/* The next move: at the start, and whenever every offer of the last move has failed. */
void ladder_climb(struct ladder_move *out, struct ladder *l, const struct ladder_params *p, const struct ladder_closer *closers, int n, int64_t now_ms);

#endif
