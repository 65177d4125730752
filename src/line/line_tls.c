/* line_tls.c - SIP over TLS. libre's transport verifies nobody and tells no name, so both are set on its OpenSSL context: a server that we call must show a
 * certificate of somebody we believe, for the host of the trunk's URI, and is told that name when the handshake begins (RFC 6066), as it may have several. The context is one for all connections; a line has one trunk, and telephones that register
 * connect to us, so no other server is called. A telephone need not show a certificate: its digest says who it is. */
#include <errno.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "line/line_priv.h"

#include "base/banned.h"

/* What OpenSSL found out counts where we called; who calls us is asked for nothing. */
static int verified(int ok, X509_STORE_CTX *store)
{
    const SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());

    return ssl != NULL && SSL_is_server(ssl) ? 1 : ok;
}

/* The name that the certificate must have is the name that is asked for; for an address there is none. */
static void name_server(const SSL *ssl, int where, int ret)
{
    SSL *starting = (where & SSL_CB_HANDSHAKE_START) != 0 && !SSL_is_server(ssl) ? (SSL *)(uintptr_t)ssl : NULL;
    const char *host = starting != NULL ? X509_VERIFY_PARAM_get0_host(SSL_get0_param(starting), 0) : NULL;

    (void)ret;
    if (host != NULL)
        (void)SSL_set_tlsext_host_name(starting, host);
}

static int believe(SSL_CTX *ctx, struct tls *tls, const char *ca_file)
{
    if (ca_file != NULL)
        return tls_add_ca(tls, ca_file) == 0 ? 0 : EINVAL;
    return SSL_CTX_set_default_verify_paths(ctx) == 1 ? 0 : EINVAL;
}

/* An address is looked for among the addresses of a certificate, a name among its names. */
static int expect_host(SSL_CTX *ctx, const char *trunk_uri)
{
    X509_VERIFY_PARAM *param = SSL_CTX_get0_param(ctx);
    struct pl text;
    struct uri u;
    char host[LEG_URI_MAX];

    pl_set_str(&text, trunk_uri);
    if (uri_decode(&u, &text) != 0)
        return EINVAL;
    line_host_settle(&u);
    line_pl_copy(host, sizeof host, &u.host);
    return X509_VERIFY_PARAM_set1_ip_asc(param, host) == 1 || X509_VERIFY_PARAM_set1_host(param, host, 0) == 1 ? 0 : EINVAL;
}

static int settle(const struct line *l, struct tls *tls, const struct line_tls *cfg)
{
    SSL_CTX *ctx = tls_openssl_context(tls);
    int err = believe(ctx, tls, cfg->ca_file);

    if (!err && l->trunk_uri != NULL)
        err = expect_host(ctx, l->trunk_uri);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, verified);
    SSL_CTX_set_info_callback(ctx, name_server);
    return err || SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1 ? err : EINVAL;
}

int line_tls_open(struct line *l, const struct line_config *cfg)
{
    struct tls *tls = NULL;
    struct sa want = l->addr;
    int err = tls_alloc(&tls, TLS_METHOD_SSLV23, cfg->tls.cert_file, NULL);

    if (err)
        return EINVAL;
    sa_set_port(&want, cfg->tls.port);
    err = settle(l, tls, &cfg->tls);
    if (!err)
        err = sip_transp_add(l->sip, SIP_TRANSP_TLS, &want, tls);
    if (!err)
        err = sip_transp_laddr(l->sip, &l->tls_addr, SIP_TRANSP_TLS, &want);
    mem_deref(tls);
    return err;
}
