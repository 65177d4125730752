/* Telephones register with the line: digest, one use of a count, binding to where the request came from, its end; and are called by name. */
#include <errno.h>

#include "unit/line_peer.h"
#include "line/registrar.h"

enum { CHANGES_MAX = 600 };

static struct rig *rig;
static struct peer *peer;
static int changes, changes_on;
static char changed_last[64];

static bool known(const char *user, uint8_t ha1[LINE_PHONE_HA1], void *arg)
{
    (void)arg;
    if (strncmp(user, "dana", 4) != 0)
        return false;
    line_phone_ha1(ha1, user, "secret");
    return true;
}

static void changed(const char *user, bool registered, void *arg)
{
    (void)arg;
    assert_true(changes < CHANGES_MAX);
    changes++;
    changes_on += registered ? 1 : 0;
    snprintf(changed_last, sizeof changed_last, "%s %s", user, registered ? "on" : "off");
}

/* b is the registrar. */
static int open_rig(void **state)
{
    (void)state;
    changes = changes_on = 0;
    changed_last[0] = '\0';
    rig = rig_open(NULL);
    assert_int_equal(line_phones(rig->b, known, changed, NULL), 0);
    peer = peer_open(rig);
    sa_set_str(&peer->far, "127.0.0.1", line_port(rig->b));
    return 0;
}

static int close_rig(void **state)
{
    (void)state;
    peer_close(rig);
    rig_close(rig);
    return 0;
}

struct reg { const char *user, *password, *to, *contact; unsigned expires, nc; bool authorise; char nonce[64]; };

static void send_register(struct reg *g)
{
    char text[PEER_TEXT_MAX], auth[600] = "", response[40], contact[200] = "";
    uint8_t ha1[16], ha2[16], digest[16];

    line_phone_ha1(ha1, g->user, g->password);
    assert_int_equal(md5_printf(ha2, "REGISTER:sip:127.0.0.1"), 0);
    assert_int_equal(md5_printf(digest, "%w:%s:%08x:c:auth:%w", ha1, sizeof ha1, g->nonce, g->nc, ha2, sizeof ha2), 0);
    re_snprintf(response, sizeof response, "%w", digest, sizeof digest);
    if (g->authorise)
        snprintf(auth, sizeof auth,
                 "Authorization: Digest username=\"%s\", realm=\"baton\", nonce=\"%s\", uri=\"sip:127.0.0.1\", response=\"%s\", cnonce=\"c\", qop=auth, nc=%08x\r\n", g->user,
                 g->nonce, response, g->nc);
    if (g->contact != NULL)
        snprintf(contact, sizeof contact, "Contact: %s\r\n", g->contact);
    snprintf(text, sizeof text,
             "REGISTER sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bKreg%d\r\nFrom: <sip:%s@127.0.0.1>;tag=r\r\n"
             "To: <sip:%s@127.0.0.1>\r\nCall-ID: reg\r\nCSeq: %d REGISTER\r\nMax-Forwards: 70\r\nExpires: %u\r\n%s%sContent-Length: 0\r\n\r\n",
             (unsigned)sa_port(&peer->addr), ++peer->branch, g->user, g->to != NULL ? g->to : g->user, ++peer->cseq, g->expires, contact, auth);
    peer->want_from = peer->n = 0;
    peer_send(peer, text);
}

static const char *answer_to(struct reg *g)
{
    send_register(g);
    return peer_wait(rig, "SIP/2.0 ", NULL);
}

/* Asks without a digest and takes the nonce. */
static void ask_nonce(struct reg *g)
{
    const char *answer, *p;

    g->authorise = false;
    answer = answer_to(g);
    assert_non_null(answer);
    assert_non_null(strstr(answer, "SIP/2.0 401 "));
    p = strstr(answer, "nonce=\"");
    assert_non_null(p);
    snprintf(g->nonce, sizeof g->nonce, "%.32s", p + 7);
    g->authorise = true;
    g->nc = 1;
}

static void expect(struct reg *g, const char *status)
{
    const char *answer = answer_to(g);

    assert_non_null(answer);
    if (strncmp(answer + 8, status, strlen(status)) != 0)
        fail_msg("wanted %s, got %.40s", status, answer);
}

static struct reg dana(void)
{
    return (struct reg){.user = "dana", .password = "secret", .contact = "<sip:dana@10.1.2.3:5060>", .expires = 120};
}

static void a_telephone_is_bound_to_where_it_called_from(void **state)
{
    struct reg g = dana();
    char uri[96];
    const char *invite;

    (void)state;
    assert_false(line_phone_registered(rig->b, "dana"));
    ask_nonce(&g);
    expect(&g, "200");
    assert_non_null(strstr(peer->messages[0], ";expires=1"));
    assert_true(line_phone_registered(rig->b, "dana"));
    assert_string_equal(changed_last, "dana on");
    peer->want_from = peer->n = 0;
    assert_int_equal(leg_dial(&rig->out.leg, rig->b, &(struct leg_dial){.to = "phone:dana", .ring_timeout_s = 2, .fn = rig_on_event, .arg = &rig->out}), 0);
    snprintf(uri, sizeof uri, "INVITE sip:dana@127.0.0.1:%u", (unsigned)sa_port(&peer->addr));
    invite = peer_wait(rig, uri, NULL);
    assert_non_null(invite);
    peer_reply(peer, invite, "486 Busy Here", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_BUSY);
}

