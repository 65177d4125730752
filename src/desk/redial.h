/* redial.h - a closer's telephone whose line breaks in mid call is rung again. Inside desk/ only. Control loop. */
#ifndef BATON_DESK_REDIAL_H
#define BATON_DESK_REDIAL_H

#include "desk/desk_priv.h"

/* How long a closer's line may say nothing at all before the AI keeps the prospect company: they shall not sit in silence for two seconds. */
enum { LINE_LOST_MS = 1200 };

void redial_init(struct handoff *h);
void redial_watch(struct offer *o);     /* accepted by telephone */
void redial_media(struct offer *o, const struct media_event *ev);
bool redial_ended(struct offer *o);     /* its line ended, and nobody hung up. False: there is nothing to be done */
void redial_stop(struct handoff *h);    /* the closer is back, or is not waited for any more */

#endif
