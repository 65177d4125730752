/* id.h - identifiers: UUID version 7 (RFC 9562) as lower-case text, so that they sort by creation time. */
#ifndef BATON_BASE_ID_H
#define BATON_BASE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ID_MAX = 37 }; /* 36 characters and the end */

/* A new identifier for the instant now_ms (UTC). Ids of one millisecond made by one process still ascend.
 * Random bits from the operating system. Thread-safe. Returns out. */
const char *id_new(char out[ID_MAX], int64_t now_ms);

bool id_valid(const char *s); /* shape only: any UUID text */

/* `n` random bytes as 2n hex digits and the end (for tokens and secrets). */
void id_secret(char *out, size_t n);

#endif
