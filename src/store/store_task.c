/* store_task.c - promises with a due time. */
#include "store/entities.h"
#include "store/store_priv.h"

#include "base/banned.h"

#define TASK_COLUMNS "t.id, t.lead_id, t.call_id, t.kind, t.closer_id, t.due_at, t.promised_by, t.state, t.reason, t.note, t.told_at, t.created_at, t.done_at"

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

static const char *const task_columns[] = {"closer_id", "due_at", "promised_by", "state", "reason", "note", "told_at", "done_at", NULL};

int task_update(struct tx *tx, const char *id, const json_t *columns)
{
    return row_update(tx, "task", task_columns, id, columns);
}

int task_list(struct tx *tx, const struct task_filter *f, json_t **rows)
{
    return tx_query(tx, rows,
                    "SELECT " TASK_COLUMNS ", json_object('id', l.id, 'first_name', l.first_name, 'last_name', l.last_name, 'company', l.company,"
                    " 'title', l.title, 'phone', l.phone, 'score', l.score, 'bucket', l.bucket, 'summary', l.summary, 'state', l.state) AS lead_json"
                    " FROM task t JOIN lead l ON l.id = t.lead_id WHERE (? IS NULL OR t.kind = ?) AND (? IS NULL OR t.state = ?)"
                    " AND (? IS NULL OR t.lead_id = ?) AND (? IS NULL OR t.closer_id = ?) AND (? = 0 OR t.due_at < ?) ORDER BY t.due_at, t.id LIMIT ?",
                    "ssssssssiii", f->kind, f->kind, f->state, f->state, f->lead_id, f->lead_id, f->closer_id, f->closer_id, f->due_before, f->due_before,
                    page_limit(f->limit));
}

/* When a task that is due next asks for something. */
#define TASK_ACTS_AT "CASE WHEN t.kind = 'callback' AND t.told_at IS NOT NULL THEN coalesce(t.promised_by, t.due_at) + ? ELSE t.due_at END"

enum { ACTIONABLE_MAX = 200 };

int task_actionable(struct tx *tx, int64_t now_ms, int64_t grace_ms, json_t **rows)
{
    return tx_query(tx, rows, "SELECT " TASK_COLUMNS " FROM task t WHERE t.state = 'due' AND " TASK_ACTS_AT " <= ? ORDER BY t.due_at, t.id LIMIT ?", "iii",
                    grace_ms, now_ms, (int64_t)ACTIONABLE_MAX);
}

int task_next_at(struct tx *tx, int64_t grace_ms, int64_t *next_at)
{
    return tx_query_int(tx, next_at, "SELECT coalesce(min(" TASK_ACTS_AT "), 0) FROM task t WHERE t.state = 'due'", "i", grace_ms);
}

int task_count_promises(struct tx *tx, const char *lead_id, int64_t *n)
{
    return tx_query_int(tx, n, "SELECT count(*) FROM task WHERE lead_id = ? AND state = 'due' AND kind IN ('callback', 'reengage')", "s", lead_id);
}
