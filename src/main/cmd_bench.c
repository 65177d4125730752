/* cmd_bench.c - `baton bench WHAT`: measurements that print numbers. */
#include <stdio.h>
#include <string.h>

#include "main/cmd.h"

#include "base/banned.h"

struct bench { const char *name; int (*run)(int argc, char **argv); const char *help; };

static const struct bench benches[] = {
    {"media", cmd_bench_media, "CPU, memory and late frames of AI legs and of bridged calls over real RTP"},
    {"turn", cmd_bench_turn, "the latency ledger over spoken turns of the demo"},
    {"barge", cmd_bench_barge, "how fast our voice is silent when somebody speaks over it"},
    {"eot", cmd_bench_eot, "the wait for the end of a turn against turns taken too early, on labelled pauses"},
    {"lines", cmd_bench_lines, "noise, faint voices, echo, loss and jitter: words, interruptions, turns"},
    {"calls", cmd_bench_calls, "whole AI conversations at once: turn latency against their number"},
    {"intake", cmd_bench_intake, "leads per second accepted durably, and POST to INVITE"},
    {"desk", cmd_bench_desk, "handoffs: offer to ring, click to audio in both ways, event to client"},
    {"amd", cmd_bench_amd, "who answered, on labelled greetings: people, voicemails, menus, screeners"},
    {"talk", cmd_bench_talk, "labelled dialogues and utterances: how much is understood rightly"},
};

static int usage(FILE *out, int code)
{
    fputs("usage: baton bench media|turn|barge|eot|lines|calls|intake|desk|amd|talk [OPTIONS]\n\n", out);
    for (size_t i = 0; i < sizeof benches / sizeof benches[0]; i++)
        fprintf(out, "  %-8s %s\n", benches[i].name, benches[i].help);
    return code;
}

int cmd_bench(int argc, char **argv)
{
    if (argc < 2)
        return usage(stderr, EXIT_USAGE);
    for (size_t i = 0; i < sizeof benches / sizeof benches[0]; i++)
        if (strcmp(argv[1], benches[i].name) == 0)
            return benches[i].run(argc - 1, argv + 1);
    return usage(strcmp(argv[1], "--help") == 0 ? stdout : stderr, strcmp(argv[1], "--help") == 0 ? 0 : EXIT_USAGE);
}
