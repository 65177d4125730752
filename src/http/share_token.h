/* share_token.h - the token of a shared call: URL-safe base64 of call id (16 bytes), expiry (8 bytes, UTC ms, big-endian) and the first 16 bytes of an
 * HMAC-SHA-512-256 of both. Pure: the key and the time are given. */
#ifndef BATON_HTTP_SHARE_TOKEN_H
#define BATON_HTTP_SHARE_TOKEN_H

#include <stdint.h>

#include "base/id.h"

enum { SHARE_KEY_BYTES = 32, SHARE_TOKEN_MAX = 55 }; /* with the NUL */

/* A token that opens the call until then (UTC ms). ENOENT: call_id is no id. */
int share_token_write(char out[SHARE_TOKEN_MAX], const char *call_id, int64_t until_ms, const unsigned char key[SHARE_KEY_BYTES]);

/* The call that a token opens now; ENOENT for every token that was not made with this key, or has expired. Written only on success; the comparison takes the same time
 * whatever is wrong. */
int share_token_read(char call_id[ID_MAX], const char *token, const unsigned char key[SHARE_KEY_BYTES], int64_t now_ms);

#endif
