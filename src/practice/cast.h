/* cast.h - the people of a file in many calls at once: each role is a person with a number, a voice, a pace and wordings of its own. */
#ifndef BATON_PRACTICE_CAST_H
#define BATON_PRACTICE_CAST_H

#include "practice/persona.h"

enum { CAST_ROLES_MAX = 150, CAST_NUMBER_MAX = 16 };

struct cast_role {
    const struct persona *who;
    uint32_t seed;      /* 0: voice and pace as written */
    int interrupt_ms;   /* > 0: instead of the person's own */
};

/* The number of the ith role: made for fiction, and valid. */
void cast_number(char out[CAST_NUMBER_MAX], size_t i);

/* Writes a people file for `baton phone`: the roles, the cues and the closers of `people`. 0 or errno. */
int cast_write(const char *path, const struct people *people, const struct cast_role *roles, size_t n);

#endif
