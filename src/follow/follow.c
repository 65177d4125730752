#include "follow/follow.h"

#include <errno.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "lead/lead.h"
#include "store/entities.h"

#include "base/banned.h"

#define WARN_MS (FOLLOW_WARN_S * INT64_C(1000))
#define GRACE_MS (FOLLOW_GRACE_S * INT64_C(1000))
#define NURTURE_MS (FOLLOW_NURTURE_DAYS * INT64_C(86400000))

/* Changes the task (stolen) and tells it (data is stolen, gets task_id). */
static int change_and_tell(struct tx *tx, const json_t *task, json_t *changes, const char *kind, json_t *data, int64_t now_ms)
{
    const char *id = jx_str(task, "id", "");
    int err = changes == NULL || data == NULL ? ENOMEM : jx_set_str(data, "task_id", id);

    if (!err)
        err = task_update(tx, id, changes);
    if (!err)
        err = event_append(tx, &(struct store_event){.kind = kind, .lead_id = jx_str(task, "lead_id", NULL), .call_id = jx_str(task, "call_id", NULL),
                                                     .subject = id, .data = data, .at = now_ms});
    json_decref(changes);
    json_decref(data);
    return err;
}

/* The AI takes over: an attempt now, and the task has its end state. */
static int call_by_ai(struct tx *tx, const json_t *task, const char *attempt_kind, const char *task_state, const char *event, int64_t now_ms)
{
    char id[ID_MAX];
    int err = attempt_insert(tx, jx_str(task, "lead_id", ""), attempt_kind, now_ms, now_ms, id);

    if (err)
        return err;
    return change_and_tell(tx, task, json_pack("{s:s,s:I}", "state", task_state, "done_at", (json_int_t)now_ms), event, json_pack("{s:s}", "attempt_id", id),
                           now_ms);
}

static int nurture(struct tx *tx, const json_t *task, int64_t now_ms)
{
    json_int_t next = now_ms + NURTURE_MS;

    return change_and_tell(tx, task, json_pack("{s:I}", "due_at", next), "follow.nurture_due", json_pack("{s:I}", "next_at", next), now_ms);
}

/* --- callbacks --- */

/* Owner and event of a task about to be told: an owner who is away or gone would not hear of it. */
static int find_owner(struct tx *tx, const json_t *task, const char **from, json_t **stand_in)
{
    const char *owner = jx_str(task, "closer_id", NULL);
    json_t *row;
    int err;

    *stand_in = NULL;
    *from = owner;
    err = owner != NULL ? closer_get(tx, owner, &row) : ENOENT;
    if (err)
        return err == ENOENT ? (owner == NULL ? 0 : closer_longest_free(tx, NULL, stand_in)) : err;
    if (strcmp(jx_str(row, "presence", ""), "away") == 0 || strcmp(jx_str(row, "presence", ""), "offline") == 0 || jx_int(row, "archived", 0) != 0)
        err = closer_longest_free(tx, jx_str(row, "team", NULL), stand_in);
    json_decref(row);
    return err;
}

/* The task's closer after that, borrowed from `stand_in` or the task. */
static int hand_on(struct tx *tx, const json_t *task, json_t **stand_in, const char **closer_id, int64_t now_ms)
{
    const char *from;
    int err = find_owner(tx, task, &from, stand_in);

    *closer_id = *stand_in != NULL ? jx_str(*stand_in, "id", NULL) : from;
    if (err || *stand_in == NULL)
        return err;
    return change_and_tell(tx, task, json_pack("{s:s}", "closer_id", *closer_id), "task.assigned",
                           json_pack("{s:s,s:s?,s:s?,s:s}", "kind", "callback", "closer_id", *closer_id, "from", from, "reason", "the owner is not at the desk"), now_ms);
}

static int tell_callback(struct tx *tx, const json_t *task, const char *kind, const char *column, int64_t now_ms)
{
    const char *closer_id;
    json_t *stand_in = NULL;
    int err = hand_on(tx, task, &stand_in, &closer_id, now_ms);

    if (!err)
        err = change_and_tell(tx, task, json_pack("{s:I}", column, (json_int_t)now_ms), kind,
                              json_pack("{s:s,s:s?,s:I}", "kind", "callback", "closer_id", closer_id, "promised_by", (json_int_t)jx_int(task, "promised_by", jx_int(task, "due_at", 0))), now_ms);
    json_decref(stand_in);
    return err;
}

static int act_on_callback(struct tx *tx, const json_t *task, int64_t now_ms)
{
    int64_t due = jx_int(task, "due_at", 0);

    if (jx_int(task, "warned_at", 0) == 0 && jx_int(task, "promised_by", due) - WARN_MS <= now_ms) {
        int err = tell_callback(tx, task, "task.at_risk", "warned_at", now_ms);

        if (err || now_ms < due || jx_int(task, "told_at", 0) != 0)
            return err;
    }
    if (jx_int(task, "told_at", 0) == 0)
        return tell_callback(tx, task, "task.due", "told_at", now_ms);
    return call_by_ai(tx, task, "callback", "missed", "task.missed", now_ms);
}

static int act(struct tx *tx, const json_t *task, int64_t now_ms)
{
    const char *kind = jx_str(task, "kind", "");

    if (strcmp(kind, "reengage") == 0)
        return call_by_ai(tx, task, "reengage", "done", "follow.reengaged", now_ms);
    return strcmp(kind, "nurture") == 0 ? nurture(tx, task, now_ms) : act_on_callback(tx, task, now_ms);
}

int follow_run_due(struct tx *tx, int64_t now_ms, int64_t *next_at, void *arg)
{
    json_t *tasks, *task;
    int64_t at = 0;
    size_t i;
    int err = task_actionable(tx, now_ms, WARN_MS, GRACE_MS, &tasks);

    (void)arg;
    if (err)
        return err;
    json_array_foreach(tasks, i, task)
        if (!err)
            err = act(tx, task, now_ms);
    json_decref(tasks);
    if (!err)
        err = task_next_at(tx, WARN_MS, GRACE_MS, &at);
    if (!err && at != 0 && (*next_at == 0 || at < *next_at))
        *next_at = at;
    return err;
}
