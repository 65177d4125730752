/* sse_stream.c - one stream of events: where it begins, what its connection reads, its end. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "http/sse_priv.h"

#include "base/banned.h"

enum { CATCH_UP_MAX = 20000, RETRY_MS = 2000 };

static ssize_t read_queue(void *arg, uint64_t pos, char *out, size_t max)
{
    struct sse_client *c = arg;
    ssize_t n = 0;

    (void)pos;
    pthread_mutex_lock(&c->sse->lock);
    if (c->queue.len > 0) {
        n = (ssize_t)(c->queue.len < max ? c->queue.len : max);
        memcpy(out, c->queue.data, (size_t)n);
        buf_consume(&c->queue, (size_t)n);
        if (c->seq < c->sse->live) {
            c->sse->news = true;
            pthread_cond_signal(&c->sse->wake);
        }
    } else if (c->ended) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        c->suspended = true;
        MHD_suspend_connection(c->conn);
    }
    pthread_mutex_unlock(&c->sse->lock);
    return n;
}

static void on_stream_closed(void *arg)
{
    struct sse_client *c = arg;
    struct sse *s = c->sse;
    struct sse_client **at;

    pthread_mutex_lock(&s->lock);
    for (at = &s->first; *at != NULL && *at != c; at = &(*at)->next)
        ;
    if (*at == c) {
        *at = c->next;
        s->clients--;
    }
    pthread_mutex_unlock(&s->lock);
    buf_release(&c->queue);
    free(c);
}

/* Where the stream begins: after the id that the client names, else now. Who is too far behind is told to load anew. */
static int begin(struct request *r, struct sse_client *c)
{
    const char *after = request_header(r, "Last-Event-ID");
    int64_t last = 0;
    long long seq;
    int err = sse_last(r->http->store, &last);

    if (after == NULL || after[0] == '\0')
        after = request_query(r, "after");
    c->seq = last;
    if (!err && after != NULL) {
        if (text_int(&seq, after, 0, INT64_MAX) != 0) {
            request_wrong(r, "after", "must be the number of an event");
            return 0;
        }
        if (seq < last - CATCH_UP_MAX)
            err = buf_puts(&c->queue, "event: reset\ndata: {}\n\n");
        else if (seq < last)
            c->seq = seq;
    }
    return err ? err : buf_printf(&c->queue, "retry: %d\n: welcome\n\n", RETRY_MS);
}

static bool join(struct sse *s, struct sse_client *c)
{
    bool room;

    pthread_mutex_lock(&s->lock);
    room = !s->stopping && s->clients < SSE_CLIENTS_MAX;
    if (room) {
        c->next = s->first;
        s->first = c;
        s->clients++;
        s->news = true; /* something may have happened since it began */
        pthread_cond_signal(&s->wake);
    }
    pthread_mutex_unlock(&s->lock);
    return room;
}

static int filter(struct request *r, const char *name, char out[ID_MAX])
{
    const char *id = request_query(r, name);

    if (id != NULL && !id_valid(id))
        request_wrong(r, name, "must be an id");
    else if (id != NULL)
        (void)text_copy(out, ID_MAX, id);
    return 0;
}

int sse_open(struct request *r)
{
    struct sse_client *c = calloc(1, sizeof *c);
    int err;

    if (c == NULL)
        return ENOMEM;
    c->sse = r->http->sse;
    c->conn = r->conn;
    memcpy(c->session, r->who.token_hash, sizeof c->session);
    buf_init(&c->queue, SSE_QUEUE_MAX);
    (void)filter(r, "lead_id", c->lead_id);
    (void)filter(r, "call_id", c->call_id);
    err = begin(r, c);
    if (err || r->errors != NULL || !join(c->sse, c)) {
        buf_release(&c->queue);
        free(c);
        return err ? err : r->errors != NULL ? 0 : EAGAIN;
    }
    r->response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, read_queue, c, on_stream_closed);
    if (r->response == NULL) {
        on_stream_closed(c);
        return ENOMEM;
    }
    (void)MHD_add_response_header(r->response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
    (void)MHD_add_response_header(r->response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    (void)MHD_add_response_header(r->response, "X-Accel-Buffering", "no");
    r->status = MHD_HTTP_OK;
    return 0;
}
