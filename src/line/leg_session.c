/* leg_session.c - what libre's session tells a leg, whichever side began it. Nothing here destroys the session but on_close. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "line/line_priv.h"

#include "base/banned.h"

void leg_session_open(struct leg *leg)
{
    const char *id = sip_dialog_callid(sipsess_dialog(leg->sess));

    text_copy(leg->call_id, sizeof leg->call_id, id != NULL ? id : "");
}

/* A re-INVITE, or a 2xx to an INVITE without offer (which we never send). */
int leg_on_offer(struct mbuf **descp, const struct sip_msg *msg, void *arg)
{
    struct leg *leg = arg;
    int err;

    if (mbuf_get_left(msg->mb) == 0)
        return line_sdp_offer(leg->sdp, descp);
    err = line_message_has_sdp(msg) ? leg_media_read(leg, msg->mb, true) : EBADMSG;
    if (!err)
        err = line_sdp_answer(leg->sdp, descp);
    if (!err)
        leg_media_hold_check(leg);
    return err;
}

/* An answer in a 200, or in the ACK of a 200 that carried our offer. Carriers that answered in a 183 may leave it out. */
int leg_on_answer(const struct sip_msg *msg, void *arg)
{
    struct leg *leg = arg;
    int err;

    if (leg_over(leg))
        return 0; /* the session ends right after: the code of this answer does not matter */
    if (mbuf_get_left(msg->mb) == 0 && leg->has_remote)
        return 0;
    err = line_message_has_sdp(msg) ? leg_media_read(leg, msg->mb, false) : EBADMSG;
    if (err)
        leg->media_failed = true;
    else
        leg_media_hold_check(leg);
    return err;
}

void leg_on_established(const struct sip_msg *msg, void *arg)
{
    struct leg *leg = arg;

    (void)msg;
    if (leg_over(leg))
        return;
    tmr_cancel(&leg->ring_tmr);
    if (leg->answered_us == 0)
        leg->answered_us = clock_mono_us();
    if (leg->has_remote)
        mport_start(leg->port, &leg->remote);
    leg_state_set(leg, LEG_UP);
    leg_emit_kind(leg, LEG_EV_ANSWERED);
    leg_media_hold_check(leg);
}

/* "Signal=5" of application/dtmf-relay, or the bare digit of application/dtmf. 0 when there is none. */
static char info_digit(const struct sip_msg *msg)
{
    struct pl body = {(const char *)mbuf_buf(msg->mb), mbuf_get_left(msg->mb)}, digit;

    if (msg_ctype_cmp(&msg->ctyp, "application", "dtmf-relay")) {
        if (re_regex(body.p, body.l, "Signal[ ]*=[ ]*[0-9*#A-Da-d]1", NULL, NULL, &digit) != 0)
            return 0;
        return (char)toupper((unsigned char)*digit.p);
    }
    if (!msg_ctype_cmp(&msg->ctyp, "application", "dtmf") || body.l == 0)
        return 0;
    return strchr("0123456789*#ABCD", *body.p) != NULL && *body.p != '\0' ? *body.p : 0;
}

void leg_on_info(struct sip *sip, const struct sip_msg *msg, void *arg)
{
    struct leg *leg = arg;
    struct media_event key = {.kind = MEDIA_EV_DTMF, .digit = info_digit(msg), .at_us = clock_mono_us()};
    struct leg_event ev = {.kind = LEG_EV_MEDIA, .media = &key, .at_us = key.at_us};

    if (key.digit == 0 && mbuf_get_left(msg->mb) > 0) {
        (void)sip_treplyf(NULL, NULL, sip, msg, false, 415, "Unsupported Media Type",
                          "Accept: application/dtmf-relay, application/dtmf\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    (void)sip_treply(NULL, sip, msg, 200, "OK");
    if (key.digit != 0 && !leg_over(leg))
        leg_emit(leg, &ev);
}

/* Baton joins legs itself and follows nobody's transfer. */
void leg_on_refer(struct sip *sip, const struct sip_msg *msg, void *arg)
{
    (void)arg;
    (void)sip_treplyf(NULL, NULL, sip, msg, false, 405, "Method Not Allowed",
                      "Allow: " LINE_ALLOW "\r\nContent-Length: 0\r\n\r\n");
}

static void end_by_code(struct leg *leg, const struct sip_msg *msg)
{
    char reason[LEG_REASON_MAX];

    line_pl_copy(reason, sizeof reason, &msg->reason);
    leg_end(leg, leg_outcome_from_code(msg->scode), msg->scode, reason, false);
}

static void end_unanswered(struct leg *leg, int err)
{
    if (err == ECONNRESET && !leg->outbound)
        leg_end(leg, LEG_CANCELLED, 487, "caller gave up", false);
    else if (leg->state == LEG_ACCEPTED && !leg->media_failed)
        leg_end(leg, LEG_UNREACHABLE, 0, "answer never confirmed", false);
    else
        leg_end(leg, LEG_UNREACHABLE, 0, err == ETIMEDOUT ? "no response" : strerror(err), false);
}

/* libre closed the session: a BYE (ECONNRESET without message), a CANCEL, a final code, or a failure of its own. */
void leg_on_close(int err, const struct sip_msg *msg, void *arg)
{
    struct leg *leg = arg;

    leg->sess = mem_deref(leg->sess);
    if (leg->media_failed)
        leg_end(leg, LEG_MEDIA_FAILED, msg != NULL ? msg->scode : 0, "nothing in common in the answer", true);
    else if (leg->state == LEG_UP)
        leg_end(leg, LEG_COMPLETED, 0, err == ECONNRESET ? "hung up by the far end" : "far end is gone", false);
    else if (msg != NULL && msg->scode >= 300)
        end_by_code(leg, msg);
    else
        end_unanswered(leg, err);
}
