/* cmd_bench_desk.c - `baton bench desk`: a whole system, a closer's SIP telephone and a prospect beside it, over real sockets.
 *
 * Each round a prospect is handed over: from the request to the INVITE at the closer's telephone, and to the event at a page; the telephone is picked up, the click
 * on the page accepts (HTTP), and both ends play a tone: from the click until each has heard the other. A thread drives; the far ends live on the system's loop. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/bench_far.h"
#include "main/bench_stats.h"
#include "main/bench_stream.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/post.h"
#include "main/rig.h"
#include "store/call_rows.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

enum { ROUNDS = 50, ROUNDS_MAX = 2000, WAIT_S = 15, TARGET_RING = 100, TARGET_AUDIO = 300, UNUSED_PORT = 9 };

#define LEAD "bench-lead"
#define CALL "bench-call"
#define CLOSER "bench-closer"

enum { PROSPECT_PHONE, CLOSER_PHONE, PHONES };

struct bench_desk {
    int rounds;
    bool json;
    struct rig *rig;
    struct app *app;
    pthread_t driver;
    bool driving;
    atomic_bool stop;
    sem_t news;
    struct far_phone phones[PHONES];
    struct bench_far far;
    struct leg *ours;           /* our end of the prospect's call */
    struct handoff *handoff;
    struct poster *poster;
    struct bench_stream *stream;
    char base[64], offer_id[ID_MAX];
    int64_t asked_us, clicked_us;
    _Atomic int64_t seen_us;
    atomic_bool over, commanded;
    int done;
    struct samples ring, seen, audio, event;
};

/* --- waiting, in the driver --- */

typedef bool(bench_pred)(const struct bench_desk *b);

static bool wait_for(struct bench_desk *b, bench_pred *pred)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_S;
    while (!pred(b))
        if (atomic_load(&b->stop) || (sem_timedwait(&b->news, &until) != 0 && errno == ETIMEDOUT))
            return pred(b);
    return true;
}

static bool prospect_up(const struct bench_desk *b) { return atomic_load(&b->phones[PROSPECT_PHONE].up) && bench_stream_up(b->stream); }
static bool rings(const struct bench_desk *b) { return atomic_load(&b->phones[CLOSER_PHONE].rang_us) != 0 && atomic_load(&b->seen_us) != 0 && atomic_load(&b->phones[CLOSER_PHONE].up); }
static bool both_hear(const struct bench_desk *b) { return atomic_load(&b->phones[PROSPECT_PHONE].heard_us) != 0 && atomic_load(&b->phones[CLOSER_PHONE].heard_us) != 0; }
static bool hung_up(const struct bench_desk *b) { return atomic_load(&b->over) && atomic_load(&b->phones[CLOSER_PHONE].over); }
static bool commanded(const struct bench_desk *b) { return atomic_load(&b->commanded); }
static bool line_closed(const struct bench_desk *b) { return atomic_load(&b->far.closed); }

/* --- what the driver has done on the control loop --- */

static void on_ours(struct leg *leg, const struct leg_event *ev, void *arg)
{
    (void)leg;
    (void)ev;
    (void)arg;
}

static void open_far(void *arg)
{
    struct bench_desk *b = arg;

    if (bench_far_open(&b->far, b->app->control, b->app->media) != 0)
        b->far.line = NULL;
}

static void call_prospect(void *arg)
{
    struct bench_desk *b = arg;
    char uri[64];

    snprintf(uri, sizeof uri, "sip:prospect@127.0.0.1:%u", (unsigned)line_port(b->far.line));
    if (leg_dial(&b->ours, b->app->line, &(struct leg_dial){.to = uri, .fn = on_ours, .arg = b}) != 0)
        b->ours = NULL;
}

static void on_handoff(const struct handoff_event *ev, void *arg)
{
    struct bench_desk *b = arg;

    if (ev->kind != HANDOFF_EV_ENDED && ev->kind != HANDOFF_EV_FAILED)
        return;
    b->handoff = obj_unref(b->handoff);
    atomic_store(&b->over, true);
    sem_post(&b->news);
}

static void hand_over(void *arg)
{
    struct bench_desk *b = arg;

    b->asked_us = clock_mono_us();
    if (handoff_start(&b->handoff, b->app->desk,
                      &(struct handoff_params){.call_id = CALL, .lead_id = LEAD, .team = "closers", .prospect = leg_port(b->ours), .fn = on_handoff, .arg = b}) != 0)
        b->handoff = NULL;
}

static void hang_up(void *arg)
{
    struct bench_desk *b = arg;

    leg_hangup(b->phones[CLOSER_PHONE].leg, 0);
}

