/* rig.h - the whole system beside a simulated carrier in a process of its own: what the demo and the benchmarks of conversations stand on.
 *
 * Leads go in over HTTP, calls go out over SIP, and what happens is read from the event journal, as any user of the product would. */
#ifndef BATON_MAIN_RIG_H
#define BATON_MAIN_RIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "main/app.h"
#include "practice/persona.h"

enum { RIG_CLOSERS_MAX = 8 };

struct rig;

struct rig_params {
    const char *people_file;
    const char *data_dir;          /* NULL: a new temporary folder, removed at the end unless `keep` */
    bool keep;
    int http_port;                 /* 0: any */
    int ears_workers, voice_workers; /* of the system; 0: one */
    int people_ears, people_voice;   /* of the carrier; 0: one; ears -1: none (people who go by timing) */
    const char *people_record_dir;   /* the carrier records its side there; NULL: not */
    const char *people_line;         /* how bad the line of each of them is (bad_line.h); NULL: as the file says */
    int carrier_port;                /* > 0: calls go to this port of 127.0.0.1, and no simulated carrier is started */
    int slots;
    const char *log_level;
    const char *closers[RIG_CLOSERS_MAX]; /* user parts of personas that are closers; NULL-terminated */
    bool seat;                     /* the administrator is a closer as well, whose telephone is the browser */
    bool any_hour;                 /* the gate lets calls out around the clock */
    bool no_speech;                /* no workers: what is measured does not talk */
    void (*on_ready)(struct rig *r, void *arg);                     /* everything listens and speaks */
    void (*on_event)(struct rig *r, const json_t *event, void *arg); /* of the journal, in order */
    void (*on_phone)(struct rig *r, const json_t *event, void *arg); /* of the carrier (phone.h) */
    void (*on_over)(void *arg);    /* the loop has ended and everything is still there: threads of the caller that use the rig are joined here */
    void *arg;
};

/* Runs until rig_stop or a signal; every callback is on the control loop. Returns the exit code: 0, or 1 with the reason on standard error. */
int rig_run(const struct rig_params *p);
void rig_stop(struct rig *r, int exit_code); /* any thread, up to the end of on_over */

struct app *rig_app(struct rig *r);
const struct people *rig_people(struct rig *r);
const char *rig_token(const struct rig *r);

/* POSTs a lead for this number of a persona (NULL: its first that may be called now; its first of all if none may). */
int rig_lead(struct rig *r, const struct persona *who, const char *number);

/* May this number be called at this moment, by the zones and the policy of the gate? */
bool rig_callable(const struct rig *r, const char *number);

/* Reads the store on a pool thread, then calls done on the control loop with what job left in arg. */
int rig_read(struct rig *r, store_job_fn *job, loop_fn *done, void *arg);

#endif
