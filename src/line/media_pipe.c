#include "line/media_pipe.h"

#include <stdatomic.h>
#include <string.h>

#include "base/obj.h"

#include "base/banned.h"

struct media_pipe {
    atomic_uint pushed, popped; /* they only ever count up (and wrap) */
    unsigned fewest, pops;      /* consumer: fewest frames waiting within the window */
    int16_t frame[MEDIA_PIPE_FRAMES][160];
};

struct media_pipe *media_pipe_alloc(void)
{
    return obj_alloc(sizeof(struct media_pipe), NULL);
}

void media_pipe_push(struct media_pipe *p, const int16_t frame[160])
{
    unsigned pushed = atomic_load_explicit(&p->pushed, memory_order_relaxed);

    if (pushed - atomic_load_explicit(&p->popped, memory_order_acquire) >= MEDIA_PIPE_FRAMES)
        return;
    memcpy(p->frame[pushed % MEDIA_PIPE_FRAMES], frame, sizeof p->frame[0]);
    atomic_store_explicit(&p->pushed, pushed + 1, memory_order_release);
}

/* How many frames to leave out: all above KEEP after a stall, one when a spare frame waited through a whole window. */
static unsigned surplus(struct media_pipe *p, unsigned waiting)
{
    unsigned drop = waiting > MEDIA_PIPE_HIGH ? waiting - MEDIA_PIPE_KEEP : 0;

    if (p->pops++ == 0 || waiting < p->fewest)
        p->fewest = waiting;
    if (p->pops < MEDIA_PIPE_WINDOW)
        return drop;
    p->pops = 0;
    return drop == 0 && p->fewest > MEDIA_PIPE_KEEP ? 1 : drop;
}

bool media_pipe_pop(struct media_pipe *p, int16_t frame[160])
{
    unsigned popped = atomic_load_explicit(&p->popped, memory_order_relaxed);
    unsigned waiting = atomic_load_explicit(&p->pushed, memory_order_acquire) - popped;

    popped += surplus(p, waiting);
    if (waiting == 0)
        return false;
    memcpy(frame, p->frame[popped % MEDIA_PIPE_FRAMES], sizeof p->frame[0]);
    atomic_store_explicit(&p->popped, popped + 1, memory_order_release);
    return true;
}
