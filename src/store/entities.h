/* entities.h - typed queries over the tables of store/migrations.c, for every room that needs the same row.
 *
 * All run inside a job of store.h (store_submit, store_run for writes; store_read for reads) and block on the database only.
 * Rows come back as JSON objects keyed by column (objects and arrays that are stored as text come back parsed); the caller
 * owns them. Functions that return one row give ENOENT without it. `*_update` takes an object of columns to change: text, number,
 * boolean, null, or an object/array for a column that holds JSON; an unknown column is EINVAL and a missing row ENOENT.
 * None writes an event: who changes a state appends its event in the same job. Errors: errno of store.h.
 *
 * Pages are newest first. `cursor` is the opaque text that the page before gave, NULL for the first one; `next` becomes "" at
 * the end. A limit outside 1..PAGE_LIMIT_MAX is brought inside. Filters that are NULL do not filter. */
#ifndef BATON_STORE_ENTITIES_H
#define BATON_STORE_ENTITIES_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

enum { PAGE_LIMIT_MAX = 200, PAGE_CURSOR_MAX = 64, SEARCH_MAX = 100 };

/* --- leads (store_lead.c) --- */

struct lead_row {
    const char *id, *phone, *first_name, *last_name, *company, *title, *email, *source, *product, *region, *segment, *partner, *message,
        *external_id, *owner_closer_id, *state;
    json_t *zones; /* array of zone names, borrowed */
    int64_t created_at;
};
int lead_insert(struct tx *tx, const struct lead_row *row);
int lead_get(struct tx *tx, const char *id, json_t **row);
/* The newest lead with this number that was created at or after `since`. */
int lead_get_by_phone(struct tx *tx, const char *phone, int64_t since, json_t **row);
/* The newest lead that a source knows by this id of its own. */
int lead_get_by_external(struct tx *tx, const char *source, const char *external_id, json_t **row);
int lead_update(struct tx *tx, const char *id, const json_t *columns, int64_t now_ms);
int lead_set_state(struct tx *tx, const char *id, const char *state, int64_t now_ms);

struct lead_filter {
    const char *state, *bucket, *source, *phone, *owner;
    const char *search; /* words of name, company, e-mail or digits of the number; at most SEARCH_MAX bytes are used */
    int limit;
    const char *cursor;
};
int lead_page(struct tx *tx, const struct lead_filter *f, json_t **rows, char next[PAGE_CURSOR_MAX]);
int lead_count(struct tx *tx, const struct lead_filter *f, int64_t *n); /* how many fit, whatever the cursor */
/* {"new": 3, ...}: leads by state. */
int lead_count_by_state(struct tx *tx, json_t **counts);

struct submission_row { const char *id, *lead_id, *channel; bool joined; const json_t *body; int64_t created_at; };
int submission_insert(struct tx *tx, const struct submission_row *row);
int submission_list(struct tx *tx, const char *lead_id, json_t **rows);

/* --- consent, suppression, idempotency (store_consent.c) --- */

struct consent_row { const char *id, *lead_id, *phone, *kind, *source, *text, *ip, *user_agent, *url; int64_t given_at; };
int consent_insert(struct tx *tx, const struct consent_row *row);
/* The newest consent of a number that was not revoked. */
int consent_valid_get(struct tx *tx, const char *phone, json_t **row);
int consent_list(struct tx *tx, const char *lead_id, json_t **rows);
int consent_revoke(struct tx *tx, const char *phone, const char *revoked_by, int64_t now_ms);

/* *added is false when the number was suppressed before: the first reason stays. */
int suppression_insert(struct tx *tx, const char *phone, const char *reason, const char *call_id, const char *evidence, int64_t now_ms, bool *added);
int suppression_get(struct tx *tx, const char *phone, json_t **row);
int suppression_page(struct tx *tx, int limit, const char *cursor, json_t **rows, char next[PAGE_CURSOR_MAX]);

/* A key that was used: EEXIST from _put means that another request was faster (read it and compare body_hash). */
int idempotency_get(struct tx *tx, const char *scope, const char *key, json_t **row); /* body_hash, status, response (text), created_at */
int idempotency_put(struct tx *tx, const char *scope, const char *key, const char *body_hash, int status, const char *response, int64_t now_ms);
int idempotency_purge(struct tx *tx, int64_t before); /* older ones are forgotten */

