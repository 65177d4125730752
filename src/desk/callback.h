/* callback.h - a closer calls a prospect: inside desk/ only. Control loop. */
#ifndef BATON_DESK_CALLBACK_H
#define BATON_DESK_CALLBACK_H

#include "desk/pickup.h"
#include "desk/ringback.h"

enum callback_state { CALLBACK_CLOSER_RINGS, CALLBACK_PROSPECT_RINGS, CALLBACK_TALKING, CALLBACK_OVER };

struct callback {
    struct desk *desk;       /* borrowed */
    struct callback *next;
    struct closer *closer;   /* borrowed: closers live as long as the desk */
    enum presence before;    /* of the closer: restored when the prospect is not reached */
    enum callback_state state;
    char call_id[37], handoff_id[37], offer_id[37], phone[LEG_URI_MAX];
    json_t *row;             /* what is written, growing: store/desk_rows.h callback_row_* */
    struct leg *closer_leg, *prospect_leg;
    struct pickup *pickup;   /* of a closer's number: who picked up there is being found out; one reference */
    bool browser;            /* closer_leg is the closer's browser, which stays plugged in; NULL while it is gone */
    struct timer replug_timer;
    struct recorder *recorder;
    int *turn_seq;           /* obj.h: of the transcript's newest line; NULL: the call is not recorded */
    int64_t recording_us;
    char recording[512];
    int64_t answered_ms;
};

/* wanted: {lead_id, phone, task_id|null, brief}. Rings the closer's telephone. EBUSY: they are in a call, or it rings. ENOTCONN: their browser is not plugged in. */
int callback_start(struct desk *d, struct closer *who, const json_t *wanted);
void callback_cancel(struct callback *c, const char *reason); /* c may be gone afterwards */

/* callback.c, callback_end.c, callback_talk.c */
void callback_set_state(struct callback *c, enum callback_state s);
void callback_join(struct callback *c);
void callback_record(struct callback *c);
/* `outcome`: how the prospect's leg ended, as a word; NULL: it never began. `by`: closer, prospect, us. */
void callback_finish(struct callback *c, const char *outcome, const char *by, const char *reason);

/* For phone.c: the browser of this closer is gone, or plugged in again; nothing happens when they call nobody. */
void callback_phone_lost(const struct closer *who);
void callback_phone_back(const struct closer *who);
int callback_hang_up(const struct closer *who);                 /* ENOENT: they call nobody */
struct mport *callback_prospect(const struct closer *who);      /* whom they talk to; NULL: nobody */

/* desk_journal.c */
void desk_write_callback_begin(const struct callback *c);
void desk_write_callback_bridged(const struct callback *c);
void desk_write_callback_end(const struct callback *c);

#endif
