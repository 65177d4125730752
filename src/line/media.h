/* media.h - media ports: one RTP stream with its codec, jitter buffer, player, bridge and recorder tap.
 *
 * A pool owns N media threads, each a libre loop with one 20 ms pacer; a port lives on one of them for its whole life.
 * Functions named mport_* may be called from the control loop (and only there): they post to the port's thread and never
 * block. Events come back on the control loop. Audio is 8 kHz, mono, 16 bit; a frame is 160 samples (20 ms).
 *
 * On each tick a port takes one received frame from its jitter buffer (concealing loss), hands it to its tap and to whom
 * hears it, mixes what it has to say (player + whom it hears), sends it, and feeds its recorder. */
#ifndef BATON_LINE_MEDIA_H
#define BATON_LINE_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clip.h"
#include "base/loop.h"

enum { MEDIA_FRAME = 160, MEDIA_PTIME_MS = 20, MEDIA_PLAY_QUEUE_MAX = 32 };

struct media;    /* the pool; refcounted */
struct mport;    /* refcounted; mport_close ends it, the last reference frees it */
struct recorder; /* a stereo WAV being written (recorder.h) */

struct media_config {
    int threads;             /* 0: one per processor but one, at least one */
    const char *bind_ip;     /* address for RTP sockets, "127.0.0.1" */
    int port_min, port_max;  /* RTP port range, even ports are used; port_min 0: any free port. RTCP is not used */
    int rtp_timeout_ms;      /* no packet for so long while not on hold: MEDIA_EV_RTP_TIMEOUT, once (20000) */
};

int media_alloc(struct media **mp, const struct media_config *cfg, struct loop *control);
void media_close(struct media *m); /* joins the threads; all ports must be closed; then obj_unref */

struct dtls_identity;
struct dtls_identity *media_identity(const struct media *m); /* borrowed: the certificate by which browsers know us, made at start */

struct media_stats {
    unsigned ports;
    uint64_t ticks, late_ticks;          /* a tick is late when its frame left > 20 ms after it was due */
    uint64_t frames_sent, frames_received, frames_concealed, frames_dropped_late;
};
void media_stats_get(const struct media *m, struct media_stats *out); /* any thread */

enum media_event_kind {
    MEDIA_EV_FIRST_RTP,     /* first packet received */
    MEDIA_EV_PLAY_STARTED,  /* first sample of a clip above silence level went to the wire: seq, at_us */
    MEDIA_EV_PLAY_DONE,     /* clip ended: seq, played_ms (== its length unless stopped), stopped (also when refused) */
    MEDIA_EV_SECURE,        /* a browser: keys are agreed, audio flows; once */
    MEDIA_EV_GONE,          /* a browser: it said goodbye, or the keys could not be agreed; once */
    MEDIA_EV_DTMF,          /* a key was pressed by the far end: digit; reported once, at its beginning */
    MEDIA_EV_PAUSED,        /* what plays was paused, by mport_pause or by the tap: seq, at_us of its last sound, played_ms so far */
    MEDIA_EV_RTP_TIMEOUT,
    MEDIA_EV_STALLED,       /* mport_watch: no packet for so long */
    MEDIA_EV_FLOWS,         /* after STALLED: packets come again */
};

struct media_event {
    enum media_event_kind kind;
    uint32_t seq;     /* of the clip */
    int64_t at_us;    /* clock_mono_us when it happened on the media thread */
    int played_ms;
    bool stopped;
    char digit;       /* 0-9 * # A-D */
};
/* Runs on the control loop; never after mport_close. */
typedef void(mport_event_fn)(const struct media_event *ev, void *arg);

/* Runs on the media thread for each received frame in order: exactly MEDIA_FRAME samples, `concealed` when invented.
 * `our_audio` is what the port sent in the same tick (for echo checks), or NULL. Must take well below a millisecond, may
 * not block nor call mport_*. */
struct mport_tap {
    void (*frame)(const int16_t *pcm, const int16_t *our_audio, bool concealed, int64_t at_us, void *arg);
    /* Runs on the media thread for each packet as it arrives, before the jitter buffer: in order of arrival, with gaps, 1 to 480 samples. True while a
     * clip plays pauses it within the same tick, as mport_pause does. NULL: not wanted. */
    bool (*arrived)(const int16_t *pcm, size_t n, int64_t at_us, void *arg);
    void *arg;
    void (*closed)(void *arg); /* last call on the media thread: arg may be freed */
};

enum media_codec { MEDIA_PCMU = 0, MEDIA_PCMA = 8, MEDIA_OPUS = 128 }; /* G.711 by its payload type; Opus has a dynamic one */

/* A port with its RTP socket bound (local address in mport_local). It neither sends nor plays before mport_start. */
int mport_alloc(struct mport **pp, struct media *m, mport_event_fn *fn, void *arg);
void mport_local(const struct mport *p, char *ip, size_t ip_size, uint16_t *port);

