/* calls.c - the list of calls, one call with all that explains it, its recording, and hanging up. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/obj.h"
#include "http/http_priv.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

enum { PEAKS = 800 };

struct page { struct call_filter filter; json_t *rows; char next[PAGE_CURSOR_MAX]; };

static int read_page(struct tx *tx, void *arg)
{
    struct page *p = arg;

    return call_page(tx, &p->filter, &p->rows, p->next);
}

/* Where a recording lies is nobody's business outside. */
static void hide_path(json_t *call)
{
    if (json_is_string(json_object_get(call, "recording"))) {
        char url[80];

        snprintf(url, sizeof url, "/api/v1/calls/%s/recording", jx_str(call, "id", ""));
        jx_set_str(call, "recording", url);
    }
}

int calls_get(struct request *r)
{
    const char *live = request_query(r, "live");
    struct page p = {.filter = {.lead_id = request_query(r, "lead_id"), .outcome = request_query(r, "outcome"), .bucket = request_query(r, "bucket"), .cursor = request_query(r, "cursor"),
                                .live = live != NULL && strcmp(live, "true") == 0}};
    json_t *row;
    size_t i;
    int err;

    p.filter.limit = request_limit(r, 50);
    if (r->errors != NULL)
        return 0;
    err = store_read(r->http->store, read_page, &p);
    if (err)
        return err;
    json_array_foreach(p.rows, i, row)
        hide_path(row);
    return reply_page(r, p.rows, p.next);
}

/* --- one call --- */

struct one { struct http *http; const char *id; json_t *call; };

static int add_turns(struct tx *tx, json_t *call)
{
    json_t *turns, *turn;
    size_t i;
    int err = turn_list(tx, jx_str(call, "id", ""), &turns);

    if (err)
        return err;
    json_array_foreach(turns, i, turn) {
        const json_t *ledger = json_object_get(turn, "ledger"), *overlap = json_object_get(ledger, "overlap");

        jx_set(turn, "latency_ms", json_is_object(ledger) && json_is_number(json_object_get(ledger, "first_rtp")) ? json_integer((json_int_t)jx_num(ledger, "first_rtp", 0)) : NULL);
        jx_set(turn, "name", json_is_object(ledger) && json_is_string(json_object_get(ledger, "name")) ? json_string(jx_str(ledger, "name", "")) : NULL);
        jx_set(turn, "overlap_ms", json_is_object(overlap) ? json_integer(jx_int(overlap, "began", 0) + jx_int(overlap, "went_on", 0)) : NULL);
        jx_set_bool(turn, "interrupted", jx_int(turn, "interrupted", 0) != 0);
    }
    return jx_set(call, "turns", turns);
}

static int add_mentions(struct tx *tx, json_t *call)
{
    json_t *rows, *row;
    size_t i;
    int err = mention_list(tx, jx_str(call, "id", ""), &rows);

    if (err)
        return err;
    json_array_foreach(rows, i, row) {
        jx_set_str(row, "id", jx_str(row, "objection_id", ""));
        (void)json_object_del(row, "objection_id");
    }
    return jx_set(call, "mentions", rows);
}

/* The last handoff: who was asked in which order, who took it. */
static int add_handoff(struct tx *tx, json_t *call)
{
    json_t *rows, *h, *closer = NULL;
    int err = handoff_list(tx, jx_str(call, "id", ""), &rows);

    if (err)
        return err;
    h = json_array_get(rows, json_array_size(rows) > 0 ? json_array_size(rows) - 1 : 0);
    if (h != NULL) {
        const char *who = jx_str(h, "closer_id", NULL);

        jx_set(h, "offers", view_offers(h, NULL));
        jx_set_str(h, "reason", jx_str(h, "outcome", NULL));
        jx_set_str(h, "closer_name", who != NULL && closer_get(tx, who, &closer) == 0 ? jx_str(closer, "name", "") : NULL);
        json_decref(closer);
    }
    err = jx_set(call, "handoff", h != NULL ? json_incref(h) : NULL);
    json_decref(rows);
    return err;
}

static int add_ratings(struct tx *tx, json_t *call)
{
    json_t *rows;
    int err = rating_list(tx, NULL, jx_str(call, "id", ""), &rows);

    return err ? err : jx_set(call, "ratings", rows);
}

/* What the gate said before the call; nobody asks it when they call us. */
static void add_gate(struct tx *tx, json_t *call)
{
    const char *id = jx_str(call, "attempt_id", NULL);
    json_t *attempt, *gate = NULL;

    if (id != NULL && attempt_get(tx, id, &attempt) == 0) {
        if (json_is_object(json_object_get(attempt, "gate")))
            gate = json_incref(json_object_get(attempt, "gate"));
        json_decref(attempt);
    }
    jx_set(call, "gate", gate);
}

/* A human who calls back has the answers of the newest talk with the AI before them. */
static int answers_of(struct tx *tx, const json_t *call, json_t **answers)
{
    json_t *row;
    int err = ENOENT;

    if (strcmp(jx_str(call, "scenario_id", ""), CALL_SCENARIO_HUMAN) == 0)
        err = tx_query_one(tx, &row, "SELECT call_id FROM answer WHERE lead_id = ? ORDER BY at DESC LIMIT 1", "s", jx_str(call, "lead_id", ""));
    if (err)
        return answer_list(tx, jx_str(call, "id", ""), answers);
    err = answer_list(tx, jx_str(row, "call_id", ""), answers);
    json_decref(row);
    return err;
}

