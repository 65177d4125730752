/* registrar.c - telephones that register with us: who they are, and where they are now. The picture is in registrar.h. */
#include "line/registrar.h"

#include <errno.h>
#include <openssl/rand.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { NONCE_BYTES = 16, NONCE_LEN = 2 * NONCE_BYTES };

struct nonce { char text[NONCE_LEN + 1]; uint64_t until_ms; uint32_t count; };

struct binding { char user[LINE_PHONE_USER_MAX], uri[LEG_URI_MAX]; uint64_t until_ms; };

struct registrar {
    struct sip *sip;
    line_phone_fn *known;
    line_phone_changed_fn *changed;
    void *arg;
    struct tmr sweep;
    struct binding bindings[REGISTRAR_PHONES_MAX]; /* free: user is "" */
    struct nonce nonces[REGISTRAR_NONCES_MAX];
    size_t next_nonce;
    uint8_t nobody[MD5_SIZE]; /* stands in for the secret of a telephone that does not exist: it cannot be told from a wrong secret */
};

/* --- bindings --- */

static struct binding *binding_of(struct registrar *r, const char *user)
{
    for (size_t i = 0; i < REGISTRAR_PHONES_MAX; i++)
        if (strcmp(r->bindings[i].user, user) == 0)
            return &r->bindings[i];
    return NULL;
}

static void unbind(struct registrar *r, struct binding *b)
{
    char user[LINE_PHONE_USER_MAX];

    (void)text_copy(user, sizeof user, b->user);
    *b = (struct binding){.user = ""};
    if (r->changed != NULL)
        r->changed(user, false, r->arg);
}

static void sweep_start(struct registrar *r);

static void on_sweep(void *arg)
{
    struct registrar *r = arg;
    uint64_t now = tmr_jiffies();

    for (size_t i = 0; i < REGISTRAR_PHONES_MAX; i++)
        if (r->bindings[i].user[0] != '\0' && r->bindings[i].until_ms <= now)
            unbind(r, &r->bindings[i]);
    sweep_start(r);
}

/* The timer waits for whichever binding runs out first. */
static void sweep_start(struct registrar *r)
{
    uint64_t now = tmr_jiffies(), first = 0;

    for (size_t i = 0; i < REGISTRAR_PHONES_MAX; i++)
        if (r->bindings[i].user[0] != '\0' && (first == 0 || r->bindings[i].until_ms < first))
            first = r->bindings[i].until_ms;
    if (first == 0)
        tmr_cancel(&r->sweep);
    else
        tmr_start(&r->sweep, first > now ? first - now : 0, on_sweep, r);
}

/* ENOSPC at the limit. */
static int bind_phone(struct registrar *r, const char *user, const char *uri, uint32_t expires_s)
{
    struct binding *b = binding_of(r, user);
    bool is_new = b == NULL;

    if (is_new)
        b = binding_of(r, "");
    if (b == NULL)
        return ENOSPC;
    (void)text_copy(b->user, sizeof b->user, user);
    (void)text_copy(b->uri, sizeof b->uri, uri);
    b->until_ms = tmr_jiffies() + (uint64_t)expires_s * 1000;
    sweep_start(r);
    if (is_new && r->changed != NULL)
        r->changed(user, true, r->arg);
    return 0;
}

int registrar_find(char *out, size_t size, struct registrar *r, const char *user)
{
    const struct binding *b = user[0] != '\0' ? binding_of(r, user) : NULL;

    if (b == NULL || b->until_ms <= tmr_jiffies())
        return EHOSTUNREACH;
    return text_copy(out, size, b->uri) ? 0 : EMSGSIZE;
}

/* --- who is it? --- */

static void challenge(struct registrar *r, const struct sip_msg *msg, bool stale)
{
    struct nonce *n = &r->nonces[r->next_nonce];
    uint8_t bytes[NONCE_BYTES];

    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        (void)sip_treply(NULL, r->sip, msg, 500, "Server Internal Error");
        return;
    }
    r->next_nonce = (r->next_nonce + 1) % REGISTRAR_NONCES_MAX;
    (void)re_snprintf(n->text, sizeof n->text, "%w", bytes, sizeof bytes);
    n->until_ms = tmr_jiffies() + REGISTRAR_NONCE_S * 1000;
    n->count = 0;
    (void)sip_treplyf(NULL, NULL, r->sip, msg, false, 401, "Unauthorized",
                      "WWW-Authenticate: Digest realm=\"" LINE_PHONE_REALM "\", nonce=\"%s\", qop=\"auth\", algorithm=MD5%s\r\nContent-Length: 0\r\n\r\n", n->text,
                      stale ? ", stale=true" : "");
}

static struct nonce *nonce_of(struct registrar *r, const struct pl *text)
{
    if (text->l != NONCE_LEN)
        return NULL;
    for (size_t i = 0; i < REGISTRAR_NONCES_MAX; i++)
        if (r->nonces[i].until_ms > tmr_jiffies() && pl_strcmp(text, r->nonces[i].text) == 0)
            return &r->nonces[i];
    return NULL;
}

enum who { WHO_UNKNOWN, WHO_STALE, WHO_WRONG, WHO_RIGHT };

/* A digest of RFC 2069 has no count: its nonce serves once. */
static bool count_on(struct nonce *n, const struct pl *nc)
{
    uint32_t count = pl_isset(nc) ? pl_x32(nc) : UINT32_MAX;

    if (count <= n->count)
        return false;
    n->count = count;
    return true;
}

static enum who who_is_it(struct registrar *r, const struct sip_msg *msg, char *user, size_t size)
{
    const struct sip_hdr *h = sip_msg_hdr(msg, SIP_HDR_AUTHORIZATION);
    struct httpauth_digest_resp d;
    struct nonce *n;
    uint8_t ha1[MD5_SIZE];
    bool known;

