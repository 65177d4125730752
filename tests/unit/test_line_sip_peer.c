/* A line against a peer of plain text: early media, challenges, hold, refresh, races, and requests nobody should send. */
#include "unit/line_peer.h"

static struct rig *rig;
static struct peer *peer;

static int set_up(void **state)
{
    (void)state;
    rig = rig_open(NULL);
    peer = peer_open(rig);
    return 0;
}

static int set_up_impatient(void **state)
{
    rig_rtp_timeout_ms = 200;
    set_up(state);
    rig_rtp_timeout_ms = 20000;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    peer_close(rig);
    rig_close(rig);
    return 0;
}

static bool saw_early(struct rig *r) { return rig_saw(&r->out, LEG_EV_EARLY); }
static bool held(struct rig *r) { return r->out.on; }
static bool not_held(struct rig *r) { return rig_count(&r->out, LEG_EV_HOLD) == 2 && !r->out.on; }
static bool got_digits(struct rig *r) { return strlen(r->out.digits) == 2; }
static bool in_ended(struct rig *r) { return r->in.ended > 0; }
static bool in_up(struct rig *r) { return rig_saw(&r->in, LEG_EV_ANSWERED); }

static void hang_up_properly(void)
{
    const char *bye;

    leg_hangup(rig->out.leg, 0);
    bye = peer_wait(rig, "BYE ", NULL);
    assert_non_null(bye);
    peer_reply(peer, bye, "200 OK", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
}

static void the_invite_says_who_calls_and_what_we_speak(void **state)
{
    const char *invite = peer_called(rig, 5);

    (void)state;
    assert_non_null(invite);
    assert_non_null(strstr(invite, "\r\nFrom: \"Baton Test\" <sip:+14155550100@127.0.0.1:"));
    assert_non_null(strstr(invite, "\r\nX-Baton-Call: call-1\r\n"));
    assert_non_null(strstr(invite, "\r\nAllow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE\r\n"));
    assert_non_null(strstr(invite, " RTP/AVP 0 8 101\r\n"));
    assert_non_null(strstr(invite, "User-Agent: baton-test"));
    peer_reply(peer, invite, "486 Busy Here", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_BUSY);
    assert_int_equal(rig->out.sip_code, 486);
    assert_string_equal(rig->out.reason, "Busy Here");
    assert_false(rig->out.by_us);
}

static void early_media_comes_before_the_answer(void **state)
{
    const char *invite = peer_called(rig, 5);

    (void)state;
    peer_reply(peer, invite, "183 Session Progress", "", PEER_SDP);
    assert_true(rig_run_until(rig, saw_early, RIG_WAIT_MS));
    assert_false(leg_answered(rig->out.leg));
    peer_reply(peer, invite, "180 Ringing", "", "");
    peer_reply(peer, invite, "200 OK", "", ""); /* some carriers do not repeat the answer */
    assert_true(rig_run_until(rig, rig_out_up, RIG_WAIT_MS));
    assert_int_equal(rig_count(&rig->out, LEG_EV_EARLY), 1);
    assert_int_equal(rig_count(&rig->out, LEG_EV_RINGING), 1);
    hang_up_properly();
}

static void an_answer_with_nothing_in_common_ends_the_call(void **state)
{
    const char *invite = peer_called(rig, 5);

    (void)state;
    peer_reply(peer, invite, "200 OK", "", PEER_SDP_G729);
    assert_non_null(peer_wait(rig, "ACK ", NULL));
    assert_non_null(peer_wait(rig, "BYE ", NULL));
    peer_reply(peer, peer_find(peer, "BYE ", NULL), "200 OK", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_MEDIA_FAILED);
    assert_false(rig_saw(&rig->out, LEG_EV_ANSWERED));
}

static void a_stranger_gets_no_password(void **state)
{
    const char *invite = peer_called(rig, 5);

    (void)state;
    peer_reply(peer, invite, "401 Unauthorized", "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\"\r\n", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_AUTH_FAILED);
    assert_int_equal(rig->out.sip_code, 401);
}

static void a_redirection_is_followed(void **state)
{
    const char *invite = peer_called(rig, 5);

    (void)state;
    peer->want_from = peer->n;
    peer_reply(peer, invite, "302 Moved Temporarily", "", ""); /* its Contact is the peer itself */
    invite = peer_wait(rig, "INVITE sip:peer@127.0.0.1:", NULL);
    assert_non_null(invite);
    peer_reply(peer, invite, "600 Busy Everywhere", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_BUSY);
}

static void re_invite_holds_and_resumes(void **state)
{
    const char *ok;

    (void)state;
    peer_answers(rig);
    peer->want_from = peer->n;
    peer_request(peer, "INVITE", 201, "", PEER_SDP_HELD);
    ok = peer_wait(rig, "SIP/2.0 200", "201 INVITE");
    assert_non_null(ok);
    assert_non_null(strstr(ok, "a=recvonly"));
    assert_true(rig_run_until(rig, held, RIG_WAIT_MS));
    peer_request(peer, "ACK", 201, "", "");
    peer_request(peer, "INVITE", 202, "", PEER_SDP);
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "202 INVITE"));
    assert_true(rig_run_until(rig, not_held, RIG_WAIT_MS));
    peer_request(peer, "ACK", 202, "", "");
    peer_request(peer, "INVITE", 203, "", PEER_SDP_G729); /* refused, and the call goes on */
    assert_non_null(peer_wait(rig, "SIP/2.0 488", "203 INVITE"));
    peer_request(peer, "ACK", 203, "", "");
    hang_up_properly();
}

