/* routes.c - one table: route x role -> handler; and the way of every request through it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "http/http_priv.h"

#include "base/banned.h"

enum {
    SEES_LEADS = ROLE_ADMIN | ROLE_MANAGER | ROLE_CLOSER | ROLE_SDR | ROLE_ENABLEMENT,
    ADDS_LEADS = ROLE_ADMIN | ROLE_MANAGER | ROLE_CLOSER | ROLE_SDR | ROLE_DEVELOPER,
    HEARS_CALLS = ROLE_ADMIN | ROLE_MANAGER | ROLE_CLOSER | ROLE_ENABLEMENT,
    AT_THE_DESK = ROLE_ADMIN | ROLE_MANAGER | ROLE_CLOSER,
    SELLS = AT_THE_DESK | ROLE_SDR,
    MANAGES = ROLE_ADMIN | ROLE_MANAGER,
    IMPORTS = MANAGES | ROLE_SDR,
    EXPORTS = MANAGES,
};

static const struct route routes[] = {
    {"POST", "/api/v1/login", ROLE_PUBLIC, 0, login_post},
    {"POST", "/api/v1/logout", ROLE_ANY, ROUTE_BODY_OPTIONAL, logout_post},
    {"GET", "/api/v1/me", ROLE_ANY, 0, me_get},
    {"GET", "/api/v1/leads", SEES_LEADS, 0, leads_get},
    {"POST", "/api/v1/leads", ADDS_LEADS, ROUTE_ONCE, leads_post},
    {"GET", "/api/v1/leads/count", SEES_LEADS, 0, leads_count_get},
    {"GET", "/api/v1/leads/export", EXPORTS, 0, lead_export_get},
    {"POST", "/api/v1/leads/import", IMPORTS, 0, lead_import_post},
    {"POST", "/api/v1/leads/bulk", IMPORTS, 0, lead_bulk_post},
    {"GET", "/api/v1/views", ROLE_ANY, 0, views_get},
    {"POST", "/api/v1/views", ROLE_ANY, 0, views_post},
    {"DELETE", "/api/v1/views/{id}", ROLE_ANY, 0, view_delete},
    {"GET", "/api/v1/leads/{id}", SEES_LEADS, 0, lead_get_one},
    {"GET", "/api/v1/leads/{id}/timeline", SEES_LEADS, 0, lead_timeline_get},
    {"GET", "/api/v1/calls", SEES_LEADS, 0, calls_get},
    {"GET", "/api/v1/calls/{id}", SEES_LEADS, 0, call_get_one},
    {"GET", "/api/v1/calls/{id}/recording", HEARS_CALLS, 0, call_recording_get},
    {"GET", "/api/v1/calls/{id}/peaks", HEARS_CALLS, 0, call_peaks_get},
    {"POST", "/api/v1/calls/{id}/share", HEARS_CALLS, 0, call_share_post},
    {"GET", "/api/v1/shared/{id}", ROLE_PUBLIC, 0, shared_get},
    {"GET", "/api/v1/shared/{id}/recording", ROLE_PUBLIC, 0, shared_recording_get},
    {"GET", "/api/v1/shared/{id}/peaks", ROLE_PUBLIC, 0, shared_peaks_get},
    {"POST", "/api/v1/calls/{id}/hangup", MANAGES, ROUTE_BODY_OPTIONAL, call_hangup_post},
    {"POST", "/api/v1/calls/{id}/join", AT_THE_DESK, 0, call_join_post},
    {"PATCH", "/api/v1/calls/{id}/join", AT_THE_DESK, 0, call_join_patch},
    {"DELETE", "/api/v1/calls/{id}/join", AT_THE_DESK, 0, call_join_delete},
    {"GET", "/api/v1/calls/{id}/joins", MANAGES, 0, call_joins_get},
    {"POST", "/api/v1/calls/{id}/invite", AT_THE_DESK, 0, call_invite_post},
    {"POST", "/api/v1/calls/{id}/hold", AT_THE_DESK, ROUTE_BODY_OPTIONAL, call_hold_post},
    {"POST", "/api/v1/calls/{id}/resume", AT_THE_DESK, ROUTE_BODY_OPTIONAL, call_resume_post},
    {"POST", "/api/v1/calls/{id}/park", AT_THE_DESK, ROUTE_BODY_OPTIONAL, call_park_post},
    {"POST", "/api/v1/calls/{id}/retrieve", AT_THE_DESK, ROUTE_BODY_OPTIONAL, call_retrieve_post},
    {"POST", "/api/v1/calls/{id}/transfer", AT_THE_DESK, 0, call_transfer_post},
    {"POST", "/api/v1/calls/{id}/transfer/complete", AT_THE_DESK, ROUTE_BODY_OPTIONAL, call_transfer_complete_post},
    {"POST", "/api/v1/calls/{id}/transfer/cancel", AT_THE_DESK, ROUTE_BODY_OPTIONAL, call_transfer_cancel_post},
    {"GET", "/api/v1/parked", AT_THE_DESK, 0, parked_get},
    {"POST", "/api/v1/phone/test-calls", ROLE_ANY, 0, test_call_post},
    {"DELETE", "/api/v1/phone/test-calls/{id}", ROLE_ANY, 0, test_call_delete},
    {"POST", "/api/v1/phone/plug", AT_THE_DESK, 0, plug_post},
    {"GET", "/api/v1/phone/plug", AT_THE_DESK, 0, plug_get},
    {"DELETE", "/api/v1/phone/plug", AT_THE_DESK, 0, plug_delete},
    {"GET", "/api/v1/phone/ice", ROLE_ANY, 0, ice_get},
    {"POST", "/api/v1/phone/hang-up", AT_THE_DESK, ROUTE_BODY_OPTIONAL, phone_hang_up_post},
    {"GET", "/api/v1/wall", SEES_LEADS, 0, wall_get},
    {"GET", "/api/v1/events", ROLE_ANY, 0, sse_open},
    {"GET", "/api/v1/tasks", SEES_LEADS, 0, tasks_get},
    {"POST", "/api/v1/tasks/{id}/done", SELLS, ROUTE_BODY_OPTIONAL, task_done_post},
    {"POST", "/api/v1/tasks/{id}/snooze", SELLS, 0, task_snooze_post},
    {"POST", "/api/v1/tasks/{id}/assign", SELLS, 0, task_assign_post},
    {"POST", "/api/v1/tasks/{id}/call", AT_THE_DESK, ROUTE_BODY_OPTIONAL, task_call_post},
    {"POST", "/api/v1/leads/{id}/call", AT_THE_DESK, ROUTE_BODY_OPTIONAL, lead_call_post},
    {"GET", "/api/v1/closers", SEES_LEADS, 0, closers_get},
    {"POST", "/api/v1/closers", MANAGES, ROUTE_ONCE, closers_post},
    {"PATCH", "/api/v1/closers/{id}", MANAGES, 0, closer_patch},
    {"POST", "/api/v1/closers/{id}/telephone", AT_THE_DESK, 0, closer_telephone_post},
    {"DELETE", "/api/v1/closers/{id}/telephone", AT_THE_DESK, 0, closer_telephone_delete},
    {"GET", "/api/v1/closers/{id}/day", AT_THE_DESK, 0, closer_day_get},
    {"POST", "/api/v1/closers/{id}/presence", AT_THE_DESK, 0, closer_presence_post},
    {"POST", "/api/v1/offers/{id}/accept", AT_THE_DESK, ROUTE_BODY_OPTIONAL, offer_accept_post},
    {"POST", "/api/v1/offers/{id}/decline", AT_THE_DESK, ROUTE_BODY_OPTIONAL, offer_decline_post},
    {"GET", "/api/v1/handoffs", AT_THE_DESK, 0, handoffs_get},
    {"GET", "/api/v1/handoffs/{id}", AT_THE_DESK, 0, handoff_get_one},
    {"POST", "/api/v1/handoffs/{id}/draft", AT_THE_DESK, 0, handoff_draft_post},
    {"POST", "/api/v1/answers/{id}/mark", HEARS_CALLS, 0, answer_mark_post},
    {"POST", "/api/v1/handoffs/{id}/bring-back", AT_THE_DESK, ROUTE_BODY_OPTIONAL, handoff_bring_back_post},
    {"POST", "/api/v1/handoffs/{id}/wrap-up", AT_THE_DESK, 0, handoff_wrap_up_post},
    {"GET", "/api/v1/tokens", ROLE_ADMIN, 0, tokens_get},
    {"POST", "/api/v1/tokens", ROLE_ADMIN, 0, tokens_post},
    {"DELETE", "/api/v1/tokens/{id}", ROLE_ADMIN, 0, token_delete},
    {"GET", "/api/v1/users", ROLE_ADMIN, 0, users_get},
    {"POST", "/api/v1/users", ROLE_ADMIN, 0, users_post},
    {"PATCH", "/api/v1/users/{id}", ROLE_ADMIN, 0, user_patch},
    {"POST", "/api/v1/hooks", ROLE_ADMIN | ROLE_DEVELOPER, 0, hooks_post},
    {"POST", "/hooks/generic/{id}", ROLE_PUBLIC, 0, hook_post},
    {"GET", "/healthz", ROLE_PUBLIC, 0, health_get},
    {"GET", "/readyz", ROLE_PUBLIC, 0, ready_get},
    {"GET", "/metrics", ROLE_PUBLIC, 0, metrics_get},
    {"GET", "/api/openapi.json", ROLE_PUBLIC, 0, openapi_get},
};

/* Does the path fit the pattern? What stands for {id} goes to `id`. */
static bool fits(const char *pattern, const char *path, char *id, size_t size)
{
    const char *open = strchr(pattern, '{'), *close, *end;
    size_t n;

    if (open == NULL)
        return strcmp(pattern, path) == 0;
    if (strncmp(pattern, path, (size_t)(open - pattern)) != 0)
        return false;
    path += open - pattern;
    close = strchr(open, '}');
    end = strchr(path, '/');
    n = end != NULL ? (size_t)(end - path) : strlen(path);
    if (n == 0 || n >= size || strcmp(close + 1, path + n) != 0)
        return false;
    memcpy(id, path, n);
    id[n] = '\0';
    return true;
}

