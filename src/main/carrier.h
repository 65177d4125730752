/* carrier.h - `baton phone` as a child process whose events are read line by line. */
#ifndef BATON_MAIN_CARRIER_H
#define BATON_MAIN_CARRIER_H

#include <jansson.h>

#include "base/loop.h"

struct carrier;

struct carrier_params {
    int port, target_port;
    const char *people_file;
    const char *record_dir; /* recordings at the far end; NULL: none */
    const char *line;       /* how bad everybody's line is (bad_line.h); NULL: as the people's file says */
    int ears, voices;       /* worker processes; 0: one; ears < 0: none, for people who go by timing */
    struct loop *control;
    void (*fn)(const json_t *event, void *arg); /* on the control loop; NULL: the process has ended */
    void *arg;
};

int carrier_start(struct carrier **cp, const struct carrier_params *p);
void carrier_stop(struct carrier *c); /* SIGTERM, then waits; NULL is allowed */

#endif
