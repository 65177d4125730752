/* store_setting.c - settings by key, and the versions of scenarios. */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

int setting_get(struct tx *tx, const char *key, json_t **value)
{
    json_t *row;
    int err = tx_query_one(tx, &row, "SELECT value AS value_json FROM setting WHERE key = ?", "s", key);

    if (err)
        return err;
    *value = json_incref(json_object_get(row, "value"));
    json_decref(row);
    return 0;
}

int setting_put(struct tx *tx, const char *key, const json_t *value, int64_t now_ms)
{
    return tx_exec(tx,
                   "INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value,"
                   " updated_at = excluded.updated_at",
                   "sji", key, value, now_ms);
}

#define VERSION_COLUMNS "scenario_id, version, title, state, yaml_hash, created_at"

int scenario_version_put(struct tx *tx, const struct scenario_row *r, int *version)
{
    json_t *newest = NULL;
    int64_t number;
    bool same;
    int err = tx_query_one(tx, &newest, "SELECT " VERSION_COLUMNS " FROM scenario_version WHERE scenario_id = ? ORDER BY version DESC LIMIT 1", "s",
                           r->scenario_id);

    if (err && err != ENOENT)
        return err;
    number = jx_int(newest, "version", 0);
    same = newest != NULL && strcmp(jx_str(newest, "yaml_hash", ""), r->yaml_hash) == 0;
    json_decref(newest);
    err = same ? 0
               : tx_exec(tx, "INSERT INTO scenario_version (scenario_id, version, title, state, yaml, yaml_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                         "sissssi", r->scenario_id, number + 1, r->title, r->state, r->yaml, r->yaml_hash, r->created_at);
    if (!err)
        *version = (int)(same ? number : number + 1);
    return err;
}

int scenario_version_get(struct tx *tx, const char *scenario_id, int version, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " VERSION_COLUMNS ", yaml FROM scenario_version WHERE scenario_id = ? AND version = ?", "si", scenario_id,
                        (int64_t)version);
}

int scenario_version_list(struct tx *tx, const char *scenario_id, json_t **rows)
{
    return tx_query(tx, rows, "SELECT " VERSION_COLUMNS " FROM scenario_version WHERE (? IS NULL OR scenario_id = ?) ORDER BY scenario_id, version DESC", "ss",
                    scenario_id, scenario_id);
}

int scenario_version_published(struct tx *tx, const char *scenario_id, json_t **row)
{
    return tx_query_one(tx, row,
                        "SELECT " VERSION_COLUMNS ", yaml FROM scenario_version WHERE scenario_id = ? AND state = 'published' ORDER BY version DESC LIMIT 1",
                        "s", scenario_id);
}

int saved_view_put(struct tx *tx, const char *id, const char *user_id, const char *name, const json_t *query, int64_t now_ms)
{
    return tx_exec(tx, "INSERT INTO saved_view (id, user_id, name, query, created_at) VALUES (?, ?, ?, ?, ?)", "sssji", id, user_id, name, query, now_ms);
}

int saved_view_list(struct tx *tx, const char *user_id, json_t **rows)
{
    return tx_query(tx, rows, "SELECT id, name, query AS query_json, created_at FROM saved_view WHERE user_id = ? ORDER BY name, id", "s", user_id);
}

int saved_view_delete(struct tx *tx, const char *user_id, const char *id)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "DELETE FROM saved_view WHERE id = ? AND user_id = ?", "ss", id, user_id);

    return err ? err : n == 0 ? ENOENT : 0;
}
