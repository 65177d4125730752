/* store_priv.h - inside store/: connections, the transaction handed to jobs, the writer. */
#ifndef BATON_STORE_STORE_PRIV_H
#define BATON_STORE_STORE_PRIV_H

#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"
#include "store/store.h"

enum { CONN_STATEMENTS_MAX = 256, TX_ROWS_MAX = 20000, STORE_WATCHERS_MAX = 16, STORE_LATENCY_SLOTS = 40 };

struct store_migration { int version; const char *name, *sql; };
extern const struct store_migration store_migrations[];
extern const int store_migration_count;

/* --- conn.c: a connection with its prepared statements, found again by their text --- */

struct conn_statement { char *sql; struct db_stmt *stmt; bool in_use; uint64_t used_at; };

struct conn {
    const struct db_driver *driver;
    struct db *db;
    struct conn_statement statements[CONN_STATEMENTS_MAX];
    uint64_t uses;
};

int conn_open(struct conn **cp, const struct db_driver *driver, const char *path, bool *shared, char *why, size_t why_size);
void conn_close(struct conn *c);
/* A statement ready for parameters; give it back with conn_give. */
int conn_take(struct conn_statement **out, struct conn *c, const char *sql);
void conn_give(struct conn *c, struct conn_statement *s);
int conn_run(struct conn *c, const char *sql); /* BEGIN, COMMIT, SAVEPOINT ...: prepared once, no parameters */

/* --- tx.c --- */

struct tx {
    struct conn *conn;
    bool writable;
    int64_t event_seq; /* the newest event that this transaction appended; 0 = none */
};

/* --- writer.c: the queue and the thread that commits groups --- */

struct write_job {
    struct write_job *next;
    store_job_fn *fn;
    store_done_fn *done; /* NULL: nobody waits, or store_run does */
    struct loop *loop;
    void *arg;
    int err;
    struct wait *wait; /* of store_run */
};

struct watcher { store_watch_fn *fn; void *arg; };

struct writer {
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t wake;
    struct write_job *head, **tail;
    size_t queued;
    bool closing;
    struct watcher watchers[STORE_WATCHERS_MAX];
    int watcher_count;
    uint64_t jobs, commits, failed;
    uint64_t latency[STORE_LATENCY_SLOTS]; /* of commits; slot n counts those below 2^(n/2) times 10 us */
};

int writer_start(struct writer *w, struct store *s);
void writer_stop(struct writer *w); /* runs what is queued, joins */

/* --- store.c --- */

struct store {
    const struct db_driver *driver;
    char *path;
    bool shared;                /* one connection for everything */
    pthread_mutex_t conn_lock;  /* of the writer's connection while it is shared */
    struct conn *write_conn;
    struct writer writer;
    pthread_mutex_t reader_lock; /* guards the readers */
    pthread_cond_t reader_free;
    struct conn *readers[STORE_READERS_MAX]; /* those that rest */
    int reader_idle, reader_open;
};

/* --- rows.c: what the typed files share --- */

/* Changes the columns of the row `id` that `changes` names; `columns` lists those that may, ended by NULL. EINVAL for
 * any other, ENOENT without the row. */
int row_update(struct tx *tx, const char *table, const char *const *columns, const char *id, const json_t *changes);

/* Pages ask for one row more than `limit`: page_cut drops it and tells the cursor (the id of the last row that stays). */
int64_t page_limit(int limit);
void page_cut(json_t *rows, int64_t limit, char next[64]);

/* "%words%" with the wildcards of LIKE made harmless (escape character: backslash). */
void like_pattern(char *out, size_t size, const char *words);

int store_migrate(struct conn *c, char *why, size_t why_size);

#endif
