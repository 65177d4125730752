/* request.c - reading what came: query, headers, body, and naming every field that is wrong. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "http/http_priv.h"

#include "base/banned.h"

const char *request_query(const struct request *r, const char *name)
{
    const char *v = MHD_lookup_connection_value(r->conn, MHD_GET_ARGUMENT_KIND, name);

    return v != NULL && v[0] != '\0' ? v : NULL;
}

const char *request_header(const struct request *r, const char *name)
{
    return MHD_lookup_connection_value(r->conn, MHD_HEADER_KIND, name);
}

bool request_is(const struct request *r, const char *method)
{
    return strcmp(r->method, method) == 0 || (strcmp(method, "GET") == 0 && strcmp(r->method, "HEAD") == 0);
}

void request_ip(const struct request *r, char out[64])
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *a = info != NULL ? info->client_addr : NULL;

    (void)text_copy(out, 64, "unknown");
    if (a != NULL && a->sa_family == AF_INET)
        (void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, out, 64);
    else if (a != NULL && a->sa_family == AF_INET6)
        (void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, out, 64);
}

void request_wrong(struct request *r, const char *field, const char *text)
{
    if (r->errors == NULL)
        r->errors = json_array();
    (void)json_array_append_new(r->errors, json_pack("{s:s,s:s}", "field", field, "message", text));
}

int request_limit(struct request *r, int otherwise)
{
    const char *text = MHD_lookup_connection_value(r->conn, MHD_GET_ARGUMENT_KIND, "limit");
    long long n = otherwise;

    if (text != NULL && text_int(&n, text, 1, 200) != 0)
        request_wrong(r, "limit", "must be a whole number from 1 to 200");
    return (int)n;
}

static bool is_json(const struct request *r)
{
    const char *type = request_header(r, MHD_HTTP_HEADER_CONTENT_TYPE);
    size_t n = strlen("application/json");

    return type != NULL && strncasecmp(type, "application/json", n) == 0 && (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

static int refuse(struct request *r, unsigned status, const char *detail)
{
    int err = reply_problem(r, status, detail);

    return err ? err : EBADMSG;
}

int request_parse_json(struct request *r)
{
    char why[160], detail[200];
    int err;

    if (r->body.len == 0 && (r->route->flags & ROUTE_BODY_OPTIONAL) != 0) {
        r->json = json_object();
        return r->json == NULL ? ENOMEM : 0;
    }
    if (!is_json(r))
        return refuse(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "The body must be sent as application/json.");
    err = jx_parse(&r->json, buf_str(&r->body), r->body.len, HTTP_BODY_MAX, why, sizeof why);
    if (err == ENOMEM)
        return err;
    if (err) {
        snprintf(detail, sizeof detail, "The body is no JSON: %s", why);
        return refuse(r, MHD_HTTP_BAD_REQUEST, detail);
    }
    return json_is_object(r->json) ? 0 : refuse(r, MHD_HTTP_BAD_REQUEST, "The body must be a JSON object.");
}

const char *request_text(struct request *r, const char *field, size_t max, bool required)
{
    const json_t *v = json_object_get(r->json, field);
    char text[64];

    if (v == NULL || json_is_null(v)) {
        if (required)
            request_wrong(r, field, "is required");
        return NULL;
    }
    if (!json_is_string(v) || (required && json_string_length(v) == 0)) {
        request_wrong(r, field, "must be a text");
        return NULL;
    }
    if (json_string_length(v) > max) {
        snprintf(text, sizeof text, "must have at most %zu bytes", max);
        request_wrong(r, field, text);
        return NULL;
    }
    return json_string_value(v);
}

const char *request_word(struct request *r, const char *field, const char *const *words, bool required)
{
    const char *v = request_text(r, field, 40, required);
    char text[160] = "must be one of";

    if (v == NULL)
        return NULL;
    for (const char *const *w = words; *w != NULL; w++) {
        if (strcmp(v, *w) == 0)
            return v;
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s", w == words ? "" : ",", *w);
    }
    request_wrong(r, field, text);
    return NULL;
}
