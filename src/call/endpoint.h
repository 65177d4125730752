/* endpoint.h - how long must a pause be to end a turn? From what was asked, how the words so far end, and how this caller pauses. Pure. */
#ifndef BATON_CALL_ENDPOINT_H
#define BATON_CALL_ENDPOINT_H

#include "call/turn_text.h"
#include "talk/talk.h"

struct endpoint_params {
    int wait_ms[TEXT_ENDS][EXPECT_THINKING + 1]; /* from the last voiced sample, by how the text ends and what was asked */
    int usual_pause_ms;                          /* a caller's own pauses above this make us wait longer, below it shorter */
    int slower_max_ms, faster_max_ms;            /* by so much at most */
};
extern const struct endpoint_params endpoint_params_default;

/* What was learned about this caller in this call. Zeroed is "nothing yet". */
struct endpoint_caller {
    int pause_ms;   /* moving average of the pauses within their turns; 0: none yet */
    int patience_ms; /* from turns that we took too early; falls with each that we did not */
};

/* They went on after a pause within their turn. */
void endpoint_on_pause(struct endpoint_caller *c, int pause_ms);
/* They went on after we had taken the turn. */
void endpoint_on_cutoff(struct endpoint_caller *c);
/* A turn was taken and kept. */
void endpoint_on_turn(struct endpoint_caller *c);

/* From the last voiced sample to the end of the turn. text: all of it so far, NULL while some of it is still to come. */
int endpoint_wait_ms(const struct endpoint_params *p, const struct endpoint_caller *c, enum talk_expects asked, const char *text);

#endif
