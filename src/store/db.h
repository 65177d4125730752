/* db.h - what Baton asks of a database engine: one const table of functions an engine.
 *
 * Statements use "?" for parameters. Handles belong to one thread at a time. Functions return 0 or errno: EEXIST for a broken
 * constraint, EAGAIN when the database is busy, ENOSPC, ENOMEM, EIO, EINVAL for a statement that cannot be. */
#ifndef BATON_STORE_DB_H
#define BATON_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;      /* one connection of the engine */
struct db_stmt; /* one prepared statement */

enum db_type { DB_NULL, DB_INT, DB_REAL, DB_TEXT };

struct db_value {
    enum db_type type;
    int64_t i;
    double d;
    const char *text; /* column: valid until the next step; parameter: copied by bind */
    size_t len;
};

struct db_driver {
    const char *scheme; /* "sqlite" */

    /* `shared` gets true when this database has one connection only (in memory): reads and writes then take turns. */
    int (*open)(struct db **dbp, const char *path, bool *shared, char *why, size_t why_size);
    void (*close)(struct db *db);
    int (*exec)(struct db *db, const char *sql); /* any number of statements without parameters or rows */
    int64_t (*changes)(struct db *db);           /* rows touched by the last statement */
    const char *(*message)(struct db *db);       /* of the last error */

    int (*prepare)(struct db_stmt **sp, struct db *db, const char *sql);
    int (*bind)(struct db_stmt *st, int index, const struct db_value *v); /* from 1 */
    int (*step)(struct db_stmt *st, bool *row);
    int (*columns)(struct db_stmt *st);
    const char *(*name)(struct db_stmt *st, int column); /* from 0 */
    void (*column)(struct db_stmt *st, int column, struct db_value *out);
    void (*reset)(struct db_stmt *st); /* ready for new parameters */
    void (*finalise)(struct db_stmt *st);
};

extern const struct db_driver db_sqlite;

#endif
