/* test_desk_join.c - a manager or a second closer joins a call: who hears whom in each mode, on which recording, who may, and what is kept of it. */
#include <errno.h>
#include <unistd.h>

#include "base/clip.h"
#include "base/log.h"
#include "line/recorder.h"
#include "unit/desk_notes.h"

#include "unit/desk_browser.h"

static struct desk_rig *r;
static struct singer prospect, ann, mia;
static struct browser *b;
static struct { int prospect, ann, mia; } want;

static bool as_wanted(struct desk_rig *rig)
{
    (void)rig;
    return singer_hears(&prospect, want.prospect) && singer_hears(&ann, want.ann) && (mia.song == NULL || mia.phone->over || singer_hears(&mia, want.mia));
}

#define HEARD(p, a, m)                                                                                                                    \
    do {                                                                                                                                  \
        want.prospect = (p), want.ann = (a), want.mia = (m);                                                                              \
        if (!rig_run_until(r, as_wanted))                                                                                                 \
            fail_msg("line %d: heard %d %d %d", __LINE__, atomic_load(&prospect.heard), atomic_load(&ann.heard), atomic_load(&mia.heard)); \
    } while (0)

static void bridge_ann(bool closers_join)
{
    struct desk_config cfg = desk_rig_config;

    cfg.closers_join = closers_join;
    r = desk_rig_open(&cfg);
    b = NULL;
    mia = (struct singer){0};
    rig_closer(r, "ann", PRESSES_1);
    rig_begin(r);
    RIG_UNTIL(r, rig_bridged);
    rig_closer(r, "mia", ANSWERS);
    rig_closer(r, "ben", IGNORES);
    rig_load(r);
    singer_begin(&prospect, phone_of(r, "prospect"), 0);
    singer_begin(&ann, phone_of(r, "ann"), 1);
    mia.phone = phone_of(r, "mia");
    HEARD(ANN, PROSPECT, 0);
}

static void close_all(void)
{
    struct singer *const all[] = {&prospect, &ann, &mia};

    if (b != NULL)
        desk_browser_close(b);
    desk_rig_close(r);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        obj_unref(all[i]->song);
}

static int join(const char *who, bool manages, const char *mode)
{
    char *answer;

    return desk_join(r->desk, &answer, "C", &(struct desk_person){.user_id = who, .name = who, .closer_id = who, .manages = manages}, mode, NULL);
}

static bool mia_up(struct desk_rig *rig) { return phone_of(rig, "mia")->up; }
static bool mia_over(struct desk_rig *rig) { return phone_of(rig, "mia")->over; }

/* On her SIP telephone. */
static void mia_joins(const char *mode)
{
    assert_int_equal(join("mia", true, mode), 0);
    RIG_UNTIL(r, mia_up);
    singer_begin(&mia, phone_of(r, "mia"), 3);
}

static void mode(const char *m)
{
    assert_int_equal(desk_join_mode(r->desk, "C", "mia", m), 0);
}

static void a_manager_listens_whispers_and_barges_in(void **state)
{
    (void)state;
    bridge_ann(false);
    mia_joins("listen");
    HEARD(ANN, PROSPECT, PROSPECT | ANN);
    mode("whisper");
    HEARD(ANN, PROSPECT | MIA, PROSPECT | ANN);
    mode("barge");
    HEARD(ANN | MIA, PROSPECT | MIA, PROSPECT | ANN);
    mode("listen");
    HEARD(ANN, PROSPECT, PROSPECT | ANN);
    expect_presence(r, "mia", "reserved");
    assert_int_equal(desk_join_leave(r->desk, "C", "mia"), 0);
    RIG_UNTIL(r, mia_over);
    HEARD(ANN, PROSPECT, 0);
    expect_presence(r, "mia", "available");
    assert_int_equal(desk_join_leave(r->desk, "C", "mia"), ENOENT);
    close_all();
}