static void on_command(int err, void *arg)
{
    struct bench_desk *b = arg;

    (void)err;
    atomic_store(&b->commanded, true);
    sem_post(&b->news);
}

static void close_far(void *arg)
{
    struct bench_desk *b = arg;

    if (b->handoff != NULL) {
        (void)handoff_cancel(b->handoff, "shutdown");
        b->handoff = obj_unref(b->handoff);
    }
    if (b->ours != NULL)
        leg_hangup(b->ours, 0);
    bench_far_close(&b->far);
}

static void release_far(void *arg)
{
    struct bench_desk *b = arg;

    obj_unref(b->ours);
    bench_far_release(&b->far);
}

/* --- preparation --- */

static int write_rows(struct tx *tx, void *arg)
{
    const struct bench_desk *b = arg;
    int64_t now = clock_now_ms();
    char uri[64];
    json_t *zones = json_array(), *call = json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:I}", "id", CALL, "lead_id", LEAD, "direction", "outbound", "phone", "+12025550143", "scenario_id", "bench",
                                                    "scenario_version", 1, "started_at", (json_int_t)now);
    int err = lead_insert(tx, &(struct lead_row){.id = LEAD, .phone = "+12025550143", .source = "bench", .state = "talking", .zones = zones, .created_at = now});

    snprintf(uri, sizeof uri, "sip:closer@127.0.0.1:%u", (unsigned)line_port(b->far.line));
    if (!err)
        err = call_row_start(tx, call);
    if (!err)
        err = closer_put(tx, &(struct closer_row){.id = CLOSER, .name = "Closer", .sip_uri = uri, .team = "closers", .accept = "key", .skills = zones}, now);
    if (!err)
        err = closer_row_presence(tx, CLOSER, "available", NULL, NULL, now);
    json_decref(call);
    json_decref(zones);
    return err;
}

/* In the stream's thread. */
static void on_event(const json_t *event, int64_t at_us, void *arg)
{
    struct bench_desk *b = arg;

    samples_add(&b->event, (double)(clock_now_ms() - jx_int(event, "at", 0)));
    if (strcmp(jx_str(event, "kind", ""), "offer.made") != 0)
        return;
    (void)text_copy(b->offer_id, sizeof b->offer_id, jx_str(event, "subject", ""));
    atomic_store(&b->seen_us, at_us);
    sem_post(&b->news);
}

static bool command_done(struct bench_desk *b, int err)
{
    return err == 0 && wait_for(b, commanded);
}

static bool prepare(struct bench_desk *b)
{
    snprintf(b->base, sizeof b->base, "http://127.0.0.1:%d", http_port(b->app->http));
    if (poster_alloc(&b->poster, b->base, rig_token(b->rig)) != 0 || loop_call(b->app->control, open_far, b) != 0 || b->far.line == NULL)
        return false;
    if (store_run(b->app->store, write_rows, b) != 0 || !command_done(b, desk_reload(b->app->desk, on_command, b)))
        return false;
    if (bench_stream_start(&b->stream, b->base, rig_token(b->rig), on_event, b) != 0 || loop_call(b->app->control, call_prospect, b) != 0 || b->ours == NULL)
        return false;
    return wait_for(b, prospect_up);
}

/* --- a round --- */

static bool click(struct bench_desk *b)
{
    char path[96], why[128];
    json_t *body = json_object(), *answer = NULL;
    int status = 0, err;

    snprintf(path, sizeof path, "/api/v1/offers/%s/accept", b->offer_id);
    atomic_store(&b->phones[PROSPECT_PHONE].heard_us, 0);
    atomic_store(&b->phones[CLOSER_PHONE].heard_us, 0);
    b->clicked_us = clock_mono_us();
    err = poster_send(b->poster, path, body, &status, &answer, why, sizeof why);
    json_decref(answer);
    json_decref(body);
    return err == 0 && status == 200;
}

static double ms_between(int64_t from_us, int64_t to_us)
{
    return (double)(to_us - from_us) / 1000.0;
}

static void take_numbers(struct bench_desk *b)
{
    int64_t prospect = atomic_load(&b->phones[PROSPECT_PHONE].heard_us), closer = atomic_load(&b->phones[CLOSER_PHONE].heard_us);

    samples_add(&b->ring, ms_between(b->asked_us, atomic_load(&b->phones[CLOSER_PHONE].rang_us)));
    samples_add(&b->seen, ms_between(b->asked_us, atomic_load(&b->seen_us)));
    samples_add(&b->audio, ms_between(b->clicked_us, prospect > closer ? prospect : closer));
    b->done++;
}

