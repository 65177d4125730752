/* test_desk_fifty.c - fifty prospects, ten at a time, in whole calls: the talk, the desk, what follows and the glue between them (main/app_calls.c) are real, over
 * real SIP and RTP; only the models are played. They ask for a human and meet six closers who decline, are busy, miss the ring, hang up, say nothing, accept too late,
 * accept, or accept and die. Each prospect ends with a human or with a call booked, and the journal tells each step with its cause. */
#include "call/call_priv.h"
#include "main/app_priv.h"
#include "unit/desk_rig.h"
#include "unit/played_models.h"

enum { PROSPECTS = 50, AT_ONCE = 10, CLOSERS = 6, FIFTY_WAIT_MS = 200000, TALK_MS = 300, STEP_MS = 10 };

enum fate { TAKES, PASSES, ENGAGED, REFUSES, PICKS_UP_AND_OUT, MISSES, SAYS_NOTHING, DIES, TOO_LATE, FATES };

struct closer_phone {
    char name[12];
    struct leg *leg; /* the newest ring */
    enum fate fate;
    struct timer timer;
    char late_offer[ID_MAX]; /* accepted when it is over */
};

struct prospect { struct leg *leg; int spoke_at; bool up, over; };

static struct fifty {
    struct app app;
    struct line *world;
    struct store *store;
    struct timer step;
    struct clip *noise, *voice;
    struct prospect prospects[PROSPECTS];
    struct closer_phone phones[CLOSERS];
    int begun, ended, lines_closed, calls_closed, loaded, late, late_refused, met[FATES];
    unsigned seed;
    int64_t until_us;
} f;

/* No language model is configured. */
void app_llm_ports(const struct app *a, struct call_ports *out)
{
    (void)a;
    (void)out;
}

void app_llm_call_ended(struct app *a, const struct call *c)
{
    (void)a;
    (void)c;
    f.ended++;
}

/* --- closers --- */

static enum fate draw(void)
{
    static const enum fate fates[] = {TAKES, TAKES, TAKES, PASSES, ENGAGED, REFUSES, PICKS_UP_AND_OUT, MISSES, SAYS_NOTHING, DIES, TOO_LATE};

    f.seed = f.seed * 1664525u + 1013904223u;
    return fates[(f.seed >> 16) % (sizeof fates / sizeof fates[0])];
}

static void on_talked(void *arg)
{
    struct closer_phone *p = arg;

    leg_hangup(p->leg, 0);
}

static void take(struct closer_phone *p)
{
    mport_play(leg_port(p->leg), f.voice, 1, MPORT_PLAY_LOOP);
    mport_dtmf(leg_port(p->leg), p->fate == PASSES ? "2" : "1");
    if (p->fate == TAKES)
        timer_start(&p->timer, TALK_MS * 3, on_talked, p);
}

/* Its process is gone: neither packets nor a BYE. */
static void on_dead(void *arg)
{
    struct closer_phone *p = arg;

    mport_impair(leg_port(p->leg), 100, 0);
}

static void on_phone(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct closer_phone *p = arg;

    if (leg != p->leg || ev->kind != LEG_EV_ANSWERED)
        return;
    if (p->fate == TAKES || p->fate == PASSES || p->fate == DIES)
        take(p);
    if (p->fate == DIES)
        timer_start(&p->timer, TALK_MS * 2, on_dead, p);
    if (p->fate == PICKS_UP_AND_OUT)
        leg_hangup(leg, 0);
}

static int find_offer(struct tx *tx, void *arg)
{
    struct closer_phone *p = arg;
    json_t *row = NULL;

    if (tx_query_one(tx, &row, "SELECT id AS x FROM offer WHERE closer_id = ? AND state = 'ringing'", "s", p->name) == 0)
        snprintf(p->late_offer, sizeof p->late_offer, "%s", jx_str(row, "x", ""));
    json_decref(row);
    return 0;
}

static void rings(struct closer_phone *p, struct leg *leg)
{
    timer_cancel(&p->timer);
    obj_unref(p->leg);
    p->leg = leg;
    p->fate = draw();
    f.met[p->fate]++;
    leg_watch(leg, on_phone, p);
    if (p->fate == ENGAGED || p->fate == REFUSES)
        leg_hangup(leg, p->fate == ENGAGED ? 486 : 603);
    else if (p->fate == TOO_LATE && p->late_offer[0] == '\0')
        assert_int_equal(store_run(f.store, find_offer, p), 0);
    else if (p->fate != MISSES && p->fate != TOO_LATE)
        assert_int_equal(leg_accept(leg, on_phone, p), 0);
}

/* --- prospects --- */

