/* sdp.c - offer and answer (RFC 3264) for one audio stream: PCMU, PCMA and telephone events, plain or protected (sdp_crypto.h), on libre's SDP objects. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "line/line_priv.h"
#include "line/sdp_crypto.h"

#include "base/banned.h"

enum { EVENT_PT = 101, DYNAMIC_PT_MIN = 96, PT_MAX = 127 };

struct line_sdp {
    struct sdp_session *session;
    struct sdp_media *audio;
    bool secure; /* plain audio is refused */
    struct sdp_crypto crypto;
};

static void sdp_destroy(void *arg)
{
    struct line_sdp *s = arg;

    mem_deref(s->session);
    explicit_bzero(&s->crypto, sizeof s->crypto);
}

/* Some phones offer the feedback profiles; without feedback they are the plain ones (RFC 4585, 5124). What is not protected is an alternative only where it
 * may be. */
static int allow_profiles(struct sdp_media *m, bool secure)
{
    if (secure)
        return sdp_media_set_alt_protos(m, 1, "RTP/SAVPF");
    return sdp_media_set_alt_protos(m, 3, "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF");
}

static int add_formats(struct sdp_media *m)
{
    int err = sdp_format_add(NULL, m, false, "0", "PCMU", 8000, 1, NULL, NULL, NULL, false, NULL);

    err |= sdp_format_add(NULL, m, false, "8", "PCMA", 8000, 1, NULL, NULL, NULL, false, NULL);
    err |= sdp_format_add(NULL, m, false, "101", "telephone-event", 8000, 1, NULL, NULL, NULL, false, "0-16");
    err |= sdp_media_set_lattr(m, true, "ptime", "%d", (int)MEDIA_PTIME_MS);
    return err ? ENOMEM : 0;
}

int line_sdp_alloc(struct line_sdp **sp, const char *ip, uint16_t port, bool secure)
{
    struct line_sdp *s = mem_zalloc(sizeof *s, sdp_destroy);
    struct sa addr;
    int err;

    if (s == NULL)
        return ENOMEM;
    s->secure = secure;
    err = sa_set_str(&addr, ip, port);
    if (!err)
        err = sdp_session_alloc(&s->session, &addr);
    if (!err)
        err = sdp_media_add(&s->audio, s->session, sdp_media_audio, port, secure ? sdp_proto_rtpsavp : sdp_proto_rtpavp);
    if (!err)
        err = add_formats(s->audio);
    if (!err)
        err = allow_profiles(s->audio, secure);
    if (!err)
        err = sdp_crypto_init(&s->crypto);
    if (!err && secure)
        err = sdp_crypto_write(&s->crypto, s->audio);
    if (err)
        mem_deref(s);
    else
        *sp = s;
    return err;
}

/* A later offer lists all we speak again, not only what was agreed the last time. */
int line_sdp_offer(struct line_sdp *s, struct mbuf **mbp)
{
    for (struct le *le = list_head(sdp_media_format_lst(s->audio, true)); le != NULL; le = le->next)
        ((struct sdp_format *)le->data)->sup = true;
    return sdp_encode(mbp, s->session, true);
}

int line_sdp_answer(struct line_sdp *s, struct mbuf **mbp)
{
    return sdp_encode(mbp, s->session, false);
}

/* libre keeps a media object per m= line for the life of the session: their number is bounded before it sees them. */
int line_sdp_check_size(const struct mbuf *body)
{
    const uint8_t *p = mbuf_buf(body), *end;
    size_t n = mbuf_get_left(body);
    int media = 0;

    if (n == 0)
        return EBADMSG;
    if (n > LINE_SDP_MAX)
        return EMSGSIZE;
    end = p + n;
    for (const uint8_t *line = p; line + 1 < end; line++)
        if (line[0] == 'm' && line[1] == '=' && ++media > LINE_SDP_MEDIA_MAX)
            return EMSGSIZE;
    return 0;
}

/* The far end's first format that is ours. G.711 under a dynamic payload type is not taken: ports send the static ones. */
static bool take_codec(const struct sdp_media *m, enum media_codec *codec)
{
    const struct list *formats = sdp_media_format_lst(m, false);

    for (const struct le *le = list_head(formats); le != NULL; le = le->next) {
        const struct sdp_format *f = le->data;

        if (f->sup && (f->pt == MEDIA_PCMU || f->pt == MEDIA_PCMA)) {
            *codec = (enum media_codec)f->pt;
            return true;
        }
    }
    return false;
}

static int take_event_pt(const struct sdp_media *m)
{
    const struct sdp_format *f = sdp_media_rformat(m, "telephone-event");

    return f != NULL && f->pt >= DYNAMIC_PT_MIN && f->pt <= PT_MAX ? f->pt : -1;
}

/* Hold has three spellings: a=sendonly, a=inactive, and the old c=0.0.0.0 (RFC 2543), which leaves nowhere to send. */
static void take_direction(const struct sdp_media *m, struct mport_remote *r)
{
    const struct sa *addr = sdp_media_raddr(m);
    enum sdp_dir dir = sdp_media_dir(m);
    bool anywhere = sa_isset(addr, SA_ADDR);

    r->send = anywhere && (dir & SDP_SENDONLY) != 0;
    r->receive = (dir & SDP_RECVONLY) != 0;
    r->port = anywhere ? sa_port(addr) : 0;
    (void)re_snprintf(r->ip, sizeof r->ip, "%j", addr);
}

/* Protected audio without keys that we can use is no audio. */
static int take_keys(struct line_sdp *s, struct mport_remote *r)
{
    bool secure = text_starts(sdp_media_proto(s->audio), sdp_proto_rtpsavp);
    int err;

    if (!secure)
        return s->secure ? ENOTSUP : 0;
    if (!sdp_crypto_read(&s->crypto, s->audio))
        return ENOTSUP;
    err = sdp_crypto_write(&s->crypto, s->audio);
    r->keys = s->crypto.keys;
    return err;
}

int line_sdp_read(struct line_sdp *s, struct mbuf *body, bool offer, struct mport_remote *remote)
{
    struct mport_remote r = {.telephone_event_pt = -1};
    int err = line_sdp_check_size(body);

    if (err)
        return err;
    if (sdp_decode(s->session, body, offer) != 0)
        return EBADMSG;
    if (sdp_media_rport(s->audio) == 0 || !take_codec(s->audio, &r.codec))
        return ENOTSUP;
    err = take_keys(s, &r);
    if (err)
        return err;
    r.telephone_event_pt = take_event_pt(s->audio);
    take_direction(s->audio, &r);
    *remote = r;
    return 0;
}
