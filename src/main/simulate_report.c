/* simulate_report.c - how often each row passed, and what was not as expected. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "main/simulate.h"
#include "practice/tally.h"

#include "base/banned.h"

enum { SHOWN_MISSES = 5 };

static bool ended_right(const json_t *misses)
{
    size_t i;
    json_t *m;

    json_array_foreach(misses, i, m)
    {
        const char *what = jx_str(m, "what", "");

        if (strcmp(what, "outcome") == 0 || strcmp(what, "bucket") == 0 || strcmp(what, "call") == 0)
            return false;
    }
    return true;
}

void sim_count(struct sim_row *row, uint32_t seed, json_t *misses)
{
    size_t i;
    json_t *m;

    row->runs++;
    row->passed += json_array_size(misses) == 0;
    row->ended_right += ended_right(misses);
    json_array_foreach(misses, i, m)
    {
        if (json_array_size(row->misses) == SIM_MISSES_MAX)
            break;
        jx_set_int(m, "seed", seed);
        json_array_append(row->misses, m);
    }
    json_decref(misses);
}

static json_t *share_json(int passed, int runs)
{
    double low, high;
    json_t *j = json_object();

    tally_wilson(&low, &high, passed, runs);
    jx_set_int(j, "runs", runs);
    jx_set_int(j, "passed", passed);
    jx_set_num(j, "rate", runs > 0 ? (double)passed / runs : 0);
    jx_set_num(j, "low", low);
    jx_set_num(j, "high", high);
    return j;
}

static void print_share(const char *name, int passed, int runs)
{
    double low, high;

    tally_wilson(&low, &high, passed, runs);
    printf("  %-44.44s %4d of %-4d %5.1f %%   (%.1f to %.1f)\n", name, passed, runs, runs > 0 ? 100.0 * passed / runs : 0, 100 * low, 100 * high);
}

static void print_misses(const struct sim_row *row)
{
    size_t i;
    json_t *m;

    json_array_foreach(row->misses, i, m)
    {
        if (i == SHOWN_MISSES) {
            printf("      and %zu more\n", json_array_size(row->misses) - i);
            break;
        }
        printf("      seed %lld: %s: want %s, got %s%s%s\n", (long long)jx_int(m, "seed", 0), jx_str(m, "what", ""), jx_str(m, "want", ""), jx_str(m, "got", ""),
               jx_str(m, "call", NULL) != NULL ? "   call " : "", jx_str(m, "call", ""));
    }
}

static void sum(const struct simulation *s, int *passed, int *ended, int *runs)
{
    *passed = *ended = *runs = 0;
    for (size_t i = 0; i < s->row_count; i++) {
        *passed += s->rows[i].passed;
        *ended += s->rows[i].ended_right;
        *runs += s->rows[i].runs;
    }
}

static void print_json(struct simulation *s, int passed, int ended, int runs, bool reached)
{
    json_t *out = share_json(passed, runs), *rows = json_array();

    for (size_t i = 0; i < s->row_count; i++) {
        json_t *row = share_json(s->rows[i].passed, s->rows[i].runs);

        jx_set_str(row, "name", s->rows[i].name);
        json_object_set(row, "misses", s->rows[i].misses);
        json_array_append_new(rows, row);
    }
    jx_set_str(out, "mode", s->o.voice ? "voice" : "text");
    jx_set(out, "ended_right", share_json(ended, runs));
    jx_set_bool(out, "reached", reached);
    json_object_update_missing(out, s->numbers);
    jx_set(out, "rows", rows);
    jx_print_line(out);
    json_decref(out);
}

static void print_numbers(const json_t *numbers)
{
    const char *key;
    json_t *v;

    json_object_foreach((json_t *)(uintptr_t)numbers, key, v)
    {
        char *text = json_is_real(v) ? NULL : json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT);

        if (text != NULL)
            printf("  %-24s %s\n", key, text);
        else
            printf("  %-24s %.2f\n", key, json_real_value(v));
        free(text);
    }
}

int sim_report(struct simulation *s)
{
    int passed, ended, runs;
    bool reached;

    sum(s, &passed, &ended, &runs);
    reached = runs > 0 && (s->o.voice ? ended : passed) * 100 >= runs * s->o.min_percent;
    if (s->o.json) {
        print_json(s, passed, ended, runs, reached);
        return reached ? 0 : 1;
    }
    for (size_t i = 0; i < s->row_count; i++) {
        if (s->rows[i].runs == 0)
            continue;
        print_share(s->rows[i].name, s->rows[i].passed, s->rows[i].runs);
        print_misses(&s->rows[i]);
    }
    puts("");
    print_share("as expected, with the 95 % interval", passed, runs);
    print_share("outcome and bucket right", ended, runs);
    print_numbers(s->numbers);
    printf("  at least %d %% %s: %s\n", s->o.min_percent, s->o.voice ? "outcome and bucket right" : "as expected", reached ? "reached" : "MISSED");
    return reached ? 0 : 1;
}
