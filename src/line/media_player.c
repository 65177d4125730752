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

/* The sound that would have come, falling to silence; the clip stays where it is. */
static void fade_out(struct player *pl, int16_t out[MEDIA_FRAME])
{
    const struct play_item *it = first(pl);

    memset(out, 0, MEDIA_FRAME * sizeof *out);
    for (size_t i = 0; pl->fade_out && it != NULL && i < PLAYER_FADE && it->at + i < it->clip->n; i++)
        out[i] = (int16_t)(it->clip->pcm[it->at + i] * (int)(PLAYER_FADE - i) / PLAYER_FADE);
    pl->fade_out = false;
}

static void fade_in(struct player *pl, int16_t out[MEDIA_FRAME])
{
    for (int i = 0; pl->fade_in && i < PLAYER_FADE; i++)
        out[i] = (int16_t)(out[i] * i / PLAYER_FADE);
    pl->fade_in = false;
}

static bool player_silent_frame(struct player *pl, int16_t out[MEDIA_FRAME])
{
    bool sound = pl->fade_out;

    fade_out(pl, out);
    return sound;
}

bool player_frame(struct player *pl, int16_t out[MEDIA_FRAME], struct play_marks *marks)
{
    struct play_item *it;
    size_t filled = 0;
    unsigned ended = 0;

    marks->n = 0;
    if (pl->paused)
        return player_silent_frame(pl, out);
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
    if (filled > 0)
        fade_in(pl, out);
    return filled > 0;
}

bool player_pause(struct player *pl, struct media_event *ev)
{
    const struct play_item *it = first(pl);

    if (it == NULL || looping(it) || pl->paused)
        return false;
    pl->paused = pl->fade_out = true;
    *ev = (struct media_event){.kind = MEDIA_EV_PAUSED, .seq = it->seq, .played_ms = (int)(it->sent / (CLIP_RATE / 1000))};
    return true;
}

void player_resume(struct player *pl, int back_ms)
{
    struct play_item *it = first(pl);
    size_t back = (size_t)back_ms * (CLIP_RATE / 1000);

    if (!pl->paused)
        return;
    pl->paused = pl->fade_out = false;
    pl->fade_in = it != NULL && it->at > 0;
    if (it == NULL)
        return;
    back = back < it->at ? back : it->at;
    it->at -= back;
    it->sent -= back;
}

bool player_ducks(const struct player *pl)
{
    return pl->n > 0 && (pl->items[pl->head].flags & MPORT_PLAY_DUCK_PEER) != 0;
}

bool player_drop(struct player *pl, struct media_event *ev)
{
    pl->paused = pl->fade_out = false;
    if (pl->n == 0)
        return false;
    *ev = done_event(first(pl), true);
    remove_first(pl);
    return true;
}
