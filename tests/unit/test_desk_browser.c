/* Closers whose telephone is a browser: rung by an event, picked up by a click, joined again after a page was loaded anew. */
#include <errno.h>

#include "desk_rig.h"

#include "desk_browser.h"

static struct desk_rig *r;
static struct browser *b, *second;

static struct browser *plug(const char *closer)
{
    struct browser *new = desk_browser_open();
    char *answer = NULL, id[ID_MAX], now[ID_MAX];

    assert_int_equal(desk_phone_plug(r->desk, &answer, id, closer, desk_browser_offer(new)), 0);
    desk_browser_connect(new, answer);
    free(answer);
    assert_int_equal(desk_phone_get(r->desk, now, closer), 0);
    assert_string_not_equal(now, id); /* not before its audio is secure */
    return new;
}

static bool plugged(struct desk_rig *rig, const char *closer)
{
    char id[ID_MAX];

    return desk_phone_get(rig->desk, id, closer) == 0 && id[0] != '\0';
}

static bool bea_is_plugged(struct desk_rig *rig) { return plugged(rig, "bea"); }
static bool bea_is_unplugged(struct desk_rig *rig) { return !plugged(rig, "bea"); }

static void open_desk(void)
{
    r = desk_rig_open(&desk_rig_config);
    b = second = NULL;
    (void)rig_closer_at(r, "bea", IGNORES, "key", DESK_BROWSER);
}

static void close_desk(void)
{
    if (b != NULL)
        desk_browser_close(b);
    if (second != NULL)
        desk_browser_close(second);
    desk_rig_close(r);
}

static const char *ringing_offer(char id[ID_MAX], const char *closer)
{
    struct rig_question q = {.sql = "SELECT id AS x FROM offer WHERE closer_id = ? AND state = 'ringing'", .arg = closer};

    assert_int_equal(store_run(r->store, ask_row, &q), 0);
    snprintf(id, ID_MAX, "%s", q.answer);
    return id;
}

static bool bea_rings(struct desk_rig *rig)
{
    char id[ID_MAX];

    (void)rig;
    return ringing_offer(id, "bea")[0] != '(';
}

static void accept_as(const char *closer)
{
    char id[ID_MAX];

    RIG_COMMAND(r, desk_offer_accept(r->desk, ringing_offer(id, closer), rig_command_done, r));
}

static bool both_hear(struct desk_rig *rig)
{
    struct browser *now = second != NULL ? second : b;

    return desk_browser_loud(now) >= 10 && atomic_load(&phone_of(rig, "prospect")->loud) >= 10;
}

/* Up to the moment when bea's browser and the prospect hear each other. */
static void bridge_bea(void)
{
    open_desk();
    rig_load(r);
    b = plug("bea");
    RIG_UNTIL(r, bea_is_plugged);
    rig_call_prospect(r);
    rig_hand_over(r);
    RIG_UNTIL(r, bea_rings);
    accept_as("bea");
    assert_int_equal(r->command_err, 0);
    RIG_UNTIL(r, rig_bridged);
    phone_speak(phone_of(r, "prospect"));
    RIG_UNTIL(r, both_hear);
}

static void a_click_joins_browser_and_prospect(void **state)
{
    (void)state;
    bridge_bea();
    expect_presence(r, "bea", "in_call");
    expect_offer(r, "bea", "accepted");
    assert_int_equal(desk_hang_up(r->desk, "bea"), 0);
    RIG_UNTIL(r, rig_prospect_gone);
    assert_int_equal(r->ended, 1);
    expect_handoff(r, "ended", "closer_hung_up");
    expect_presence(r, "bea", "wrap_up");
    assert_true(plugged(r, "bea")); /* for the next one */
    close_desk();
}

static void the_prospect_hangs_up_and_the_browser_stays(void **state)
{
    (void)state;
    bridge_bea();
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, rig_prospect_gone);
    expect_presence(r, "bea", "wrap_up");
    assert_true(plugged(r, "bea"));
    assert_int_equal(desk_hang_up(r->desk, "bea"), ENOENT);
    close_desk();
}

static bool it_was_lost(struct desk_rig *rig) { return rig->lost > 0; }
static bool bridged_again(struct desk_rig *rig) { return rig->bridged == 2; }

