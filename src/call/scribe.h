/* scribe.h - what people say to one another on one leg of a recorded call, written down line by line: rows of turn, events call.turn.
 *
 * Nobody waits for these texts, so they come from background recognisers (speech.h): a little late when the recognisers are busy, and SCRIBE_MISSED in their
 * place when there was no room or no time for them. Control loop. */
#ifndef BATON_CALL_SCRIBE_H
#define BATON_CALL_SCRIBE_H

#include "call/tap.h"
#include "store/store.h"

enum { SCRIBE_LINES_MAX = 32 }; /* of a leg, waiting for their texts; at it the oldest is told as missed */

#define SCRIBE_MISSED "[not transcribed]"

struct scribe; /* refcounted; one more reference is held while lines wait for their texts, so that the last words of a call are not lost with it */

struct scribe_params {
    struct speech *speech;   /* all references are taken */
    struct store *store;
    struct loop *control;
    const char *call_id, *lead_id;
    const char *speaker;     /* prospect | closer */
    const char *name;        /* of a closer; may be NULL */
    int *turn_seq;           /* obj.h object: the number of the call's newest turn, shared by all who write turns of it */
    int64_t recording_us;    /* monotonic: when the recording began */
};
int scribe_alloc(struct scribe **sp, const struct scribe_params *p);

/* What the tap of the leg is to feed while people talk; borrowed. NULL of NULL. */
struct ears *scribe_ears(const struct scribe *s);
/* Of an utterance that went to these ears. */
void scribe_on_tap(struct scribe *s, const struct tap_event *ev);
/* A final that came to other ears: of an utterance that began before people talked to one another. */
void scribe_on_text(struct scribe *s, const struct ears_result *r);

#endif