static int add_scenario(struct tx *tx, struct http *http, json_t *call)
{
    struct scenario *s = http_scenario(http, tx, jx_str(call, "scenario_id", ""), (int)jx_int(call, "scenario_version", 0));
    json_t *answers;
    char title[200];
    int err = answers_of(tx, call, &answers);

    if (!err) {
        snprintf(title, sizeof title, "%.150s, version %d", s != NULL && s->title != NULL ? s->title : jx_str(call, "scenario_id", ""), (int)jx_int(call, "scenario_version", 0));
        jx_set_str(call, "scenario", title);
        jx_set_str(call, "agent", s != NULL && s->agent_name != NULL ? s->agent_name : "AI");
        jx_set(call, "thresholds", json_pack("{s:i,s:i,s:i}", "hot", s != NULL ? s->routing.hot : 80, "warm_high", s != NULL ? s->routing.warm_high : 60, "warm_low",
                                             s != NULL ? s->routing.warm_low : 40));
        jx_set(call, "answers", view_answers(answers, s));
        jx_set(call, "parts", view_parts(answers, s));
        json_decref(answers);
    }
    obj_unref(s);
    return err;
}

static void add_lead(json_t *call)
{
    static const char *const names[] = {"title", "company", NULL};
    const json_t *lead = json_object_get(call, "lead");

    view_copy(call, lead, names);
    jx_set(call, "name", view_name(lead));
    hide_path(call);
    if (json_object_get(call, "stage") == NULL || json_is_null(json_object_get(call, "stage")))
        jx_set_str(call, "stage", "");
}

static int read_one(struct tx *tx, void *arg)
{
    struct one *o = arg;
    int err = call_get(tx, o->id, &o->call);

    if (!err)
        err = add_turns(tx, o->call);
    if (!err)
        err = add_mentions(tx, o->call);
    if (!err)
        err = add_handoff(tx, o->call);
    if (!err && !json_is_object(json_object_get(o->call, "brief")))
        err = jx_set(o->call, "brief", view_brief(tx, o->id));
    if (!err)
        err = add_ratings(tx, o->call);
    if (!err)
        err = add_scenario(tx, o->http, o->call);
    if (!err) {
        add_gate(tx, o->call);
        add_lead(o->call);
    }
    return err;
}

int call_whole(struct http *h, const char *id, json_t **out)
{
    struct one o = {.http = h, .id = id};
    int err = store_read(h->store, read_one, &o);

    if (err)
        json_decref(o.call);
    else
        *out = o.call;
    return err;
}

int call_get_one(struct request *r)
{
    json_t *call;
    int err = call_whole(r->http, r->id, &call);

    return err ? err : reply_json(r, MHD_HTTP_OK, call);
}

/* --- recording --- */

static int read_row(struct tx *tx, void *arg)
{
    struct one *o = arg;

    return call_get(tx, o->id, &o->call);
}

/* The path is made of the id, so that no row can name another file. */
static int recording_path(struct request *r, char *path, size_t size, bool *ended)
{
    struct one o = {.http = r->http, .id = r->id};
    int err = id_valid(r->id) && r->http->recordings_dir != NULL ? store_read(r->http->store, read_row, &o) : ENOENT;

    if (err)
        return err;
    *ended = strcmp(jx_str(o.call, "state", ""), "ended") == 0;
    json_decref(o.call);
    return snprintf(path, size, "%s/%s.wav", r->http->recordings_dir, r->id) < (int)size ? 0 : ENAMETOOLONG;
}

int call_recording_get(struct request *r)
{
    char path[1024];
    bool ended;
    int err = recording_path(r, path, sizeof path, &ended);

    return err ? err : file_reply_range(r, path, "audio/wav");
}

/* Written beside and renamed, so that a reader sees all of it or nothing. */
static void keep_peaks(const json_t *peaks, const char *path)
{
    char temporary[1100];

    snprintf(temporary, sizeof temporary, "%s.new", path);
    if (json_dump_file(peaks, temporary, JSON_COMPACT) == 0)
        (void)rename(temporary, path);
}

int call_peaks_get(struct request *r)
{
    char path[1024], kept[1060];
    json_t *peaks = NULL;
    bool ended;
    int err = recording_path(r, path, sizeof path, &ended);

    if (err)
        return err;
    snprintf(kept, sizeof kept, "%s.peaks.json", path);
    if (ended && (peaks = json_load_file(kept, 0, NULL)) != NULL)
        return reply_json(r, MHD_HTTP_OK, peaks);
    err = peaks_read(&peaks, path, PEAKS);
    if (err)
        return err == EINVAL ? ENOENT : err;
    if (ended)
        keep_peaks(peaks, kept);
    return reply_json(r, MHD_HTTP_OK, peaks);
}

int call_hangup_post(struct request *r)
{
    int err = r->http->ports.call_hangup != NULL ? r->http->ports.call_hangup(r->id, r->http->ports.arg) : ENOENT;

    return err ? err : reply_empty(r);
}
