/* scenario.c - the scenario that a call followed, for labels, maxima and thresholds. The last one asked for stays parsed. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/obj.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

static struct scenario *load(struct tx *tx, const char *id, int version)
{
    struct scenario_issues issues;
    struct scenario *s = NULL;
    json_t *row = NULL;
    const char *yaml;

    if (scenario_version_get(tx, id, version, &row) != 0)
        return NULL;
    yaml = jx_str(row, "yaml", "");
    if (scenario_load(&s, yaml, strlen(yaml), &issues) != 0)
        s = NULL;
    json_decref(row);
    return s;
}

struct scenario *http_scenario(struct http *h, struct tx *tx, const char *id, int version)
{
    struct scenario *s;
    char key[128];

    snprintf(key, sizeof key, "%s/%d", id, version);
    pthread_mutex_lock(&h->scenario_lock);
    if (h->scenario == NULL || strcmp(h->scenario_key, key) != 0) {
        s = load(tx, id, version);
        if (s != NULL) {
            obj_unref(h->scenario);
            h->scenario = s;
            memcpy(h->scenario_key, key, sizeof key);
        }
    }
    s = h->scenario != NULL && strcmp(h->scenario_key, key) == 0 ? obj_ref(h->scenario) : NULL;
    pthread_mutex_unlock(&h->scenario_lock);
    return s;
}
