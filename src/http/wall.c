/* wall.c - the snapshot behind the wall: calls now, who is next, closers, promises and the day's numbers, with the number of the last event
 * that is in it, so that the stream goes on without a gap. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "follow/follow.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { CALLS = 200, DIALS = 20, PROMISES = 20, SPEEDS_MAX = 20000, PROMISED_MS = 60000 };

struct wall { struct http *http; json_t *out; };

/* --- calls --- */

static json_t *last_turn(struct tx *tx, const json_t *call, int64_t *seq)
{
    json_t *row, *v;

    *seq = -1;
    if (tx_query_one(tx, &row, "SELECT seq, speaker, text, at_ms FROM turn WHERE call_id = ? ORDER BY seq DESC LIMIT 1", "s", jx_str(call, "id", "")) != 0)
        return NULL;
    *seq = jx_int(row, "seq", 0);
    v = json_pack("{s:s,s:s,s:I}", "speaker", jx_str(row, "speaker", ""), "text", jx_str(row, "text", ""), "at",
                  (json_int_t)(jx_int(call, "answered_at", jx_int(call, "started_at", 0)) + jx_int(row, "at_ms", 0)));
    json_decref(row);
    return v;
}

/* An objection stands on the card until the next turn. */
static json_t *open_objection(struct tx *tx, const char *call_id, int64_t seq)
{
    json_t *row, *v = NULL;

    if (tx_query_one(tx, &row, "SELECT objection_id FROM objection WHERE call_id = ? AND kind = 'objection' AND turn_seq >= ? ORDER BY at DESC LIMIT 1", "si", call_id, seq) != 0)
        return NULL;
    v = json_string(jx_str(row, "objection_id", ""));
    json_decref(row);
    return v;
}

/* How long an offer that rings will ring, for the clock on the closer's card. */
static void add_ring_times(struct tx *tx, json_t *offers, const char *call_id)
{
    json_t *offer, *row;
    size_t i;

    json_array_foreach(offers, i, offer) {
        if (strcmp(jx_str(offer, "state", ""), "ringing") != 0)
            continue;
        if (tx_query_one(tx, &row, "SELECT data AS data_json FROM event WHERE call_id = ? AND kind = 'offer.made' AND subject = ?", "ss", call_id, jx_str(offer, "id", "")) != 0)
            continue;
        jx_set_int(offer, "ring_ms", jx_int(json_object_get(row, "data"), "ring_ms", 0));
        json_decref(row);
    }
}

static void add_ladder(struct tx *tx, json_t *v, const char *call_id)
{
    json_t *rows = NULL, *closer = NULL, *brief = NULL;
    const json_t *h = NULL;

    if (handoff_list(tx, call_id, &rows) == 0 && json_array_size(rows) > 0)
        h = json_array_get(rows, json_array_size(rows) - 1);
    if (h != NULL)
        brief = view_brief(tx, call_id);
    jx_set(v, "ladder", view_offers(h, brief));
    add_ring_times(tx, json_object_get(v, "ladder"), call_id);
    if (h != NULL && jx_int(h, "bridged_at", 0) != 0 && closer_get(tx, jx_str(h, "closer_id", ""), &closer) == 0)
        jx_set_str(v, "closer_name", jx_str(closer, "name", NULL));
    else
        jx_set_str(v, "closer_name", NULL);
    jx_set_str(v, "closer_id", h != NULL ? jx_str(h, "closer_id", NULL) : NULL);
    jx_set(v, "midcall", h != NULL && jx_int(h, "ended_at", 0) == 0 ? json_incref(json_object_get(h, "midcall")) : NULL);
    jx_set(v, "waits_until", h != NULL && jx_int(h, "midcall_until", 0) != 0 ? json_integer(jx_int(h, "midcall_until", 0)) : NULL);
    json_decref(closer);
    json_decref(brief);
    json_decref(rows);
}

