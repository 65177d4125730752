/* leg_answer.c - being called: check the INVITE, ring, hand it over, answer. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "line/line_priv.h"

#include "base/banned.h"

/* The one extension that may be required of us: session timers, which the caller then runs (RFC 4028). */
static bool unknown_extension(const struct sip_hdr *hdr, const struct sip_msg *msg, void *arg)
{
    (void)msg;
    if (pl_strcasecmp(&hdr->val, "timer") == 0)
        return false;
    *(struct pl *)arg = hdr->val;
    return true;
}

/* True when the INVITE may become a leg; otherwise it has had its final answer. */
static bool invite_acceptable(struct line *l, const struct sip_msg *msg)
{
    struct pl extension = pl_null;

    if (l->closing || l->on_incoming == NULL || l->leg_count >= LINE_LEGS_MAX) {
        (void)sip_treplyf(NULL, NULL, l->sip, msg, false, 503, "Service Unavailable",
                          "Retry-After: 30\r\nContent-Length: 0\r\n\r\n");
        return false;
    }
    (void)sip_msg_hdr_apply(msg, true, SIP_HDR_REQUIRE, unknown_extension, &extension);
    if (pl_isset(&extension)) {
        (void)sip_treplyf(NULL, NULL, l->sip, msg, false, 420, "Bad Extension",
                          "Unsupported: %r\r\nContent-Length: 0\r\n\r\n", &extension);
        return false;
    }
    if (mbuf_get_left(msg->mb) > 0 && !line_message_has_sdp(msg)) {
        (void)sip_treplyf(NULL, NULL, l->sip, msg, false, 415, "Unsupported Media Type",
                          "Accept: application/sdp\r\nContent-Length: 0\r\n\r\n");
        return false;
    }
    return true;
}

static void on_unanswered(void *arg)
{
    leg_hangup(arg, 480);
}

/* Reads the offer (its answer is made at leg_accept) and rings. */
static int ring(struct leg *leg, const struct sip_msg *msg)
{
    struct line *l = leg->line;
    int err = leg_sdp_open(leg);

    leg->delayed_offer = mbuf_get_left(msg->mb) == 0;
    if (!err && !leg->delayed_offer)
        err = line_sdp_read(leg->sdp, msg->mb, true, &leg->remote);
    if (err)
        return err;
    leg->has_remote = !leg->delayed_offer;
    line_timer_headers(leg->timer_headers, msg);
    return sipsess_accept(&leg->sess, l->sessions, msg, 180, "Ringing", l->contact_user, "application/sdp", NULL,
                          line_on_auth_refuse, l, false, leg_on_offer, leg_on_answer, leg_on_established,
                          leg_on_info, leg_on_refer, leg_on_close, leg, "Allow: %s\r\n", LINE_ALLOW);
}

static void refuse(struct line *l, const struct sip_msg *msg, int err)
{
    if (err == ENOTSUP || err == EBADMSG || err == EMSGSIZE)
        (void)sip_treply(NULL, l->sip, msg, 488, "Not Acceptable Here");
    else
        (void)sip_treply(NULL, l->sip, msg, 500, "Server Internal Error");
}

static void user_copy(char *out, size_t size, const struct pl *user)
{
    if (!pl_isset(user) || re_snprintf(out, size, "%H", uri_user_unescape, user) < 0)
        line_pl_copy(out, size, user);
}

void leg_on_invite(const struct sip_msg *msg, void *arg)
{
    struct line *l = arg;
    struct leg *leg = NULL;
    char to[LEG_URI_MAX];
    int err;

    if (!invite_acceptable(l, msg))
        return;
    err = leg_create(&leg, l, false);
    if (!err)
        err = ring(leg, msg);
    if (err) {
        refuse(l, msg, err);
        obj_unref(leg);
        return;
    }
    user_copy(leg->remote_party, sizeof leg->remote_party, &msg->from.uri.user);
    user_copy(to, sizeof to, pl_isset(&msg->uri.user) ? &msg->uri.user : &msg->to.uri.user);
    leg_session_open(leg);
    leg_attach(leg);
    tmr_start(&leg->ring_tmr, (uint64_t)LEG_INBOUND_RING_MAX_S * 1000, on_unanswered, leg);
    l->on_incoming(leg, leg->remote_party, to, l->arg); /* our first reference goes to the handler */
}

int leg_accept(struct leg *leg, leg_event_fn *fn, void *arg)
{
    struct mbuf *desc = NULL;
    int err;

    if (leg->state != LEG_OFFERED || (leg->sess == NULL && !leg->web))
        return ENOTCONN;
    if (leg->web) {
        leg_watch(leg, fn, arg);
        return leg_web_accept(leg);
    }
    err = leg->delayed_offer ? line_sdp_offer(leg->sdp, &desc) : line_sdp_answer(leg->sdp, &desc);
    if (!err)
        err = sipsess_answer(leg->sess, 200, "OK", desc, "Allow: %s\r\n%s", LINE_ALLOW, leg->timer_headers);
    mem_deref(desc);
    if (err)
        return err;
    leg_watch(leg, fn, arg);
    leg->answered_us = clock_mono_us();
    tmr_cancel(&leg->ring_tmr);
    leg_state_set(leg, LEG_ACCEPTED);
    if (leg->has_remote)
        mport_start(leg->port, &leg->remote);
    return 0;
}
