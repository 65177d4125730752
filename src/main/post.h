/* post.h - one JSON request to a Baton server, by libcurl: for commands that talk to a running one. Blocking, not thread-safe per poster. */
#ifndef BATON_MAIN_POST_H
#define BATON_MAIN_POST_H

#include <jansson.h>
#include <stddef.h>

enum { POST_RESPONSE_MAX = 1 << 20, POST_TIMEOUT_S = 30 };

struct poster; /* keeps its connection between requests */

/* base: "http://127.0.0.1:8080"; token: bearer token or NULL. */
int poster_alloc(struct poster **pp, const char *base, const char *token);
void poster_free(struct poster *p);
void poster_timeout(struct poster *p, int seconds); /* instead of POST_TIMEOUT_S */

/* POSTs body to base+path. *status gets the HTTP status, *response the parsed answer or NULL when it was no JSON (the caller owns it). EIO with `why` when no
 * answer came. */
int poster_send(struct poster *p, const char *path, const json_t *body, int *status, json_t **response, char *why, size_t why_size);

#endif
