/* desk_journal.c - what the desk writes: jobs for the store's writer that carry all they need. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/callback.h"
#include "store/desk_rows.h"
#include "store/midcall_rows.h"

#include "base/banned.h"

struct entry {
    char id[37], closer_id[37], call_id[37], state[24], reason[96];
    bool has_closer, has_reason, has_call;
    json_t *data; /* owned */
    int64_t at;
};

static const char *given(bool has, const char *s)
{
    return has ? s : NULL;
}

static void entry_free(struct entry *e)
{
    json_decref(e->data);
    free(e);
}

static void on_written(int err, void *arg)
{
    struct entry *e = arg;

    if (err)
        log_error("desk", e->id, "not written: %s", strerror(err));
    entry_free(e);
}

static struct entry *entry_alloc(const char *id, const char *state, const char *closer_id, const char *call_id, const char *reason, json_t *data)
{
    struct entry *e = calloc(1, sizeof *e);

    if (e == NULL) {
        json_decref(data);
        return NULL;
    }
    (void)text_copy(e->id, sizeof e->id, id);
    (void)text_copy(e->state, sizeof e->state, state != NULL ? state : "");
    e->has_closer = closer_id != NULL && text_copy(e->closer_id, sizeof e->closer_id, closer_id);
    e->has_call = call_id != NULL && text_copy(e->call_id, sizeof e->call_id, call_id);
    e->has_reason = reason != NULL;
    if (reason != NULL)
        (void)text_copy(e->reason, sizeof e->reason, reason);
    e->data = data;
    e->at = clock_now_ms();
    return e;
}

static void submit(const struct desk *d, store_job_fn *job, struct entry *e)
{
    int err = e != NULL ? store_submit(d->store, job, on_written, d->control, e) : ENOMEM;

    if (err) {
        log_error("desk", "", "the journal refuses an entry: %s", strerror(err));
        if (e != NULL)
            entry_free(e);
    }
}

static int write_presence(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return closer_row_presence(tx, e->id, e->state, given(e->has_reason, e->reason), given(e->has_call, e->call_id), e->at);
}

void desk_write_presence(const struct closer *c, const char *reason, const char *call_id)
{
    submit(c->desk, write_presence, entry_alloc(c->id, presence_name(c->presence), NULL, call_id, reason, NULL));
}

static int write_handoff_start(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return handoff_row_start(tx, e->data, e->at);
}

void desk_write_handoff_start(const struct handoff *h)
{
    json_t *j = json_pack("{s:s,s:s,s:s,s:s,s:O}", "id", h->id, "call_id", h->call_id, "lead_id", h->lead_id, "team", h->team, "brief", h->brief);

    submit(h->desk, write_handoff_start, j != NULL ? entry_alloc(h->id, NULL, NULL, h->call_id, NULL, j) : NULL);
}

static int write_handoff_state(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return handoff_row_state(tx, e->id, e->state, given(e->has_closer, e->closer_id), given(e->has_reason, e->reason), e->at);
}

void desk_write_handoff_state(const struct handoff *h, const char *state, const char *closer_id, const char *reason)
{
    submit(h->desk, write_handoff_state, entry_alloc(h->id, state, closer_id, h->call_id, reason, NULL));
}

static int write_offer_start(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return offer_row_start(tx, e->data, e->at);
}

void desk_write_offer_start(const struct offer *o, int step, const char *why, int ring_ms)
{
    const struct handoff *h = o->handoff;
    bool asked = h->bridged.last != NULL; /* by a closer */
    json_t *j = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:i,s:s,s:i,s:O,s:s?,s:s?}", "id", o->id, "handoff_id", h->id, "closer_id", o->closer->id, "closer_name", o->closer->name, "call_id",
                          h->call_id, "lead_id", h->lead_id, "step", step, "why", why, "ring_ms", ring_ms, "brief", h->brief, "note",
                          asked && h->bridged.note[0] != '\0' ? h->bridged.note : NULL, "from", asked ? h->bridged.last->name : NULL);

    submit(h->desk, write_offer_start, j != NULL ? entry_alloc(o->id, NULL, NULL, h->call_id, NULL, j) : NULL);
}

static int write_offer_end(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return offer_row_end(tx, e->id, e->state, given(e->has_reason, e->reason), e->at);
}

void desk_write_offer_end(const struct offer *o, const char *state, const char *reason)
{
    submit(o->handoff->desk, write_offer_end, entry_alloc(o->id, state, NULL, o->handoff->call_id, reason, NULL));
}

/* --- while humans have a call --- */

static int write_midcall(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return midcall_row_state(tx, e->data, e->at);
}

void desk_write_midcall(const struct handoff *h, const char *word, const char *reason)
{
    const struct closer *with = h->bridged.colleague != NULL ? h->bridged.colleague->closer : h->bridged.wanted;
    json_t *j = json_pack("{s:s,s:s,s:s,s:I,s:s?,s:s?,s:s?}", "handoff_id", h->id, "word", word, "state", midcall_state_name(h->bridged.mid.state), "until",
                          (json_int_t)h->bridged.mid.until_ms, "colleague_id", with != NULL ? with->id : NULL, "colleague_name", with != NULL ? with->name : NULL, "reason", reason);

    submit(h->desk, write_midcall, j != NULL ? entry_alloc(h->id, NULL, NULL, h->call_id, NULL, j) : NULL);
}

static int write_taken_over(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return midcall_row_taken_over(tx, e->data, e->at);
}

void desk_write_taken_over(const struct handoff *h, const char *before, const struct offer *o)
{
    json_t *j = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "before", before, "id", h->id, "offer_id", o->id, "closer_id", o->closer->id, "call_id", h->call_id, "lead_id", h->lead_id, "team",
                          h->team);

    submit(h->desk, write_taken_over, j != NULL ? entry_alloc(h->id, NULL, NULL, h->call_id, NULL, j) : NULL);
}

static int write_invited(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return join_row_invited(tx, e->data, e->at);
}

void desk_write_invited(const struct handoff *h, const struct closer *c)
{
    json_t *j = json_pack("{s:s,s:s,s:s,s:s,s:s}", "handoff_id", h->id, "call_id", h->call_id, "lead_id", h->lead_id, "closer_id", c->id, "name", c->name);

    submit(h->desk, write_invited, j != NULL ? entry_alloc(h->id, NULL, NULL, h->call_id, NULL, j) : NULL);
}

static int write_join(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return join_row(tx, e->data, e->at);
}

void desk_write_join(const struct handoff *h, json_t *row)
{
    submit(h->desk, write_join, row != NULL ? entry_alloc(h->id, NULL, NULL, h->call_id, NULL, row) : NULL);
}

/* --- calls that closers make --- */

static int write_callback_begin(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return callback_row_begin(tx, e->data, e->at);
}

static int write_callback_bridged(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return callback_row_bridged(tx, e->data, e->at);
}

static int write_callback_end(struct tx *tx, void *arg)
{
    const struct entry *e = arg;

    return callback_row_end(tx, e->data, e->at);
}

static void submit_callback(const struct callback *c, store_job_fn *job)
{
    json_t *row = json_deep_copy(c->row);

    submit(c->desk, job, row != NULL ? entry_alloc(c->handoff_id, NULL, NULL, c->call_id, NULL, row) : NULL);
}

void desk_write_callback_begin(const struct callback *c)
{
    submit_callback(c, write_callback_begin);
}

void desk_write_callback_bridged(const struct callback *c)
{
    submit_callback(c, write_callback_bridged);
}

void desk_write_callback_end(const struct callback *c)
{
    submit_callback(c, write_callback_end);
}
