/* simulate_text.c - every row as often as asked, without sound, as fast as the talk computes. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "main/simulate.h"
#include "practice/rehearsal.h"

#include "base/banned.h"

bool sim_interrupts(const struct sim_row *row)
{
    if (row->turns != NULL && row->turns->barge_in_at > 0)
        return true;
    for (size_t i = 0; row->turns != NULL && i < row->turns->turn_count; i++)
        if (row->turns->turns[i].barge_in_at > 0)
            return true;
    return row->who != NULL && row->who->interrupt_ms > 0;
}

static int run_once(struct sim_row *row, const struct people *people, uint32_t seed, int64_t *inputs)
{
    struct rehearsal_params p = {.scenario = row->scenario, .und = row->und, .people = people, .who = row->who, .turns = row->turns, .seed = seed};
    struct rehearsal r;
    struct observed o;
    json_t *misses;
    int err = rehearse(&r, &p);

    if (!err) {
        misses = json_array();
        rehearsal_observe(&o, &r, sim_interrupts(row));
        expectation_judge(misses, row->expect, &o);
        sim_count(row, seed, misses);
        *inputs += r.inputs;
    } else {
        fprintf(stderr, "baton simulate: %s: %s\n", row->name, strerror(err));
    }
    rehearsal_release(&r);
    return err ? 1 : 0;
}

static int runs_of(const struct simulation *s, const struct sim_row *row)
{
    if (s->o.runs > 0)
        return s->o.runs;
    return row->turns != NULL && row->turns->runs > 0 ? row->turns->runs : 1;
}

int sim_text(struct simulation *s)
{
    int64_t began = clock_mono_us(), inputs = 0, took;
    int err = 0;

    for (size_t i = 0; i < s->row_count; i++) {
        struct sim_row *row = &s->rows[i];
        uint32_t first = (uint32_t)s->o.seed + (row->turns != NULL ? row->turns->seed : 0);

        for (int k = 0; k < runs_of(s, row) && !err; k++)
            err = run_once(row, s->people, first + (uint32_t)k, &inputs);
    }
    took = clock_mono_us() - began;
    s->numbers = json_object();
    jx_set_int(s->numbers, "inputs", inputs);
    jx_set_num(s->numbers, "seconds", (double)took / 1e6);
    jx_set_num(s->numbers, "inputs_per_s", took > 0 ? (double)inputs * 1e6 / (double)took : 0);
    return err;
}
