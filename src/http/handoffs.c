/* handoffs.c - offers accepted and declined, and the wrap-up after a call. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "http/http_priv.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

struct owner { const char *id; json_t *row; };

static int read_offer(struct tx *tx, void *arg)
{
    struct owner *o = arg;

    return offer_get(tx, o->id, &o->row);
}

static int read_handoff(struct tx *tx, void *arg)
{
    struct owner *o = arg;

    return handoff_get(tx, o->id, &o->row);
}

/* 0 when the row's closer is this one; a problem answered: EBADMSG. */
static int check_owner(struct request *r, store_job_fn *read)
{
    struct owner o = {.id = r->id};
    int err = store_read(r->http->store, read, &o);
    bool may = !err && request_speaks_for(r, jx_str(o.row, "closer_id", NULL));

    json_decref(o.row);
    if (err || may)
        return err ? err : r->http->desk == NULL ? EAGAIN : 0;
    err = reply_not_yours(r);
    return err ? err : EBADMSG;
}

static int answer_offer(struct request *r, bool accept)
{
    const char *reason = request_text(r, "reason", 80, false);
    struct desk_wait *w;
    int err;

    if (r->errors != NULL)
        return 0;
    err = check_owner(r, read_offer);
    if (err)
        return err == EBADMSG ? 0 : err;
    w = desk_wait_alloc();
    if (w == NULL)
        return ENOMEM;
    err = accept ? desk_offer_accept(r->http->desk, r->id, desk_wait_done, w) : desk_offer_decline(r->http->desk, r->id, reason, desk_wait_done, w);
    return desk_wait_reply(r, w, err);
}

int offer_accept_post(struct request *r)
{
    return answer_offer(r, true);
}

int offer_decline_post(struct request *r)
{
    return answer_offer(r, false);
}

int handoff_bring_back_post(struct request *r)
{
    int err = check_owner(r, read_handoff);
    struct desk_wait *w;

    if (err)
        return err == EBADMSG ? 0 : err;
    w = desk_wait_alloc();
    return w == NULL ? ENOMEM : desk_wait_reply(r, w, desk_bring_back(r->http->desk, r->id, desk_wait_done, w));
}

/* --- the wrap-up --- */

static void check_number(struct request *r, const char *field, double min, double max, bool whole)
{
    const json_t *v = json_object_get(r->json, field);
    char text[80];

    if (v == NULL || json_is_null(v) || ((whole ? json_is_integer(v) : json_is_number(v)) && json_number_value(v) >= min && json_number_value(v) <= max))
        return;
    snprintf(text, sizeof text, "must be a%s number from %.0f to %.0f", whole ? " whole" : "", min, max);
    request_wrong(r, field, text);
}

/* What a wrap-up may say; of a draft nothing is required yet. */
static void check_wrap_up(struct request *r, bool draft)
{
    static const char *const stages[] = {"open", "proposal", "won", "lost", NULL};

    (void)request_text(r, "disposition", 60, !draft);
    (void)request_text(r, "note", 2000, false);
    (void)request_text(r, "next_step", 500, false);
    (void)request_text(r, "notes", 4000, false);
    (void)request_text(r, "rating_reason", 80, false);
    (void)request_word(r, "deal_stage", stages, false);
    check_number(r, "rating", 1, 5, true);
    check_number(r, "deal_usd", 0, 1e12, false);
    check_number(r, "next_at", 1, 1e14, true);
}

int handoff_wrap_up_post(struct request *r)
{
    struct desk_wait *w;
    int err;

    check_wrap_up(r, false);
    if (r->errors != NULL)
        return 0;
    err = check_owner(r, read_handoff);
    if (err)
        return err == EBADMSG ? 0 : err;
    w = desk_wait_alloc();
    return w == NULL ? ENOMEM : desk_wait_reply(r, w, desk_wrap_up(r->http->desk, r->id, r->json, desk_wait_done, w));
}

struct draft { const char *id; const json_t *form; };

static int put_draft(struct tx *tx, void *arg)
{
    const struct draft *d = arg;

    return handoff_row_draft(tx, d->id, d->form);
}

/* Typed words are kept with every pause, so that neither a reload nor the end of the time loses them. */
int handoff_draft_post(struct request *r)
{
    struct draft d = {.id = r->id, .form = r->json};
    int err;

    check_wrap_up(r, true);
    if (r->errors != NULL)
        return 0;
    err = check_owner(r, read_handoff);
    if (err && err != EAGAIN) /* a draft needs no desk */
        return err == EBADMSG ? 0 : err;
    err = store_run(r->http->store, put_draft, &d);
    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}
