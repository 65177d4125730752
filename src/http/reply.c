/* reply.c - answers: JSON, pages, problem documents (RFC 9457) and the headers that every reply carries. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "http/http_priv.h"

#include "base/banned.h"

static const char *const common_headers[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(self)"},
    /* style-src: the component library sets its variables in a style element; scripts come from files only. */
    {"Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; object-src 'none';"
                                " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
};

void reply_headers(struct MHD_Response *m)
{
    for (size_t i = 0; i < sizeof common_headers / sizeof common_headers[0]; i++)
        (void)MHD_add_response_header(m, common_headers[i][0], common_headers[i][1]);
}

int reply_json(struct request *r, unsigned status, json_t *answer)
{
    if (answer == NULL)
        return ENOMEM;
    json_decref(r->answer);
    r->answer = answer;
    r->status = status;
    r->content_type = "application/json";
    return 0;
}

int reply_page(struct request *r, json_t *rows, const char *next)
{
    return reply_json(r, MHD_HTTP_OK, json_pack("{s:o,s:s?}", "items", rows, "next_cursor", next != NULL && next[0] != '\0' ? next : NULL));
}

int reply_empty(struct request *r)
{
    r->status = MHD_HTTP_NO_CONTENT;
    return 0;
}

static const char *title_of(unsigned status)
{
    static const struct { unsigned status; const char *title; } titles[] = {
        {400, "The request cannot be read"}, {401, "Please sign in"}, {403, "Not allowed"}, {404, "Not found"}, {405, "Not for this method"},
        {409, "Somebody else was faster"}, {413, "Too large"}, {415, "Wrong kind of content"}, {422, "Some fields are wrong"}, {429, "Too many attempts"},
        {503, "Not now"},
    };

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (titles[i].status == status)
            return titles[i].title;
    return "Something broke here";
}

int reply_problem(struct request *r, unsigned status, const char *detail)
{
    json_t *p = json_pack("{s:s,s:s,s:i,s:s,s:s}", "type", "about:blank", "title", title_of(status), "status", (int)status, "detail", detail, "instance", r->path);
    int err;

    if (p == NULL) /* a path that is no UTF-8 */
        p = json_pack("{s:s,s:s,s:i,s:s}", "type", "about:blank", "title", title_of(status), "status", (int)status, "detail", detail);
    err = reply_json(r, status, p);
    r->content_type = "application/problem+json";
    return err;
}

int reply_wrong(struct request *r)
{
    int err = reply_problem(r, MHD_HTTP_UNPROCESSABLE_CONTENT, "Nothing was changed. See errors for each field.");

    if (!err)
        err = json_object_set(r->answer, "errors", r->errors) != 0 ? ENOMEM : 0;
    return err;
}

int reply_errno(struct request *r, int err)
{
    switch (err) {
    case ENOENT:
        return reply_problem(r, MHD_HTTP_NOT_FOUND, "There is no such thing here.");
    case EINVAL:
        return reply_problem(r, MHD_HTTP_BAD_REQUEST, "The values do not go together.");
    case EBUSY:
        return reply_problem(r, MHD_HTTP_CONFLICT, "Not while it rings or somebody is in a call.");
    case EEXIST:
    case EALREADY:
        return reply_problem(r, MHD_HTTP_CONFLICT, "It was taken or ended meanwhile.");
    case EAGAIN:
    case ETIMEDOUT:
    case ENOTCONN:
        r->retry_after = "1";
        return reply_problem(r, MHD_HTTP_SERVICE_UNAVAILABLE, "The server cannot take this now. Please try again.");
    default:
        log_error("http", "", "%s %s: %s", r->method, r->route != NULL ? r->route->pattern : "?", strerror(err));
        return reply_problem(r, MHD_HTTP_INTERNAL_SERVER_ERROR, "The server could not do this. It is in its log.");
    }
}

static struct MHD_Response *build(struct request *r)
{
    char *text = r->answer_text != NULL ? r->answer_text : r->answer != NULL ? jx_dump(r->answer) : NULL;
    struct MHD_Response *m;

    r->answer_text = NULL;
    if (text == NULL)
        return MHD_create_response_from_buffer(0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);
    m = MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (m == NULL)
        free(text);
    else if (r->content_type != NULL)
        (void)MHD_add_response_header(m, MHD_HTTP_HEADER_CONTENT_TYPE, r->content_type);
    if (m != NULL)
        (void)MHD_add_response_header(m, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    return m;
}

static void add_given(struct MHD_Response *m, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0')
        (void)MHD_add_response_header(m, name, value);
}

enum MHD_Result reply_send(struct request *r)
{
    enum MHD_Result sent;

    if (r->response == NULL)
        r->response = build(r);
    if (r->response == NULL || r->status == 0)
        return MHD_NO;
    reply_headers(r->response);
    add_given(r->response, MHD_HTTP_HEADER_ALLOW, r->allow);
    add_given(r->response, MHD_HTTP_HEADER_RETRY_AFTER, r->retry_after);
    add_given(r->response, MHD_HTTP_HEADER_SET_COOKIE, r->cookie);
    add_given(r->response, MHD_HTTP_HEADER_LOCATION, r->location);
    if (r->status == MHD_HTTP_UNAUTHORIZED)
        add_given(r->response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer realm=\"baton\"");
    if (r->replayed)
        add_given(r->response, "Idempotency-Replayed", "true");
    atomic_fetch_add(&r->http->by_class[r->status / 100 % 6], 1);
    sent = MHD_queue_response(r->conn, r->status, r->response);
    MHD_destroy_response(r->response);
    r->response = NULL;
    return sent;
}
