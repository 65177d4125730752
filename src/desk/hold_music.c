#include "desk/hold_music.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>

#include "base/banned.h"

enum { RATE = 8000, BEAT = RATE / 2, BEATS_A_CHORD = 8, CHORDS = 4, NOTES = 4, LEVEL = 1400 };

/* Half tones above A3: A minor seventh, F major seventh, C major, G major with the sixth; each broken up and down again. */
static const int chord[CHORDS][NOTES] = {{0, 3, 7, 10}, {-4, 0, 3, 7}, {3, 7, 10, 15}, {-2, 2, 5, 7}};
static const int order[BEATS_A_CHORD] = {0, 1, 2, 3, 2, 1, 2, 1};

static double pitch(int half_tones)
{
    return 220.0 * pow(2.0, half_tones / 12.0);
}

/* A plucked note: it begins softly and dies away over two beats; the last ones reach into the next round of the loop. */
static void add_note(struct clip *c, size_t at, double hz)
{
    const size_t n = 2 * BEAT;

    for (size_t i = 0; i < n; i++) {
        double t = (double)i / RATE, envelope = (1 - exp(-t * 60)) * exp(-t * 3.5) * (1 - (double)i / (double)n);
        int16_t *to = &c->pcm[(at + i) % c->n];

        *to = (int16_t)(*to + lrint(LEVEL * envelope * (sin(2 * M_PI * hz * t) + 0.3 * sin(4 * M_PI * hz * t))));
    }
}

int hold_music_alloc(struct clip **cp)
{
    struct clip *c = NULL;
    int err = clip_alloc(&c, (size_t)BEAT * BEATS_A_CHORD * CHORDS);

    if (err)
        return err;
    for (size_t beat = 0; beat < BEATS_A_CHORD * CHORDS; beat++)
        add_note(c, beat * BEAT, pitch(chord[beat / BEATS_A_CHORD][order[beat % BEATS_A_CHORD]]));
    *cp = c;
    return 0;
}