static void a_page_loaded_again_finds_the_prospect(void **state)
{
    (void)state;
    bridge_bea();
    desk_browser_goodbye(b);
    RIG_UNTIL(r, it_was_lost);
    expect_count(r, "handoff.lost", "1");
    second = plug("bea");
    RIG_UNTIL(r, bridged_again);
    atomic_store(&phone_of(r, "prospect")->loud, 0);
    RIG_UNTIL(r, both_hear);
    assert_int_equal(r->failed + r->ended, 0);
    expect_count(r, "handoff.bridged", "2");
    close_desk();
}

static void a_second_window_takes_over_without_a_gap(void **state)
{
    (void)state;
    bridge_bea();
    second = plug("bea");
    atomic_store(&phone_of(r, "prospect")->loud, 0);
    RIG_UNTIL(r, both_hear);
    assert_int_equal(r->lost, 0);
    assert_int_equal(r->bridged, 1);
    assert_true(desk_browser_dismissed(b));
    close_desk();
}

static void a_browser_that_does_not_come_back_sends_the_prospect_to_the_ai(void **state)
{
    (void)state;
    bridge_bea();
    desk_browser_mute(b);
    RIG_UNTIL(r, it_was_lost);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "closer_lost");
    assert_false(r->prospect_over);
    expect_handoff(r, "failed", "closer_lost");
    expect_presence(r, "bea", "wrap_up");
    close_desk();
}

static void who_has_no_browser_plugged_in_is_not_rung(void **state)
{
    (void)state;
    open_desk();
    rig_begin(r);
    RIG_UNTIL(r, rig_failed);
    assert_string_equal(r->reason, "nobody_available");
    expect_count(r, "offer.made", "0");
    close_desk();
}

static void an_unanswered_browser_is_missed_like_a_telephone(void **state)
{
    (void)state;
    open_desk();
    rig_load(r);
    b = plug("bea");
    RIG_UNTIL(r, bea_is_plugged);
    rig_call_prospect(r);
    rig_hand_over(r);
    RIG_UNTIL(r, rig_failed);
    expect_offer(r, "bea", "timeout");
    expect_presence(r, "bea", "away");
    close_desk();
}

/* The click counted, the line was gone: it is picked up when the line is back. */
static void a_click_while_the_line_is_down_waits_for_it(void **state)
{
    (void)state;
    open_desk();
    rig_load(r);
    b = plug("bea");
    RIG_UNTIL(r, bea_is_plugged);
    rig_call_prospect(r);
    rig_hand_over(r);
    RIG_UNTIL(r, bea_rings);
    desk_phone_unplug(r->desk, "bea");
    accept_as("bea");
    assert_int_equal(r->bridged, 0);
    second = plug("bea");
    RIG_UNTIL(r, rig_bridged);
    close_desk();
}

static bool both_ring(struct desk_rig *rig)
{
    char id[ID_MAX];

    return bea_rings(rig) && ringing_offer(id, "cleo")[0] != '(';
}

static bool both_plugged(struct desk_rig *rig) { return plugged(rig, "bea") && plugged(rig, "cleo"); }

static void of_two_browsers_that_click_at_once_one_wins(void **state)
{
    char bea[ID_MAX], cleo[ID_MAX];
    struct desk_config cfg = desk_rig_config;

    (void)state;
    cfg.ring_all_s = 10;
    r = desk_rig_open(&cfg);
    (void)rig_closer(r, "abe", BUSY); /* the first two rungs of the ladder */
    (void)rig_closer(r, "ann", BUSY);
    (void)rig_closer_at(r, "bea", IGNORES, "key", DESK_BROWSER);
    (void)rig_closer_at(r, "cleo", IGNORES, "key", DESK_BROWSER);
    rig_load(r);
    b = plug("bea");
    second = plug("cleo");
    RIG_UNTIL(r, both_plugged);
    rig_call_prospect(r);
    rig_hand_over(r);
    RIG_UNTIL(r, both_ring);
    (void)ringing_offer(bea, "bea");
    (void)ringing_offer(cleo, "cleo");
    r->commands_done = 0;
    assert_int_equal(desk_offer_accept(r->desk, bea, rig_command_done, r), 0);
    RIG_COMMAND(r, desk_offer_accept(r->desk, cleo, rig_command_done, r));
    RIG_UNTIL(r, rig_bridged);
    assert_int_equal(r->bridged, 1);
    expect_offer(r, "bea", "accepted");
    expect_offer(r, "cleo", "withdrawn");
    expect_presence(r, "cleo", "available");
    close_desk();
}

