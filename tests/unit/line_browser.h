/* line_browser.h - what a browser does on the wire, for tests: ICE checks, DTLS as client, SRTP both ways, on the loop of the test. Its voice is a tone; how
 * loud the other side is it measures. */
#ifndef BATON_TESTS_LINE_BROWSER_H
#define BATON_TESTS_LINE_BROWSER_H

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <re.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <rem_g711.h>

#include "line/media_opus.h"
#include "line/rtp.h"

enum { BROWSER_FRAME_MS = 20, BROWSER_CHECK_MS = 50, BROWSER_LOUD = 1000 };

struct browser {
    int fd;
    struct sa server;
    char offer[2048], fingerprint[96], pwd[64], user[128];
    SSL_CTX *ctx;
    SSL *ssl;
    BIO *in, *out;
    bool nominate, checked, up, told_goodbye, muted;
    int checks, replies, heard, loud;
    struct srtp *rx, *tx;
    struct media_opus *opus; /* NULL: PCMU */
    uint16_t seq;
    uint32_t ts;
    struct tmr frame, check;
};

static inline void browser_certificate(struct browser *b)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = X509_new();
    uint8_t md[32];
    unsigned n = sizeof md;

    b->ctx = SSL_CTX_new(DTLS_client_method());
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"browser", -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_set_pubkey(x, key);
    X509_sign(x, key, EVP_sha256());
    assert_int_equal(SSL_CTX_use_certificate(b->ctx, x), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey(b->ctx, key), 1);
    assert_int_equal(SSL_CTX_set_tlsext_use_srtp(b->ctx, "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM"), 0);
    assert_int_equal(X509_digest(x, EVP_sha256(), md, &n), 1);
    for (size_t i = 0; i < sizeof md; i++)
        snprintf(b->fingerprint + 3 * i, 4, "%02X%s", md[i], i + 1 < sizeof md ? ":" : "");
    X509_free(x);
    EVP_PKEY_free(key);
}

static inline void browser_send(struct browser *b, const uint8_t *data, size_t n)
{
    (void)!sendto(b->fd, data, n, MSG_DONTWAIT, &b->server.u.sa, b->server.len);
}

static inline void browser_flush(struct browser *b)
{
    uint8_t record[2048];

    while (BIO_read(b->out, record, 13) == 13) {
        int n = record[11] << 8 | record[12];

        assert_int_equal(BIO_read(b->out, record + 13, n), n);
        browser_send(b, record, 13 + (size_t)n);
    }
}

static inline void browser_keys(struct browser *b)
{
    const SRTP_PROTECTION_PROFILE *p = SSL_get_selected_srtp_profile(b->ssl);
    bool gcm = p->id == SRTP_AEAD_AES_128_GCM;
    size_t salt = gcm ? 12 : 14;
    uint8_t raw[60], mine[30], theirs[30];

    assert_int_equal(SSL_export_keying_material(b->ssl, raw, 2 * (16 + salt), "EXTRACTOR-dtls_srtp", 19, NULL, 0, 0), 1);
    memcpy(mine, raw, 16);
    memcpy(theirs, raw + 16, 16);
    memcpy(mine + 16, raw + 32, salt);
    memcpy(theirs + 16, raw + 32 + salt, salt);
    assert_int_equal(srtp_alloc(&b->tx, gcm ? SRTP_AES_128_GCM : SRTP_AES_CM_128_HMAC_SHA1_80, mine, 16 + salt, 0), 0);
    assert_int_equal(srtp_alloc(&b->rx, gcm ? SRTP_AES_128_GCM : SRTP_AES_CM_128_HMAC_SHA1_80, theirs, 16 + salt, 0), 0);
    b->up = true;
}

