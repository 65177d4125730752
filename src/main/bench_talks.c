/* bench_talks.c - leads go in, each ended call is read from the store, the next lead follows, until enough was measured. */
#include "main/bench_talks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/timer.h"
#include "main/bench_gap.h"
#include "main/bench_words.h"
#include "main/rig.h"
#include "store/entities.h"

#include "base/banned.h"

enum { STAGGER_MS = 700, SETTLE_MS = 300, SAYERS_MAX = 64, SAID_MAX = 8192 };

const char *const talk_step_names[STEP_COUNT] = {"end_of_turn", "stt_final", "decided", "first_audio_queued", "first_rtp"};

/* What somebody said in the call at hand. */
struct sayer { char number[64]; struct buf said; };

struct talks {
    struct sayer sayers[SAYERS_MAX];
    size_t sayer_count;
    const struct talks_params *p;
    struct talks_result *r;
    struct rig *rig;
    struct timer next_lead, limit;
    size_t next_person;
    int started, running;
    bool done;
    double cpu_at_start;
    int64_t began_us;
};

struct ended { struct talks *t; char call_id[37]; json_t *call, *turns; };

/* --- one call is over --- */

static int read_call(struct tx *tx, void *arg)
{
    struct ended *e = arg;
    int err = call_get(tx, e->call_id, &e->call);

    return err ? err : turn_list(tx, e->call_id, &e->turns);
}

static void take_interruption(struct talks_result *r, const json_t *barge)
{
    if (!json_is_object(barge))
        return;
    samples_add(&r->barge_silent, jx_num(barge, "silent", 0));
    samples_add(&r->barge_detected, jx_num(barge, "detected", 0));
}

static void take_turn(struct talks_result *r, const json_t *turn)
{
    const json_t *ledger = json_object_get(turn, "ledger");

    r->cut_turns += jx_bool(turn, "interrupted", jx_int(turn, "interrupted", 0) != 0);
    if (strcmp(jx_str(turn, "speaker", ""), "prospect") == 0) {
        r->barge_void += jx_bool(ledger, "aside", false);
        take_interruption(r, json_object_get(ledger, "barge_in"));
        samples_add(&r->overlap, jx_num(json_object_get(ledger, "overlap"), "began", 0) + jx_num(json_object_get(ledger, "overlap"), "went_on", 0));
        return;
    }
    if (!json_is_object(ledger))
        return;
    for (int i = 0; i < STEP_COUNT; i++)
        samples_add(&r->step[i], jx_num(ledger, talk_step_names[i], 0));
}

static void finish(struct talks *t)
{
    if (t->done)
        return;
    t->done = true;
    t->r->seconds = (double)(clock_mono_us() - t->began_us) / 1e6;
    t->r->cpu_s = bench_cpu_all_s() - t->cpu_at_start;
    timer_cancel(&t->next_lead);
    timer_cancel(&t->limit);
    rig_stop(t->rig, 0);
}

static void lead_on(void *arg);

static struct buf *said_by(struct talks *t, const char *number);

/* What was said in this call against what was heard. */
static void compare_words(struct talks *t, const struct ended *e)
{
    struct buf *said = said_by(t, jx_str(e->call, "phone", "")), heard;
    json_t *turn;
    size_t i;

    if (said == NULL)
        return;
    buf_init(&heard, SAID_MAX);
    json_array_foreach(e->turns, i, turn)
        if (strcmp(jx_str(turn, "speaker", ""), "prospect") == 0)
            (void)buf_printf(&heard, "%s ", jx_str(turn, "text", ""));
    t->r->words_said += bench_words_count(buf_str(said));
    t->r->words_wrong += bench_words_wrong(buf_str(said), buf_str(&heard));
    buf_release(&heard);
    buf_clear(said);
}

static void on_ended(void *arg)
{
    struct ended *e = arg;
    struct talks *t = e->t;
    size_t before = t->r->step[0].n, i;
    int64_t first = jx_int(e->call, "first_audio_ms", -1);
    json_t *turn;

    json_array_foreach(e->turns, i, turn) take_turn(t->r, turn);
    if (first >= 0)
        samples_add(&t->r->opening, (double)first);
    compare_words(t, e);
    t->r->score += (int)jx_int(e->call, "score", 0);
    t->r->calls++;
    t->r->failed += t->r->step[0].n == before;
    t->running--;
    json_decref(e->call);
    json_decref(e->turns);
    free(e);
    if (t->p->turns > 0 ? t->r->step[0].n >= (size_t)t->p->turns : t->r->calls >= t->p->at_once)
        finish(t);
    else if (!t->done && !timer_running(&t->next_lead))
        timer_start(&t->next_lead, SETTLE_MS, lead_on, t);
}

static void on_event(struct rig *r, const json_t *event, void *arg)
{
    struct talks *t = arg;
    struct ended *e;

    if (t->done || strcmp(jx_str(event, "kind", ""), "call.ended") != 0 || (e = calloc(1, sizeof *e)) == NULL)
        return;
    e->t = t;
    snprintf(e->call_id, sizeof e->call_id, "%s", jx_str(event, "call_id", ""));
    if (rig_read(r, read_call, on_ended, e) != 0)
        free(e);
}

