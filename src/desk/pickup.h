/* pickup.h - who picked up a closer's telephone number? A voicemail may have; so whoever it is hears nothing of the prospect before they have pressed 1.
 *
 *   ASKING --1--> TAKEN;  --2--> PASSED;  --a voicemail, the network, a fax--> MACHINE;  --window over--> TIMEOUT
 *
 * "Press one" is said twice. Meanwhile the detector of calls (call/answer.h) listens, so that the next closer need not wait for the end of the window because of a
 * voicemail. Control loop only. */
#ifndef BATON_DESK_PICKUP_H
#define BATON_DESK_PICKUP_H

#include "call/answer.h"
#include "desk/desk_priv.h"

enum pickup_result { PICKUP_TAKEN, PICKUP_PASSED, PICKUP_MACHINE, PICKUP_TIMEOUT };

/* Told once; the pickup listens no more. */
typedef void(pickup_fn)(enum pickup_result r, void *arg);

enum pickup_purpose { PICKUP_OFFER, PICKUP_CALLBACK };

struct pickup; /* refcounted */

/* The leg of `port` was answered. window_ms: how long a key is waited for. ENOMEM. */
int pickup_start(struct pickup **pp, struct desk *d, struct mport *port, enum pickup_purpose purpose, int window_ms, pickup_fn *fn, void *arg);
void pickup_media(struct pickup *p, const struct media_event *ev); /* keys, and the end of what is said */
/* Nothing more is told. Then obj_unref. NULL is fine; so is one that is over. */
void pickup_stop(struct pickup *p);

/* Lays the question ready while the telephone rings. */
void pickup_prepare(struct desk *d, enum pickup_purpose purpose);

#endif
