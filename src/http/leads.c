/* leads.c - leads in (API and hooks), the list, and one lead's page. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

/* --- in --- */

static int refuse_fields(struct request *r, const struct lead_result *result)
{
    for (int i = 0; i < result->error_count && i < LEAD_FIELD_ERRORS_MAX; i++)
        request_wrong(r, result->errors[i].field, result->errors[i].text);
    return reply_wrong(r);
}

/* 202: the row is durable, the call comes. */
static int take(struct request *r, const char *channel)
{
    struct lead_result result;
    int err = lead_intake(&result, r->http->store, &r->http->cfg.lead, r->json, channel, clock_now_ms());

    if (err)
        return err;
    if (result.error_count > 0)
        err = refuse_fields(r, &result);
    else {
        if (r->http->ports.leads_changed != NULL)
            r->http->ports.leads_changed(r->http->ports.arg);
        snprintf(r->location, sizeof r->location, "/api/v1/leads/%s", result.lead_id);
        err = reply_json(r, MHD_HTTP_ACCEPTED, json_pack("{s:s,s:b,s:O}", "id", result.lead_id, "joined", result.joined, "lead", result.lead));
    }
    lead_result_release(&result);
    return err;
}

int leads_post(struct request *r)
{
    return take(r, "api");
}

struct hook_lookup { const char *id; json_t *row; };

static int find_hook(struct tx *tx, void *arg)
{
    struct hook_lookup *l = arg;

    return hook_get(tx, l->id, &l->row);
}

/* The same answer for an unknown hook and a wrong secret. */
int hook_post(struct request *r)
{
    struct hook_lookup l = {.id = r->id};
    const char *given = request_header(r, "X-Baton-Secret");
    int err = store_read(r->http->store, find_hook, &l);
    bool known = !err && given != NULL && text_equal_secret(given, jx_str(l.row, "secret", "-"));
    char channel[80];

    json_decref(l.row);
    if (err && err != ENOENT)
        return err;
    if (!known)
        return reply_problem(r, MHD_HTTP_UNAUTHORIZED, "The secret of this hook is missing or wrong.");
    snprintf(channel, sizeof channel, "hook:%s", r->id);
    return take(r, channel);
}

/* --- the list --- */

struct page { struct lead_filter filter; json_t *rows; char next[PAGE_CURSOR_MAX]; };

static int read_page(struct tx *tx, void *arg)
{
    struct page *p = arg;

    return lead_page(tx, &p->filter, &p->rows, p->next);
}

int leads_get(struct request *r)
{
    struct page p = {.filter = {.state = request_query(r, "state"), .bucket = request_query(r, "bucket"), .source = request_query(r, "source"), .search = request_query(r, "q"),
                                .phone = request_query(r, "phone"), .owner = request_query(r, "owner"), .cursor = request_query(r, "cursor")}};
    int err;

    p.filter.limit = request_limit(r, 50);
    if (r->errors != NULL)
        return 0;
    err = store_read(r->http->store, read_page, &p);
    return err ? err : reply_page(r, p.rows, p.next);
}

struct counting { struct lead_filter filter; int64_t n; };

static int count_leads(struct tx *tx, void *arg)
{
    struct counting *c = arg;

    return lead_count(tx, &c->filter, &c->n);
}

int leads_count_get(struct request *r)
{
    struct counting c = {.filter = {.state = request_query(r, "state"), .bucket = request_query(r, "bucket"), .source = request_query(r, "source"), .search = request_query(r, "q"),
                                    .owner = request_query(r, "owner")}};
    int err = store_read(r->http->store, count_leads, &c);

    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:I}", "count", (json_int_t)c.n));
}

/* --- one lead --- */

struct one { struct http *http; const char *id; json_t *out; };

static json_t *suppressed_view(struct tx *tx, const char *phone)
{
    json_t *row, *v;

    if (suppression_get(tx, phone, &row) != 0)
        return NULL;
    v = json_pack("{s:s,s:I}", "reason", jx_str(row, "reason", ""), "at", (json_int_t)jx_int(row, "created_at", 0));
    json_decref(row);
    return v;
}

static json_t *owner_view(struct tx *tx, const char *closer_id)
{
    json_t *row, *v;

    if (closer_id == NULL || closer_get(tx, closer_id, &row) != 0)
        return NULL;
    v = json_string(jx_str(row, "name", ""));
    json_decref(row);
    return v;
}