static inline void browser_send_rtp(struct browser *b, uint8_t pt, const uint8_t *payload, size_t n)
{
    struct mbuf *mb = mbuf_alloc(512);
    uint8_t head[RTP_HEADER];

    rtp_write_header(head, &(struct rtp_packet){.pt = pt, .seq = b->seq++, .ts = b->ts, .ssrc = 77});
    mbuf_write_mem(mb, head, sizeof head);
    mbuf_write_mem(mb, payload, n);
    mb->pos = 0;
    assert_int_equal(srtp_encrypt(b->tx, mb), 0);
    browser_send(b, mbuf_buf(mb), mbuf_get_left(mb));
    mem_deref(mb);
}

static inline void browser_speak(void *arg)
{
    struct browser *b = arg;
    int16_t pcm[160];
    uint8_t out[200];
    size_t n = 160;

    tmr_start(&b->frame, BROWSER_FRAME_MS, browser_speak, b);
    if (b->muted)
        return;
    for (int i = 0; i < 160; i++)
        pcm[i] = (int16_t)((i / 8) % 2 ? 8000 : -8000); /* 500 Hz */
    if (b->opus != NULL)
        n = media_opus_encode(b->opus, out, pcm);
    else
        for (int i = 0; i < 160; i++)
            out[i] = g711_pcm2ulaw(pcm[i]);
    browser_send_rtp(b, b->opus != NULL ? 111 : 0, out, n);
    b->ts += b->opus != NULL ? 960 : 160;
}

static inline void browser_shake(struct browser *b)
{
    if (SSL_do_handshake(b->ssl) == 1 && !b->up) {
        browser_keys(b);
        browser_speak(b);
    }
    browser_flush(b);
}

static inline void browser_hear(struct browser *b, const uint8_t *data, size_t n)
{
    struct mbuf *mb = mbuf_alloc(n + 32);
    struct rtp_packet p;
    int16_t pcm[MEDIA_OPUS_PACKET_MAX];
    size_t samples;

    mbuf_write_mem(mb, data, n);
    mb->pos = 0;
    if (b->rx != NULL && srtp_decrypt(b->rx, mb) == 0 && rtp_parse(&p, mbuf_buf(mb), mbuf_get_left(mb)) == 0) {
        b->heard++;
        samples = b->opus != NULL ? media_opus_decode(b->opus, pcm, p.payload, p.payload_n) : p.payload_n;
        for (size_t i = 0; b->opus == NULL && i < samples; i++)
            pcm[i] = g711_ulaw2pcm(p.payload[i]);
        for (size_t i = 0; i < samples; i++)
            if (abs(pcm[i]) > BROWSER_LOUD) {
                b->loud++;
                break;
            }
    }
    mem_deref(mb);
}

static inline void browser_take(struct browser *b, uint8_t *data, size_t n)
{
    if (data[0] < 4) {
        b->replies++;
        if (!b->checked) {
            b->checked = true;
            browser_shake(b);
        }
    } else if (data[0] >= 20 && data[0] < 64) {
        uint8_t unused[64];

        BIO_write(b->in, data, (int)n);
        if (!b->up)
            browser_shake(b);
        else if (SSL_read(b->ssl, unused, sizeof unused) <= 0 && (SSL_get_shutdown(b->ssl) & SSL_RECEIVED_SHUTDOWN))
            b->told_goodbye = true;
    } else if (data[0] >> 6 == 2) {
        browser_hear(b, data, n);
    }
}

static inline void browser_readable(int flags, void *arg)
{
    struct browser *b = arg;
    uint8_t data[2048];
    ssize_t n;

    (void)flags;
    while ((n = recv(b->fd, data, sizeof data, MSG_DONTWAIT)) > 0)
        browser_take(b, data, (size_t)n);
}

