/* test_call_help.c - a language model beside a whole call: it may help with a turn, and whatever it does the call goes on in time. */
#include <errno.h>

#include "base/log.h"
#include "talk/talk_help.h"
#include "unit/call_rig.h"

static const char unclear[] = "Call it fifteen hundred, two thousand people work here.";

/* What the model was asked, and how it behaves. */
static struct model { int asked, reworded, err; unsigned ticket; bool answers; const char *quote; char heard[200]; struct call *call; json_t *wordings; } model;

static int help_quote(struct call *c, const json_t *wanted, unsigned ticket, void *arg)
{
    (void)arg;
    model.asked++;
    model.ticket = ticket;
    model.call = c;
    snprintf(model.heard, sizeof model.heard, "%s", jx_str(wanted, "heard", ""));
    return model.err;
}

static int help_wordings(struct call *c, const json_t *sentences, void *arg)
{
    (void)arg;
    (void)sentences;
    model.reworded++;
    call_help_wordings(c, json_incref(model.wordings));
    return 0;
}

static bool asked(struct call_rig *r) { (void)r; return model.asked > 0; }
static bool went_on(struct call_rig *r) { return r->calls->first->help_step == NULL && !r->calls->first->stepping && r->calls->first->turn.state == TURN_LISTENING; }

/* As far as an answer to the budget that our own understanding does not find. */
static struct call_rig *at_the_unclear_answer(struct model m, int limit_ms)
{
    struct call_rig *r = call_rig_open();

    model = m;
    r->calls->p.ports.help_quote = help_quote;
    r->calls->p.ports.help_wordings = m.wordings != NULL ? help_wordings : NULL;
    r->calls->p.cfg.help_ms = limit_ms;
    rig_dial(r);
    RIG_UNTIL(r, prospect_up);
    answer(r, "Yes, sure.");
    answer(r, "We are losing deals because we answer too slowly.");
    answer(r, "In three weeks.");
    assert_int_equal(model.asked, 0); /* what is understood is nobody's business */
    answer(r, unclear);
    RIG_UNTIL(r, asked);
    assert_string_equal(model.heard, unclear);
    return r;
}

static void close_call(struct call_rig *r, const char *budget)
{
    leg_hangup(r->prospect, 0);
    RIG_UNTIL(r, call_over);
    expect_row(r, "SELECT GROUP_CONCAT(status || ' ' || COALESCE(value, '')) AS x FROM answer WHERE question_id = 'budget' AND replaced = 0", budget);
    call_rig_close(r);
}

static void a_quote_in_time_is_the_answer(void **state)
{
    struct call_rig *r = at_the_unclear_answer((struct model){0}, 20000);

    (void)state;
    call_help_quote(model.call, model.ticket, "Call it fifteen hundred");
    RIG_UNTIL(r, went_on);
    close_call(r, "stated 1500");
}

static void who_never_answers_is_not_waited_for(void **state)
{
    struct call_rig *r = at_the_unclear_answer((struct model){0}, 50);

    (void)state;
    RIG_UNTIL(r, went_on);
    call_help_quote(model.call, model.ticket, "Call it fifteen hundred"); /* too late */
    call_help_quote(model.call, model.ticket + 1, "Call it fifteen hundred");
    answer(r, "Seven hundred a month.");
    RIG_UNTIL(r, went_on);
    close_call(r, "stated 700");
}

static void nonsense_is_as_good_as_nothing(void **state)
{
    static const char *const answers[] = {NULL, "fifty thousand a month", "two thousand people work here"};

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct call_rig *r = at_the_unclear_answer((struct model){0}, 20000);

        call_help_quote(model.call, model.ticket, answers[i]);
        RIG_UNTIL(r, went_on);
        close_call(r, "(null)");
    }
}

static void a_model_that_is_not_there_costs_nothing(void **state)
{
    struct call_rig *r = at_the_unclear_answer((struct model){.err = EHOSTDOWN}, 20000);

    (void)state;
    RIG_UNTIL(r, went_on);
    close_call(r, "(null)");
}

static void a_call_that_ends_meanwhile_ends(void **state)
{
    struct call_rig *r = at_the_unclear_answer((struct model){0}, 300);

    (void)state;
    leg_hangup(r->prospect, 0);
    RIG_UNTIL(r, call_over);
    assert_string_equal(r->outcome, "hung_up");
    call_rig_close(r);
}

static void an_allowed_wording_is_said_and_another_is_not(void **state)
{
    struct model m = {.wordings = json_pack("{s:s,s:s,s:s,s:s}", "What made you look at this now? What is the main problem you want to solve?", "So what made you look at this now? What is the main problem that you want to solve?",
                                            "When would you like to have something in place?", "When would you like to have our free trial in place?",
                                            "What are you hoping to fix?", "So what are you hoping to fix?", "What is your timeline?", "What is your timeline for our free trial?")};
    struct call_rig *r = at_the_unclear_answer(m, 50);

    (void)state;
    assert_int_equal(model.reworded, 1);
    RIG_UNTIL(r, went_on);
    expect_row(r, "SELECT SUBSTR(text, 1, 8) AS x FROM turn WHERE topic = 'need' AND (text LIKE '%look at this%' OR text LIKE '%to fix?')", "So what ");
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE topic = 'timeline' AND (text LIKE '%in place?' OR text LIKE '%your timeline?')", "1");
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn WHERE text LIKE '%free%'", "0");
    close_call(r, "(null)");
    json_decref(m.wordings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_quote_in_time_is_the_answer),       cmocka_unit_test(who_never_answers_is_not_waited_for),
                                       cmocka_unit_test(nonsense_is_as_good_as_nothing),      cmocka_unit_test(a_model_that_is_not_there_costs_nothing),
                                       cmocka_unit_test(a_call_that_ends_meanwhile_ends),     cmocka_unit_test(an_allowed_wording_is_said_and_another_is_not)};

    return cmocka_run_group_tests(tests, setup, teardown);
}
