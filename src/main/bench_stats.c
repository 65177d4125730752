#include "main/bench_stats.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"

#include "base/banned.h"

void samples_add(struct samples *s, double value)
{
    if (s->n == s->room) {
        size_t room = s->room > 0 ? s->room * 2 : 64;
        double *more = room <= SAMPLES_MAX * 2 ? realloc(s->at, room * sizeof *more) : NULL;

        if (more == NULL)
            return;
        s->at = more;
        s->room = room;
    }
    s->at[s->n++] = value;
}

void samples_release(struct samples *s)
{
    free(s->at);
    *s = (struct samples){0};
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double samples_percentile(struct samples *s, double p)
{
    size_t rank;

    if (s->n == 0)
        return 0;
    qsort(s->at, s->n, sizeof s->at[0], compare);
    rank = (size_t)(p / 100.0 * (double)s->n + 0.999999);
    return s->at[rank > 0 ? rank - 1 : 0];
}

json_t *samples_json(struct samples *s)
{
    json_t *j = json_object();

    jx_set_int(j, "n", (int64_t)s->n);
    jx_set_num(j, "p50", samples_percentile(s, 50));
    jx_set_num(j, "p95", samples_percentile(s, 95));
    jx_set_num(j, "p99", samples_percentile(s, 99));
    jx_set_num(j, "max", samples_percentile(s, 100));
    return j;
}

void samples_print(const char *name, struct samples *s)
{
    printf("  %-22s p50 %7.1f   p95 %7.1f   max %7.1f ms   (%zu)\n", name, samples_percentile(s, 50), samples_percentile(s, 95), samples_percentile(s, 100), s->n);
}

/* utime + stime of /proc/PID/stat, and the parent. */
static double process_cpu_s(int pid, int *parent)
{
    char path[64], text[1024];
    unsigned long user = 0, kernel = 0;
    size_t n;
    FILE *f;
    char *after;

    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    f = fopen(path, "r");
    if (f == NULL)
        return 0;
    n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    after = strrchr(text, ')');
    if (after == NULL || sscanf(after + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", parent, &user, &kernel) != 3)
        return 0;
    return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

double bench_cpu_all_s(void)
{
    struct rusage own, ended;
    double sum;
    DIR *d = opendir("/proc");

    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &ended);
    sum = (double)(own.ru_utime.tv_sec + own.ru_stime.tv_sec + ended.ru_utime.tv_sec + ended.ru_stime.tv_sec) +
          (double)(own.ru_utime.tv_usec + own.ru_stime.tv_usec + ended.ru_utime.tv_usec + ended.ru_stime.tv_usec) / 1e6;
    for (struct dirent *e = d != NULL ? readdir(d) : NULL; e != NULL; e = readdir(d)) {
        int parent = 0;
        long long pid;
        double s;

        if (text_int(&pid, e->d_name, 1, 1 << 30) != 0)
            continue;
        s = process_cpu_s((int)pid, &parent);
        if (parent == (int)getpid())
            sum += s;
    }
    if (d != NULL)
        closedir(d);
    return sum;
}
