/* bench_lines_talks.c - `baton bench lines --talks`: what is still understood, how fast, and who interrupts whom. */
#include "main/bench_lines_talks.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "main/bench_talks.h"
#include "main/config.h"
#include "practice/bad_line.h"

#include "base/banned.h"

enum { LIMIT_S = 300 };

static double wrong_share(const struct talks_result *r)
{
    return r->words_said > 0 ? 100.0 * r->words_wrong / r->words_said : 0;
}

static json_t *row_json(const struct line_condition *c, struct talks_result *r)
{
    json_t *j = json_object();

    jx_set_str(j, "line", c->spec);
    jx_set_int(j, "calls", r->calls);
    jx_set_num(j, "word_error_percent", wrong_share(r));
    jx_set_num(j, "score", r->calls > 0 ? (double)r->score / r->calls : 0);
    jx_set(j, "turn_ms", samples_json(&r->step[STEP_FIRST_RTP]));
    jx_set_int(j, "sentences_cut", r->cut_turns);
    jx_set_int(j, "went_on_after_a_signal", r->barge_void);
    jx_set(j, "overlap_ms", samples_json(&r->overlap));
    return j;
}

static void print_row(const struct line_condition *c, struct talks_result *r)
{
    printf("%-24s   %3d   %5.1f %%   %5.0f   %5.0f %5.0f   %4d   %4d   %5.0f %5.0f\n", c->name, r->calls, wrong_share(r), r->calls > 0 ? (double)r->score / r->calls : 0, samples_percentile(&r->step[STEP_FIRST_RTP], 50),
           samples_percentile(&r->step[STEP_FIRST_RTP], 95), r->cut_turns, r->barge_void, samples_percentile(&r->overlap, 95), samples_percentile(&r->overlap, 100));
    fflush(stdout);
}

static int run(const struct line_condition *lines, const char *people, int calls, bool json)
{
    json_t *rows = json_array(), *out = json_object();
    int code = 0;

    if (!json)
        puts("line                       calls   words wrong   score   turn p50   p95   our sentences cut   signals gone over   overlap p95   max");
    for (const struct line_condition *c = lines; c->spec != NULL && code == 0; c++) {
        struct talks_result r = {0};

        code = bench_talks_run(&r, &(struct talks_params){.people_file = people, .at_once = calls, .limit_s = LIMIT_S, .line = c->spec, .ears = 1, .voice = 1, .people_ears = 1});
        if (code == 0) {
            if (!json)
                print_row(c, &r);
            json_array_append_new(rows, row_json(c, &r));
        }
        bench_talks_release(&r);
    }
    jx_set_str(out, "bench", "lines");
    jx_set(out, "rows", rows);
    if (json)
        jx_print_line(out);
    json_decref(out);
    return code;
}

int bench_lines_talks(const struct lines_talks *p)
{
    const struct line_condition one[2] = {{p->only, p->only}, {NULL, NULL}};
    char people[CONFIG_TEXT_MAX];

    bench_people_path(people, sizeof people, "demo.yaml");
    return run(p->only != NULL ? one : line_conditions, p->people != NULL ? p->people : people, (int)p->calls, p->json);
}
