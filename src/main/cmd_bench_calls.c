/* cmd_bench_calls.c - `baton bench calls`: N whole conversations at once, everything local, for growing N. Each N runs in a fresh process. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/config.h"

#include "base/banned.h"

enum { AT_ONCE_MAX = 40, TARGET_N = 24, TARGET_P95 = 1200, LIMIT_S = 300, LINE_BYTES = 8192 };

static const int steps[] = {1, 2, 4, 8, 12, 16, 20, 24, 32, 40};

struct options { int max, only, ears, voice; bool json; char people[CONFIG_TEXT_MAX]; };

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench calls: %s\n\n", why);
    fputs("usage: baton bench calls [--max N] [--only N] [--ears N] [--voice N] [--people FILE] [--json]\n\n"
          "  --max N         1, 2, 4, 8 ... up to N conversations at once (24; at most 40)\n"
          "  --only N        just this number of them\n"
          "  --ears N        recogniser processes of the system (2)\n"
          "  --voice N       its voice processes (1)\n"
          "  --people FILE   who is called (personas/bench.yaml: people who go by timing, without a recogniser)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

/* One number of conversations, in this process. */
static int measure(json_t **out, const struct options *o)
{
    struct talks_params p = {.people_file = o->people, .at_once = o->only, .limit_s = LIMIT_S, .ears = o->ears, .voice = o->voice, .people_ears = -1};
    struct talks_result r = {0};
    int code = bench_talks_run(&r, &p);

    if (code == 0) {
        json_t *j = json_object();

        jx_set_int(j, "conversations", o->only);
        jx_set(j, "turn_ms", samples_json(&r.step[STEP_FIRST_RTP]));
        jx_set(j, "stt_final_ms", samples_json(&r.step[STEP_STT_FINAL]));
        jx_set(j, "decided_ms", samples_json(&r.step[STEP_DECIDED]));
        jx_set(j, "opening_ms", samples_json(&r.opening));
        jx_set(j, "far_end_gap_ms", samples_json(&r.gap));
        jx_set_int(j, "ended", r.calls);
        jx_set_int(j, "without_turns", r.failed);
        jx_set_int(j, "interrupted_sentences", r.cut_turns);
        jx_set_num(j, "cpu_share_of_a_core", r.seconds > 0 ? r.cpu_s / r.seconds : 0);
        jx_set_num(j, "seconds", r.seconds);
        *out = j;
    }
    bench_talks_release(&r);
    return code;
}

/* The same in a process of its own. */
static int measure_apart(json_t **out, const struct options *o, int n)
{
    char self[512], command[1600], line[LINE_BYTES], why[128];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    bool told = false;
    FILE *f;

    if (len <= 0)
        return errno;
    self[len] = '\0';
    snprintf(command, sizeof command, "'%s' bench calls --json --only %d --ears %d --voice %d --people '%s'", self, n, o->ears, o->voice, o->people);
    f = popen(command, "r");
    if (f == NULL)
        return errno;
    while (fgets(line, sizeof line, f) != NULL)
        told = told || jx_parse(out, line, strlen(line), sizeof line, why, sizeof why) == 0;
    return pclose(f) == 0 && told ? 0 : EIO;
}

static double of(const json_t *row, const char *what, const char *percentile)
{
    return jx_num(json_object_get(row, what), percentile, 0);
}

static void print_row(const json_t *row)
{
    printf("%5lld   %6.0f %6.0f   %6.0f %6.0f   %6.0f   %6.0f %6.0f   %5lld   %3lld of %lld   %5.2f\n", (long long)jx_int(row, "conversations", 0), of(row, "turn_ms", "p50"),
           of(row, "turn_ms", "p95"), of(row, "stt_final_ms", "p50"), of(row, "stt_final_ms", "p95"), of(row, "opening_ms", "p95"), of(row, "far_end_gap_ms", "p50"),
           of(row, "far_end_gap_ms", "p95"), (long long)jx_int(json_object_get(row, "turn_ms"), "n", 0), (long long)jx_int(row, "ended", 0), (long long)jx_int(row, "conversations", 0),
           jx_num(row, "cpu_share_of_a_core", 0));
    fflush(stdout);
}

static void print_head(const struct options *o)
{
    printf("whole conversations at once: speech, language and telephony local, %d recogniser and %d voice processes, on %ld processors; the prospects go by\n"
           "timing (no recogniser), their voice and line run on the same machine. Milliseconds since the prospect's last voiced sample.\n\n"
           "calls   turn p50    p95   text p50    p95   open p95   far p50  p95   turns   ended       cores\n",
           o->ears, o->voice, sysconf(_SC_NPROCESSORS_ONLN));
    fflush(stdout);
}

static int ladder(const struct options *o)
{
    json_t *rows = json_array(), *out = json_object();
    bool reached = false;
    int err = 0;

    if (!o->json)
        print_head(o);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && steps[i] <= o->max && !err; i++) {
        json_t *row = NULL;

        err = measure_apart(&row, o, steps[i]);
        if (err)
            break;
        if (!o->json)
            print_row(row);
        if (steps[i] == TARGET_N)
            reached = of(row, "turn_ms", "p95") <= TARGET_P95 && jx_int(row, "ended", 0) == TARGET_N;
        json_array_append_new(rows, row);
    }
    jx_set_str(out, "bench", "calls");
    jx_set_str(out, "prospects", "by timing, without a recogniser");
    jx_set(out, "rows", rows);
    jx_set_bool(out, "reached", reached);
    if (o->json)
        jx_print_line(out);
    else if (o->max >= TARGET_N)
        printf("\ntarget: %d at once with turn p95 <= %d ms: %s\n", TARGET_N, TARGET_P95, reached ? "reached" : "MISSED");
    json_decref(out);
    return err ? 1 : 0;
}

static int single(const struct options *o)
{
    json_t *row = NULL;
    int code = measure(&row, o);

    if (code == 0 && o->json)
        jx_print_line(row);
    else if (code == 0) {
        print_head(o);
        print_row(row);
    }
    json_decref(row);
    return code;
}

int cmd_bench_calls(int argc, char **argv)
{
    static struct options o = {.max = 24, .ears = 2, .voice = 1};
    const struct { const char *name; int *value; int max; } numbers[] = {{"--max", &o.max, AT_ONCE_MAX}, {"--only", &o.only, AT_ONCE_MAX}, {"--ears", &o.ears, 8}, {"--voice", &o.voice, 8}};

    bench_people_path(o.people, sizeof o.people, "bench.yaml");
    for (int i = 1; i < argc; i++) {
        bool taken = strcmp(argv[i], "--json") == 0;
        long long n;

        o.json |= taken;
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--people") == 0 && i + 1 < argc)
            taken = text_copy(o.people, sizeof o.people, argv[++i]);
        for (size_t k = 0; k < sizeof numbers / sizeof numbers[0] && !taken; k++)
            if (strcmp(argv[i], numbers[k].name) == 0 && i + 1 < argc && text_int(&n, argv[i + 1], 1, numbers[k].max) == 0) {
                *numbers[k].value = (int)n;
                taken = true;
                i++;
            }
        if (!taken)
            return usage(argv[i]);
    }
    return o.only > 0 ? single(&o) : ladder(&o);
}
