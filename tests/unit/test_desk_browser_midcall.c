/* What closers whose telephone is a browser do with a call they have: a page that is loaded again while the prospect waits, and a browser that goes on after it has
 * handed over, parked, or was only consulted. */
#include <errno.h>

#include "base/log.h"
#include "unit/desk_notes.h"

#include "unit/desk_browser.h"

static struct desk_rig *r;
static struct browser *b, *second;
static struct singer prospect, ben;
static struct { int prospect, ben; } want;

static bool as_wanted(struct desk_rig *rig)
{
    (void)rig;
    return singer_hears(&prospect, want.prospect) && (ben.song == NULL || ben.phone->over || singer_hears(&ben, want.ben));
}

#define HEARD(p, n)                                                                                                      \
    do {                                                                                                                 \
        want.prospect = (p), want.ben = (n);                                                                             \
        if (!rig_run_until(r, as_wanted))                                                                                \
            fail_msg("line %d: heard %d %d", __LINE__, atomic_load(&prospect.heard), atomic_load(&ben.heard));           \
    } while (0)

/* The browser sounds a square wave of 500 Hz: among its overtones are two of the notes. */
enum { BEA = MUSIC | 1 | 4 };

static bool plugged(struct desk_rig *rig)
{
    char id[ID_MAX];

    return desk_phone_get(rig->desk, id, "bea") == 0 && id[0] != '\0';
}

static bool unplugged(struct desk_rig *rig)
{
    return !plugged(rig);
}

static struct browser *plug(void)
{
    struct browser *new = desk_browser_open();
    char *answer = NULL, id[ID_MAX];

    assert_int_equal(desk_phone_plug(r->desk, &answer, id, "bea", desk_browser_offer(new)), 0);
    desk_browser_connect(new, answer);
    free(answer);
    return new;
}

static bool offered(struct desk_rig *rig)
{
    struct rig_question q = {.sql = "SELECT id AS x FROM offer WHERE closer_id = 'bea' AND state = 'ringing'"};

    return store_run(rig->store, ask_row, &q) == 0 && q.answer[0] != '(';
}

static void bea_accepts(void)
{
    struct rig_question q = {.sql = "SELECT id AS x FROM offer WHERE closer_id = 'bea' AND state = 'ringing'"};

    RIG_UNTIL(r, offered);
    assert_int_equal(store_run(r->store, ask_row, &q), 0);
    RIG_COMMAND(r, desk_offer_accept(r->desk, q.answer, rig_command_done, r));
    assert_int_equal(r->command_err, 0);
}

static struct browser *current(void)
{
    return second != NULL ? second : b;
}

static int heard_before;

static bool browser_hears(struct desk_rig *rig)
{
    (void)rig;
    return desk_browser_loud(current()) >= heard_before + 10;
}

static void bea_hears(void)
{
    heard_before = desk_browser_loud(current());
    RIG_UNTIL(r, browser_hears);
}

/* ben's telephone exists; who is free decides who is rung first. */
static void open_desk(enum habit bens)
{
    struct desk_config cfg = desk_rig_config;

    cfg.decide_s = 10;
    r = desk_rig_open(&cfg);
    b = second = NULL;
    ben = (struct singer){0};
    (void)rig_closer_at(r, "bea", IGNORES, "key", DESK_BROWSER);
    rig_load(r);
    b = plug();
    RIG_UNTIL(r, plugged);
    rig_call_prospect(r);
    singer_begin(&prospect, phone_of(r, "prospect"), 0);
    rig_hand_over(r);
    bea_accepts();
    RIG_UNTIL(r, rig_bridged);
    rig_closer(r, "ben", bens);
    rig_load(r);
    ben.phone = phone_of(r, "ben");
    HEARD(BEA, 0);
    bea_hears();
}

static void close_desk(void)
{
    desk_browser_close(b);
    if (second != NULL)
        desk_browser_close(second);
    desk_rig_close(r);
    obj_unref(prospect.song);
    obj_unref(ben.song);
}

static void ask_as(const char *who, const char *what, const char *to)
{
    json_t *wanted = json_pack("{s:s,s:s,s:s?}", "do", what, "closer_id", who, "to", to);

    RIG_COMMAND(r, desk_midcall(r->desk, "C", wanted, rig_command_done, r));
    json_decref(wanted);
}

static void ask(const char *what, const char *to)
{
    ask_as("bea", what, to);
    assert_int_equal(r->command_err, 0);
}

