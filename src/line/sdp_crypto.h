/* sdp_crypto.h - keys of protected audio in a session description: "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEY" (RFC 4568).
 *
 * Whoever reads the description has the keys, so they are offered only where signalling is encrypted. A line with parameters we do not know, or with a
 * master key index, is passed over, as section 7.1.1 of the RFC says; lifetimes are not kept: no call of ours lasts 2^31 packets. */
#ifndef BATON_LINE_SDP_CRYPTO_H
#define BATON_LINE_SDP_CRYPTO_H

#include <re.h>
#include <stdbool.h>

#include "line/media.h"

enum { SDP_CRYPTO_TAG_MAX = 10 };

struct sdp_crypto {
    char tag[SDP_CRYPTO_TAG_MAX + 1]; /* of the line that was taken */
    struct media_keys keys;           /* ours are made once a session; theirs are what they last said */
};

/* New keys of ours, tag 1. 0 or EIO. */
int sdp_crypto_init(struct sdp_crypto *c);

/* Our line in m: in an offer, or in an answer to the line that was taken. 0 or ENOMEM. */
int sdp_crypto_write(const struct sdp_crypto *c, struct sdp_media *m);

/* Takes the first of their lines that we can do. False: there is none. Parses bytes from outside. */
bool sdp_crypto_read(struct sdp_crypto *c, const struct sdp_media *m);

#endif
