/* speech_worker.c - main() of `baton-speech`, the process that hears or speaks. Started by the supervisor in speech/. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "speech/engine/worker.h"

#include "base/banned.h"

enum { EXIT_USAGE = 2, SOCKET_FD = 3 };

static int usage(void)
{
    fputs("usage: baton-speech ears|voice --models DIR [--recogniser base|tiny]   frames on descriptor 3\n"
          "       baton-speech bench --models DIR [--recogniser base|tiny]        times both engines\n",
          stderr);
    return EXIT_USAGE;
}

static int parse(struct worker_options *opt, int argc, char **argv)
{
    static const struct option options[] = {
        {"models", required_argument, NULL, 'm'}, {"recogniser", required_argument, NULL, 'r'}, {NULL, 0, NULL, 0}};
    int c;

    *opt = (struct worker_options){.recogniser = "base", .fd = SOCKET_FD};
    while ((c = getopt_long(argc, argv, "m:r:", options, NULL)) != -1) {
        if (c == 'm')
            opt->models_dir = optarg;
        else if (c == 'r')
            opt->recogniser = optarg;
        else
            return EINVAL;
    }
    return optind + 1 == argc && opt->models_dir != NULL && strchr(opt->recogniser, '/') == NULL ? 0 : EINVAL;
}

int main(int argc, char **argv)
{
    struct worker_options opt;
    const char *job;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* Ctrl-C goes to the whole group; the supervisor decides */
    if (parse(&opt, argc, argv))
        return usage();
    job = argv[optind];
    if (strcmp(job, "bench") == 0)
        return worker_bench(&opt) != 0;
    opt.kind = strcmp(job, "voice") == 0 ? WORKER_VOICE : WORKER_EARS;
    if (strcmp(job, "voice") != 0 && strcmp(job, "ears") != 0)
        return usage();
    return worker_run(&opt) != 0;
}