static void re_invite_without_offer_gets_ours(void **state)
{
    const char *ok;

    (void)state;
    peer_answers(rig);
    peer->want_from = peer->n;
    peer_request(peer, "INVITE", 201, "", "");
    ok = peer_wait(rig, "SIP/2.0 200", "201 INVITE");
    assert_non_null(ok);
    assert_non_null(strstr(ok, " RTP/AVP 0 8 101\r\n"));
    peer_request(peer, "ACK", 201, "", PEER_SDP_HELD);
    assert_true(rig_run_until(rig, held, RIG_WAIT_MS));
    hang_up_properly();
}

static void update_refreshes_the_session(void **state)
{
    const char *ok;

    (void)state;
    peer_answers(rig);
    peer_request(peer, "UPDATE", 201, "Supported: timer\r\nSession-Expires: 1800;refresher=uac\r\n", "");
    ok = peer_wait(rig, "SIP/2.0 200", "201 UPDATE");
    assert_non_null(ok);
    assert_non_null(strstr(ok, "Session-Expires: 1800;refresher=uac\r\n"));
    assert_non_null(strstr(ok, "\r\nContact: <sip:"));
    peer_request(peer, "UPDATE", 202, "", PEER_SDP_HELD);
    ok = peer_wait(rig, "SIP/2.0 200", "202 UPDATE");
    assert_non_null(ok);
    assert_non_null(strstr(ok, "a=recvonly"));
    assert_true(rig_run_until(rig, held, RIG_WAIT_MS));
    peer_request(peer, "UPDATE", 203, "", PEER_SDP_G729);
    assert_non_null(peer_wait(rig, "SIP/2.0 488", "203 UPDATE"));
    peer_request(peer, "UPDATE", 150, "", ""); /* older than what we saw */
    assert_non_null(peer_wait(rig, "SIP/2.0 500", "150 UPDATE"));
    hang_up_properly();
}

static void update_before_our_offer_is_answered_must_wait(void **state)
{
    const char *invite = peer_called(rig, 5);

    (void)state;
    peer_reply(peer, invite, "180 Ringing", "", "");
    peer_request(peer, "UPDATE", 201, "", PEER_SDP);
    assert_non_null(peer_wait(rig, "SIP/2.0 491", "201 UPDATE"));
    peer_reply(peer, invite, "603 Decline", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_REJECTED);
}

