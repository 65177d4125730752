/* health.c - what machines ask: alive, ready, metrics (Prometheus text format 0.0.4), the description of the API. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "follow/follow.h"
#include "http/http_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { METRICS_MAX = 256 << 10 };

/* docs/openapi.json, as part of the program. */
__asm__(".section .rodata\n"
        ".global http_openapi_begin\n"
        ".global http_openapi_end\n"
        "http_openapi_begin:\n"
        ".incbin \"../docs/openapi.json\"\n"
        "http_openapi_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char http_openapi_begin[], http_openapi_end[];

int openapi_get(struct request *r)
{
    r->response = MHD_create_response_from_buffer((size_t)(http_openapi_end - http_openapi_begin), (void *)(uintptr_t)http_openapi_begin, MHD_RESPMEM_PERSISTENT);
    if (r->response == NULL)
        return ENOMEM;
    (void)MHD_add_response_header(r->response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
    r->status = MHD_HTTP_OK;
    return 0;
}

int health_get(struct request *r)
{
    return reply_json(r, MHD_HTTP_OK, json_pack("{s:s,s:s}", "status", "ok", "version", BATON_VERSION));
}

int ready_get(struct request *r)
{
    const char *why = NULL;

    if (r->http->ports.ready == NULL || r->http->ports.ready(&why, r->http->ports.arg))
        return reply_json(r, MHD_HTTP_OK, json_pack("{s:s}", "status", "ready"));
    r->retry_after = "1";
    return reply_problem(r, MHD_HTTP_SERVICE_UNAVAILABLE, why != NULL ? why : "not ready");
}

static void gauge(const char *name, const char *labels, double value, void *out)
{
    if (labels != NULL && labels[0] != '\0')
        (void)buf_printf(out, "%s{%s} %.17g\n", name, labels, value);
    else
        (void)buf_printf(out, "%s %.17g\n", name, value);
}

static void own_metrics(struct http *h, struct buf *b)
{
    struct store_stats s;

    store_stats_get(h->store, &s);
    for (unsigned i = 2; i < 6; i++)
        (void)buf_printf(b, "baton_http_replies_total{class=\"%uxx\"} %llu\n", i, (unsigned long long)atomic_load(&h->by_class[i]));
    gauge("baton_http_running", "", atomic_load(&h->running), b);
    gauge("baton_http_streams", "", sse_clients(h->sse), b);
    gauge("baton_http_streams_dropped_total", "", (double)sse_dropped(h->sse), b);
    gauge("baton_store_jobs_total", "", (double)s.jobs, b);
    gauge("baton_store_commits_total", "", (double)s.commits, b);
    gauge("baton_store_failed_total", "", (double)s.failed, b);
    gauge("baton_store_queued", "", (double)s.queued, b);
    gauge("baton_store_commit_seconds", "quantile=\"0.5\"", (double)s.commit_us_p50 / 1e6, b);
    gauge("baton_store_commit_seconds", "quantile=\"0.99\"", (double)s.commit_us_p99 / 1e6, b);
}

static int count_promises(struct tx *tx, void *arg)
{
    return task_promise_counts(tx, 0, clock_now_ms(), FOLLOW_WARN_S * INT64_C(1000), FOLLOW_GRACE_S * INT64_C(1000), arg);
}

/* Callbacks that people promised, since the beginning. */
static void promise_metrics(struct http *h, struct buf *b)
{
    struct task_promises p;

    if (store_read(h->store, count_promises, &p) != 0)
        return;
    gauge("baton_callbacks_total", "result=\"kept\"", (double)p.kept, b);
    gauge("baton_callbacks_total", "result=\"late\"", (double)p.late, b);
    gauge("baton_callbacks_total", "result=\"missed\"", (double)p.missed, b);
    gauge("baton_callbacks_open", "", (double)(p.open + p.overdue), b);
    gauge("baton_callbacks_at_risk", "", (double)p.at_risk, b);
}

int metrics_get(struct request *r)
{
    struct buf b;

    buf_init(&b, METRICS_MAX);
    own_metrics(r->http, &b);
    promise_metrics(r->http, &b);
    if (r->http->ports.metrics != NULL)
        r->http->ports.metrics(gauge, &b, r->http->ports.arg);
    r->response = MHD_create_response_from_buffer(b.len, (void *)(uintptr_t)buf_str(&b), MHD_RESPMEM_MUST_COPY);
    buf_release(&b);
    if (r->response == NULL)
        return ENOMEM;
    (void)MHD_add_response_header(r->response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    r->status = MHD_HTTP_OK;
    return 0;
}
