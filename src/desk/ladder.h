/* ladder.h - who is offered the prospect next? Pure.
 *
 *   owner or best match (ring_first_ms) -> next longest idle (ring_next_ms) -> all who are free (ring_all_ms) -> nobody
 *
 * A step without anybody free is skipped at once; whoever declined or missed this prospect is not asked again, and the whole climb never
 * takes longer than the hold cap. Nobody is asked outside their working hours, nor for a language they do not speak. Who has had their talks for today
 * comes after all others, but before nobody. */
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
    bool off;             /* outside their working hours */
    bool foreign;         /* does not speak the prospect's language */
    bool full;            /* has had as many talks today as they may */
    int match;            /* how well they fit (match.h), more is better */
    int64_t idle_since;   /* UTC ms: available since */
    int64_t offered_at;   /* UTC ms: of their last offer, 0 = none yet */
};

/* Among equals: who has been free longest, or whose turn it is. */
enum ladder_rotation { LADDER_LONGEST_IDLE, LADDER_TURNS };

struct ladder_params { int ring_first_ms, ring_next_ms, ring_all_ms, hold_cap_ms; enum ladder_rotation rotation; };

enum ladder_step { LADDER_FIRST, LADDER_NEXT, LADDER_ALL, LADDER_OVER };

struct ladder { enum ladder_step step; int64_t began_ms; };

struct ladder_move {
    bool ring;                              /* false: nobody left; reason says why */
    const char *reason;                     /* "owner" "best_match" "longest_idle" "next_turn" "all"; not ring: "nobody_available" "nobody_answered" "hold_cap" */
    int ring_ms;
    int count;
    int who[LADDER_CLOSERS_MAX];            /* indices into closers */
};

void ladder_begin(struct ladder *l, int64_t now_ms);

/* The next move: at the start, and whenever every offer of the last move has failed. */
void ladder_climb(struct ladder_move *out, struct ladder *l, const struct ladder_params *p, const struct ladder_closer *closers, int n, int64_t now_ms);

#endif
