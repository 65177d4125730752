#include "desk/ringback.h"

#include <errno.h>
#include <math.h>

#include "base/banned.h"

enum { RATE = 8000, ON_S = 2, OFF_S = 4, LEVEL = 2000 };

int ringback_alloc(struct clip **cp)
{
    const double w = 2 * M_PI / RATE;
    struct clip *c = NULL;
    int err = clip_alloc(&c, (size_t)RATE * (ON_S + OFF_S));

    if (err)
        return err;
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = i < (size_t)RATE * ON_S ? (int16_t)lrint(LEVEL * (sin(440 * w * (double)i) + sin(480 * w * (double)i))) : 0;
    *cp = c;
    return 0;
}
