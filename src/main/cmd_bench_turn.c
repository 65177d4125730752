/* cmd_bench_turn.c - `baton bench turn`: how long after the prospect's last voiced sample does our voice leave? By the system's own ledger, and from outside. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/config.h"

#include "base/banned.h"

enum { TARGET_P50 = 450, TARGET_P95 = 900, TARGET_OPENING = 20, LIMIT_S = 600 };

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench turn: %s\n\n", why);
    fputs("usage: baton bench turn [--turns N] [--at-once N] [--people FILE] [--json]\n\n"
          "  --turns N       spoken turns to measure (30)\n"
          "  --at-once N     conversations at the same time (1)\n"
          "  --people FILE   who is called (personas/demo.yaml)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

static bool reached(struct talks_result *r)
{
    return samples_percentile(&r->step[STEP_FIRST_RTP], 50) <= TARGET_P50 && samples_percentile(&r->step[STEP_FIRST_RTP], 95) <= TARGET_P95 &&
           samples_percentile(&r->opening, 95) <= TARGET_OPENING;
}

static void print_json(struct talks_result *r)
{
    json_t *j = json_object(), *steps = json_object();

    for (int i = 0; i < STEP_COUNT; i++)
        jx_set(steps, talk_step_names[i], samples_json(&r->step[i]));
    jx_set_str(j, "bench", "turn");
    jx_set_int(j, "calls", r->calls);
    jx_set(j, "ledger_ms", steps);
    jx_set(j, "opening_ms", samples_json(&r->opening));
    jx_set(j, "far_end_gap_ms", samples_json(&r->gap));
    jx_set_int(j, "interrupted_sentences", r->cut_turns);
    jx_set_bool(j, "reached", reached(r));
    jx_print_line(j);
    json_decref(j);
}

static void print_text(struct talks_result *r)
{
    printf("%d calls, %zu turns; milliseconds since the prospect's last voiced sample (cumulative), by the ledger\n", r->calls, r->step[0].n);
    for (int i = 0; i < STEP_COUNT; i++)
        samples_print(talk_step_names[i], &r->step[i]);
    puts("from outside: silence between the voices on the simulated carrier's recordings (network, jitter buffers of both ends and frame pacing included;\n"
         "the ledger counts from the sample's time on our media thread, after our jitter buffer)");
    samples_print("far end", &r->gap);
    puts("from the answer to the first audio of the opening");
    samples_print("opening", &r->opening);
    printf("%d sentences of ours were interrupted\n", r->cut_turns);
    printf("targets: turn p50 <= %d, p95 <= %d, opening p95 <= %d ms: %s\n", TARGET_P50, TARGET_P95, TARGET_OPENING, reached(r) ? "reached" : "MISSED");
}

int cmd_bench_turn(int argc, char **argv)
{
    static char people[CONFIG_TEXT_MAX];
    struct talks_params p = {.people_file = people, .at_once = 1, .turns = 30, .limit_s = LIMIT_S, .ears = 1, .voice = 1, .people_ears = 1};
    struct talks_result r = {0};
    bool json = false;
    long long n;
    int code;

    bench_people_path(people, sizeof people, "demo.yaml");
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--turns") == 0 && i + 1 < argc && text_int(&n, argv[++i], 1, 1000) == 0)
            p.turns = (int)n;
        else if (strcmp(argv[i], "--at-once") == 0 && i + 1 < argc && text_int(&n, argv[++i], 1, 50) == 0)
            p.at_once = (int)n;
        else if (strcmp(argv[i], "--people") == 0 && i + 1 < argc)
            (void)text_copy(people, sizeof people, argv[++i]);
        else
            return usage(argv[i]);
    }
    code = bench_talks_run(&r, &p);
    if (code == 0) {
        if (json)
            print_json(&r);
        else
            print_text(&r);
        code = r.step[0].n == 0;
    }
    bench_talks_release(&r);
    return code;
}
