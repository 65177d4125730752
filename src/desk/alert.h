/* alert.h - which events a team wants to hear of outside the screens, and in which words. Pure. */
#ifndef BATON_DESK_ALERT_H
#define BATON_DESK_ALERT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* A hot lead waits for a closer; a callback is at risk. */
bool alert_wants(const char *kind);

/* One line. `event` as event_list gives it, `lead` a row of lead_get, `closer` the name of who keeps the promise (NULL: nobody yet). Names and numbers of points
 * only: no telephone number and no word of the prospect leaves by it. */
void alert_text(char *out, size_t size, const json_t *event, const json_t *lead, const char *closer);

#endif
