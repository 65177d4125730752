/* db_sqlite.c - SQLite behind db.h: write-ahead log, and an fsync at each commit (synchronous=FULL), because a lead is promised
 * to be durable once it was answered. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "store/db.h"

#include "base/banned.h"

enum { BUSY_TIMEOUT_MS = 5000 }; /* another process (an import) may hold the write lock for a group */

struct db {
    sqlite3 *handle;
};

struct db_stmt {
    sqlite3_stmt *handle;
    sqlite3 *db;
};

static int errno_of(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return 0;
    case SQLITE_CONSTRAINT:
        return EEXIST;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return EAGAIN;
    case SQLITE_FULL:
        return ENOSPC;
    case SQLITE_NOMEM:
        return ENOMEM;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return EACCES;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
        return EIO;
    default:
        return EINVAL;
    }
}

static void sqlite_close(struct db *db)
{
    if (db == NULL)
        return;
    sqlite3_close_v2(db->handle);
    free(db);
}

static int sqlite_exec(struct db *db, const char *sql)
{
    return errno_of(sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

static int set_up(struct db *db)
{
    sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
    sqlite3_extended_result_codes(db->handle, 1);
    return sqlite_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;");
}

/* A new database is its owner's only (its log and index files take the same mode): it holds personal data and keys. Never opens one that exists: closing
 * it here would drop the locks that SQLite holds on it in this process. */
static void create_private(const char *path)
{
    int fd = strcmp(path, ":memory:") != 0 ? open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600) : -1;

    if (fd >= 0)
        close(fd);
}

static int sqlite_open(struct db **dbp, const char *path, bool *shared, char *why, size_t why_size)
{
    struct db *db = calloc(1, sizeof *db);
    int rc, err;

    if (db == NULL)
        return ENOMEM;
    create_private(path);
    rc = sqlite3_open_v2(path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    err = errno_of(rc);
    if (!err)
        err = set_up(db);
    if (err) {
        (void)snprintf(why, why_size, "%s: %s", path, db->handle ? sqlite3_errmsg(db->handle) : "out of memory");
        sqlite_close(db);
        return err;
    }
    *shared = strcmp(path, ":memory:") == 0;
    *dbp = db;
    return 0;
}

static int64_t sqlite_changes(struct db *db)
{
    return sqlite3_changes64(db->handle);
}

static const char *sqlite_message(struct db *db)
{
    return sqlite3_errmsg(db->handle);
}

static int sqlite_prepare(struct db_stmt **sp, struct db *db, const char *sql)
{
    struct db_stmt *st = calloc(1, sizeof *st);
    int err;

    if (st == NULL)
        return ENOMEM;
    st->db = db->handle;
    err = errno_of(sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &st->handle, NULL));
    if (!err && st->handle == NULL)
        err = EINVAL; /* nothing but white space */
    if (err)
        free(st);
    else
        *sp = st;
    return err;
}

static int sqlite_bind(struct db_stmt *st, int index, const struct db_value *v)
{
    switch (v->type) {
    case DB_NULL:
        return errno_of(sqlite3_bind_null(st->handle, index));
    case DB_INT:
        return errno_of(sqlite3_bind_int64(st->handle, index, v->i));
    case DB_REAL:
        return errno_of(sqlite3_bind_double(st->handle, index, v->d));
    case DB_TEXT:
        return errno_of(sqlite3_bind_text64(st->handle, index, v->text, v->len, SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    return EINVAL;
}

static int sqlite_step(struct db_stmt *st, bool *row)
{
    int rc = sqlite3_step(st->handle);

    *row = rc == SQLITE_ROW;
    return errno_of(rc);
}

static int sqlite_columns(struct db_stmt *st)
{
    return sqlite3_column_count(st->handle);
}

static const char *sqlite_name(struct db_stmt *st, int column)
{
    return sqlite3_column_name(st->handle, column);
}

static void sqlite_column(struct db_stmt *st, int column, struct db_value *out)
{
    *out = (struct db_value){.type = DB_NULL};
    switch (sqlite3_column_type(st->handle, column)) {
    case SQLITE_INTEGER:
        out->type = DB_INT;
        out->i = sqlite3_column_int64(st->handle, column);
        break;
    case SQLITE_FLOAT:
        out->type = DB_REAL;
        out->d = sqlite3_column_double(st->handle, column);
        break;
    case SQLITE_TEXT:
    case SQLITE_BLOB:
        out->type = DB_TEXT;
        out->text = (const char *)sqlite3_column_text(st->handle, column);
        out->len = (size_t)sqlite3_column_bytes(st->handle, column);
        break;
    }
}

static void sqlite_reset(struct db_stmt *st)
{
    (void)sqlite3_reset(st->handle); /* repeats the error of the last step, which was reported */
    (void)sqlite3_clear_bindings(st->handle);
}

static void sqlite_finalise(struct db_stmt *st)
{
    (void)sqlite3_finalize(st->handle);
    free(st);
}

const struct db_driver db_sqlite = {
    .scheme = "sqlite",
    .open = sqlite_open,
    .close = sqlite_close,
    .exec = sqlite_exec,
    .changes = sqlite_changes,
    .message = sqlite_message,
    .prepare = sqlite_prepare,
    .bind = sqlite_bind,
    .step = sqlite_step,
    .columns = sqlite_columns,
    .name = sqlite_name,
    .column = sqlite_column,
    .reset = sqlite_reset,
    .finalise = sqlite_finalise,
};
