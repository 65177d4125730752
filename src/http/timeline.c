/* timeline.c - everything that happened to a lead as one list, oldest first. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

struct timeline { const char *lead_id; json_t *entries; };

static void add(json_t *entries, const char *id, int64_t at, const char *kind, const char *title, const char *detail, const char *quote, json_t *call)
{
    (void)json_array_append_new(entries, json_pack("{s:s,s:I,s:s,s:s,s:s?,s:s?,s:o?}", "id", id, "at", (json_int_t)at, "kind", kind, "title", title, "detail", detail,
                                                   "quote", quote, "call", call));
}

static int add_forms(struct tx *tx, const struct timeline *t)
{
    json_t *rows, *row;
    size_t i;
    int err = submission_list(tx, t->lead_id, &rows);

    if (err)
        return err;
    json_array_foreach(rows, i, row) {
        const json_t *body = json_object_get(row, "body");

        add(t->entries, jx_str(row, "id", ""), jx_int(row, "created_at", 0), "form", jx_int(row, "joined", 0) != 0 ? "Came in again" : "Came in", jx_str(row, "channel", NULL),
            jx_str(body, "message", NULL), NULL);
    }
    json_decref(rows);
    return 0;
}

static const char *failed_text(const json_t *gate)
{
    const json_t *reason;
    size_t i;

    json_array_foreach(json_object_get(gate, "reasons"), i, reason)
        if (!jx_bool(reason, "passed", true))
            return jx_str(reason, "text", NULL);
    return NULL;
}

static int add_gates(struct tx *tx, const struct timeline *t)
{
    json_t *rows, *row;
    size_t i;
    int err = attempt_list(tx, t->lead_id, &rows);

    if (err)
        return err;
    json_array_foreach(rows, i, row) {
        const json_t *gate = json_object_get(row, "gate");
        char id[48];

        if (!json_is_object(gate))
            continue;
        snprintf(id, sizeof id, "gate-%s", jx_str(row, "id", ""));
        add(t->entries, id, jx_int(row, "created_at", 0), "gate",
            jx_bool(gate, "allowed", false) ? "Cleared to call" : jx_bool(gate, "deferred", false) ? "Held until it is allowed" : "Not called", failed_text(gate), NULL, NULL);
    }
    json_decref(rows);
    return 0;
}

static json_t *said_before(const json_t *answers, const json_t *now)
{
    const char *question = jx_str(now, "question_id", "");
    const json_t *a;
    size_t i;

    json_array_foreach(answers, i, a)
        if (jx_int(a, "replaced", 0) != 0 && strcmp(jx_str(a, "question_id", ""), question) == 0 && jx_str(a, "evidence", NULL) != NULL)
            return json_string(jx_str(a, "evidence", ""));
    return NULL;
}

static json_t *call_view(struct tx *tx, const json_t *call)
{
    int64_t from = jx_int(call, "answered_at", 0), to = jx_int(call, "ended_at", 0);
    json_t *answers, *a, *list = json_array();
    size_t i;

    if (answer_list(tx, jx_str(call, "id", ""), &answers) == 0) {
        json_array_foreach(answers, i, a)
            if (jx_int(a, "replaced", 0) == 0)
                (void)json_array_append_new(list, json_pack("{s:s,s:s?,s:o?,s:I}", "dimension", jx_str(a, "dimension", ""), "evidence", jx_str(a, "evidence", NULL), "earlier",
                                                            said_before(answers, a), "points", (json_int_t)jx_int(a, "points", 0)));
        json_decref(answers);
    }
    return json_pack("{s:s,s:I,s:s?,s:b,s:o}", "id", jx_str(call, "id", ""), "duration_ms", (json_int_t)(from != 0 && to > from ? to - from : 0), "bucket",
                     jx_str(call, "bucket", NULL), "recorded", jx_str(call, "recording", NULL) != NULL, "answers", list);
}

static int add_calls(struct tx *tx, const struct timeline *t)
{
    char next[PAGE_CURSOR_MAX];
    json_t *rows, *row;
    size_t i;
    int err = call_page(tx, &(struct call_filter){.lead_id = t->lead_id, .limit = 100}, &rows, next);

    if (err)
        return err;
    json_array_foreach(rows, i, row)
        add(t->entries, jx_str(row, "id", ""), jx_int(row, "started_at", 0), "call", strcmp(jx_str(row, "direction", ""), "inbound") == 0 ? "Called us" : "Was called",
            jx_str(row, "summary", jx_str(row, "outcome", jx_str(row, "state", NULL))), NULL, call_view(tx, row));
    json_decref(rows);
    return 0;
}

/* What the closers handed in after their talks. */
static int add_wrap_ups(struct tx *tx, const struct timeline *t)
{
    json_t *rows, *row;
    size_t i;
    int err = tx_query(tx, &rows,
                       "SELECT h.id, h.ended_at, h.wrap_up AS wrap_up_json, c.name FROM handoff h LEFT JOIN closer c ON c.id = h.closer_id"
                       " WHERE h.lead_id = ? AND h.wrap_up IS NOT NULL ORDER BY h.ended_at LIMIT 100", "s", t->lead_id);

    if (err)
        return err;
    json_array_foreach(rows, i, row) {
        const json_t *form = json_object_get(row, "wrap_up");
        char id[48], title[160];

        snprintf(id, sizeof id, "wrap-%.36s", jx_str(row, "id", ""));
        snprintf(title, sizeof title, "%.60s wrote: %.60s", jx_str(row, "name", "A closer"), jx_str(form, "disposition", ""));
        add(t->entries, id, jx_int(row, "ended_at", 0) + 1, "note", title, jx_str(form, "note", NULL), NULL, NULL);
    }
    json_decref(rows);
    return 0;
}

