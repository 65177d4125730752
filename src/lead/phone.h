/* phone.h - telephone numbers: E.164 text inside, people's writing outside. Thread-safe. */
#ifndef BATON_LEAD_PHONE_H
#define BATON_LEAD_PHONE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { PHONE_MAX = 20, PHONE_ZONE_NAME_MAX = 48 };

/* E.164 by libphonenumber. EINVAL with `why` ("is too short") when it is no valid number. */
int phone_normalise(char out[PHONE_MAX], const char *text, const char *default_region, char *why, size_t why_size);

/* Candidate IANA zones of a number (gate.h): 0 = unknown. Every zone of the number's whole area, and of its state. */
int phone_zones(char zones[][PHONE_ZONE_NAME_MAX], int max, const char *e164);

/* "(415) 555-0123" for people to read; falls back to the input. */
void phone_format(char *out, size_t size, const char *e164);

#ifdef __cplusplus
}
#endif

#endif
