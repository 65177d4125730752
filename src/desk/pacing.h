/* pacing.h - how many people may be dialled at once so that those who turn out hot find a human. Pure.
 *
 * With an AI that answers, nobody is abandoned: a hot lead for whom no closer is free is the loss to avoid. The expected number of hot leads among the calls in
 * progress is held at the number of closers who are or will soon be free. Whoever asked for a call, or calls us, never waits for this. */
#ifndef BATON_DESK_PACING_H
#define BATON_DESK_PACING_H

struct pacing {
    int closers_free;      /* available now */
    int closers_soon;      /* in wrap-up: free within a minute */
    int hot_waiting;       /* prospects who wait for a closer now */
    int calls_now;         /* paced calls in progress, each of which may turn hot */
    double hot_rate;       /* share of answered calls that turned hot lately; below 0: not known */
    int slots;             /* calls at once whatever happens */
};

/* How many more may be dialled now, 0 to slots - calls_now. One call at a time goes on even without a free closer, so that the rate stays known and the AI books. */
int pacing_more(const struct pacing *p);

#endif
