/* overhear.h - listening to one leg while humans talk: that somebody speaks, and what, for the transcript. Inside desk/ only. Control loop. */
#ifndef BATON_DESK_OVERHEAR_H
#define BATON_DESK_OVERHEAR_H

#include "desk/desk_priv.h"

struct overhear {
    const char *call_id, *lead_id;
    const char *speaker;           /* prospect | closer */
    const char *name;              /* of a closer */
    int *turn_seq;                 /* as in struct handoff_params; NULL: only that they speak is told */
    int64_t recording_us;
    void (*heard)(void *owner);    /* whenever they begin to speak; NULL: not wanted */
    void *owner;                   /* obj.h object: a reference is held until the port has let go; may be NULL */
};
/* Hooks into the port, in place of whoever did before. */
void overhear(struct desk *d, struct mport *port, const struct overhear *o);

#endif