static bool prospect_heard_a_key(struct desk_rig *rig)
{
    return phone_of(rig, "prospect")->digits[0] != '\0';
}

static void keys_go_through_to_the_other_side(void **state)
{
    (void)state;
    bridge_bea();
    desk_browser_press(b, 7);
    RIG_UNTIL(r, prospect_heard_a_key);
    assert_string_equal(phone_of(r, "prospect")->digits, "7");
    close_desk();
}

/* --- bea calls --- */

static json_t *call_of_bea(void)
{
    char uri[64];

    snprintf(uri, sizeof uri, "sip:prospect@127.0.0.1:%u", (unsigned)line_port(r->b));
    return json_pack("{s:s,s:s}", "lead_id", "L", "phone", uri);
}

static bool prospect_picked_up(struct desk_rig *rig) { return phone_of(rig, "prospect")->up; }
static bool prospect_left(struct desk_rig *rig) { return phone_of(rig, "prospect")->over; }

static void bea_calls(void)
{
    json_t *wanted = call_of_bea();

    RIG_COMMAND(r, desk_call_prospect(r->desk, "bea", wanted, rig_command_done, r));
    json_decref(wanted);
}

static bool prospect_hears_music(struct desk_rig *rig) { return atomic_load(&phone_of(rig, "prospect")->loud) >= 3; }

static void a_prospect_is_called_from_the_browser_and_found_again_after_a_reload(void **state)
{
    (void)state;
    open_desk();
    rig_phone(r, "prospect", ANSWERS);
    rig_load(r);
    bea_calls();
    assert_int_equal(r->command_err, ENOTCONN);
    b = plug("bea");
    RIG_UNTIL(r, bea_is_plugged);
    bea_calls();
    assert_int_equal(r->command_err, 0);
    RIG_UNTIL(r, prospect_picked_up);
    phone_speak(phone_of(r, "prospect"));
    RIG_UNTIL(r, both_hear);
    desk_browser_goodbye(b);
    RIG_UNTIL(r, bea_is_unplugged);
    atomic_store(&phone_of(r, "prospect")->loud, 0);
    RIG_UNTIL(r, prospect_hears_music); /* and no silence */
    second = plug("bea");
    RIG_UNTIL(r, bea_is_plugged);
    atomic_store(&phone_of(r, "prospect")->loud, 0);
    RIG_UNTIL(r, both_hear);
    assert_int_equal(desk_hang_up(r->desk, "bea"), 0);
    RIG_UNTIL(r, prospect_left);
    expect_handoff(r, "ended", "closer_hung_up");
    expect_presence(r, "bea", "wrap_up");
    assert_true(plugged(r, "bea"));
    close_desk();
}

static void a_closer_nobody_knows_cannot_plug_in(void **state)
{
    char *answer = NULL, id[ID_MAX];

    (void)state;
    open_desk();
    rig_load(r);
    b = desk_browser_open();
    assert_int_equal(desk_phone_plug(r->desk, &answer, id, "nobody", desk_browser_offer(b)), ENOENT);
    assert_int_equal(desk_phone_plug(r->desk, &answer, id, "bea", "no offer"), EBADMSG);
    assert_null(answer);
    RIG_UNTIL(r, bea_is_unplugged);
    close_desk();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_click_joins_browser_and_prospect),
        cmocka_unit_test(the_prospect_hangs_up_and_the_browser_stays),
        cmocka_unit_test(a_page_loaded_again_finds_the_prospect),
        cmocka_unit_test(a_second_window_takes_over_without_a_gap),
        cmocka_unit_test(a_browser_that_does_not_come_back_sends_the_prospect_to_the_ai),
        cmocka_unit_test(who_has_no_browser_plugged_in_is_not_rung),
        cmocka_unit_test(an_unanswered_browser_is_missed_like_a_telephone),
        cmocka_unit_test(a_click_while_the_line_is_down_waits_for_it),
        cmocka_unit_test(of_two_browsers_that_click_at_once_one_wins),
        cmocka_unit_test(keys_go_through_to_the_other_side),
        cmocka_unit_test(a_prospect_is_called_from_the_browser_and_found_again_after_a_reload),
        cmocka_unit_test(a_closer_nobody_knows_cannot_plug_in),
    };

    return cmocka_run_group_tests(tests, desk_group_setup, desk_group_teardown);
}
