/* http_priv.h - what the files of http/ share.
 *
 * http.c is the daemon: it collects the body and hands the request to routes.c, which finds the route, who asks (auth.c) and whether
 * that role may, then calls the handler of one resource file. A handler runs on a thread of the daemon's pool, may block on the
 * store, answers with a reply_* function and returns 0, or returns errno, which becomes a problem document. */
#ifndef BATON_HTTP_PRIV_H
#define BATON_HTTP_PRIV_H

#include <jansson.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/id.h"
#include "http/http.h"
#include "talk/scenario.h"

enum {
    HTTP_THREADS = 8,
    HTTP_CONNECTIONS_MAX = 1024,
    HTTP_TIMEOUT_S = 60,
    HTTP_BODY_MAX = LEAD_BODY_MAX,
    HTTP_REPLY_MAX = 16 << 20,
    HTTP_KEY_MAX = 255,     /* Idempotency-Key */
    SSE_CLIENTS_MAX = 256,
    SSE_QUEUE_MAX = 256 << 10,
    TOKEN_BYTES = 32,
    TOKEN_MAX = 2 * TOKEN_BYTES + 1,
    LIMITER_SLOTS = 1024,
};

enum role { ROLE_ADMIN = 1, ROLE_MANAGER = 2, ROLE_CLOSER = 4, ROLE_SDR = 8, ROLE_ENABLEMENT = 16, ROLE_DEVELOPER = 32, ROLE_ANY = 63, ROLE_PUBLIC = 64 };

struct principal {
    unsigned role;              /* one of enum role; 0: nobody */
    bool cookie;                /* came by session cookie, so that a foreign page might have sent it */
    char user_id[ID_MAX], name[64], login[64], role_name[16], closer_id[ID_MAX];
    char token_hash[TOKEN_MAX];
};

struct request;
typedef int(handler_fn)(struct request *r);

enum route_flag {
    ROUTE_ONCE = 1,             /* honours Idempotency-Key */
    ROUTE_BODY_OPTIONAL = 2,    /* an empty body is {} */
};

struct route {
    const char *method;         /* GET also serves HEAD */
    const char *pattern;        /* at most one {id} */
    unsigned roles;
    unsigned flags;
    handler_fn *handler;
};

struct request {
    struct http *http;
    struct MHD_Connection *conn;
    const char *method, *path;
    const struct route *route;
    struct principal who;
    struct request *once_next;  /* in http->once */
    char id[64];                /* what stood for {id} */
    struct buf body;
    bool too_large;
    json_t *json;               /* the body of a POST or PATCH: an object */
    json_t *errors;             /* field errors collected so far */
    unsigned status;
    json_t *answer;             /* the reply's document, or */
    char *answer_text;          /* its text, or */
    struct MHD_Response *response; /* a response made by the handler */
    const char *content_type, *allow, *retry_after;
    char cookie[256], location[128];
    bool replayed, no_store;
};

struct limiter_slot { uint64_t key; int64_t since_ms; unsigned failures; };
struct limiter { pthread_mutex_t lock; struct limiter_slot slots[LIMITER_SLOTS]; };

/* Requests with an Idempotency-Key that are being done; at most one a thread. */
struct once { pthread_mutex_t lock; pthread_cond_t over; struct request *first; };

struct sse;

struct http {
    struct http_config cfg;
    char *bind_ip, *web_dir, *recordings_dir, *region, *turn_url, *turn_secret;
    struct store *store;
    struct desk *desk;
    struct loop *control;
    struct http_ports ports;
    struct MHD_Daemon *daemon;
    uint16_t port;
    struct sse *sse;
    struct limiter limiter;
    struct once once;
    pthread_mutex_t hash_lock;     /* one argon2id at a time: each takes 64 MiB */
    pthread_mutex_t scenario_lock;
    struct scenario *scenario;     /* the one asked for last */
    char scenario_key[128];
    atomic_ullong by_class[6];     /* replies by hundred */
    atomic_uint running;           /* requests being answered */
    atomic_bool closing;
};

/* http.c */
int http_dispatch(struct request *r);                 /* routes.c: answers every request */

/* request.c: what came */
const char *request_query(const struct request *r, const char *name);   /* NULL when missing or empty */
const char *request_header(const struct request *r, const char *name);
int request_limit(struct request *r, int otherwise);   /* ?limit=, a field error when it is none */
int request_parse_json(struct request *r);             /* 0, or a problem was answered: EBADMSG */
void request_ip(const struct request *r, char out[64]);
bool request_is(const struct request *r, const char *method);

/* A field error; the text is shown to people. */
void request_wrong(struct request *r, const char *field, const char *text);
/* Text member of the body: NULL when missing; wrong type or longer than max is a field error. */
const char *request_text(struct request *r, const char *field, size_t max, bool required);
/* As request_text, and one of `words` (NULL-terminated). */
const char *request_word(struct request *r, const char *field, const char *const *words, bool required);

/* phone.c: what is wrong with a browser's offer is a field error; true when it was. */
bool request_offer_refused(struct request *r, int err);

/* reply.c: what goes. All return 0, or ENOMEM. */
int reply_json(struct request *r, unsigned status, json_t *answer); /* steals */
int reply_page(struct request *r, json_t *rows, const char *next);  /* steals rows */
int reply_empty(struct request *r);                                 /* 204 */
int reply_problem(struct request *r, unsigned status, const char *detail);
int reply_wrong(struct request *r);                                 /* 422 with the field errors */
int reply_errno(struct request *r, int err);
enum MHD_Result reply_send(struct request *r);
void reply_headers(struct MHD_Response *m);                         /* those of every reply */

