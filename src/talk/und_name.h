/* und_name.h - competitors by name, also as a recogniser splits and misspells them. */
#ifndef BATON_TALK_UND_NAME_H
#define BATON_TALK_UND_NAME_H

#include "talk/scenario.h"
#include "talk/und_priv.h"

/* Fills the canonical names in order of mention. */
void und_read_names(struct understanding *out, const struct reading *r, const struct sc_competitor *names, size_t n);

#endif
