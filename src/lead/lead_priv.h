/* lead_priv.h - inside lead/: a checked intake, the gate over stored rows, the claim of due attempts. */
#ifndef BATON_LEAD_LEAD_PRIV_H
#define BATON_LEAD_LEAD_PRIV_H

#include "lead/lead.h"
#include "store/entities.h"

enum { INTAKE_TEXT_MAX = 4000, INTAKE_NAME_MAX = 100, INTAKE_WORD_MAX = 64, INTAKE_URL_MAX = 2000, INTAKE_EMAIL_MAX = 254 };

/* A body that was checked: texts borrow from it, NULL = not given. */
struct intake {
    char phone[PHONE_MAX];
    char first_name[INTAKE_NAME_MAX + 1], last_name[INTAKE_NAME_MAX + 1];
    const char *company, *title, *email, *source, *product, *region, *segment, *partner, *message, *external_id, *owner, *time_zone, *zip;
    bool consent;
    const char *consent_text, *consent_source, *consent_ip, *consent_user_agent, *consent_url;
    int64_t consent_at;
    json_t *zones; /* owned */
};

/* Pure but for the zone files and libphonenumber. Errors go to out->errors; at LEAD_FIELD_ERRORS_MAX the rest is not listed. 0 or ENOMEM. */
int intake_check(struct intake *in, struct lead_result *out, const json_t *body, const char *default_region, int64_t now_ms);
void intake_release(struct intake *in);

int zones_add(json_t *zones, const char *name); /* unless it is there */
/* Adds the zones of a US ZIP code's state (the first three digits decide); other codes add nothing. */
int zip_zones_add(json_t *zones, const char *zip);

/* --- the gate over rows --- */

json_t *gate_verdict_json(const struct gate_verdict *v);

/* Reads what the gate asks about a lead (row of lead_get) and asks it. Inside a transaction. */
int gate_check_lead(struct gate_verdict *out, struct tx *tx, const json_t *lead, const struct gate_policy *policy, int64_t now_ms);

/* The gate said no: attempt and lead get the state, the verdict is kept. */
int attempt_refuse_or_defer(struct tx *tx, const json_t *attempt, const struct gate_verdict *v, int64_t now_ms);

/* Leased, but it cannot be dialled now: due at due_at. */
int attempt_return(struct tx *tx, const char *attempt_id, int64_t due_at);

/* --- claim.c: one job of the scheduler --- */

enum { CLAIM_MAX = 256 };

struct claim {
    const struct scheduler_config *cfg;
    int64_t now_ms;
    int slots;                 /* at most so many are leased */
    json_t *jobs[CLAIM_MAX];   /* leased: attempt rows with "lead"; owned */
    int job_count, refused, deferred, seen;
    int paced_left;            /* so many of our own initiative may still be leased */
    int64_t next_at;           /* the next instant at which something is due; 0 = nothing is */
};
int claim_run(struct tx *tx, struct claim *c);
void claim_release(struct claim *c);
int claim_give_back(struct tx *tx, const struct claim *c); /* leased, but nobody will dial: due again */

#endif
