/* sdp_web.h - a browser's offer and our answer (RFC 8829, JSEP), for one audio stream over ICE-lite, DTLS-SRTP and one port. Control loop. */
#ifndef BATON_LINE_SDP_WEB_H
#define BATON_LINE_SDP_WEB_H

#include <stddef.h>
#include <stdint.h>

#include "line/dtls.h"
#include "line/ice_lite.h"
#include "line/media.h"

struct sdp_web_ours {
    const char *ip;      /* where the browser sends to */
    uint16_t port;
    const char *fingerprint; /* of our certificate, as text */
    bool opus;           /* taken when offered; otherwise PCMU */
};

struct sdp_web_theirs {
    uint8_t fingerprint[DTLS_FINGERPRINT];
    struct mport_remote media; /* ip and port mean nothing */
};

/* Reads the offer and writes the answer (malloc'ed text). `ice` has our secrets and gets their user name. EBADMSG: no SDP, or a browser's must-haves are
 * missing; EMSGSIZE: too large; ENOTSUP: no codec in common, no rtcp-mux, or no certificate by SHA-256. Parses bytes from outside. */
int sdp_web_answer(char **answer, struct sdp_web_theirs *theirs, struct ice_lite *ice, const struct sdp_web_ours *ours, const char *offer, size_t n);

#endif
