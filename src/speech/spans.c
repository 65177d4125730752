#include "speech/spans.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/banned.h"

enum { MARGIN = SPAN_MARGIN_MS * 8, LONGEST = SPAN_MAX_S * 8000, SEARCH = 5 * 8000 };

struct list {
    struct span *span;
    size_t n, room;
    const float *prob; /* of each chunk */
    size_t samples;
};

static int add(struct list *l, size_t begin, size_t end)
{
    if (l->n == l->room) {
        size_t room = l->room > 0 ? 2 * l->room : 64;
        struct span *span = realloc(l->span, room * sizeof *span);

        if (span == NULL)
            return ENOMEM;
        l->span = span;
        l->room = room;
    }
    l->span[l->n++] = (struct span){begin, end};
    return 0;
}

/* The least probable chunk in the last seconds before the limit. */
static size_t quietest(const struct list *l, size_t begin)
{
    size_t best = begin + LONGEST - SEARCH;

    for (size_t at = best; at < begin + LONGEST; at += VAD_CHUNK)
        if (l->prob[at / VAD_CHUNK] < l->prob[best / VAD_CHUNK])
            best = at;
    return best;
}

/* Speech with its margins, without overlap with the span before, cut to the longest length. */
static int add_speech(struct list *l, size_t began, size_t ended)
{
    size_t begin = began > MARGIN ? began - MARGIN : 0, end = ended + MARGIN;
    int err = 0;

    if (l->n > 0 && begin < l->span[l->n - 1].end)
        begin = l->span[l->n - 1].end;
    if (end > l->samples)
        end = l->samples;
    while (!err && end > begin && end - begin > LONGEST) {
        size_t cut = quietest(l, begin);

        err = add(l, begin, cut);
        begin = cut;
    }
    return err || end <= begin ? err : add(l, begin, end);
}

static int walk(struct list *l, float *prob, const struct vad_model *m, const int16_t *pcm)
{
    struct vad_params params = vad_params_default;
    struct vad v;
    int err = 0;

    params.min_silence_ms = SPAN_PAUSE_MS;
    vad_init(&v, m, &params);
    for (size_t at = 0; at < l->samples && !err; at += VAD_CHUNK) {
        size_t n = l->samples - at < VAD_CHUNK ? l->samples - at : VAD_CHUNK;
        enum vad_event e = vad_push(&v, pcm + at, n);

        prob[at / VAD_CHUNK] = v.prob;
        if (e == VAD_STOP)
            err = add_speech(l, (size_t)v.speech_began, (size_t)v.last_voiced);
    }
    if (!err && v.speaking)
        err = add_speech(l, (size_t)v.speech_began, l->samples);
    return err;
}

int spans_find(struct span **spans, size_t *n, const struct vad_model *m, const int16_t *pcm, size_t samples)
{
    float *prob = calloc(samples / VAD_CHUNK + 1, sizeof *prob);
    struct list l = {.prob = prob, .samples = samples};
    int err;

    if (prob == NULL)
        return ENOMEM;
    err = walk(&l, prob, m, pcm);
    free(prob);
    if (err) {
        free(l.span);
        return err;
    }
    *spans = l.span;
    *n = l.n;
    return 0;
}
