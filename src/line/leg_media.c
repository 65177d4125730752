/* leg_media.c - a leg's media port: what was agreed goes to it, what it tells comes from it. */

#include "line/line_priv.h"

#include "base/banned.h"

/* Silence is a fault only in a call that is up and talking: ringing with early media may be silent, and a phone that holds us
 * with a=sendonly need not have music. Answering and resuming arm the port's watch again. */
static bool silence_expected(const struct leg *leg)
{
    return leg->state != LEG_UP || leg->held;
}

static void on_port_event(const struct media_event *ev, void *arg)
{
    struct leg *leg = arg;
    const struct leg_event out = {.kind = LEG_EV_MEDIA, .media = ev, .at_us = ev->at_us};

    if (leg_over(leg) || ((ev->kind == MEDIA_EV_RTP_TIMEOUT || ev->kind == MEDIA_EV_STALLED) && silence_expected(leg)))
        return;
    if (ev->kind == MEDIA_EV_SECURE)
        leg_web_on_secure(leg);
    else
        leg_emit(leg, &out);
    if (ev->kind == MEDIA_EV_GONE)
        leg_web_on_gone(leg);
    if (ev->kind == MEDIA_EV_RTP_TIMEOUT)
        leg_end(leg, LEG_MEDIA_FAILED, 0, "no audio from the far end", true);
}

int leg_media_open(struct leg *leg)
{
    return mport_alloc(&leg->port, leg->line->media, on_port_event, leg);
}

int leg_sdp_open(struct leg *leg)
{
    char ip[64];
    uint16_t port;

    mport_local(leg->port, ip, sizeof ip, &port);
    return line_sdp_alloc(&leg->sdp, ip, port, leg->secure);
}

int leg_media_read(struct leg *leg, struct mbuf *body, bool offer)
{
    struct mport_remote r;
    int err = line_sdp_read(leg->sdp, body, offer, &r);

    if (err)
        return err;
    leg->remote = r;
    leg->has_remote = true;
    mport_start(leg->port, &leg->remote);
    return 0;
}

void leg_media_hold_check(struct leg *leg)
{
    bool held = leg->has_remote && !leg->remote.send;

    if (leg->state != LEG_UP || held == leg->held)
        return;
    leg->held = held;
    leg_emit_kind(leg, LEG_EV_HOLD);
}
