/* desk_notes.h - everybody in a test of the desk sings a note of their own on their telephone, so that it is known who hears whom. */
#ifndef BATON_TESTS_DESK_NOTES_H
#define BATON_TESTS_DESK_NOTES_H

#include <math.h>

#include "unit/desk_rig.h"

/* Above the music of those who wait; it, and any other sound that is none of the notes, counts as a voice of its own. */
enum { NOTES = 4, NOTE_LEVEL = 4000, PROSPECT = 1, ANN = 2, BEN = 4, MIA = 8, MUSIC = 16, STEADY = 8 };
static const int note_hz[NOTES] = {1500, 2000, 2500, 3000};

struct singer {
    struct phone *phone;
    struct clip *song;
    atomic_int heard, steady; /* a set of the above, and for how many frames in a row */
};

static inline double note_level(const int16_t *pcm, int n, int hz)
{
    double k = 2 * cos(2 * 3.14159265358979 * hz / 8000), s1 = 0, s2 = 0;

    for (int i = 0; i < n; i++) {
        double s = pcm[i] + k * s1 - s2;

        s2 = s1;
        s1 = s;
    }
    return sqrt(fabs(s1 * s1 + s2 * s2 - k * s1 * s2)) * 2 / n;
}

static inline int notes_in(const int16_t *pcm, int n)
{
    double power = 0, rest;
    int set = 0;

    for (int i = 0; i < n; i++)
        power += (double)pcm[i] * pcm[i] / n;
    rest = power;
    for (int i = 0; i < NOTES; i++) {
        double level = note_level(pcm, n, note_hz[i]);

        rest -= level * level / 2;
        if (level > NOTE_LEVEL / 4.0)
            set |= 1 << i;
    }
    return rest > 40 * 40 + power / 50 ? set | MUSIC : set; /* what the codec adds lies far below */
}

static inline void singer_frame(const int16_t *pcm, const int16_t *ours, bool concealed, int64_t at_us, void *arg)
{
    struct singer *s = arg;
    int set = notes_in(pcm, MEDIA_FRAME);

    (void)ours;
    (void)concealed;
    (void)at_us;
    atomic_store(&s->steady, set == atomic_load(&s->heard) ? atomic_load(&s->steady) + 1 : 0);
    atomic_store(&s->heard, set);
}

static inline struct clip *note_clip(int note)
{
    struct clip *c = NULL;

    assert_int_equal(clip_alloc(&c, 8000), 0);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = (int16_t)(NOTE_LEVEL * sin(2 * 3.14159265358979 * note_hz[note] * (double)i / 8000));
    return c;
}

/* The phone is up: from now on it sings. */
static inline void singer_begin(struct singer *s, struct phone *p, int note)
{
    *s = (struct singer){.phone = p, .song = note_clip(note)};
    atomic_store(&s->heard, -1);
    mport_set_tap(leg_port(p->leg), &(struct mport_tap){.frame = singer_frame, .arg = s, .closed = phone_closed});
    mport_play(leg_port(p->leg), s->song, 9, MPORT_PLAY_LOOP);
}

static inline bool singer_hears(const struct singer *s, int set)
{
    return atomic_load(&s->heard) == set && atomic_load(&s->steady) >= STEADY;
}

#endif