static json_t *live_call(struct tx *tx, struct http *http, const json_t *call)
{
    static const char *const names[] = {"id", "lead_id", "phone", "direction", "state", "started_at", "answered_at", "ended_at", "outcome", "score", "possible", "bucket", NULL};
    static const char *const lead_names[] = {"company", "title", "source", NULL};
    const char *id = jx_str(call, "id", "");
    struct scenario *s = http_scenario(http, tx, jx_str(call, "scenario_id", ""), (int)jx_int(call, "scenario_version", 0));
    json_t *v = json_object(), *answers = NULL;
    int64_t seq;

    view_copy(v, call, names);
    view_copy(v, json_object_get(call, "lead"), lead_names);
    jx_set(v, "name", view_name(json_object_get(call, "lead")));
    jx_set_str(v, "stage", jx_str(call, "stage", ""));
    if (answer_list(tx, id, &answers) != 0)
        answers = NULL;
    jx_set(v, "parts", view_parts(answers, s));
    jx_set(v, "last", last_turn(tx, call, &seq));
    jx_set(v, "objection", seq >= 0 ? open_objection(tx, id, seq) : NULL);
    add_ladder(tx, v, id);
    json_decref(answers);
    obj_unref(s);
    return v;
}

static int add_calls(struct tx *tx, struct wall *w)
{
    json_t *rows, *row, *list = json_array();
    char next[PAGE_CURSOR_MAX];
    size_t i;
    int err = call_page(tx, &(struct call_filter){.live = true, .limit = CALLS}, &rows, next);

    if (!err) {
        json_array_foreach(rows, i, row)
            (void)json_array_append_new(list, live_call(tx, w->http, row));
        json_decref(rows);
    }
    jx_set(w->out, "calls", list);
    return err;
}

/* --- what comes --- */

static int add_dials(struct tx *tx, struct wall *w)
{
    json_t *rows, *a, *list = json_array();
    size_t i;
    int err = attempt_upcoming(tx, DIALS, &rows);

    if (!err) {
        json_array_foreach(rows, i, a) {
            const json_t *lead = json_object_get(a, "lead");

            (void)json_array_append_new(list, json_pack("{s:s,s:s,s:o,s:s?,s:I,s:s?,s:s}", "id", jx_str(a, "id", ""), "lead_id", jx_str(a, "lead_id", ""), "name", view_name(lead),
                                                        "source", jx_str(lead, "source", NULL), "due_at",
                                                        (json_int_t)jx_int(a, "next_allowed_at", jx_int(a, "due_at", 0)), "held", jx_str(a, "refusal", NULL), "kind",
                                                        jx_str(a, "kind", "")));
        }
        json_decref(rows);
    }
    jx_set(w->out, "dials", list);
    return err;
}

static json_t *closer_name(struct tx *tx, const char *id)
{
    json_t *row, *v;

    if (id == NULL || closer_get(tx, id, &row) != 0)
        return NULL;
    v = json_string(jx_str(row, "name", ""));
    json_decref(row);
    return v;
}

static int add_promises(struct tx *tx, struct wall *w)
{
    static const char *const names[] = {"id", "lead_id", "kind", "due_at", NULL};
    static const char *const lead_names[] = {"score", "bucket", NULL};
    json_t *rows, *t, *list = json_array();
    size_t i;
    int err = task_list(tx, &(struct task_filter){.kind = "callback", .state = "due", .limit = PROMISES}, &rows);

    if (!err) {
        json_array_foreach(rows, i, t) {
            json_t *v = json_object();

            view_copy(v, t, names);
            view_copy(v, json_object_get(t, "lead"), lead_names);
            jx_set(v, "name", view_name(json_object_get(t, "lead")));
            jx_set(v, "closer_name", closer_name(tx, jx_str(t, "closer_id", NULL)));
            (void)json_array_append_new(list, v);
        }
        json_decref(rows);
    }
    jx_set(w->out, "promises", list);
    return err;
}

/* --- the day in numbers --- */

