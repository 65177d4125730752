/* cmd_bench_barge.c - `baton bench barge`: people speak over our voice; how soon is it silent? By our ledger, and by the packets at the carrier. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/config.h"

#include "base/banned.h"

enum { TARGET_P95 = 80, LIMIT_S = 300, AT_ONCE_MAX = 8 };

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench barge: %s\n\n", why);
    fputs("usage: baton bench barge [--calls N] [--ears N] [--people FILE] [--json]\n\n"
          "  --calls N       calls at the same time, one to each person (6; at most 8)\n"
          "  --ears N        recogniser processes (1)\n"
          "  --people FILE   who is called (personas/barge.yaml)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

static bool reached(struct talks_result *r)
{
    return r->barge_wire.n > 0 && samples_percentile(&r->barge_wire, 95) <= TARGET_P95;
}

static void print_json(struct talks_result *r)
{
    json_t *j = json_object();

    jx_set_str(j, "bench", "barge");
    jx_set_int(j, "calls", r->calls);
    jx_set(j, "wire_ms", samples_json(&r->barge_wire));
    jx_set(j, "ledger_silent_ms", samples_json(&r->barge_silent));
    jx_set(j, "ledger_detected_ms", samples_json(&r->barge_detected));
    jx_set(j, "overlap_ms", samples_json(&r->overlap));
    jx_set_int(j, "went_on_after_a_signal", r->barge_void);
    jx_set_int(j, "talked_through", r->barge_ignored);
    jx_set_bool(j, "reached", reached(r));
    jx_print_line(j);
    json_decref(j);
}

static void print_text(struct talks_result *r)
{
    puts("at the carrier: from the packet with their first sound to the last packet of ours with sound");
    samples_print("wire", &r->barge_wire);
    puts("by the ledger, where we yielded: from the beginning of their first packet until our voice was silent, and until it was sure that they speak");
    samples_print("silent", &r->barge_silent);
    samples_print("detected", &r->barge_detected);
    puts("both voices at once by our doing, of each turn of theirs");
    samples_print("overlap", &r->overlap);
    printf("%d signals of a listener after which we went on; %d interruptions that we talked through\n", r->barge_void, r->barge_ignored);
    printf("target: wire p95 <= %d ms: %s\n", TARGET_P95, reached(r) ? "reached" : "MISSED");
}

int cmd_bench_barge(int argc, char **argv)
{
    static char people[CONFIG_TEXT_MAX];
    struct talks_params p = {.people_file = people, .at_once = 6, .limit_s = LIMIT_S, .ears = 1, .voice = 1, .people_ears = -1};
    struct talks_result r = {0};
    bool json = false;
    long long n;
    int code;

    bench_people_path(people, sizeof people, "barge.yaml");
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--calls") == 0 && i + 1 < argc && text_int(&n, argv[++i], 1, AT_ONCE_MAX) == 0)
            p.at_once = (int)n;
        else if (strcmp(argv[i], "--ears") == 0 && i + 1 < argc && text_int(&n, argv[++i], 1, 8) == 0)
            p.ears = (int)n;
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
        code = r.barge_wire.n == 0;
    }
    bench_talks_release(&r);
    return code;
}
