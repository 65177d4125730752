/* A session description from outside: as an offer that we answer, as the answer to our offer, and as the offer of a browser. */
#include <re.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>

#include "line/line_priv.h"
#include "line/sdp_web.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(const uint8_t *data, size_t size, bool offer)
{
    struct line_sdp *s = NULL;
    struct mbuf *out = NULL, *in = mbuf_alloc(size + 1);
    struct mport_remote r;

    if (in == NULL || line_sdp_alloc(&s, "127.0.0.1", 30000, false) != 0)
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

static void run_browser(const uint8_t *data, size_t size, bool opus)
{
    struct sdp_web_ours ours = {.ip = "127.0.0.1", .port = 30000, .fingerprint = "AB:CD", .opus = opus};
    struct sdp_web_theirs theirs;
    struct ice_lite ice;
    char *answer = NULL;

    ice_lite_init(&ice);
    if (sdp_web_answer(&answer, &theirs, &ice, &ours, (const char *)data, size) == 0 && (answer == NULL || theirs.media.opus_pt < 0))
        abort();
    free(answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_browser(data, size, true);
    run_browser(data, size, false);
    run(data, size, true);
    run(data, size, false);
    return 0;
}
