#include "line/ice_lite.h"

#include <string.h>

#include "base/banned.h"

void ice_lite_init(struct ice_lite *ice)
{
    rand_str(ice->ufrag, sizeof ice->ufrag);
    rand_str(ice->pwd, sizeof ice->pwd);
}

/* "ours:theirs" */
static bool user_fits(const struct ice_lite *ice, const struct stun_msg *msg)
{
    const struct stun_attr *a = stun_msg_attr(msg, STUN_ATTR_USERNAME);
    size_t n = strlen(ice->ufrag);

    return a != NULL && strncmp(a->v.username, ice->ufrag, n) == 0 && a->v.username[n] == ':' && strcmp(a->v.username + n + 1, ice->peer_ufrag) == 0;
}

static bool is_check(const struct ice_lite *ice, const struct stun_msg *msg)
{
    return stun_msg_method(msg) == STUN_METHOD_BINDING && stun_msg_class(msg) == STUN_CLASS_REQUEST && stun_msg_mcookie(msg) && user_fits(ice, msg) &&
           stun_msg_chk_mi(msg, (const uint8_t *)ice->pwd, strlen(ice->pwd)) == 0;
}

static struct mbuf *reply_to(const struct ice_lite *ice, const struct stun_msg *msg, const struct sa *from)
{
    struct mbuf *mb = mbuf_alloc(128);

    if (mb == NULL)
        return NULL;
    if (stun_msg_encode(mb, STUN_METHOD_BINDING, STUN_CLASS_SUCCESS_RESP, stun_msg_tid(msg), NULL, (const uint8_t *)ice->pwd, strlen(ice->pwd), true, 0, 1,
                        STUN_ATTR_XOR_MAPPED_ADDR, from) != 0)
        return mem_deref(mb);
    mb->pos = 0;
    return mb;
}

static enum ice_check answer(const struct ice_lite *ice, struct mbuf **reply, const struct stun_msg *msg, const struct sa *from)
{
    *reply = is_check(ice, msg) ? reply_to(ice, msg, from) : NULL;
    if (*reply == NULL)
        return ICE_IGNORED;
    return stun_msg_attr(msg, STUN_ATTR_USE_CAND) != NULL ? ICE_NOMINATED : ICE_ANSWERED;
}

enum ice_check ice_lite_take(const struct ice_lite *ice, struct mbuf **reply, const uint8_t *data, size_t n, const struct sa *from)
{
    struct mbuf *mb = mbuf_alloc(n > 0 ? n : 1);
    struct stun_unknown_attr unknown;
    struct stun_msg *msg = NULL;
    enum ice_check check = ICE_IGNORED;

    if (mb == NULL)
        return ICE_IGNORED;
    (void)mbuf_write_mem(mb, data, n);
    mb->pos = 0;
    if (stun_msg_decode(&msg, mb, &unknown) == 0)
        check = answer(ice, reply, msg, from);
    mem_deref(msg);
    mem_deref(mb);
    return check;
}
