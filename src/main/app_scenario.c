/* app_scenario.c - the scenario that runs: read, linted, kept as a version; understanding first by rules, then with the sentence model, which takes a
 * moment to prepare and must not delay the start. */
#include <errno.h>
#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/app_priv.h"
#include "main/models.h"
#include "main/und_cache.h"
#include "store/entities.h"

#include "base/banned.h"

static int explain_issues(const struct scenario_issues *issues, const char *path, char *why, size_t why_size)
{
    for (size_t i = 0; i < issues->n; i++) {
        if (!issues->at[i].error)
            continue;
        snprintf(why, why_size, "%s:%d: %s (`baton scenario lint` tells all)", path, issues->at[i].line, issues->at[i].text);
        return EINVAL;
    }
    snprintf(why, why_size, "%s: cannot be loaded", path);
    return EINVAL;
}

struct version { const struct scenario *sc; int number; };

static int put_version(struct tx *tx, void *arg)
{
    struct version *v = arg;
    unsigned char hash[crypto_generichash_BYTES];
    char hex[2 * sizeof hash + 1];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)v->sc->yaml, strlen(v->sc->yaml), NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return scenario_version_put(tx, &(struct scenario_row){.scenario_id = v->sc->id, .title = v->sc->title, .state = "published", .yaml = v->sc->yaml, .yaml_hash = hex, .created_at = clock_now_ms()}, &v->number);
}

int app_load_scenario(struct app *a, char *why, size_t why_size)
{
    static struct scenario_issues issues; /* large; used on the main thread only, before anything runs */
    struct version v = {0};
    char *text = NULL;
    size_t n = 0;
    int err = text_read_file(&text, &n, a->cfg.scenario, SCENARIO_MAX_BYTES);

    if (err) {
        snprintf(why, why_size, "scenario %s: %s", a->cfg.scenario, strerror(err));
        return err;
    }
    err = scenario_load(&a->scenario, text, n, &issues);
    free(text);
    if (err)
        return explain_issues(&issues, a->cfg.scenario, why, why_size);
    err = und_alloc(&a->und, a->scenario, NULL);
    if (!err && sodium_init() < 0)
        err = EIO;
    v.sc = a->scenario;
    if (!err)
        err = store_run(a->store, put_version, &v);
    if (err)
        snprintf(why, why_size, "scenario %s: %s", a->scenario->id, strerror(err));
    a->scenario_version = v.number;
    return err;
}

struct loading { struct app *app; struct und *und; int err; int64_t took_us; };

static void load_work(void *arg)
{
    struct loading *l = arg;
    struct minilm *model = NULL;
    int64_t t0 = clock_mono_us();

    l->err = models_minilm(&model, l->app->cfg.models_dir);
    if (!l->err)
        l->err = und_cache_alloc(&l->und, l->app->scenario, model, l->app->cfg.models_dir);
    obj_unref(model);
    l->took_us = clock_mono_us() - t0;
}

static void load_done(void *arg)
{
    struct loading *l = arg;
    struct app *a = l->app;

    if (l->err) {
        log_warn("main", "", "no sentence model in %s (%s): understanding by rules and words only", a->cfg.models_dir, strerror(l->err));
    } else {
        log_info("main", "", "sentence model ready after %lld ms", (long long)(l->took_us / 1000));
        obj_unref(a->und);
        a->und = l->und;
        calls_set_scenario(a->calls, a->scenario, a->und, a->scenario_version);
    }
    (void)malloc_trim(0); /* loading took several times what stays */
    free(l);
}

void app_load_understanding(struct app *a)
{
    struct loading *l = calloc(1, sizeof *l);

    if (l == NULL)
        return;
    l->app = a;
    if (pool_submit(a->chores, load_work, load_done, a->control, l) != 0)
        free(l);
}
