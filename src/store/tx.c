/* tx.c - statements with parameters, and rows as JSON. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "store/store_priv.h"

#include "base/banned.h"

static int bind_json(const struct db_driver *d, struct db_stmt *st, int index, const json_t *j)
{
    struct db_value v = {.type = DB_NULL};
    char *text = NULL;
    int err;

    if (j != NULL) {
        text = json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY);
        if (text == NULL)
            return ENOMEM;
        v = (struct db_value){.type = DB_TEXT, .text = text, .len = strlen(text)};
    }
    err = d->bind(st, index, &v);
    free(text);
    return err;
}

static int bind_one(const struct db_driver *d, struct db_stmt *st, int index, char type, va_list *ap)
{
    struct db_value v = {.type = DB_NULL};

    switch (type) {
    case 'i':
        v = (struct db_value){.type = DB_INT, .i = va_arg(*ap, int64_t)};
        break;
    case 'd':
        v = (struct db_value){.type = DB_REAL, .d = va_arg(*ap, double)};
        break;
    case 'j':
        return bind_json(d, st, index, va_arg(*ap, json_t *));
    case 's':
        v.text = va_arg(*ap, const char *);
        if (v.text != NULL) {
            v.type = DB_TEXT;
            v.len = strlen(v.text);
        }
        break;
    default:
        return EINVAL;
    }
    return d->bind(st, index, &v);
}

static int statement_open(struct conn_statement **out, struct tx *tx, const char *sql, const char *fmt, va_list *ap)
{
    struct conn_statement *s;
    int err = conn_take(&s, tx->conn, sql);

    if (err) {
        log_debug("store", "", "%s: %s", tx->conn->driver->message(tx->conn->db), sql);
        return err;
    }
    for (int i = 0; !err && fmt[i] != '\0'; i++)
        err = bind_one(tx->conn->driver, s->stmt, i + 1, fmt[i], ap);
    if (err)
        conn_give(tx->conn, s);
    else
        *out = s;
    return err;
}

static int step(struct tx *tx, struct conn_statement *s, bool *row)
{
    int err = tx->conn->driver->step(s->stmt, row);

    if (err)
        log_debug("store", "", "%s: %s", tx->conn->driver->message(tx->conn->db), s->sql);
    return err;
}

static json_t *text_value(const struct db_value *v)
{
    json_t *j = json_stringn(v->text, v->len);

    return j != NULL ? j : json_string("\xef\xbf\xbd"); /* bytes that are no UTF-8 */
}

static json_t *value_json(const struct db_value *v, bool parse)
{
    switch (v->type) {
    case DB_NULL:
        return json_null();
    case DB_INT:
        return json_integer(v->i);
    case DB_REAL:
        return json_real(v->d);
    case DB_TEXT:
        return parse ? json_loadb(v->text, v->len, JSON_DECODE_ANY, NULL) : text_value(v);
    }
    return NULL;
}

static int row_json(json_t **out, struct tx *tx, struct db_stmt *st)
{
    const struct db_driver *d = tx->conn->driver;
    json_t *row = json_object();
    int err = row == NULL ? ENOMEM : 0;

    for (int i = 0; !err && i < d->columns(st); i++) {
        struct db_value v;
        const char *name = d->name(st, i);
        bool parse = text_ends(name, "_json");
        json_t *j;

        d->column(st, i, &v);
        j = value_json(&v, parse);
        if (j == NULL)
            err = parse ? EIO : ENOMEM;
        else if (json_object_setn_new(row, name, strlen(name) - (parse ? strlen("_json") : 0), j))
            err = ENOMEM;
    }
    if (err)
        json_decref(row);
    else
        *out = row;
    return err;
}

static int exec_va(struct tx *tx, int64_t *changed, const char *sql, const char *fmt, va_list *ap)
{
    struct conn_statement *s;
    bool row = true;
    int err;

    if (!tx->writable)
        return EACCES;
    err = statement_open(&s, tx, sql, fmt, ap);
    if (err)
        return err;
    while (!err && row)
        err = step(tx, s, &row);
    if (!err && changed != NULL)
        *changed = tx->conn->driver->changes(tx->conn->db);
    conn_give(tx->conn, s);
    return err;
}

int tx_exec(struct tx *tx, const char *sql, const char *fmt, ...)
{
    va_list ap;
    int err;

    va_start(ap, fmt);
    err = exec_va(tx, NULL, sql, fmt, &ap);
    va_end(ap);
    return err;
}

int tx_exec_count(struct tx *tx, int64_t *changed, const char *sql, const char *fmt, ...)
{
    va_list ap;
    int err;

    va_start(ap, fmt);
    err = exec_va(tx, changed, sql, fmt, &ap);
    va_end(ap);
    return err;
}

static int fetch(struct tx *tx, struct conn_statement *s, json_t *rows, size_t max)
{
    bool more;
    int err = step(tx, s, &more);

    while (!err && more) {
        json_t *row = NULL;

        if (json_array_size(rows) == max)
            return EMSGSIZE;
        err = row_json(&row, tx, s->stmt);
        if (!err && json_array_append_new(rows, row))
            err = ENOMEM;
        if (!err)
            err = step(tx, s, &more);
    }
    return err;
}

static int query_va(struct tx *tx, json_t **rows, const char *sql, const char *fmt, va_list *ap)
{
    struct conn_statement *s;
    json_t *list;
    int err = statement_open(&s, tx, sql, fmt, ap);

    if (err)
        return err;
    list = json_array();
    err = list == NULL ? ENOMEM : fetch(tx, s, list, TX_ROWS_MAX);
    conn_give(tx->conn, s);
    if (err)
        json_decref(list);
    else
        *rows = list;
    return err;
}

int tx_query(struct tx *tx, json_t **rows, const char *sql, const char *fmt, ...)
{
    va_list ap;
    int err;

    va_start(ap, fmt);
    err = query_va(tx, rows, sql, fmt, &ap);
    va_end(ap);
    return err;
}

static int query_one_va(struct tx *tx, json_t **row, const char *sql, const char *fmt, va_list *ap)
{
    struct conn_statement *s;
    bool found;
    int err = statement_open(&s, tx, sql, fmt, ap);

    if (err)
        return err;
    err = step(tx, s, &found);
    if (!err)
        err = found ? row_json(row, tx, s->stmt) : ENOENT;
    conn_give(tx->conn, s);
    return err;
}

int tx_query_one(struct tx *tx, json_t **row, const char *sql, const char *fmt, ...)
{
    va_list ap;
    int err;

    va_start(ap, fmt);
    err = query_one_va(tx, row, sql, fmt, &ap);
    va_end(ap);
    return err;
}

int tx_query_int(struct tx *tx, int64_t *out, const char *sql, const char *fmt, ...)
{
    struct conn_statement *s;
    struct db_value v;
    va_list ap;
    bool found;
    int err;

    va_start(ap, fmt);
    err = statement_open(&s, tx, sql, fmt, &ap);
    va_end(ap);
    if (err)
        return err;
    err = step(tx, s, &found);
    if (!err && !found)
        err = ENOENT;
    if (!err) {
        tx->conn->driver->column(s->stmt, 0, &v);
        *out = v.type == DB_INT ? v.i : 0;
    }
    conn_give(tx->conn, s);
    return err;
}