static void who_listened_when_is_kept(void **state)
{
    (void)state;
    bridge_ann(false);
    mia_joins("listen");
    HEARD(ANN, PROSPECT, PROSPECT | ANN);
    mode("whisper");
    mode("whisper"); /* is nothing new */
    leg_hangup(phone_of(r, "mia")->leg, 0);
    RIG_UNTIL(r, mia_over);
    HEARD(ANN, PROSPECT, 0);
    expect_row(r, "SELECT group_concat(x) AS x FROM (SELECT user_id || ' ' || mode || CASE WHEN ended_at >= began_at THEN ' ended' ELSE '' END AS x FROM call_join ORDER BY began_at, id)", NULL,
               "mia listen ended,mia whisper ended");
    expect_count(r, "join.started", "1");
    expect_count(r, "join.mode", "1");
    expect_count(r, "join.ended", "1");
    close_all();
}

static void closers_join_by_invitation_or_by_the_setting(void **state)
{
    json_t *invite = json_pack("{s:s,s:s,s:s}", "do", "invite", "closer_id", "ann", "to", "mia");

    (void)state;
    bridge_ann(false);
    assert_int_equal(join("mia", false, "listen"), EPERM);
    RIG_COMMAND(r, desk_midcall(r->desk, "C", invite, rig_command_done, r));
    assert_int_equal(r->command_err, 0);
    expect_row(r, "SELECT subject AS x FROM event WHERE kind = 'join.invited'", NULL, "mia");
    assert_int_equal(join("ben", false, "listen"), EPERM);
    assert_int_equal(join("mia", false, "barge"), 0);
    RIG_UNTIL(r, mia_up);
    close_all();
    bridge_ann(true);
    assert_int_equal(join("mia", false, "listen"), 0);
    RIG_UNTIL(r, mia_up);
    close_all();
    json_decref(invite);
}

static void what_cannot_be_joined_is_refused(void **state)
{
    char *answer;

    (void)state;
    bridge_ann(false);
    assert_int_equal(join("ann", true, "listen"), EALREADY);
    assert_int_equal(join("mia", true, "shout"), EINVAL);
    assert_int_equal(join("boss", true, "listen"), ENOTCONN); /* no closer, and no browser offered */
    assert_int_equal(desk_join(r->desk, &answer, "other", &(struct desk_person){"mia", "mia", "mia", true}, "listen", NULL), ENOENT);
    assert_int_equal(desk_join(r->desk, &answer, "C", &(struct desk_person){"boss", "boss", "", true}, "listen", "no offer"), EBADMSG);
    assert_int_equal(desk_join_mode(r->desk, "C", "mia", "listen"), ENOENT);
    assert_int_equal(join("mia", true, "listen"), 0);
    assert_int_equal(join("ben", true, "listen"), 0);
    b = desk_browser_open();
    assert_int_equal(desk_join(r->desk, &answer, "C", &(struct desk_person){"boss", "boss", "", true}, "listen", desk_browser_offer(b)), ENOSPC);
    close_all();
}

/* --- in a browser --- */

static bool browser_hears(struct desk_rig *rig)
{
    (void)rig;
    return desk_browser_loud(b) >= 10;
}

static bool stretch_is_over(struct desk_rig *rig)
{
    struct rig_question q = {.sql = "SELECT 'yes' AS x FROM call_join WHERE user_id = 'boss' AND ended_at IS NOT NULL"};

    return store_run(rig->store, ask_row, &q) == 0 && strcmp(q.answer, "yes") == 0;
}

static struct browser *browser_joins(const char *m)
{
    struct browser *new = desk_browser_open();
    char *answer;

    assert_int_equal(desk_join(r->desk, &answer, "C", &(struct desk_person){"boss", "The boss", "", true}, m, desk_browser_offer(new)), 0);
    desk_browser_connect(new, answer);
    free(answer);
    return new;
}

static void a_manager_without_a_telephone_listens_in_the_browser(void **state)
{
    (void)state;
    bridge_ann(false);
    b = browser_joins("listen");
    RIG_UNTIL(r, browser_hears);
    HEARD(ANN, PROSPECT, 0); /* the browser's tone reaches nobody */
    expect_row(r, "SELECT name AS x FROM call_join WHERE user_id = 'boss'", NULL, "The boss");
    desk_browser_goodbye(b);
    RIG_UNTIL(r, stretch_is_over);
    HEARD(ANN, PROSPECT, 0);
    close_all();
}

