/* store_task.c - promises with a due time. */
#include "base/json.h"
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define TASK_COLUMNS "t.id, t.lead_id, t.call_id, t.kind, t.closer_id, t.due_at, t.promised_by, t.state, t.reason, t.note, t.told_at, t.warned_at, t.tried_at, t.tries, t.created_at, t.done_at"

int task_insert(struct tx *tx, const struct task_row *r)
{
    return tx_exec(tx,
                   "INSERT INTO task (id, lead_id, call_id, kind, closer_id, due_at, promised_by, state, reason, note, created_at)"
                   " VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), 'due', ?, ?, ?)",
                   "sssssiissi", r->id, r->lead_id, r->call_id, r->kind, r->closer_id, r->due_at, r->promised_by, r->reason, r->note, r->created_at);
}

int task_get(struct tx *tx, const char *id, json_t **row)
{
    return tx_query_one(tx, row, "SELECT " TASK_COLUMNS " FROM task t WHERE t.id = ?", "s", id);
}

static const char *const task_columns[] = {"closer_id", "due_at", "promised_by", "state", "reason", "note", "told_at", "warned_at", "tried_at", "tries", "done_at", NULL};

int task_update(struct tx *tx, const char *id, const json_t *columns)
{
    return row_update(tx, "task", task_columns, id, columns);
}

int task_list(struct tx *tx, const struct task_filter *f, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT " TASK_COLUMNS ", o.name AS closer_name, json_object('id', l.id, 'first_name', l.first_name, 'last_name', l.last_name, 'company', l.company,"
                    " 'title', l.title, 'phone', l.phone, 'score', l.score, 'bucket', l.bucket, 'summary', l.summary, 'state', l.state) AS lead_json"
                    " FROM task t JOIN lead l ON l.id = t.lead_id LEFT JOIN closer o ON o.id = t.closer_id WHERE (? IS NULL OR t.kind = ?) AND (? IS NULL OR t.state = ?)"
                    " AND (? IS NULL OR t.lead_id = ?) AND (? IS NULL OR t.closer_id = ?) AND (? = 0 OR t.due_at < ?) ORDER BY t.due_at, t.id LIMIT ?",
                    "ssssssssiii", f->kind, f->kind, f->state, f->state, f->lead_id, f->lead_id, f->closer_id, f->closer_id, f->due_before, f->due_before,
                    page_limit(f->limit));
}

/* When a task that is due next asks for something: a callback is warned of before its promise breaks, told at its time, and taken over by the AI a while
 * after both its promise and the time it was put off to. Parameters: how long before, how long after, each twice. */
#define PROMISE "coalesce(t.promised_by, t.due_at)"
#define TASK_ACTS_AT                                                                                                                                       \
    "CASE WHEN t.kind <> 'callback' OR (t.told_at IS NULL AND (t.warned_at IS NOT NULL OR t.due_at < " PROMISE " - ?)) THEN t.due_at"                      \
    " WHEN t.warned_at IS NULL THEN " PROMISE " - ? WHEN t.due_at > " PROMISE " THEN t.due_at + ? ELSE " PROMISE " + ? END"

enum { ACTIONABLE_MAX = 200 };

int task_actionable(struct tx *tx, int64_t now_ms, int64_t warn_ms, int64_t grace_ms, json_t **rows)
{
    return tx_query(tx, rows, "SELECT " TASK_COLUMNS " FROM task t WHERE t.state = 'due' AND " TASK_ACTS_AT " <= ? ORDER BY t.due_at, t.id LIMIT ?", "iiiiii",
                    warn_ms, warn_ms, grace_ms, grace_ms, now_ms, (int64_t)ACTIONABLE_MAX);
}

int task_next_at(struct tx *tx, int64_t warn_ms, int64_t grace_ms, int64_t *next_at)
{
    return tx_query_int(tx, next_at, "SELECT coalesce(min(" TASK_ACTS_AT "), 0) FROM task t WHERE t.state = 'due'", "iiii", warn_ms, warn_ms, grace_ms, grace_ms);
}

int task_count_promises(struct tx *tx, const char *lead_id, int64_t *n)
{
    return tx_query_int(tx, n, "SELECT count(*) FROM task WHERE lead_id = ? AND state = 'due' AND kind IN ('callback', 'reengage')", "s", lead_id);
}

int task_promise_counts(struct tx *tx, int64_t since, int64_t now_ms, int64_t warn_ms, int64_t grace_ms, struct task_promises *out)
{
    json_t *row;
    int err = tx_query_one(tx, &row,
                           "SELECT count(*) FILTER (WHERE state = 'done' AND done_at <= promised_by + ?) AS kept, count(*) FILTER (WHERE state = 'done' AND done_at > promised_by + ?) AS late,"
                           " count(*) FILTER (WHERE state = 'missed') AS missed, count(*) FILTER (WHERE state = 'due' AND promised_by >= ?) AS open,"
                           " count(*) FILTER (WHERE state = 'due' AND promised_by < ?) AS at_risk, count(*) FILTER (WHERE state = 'due' AND promised_by < ?) AS overdue FROM task"
                           " WHERE kind = 'callback' AND promised_by IS NOT NULL AND state <> 'cancelled' AND (state = 'due' OR promised_by >= ?)",
                           "iiiiii", grace_ms, grace_ms, now_ms, now_ms + warn_ms, now_ms, since);

    if (err)
        return err;
    *out = (struct task_promises){.kept = jx_int(row, "kept", 0), .late = jx_int(row, "late", 0), .missed = jx_int(row, "missed", 0), .open = jx_int(row, "open", 0),
                                  .at_risk = jx_int(row, "at_risk", 0), .overdue = jx_int(row, "overdue", 0)};
    json_decref(row);
    return 0;
}
