/* leg_web.c - a leg whose far end is a browser. Its signalling is one offer and one answer, carried by whoever calls leg_web_open; the rest is told by the media
 * port: keys agreed (answered), goodbye or silence (ended). */
#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/obj.h"
#include "base/text.h"
#include "line/line_priv.h"
#include "line/media_web.h"
#include "line/sdp_web.h"

#include "base/banned.h"

static void on_not_connected(void *arg)
{
    leg_end(arg, LEG_MEDIA_FAILED, 0, "the browser did not connect", true);
}

static int negotiate(struct leg *leg, char **answer, const struct leg_web *w)
{
    char ip[64], fingerprint[DTLS_FINGERPRINT_TEXT];
    struct dtls_identity *id = media_identity(leg->line->media);
    struct sdp_web_theirs theirs;
    struct media_web *web;
    struct ice_lite ice;
    uint16_t port;
    int err;

    mport_local(leg->port, ip, sizeof ip, &port);
    dtls_identity_fingerprint(id, fingerprint);
    ice_lite_init(&ice);
    err = sdp_web_answer(answer, &theirs, &ice, &(struct sdp_web_ours){.ip = ip, .port = port, .fingerprint = fingerprint, .opus = !w->narrow}, w->offer, w->offer_n);
    if (err)
        return err;
    err = media_web_alloc(&web, id, &ice, theirs.fingerprint);
    if (err) {
        free(*answer);
        *answer = NULL;
        return err;
    }
    leg->remote = theirs.media;
    leg->has_remote = true;
    mport_secure(leg->port, web, w->lost_ms > 0 ? w->lost_ms : LEG_WEB_LOST_MS);
    return 0;
}

int leg_web_open(struct leg **lp, char **answer, struct line *l, const struct leg_web *w)
{
    struct leg *leg;
    int err = leg_create(&leg, l, false);

    if (err)
        return err;
    leg->web = true;
    err = negotiate(leg, answer, w);
    if (err) {
        obj_unref(leg);
        return err;
    }
    text_copy(leg->remote_party, sizeof leg->remote_party, w->name != NULL ? w->name : "browser");
    (void)id_new(leg->call_id, clock_now_ms());
    leg_attach(leg);
    tmr_start(&leg->ring_tmr, LEG_WEB_CONNECT_MS, on_not_connected, leg);
    *lp = leg;
    return 0;
}

int leg_web_accept(struct leg *leg)
{
    leg_state_set(leg, LEG_ACCEPTED);
    mport_start(leg->port, &leg->remote);
    return 0;
}

void leg_web_on_secure(struct leg *leg)
{
    if (leg->state != LEG_ACCEPTED)
        return;
    tmr_cancel(&leg->ring_tmr);
    leg->answered_us = clock_mono_us();
    leg_state_set(leg, LEG_UP);
    leg_emit_kind(leg, LEG_EV_ANSWERED);
}

void leg_web_on_gone(struct leg *leg)
{
    if (leg->state == LEG_UP)
        leg_end(leg, LEG_COMPLETED, 0, "hung up by the far end", false);
    else
        leg_end(leg, LEG_MEDIA_FAILED, 0, "no secure connection", false);
}
