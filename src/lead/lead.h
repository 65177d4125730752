/* lead.h - intake, consent, suppression, the ledger of attempts and its scheduler. */
#ifndef BATON_LEAD_LEAD_H
#define BATON_LEAD_LEAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "lead/gate.h"
#include "lead/phone.h"
#include "store/store.h"

/* --- intake: a blocking call of HTTP threads and of `baton import` --- */

enum { LEAD_BODY_MAX = 64 * 1024, LEAD_FIELD_ERRORS_MAX = 32 };

struct lead_config {
    const char *default_region;   /* "US": for numbers without a country code */
    int64_t join_window_ms;       /* the same number within this joins the existing lead (24 h) */
    struct gate_policy policy;
};

struct lead_field_error { char field[48]; char text[160]; };

struct lead_result {
    char lead_id[37];
    bool joined;                  /* an existing lead was joined */
    json_t *lead;                 /* the stored row; owned by the caller */
    int error_count;              /* > 0: nothing was stored */
    struct lead_field_error errors[LEAD_FIELD_ERRORS_MAX];
};

/* Validates (every wrong field is named) and stores lead, submission, consent, first attempt and event durably. Returns
 * 0 also for field errors (see error_count); EAGAIN or EIO when the store cannot take it now. `channel`: "api", "hook:ID", "import",
 * "inbound_call". Fields: phone (required), first_name, last_name, name, company, title, email, source (default form_fill), product, region, segment,
 * partner, message, external_id, owner (closer id), consent {text, source, at, ip, user_agent, url}, time_zone, zip. */
int lead_intake(struct lead_result *out, struct store *st, const struct lead_config *cfg, const json_t *body, const char *channel, int64_t now_ms);
/* The same check, and nothing is stored: every wrong field is named in *out, which has no lead. */
int lead_check(struct lead_result *out, const struct lead_config *cfg, const json_t *body, int64_t now_ms);
void lead_result_release(struct lead_result *r);

/* --- test calls: somebody of the house talks to the AI from a browser --- */

#define LEAD_SOURCE_TEST "test_call"
/* The lead that stands for this user in test calls, made when there is none. Inside a write job. */
int lead_test_get(struct tx *tx, json_t **row, const char *user_id, const char *name, int64_t now_ms);
bool lead_is_test(const json_t *lead);

/* Suppression: inside a transaction, with its event. Idempotent. Cancels every open attempt and task of the number. */
int lead_suppress(struct tx *tx, const char *phone, const char *reason, const char *call_id, const char *evidence, int64_t now_ms);

/* Inside a transaction: may a human call this lead (a row) now? Suppression, number and hours hold for humans too; consent to an artificial voice and the caps of
 * attempts do not. Not allowed: `why` gets the first reason. Event lead.gate with by_hand: `who`. */
int gate_check_by_hand(struct tx *tx, const json_t *lead, const struct gate_policy *policy, const char *who, int64_t now_ms, bool *allowed, char why[GATE_TEXT_MAX]);

/* --- the scheduler: runs on the control loop --- */

struct scheduler; /* refcounted */

/* An attempt that passed the gate and was leased to us: the row of attempt, joined with lead as "lead". The handler owns the attempt until it calls
 * attempt_finish (in a transaction). The scheduler renews the leases of its node; they run out when the process dies. */
struct dial_job { char attempt_id[37], lead_id[37], phone[20], kind[16]; json_t *lead; int64_t due_at; }; /* borrowed during the call */
typedef void(scheduler_dial_fn)(const struct dial_job *job, void *arg);

struct scheduler_config {
    struct lead_config lead;
    const char *node;             /* name of this process, unique per start */
    int slots;                    /* calls at once; the scheduler never hands out more than are free */
    int64_t lease_ms;             /* 120000 */
    /* May be NULL. Runs on the writer thread whenever something may be due, before attempts are claimed: turns promises into attempts and events
     * (follow_run_due). *next_at gets the next instant at which it wants to run, if it is sooner. */
    int (*due)(struct tx *tx, int64_t now_ms, int64_t *next_at, void *arg);
    void *due_arg;
    /* May be NULL: nothing is paced. Runs on the writer thread: how many more calls of our own initiative (imported lists, re-engagement) may begin, given those in
     * progress and how many of the last answered ones turned hot. Whoever asked for a call never waits for this. */
    int (*pace)(int calls_now, int answered, int hot, int slots, void *arg);
    void *pace_arg;
};

int scheduler_alloc(struct scheduler **sp, struct store *st, struct loop *control, const struct scheduler_config *cfg, scheduler_dial_fn *fn, void *arg);
/* Recovers what dead processes left (lead/recover.c), then keeps dialling what is due until closed. Control loop, as all but kick. */
void scheduler_start(struct scheduler *s);
void scheduler_kick(struct scheduler *s);         /* something new may be due; any thread */
void scheduler_slot_free(struct scheduler *s);    /* a call ended: one slot is free again; control loop */
/* The handler could not dial this job: it is due again in a minute, and the slot is free. Control loop. */
void scheduler_return(struct scheduler *s, const char *attempt_id);
void scheduler_close(struct scheduler *s);        /* no more dials; then obj_unref */

struct scheduler_stats { int slots_free; uint64_t claimed, refused, deferred, recovered; };
void scheduler_stats_get(const struct scheduler *s, struct scheduler_stats *out); /* any thread */

/* Inside a transaction: the attempt is over. `outcome`: a leg outcome (busy, no_answer, ...) or a talk outcome (qualified, hung_up, ...). Writes the
 * retry by rule (lead_retry.c): busy 10 min, no_answer 2 h, congestion 2 min, hung_up during opening 4 h, unreachable after the cap ... and sets
 * lead.state. *next_at gets the time of the retry or 0. */
int attempt_finish(struct tx *tx, const char *attempt_id, const char *outcome, const char *call_id, const struct lead_config *cfg, int64_t now_ms, int64_t *next_at);
int attempt_set_state(struct tx *tx, const char *attempt_id, const char *state, const char *call_id, int64_t now_ms);
/* A new attempt for a lead (callback, reengage). *id gets its id. */
int attempt_insert(struct tx *tx, const char *lead_id, const char *kind, int64_t due_at, int64_t now_ms, char id[37]);

/* A better next step than the planned retry was agreed: retries that wait are cancelled. */
int attempt_cancel_retries(struct tx *tx, const char *lead_id, int64_t now_ms);

/* Closes what other processes left (what scheduler_start runs): attempts leased, dialing or talking of any other node (at_start) or with a lease that ran
 * out. Their calls end as "recovered" / ended_by "crash". Nobody was dialled yet: due again. Reached or ringing: one retry in 5 minutes that
 * counts, unless the number is suppressed or the cap is reached. *count gets how many. */
int attempts_recover(struct tx *tx, const char *node, bool at_start, const struct lead_config *cfg, int64_t now_ms, int *count);

/* Pure: the rule of retries. Returns the delay in ms, or -1: no retry. `outcome` as above, `number` of attempts made so far. */
int64_t retry_delay_ms(const char *outcome, int number, int attempts_max);

#endif
