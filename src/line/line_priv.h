/* line_priv.h - inside the signalling half of line/. Everything here runs on the control loop. */
#ifndef BATON_LINE_LINE_PRIV_H
#define BATON_LINE_LINE_PRIV_H

#include <re.h>

#include "line/line.h"

enum {
    LINE_LEGS_MAX = 2000,         /* legs alive at once; a dial above is refused, an INVITE gets 503 */
    LINE_SDP_MAX = 8192,          /* bytes of a session description */
    LINE_SDP_MEDIA_MAX = 16,      /* m= lines of a session description */
    LINE_CLOSE_BATCH = 50,        /* legs hung up per LINE_CLOSE_PACE_MS when the line closes */
    LINE_CLOSE_PACE_MS = 10,
    LINE_CLOSE_MAX_MS = 3000,     /* then the transactions still open are dropped */
    LINE_CONTACT_MAX = 64,
    LINE_TIMER_HEADERS_MAX = 96,
    LEG_RING_DEFAULT_S = 30,
    LEG_INBOUND_RING_MAX_S = 180, /* nobody took the call: 480 */
    LEG_REASON_MAX = 96,
    LEG_CALL_ID_MAX = 128,
};

#define LINE_ALLOW "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE"

struct line {
    struct sip *sip;
    struct sipsess_sock *sessions;
    struct sip_lsnr *requests, *responses;
    struct sipreg *reg;
    struct registrar *phones; /* NULL: nobody may register */
    struct dnsc *dns;
    struct sa addr, tls_addr; /* tls_addr: unset without TLS */
    bool trunk_plain_audio;
    struct media *media;
    struct list legs; /* each holds one reference of its leg */
    unsigned leg_count;

    char *trunk_uri, *trunk_aor; /* NULL without a trunk; aor: sip:USER@TRUNK-HOST */
    char *username, *password, *from_number;
    char contact_user[LINE_CONTACT_MAX];
    bool reg_told, registered;

    line_incoming_fn *on_incoming;
    line_register_fn *on_register;
    void *arg;

    bool closing, stack_gone;
    struct tmr close_tmr, close_deadline;
    loop_fn *closed_fn;
    void *closed_arg;
};

/* One offer/answer negotiation of one audio stream. A libre object: mem_deref ends it. */
struct line_sdp;

int line_sdp_check_size(const struct mbuf *body); /* EBADMSG: empty; EMSGSIZE */
/* secure: the audio is protected or there is none; otherwise it is protected when the far end offers it so. */
int line_sdp_alloc(struct line_sdp **sp, const char *ip, uint16_t port, bool secure);
int line_sdp_offer(struct line_sdp *s, struct mbuf **mbp);  /* *mbp: mem_deref */
int line_sdp_answer(struct line_sdp *s, struct mbuf **mbp); /* after line_sdp_read of an offer */

/* Reads the far end's offer or answer into *remote. EBADMSG: no SDP; EMSGSIZE: too large; ENOTSUP: nothing in common, *remote
 * untouched. Parses bytes from outside. */
int line_sdp_read(struct line_sdp *s, struct mbuf *body, bool offer, struct mport_remote *remote);

/*   DIALLING --18x--> RINGING --200,ACK--> UP --BYE, leg_hangup--> ENDING -> ENDED
 *      |                 |                                          ^
 *      +-----------------+-- final code, ring timeout, leg_hangup --+
 *   OFFERED (inbound, 180 sent) --leg_accept--> ACCEPTED --ACK--> UP
 *
 * A browser's leg begins OFFERED as well; leg_accept lets it connect, and the agreed keys stand for the ACK.
 *
 * leg_end moves to ENDING from anywhere; a timer of 0 ms then ends the session, closes the port and delivers LEG_EV_ENDED.
 * So libre's session object is never destroyed below one of its own handlers, whatever an event function does. */
enum leg_state { LEG_DIALLING, LEG_RINGING, LEG_OFFERED, LEG_ACCEPTED, LEG_UP, LEG_ENDING, LEG_ENDED };

