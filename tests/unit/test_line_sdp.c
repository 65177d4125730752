/* Offers from outside, and what we answer. */
#include <errno.h>
#include <re.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/loop.h"
#include "line/line_priv.h"

#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n"

#define KEY "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define LONG "AES_CM_128_HMAC_SHA1_80"
#define SHORT "AES_CM_128_HMAC_SHA1_32"
#define CRYPTO(tag, suite) "a=crypto:" tag " " suite " inline:" KEY "\r\n"

static struct mbuf *body_of(const char *text)
{
    struct mbuf *mb = mbuf_alloc(strlen(text) + 1);

    assert_non_null(mb);
    mbuf_write_str(mb, text);
    mb->pos = 0;
    return mb;
}

static struct line_sdp *ours(void)
{
    struct line_sdp *s = NULL;

    assert_int_equal(line_sdp_alloc(&s, "127.0.0.1", 30000, false), 0);
    return s;
}

static int read_text(struct line_sdp *s, const char *text, bool offer, struct mport_remote *r)
{
    struct mbuf *mb = body_of(text);
    int err = line_sdp_read(s, mb, offer, r);

    mem_deref(mb);
    return err;
}

static void text_of_answer(struct line_sdp *s, char *out, size_t size)
{
    struct mbuf *mb = NULL;

    assert_int_equal(line_sdp_answer(s, &mb), 0);
    snprintf(out, size, "%.*s", (int)mbuf_get_left(mb), (const char *)mbuf_buf(mb));
    mem_deref(mb);
}