static void on_prospect(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct prospect *p = arg;

    (void)leg;
    p->up |= ev->kind == LEG_EV_ANSWERED;
    p->over |= ev->kind == LEG_EV_ENDED;
}

static void begin_call(int i)
{
    char uri[64];

    snprintf(uri, sizeof uri, "sip:baton@127.0.0.1:%u", (unsigned)line_port(f.app.line));
    f.prospects[i].spoke_at = -1;
    assert_int_equal(leg_dial(&f.prospects[i].leg, f.world, &(struct leg_dial){.to = uri, .from = "+12025550143", .fn = on_prospect, .arg = &f.prospects[i]}), 0);
}

/* The n-th call that comes is the n-th prospect's: they dial one after another. */
static void comes_in(struct leg *leg, const char *from, const char *to, void *arg)
{
    static int n;
    char id[16], call[ID_MAX];
    json_t *lead;

    (void)from;
    (void)to;
    (void)arg;
    snprintf(id, sizeof id, "L%d", n++);
    lead = json_pack("{s:s,s:s,s:s,s:s,s:s}", "id", id, "phone", "+12025550143", "first_name", "Priya", "source", "demo_request", "prospect", id + 1);
    assert_int_equal(call_answer(f.app.calls, leg, NULL, lead, NULL, call), 0);
    json_decref(lead);
    obj_unref(leg);
}

/* Whom the AI has asked something, and listens to, answers. */
static void speak_when_asked(struct call *c, void *arg)
{
    struct prospect *p = &f.prospects[atoi(jx_str(c->lead, "prospect", "0"))];

    (void)arg;
    if (c->state != CALL_TALKING || c->turn.state != TURN_LISTENING || !p->up || p->over || p->spoke_at == *c->turn_seq)
        return;
    p->spoke_at = *c->turn_seq;
    mport_play(leg_port(p->leg), f.noise, 1, 0);
}

/* --- everything goes on --- */

static void on_late(int err, void *arg)
{
    (void)arg;
    f.late++;
    f.late_refused += err == EALREADY || err == ENOENT;
}

static void on_back(int err, void *arg)
{
    (void)err;
    (void)arg;
}

static bool is_over(const char *offer_id)
{
    struct rig_question q = {.sql = "SELECT state AS x FROM offer WHERE id = ?", .arg = offer_id};

    return store_run(f.store, ask_row, &q) == 0 && strcmp(q.answer, "ringing") != 0;
}

/* Who missed an offer says that they are back; who was too late clicks all the same. */
static void closers_go_on(void)
{
    for (int i = 0; i < CLOSERS; i++) {
        struct closer_phone *p = &f.phones[i];

        if (p->late_offer[0] != '\0' && is_over(p->late_offer)) {
            assert_int_equal(desk_offer_accept(f.app.desk, p->late_offer, on_late, NULL), 0);
            p->late_offer[0] = '\0';
        }
        (void)desk_presence_set(f.app.desk, p->name, "available", NULL, on_back, NULL);
    }
}

static void on_step(void *arg)
{
    static int steps;

    (void)arg;
    calls_each(f.app.calls, speak_when_asked, NULL);
    if (f.begun < PROSPECTS && f.begun - f.ended < AT_ONCE)
        begin_call(f.begun++);
    if (++steps % 50 == 0)
        closers_go_on();
    if (f.ended == PROSPECTS || clock_mono_us() > f.until_us)
        re_cancel();
    else
        timer_start(&f.step, STEP_MS, on_step, NULL);
}

/* --- the system --- */

static void world_rings(struct leg *leg, const char *from, const char *to, void *arg)
{
    (void)from;
    (void)arg;
    for (int i = 0; i < CLOSERS; i++)
        if (strcmp(f.phones[i].name, to) == 0) {
            rings(&f.phones[i], leg);
            return;
        }
    fail_msg("nobody is called %s", to);
}

static int write_world(struct tx *tx, void *arg)
{
    char id[16], uri[64];
    int err = 0;

    (void)arg;
    for (int i = 0; i < PROSPECTS && !err; i++) {
        snprintf(id, sizeof id, "L%d", i);
        err = tx_exec(tx, "INSERT INTO lead (id, phone, source, zones, state, created_at, updated_at) VALUES (?, '+12025550143', 'demo_request', '[\"America/New_York\"]', 'new', 1, 1)", "s", id);
    }
    for (int i = 0; i < CLOSERS && !err; i++) {
        struct closer_phone *p = &f.phones[i];
        struct rig_closer c = {p->name, uri, "key", i + 1};

        snprintf(p->name, sizeof p->name, "closer%d", i);
        snprintf(uri, sizeof uri, "sip:%s@127.0.0.1:%u", p->name, (unsigned)line_port(f.world));
        timer_init(&p->timer);
        err = write_closer(tx, &c);
    }
    return err;
}

