/* hold_music.h - what a prospect hears who waits: quiet chords that come and go, so that the line is never dead. */
#ifndef BATON_DESK_HOLD_MUSIC_H
#define BATON_DESK_HOLD_MUSIC_H

#include "base/clip.h"

/* A clip to be played in a loop; the caller's reference. ENOMEM. */
int hold_music_alloc(struct clip **cp);

#endif
