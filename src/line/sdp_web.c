#include "line/sdp_web.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "line/line_priv.h"

#include "base/banned.h"

#define WEB_PROTO "UDP/TLS/RTP/SAVPF"

enum { MID_MAX = 32, HOST_PRIORITY = 2130706431 }; /* type preference 126, local 65535, component 1 (RFC 8445, section 5.1.2) */

struct web {
    struct sdp_session *session;
    struct sdp_media *audio;
};

static int add_formats(struct sdp_media *m, bool opus)
{
    int err = opus ? sdp_format_add(NULL, m, false, "111", "opus", 48000, 2, NULL, NULL, NULL, false, "minptime=10;useinbandfec=1;maxplaybackrate=8000") : 0;

    if (opus)
        err |= sdp_format_add(NULL, m, false, "110", "telephone-event", 48000, 1, NULL, NULL, NULL, false, "0-15");
    err |= sdp_format_add(NULL, m, false, "0", "PCMU", 8000, 1, NULL, NULL, NULL, false, NULL);
    err |= sdp_format_add(NULL, m, false, "126", "telephone-event", 8000, 1, NULL, NULL, NULL, false, "0-15");
    return err ? ENOMEM : 0;
}

static int open_session(struct web *w, const struct sdp_web_ours *ours)
{
    struct sa here;
    int err = sa_set_str(&here, ours->ip, ours->port);

    if (!err)
        err = sdp_session_alloc(&w->session, &here);
    if (!err)
        err = sdp_media_add(&w->audio, w->session, sdp_media_audio, ours->port, WEB_PROTO);
    return err ? err : add_formats(w->audio, ours->opus);
}

static int decode(struct web *w, const char *offer, size_t n)
{
    struct mbuf *mb = mbuf_alloc(n > 0 ? n : 1);
    int err;

    if (mb == NULL)
        return ENOMEM;
    (void)mbuf_write_mem(mb, (const uint8_t *)offer, n);
    mb->pos = 0;
    err = line_sdp_check_size(mb);
    if (!err)
        err = sdp_decode(w->session, mb, true) != 0 ? EBADMSG : 0;
    mem_deref(mb);
    return err;
}

/* An attribute of the stream, or of the session for all its streams. */
static const char *theirs_of(const struct web *w, const char *name)
{
    return sdp_media_session_rattr(w->audio, w->session, name);
}

/* "sha-256 AB:CD:..." */
static bool take_fingerprint(const struct web *w, uint8_t out[DTLS_FINGERPRINT])
{
    static const char method[] = "sha-256 ";
    const char *v = theirs_of(w, "fingerprint");

    return v != NULL && strncasecmp(v, method, sizeof method - 1) == 0 && dtls_fingerprint_parse(out, v + sizeof method - 1);
}

/* We wait for the browser to begin, in ICE as well as in DTLS. */
static bool may_be_passive(const struct web *w)
{
    const char *v = theirs_of(w, "setup");

    return v != NULL && (strcmp(v, "actpass") == 0 || strcmp(v, "active") == 0);
}

static int take_media(const struct web *w, struct mport_remote *r)
{
    const struct sdp_format *f = sdp_media_rformat(w->audio, NULL), *key;
    enum sdp_dir dir = sdp_media_dir(w->audio);

    if (sdp_media_rport(w->audio) == 0 || f == NULL || str_casecmp(f->name, "telephone-event") == 0)
        return ENOTSUP;
    key = sdp_media_rformat(w->audio, "telephone-event");
    *r = (struct mport_remote){.ip = "0.0.0.0", .port = 9, .codec = f->pt == MEDIA_PCMU ? MEDIA_PCMU : MEDIA_OPUS, .opus_pt = f->pt,
                               .telephone_event_pt = key != NULL ? key->pt : -1, .send = (dir & SDP_SENDONLY) != 0, .receive = (dir & SDP_RECVONLY) != 0};
    return 0;
}

static int read_offer(const struct web *w, struct sdp_web_theirs *theirs, struct ice_lite *ice)
{
    const char *ufrag = theirs_of(w, "ice-ufrag");
    int err = take_media(w, &theirs->media);

    if (err)
        return err;
    if (!take_fingerprint(w, theirs->fingerprint) || theirs_of(w, "rtcp-mux") == NULL || !may_be_passive(w))
        return ENOTSUP;
    return ufrag != NULL && ufrag[0] != '\0' && text_copy(ice->peer_ufrag, sizeof ice->peer_ufrag, ufrag) ? 0 : EBADMSG;
}

/* An identification of streams is a token (RFC 5888): nothing else comes back in our answer. */
static const char *mid_of(const struct web *w)
{
    const char *mid = theirs_of(w, "mid");

    if (mid == NULL || mid[0] == '\0' || strlen(mid) > MID_MAX || mid[strspn(mid, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")] != '\0')
        return "0";
    return mid;
}

static int describe_us(const struct web *w, const struct ice_lite *ice, const struct sdp_web_ours *ours)
{
    struct sdp_media *m = w->audio;
    int err = sdp_session_set_lattr(w->session, true, "ice-lite", NULL);

    err |= sdp_session_set_lattr(w->session, true, "group", "BUNDLE %s", mid_of(w));
    err |= sdp_media_set_lattr(m, true, "mid", "%s", mid_of(w));
    err |= sdp_media_set_lattr(m, true, "rtcp-mux", NULL);
    err |= sdp_media_set_lattr(m, true, "ice-ufrag", "%s", ice->ufrag);
    err |= sdp_media_set_lattr(m, true, "ice-pwd", "%s", ice->pwd);
    err |= sdp_media_set_lattr(m, true, "fingerprint", "sha-256 %s", ours->fingerprint);
    err |= sdp_media_set_lattr(m, true, "setup", "passive");
    err |= sdp_media_set_lattr(m, true, "candidate", "1 1 UDP %u %s %u typ host", (unsigned)HOST_PRIORITY, ours->ip, (unsigned)ours->port);
    err |= sdp_media_set_lattr(m, true, "end-of-candidates", NULL);
    err |= sdp_media_set_lattr(m, true, "ptime", "%d", (int)MEDIA_PTIME_MS);
    return err ? ENOMEM : 0;
}

static int write_answer(const struct web *w, char **answer)
{
    struct mbuf *mb = NULL;
    int err = sdp_encode(&mb, w->session, false);

    if (!err) {
        *answer = strndup((const char *)mbuf_buf(mb), mbuf_get_left(mb));
        err = *answer == NULL ? ENOMEM : 0;
    }
    mem_deref(mb);
    return err;
}

int sdp_web_answer(char **answer, struct sdp_web_theirs *theirs, struct ice_lite *ice, const struct sdp_web_ours *ours, const char *offer, size_t n)
{
    struct web w = {.session = NULL};
    int err = open_session(&w, ours);

    if (!err)
        err = decode(&w, offer, n);
    if (!err)
        err = read_offer(&w, theirs, ice);
    if (!err)
        err = describe_us(&w, ice, ours);
    if (!err)
        err = write_answer(&w, answer);
    mem_deref(w.session);
    return err;
}
