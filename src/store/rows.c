/* rows.c - what the typed files share: partial updates, pages, search patterns. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

enum { UPDATE_SQL_MAX = 2048 };

static bool listed(const char *const *columns, const char *name)
{
    for (; *columns != NULL; columns++)
        if (strcmp(*columns, name) == 0)
            return true;
    return false;
}

static int update_sql(struct buf *sql, const char *table, const char *const *columns, const json_t *changes)
{
    const char *name, *separator = "";
    const json_t *value;

    (void)buf_printf(sql, "UPDATE %s SET ", table);
    json_object_foreach((json_t *)changes, name, value) {
        if (!listed(columns, name))
            return EINVAL;
        (void)buf_printf(sql, "%s%s = ?", separator, name);
        separator = ", ";
    }
    return buf_puts(sql, " WHERE id = ?");
}

static int bind_text(const struct db_driver *d, struct db_stmt *st, int index, const char *text)
{
    return d->bind(st, index, &(struct db_value){.type = DB_TEXT, .text = text, .len = strlen(text)});
}

static int bind_value(const struct db_driver *d, struct db_stmt *st, int index, const json_t *v)
{
    struct db_value value = {.type = DB_NULL};
    char *text;
    int err;

    if (json_is_object(v) || json_is_array(v)) {
        text = jx_dump(v);
        err = text != NULL ? bind_text(d, st, index, text) : ENOMEM;
        free(text);
        return err;
    }
    if (json_is_string(v))
        return bind_text(d, st, index, json_string_value(v));
    if (json_is_integer(v) || json_is_boolean(v))
        value = (struct db_value){.type = DB_INT, .i = json_is_integer(v) ? json_integer_value(v) : json_is_true(v)};
    else if (json_is_real(v))
        value = (struct db_value){.type = DB_REAL, .d = json_real_value(v)};
    return d->bind(st, index, &value);
}

static int run_update(struct tx *tx, const char *sql, const char *id, const json_t *changes)
{
    struct conn *c = tx->conn;
    struct conn_statement *s;
    const char *name;
    const json_t *value;
    int index = 0, err = conn_take(&s, c, sql);
    bool row;

    if (err)
        return err;
    json_object_foreach((json_t *)changes, name, value)
        if (!err)
            err = bind_value(c->driver, s->stmt, ++index, value);
    if (!err)
        err = bind_text(c->driver, s->stmt, index + 1, id);
    if (!err)
        err = c->driver->step(s->stmt, &row);
    if (!err && c->driver->changes(c->db) == 0)
        err = ENOENT;
    conn_give(c, s);
    return err;
}

int row_update(struct tx *tx, const char *table, const char *const *columns, const char *id, const json_t *changes)
{
    struct buf sql;
    int err;

    if (!tx->writable)
        return EACCES;
    if (json_object_size(changes) == 0)
        return 0;
    buf_init(&sql, UPDATE_SQL_MAX);
    err = update_sql(&sql, table, columns, changes);
    if (!err)
        err = run_update(tx, buf_str(&sql), id, changes);
    buf_release(&sql);
    return err;
}

int64_t page_limit(int limit)
{
    return limit < 1 ? 50 : limit > PAGE_LIMIT_MAX ? PAGE_LIMIT_MAX : limit;
}

void page_cut(json_t *rows, int64_t limit, char next[PAGE_CURSOR_MAX])
{
    size_t n = json_array_size(rows);

    next[0] = '\0';
    if (n <= (size_t)limit)
        return;
    (void)json_array_remove(rows, n - 1);
    (void)text_copy(next, PAGE_CURSOR_MAX, jx_str(json_array_get(rows, n - 2), "id", ""));
}

void like_pattern(char *out, size_t size, const char *words)
{
    size_t n = 0;

    out[n++] = '%';
    for (; *words != '\0' && n + 3 < size; words++) {
        if (*words == '%' || *words == '_' || *words == '\\')
            out[n++] = '\\';
        out[n++] = *words;
    }
    out[n++] = '%';
    out[n] = '\0';
}
