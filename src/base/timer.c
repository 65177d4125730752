#include "base/timer.h"

#include <assert.h>
#include <re.h>

#include "base/banned.h"

static_assert(sizeof(struct tmr) <= sizeof(struct timer), "struct timer must hold libre's tmr");

void timer_init(struct timer *t)
{
    tmr_init((struct tmr *)t);
}

void timer_start(struct timer *t, int64_t ms, timer_fn *fn, void *arg)
{
    tmr_start((struct tmr *)t, ms > 0 ? (uint64_t)ms : 0, fn, arg);
}

void timer_cancel(struct timer *t)
{
    tmr_cancel((struct tmr *)t);
}

bool timer_running(const struct timer *t)
{
    return tmr_isrunning((const struct tmr *)t);
}
