/* line.h - the telephone line: SIP on the control loop (libre), one leg per call leg.
 *
 * Everything here runs on the control loop. A leg owns its media port. Baton is a back-to-back user agent: legs are joined by
 * mport_bridge, never by REFER. */
#ifndef BATON_LINE_LINE_H
#define BATON_LINE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "line/media.h"

struct line; /* refcounted */
struct leg;  /* refcounted; leg_hangup or its end, then obj_unref */

enum { LEG_URI_MAX = 256, LEG_RING_MIN_S = 15, LINE_PHONE_USER_MAX = 48, LINE_PHONE_HA1 = 16 };

struct line_trunk {
    const char *uri;       /* "sip:127.0.0.1:5070" or "sip:carrier.example;transport=tcp": where INVITEs go */
    const char *username, *password; /* digest; NULL: none */
    const char *from_number; /* E.164 shown as caller */
    bool do_register;      /* REGISTER and keep it alive */
    int register_expires_s;
    bool plain_audio;      /* with transport=tls: do not ask for protected audio (SRTP); otherwise there is no other */
};

struct line_tls {
    bool on;
    uint16_t port;         /* 0: any free one (line_tls_port tells) */
    const char *cert_file; /* PEM of our certificate and its key, for telephones that register over TLS; NULL: nobody can call in over TLS */
    const char *ca_file;   /* PEM of those whom we believe; NULL: the system's */
};

struct line_config {
    const char *bind_ip;   /* "127.0.0.1"; not the wildcard: it is what the far end is told to send to */
    uint16_t port;         /* SIP UDP and TCP; 0: any free one (line_port tells) */
    const char *user_agent;
    struct line_tls tls;   /* also opened for a trunk with ;transport=tls; the name in its URI must be in its certificate */
    struct line_trunk trunk;
};

/* How a leg ended. One table maps final SIP codes and local causes (line_outcome.c). */
enum leg_outcome {
    LEG_COMPLETED,      /* was answered and ended by either side */
    LEG_BUSY,           /* 486, 600 */
    LEG_NO_ANSWER,      /* ring timeout, 408, 480, 487 by our CANCEL */
    LEG_REJECTED,       /* 403, 603, 607, 608 */
    LEG_UNALLOCATED,    /* 404, 410, 484, 604: the number does not exist */
    LEG_CONGESTION,     /* 5xx, 503, 429 */
    LEG_MEDIA_FAILED,   /* 488, 606, no common codec, RTP timeout */
    LEG_UNREACHABLE,    /* transport error, no response */
    LEG_CANCELLED,      /* we gave up before the answer on purpose */
    LEG_AUTH_FAILED,    /* 401, 407 after our credentials */
};
const char *leg_outcome_name(enum leg_outcome o); /* "busy", "no_answer" ... stable words that are stored */
enum leg_outcome leg_outcome_from_code(int sip_code); /* pure; a table test covers all */

enum leg_event_kind {
    LEG_EV_RINGING,     /* 180 */
    LEG_EV_EARLY,       /* 183 with SDP: early media is playing */
    LEG_EV_ANSWERED,    /* 200 + ACK; media runs */
    LEG_EV_HOLD,        /* far end put us on hold / took us back: on */
    LEG_EV_MEDIA,       /* a media event; see .media */
    LEG_EV_ENDED,       /* last event: outcome, sip_code, reason, by_us */
};
struct leg_event {
    enum leg_event_kind kind;
    bool on;
    const struct media_event *media;
    enum leg_outcome outcome;
    int sip_code;              /* 0 when local */
    const char *reason;        /* short text, never NULL at LEG_EV_ENDED */
    bool by_us;
    int64_t at_us;             /* clock_mono_us */
};
typedef void(leg_event_fn)(struct leg *leg, const struct leg_event *ev, void *arg);

/* An inbound INVITE: `from` and `to` are the user parts (numbers) of the URIs, borrowed. The handler gets one reference to the
 * leg and must answer with leg_accept or leg_hangup(code), now or later (180 was already sent); obj_unref when done with it. */
typedef void(line_incoming_fn)(struct leg *leg, const char *from, const char *to, void *arg);
/* The trunk's registration changed: registered or not, with the SIP code. */
typedef void(line_register_fn)(bool registered, int sip_code, void *arg);

int line_alloc(struct line **lp, const struct line_config *cfg, struct loop *control, struct media *media,
               line_incoming_fn *on_incoming, line_register_fn *on_register, void *arg);