static struct clip *sound(size_t samples, size_t half_wave)
{
    struct clip *c = NULL;

    assert_int_equal(clip_alloc(&c, samples), 0);
    for (size_t i = 0; i < samples; i++)
        c->pcm[i] = i / half_wave % 2 != 0 ? 8000 : -8000;
    return c;
}

static struct scenario *read_scenario(void)
{
    static char yaml[SCENARIO_MAX_BYTES];
    struct scenario *sc = NULL;
    struct scenario_issues issues;
    FILE *file = fopen(BATON_SOURCE_DIR "/scenarios/demo-request.yaml", "rb");
    size_t n;

    assert_non_null(file);
    n = fread(yaml, 1, sizeof yaml, file);
    fclose(file);
    assert_int_equal(scenario_load(&sc, yaml, n, &issues), 0);
    return sc;
}

static void on_loaded(void *arg)
{
    (void)arg;
    f.loaded++;
    re_cancel();
}

static void open_calls(struct vad_model *vad)
{
    struct calls_params p = {.cfg = {.ring_timeout_s = 15}, .control = f.app.control, .talkers = f.app.talkers, .store = f.store, .line = f.app.line, .vad = vad, .scenario = f.app.scenario,
                             .und = f.app.und};

    app_call_ports(&f.app, &p.ports);
    assert_int_equal(calls_alloc(&f.app.calls, &p), 0);
}

static void open_all(void)
{
    const struct media_config media = {.threads = 1, .bind_ip = "127.0.0.1", .rtp_timeout_ms = 20000};
    const struct line_config line = {.bind_ip = "127.0.0.1", .user_agent = "baton-test"};
    struct desk_config cfg = desk_rig_config;
    struct vad_model *vad = obj_alloc(1, NULL); /* only its presence counts */
    char why[128];

    f.seed = 20260311;
    f.noise = sound(CLIP_RATE / 4, 3);
    f.voice = sound(CLIP_RATE, 4);
    assert_int_equal(loop_alloc(&f.app.control, "test"), 0);
    assert_int_equal(media_alloc(&f.app.media, &media, f.app.control), 0);
    assert_int_equal(pool_alloc(&f.app.talkers, 1, "talk"), 0);
    assert_int_equal(line_alloc(&f.app.line, &line, f.app.control, f.app.media, comes_in, rig_on_register, NULL), 0);
    assert_int_equal(line_alloc(&f.world, &line, f.app.control, f.app.media, world_rings, rig_on_register, NULL), 0);
    assert_int_equal(store_open(&f.store, "sqlite::memory:", why, sizeof why), 0);
    f.app.store = f.store;
    assert_int_equal(store_run(f.store, write_world, NULL), 0);
    f.app.scenario = read_scenario();
    assert_int_equal(und_alloc(&f.app.und, f.app.scenario, NULL), 0);
    cfg.wrap_up_s = 0;
    cfg.vad = vad;
    assert_int_equal(desk_alloc(&f.app.desk, &cfg, f.store, f.app.line, NULL, f.app.control), 0);
    open_calls(vad);
    desk_start(f.app.desk, on_loaded, NULL);
    loop_run(f.app.control, false, NULL, NULL);
    obj_unref(vad);
    timer_init(&f.step);
}

static void on_calls_closed(void *arg)
{
    (void)arg;
    f.calls_closed++;
    re_cancel();
}

static void on_line_closed(void *arg)
{
    (void)arg;
    if (++f.lines_closed == 2)
        re_cancel();
}

static void close_all(void)
{
    calls_close(f.app.calls, on_calls_closed, NULL);
    loop_run(f.app.control, false, NULL, NULL);
    desk_close(f.app.desk);
    line_close(f.app.line, on_line_closed, NULL);
    line_close(f.world, on_line_closed, NULL);
    loop_run(f.app.control, false, NULL, NULL);
    for (int i = 0; i < PROSPECTS; i++)
        obj_unref(f.prospects[i].leg);
    for (int i = 0; i < CLOSERS; i++) {
        timer_cancel(&f.phones[i].timer);
        obj_unref(f.phones[i].leg);
    }
    pool_close(f.app.talkers);
    store_close(f.store);
    media_close(f.app.media);
    obj_unref(f.app.desk);
    obj_unref(f.app.line);
    obj_unref(f.world);
    obj_unref(f.app.media);
    loop_free(f.app.control);
    calls_free(f.app.calls);
    free(f.app.glue);
    obj_unref(f.app.scenario);
    obj_unref(f.app.und);
    obj_unref(f.store);
    obj_unref(f.noise);
    obj_unref(f.voice);
}

