#include "line/media_player.h"

#include <string.h>

#include "base/obj.h"

#include "base/banned.h"

bool player_add(struct player *pl, struct clip *clip, uint32_t seq, unsigned flags)
{
    if (pl->n == MEDIA_PLAY_QUEUE_MAX)
        return false;
    pl->items[(pl->head + pl->n++) % MEDIA_PLAY_QUEUE_MAX] =
        (struct play_item){.clip = obj_ref(clip), .seq = seq, .flags = flags};
    return true;
}

static struct play_item *first(struct player *pl)
{
    return pl->n > 0 ? &pl->items[pl->head] : NULL;
}

static bool looping(const struct play_item *it)
{
    return (it->flags & MPORT_PLAY_LOOP) != 0 && it->clip->n > 0;
}

static void mark(struct play_marks *m, struct media_event ev)
{
    if (m->n < PLAYER_MARKS_MAX)
        m->ev[m->n++] = ev;
}

static void remove_first(struct player *pl)
{
    obj_unref(first(pl)->clip);
    pl->head = (pl->head + 1) % MEDIA_PLAY_QUEUE_MAX;
    pl->n--;
}

static bool loud(const int16_t *pcm, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pcm[i] > PLAYER_SILENCE || pcm[i] < -PLAYER_SILENCE)
            return true;
    return false;
}

/* Copies up to `room` samples of the clip; returns how many. */
static size_t copy_some(struct play_item *it, int16_t *out, size_t room, struct play_marks *m)
{
    size_t n = it->clip->n - it->at;

    if (n > room)
        n = room;
    memcpy(out, it->clip->pcm + it->at, n * sizeof *out);
    it->at += n;
    it->sent += n;
    if (!it->audible && loud(out, n)) {
        it->audible = true;
        mark(m, (struct media_event){.kind = MEDIA_EV_PLAY_STARTED, .seq = it->seq});
    }
    return n;
}

static struct media_event done_event(const struct play_item *it, bool stopped)
{
    return (struct media_event){
        .kind = MEDIA_EV_PLAY_DONE,
        .seq = it->seq,
        .played_ms = (int)(it->sent / (CLIP_RATE / 1000)),
        .stopped = stopped,
    };
}

bool player_frame(struct player *pl, int16_t out[MEDIA_FRAME], struct play_marks *marks)
{
    struct play_item *it;
    size_t filled = 0;
    unsigned ended = 0;

    marks->n = 0;
    while (filled < MEDIA_FRAME && ended < PLAYER_CLIPS_PER_FRAME && (it = first(pl)) != NULL) {
        filled += copy_some(it, out + filled, MEDIA_FRAME - filled, marks);
        if (it->at < it->clip->n)
            continue;
        if (looping(it)) {
            it->at = 0;
            continue;
        }
        mark(marks, done_event(it, false));
        remove_first(pl);
        ended++;
    }
    memset(out + filled, 0, (MEDIA_FRAME - filled) * sizeof *out);
    return filled > 0;
}

bool player_ducks(const struct player *pl)
{
    return pl->n > 0 && (pl->items[pl->head].flags & MPORT_PLAY_DUCK_PEER) != 0;
}

bool player_drop(struct player *pl, struct media_event *ev)
{
    if (pl->n == 0)
        return false;
    *ev = done_event(first(pl), true);
    remove_first(pl);
    return true;
}
