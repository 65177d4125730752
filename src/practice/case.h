/* case.h - one simulated talk as a YAML file: who talks, or what is said turn by turn, and what should come of it (docs/simulate.md). Read-only. */
#ifndef BATON_PRACTICE_CASE_H
#define BATON_PRACTICE_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "practice/expectation.h"

enum { CASE_BYTES_MAX = 256 * 1024, CASE_TURNS_MAX = 200, CASE_RUNS_MAX = 10000, CASE_BARGE_MAX_MS = 60000 };

enum case_turn_kind { CASE_SAY, CASE_SILENCE, CASE_KEY, CASE_HANG_UP, CASE_MACHINE };

struct case_turn {
    enum case_turn_kind kind;
    const char *text;
    int silence_ms;
    char digit;
    int barge_in_at;  /* begins so many ms into what we are saying; 0: when we have finished */
    bool on_hold;     /* while a human is being fetched */
    float confidence; /* of the words; 0: clear */
};

struct case_lead { const char *first_name, *last_name, *company, *title, *source, *partner, *email; };

struct sim_case { /* refcounted */
    struct yaml_doc *doc;      /* owns the texts */
    const char *name;          /* "" when the file gives none */
    const char *scenario;      /* path, or NULL */
    const char *persona;       /* name of somebody of the people file, or NULL */
    struct case_lead lead;
    char *known_answers;       /* JSON of an earlier talk's answers, or NULL */
    int64_t now_ms;            /* UTC; 0: not given */
    int utc_offset_s;          /* of the lead */
    int runs;                  /* 0: not given */
    uint32_t seed;
    bool handoff_fails;        /* nobody is free */
    int barge_in_at;           /* the persona speaks over us so late in a sentence; 0: as they usually do */
    size_t turn_count;
    struct case_turn turns[CASE_TURNS_MAX];
    struct expectation expect;
};

/* On failure `why` says "line N: reason". 0, EINVAL, EMSGSIZE or ENOMEM. */
int case_parse(struct sim_case **cp, const char *text, size_t n, char *why, size_t why_size);

#endif
