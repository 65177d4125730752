/* Two lines on one loop call each other: every way a call begins and ends. */
#include <errno.h>

#include "unit/line_rig.h"

static void a_call_is_answered_and_hung_up_by_us(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    r->accept_at_once = 1;
    rig_dial(r, 5, "");
    assert_false(leg_answered(r->out.leg));
    assert_true(rig_run_until(r, rig_both_up, RIG_WAIT_MS));
    assert_string_equal(r->from, "+14155550100");
    assert_string_equal(r->to, "+14155550199");
    assert_string_equal(leg_remote(r->in.leg), "+14155550100");
    assert_string_equal(leg_sip_call_id(r->in.leg), leg_sip_call_id(r->out.leg));
    assert_true(leg_answered_us(r->out.leg) > 0);
    leg_hangup(r->out.leg, 0);
    assert_int_equal(r->out.ended, 0); /* never before leg_hangup returns */
    leg_hangup(r->out.leg, 0);
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_COMPLETED);
    assert_true(r->out.by_us);
    assert_int_equal(r->in.outcome, LEG_COMPLETED);
    assert_false(r->in.by_us);
    rig_close(r);
}

static void the_far_end_hangs_up(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    r->accept_at_once = 1;
    r->out.unref_on_end = true;
    rig_dial(r, 5, ";transport=tcp");
    assert_true(rig_run_until(r, rig_both_up, RIG_WAIT_MS));
    leg_hangup(r->in.leg, 0);
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_COMPLETED);
    assert_false(r->out.by_us);
    assert_true(r->in.by_us);
    rig_close(r);
}

static bool out_ringing(struct rig *r) { return rig_saw(&r->out, LEG_EV_RINGING) && r->incoming > 0; }

static void the_callee_is_busy(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    rig_dial(r, 5, "");
    assert_true(rig_run_until(r, out_ringing, RIG_WAIT_MS));
    leg_hangup(r->in.leg, 486);
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_BUSY);
    assert_int_equal(r->out.sip_code, 486);
    assert_int_equal(r->in.outcome, LEG_BUSY);
    assert_true(r->in.by_us);
    rig_close(r);
}

static void we_give_up_before_the_answer(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    rig_dial(r, 5, "");
    assert_true(rig_run_until(r, out_ringing, RIG_WAIT_MS));
    leg_hangup(r->out.leg, 0);
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_CANCELLED);
    assert_true(r->out.by_us);
    assert_int_equal(r->in.outcome, LEG_CANCELLED);
    assert_int_equal(r->in.sip_code, 487);
    assert_false(r->in.by_us);
    rig_close(r);
}

static void nobody_answers_in_time(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    rig_dial(r, 1, ";transport=tcp");
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_NO_ANSWER);
    assert_true(r->out.by_us);
    rig_close(r);
}

static void hanging_up_within_the_answer_is_fine(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    r->accept_at_once = 1;
    r->out.hangup_on_answer = true;
    r->out.hangup_on = LEG_EV_ANSWERED;
    r->out.unref_on_end = r->in.unref_on_end = true;
    rig_dial(r, 5, "");
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.outcome, LEG_COMPLETED);
    assert_null(r->out.leg);
    rig_close(r);
}

static bool in_ended(struct rig *r) { return r->in.ended > 0; }

static void a_forgotten_leg_tells_nothing(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    r->accept_at_once = 1;
    rig_dial(r, 5, "");
    assert_true(rig_run_until(r, rig_both_up, RIG_WAIT_MS));
    leg_hangup(r->out.leg, 0);
    leg_forget(r->out.leg);
    r->out.leg = obj_unref(r->out.leg);
    assert_true(rig_run_until(r, in_ended, RIG_WAIT_MS));
    assert_int_equal(r->out.ended, 0);
    rig_close(r);
}

static void nobody_listens_at_the_other_end(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    /* The discard port of this machine: nobody accepts. */
    if (rig_dial_uri(r, "sip:x@127.0.0.1:9;transport=tcp", 5) == 0) {
        assert_true(rig_run_until(r, rig_out_ended, RIG_WAIT_MS));
        assert_int_equal(r->out.outcome, LEG_UNREACHABLE);
        assert_false(r->out.by_us);
    }
    rig_close(r);
}

static void names_that_cannot_be_dialled_are_refused(void **state)
{
    struct rig *r = rig_open(NULL);
    static const char *const bad[] = {"", "x", "+1 415", "sip:", "sip:a b@127.0.0.1", "sip:a@127.0.0.1\r\nX: y",
                                      "sip:a@127.0.0.1>", "sips:a@127.0.0.1", "tel:+1415"};
    struct leg_dial d = {.to = "sip:x@127.0.0.1:9", .fn = rig_on_event, .arg = &r->out};
    struct leg *leg = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (rig_dial_uri(r, bad[i], 5) != EINVAL)
            fail_msg("%s is dialled", bad[i]);
    assert_int_equal(rig_dial_uri(r, "+14155550199", 5), EDESTADDRREQ);
    d.from = "a@b";
    assert_int_equal(leg_dial(&leg, r->a, &d), EINVAL);
    d.from = NULL;
    d.call_info = "x\r\nY: z";
    assert_int_equal(leg_dial(&leg, r->a, &d), EINVAL);
    assert_null(leg);
    assert_null(r->out.leg);
    rig_close(r);
}

