/* line.c - the line itself: SIP stack, transports, trunk, and its orderly end. */
#include "line/line.h"

#include <errno.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "line/line_priv.h"

#include "base/banned.h"

enum { SIP_TABLE_SIZE = 1024, PORT_TRIES = 16, NAME_SERVERS_MAX = 4 };

static void line_finish(void *arg);

static void on_stack_closed(void *arg)
{
    struct line *l = arg;

    l->stack_gone = true;
    if (l->closing)
        tmr_start(&l->close_tmr, 0, line_finish, l); /* libre is below us on the stack */
}

static void drop_legs(struct line *l)
{
    while (!list_isempty(&l->legs)) {
        struct leg *leg = list_ledata(list_head(&l->legs));

        leg_forget(leg);
        leg_end(leg, LEG_CANCELLED, 0, "line gone", true);
        leg_finish(leg);
    }
}

/* Without a closing handshake: for a line that never came up, or whose owner did not wait. */
static void line_destroy(void *obj)
{
    struct line *l = obj;

    tmr_cancel(&l->close_tmr);
    tmr_cancel(&l->close_deadline);
    drop_legs(l);
    mem_deref(l->requests);
    mem_deref(l->responses);
    mem_deref(l->reg);
    mem_deref(l->phones);
    sipsess_close_all(l->sessions);
    sip_close(l->sip, true);
    mem_deref(l->sessions);
    mem_deref(l->sip);
    mem_deref(l->dns);
    mem_deref(l->trunk_uri);
    mem_deref(l->trunk_aor);
    mem_deref(l->username);
    mem_deref(l->password);
    mem_deref(l->from_number);
}

/* UDP and TCP on one port: with port 0 the system picks it for UDP, and TCP may find it taken. */
static int transports_try(struct line *l, const struct sa *want)
{
    int err = sip_transp_add(l->sip, SIP_TRANSP_UDP, want);

    if (!err)
        err = sip_transp_laddr(l->sip, &l->addr, SIP_TRANSP_UDP, want);
    if (!err)
        err = sip_transp_add(l->sip, SIP_TRANSP_TCP, &l->addr);
    if (err)
        sip_transp_flush(l->sip);
    return err;
}

static int transports_open(struct line *l, const char *ip, uint16_t port)
{
    struct sa want;
    int err = sa_set_str(&want, ip, port);

    if (err || !sa_isset(&want, SA_ADDR))
        return EINVAL; /* the wildcard would be what we tell the far end to send to */
    for (int i = 0; i < PORT_TRIES; i++) {
        err = transports_try(l, &want);
        if (err != EADDRINUSE || port != 0)
            break;
    }
    return err;
}

/* A carrier's name is resolved by libre, on the loop; without a name server addresses still work. */
static void resolver_open(struct line *l)
{
    struct sa servers[NAME_SERVERS_MAX];
    uint32_t n = NAME_SERVERS_MAX;

    if (dns_srv_get(NULL, 0, servers, &n) == 0 && n > 0)
        (void)dnsc_alloc(&l->dns, NULL, servers, n);
}

static int stack_open(struct line *l, const struct line_config *cfg)
{
    int err;

    resolver_open(l);
    err = sip_alloc(&l->sip, l->dns, SIP_TABLE_SIZE, SIP_TABLE_SIZE, SIP_TABLE_SIZE, cfg->user_agent, on_stack_closed, l);
    if (!err)
        err = transports_open(l, cfg->bind_ip, cfg->port);
    if (!err && (cfg->tls.on || (l->trunk_uri != NULL && line_uri_is_tls(l->trunk_uri))))
        err = line_tls_open(l, cfg);
    if (!err)
        err = sipsess_listen(&l->sessions, l->sip, SIP_TABLE_SIZE, leg_on_invite, l);
    if (!err)
        err = sip_listen(&l->requests, l->sip, true, line_on_request, l);
    if (!err)
        err = sip_listen(&l->responses, l->sip, false, line_on_response, l);
    return err;
}

static int dup_optional(char **out, const char *s)
{
    return s != NULL && *s != '\0' ? str_dup(out, s) : 0;
}

static void contact_user_set(struct line *l)
{
    const char *user = l->username != NULL ? l->username : l->from_number;

    if (user == NULL || !line_token_ok(user) || strpbrk(user, "@:;?") != NULL)
        user = "baton";
    text_copy(l->contact_user, sizeof l->contact_user, user);
}

