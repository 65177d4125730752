/* bench_lines_talks.h - whole conversations over bad lines. */
#ifndef BATON_MAIN_BENCH_LINES_TALKS_H
#define BATON_MAIN_BENCH_LINES_TALKS_H

#include <stdbool.h>

struct line_condition { const char *name, *spec; }; /* bad_line.h */
extern const struct line_condition line_conditions[]; /* the last has no spec */

struct lines_talks {
    long long calls;    /* over each line, at once */
    const char *only;   /* just this line; NULL: all of line_conditions */
    const char *people; /* a file; NULL: personas/demo.yaml */
    bool json;
};

/* Prints a row a line. An exit code. */
int bench_lines_talks(const struct lines_talks *p);

#endif