static void closing_the_line_ends_its_calls(void **state)
{
    struct rig *r = rig_open(NULL);

    (void)state;
    r->accept_at_once = 1;
    rig_dial(r, 5, "");
    assert_true(rig_run_until(r, rig_both_up, RIG_WAIT_MS));
    line_close(r->a, rig_on_closed, r);
    {
        struct leg *leg = NULL;
        const struct leg_dial d = {.to = "sip:x@127.0.0.1:9"};

        assert_int_equal(leg_dial(&leg, r->a, &d), ESHUTDOWN);
    }
    assert_true(rig_run_until(r, rig_both_ended, RIG_WAIT_MS));
    assert_true(r->out.by_us);
    rig_close(r); /* the second close of a is nothing */
}

enum { MANY = 120 };

struct crowd {
    struct leg *legs[MANY], *taken[MANY];
    int dialled, up, ended, taken_count;
};

static void on_crowd_event(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct crowd *c = arg;

    (void)leg;
    c->up += ev->kind == LEG_EV_ANSWERED;
    c->ended += ev->kind == LEG_EV_ENDED;
}

static struct crowd crowd;

static void on_crowd_incoming(struct leg *leg, const char *from, const char *to, void *arg)
{
    (void)from;
    (void)to;
    (void)arg;
    crowd.taken[crowd.taken_count++] = leg;
    assert_int_equal(leg_accept(leg, on_crowd_event, &crowd), 0);
}

static bool crowd_up(struct rig *r) { (void)r; return crowd.up == 2 * MANY; }
static bool crowd_ended(struct rig *r) { (void)r; return crowd.ended == 2 * MANY; }

/* More calls than one batch of hang-ups: each ends once, and the stack waits for their BYEs. */
static void closing_ends_many_calls(void **state)
{
    struct rig *r = rig_open(NULL);
    const struct line_config cfg = {.bind_ip = "127.0.0.1", .user_agent = "crowd"};
    struct line *callee = NULL;
    char uri[64];
    const struct leg_dial d = {.to = uri, .ring_timeout_s = 20, .fn = on_crowd_event, .arg = &crowd};

    (void)state;
    assert_int_equal(line_alloc(&callee, &cfg, r->loop, r->media, on_crowd_incoming, NULL, NULL), 0);
    snprintf(uri, sizeof uri, "sip:x@127.0.0.1:%u", (unsigned)line_port(callee));
    for (int i = 0; i < MANY; i++)
        assert_int_equal(leg_dial(&crowd.legs[i], r->a, &d), 0);
    assert_true(rig_run_until(r, crowd_up, 3 * RIG_WAIT_MS));
    line_close(r->a, rig_on_closed, r);
    assert_true(rig_run_until(r, crowd_ended, 3 * RIG_WAIT_MS));
    for (int i = 0; i < MANY; i++) {
        obj_unref(crowd.legs[i]);
        obj_unref(crowd.taken[i]);
    }
    rig_close(r);
    obj_unref(callee);
}

static void a_line_dropped_without_closing_leaks_nothing(void **state)
{
    struct rig *r = rig_open(NULL);
    struct line *dropped = rig_line(r, NULL);
    char uri[64];
    const struct leg_dial d = {.to = uri, .fn = rig_on_event, .arg = &r->out};

    (void)state;
    snprintf(uri, sizeof uri, "sip:x@127.0.0.1:%u", (unsigned)line_port(r->b));
    assert_int_equal(leg_dial(&r->out.leg, dropped, &d), 0);
    obj_unref(dropped);
    assert_int_equal(r->out.n, 0);
    rig_close(r);
}

static void the_wildcard_address_is_refused(void **state)
{
    struct rig *r = rig_open(NULL);
    const struct line_config cfg = {.bind_ip = "0.0.0.0", .user_agent = "x"};
    struct line *l = NULL;

    (void)state;
    assert_int_equal(line_alloc(&l, &cfg, r->loop, r->media, NULL, NULL, NULL), EINVAL);
    assert_null(l);
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_answered_and_hung_up_by_us),
        cmocka_unit_test(the_far_end_hangs_up),
        cmocka_unit_test(the_callee_is_busy),
        cmocka_unit_test(we_give_up_before_the_answer),
        cmocka_unit_test(nobody_answers_in_time),
        cmocka_unit_test(hanging_up_within_the_answer_is_fine),
        cmocka_unit_test(a_forgotten_leg_tells_nothing),
        cmocka_unit_test(nobody_listens_at_the_other_end),
        cmocka_unit_test(names_that_cannot_be_dialled_are_refused),
        cmocka_unit_test(closing_the_line_ends_its_calls),
        cmocka_unit_test(closing_ends_many_calls),
        cmocka_unit_test(a_line_dropped_without_closing_leaks_nothing),
        cmocka_unit_test(the_wildcard_address_is_refused),
    };
    int failed;

    if (loop_lib_init(1024) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