static void expect(const char *sql, const char *want)
{
    struct rig_question q = {.sql = sql};

    assert_int_equal(store_run(f.store, ask_row, &q), 0);
    if (strcmp(q.answer, want) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", sql, q.answer, want);
}

static int count(const char *sql)
{
    struct rig_question q = {.sql = sql};

    assert_int_equal(store_run(f.store, ask_row, &q), 0);
    return atoi(q.answer);
}

static void what_became_of_them(void)
{
    const char *none = "0";
    int humans = count("SELECT CAST(count(DISTINCT lead_id) AS TEXT) AS x FROM handoff WHERE bridged_at IS NOT NULL AND state = 'ended'");
    int booked = count("SELECT CAST(count(DISTINCT lead_id) AS TEXT) AS x FROM task WHERE kind = 'callback' AND due_at > 0 AND promised_by >= due_at");

    print_message("%d prospects: %d with a human, %d with a call booked\n", PROSPECTS, humans, booked);
    for (int i = 0; i < FATES; i++)
        assert_true(f.met[i] > 0);
    assert_true(humans > 5 && booked > 5);
    /* 50 of 50, and nobody twice */
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM lead l WHERE"
           " (EXISTS (SELECT 1 FROM handoff h WHERE h.lead_id = l.id AND h.state = 'ended' AND h.bridged_at IS NOT NULL))"
           " + (EXISTS (SELECT 1 FROM task t WHERE t.lead_id = l.id AND t.kind = 'callback')) = 1", "50");
    /* none in limbo */
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM call WHERE state <> 'ended' OR ended_at IS NULL", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM handoff WHERE state NOT IN ('ended', 'failed') OR ended_at IS NULL", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM offer WHERE state = 'ringing' OR ended_at IS NULL", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM closer WHERE presence IN ('ringing', 'in_call')", none);
}

/* Each step of each handoff and offer is in the journal once it is in the rows, and says why. */
static void the_ledger_is_complete(void)
{
    const char *none = "0";

    expect("SELECT CAST(count(*) AS TEXT) AS x FROM handoff h WHERE (SELECT count(*) FROM event e WHERE e.subject = h.id AND e.kind = 'handoff.requested') <> 1", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM handoff h WHERE (SELECT count(*) FROM event e WHERE e.subject = h.id AND e.kind IN ('handoff.ended', 'handoff.failed')) <> 1", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM event WHERE kind IN ('handoff.ringing', 'handoff.ended', 'handoff.failed') AND COALESCE(json_extract(data, '$.reason'), '') = ''", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM handoff h WHERE (SELECT count(*) FROM offer o WHERE o.handoff_id = h.id AND o.state = 'accepted') <> (h.accepted_at IS NOT NULL)", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM offer o WHERE o.why IS NULL OR (o.state <> 'accepted' AND COALESCE(o.reason, '') = '')", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM offer o WHERE (SELECT count(*) FROM event e WHERE e.subject = o.id AND e.kind = 'offer.made') <> 1"
           " OR (SELECT count(*) FROM event e WHERE e.subject = o.id AND e.kind = 'offer.' || o.state) <> 1", none);
    expect("SELECT CAST(count(*) AS TEXT) AS x FROM event WHERE kind = 'closer.presence' AND json_extract(data, '$.presence') = 'away' AND COALESCE(json_extract(data, '$.reason'), '') = ''", none);
    expect("SELECT CAST(count(*) > 0 AS TEXT) AS x FROM event WHERE kind = 'handoff.lost'", "1"); /* some closers died */
    assert_int_equal(f.late, f.late_refused);
    assert_true(f.late > 0);
}

static void fifty_of_fifty_end_with_a_human_or_with_a_call_booked(void **state)
{
    (void)state;
    played = (struct played){.letter_samples = 4, .each_from_the_start = true, .said_count = SAID_MAX};
    played.said[0] = "Can I talk to a person, please?";
    for (int i = 1; i < SAID_MAX; i++)
        played.said[i] = "Yes, tomorrow at ten.";
    open_all();
    f.until_us = clock_mono_us() + FIFTY_WAIT_MS * 1000LL;
    timer_start(&f.step, 0, on_step, NULL);
    loop_run(f.app.control, false, NULL, NULL);
    assert_int_equal(f.ended, PROSPECTS);
    what_became_of_them();
    the_ledger_is_complete();
    close_all();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fifty_of_fifty_end_with_a_human_or_with_a_call_booked)};

    return cmocka_run_group_tests(tests, desk_group_setup, desk_group_teardown);
}