static void a_wrong_secret_and_an_unknown_telephone_get_the_same_answer(void **state)
{
    struct reg wrong = dana(), nobody = dana(), other = dana();

    (void)state;
    wrong.password = "guess";
    ask_nonce(&wrong);
    expect(&wrong, "403");
    nobody.user = "mallory";
    ask_nonce(&nobody);
    expect(&nobody, "403");
    other.to = "dana2"; /* knows its own secret, wants another's calls */
    ask_nonce(&other);
    expect(&other, "403");
    assert_int_equal(changes, 0);
}

static void a_register_that_was_overheard_is_not_taken_again(void **state)
{
    struct reg g = dana();

    (void)state;
    ask_nonce(&g);
    expect(&g, "200");
    g.contact = "<sip:thief@127.0.0.1:9>";
    expect(&g, "401");
    assert_non_null(strstr(peer->messages[0], "stale=true"));
    g.nc = 2; /* the telephone itself counts on */
    g.contact = "<sip:dana@10.1.2.3:5060>";
    expect(&g, "200");
    assert_int_equal(changes, 1);
}

static void a_nonce_that_was_never_given_is_stale(void **state)
{
    struct reg g = dana();

    (void)state;
    ask_nonce(&g);
    memset(g.nonce, '0', 32);
    expect(&g, "401");
    assert_non_null(strstr(peer->messages[0], "stale=true"));
}

static void it_leaves_with_expires_zero_or_a_star(void **state)
{
    struct reg g = dana();

    (void)state;
    ask_nonce(&g);
    expect(&g, "200");
    g.nc++;
    g.expires = 0;
    expect(&g, "200");
    assert_string_equal(changed_last, "dana off");
    assert_int_equal(leg_dial(&rig->out.leg, rig->b, &(struct leg_dial){.to = "phone:dana", .fn = rig_on_event, .arg = &rig->out}), EHOSTUNREACH);
    g = dana();
    ask_nonce(&g);
    expect(&g, "200");
    g.nc++;
    g.contact = "*";
    expect(&g, "400"); /* RFC 3261, 10.2.2: only with Expires: 0 */
    g.nc++;
    g.expires = 0;
    expect(&g, "200");
    assert_false(line_phone_registered(rig->b, "dana"));
}

static void a_contact_that_cannot_be_called_is_not_bound(void **state)
{
    static const char *const bad[] = {"<sip:@127.0.0.1>", "<sip:a,b@127.0.0.1>", "<tel:+1415>", "nonsense"};
    struct reg g = dana();

    (void)state;
    ask_nonce(&g);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++, g.nc++) {
        g.contact = bad[i];
        assert_non_null(answer_to(&g));
        assert_false(line_phone_registered(rig->b, "dana"));
    }
}

static void telephones_above_the_limit_are_refused(void **state)
{
    char name[32];
    struct reg g = dana();

    (void)state;
    for (int i = 0; i <= REGISTRAR_PHONES_MAX; i++) {
        snprintf(name, sizeof name, "dana%d", i);
        g.user = name;
        ask_nonce(&g);
        expect(&g, i < REGISTRAR_PHONES_MAX ? "200" : "503");
    }
    assert_int_equal(changes_on, REGISTRAR_PHONES_MAX);
}

static bool told_registered(struct rig *r) { return r->register_calls > 0 && r->registered; }

/* A line of ours as the telephone: libre's own client against our registrar. */
static void a_line_registers_and_is_called(void **state)
{
    char uri[64];
    struct line_trunk trunk = {.uri = uri, .username = "dana", .password = "secret", .do_register = true, .register_expires_s = 60};
    struct line *phone;

    (void)state;
    snprintf(uri, sizeof uri, "sip:127.0.0.1:%u;transport=tcp", (unsigned)line_port(rig->b));
    phone = rig_line(rig, &trunk);
    assert_true(rig_run_until(rig, told_registered, RIG_WAIT_MS));
    rig->accept_at_once = 1;
    assert_int_equal(leg_dial(&rig->out.leg, rig->b, &(struct leg_dial){.to = "phone:dana", .ring_timeout_s = 5, .fn = rig_on_event, .arg = &rig->out}), 0);
    assert_true(rig_run_until(rig, rig_both_up, RIG_WAIT_MS));
    leg_hangup(rig->out.leg, 0);
    assert_true(rig_run_until(rig, rig_both_ended, RIG_WAIT_MS));
    line_close(phone, NULL, NULL);
    obj_unref(phone);
}

static void without_telephones_register_is_refused(void **state)
{
    struct reg g = dana();

    (void)state;
    sa_set_str(&peer->far, "127.0.0.1", line_port(rig->a));
    expect(&g, "405");
}

int main(void)
{
#define ONE(fn) cmocka_unit_test_setup_teardown(fn, open_rig, close_rig)
    const struct CMUnitTest tests[] = {
        ONE(a_telephone_is_bound_to_where_it_called_from),
        ONE(a_wrong_secret_and_an_unknown_telephone_get_the_same_answer),
        ONE(a_register_that_was_overheard_is_not_taken_again),
        ONE(a_nonce_that_was_never_given_is_stale),
        ONE(it_leaves_with_expires_zero_or_a_star),
        ONE(a_contact_that_cannot_be_called_is_not_bound),
        ONE(telephones_above_the_limit_are_refused),
        ONE(a_line_registers_and_is_called),
        ONE(without_telephones_register_is_refused),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
