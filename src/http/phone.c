/* phone.c - telephones in browsers: an offer comes as SDP, the answer goes back, audio flows beside HTTP. */
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { SDP_MAX = 8192 };

bool request_offer_refused(struct request *r, int err)
{
    if (err == ENOTSUP)
        request_wrong(r, "sdp", "offers nothing that can be answered: audio by PCMU or Opus over DTLS-SRTP with rtcp-mux is needed");
    else if (err == EBADMSG)
        request_wrong(r, "sdp", "is no offer of a browser");
    else if (err == EMSGSIZE)
        request_wrong(r, "sdp", "is too long, or describes too many streams");
    else
        return false;
    return true;
}

/* --- ways around a firewall --- */

enum { TURN_HOURS = 12, HMAC_BYTES = 20 };

/* The user name is the instant until when it is good, the password its HMAC under the secret that the TURN server shares: coturn's use-auth-secret. */
static json_t *turn_server(const struct request *r)
{
    const char *secret = r->http->turn_secret != NULL ? r->http->turn_secret : "";
    unsigned char mac[EVP_MAX_MD_SIZE];
    char user[64], password[sodium_base64_ENCODED_LEN(HMAC_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    unsigned n = 0;

    snprintf(user, sizeof user, "%lld:%s", (long long)(clock_now_ms() / 1000 + TURN_HOURS * 3600), r->who.user_id);
    if (HMAC(EVP_sha1(), secret, (int)strlen(secret), (const unsigned char *)user, strlen(user), mac, &n) == NULL || n != HMAC_BYTES)
        return NULL;
    (void)sodium_bin2base64(password, sizeof password, mac, n, sodium_base64_VARIANT_ORIGINAL);
    return json_pack("{s:[s],s:s,s:s}", "urls", r->http->turn_url, "username", user, "credential", password);
}

int ice_get(struct request *r)
{
    json_t *servers = json_array();

    if (r->http->turn_url != NULL && json_array_append_new(servers, turn_server(r)) != 0) {
        json_decref(servers);
        return ENOMEM;
    }
    return reply_json(r, MHD_HTTP_OK, json_pack("{s:o}", "ice_servers", servers));
}

/* --- test calls: talk to the AI --- */

struct talker { const struct principal *who; json_t *lead; };

static int find_talker(struct tx *tx, void *arg)
{
    struct talker *t = arg;

    return lead_test_get(tx, &t->lead, t->who->user_id, t->who->name, clock_now_ms());
}

int test_call_post(struct request *r)
{
    const char *sdp = request_text(r, "sdp", SDP_MAX, true);
    const json_t *ring = json_object_get(r->json, "ring_closers");
    struct talker t = {.who = &r->who};
    char id[ID_MAX], *answer = NULL;
    int err;

    if (ring != NULL && !json_is_boolean(ring))
        request_wrong(r, "ring_closers", "must be true or false");
    if (r->errors != NULL)
        return 0;
    if (r->http->ports.test_call == NULL)
        return EAGAIN;
    err = store_run(r->http->store, find_talker, &t);
    if (err)
        return err;
    jx_set_bool(t.lead, "ring_closers", json_is_true(ring));
    err = r->http->ports.test_call(&answer, id, sdp, t.lead, r->http->ports.arg);
    json_decref(t.lead);
    if (!err)
        err = reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s,s:s}", "call_id", id, "sdp", answer));
    free(answer);
    return request_offer_refused(r, err) ? 0 : err;
}

struct ending { const char *call_id; json_t *lead; };

static int find_lead(struct tx *tx, void *arg)
{
    struct ending *e = arg;
    json_t *call;
    int err = call_get(tx, e->call_id, &call);

    if (!err) {
        err = lead_get(tx, jx_str(call, "lead_id", ""), &e->lead);
        json_decref(call);
    }
    return err;
}

static bool is_mine(const struct request *r, const json_t *lead)
{
    const char *whose = jx_str(lead, "external_id", "");

    return strncmp(whose, "user:", 5) == 0 && strcmp(whose + 5, r->who.user_id) == 0;
}

/* One's own; those of others are ended like any call, by managers. */
int test_call_delete(struct request *r)
{
    struct ending e = {.call_id = r->id};
    int err = store_read(r->http->store, find_lead, &e);
    bool test = !err && lead_is_test(e.lead), mine = test && is_mine(r, e.lead);

    json_decref(e.lead);
    if (!err && !test)
        err = ENOENT;
    if (!err && !mine)
        return reply_problem(r, MHD_HTTP_FORBIDDEN, "This is the test call of somebody else.");
    if (!err && r->http->ports.call_hangup != NULL)
        (void)r->http->ports.call_hangup(r->id, r->http->ports.arg); /* over already is as good */
    return err ? err : reply_empty(r);
}

/* --- closers: this browser is my telephone --- */

/* Each for themself, managers too: a telephone is where its owner sits. True when a problem was answered. */
static bool no_closer(struct request *r)
{
    if (r->who.closer_id[0] != '\0')
        return false;
    (void)reply_problem(r, MHD_HTTP_FORBIDDEN, "Your account is not linked to a closer, so nothing would ring here.");
    return true;
}

int plug_post(struct request *r)
{
    const char *sdp = request_text(r, "sdp", SDP_MAX, true);
    char id[ID_MAX], *answer = NULL;
    int err;

    if (r->errors != NULL || no_closer(r))
        return 0;
    if (r->http->ports.phone_plug == NULL)
        return EAGAIN;
    err = r->http->ports.phone_plug(&answer, id, r->who.closer_id, sdp, r->http->ports.arg);
    if (!err)
        err = reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s,s:s}", "plug_id", id, "sdp", answer));
    free(answer);
    return request_offer_refused(r, err) ? 0 : err;
}

int plug_get(struct request *r)
{
    char id[ID_MAX] = "";
    int err;

    if (no_closer(r))
        return 0;
    err = r->http->ports.phone_get != NULL ? r->http->ports.phone_get(id, r->who.closer_id, r->http->ports.arg) : EAGAIN;
    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:s?}", "plug_id", id[0] != '\0' ? id : NULL));
}

int plug_delete(struct request *r)
{
    int err;

    if (no_closer(r))
        return 0;
    err = r->http->ports.phone_unplug != NULL ? r->http->ports.phone_unplug(r->who.closer_id, r->http->ports.arg) : EAGAIN;
    return err ? err : reply_empty(r);
}

int phone_hang_up_post(struct request *r)
{
    int err;

    if (no_closer(r))
        return 0;
    err = r->http->ports.phone_hang_up != NULL ? r->http->ports.phone_hang_up(r->who.closer_id, r->http->ports.arg) : EAGAIN;
    return err ? err : reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}
