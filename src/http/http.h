/* http.h - the HTTP side: API, intake hooks, events by SSE, recordings, the web app's files, metrics, health.
 *
 * libmicrohttpd's threads read the store directly; commands are posted to the control loop and the answer waits for the
 * commit. docs/openapi.json describes every route and is served at /api/openapi.json. */
#ifndef BATON_HTTP_HTTP_H
#define BATON_HTTP_HTTP_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/id.h"
#include "base/loop.h"
#include "desk/desk.h"
#include "lead/lead.h"
#include "store/store.h"

struct http; /* refcounted */

/* What the server calls of the rest; set by main/. All may be called from HTTP threads. */
struct http_ports {
    void (*leads_changed)(void *arg);                                  /* a lead was stored: scheduler_kick */
    int (*call_hangup)(const char *call_id, void *arg);                /* a person ends a live call; ENOENT */
    /* A browser talks to the AI as this lead (borrowed): *answer (to be freed) goes back to it, id gets the call's. EBADMSG, EMSGSIZE, ENOTSUP: of the offer
     * (line/line.h); EAGAIN: too many test calls. */
    int (*test_call)(char **answer, char id[ID_MAX], const char *sdp, const json_t *lead, void *arg);
    /* The browser of a closer as their telephone (desk/desk.h); errors as above and ENOENT: no such closer. */
    int (*phone_plug)(char **answer, char plug_id[ID_MAX], const char *closer_id, const char *sdp, void *arg);
    int (*phone_unplug)(const char *closer_id, void *arg);
    int (*phone_hang_up)(const char *closer_id, void *arg); /* leaves the call; ENOENT: in none */
    int (*phone_get)(char plug_id[ID_MAX], const char *closer_id, void *arg);
    /* Somebody joins a call that a human has, changes between listen, whisper and barge, leaves (desk_join* of desk/desk.h). */
    int (*join)(char **answer, const char *call_id, const struct desk_person *who, const char *mode, const char *sdp, void *arg);
    int (*join_mode)(const char *call_id, const char *user_id, const char *mode, void *arg);
    int (*join_leave)(const char *call_id, const char *user_id, void *arg);
    void (*sip_server)(char *out, size_t size, void *arg);              /* where telephones register: "192.0.2.1:5060" */
    void (*metrics)(void (*gauge)(const char *name, const char *labels, double value, void *out), void *out, void *arg); /* Prometheus lines of the other rooms */
    bool (*ready)(const char **why_not, void *arg);                    /* for /readyz */
    void *arg;
};

struct http_config {
    const char *bind_ip;        /* "127.0.0.1" */
    uint16_t port;              /* 0: any free one */
    const char *web_dir;        /* built web app, or NULL */
    const char *recordings_dir;
    struct lead_config lead;
    bool secure_cookies;        /* behind TLS */
    int session_hours;          /* 12 */
    const char *turn_url, *turn_secret; /* a TURN server for browsers, or NULL */
};

int http_alloc(struct http **hp, const struct http_config *cfg, struct store *st, struct desk *desk, struct loop *control, const struct http_ports *ports);
uint16_t http_port(const struct http *h);
void http_close(struct http *h); /* ends SSE streams, stops threads; then obj_unref */

/* First run: creates the administrator "admin" with a random password if there is no user yet. *created tells; password (>= 33 bytes) gets it: to be
 * printed once and never again. Blocking; before http_alloc. */
int http_first_admin(struct store *st, bool *created, char *password, size_t size);
/* A bearer token for scripts and the demo. Blocking. role as in user_account. token >= 65 bytes. */
int http_token_create(struct store *st, const char *label, const char *role, char *token, size_t size);

#endif
