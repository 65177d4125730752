/* line_request.c - requests that belong to no session: OPTIONS, UPDATE (handed on) and everything we do not do. */
#include "line/line_priv.h"
#include "line/registrar.h"

#include "base/banned.h"

bool line_message_has_sdp(const struct sip_msg *msg)
{
    return mbuf_get_left(msg->mb) > 0 && msg_ctype_cmp(&msg->ctyp, "application", "sdp");
}

static void reply_options(struct line *l, const struct sip_msg *msg)
{
    (void)sip_treplyf(NULL, NULL, l->sip, msg, false, l->closing ? 503 : 200, l->closing ? "Service Unavailable" : "OK",
                      "Allow: " LINE_ALLOW "\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n");
}

/* Methods of the protocol we know of and do not allow get 405, unknown words 501 (RFC 3261, 8.2.1 and 21.5.2). */
static bool method_known(const struct pl *method)
{
    static const char *const known[] = {"MESSAGE", "NOTIFY", "PRACK", "PUBLISH", "REFER", "REGISTER", "SUBSCRIBE"};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (pl_strcmp(method, known[i]) == 0)
            return true;
    return false;
}

static void reply_refused(struct line *l, const struct sip_msg *msg)
{
    bool known = method_known(&msg->met);

    (void)sip_treplyf(NULL, NULL, l->sip, msg, false, known ? 405 : 501, known ? "Method Not Allowed" : "Not Implemented",
                      "Allow: " LINE_ALLOW "\r\nContent-Length: 0\r\n\r\n");
}

/* Last of the listeners, so what comes here is nobody else's. Taking all of it also keeps libre from printing it. */
bool line_on_request(const struct sip_msg *msg, void *arg)
{
    struct line *l = arg;

    if (pl_strcmp(&msg->met, "OPTIONS") == 0)
        reply_options(l, msg);
    else if (pl_strcmp(&msg->met, "UPDATE") == 0)
        leg_on_update(l, msg);
    else if (pl_strcmp(&msg->met, "REGISTER") == 0 && l->phones != NULL && !l->closing)
        registrar_on_request(l->phones, msg);
    else if (pl_strcmp(&msg->met, "CANCEL") == 0)
        (void)sip_reply(l->sip, msg, 481, "Transaction Does Not Exist");
    else
        reply_refused(l, msg);
    return true;
}

/* Late and stray responses. */
bool line_on_response(const struct sip_msg *msg, void *arg)
{
    (void)msg;
    (void)arg;
    return true;
}
