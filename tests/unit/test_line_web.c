/* A browser as the far end of a leg: who is let in, who is heard, how it ends. */
#include <errno.h>

#include "line_rig.h"
#include "line_browser.h"

static struct browser *b;
static struct rig *r;
static int heard_loud;

static void ear(const int16_t *pcm, const int16_t *ours, bool concealed, int64_t at_us, void *arg)
{
    (void)ours;
    (void)concealed;
    (void)at_us;
    (void)arg;
    for (int i = 0; i < MEDIA_FRAME; i++)
        if (abs(pcm[i]) > BROWSER_LOUD) {
            __atomic_fetch_add(&heard_loud, 1, __ATOMIC_RELAXED);
            return;
        }
}

static void open_leg(bool opus, int lost_ms)
{
    struct leg_web w;
    char *answer = NULL;

    heard_loud = 0;
    r = rig_open(NULL);
    b = browser_open(opus);
    w = (struct leg_web){.offer = b->offer, .offer_n = strlen(b->offer), .lost_ms = lost_ms};
    assert_int_equal(leg_web_open(&r->in.leg, &answer, r->a, &w), 0);
    assert_int_equal(leg_accept(r->in.leg, rig_on_event, &r->in), 0);
    browser_connect(b, answer);
    free(answer);
}

static void close_leg(void)
{
    browser_close(b);
    rig_close(r);
}

static bool is_up(struct rig *rig) { return rig_saw(&rig->in, LEG_EV_ANSWERED) && b->up; }
static bool has_ended(struct rig *rig) { return rig->in.ended > 0; }
static bool both_heard(struct rig *rig)
{
    (void)rig;
    return b->loud >= 10 && __atomic_load_n(&heard_loud, __ATOMIC_RELAXED) >= 10;
}
static bool many_checks(struct rig *rig)
{
    (void)rig;
    return b->checks >= 8;
}
static bool goodbye_came(struct rig *rig)
{
    (void)rig;
    return b->told_goodbye;
}

static bool nearly_all_was_heard(struct rig *rig)
{
    (void)rig;
    return b->loud >= 45; /* of 50 frames */
}
static bool key_came(struct rig *rig) { return rig->in.digits[0] != '\0'; }

static struct clip *tone(void)
{
    struct clip *c;

    assert_int_equal(clip_alloc(&c, 8000), 0);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = (int16_t)((i / 8) % 2 ? 8000 : -8000);
    return c;
}

static void both_hear(bool opus)
{
    struct clip *c = tone();

    open_leg(opus, 0);
    mport_set_tap(leg_port(r->in.leg), &(struct mport_tap){.frame = ear});
    mport_play(leg_port(r->in.leg), c, 1, MPORT_PLAY_LOOP);
    assert_true(rig_run_until(r, is_up, RIG_WAIT_MS));
    assert_true(leg_answered(r->in.leg));
    assert_true(rig_run_until(r, both_heard, RIG_WAIT_MS));
    leg_hangup(r->in.leg, 0);
    assert_true(rig_run_until(r, has_ended, RIG_WAIT_MS));
    assert_int_equal(r->in.outcome, LEG_COMPLETED);
    assert_true(r->in.by_us);
    assert_true(rig_run_until(r, goodbye_came, RIG_WAIT_MS));
    close_leg();
    obj_unref(c);
}

static void a_browser_and_we_hear_each_other_by_g711(void **state)
{
    (void)state;
    both_hear(false);
}

static void a_browser_and_we_hear_each_other_by_opus(void **state)
{
    (void)state;
    both_hear(true);
}

static void what_plays_waits_until_the_line_is_secure(void **state)
{
    struct clip *c = tone();

    (void)state;
    open_leg(false, 0);
    mport_play(leg_port(r->in.leg), c, 1, 0);
    assert_true(rig_run_until(r, is_up, RIG_WAIT_MS));
    assert_true(rig_run_until(r, nearly_all_was_heard, RIG_WAIT_MS)); /* it was not begun before the browser could hear it */
    close_leg();
    obj_unref(c);
}

