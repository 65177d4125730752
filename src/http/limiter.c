/* limiter.c - how often somebody may guess a password: five failures in fifteen minutes for each name and each address.
 *
 * A table of fixed size: two that fall into one slot share it, which errs on the side of refusing; the slot forgets when its window is over. */
#include <sodium.h>
#include <string.h>

#include "http/http_priv.h"

#include "base/banned.h"

enum { FAILURES_MAX = 5, WINDOW_MS = 15 * 60 * 1000 };

void limiter_init(struct limiter *l)
{
    memset(l, 0, sizeof *l);
    pthread_mutex_init(&l->lock, NULL);
}

static uint64_t key_of(const char *who)
{
    static const unsigned char salt[crypto_shorthash_KEYBYTES] = "login limiter";
    uint64_t key;

    crypto_shorthash((unsigned char *)&key, (const unsigned char *)who, strlen(who), salt);
    return key;
}

static struct limiter_slot *slot_of(struct limiter *l, const char *who)
{
    return &l->slots[key_of(who) % LIMITER_SLOTS];
}

bool limiter_allows(struct limiter *l, const char *who, int64_t now_ms)
{
    const struct limiter_slot *s;
    bool allows;

    pthread_mutex_lock(&l->lock);
    s = slot_of(l, who);
    allows = s->failures < FAILURES_MAX || now_ms - s->since_ms >= WINDOW_MS;
    pthread_mutex_unlock(&l->lock);
    return allows;
}

void limiter_failed(struct limiter *l, const char *who, int64_t now_ms)
{
    struct limiter_slot *s;

    pthread_mutex_lock(&l->lock);
    s = slot_of(l, who);
    if (s->failures == 0 || now_ms - s->since_ms >= WINDOW_MS)
        *s = (struct limiter_slot){.key = key_of(who), .since_ms = now_ms};
    s->failures++;
    pthread_mutex_unlock(&l->lock);
}

void limiter_forget(struct limiter *l, const char *who)
{
    struct limiter_slot *s;

    pthread_mutex_lock(&l->lock);
    s = slot_of(l, who);
    if (s->key == key_of(who))
        s->failures = 0;
    pthread_mutex_unlock(&l->lock);
}