/* By number: at most one call to a person is under way. */
static struct buf *said_by(struct talks *t, const char *number)
{
    struct sayer *s;

    for (size_t i = 0; i < t->sayer_count; i++)
        if (strcmp(t->sayers[i].number, number) == 0)
            return &t->sayers[i].said;
    if (t->sayer_count == SAYERS_MAX)
        return NULL;
    s = &t->sayers[t->sayer_count++];
    snprintf(s->number, sizeof s->number, "%s", number);
    buf_init(&s->said, SAID_MAX);
    return &s->said;
}

static void keep_said(struct talks *t, const json_t *event)
{
    struct buf *said = said_by(t, jx_str(event, "number", ""));

    if (said != NULL)
        (void)buf_printf(said, "%s ", jx_str(event, "text", ""));
}

static void on_phone(struct rig *r, const json_t *event, void *arg)
{
    struct talks *t = arg;
    int64_t ms = jx_int(event, "ms", -1);

    (void)r;
    if (strcmp(jx_str(event, "event", ""), "said") == 0)
        keep_said(t, event);
    if (strcmp(jx_str(event, "event", ""), "stopped") != 0)
        return;
    if (ms >= 0)
        samples_add(&t->r->barge_wire, (double)ms);
    else
        t->r->barge_ignored++;
}

/* --- leads --- */

static const struct persona *next_talker(struct talks *t)
{
    const struct people *all = rig_people(t->rig);

    while (t->next_person < people_count(all)) {
        const struct persona *who = people_at(all, t->next_person++);

        if (who->behaviour == ACT_PERSON && who->number[0] == '+')
            return who;
    }
    return NULL;
}

static void lead_on(void *arg)
{
    struct talks *t = arg;
    bool more = t->p->turns > 0 || t->started < t->p->at_once;
    const struct persona *who = more && t->running < t->p->at_once ? next_talker(t) : NULL;

    if (who != NULL && rig_lead(t->rig, who, NULL) == 0) {
        t->started++;
        t->running++;
    } else if (t->running == 0) {
        finish(t); /* everybody was called */
        return;
    }
    if (who != NULL && t->running < t->p->at_once)
        timer_start(&t->next_lead, STAGGER_MS, lead_on, t);
}

static void on_limit(void *arg)
{
    struct talks *t = arg;

    fprintf(stderr, "baton bench: %d of %d calls were over after %d s\n", t->r->calls, t->started, t->p->limit_s);
    finish(t);
}

static void on_ready(struct rig *r, void *arg)
{
    struct talks *t = arg;

    t->rig = r;
    t->began_us = clock_mono_us();
    t->cpu_at_start = bench_cpu_all_s();
    timer_init(&t->next_lead);
    timer_init(&t->limit);
    timer_start(&t->limit, (int64_t)t->p->limit_s * 1000, on_limit, t);
    lead_on(t);
}

static void remove_dir(const char *path)
{
    char command[600];

    snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        fprintf(stderr, "baton: %s could not be removed\n", path);
}

int bench_talks_run(struct talks_result *out, const struct talks_params *p)
{
    struct talks t = {.p = p, .r = out};
    const char *tmp = getenv("TMPDIR");
    char dir[512];
    int code;

    snprintf(dir, sizeof dir, "%.400s/baton-bench-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(dir) == NULL) {
        fprintf(stderr, "baton bench: %s: %s\n", dir, strerror(errno));
        return 1;
    }
    code = rig_run(&(struct rig_params){.people_file = p->people_file, .ears_workers = p->ears, .voice_workers = p->voice, .people_ears = p->people_ears, .people_record_dir = dir, .people_line = p->line,
                                        .slots = p->at_once, .any_hour = true, .log_level = "error", .on_ready = on_ready, .on_event = on_event, .on_phone = on_phone, .arg = &t});
    if (bench_gap_read_dir(&out->gap, dir) == 0 && !code)
        fputs("baton bench: the carrier left no recording\n", stderr);
    remove_dir(dir);
    for (size_t i = 0; i < t.sayer_count; i++)
        buf_release(&t.sayers[i].said);
    return code;
}

void bench_talks_release(struct talks_result *r)
{
    for (int i = 0; i < STEP_COUNT; i++)
        samples_release(&r->step[i]);
    samples_release(&r->opening);
    samples_release(&r->gap);
    samples_release(&r->barge_silent);
    samples_release(&r->barge_detected);
    samples_release(&r->barge_wire);
    samples_release(&r->overlap);
}

void bench_people_path(char *out, size_t size, const char *file)
{
    struct config c;
    char *slash;

    config_init(&c);
    slash = strstr(c.scenario, "/scenarios/");
    snprintf(out, size, "%.*s/personas/%s", (int)(slash != NULL ? slash - c.scenario : 1), slash != NULL ? c.scenario : ".", file);
}
