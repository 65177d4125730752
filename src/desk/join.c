/* join.c - a manager or a second closer joins a call that a human has: they listen, whisper to the closer, or talk to both.
 *
 *   CONNECTING (a browser: until its audio is secure; a telephone: until it is picked up) -> ON (listen <-> whisper <-> barge) -> over
 *
 * Every stretch in one mode is a row of its own, so that it is known later who listened when. Each person is in one call at a time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "desk/overhear.h"

#include "base/banned.h"

struct join {
    struct handoff *handoff;   /* borrowed: it closes its joins */
    char id[ID_MAX];           /* of the row of this stretch */
    char user_id[ID_MAX], name[64];
    struct closer *closer;     /* NULL: no closer */
    enum presence before;      /* of the closer */
    enum join_mode mode;
    struct leg *leg;           /* reference */
    bool up, overheard;
};

static void join_destroy(void *obj)
{
    struct join *j = obj;

    obj_unref(j->leg);
}

struct mport *join_port(const struct handoff *h, int i)
{
    const struct join *j = h->bridged.joins[i];

    return j != NULL && j->up ? leg_port(j->leg) : NULL;
}

enum join_mode join_mode_of(const struct handoff *h, int i)
{
    const struct join *j = h->bridged.joins[i];

    return j != NULL ? j->mode : JOIN_LISTEN;
}

/* Whom the prospect hears is written down like the closer. */
void join_overhear(struct handoff *h, bool talks)
{
    for (int i = 0; i < JOINS_MAX; i++) {
        struct join *j = h->bridged.joins[i];
        bool wanted = j != NULL && j->up && j->mode == JOIN_BARGE && talks;

        if (j == NULL || wanted == j->overheard)
            continue;
        j->overheard = wanted;
        if (wanted)
            overhear(h->desk, leg_port(j->leg), &(struct overhear){.call_id = h->call_id, .lead_id = h->lead_id, .speaker = "closer", .name = j->name, .turn_seq = h->turn_seq, .recording_us = h->recording_us});
        else
            mport_set_tap(leg_port(j->leg), NULL);
    }
}

/* --- who may --- */

static bool invited(const struct handoff *h, const char *closer_id)
{
    for (int i = 0; i < INVITED_MAX; i++)
        if (closer_id[0] != '\0' && strcmp(h->bridged.invited[i], closer_id) == 0)
            return true;
    return false;
}

static bool may_join(const struct handoff *h, const struct desk_person *who)
{
    return who->manages || h->desk->cfg.closers_join || invited(h, who->closer_id);
}

/* The one who has the prospect, or is consulted about them, is in the call already. */
static bool is_in(const struct handoff *h, const struct closer *c)
{
    return c != NULL && ((h->winner != NULL && h->winner->closer == c) || (h->bridged.colleague != NULL && h->bridged.colleague->closer == c));
}

int join_invite(struct handoff *h, const struct closer *c)
{
    if (is_in(h, c))
        return EALREADY;
    if (invited(h, c->id))
        return 0;
    (void)text_copy(h->bridged.invited[h->bridged.invited_next], ID_MAX, c->id);
    h->bridged.invited_next = (h->bridged.invited_next + 1) % INVITED_MAX; /* the oldest invitation is forgotten */
    desk_write_invited(h, c);
    return 0;
}

/* --- rows --- */

static void write_row(const struct join *j, const char *what)
{
    const struct handoff *h = j->handoff;

    desk_write_join(h, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s?,s:s,s:s}", "what", what, "id", j->id, "call_id", h->call_id, "lead_id", h->lead_id, "handoff_id", h->id, "user_id", j->user_id,
                                 "closer_id", j->closer != NULL ? j->closer->id : NULL, "name", j->name, "mode", join_mode_name(j->mode)));
}

static void begin_stretch(struct join *j, const char *what)
{
    id_new(j->id, clock_now_ms());
    write_row(j, what);
}

/* --- leaving --- */

static struct join **slot_of(struct handoff *h, const struct join *j)
{
    for (int i = 0; i < JOINS_MAX; i++)
        if (h->bridged.joins[i] == j)
            return &h->bridged.joins[i];
    return NULL;
}

static void restore_closer(const struct join *j)
{
    if (j->closer != NULL && j->closer->presence == PRESENCE_RESERVED)
        closer_set_presence(j->closer, j->before, NULL, NULL);
}

static void leave(struct join *j)
{
    struct handoff *h = j->handoff;
    struct join **slot = slot_of(h, j);

    if (slot == NULL)
        return;
    *slot = NULL;
    if (j->up)
        write_row(j, "ended");
    leg_forget(j->leg);
    mport_unbridge(leg_port(j->leg));
    leg_hangup(j->leg, 0);
    restore_closer(j);
    bridged_mix(h);
    obj_unref(j);
}

