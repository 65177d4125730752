/* cmd_bench_lines.c - `baton bench lines`: whole conversations over bad lines: noise, a faint voice, echo, loss and jitter. What is still understood, how fast, and who
 * interrupts whom. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "main/bench_talks.h"
#include "main/cmd.h"
#include "main/config.h"
#include "practice/bad_line.h"

#include "base/banned.h"

enum { LIMIT_S = 300, LINES = 6 };

struct condition { const char *name, *spec; };

static const struct condition conditions[LINES] = {
    {"good", ""},
    {"noise at 10 dB", "noise_db=10"},
    {"30 dB fainter", "gain_db=-30"},
    {"echo at -20 dB", "echo_db=-20,echo_ms=120"},
    {"3 % loss, 40 ms jitter", "loss=3,jitter_ms=40"},
    {"all but fainter", "noise_db=15,echo_db=-25,echo_ms=120,loss=3,jitter_ms=40"},
};

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton bench lines: %s\n\n", why);
    fputs("usage: baton bench lines [--calls N] [--only SPEC] [--people FILE] [--json]\n\n"
          "  --calls N       conversations over each line, at the same time (3)\n"
          "  --only SPEC     just this line, e.g. noise_db=5,loss=10 (docs/phone.md)\n"
          "  --people FILE   who is called (personas/demo.yaml)\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

static double wrong_share(const struct talks_result *r)
{
    return r->words_said > 0 ? 100.0 * r->words_wrong / r->words_said : 0;
}

static json_t *row_json(const struct condition *c, struct talks_result *r)
{
    json_t *j = json_object();

    jx_set_str(j, "line", c->spec);
    jx_set_int(j, "calls", r->calls);
    jx_set_num(j, "word_error_percent", wrong_share(r));
    jx_set_num(j, "score", r->calls > 0 ? (double)r->score / r->calls : 0);
    jx_set(j, "turn_ms", samples_json(&r->step[STEP_FIRST_RTP]));
    jx_set_int(j, "sentences_cut", r->cut_turns);
    jx_set_int(j, "went_on_after_a_signal", r->barge_void);
    return j;
}

static void print_row(const struct condition *c, struct talks_result *r)
{
    printf("%-24s   %3d   %5.1f %%   %5.0f   %5.0f %5.0f   %4d   %4d\n", c->name, r->calls, wrong_share(r), r->calls > 0 ? (double)r->score / r->calls : 0, samples_percentile(&r->step[STEP_FIRST_RTP], 50),
           samples_percentile(&r->step[STEP_FIRST_RTP], 95), r->cut_turns, r->barge_void);
    fflush(stdout);
}

static int run(const struct condition *conditions_run, int n, const char *people, int calls, bool json)
{
    json_t *rows = json_array(), *out = json_object();
    int code = 0;

    if (!json)
        puts("line                       calls   words wrong   score   turn p50   p95   our sentences cut   signals gone over");
    for (int i = 0; i < n && code == 0; i++) {
        struct talks_result r = {0};

        code = bench_talks_run(&r, &(struct talks_params){.people_file = people, .at_once = calls, .limit_s = LIMIT_S, .line = conditions_run[i].spec, .ears = 1, .voice = 1, .people_ears = 1});
        if (code == 0) {
            if (!json)
                print_row(&conditions_run[i], &r);
            json_array_append_new(rows, row_json(&conditions_run[i], &r));
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

int cmd_bench_lines(int argc, char **argv)
{
    static char people[CONFIG_TEXT_MAX];
    struct condition one = {0};
    struct bad_line line;
    bool json = false;
    long long calls = 3;

    bench_people_path(people, sizeof people, "demo.yaml");
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--calls") == 0 && i + 1 < argc && text_int(&calls, argv[i + 1], 1, 20) == 0)
            i++;
        else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc && bad_line_parse(&line, argv[i + 1]) == 0)
            one = (struct condition){argv[i + 1], argv[i + 1]}, i++;
        else if (strcmp(argv[i], "--people") == 0 && i + 1 < argc)
            (void)text_copy(people, sizeof people, argv[++i]);
        else
            return usage(argv[i]);
    }
    return one.spec != NULL ? run(&one, 1, people, (int)calls, json) : run(conditions, LINES, people, (int)calls, json);
}
