/* tasks.c - promises with a due time: the list; kept, put off or handed on by a person. task_call.c calls. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

#define SNOOZE_MAX_MS (INT64_C(30) * 24 * 3600 * 1000)

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

/* --- put off, handed on --- */

struct change { const char *id, *kind, *reason, *by, *closer_id; int64_t until; unsigned roles; const char *own_closer; bool refused; };

static json_t *columns_of(const struct change *c)
{
    return c->closer_id != NULL ? json_pack("{s:s}", "closer_id", c->closer_id) : json_pack("{s:I,s:n}", "due_at", (json_int_t)c->until, "told_at");
}

static json_t *data_of(const struct change *c, const json_t *task)
{
    if (c->closer_id != NULL)
        return json_pack("{s:s,s:s,s:s,s:s?,s:s?,s:s}", "task_id", c->id, "kind", jx_str(task, "kind", ""), "closer_id", c->closer_id, "from", jx_str(task, "closer_id", NULL), "reason", c->reason,
                         "by", c->by);
    return json_pack("{s:s,s:s,s:I,s:s,s:s}", "task_id", c->id, "kind", jx_str(task, "kind", ""), "until", (json_int_t)c->until, "reason", c->reason, "by", c->by);
}

/* A promise of somebody else is a manager's business, or that of who takes it over. */
static bool may_change(const struct change *c, const json_t *task)
{
    const char *owner = jx_str(task, "closer_id", NULL);

    return (c->roles & (ROLE_ADMIN | ROLE_MANAGER)) != 0 || owner == NULL || strcmp(owner, c->own_closer) == 0 || (c->closer_id != NULL && strcmp(c->closer_id, c->own_closer) == 0);
}

static int change_open(struct tx *tx, struct change *c, const json_t *task)
{
    json_t *columns, *data;
    int err;

    if (strcmp(jx_str(task, "state", ""), "due") != 0)
        return EALREADY;
    c->refused = !may_change(c, task);
    if (c->refused)
        return 0;
    columns = columns_of(c);
    data = data_of(c, task);
    err = columns == NULL || data == NULL ? ENOMEM : task_update(tx, c->id, columns);
    if (!err)
        err = event_append(tx, &(struct store_event){.kind = c->kind, .lead_id = jx_str(task, "lead_id", NULL), .call_id = jx_str(task, "call_id", NULL), .subject = c->id, .data = data,
                                                     .at = clock_now_ms()});
    json_decref(columns);
    json_decref(data);
    return err;
}

static int change_task(struct tx *tx, void *arg)
{
    struct change *c = arg;
    json_t *task, *closer = NULL;
    int err = c->closer_id != NULL ? closer_get(tx, c->closer_id, &closer) : 0;

    json_decref(closer);
    if (!err)
        err = task_get(tx, c->id, &task);
    if (err)
        return err;
    err = change_open(tx, c, task);
    json_decref(task);
    return err;
}

static int run_change(struct request *r, struct change *c)
{
    int err;

    c->id = r->id;
    c->by = r->who.name;
    c->roles = r->who.role;
    c->own_closer = r->who.closer_id;
    err = store_run(r->http->store, change_task, c);
    if (err)
        return err;
    if (c->refused)
        return reply_not_yours(r);
    if (r->http->ports.leads_changed != NULL)
        r->http->ports.leads_changed(r->http->ports.arg); /* the next due time is another one */
    return reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}

int task_snooze_post(struct request *r)
{
    const json_t *until = json_object_get(r->json, "until");
    struct change c = {.kind = "task.snoozed", .reason = request_text(r, "reason", 200, true), .until = jx_int(r->json, "until", 0)};

    if (!json_is_integer(until) || c.until <= clock_now_ms() || c.until > clock_now_ms() + SNOOZE_MAX_MS)
        request_wrong(r, "until", "must be an instant within the next 30 days");
    return r->errors != NULL ? 0 : run_change(r, &c);
}

int task_assign_post(struct request *r)
{
    struct change c = {.kind = "task.assigned", .closer_id = request_text(r, "closer_id", 36, true), .reason = request_text(r, "reason", 200, false)};

    return r->errors != NULL ? 0 : run_change(r, &c);
}
