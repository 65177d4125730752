#include "speech/clip_cache.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"

#include "base/banned.h"

enum { BUCKETS = 4096, ENTRY_OVERHEAD = 256 }; /* bytes that an entry costs beside its samples, rounded up */

struct entry {
    char key[CLIP_KEY_MAX];
    struct clip *clip;
    struct entry *in_bucket;
    struct entry *newer, *older;
};

struct clip_cache {
    pthread_mutex_t lock;
    struct entry *bucket[BUCKETS];
    struct entry *newest, *oldest;
    struct clip_cache_state state;
    size_t max_bytes;
};

const char *clip_key(char out[CLIP_KEY_MAX], const char *version, const char *voice, const char *text)
{
    unsigned char hash[(CLIP_KEY_MAX - 1) / 2];
    crypto_generichash_state h;
    const char *const parts[] = {version, voice, text};

    crypto_generichash_init(&h, NULL, 0, sizeof hash);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) /* with the end, so that parts cannot run together */
        crypto_generichash_update(&h, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
    crypto_generichash_final(&h, hash, sizeof hash);
    return sodium_bin2hex(out, CLIP_KEY_MAX, hash, sizeof hash);
}

static size_t bytes_of(const struct clip *c)
{
    return c->n * sizeof *c->pcm + ENTRY_OVERHEAD;
}

/* Keys are hashes already. */
static struct entry **bucket_of(struct clip_cache *c, const char *key)
{
    unsigned v = 0;

    for (int i = 0; i < 8; i++)
        v = v * 31 + (unsigned char)key[i];
    return &c->bucket[v % BUCKETS];
}

static struct entry *find(struct clip_cache *c, const char *key)
{
    struct entry *e = *bucket_of(c, key);

    while (e != NULL && strcmp(e->key, key) != 0)
        e = e->in_bucket;
    return e;
}

static void unlink_age(struct clip_cache *c, struct entry *e)
{
    *(e->newer != NULL ? &e->newer->older : &c->newest) = e->older;
    *(e->older != NULL ? &e->older->newer : &c->oldest) = e->newer;
}

static void link_newest(struct clip_cache *c, struct entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest != NULL ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
}

static void evict(struct clip_cache *c, struct entry *e)
{
    struct entry **at = bucket_of(c, e->key);

    while (*at != e)
        at = &(*at)->in_bucket;
    *at = e->in_bucket;
    unlink_age(c, e);
    c->state.bytes -= bytes_of(e->clip);
    c->state.clips--;
    obj_unref(e->clip);
    free(e);
}

int clip_cache_alloc(struct clip_cache **cp, size_t max_bytes)
{
    struct clip_cache *c = calloc(1, sizeof *c);

    if (c == NULL)
        return ENOMEM;
    pthread_mutex_init(&c->lock, NULL);
    c->max_bytes = max_bytes;
    *cp = c;
    return 0;
}

void clip_cache_free(struct clip_cache *c)
{
    if (c == NULL)
        return;
    while (c->oldest != NULL)
        evict(c, c->oldest);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

struct clip *clip_cache_get(struct clip_cache *c, const char *key, int count)
{
    struct clip *clip = NULL;
    struct entry *e;

    pthread_mutex_lock(&c->lock);
    e = find(c, key);
    if (e != NULL) {
        unlink_age(c, e);
        link_newest(c, e);
        clip = obj_ref(e->clip);
    }
    if (count && e != NULL)
        c->state.hits++;
    else if (count)
        c->state.misses++;
    pthread_mutex_unlock(&c->lock);
    return clip;
}

void clip_cache_put(struct clip_cache *c, const char *key, struct clip *clip)
{
    size_t bytes = bytes_of(clip);
    struct entry *e = bytes <= c->max_bytes ? calloc(1, sizeof *e) : NULL;

    if (e == NULL)
        return;
    pthread_mutex_lock(&c->lock);
    if (find(c, key) != NULL) {
        free(e);
    } else {
        while (c->state.bytes + bytes > c->max_bytes)
            evict(c, c->oldest);
        text_copy(e->key, sizeof e->key, key);
        e->clip = obj_ref(clip);
        e->in_bucket = *bucket_of(c, key);
        *bucket_of(c, key) = e;
        link_newest(c, e);
        c->state.bytes += bytes;
        c->state.clips++;
    }
    pthread_mutex_unlock(&c->lock);
}

void clip_cache_state_get(struct clip_cache *c, struct clip_cache_state *out)
{
    pthread_mutex_lock(&c->lock);
    *out = c->state;
    pthread_mutex_unlock(&c->lock);
}
