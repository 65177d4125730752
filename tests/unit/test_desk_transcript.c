/* test_desk_transcript.c - what closer and prospect say to one another is written down, in a handoff and in a call that the closer makes. */
#include <unistd.h>

#include "unit/desk_rig.h"
#include "unit/played_models.h"

static struct { void *speech, *vad; char dir[32]; int *turn_seq; } kit;

static struct desk_rig *open_desk(bool recorded)
{
    struct desk_config cfg = desk_rig_config;
    struct desk_rig *r;

    played = (struct played){.letter_samples = 4};
    cfg.vad = kit.vad;
    cfg.recordings_dir = recorded ? kit.dir : NULL;
    r = desk_rig_open_with(&cfg, kit.speech);
    rig_closer(r, "ann", PRESSES_1);
    return r;
}

/* A third of a second of sound, which will be read as this. */
static void says(struct phone *p, const char *text)
{
    static uint32_t seq;
    struct clip *c;
    int n = atomic_load(&played.said_count);

    assert_int_equal(clip_alloc(&c, CLIP_RATE / 3), 0);
    for (size_t i = 0; i < c->n; i++)
        c->pcm[i] = i / 3 % 2 != 0 ? 8000 : -8000;
    played.said[n] = text;
    atomic_store(&played.said_count, n + 1);
    mport_play(leg_port(p->leg), c, ++seq, 0);
    obj_unref(c);
}

static bool lines_are(struct desk_rig *r, const char *want)
{
    struct rig_question q = {.sql = "SELECT COALESCE(GROUP_CONCAT(speaker || ': ' || text, ' | '), '') AS x FROM (SELECT speaker, text FROM turn ORDER BY at_ms, seq)"};

    return store_run(r->store, ask_row, &q) == 0 && strcmp(q.answer, want) == 0;
}

static bool ann_spoke(struct desk_rig *r) { return lines_are(r, "closer: Hello, this is Ann."); }
static bool both_spoke(struct desk_rig *r) { return lines_are(r, "closer: Hello, this is Ann. | prospect: Good to hear you."); }
static bool ann_left_words(struct desk_rig *r) { return lines_are(r, "closer: Goodbye."); }
static bool prospect_up(struct desk_rig *r) { return phone_of(r, "prospect")->up; }
static bool ann_is_heard(struct desk_rig *r) { return atomic_load(&phone_of(r, "prospect")->loud) > 3; }

static void hand_over(struct desk_rig *r)
{
    rig_load(r);
    rig_call_prospect(r);
    assert_int_equal(handoff_start(&r->handoff, r->desk,
                                   &(struct handoff_params){.call_id = "C", .lead_id = "L", .team = "closers", .prospect = leg_port(r->prospect), .turn_seq = kit.turn_seq,
                                                            .recording_us = clock_mono_us(), .fn = rig_on_handoff, .arg = r}), 0);
    RIG_UNTIL(r, rig_bridged);
}

static void a_closer_is_written_down_with_name_and_number(void **state)
{
    struct desk_rig *r = open_desk(false);

    (void)state;
    *kit.turn_seq = 7; /* what the AI and the prospect said before */
    hand_over(r);
    says(phone_of(r, "ann"), "Hello, this is Ann.");
    RIG_UNTIL(r, ann_spoke);
    assert_int_equal(*kit.turn_seq, 8);
    assert_int_equal(atomic_load(&played.background), 1);
    expect_row(r, "SELECT seq || ' ' || json_extract(ledger, '$.name') AS x FROM turn", NULL, "8 ann");
    expect_count(r, "call.turn", "1");
    leg_hangup(phone_of(r, "ann")->leg, 0);
    RIG_UNTIL(r, rig_over);
    desk_rig_close(r);
}

static void a_closers_goodbye_outlives_the_call(void **state)
{
    struct desk_rig *r = open_desk(false);

    (void)state;
    hand_over(r);
    atomic_store(&phone_of(r, "prospect")->loud, 0);
    says(phone_of(r, "ann"), "Goodbye.");
    RIG_UNTIL(r, ann_is_heard);
    leg_hangup(phone_of(r, "ann")->leg, 0); /* in mid word */
    RIG_UNTIL(r, rig_over);
    RIG_UNTIL(r, ann_left_words);
    desk_rig_close(r);
}

static json_t *call_to_prospect(const struct desk_rig *r)
{
    char uri[64];

    snprintf(uri, sizeof uri, "sip:prospect@127.0.0.1:%u", (unsigned)line_port(r->b));
    return json_pack("{s:s,s:s}", "lead_id", "L", "phone", uri);
}

static struct desk_rig *called_back(bool recorded)
{
    struct desk_rig *r = open_desk(recorded);
    json_t *w = call_to_prospect(r);

    phone_of(r, "ann")->habit = ANSWERS;
    rig_phone(r, "prospect", ANSWERS);
    rig_load(r);
    RIG_COMMAND(r, desk_call_prospect(r->desk, "ann", w, rig_command_done, r));
    json_decref(w);
    RIG_UNTIL(r, prospect_up);
    return r;
}

static void both_sides_of_a_call_back_are_written_down(void **state)
{
    struct desk_rig *r = called_back(true);

    (void)state;
    says(phone_of(r, "ann"), "Hello, this is Ann.");
    RIG_UNTIL(r, ann_spoke);
    says(phone_of(r, "prospect"), "Good to hear you.");
    RIG_UNTIL(r, both_spoke);
    expect_row(r, "SELECT COUNT(DISTINCT seq) || ' ' || MIN(at_ms >= 0) AS x FROM turn t JOIN call c ON c.id = t.call_id WHERE c.scenario_id = 'human'", NULL, "2 1");
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, ann_wraps_up);
    desk_rig_close(r);
}

static void what_is_not_recorded_is_not_written_down(void **state)
{
    struct desk_rig *r = called_back(false);

    (void)state;
    says(phone_of(r, "ann"), "Hello, this is Ann.");
    RIG_UNTIL(r, ann_is_heard);
    leg_hangup(phone_of(r, "prospect")->leg, 0);
    RIG_UNTIL(r, ann_wraps_up);
    expect_row(r, "SELECT CAST(COUNT(*) AS TEXT) AS x FROM turn", NULL, "0");
    assert_int_equal(atomic_load(&played.heard_count), 0);
    desk_rig_close(r);
}

static int setup(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    kit.speech = obj_alloc(1, NULL); /* only their presence counts */
    kit.vad = obj_alloc(1, NULL);
    kit.turn_seq = obj_alloc(sizeof *kit.turn_seq, NULL);
    snprintf(kit.dir, sizeof kit.dir, "/tmp/test_desk_XXXXXX");
    return mkdtemp(kit.dir) == NULL || loop_lib_init(1024);
}

static int teardown(void **state)
{
    char command[64];

    (void)state;
    obj_unref(kit.speech);
    obj_unref(kit.vad);
    obj_unref(kit.turn_seq);
    loop_lib_close();
    snprintf(command, sizeof command, "rm -r %s", kit.dir);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closer_is_written_down_with_name_and_number),
        cmocka_unit_test(a_closers_goodbye_outlives_the_call),
        cmocka_unit_test(both_sides_of_a_call_back_are_written_down),
        cmocka_unit_test(what_is_not_recorded_is_not_written_down),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
