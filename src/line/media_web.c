#include "line/media_web.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "line/media_srtp.h"

#include "base/banned.h"

struct media_web {
    enum media_web_state state;
    struct ice_lite ice;
    struct dtls *dtls;
    struct sa peer;
    struct media_srtp *srtp;
    media_web_send_fn *send;
    void *arg;
};

static void send_dtls(const uint8_t *datagram, size_t n, void *arg)
{
    struct media_web *w = arg;

    if (w->send != NULL)
        w->send(&w->peer, datagram, n, w->arg);
}

int media_web_alloc(struct media_web **wp, struct dtls_identity *id, const struct ice_lite *ice, const uint8_t fingerprint[DTLS_FINGERPRINT])
{
    struct media_web *w = calloc(1, sizeof *w);
    int err;

    if (w == NULL)
        return ENOMEM;
    w->ice = *ice;
    sa_init(&w->peer, AF_UNSPEC);
    err = dtls_alloc(&w->dtls, id, fingerprint, send_dtls, w);
    if (err)
        media_web_free(w);
    else
        *wp = w;
    return err;
}

void media_web_plug(struct media_web *w, media_web_send_fn *send, void *arg)
{
    w->send = send;
    w->arg = arg;
}

static void set_state(struct media_web *w, enum media_web_state s)
{
    assert(s > w->state);
    w->state = s;
}

static void take_check(struct media_web *w, const uint8_t *data, size_t n, const struct sa *from)
{
    struct mbuf *reply = NULL;
    enum ice_check check = ice_lite_take(&w->ice, &reply, data, n, from);

    if (check == ICE_IGNORED)
        return;
    if (w->send != NULL)
        w->send(from, mbuf_buf(reply), mbuf_get_left(reply), w->arg);
    mem_deref(reply);
    if (check == ICE_NOMINATED || w->state == MEDIA_WEB_WAITING)
        w->peer = *from;
    if (w->state == MEDIA_WEB_WAITING)
        set_state(w, MEDIA_WEB_CHECKED);
}

static int take_keys(struct media_web *w)
{
    struct dtls_keys keys;
    int err = dtls_keys_get(&keys, w->dtls);

    if (!err)
        err = media_srtp_alloc(&w->srtp, keys.suite, keys.ours, keys.theirs, keys.n);
    explicit_bzero(&keys, sizeof keys);
    return err;
}

static void follow_dtls(struct media_web *w)
{
    enum dtls_state s = dtls_state(w->dtls);

    if (s == DTLS_UP && w->state == MEDIA_WEB_CHECKED)
        set_state(w, take_keys(w) == 0 ? MEDIA_WEB_SECURE : MEDIA_WEB_GONE);
    else if (s == DTLS_CLOSED && w->state < MEDIA_WEB_GONE)
        set_state(w, MEDIA_WEB_GONE);
}

bool media_web_take(struct media_web *w, uint8_t *data, size_t *n, const struct sa *from)
{
    if (*n == 0)
        return false;
    if (data[0] < 4) {
        take_check(w, data, *n, from);
        return false;
    }
    if (w->state == MEDIA_WEB_WAITING || !sa_cmp(from, &w->peer, SA_ALL))
        return false;
    if (data[0] >= 20 && data[0] < 64) {
        dtls_take(w->dtls, data, *n);
        follow_dtls(w);
        return false;
    }
    return data[0] >> 6 == 2 && w->state == MEDIA_WEB_SECURE && media_srtp_open(w->srtp, data, n);
}

size_t media_web_protect(struct media_web *w, uint8_t *data, size_t n)
{
    return w->state == MEDIA_WEB_SECURE ? media_srtp_seal(w->srtp, data, n) : 0;
}

void media_web_tick(struct media_web *w)
{
    if (w->state == MEDIA_WEB_WAITING)
        return;
    dtls_tick(w->dtls);
    follow_dtls(w);
}

enum media_web_state media_web_state(const struct media_web *w)
{
    return w->state;
}

const struct sa *media_web_peer(const struct media_web *w)
{
    return &w->peer;
}

void media_web_free(struct media_web *w)
{
    if (w == NULL)
        return;
    dtls_free(w->dtls);
    media_srtp_free(w->srtp);
    free(w);
}