static bool play_round(struct bench_desk *b)
{
    atomic_store(&b->phones[CLOSER_PHONE].rang_us, 0);
    atomic_store(&b->seen_us, 0);
    atomic_store(&b->over, false);
    atomic_store(&b->commanded, false);
    atomic_store(&b->phones[CLOSER_PHONE].up, false);
    atomic_store(&b->phones[CLOSER_PHONE].over, false);
    if (loop_call(b->app->control, hand_over, b) != 0 || !wait_for(b, rings) || !click(b) || !wait_for(b, both_hear))
        return false;
    take_numbers(b);
    return loop_call(b->app->control, hang_up, b) == 0 && wait_for(b, hung_up) && command_done(b, desk_presence_set(b->app->desk, CLOSER, "available", NULL, on_command, b));
}

static void clean_up(struct bench_desk *b)
{
    bench_stream_stop(b->stream);
    poster_free(b->poster);
    if (b->far.line != NULL && loop_call(b->app->control, close_far, b) == 0) {
        (void)wait_for(b, line_closed);
        (void)loop_call(b->app->control, release_far, b);
    }
}

static void *driver_main(void *arg)
{
    struct bench_desk *b = arg;
    bool ok = prepare(b);

    for (int i = 0; ok && i < b->rounds && !atomic_load(&b->stop); i++)
        ok = play_round(b);
    clean_up(b);
    rig_stop(b->rig, ok ? 0 : 1);
    return NULL;
}

static void on_over(void *arg)
{
    struct bench_desk *b = arg;

    atomic_store(&b->stop, true);
    sem_post(&b->news);
    if (b->driving)
        pthread_join(b->driver, NULL);
}

static void on_ready(struct rig *r, void *arg)
{
    struct bench_desk *b = arg;

    b->rig = r;
    b->app = rig_app(r);
    b->driving = pthread_create(&b->driver, NULL, driver_main, b) == 0;
    if (!b->driving)
        rig_stop(r, 1);
}

/* --- the report --- */

static int report(struct bench_desk *b)
{
    bool reached = samples_percentile(&b->ring, 95) <= TARGET_RING && samples_percentile(&b->seen, 95) <= TARGET_RING && samples_percentile(&b->audio, 95) <= TARGET_AUDIO;

    if (b->json) {
        json_t *j = json_object();

        jx_set_str(j, "bench", "desk");
        jx_set(j, "offer_to_invite_ms", samples_json(&b->ring));
        jx_set(j, "offer_to_event_ms", samples_json(&b->seen));
        jx_set(j, "accept_to_audio_ms", samples_json(&b->audio));
        jx_set(j, "event_to_client_ms", samples_json(&b->event));
        jx_set_bool(j, "reached", reached);
        jx_print_line(j);
        json_decref(j);
        return 0;
    }
    printf("%d of %d handoffs\n", b->done, b->rounds);
    samples_print("offer to INVITE at the telephone", &b->ring);
    samples_print("offer to event at a page", &b->seen);
    samples_print("click to audio heard by both", &b->audio);
    samples_print("any event, from its instant to a client", &b->event);
    printf("targets: offer to ring p95 <= %d ms, accept to both-ways audio p95 <= %d ms: %s\n", TARGET_RING, TARGET_AUDIO, reached ? "reached" : "MISSED");
    return 0;
}

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench desk: %s\n\n", why);
    fputs("usage: baton bench desk [--handoffs N] [--json]\n\n"
          "  --handoffs N   prospects handed over, one after another (50)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

static int run(struct bench_desk *b)
{
    char people[CONFIG_TEXT_MAX];
    int code;

    sem_init(&b->news, 0, 0);
    b->phones[PROSPECT_PHONE].user = "prospect";
    b->phones[CLOSER_PHONE].user = "closer";
    b->far = (struct bench_far){.phones = b->phones, .count = PHONES, .news = &b->news};
    bench_people_path(people, sizeof people, "bench.yaml");
    code = rig_run(&(struct rig_params){.people_file = people, .carrier_port = UNUSED_PORT, .no_speech = true, .any_hour = true, .log_level = "error", .on_ready = on_ready, .on_over = on_over, .arg = b});
    if (code == 0)
        code = report(b);
    else
        fprintf(stderr, "baton bench desk: %d of %d handoffs, then something did not come in time\n", b->done, b->rounds);
    samples_release(&b->ring);
    samples_release(&b->seen);
    samples_release(&b->audio);
    samples_release(&b->event);
    sem_destroy(&b->news);
    return code;
}

int cmd_bench_desk(int argc, char **argv)
{
    static struct bench_desk b = {.rounds = ROUNDS};
    long long n;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            b.json = true;
        else if (strcmp(argv[i], "--handoffs") == 0 && i + 1 < argc && text_int(&n, argv[++i], 1, ROUNDS_MAX) == 0)
            b.rounds = (int)n;
        else
            return usage(argv[i]);
    }
    return run(&b);
}