struct leg {
    struct le le; /* in line->legs while alive */
    struct line *line;
    enum leg_state state;
    bool outbound, via_trunk, secure; /* secure: only protected audio */
    bool web;          /* a browser: no SIP session */
    bool provisional;  /* the far end gave a sign of life */
    bool early_told, held, media_failed, delayed_offer;
    struct sipsess *sess;
    struct line_sdp *sdp;
    struct mport *port;
    struct mport_remote remote;
    bool has_remote;
    leg_event_fn *fn;
    void *arg;
    struct tmr ring_tmr, end_tmr;
    struct leg_event last; /* LEG_EV_ENDED, filled by leg_end */
    char reason[LEG_REASON_MAX];
    char timer_headers[LINE_TIMER_HEADERS_MAX]; /* of the 200 to an INVITE with a session timer */
    char call_id[LEG_CALL_ID_MAX];
    char remote_party[LEG_URI_MAX];
    int64_t answered_us;
};

/* leg.c */
int leg_create(struct leg **lp, struct line *l, bool outbound); /* the caller's reference; not in line->legs yet */
void leg_attach(struct leg *leg);                               /* the line takes a reference until the end */
void leg_state_set(struct leg *leg, enum leg_state s);
bool leg_over(const struct leg *leg);
void leg_emit(struct leg *leg, const struct leg_event *ev);
void leg_emit_kind(struct leg *leg, enum leg_event_kind kind);
void leg_end(struct leg *leg, enum leg_outcome o, int code, const char *reason, bool by_us);

void leg_finish(void *leg); /* what leg_end leads to; gives the line's reference back */

/* leg_session.c: libre's handlers, common to both directions; arg is the leg. */
void leg_session_open(struct leg *leg); /* after sipsess_connect or _accept: keeps what must outlive the session */
int leg_on_offer(struct mbuf **descp, const struct sip_msg *msg, void *arg);
int leg_on_answer(const struct sip_msg *msg, void *arg);
void leg_on_established(const struct sip_msg *msg, void *arg);
void leg_on_info(struct sip *sip, const struct sip_msg *msg, void *arg);
void leg_on_refer(struct sip *sip, const struct sip_msg *msg, void *arg);
void leg_on_close(int err, const struct sip_msg *msg, void *arg);

/* leg_media.c */
int leg_media_open(struct leg *leg);
int leg_sdp_open(struct leg *leg); /* SIP legs */
int leg_media_read(struct leg *leg, struct mbuf *body, bool offer); /* applies it; errors of line_sdp_read */
void leg_media_hold_check(struct leg *leg);                         /* tells LEG_EV_HOLD when it changed and the leg is up */

/* leg_web.c: the same moments for a browser */
int leg_web_accept(struct leg *leg);
void leg_web_on_secure(struct leg *leg);
void leg_web_on_gone(struct leg *leg);

/* leg_answer.c */
void leg_on_invite(const struct sip_msg *msg, void *arg); /* arg: line */

/* leg_update.c */
void leg_on_update(struct line *l, const struct sip_msg *msg);
void line_timer_headers(char out[LINE_TIMER_HEADERS_MAX], const struct sip_msg *msg); /* "" without a session timer */

/* line_request.c: whatever is not part of a session */
bool line_on_request(const struct sip_msg *msg, void *arg);
bool line_on_response(const struct sip_msg *msg, void *arg);
bool line_message_has_sdp(const struct sip_msg *msg);

/* line_tls.c: SIP over TLS on cfg->tls_port; certificates of those we call are verified. 0, EINVAL (cannot read a file) or what opening says */
int line_tls_open(struct line *l, const struct line_config *cfg);

/* line_register.c. The authentication handlers take the line, which outlives every transaction; a leg does not. */
int line_on_auth(char **user, char **password, const char *realm, void *arg);
int line_on_auth_refuse(char **user, char **password, const char *realm, void *arg);
int line_register_start(struct line *l, int expires_s);

/* line_text.c: what may go into a header line */
bool line_number_ok(const char *s); /* digits with an optional leading +, and * # */
bool line_token_ok(const char *s);  /* no blank, quote, angle bracket or control character */
void line_host_settle(struct uri *u); /* libre asks name servers only: they need not know localhost */
int line_uri_with_user(char *out, size_t size, const char *user, const char *uri);
bool line_uri_is_tls(const char *uri); /* "sip:x@y;transport=tls" */
void line_display_clean(char *out, size_t size, const char *name);
void line_pl_copy(char *out, size_t size, const struct pl *pl);

#endif
