#include "line/media_srtp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "line/rtp.h"

#include "base/banned.h"

enum { RTCP_PT_MIN = 64, RTCP_PT_MAX = 95 };

struct media_srtp {
    struct srtp *in, *out;
    struct mbuf *packet; /* libre's SRTP grows what it is given: it gets a buffer of its own */
};

int media_srtp_alloc(struct media_srtp **sp, enum srtp_suite suite, const uint8_t *ours, const uint8_t *theirs, size_t key_n)
{
    struct media_srtp *s = calloc(1, sizeof *s);
    int err;

    if (s == NULL)
        return ENOMEM;
    s->packet = mbuf_alloc(RTP_PACKET_MAX + MEDIA_SRTP_TAG_MAX);
    err = s->packet == NULL ? ENOMEM : srtp_alloc(&s->in, suite, theirs, key_n, 0);
    if (!err)
        err = srtp_alloc(&s->out, suite, ours, key_n, 0);
    if (err)
        media_srtp_free(s);
    else
        *sp = s;
    return err;
}

void media_srtp_free(struct media_srtp *s)
{
    if (s == NULL)
        return;
    mem_deref(s->in);
    mem_deref(s->out);
    mem_deref(s->packet);
    free(s);
}

static bool fill(struct mbuf *mb, const uint8_t *data, size_t n)
{
    mbuf_rewind(mb);
    if (mbuf_write_mem(mb, data, n) != 0)
        return false;
    mb->pos = 0;
    return true;
}

bool media_srtp_open(struct media_srtp *s, uint8_t *data, size_t *n)
{
    uint8_t pt = *n >= 2 ? data[1] & 0x7f : RTCP_PT_MIN;

    if (*n > RTP_PACKET_MAX || (pt >= RTCP_PT_MIN && pt <= RTCP_PT_MAX) || !fill(s->packet, data, *n))
        return false;
    if (srtp_decrypt(s->in, s->packet) != 0 || mbuf_get_left(s->packet) > *n)
        return false;
    *n = mbuf_get_left(s->packet);
    memcpy(data, mbuf_buf(s->packet), *n);
    return true;
}

size_t media_srtp_seal(struct media_srtp *s, uint8_t *data, size_t n)
{
    size_t sealed;

    if (!fill(s->packet, data, n) || srtp_encrypt(s->out, s->packet) != 0)
        return 0;
    sealed = mbuf_get_left(s->packet);
    if (sealed > n + MEDIA_SRTP_TAG_MAX)
        return 0;
    memcpy(data, mbuf_buf(s->packet), sealed);
    return sealed;
}
