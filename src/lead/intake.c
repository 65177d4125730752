/* intake.c - a checked lead becomes rows: lead (new or joined), submission, consent, first attempt, event; one transaction, and the
 * answer waits until it is durable. */
#include <errno.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "lead/lead_priv.h"
#include "store/attempt_rows.h"

#include "base/banned.h"

struct intake_job {
    struct lead_result *out;
    const struct lead_config *cfg;
    const struct intake *in;
    const json_t *body;
    const char *channel;
    int64_t now_ms;
    char lead_id[ID_MAX];
    bool joined;
    json_t *lead;
};

static const char *given(const char *s)
{
    return s != NULL && s[0] != '\0' ? s : NULL;
}

static int insert_lead(struct tx *tx, struct intake_job *j)
{
    const struct intake *in = j->in;

    id_new(j->lead_id, j->now_ms);
    return lead_insert(tx, &(struct lead_row){.id = j->lead_id, .phone = in->phone, .first_name = given(in->first_name), .last_name = given(in->last_name),
                                              .company = in->company, .title = in->title, .email = in->email, .source = in->source, .product = in->product,
                                              .region = in->region, .segment = in->segment, .partner = in->partner, .message = in->message,
                                              .external_id = in->external_id, .owner_closer_id = in->owner, .state = "new", .zones = in->zones,
                                              .created_at = j->now_ms});
}

static void fill(json_t *changes, const json_t *lead, const char *column, const char *value)
{
    if (given(value) != NULL && given(jx_str(lead, column, NULL)) == NULL)
        jx_set_str(changes, column, value);
}

/* Zones only grow: whatever was said once about where the person is stays possible. */
static int merge_zones(json_t *changes, const json_t *lead, const json_t *more)
{
    json_t *zones = json_copy(json_object_get(lead, "zones"));
    const json_t *zone;
    size_t i;
    int err = zones == NULL ? ENOMEM : 0;

    json_array_foreach(more, i, zone)
        if (!err)
            err = zones_add(zones, json_string_value(zone));
    if (err) {
        json_decref(zones);
        return err;
    }
    return jx_set(changes, "zones", zones);
}

/* A second form of the same person: what was empty is filled, the newest message and source of interest count. */
static int join_lead(struct tx *tx, struct intake_job *j, const json_t *lead)
{
    const struct intake *in = j->in;
    json_t *changes = json_object();
    int err;

    (void)memcpy(j->lead_id, jx_str(lead, "id", ""), ID_MAX);
    j->joined = true;
    fill(changes, lead, "first_name", in->first_name);
    fill(changes, lead, "last_name", in->last_name);
    fill(changes, lead, "company", in->company);
    fill(changes, lead, "title", in->title);
    fill(changes, lead, "email", in->email);
    fill(changes, lead, "product", in->product);
    fill(changes, lead, "region", in->region);
    fill(changes, lead, "segment", in->segment);
    fill(changes, lead, "partner", in->partner);
    fill(changes, lead, "external_id", in->external_id);
    fill(changes, lead, "owner_closer_id", in->owner);
    if (in->message != NULL)
        jx_set_str(changes, "message", in->message);
    err = merge_zones(changes, lead, in->zones);
    if (!err)
        err = lead_update(tx, j->lead_id, changes, j->now_ms);
    json_decref(changes);
    return err;
}

static int find_or_insert(struct tx *tx, struct intake_job *j)
{
    json_t *lead = NULL;
    int err = lead_get_by_phone(tx, j->in->phone, j->now_ms - j->cfg->join_window_ms, &lead);

    if (err == ENOENT)
        return insert_lead(tx, j);
    if (!err)
        err = join_lead(tx, j, lead);
    json_decref(lead);
    return err;
}

static int add_consent(struct tx *tx, const struct intake_job *j)
{
    const struct intake *in = j->in;
    char id[ID_MAX];

    if (!in->consent)
        return 0;
    return consent_insert(tx, &(struct consent_row){.id = id_new(id, j->now_ms), .lead_id = j->lead_id, .phone = in->phone, .kind = "artificial_voice",
                                                    .source = in->consent_source, .text = in->consent_text, .ip = in->consent_ip,
                                                    .user_agent = in->consent_user_agent, .url = in->consent_url, .given_at = in->consent_at});
}

/* Somebody who asks again is called now, not when the last retry was planned; the gate still has its say. */
static int call_now(struct tx *tx, const struct intake_job *j)
{
    int64_t waiting = 0, busy = 0;
    char id[ID_MAX];
    int err = attempt_rows_hasten(tx, j->lead_id, j->now_ms, &waiting);

    if (!err)
        err = attempt_count_open(tx, j->lead_id, &busy);
    if (err || waiting > 0 || busy > 0)
        return err;
    return attempt_insert(tx, j->lead_id, "first", j->now_ms, j->now_ms, id);
}

static int tell(struct tx *tx, const struct intake_job *j)
{
    json_t *data = json_pack("{s:s,s:b,s:s,s:b,s:s?,s:s?,s:s?}", "channel", j->channel, "joined", j->joined, "source", j->in->source, "consent", j->in->consent, "first_name",
                             j->in->first_name, "last_name", j->in->last_name, "company", j->in->company);
    int err = data == NULL ? ENOMEM
                           : event_append(tx, &(struct store_event){.kind = "lead.received", .lead_id = j->lead_id, .data = data, .at = j->now_ms});

    json_decref(data);
    return err;
}

static int intake_write(struct tx *tx, void *arg)
{
    struct intake_job *j = arg;
    char id[ID_MAX];
    int err = find_or_insert(tx, j);

    if (!err)
        err = submission_insert(tx, &(struct submission_row){.id = id_new(id, j->now_ms), .lead_id = j->lead_id, .channel = j->channel, .joined = j->joined,
                                                             .body = j->body, .created_at = j->now_ms});
    if (!err)
        err = add_consent(tx, j);
    if (!err && strcmp(j->channel, "inbound_call") != 0)
        err = call_now(tx, j);
    if (!err)
        err = tell(tx, j);
    return err ? err : lead_get(tx, j->lead_id, &j->lead);
}

int lead_intake(struct lead_result *out, struct store *st, const struct lead_config *cfg, const json_t *body, const char *channel, int64_t now_ms)
{
    struct intake in;
    struct intake_job job = {.out = out, .cfg = cfg, .in = &in, .body = body, .channel = channel, .now_ms = now_ms};
    int err;

    *out = (struct lead_result){0};
    err = intake_check(&in, out, body, cfg->default_region, now_ms);
    if (!err && out->error_count == 0) {
        err = store_run(st, intake_write, &job);
        if (!err) {
            (void)memcpy(out->lead_id, job.lead_id, sizeof out->lead_id);
            out->joined = job.joined;
            out->lead = job.lead;
        } else {
            json_decref(job.lead);
        }
    }
    intake_release(&in);
    return err;
}

int lead_check(struct lead_result *out, const struct lead_config *cfg, const json_t *body, int64_t now_ms)
{
    struct intake in;
    int err;

    *out = (struct lead_result){0};
    err = intake_check(&in, out, body, cfg->default_region, now_ms);
    intake_release(&in);
    return err;
}

void lead_result_release(struct lead_result *r)
{
    json_decref(r->lead);
    r->lead = NULL;
}
