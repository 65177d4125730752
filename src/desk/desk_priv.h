/* desk_priv.h - what the files of desk/ share. phone.c: closers' browsers as telephones; telephone.c: telephones that register; pickup.c: who picked up at a number; desk.c: closers and presence; handoff.c: one prospect's way to a human; climb.c: whom it rings; offer.c: one closer's
 * phone; bridged.h: what happens while humans have the call; desk_journal.c: what is written. */
#ifndef BATON_DESK_DESK_PRIV_H
#define BATON_DESK_DESK_PRIV_H

#include <stdatomic.h>

#include "base/hours.h"
#include "base/timer.h"
#include "desk/bridged.h"
#include "desk/desk.h"
#include "desk/ladder.h"

enum { DESK_CLOSERS_MAX = LADDER_CLOSERS_MAX, HANDOFF_OFFERS_MAX = 2 * LADDER_CLOSERS_MAX };

#define DESK_UNPLUGGED "browser phone is not connected" /* a reason to be away */
#define DESK_UNREGISTERED "telephone is not registered"  /* another */

enum presence { PRESENCE_AVAILABLE, PRESENCE_RESERVED, PRESENCE_RINGING, PRESENCE_IN_CALL, PRESENCE_WRAP_UP, PRESENCE_AWAY, PRESENCE_OFFLINE };
const char *presence_name(enum presence p);

struct closer {
    char id[37], name[64], sip_uri[LEG_URI_MAX], team[48];
    bool accept_on_answer;
    bool gone;              /* archived: offered nothing any more */
    enum presence presence;
    int64_t idle_since, offered_at;
    json_t *profile, *skills;       /* owned: match.h */
    struct hours hours;
    int talks_a_day;                /* 0: as many as come */
    int talks_today;
    int64_t talk_day;               /* the local day that talks_today counts */
    struct desk *desk;      /* borrowed */
    struct timer wrap_timer;
    char telephone_user[LINE_PHONE_USER_MAX]; /* "": no telephone of theirs registers */
    uint8_t telephone_ha1[LINE_PHONE_HA1];
    struct leg *phone, *next_phone; /* the browser that is plugged in; one that is connecting; references */
    bool away_unplugged;            /* only because nothing is plugged in */
    struct timer phone_timer;       /* unplugged while available: away when it is over */
    char handoff_id[37];    /* of the last handoff, for the wrap-up */
};

struct desk {
    struct desk_config cfg;
    struct store *store;
    struct line *line;
    struct speech *speech;
    struct loop *control;
    int closer_count;
    struct closer closers[DESK_CLOSERS_MAX];
    struct handoff *first;
    struct callback *callbacks; /* calls made by closers, in progress; one reference each */
    struct clip *hold_music;    /* made when somebody waits for the first time */
    bool closing;
    atomic_int free, soon, all, waiting; /* desk_load_get */
};

/* One closer's phone ringing for one prospect.
 *   RINGING -> ANSWERED (whisper) -> ACCEPTED -> OVER;  RINGING or ANSWERED -> OVER (declined, timeout, failed, withdrawn) */
enum offer_state { OFFER_RINGING, OFFER_ANSWERED, OFFER_ACCEPTED, OFFER_OVER };

struct offer {
    char id[37];
    struct handoff *handoff;  /* borrowed: the handoff outlives its offers */
    struct closer *closer;
    struct leg *leg;
    enum offer_state state;
    bool whispered;
    struct pickup *pickup;     /* of a number: who picked up there is being found out; one reference */
    bool taken;                /* key 1 was pressed on a number: the whisper may be spoken */
    bool browser;              /* no telephone of its own: leg is the closer's browser, from the acceptance on */
    bool accept_when_answered; /* accepted on the screen while the phone still rings */
    int64_t decide_until_ms;   /* mono ms: answered, or accepted on the screen, they have until then; 0: neither yet */
};

/*   REQUESTED -> RINGING -> BRIDGED <-> LOST -> OVER;  BRIDGED -> OVER;  REQUESTED or RINGING -> OVER (failed, or the prospect left) */
enum handoff_state { HANDOFF_REQUESTED, HANDOFF_RINGING, HANDOFF_BRIDGED, HANDOFF_LOST, HANDOFF_OVER };