static void a_key_is_heard(void **state)
{
    static const uint8_t five[] = {5, 0x80 | 10, 0x06, 0x40};

    (void)state;
    open_leg(false, 0);
    assert_true(rig_run_until(r, is_up, RIG_WAIT_MS));
    browser_send_rtp(b, 126, five, sizeof five); /* browsers may send the end alone */
    browser_send_rtp(b, 126, five, sizeof five);
    assert_true(rig_run_until(r, key_came, RIG_WAIT_MS));
    assert_string_equal(r->in.digits, "5");
    close_leg();
}

static void who_does_not_know_the_password_gets_no_answer(void **state)
{
    (void)state;
    open_leg(false, 0);
    memset(b->pwd, 'x', strlen(b->pwd));
    tmr_cancel(&b->check);
    b->checks = 0;
    browser_check(b);
    assert_true(rig_run_until(r, many_checks, RIG_WAIT_MS));
    assert_in_range(b->replies, 0, 1); /* the first check of browser_connect was right */
    close_leg();
}

static void another_certificate_than_the_offered_one_is_not_talked_to(void **state)
{
    struct browser *other;

    (void)state;
    open_leg(false, 0);
    other = browser_open(false); /* same wire, other certificate */
    SSL_set_SSL_CTX(b->ssl, other->ctx);
    SSL_use_certificate(b->ssl, SSL_CTX_get0_certificate(other->ctx));
    SSL_use_PrivateKey(b->ssl, SSL_CTX_get0_privatekey(other->ctx));
    assert_true(rig_run_until(r, has_ended, RIG_WAIT_MS));
    assert_false(rig_saw(&r->in, LEG_EV_ANSWERED));
    assert_int_equal(r->in.outcome, LEG_MEDIA_FAILED);
    browser_close(other);
    close_leg();
}

static void a_goodbye_ends_the_leg_at_once(void **state)
{
    (void)state;
    open_leg(false, 0);
    assert_true(rig_run_until(r, is_up, RIG_WAIT_MS));
    browser_goodbye(b);
    assert_true(rig_run_until(r, has_ended, RIG_WAIT_MS));
    assert_int_equal(r->in.outcome, LEG_COMPLETED);
    assert_false(r->in.by_us);
    close_leg();
}

static void a_browser_that_falls_silent_is_given_up(void **state)
{
    (void)state;
    open_leg(false, 300);
    assert_true(rig_run_until(r, is_up, RIG_WAIT_MS));
    b->muted = true;
    assert_true(rig_run_until(r, has_ended, RIG_WAIT_MS));
    assert_int_equal(r->in.outcome, LEG_MEDIA_FAILED);
    close_leg();
}

static void a_browser_that_changes_its_network_goes_on(void **state)
{
    struct clip *c = tone();

    (void)state;
    open_leg(true, 2000);
    mport_set_tap(leg_port(r->in.leg), &(struct mport_tap){.frame = ear});
    mport_play(leg_port(r->in.leg), c, 1, MPORT_PLAY_LOOP);
    assert_true(rig_run_until(r, both_heard, RIG_WAIT_MS));
    browser_open_socket(b);
    b->loud = 0;
    __atomic_store_n(&heard_loud, 0, __ATOMIC_RELAXED);
    assert_true(rig_run_until(r, both_heard, RIG_WAIT_MS));
    assert_int_equal(r->in.ended, 0);
    close_leg();
    obj_unref(c);
}

static void strangers_are_not_heard(void **state)
{
    struct sa server;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    static const uint8_t hello[] = {22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4}, audio[200] = {0x80, 0};

    (void)state;
    open_leg(false, 0);
    server = b->server;
    for (int i = 0; i < 20; i++) {
        assert_true(sendto(fd, hello, sizeof hello, 0, &server.u.sa, server.len) > 0);
        assert_true(sendto(fd, audio, sizeof audio, 0, &server.u.sa, server.len) > 0);
    }
    mport_set_tap(leg_port(r->in.leg), &(struct mport_tap){.frame = ear});
    assert_true(rig_run_until(r, is_up, RIG_WAIT_MS)); /* their handshake did not break ours */
    close(fd);
    close_leg();
}