/* Speed to lead: from the lead's arrival to the first dial, of those who came today and were dialled. */
static int add_speed(struct tx *tx, json_t *m, int64_t since)
{
    json_t *rows;
    size_t n;
    int err = tx_query(tx, &rows,
                       "SELECT min(c.started_at) - l.created_at AS ms FROM lead l JOIN call c ON c.lead_id = l.id WHERE l.created_at >= ? AND c.direction = 'outbound'"
                       " GROUP BY l.id, l.created_at ORDER BY ms LIMIT ?",
                       "ii", since, (int64_t)SPEEDS_MAX);

    if (err)
        return err;
    n = json_array_size(rows);
    jx_set(m, "speed_p50_ms", n > 0 ? json_integer(jx_int(json_array_get(rows, (n - 1) / 2), "ms", 0)) : NULL);
    jx_set(m, "speed_p90_ms", n > 0 ? json_integer(jx_int(json_array_get(rows, (n - 1) * 9 / 10), "ms", 0)) : NULL);
    json_decref(rows);
    return 0;
}

static int add_count(struct tx *tx, json_t *m, const char *name, const char *sql, int64_t since)
{
    int64_t n = 0;
    int err = tx_query_int(tx, &n, sql, "i", since);

    jx_set_int(m, name, n);
    return err;
}

static int add_held(struct tx *tx, json_t *m, int64_t since)
{
    json_t *rows, *row;
    int64_t total = 0;
    size_t i;
    int err = tx_query(tx, &rows,
                       "SELECT coalesce(refusal, 'unknown') AS reason, count(*) AS count FROM attempt WHERE state IN ('deferred', 'refused') AND updated_at >= ?"
                       " GROUP BY refusal ORDER BY 2 DESC, 1", "i", since);

    if (err)
        return err;
    json_array_foreach(rows, i, row)
        total += jx_int(row, "count", 0);
    jx_set(m, "held", rows);
    jx_set_int(m, "held_total", total);
    return 0;
}

/* Of those promised for today; one that is still open counts once its time has come. */
static int add_promise_counts(struct tx *tx, json_t *m, int64_t since, int64_t now)
{
    struct task_promises p;
    int err = task_promise_counts(tx, since, now, FOLLOW_WARN_S * INT64_C(1000), FOLLOW_GRACE_S * INT64_C(1000), &p);

    if (err)
        return err;
    jx_set_int(m, "promises_kept", p.kept);
    jx_set_int(m, "promises_total", p.kept + p.late + p.missed + p.overdue);
    jx_set_int(m, "at_risk", p.at_risk);
    return 0;
}

/* Since when the hot lead waits that has waited longest. */
static int add_oldest(struct tx *tx, json_t *m)
{
    int64_t at = 0;
    int err = tx_query_int(tx, &at, "SELECT coalesce(min(requested_at), 0) FROM handoff WHERE state IN ('requested', 'ringing')", "");

    jx_set(m, "oldest_waiting_at", at != 0 ? json_integer(at) : NULL);
    return err;
}

static int add_metrics(struct tx *tx, struct wall *w, int64_t now)
{
    json_t *m = json_object();
    int64_t since = view_day_start(now);
    int err = add_speed(tx, m, since);

    jx_set_int(m, "promised_ms", PROMISED_MS);
    if (!err)
        err = add_oldest(tx, m);
    if (!err)
        err = add_count(tx, m, "leads_today", "SELECT count(*) FROM lead WHERE created_at >= ? AND source <> '" LEAD_SOURCE_TEST "'", since);
    if (!err)
        err = add_count(tx, m, "hot_waiting", "SELECT count(*) FROM call WHERE state = 'handoff' AND started_at >= ?", 0);
    if (!err)
        err = add_promise_counts(tx, m, since, now);
    if (!err)
        err = add_held(tx, m, since);
    jx_set(w->out, "metrics", m);
    return err;
}

static int read_wall(struct tx *tx, void *arg)
{
    struct wall *w = arg;
    int64_t now = clock_now_ms();
    int err;

    w->out = json_object();
    jx_set_int(w->out, "seq", event_last_seq(tx));
    jx_set_int(w->out, "now", now);
    err = add_calls(tx, w);
    if (!err)
        err = add_dials(tx, w);
    if (!err)
        err = add_promises(tx, w);
    jx_set(w->out, "closers", view_closers(tx));
    return err ? err : add_metrics(tx, w, now);
}

int wall_get(struct request *r)
{
    struct wall w = {.http = r->http};
    int err = store_read(r->http->store, read_wall, &w);

    if (!err)
        return reply_json(r, MHD_HTTP_OK, w.out);
    json_decref(w.out);
    return err;
}
