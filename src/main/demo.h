/* demo.h - the parts of `baton demo`: one readable line per event, and the one checked call. */
#ifndef BATON_MAIN_DEMO_H
#define BATON_MAIN_DEMO_H

#include "main/rig.h"

void demo_print_event(const json_t *event);

/* Runs one hot call with what of p concerns the rig. Prints one JSON object (or, without json, a few lines). 0 only if the prospect and the closer heard each
 * other. */
int demo_once(const struct rig_params *p, bool json);

#endif
