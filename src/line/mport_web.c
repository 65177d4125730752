/* mport_web.c - a port whose far end is a browser: where it sends to, when it may, and what it tells. */
#include <sys/socket.h>

#include "line/media_priv.h"

#include "base/banned.h"

static void send_datagram(const struct sa *to, const uint8_t *data, size_t n, void *arg)
{
    const struct mport *p = arg;

    if (sendto(p->fd, data, n, MSG_DONTWAIT | MSG_NOSIGNAL, &to->u.sa, to->len) < 0)
        return; /* lost like any other: the browser asks again, and so does DTLS */
}

void mport_web_plug(struct mport *p, struct media_web *web, int lost_ms)
{
    media_web_free(p->web);
    p->web = web;
    p->web_told = MEDIA_WEB_WAITING;
    p->rtp_timeout_ms = lost_ms;
    media_web_plug(web, send_datagram, p);
}

bool mport_web_sending(const struct mport *p)
{
    return p->web == NULL || media_web_state(p->web) == MEDIA_WEB_SECURE;
}

/* Whoever connects is awaited by the leg; only audio that ceases is noticed here. */
void mport_web_tick(struct mport *p, int64_t now_us)
{
    enum media_web_state s;

    if (p->web == NULL)
        return;
    media_web_tick(p->web);
    s = media_web_state(p->web);
    if (s >= MEDIA_WEB_CHECKED)
        p->remote = *media_web_peer(p->web);
    if (s < MEDIA_WEB_SECURE)
        p->expected_since_us = 0;
    if (s == p->web_told)
        return;
    p->web_told = s;
    p->expected_since_us = s == MEDIA_WEB_SECURE ? now_us : 0;
    if (s == MEDIA_WEB_SECURE || s == MEDIA_WEB_GONE)
        mport_emit(p, &(struct media_event){.kind = s == MEDIA_WEB_SECURE ? MEDIA_EV_SECURE : MEDIA_EV_GONE, .at_us = now_us});
}
