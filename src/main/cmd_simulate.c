/* cmd_simulate.c - `baton simulate`: people and cases against a scenario, as text or over the simulated carrier. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/simulate.h"

#include "base/banned.h"

enum { PATHS_MAX = 64 };

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton simulate: %s\n\n", why);
    fputs("usage: baton simulate [CASE.yaml | FOLDER ...] [OPTIONS]\n"
          "       baton simulate --from-call ID --data DIR > CASE.yaml\n\n"
          "Without a case, everybody of the people file who is expected to come to something. As text, at full speed, or by voice:\n"
          "real SIP, RTP, recognition and synthesis on this machine.\n\n"
          "  --people FILE     simulated people (personas/simulate.yaml)\n"
          "  --scenario FILE   what they are called about (scenarios/demo-request.yaml); a case may name its own\n"
          "  --only TEXT       just those people with this in their name\n"
          "  --runs N          each with N seeds: other wordings on both sides (what a case says, else 1)\n"
          "  --seed N          the first seed (0)\n"
          "  --min-rate P      percent of the runs that must pass (100; by voice 90): exit 1 below\n"
          "  --no-model        understand by rules and words only\n"
          "  --json            one object\n"
          "  --voice           by voice: --calls N (40) in all, --at-once N (4), --ears N (2) and --people-ears N (2) recogniser processes,\n"
          "                    --data DIR keeps database and recordings\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

struct arguments { struct sim_options *o; const char *paths[PATHS_MAX], *from_call; size_t count; bool help; };

static bool take_number(struct arguments *a, const char *name, const char *value)
{
    const struct { const char *name; int *to, min, max; } numbers[] = {
        {"--runs", &a->o->runs, 1, SIM_RUNS_MAX}, {"--seed", &a->o->seed, 0, 1 << 30},        {"--min-rate", &a->o->min_percent, 0, 100},   {"--calls", &a->o->calls, 1, SIM_CALLS_MAX},
        {"--at-once", &a->o->at_once, 1, SIM_AT_ONCE_MAX}, {"--ears", &a->o->ears, 1, 8}, {"--people-ears", &a->o->people_ears, 1, 8}};
    long long n;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (strcmp(numbers[i].name, name) == 0 && text_int(&n, value, numbers[i].min, numbers[i].max) == 0) {
            *numbers[i].to = (int)n;
            return true;
        }
    return false;
}

static bool take_text(struct arguments *a, const char *name, const char *value)
{
    if (strcmp(name, "--people") == 0)
        return text_copy(a->o->people, sizeof a->o->people, value);
    if (strcmp(name, "--scenario") == 0)
        return text_copy(a->o->scenario, sizeof a->o->scenario, value);
    if (strcmp(name, "--only") == 0)
        return a->o->only = value, true;
    if (strcmp(name, "--data") == 0)
        return a->o->data_dir = value, true;
    if (strcmp(name, "--from-call") == 0)
        return a->from_call = value, true;
    return false;
}

static bool take_flag(struct arguments *a, const char *name)
{
    const struct { const char *name; bool *to; } flags[] = {{"--voice", &a->o->voice}, {"--json", &a->o->json}, {"--no-model", &a->o->no_model}, {"--help", &a->help}};

    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (strcmp(flags[i].name, name) == 0)
            return *flags[i].to = true;
    return false;
}

/* The first argument that cannot be taken, or NULL. */
static const char *parse(struct arguments *a, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-' && a->count < PATHS_MAX)
            a->paths[a->count++] = argv[i];
        else if (take_flag(a, argv[i]))
            continue;
        else if (i + 1 < argc && (take_number(a, argv[i], argv[i + 1]) || take_text(a, argv[i], argv[i + 1])))
            i++;
        else
            return argv[i];
    }
    return NULL;
}

static int play(struct simulation *s, const struct arguments *a)
{
    int code = a->count == 0 ? sim_load_people(s) : 0;

    for (size_t i = 0; i < a->count && code == 0; i++)
        code = sim_load_cases(s, a->paths[i]);
    if (code == 0 && s->row_count == 0) {
        fputs("baton simulate: nobody to talk to\n", stderr);
        code = 1;
    }
    if (code == 0)
        code = s->o.voice ? sim_voice(s) : sim_text(s);
    return code == 0 ? sim_report(s) : code;
}

int cmd_simulate(int argc, char **argv)
{
    static struct simulation s = {.o = {.min_percent = -1, .calls = 40, .at_once = 4, .ears = 2, .people_ears = 2}};
    static struct config defaults;
    struct arguments a = {.o = &s.o};
    const char *wrong;
    int code;

    config_init(&defaults);
    (void)text_copy(s.o.scenario, sizeof s.o.scenario, defaults.scenario);
    bench_people_path(s.o.people, sizeof s.o.people, "simulate.yaml");
    wrong = parse(&a, argc, argv);
    if (wrong != NULL || a.help)
        return usage(wrong);
    if (a.from_call != NULL)
        return s.o.data_dir != NULL ? sim_from_call(s.o.data_dir, a.from_call) : usage("--from-call needs --data");
    if (s.o.min_percent < 0)
        s.o.min_percent = s.o.voice ? 90 : 100;
    code = play(&s, &a);
    sim_release(&s);
    return code;
}
