/* What may reach the socket of a browser's leg: each input is a sequence of (length byte, datagram), taken as the port takes them. The first byte of all says
 * how far the line is: nobody checked yet, or a valid check came before, so that DTLS and SRTP are reached too. Connectivity checks in the corpus are made
 * with the secrets below. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "line/media_opus.h"
#include "line/media_web.h"
#include "line/rtp.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct ice_lite ice = {.ufrag = "ourfrag1", .pwd = "ourpasswordourpasswordou", .peer_ufrag = "peer"};

static struct dtls_identity *identity(void)
{
    static struct dtls_identity *id;

    if (id == NULL && dtls_identity_alloc(&id) != 0)
        abort();
    return id;
}

static void nowhere(const struct sa *to, const uint8_t *data, size_t n, void *arg)
{
    (void)to;
    (void)data;
    *(size_t *)arg += n;
}

static void check_once(struct media_web *w, const struct sa *from)
{
    static const uint8_t tid[12] = {1};
    struct mbuf *mb = mbuf_alloc(256);
    size_t n;

    if (mb == NULL || stun_msg_encode(mb, STUN_METHOD_BINDING, STUN_CLASS_REQUEST, tid, NULL, (const uint8_t *)ice.pwd, strlen(ice.pwd), true, 0, 1, STUN_ATTR_USERNAME,
                                      "ourfrag1:peer") != 0)
        abort();
    n = mb->end;
    (void)media_web_take(w, mb->buf, &n, from);
    mem_deref(mb);
    if (media_web_state(w) != MEDIA_WEB_CHECKED)
        abort();
}

static void take(struct media_web *w, struct media_opus *opus, const struct sa *from, const uint8_t *data, size_t n)
{
    uint8_t *exact = malloc(n + 1); /* so that reading past the end is seen */
    int16_t pcm[MEDIA_OPUS_PACKET_MAX];
    struct rtp_packet p;

    memcpy(exact, data, n);
    if (rtp_parse(&p, exact, n) == 0)
        (void)media_opus_decode(opus, pcm, p.payload, p.payload_n); /* what it would be without encryption */
    if (media_web_take(w, exact, &n, from))
        abort(); /* nobody has our keys */
    media_web_tick(w);
    free(exact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t fingerprint[DTLS_FINGERPRINT] = {1};
    struct media_opus *opus = media_opus_alloc();
    struct media_web *w = NULL;
    size_t sent = 0;
    struct sa from;

    if (opus == NULL || sa_set_str(&from, "127.0.0.1", 4000) != 0 || media_web_alloc(&w, identity(), &ice, fingerprint) != 0)
        abort();
    media_web_plug(w, nowhere, &sent);
    if (size > 0 && data[0] != 0)
        check_once(w, &from);
    for (size_t at = 1; at < size;) {
        size_t n = data[at] < size - at - 1 ? data[at] : size - at - 1;

        take(w, opus, &from, data + at + 1, n);
        at += 1 + n;
    }
    media_web_free(w);
    media_opus_free(opus);
    return 0;
}