static int trunk_aor_set(struct line *l)
{
    struct uri u;
    struct pl pl;
    char aor[LEG_URI_MAX];

    pl_set_str(&pl, l->trunk_uri);
    if (!line_token_ok(l->trunk_uri) || uri_decode(&u, &pl) != 0 || pl_strcasecmp(&u.scheme, "sip") != 0)
        return EINVAL;
    if (re_snprintf(aor, sizeof aor, "sip:%s@%r", l->contact_user, &u.host) < 0)
        return EMSGSIZE;
    return str_dup(&l->trunk_aor, aor);
}

static int trunk_set(struct line *l, const struct line_trunk *t)
{
    int err = dup_optional(&l->trunk_uri, t->uri);

    err |= dup_optional(&l->username, t->username);
    err |= dup_optional(&l->password, t->password);
    err |= dup_optional(&l->from_number, t->from_number);
    if (err)
        return ENOMEM;
    if (l->from_number != NULL && !line_number_ok(l->from_number))
        return EINVAL;
    l->trunk_plain_audio = t->plain_audio;
    contact_user_set(l);
    return l->trunk_uri != NULL ? trunk_aor_set(l) : 0;
}

int line_alloc(struct line **lp, const struct line_config *cfg, struct loop *control, struct media *media,
               line_incoming_fn *on_incoming, line_register_fn *on_register, void *arg)
{
    struct line *l = obj_alloc(sizeof *l, line_destroy);
    int err;

    if (l == NULL)
        return ENOMEM;
    (void)control; /* libre works on the loop of this thread */
    l->media = media;
    l->on_incoming = on_incoming;
    l->on_register = on_register;
    l->arg = arg;
    sa_init(&l->tls_addr, AF_UNSPEC);
    tmr_init(&l->close_tmr);
    tmr_init(&l->close_deadline);
    err = trunk_set(l, &cfg->trunk);
    if (!err)
        err = stack_open(l, cfg);
    if (!err && cfg->trunk.do_register)
        err = line_register_start(l, cfg->trunk.register_expires_s);
    if (err)
        obj_unref(l);
    else
        *lp = l;
    return err;
}

uint16_t line_tls_port(const struct line *l)
{
    return sa_isset(&l->tls_addr, SA_PORT) ? sa_port(&l->tls_addr) : 0;
}

uint16_t line_port(const struct line *l)
{
    return sa_port(&l->addr);
}

/* Everything has ended: free the stack, tell the owner. */
static void line_finish(void *arg)
{
    struct line *l = arg;
    loop_fn *fn = l->closed_fn;
    void *fn_arg = l->closed_arg;

    tmr_cancel(&l->close_tmr);
    tmr_cancel(&l->close_deadline);
    l->closed_fn = NULL;
    l->requests = mem_deref(l->requests);
    l->responses = mem_deref(l->responses);
    l->sessions = mem_deref(l->sessions);
    l->sip = mem_deref(l->sip);
    if (fn != NULL)
        fn(fn_arg);
}

static void on_close_deadline(void *arg)
{
    struct line *l = arg;

    sipsess_close_all(l->sessions);
    sip_close(l->sip, true);
}

/* The stack calls on_stack_closed when its last transaction is over. */
static void stack_close(struct line *l)
{
    l->reg = mem_deref(l->reg); /* unregisters */
    l->phones = mem_deref(l->phones);
    tmr_start(&l->close_deadline, LINE_CLOSE_MAX_MS, on_close_deadline, l);
    sip_close(l->sip, false);
}

/* Thousands of BYEs at once would hold the loop for a noticeable time, so they go in batches. */
static void on_close_pace(void *arg)
{
    struct line *l = arg;
    int n = 0;

    for (struct le *le = list_head(&l->legs); le != NULL && n < LINE_CLOSE_BATCH; le = le->next) {
        struct leg *leg = le->data;

        if (!leg_over(leg)) {
            leg_hangup(leg, 503);
            n++;
        }
    }
    if (list_isempty(&l->legs))
        stack_close(l);
    else
        tmr_start(&l->close_tmr, LINE_CLOSE_PACE_MS, on_close_pace, l);
}

void line_close(struct line *l, loop_fn *fn, void *arg)
{
    if (l->closing)
        return;
    l->closing = true;
    l->closed_fn = fn;
    l->closed_arg = arg;
    tmr_start(&l->close_tmr, 0, on_close_pace, l);
}
