/* cmd_bench_intake.c - `baton bench intake`: leads over real HTTP, answered when they are durable, and the INVITE that follows at a SIP peer.
 *
 * First at a fixed rate (POST to 202, POST to INVITE), then as fast as the connections can (leads a second). Each lead has a number of its own; afterwards rows
 * and INVITEs are counted. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "main/bench_sink.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/post.h"
#include "main/rig.h"
#include "store/entities.h"

#include "base/banned.h"

enum { CLIENTS = 8, LEADS_MAX = BENCH_NUMBERS / 2, SLOTS = 1000, TARGET_P99 = 100, DRAIN_MS = 20000, DRAIN_STEP_MS = 20 };

struct phase {
    int first, count, rate;       /* rate 0: as fast as it goes */
    int64_t began_us, ended_us;
    atomic_int next, refused;
};

struct intake {
    int leads, rate;
    bool json;
    struct rig *rig;
    struct bench_sink *sink;
    pthread_t driver;
    bool driving, finished;
    atomic_bool stop;             /* interrupted */
    struct phase paced, flood;
    int64_t rows;
    int64_t sent_us[BENCH_NUMBERS], taken_us[BENCH_NUMBERS];
};

struct client { struct intake *in; struct phase *phase; pthread_t thread; };

static void wait_until(int64_t mono_us)
{
    struct timespec ts = {.tv_sec = mono_us / 1000000, .tv_nsec = mono_us % 1000000 * 1000};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL) == EINTR)
        ;
}

static void post_one(struct intake *in, struct phase *ph, struct poster *poster, int k)
{
    char number[BENCH_NUMBER_MAX], name[32], why[128];
    json_t *body, *answer = NULL;
    int i = ph->first + k, status = 0;

    bench_number(number, i);
    snprintf(name, sizeof name, "Bench %d", i);
    body = json_pack("{s:s,s:s,s:s,s:{s:s,s:s,s:s}}", "phone", number, "name", name, "source", "demo_request", "consent", "text", "Call me about my request.", "source", "web form", "ip",
                     "127.0.0.1");
    if (ph->rate > 0)
        wait_until(ph->began_us + (int64_t)k * 1000000 / ph->rate);
    in->sent_us[i] = clock_mono_us();
    if (poster_send(poster, "/api/v1/leads", body, &status, &answer, why, sizeof why) == 0 && status == 202)
        in->taken_us[i] = clock_mono_us();
    else
        atomic_fetch_add(&ph->refused, 1);
    json_decref(answer);
    json_decref(body);
}

static void *client_main(void *arg)
{
    struct client *c = arg;
    char base[64];
    struct poster *poster;

    snprintf(base, sizeof base, "http://127.0.0.1:%d", http_port(rig_app(c->in->rig)->http));
    if (poster_alloc(&poster, base, rig_token(c->in->rig)) != 0)
        return NULL;
    for (;;) {
        int k = atomic_fetch_add(&c->phase->next, 1);

        if (k >= c->phase->count || atomic_load(&c->in->stop))
            break;
        post_one(c->in, c->phase, poster, k);
    }
    poster_free(poster);
    return NULL;
}

/* All of a phase: posted, and called or given up. */
static void run_phase(struct intake *in, struct phase *ph)
{
    struct client clients[CLIENTS];
    int n = 0, goal = ph->first + ph->count;

    ph->began_us = clock_mono_us();
    for (; n < CLIENTS; n++) {
        clients[n] = (struct client){.in = in, .phase = ph};
        if (pthread_create(&clients[n].thread, NULL, client_main, &clients[n]) != 0)
            break;
    }
    while (n > 0)
        pthread_join(clients[--n].thread, NULL);
    ph->ended_us = clock_mono_us();
    for (int64_t ms = 0; ms < DRAIN_MS && bench_sink_count(in->sink) < goal && !atomic_load(&in->stop); ms += DRAIN_STEP_MS)
        wait_until(clock_mono_us() + DRAIN_STEP_MS * 1000);
}

static int count_rows(struct tx *tx, void *arg)
{
    struct intake *in = arg;
    json_t *counts = NULL, *v;
    const char *state;
    int err = lead_count_by_state(tx, &counts);

    json_object_foreach(counts, state, v) in->rows += json_integer_value(v);
    json_decref(counts);
    return err;
}

static void *driver_main(void *arg)
{
    struct intake *in = arg;

    run_phase(in, &in->paced);
    run_phase(in, &in->flood);
    in->finished = !atomic_load(&in->stop) && store_read(rig_app(in->rig)->store, count_rows, in) == 0;
    rig_stop(in->rig, 0);
    return NULL;
}

/* The end, or Ctrl-C in the middle: the driver is done with the rig before this goes. */
static void on_over(void *arg)
{
    struct intake *in = arg;

    atomic_store(&in->stop, true);
    if (in->driving)
        pthread_join(in->driver, NULL);
}

static void on_ready(struct rig *r, void *arg)
{
    struct intake *in = arg;

    in->rig = r;
    in->driving = pthread_create(&in->driver, NULL, driver_main, in) == 0;
    if (!in->driving)
        rig_stop(r, 1);
}

/* --- the report --- */