static void info_brings_digits(void **state)
{
    (void)state;
    peer_answers(rig);
    peer_request(peer, "INFO", 201, "Content-Type: application/dtmf-relay\r\n", "Signal=5\r\nDuration=160\r\n");
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "201 INFO"));
    peer_request(peer, "INFO", 202, "Content-Type: application/dtmf\r\n", "#");
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "202 INFO"));
    assert_true(rig_run_until(rig, got_digits, RIG_WAIT_MS));
    assert_string_equal(rig->out.digits, "5#");
    peer_request(peer, "INFO", 203, "Content-Type: text/plain\r\n", "hello");
    assert_non_null(peer_wait(rig, "SIP/2.0 415", "203 INFO"));
    peer_request(peer, "INFO", 204, "", "");
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "204 INFO"));
    hang_up_properly();
}

static void strange_requests_get_proper_answers(void **state)
{
    static const struct {
        const char *method, *answer;
    } cases[] = {{"OPTIONS", "SIP/2.0 200"}, {"REFER", "SIP/2.0 405"}, {"MESSAGE", "SIP/2.0 405"},
                 {"SUBSCRIBE", "SIP/2.0 405"}, {"PRACK", "SIP/2.0 405"}, {"DANCE", "SIP/2.0 501"}};
    char cseq[48];

    (void)state;
    peer_answers(rig);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *reply;

        snprintf(cseq, sizeof cseq, "%d %s", 300 + (int)i, cases[i].method);
        peer_request(peer, cases[i].method, 300 + (int)i, "Refer-To: <sip:x@127.0.0.1>\r\n", "");
        reply = peer_wait(rig, cases[i].answer, cseq);
        if (reply == NULL)
            fail_msg("%s is not answered with %s", cases[i].method, cases[i].answer);
        assert_non_null(strstr(reply, "\r\nAllow: INVITE, ACK, BYE"));
    }
    hang_up_properly();
}

static void out_of_dialog_requests_get_proper_answers(void **state)
{
    static const struct {
        const char *method, *answer;
    } cases[] = {{"OPTIONS", "SIP/2.0 200"}, {"UPDATE", "SIP/2.0 481"}, {"BYE", "SIP/2.0 481"}, {"INFO", "SIP/2.0 481"},
                 {"CANCEL", "SIP/2.0 481"}, {"REGISTER", "SIP/2.0 405"}, {"NOTIFY", "SIP/2.0 405"}, {"DANCE", "SIP/2.0 501"}};
    char cseq[48];

    (void)state;
    sa_set_str(&peer->far, "127.0.0.1", line_port(rig->a));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(cseq, sizeof cseq, "%d %s", 300 + (int)i, cases[i].method);
        peer_request(peer, cases[i].method, 300 + (int)i, "", "");
        if (peer_wait(rig, cases[i].answer, cseq) == NULL)
            fail_msg("%s is not answered with %s", cases[i].method, cases[i].answer);
    }
}

static void a_lost_200_ack_is_sent_again(void **state)
{
    const char *invite;
    int acks = 0;

    (void)state;
    peer_answers(rig);
    invite = peer_find(peer, "INVITE ", NULL);
    peer->want_from = peer->n;
    peer_reply(peer, invite, "200 OK", "", PEER_SDP);
    assert_non_null(peer_wait(rig, "ACK ", NULL));
    for (int i = 0; i < peer->n; i++)
        acks += strncmp(peer->messages[i], "ACK ", 4) == 0;
    assert_int_equal(acks, 2);
    assert_int_equal(rig_count(&rig->out, LEG_EV_ANSWERED), 1);
    hang_up_properly();
}

