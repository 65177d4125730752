#include "base/id.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/banned.h"

static pthread_mutex_t id_lock = PTHREAD_MUTEX_INITIALIZER;
static int64_t id_last_ms;
static unsigned id_counter;

static void random_bytes(uint8_t *p, size_t n)
{
    while (n > 0) {
        ssize_t got = getrandom(p, n, 0);

        if (got > 0) {
            p += got;
            n -= (size_t)got;
        }
    }
}

/* RFC 9562 section 6.2, method 1: a counter in rand_a, seeded small so that it cannot overflow soon. */
static unsigned next_counter(int64_t *now_ms, unsigned seed)
{
    unsigned counter;

    pthread_mutex_lock(&id_lock);
    if (*now_ms > id_last_ms) {
        id_last_ms = *now_ms;
        id_counter = seed & 0xff;
    } else if (++id_counter > 0xfff) {
        id_last_ms++;
        id_counter = 0;
    }
    *now_ms = id_last_ms;
    counter = id_counter;
    pthread_mutex_unlock(&id_lock);
    return counter;
}

const char *id_new(char out[ID_MAX], int64_t now_ms)
{
    uint8_t r[9];
    unsigned counter;

    random_bytes(r, sizeof r);
    counter = next_counter(&now_ms, r[8]);
    snprintf(out, ID_MAX, "%08x-%04x-7%03x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned)((uint64_t)now_ms >> 16),
             (unsigned)(now_ms & 0xffff), counter, (r[0] & 0x3fu) | 0x80u, r[1], r[2], r[3], r[4], r[5], r[6], r[7]);
    return out;
}

bool id_valid(const char *s)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    size_t i;

    for (i = 0; shape[i] != '\0'; i++) {
        bool hex = (s[i] >= '0' && s[i] <= '9') || (s[i] >= 'a' && s[i] <= 'f');

        if (shape[i] == '-' ? s[i] != '-' : !hex)
            return false;
    }
    return s[i] == '\0';
}

void id_secret(char *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint8_t byte;

        random_bytes(&byte, 1);
        snprintf(out + 2 * i, 3, "%02x", byte);
    }
}
