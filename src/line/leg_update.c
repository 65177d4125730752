/* leg_update.c - UPDATE within a dialog (RFC 3311): session refresh, with or without a new offer. libre knows no UPDATE. */

#include "line/line_priv.h"

#include "base/banned.h"

static struct leg *leg_of_dialog(struct line *l, const struct sip_msg *msg)
{
    for (struct le *le = list_head(&l->legs); le != NULL; le = le->next) {
        struct leg *leg = le->data;
        const struct sip_dialog *dialog = leg->sess != NULL ? sipsess_dialog(leg->sess) : NULL;

        if (dialog == NULL || leg_over(leg))
            continue;
        /* Before the 200 libre does not know the far end's tag yet. */
        if (leg->outbound && leg->state != LEG_UP ? sip_dialog_cmp_half(dialog, msg) : sip_dialog_cmp(dialog, msg))
            return leg;
    }
    return NULL;
}

/* Whether an offer may come now: 0, or the code that refuses it. */
static int offer_refusal(const struct leg *leg)
{
    switch (leg->state) {
    case LEG_DIALLING:
    case LEG_RINGING:
        return leg->has_remote ? 0 : 491; /* our own offer waits for its answer */
    case LEG_OFFERED:
        return leg->delayed_offer ? 0 : 500; /* theirs waits for ours */
    case LEG_ACCEPTED:
        return leg->delayed_offer ? 491 : 0;
    case LEG_UP:
    case LEG_ENDING:
    case LEG_ENDED:
        break;
    }
    return 0;
}

/* When the far end runs a session timer we confirm it, leaving the refreshing to it. */
void line_timer_headers(char out[LINE_TIMER_HEADERS_MAX], const struct sip_msg *msg)
{
    const struct sip_hdr *se = sip_msg_hdr(msg, SIP_HDR_SESSION_EXPIRES);
    struct pl number;
    uint32_t seconds = 0;

    out[0] = '\0';
    if (se != NULL && re_regex(se->val.p, se->val.l, "[0-9]+", &number) == 0)
        seconds = pl_u32(&number);
    if (seconds == 0)
        return;
    if (sip_msg_hdr_has_value(msg, SIP_HDR_SUPPORTED, "timer") || sip_msg_hdr_has_value(msg, SIP_HDR_REQUIRE, "timer"))
        (void)re_snprintf(out, LINE_TIMER_HEADERS_MAX, "Require: timer\r\nSession-Expires: %u;refresher=uac\r\n", seconds);
}

static void reply_ok(struct line *l, const struct sip_msg *msg, struct mbuf *answer)
{
    char timers[LINE_TIMER_HEADERS_MAX];
    struct sip_contact contact;
    size_t n = answer != NULL ? mbuf_get_left(answer) : 0;

    line_timer_headers(timers, msg);
    sip_contact_set(&contact, l->contact_user, &msg->dst, msg->tp);
    (void)sip_treplyf(NULL, NULL, l->sip, msg, false, 200, "OK", "%H%s%sContent-Length: %zu\r\n\r\n%b", sip_contact_print,
                      &contact, timers, n > 0 ? "Content-Type: application/sdp\r\n" : "", n,
                      n > 0 ? mbuf_buf(answer) : NULL, n);
}

static void take_offer(struct leg *leg, const struct sip_msg *msg)
{
    struct line *l = leg->line;
    struct mbuf *answer = NULL;
    int code = offer_refusal(leg);

    if (code == 491) {
        (void)sip_treply(NULL, l->sip, msg, 491, "Request Pending");
    } else if (code != 0) {
        (void)sip_treplyf(NULL, NULL, l->sip, msg, false, (uint16_t)code, "Server Internal Error",
                          "Retry-After: 5\r\nContent-Length: 0\r\n\r\n");
    } else if (leg_media_read(leg, msg->mb, true) != 0 || line_sdp_answer(leg->sdp, &answer) != 0) {
        (void)sip_treply(NULL, l->sip, msg, 488, "Not Acceptable Here");
    } else {
        reply_ok(l, msg, answer);
        leg_media_hold_check(leg);
    }
    mem_deref(answer);
}

void leg_on_update(struct line *l, const struct sip_msg *msg)
{
    struct leg *leg = leg_of_dialog(l, msg);

    if (leg == NULL)
        (void)sip_treply(NULL, l->sip, msg, 481, "Call Does Not Exist");
    else if (!sip_dialog_rseq_valid(sipsess_dialog(leg->sess), msg))
        (void)sip_treply(NULL, l->sip, msg, 500, "Server Internal Error");
    else if (line_message_has_sdp(msg))
        take_offer(leg, msg);
    else
        reply_ok(l, msg, NULL);
}
