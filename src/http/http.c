/* http.c - the daemon: sockets, threads, bodies. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "http/http_priv.h"

#include "base/banned.h"

static struct request *request_alloc(struct http *h, struct MHD_Connection *conn, const char *method, const char *path)
{
    struct request *r = calloc(1, sizeof *r);

    if (r == NULL)
        return NULL;
    r->http = h;
    r->conn = conn;
    r->method = method;
    r->path = path;
    buf_init(&r->body, HTTP_BODY_MAX + 1);
    return r;
}

static void request_free(struct request *r)
{
    json_decref(r->json);
    json_decref(r->errors);
    json_decref(r->answer);
    free(r->answer_text);
    if (r->response != NULL)
        MHD_destroy_response(r->response);
    buf_release(&r->body);
    free(r);
}

/* A body that says beforehand that it is too long is refused before it is sent. */
static bool announces_too_much(const struct request *r)
{
    const char *length = request_header(r, MHD_HTTP_HEADER_CONTENT_LENGTH);
    long long n;

    return length != NULL && (text_int(&n, length, 0, INT64_MAX) != 0 || n > HTTP_BODY_MAX);
}

static enum MHD_Result take_body(struct request *r, const char *data, size_t *size)
{
    if (r->too_large && *size > 0)
        return MHD_NO; /* it was told once: an endless body ends here */
    if (buf_add(&r->body, data, *size) != 0 || r->body.len > HTTP_BODY_MAX)
        r->too_large = true;
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *conn, const char *url, const char *method, const char *version, const char *upload_data,
                                  size_t *upload_size, void **state)
{
    struct request *r = *state;

    (void)version;
    if (r == NULL) {
        r = request_alloc(arg, conn, method, url);
        if (r == NULL)
            return MHD_NO;
        *state = r;
        r->too_large = announces_too_much(r);
        if (!r->too_large)
            return MHD_YES;
    } else if (*upload_size > 0) {
        return take_body(r, upload_data, upload_size);
    }
    (void)http_dispatch(r);
    return reply_send(r);
}

static void on_completed(void *arg, struct MHD_Connection *conn, void **state, enum MHD_RequestTerminationCode code)
{
    (void)arg;
    (void)conn;
    (void)code;
    if (*state != NULL)
        request_free(*state);
    *state = NULL;
}

static void on_daemon_log(void *arg, const char *fmt, va_list ap)
{
    (void)arg;
    (void)fmt;
    (void)ap;
}

static int start_daemon(struct http *h)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(h->cfg.port)};
    const union MHD_DaemonInfo *info;

    if (inet_pton(AF_INET, h->bind_ip, &address.sin_addr) != 1)
        return EINVAL;
    errno = 0;
    h->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, h->cfg.port, NULL, NULL, on_request, h,
                                 MHD_OPTION_EXTERNAL_LOGGER, on_daemon_log, NULL, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE,
                                 (unsigned)HTTP_THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
                                 (unsigned)HTTP_TIMEOUT_S, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
                                 MHD_OPTION_LISTEN_BACKLOG_SIZE, 511u, MHD_OPTION_END);
    if (h->daemon == NULL)
        return errno != 0 ? errno : EIO;
    info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
    h->port = info != NULL ? info->port : h->cfg.port;
    return 0;
}

static void on_destroy(void *obj)
{
    struct http *h = obj;

    sse_free(h->sse);
    obj_unref(h->scenario);
    pthread_mutex_destroy(&h->limiter.lock);
    pthread_mutex_destroy(&h->hash_lock);
    once_release(&h->once);
    pthread_mutex_destroy(&h->scenario_lock);
    free(h->bind_ip);
    free(h->web_dir);
    free(h->recordings_dir);
    free(h->region);
    free(h->turn_url);
    free(h->turn_secret);
    obj_unref(h->store);
    obj_unref(h->desk);
}

static int copy_config(struct http *h, const struct http_config *cfg)
{
    h->cfg = *cfg;
    h->bind_ip = strdup(cfg->bind_ip);
    h->web_dir = cfg->web_dir != NULL ? strdup(cfg->web_dir) : NULL;
    h->recordings_dir = cfg->recordings_dir != NULL ? strdup(cfg->recordings_dir) : NULL;
    h->region = cfg->lead.default_region != NULL ? strdup(cfg->lead.default_region) : NULL;
    h->cfg.lead.default_region = h->region;
    h->turn_url = cfg->turn_url != NULL ? strdup(cfg->turn_url) : NULL;
    h->turn_secret = cfg->turn_secret != NULL ? strdup(cfg->turn_secret) : NULL;
    if (h->cfg.session_hours <= 0)
        h->cfg.session_hours = 12;
    return h->bind_ip == NULL ? ENOMEM : 0;
}

int http_alloc(struct http **hp, const struct http_config *cfg, struct store *st, struct desk *desk, struct loop *control, const struct http_ports *ports)
{
    struct http *h;
    int err;

    if (sodium_init() < 0)
        return EIO;
    h = obj_alloc(sizeof *h, on_destroy);
    if (h == NULL)
        return ENOMEM;
    limiter_init(&h->limiter);
    pthread_mutex_init(&h->hash_lock, NULL);
    once_init(&h->once);
    pthread_mutex_init(&h->scenario_lock, NULL);
    h->store = obj_ref(st);
    h->desk = obj_ref(desk);
    h->control = control;
    h->ports = ports != NULL ? *ports : (struct http_ports){0};
    err = copy_config(h, cfg);
    if (!err)
        err = sse_alloc(&h->sse, st);
    if (!err)
        err = start_daemon(h);
    if (err) {
        if (h->sse != NULL)
            sse_stop(h->sse);
        obj_unref(h);
    } else {
        *hp = h;
    }
    return err;
}

uint16_t http_port(const struct http *h)
{
    return h->port;
}

void http_close(struct http *h)
{
    if (h == NULL || atomic_exchange(&h->closing, true))
        return;
    sse_stop(h->sse);
    MHD_stop_daemon(h->daemon);
    h->daemon = NULL;
}
