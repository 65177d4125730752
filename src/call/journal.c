/* journal.c - what a call writes. Each entry is a job for the store's writer, which carries all it needs; the control loop never waits, except
 * for the end of the call, which frees the slot when it is durable. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "call/call_priv.h"
#include "store/call_rows.h"

#include "base/banned.h"

struct entry {
    char call_id[37], lead_id[37], attempt_id[37], phone[20];
    char word[64];          /* state or stage */
    json_t *data;           /* owned */
    int turn_seq;
    int64_t at;
    struct call *call;      /* reference, for the last entry only */
    const struct call_ports *ports;
};

static void entry_free(struct entry *e)
{
    json_decref(e->data);
    free(e);
}

static void on_written(int err, void *arg)
{
    struct entry *e = arg;

    if (err)
        log_error("call", e->call_id, "not written: %s", strerror(err));
    entry_free(e);
}

static struct entry *entry_alloc(const struct call *c, json_t *data)
{
    struct entry *e = calloc(1, sizeof *e);

    if (e == NULL) {
        json_decref(data);
        return NULL;
    }
    memcpy(e->call_id, c->id, sizeof e->call_id);
    memcpy(e->lead_id, c->lead_id, sizeof e->lead_id);
    memcpy(e->attempt_id, c->attempt_id, sizeof e->attempt_id);
    memcpy(e->phone, c->phone, sizeof e->phone);
    e->data = data;
    e->at = clock_now_ms();
    return e;
}

static void submit(struct call *c, store_job_fn *job, struct entry *e)
{
    int err = e != NULL ? store_submit(c->calls->p.store, job, on_written, c->calls->p.control, e) : ENOMEM;

    if (err) {
        log_error("call", c->id, "the journal refuses an entry: %s", strerror(err));
        if (e != NULL)
            entry_free(e);
    }
}

static int write_start(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return call_row_start(tx, e->data);
}

void journal_started(struct call *c)
{
    json_t *j = json_pack("{s:s,s:s,s:s?,s:s,s:s,s:s,s:i,s:I}", "id", c->id, "lead_id", c->lead_id, "attempt_id", c->attempt_id[0] != '\0' ? c->attempt_id : NULL,
                          "direction", c->inbound ? "inbound" : "outbound", "phone", c->phone, "scenario_id", c->scenario->id, "scenario_version", c->scenario_version,
                          "started_at", (json_int_t)c->started_ms);

    submit(c, write_start, entry_alloc(c, j));
}

static int write_state(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return call_row_state(tx, e->call_id, e->lead_id, e->word, e->at);
}

void journal_state(struct call *c)
{
    struct entry *e = entry_alloc(c, NULL);

    if (e != NULL)
        (void)text_copy(e->word, sizeof e->word, call_state_name(c->state));
    submit(c, write_state, e);
}

static int write_stage(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return call_row_stage(tx, e->call_id, e->lead_id, e->word, e->at);
}

void journal_stage(struct call *c)
{
    struct entry *e = entry_alloc(c, NULL);

    if (e != NULL)
        (void)text_copy(e->word, sizeof e->word, c->stage);
    submit(c, write_stage, e);
}

static int write_answered_by(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return call_row_answered_by(tx, e->call_id, e->lead_id, e->data, e->at);
}

void journal_answered_by(struct call *c, json_t *evidence)
{
    submit(c, write_answered_by, entry_alloc(c, evidence));
}

static int write_turn(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return call_row_turn(tx, e->call_id, e->lead_id, e->data, e->at);
}

void journal_turn(struct call *c, int seq, const char *speaker, const char *topic, const char *text, int64_t at_ms, int64_t end_ms, int heard_ms, bool interrupted,
                  json_t *ledger)
{
    json_t *j = json_pack("{s:i,s:s,s:s?,s:s,s:I,s:I,s:i,s:b,s:o?}", "seq", seq, "speaker", speaker, "topic", topic, "text", text, "at_ms", (json_int_t)at_ms, "end_ms",
                          (json_int_t)end_ms, "heard_ms", heard_ms, "interrupted", interrupted, "ledger", ledger);

    submit(c, write_turn, j != NULL ? entry_alloc(c, j) : NULL);
}

static int write_note(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return call_row_note(tx, e->call_id, e->lead_id, e->data, e->turn_seq, e->at);
}

void journal_note(struct call *c, const json_t *note)
{
    struct entry *e = entry_alloc(c, json_deep_copy(note));

    if (e != NULL)
        e->turn_seq = c->prospect_seq;
    submit(c, write_note, e);
}

static int write_opt_out(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return lead_suppress(tx, e->phone, "opt_out", e->call_id, json_string_value(e->data), e->at);
}

/* A test call has no number that could be called again. */
void journal_opt_out(struct call *c, const char *evidence)
{
    if (c->phone[0] == '\0')
        return;
    submit(c, write_opt_out, entry_alloc(c, json_string(evidence != NULL ? evidence : "")));
}

/* --- the end --- */

static int write_end(struct tx *tx, void *arg)
{
    struct entry *e = arg;
    json_t *route = NULL;
    int err = 0;

    if (e->ports->finish != NULL)
        err = e->ports->finish(tx, e->data, &route, e->at, e->ports->arg);
    if (!err)
        err = call_row_end(tx, e->call_id, e->lead_id, e->data, route, e->at);
    json_decref(route);
    return err;
}

static void on_ended(int err, void *arg)
{
    struct entry *e = arg;
    struct call *c = e->call;

    if (err)
        log_error("call", e->call_id, "the end is not written: %s", strerror(err));
    entry_free(e);
    call_finished(c);
    obj_unref(c);
}

void journal_ended(struct call *c, json_t *final)
{
    struct entry *e = entry_alloc(c, final);
    int err = ENOMEM;

    if (e != NULL) {
        jx_set_str(e->data, "call_id", c->id);
        jx_set_str(e->data, "lead_id", c->lead_id);
        jx_set_str(e->data, "attempt_id", c->attempt_id);
        e->call = obj_ref(c);
        e->ports = &c->calls->p.ports;
        err = store_submit(c->calls->p.store, write_end, on_ended, c->calls->p.control, e);
    }
    if (err) {
        log_error("call", c->id, "the end cannot be written: %s", strerror(err));
        if (e != NULL) {
            obj_unref(e->call);
            entry_free(e);
        }
        call_finished(c);
    }
}
