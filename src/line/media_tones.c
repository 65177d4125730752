#include "line/media_tones.h"

#include <stdlib.h>
#include <string.h>

#include <spandsp.h>

#include "base/banned.h"

struct media_tones {
    dtmf_tx_state_t *generator;
};

struct media_tones *media_tones_alloc(void)
{
    struct media_tones *t = calloc(1, sizeof *t);

    if (t == NULL)
        return NULL;
    t->generator = dtmf_tx_init(NULL);
    if (t->generator == NULL) {
        free(t);
        return NULL;
    }
    dtmf_tx_set_timing(t->generator, TONES_ON_MS, TONES_OFF_MS);
    dtmf_tx_set_level(t->generator, TONES_LEVEL_DBM0, 0);
    return t;
}

void media_tones_free(struct media_tones *t)
{
    if (t == NULL)
        return;
    dtmf_tx_free(t->generator);
    free(t);
}

bool media_tones_queue(struct media_tones *t, char key)
{
    return key != '\0' && strchr("0123456789*#ABCD", key) != NULL && dtmf_tx_put(t->generator, &key, 1) == 0;
}

bool media_tones_sound(struct media_tones *t, int16_t pcm[160])
{
    int16_t tones[160];
    int n = dtmf_tx(t->generator, tones, 160);

    if (n <= 0)
        return false;
    memset(tones + n, 0, (size_t)(160 - n) * sizeof tones[0]);
    memcpy(pcm, tones, sizeof tones);
    return true;
}
