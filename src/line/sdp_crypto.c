#include "line/sdp_crypto.h"

#include <errno.h>
#include <openssl/rand.h>
#include <string.h>

#include "line/line_priv.h"

#include "base/banned.h"

enum { KEY_BASE64 = 40 }; /* characters of 30 bytes */

#define SUITE_LONG "AES_CM_128_HMAC_SHA1_80"
#define SUITE_SHORT "AES_CM_128_HMAC_SHA1_32"

int sdp_crypto_init(struct sdp_crypto *c)
{
    *c = (struct sdp_crypto){.tag = "1", .keys = {.on = true}};
    return RAND_bytes(c->keys.ours, MEDIA_KEY) == 1 ? 0 : EIO;
}

int sdp_crypto_write(const struct sdp_crypto *c, struct sdp_media *m)
{
    char key[KEY_BASE64 + 1] = "";
    size_t n = KEY_BASE64;

    if (base64_encode(c->keys.ours, MEDIA_KEY, key, &n) != 0)
        return ENOMEM;
    return sdp_media_set_lattr(m, true, "crypto", "%s %s inline:%s", c->tag, c->keys.short_tag ? SUITE_SHORT : SUITE_LONG, key);
}

static bool take_suite(struct sdp_crypto *c, const struct pl *suite)
{
    c->keys.short_tag = pl_strcmp(suite, SUITE_SHORT) == 0;
    return c->keys.short_tag || pl_strcmp(suite, SUITE_LONG) == 0;
}

static bool is_base64(const struct pl *text)
{
    char copy[KEY_BASE64 + 1];

    line_pl_copy(copy, sizeof copy, text); /* 30 bytes need no padding */
    return text->l == KEY_BASE64 && strspn(copy, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == KEY_BASE64;
}

/* "inline:KEY", "inline:KEY|2^31"; with "|1:4", a key index, the packets would look different. */
static bool take_key(struct sdp_crypto *c, const struct pl *key, const struct pl *rest)
{
    size_t n = MEDIA_KEY;

    return is_base64(key) && (!pl_isset(rest) || pl_strchr(rest, ':') == NULL) && base64_decode(key->p, key->l, c->keys.theirs, &n) == 0 && n == MEDIA_KEY;
}

static bool take_line(const char *name, const char *value, void *arg)
{
    struct sdp_crypto *c = arg, next = *c;
    struct pl tag, suite, key, rest, more;

    (void)name;
    if (re_regex(value, strlen(value), "[0-9]+[ ]+[^ ]+[ ]+inline:[^| ]+[^ ]*[^]*", &tag, NULL, &suite, NULL, &key, &rest, &more) != 0)
        return false;
    if (tag.l > SDP_CRYPTO_TAG_MAX || pl_isset(&more) || !take_suite(&next, &suite) || !take_key(&next, &key, &rest))
        return false;
    line_pl_copy(next.tag, sizeof next.tag, &tag);
    *c = next;
    return true;
}

bool sdp_crypto_read(struct sdp_crypto *c, const struct sdp_media *m)
{
    return sdp_media_rattr_apply(m, "crypto", take_line, c) != NULL;
}
