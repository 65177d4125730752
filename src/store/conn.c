/* conn.c - one connection and its prepared statements. Statements are found by their text; when the table is full the one
 * that rested longest makes room, so a caller that builds many texts slows itself down but leaks nothing. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_priv.h"

#include "base/banned.h"

int conn_open(struct conn **cp, const struct db_driver *driver, const char *path, bool *shared, char *why, size_t why_size)
{
    struct conn *c = calloc(1, sizeof *c);
    int err;

    if (c == NULL)
        return ENOMEM;
    c->driver = driver;
    err = driver->open(&c->db, path, shared, why, why_size);
    if (err)
        free(c);
    else
        *cp = c;
    return err;
}

static void statement_drop(struct conn *c, struct conn_statement *s)
{
    if (s->stmt != NULL)
        c->driver->finalise(s->stmt);
    free(s->sql);
    *s = (struct conn_statement){0};
}

void conn_close(struct conn *c)
{
    if (c == NULL)
        return;
    for (int i = 0; i < CONN_STATEMENTS_MAX; i++)
        statement_drop(c, &c->statements[i]);
    c->driver->close(c->db);
    free(c);
}

/* FNV-1a: where the search for a text begins. */
static size_t slot_of(const char *sql)
{
    uint32_t h = 2166136261u;

    for (; *sql != '\0'; sql++)
        h = (h ^ (unsigned char)*sql) * 16777619u;
    return h % CONN_STATEMENTS_MAX;
}

static struct conn_statement *find(struct conn *c, const char *sql)
{
    size_t at = slot_of(sql);
    struct conn_statement *oldest = NULL;

    for (size_t i = 0; i < CONN_STATEMENTS_MAX; i++) {
        struct conn_statement *s = &c->statements[(at + i) % CONN_STATEMENTS_MAX];

        if (s->in_use)
            continue;
        if (s->sql == NULL || strcmp(s->sql, sql) == 0)
            return s;
        if (oldest == NULL || s->used_at < oldest->used_at)
            oldest = s;
    }
    return oldest;
}

static int statement_make(struct conn *c, struct conn_statement *s, const char *sql)
{
    int err;

    statement_drop(c, s);
    s->sql = strdup(sql);
    if (s->sql == NULL)
        return ENOMEM;
    err = c->driver->prepare(&s->stmt, c->db, sql);
    if (err)
        statement_drop(c, s);
    return err;
}

int conn_take(struct conn_statement **out, struct conn *c, const char *sql)
{
    struct conn_statement *s = find(c, sql);
    int err = 0;

    if (s == NULL)
        return ENOMEM;
    if (s->sql == NULL || strcmp(s->sql, sql) != 0)
        err = statement_make(c, s, sql);
    if (err)
        return err;
    s->in_use = true;
    s->used_at = ++c->uses;
    *out = s;
    return 0;
}

void conn_give(struct conn *c, struct conn_statement *s)
{
    c->driver->reset(s->stmt);
    s->in_use = false;
}

int conn_run(struct conn *c, const char *sql)
{
    struct conn_statement *s;
    bool row;
    int err = conn_take(&s, c, sql);

    if (err)
        return err;
    err = c->driver->step(s->stmt, &row);
    conn_give(c, s);
    return err;
}
