#include "line/dtls.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"

#include "base/banned.h"

enum { DATAGRAM_MAX = 2048, RECORD_HEADER = 13, VALID_DAYS = 365, DAY_S = 86400 };

struct dtls_identity {
    SSL_CTX *ctx;
    uint8_t fingerprint[DTLS_FINGERPRINT];
};

struct dtls {
    struct dtls_identity *identity;
    SSL *ssl;
    BIO *in, *out; /* the ssl's */
    uint8_t fingerprint[DTLS_FINGERPRINT];
    enum dtls_state state;
    dtls_send_fn *send;
    void *arg;
};

/* --- who we are --- */

static int fingerprint_of(uint8_t out[DTLS_FINGERPRINT], const X509 *cert)
{
    unsigned n = DTLS_FINGERPRINT;

    return X509_digest(cert, EVP_sha256(), out, &n) == 1 && n == DTLS_FINGERPRINT ? 0 : EPROTO;
}

static bool name_certificate(X509 *x, EVP_PKEY *key)
{
    X509_NAME *name = X509_get_subject_name(x);
    uint64_t serial;

    return RAND_bytes((unsigned char *)&serial, sizeof serial) == 1 && X509_set_version(x, 2) == 1 &&
           ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial >> 1 | 1) == 1 && X509_gmtime_adj(X509_getm_notBefore(x), -DAY_S) != NULL &&
           X509_gmtime_adj(X509_getm_notAfter(x), (long)VALID_DAYS * DAY_S) != NULL &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"baton", -1, -1, 0) == 1 && X509_set_issuer_name(x, name) == 1 &&
           X509_set_pubkey(x, key) == 1 && X509_sign(x, key, EVP_sha256()) > 0;
}

static int use_new_certificate(struct dtls_identity *id)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = X509_new();
    int err = key != NULL && x != NULL && name_certificate(x, key) && SSL_CTX_use_certificate(id->ctx, x) == 1 && SSL_CTX_use_PrivateKey(id->ctx, key) == 1
                  ? fingerprint_of(id->fingerprint, x)
                  : EPROTO;

    X509_free(x);
    EVP_PKEY_free(key);
    return err;
}

/* Nobody signs a browser's certificate: its fingerprint is compared when the handshake is over. */
static int accept_any(int ok, X509_STORE_CTX *store)
{
    (void)ok;
    (void)store;
    return 1;
}

static void identity_destroy(void *obj)
{
    struct dtls_identity *id = obj;

    SSL_CTX_free(id->ctx);
}