struct handoff {
    struct desk *desk;
    struct handoff *next;
    char id[37], call_id[37], lead_id[37], team[48], owner[37], whisper[SPEECH_SAY_MAX + 1];
    char language[16], segment[24], territory[24], product[48], source[48]; /* match.h */
    json_t *brief;
    struct mport *prospect;   /* reference */
    int *turn_seq;            /* reference, or NULL */
    int64_t recording_us;
    handoff_event_fn *fn;     /* NULL once the owner has let go */
    void *arg;
    enum handoff_state state;
    struct ladder ladder;
    int64_t requested_ms;
    struct timer step_timer, tick_timer;
    struct leg *again;        /* the closer's telephone, rung again in mid call; reference */
    struct timer again_timer;
    int rendering;            /* clips still on their way */
    bool rendered;
    struct clip *whisper_clip, *press_clip;
    struct offer *winner;     /* whose closer has the prospect; NULL: nobody yet, or the prospect waits for one (bridged.h) */
    struct bridged bridged;
    bool prospect_heard, closer_heard, confirmed;
    int offer_count;
    struct offer offers[HANDOFF_OFFERS_MAX];
};

/* desk.c */
void desk_count(struct desk *d); /* after a change of presence or of a handoff's state */
struct closer *desk_closer_find(struct desk *d, const char *id);
void closer_set_presence(struct closer *c, enum presence p, const char *reason, const char *call_id);
void closer_start_wrap_up(struct closer *c, const char *handoff_id);
struct offer *desk_offer_find(struct desk *d, const char *offer_id);

/* handoff.c */
void handoff_set_state(struct handoff *h, enum handoff_state s);
void handoff_fail(struct handoff *h, const char *reason); /* nobody took it: the owner hears of it; h may be gone afterwards */
void handoff_offer_accepted(struct offer *o);
void handoff_closer_left(struct offer *o, const char *reason);  /* whose line is gone: the closer's, or that of the colleague who is consulted */
/* Humans are done with it: RETURNED (the AI goes on) or ENDED. h may be gone afterwards. */
void handoff_over(struct handoff *h, enum handoff_event_kind kind, const char *reason);
void handoff_closer_heard(struct handoff *h);
void handoff_listen_to_closer(struct handoff *h, struct mport *port);

void handoff_phone_lost(struct handoff *h);    /* the winner's line broke: the prospect waits for it */
void handoff_phone_back(struct handoff *h, struct leg *leg); /* the winner's closer is back, by this line */

/* telephone.c */
void closer_take_telephone(struct closer *c, const json_t *row);
bool closer_telephone_registered(const struct closer *c);
bool closer_has_telephone(const struct closer *c); /* one that registers */
bool closer_has_number(const struct closer *c);    /* a telephone number, dialled through the trunk: anybody may pick up there (pickup.h) */

/* phone.c */
bool closer_reachable(const struct closer *c);
bool closer_has_browser(const struct closer *c);
void closer_watch_phone(struct closer *c);     /* after a change of presence or address */
void desk_phones_close(struct desk *d);
struct handoff *closer_handoff(const struct closer *c); /* the one they are in, or NULL */

/* workload.c: what a closer is for, when they work and how many talks they have had */
void closer_take_profile(struct closer *c, const json_t *row);
void closer_free_profile(struct closer *c);
bool closer_is_full(struct closer *c, int64_t now_ms);
void closer_count_talk(struct closer *c, int64_t now_ms);

/* climb.c */
void handoff_climb(struct handoff *h); /* rings whoever is next, or fails */
void handoff_offer_failed(struct offer *o, const char *state, const char *reason);
void closer_settle(struct closer *c, const char *offer_state); /* presence after an offer that was not taken */

/* offer.c */
/* Rings a closer's telephone; as leg_dial. */
int closer_dial(struct leg **lp, const struct closer *c, const char *call_id, int ring_s, leg_event_fn *fn, void *arg);
void offer_set_state(struct offer *o, enum offer_state s);
int offer_start(struct offer *o, struct handoff *h, struct closer *c, int step, const char *why, int ring_ms);
void offer_whisper(struct offer *o);
void offer_take_leg(struct offer *o, struct leg *leg); /* another line to the same telephone; what it tells is the offer's from now on */
void offer_accept(struct offer *o);
void offer_end(struct offer *o, const char *state, const char *reason); /* hangs up, writes, leaves presence to the caller */
void offer_leave_phone(struct offer *o); /* hangs up a telephone; takes this call off a browser */

/* desk_journal.c */
void desk_write_presence(const struct closer *c, const char *reason, const char *call_id);
void desk_write_handoff_start(const struct handoff *h);
void desk_write_handoff_state(const struct handoff *h, const char *state, const char *closer_id, const char *reason);
void desk_write_offer_start(const struct offer *o, int step, const char *why, int ring_ms);
void desk_write_offer_end(const struct offer *o, const char *state, const char *reason);
void desk_write_midcall(const struct handoff *h, const char *word, const char *reason);
void desk_write_taken_over(const struct handoff *h, const char *before, const struct offer *o); /* before: id of the handoff that ends with it */
void desk_write_invited(const struct handoff *h, const struct closer *c);
void desk_write_join(const struct handoff *h, json_t *row); /* stolen: {what, id, call_id, ...} (store/midcall_rows.h) */

#endif
