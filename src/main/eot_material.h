/* eot_material.h - turns with pauses, as a live call would hear them: spoken by synthetic voices or from recordings, through voice activity and recogniser. */
#ifndef BATON_MAIN_EOT_MATERIAL_H
#define BATON_MAIN_EOT_MATERIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "main/studio.h"
#include "talk/talk.h"

enum { EOT_TURNS_MAX = 400, EOT_PAUSES_MAX = 24 };

/* A silence that the detector saw. */
struct eot_pause {
    int ms;        /* until they spoke on; 0: the turn was over */
    int ready_ms;  /* from the last voiced sample until its text was there */
    char *text;    /* all words of the turn so far; owned */
};

struct eot_turn {
    enum talk_expects asked;
    size_t n;
    struct eot_pause pause[EOT_PAUSES_MAX]; /* the last one is the end */
};

struct eot_material {
    size_t n;
    struct eot_turn turn[EOT_TURNS_MAX];
    double speech_s;
};

struct eot_sources {
    const char *answers;      /* file of answers with pauses; NULL: none */
    const char *clips;        /* folder of recordings of one speaker each: every pause but the last is within the turn; NULL: none */
    struct studio_params studio;
};

/* Speaks and hears it all; minutes of speech in seconds. 0, or errno with the reason on standard error. */
int eot_material_make(struct eot_material *m, const struct eot_sources *s);
void eot_material_release(struct eot_material *m);

#endif