int dtls_identity_alloc(struct dtls_identity **ip)
{
    struct dtls_identity *id = obj_alloc(sizeof *id, identity_destroy);
    int err;

    if (id == NULL)
        return ENOMEM;
    id->ctx = SSL_CTX_new(DTLS_server_method());
    err = id->ctx == NULL ? ENOMEM : use_new_certificate(id);
    if (!err && SSL_CTX_set_tlsext_use_srtp(id->ctx, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80") != 0)
        err = EPROTO;
    if (err) {
        obj_unref(id);
        return err;
    }
    SSL_CTX_set_min_proto_version(id->ctx, DTLS1_2_VERSION);
    SSL_CTX_set_verify(id->ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any);
    SSL_CTX_set_options(id->ctx, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(id->ctx, SSL_SESS_CACHE_OFF);
    *ip = id;
    return 0;
}

void dtls_identity_fingerprint(const struct dtls_identity *id, char out[DTLS_FINGERPRINT_TEXT])
{
    for (size_t i = 0; i < DTLS_FINGERPRINT; i++)
        snprintf(out + 3 * i, 4 - (i + 1 == DTLS_FINGERPRINT), "%02X:", id->fingerprint[i]);
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c != '\0' ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;

    return at != NULL ? (int)(at - digits) : -1;
}

bool dtls_fingerprint_parse(uint8_t out[DTLS_FINGERPRINT], const char *text)
{
    if (strlen(text) != DTLS_FINGERPRINT_TEXT - 1)
        return false;
    for (size_t i = 0; i < DTLS_FINGERPRINT; i++) {
        int high = hex_digit(text[3 * i]), low = hex_digit(text[3 * i + 1]);

        if (high < 0 || low < 0 || (text[3 * i + 2] != ':' && i + 1 < DTLS_FINGERPRINT))
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* --- an association --- */

int dtls_alloc(struct dtls **dp, struct dtls_identity *id, const uint8_t fingerprint[DTLS_FINGERPRINT], dtls_send_fn *send, void *arg)
{
    struct dtls *d = calloc(1, sizeof *d);

    if (d == NULL)
        return ENOMEM;
    *d = (struct dtls){.identity = obj_ref(id), .ssl = SSL_new(id->ctx), .in = BIO_new(BIO_s_mem()), .out = BIO_new(BIO_s_mem()), .send = send, .arg = arg};
    memcpy(d->fingerprint, fingerprint, sizeof d->fingerprint);
    if (d->ssl == NULL || d->in == NULL || d->out == NULL) {
        BIO_free(d->in);
        BIO_free(d->out);
        d->in = d->out = NULL;
        dtls_free(d);
        return ENOMEM;
    }
    BIO_set_mem_eof_return(d->in, -1);
    BIO_set_mem_eof_return(d->out, -1);
    SSL_set_bio(d->ssl, d->in, d->out);
    SSL_set_accept_state(d->ssl);
    DTLS_set_link_mtu(d->ssl, DTLS_MTU);
    *dp = d;
    return 0;
}

/* OpenSSL wrote its records one behind the other; each leaves as a datagram of its own, so that none is longer than the link takes. */
static void flush(struct dtls *d)
{
    uint8_t record[DATAGRAM_MAX];

    while (BIO_read(d->out, record, RECORD_HEADER) == RECORD_HEADER) {
        size_t n = (size_t)(record[RECORD_HEADER - 2] << 8 | record[RECORD_HEADER - 1]);

        if (n > sizeof record - RECORD_HEADER || BIO_read(d->out, record + RECORD_HEADER, (int)n) != (int)n) {
            (void)BIO_reset(d->out);
            return;
        }
        d->send(record, RECORD_HEADER + n, d->arg);
    }
}

static bool peer_is_the_one(const struct dtls *d)
{
    X509 *cert = SSL_get1_peer_certificate(d->ssl);
    uint8_t seen[DTLS_FINGERPRINT];
    bool same = cert != NULL && fingerprint_of(seen, cert) == 0 && CRYPTO_memcmp(seen, d->fingerprint, sizeof seen) == 0;

    X509_free(cert);
    return same;
}

static bool wants_more(const struct dtls *d, int result)
{
    int error = SSL_get_error(d->ssl, result);

    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

static void shake_hands(struct dtls *d)
{
    int result = SSL_do_handshake(d->ssl);

    if (result == 1)
        d->state = peer_is_the_one(d) && SSL_get_selected_srtp_profile(d->ssl) != NULL ? DTLS_UP : DTLS_CLOSED;
    else if (!wants_more(d, result))
        d->state = DTLS_CLOSED;
}

/* Nothing is said over it but the end; a finished message that got lost is sent again by the read itself. */
static void read_on(struct dtls *d)
{
    uint8_t unused[256];
    int result = SSL_read(d->ssl, unused, sizeof unused);

    while (result > 0)
        result = SSL_read(d->ssl, unused, sizeof unused);
    if (!wants_more(d, result))
        d->state = DTLS_CLOSED;
}

void dtls_take(struct dtls *d, const uint8_t *datagram, size_t n)
{
    if (d->state == DTLS_CLOSED || n < RECORD_HEADER || n > DATAGRAM_MAX || BIO_write(d->in, datagram, (int)n) != (int)n)
        return;
    ERR_clear_error();
    if (d->state == DTLS_WAITING)
        shake_hands(d);
    if (d->state == DTLS_UP)
        read_on(d);
    flush(d);
    (void)BIO_reset(d->in); /* what a broken record left behind is not read as the begin of the next */
}

void dtls_tick(struct dtls *d)
{
    if (d->state != DTLS_WAITING)
        return;
    ERR_clear_error();
    if (DTLSv1_handle_timeout(d->ssl) < 0)
        d->state = DTLS_CLOSED;
    flush(d);
}

enum dtls_state dtls_state(const struct dtls *d)
{
    return d->state;
}

/* client key, server key, client salt, server salt (RFC 5764, section 4.2); we are the server. */
int dtls_keys_get(struct dtls_keys *out, struct dtls *d)
{
    static const char label[] = "EXTRACTOR-dtls_srtp";
    const SRTP_PROTECTION_PROFILE *profile = SSL_get_selected_srtp_profile(d->ssl);
    bool gcm = profile != NULL && profile->id == SRTP_AEAD_AES_128_GCM;
    size_t key = 16, salt = gcm ? 12 : 14;
    uint8_t raw[2 * DTLS_KEY_MAX];

    if (d->state != DTLS_UP || SSL_export_keying_material(d->ssl, raw, 2 * (key + salt), label, sizeof label - 1, NULL, 0, 0) != 1)
        return EPROTO;
    out->suite = gcm ? SRTP_AES_128_GCM : SRTP_AES_CM_128_HMAC_SHA1_80;
    out->n = key + salt;
    memcpy(out->theirs, raw, key);
    memcpy(out->theirs + key, raw + 2 * key, salt);
    memcpy(out->ours, raw + key, key);
    memcpy(out->ours + key, raw + 2 * key + salt, salt);
    OPENSSL_cleanse(raw, sizeof raw);
    return 0;
}

void dtls_free(struct dtls *d)
{
    if (d == NULL)
        return;
    if (d->state == DTLS_UP) {
        (void)SSL_shutdown(d->ssl);
        flush(d);
    }
    SSL_free(d->ssl);
    obj_unref(d->identity);
    free(d);
}
