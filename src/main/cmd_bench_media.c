/* cmd_bench_media.c - `baton bench media`: options, the two phases, the report. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "main/cmd.h"
#include "main/cmd_bench_media.h"

#include "base/banned.h"

static const char help[] =
    "usage: baton bench media [--legs N] [--bridged N] [--seconds S] [--scenario FILE] [--models DIR] [--dir DIR] [--json]\n"
    "\n"
    "Real RTP over loopback. The server and a load generator run on one core each.\n"
    "  --legs N       AI calls: voice activity, prompt playback, recording, a dialogue step an utterance (250)\n"
    "  --bridged N    two-leg calls, bridged and recorded (250)\n"
    "  --seconds S    measured time of each (20), after 3 s of warming up\n"
    "  --scenario F   run this scenario's dialogue on each utterance\n"
    "  --models DIR   folder of the speech models (~/.cache/baton/models)\n"
    "  --dir DIR      where the recordings go; they are deleted (a new folder in /tmp)\n";

int bench_send(int fd, const void *data, size_t n)
{
    const char *p = data;

    while (n > 0) {
        ssize_t k = write(fd, p, n);

        if (k < 0 && errno != EINTR)
            return errno;
        p += k > 0 ? k : 0;
        n -= k > 0 ? (size_t)k : 0;
    }
    return 0;
}

int bench_receive(int fd, void *data, size_t n)
{
    char *p = data;

    while (n > 0) {
        ssize_t k = read(fd, p, n);

        if (k == 0)
            return EPIPE;
        if (k < 0 && errno != EINTR)
            return errno;
        p += k > 0 ? k : 0;
        n -= k > 0 ? (size_t)k : 0;
    }
    return 0;
}

double bench_cpu_s(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

long bench_rss_kb(void)
{
    long size = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (f == NULL)
        return 0;
    if (fscanf(f, "%ld %ld", &size, &resident) != 2)
        resident = 0;
    fclose(f);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static json_t *result_json(const struct bench_result *r)
{
    json_t *j = json_object();

    jx_set_int(j, "calls", r->calls);
    jx_set_num(j, "cpu_ms_per_call_minute", r->cpu_ms_per_call_minute);
    jx_set_num(j, "core_share", r->core_share);
    jx_set_num(j, "kb_per_call", r->kb_per_call);
    jx_set_num(j, "late_share", r->late_share);
    jx_set_num(j, "far_end_late_share", r->far_late_share);
    jx_set_num(j, "far_end_loss_share", r->loss_share);
    jx_set_int(j, "frames", (int64_t)r->ticks);
    jx_set_int(j, "utterances", (int64_t)r->utterances);
    jx_set_num(j, "overhead_ms_p50", r->overhead_ms_p50);
    jx_set_num(j, "overhead_ms_p95", r->overhead_ms_p95);
    jx_set_int(j, "recorder_dropped_frames", (int64_t)r->recorder_dropped);
    jx_set_int(j, "generator_frames", (int64_t)r->heard.sent);
    jx_set_int(j, "generator_late_frames", (int64_t)r->heard.own_late);
    jx_set_num(j, "generator_cpu_s", r->heard.cpu_s);
    return j;
}

static void print_result(const char *what, const struct bench_result *r)
{
    printf("%d %s\n", r->calls, what);
    printf("  CPU            %.1f ms per call-minute (%.1f %% of the core)\n", r->cpu_ms_per_call_minute, 100 * r->core_share);
    printf("  memory         %.1f kB per call\n", r->kb_per_call);
    printf("  late > 20 ms   %.4f %% of %llu frames by the pacer, %.4f %% as the far end saw it\n", 100 * r->late_share,
           (unsigned long long)r->ticks, 100 * r->far_late_share);
    printf("  lost           %.4f %% at the far end; recorder %llu frames\n", 100 * r->loss_share,
           (unsigned long long)r->recorder_dropped);
    if (r->utterances > 0)
        printf("  utterances     %llu; overhead of a turn besides end-pointing, recognition, talk_step and synthesis: p50 %.2f, p95 %.2f ms\n"
               "                 (then it waits for the port's next 20 ms tick)\n",
               (unsigned long long)r->utterances, r->overhead_ms_p50, r->overhead_ms_p95);
    printf("  generator      %llu of its %llu frames late, %.2f s CPU\n", (unsigned long long)r->heard.own_late,
           (unsigned long long)r->heard.sent, r->heard.cpu_s);
}

static int report(const struct bench_options *o, const struct bench_result *ai, const struct bench_result *bridged, long base_kb)
{
    if (o->json) {
        json_t *j = json_object();

        jx_set_str(j, "bench", "media");
        jx_set_int(j, "seconds", o->seconds);
        jx_set_int(j, "base_kb", base_kb);
        if (ai->calls > 0)
            jx_set(j, "ai", result_json(ai));
        if (bridged->calls > 0)
            jx_set(j, "bridged", result_json(bridged));
        jx_print_line(j);
        json_decref(j);
        return 0;
    }
    printf("base memory    %ld kB\n", base_kb);
    if (ai->calls > 0)
        print_result("AI calls", ai);
    if (bridged->calls > 0)
        print_result("bridged calls", bridged);
    return 0;
}

static int run_phases(struct bench_options *o)
{
    char models[1024];
    struct bench_result ai = {0}, bridged = {0};
    long base_kb = bench_rss_kb();
    int err = 0;

    if (o->models == NULL) {
        const char *home = getenv("HOME");

        snprintf(models, sizeof models, "%s/.cache/baton/models", home != NULL ? home : "");
        o->models = models;
    }
    if (o->legs > 0)
        err = bench_run(&ai, o, true);
    if (!err && o->bridged > 0)
        err = bench_run(&bridged, o, false);
    if (err) {
        fprintf(stderr, "baton bench media: %s\n", strerror(err));
        return 1;
    }
    return report(o, &ai, &bridged, base_kb);
}

static int number(const char *text, int max)
{
    long long n;

    return text != NULL && text_int(&n, text, 0, max) == 0 ? (int)n : -1;
}

/* True when argv[*i] is an option we know; its value, if any, is stepped over. */
static bool take_option(struct bench_options *o, int *generate, char **argv, int *i)
{
    const char *name = argv[*i], *value = argv[*i + 1];

    if (strcmp(name, "--json") == 0)
        return o->json = true;
    if (value == NULL)
        return false;
    ++*i;
    if (strcmp(name, "--legs") == 0)
        return (o->legs = number(value, BENCH_LEGS_MAX)) >= 0;
    if (strcmp(name, "--bridged") == 0)
        return (o->bridged = number(value, BENCH_LEGS_MAX / 2)) >= 0;
    if (strcmp(name, "--seconds") == 0)
        return (o->seconds = number(value, 3600)) > 0;
    if (strcmp(name, "--generate") == 0) /* the generator's end, started by the server's */
        return (*generate = number(value, 2 * BENCH_LEGS_MAX)) > 0;
    if (strcmp(name, "--scenario") == 0)
        return (o->scenario = value) != NULL;
    if (strcmp(name, "--models") == 0)
        return (o->models = value) != NULL;
    if (strcmp(name, "--dir") == 0)
        return (o->dir = value) != NULL;
    return false;
}

int cmd_bench_media(int argc, char **argv)
{
    struct bench_options o = {.legs = 250, .bridged = 250, .seconds = 20};
    int generate = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(help, stdout);
            return 0;
        }
        if (!take_option(&o, &generate, argv, &i)) {
            fputs(help, stderr);
            return EXIT_USAGE;
        }
    }
    if (generate > 0)
        return bench_generate(generate, o.seconds);
    return run_phases(&o);
}