void join_close_all(struct handoff *h, const char *reason)
{
    for (int i = 0; i < JOINS_MAX; i++)
        if (h->bridged.joins[i] != NULL) {
            log_debug("desk", h->call_id, "whoever had joined is let go: %s", reason);
            leave(h->bridged.joins[i]);
        }
}

static struct join *join_of(struct desk *d, const char *user_id)
{
    for (struct handoff *h = d->first; h != NULL; h = h->next)
        for (int i = 0; i < JOINS_MAX; i++)
            if (h->bridged.joins[i] != NULL && strcmp(h->bridged.joins[i]->user_id, user_id) == 0)
                return h->bridged.joins[i];
    return NULL;
}

int desk_join_leave(struct desk *d, const char *call_id, const char *user_id)
{
    struct join *j = join_of(d, user_id);

    if (j == NULL || strcmp(j->handoff->call_id, call_id) != 0)
        return ENOENT;
    leave(j);
    return 0;
}

/* --- joining --- */

static void on_leg(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct join *j = obj_ref(arg);

    (void)leg;
    if (ev->kind == LEG_EV_ANSWERED && !j->up) {
        j->up = true;
        begin_stretch(j, "started");
        bridged_mix(j->handoff);
    } else if (ev->kind == LEG_EV_ENDED) {
        leave(j);
    }
    obj_unref(j);
}

enum { JOIN_RING_S = 30, JOIN_LOST_MS = 5000 };

static int open_browser(struct join *j, char **answer, const char *sdp)
{
    int err = leg_web_open(&j->leg, answer, j->handoff->desk->line, &(struct leg_web){.offer = sdp, .offer_n = strlen(sdp), .name = j->name, .lost_ms = JOIN_LOST_MS});

    if (!err)
        err = leg_accept(j->leg, on_leg, j);
    if (err && j->leg != NULL) {
        leg_hangup(j->leg, 0);
        free(*answer);
        *answer = NULL;
    }
    return err;
}

/* Their own telephone rings; a browser as telephone offers a line of its own for this. Not one at a number: a voicemail might pick up and hear it all. */
static int open_telephone(struct join *j)
{
    if (j->closer == NULL || closer_has_number(j->closer) || strcmp(j->closer->sip_uri, DESK_BROWSER) == 0 || !closer_reachable(j->closer))
        return ENOTCONN;
    return closer_dial(&j->leg, j->closer, j->handoff->call_id, JOIN_RING_S, on_leg, j);
}

static int admit(struct handoff *h, const struct desk_person *who, struct closer *c, struct join ***slot)
{
    *slot = slot_of(h, NULL);
    if (!may_join(h, who))
        return EPERM;
    if (is_in(h, c))
        return EALREADY;
    if (c != NULL && (c->presence == PRESENCE_IN_CALL || c->presence == PRESENCE_RINGING))
        return EBUSY;
    return *slot == NULL ? ENOSPC : 0;
}

static void reserve(struct join *j)
{
    struct closer *c = j->closer;

    if (c == NULL)
        return;
    j->before = c->presence == PRESENCE_WRAP_UP ? PRESENCE_AVAILABLE : c->presence;
    closer_set_presence(c, PRESENCE_RESERVED, "joined a call", j->handoff->call_id);
}

int desk_join(struct desk *d, char **answer, const char *call_id, const struct desk_person *who, const char *mode, const char *sdp)
{
    struct handoff *h = desk_bridged_find(d, call_id);
    struct closer *c = desk_closer_find(d, who->closer_id);
    struct join *j = join_of(d, who->user_id), **slot;
    int err;

    *answer = NULL;
    if (h == NULL)
        return ENOENT;
    if (j != NULL) /* their other window, or the call before */
        leave(j);
    err = admit(h, who, c, &slot);
    j = err ? NULL : obj_alloc(sizeof *j, join_destroy);
    if (j == NULL)
        return err ? err : ENOMEM;
    j->handoff = h;
    j->closer = c;
    (void)text_copy(j->user_id, sizeof j->user_id, who->user_id);
    (void)text_copy(j->name, sizeof j->name, who->name);
    err = join_mode_parse(&j->mode, mode) ? sdp != NULL ? open_browser(j, answer, sdp) : open_telephone(j) : EINVAL;
    if (err) {
        obj_unref(j);
        return err;
    }
    *slot = j;
    reserve(j);
    return 0;
}

int desk_join_mode(struct desk *d, const char *call_id, const char *user_id, const char *mode)
{
    struct join *j = join_of(d, user_id);
    enum join_mode m;

    if (j == NULL || strcmp(j->handoff->call_id, call_id) != 0)
        return ENOENT;
    if (!join_mode_parse(&m, mode))
        return EINVAL;
    if (m == j->mode)
        return 0;
    if (j->up)
        write_row(j, "left_mode");
    j->mode = m;
    if (j->up)
        begin_stretch(j, "mode");
    bridged_mix(j->handoff);
    return 0;
}
