/* dtls.h - the key exchange of a browser leg: DTLS 1.2 as server (RFC 5764), on datagrams that the caller receives and sends.
 *
 * OpenSSL works on memory here, not on a socket: libre's DTLS wants a socket of its own, while a media port has one socket for STUN, DTLS and audio. The
 * certificate is made at start and vouched for by its fingerprint in the session description (RFC 8122); so is the browser's. */
#ifndef BATON_LINE_DTLS_H
#define BATON_LINE_DTLS_H

#include <re.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DTLS_FINGERPRINT = 32, DTLS_FINGERPRINT_TEXT = 3 * DTLS_FINGERPRINT, DTLS_KEY_MAX = 30, DTLS_MTU = 1200 };

struct dtls_identity; /* our certificate and key; refcounted (obj.h), any thread */

int dtls_identity_alloc(struct dtls_identity **ip);
void dtls_identity_fingerprint(const struct dtls_identity *id, char out[DTLS_FINGERPRINT_TEXT]); /* "AB:CD:..." of SHA-256 */
/* Reads such a text. False when it is none. */
bool dtls_fingerprint_parse(uint8_t out[DTLS_FINGERPRINT], const char *text);

typedef void(dtls_send_fn)(const uint8_t *datagram, size_t n, void *arg);

enum dtls_state { DTLS_WAITING, DTLS_UP, DTLS_CLOSED };

struct dtls; /* one association; one thread */

/* send is called from within the functions below. The browser's certificate must have this fingerprint. */
int dtls_alloc(struct dtls **dp, struct dtls_identity *id, const uint8_t fingerprint[DTLS_FINGERPRINT], dtls_send_fn *send, void *arg);
void dtls_take(struct dtls *d, const uint8_t *datagram, size_t n); /* parses bytes from outside */
void dtls_tick(struct dtls *d);                                     /* sends again what got no answer; every frame or so */
enum dtls_state dtls_state(const struct dtls *d);

/* The keys of both directions, with their salts behind them, once the state is DTLS_UP. */
struct dtls_keys { enum srtp_suite suite; size_t n; uint8_t ours[DTLS_KEY_MAX], theirs[DTLS_KEY_MAX]; };
int dtls_keys_get(struct dtls_keys *out, struct dtls *d);

void dtls_free(struct dtls *d); /* says goodbye (close_notify) if it was up; NULL is allowed */

#endif
