/* main.c - `baton COMMAND ...`: finds the command and runs it. */
#include <stdio.h>
#include <string.h>

#include "main/cmd.h"

#include "base/banned.h"

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
};

static const struct command commands[] = {
    {"serve", cmd_serve, "run the system: API, web app, telephone line"},
    {"demo", cmd_demo, "serve with a simulated carrier, prospects and closers; --once --json for one checked call"},
    {"chat", cmd_chat, "talk to a scenario in the terminal; --jsonl for scripts"},
    {"understand", cmd_understand, "show what one utterance means; --jsonl for scripts"},
    {"simulate", cmd_simulate, "people and cases against a scenario: text at full speed, or whole calls by voice"},
    {"phone", cmd_phone, "the simulated carrier: numbers that behave like people, machines and closers"},
    {"scenario", cmd_scenario, "lint or show a scenario file"},
    {"import", cmd_import, "bring leads in from a CSV file"},
    {"transcribe", cmd_transcribe, "print what the ears hear in a WAV file"},
    {"report", cmd_report, "from the database: latency of turns, step by step"},
    {"bench", cmd_bench, "measure: media, turns, interruptions, bad lines, calls at once, intake, understanding"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static int help(FILE *out, int code)
{
    fputs("Baton: the AI talks to every lead, humans talk only to buyers.\n\nusage: baton COMMAND [OPTIONS]\n\n", out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-12s %s\n", commands[i].name, commands[i].help);
    fputs("\n`baton COMMAND --help` tells the options.\n", out);
    return code;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return help(stderr, EXIT_USAGE);
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help(stdout, 0);
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
        puts("baton " BATON_VERSION);
        return 0;
    }
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "baton: no command \"%s\"\n\n", argv[1]);
    return help(stderr, EXIT_USAGE);
}
