/* cmd_report.c - `baton report latency`: how long turns took, step by step, from the ledgers in the database. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/bench_stats.h"
#include "main/cmd.h"
#include "main/config.h"
#include "store/entities.h"

#include "base/banned.h"

enum { STEPS = 5, BARGES = 3, OVERLAPS = 3, DAY_MS = 86400000, DAYS_MAX = 3650 };

static const char *const steps[STEPS] = {"end_of_turn", "stt_final", "decided", "first_audio_queued", "first_rtp"};
static const char *const barges[BARGES] = {"silent", "detected", "decided"};
static const char *const overlaps[OVERLAPS] = {"began", "went_on", "both"};

struct report {
    int64_t since;
    json_t *rows;
    int turns, interruptions, asides;
    struct samples step[STEPS], barge[BARGES], overlap[OVERLAPS];
};

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton report: %s\n\n", why);
    fputs("usage: baton report latency [--store sqlite:PATH] [--days N] [--json]\n\n"
          "Milliseconds of each step of a turn since the prospect's last voiced sample, and of interruptions since their first sound; how long both spoke by our doing.\n"
          "  --store URL     the database (that of the configuration)\n"
          "  --days N        calls of the last N days (30)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

static int read_rows(struct tx *tx, void *arg)
{
    struct report *r = arg;

    return turn_ledgers(tx, r->since, &r->rows);
}

static void take_overlap(struct report *r, const json_t *overlap)
{
    double began = jx_num(overlap, "began", 0), went_on = jx_num(overlap, "went_on", 0);

    if (!json_is_object(overlap))
        return;
    samples_add(&r->overlap[0], began);
    samples_add(&r->overlap[1], went_on);
    samples_add(&r->overlap[2], began + went_on);
}

static void take(struct report *r, const json_t *ledger)
{
    const json_t *barge = json_object_get(ledger, "barge_in");

    take_overlap(r, json_object_get(ledger, "overlap"));
    r->asides += jx_bool(ledger, "aside", false);
    r->interruptions += json_is_object(barge);
    for (int i = 0; json_is_object(barge) && i < BARGES; i++)
        samples_add(&r->barge[i], jx_num(barge, barges[i], 0));
    if (!json_is_number(json_object_get(ledger, "first_rtp")))
        return;
    r->turns++;
    for (int i = 0; i < STEPS; i++)
        samples_add(&r->step[i], jx_num(ledger, steps[i], 0));
}

static json_t *percentiles(struct samples *s)
{
    return json_pack("{s:i,s:f,s:f,s:f,s:f}", "n", (int)s->n, "p50", samples_percentile(s, 50), "p90", samples_percentile(s, 90), "p95", samples_percentile(s, 95), "p99", samples_percentile(s, 99));
}

static json_t *group(struct samples *s, const char *const *names, int n)
{
    json_t *j = json_object();

    for (int i = 0; i < n; i++)
        jx_set(j, names[i], percentiles(&s[i]));
    return j;
}

static void print_json(struct report *r)
{
    json_t *j = json_object();

    jx_set_str(j, "report", "latency");
    jx_set_int(j, "since", r->since);
    jx_set_int(j, "turns", r->turns);
    jx_set_int(j, "interruptions", r->interruptions);
    jx_set_int(j, "asides", r->asides);
    jx_set(j, "turn_ms", group(r->step, steps, STEPS));
    jx_set(j, "barge_in_ms", group(r->barge, barges, BARGES));
    jx_set(j, "overlap_ms", group(r->overlap, overlaps, OVERLAPS));
    jx_print_line(j);
    json_decref(j);
}

static void print_group(struct samples *s, const char *const *names, int n)
{
    for (int i = 0; i < n; i++)
        printf("  %-20s %7.0f %7.0f %7.0f %7.0f\n", names[i], samples_percentile(&s[i], 50), samples_percentile(&s[i], 90), samples_percentile(&s[i], 95), samples_percentile(&s[i], 99));
}

static void print_text(struct report *r)
{
    printf("%d turns; milliseconds since the prospect's last voiced sample\n  %-20s %7s %7s %7s %7s\n", r->turns, "", "p50", "p90", "p95", "p99");
    print_group(r->step, steps, STEPS);
    printf("%d interruptions that took the turn, %d listener's signals that did not; milliseconds since their first sound\n", r->interruptions, r->asides);
    print_group(r->barge, barges, BARGES);
    printf("%d turns in which we spoke into their words; milliseconds: we began while they spoke, we went on for more than a pause takes\n", (int)r->overlap[0].n);
    print_group(r->overlap, overlaps, OVERLAPS);
}

static int open_store(struct store **sp, const char *url, char *why, size_t why_size)
{
    char own[CONFIG_TEXT_MAX + 32];
    struct config c;

    config_init(&c);
    if (c.store_url[0] != '\0')
        (void)text_copy(own, sizeof own, c.store_url);
    else
        snprintf(own, sizeof own, "sqlite:%s/baton.db", c.data_dir);
    return store_open(sp, url != NULL ? url : own, why, why_size);
}

static int latency(const char *url, long long days, bool json)
{
    struct report r = {.since = clock_now_ms() - days * DAY_MS};
    struct store *store = NULL;
    char why[300] = "";
    json_t *row;
    size_t i;
    int err = open_store(&store, url, why, sizeof why);

    if (!err)
        err = store_read(store, read_rows, &r);
    if (err)
        fprintf(stderr, "baton report: %s\n", why[0] != '\0' ? why : strerror(err));
    json_array_foreach(r.rows, i, row) take(&r, json_object_get(row, "ledger"));
    if (!err && json)
        print_json(&r);
    else if (!err)
        print_text(&r);
    if (store != NULL)
        store_close(store);
    obj_unref(store);
    json_decref(r.rows);
    for (int k = 0; k < STEPS; k++)
        samples_release(&r.step[k]);
    for (int k = 0; k < BARGES; k++)
        samples_release(&r.barge[k]);
    for (int k = 0; k < OVERLAPS; k++)
        samples_release(&r.overlap[k]);
    return err != 0;
}

int cmd_report(int argc, char **argv)
{
    const char *url = NULL;
    long long days = 30;
    bool json = false;

    if (argc > 1 && (strcmp(argv[1], "--help") == 0))
        return usage(NULL);
    if (argc < 2 || strcmp(argv[1], "latency") != 0)
        return usage(argc < 2 ? "which report?" : argv[1]);
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--store") == 0 && i + 1 < argc)
            url = argv[++i];
        else if (strcmp(argv[i], "--days") == 0 && i + 1 < argc && text_int(&days, argv[i + 1], 1, DAYS_MAX) == 0)
            i++;
        else
            return usage(argv[i]);
    }
    return latency(url, days, json);
}