static bool ben_up(struct desk_rig *rig) { return phone_of(rig, "ben")->up; }
static bool given_back(struct desk_rig *rig) { return rig->returned > 0; }

static void a_page_loaded_again_on_hold_finds_the_prospect_still_there(void **state)
{
    (void)state;
    open_desk(IGNORES);
    ask("hold", NULL);
    desk_browser_goodbye(b);
    RIG_UNTIL(r, unplugged);
    ask_as("bea", "resume", NULL);
    assert_int_equal(r->command_err, ENOTCONN); /* nobody would be there */
    second = plug();
    RIG_UNTIL(r, plugged);
    ask("resume", NULL);
    HEARD(BEA, 0);
    bea_hears();
    assert_int_equal(r->lost, 0);
    close_desk();
}

static void a_browser_that_stays_away_while_the_prospect_is_on_hold_leaves_them_to_the_ai(void **state)
{
    (void)state;
    open_desk(IGNORES);
    ask("hold", NULL);
    desk_browser_mute(b); /* its network is gone */
    RIG_UNTIL(r, given_back);
    assert_false(r->prospect_over);
    expect_handoff(r, "ended", "closer_lost");
    expect_presence(r, "bea", "wrap_up");
    close_desk();
}

static void a_browser_hands_over_and_stays_plugged_in(void **state)
{
    (void)state;
    open_desk(PRESSES_1);
    ask("transfer", "ben");
    RIG_UNTIL(r, ben_up);
    singer_begin(&ben, phone_of(r, "ben"), 2);
    HEARD(MUSIC, BEA);
    bea_hears();
    ask("complete", NULL);
    HEARD(BEN, PROSPECT);
    expect_presence(r, "bea", "wrap_up");
    assert_true(plugged(r));
    close_desk();
}

static void a_click_parks_and_a_click_retrieves(void **state)
{
    (void)state;
    open_desk(IGNORES);
    ask("park", NULL);
    expect_presence(r, "bea", "available");
    assert_true(plugged(r));
    ask("retrieve", "bea");
    expect_row(r, "SELECT midcall AS x FROM handoff", NULL, "talking");
    HEARD(BEA, 0);
    bea_hears();
    expect_presence(r, "bea", "in_call");
    close_desk();
}

static bool on_hold(struct desk_rig *rig)
{
    struct rig_question q = {.sql = "SELECT midcall AS x FROM handoff WHERE ended_at IS NULL"};

    return store_run(rig->store, ask_row, &q) == 0 && strcmp(q.answer, "held") == 0;
}

/* ben has the prospect, bea is asked in her browser, and leaves: by the button, or with the page. */
static void consult_bea(void)
{
    open_desk(PRESSES_1);
    ask("transfer", "ben");
    RIG_UNTIL(r, ben_up);
    singer_begin(&ben, phone_of(r, "ben"), 2);
    HEARD(MUSIC, BEA);
    ask("complete", NULL);
    HEARD(BEN, PROSPECT);
    RIG_COMMAND(r, desk_presence_set(r->desk, "bea", "available", NULL, rig_command_done, r));
    ask_as("ben", "transfer", "bea");
    assert_int_equal(r->command_err, 0);
    bea_accepts();
    HEARD(MUSIC, BEA);
    bea_hears();
}

static void who_is_consulted_in_a_browser_may_leave_by_the_button(void **state)
{
    (void)state;
    consult_bea();
    assert_int_equal(desk_hang_up(r->desk, "bea"), 0);
    RIG_UNTIL(r, on_hold);
    HEARD(MUSIC, 0);
    assert_true(plugged(r));
    expect_presence(r, "bea", "available");
    close_desk();
}

static void who_is_consulted_in_a_browser_may_leave_with_the_page(void **state)
{
    (void)state;
    consult_bea();
    desk_browser_goodbye(b);
    RIG_UNTIL(r, on_hold);
    HEARD(MUSIC, 0);
    close_desk();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_loaded_again_on_hold_finds_the_prospect_still_there),
        cmocka_unit_test(a_browser_that_stays_away_while_the_prospect_is_on_hold_leaves_them_to_the_ai),
        cmocka_unit_test(a_browser_hands_over_and_stays_plugged_in),
        cmocka_unit_test(a_click_parks_and_a_click_retrieves),
        cmocka_unit_test(who_is_consulted_in_a_browser_may_leave_by_the_button),
        cmocka_unit_test(who_is_consulted_in_a_browser_may_leave_with_the_page),
    };

    return cmocka_run_group_tests(tests, library_setup, library_teardown);
}
