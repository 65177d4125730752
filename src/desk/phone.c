/* phone.c - the browser of a closer as their telephone.
 *
 *   (nothing) --plug--> connecting --secure--> plugged in --unplug, goodbye, silence--> (nothing)
 *
 * A browser stays plugged in between calls; an offer rings there by its event and is picked up by the click. A second browser takes the place of the first when
 * it is connected, not before, so that a page that is loaded again or a new network finds the prospect still there. Whoever counts on a browser and has none
 * plugged in is away after UNPLUGGED_MS, and available again with it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "desk/callback.h"
#include "desk/redial.h"

#include "base/banned.h"

enum { UNPLUGGED_MS = 10000 };

static bool needs_browser(const struct closer *c)
{
    return strcmp(c->sip_uri, DESK_BROWSER) == 0;
}

bool closer_has_browser(const struct closer *c)
{
    return c->phone != NULL;
}

bool closer_reachable(const struct closer *c)
{
    if (closer_has_browser(c))
        return true;
    return closer_has_telephone(c) ? closer_telephone_registered(c) : !needs_browser(c);
}

struct handoff *closer_handoff(const struct closer *c)
{
    for (struct handoff *h = c->desk->first; h != NULL; h = h->next)
        if (h->winner != NULL && h->winner->closer == c && (h->state == HANDOFF_BRIDGED || h->state == HANDOFF_LOST))
            return h;
    return NULL;
}

/* --- presence follows the plug --- */

static void on_unplugged_for_long(void *arg)
{
    struct closer *c = arg;

    if (c->presence != PRESENCE_AVAILABLE || closer_reachable(c))
        return;
    c->away_unplugged = true;
    closer_set_presence(c, PRESENCE_AWAY, closer_has_telephone(c) ? DESK_UNREGISTERED : DESK_UNPLUGGED, NULL);
}

void closer_watch_phone(struct closer *c)
{
    if (c->presence != PRESENCE_AWAY)
        c->away_unplugged = false;
    if (c->presence != PRESENCE_AVAILABLE || closer_reachable(c))
        timer_cancel(&c->phone_timer);
    else if (!timer_running(&c->phone_timer))
        timer_start(&c->phone_timer, UNPLUGGED_MS, on_unplugged_for_long, c);
}

/* --- the line --- */

static struct leg *let_go(struct leg *leg)
{
    if (leg != NULL) {
        leg_forget(leg);
        leg_hangup(leg, 0);
    }
    return obj_unref(leg);
}

/* An acceptance that came while nothing was plugged in counts now. */
static void pick_up_what_was_accepted(struct closer *c)
{
    for (struct handoff *h = c->desk->first; h != NULL; h = h->next)
        for (int i = 0; i < h->offer_count; i++) {
            struct offer *o = &h->offers[i];

            if (o->closer == c && o->browser && o->state == OFFER_RINGING && o->accept_when_answered) {
                offer_accept(o);
                return;
            }
        }
}

static void on_plugged(struct closer *c)
{
    struct handoff *h = closer_handoff(c);

    let_go(c->phone);
    c->phone = c->next_phone;
    c->next_phone = NULL;
    if (h != NULL && h->winner->browser)
        handoff_phone_back(h, c->phone);
    callback_phone_back(c);
    pick_up_what_was_accepted(c);
    if (c->away_unplugged)
        closer_set_presence(c, PRESENCE_AVAILABLE, NULL, NULL);
    closer_watch_phone(c);
}

/* Who is only consulted is not waited for: the prospect's closer is told. */
static bool leave_consultation(const struct closer *c)
{
    struct offer *o = transfer_offer_of(c);

    if (o == NULL)
        return false;
    if (o->browser)
        handoff_closer_left(o, "closer_lost");
    else
        leg_hangup(o->leg, 0);
    return true;
}

