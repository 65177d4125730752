/* registrar.h - inside line/: telephones that register with us (RFC 3261, 10.3), so that a closer's desk telephone needs no exchange of its own.
 *
 *   REGISTER without a digest -> 401 with a nonce -> REGISTER with the digest -> 200: bound to where the request came from
 *
 * A nonce serves one telephone for NONCE_S seconds, and every request with it must count on (nc), so that a REGISTER that was overheard
 * cannot be sent again with another Contact. MD5 is what SIP telephones speak (RFC 2617); the secret is a random one made for the telephone.
 *
 * Limits: REGISTRAR_PHONES_MAX telephones, then 503; the last REGISTRAR_NONCES_MAX challenges, then the oldest is forgotten (the telephone
 * is asked again). One binding a telephone: the newest. Control loop only. */
#ifndef BATON_LINE_REGISTRAR_H
#define BATON_LINE_REGISTRAR_H

#include "line/line_priv.h"

#define LINE_PHONE_REALM "baton"

enum {
    REGISTRAR_PHONES_MAX = 256,
    REGISTRAR_NONCES_MAX = 256,
    REGISTRAR_NONCE_S = 60,
    REGISTRAR_EXPIRES_MIN_S = 60,
    REGISTRAR_EXPIRES_MAX_S = 3600,
    REGISTRAR_EXPIRES_DEFAULT_S = 300,
};

struct registrar; /* a libre object: mem_deref ends it */

int registrar_alloc(struct registrar **rp, struct sip *sip, line_phone_fn *known, line_phone_changed_fn *changed, void *arg);

/* Answers a REGISTER. */
void registrar_on_request(struct registrar *r, const struct sip_msg *msg);

/* Where the telephone is reached now ("sip:dana@192.0.2.7:5060;transport=tcp"). EHOSTUNREACH: it is not registered. EMSGSIZE. */
int registrar_find(char *out, size_t size, struct registrar *r, const char *user);

#endif
