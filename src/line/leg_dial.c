/* leg_dial.c - placing a call: through the trunk for a number, straight for a sip: URI, to where it registered for a telephone. */
#include <errno.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "line/line_priv.h"
#include "line/registrar.h"

#include "base/banned.h"

enum { DISPLAY_MAX = 96, CALL_INFO_MAX = 128, HEADERS_MAX = 256 };

struct dial_names {
    char to[LEG_URI_MAX], from[LEG_URI_MAX], display[DISPLAY_MAX], headers[HEADERS_MAX];
};

static int direct_uri(char *out, size_t size, const char *to)
{
    struct uri u;
    struct pl pl;

    pl_set_str(&pl, to);
    if (!line_token_ok(to) || uri_decode(&u, &pl) != 0)
        return EINVAL;
    line_host_settle(&u);
    return re_snprintf(out, size, "%H", uri_encode, &u) < 0 ? EMSGSIZE : 0;
}

static int phone_uri(char *out, size_t size, const struct line *l, const char *user)
{
    char uri[LEG_URI_MAX];
    int err = l->phones != NULL ? registrar_find(uri, sizeof uri, l->phones, user) : EHOSTUNREACH;

    return err ? err : direct_uri(out, size, uri);
}

static int name_to(struct leg *leg, char *out, size_t size, const char *to)
{
    const struct line *l = leg->line;

    if (to == NULL)
        return EINVAL;
    if (text_starts(to, "sip:"))
        return direct_uri(out, size, to);
    if (text_starts(to, "phone:"))
        return phone_uri(out, size, l, to + strlen("phone:"));
    if (!line_number_ok(to))
        return EINVAL;
    if (l->trunk_uri == NULL)
        return EDESTADDRREQ;
    leg->via_trunk = true;
    return line_uri_with_user(out, size, to, l->trunk_uri);
}

/* Carriers look for their own domain in From; a direct call names this machine. */
static int name_from(const struct leg *leg, char *out, size_t size, const char *from)
{
    const struct line *l = leg->line;
    char here[LEG_URI_MAX];

    if (from == NULL)
        from = l->from_number != NULL ? l->from_number : l->contact_user;
    if (!line_token_ok(from) || strpbrk(from, "@:;?") != NULL)
        return EINVAL;
    if (re_snprintf(here, sizeof here, "sip:%J", &l->addr) < 0)
        return EMSGSIZE;
    return line_uri_with_user(out, size, from, leg->via_trunk ? l->trunk_aor : here);
}

static int name_headers(char *out, size_t size, const char *call_info)
{
    if (call_info == NULL)
        return re_snprintf(out, size, "Allow: %s\r\n", LINE_ALLOW) < 0 ? EMSGSIZE : 0;
    if (!line_token_ok(call_info) || strlen(call_info) >= CALL_INFO_MAX)
        return EINVAL;
    return re_snprintf(out, size, "Allow: %s\r\nX-Baton-Call: %s\r\n", LINE_ALLOW, call_info) < 0 ? EMSGSIZE : 0;
}

static int dial_names_fill(struct dial_names *n, struct leg *leg, const struct leg_dial *d)
{
    int err = name_to(leg, n->to, sizeof n->to, d->to);

    if (!err)
        err = name_from(leg, n->from, sizeof n->from, d->from);
    if (!err)
        err = name_headers(n->headers, sizeof n->headers, d->call_info);
    if (!err && d->display_name != NULL)
        line_display_clean(n->display, sizeof n->display, d->display_name);
    return err;
}

static void on_ring_timeout(void *arg)
{
    struct leg *leg = arg;

    if (leg->provisional)
        leg_end(leg, LEG_NO_ANSWER, 0, "not answered in time", true);
    else
        leg_end(leg, LEG_UNREACHABLE, 0, "no response", true);
}

static void tell_ringing(struct leg *leg)
{
    if (leg->state != LEG_DIALLING)
        return;
    leg_state_set(leg, LEG_RINGING);
    leg_emit_kind(leg, LEG_EV_RINGING);
}

static void tell_early(struct leg *leg)
{
    if (leg->early_told || leg_over(leg))
        return;
    leg->early_told = true;
    leg_emit_kind(leg, LEG_EV_EARLY);
}

/* Any 18x may carry early media; a session description that cannot be used waits for the one of the 200. */
static void on_progress(const struct sip_msg *msg, void *arg)
{
    struct leg *leg = arg;
    bool early;

    leg->provisional = true;
    if (leg_over(leg) || msg->scode < 180)
        return;
    early = line_message_has_sdp(msg) && leg_media_read(leg, msg->mb, false) == 0;
    if (msg->scode != 183)
        tell_ringing(leg);
    if (early)
        tell_early(leg);
}

static int invite(struct leg *leg, const struct dial_names *n)
{
    struct line *l = leg->line;
    struct mbuf *offer = NULL;
    int err = line_sdp_offer(leg->sdp, &offer);

    if (!err)
        err = sipsess_connect(&leg->sess, l->sessions, n->to, n->display[0] != '\0' ? n->display : NULL, n->from,
                              l->contact_user, NULL, 0, "application/sdp", offer,
                              leg->via_trunk ? line_on_auth : line_on_auth_refuse, l, false, leg_on_offer, leg_on_answer,
                              on_progress, leg_on_established, leg_on_info, leg_on_refer, leg_on_close, leg, "%s",
                              n->headers);
    mem_deref(offer);
    return err;
}

/* The keys of protected audio travel in the INVITE. */
static bool keys_are_safe(const struct leg *leg, const struct dial_names *n)
{
    return line_uri_is_tls(n->to) && !(leg->via_trunk && leg->line->trunk_plain_audio);
}

static void ring_timer_start(struct leg *leg, int ring_s)
{
    if (ring_s <= 0)
        ring_s = LEG_RING_DEFAULT_S;
    if (leg->via_trunk && ring_s < LEG_RING_MIN_S)
        ring_s = LEG_RING_MIN_S;
    tmr_start(&leg->ring_tmr, (uint64_t)ring_s * 1000, on_ring_timeout, leg);
}

int leg_dial(struct leg **lp, struct line *l, const struct leg_dial *d)
{
    struct dial_names names = {.display = ""};
    struct leg *leg;
    int err = leg_create(&leg, l, true);

    if (err)
        return err;
    leg->fn = d->fn;
    leg->arg = d->arg;
    err = dial_names_fill(&names, leg, d);
    leg->secure = !err && keys_are_safe(leg, &names);
    if (!err)
        err = leg_sdp_open(leg);
    if (!err)
        err = invite(leg, &names);
    if (err) {
        obj_unref(leg);
        return err;
    }
    text_copy(leg->remote_party, sizeof leg->remote_party, d->to);
    leg_session_open(leg);
    leg_attach(leg);
    ring_timer_start(leg, d->ring_timeout_s);
    *lp = leg;
    return 0;
}
