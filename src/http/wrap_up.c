/* wrap_up.c - what a closer sees of a talk of theirs: the form with what is known already, the talks that still wait for one, and answers marked as wrong. */
#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "http/http_priv.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

enum { DRAFT_MAX = 2000, UNWRAPPED_MS = 24 * 3600 * 1000 };

/* --- the summary drafted for the closer --- */

static const char *word_of(const json_t *item)
{
    return json_is_string(item) ? json_string_value(item) : jx_str(item, "quote", jx_str(item, "evidence", jx_str(item, "text", jx_str(item, "name", jx_str(item, "id", "")))));
}

static void add_list(struct buf *b, const char *before, const json_t *list)
{
    const json_t *item;
    const char *separator = before;
    size_t i;

    json_array_foreach(list, i, item) {
        (void)buf_printf(b, "%s%s", separator, word_of(item));
        separator = ", ";
    }
    if (separator != before && strchr(".?!", buf_str(b)[strlen(buf_str(b)) - 1]) == NULL)
        (void)buf_puts(b, ".");
}

static json_t *draft_summary(const json_t *brief, const char *otherwise)
{
    struct buf b;
    json_t *text;

    buf_init(&b, DRAFT_MAX);
    (void)buf_puts(&b, jx_str(brief, "summary", otherwise));
    add_list(&b, " Objected: ", json_object_get(brief, "objections"));
    add_list(&b, " Knows ", json_object_get(brief, "competitors"));
    add_list(&b, " Still to answer: ", json_object_get(brief, "open_questions"));
    text = json_string(buf_str(&b));
    buf_release(&b);
    return text;
}

/* --- one talk --- */

struct one { struct http *http; const char *id; json_t *out, *handoff; };

static int add_answers(struct tx *tx, struct http *http, const json_t *call, json_t *out)
{
    struct scenario *s = http_scenario(http, tx, jx_str(call, "scenario_id", ""), (int)jx_int(call, "scenario_version", 0));
    json_t *answers;
    int err = answer_list(tx, jx_str(call, "id", ""), &answers);

    if (!err) {
        jx_set(out, "answers", view_answers(answers, s));
        json_decref(answers);
    }
    obj_unref(s);
    return err;
}

static int read_one(struct tx *tx, void *arg)
{
    struct one *o = arg;
    json_t *call = NULL;
    int64_t ended;
    int err = handoff_get(tx, o->id, &o->handoff);

    if (!err)
        err = call_get(tx, jx_str(o->handoff, "call_id", ""), &call);
    if (err)
        return err;
    ended = jx_int(o->handoff, "ended_at", 0);
    o->out = json_object();
    jx_set_str(o->out, "id", o->id);
    jx_set_str(o->out, "call_id", jx_str(call, "id", ""));
    jx_set_str(o->out, "lead_id", jx_str(call, "lead_id", ""));
    jx_set_str(o->out, "closer_id", jx_str(o->handoff, "closer_id", NULL));
    jx_set(o->out, "name", view_name(json_object_get(call, "lead")));
    jx_set_str(o->out, "company", jx_str(json_object_get(call, "lead"), "company", NULL));
    jx_set(o->out, "ended_at", ended != 0 ? json_integer(ended) : NULL);
    jx_set(o->out, "wrap_up_until", ended != 0 && o->http->desk != NULL ? json_integer(ended + (int64_t)desk_wrap_up_s(o->http->desk) * 1000) : NULL);
    jx_set(o->out, "summary", draft_summary(json_object_get(call, "brief"), jx_str(call, "summary", "")));
    jx_set(o->out, "draft", json_incref(json_object_get(o->handoff, "draft")));
    jx_set(o->out, "wrap_up", json_incref(json_object_get(o->handoff, "wrap_up")));
    err = add_answers(tx, o->http, call, o->out);
    json_decref(call);
    return err;
}

int handoff_get_one(struct request *r)
{
    struct one o = {.http = r->http, .id = r->id};
    int err = store_read(r->http->store, read_one, &o);
    bool may = !err && request_speaks_for(r, jx_str(o.handoff, "closer_id", NULL));

    json_decref(o.handoff);
    if (may)
        return reply_json(r, MHD_HTTP_OK, o.out);
    json_decref(o.out);
    return err ? err : reply_not_yours(r);
}

/* --- talks that wait for their wrap-up --- */

struct waiting { const char *closer_id; json_t *rows; };

static int read_waiting(struct tx *tx, void *arg)
{
    struct waiting *w = arg;

    return handoff_unwrapped(tx, w->closer_id, clock_now_ms() - UNWRAPPED_MS, &w->rows);
}

int handoffs_get(struct request *r)
{
    const char *asked = request_query(r, "closer_id");
    struct waiting w = {.closer_id = asked != NULL ? asked : r->who.closer_id};
    json_t *row;
    size_t i;
    int err;

    if (!request_speaks_for(r, w.closer_id))
        return reply_not_yours(r);
    err = store_read(r->http->store, read_waiting, &w);
    if (err)
        return err;
    json_array_foreach(w.rows, i, row)
        jx_set(row, "name", view_name(row));
    return reply_page(r, w.rows, NULL);
}

/* --- "the AI got this wrong" --- */

struct mark { const char *id, *note, *by; bool wrong; };

static int put_mark(struct tx *tx, void *arg)
{
    const struct mark *m = arg;

    return answer_row_mark(tx, m->id, m->wrong, m->note, m->by, clock_now_ms());
}

int answer_mark_post(struct request *r)
{
    const json_t *wrong = json_object_get(r->json, "wrong");
    struct mark m = {.id = r->id, .note = request_text(r, "note", 500, false), .by = r->who.name, .wrong = json_is_true(wrong)};
    int err;

    if (!json_is_boolean(wrong))
        request_wrong(r, "wrong", "must be true or false");
    if (r->errors != NULL)
        return 0;
    err = store_run(r->http->store, put_mark, &m);
    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}
