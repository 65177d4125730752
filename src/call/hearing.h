/* hearing.h - how likely the words of a turn are what was said: from the recogniser's own probabilities, over all pieces of the turn. Pure. */
#ifndef BATON_CALL_HEARING_H
#define BATON_CALL_HEARING_H

struct hearing_sum { int words; double sum; }; /* zeroed is "nothing heard yet" */

/* A piece of the turn: its text and the mean log probability of its tokens (<= 0). Longer pieces weigh more. */
void hearing_add(struct hearing_sum *h, const char *text, float log_probability);

/* 0.01..0.97, or 0 when nothing was heard: the share of texts of this log probability with at least three words of four right, as measured on
 * telephone speech, clean and over noise and loss (docs/latency.md). */
float hearing_confidence(const struct hearing_sum *h);

#endif