    if (h == NULL || httpauth_digest_response_decode(&d, &h->val) != 0 || pl_strcmp(&d.realm, LINE_PHONE_REALM) != 0 || d.username.l >= size)
        return WHO_UNKNOWN;
    n = nonce_of(r, &d.nonce);
    if (n == NULL)
        return WHO_STALE;
    line_pl_copy(user, size, &d.username);
    known = r->known(user, ha1, r->arg);
    if (httpauth_digest_response_auth(&d, &msg->met, known ? ha1 : r->nobody) != 0 || !known || pl_strcmp(&msg->to.uri.user, user) != 0)
        return WHO_WRONG;
    return count_on(n, &d.nc) ? WHO_RIGHT : WHO_STALE;
}

/* --- what does it want? --- */

struct wish { uint32_t expires_s; char uri[LEG_URI_MAX]; bool any, all; };

/* A telephone behind a router names an address nobody can reach: where the request came from is where it is. Over TCP that is also its connection. */
static int contact_uri(char *out, size_t size, const struct sip_msg *msg, const struct uri *contact)
{
    const char *transport = msg->tp == SIP_TRANSP_UDP ? "" : sip_transp_param(msg->tp);

    return re_snprintf(out, size, "sip:%r@%J%s", &contact->user, &msg->src, transport) < 0 ? EMSGSIZE : 0;
}

static bool user_ok(const struct pl *user)
{
    char text[LINE_PHONE_USER_MAX];

    if (!pl_isset(user) || user->l >= sizeof text)
        return false;
    line_pl_copy(text, sizeof text, user);
    return line_token_ok(text) && strpbrk(text, "@:;?,") == NULL;
}

static bool on_contact(const struct sip_hdr *hdr, const struct sip_msg *msg, void *arg)
{
    struct wish *w = arg;
    struct sip_addr a;
    struct pl expires;

    if (pl_strcmp(&hdr->val, "*") == 0) {
        w->any = w->all = true;
        return false;
    }
    if (sip_addr_decode(&a, &hdr->val) != 0 || !user_ok(&a.uri.user) || contact_uri(w->uri, sizeof w->uri, msg, &a.uri) != 0)
        return false;
    if (msg_param_decode(&a.params, "expires", &expires) == 0)
        w->expires_s = pl_u32(&expires);
    w->any = true;
    return true; /* the first that can be used */
}

static uint32_t bounded(uint32_t expires_s)
{
    if (expires_s > REGISTRAR_EXPIRES_MAX_S)
        return REGISTRAR_EXPIRES_MAX_S;
    return expires_s < REGISTRAR_EXPIRES_MIN_S ? REGISTRAR_EXPIRES_MIN_S : expires_s;
}

static void reply_bound(struct registrar *r, const struct sip_msg *msg, const char *user)
{
    const struct binding *b = binding_of(r, user);

    if (b == NULL)
        (void)sip_treplyf(NULL, NULL, r->sip, msg, false, 200, "OK", "Content-Length: 0\r\n\r\n");
    else
        (void)sip_treplyf(NULL, NULL, r->sip, msg, false, 200, "OK", "Contact: <%s>;expires=%u\r\nContent-Length: 0\r\n\r\n", b->uri,
                          (unsigned)((b->until_ms - tmr_jiffies()) / 1000));
}

/* Without a Contact it only asks what is bound. */
static void register_phone(struct registrar *r, const struct sip_msg *msg, const char *user)
{
    struct wish w = {.expires_s = pl_isset(&msg->expires) ? pl_u32(&msg->expires) : REGISTRAR_EXPIRES_DEFAULT_S};
    struct binding *b = binding_of(r, user);
    int err = 0;

    (void)sip_msg_hdr_apply(msg, true, SIP_HDR_CONTACT, on_contact, &w);
    if (w.all && w.expires_s != 0) {
        (void)sip_treply(NULL, r->sip, msg, 400, "Bad Request");
        return;
    }
    if (w.any && w.expires_s == 0 && b != NULL)
        unbind(r, b);
    else if (w.any && w.expires_s != 0)
        err = bind_phone(r, user, w.uri, bounded(w.expires_s));
    if (err)
        (void)sip_treply(NULL, r->sip, msg, 503, "Service Unavailable");
    else
        reply_bound(r, msg, user);
}

void registrar_on_request(struct registrar *r, const struct sip_msg *msg)
{
    char user[LINE_PHONE_USER_MAX] = "";

    switch (who_is_it(r, msg, user, sizeof user)) {
    case WHO_UNKNOWN:
        challenge(r, msg, false);
        break;
    case WHO_STALE:
        challenge(r, msg, true);
        break;
    case WHO_WRONG:
        (void)sip_treply(NULL, r->sip, msg, 403, "Forbidden");
        break;
    case WHO_RIGHT:
        register_phone(r, msg, user);
        break;
    }
}

/* --- life --- */

static void destroy(void *arg)
{
    struct registrar *r = arg;

    tmr_cancel(&r->sweep);
}

int registrar_alloc(struct registrar **rp, struct sip *sip, line_phone_fn *known, line_phone_changed_fn *changed, void *arg)
{
    struct registrar *r = mem_zalloc(sizeof *r, destroy);

    if (r == NULL)
        return ENOMEM;
    tmr_init(&r->sweep);
    r->sip = sip;
    r->known = known;
    r->changed = changed;
    r->arg = arg;
    if (RAND_bytes(r->nobody, sizeof r->nobody) != 1) {
        mem_deref(r);
        return EIO;
    }
    *rp = r;
    return 0;
}