/* --- attempts: read side; lead/ writes them (store_attempt.c) --- */

int attempt_get(struct tx *tx, const char *id, json_t **row);
int attempt_list(struct tx *tx, const char *lead_id, json_t **rows);
/* What is due or deferred next, soonest first, each with "lead" (id, names, company, source, phone). */
int attempt_upcoming(struct tx *tx, int limit, json_t **rows);

/* --- calls and what was said: read side; store/call_rows.h writes them (store_call.c) --- */

int call_get(struct tx *tx, const char *id, json_t **row);
struct call_filter { const char *lead_id, *outcome, *bucket; bool live; int limit; const char *cursor; }; /* live: not ended */
/* Rows have "lead" with id, first_name, last_name, company, title, source. */
int call_page(struct tx *tx, const struct call_filter *f, json_t **rows, char next[PAGE_CURSOR_MAX]);
enum { CALL_KNOWN_TALKS_MAX = 20 };
/* What a lead has stated in its talks, the newest word on each question: {question: answer of the result}. Looks at the newest CALL_KNOWN_TALKS_MAX; ENOENT: nothing. */
int call_known_answers(struct tx *tx, const char *lead_id, json_t **answers);
int turn_list(struct tx *tx, const char *call_id, json_t **rows);
enum { TURN_LEDGERS_MAX = 50000 };
/* The ledgers of turns of calls that began at or after `since`, newest calls first, at most TURN_LEDGERS_MAX: [{"speaker", "ledger"}]. */
int turn_ledgers(struct tx *tx, int64_t since, json_t **rows);
int answer_list(struct tx *tx, const char *call_id, json_t **rows);  /* also replaced ones, in order; wrong_at, wrong_note: a human says it was taken wrongly */
int mention_list(struct tx *tx, const char *call_id, json_t **rows); /* table objection: kind is objection intent faq competitor open_question */

/* --- the desk: read side and what a manager edits; store/desk_rows.h writes the rest (store_desk.c) --- */

struct closer_row { const char *id, *name, *sip_uri, *team, *accept, *user_id; json_t *skills, *profile; }; /* accept: key | answer (NULL = key) */
int closer_put(struct tx *tx, const struct closer_row *row, int64_t now_ms); /* inserts as offline, or updates these columns */
int closer_get(struct tx *tx, const char *id, json_t **row);
int closer_list(struct tx *tx, json_t **rows); /* not archived, by name */
int closer_archive(struct tx *tx, const char *id);
/* From now on their telephone is the one that registers as `user`; ha1 in hex. NULL, NULL: none registers any more, they have a browser. ENOENT. */
int closer_telephone_put(struct tx *tx, const char *id, const char *user, const char *ha1);
/* Who may keep a promise: the owner; without one the team; without a team everybody. */
int closer_keepers(struct tx *tx, const char *owner, const char *team, json_t **rows);
/* Who is available and has been so longest, of this team if any of them is (NULL: of all). *row is NULL when nobody is. */
int closer_longest_free(struct tx *tx, const char *team, json_t **row);

int handoff_get(struct tx *tx, const char *id, json_t **row);           /* with "offers" */
int handoff_list(struct tx *tx, const char *call_id, json_t **rows);    /* each with "offers" */
int offer_get(struct tx *tx, const char *id, json_t **row);
/* Talks of this closer that ended since then and were not wrapped up, newest first, with names of the lead and "draft"; at most 20. */
int handoff_unwrapped(struct tx *tx, const char *closer_id, int64_t since, json_t **rows);
int deal_list(struct tx *tx, const char *lead_id, json_t **rows);
/* A closer's day (store_day.c): offers, taken, answer_p50_ms, callbacks_kept, callbacks_total, deals_won, won_cents, and "before": their newest talks. */
int closer_day(struct tx *tx, const char *closer_id, int64_t since, int64_t now_ms, int64_t grace_ms, json_t **day);
int rating_list(struct tx *tx, const char *lead_id, const char *call_id, json_t **rows); /* of a lead, of a call, or both (NULL: any) */

/* --- promises with a due time (store_task.c) --- */

