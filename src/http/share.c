/* share.c - a call shown to somebody without an account: a signed link that expires. Read-only; making and opening one is an event.
 *
 * The key of its token (share_token.h) is made at first use and kept as a setting. */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "http/http_priv.h"
#include "http/share_token.h"
#include "store/entities.h"

#include "base/banned.h"

enum { HOURS_MAX = 24 * 30 };

#define KEY_SETTING "share.key"

/* --- the key --- */

static int read_key(struct tx *tx, void *arg)
{
    json_t *value;
    size_t n;
    int err = setting_get(tx, KEY_SETTING, &value);

    if (err)
        return err;
    if (sodium_hex2bin(arg, SHARE_KEY_BYTES, json_is_string(value) ? json_string_value(value) : "", json_string_length(value), NULL, &n, NULL) != 0 || n != SHARE_KEY_BYTES)
        err = EBADMSG;
    json_decref(value);
    return err;
}

/* Whoever comes second finds the key of the first. */
static int make_key(struct tx *tx, void *arg)
{
    char hex[2 * SHARE_KEY_BYTES + 1];
    json_t *value;
    int err = read_key(tx, arg);

    if (err != ENOENT)
        return err;
    crypto_auth_keygen(arg);
    sodium_bin2hex(hex, sizeof hex, arg, SHARE_KEY_BYTES);
    value = json_string(hex);
    err = value == NULL ? ENOMEM : setting_put(tx, KEY_SETTING, value, clock_now_ms());
    sodium_memzero(hex, sizeof hex);
    json_decref(value);
    return err;
}

/* --- the token --- */

/* The call that a token opens; ENOENT for every token that is not ours or has expired. */
static int open_token(struct request *r, char call_id[ID_MAX])
{
    unsigned char key[SHARE_KEY_BYTES];
    int err = store_read(r->http->store, read_key, key);

    if (!err)
        err = share_token_read(call_id, r->id, key, clock_now_ms());
    sodium_memzero(key, sizeof key);
    return err;
}

/* --- making one --- */

struct telling { const char *call_id, *kind; json_t *data; };

static int tell(struct tx *tx, void *arg)
{
    const struct telling *t = arg;
    json_t *call;
    int err = call_get(tx, t->call_id, &call);

    if (err)
        return err;
    err = event_append(tx, &(struct store_event){.kind = t->kind, .lead_id = jx_str(call, "lead_id", NULL), .call_id = t->call_id, .data = t->data, .at = clock_now_ms()});
    json_decref(call);
    return err;
}

static int tell_and_free(struct request *r, struct telling t)
{
    int err = t.data == NULL ? ENOMEM : store_run(r->http->store, tell, &t);

    json_decref(t.data);
    return err;
}

int call_share_post(struct request *r)
{
    const json_t *hours = json_object_get(r->json, "hours");
    unsigned char key[SHARE_KEY_BYTES];
    char text[SHARE_TOKEN_MAX];
    int64_t until;
    int err;

    if (!json_is_integer(hours) || json_integer_value(hours) < 1 || json_integer_value(hours) > HOURS_MAX)
        request_wrong(r, "hours", "must be a whole number from 1 to 720");
    if (r->errors != NULL)
        return 0;
    until = clock_now_ms() + json_integer_value(hours) * INT64_C(3600000);
    err = store_run(r->http->store, make_key, key);
    if (!err)
        err = share_token_write(text, r->id, until, key);
    sodium_memzero(key, sizeof key);
    if (!err)
        err = tell_and_free(r, (struct telling){r->id, "call.shared", json_pack("{s:I,s:s}", "until", (json_int_t)until, "by", r->who.name)});
    return err ? err : reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s,s:s+,s:I}", "token", text, "path", "/shared/", text, "until", (json_int_t)until));
}

/* --- opening one --- */

/* What says how to reach the person, or what the team thinks, stays inside. */
static void keep_inside(json_t *call, const char *token)
{
    static const char *const names[] = {"phone", "lead_id", "lead", "attempt_id", "sip_call_id", "result", "brief", "ratings", "gate", NULL};
    char url[120];

    for (int i = 0; names[i] != NULL; i++)
        (void)json_object_del(call, names[i]);
    if (json_is_object(json_object_get(call, "handoff")))
        (void)json_object_del(json_object_get(call, "handoff"), "wrap_up");
    snprintf(url, sizeof url, "/api/v1/shared/%s/recording", token);
    jx_set_str(call, "recording", json_is_string(json_object_get(call, "recording")) ? url : NULL);
}

int shared_get(struct request *r)
{
    char call_id[ID_MAX];
    json_t *call;
    int err = open_token(r, call_id);

    if (!err)
        err = call_whole(r->http, call_id, &call);
    if (err)
        return err;
    err = tell_and_free(r, (struct telling){call_id, "call.share_opened", json_object()});
    if (err) {
        json_decref(call);
        return err;
    }
    keep_inside(call, r->id);
    r->no_store = true;
    return reply_json(r, MHD_HTTP_OK, call);
}

static int with_call(struct request *r, handler_fn *handler)
{
    char call_id[ID_MAX];
    int err = open_token(r, call_id);

    if (err)
        return err;
    (void)text_copy(r->id, sizeof r->id, call_id);
    return handler(r);
}

int shared_recording_get(struct request *r)
{
    return with_call(r, call_recording_get);
}

int shared_peaks_get(struct request *r)
{
    return with_call(r, call_peaks_get);
}
