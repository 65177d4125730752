/* media_srtp.h - both directions of a protected RTP stream (RFC 3711), on libre's SRTP. Whose keys they are is agreed elsewhere: in the session description
 * (sdp_crypto.h) or by DTLS (dtls.h). Lives on the media thread of its port. */
#ifndef BATON_LINE_MEDIA_SRTP_H
#define BATON_LINE_MEDIA_SRTP_H

#include <re.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MEDIA_SRTP_TAG_MAX = 16 }; /* bytes that protection adds to a packet */

struct media_srtp;

/* The keys (with their salts, key_n bytes each) are copied. 0, ENOMEM, or EINVAL for a length that does not fit the suite. */
int media_srtp_alloc(struct media_srtp **sp, enum srtp_suite suite, const uint8_t *ours, const uint8_t *theirs, size_t key_n);
void media_srtp_free(struct media_srtp *s); /* NULL is allowed */

/* The packet data[0..*n) becomes plain in place. False: it is not theirs, was changed on its way, came before, or is no RTP (RTCP is not used). */
bool media_srtp_open(struct media_srtp *s, uint8_t *data, size_t *n);

/* The packet data[0..n) is protected in place; data has room for MEDIA_SRTP_TAG_MAX more. Its new length; 0: it cannot be. */
size_t media_srtp_seal(struct media_srtp *s, uint8_t *data, size_t n);

#endif
