/* lead_bulk.c - the same for many leads at once: an owner, a call, an end, do-not-call. One transaction, an event each. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { BULK_MAX = 500 };

struct bulk { const json_t *ids; const char *action, *closer_id, *by; int changed, missing; int64_t now; };

static int tell(struct tx *tx, const struct bulk *b, const char *lead_id)
{
    json_t *data = json_pack("{s:s,s:s?,s:s}", "action", b->action, "closer_id", b->closer_id, "by", b->by);
    int err = data == NULL ? ENOMEM : event_append(tx, &(struct store_event){.kind = "lead.changed", .lead_id = lead_id, .data = data, .at = b->now});

    json_decref(data);
    return err;
}

static int give_owner(struct tx *tx, const struct bulk *b, const char *lead_id)
{
    json_t *columns = json_pack("{s:s?}", "owner_closer_id", b->closer_id);
    int err = columns == NULL ? ENOMEM : lead_update(tx, lead_id, columns, b->now);

    json_decref(columns);
    return err;
}

/* The gate decides on it as on any other attempt. */
static int call_again(struct tx *tx, const struct bulk *b, const char *lead_id)
{
    char id[ID_MAX];
    int err = attempt_cancel_retries(tx, lead_id, b->now);

    if (!err)
        err = attempt_insert(tx, lead_id, "retry", b->now, b->now, id);
    return err ? err : lead_set_state(tx, lead_id, "new", b->now);
}

static int close_lead(struct tx *tx, const struct bulk *b, const char *lead_id)
{
    int err = attempt_cancel_retries(tx, lead_id, b->now);

    return err ? err : lead_set_state(tx, lead_id, "closed", b->now);
}

static int change(struct tx *tx, const struct bulk *b, const json_t *lead)
{
    const char *id = jx_str(lead, "id", "");

    if (strcmp(b->action, "owner") == 0)
        return give_owner(tx, b, id);
    if (strcmp(b->action, "call") == 0)
        return call_again(tx, b, id);
    if (strcmp(b->action, "close") == 0)
        return close_lead(tx, b, id);
    return lead_suppress(tx, jx_str(lead, "phone", ""), "by_hand", NULL, b->by, b->now);
}

static int change_all(struct tx *tx, void *arg)
{
    struct bulk *b = arg;
    json_t *lead, *id;
    size_t i;
    int err = b->closer_id != NULL ? closer_get(tx, b->closer_id, &lead) : 0;

    if (err)
        return err;
    if (b->closer_id != NULL)
        json_decref(lead);
    json_array_foreach(b->ids, i, id) {
        err = lead_get(tx, json_string_value(id), &lead);
        if (err == ENOENT) {
            b->missing++;
            continue;
        }
        if (!err) {
            err = change(tx, b, lead);
            if (!err)
                err = tell(tx, b, jx_str(lead, "id", ""));
            json_decref(lead);
        }
        if (err)
            return err;
        b->changed++;
    }
    return 0;
}

static void check_ids(struct request *r, const json_t *ids)
{
    const json_t *id;
    size_t i;
    bool wrong = !json_is_array(ids) || json_array_size(ids) == 0 || json_array_size(ids) > BULK_MAX;

    json_array_foreach(ids, i, id)
        wrong |= !json_is_string(id);
    if (wrong)
        request_wrong(r, "ids", "must be a list of 1 to 500 ids");
}

int lead_bulk_post(struct request *r)
{
    static const char *const actions[] = {"owner", "call", "close", "suppress", NULL};
    struct bulk b = {.ids = json_object_get(r->json, "ids"), .action = request_word(r, "action", actions, true), .closer_id = request_text(r, "closer_id", 36, false), .by = r->who.name,
                     .now = clock_now_ms()};
    int err;

    check_ids(r, b.ids);
    if (r->errors != NULL)
        return 0;
    err = store_run(r->http->store, change_all, &b);
    if (err)
        return err;
    if (r->http->ports.leads_changed != NULL)
        r->http->ports.leads_changed(r->http->ports.arg);
    return reply_json(r, MHD_HTTP_OK, json_pack("{s:i,s:i}", "changed", b.changed, "missing", b.missing));
}
