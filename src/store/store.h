/* store.h - the one door to the database.
 *
 * Writes are jobs: a function that runs on the writer thread inside a transaction which it shares with other jobs (group
 * commit, at most STORE_GROUP_MAX jobs). A job that returns an error is rolled back alone (savepoint). `done` is
 * posted to the caller's loop after the commit is durable. Reads run on the calling thread with a connection of
 * their own. The control loop uses store_submit only; HTTP threads and commands may use store_run and store_read, which block.
 *
 * One file per entity (store_lead.c ...) holds the typed queries, declared in store/entities.h. All SQL is parameterised. */
#ifndef BATON_STORE_STORE_H
#define BATON_STORE_STORE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/loop.h"

struct store; /* refcounted */
struct tx;    /* a transaction, or a read-only view; valid inside the job */

enum { STORE_GROUP_MAX = 512, STORE_QUEUE_MAX = 100000, STORE_READERS_MAX = 32 };

/* url: "sqlite:PATH" or "sqlite::memory:" (tests). Opens, checks, migrates (each migration in one transaction). ENOTSUP for an unknown scheme or a schema
 * newer than this program. `why` gets the reason. */
int store_open(struct store **sp, const char *url, char *why, size_t why_size);
void store_close(struct store *s); /* runs what is queued, stops the writer; then obj_unref */

typedef int(store_job_fn)(struct tx *tx, void *arg);      /* 0: commit; errno: roll this job back */
typedef void(store_done_fn)(int err, void *arg);

/* Queues a write. done (may be NULL) runs on `loop` after the commit, in the order of submission per caller. EAGAIN when the queue is full.
 * When the call fails done is not called. */
int store_submit(struct store *s, store_job_fn *job, store_done_fn *done, struct loop *loop, void *arg);

/* A write that waits for durability: not on the control loop. Returns the job's or the commit's error. */
int store_run(struct store *s, store_job_fn *job, void *arg);

/* A consistent read on this thread: not on the control loop. */
int store_read(struct store *s, store_job_fn *job, void *arg);

/* --- events: the journal --- */

struct store_event {
    const char *kind;          /* "lead.received", "call.answered" ...; docs/events.md lists them */
    const char *lead_id, *call_id, *subject; /* may be NULL */
    json_t *data;              /* object, borrowed; NULL = {} */
    int64_t at;                /* UTC ms */
};
int event_append(struct tx *tx, const struct store_event *e);

/* Calls fn on the writer thread after each commit that appended events, with the newest seq: wakes SSE and sync. At most 16 listeners. */
typedef void(store_watch_fn)(int64_t last_seq, void *arg);
int store_watch(struct store *s, store_watch_fn *fn, void *arg);

/* Events after `seq`, oldest first, at most `limit`; an array of {"seq","at","kind","lead_id","call_id","subject","data"}. */
int event_list(struct tx *tx, int64_t after_seq, const char *lead_id, const char *call_id, int limit, json_t **out);
int64_t event_last_seq(struct tx *tx);

struct store_stats { uint64_t jobs, commits, failed; size_t queued; int64_t commit_us_p50, commit_us_p99; };
void store_stats_get(const struct store *s, struct store_stats *out);

/* --- plain statements for the typed files (and for tests) --- */

/* fmt has one letter a parameter: s text (NULL = null), i int64_t, d double, j json_t* stored as text (borrowed). */
int tx_exec(struct tx *tx, const char *sql, const char *fmt, ...);
/* As tx_exec; *changed gets the number of rows touched. */
int tx_exec_count(struct tx *tx, int64_t *changed, const char *sql, const char *fmt, ...);
/* Rows as a JSON array of objects keyed by column; columns whose names end in "_json" are parsed and lose that ending. NULL is null. */
int tx_query(struct tx *tx, json_t **rows, const char *sql, const char *fmt, ...);
/* The first row as an object; ENOENT without one. */
int tx_query_one(struct tx *tx, json_t **row, const char *sql, const char *fmt, ...);
int tx_query_int(struct tx *tx, int64_t *out, const char *sql, const char *fmt, ...);

#endif