static void offers_are_understood(void **state)
{
    static const struct {
        const char *name, *sdp;
        int err;
        int codec, event_pt, port;
        bool send, receive;
    } cases[] = {
        {"plain", HEAD "m=audio 4000 RTP/AVP 0 8\r\n", 0, 0, -1, 4000, true, true},
        {"a-law first", HEAD "m=audio 4000 RTP/AVP 8 0\r\n", 0, 8, -1, 4000, true, true},
        {"unknown codecs first", HEAD "m=audio 4000 RTP/AVP 18 96 8\r\na=rtpmap:96 opus/48000/2\r\n", 0, 8, -1, 4000, true, true},
        {"events", HEAD "m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/8000\r\n", 0, 0, 96, 4000, true, true},
        {"events at 48 kHz only", HEAD "m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/48000\r\n", 0, 0, -1, 4000, true, true},
        {"sendonly", HEAD "m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n", 0, 0, -1, 4000, false, true},
        {"recvonly", HEAD "m=audio 4000 RTP/AVP 0\r\na=recvonly\r\n", 0, 0, -1, 4000, true, false},
        {"inactive", HEAD "m=audio 4000 RTP/AVP 0\r\na=inactive\r\n", 0, 0, -1, 4000, false, false},
        {"session-wide sendonly", HEAD "a=sendonly\r\nm=audio 4000 RTP/AVP 0\r\n", 0, 0, -1, 4000, false, true},
        {"old hold", HEAD "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n", 0, 0, -1, 0, false, true},
        {"video beside", HEAD "m=audio 4000 RTP/AVP 0\r\nm=video 4002 RTP/AVP 31\r\n", 0, 0, -1, 4000, true, true},
        {"video first", HEAD "m=video 4002 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 0\r\n", 0, 0, -1, 4000, true, true},
        {"feedback profile", HEAD "m=audio 4000 RTP/AVPF 0\r\n", 0, 0, -1, 4000, true, true},
        {"bare line ends", "v=0\no=- 1 1 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=audio 9 RTP/AVP 0\n", 0, 0, -1, 9, true, true},
        {"nothing in common", HEAD "m=audio 4000 RTP/AVP 18 96\r\na=rtpmap:96 opus/48000/2\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"protected", HEAD "m=audio 4000 RTP/SAVP 0\r\n" CRYPTO("1", LONG), 0, 0, -1, 4000, true, true},
        {"protected, short tag", HEAD "m=audio 4000 RTP/SAVP 0\r\n" CRYPTO("7", SHORT), 0, 0, -1, 4000, true, true},
        {"protected, with feedback", HEAD "m=audio 4000 RTP/SAVPF 0\r\n" CRYPTO("1", LONG), 0, 0, -1, 4000, true, true},
        {"protected, lifetime", HEAD "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 " LONG " inline:" KEY "|2^31\r\n", 0, 0, -1, 4000, true, true},
        {"protected, the second line is ours", HEAD "m=audio 4000 RTP/SAVP 0\r\n" CRYPTO("1", "F8_128_HMAC_SHA1_80") CRYPTO("2", LONG), 0, 0, -1, 4000, true, true},
        {"protected without keys", HEAD "m=audio 4000 RTP/SAVP 0\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"key index", HEAD "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 " LONG " inline:" KEY "|2^20|1:4\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"session parameters", HEAD "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 " LONG " inline:" KEY " UNENCRYPTED_SRTP\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"short key", HEAD "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 " LONG " inline:WVNf\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"key that is no base64", HEAD "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 " LONG " inline:!!!!X19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"keys beside plain audio", HEAD "m=audio 4000 RTP/AVP 0\r\n" CRYPTO("1", LONG), 0, 0, -1, 4000, true, true},
        {"u-law moved away", HEAD "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 PCMU/8000\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"port zero", HEAD "m=audio 0 RTP/AVP 0\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"video only", HEAD "m=video 4002 RTP/AVP 31\r\n", ENOTSUP, 0, 0, 0, false, false},
        {"no media", HEAD, ENOTSUP, 0, 0, 0, false, false},
        {"empty", "", EBADMSG, 0, 0, 0, false, false},
        {"not SDP", "hello\r\n", EBADMSG, 0, 0, 0, false, false},
        {"wrong version", "v=1\r\n", EBADMSG, 0, 0, 0, false, false},
        {"cut", "v=0\r\nm=audio", EBADMSG, 0, 0, 0, false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct line_sdp *s = ours();
        struct mport_remote r = {.port = 1};

        if (read_text(s, cases[i].sdp, true, &r) != cases[i].err)
            fail_msg("%s: other result", cases[i].name);
        if (cases[i].err == 0 && ((int)r.codec != cases[i].codec || r.telephone_event_pt != cases[i].event_pt ||
                                  r.port != cases[i].port || r.send != cases[i].send || r.receive != cases[i].receive))
            fail_msg("%s: codec %d event %d port %d send %d receive %d", cases[i].name, (int)r.codec, r.telephone_event_pt,
                     r.port, r.send, r.receive);
        if (cases[i].err != 0)
            assert_int_equal(r.port, 1); /* untouched */
        mem_deref(s);
    }
}

static struct line_sdp *ours_secure(void)
{
    struct line_sdp *s = NULL;

    assert_int_equal(line_sdp_alloc(&s, "127.0.0.1", 30000, true), 0);
    return s;
}

static void the_answer_names_the_line_it_took(void **state)
{
    struct line_sdp *s = ours();
    struct mport_remote r;
    char text[1024];

    (void)state;
    assert_int_equal(read_text(s, HEAD "m=audio 4000 RTP/SAVP 0\r\n" CRYPTO("1", "F8_128_HMAC_SHA1_80") CRYPTO("23", SHORT), true, &r), 0);
    assert_true(r.keys.on && r.keys.short_tag);
    assert_memory_equal(r.keys.theirs, "YS___semctl () {\t220;}\n}\nunles", MEDIA_KEY);
    text_of_answer(s, text, sizeof text);
    assert_non_null(strstr(text, "m=audio 30000 RTP/SAVP 0\r\n"));
    assert_non_null(strstr(text, "a=crypto:23 " SHORT " inline:"));
    assert_null(strstr(text, KEY)); /* ours, not theirs */
    mem_deref(s);
}

static void where_audio_must_be_protected_plain_is_refused(void **state)
{
    struct line_sdp *s = ours_secure();
    struct mport_remote r;
    struct mbuf *offer = NULL;

    (void)state;
    assert_int_equal(line_sdp_offer(s, &offer), 0);
    assert_non_null(memmem(mbuf_buf(offer), mbuf_get_left(offer), "RTP/SAVP 0 8 101", 16));
    assert_non_null(memmem(mbuf_buf(offer), mbuf_get_left(offer), "a=crypto:1 " LONG, 34));
    assert_int_equal(read_text(s, HEAD "m=audio 4000 RTP/AVP 0\r\n", false, &r), ENOTSUP);
    assert_int_equal(read_text(s, HEAD "m=audio 4000 RTP/SAVP 0\r\n" CRYPTO("1", LONG), false, &r), 0);
    assert_true(r.keys.on);
    mem_deref(offer);
    mem_deref(s);
}

static void the_answer_keeps_the_order_of_the_offer(void **state)
{
    struct line_sdp *s = ours();
    struct mport_remote r;
    char text[1024];

    (void)state;
    assert_int_equal(read_text(s, HEAD "m=audio 4000 RTP/AVP 8 18 0 98\r\na=rtpmap:98 telephone-event/8000\r\na=sendonly\r\n",
                               true, &r), 0);
    text_of_answer(s, text, sizeof text);
    assert_non_null(strstr(text, "m=audio 30000 RTP/AVP 8 0 98\r\n"));
    assert_non_null(strstr(text, "a=rtpmap:98 telephone-event/8000\r\n"));
    assert_non_null(strstr(text, "a=recvonly\r\n"));
    mem_deref(s);
}

static void what_we_do_not_take_is_answered_with_port_zero(void **state)
{
    struct line_sdp *s = ours();
    struct mport_remote r;
    char text[1024];

    (void)state;
    assert_int_equal(read_text(s, HEAD "m=video 4002 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 0\r\n", true, &r), 0);
    text_of_answer(s, text, sizeof text);
    assert_non_null(strstr(text, "m=video 0 RTP/AVP"));
    assert_true(strstr(text, "m=video") < strstr(text, "m=audio 30000 RTP/AVP 0"));
    mem_deref(s);
}

static void our_offer_is_answered(void **state)
{
    struct line_sdp *s = ours();
    struct mport_remote r;
    struct mbuf *offer = NULL;

    (void)state;
    assert_int_equal(line_sdp_offer(s, &offer), 0);
    assert_int_equal(read_text(s, HEAD "m=audio 5000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n", false, &r), 0);
    assert_int_equal(r.codec, MEDIA_PCMA);
    assert_int_equal(r.telephone_event_pt, 101);
    assert_string_equal(r.ip, "192.0.2.7");
    mem_deref(offer);
    mem_deref(s);
}

static void a_description_without_end_is_refused(void **state)
{
    static char big[LINE_SDP_MAX + 64];
    struct line_sdp *s = ours();
    struct mport_remote r;
    size_t n = 0;

    (void)state;
    for (int i = 0; i <= LINE_SDP_MEDIA_MAX; i++)
        n += (size_t)snprintf(big + n, sizeof big - n, "m=audio 4000 RTP/AVP 0\r\n");
    assert_int_equal(read_text(s, big, true, &r), EMSGSIZE);
    memset(big, 'a', sizeof big - 1);
    assert_int_equal(read_text(s, big, true, &r), EMSGSIZE);
    mem_deref(s);
}

static void only_clean_text_reaches_a_header(void **state)
{
    char out[64];

    (void)state;
    assert_true(line_number_ok("+14155550100"));
    assert_true(line_number_ok("*67#"));
    assert_false(line_number_ok(""));
    assert_false(line_number_ok("+"));
    assert_false(line_number_ok("12 34"));
    assert_false(line_number_ok("1\r\nX: y"));
    assert_false(line_number_ok("123456789012345678901234567890123"));
    assert_false(line_token_ok("a\r\nb"));
    assert_false(line_token_ok("a>b"));
    line_display_clean(out, sizeof out, "A \"b\"\r\n\\c");
    assert_string_equal(out, "A bc");
    assert_int_equal(line_uri_with_user(out, sizeof out, "+1", "sip:h.example:5070;transport=tcp"), 0);
    assert_string_equal(out, "sip:+1@h.example:5070;transport=tcp");
    assert_int_equal(line_uri_with_user(out, sizeof out, "+1", "sip:localhost:5070"), 0);
    assert_string_equal(out, "sip:+1@127.0.0.1:5070");
    assert_int_equal(line_uri_with_user(out, sizeof out, "+1", "tel:+1"), EINVAL);
    assert_int_equal(line_uri_with_user(out, 8, "+1", "sip:h.example"), EMSGSIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers_are_understood),
        cmocka_unit_test(the_answer_names_the_line_it_took),
        cmocka_unit_test(where_audio_must_be_protected_plain_is_refused),
        cmocka_unit_test(the_answer_keeps_the_order_of_the_offer),
        cmocka_unit_test(what_we_do_not_take_is_answered_with_port_zero),
        cmocka_unit_test(our_offer_is_answered),
        cmocka_unit_test(a_description_without_end_is_refused),
        cmocka_unit_test(only_clean_text_reaches_a_header),
    };
    int failed;

    if (loop_lib_init(256) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
