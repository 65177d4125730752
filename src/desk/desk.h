/* desk.h - the humans: presence, the offer ladder, the warm handoff, wrap-up.
 *
 * The desk lives on the control loop; functions marked "any thread" post to it. State changes are written with their events
 * (docs/events.md: closer.presence, handoff.*, offer.*), which is where screens read them. */
#ifndef BATON_DESK_DESK_H
#define BATON_DESK_DESK_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/id.h"
#include "base/loop.h"
#include "line/line.h"
#include "line/recorder.h"
#include "speech/speech.h"
#include "speech/vad.h"
#include "store/store.h"

struct greeting_book;
struct desk; /* refcounted */

struct desk_config {
    int ring_owner_s, ring_next_s, ring_all_s; /* 15, 15, 20 */
    int decide_s;                              /* 15: who has answered has so long to press a key, also beyond the ring */
    int hold_cap_s;                            /* 60: then the AI returns whatever happens */
    int hold_tick_s;                           /* 10: silence or music is broken so often */
    int wrap_up_s;                             /* 60: then available again by itself */
    int replug_s;                              /* 20: a closer whose browser is gone in mid call has so long to come back */
    int held_cap_s;                            /* 300: a prospect on hold, or whose closer asks a colleague, waits so long; then the AI returns */
    int park_cap_s;                            /* 180: the same of one who is parked */
    int transfer_ring_s;                       /* 25: a colleague's telephone rings so long */
    bool closers_join;                         /* closers may join calls of others without an invitation */
    const char *hold_phrase;                   /* said to who waits, every hold_tick_s; NULL: music alone */
    bool round_robin;                          /* among equals in turn, instead of who has been free longest */
    const char *voice;                         /* for whispers */
    struct recorder_pool *recorders;           /* of calls that closers make; borrowed; NULL: not recorded */
    const char *recordings_dir;                /* borrowed */
    const struct vad_model *vad;               /* hears whether the closer speaks; NULL: handoffs are never confirmed */
    const struct greeting_book *greetings;     /* tells a voicemail on a closer's number by its words; borrowed; NULL: by tones and time only */
};
extern const struct desk_config desk_config_default;

int desk_alloc(struct desk **dp, const struct desk_config *cfg, struct store *st, struct line *line, struct speech *speech, struct loop *control);
/* Loads the closers; those who were busy when the process died become available. fn(arg) when done. */
void desk_start(struct desk *d, loop_fn *fn, void *arg);
/* How busy the desk is, for the pace of dialling; any thread: closers free, in wrap-up, all who are not archived, prospects who wait for one. */
struct desk_load { int closers_free, closers_soon, closers, hot_waiting; };
struct desk_load desk_load_get(const struct desk *d);
/* Cancels every handoff; then obj_unref. */
void desk_close(struct desk *d);

/* --- one handoff, driven by call/ through main's glue; control loop --- */

struct handoff; /* refcounted; handoff_cancel or its end */

enum handoff_event_kind {
    HANDOFF_EV_TICK,      /* keep the prospect company: say something */
    HANDOFF_EV_BRIDGED,   /* a human and the prospect hear each other; closer_name */
    HANDOFF_EV_LOST,      /* after BRIDGED: the closer's line broke; the prospect waits, ticks go on until BRIDGED again, or FAILED */
    HANDOFF_EV_FAILED,    /* nobody: the AI comes back */
    HANDOFF_EV_RETURNED,  /* after BRIDGED: the closer gives the prospect back to the AI, to book, or nobody was there for one who waited; nothing comes after it */
    HANDOFF_EV_ENDED,     /* after BRIDGED: the closer hung up or left a prospect they talked to; the prospect's leg is still up and must be ended by the owner */
};
struct handoff_event { enum handoff_event_kind kind; const char *closer_name, *closer_id, *reason; int time_to_human_ms; };
typedef void(handoff_event_fn)(const struct handoff_event *ev, void *arg);

struct handoff_params {
    const char *call_id, *lead_id, *team, *owner_closer_id; /* owner may be NULL */
    const char *language;       /* of the talk, "en-US"; may be NULL */
    const json_t *lead;         /* borrowed: segment, region, product and source say who fits best; may be NULL */
    const char *whisper;        /* text spoken to the closer before the bridge */
    const json_t *brief;        /* borrowed: copied into the events */
    struct mport *prospect;     /* borrowed until the end */
    int *turn_seq;              /* obj.h object: of the call's newest turn; what the closer says gets the next ones; NULL: it is not written down */
    int64_t recording_us;       /* with it: monotonic, when the call's recording began */
    handoff_event_fn *fn;
    void *arg;
};
int handoff_start(struct handoff **hp, struct desk *d, const struct handoff_params *p);
/* The prospect hung up, or the call is over: withdraws offers, hangs up the closer if bridged, starts wrap-up. No more events: the
 * owner's arg comes back so that it can be freed. Then obj_unref. */
void *handoff_cancel(struct handoff *h, const char *reason);
/* The prospect's voice was heard after the bridge; with the closer's, the handoff is confirmed. */
void handoff_prospect_heard(struct handoff *h);