/* Keys of protected audio, agreed in the session description (RFC 4568). */
enum { MEDIA_KEY = 30 }; /* AES-128 and its salt */
struct media_keys {
    bool on;
    uint8_t ours[MEDIA_KEY], theirs[MEDIA_KEY];
    bool short_tag; /* 32 bits instead of 80 */
};

struct mport_remote {
    char ip[64];
    uint16_t port;            /* 0: hold, send nothing */
    enum media_codec codec;
    int opus_pt;              /* with MEDIA_OPUS */
    int telephone_event_pt;   /* -1: none agreed */
    bool send, receive;       /* from a=sendrecv etc. */
    struct media_keys keys;
};
/* Begins sending (silence when there is nothing to say), or applies changed parameters (re-INVITE). Only packets from
 * remote->ip are heard; the port they first come from is the one that is answered (symmetric RTP). While it does not send,
 * what plays waits. */
void mport_start(struct mport *p, const struct mport_remote *remote);

/* Makes it a browser's port, before mport_start: remote->ip and port mean nothing then, the browser is sent to and heard where its checks come from, and all
 * audio is encrypted. `web` is stolen. Its events are MEDIA_EV_SECURE and MEDIA_EV_GONE; lost_ms without a packet is MEDIA_EV_RTP_TIMEOUT. */
struct media_web;
void mport_secure(struct mport *p, struct media_web *web, int lost_ms);

void mport_set_tap(struct mport *p, const struct mport_tap *tap);

enum mport_play_flags {
    MPORT_PLAY_LOOP = 1,       /* until stopped (hold music) */
    MPORT_PLAY_DUCK_PEER = 2,  /* lower those it hears while it plays */
};
/* Queues a clip behind those playing (takes its own reference). seq is the caller's, unique per port. More than
 * MEDIA_PLAY_QUEUE_MAX: refused with PLAY_DONE, stopped, 0 ms. */
void mport_play(struct mport *p, struct clip *clip, uint32_t seq, unsigned flags);

/* Stops what plays and empties the queue within one frame; every clip cut off or never begun gets its PLAY_DONE with
 * stopped = true and the milliseconds that went to the wire. */
void mport_stop(struct mport *p);

/* Pauses what plays at a sample, with a fade of 5 ms: MEDIA_EV_PAUSED follows, unless nothing plays, it loops, or is paused already. Clips that are queued
 * meanwhile wait too. mport_resume goes on so many milliseconds before the cut; mport_stop ends a pause. */
void mport_pause(struct mport *p);
void mport_resume(struct mport *p, int back_ms);

/* Who hears whom, one direction at a time; also across media threads. A port hears at most MPORT_EARS_MAX others, which are added up with saturation, and is
 * heard by as many; nobody hears themself. It ends with either port. Idempotent. EINVAL: the same port, or one that is closed; ENOSPC; ENOMEM. */
enum { MPORT_EARS_MAX = 3 }; /* a conversation of four */
int mport_hear(struct mport *listener, struct mport *speaker);
void mport_unhear(struct mport *listener, struct mport *speaker);
/* Two ports that hear each other and nobody else. unbridge: it hears nobody and nobody hears it. */
void mport_bridge(struct mport *a, struct mport *b);
void mport_unbridge(struct mport *p);

/* Tells when the far end's packets stall for stall_ms while they are awaited, and when they flow again, as often as it happens. 0: not any more. */
void mport_watch(struct mport *p, int stall_ms);

/* Music for a far end that waits: loops under whatever is said, lowered while a clip plays. Takes its own reference; NULL ends it. */
void mport_music(struct mport *p, struct clip *clip);

/* Left: what the far end says; right: what we send to it. One recorder a port; NULL detaches (frames already taken are kept). */
void mport_record(struct mport *p, struct recorder *r);

/* Sends digits, 100 ms each, 60 ms apart, as RFC 4733 events or, where these were not agreed, as tones; at most 32 wait. */
void mport_dtmf(struct mport *p, const char *digits);

/* Keys that come as audible tones are told as MEDIA_EV_DTMF too, while `on` and as long as telephone events were not agreed (media_touch.h). */
void mport_hear_touch(struct mport *p, bool on);

/* Loss and jitter made on purpose, for tests and for the simulated carrier: percent of own packets not sent, and delay added
 * at random up to jitter_ms, in steps of 20 ms. */
void mport_impair(struct mport *p, int loss_percent, int jitter_ms);

/* A bad line made on purpose, in decibels: what is sent is changed by gain_db; noise lies noise_db below speech (0: none); what is heard comes back at echo_db
 * (negative; 0: none) after echo_ms. */
struct media_spoil { int gain_db, noise_db, echo_db, echo_ms; };
void mport_spoil(struct mport *p, const struct media_spoil *s);

struct mport_stats {
    uint64_t sent, received, lost, concealed, late_dropped;
    int jitter_ms;            /* interarrival jitter, RFC 3550 A.8 */
    int64_t last_received_us;
};
void mport_stats_get(const struct mport *p, struct mport_stats *out); /* any thread; counters may be torn between each other */

void mport_close(struct mport *p); /* then obj_unref */

#endif
