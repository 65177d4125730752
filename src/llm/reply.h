/* reply.h - what a chat completion answered, from the bytes of its body: one JSON object, or a stream of server-sent events with pieces of it. Bytes may
 * come in any portions. Nothing that comes is trusted: everything has a maximum, and whatever is not a whole answer is an error. Pure. */
#ifndef BATON_LLM_REPLY_H
#define BATON_LLM_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { REPLY_BODY_MAX = 256 * 1024, REPLY_LINE_MAX = 64 * 1024, REPLY_TEXT_MAX = 16 * 1024 };

struct reply {
    bool stream;      /* text/event-stream */
    bool done;        /* the model said that it has finished */
    int err;          /* 0, EPROTO, EMSGSIZE, ENOMEM */
    size_t total;
    struct buf line;  /* stream: the line so far; otherwise the body so far */
    struct buf text;  /* what the model wrote */
};

/* content_type as in the header, or NULL: anything but application/json and text/event-stream is EPROTO. */
void reply_init(struct reply *r, const char *content_type);
void reply_release(struct reply *r);

/* 0, or the error that it has now: then the rest need not be read. */
int reply_feed(struct reply *r, const char *bytes, size_t n);

/* After the last byte. *text is what the model wrote, in the reply's memory. 0 or an error. */
int reply_end(struct reply *r, const char **text);

#endif