/* --- telephones that register: what line_phones (line.h) asks and tells; arg is the desk --- */

bool desk_telephone_known(const char *user, uint8_t ha1[LINE_PHONE_HA1], void *arg);
void desk_telephone_changed(const char *user, bool registered, void *arg);

/* --- telephones in browsers; control loop --- */

#define DESK_BROWSER "browser" /* a closer's sip_uri when there is no other telephone */

/* The browser of this closer offers a line: *answer (to be freed) goes back to it. It is rung like a telephone from when its audio is secure, takes the place of
 * a browser plugged in before, and is joined to the prospect if a call is under way. plug_id names this plug. ENOENT; errors of leg_web_open. */
int desk_phone_plug(struct desk *d, char **answer, char plug_id[ID_MAX], const char *closer_id, const char *sdp);
void desk_phone_unplug(struct desk *d, const char *closer_id);
/* The plug that rings now; "" without one. ENOENT: no such closer. */
int desk_phone_get(const struct desk *d, char plug_id[ID_MAX], const char *closer_id);

/* The closer leaves the call they are in, whatever their telephone. ENOENT: in none. */
int desk_hang_up(struct desk *d, const char *closer_id);

/* --- joining a call that a human has: listen, whisper (to the closer), barge (to both) --- */

struct desk_person { const char *user_id, *name, *closer_id; bool manages; }; /* closer_id: "" when none */
/* A person has one line into one call at a time: it takes the place of one before. sdp: their browser's offer, *answer (to be freed) goes back to it; NULL: their
 * SIP telephone rings. Control loop. ENOENT: no human has this call; EPERM: closers join by invitation, or by the setting; EALREADY: they are in it; EBUSY: they are
 * in another; ENOSPC: two have joined; ENOTCONN: no telephone; errors of leg_web_open. */
int desk_join(struct desk *d, char **answer, const char *call_id, const struct desk_person *who, const char *mode, const char *sdp);
int desk_join_mode(struct desk *d, const char *call_id, const char *user_id, const char *mode); /* ENOENT, EINVAL */
int desk_join_leave(struct desk *d, const char *call_id, const char *user_id);                  /* ENOENT */

/* --- commands of people; any thread; the answer arrives through fn(err, arg) on the control loop --- */

typedef void(desk_done_fn)(int err, void *arg); /* 0, ENOENT, EALREADY (somebody else was faster), EINVAL, EBUSY (in a call, or ringing) */
/* Reads the closers again, after one was added or changed; the commands below know them once fn has answered. */
int desk_reload(struct desk *d, desk_done_fn *fn, void *arg);
/* While the phone still rings the acceptance waits until it is picked up; who picks up first, of those who accepted, wins. */
int desk_offer_accept(struct desk *d, const char *offer_id, desk_done_fn *fn, void *arg);
int desk_offer_decline(struct desk *d, const char *offer_id, const char *reason, desk_done_fn *fn, void *arg);
/* presence: available | away | offline (with a reason), by the closer or a manager. */
int desk_presence_set(struct desk *d, const char *closer_id, const char *presence, const char *reason, desk_done_fn *fn, void *arg);
/* The closer's telephone rings, then the prospect's; they are bridged and recorded, and a wrap-up follows. wanted: {lead_id, phone, task_id|null, brief|null}.
 * Answers once the closer's telephone rings. EBUSY: in a call, or it rings already. ENOTCONN: their browser is their telephone and is not plugged in. */
int desk_call_prospect(struct desk *d, const char *closer_id, const json_t *wanted, desk_done_fn *fn, void *arg);
/* The closer leaves, the AI talks to the prospect again and agrees on the next call. ENOENT: no such handoff is bridged (it may be a call that the closer made). */
int desk_bring_back(struct desk *d, const char *handoff_id, desk_done_fn *fn, void *arg);
/* In a call that a human has (midcall.h says what is possible when). wanted: {do, closer_id|null: of who asks, manages: asks as a manager, to|null, queue|null, note|null}.
 * do: hold resume park retrieve (to: who takes it) transfer send (to: a closer, or queue: a team or skill; send: without asking first) complete cancel invite (to).
 * ENOENT: no human has this call, or no such closer; EPERM: it is not theirs; EBUSY: not in this state; ENOTCONN: nobody can be rung there; EALREADY: they
 * have the prospect; ENOSPC: too many offers. */
enum { DESK_NOTE_MAX = 500 };
int desk_midcall(struct desk *d, const char *call_id, const json_t *wanted, desk_done_fn *fn, void *arg);

/* Ends the wrap-up (the form: handoff_row_wrap_up in store/desk_rows.h); also later, when its time is over, or again as a correction. */
int desk_wrap_up(struct desk *d, const char *handoff_id, const json_t *wrap_up, desk_done_fn *fn, void *arg);
int desk_wrap_up_s(const struct desk *d); /* the setting: so long after the talk the closer is in wrap-up; any thread, at once */

#endif
