/* media_player.h - the queue of clips of one port. Clips follow each other without a gap, also within a frame. */
#ifndef BATON_LINE_MEDIA_PLAYER_H
#define BATON_LINE_MEDIA_PLAYER_H

#include <stdbool.h>
#include <stdint.h>

#include "line/media.h"

enum {
    PLAYER_SILENCE = 64,        /* |sample| up to this is not yet speech */
    PLAYER_FADE = 40,           /* samples: a pause and its end do not click */
    PLAYER_CLIPS_PER_FRAME = 4, /* very short clips beyond that wait for the next frame */
    PLAYER_MARKS_MAX = 2 * PLAYER_CLIPS_PER_FRAME,
};

struct play_item {
    struct clip *clip;
    uint32_t seq;
    unsigned flags;
    bool audible;  /* PLAY_STARTED is out */
    size_t at;     /* next sample of the clip */
    uint64_t sent; /* samples, over all rounds of a loop */
};

struct player { /* value; zeroed is empty */
    struct play_item items[MEDIA_PLAY_QUEUE_MAX];
    unsigned head, n;
    bool paused, fade_out, fade_in; /* fade_out: the fade of a pause is still to be sent */
};

/* Events that a frame causes; at_us is stamped by whoever sends it. */
struct play_marks {
    unsigned n;
    struct media_event ev[PLAYER_MARKS_MAX];
};

/* Takes a reference. False when the queue is full. */
bool player_add(struct player *pl, struct clip *clip, uint32_t seq, unsigned flags);

/* Writes the next frame (silence when there is nothing) and what it causes. False when nothing plays. */
bool player_frame(struct player *pl, int16_t out[MEDIA_FRAME], struct play_marks *marks);

bool player_ducks(const struct player *pl); /* the playing clip wants the peer lowered */

/* Pauses the first clip and tells where. False when nothing plays, it loops, or it is paused. */
bool player_pause(struct player *pl, struct media_event *ev);
void player_resume(struct player *pl, int back_ms);

/* Takes the first clip out of the queue and tells how it ended. False when the queue is empty. */
bool player_drop(struct player *pl, struct media_event *ev);

#endif