/* auth.c */
void auth_identify(struct request *r);
bool auth_same_origin(const struct request *r);
void auth_hash(char out[TOKEN_MAX], const char *text, size_t n);
int auth_password_hash(struct http *h, char *out, size_t size, const char *password);
unsigned auth_role(const char *name); /* 0: no such role */
extern const char *const auth_roles[]; /* NULL-terminated */

/* desk_wait.c: commands of the desk answer on the control loop; the thread that asked waits, 5 s at most. */
struct desk_wait;
struct desk_wait *desk_wait_alloc(void);              /* NULL: out of memory */
void desk_wait_done(int err, void *arg);              /* the desk_done_fn of the command; arg is the desk_wait */
int desk_wait_finish(struct desk_wait *w, int posted); /* posted: what the desk said at once (then desk_wait_done is never called); frees w */
int desk_wait_reply(struct request *r, struct desk_wait *w, int posted); /* finish, and {"ok": true} */

/* closers.c: a closer speaks for themself; managers for everybody. */
bool request_speaks_for(const struct request *r, const char *closer_id);
int reply_not_yours(struct request *r);

/* limiter.c */
void limiter_init(struct limiter *l);
bool limiter_allows(struct limiter *l, const char *who, int64_t now_ms);
void limiter_failed(struct limiter *l, const char *who, int64_t now_ms);
void limiter_forget(struct limiter *l, const char *who);

/* once.c: Idempotency-Key. Whoever comes with a key that is being worked on waits for that answer. */
void once_init(struct once *o);
void once_release(struct once *o);
bool once_begin(struct request *r);   /* true: answered from the store, or refused; false: it is to be done, then once_end */
void once_keep(struct request *r, const char *answer);
void once_end(struct request *r);

/* scenario.c: the scenario of a call, parsed once. Reference for the caller; NULL when it is not known. */
struct scenario *http_scenario(struct http *h, struct tx *tx, const char *id, int version);

/* views.c: rows as pages show them */
json_t *view_name(const json_t *lead);                       /* "Priya Raman", or the number */
json_t *view_answers(const json_t *answers, const struct scenario *s);
json_t *view_parts(const json_t *answers, const struct scenario *s);
json_t *view_closers(struct tx *tx);
void view_copy(json_t *to, const json_t *from, const char *const *names);
int64_t view_day_start(int64_t now_ms);                /* when today began, in the zone of this machine */
json_t *view_brief(struct tx *tx, const char *call_id); /* what the closers were told of it; NULL: nobody was asked */
json_t *view_offers(const json_t *handoff, const json_t *brief);

/* sse.c */
int sse_alloc(struct sse **sp, struct store *st);
void sse_check(struct sse *s);  /* a session may have been ended: its streams end too. Any thread; does not wait */
void sse_stop(struct sse *s);   /* ends every stream and the thread; before the daemon stops */
void sse_free(struct sse *s);
unsigned sse_clients(const struct sse *s);
uint64_t sse_dropped(const struct sse *s);
int sse_open(struct request *r); /* handler of /api/v1/events */

/* file.c */
int file_reply(struct request *r, const char *path, const char *type, bool immutable, bool packed); /* ENOENT */
int file_reply_range(struct request *r, const char *path, const char *type);
int static_get(struct request *r);

/* peaks.c */
int peaks_read(json_t **out, const char *path, int count);

/* handlers, one file a resource */
handler_fn login_post, logout_post, me_get;
handler_fn leads_get, leads_post, lead_get_one, lead_timeline_get, hook_post;
handler_fn calls_get, call_get_one, call_recording_get, call_peaks_get, call_hangup_post;
handler_fn wall_get, tasks_get, task_done_post;
int call_whole(struct http *h, const char *id, json_t **out); /* calls.c: all that explains one call; ENOENT */
handler_fn lead_import_post, lead_bulk_post, lead_export_get, leads_count_get, views_get, views_post, view_delete;
handler_fn call_share_post, shared_get, shared_recording_get, shared_peaks_get;
handler_fn handoff_bring_back_post, task_snooze_post, task_assign_post, task_call_post, lead_call_post, closer_day_get;
handler_fn closers_get, closers_post, closer_patch, closer_presence_post, closer_telephone_post, closer_telephone_delete;
void closers_tell_desk(struct request *r); /* a closer's row has changed */
handler_fn test_call_post, test_call_delete, plug_post, plug_get, plug_delete, phone_hang_up_post, ice_get;
handler_fn call_join_post, call_join_patch, call_join_delete, call_joins_get, call_invite_post, parked_get;
handler_fn call_hold_post, call_resume_post, call_park_post, call_retrieve_post, call_transfer_post, call_transfer_complete_post, call_transfer_cancel_post;
handler_fn offer_accept_post, offer_decline_post, handoffs_get, handoff_get_one, handoff_draft_post, handoff_wrap_up_post, answer_mark_post;
handler_fn tokens_get, tokens_post, token_delete, users_get, users_post, user_patch, hooks_post;
handler_fn health_get, ready_get, metrics_get, openapi_get;

#endif
