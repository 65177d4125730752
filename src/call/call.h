/* call.h - one call's life: dial, talk, hand over, end. Joins line, speech and talk; writes turns.
 *
 *   DIALING -> RINGING -> TALKING -> [HANDOFF -> (BRIDGED | TALKING)] -> ENDED
 *
 * Everything runs on the control loop, except talk_step (pool), audio (media threads) and SQL (writer). A call holds references to
 * itself while it is alive; it ends by itself and reports through the ports. */
#ifndef BATON_CALL_CALL_H
#define BATON_CALL_CALL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/id.h"
#include "base/loop.h"
#include "base/pool.h"
#include "lead/lead.h"
#include "line/line.h"
#include "line/recorder.h"
#include "speech/speech.h"
#include "speech/vad.h"
#include "store/store.h"
#include "talk/scenario.h"
#include "talk/understand.h"

struct call;  /* refcounted (obj.h) */
struct calls; /* the calls in progress */

/* What calls ask of the rooms above them; set by main/. Control loop, unless stated. */
struct call_ports {
    /* Begin a handoff; later tell call_handoff_*. `brief` is borrowed. 0 or errno (then the talk goes on as if nobody was there). */
    int (*handoff_start)(struct call *c, const char *team, const char *whisper, const json_t *brief, void *arg);
    /* The call is over while a handoff is under way or bridged. */
    void (*handoff_cancel)(struct call *c, const char *reason, void *arg);
    /* The prospect's voice was heard after the bridge. */
    void (*prospect_heard)(struct call *c, void *arg);
    /* Writer thread, inside the transaction that ends the call: next steps by rule. `final` has lead_id, call_id, attempt_id, outcome, sip_outcome,
     * result (the talk's), bridged. *route gets the decision as JSON. */
    int (*finish)(struct tx *tx, const json_t *final, json_t **route, int64_t now_ms, void *arg);
    /* After the commit: a slot is free. */
    void (*ended)(struct call *c, void *arg);
    void *arg;
    /* Optional: a language model is asked, for the words that answer the open question (`wanted` of talk_help.h), or for other words of approved sentences; both
     * borrowed. Later call_help_quote or call_help_wordings, or never: the call goes on without. 0 or errno. */
    int (*help_quote)(struct call *c, const json_t *wanted, unsigned ticket, void *arg);
    int (*help_wordings)(struct call *c, const json_t *sentences, void *arg);
};

enum { CALL_HELP_MS = 250, CALL_QUOTE_MAX = 600 };

struct call_config {
    const char *recordings_dir, *models_dir;
    int help_ms;             /* so long a turn waits for help_quote; 0: CALL_HELP_MS */
    int ring_timeout_s;      /* 25, never below LEG_RING_MIN_S */
    int scenario_version;
    struct lead_config lead;
};

struct latency; /* latency.h */

struct calls_params {
    struct call_config cfg;
    struct loop *control;
    struct pool *talkers;
    struct store *store;
    struct line *line;
    struct recorder_pool *recorders;
    struct speech *speech;
    struct vad_model *vad;      /* reference taken */
    struct scenario *scenario;  /* reference taken */
    struct und *und;            /* reference taken */
    struct call_ports ports;
};
int calls_alloc(struct calls **cp, const struct calls_params *p);
void calls_close(struct calls *cs, loop_fn *fn, void *arg); /* hangs up all; fn(arg) when the last has ended; then calls_free */
void calls_free(struct calls *cs);
int calls_count(const struct calls *cs);
/* How long turns took since the process began; any thread, while calls are not freed. */
const struct latency *calls_latency(const struct calls *cs);
struct call *calls_find(struct calls *cs, const char *call_id); /* borrowed, or NULL */
/* A newer version of scenario and understanding for calls that begin from now on. */
void calls_set_scenario(struct calls *cs, struct scenario *sc, struct und *u, int version);
/* Calls fn for each call in progress. */
void calls_each(struct calls *cs, void (*fn)(struct call *c, void *arg), void *arg);

/* Dials for an attempt of the scheduler (lead row in job->lead). */
int call_dial(struct calls *cs, const struct dial_job *job);
/* A prospect calls us: lead row, attempt id (NULL: none); the leg is accepted. known_answers: JSON of the newest talk or NULL. id, if not NULL, gets the call's. */
int call_answer(struct calls *cs, struct leg *leg, const char *attempt_id, const json_t *lead, const char *known_answers, char id[ID_MAX]);

void call_hangup(struct call *c, const char *by);
/* Where the rotation of wordings began in the call of this id, so that a stored call can be replayed in its own words. Any thread. */
uint32_t call_wording_seed(const char *id);
const char *call_id(const struct call *c);
bool call_is_inbound(const struct call *c);
const char *call_lead_id(const struct call *c);
const json_t *call_lead(const struct call *c);
struct mport *call_port(struct call *c);
/* Of a call that is recorded, for what closers say (struct handoff_params); NULL: it is not. Borrowed. */
int *call_turn_seq(const struct call *c, int64_t *recording_us);

/* A language model's answers. The ticket is that of the question; NULL: it found nothing. A late answer is not looked at. */
void call_help_quote(struct call *c, unsigned ticket, const char *quote);
void call_help_wordings(struct call *c, json_t *pairs); /* {approved: other words}, stolen; once a call */

/* The desk's answers. */
void call_handoff_tick(struct call *c);
void call_handoff_bridged(struct call *c, const char *closer);
void call_handoff_lost(struct call *c); /* the closer's line broke: the AI keeps the prospect company until bridged again, or failed */
void call_handoff_failed(struct call *c);
void call_handoff_returned(struct call *c); /* after bridged: the AI talks to the prospect again, to book */
void call_handoff_ended(struct call *c);

#endif
