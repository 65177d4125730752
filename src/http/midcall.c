/* midcall.c - a call that a human has: joining it, hold, park and retrieve, transfer. What is possible when is the desk's to say (desk/midcall.h). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "http/http_priv.h"
#include "store/entities.h"
#include "store/midcall_rows.h"

#include "base/banned.h"

enum { SDP_MAX = 8192 };

static bool manages(const struct request *r)
{
    return (r->who.role & (ROLE_ADMIN | ROLE_MANAGER)) != 0;
}

/* What the desk refuses, in words; other errors as they are. */
static int refused(struct request *r, int err)
{
    switch (err) {
    case EPERM:
        return reply_problem(r, MHD_HTTP_FORBIDDEN, "Only the closer in this call or a manager may do this; a closer joins others by invitation.");
    case EBUSY:
        return reply_problem(r, MHD_HTTP_CONFLICT, "This is not possible at this moment of the call.");
    case ENOTCONN:
        return reply_problem(r, MHD_HTTP_CONFLICT, "Nobody can be rung there: not available, or no telephone is connected.");
    case EALREADY:
        return reply_problem(r, MHD_HTTP_CONFLICT, "They are in this call already.");
    case ENOSPC:
        return reply_problem(r, MHD_HTTP_CONFLICT, "As many as can be are in this call.");
    default:
        return err;
    }
}

/* --- joining --- */

static const char *const modes[] = {"listen", "whisper", "barge", NULL};

/* A token of a script has no ears. True when a problem was answered. */
static bool nobody(struct request *r)
{
    if (r->who.user_id[0] != '\0')
        return false;
    (void)reply_problem(r, MHD_HTTP_FORBIDDEN, "Only somebody who is signed in can join a call.");
    return true;
}

int call_join_post(struct request *r)
{
    const char *mode = request_word(r, "mode", modes, true), *sdp = request_text(r, "sdp", SDP_MAX, false);
    const struct desk_person who = {.user_id = r->who.user_id, .name = r->who.name, .closer_id = r->who.closer_id, .manages = manages(r)};
    char *answer = NULL;
    int err;

    if (r->errors != NULL || nobody(r))
        return 0;
    err = r->http->ports.join != NULL ? r->http->ports.join(&answer, r->id, &who, mode, sdp, r->http->ports.arg) : EAGAIN;
    if (!err)
        err = reply_json(r, MHD_HTTP_CREATED, json_pack("{s:s,s:s?}", "mode", mode, "sdp", answer));
    free(answer);
    return request_offer_refused(r, err) ? 0 : refused(r, err);
}

int call_join_patch(struct request *r)
{
    const char *mode = request_word(r, "mode", modes, true);
    int err;

    if (r->errors != NULL || nobody(r))
        return 0;
    err = r->http->ports.join_mode != NULL ? r->http->ports.join_mode(r->id, r->who.user_id, mode, r->http->ports.arg) : EAGAIN;
    return err ? refused(r, err) : reply_json(r, MHD_HTTP_OK, json_pack("{s:s}", "mode", mode));
}

int call_join_delete(struct request *r)
{
    int err;

    if (nobody(r))
        return 0;
    err = r->http->ports.join_leave != NULL ? r->http->ports.join_leave(r->id, r->who.user_id, r->http->ports.arg) : EAGAIN;
    return err ? refused(r, err) : reply_empty(r);
}

struct listing { const char *id; json_t *rows; };

static int read_joins(struct tx *tx, void *arg)
{
    struct listing *l = arg;
    json_t *call;
    int err = call_get(tx, l->id, &call);

    if (err)
        return err;
    json_decref(call);
    return join_list(tx, l->id, &l->rows);
}

/* Who listened when. */
int call_joins_get(struct request *r)
{
    struct listing l = {.id = r->id};
    int err = store_read(r->http->store, read_joins, &l);

    return err ? err : reply_page(r, l.rows, NULL);
}

/* --- hold, park, transfer --- */

/* wanted: stolen; who asks is added. */
static int ask_desk(struct request *r, json_t *wanted)
{
    struct desk_wait *w = wanted != NULL && r->http->desk != NULL ? desk_wait_alloc() : NULL;
    int err;

    if (w == NULL) {
        json_decref(wanted);
        return wanted == NULL ? ENOMEM : EAGAIN;
    }
    jx_set_str(wanted, "closer_id", r->who.closer_id[0] != '\0' ? r->who.closer_id : NULL);
    jx_set_bool(wanted, "manages", manages(r));
    err = desk_wait_finish(w, desk_midcall(r->http->desk, r->id, wanted, desk_wait_done, w));
    json_decref(wanted);
    return err ? refused(r, err) : reply_json(r, MHD_HTTP_OK, json_pack("{s:b}", "ok", 1));
}

static int simply(struct request *r, const char *what)
{
    return ask_desk(r, json_pack("{s:s}", "do", what));
}

int call_hold_post(struct request *r)
{
    return simply(r, "hold");
}

int call_resume_post(struct request *r)
{
    return simply(r, "resume");
}

int call_park_post(struct request *r)
{
    return simply(r, "park");
}

int call_transfer_complete_post(struct request *r)
{
    return simply(r, "complete");
}

int call_transfer_cancel_post(struct request *r)
{
    return simply(r, "cancel");
}

/* A closer takes it with their own telephone; a manager may name one. */
int call_retrieve_post(struct request *r)
{
    const char *named = request_text(r, "closer_id", 36, false), *closer = named != NULL ? named : r->who.closer_id;

    if (r->errors != NULL)
        return 0;
    if (closer[0] == '\0')
        return reply_problem(r, MHD_HTTP_CONFLICT, "Your account is not linked to a closer, so there is no telephone to ring.");
    if (!request_speaks_for(r, closer))
        return reply_not_yours(r);
    return ask_desk(r, json_pack("{s:s,s:s}", "do", "retrieve", "to", closer));
}

int call_transfer_post(struct request *r)
{
    const char *to = request_text(r, "closer_id", 36, false), *queue = request_text(r, "queue", 40, false), *note = request_text(r, "note", DESK_NOTE_MAX - 1, false);
    const json_t *first = json_object_get(r->json, "ask_first");

    if (first != NULL && !json_is_boolean(first))
        request_wrong(r, "ask_first", "must be true or false");
    if ((to == NULL) == (queue == NULL))
        request_wrong(r, "closer_id", "say whom: a closer, or a queue (a team or a skill)");
    if (r->errors != NULL)
        return 0;
    return ask_desk(r, json_pack("{s:s,s:s?,s:s?,s:s?}", "do", json_is_false(first) ? "send" : "transfer", "to", to, "queue", queue, "note", note));
}

int call_invite_post(struct request *r)
{
    const char *to = request_text(r, "closer_id", 36, true);

    return r->errors != NULL ? 0 : ask_desk(r, json_pack("{s:s,s:s}", "do", "invite", "to", to));
}

static int read_parked(struct tx *tx, void *arg)
{
    struct listing *l = arg;

    return parked_list(tx, clock_now_ms(), &l->rows);
}

int parked_get(struct request *r)
{
    struct listing l = {.id = NULL};
    json_t *row;
    size_t i;
    int err = store_read(r->http->store, read_parked, &l);

    if (err)
        return err;
    json_array_foreach(l.rows, i, row)
        jx_set(row, "name", view_name(row));
    return reply_page(r, l.rows, NULL);
}