static void on_unplugged(struct closer *c)
{
    struct handoff *h = closer_handoff(c);

    c->phone = obj_unref(c->phone);
    if (h != NULL && h->winner->browser)
        handoff_phone_lost(h);
    leave_consultation(c);
    callback_phone_lost(c);
    closer_watch_phone(c);
}

static void on_key(struct closer *c, char digit)
{
    const char digits[] = {digit, '\0'};
    struct handoff *h = closer_handoff(c);
    bool talks = h != NULL && h->state == HANDOFF_BRIDGED && h->bridged.mid.state == MID_TALKING;
    struct mport *prospect = talks ? h->prospect : callback_prospect(c);

    if (prospect != NULL)
        mport_dtmf(prospect, digits);
}

static void on_phone(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct closer *c = arg;

    if (ev->kind == LEG_EV_ANSWERED && leg == c->next_phone)
        on_plugged(c);
    else if (ev->kind == LEG_EV_MEDIA && ev->media->kind == MEDIA_EV_DTMF && leg == c->phone)
        on_key(c, ev->media->digit);
    else if (ev->kind == LEG_EV_ENDED && leg == c->next_phone)
        c->next_phone = obj_unref(leg);
    else if (ev->kind == LEG_EV_ENDED && leg == c->phone)
        on_unplugged(c);
}

int desk_phone_plug(struct desk *d, char **answer, char plug_id[ID_MAX], const char *closer_id, const char *sdp)
{
    struct closer *c = desk_closer_find(d, closer_id);
    struct leg *leg;
    int err;

    if (c == NULL || c->gone)
        return ENOENT;
    if (d->closing)
        return ESHUTDOWN;
    err = leg_web_open(&leg, answer, d->line, &(struct leg_web){.offer = sdp, .offer_n = strlen(sdp), .name = c->name, .lost_ms = LINE_LOST_MS});
    if (err)
        return err;
    c->next_phone = let_go(c->next_phone);
    c->next_phone = leg;
    memcpy(plug_id, leg_sip_call_id(leg), ID_MAX);
    err = leg_accept(leg, on_phone, c);
    if (err) {
        c->next_phone = let_go(c->next_phone);
        free(*answer);
        *answer = NULL;
    }
    return err;
}

void desk_phone_unplug(struct desk *d, const char *closer_id)
{
    struct closer *c = desk_closer_find(d, closer_id);

    if (c == NULL)
        return;
    c->next_phone = let_go(c->next_phone);
    if (c->phone == NULL)
        return;
    leg_forget(c->phone);
    leg_hangup(c->phone, 0);
    on_unplugged(c);
}

int desk_phone_get(const struct desk *d, char plug_id[ID_MAX], const char *closer_id)
{
    const struct closer *c = NULL;

    for (int i = 0; i < d->closer_count && c == NULL; i++)
        if (strcmp(d->closers[i].id, closer_id) == 0)
            c = &d->closers[i];
    if (c == NULL)
        return ENOENT;
    plug_id[0] = '\0';
    if (c->phone != NULL)
        memcpy(plug_id, leg_sip_call_id(c->phone), ID_MAX);
    return 0;
}

void desk_phones_close(struct desk *d)
{
    for (int i = 0; i < d->closer_count; i++) {
        struct closer *c = &d->closers[i];

        timer_cancel(&c->phone_timer);
        c->phone = let_go(c->phone);
        c->next_phone = let_go(c->next_phone);
    }
}

/* A telephone is hung up, and tells so; a browser stays plugged in. */
int desk_hang_up(struct desk *d, const char *closer_id)
{
    const struct closer *c = desk_closer_find(d, closer_id);
    struct handoff *h = c != NULL ? closer_handoff(c) : NULL;

    if (c != NULL && leave_consultation(c))
        return 0;
    if (h == NULL)
        return c != NULL ? callback_hang_up(c) : ENOENT;
    if (h->winner->browser)
        handoff_closer_left(h->winner, "closer_hung_up");
    else
        leg_hangup(h->winner->leg, 0);
    return 0;
}
