/* simulate_load.c - people and cases become the rows of a simulation; scenarios are loaded once each. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/obj.h"
#include "base/text.h"
#include "main/models.h"
#include "main/simulate.h"
#include "main/und_cache.h"
#include "practice/rehearsal.h"

#include "base/banned.h"

static int fail(const char *path, const char *why)
{
    fprintf(stderr, "baton simulate: %s: %s\n", path, why);
    return 1;
}

static int read_scenario(struct scenario **sp, const char *path)
{
    static struct scenario_issues issues;
    char *text, why[300];
    size_t n;
    int err = text_read_file(&text, &n, path, SCENARIO_MAX_BYTES);

    if (err)
        return fail(path, strerror(err));
    err = scenario_load(sp, text, n, &issues);
    free(text);
    if (!err)
        return 0;
    snprintf(why, sizeof why, "line %d: %.250s", issues.n > 0 ? issues.at[0].line : 1, issues.n > 0 ? issues.at[0].text : strerror(err));
    return fail(path, why);
}

static int load_understanding(struct sim_scenario *to, bool no_model)
{
    char dir[CONFIG_TEXT_MAX];
    struct minilm *model = NULL;
    int err;

    if (!no_model && models_minilm(&model, models_default_dir(dir, sizeof dir)) != 0)
        fprintf(stderr, "baton simulate: no sentence model in %s: rules and words only\n", dir);
    err = und_cache_alloc(&to->und, to->sc, model, models_default_dir(dir, sizeof dir));
    obj_unref(model);
    return err ? fail(to->path, strerror(err)) : 0;
}

static int use_scenario(struct simulation *s, struct sim_row *row, const char *path)
{
    struct sim_scenario *to;
    int err;

    for (size_t i = 0; i < s->scenario_count; i++)
        if (strcmp(s->scenarios[i].path, path) == 0) {
            row->scenario = s->scenarios[i].sc;
            row->und = s->scenarios[i].und;
            return 0;
        }
    if (s->scenario_count == SIM_SCENARIOS_MAX)
        return fail(path, "at most 8 scenarios in one simulation");
    to = &s->scenarios[s->scenario_count];
    (void)text_copy(to->path, sizeof to->path, path);
    err = read_scenario(&to->sc, path);
    if (!err)
        err = load_understanding(to, s->o.no_model);
    if (err)
        return err;
    s->scenario_count++;
    row->scenario = to->sc;
    row->und = to->und;
    return 0;
}

static struct sim_row *add_row(struct simulation *s)
{
    struct sim_row *row = s->row_count < SIM_ROWS_MAX ? &s->rows[s->row_count] : NULL;

    if (row != NULL)
        row->misses = json_array();
    return row;
}

/* --- people --- */

static int open_people(struct simulation *s)
{
    char why[300];

    if (s->people != NULL)
        return 0;
    return people_load(&s->people, s->o.people, why, sizeof why) != 0 ? fail(s->o.people, why) : 0;
}

static bool is_wanted(const struct simulation *s, const char *name)
{
    return s->o.only == NULL || strcasestr(name, s->o.only) != NULL;
}

int sim_load_people(struct simulation *s)
{
    int err = open_people(s);

    for (size_t i = 0; !err && i < people_count(s->people); i++) {
        const struct persona *who = people_at(s->people, i);
        struct sim_row *row;

        if (!who->expect.any || !rehearsal_possible(who) || !is_wanted(s, who->name) || (row = add_row(s)) == NULL)
            continue;
        *row = (struct sim_row){.name = who->name, .who = who, .expect = &who->expect, .misses = row->misses};
        err = use_scenario(s, row, s->o.scenario);
        s->row_count++;
    }
    return err;
}

/* --- cases --- */

static const struct persona *find_person(const struct people *all, const char *name)
{
    for (size_t i = 0; i < people_count(all); i++)
        if (strcmp(people_at(all, i)->name, name) == 0)
            return people_at(all, i);
    return NULL;
}

static int use_persona(struct simulation *s, struct sim_row *row, const char *path)
{
    int err = row->turns->persona != NULL ? open_people(s) : 0;

    if (err || row->turns->persona == NULL)
        return err;
    row->who = find_person(s->people, row->turns->persona);
    if (row->who == NULL || !rehearsal_possible(row->who))
        return fail(path, "nobody of that name in the people file can talk");
    if (!row->expect->any)
        row->expect = &row->who->expect;
    return 0;
}

/* The case's own scenario stands beside it, unless its path is a whole one. */
static void scenario_of(char *out, size_t size, const struct simulation *s, const struct sim_case *c, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (c->scenario == NULL)
        (void)text_copy(out, size, s->o.scenario);
    else if (c->scenario[0] == '/' || slash == NULL)
        (void)text_copy(out, size, c->scenario);
    else
        snprintf(out, size, "%.*s/%s", (int)(slash - path), path, c->scenario);
}

static int load_case(struct simulation *s, const char *path)
{
    struct sim_row *row = add_row(s);
    char *text, why[300], scenario[CONFIG_TEXT_MAX];
    size_t n;
    int err;

    if (row == NULL)
        return fail(path, "at most 500 cases in one simulation");
    err = text_read_file(&text, &n, path, CASE_BYTES_MAX);
    if (err)
        return fail(path, strerror(err));
    err = case_parse(&row->turns, text, n, why, sizeof why);
    free(text);
    if (err)
        return fail(path, why);
    s->row_count++;
    row->name = row->turns->name[0] != '\0' ? row->turns->name : row->turns->persona != NULL ? row->turns->persona : "a case without a name";
    row->expect = &row->turns->expect;
    err = use_persona(s, row, path);
    if (!err && !row->expect->any)
        err = fail(path, "nothing is expected");
    scenario_of(scenario, sizeof scenario, s, row->turns, path);
    return err ? err : use_scenario(s, row, scenario);
}

static int is_case(const struct dirent *e)
{
    return e->d_name[0] != '.' && text_ends(e->d_name, ".yaml");
}

int sim_load_cases(struct simulation *s, const char *path)
{
    struct dirent **files = NULL;
    char file[CONFIG_TEXT_MAX];
    struct stat st;
    int n, err = 0;

    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return load_case(s, path);
    n = scandir(path, &files, is_case, alphasort);
    for (int i = 0; i < n; i++) {
        snprintf(file, sizeof file, "%s/%s", path, files[i]->d_name);
        if (!err)
            err = load_case(s, file);
        free(files[i]);
    }
    free(files);
    return n <= 0 ? fail(path, "no case in that folder") : err;
}

void sim_release(struct simulation *s)
{
    for (size_t i = 0; i < s->row_count; i++) {
        obj_unref(s->rows[i].turns);
        json_decref(s->rows[i].misses);
    }
    for (size_t i = 0; i < s->scenario_count; i++) {
        obj_unref(s->scenarios[i].und);
        obj_unref(s->scenarios[i].sc);
    }
    obj_unref(s->people);
    json_decref(s->numbers);
}
