/* store.c - opening, migrating and closing; the connections that read. */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "store/store_priv.h"

#include "base/banned.h"

static const struct db_driver *const drivers[] = {&db_sqlite};

static const struct db_driver *driver_of(const char *url, const char **path)
{
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++) {
        size_t n = strlen(drivers[i]->scheme);

        if (text_starts(url, drivers[i]->scheme) && url[n] == ':' && url[n + 1] != '\0') {
            *path = url + n + 1;
            return drivers[i];
        }
    }
    return NULL;
}

static void store_destroy(void *obj)
{
    struct store *s = obj;

    store_close(s);
    pthread_mutex_destroy(&s->writer.lock);
    pthread_cond_destroy(&s->writer.wake);
    pthread_mutex_destroy(&s->conn_lock);
    pthread_mutex_destroy(&s->reader_lock);
    pthread_cond_destroy(&s->reader_free);
    free(s->path);
}

static struct store *store_new(const struct db_driver *driver, const char *path)
{
    struct store *s = obj_alloc(sizeof *s, store_destroy);

    if (s == NULL)
        return NULL;
    s->driver = driver;
    s->path = strdup(path);
    s->writer.tail = &s->writer.head;
    pthread_mutex_init(&s->writer.lock, NULL);
    pthread_cond_init(&s->writer.wake, NULL);
    pthread_mutex_init(&s->conn_lock, NULL);
    pthread_mutex_init(&s->reader_lock, NULL);
    pthread_cond_init(&s->reader_free, NULL);
    return s->path != NULL ? s : obj_unref(s);
}

int store_open(struct store **sp, const char *url, char *why, size_t why_size)
{
    const char *path = NULL;
    const struct db_driver *driver = driver_of(url, &path);
    struct store *s;
    int err;

    if (driver == NULL) {
        (void)snprintf(why, why_size, "%s: only sqlite:PATH is known", url);
        return ENOTSUP;
    }
    s = store_new(driver, path);
    if (s == NULL)
        return ENOMEM;
    err = conn_open(&s->write_conn, driver, path, &s->shared, why, why_size);
    if (!err)
        err = store_migrate(s->write_conn, why, why_size);
    if (!err)
        err = writer_start(&s->writer, s);
    if (err)
        obj_unref(s);
    else
        *sp = s;
    return err;
}

void store_close(struct store *s)
{
    writer_stop(&s->writer);
    pthread_mutex_lock(&s->reader_lock);
    while (s->reader_idle > 0) {
        conn_close(s->readers[--s->reader_idle]);
        s->reader_open--;
    }
    pthread_mutex_unlock(&s->reader_lock);
    conn_close(s->write_conn);
    s->write_conn = NULL;
}

/* A resting reader, a new one, or (at STORE_READERS_MAX) the next that comes free. */
static int reader_take(struct conn **out, struct store *s)
{
    char why[128];
    bool shared;
    int err = 0;

    pthread_mutex_lock(&s->reader_lock);
    while (s->reader_idle == 0 && s->reader_open == STORE_READERS_MAX)
        pthread_cond_wait(&s->reader_free, &s->reader_lock);
    if (s->reader_idle > 0) {
        *out = s->readers[--s->reader_idle];
    } else {
        err = conn_open(out, s->driver, s->path, &shared, why, sizeof why);
        s->reader_open += err == 0;
    }
    pthread_mutex_unlock(&s->reader_lock);
    return err;
}

static void reader_give(struct store *s, struct conn *c)
{
    pthread_mutex_lock(&s->reader_lock);
    s->readers[s->reader_idle++] = c;
    pthread_cond_signal(&s->reader_free);
    pthread_mutex_unlock(&s->reader_lock);
}

static int read_view(struct conn *c, store_job_fn *job, void *arg)
{
    struct tx tx = {.conn = c, .writable = false};
    int err = conn_run(c, "BEGIN");

    if (err)
        return err;
    err = job(&tx, arg);
    (void)conn_run(c, "ROLLBACK");
    return err;
}

static int read_shared(struct store *s, store_job_fn *job, void *arg)
{
    int err;

    pthread_mutex_lock(&s->conn_lock);
    err = s->write_conn == NULL ? ESHUTDOWN : read_view(s->write_conn, job, arg);
    pthread_mutex_unlock(&s->conn_lock);
    return err;
}

int store_read(struct store *s, store_job_fn *job, void *arg)
{
    struct conn *c = NULL;
    int err;

    if (s->shared)
        return read_shared(s, job, arg);
    err = reader_take(&c, s);
    if (err)
        return err;
    err = read_view(c, job, arg);
    reader_give(s, c);
    return err;
}
