/* migrate.c - brings a database to the newest schema, one transaction a migration, and refuses one that is newer than us. */
#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "store/store_priv.h"

#include "base/banned.h"

static int current_version(struct conn *c, int64_t *version)
{
    struct tx tx = {.conn = c, .writable = true};
    int err = c->driver->exec(c->db, "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");

    if (!err)
        err = tx_query_int(&tx, version, "SELECT coalesce(max(version), 0) FROM migration", "");
    return err;
}

static int apply(struct conn *c, const struct store_migration *m)
{
    struct tx tx = {.conn = c, .writable = true};
    int err = conn_run(c, "BEGIN IMMEDIATE");

    if (err)
        return err;
    err = c->driver->exec(c->db, m->sql);
    if (!err)
        err = tx_exec(&tx, "INSERT INTO migration (version, name, applied_at) VALUES (?, ?, ?)", "isi", (int64_t)m->version, m->name, clock_now_ms());
    if (!err)
        err = conn_run(c, "COMMIT");
    if (err)
        (void)conn_run(c, "ROLLBACK");
    return err;
}

int store_migrate(struct conn *c, char *why, size_t why_size)
{
    int newest = store_migrations[store_migration_count - 1].version;
    int64_t version = 0;
    int err = current_version(c, &version);

    if (!err && version > newest) {
        (void)snprintf(why, why_size, "the database has schema %lld, this program knows %d: use the newer program", (long long)version, newest);
        return ENOTSUP;
    }
    for (int i = 0; !err && i < store_migration_count; i++)
        if (store_migrations[i].version > version)
            err = apply(c, &store_migrations[i]);
    if (err)
        (void)snprintf(why, why_size, "schema: %s", c->driver->message(c->db));
    return err;
}
