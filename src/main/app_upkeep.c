/* app_upkeep.c - what must not grow for ever: answers kept for Idempotency-Keys (a day) and sessions that have ended. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "main/app_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { UPKEEP_EVERY_MS = 3600 * 1000, KEYS_KEPT_MS = 24 * 3600 * 1000 };

static int purge(struct tx *tx, void *arg)
{
    int64_t now = clock_now_ms();
    int err = idempotency_purge(tx, now - KEYS_KEPT_MS);

    (void)arg;
    return err ? err : session_purge(tx, now);
}

static void on_purged(int err, void *arg)
{
    (void)arg;
    if (err)
        log_warn("main", "", "upkeep: %s", strerror(err));
}

static void on_timer(void *arg)
{
    struct app *a = arg;

    (void)store_submit(a->store, purge, on_purged, a->control, NULL);
    timer_start(&a->upkeep, UPKEEP_EVERY_MS, on_timer, a);
}

void app_upkeep_start(struct app *a)
{
    timer_init(&a->upkeep);
    timer_start(&a->upkeep, UPKEEP_EVERY_MS, on_timer, a);
}

void app_upkeep_stop(struct app *a)
{
    timer_cancel(&a->upkeep);
}
