/* test_route_decide.c - buckets, actions, teams, reasons; and that a talk's own `next` is the same step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "route/route.h"
#include "talk_kit.h"

static struct kit k;

static int open_kit(void **state)
{
    (void)state;
    return kit_open(&k, "scenarios/demo-request.yaml");
}

static int close_kit(void **state)
{
    (void)state;
    kit_close(&k);
    return 0;
}

static struct route_decision decide(const char *outcome, int score, double deal)
{
    struct route_decision d;

    route_decide(&d, &k.sc->routing, &(struct route_in){.outcome = outcome, .score = score, .deal_usd_year = deal, .spread = 12345678901u});
    return d;
}

static void the_score_decides_the_step(void **state)
{
    static const struct { int score; enum bucket bucket; enum route_action action; } rows[] = {
        {100, BUCKET_HOT, ROUTE_HANDOFF},      {80, BUCKET_HOT, ROUTE_HANDOFF},       {79, BUCKET_WARM_HIGH, ROUTE_CALLBACK},
        {60, BUCKET_WARM_HIGH, ROUTE_CALLBACK}, {59, BUCKET_WARM_LOW, ROUTE_REENGAGE}, {40, BUCKET_WARM_LOW, ROUTE_REENGAGE},
        {39, BUCKET_COLD, ROUTE_NURTURE},      {0, BUCKET_COLD, ROUTE_NURTURE}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct route_decision d = decide("qualified", rows[i].score, 0);

        assert_int_equal(d.bucket, rows[i].bucket);
        assert_int_equal(d.action, rows[i].action);
    }
    assert_int_equal(decide("qualified", 70, 0).due_in_s, 7200);
}

static void large_deals_go_to_enterprise(void **state)
{
    (void)state;
    assert_string_equal(decide("qualified", 90, 0).team, "closers");
    assert_string_equal(decide("qualified", 90, 49000).team, "closers");
    assert_string_equal(decide("qualified", 90, 50000).team, "enterprise");
}

static void some_outcomes_decide_whatever_the_score(void **state)
{
    (void)state;
    assert_int_equal(decide("opted_out", 100, 0).action, ROUTE_SUPPRESS);
    assert_int_equal(decide("human_requested", 0, 0).action, ROUTE_HANDOFF);
    assert_int_equal(decide("wrong_number", 100, 0).action, ROUTE_NONE);
    assert_int_equal(decide("declined", 90, 0).action, ROUTE_NURTURE);
    assert_int_equal(decide("voicemail", 0, 0).action, ROUTE_REENGAGE);
}

static void reengagement_is_spread_over_its_window(void **state)
{
    struct route_decision d;

    (void)state;
    for (uint64_t i = 0; i < 5000000000u; i += 123456789u) {
        route_decide(&d, &k.sc->routing, &(struct route_in){.outcome = "qualified", .score = 50, .spread = i});
        assert_in_range(d.due_in_s, 3 * 86400, 7 * 86400);
    }
}

static void the_reasons_can_be_read_aloud(void **state)
{
    static const struct route_part parts[] = {{"need", "A clear, costly problem", 30, 30, "stated"}, {"timeline", "", 25, 25, "stated"},
                                              {"budget", NULL, 25, 25, "stated"}, {"authority", NULL, 10, 20, "stated"}};
    struct route_decision d;

    (void)state;
    route_decide(&d, &k.sc->routing, &(struct route_in){.outcome = "qualified", .parts = parts, .part_count = 4, .score = 90, .deal_usd_year = 18000});
    assert_string_equal(d.reasons[0], "need 30 of 30: A clear, costly problem");
    assert_string_equal(d.reasons[4], "30 + 25 + 25 + 10 = 90, hot from 80");
    assert_string_equal(d.reasons[5], "hot: a human takes over on this call");
    assert_string_equal(d.reasons[6], "deal about $18000 a year: team closers");
    assert_int_equal(d.reason_count, 7);
}

/* talk/ stands below route/ and tells its next step itself: the two must agree. */
static void a_talk_and_the_router_agree(void **state)
{
    static const char *const talks[][6] = {
        {"yes", "we are losing deals because we answer too slowly", "in three weeks", "fifteen hundred a month", "it is my call", NULL},
        {"yes", "it would be nice to have this more organised", "in five months", "five hundred a month", "i recommend and my boss decides", NULL},
        {"stop calling me", NULL},
        {"can i talk to a human please", NULL},
        {"you have the wrong number", NULL},
        {"i'm not interested", NULL},
        {"no hablo ingles", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof talks / sizeof *talks; i++) {
        json_t *r;
        struct route_decision d;

        kit_begin(&k, NULL);
        for (size_t n = 0; talks[i][n] != NULL && !talk_ended(k.talk); n++)
            kit_say(&k, talks[i][n]);
        r = talk_result(k.talk, k.now_ms);
        d = decide(jx_str(r, "outcome", ""), (int)jx_int(r, "score", 0), 0);
        assert_string_equal(jx_str(json_object_get(r, "next"), "action", ""), route_action_name(d.action));
        assert_string_equal(jx_str(r, "bucket", ""), bucket_name(d.bucket));
        json_decref(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_score_decides_the_step),    cmocka_unit_test(large_deals_go_to_enterprise),
        cmocka_unit_test(some_outcomes_decide_whatever_the_score), cmocka_unit_test(reengagement_is_spread_over_its_window),
        cmocka_unit_test(the_reasons_can_be_read_aloud), cmocka_unit_test(a_talk_and_the_router_agree),
    };

    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
