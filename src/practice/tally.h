/* tally.h - how often something passed, with its interval. */
#ifndef BATON_PRACTICE_TALLY_H
#define BATON_PRACTICE_TALLY_H

/* Wilson's 95 % interval of a share: low and high from 0 to 1; 0 to 1 without runs. */
void tally_wilson(double *low, double *high, int passed, int runs);

#endif
