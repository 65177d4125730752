/* wrap_rows.c - what came of a talk with a human: the wrap-up with its deal, rating and promise, the draft of it, and answers that were taken wrongly. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

struct wrap { const char *handoff_id, *call_id, *lead_id, *closer_id; const json_t *form; int64_t at; };

static int tell(struct tx *tx, const struct wrap *w, const char *kind, const char *subject, json_t *data)
{
    int err = data == NULL ? ENOMEM : event_append(tx, &(struct store_event){.kind = kind, .lead_id = w->lead_id, .call_id = w->call_id, .subject = subject, .data = data, .at = w->at});

    json_decref(data);
    return err;
}

static int put_deal(struct tx *tx, const struct wrap *w)
{
    const json_t *amount = json_object_get(w->form, "deal_usd");
    const char *stage = jx_str(w->form, "deal_stage", "open");
    int64_t cents = json_is_number(amount) ? (int64_t)llround(json_number_value(amount) * 100) : -1; /* -1: not said */
    int err;

    if (cents < 0 && !json_is_string(json_object_get(w->form, "deal_stage")))
        return 0;
    err = tx_exec(tx,
                  "INSERT INTO deal (handoff_id, lead_id, call_id, closer_id, amount_cents, currency, stage, created_at, updated_at)"
                  " VALUES (?, ?, ?, ?, nullif(?, -1), 'USD', ?, ?, ?) ON CONFLICT (handoff_id) DO UPDATE SET amount_cents = coalesce(excluded.amount_cents, amount_cents),"
                  " stage = excluded.stage, updated_at = excluded.updated_at",
                  "ssssisii", w->handoff_id, w->lead_id, w->call_id, w->closer_id, cents, stage, w->at, w->at);
    if (!err)
        err = tell(tx, w, "deal.changed", w->handoff_id,
                   json_pack("{s:s,s:s?,s:o?,s:s,s:s}", "handoff_id", w->handoff_id, "closer_id", w->closer_id, "amount_cents", cents >= 0 ? json_integer(cents) : NULL, "currency", "USD",
                             "stage", stage));
    return err;
}

static int put_rating(struct tx *tx, const struct wrap *w)
{
    int64_t stars = jx_int(w->form, "rating", 0);
    const char *reason = jx_str(w->form, "rating_reason", NULL);
    int err;

    if (stars == 0)
        return 0;
    err = tx_exec(tx,
                  "INSERT INTO rating (handoff_id, lead_id, call_id, closer_id, stars, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT (handoff_id) DO UPDATE SET stars = excluded.stars, reason = excluded.reason, at = excluded.at",
                  "ssssisi", w->handoff_id, w->lead_id, w->call_id, w->closer_id, stars, reason, w->at);
    return err ? err
               : tell(tx, w, "lead.rated", w->handoff_id,
                      json_pack("{s:s,s:s?,s:I,s:s?}", "handoff_id", w->handoff_id, "closer_id", w->closer_id, "stars", (json_int_t)stars, "reason", reason));
}

/* "Call again on ...": a promise of the closer who made it. The task has the handoff's id as its own, so that handing in again moves it. */
static int put_promise(struct tx *tx, const struct wrap *w)
{
    int64_t due = jx_int(w->form, "next_at", 0), moved = 0;
    int err;

    if (due == 0)
        return 0;
    err = tx_exec_count(tx, &moved, "UPDATE task SET due_at = ?, promised_by = ?, told_at = NULL, note = ? WHERE id = ? AND state = 'due'", "iiss", due, due,
                        jx_str(w->form, "next_step", NULL), w->handoff_id);
    if (err || moved > 0)
        return err;
    err = task_insert(tx, &(struct task_row){.id = w->handoff_id, .lead_id = w->lead_id, .call_id = w->call_id, .kind = "callback", .closer_id = w->closer_id, .due_at = due,
                                             .promised_by = due, .reason = "agreed in the talk", .note = jx_str(w->form, "next_step", NULL), .created_at = w->at});
    if (!err)
        err = lead_set_state(tx, w->lead_id, "callback", w->at);
    return err ? (err == EEXIST ? 0 : err) /* that promise was kept already */
               : tell(tx, w, "task.created", w->handoff_id, json_pack("{s:s,s:s,s:I}", "task_id", w->handoff_id, "kind", "callback", "due_at", (json_int_t)due));
}

static int put_wrap_up(struct tx *tx, const struct wrap *w)
{
    json_t *data;
    int err = tx_exec(tx, "UPDATE handoff SET wrap_up = ?, draft = NULL WHERE id = ?", "js", w->form, w->handoff_id);

    if (!err)
        err = tx_exec(tx, "UPDATE call SET disposition = ? WHERE id = ?", "ss", jx_str(w->form, "disposition", NULL), w->call_id);
    if (err)
        return err;
    data = json_deep_copy(w->form);
    jx_set_str(data, "handoff_id", w->handoff_id);
    jx_set_str(data, "closer_id", w->closer_id);
    return tell(tx, w, "handoff.wrapped_up", w->handoff_id, data);
}

int handoff_row_wrap_up(struct tx *tx, const char *handoff_id, const json_t *wrap_up, int64_t at)
{
    json_t *row;
    struct wrap w;
    int err = tx_query_one(tx, &row, "SELECT call_id, lead_id, closer_id FROM handoff WHERE id = ?", "s", handoff_id);

    if (err)
        return err;
    w = (struct wrap){.handoff_id = handoff_id, .call_id = jx_str(row, "call_id", ""), .lead_id = jx_str(row, "lead_id", ""), .closer_id = jx_str(row, "closer_id", NULL), .form = wrap_up, .at = at};
    err = put_wrap_up(tx, &w);
    if (!err)
        err = put_deal(tx, &w);
    if (!err)
        err = put_rating(tx, &w);
    if (!err)
        err = put_promise(tx, &w);
    json_decref(row);
    return err;
}

int handoff_row_draft(struct tx *tx, const char *handoff_id, const json_t *draft)
{
    int64_t n = 0;
    int err = tx_exec_count(tx, &n, "UPDATE handoff SET draft = ? WHERE id = ?", "js", draft, handoff_id);

    return err ? err : n == 0 ? ENOENT : 0;
}

int answer_row_mark(struct tx *tx, const char *answer_id, bool wrong, const char *note, const char *by, int64_t at)
{
    json_t *row;
    int err = tx_query_one(tx, &row, "SELECT call_id, lead_id, question_id FROM answer WHERE id = ?", "s", answer_id);

    if (err)
        return err;
    err = wrong ? tx_exec(tx,
                          "INSERT INTO answer_mark (answer_id, call_id, note, marked_by, at) VALUES (?, ?, ?, ?, ?)"
                          " ON CONFLICT (answer_id) DO UPDATE SET note = excluded.note, marked_by = excluded.marked_by, at = excluded.at",
                          "ssssi", answer_id, jx_str(row, "call_id", ""), note, by, at)
                : tx_exec(tx, "DELETE FROM answer_mark WHERE answer_id = ?", "s", answer_id);
    if (!err)
        err = tell(tx, &(struct wrap){.call_id = jx_str(row, "call_id", NULL), .lead_id = jx_str(row, "lead_id", NULL), .at = at}, "answer.marked", answer_id,
                   json_pack("{s:s,s:s,s:b,s:s?,s:s}", "answer_id", answer_id, "question_id", jx_str(row, "question_id", ""), "wrong", wrong, "note", note, "by", by));
    json_decref(row);
    return err;
}
