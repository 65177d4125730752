/* A session description from outside, as an offer that we answer and as the answer to our offer. */
#include <re.h>
#include <stddef.h>
#include <stdint.h>

#include "line/line_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(const uint8_t *data, size_t size, bool offer)
{
    struct line_sdp *s = NULL;
    struct mbuf *out = NULL, *in = mbuf_alloc(size + 1);
    struct mport_remote r;

    if (in == NULL || line_sdp_alloc(&s, "127.0.0.1", 30000) != 0)
        goto out;
    mbuf_write_mem(in, data, size);
    in->pos = 0;
    if (!offer && line_sdp_offer(s, &out) != 0)
        goto out;
    out = mem_deref(out);
    if (line_sdp_read(s, in, offer, &r) == 0 && offer)
        (void)line_sdp_answer(s, &out);
    out = mem_deref(out);
    in->pos = 0;
    (void)line_sdp_read(s, in, offer, &r); /* a session meets many descriptions */
out:
    mem_deref(out);
    mem_deref(in);
    mem_deref(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run(data, size, true);
    run(data, size, false);
    return 0;
}
