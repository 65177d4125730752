/* simulate.h - what the parts of `baton simulate` share: who is rehearsed, how often, and what came of it. */
#ifndef BATON_MAIN_SIMULATE_H
#define BATON_MAIN_SIMULATE_H

#include <jansson.h>
#include <stdbool.h>

#include "main/config.h"
#include "practice/case.h"
#include "practice/cast.h"
#include "practice/persona.h"
#include "talk/scenario.h"
#include "talk/understand.h"

enum { SIM_ROWS_MAX = 500, SIM_RUNS_MAX = CASE_RUNS_MAX, SIM_CALLS_MAX = CAST_ROLES_MAX, SIM_AT_ONCE_MAX = 16, SIM_MISSES_MAX = 50, SIM_SCENARIOS_MAX = 8 };

struct sim_options {
    char people[CONFIG_TEXT_MAX], scenario[CONFIG_TEXT_MAX];
    int runs;                 /* of each row; 0: one, or what a case says */
    int seed;
    int min_percent;          /* exit 1 below: of the runs that passed; by voice, of those that ended right */
    bool no_model, json, voice;
    int calls, at_once, ears, people_ears;
    const char *data_dir;     /* voice: kept there; NULL: a folder that is removed */
    const char *only;         /* part of a name; NULL: everybody */
};

/* One person, or one case: a line of the table. */
struct sim_row {
    const char *name;
    const struct persona *who;       /* NULL: written turns */
    struct sim_case *turns;          /* owned; NULL: a person as in the people file */
    const struct expectation *expect;
    struct scenario *scenario;       /* borrowed of the simulation */
    struct und *und;
    int runs, passed;                /* passed: everything was as expected */
    int ended_right;                 /* outcome and bucket were */
    json_t *misses;                  /* [{"seed","what","want","got","call"?}], at most SIM_MISSES_MAX */
};

struct sim_scenario { char path[CONFIG_TEXT_MAX]; struct scenario *sc; struct und *und; };

struct simulation {
    struct sim_options o;
    struct people *people;
    size_t row_count, scenario_count;
    struct sim_row rows[SIM_ROWS_MAX];
    struct sim_scenario scenarios[SIM_SCENARIOS_MAX];
    json_t *numbers;                 /* what the mode measured, for the report */
};

/* simulate_load.c: 0, or an exit code after saying why */
int sim_load_people(struct simulation *s);                    /* a row for everybody with an expectation */
int sim_load_cases(struct simulation *s, const char *path);   /* a file, or every *.yaml of a folder in the order of names */
void sim_release(struct simulation *s);

/* One run of a row is over; `misses` is stolen. */
void sim_count(struct sim_row *row, uint32_t seed, json_t *misses);

/* Does somebody of this row speak over us? */
bool sim_interrupts(const struct sim_row *row);

/* Each mode plays every row. 0 or an exit code. */
int sim_text(struct simulation *s);
int sim_voice(struct simulation *s);

/* simulate_report.c: prints, and gives the exit code: 0, or 1 below the rate that was asked for. */
int sim_report(struct simulation *s);

/* simulate_call.c: `--from-call`: a stored call as a case on standard output. */
int sim_from_call(const char *data_dir, const char *call_id);

#endif
