/* cmd_bench_media_ai.h - the AI's side of a benched call: voice activity on what is heard, one dialogue step an utterance, the
 * prompt played in answer and stopped when the far end speaks again. */
#ifndef BATON_MAIN_CMD_BENCH_MEDIA_AI_H
#define BATON_MAIN_CMD_BENCH_MEDIA_AI_H

#include <stdint.h>

#include "base/loop.h"
#include "line/media.h"
#include "main/bench_stats.h"
#include "main/cmd_bench_media.h"

struct bench_ai;     /* what all legs share: models, scenario, pool of talk threads, prompt */
struct bench_ai_leg; /* one leg; control loop, but for its tap */

/* Loads what the options name. With a scenario but without the sentence model the dialogue falls back to rules. 0 or errno. */
int bench_ai_alloc(struct bench_ai **ap, const struct bench_options *o, struct loop *control);
void bench_ai_free(struct bench_ai *a); /* after every leg; waits for steps under way */

/* Taps the port. Control loop. */
int bench_ai_leg_start(struct bench_ai_leg **lp, struct bench_ai *a, struct mport *port);
void bench_ai_leg_stop(struct bench_ai_leg *l); /* control loop; mport_close follows */

uint64_t bench_ai_utterances(const struct bench_ai *a); /* any thread */
/* Milliseconds from the end of an utterance, noticed by the media thread, until the answer was handed back to it, talk_step left out; control loop. */
struct samples *bench_ai_overhead(struct bench_ai *a);

#endif