static bool dismissed(struct desk_rig *rig)
{
    (void)rig;
    return desk_browser_dismissed(b);
}

static void a_second_window_takes_the_place_of_the_first(void **state)
{
    struct browser *first;

    (void)state;
    bridge_ann(false);
    first = b = browser_joins("listen");
    RIG_UNTIL(r, browser_hears);
    b = browser_joins("listen");
    RIG_UNTIL(r, browser_hears);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM call_join WHERE ended_at IS NULL", NULL, "1");
    desk_browser_close(first);
    close_all();
}

static void whoever_joined_goes_when_the_call_is_over(void **state)
{
    (void)state;
    bridge_ann(false);
    b = browser_joins("listen");
    RIG_UNTIL(r, browser_hears);
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, dismissed);
    RIG_UNTIL(r, stretch_is_over);
    close_all();
}

/* --- the recording --- */

/* How many of the frames of our side have her note. */
static int frames_with(int note, const char *path)
{
    static int16_t both[2 * 8000 * 60];
    static uint8_t header[44];
    FILE *f = fopen(path, "rb");
    size_t n;
    int frames = 0;

    assert_non_null(f);
    assert_int_equal(fread(header, 1, sizeof header, f), sizeof header);
    n = fread(both, 4, sizeof both / 4, f);
    (void)fclose(f);
    for (size_t at = 0; at + MEDIA_FRAME <= n; at += MEDIA_FRAME) {
        int16_t right[MEDIA_FRAME];

        for (int i = 0; i < MEDIA_FRAME; i++)
            right[i] = both[2 * (at + (size_t)i) + 1];
        frames += (notes_in(right, MEDIA_FRAME) & note) != 0;
    }
    return frames;
}

static int written;

static void on_written(void *arg)
{
    (void)arg;
    written++;
}

static bool is_written(struct desk_rig *rig)
{
    (void)rig;
    return written > 0;
}

static void record_while_mia_is(const char *m, int heard_prospect, int heard_ann, const char *path)
{
    struct recorder_pool *pool;
    struct recorder *rec;

    bridge_ann(false);
    mia_joins(m);
    HEARD(heard_prospect, heard_ann, PROSPECT | ANN);
    assert_int_equal(recorder_pool_alloc(&pool), 0);
    assert_int_equal(recorder_open(&rec, pool, path), 0);
    mport_record(leg_port(r->prospect), rec);
    mode("listen");
    HEARD(ANN, PROSPECT, PROSPECT | ANN);
    mode(m);
    HEARD(heard_prospect, heard_ann, PROSPECT | ANN);
    mport_record(leg_port(r->prospect), NULL);
    written = 0;
    recorder_close(rec, r->loop, on_written, NULL);
    RIG_UNTIL(r, is_written);
    obj_unref(rec);
    recorder_pool_close(pool);
    obj_unref(pool);
    close_all();
}

static void a_whisper_is_on_no_recording_and_a_voice_that_the_prospect_hears_is(void **state)
{
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "/tmp/baton-join-%ld.wav", (long)getpid());
    record_while_mia_is("whisper", ANN, PROSPECT | MIA, path);
    assert_int_equal(frames_with(MIA, path), 0);
    assert_true(frames_with(ANN, path) >= 2 * STEADY);
    record_while_mia_is("barge", ANN | MIA, PROSPECT | MIA, path);
    assert_true(frames_with(MIA, path) >= STEADY);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_manager_listens_whispers_and_barges_in),
        cmocka_unit_test(who_listened_when_is_kept),
        cmocka_unit_test(closers_join_by_invitation_or_by_the_setting),
        cmocka_unit_test(what_cannot_be_joined_is_refused),
        cmocka_unit_test(a_manager_without_a_telephone_listens_in_the_browser),
        cmocka_unit_test(a_second_window_takes_the_place_of_the_first),
        cmocka_unit_test(whoever_joined_goes_when_the_call_is_over),
        cmocka_unit_test(a_whisper_is_on_no_recording_and_a_voice_that_the_prospect_hears_is),
    };

    return cmocka_run_group_tests(tests, library_setup, library_teardown);
}
