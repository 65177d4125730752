/* ice_lite.h - the answering half of ICE (RFC 8445, section 2.5): a browser checks whether its packets reach us, we say yes. Pure but for libre's buffers.
 *
 * A check counts only with our user name and a message integrity under our password, which travelled in the answer to the browser's offer: so whoever
 * passes it has read that answer. */
#ifndef BATON_LINE_ICE_LITE_H
#define BATON_LINE_ICE_LITE_H

#include <re.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ICE_UFRAG = 8, ICE_PWD = 24, ICE_PEER_UFRAG_MAX = 256 };

struct ice_lite { /* value */
    char ufrag[ICE_UFRAG + 1], pwd[ICE_PWD + 1]; /* ours: in the answer */
    char peer_ufrag[ICE_PEER_UFRAG_MAX + 1];     /* theirs: from the offer */
};

void ice_lite_init(struct ice_lite *ice); /* fresh secrets */

enum ice_check { ICE_IGNORED, ICE_ANSWERED, ICE_NOMINATED };

/* Takes a STUN message from `from`. When it is a valid check, *reply (at position 0) is what to send back; mem_deref. What is not valid gets no answer at
 * all. Parses bytes from outside. */
enum ice_check ice_lite_take(const struct ice_lite *ice, struct mbuf **reply, const uint8_t *data, size_t n, const struct sa *from);

#endif