static void an_unanswered_invite_is_sent_again(void **state)
{
    const char *invite;

    (void)state;
    assert_non_null(peer_called(rig, 5));
    peer->want_from = peer->n;
    invite = peer_wait(rig, "INVITE ", NULL);
    assert_non_null(invite);
    assert_string_equal(invite, peer->messages[0]);
    peer_reply(peer, invite, "503 Service Unavailable", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_CONGESTION);
}

static void silence_is_unreachable_ringing_is_no_answer(void **state)
{
    const char *invite = peer_called(rig, 1), *cancel;

    (void)state;
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_UNREACHABLE);
    assert_true(rig->out.by_us);
    peer_reply(peer, invite, "100 Trying", "", ""); /* late: now the CANCEL may go (RFC 3261, 9.1) */
    cancel = peer_wait(rig, "CANCEL ", NULL);
    assert_non_null(cancel);
    peer_reply(peer, cancel, "200 OK", "", "");
    peer_reply(peer, invite, "487 Request Terminated", "", "");
    assert_non_null(peer_wait(rig, "ACK ", NULL));

    obj_unref(rig->out.leg);
    memset(&rig->out, 0, sizeof rig->out);
    peer->want_from = peer->n;
    invite = peer_called(rig, 1);
    peer_reply(peer, invite, "180 Ringing", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_NO_ANSWER);
    assert_int_equal(rig->out.sip_code, 0);
    cancel = peer_wait(rig, "CANCEL ", NULL);
    assert_non_null(cancel);
    peer_reply(peer, cancel, "200 OK", "", "");
    peer_reply(peer, invite, "487 Request Terminated", "", "");
    assert_non_null(peer_wait(rig, "ACK ", NULL));
}

static void a_200_that_crosses_our_cancel_is_acked_and_ended(void **state)
{
    const char *invite = peer_called(rig, 5), *bye;

    (void)state;
    peer_reply(peer, invite, "180 Ringing", "", "");
    rig->out.hangup_on_answer = true;
    rig->out.hangup_on = LEG_EV_RINGING;
    assert_non_null(peer_wait(rig, "CANCEL ", NULL));
    peer_reply(peer, peer_find(peer, "CANCEL ", NULL), "200 OK", "", "");
    peer_reply(peer, invite, "200 OK", "", PEER_SDP);
    assert_non_null(peer_wait(rig, "ACK ", NULL));
    bye = peer_wait(rig, "BYE ", NULL);
    assert_non_null(bye);
    peer_reply(peer, bye, "200 OK", "", "");
    assert_int_equal(rig->out.outcome, LEG_CANCELLED);
    assert_true(rig->out.by_us);
    assert_false(rig_saw(&rig->out, LEG_EV_ANSWERED));
}

static void two_byes_cross(void **state)
{
    (void)state;
    peer_answers(rig);
    leg_hangup(rig->out.leg, 0);
    assert_non_null(peer_wait(rig, "BYE ", NULL));
    peer_request(peer, "BYE", 201, "", "");
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "201 BYE"));
    peer_reply(peer, peer_find(peer, "BYE ", NULL), "481 Gone", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_COMPLETED);
    assert_true(rig->out.by_us);
}

static void hold_event_may_hang_up(void **state)
{
    (void)state;
    peer_answers(rig);
    rig->out.hangup_on_answer = true;
    rig->out.hangup_on = LEG_EV_HOLD;
    peer_request(peer, "INVITE", 201, "", PEER_SDP_HELD);
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "201 INVITE"));
    peer_request(peer, "ACK", 201, "", "");
    assert_non_null(peer_wait(rig, "BYE ", NULL));
    peer_reply(peer, peer_find(peer, "BYE ", NULL), "200 OK", "", "");
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
}

static void silence_ends_a_call_that_is_up(void **state)
{
    (void)state;
    peer_answers(rig);
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_MEDIA_FAILED);
    assert_true(rig->out.by_us);
    assert_non_null(peer_wait(rig, "BYE ", NULL));
    peer_reply(peer, peer_find(peer, "BYE ", NULL), "200 OK", "", "");
}

