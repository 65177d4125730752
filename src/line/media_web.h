/* media_web.h - a browser's way of carrying audio on a port's one socket: what arrives is told apart by its first byte (RFC 7983).
 *
 *   0..3     STUN: connectivity checks (ice_lite.h). Whose check is valid may send the rest; whom the browser nominates is where we send to
 *   20..63   DTLS: the keys (dtls.h), from that address only
 *   128..191 SRTP, from that address only; SRTCP is not used and dropped
 *
 *   WAITING --valid check--> CHECKED --handshake, fingerprint fits--> SECURE --close_notify, broken handshake--> GONE
 *
 * The source filter comes before libre's SRTP, which would keep state for any stranger, and before DTLS, which a stranger's packet could break. A browser
 * that changes its network goes on by checks from its new address. Lives on the media thread of its port. */
#ifndef BATON_LINE_MEDIA_WEB_H
#define BATON_LINE_MEDIA_WEB_H

#include <re.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "line/dtls.h"
#include "line/ice_lite.h"
#include "line/media_srtp.h"

enum media_web_state { MEDIA_WEB_WAITING, MEDIA_WEB_CHECKED, MEDIA_WEB_SECURE, MEDIA_WEB_GONE };

struct media_web;

typedef void(media_web_send_fn)(const struct sa *to, const uint8_t *data, size_t n, void *arg);

/* Made on the control loop. The two texts of the offer are copied. */
int media_web_alloc(struct media_web **wp, struct dtls_identity *id, const struct ice_lite *ice, const uint8_t fingerprint[DTLS_FINGERPRINT]);
/* Where datagrams leave; before the first one is taken. */
void media_web_plug(struct media_web *w, media_web_send_fn *send, void *arg);

/* Takes a datagram from outside. True when it was audio: data[0..*n) is then a plain RTP packet. */
bool media_web_take(struct media_web *w, uint8_t *data, size_t *n, const struct sa *from);

/* Turns the RTP packet data[0..n) into its protected form in place; data has room for MEDIA_SRTP_TAG_MAX more. 0: there are no keys yet. */
size_t media_web_protect(struct media_web *w, uint8_t *data, size_t n);

void media_web_tick(struct media_web *w); /* once a frame */
enum media_web_state media_web_state(const struct media_web *w);
const struct sa *media_web_peer(const struct media_web *w); /* where to send; unset before CHECKED */

void media_web_free(struct media_web *w); /* says goodbye; NULL is allowed */

#endif