static void latencies(struct samples *taken, struct samples *called, const struct intake *in, const struct phase *ph)
{
    for (int i = ph->first; i < ph->first + ph->count; i++) {
        int64_t seen = bench_sink_seen_us(in->sink, i);

        if (in->taken_us[i] > 0)
            samples_add(taken, (double)(in->taken_us[i] - in->sent_us[i]) / 1000.0);
        if (seen > 0)
            samples_add(called, (double)(seen - in->sent_us[i]) / 1000.0);
    }
}

static double per_second(const struct phase *ph)
{
    return ph->ended_us > ph->began_us ? (double)ph->count * 1e6 / (double)(ph->ended_us - ph->began_us) : 0;
}

static void print_phase(const char *what, struct phase *ph, struct samples *taken, struct samples *called)
{
    printf("%s: %.0f leads/s over %d connections\n", what, per_second(ph), CLIENTS);
    printf("  POST to 202 (durable)  p50 %7.1f   p99 %7.1f   max %7.1f ms   (%zu)\n", samples_percentile(taken, 50), samples_percentile(taken, 99), samples_percentile(taken, 100), taken->n);
    printf("  POST to INVITE         p50 %7.1f   p99 %7.1f   max %7.1f ms   (%zu)\n", samples_percentile(called, 50), samples_percentile(called, 99), samples_percentile(called, 100), called->n);
}

static json_t *phase_json(struct phase *ph, struct samples *taken, struct samples *called)
{
    json_t *j = json_object();

    jx_set_num(j, "leads_per_second", per_second(ph));
    jx_set_int(j, "refused", atomic_load(&ph->refused));
    jx_set(j, "post_to_202_ms", samples_json(taken));
    jx_set(j, "post_to_invite_ms", samples_json(called));
    return j;
}

static int report(struct intake *in)
{
    struct samples taken[2] = {{0}}, called[2] = {{0}};
    int all = 2 * in->leads, invites = bench_sink_count(in->sink);
    bool lost = in->rows != all || invites != all, reached;

    latencies(&taken[0], &called[0], in, &in->paced);
    latencies(&taken[1], &called[1], in, &in->flood);
    reached = !lost && samples_percentile(&called[0], 99) <= TARGET_P99;
    if (in->json) {
        json_t *j = json_object();

        jx_set_str(j, "bench", "intake");
        jx_set(j, "paced", phase_json(&in->paced, &taken[0], &called[0]));
        jx_set(j, "flood", phase_json(&in->flood, &taken[1], &called[1]));
        jx_set_int(j, "leads", all);
        jx_set_int(j, "rows", in->rows);
        jx_set_int(j, "invites", invites);
        jx_set_bool(j, "reached", reached);
        jx_print_line(j);
        json_decref(j);
    } else {
        print_phase("at a fixed rate", &in->paced, &taken[0], &called[0]);
        print_phase("as fast as it goes", &in->flood, &taken[1], &called[1]);
        printf("%d leads sent, %lld rows, %d numbers called: %s\n", all, (long long)in->rows, invites, lost ? "SOME LOST" : "none lost");
        printf("target: POST to INVITE p99 <= %d ms at %d leads/s: %s\n", TARGET_P99, in->rate, reached ? "reached" : "MISSED");
    }
    for (int i = 0; i < 2; i++) {
        samples_release(&taken[i]);
        samples_release(&called[i]);
    }
    return lost;
}

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench intake: %s\n\n", why);
    fputs("usage: baton bench intake [--leads N] [--rate N] [--json]\n\n"
          "  --leads N   leads of each of the two runs (1000; at most 2000)\n"
          "  --rate N    leads a second in the first run (100)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

static int interrupted(void)
{
    fputs("baton bench intake: interrupted, no numbers\n", stderr);
    return 1;
}

static int run(struct intake *in)
{
    char people[CONFIG_TEXT_MAX];
    int err = bench_sink_start(&in->sink, 2 * in->leads), code;

    if (err) {
        fprintf(stderr, "baton bench intake: %s\n", strerror(err));
        return 1;
    }
    bench_people_path(people, sizeof people, "bench.yaml");
    in->paced = (struct phase){.first = 0, .count = in->leads, .rate = in->rate};
    in->flood = (struct phase){.first = in->leads, .count = in->leads};
    code = rig_run(&(struct rig_params){.people_file = people, .carrier_port = bench_sink_port(in->sink), .no_speech = true, .any_hour = true, .slots = SLOTS, .log_level = "error",
                                        .on_ready = on_ready, .on_over = on_over, .arg = in});
    if (code == 0 && in->finished)
        code = report(in);
    else if (code == 0)
        code = interrupted();
    bench_sink_stop(in->sink);
    return code;
}

int cmd_bench_intake(int argc, char **argv)
{
    static struct intake in = {.leads = 1000, .rate = 100};
    long long n;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            in.json = true;
        else if (strcmp(argv[i], "--leads") == 0 && i + 1 < argc && text_int(&n, argv[++i], 1, LEADS_MAX) == 0)
            in.leads = (int)n;
        else if (strcmp(argv[i], "--rate") == 0 && i + 1 < argc && text_int(&n, argv[++i], 1, 100000) == 0)
            in.rate = (int)n;
        else
            return usage(argv[i]);
    }
    return run(&in);
}
