/* simulate_voice.c - the same people on the telephone: `baton phone` with a cast of them as a process of its own, the whole system here, some calls at a time.
 *
 * Each call is judged from the store when it has ended: result, sentences cut off, waits by the latency ledger. What we `said` is what the person's own
 * recogniser heard of it at the far end of the line. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/timer.h"
#include "main/bench_stats.h"
#include "main/rig.h"
#include "main/simulate.h"
#include "store/entities.h"

#include "base/banned.h"

enum { STAGGER_MS = 900, LIMIT_S_A_CALL = 240, HEARD_MAX = 64 * 1024, SAID_PERCENT = 70, COPY_BYTES = 600 };

struct voice_call { struct sim_row *row; struct cast_role role; char number[CAST_NUMBER_MAX]; bool over; struct buf heard; };

struct troupe {
    struct simulation *s;
    struct rig *rig;
    struct timer next_lead, limit;
    struct voice_call calls[SIM_CALLS_MAX];
    int count, started, running, ended;
    bool done;
    struct samples turns_ms, confidence;
    int repairs, calls_repaired; /* what was said because we heard badly */
    int64_t began_us;
    char dir[512], people_file[COPY_BYTES];
};

/* --- one call is over --- */

struct ending { struct troupe *t; struct voice_call *v; char call_id[37]; json_t *call, *turns; };

static int read_call(struct tx *tx, void *arg)
{
    struct ending *e = arg;
    int err = call_get(tx, e->call_id, &e->call);

    return err ? err : turn_list(tx, e->call_id, &e->turns);
}

static void observe(struct observed *o, struct troupe *t, const struct ending *e)
{
    const json_t *result = json_object_get(e->call, "result");
    size_t i;
    json_t *turn;

    *o = (struct observed){.result = json_is_object(result) ? result : e->call, .said = buf_str(&e->v->heard), .said_percent = SAID_PERCENT, .slowest_ms = -1,
                           .should_interrupt = sim_interrupts(e->v->row)};
    json_array_foreach(e->turns, i, turn)
    {
        const json_t *ledger = json_object_get(turn, "ledger");
        double wait = jx_num(ledger, "first_rtp", -1);

        o->interrupted += jx_int(turn, "interrupted", jx_bool(turn, "interrupted", false)) != 0;
        if (wait >= 0)
            samples_add(&t->turns_ms, wait);
        if (json_is_number(json_object_get(ledger, "confidence")))
            samples_add(&t->confidence, 100 * jx_num(ledger, "confidence", 0));
        if (wait > o->slowest_ms)
            o->slowest_ms = (int)wait;
    }
}

static void judge(struct troupe *t, const struct ending *e)
{
    json_t *misses = json_array(), *m;
    struct observed o;
    size_t i;

    observe(&o, t, e);
    t->repairs += (int)jx_int(o.result, "repairs", 0);
    t->calls_repaired += jx_int(o.result, "repairs", 0) > 0;
    expectation_judge(misses, e->v->row->expect, &o);
    json_array_foreach(misses, i, m) jx_set_str(m, "call", e->call_id);
    if (!t->s->o.json)
        fprintf(stderr, "%3d of %d  %-22s %s %s%s\n", t->ended + 1, t->count, e->v->row->name, jx_str(e->call, "outcome", "-"), jx_str(e->call, "bucket", ""),
                json_array_size(misses) > 0 ? "   not as expected" : "");
    sim_count(e->v->row, e->v->role.seed, misses);
}

static void lead_on(void *arg);

static void finish(struct troupe *t)
{
    if (t->done)
        return;
    t->done = true;
    timer_cancel(&t->next_lead);
    timer_cancel(&t->limit);
    rig_stop(t->rig, 0);
}

static void on_read(void *arg)
{
    struct ending *e = arg;
    struct troupe *t = e->t;

    if (!t->done && e->call != NULL) {
        judge(t, e);
        e->v->over = true;
        t->ended++;
        t->running--;
        if (t->ended == t->count)
            finish(t);
        else if (!timer_running(&t->next_lead))
            lead_on(t);
    }
    json_decref(e->call);
    json_decref(e->turns);
    free(e);
}

static struct voice_call *call_of(struct troupe *t, const char *number)
{
    for (int i = 0; i < t->count; i++)
        if (strcmp(t->calls[i].number, number) == 0)
            return &t->calls[i];
    return NULL;
}

/* The call's row tells its number, the number tells whose call it was. */
static void on_named(void *arg)
{
    struct ending *e = arg;

    e->v = e->call != NULL ? call_of(e->t, jx_str(e->call, "phone", "")) : NULL;
    if (e->v != NULL && !e->v->over) {
        on_read(e);
        return;
    }
    json_decref(e->call);
    json_decref(e->turns);
    free(e);
}

static void on_event(struct rig *r, const json_t *event, void *arg)
{
    struct troupe *t = arg;
    struct ending *e;

    if (t->done || strcmp(jx_str(event, "kind", ""), "call.ended") != 0 || (e = calloc(1, sizeof *e)) == NULL)
        return;
    e->t = t;
    snprintf(e->call_id, sizeof e->call_id, "%s", jx_str(event, "call_id", ""));
    if (rig_read(r, read_call, on_named, e) != 0)
        free(e);
}