static void silence_is_no_fault_while_ringing_or_on_hold(void **state)
{
    const char *invite = peer_called(rig, 5);

    (void)state;
    peer_reply(peer, invite, "183 Session Progress", "", PEER_SDP);
    assert_false(rig_run_until(rig, rig_out_ended, 600));
    peer_reply(peer, invite, "200 OK", "", PEER_SDP_HELD);
    assert_true(rig_run_until(rig, held, RIG_WAIT_MS));
    assert_false(rig_run_until(rig, rig_out_ended, 600));
    peer_request(peer, "UPDATE", 201, "", PEER_SDP); /* back from hold, and gone */
    assert_true(rig_run_until(rig, rig_out_ended, RIG_WAIT_MS));
    assert_int_equal(rig->out.outcome, LEG_MEDIA_FAILED);
    assert_non_null(peer_wait(rig, "BYE ", NULL));
    peer_reply(peer, peer_find(peer, "BYE ", NULL), "200 OK", "", "");
}

/* The line gives transactions a few seconds, then drops them; tear_down checks that it comes to its end. */
static void closing_does_not_wait_for_a_dead_peer(void **state)
{
    (void)state;
    peer_answers(rig);
    leg_hangup(rig->out.leg, 0);
    assert_non_null(peer_wait(rig, "BYE ", NULL));
}

static void closing_does_not_wait_for_an_invite_nobody_answers(void **state)
{
    (void)state;
    assert_non_null(peer_called(rig, 5));
    rig->accept_at_once = 1;
    peer_calls(rig, "", PEER_SDP); /* and the ACK of this one never comes */
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "INVITE"));
}

/* --- the peer calls us --- */

static void take_our_tag(const char *reply)
{
    peer_header(reply, "To", peer->far_to, sizeof peer->far_to);
}

static void bad_invites_are_refused(void **state)
{
    static const struct {
        const char *extra, *body, *answer, *has;
    } cases[] = {
        {"Require: 100rel\r\n", PEER_SDP, "SIP/2.0 420", "Unsupported: 100rel"},
        {"", PEER_SDP_G729, "SIP/2.0 488", NULL},
        {"", "v=0\r\nnonsense", "SIP/2.0 488", NULL},
        {"Content-Type: text/plain\r\n", "hello", "SIP/2.0 415", "Accept: application/sdp"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        peer->want_from = peer->n;
        peer_calls(rig, cases[i].extra, cases[i].body);
        if (peer_wait(rig, cases[i].answer, cases[i].has) == NULL)
            fail_msg("case %zu is not refused with %s", i, cases[i].answer);
    }
    assert_int_equal(rig->incoming, 0);
}

static void an_invite_without_offer_gets_ours_and_its_answer_in_the_ack(void **state)
{
    const char *ok;

    (void)state;
    rig->accept_at_once = 1;
    peer_calls(rig, "Require: timer\r\nSession-Expires: 1800\r\n", "");
    ok = peer_wait(rig, "SIP/2.0 200", "INVITE");
    assert_non_null(ok);
    assert_non_null(strstr(ok, " RTP/AVP 0 8 101\r\n"));
    assert_non_null(strstr(ok, "Require: timer\r\nSession-Expires: 1800;refresher=uac\r\n"));
    take_our_tag(ok);
    peer_request(peer, "ACK", peer->cseq, "", PEER_SDP);
    assert_true(rig_run_until(rig, in_up, RIG_WAIT_MS));
    assert_string_equal(rig->to, "baton");
    assert_string_equal(rig->from, "peer");
    peer_request(peer, "BYE", 0, "", "");
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "BYE"));
    assert_true(rig_run_until(rig, in_ended, RIG_WAIT_MS));
    assert_int_equal(rig->in.outcome, LEG_COMPLETED);
}