static int add_tasks(struct tx *tx, const struct timeline *t)
{
    json_t *rows, *row;
    size_t i;
    int err = task_list(tx, &(struct task_filter){.lead_id = t->lead_id, .limit = 100}, &rows);

    if (err)
        return err;
    json_array_foreach(rows, i, row) {
        const char *kind = jx_str(row, "kind", "");

        add(t->entries, jx_str(row, "id", ""), jx_int(row, "created_at", 0), "task",
            strcmp(kind, "callback") == 0 ? "Callback promised" : strcmp(kind, "reengage") == 0 ? "Another call planned" : "Into nurture", jx_str(row, "reason", NULL),
            jx_str(row, "note", NULL), NULL);
    }
    json_decref(rows);
    return 0;
}

static int add_stop(struct tx *tx, const struct timeline *t, const char *phone)
{
    json_t *row;
    int err = suppression_get(tx, phone, &row);

    if (err)
        return err == ENOENT ? 0 : err;
    add(t->entries, "suppressed", jx_int(row, "created_at", 0), "stop", "Must not be called", jx_str(row, "reason", NULL), jx_str(row, "evidence", NULL), NULL);
    json_decref(row);
    return 0;
}

static int by_time(const void *a, const void *b)
{
    int64_t x = jx_int(*(json_t *const *)a, "at", 0), y = jx_int(*(json_t *const *)b, "at", 0);

    return (x > y) - (x < y);
}

static int sort(json_t **entries)
{
    size_t n = json_array_size(*entries);
    json_t **list = calloc(n + 1, sizeof(*list)), *sorted = json_array();

    if (list == NULL || sorted == NULL) {
        free(list);
        json_decref(sorted);
        return ENOMEM;
    }
    for (size_t i = 0; i < n; i++)
        list[i] = json_array_get(*entries, i);
    qsort(list, n, sizeof(*list), by_time);
    for (size_t i = 0; i < n; i++)
        (void)json_array_append(sorted, list[i]);
    free(list);
    json_decref(*entries);
    *entries = sorted;
    return 0;
}

static int read_timeline(struct tx *tx, void *arg)
{
    struct timeline *t = arg;
    json_t *lead;
    int err = lead_get(tx, t->lead_id, &lead);

    if (err)
        return err;
    t->entries = json_array();
    err = add_forms(tx, t);
    if (!err)
        err = add_gates(tx, t);
    if (!err)
        err = add_calls(tx, t);
    if (!err)
        err = add_wrap_ups(tx, t);
    if (!err)
        err = add_tasks(tx, t);
    if (!err)
        err = add_stop(tx, t, jx_str(lead, "phone", ""));
    json_decref(lead);
    return err ? err : sort(&t->entries);
}

int lead_timeline_get(struct request *r)
{
    struct timeline t = {.lead_id = r->id};
    int err = store_read(r->http->store, read_timeline, &t);

    if (!err)
        return reply_json(r, MHD_HTTP_OK, t.entries);
    json_decref(t.entries);
    return err;
}