uint16_t line_port(const struct line *l);
uint16_t line_tls_port(const struct line *l); /* 0 without TLS */

/* Hangs up every leg, unregisters, then fn(arg). New dials are refused with ESHUTDOWN. */
void line_close(struct line *l, loop_fn *fn, void *arg);

/* --- telephones that register with us (RFC 3261, 10) --- */

/* Is there a telephone `user`? Then its secret: MD5("USER:baton:PASSWORD"). Control loop; must not block. */
typedef bool(line_phone_fn)(const char *user, uint8_t ha1[LINE_PHONE_HA1], void *arg);
/* It can be reached, or cannot any more. */
typedef void(line_phone_changed_fn)(const char *user, bool registered, void *arg);

/* From now on REGISTER is answered. Once. `changed` may be NULL. ENOMEM, EIO, EALREADY. */
int line_phones(struct line *l, line_phone_fn *known, line_phone_changed_fn *changed, void *arg);
bool line_phone_registered(const struct line *l, const char *user);
/* The secret that `known` hands out. */
void line_phone_ha1(uint8_t ha1[LINE_PHONE_HA1], const char *user, const char *password);

struct leg_dial {
    const char *to;            /* E.164 number: dialled through the trunk; a full sip: URI: dialled directly; "phone:USER": a registered telephone */
    const char *display_name;  /* of the From header; may be NULL */
    const char *from;          /* number; NULL: the trunk's */
    int ring_timeout_s;        /* 0: 30 s; raised to LEG_RING_MIN_S for calls through the trunk; closers may ring shorter */
    const char *call_info;     /* extra header value for closers' phones (X-Baton-Call), or NULL */
    leg_event_fn *fn;
    void *arg;
};
/* Copies what it needs of d; *lp is the caller's reference. EINVAL: a name that may not go into a header or is no number or URI;
 * EDESTADDRREQ: a number, but no trunk; EHOSTUNREACH: a telephone that is not registered; EAGAIN: too many legs; ESHUTDOWN; or what mport_alloc or sending says. No event comes
 * before it returns. */
int leg_dial(struct leg **lp, struct line *l, const struct leg_dial *d);

/* A browser's leg: it offers (SDP as text), we answer at once, and leg_accept lets it connect; LEG_EV_ANSWERED comes when audio is secure in both directions.
 * There is no SIP behind it, and everything else is as with other legs. */
struct leg_web {
    const char *offer;         /* borrowed; bytes from outside */
    size_t offer_n;
    const char *name;          /* what leg_remote says; may be NULL */
    int lost_ms;               /* no packet for so long: it ends, as LEG_MEDIA_FAILED; 0: LEG_WEB_LOST_MS */
    bool narrow;               /* PCMU even if Opus is offered */
};
enum { LEG_WEB_LOST_MS = 10000, LEG_WEB_CONNECT_MS = 15000 };
/* *lp is the caller's reference, *answer to be freed. EBADMSG, EMSGSIZE, ENOTSUP: of the offer (sdp_web.h); EAGAIN, ESHUTDOWN as leg_dial. */
int leg_web_open(struct leg **lp, char **answer, struct line *l, const struct leg_web *w);

/* Hears an inbound leg before it is accepted: the caller may give up (LEG_EV_ENDED, LEG_CANCELLED). */
void leg_watch(struct leg *leg, leg_event_fn *fn, void *arg);

/* Sends the 200; LEG_EV_ANSWERED comes with the ACK. ENOTCONN: the caller gave up (or the leg was answered already). */
int leg_accept(struct leg *leg, leg_event_fn *fn, void *arg);

/* BYE, CANCEL or a final response, whichever fits; code (e.g. 486) is used for an unanswered inbound leg. The last event
 * still comes, with by_us, never before leg_hangup returns. Idempotent. */
void leg_hangup(struct leg *leg, int code);

/* Detaches the owner: no more events. The call goes on: hang up first to end it. */
void leg_forget(struct leg *leg);

struct mport *leg_port(struct leg *leg);       /* borrowed */
bool leg_answered(const struct leg *leg);
int64_t leg_answered_us(const struct leg *leg); /* clock_mono_us of the 200, 0 before */
const char *leg_sip_call_id(const struct leg *leg);
const char *leg_remote(const struct leg *leg);  /* number or URI of the far end */

#endif
