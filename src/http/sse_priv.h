/* sse_priv.h - what sse.c (the thread) and sse_stream.c (one connection) share. */
#ifndef BATON_HTTP_SSE_PRIV_H
#define BATON_HTTP_SSE_PRIV_H

#include "http/http_priv.h"

struct sse_client {
    struct sse_client *next;
    struct sse *sse;                 /* reference by counting in `clients`: freed before it */
    struct MHD_Connection *conn;
    struct buf queue;
    int64_t seq;                     /* the last event that was queued or did not concern it */
    char lead_id[ID_MAX], call_id[ID_MAX], session[TOKEN_MAX];
    bool suspended, ended;
};

struct sse {
    struct store *store;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool started, news, doubt, stopping; /* doubt: a session may be over */
    int64_t live;                    /* every live client has this */
    struct sse_client *first;
    unsigned clients;
    uint64_t dropped;
};

int sse_last(struct store *st, int64_t *seq); /* number of the newest event */

#endif