/* The newest verdict, and the next attempt or task, whichever is due first. */
static int add_plan(struct tx *tx, const char *id, json_t *out)
{
    json_t *attempts, *tasks, *a, *t;
    size_t i;
    int err = attempt_list(tx, id, &attempts);

    if (err)
        return err;
    jx_set(out, "gate", NULL);
    jx_set(out, "next", NULL);
    json_array_foreach(attempts, i, a) {
        const char *state = jx_str(a, "state", "");

        if (json_is_object(json_object_get(a, "gate")))
            jx_set(out, "gate", json_incref(json_object_get(a, "gate")));
        if (strcmp(state, "due") == 0 || strcmp(state, "deferred") == 0)
            jx_set(out, "next", json_pack("{s:s,s:I,s:n,s:s?,s:I}", "kind", jx_str(a, "kind", ""), "due_at",
                                          (json_int_t)jx_int(a, "next_allowed_at", jx_int(a, "due_at", 0)), "closer_name", "reason", jx_str(a, "refusal", NULL), "since",
                                          (json_int_t)jx_int(a, "created_at", 0)));
    }
    err = task_list(tx, &(struct task_filter){.lead_id = id, .state = "due", .limit = 1}, &tasks);
    t = err ? NULL : json_array_get(tasks, 0);
    if (t != NULL && json_is_null(json_object_get(out, "next")))
        jx_set(out, "next", json_pack("{s:s,s:I,s:o?,s:s?,s:I}", "kind", jx_str(t, "kind", ""), "due_at", (json_int_t)jx_int(t, "due_at", 0), "closer_name",
                                      owner_view(tx, jx_str(t, "closer_id", NULL)), "reason", jx_str(t, "reason", NULL), "since", (json_int_t)jx_int(t, "created_at", 0)));
    if (!err)
        json_decref(tasks);
    json_decref(attempts);
    return err;
}

/* Score lines are those of the newest talk in which something was answered. */
static int add_score(struct tx *tx, struct http *h, const char *call_id, json_t *out)
{
    struct scenario *s = NULL;
    json_t *answers = NULL, *call = NULL;
    int err = call_id != NULL ? call_get(tx, call_id, &call) : 0;

    if (!err && call != NULL) {
        s = http_scenario(h, tx, jx_str(call, "scenario_id", ""), (int)jx_int(call, "scenario_version", 0));
        err = answer_list(tx, call_id, &answers);
    }
    if (!err) {
        jx_set(out, "answers", view_answers(answers, s));
        jx_set(out, "parts", view_parts(answers, s));
    }
    obj_unref(s);
    json_decref(answers);
    json_decref(call);
    return err;
}

static int add_newest_score(struct tx *tx, const struct one *o)
{
    json_t *row = NULL;
    int err = tx_query_one(tx, &row, "SELECT call_id FROM answer WHERE lead_id = ? ORDER BY at DESC LIMIT 1", "s", o->id);

    if (!err || err == ENOENT)
        err = add_score(tx, o->http, jx_str(row, "call_id", NULL), o->out);
    json_decref(row);
    return err;
}

static int add_outcome(struct tx *tx, const char *id, json_t *out)
{
    json_t *deals, *ratings;
    int err = deal_list(tx, id, &deals);

    if (!err)
        err = jx_set(out, "deals", deals);
    if (!err)
        err = rating_list(tx, id, NULL, &ratings);
    return err ? err : jx_set(out, "ratings", ratings);
}

static int read_one(struct tx *tx, void *arg)
{
    struct one *o = arg;
    json_t *lead, *consents = NULL;
    int err = lead_get(tx, o->id, &lead);

    if (err)
        return err;
    err = consent_list(tx, o->id, &consents);
    o->out = json_pack("{s:o,s:o?,s:o?,s:o?}", "lead", lead, "owner_name", owner_view(tx, jx_str(lead, "owner_closer_id", NULL)), "consents", consents, "suppressed",
                       suppressed_view(tx, jx_str(lead, "phone", "")));
    if (!err)
        err = add_plan(tx, o->id, o->out);
    if (!err)
        err = add_outcome(tx, o->id, o->out);
    return err ? err : add_newest_score(tx, o);
}

int lead_get_one(struct request *r)
{
    struct one o = {.http = r->http, .id = r->id};
    int err = store_read(r->http->store, read_one, &o);

    if (!err)
        return reply_json(r, MHD_HTTP_OK, o.out);
    json_decref(o.out);
    return err;
}