struct task_row { const char *id, *lead_id, *call_id, *kind, *closer_id, *reason, *note; int64_t due_at, promised_by, created_at; }; /* promised_by 0 = none */
int task_insert(struct tx *tx, const struct task_row *row);
int task_get(struct tx *tx, const char *id, json_t **row);
int task_update(struct tx *tx, const char *id, const json_t *columns);
struct task_filter { const char *kind, *state, *lead_id, *closer_id; int64_t due_before; int limit; }; /* due_before 0 = any */
int task_list(struct tx *tx, const struct task_filter *f, json_t **rows); /* soonest first, each with "lead" and closer_name */

/* What follow/ has to act on at `now_ms`: due_at reached; a callback `warn_ms` before its promise (once), at its time (once), and `grace_ms` after both its
 * promise and the time it was put off to. *next_at gets the next instant at which that list will not be empty, 0 = never (as far as is known now). */
int task_actionable(struct tx *tx, int64_t now_ms, int64_t warn_ms, int64_t grace_ms, json_t **rows);
int task_next_at(struct tx *tx, int64_t warn_ms, int64_t grace_ms, int64_t *next_at);
/* Callbacks that were promised for a time since then, and all that are due. kept: done at most grace_ms after the promise; late: done after that; missed: the AI
 * took over; open: due, not yet broken; at_risk: due, less than warn_ms before; overdue: due, already broken (also at_risk). */
struct task_promises { int64_t kept, late, missed, open, at_risk, overdue; };
int task_promise_counts(struct tx *tx, int64_t since, int64_t now_ms, int64_t warn_ms, int64_t grace_ms, struct task_promises *out);
int task_count_promises(struct tx *tx, const char *lead_id, int64_t *n); /* callbacks and re-engagements that are due or will be */

/* --- people and their keys (store_user.c) --- */

struct user_row { const char *id, *name, *login, *password_hash, *role, *closer_id; int64_t created_at; };
int user_insert(struct tx *tx, const struct user_row *row); /* EEXIST: the login is taken */
int user_get(struct tx *tx, const char *id, json_t **row);       /* never with password_hash */
int user_get_by_login(struct tx *tx, const char *login, json_t **row); /* with password_hash, not disabled */
int user_list(struct tx *tx, json_t **rows);
int user_count(struct tx *tx, int64_t *n);
int user_update(struct tx *tx, const char *id, const json_t *columns);

struct session_row { const char *token_hash, *user_id, *kind, *label; int64_t created_at, expires_at; }; /* expires_at 0 = never */
int session_insert(struct tx *tx, const struct session_row *row);
/* The session with its user: kind, label, expires_at, user_id, name, login, role, closer_id. ENOENT when expired or disabled. */
int session_get(struct tx *tx, const char *token_hash, int64_t now_ms, json_t **row);
int session_touch(struct tx *tx, const char *token_hash, int64_t now_ms);
int session_delete(struct tx *tx, const char *token_hash);
int session_purge(struct tx *tx, int64_t now_ms); /* expired ones */

int hook_insert(struct tx *tx, const char *id, const char *source, const char *secret, int64_t now_ms);
int hook_get(struct tx *tx, const char *id, json_t **row);

/* Filters under a name, of one person: id, name, query, created_at, by name. */
int saved_view_put(struct tx *tx, const char *id, const char *user_id, const char *name, const json_t *query, int64_t now_ms);
int saved_view_list(struct tx *tx, const char *user_id, json_t **rows);
int saved_view_delete(struct tx *tx, const char *user_id, const char *id); /* ENOENT: there is none, or it is somebody else's */

/* --- settings and scenario versions (store_setting.c) --- */

int setting_get(struct tx *tx, const char *key, json_t **value); /* any JSON; ENOENT */
int setting_put(struct tx *tx, const char *key, const json_t *value, int64_t now_ms);

struct scenario_row { const char *scenario_id, *title, *state, *yaml, *yaml_hash; int64_t created_at; };
/* *version gets the next number, or that of the newest one when its yaml_hash is the same (then nothing is written). */
int scenario_version_put(struct tx *tx, const struct scenario_row *row, int *version);
int scenario_version_get(struct tx *tx, const char *scenario_id, int version, json_t **row);
int scenario_version_list(struct tx *tx, const char *scenario_id, json_t **rows); /* without yaml; NULL: all scenarios */
/* The newest published version. */
int scenario_version_published(struct tx *tx, const char *scenario_id, json_t **row);

#endif