static void a_bad_answer_in_the_ack_ends_the_call(void **state)
{
    const char *ok, *bye;

    (void)state;
    rig->accept_at_once = 1;
    peer_calls(rig, "", "");
    ok = peer_wait(rig, "SIP/2.0 200", "INVITE");
    assert_non_null(ok);
    take_our_tag(ok);
    peer_request(peer, "ACK", peer->cseq, "", PEER_SDP_G729);
    bye = peer_wait(rig, "BYE ", NULL);
    assert_non_null(bye);
    peer_reply(peer, bye, "200 OK", "", "");
    assert_true(rig_run_until(rig, in_ended, RIG_WAIT_MS));
    assert_int_equal(rig->in.outcome, LEG_MEDIA_FAILED);
    assert_false(rig_saw(&rig->in, LEG_EV_ANSWERED));
}

static void the_caller_gives_up(void **state)
{
    (void)state;
    peer_calls(rig, "", PEER_SDP);
    assert_non_null(peer_wait(rig, "SIP/2.0 180", NULL));
    peer->branch--; /* a CANCEL carries the branch of its INVITE */
    peer_request(peer, "CANCEL", peer->cseq, "", "");
    assert_non_null(peer_wait(rig, "SIP/2.0 200", "CANCEL"));
    assert_non_null(peer_wait(rig, "SIP/2.0 487", "INVITE"));
    assert_true(rig_run_until(rig, in_ended, RIG_WAIT_MS));
    assert_int_equal(rig->in.outcome, LEG_CANCELLED);
    assert_false(rig->in.by_us);
    assert_int_equal(leg_accept(rig->in.leg, rig_on_event, &rig->in), ENOTCONN);
}

static void hold_from_the_beginning_is_told_after_the_answer(void **state)
{
    const char *ok;

    (void)state;
    rig->accept_at_once = 1;
    peer_calls(rig, "", PEER_SDP_HELD);
    ok = peer_wait(rig, "SIP/2.0 200", "INVITE");
    assert_non_null(ok);
    take_our_tag(ok);
    peer_request(peer, "ACK", peer->cseq, "", "");
    assert_true(rig_run_until(rig, in_up, RIG_WAIT_MS));
    assert_int_equal(rig->in.kinds[0], LEG_EV_ANSWERED);
    assert_int_equal(rig->in.kinds[1], LEG_EV_HOLD);
    peer_request(peer, "BYE", 0, "", "");
    assert_true(rig_run_until(rig, in_ended, RIG_WAIT_MS));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_invite_says_who_calls_and_what_we_speak),
        T(early_media_comes_before_the_answer),
        T(an_answer_with_nothing_in_common_ends_the_call),
        T(a_stranger_gets_no_password),
        T(a_redirection_is_followed),
        T(re_invite_holds_and_resumes),
        T(re_invite_without_offer_gets_ours),
        T(update_refreshes_the_session),
        T(update_before_our_offer_is_answered_must_wait),
        T(info_brings_digits),
        T(strange_requests_get_proper_answers),
        T(out_of_dialog_requests_get_proper_answers),
        T(a_lost_200_ack_is_sent_again),
        T(an_unanswered_invite_is_sent_again),
        T(silence_is_unreachable_ringing_is_no_answer),
        T(a_200_that_crosses_our_cancel_is_acked_and_ended),
        T(two_byes_cross),
        T(hold_event_may_hang_up),
        cmocka_unit_test_setup_teardown(silence_ends_a_call_that_is_up, set_up_impatient, tear_down),
        cmocka_unit_test_setup_teardown(silence_is_no_fault_while_ringing_or_on_hold, set_up_impatient, tear_down),
        T(closing_does_not_wait_for_a_dead_peer),
        T(closing_does_not_wait_for_an_invite_nobody_answers),
        T(bad_invites_are_refused),
        T(a_bad_answer_in_the_ack_ends_the_call),
        T(an_invite_without_offer_gets_ours_and_its_answer_in_the_ack),
        T(the_caller_gives_up),
        T(hold_from_the_beginning_is_told_after_the_answer),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
