#include "llm/reply.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"

#include "base/banned.h"

void reply_init(struct reply *r, const char *content_type)
{
    bool json = content_type != NULL && strncasecmp(content_type, "application/json", strlen("application/json")) == 0;

    *r = (struct reply){.stream = content_type != NULL && strncasecmp(content_type, "text/event-stream", strlen("text/event-stream")) == 0};
    buf_init(&r->line, r->stream ? REPLY_LINE_MAX : REPLY_BODY_MAX);
    buf_init(&r->text, REPLY_TEXT_MAX);
    if (!r->stream && !json)
        r->err = EPROTO;
}

void reply_release(struct reply *r)
{
    buf_release(&r->line);
    buf_release(&r->text);
}

/* choices[0].message or choices[0].delta */
static const json_t *first_choice(const json_t *j, const char *part, const char **finish)
{
    const json_t *choice = json_array_get(json_object_get(j, "choices"), 0);

    *finish = jx_str(choice, "finish_reason", NULL);
    return json_object_get(choice, part);
}

static void take(struct reply *r, const json_t *j)
{
    const char *finish;
    const json_t *part = first_choice(j, r->stream ? "delta" : "message", &finish);
    const char *content = jx_str(part, "content", NULL);

    if (content != NULL && buf_puts(&r->text, content) != 0)
        r->err = EMSGSIZE;
    r->done |= finish != NULL && strcmp(finish, "stop") == 0;
    if (finish != NULL && strcmp(finish, "stop") != 0) /* cut at a limit, or refused: half an answer is none */
        r->err = EPROTO;
}

static void parse(struct reply *r, const char *text, size_t n)
{
    char why[160];
    json_t *j;

    if (jx_parse(&j, text, n, REPLY_BODY_MAX, why, sizeof why) != 0) {
        r->err = EPROTO;
        return;
    }
    if (json_is_object(j) && json_object_get(j, "error") == NULL)
        take(r, j);
    else
        r->err = EPROTO;
    json_decref(j);
}

static void take_line(struct reply *r)
{
    const char *line = buf_str(&r->line), *data;
    size_t n = strcspn(line, "\r");

    if (n < 5 || strncmp(line, "data:", 5) != 0) /* comments, names of events, empty lines */
        return;
    data = line + 5;
    data += strspn(data, " ");
    n -= (size_t)(data - line);
    if (n == strlen("[DONE]") && strncmp(data, "[DONE]", n) == 0)
        r->done = true;
    else if (n > 0)
        parse(r, data, n);
}

static void feed_stream(struct reply *r, const char *bytes, size_t n)
{
    while (n > 0 && r->err == 0) {
        const char *end = memchr(bytes, '\n', n);
        size_t part = end != NULL ? (size_t)(end - bytes) : n;

        if (memchr(bytes, '\0', part) != NULL) {
            r->err = EPROTO;
        } else if (buf_add(&r->line, bytes, part) != 0) {
            r->err = EMSGSIZE;
        } else if (end != NULL) {
            take_line(r);
            buf_clear(&r->line);
        }
        part += end != NULL;
        bytes += part;
        n -= part;
    }
}

int reply_feed(struct reply *r, const char *bytes, size_t n)
{
    r->total += n;
    if (r->err == 0 && r->total > REPLY_BODY_MAX)
        r->err = EMSGSIZE;
    if (r->err == 0 && r->stream)
        feed_stream(r, bytes, n);
    else if (r->err == 0 && buf_add(&r->line, bytes, n) != 0)
        r->err = EMSGSIZE;
    return r->err;
}

int reply_end(struct reply *r, const char **text)
{
    if (r->err == 0 && !r->stream)
        parse(r, buf_str(&r->line), r->line.len);
    if (r->err == 0 && r->stream && r->line.len > 0)
        take_line(r);
    if (r->err == 0 && !r->done) /* the connection ended before the model did */
        r->err = EPROTO;
    if (r->err == 0)
        *text = buf_str(&r->text);
    return r->err;
}