static void on_phone(struct rig *r, const json_t *event, void *arg)
{
    struct troupe *t = arg;
    struct voice_call *v = strcmp(jx_str(event, "event", ""), "heard") == 0 ? call_of(t, jx_str(event, "number", "")) : NULL;

    (void)r;
    if (v != NULL)
        (void)buf_printf(&v->heard, "%s\n", jx_str(event, "text", ""));
}

/* --- leads --- */

static void lead_on(void *arg)
{
    struct troupe *t = arg;
    const struct persona *who;

    if (t->done || t->started == t->count || t->running >= t->s->o.at_once)
        return;
    who = people_find(rig_people(t->rig), t->calls[t->started].number);
    if (who != NULL && rig_lead(t->rig, who, who->number) == 0)
        t->running++;
    t->started++;
    timer_start(&t->next_lead, STAGGER_MS, lead_on, t);
}

static void on_limit(void *arg)
{
    struct troupe *t = arg;

    fprintf(stderr, "baton simulate: %d of %d calls were over in time\n", t->ended, t->count);
    finish(t);
}

static void on_ready(struct rig *r, void *arg)
{
    struct troupe *t = arg;

    t->rig = r;
    t->began_us = clock_mono_us();
    timer_init(&t->next_lead);
    timer_init(&t->limit);
    timer_start(&t->limit, (int64_t)LIMIT_S_A_CALL * 1000 * (t->count / t->s->o.at_once + 1), on_limit, t);
    lead_on(t);
}

/* --- the cast --- */

/* Everybody in turn, then everybody again with another seed. Written turns need no telephone: they are left out. */
static void cast(struct troupe *t)
{
    struct simulation *s = t->s;
    size_t people = 0;

    for (size_t i = 0; i < s->row_count; i++)
        people += s->rows[i].who != NULL;
    for (size_t i = 0; people > 0 && t->count < s->o.calls; i++) {
        struct sim_row *row = &s->rows[i % s->row_count];
        struct voice_call *v = &t->calls[t->count];

        if (row->who == NULL)
            continue;
        v->row = row;
        v->role = (struct cast_role){.who = row->who, .seed = (uint32_t)(s->o.seed + (int)(i / s->row_count)), .interrupt_ms = row->turns != NULL ? row->turns->barge_in_at : 0};
        cast_number(v->number, (size_t)t->count++);
        buf_init(&v->heard, HEARD_MAX);
    }
}

static int write_cast(struct troupe *t)
{
    static struct cast_role roles[SIM_CALLS_MAX];
    const char *tmp = getenv("TMPDIR");

    snprintf(t->dir, sizeof t->dir, "%.400s/baton-cast-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(t->dir) == NULL)
        return errno;
    snprintf(t->people_file, sizeof t->people_file, "%s/people.yaml", t->dir);
    for (int i = 0; i < t->count; i++)
        roles[i] = t->calls[i].role;
    return cast_write(t->people_file, t->s->people, roles, (size_t)t->count);
}

/* A call that never ended is one that went wrong. */
static void count_missing(struct troupe *t)
{
    for (int i = 0; i < t->count; i++)
        if (!t->calls[i].over)
            sim_count(t->calls[i].row, t->calls[i].role.seed, json_pack("[{s:s,s:s,s:s}]", "what", "call", "want", "an end", "got", i < t->started ? "none in time" : "never begun"));
}

static void numbers(struct troupe *t)
{
    json_t *j = json_object();

    jx_set_int(j, "calls", t->ended);
    jx_set_int(j, "at_once", t->s->o.at_once);
    jx_set_num(j, "seconds", (double)(clock_mono_us() - t->began_us) / 1e6);
    jx_set(j, "turn_ms", samples_json(&t->turns_ms));
    jx_set(j, "confidence_percent", samples_json(&t->confidence));
    jx_set_int(j, "repairs", t->repairs);
    jx_set_int(j, "calls_repaired", t->calls_repaired);
    t->s->numbers = j;
}

static int play(struct troupe *t)
{
    struct rig_params p = {.people_file = t->people_file, .data_dir = t->s->o.data_dir, .ears_workers = t->s->o.ears, .voice_workers = 1, .people_ears = t->s->o.people_ears, .people_voice = 1,
                           .slots = t->s->o.at_once, .any_hour = true, .log_level = "error", .on_ready = on_ready, .on_event = on_event, .on_phone = on_phone, .arg = t};
    size_t n = 0;

    for (size_t i = 0; i < people_count(t->s->people) && n + 1 < RIG_CLOSERS_MAX; i++)
        if (people_at(t->s->people, i)->behaviour == ACT_CLOSER)
            p.closers[n++] = people_at(t->s->people, i)->number;
    return rig_run(&p);
}

int sim_voice(struct simulation *s)
{
    static struct troupe t;
    int code = 1, err;

    t.s = s;
    cast(&t);
    if (t.count == 0) {
        fputs("baton simulate: by voice only people can talk, and no case names one\n", stderr);
        return 1;
    }
    err = write_cast(&t);
    if (err)
        fprintf(stderr, "baton simulate: %s: %s\n", t.dir, strerror(err));
    else
        code = play(&t);
    count_missing(&t);
    numbers(&t);
    (void)unlink(t.people_file);
    (void)rmdir(t.dir);
    for (int i = 0; i < t.count; i++)
        buf_release(&t.calls[i].heard);
    samples_release(&t.turns_ms);
    samples_release(&t.confidence);
    return code;
}