static inline void browser_check(void *arg)
{
    struct browser *b = arg;
    struct mbuf *mb = mbuf_alloc(256);
    uint8_t tid[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (uint8_t)b->checks};
    uint32_t prio = 1853693695;

    b->checks++;
    assert_int_equal(stun_msg_encode(mb, STUN_METHOD_BINDING, STUN_CLASS_REQUEST, tid, NULL, (const uint8_t *)b->pwd, strlen(b->pwd), true, 0, 3, STUN_ATTR_USERNAME,
                                     b->user, STUN_ATTR_PRIORITY, &prio, STUN_ATTR_USE_CAND, b->nominate ? b->user : NULL),
                     0);
    browser_send(b, mb->buf, mb->end);
    mem_deref(mb);
    tmr_start(&b->check, BROWSER_CHECK_MS, browser_check, b);
}

/* A new socket, as after a change of the network. */
static inline void browser_open_socket(struct browser *b)
{
    struct sa here;

    if (b->fd >= 0) {
        fd_close(b->fd);
        close(b->fd);
    }
    sa_set_str(&here, "127.0.0.1", 0);
    b->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_true(b->fd >= 0);
    assert_int_equal(bind(b->fd, &here.u.sa, here.len), 0);
    assert_int_equal(fd_listen(b->fd, FD_READ, browser_readable, b), 0);
}

#define BROWSER_OFFER                                                                                                                       \
    "v=0\r\no=- 46 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS s\r\n"             \
    "m=audio 9 UDP/TLS/RTP/SAVPF %s0 8 13 126\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:peer\r\n"                         \
    "a=ice-pwd:peerpeerpeerpeerpeerpeer\r\na=ice-options:trickle\r\na=fingerprint:sha-256 %s\r\na=setup:actpass\r\na=mid:0\r\na=sendrecv\r\n" \
    "a=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"    \
    "a=rtpmap:126 telephone-event/8000\r\na=ssrc:77 cname:c\r\n"

static inline struct browser *browser_open(bool opus)
{
    struct browser *b = calloc(1, sizeof *b);

    b->fd = -1;
    b->nominate = true;
    browser_certificate(b);
    browser_open_socket(b);
    b->opus = opus ? media_opus_alloc() : NULL;
    snprintf(b->offer, sizeof b->offer, BROWSER_OFFER, opus ? "111 " : "", b->fingerprint);
    tmr_init(&b->frame);
    tmr_init(&b->check);
    return b;
}

static inline void browser_word(char *out, size_t size, const char *answer, const char *key)
{
    const char *at = strstr(answer, key);

    assert_non_null(at);
    at += strlen(key);
    snprintf(out, size, "%.*s", (int)strcspn(at, " \r\n"), at);
}

/* Reads the answer and begins to check. */
static inline void browser_connect(struct browser *b, const char *answer)
{
    char ufrag[64], port[16];

    browser_word(ufrag, sizeof ufrag, answer, "a=ice-ufrag:");
    browser_word(b->pwd, sizeof b->pwd, answer, "a=ice-pwd:");
    browser_word(port, sizeof port, answer, "m=audio ");
    snprintf(b->user, sizeof b->user, "%s:peer", ufrag);
    sa_set_str(&b->server, "127.0.0.1", (uint16_t)atoi(port));
    b->ssl = SSL_new(b->ctx);
    b->in = BIO_new(BIO_s_mem());
    b->out = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(b->in, -1);
    BIO_set_mem_eof_return(b->out, -1);
    SSL_set_bio(b->ssl, b->in, b->out);
    SSL_set_connect_state(b->ssl);
    SSL_set_options(b->ssl, SSL_OP_NO_QUERY_MTU);
    DTLS_set_link_mtu(b->ssl, 1200);
    browser_check(b);
}

static inline void browser_goodbye(struct browser *b)
{
    SSL_shutdown(b->ssl);
    browser_flush(b);
}

static inline void browser_close(struct browser *b)
{
    tmr_cancel(&b->frame);
    tmr_cancel(&b->check);
    fd_close(b->fd);
    close(b->fd);
    SSL_free(b->ssl);
    SSL_CTX_free(b->ctx);
    mem_deref(b->rx);
    mem_deref(b->tx);
    media_opus_free(b->opus);
    free(b);
}

#endif