static int refused(const char *offer)
{
    struct leg *leg = NULL;
    char *answer = NULL;
    int err = leg_web_open(&leg, &answer, r->a, &(struct leg_web){.offer = offer, .offer_n = strlen(offer)});

    assert_null(answer);
    return err;
}

static void edit(char *out, size_t size, const char *offer, const char *from, const char *to)
{
    const char *at = strstr(offer, from);

    assert_non_null(at);
    snprintf(out, size, "%.*s%s%s", (int)(at - offer), offer, to, at + strlen(from));
}

static void offers_that_cannot_be_answered_are_refused(void **state)
{
    static const struct { const char *from, *to; int err; } cases[] = {
        {"v=0", "v=x", EBADMSG},
        {"a=rtcp-mux\r\n", "", ENOTSUP},
        {"a=fingerprint:sha-256 ", "a=fingerprint:sha-1 ", ENOTSUP},
        {"a=setup:actpass", "a=setup:passive", ENOTSUP},
        {"a=ice-ufrag:peer\r\n", "", EBADMSG},
        {"UDP/TLS/RTP/SAVPF 0 8 13 126", "UDP/TLS/RTP/SAVPF 8 13 126", ENOTSUP},
        {"m=audio 9 UDP/TLS/RTP/SAVPF", "m=audio 9 RTP/AVP", ENOTSUP},
        {"m=audio", "m=video", ENOTSUP},
    };
    char text[4096];

    (void)state;
    r = rig_open(NULL);
    b = browser_open(false);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        edit(text, sizeof text, b->offer, cases[i].from, cases[i].to);
        if (refused(text) != cases[i].err)
            fail_msg("%s -> %s: %d", cases[i].from, cases[i].to, refused(text));
    }
    assert_int_equal(refused(""), EBADMSG);
    close_leg();
}

static void the_answer_says_what_a_browser_needs(void **state)
{
    static const char *const lines[] = {"a=ice-lite\r\n", "a=group:BUNDLE 0\r\n", "a=mid:0\r\n", "a=rtcp-mux\r\n", "a=setup:passive\r\n", "a=fingerprint:sha-256 ",
                                        " typ host\r\n", "UDP/TLS/RTP/SAVPF 111", "a=rtpmap:111 opus/48000/2\r\n"};
    char *answer = NULL;

    (void)state;
    r = rig_open(NULL);
    b = browser_open(true);
    assert_int_equal(leg_web_open(&r->in.leg, &answer, r->a, &(struct leg_web){.offer = b->offer, .offer_n = strlen(b->offer)}), 0);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (strstr(answer, lines[i]) == NULL)
            fail_msg("%s is missing in\n%s", lines[i], answer);
    assert_null(strstr(answer, "rtcp-fb"));
    leg_watch(r->in.leg, rig_on_event, &r->in);
    leg_hangup(r->in.leg, 486); /* never accepted */
    assert_true(rig_run_until(r, has_ended, RIG_WAIT_MS));
    assert_int_equal(r->in.outcome, LEG_CANCELLED);
    free(answer);
    close_leg();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_browser_and_we_hear_each_other_by_g711),
        cmocka_unit_test(a_browser_and_we_hear_each_other_by_opus),
        cmocka_unit_test(what_plays_waits_until_the_line_is_secure),
        cmocka_unit_test(a_key_is_heard),
        cmocka_unit_test(who_does_not_know_the_password_gets_no_answer),
        cmocka_unit_test(another_certificate_than_the_offered_one_is_not_talked_to),
        cmocka_unit_test(a_goodbye_ends_the_leg_at_once),
        cmocka_unit_test(a_browser_that_falls_silent_is_given_up),
        cmocka_unit_test(a_browser_that_changes_its_network_goes_on),
        cmocka_unit_test(strangers_are_not_heard),
        cmocka_unit_test(offers_that_cannot_be_answered_are_refused),
        cmocka_unit_test(the_answer_says_what_a_browser_needs),
    };

    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
