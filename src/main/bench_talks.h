/* bench_talks.h - whole conversations on the rig, some at a time, with the latency ledger of each turn. */
#ifndef BATON_MAIN_BENCH_TALKS_H
#define BATON_MAIN_BENCH_TALKS_H

#include <stdbool.h>

#include "main/bench_stats.h"

enum talk_step { STEP_END_OF_TURN, STEP_STT_FINAL, STEP_DECIDED, STEP_QUEUED, STEP_FIRST_RTP, STEP_COUNT };
extern const char *const talk_step_names[STEP_COUNT]; /* as in the ledger */

struct talks_params {
    const char *people_file;
    int at_once;                     /* conversations at the same time */
    int turns;                       /* stops after so many turns with a ledger; 0: after one conversation of each of `at_once` people */
    int limit_s;                     /* gives up after so long */
    const char *line;                /* how bad everybody's line is (bad_line.h); NULL: as the file says */
    int ears, voice;                 /* workers of the system */
    int people_ears;                 /* of the carrier; -1: none */
};

struct talks_result {
    struct samples step[STEP_COUNT]; /* ms since the prospect's last voiced sample, one per turn */
    struct samples opening;          /* ms from the answer to our first audio, one per call */
    struct samples barge_silent, barge_detected; /* ms from the first sound of an interruption until our voice was silent, until it was sure that they speak */
    struct samples barge_wire;       /* the same until silence as the carrier saw it in the packets */
    struct samples overlap;          /* ms that both voices sounded by our doing, of each turn of the prospect */
    int barge_void, barge_ignored;   /* words of a listener's signal that we went on after; interruptions that the carrier saw us talk through */
    struct samples gap;              /* ms of silence between the voices on the carrier's own recordings */
    int calls, failed, cut_turns;    /* conversations ended; without any turn; sentences of ours that were interrupted */
    int words_said, words_wrong;     /* by people; of these substituted, left out or added by our recogniser */
    int score;                       /* sum over calls */
    double seconds, cpu_s;           /* from the first lead to the last end: wall, and CPU of system, workers and carrier */
};

/* Runs them. 0, or 1 with the reason on standard error. */
int bench_talks_run(struct talks_result *out, const struct talks_params *p);
void bench_talks_release(struct talks_result *r);

/* personas/FILE beside the scenarios. */
void bench_people_path(char *out, size_t size, const char *file);

#endif
