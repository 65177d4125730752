/* tasks.c - promises with a due time: the list, and one that a person has kept. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

struct tasks { struct task_filter filter; json_t *rows; };

static int read_tasks(struct tx *tx, void *arg)
{
    struct tasks *t = arg;

    return task_list(tx, &t->filter, &t->rows);
}

int tasks_get(struct request *r)
{
    struct tasks t = {.filter = {.kind = request_query(r, "kind"), .state = request_query(r, "state"), .lead_id = request_query(r, "lead_id"),
                                 .closer_id = request_query(r, "closer_id")}};
    int err;

    t.filter.limit = request_limit(r, 50);
    if (r->errors != NULL)
        return 0;
    err = store_read(r->http->store, read_tasks, &t);
    return err ? err : reply_page(r, t.rows, NULL);
}

struct doing { const char *id, *note; };

/* A person kept the promise, early or late. */
static int task_done(struct tx *tx, void *arg)
{
    const struct doing *d = arg;
    int64_t now = clock_now_ms();
    json_t *task, *columns, *data;
    int err = task_get(tx, d->id, &task);

    if (err)
        return err;
    if (strcmp(jx_str(task, "state", ""), "due") != 0) {
        json_decref(task);
        return EALREADY;
    }
    columns = json_pack("{s:s,s:I,s:s*}", "state", "done", "done_at", (json_int_t)now, "note", d->note);
    data = json_pack("{s:s,s:s,s:s*}", "task_id", d->id, "kind", jx_str(task, "kind", ""), "note", d->note);
    err = columns == NULL || data == NULL ? ENOMEM : task_update(tx, d->id, columns);
    if (!err)
        err = event_append(tx, &(struct store_event){.kind = "task.done", .lead_id = jx_str(task, "lead_id", NULL), .call_id = jx_str(task, "call_id", NULL), .subject = d->id, .data = data, .at = now});
    json_decref(data);
    json_decref(columns);
    json_decref(task);
    return err;
}

int task_done_post(struct request *r)
{
    struct doing d = {.id = r->id, .note = request_text(r, "note", 2000, false)};
    int err;

    if (r->errors != NULL)
        return 0;
    err = store_run(r->http->store, task_done, &d);
    return err ? err : reply_json(r, 200, json_pack("{s:b}", "ok", 1));
}
