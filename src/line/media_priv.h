/* media_priv.h - what the files of the media pool and its ports share.
 *
 * Who touches what:
 *   control loop   mport.fn, arg, closing, ears, listeners; media.next_port
 *   media thread   everything in the second half of struct mport; media_thread.slot[]
 *   any            atomics
 * The control loop sends commands (loop_post) and each holds a reference to its port; the media thread sends events back in
 * the same way. Nothing else crosses, but for the pipes of ports that hear each other. */
#ifndef BATON_LINE_MEDIA_PRIV_H
#define BATON_LINE_MEDIA_PRIV_H

#include <re.h>
#include <stdatomic.h>

#include "line/dtmf.h"
#include "line/jitter.h"
#include "line/media.h"
#include "line/media_opus.h"
#include "line/media_pipe.h"
#include "line/media_player.h"
#include "line/media_tones.h"
#include "line/media_touch.h"
#include "line/media_web.h"
#include "line/recorder.h"
#include "line/rtp.h"
#include "line/spoil.h"

enum {
    PACER_SLOTS = 10,      /* ports are spread over the 20 ms, so that they do not all send at one instant */
    PACER_SLOT_US = MEDIA_PTIME_MS * 1000 / PACER_SLOTS,
    PACER_BEHIND_MAX = 5,  /* frames: further behind than that, frames are skipped */
    MEDIA_THREADS_MAX = 64,
    IMPAIR_QUEUE_MAX = 32, /* packets held back by a port with made-up jitter; more go out at once */
};

struct media_thread {
    struct media *media;
    struct loop *loop;
    atomic_uint ports;
    _Atomic uint64_t ticks, late_ticks, sent, received, concealed, late_dropped;
    /* media thread only */
    int timer_fd;
    struct list slot[PACER_SLOTS]; /* of struct mport */
    unsigned slot_ports[PACER_SLOTS];
    unsigned active;
    int64_t due_us;  /* when the next slot is due */
    unsigned next_slot;
};

struct media {
    struct loop *control;
    struct sa bind;
    struct dtls_identity *identity; /* browsers know us by it */
    int port_min, port_max, next_port;
    int rtp_timeout_ms;
    unsigned n_threads;
    struct media_thread threads[];
};

struct held_packet { /* delayed on purpose */
    int64_t due_us;
    size_t n;
    uint8_t data[RTP_HEADER + MEDIA_FRAME];
};

struct impair {
    int loss_percent, jitter_ms;
    uint32_t random;
    unsigned n;
    struct held_packet held[IMPAIR_QUEUE_MAX];
};

/* One direction of a conversation. The speaker is borrowed: what hears and what is heard ends with either port. */
struct mport_ear {
    struct mport *speaker;
    struct media_pipe *pipe; /* reference */
};

struct mport {
    struct media *media;
    struct media_thread *thread;
    int fd;
    struct sa local;
    /* control loop only */
    mport_event_fn *fn;
    void *arg;
    bool closing;
    struct mport_ear ears[MPORT_EARS_MAX];          /* whom it hears */
    struct mport *listeners[MPORT_EARS_MAX];        /* who hears it */
    unsigned n_ears, n_listeners;
    /* counters, any thread */
    _Atomic uint64_t sent, received, lost, concealed, late_dropped;
    _Atomic int64_t last_received_us;
    _Atomic int jitter_ms;
    /* media thread only */
    bool started, closed;
    struct le le;
    unsigned slot;
    struct sa remote;         /* where we send to */
    struct sa negotiated;     /* what the session description said: the only host we hear */
    bool latched;             /* remote was replaced by the source of the first packet */
    enum media_codec codec;
    int opus_pt, telephone_event_pt;
    bool send, receive;
    uint16_t seq;
    uint32_t ts, ssrc;
    bool marker;
    int64_t expected_since_us; /* 0: no packet is awaited */
    int rtp_timeout_ms;
    bool first_seen, timeout_told;
    int stall_ms;             /* 0: not watched */
    bool stalled;
    struct rtp_source source;
    struct dtmf_rx dtmf_rx;
    struct dtmf_tx dtmf_tx;
    struct media_tones *tones; /* when telephone events were not agreed; NULL otherwise */
    struct media_touch *touch; /* keys are listened for as tones; NULL otherwise */
    struct media_web *web;    /* NULL: no browser */
    struct media_srtp *srtp;  /* NULL: plain RTP, or a browser's */
    struct media_keys keys;   /* of srtp */
    enum media_web_state web_told;
    struct media_opus *opus;  /* NULL: G.711 */
    struct media_pipe *in[MPORT_EARS_MAX], *out[MPORT_EARS_MAX]; /* voices of others to us, ours to others */
    unsigned n_in, n_out;
    struct clip *music;       /* NULL: none */
    size_t music_at;          /* next sample of it */
    struct recorder *recorder;
    struct mport_tap tap;
    struct impair *impair;    /* NULL unless asked for */
    struct spoil *spoil;      /* the same */
    struct player player;
    struct jitter jitter;
};

/* media_pacer.c: on the media thread */
int pacer_open(struct media_thread *t);
void pacer_add(struct media_thread *t, struct mport *p);
void pacer_remove(struct media_thread *t, struct mport *p);
void pacer_close(struct media_thread *t);

/* mport_tick.c: one frame of a port, at now_us */
void mport_tick(struct mport *p, int64_t now_us);
void mport_skip(struct mport *p, unsigned frames); /* the pacer was too far behind to send these */
void mport_emit(struct mport *p, const struct media_event *ev);
void mport_pause_now(struct mport *p, int64_t now_us);

/* mport_hear.c */
void mport_mix(struct mport *p, int16_t said[MEDIA_FRAME], bool playing); /* adds the voices it hears, and music */
void mport_pass_on(struct mport *p, const int16_t heard[MEDIA_FRAME]);    /* to those who hear it */
void mport_forget_voices(struct mport *p);

/* mport_receive.c */
void mport_receive(struct mport *p, int64_t now_us);

/* mport_web.c: a browser's port */
void mport_web_plug(struct mport *p, struct media_web *web, int lost_ms);
void mport_web_tick(struct mport *p, int64_t now_us);
bool mport_web_sending(const struct mport *p); /* true also for ports that are none */

/* mport_send.c */
void mport_send_audio(struct mport *p, const int16_t pcm[MEDIA_FRAME], int64_t now_us);
void mport_send_held(struct mport *p, int64_t now_us);

#endif