/* The route, or NULL with the methods that this path has in `allow`. */
static const struct route *find(struct request *r, char *allow, size_t size)
{
    char id[64] = "";

    allow[0] = '\0';
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        const struct route *c = &routes[i];

        if (!fits(c->pattern, r->path, id, sizeof id))
            continue;
        if (request_is(r, c->method)) {
            memcpy(r->id, id, sizeof r->id);
            return c;
        }
        snprintf(allow + strlen(allow), size - strlen(allow), "%s%s", allow[0] != '\0' ? ", " : "", c->method);
    }
    return NULL;
}

static int no_route(struct request *r, const char *allow)
{
    bool ours = text_starts(r->path, "/api/") || text_starts(r->path, "/hooks/");
    int err = ENOENT;

    if (allow[0] != '\0' || (!ours && !request_is(r, "GET"))) {
        (void)text_copy(r->location, sizeof r->location, "");
        err = reply_problem(r, MHD_HTTP_METHOD_NOT_ALLOWED, "This address does not know that method.");
        r->allow = strstr(allow, "POST") != NULL ? (strstr(allow, "GET") != NULL ? "GET, POST" : "POST") : strcmp(allow, "PATCH") == 0 ? "PATCH" : strcmp(allow, "DELETE") == 0 ? "DELETE" : "GET";
        return err;
    }
    if (!ours)
        err = static_get(r);
    return err ? reply_errno(r, err) : 0;
}

static bool changes(const struct request *r)
{
    return !request_is(r, "GET");
}

/* May this one do that? Answers the problem when not. */
static bool admitted(struct request *r)
{
    if ((r->route->roles & ROLE_PUBLIC) != 0)
        return true;
    auth_identify(r);
    if (r->who.role == 0)
        (void)reply_problem(r, MHD_HTTP_UNAUTHORIZED, "This needs a session or a bearer token.");
    else if ((r->route->roles & r->who.role) == 0)
        (void)reply_problem(r, MHD_HTTP_FORBIDDEN, "Your role may not do this.");
    else if (changes(r) && r->who.cookie && !auth_same_origin(r))
        (void)reply_problem(r, MHD_HTTP_FORBIDDEN, "This request came from another site.");
    else
        return true;
    return false;
}

static bool has_body(const struct request *r)
{
    return strcmp(r->method, "POST") == 0 || strcmp(r->method, "PATCH") == 0;
}

static int handle(struct request *r)
{
    int err = r->route->handler(r);

    if (!err && r->errors != NULL && r->status == 0)
        err = reply_wrong(r);
    if (err)
        err = reply_errno(r, err);
    if (!err && (r->route->flags & ROUTE_ONCE) != 0 && r->answer != NULL && r->status < 300) {
        r->answer_text = jx_dump(r->answer);
        if (r->answer_text != NULL)
            once_keep(r, r->answer_text);
    }
    return err;
}

static int dispatch(struct request *r)
{
    char allow[64];
    int err;

    r->route = find(r, allow, sizeof allow);
    if (r->too_large)
        return reply_problem(r, MHD_HTTP_CONTENT_TOO_LARGE, "A body may have 65536 bytes.");
    if (r->route == NULL)
        return no_route(r, allow);
    if (!admitted(r))
        return 0;
    if (has_body(r)) {
        err = request_parse_json(r);
        if (err)
            return err == EBADMSG ? 0 : reply_errno(r, err);
    }
    if ((r->route->flags & ROUTE_ONCE) != 0 && once_begin(r))
        return 0;
    err = handle(r);
    if ((r->route->flags & ROUTE_ONCE) != 0)
        once_end(r);
    return err;
}

int http_dispatch(struct request *r)
{
    int err;

    atomic_fetch_add(&r->http->running, 1);
    err = dispatch(r);
    atomic_fetch_sub(&r->http->running, 1);
    return err;
}
