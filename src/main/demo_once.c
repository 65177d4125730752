/* demo_once.c - one hot call from the lead to the human, told as one JSON object and judged: did the prospect and the closer hear each other?
 *
 * The judgement is the far ends' own: what the closer said after the bridge must be among the words that the prospect's recogniser heard, and the other way
 * round. Nothing inside the system is asked. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/timer.h"
#include "main/demo.h"
#include "store/entities.h"

#include "base/banned.h"

enum { LIMIT_MS = 180000, HEARD_PERCENT = 50, WORDS_MAX_BYTES = 65536, EVENTS_MAX = 2000 };

static const char prospect_number[] = "+15125550143"; /* Priya Raman of personas/demo.yaml */

struct once {
    struct rig *rig;
    struct timer limit;
    bool json, bridged, timed_out;
    char lead_id[37], call_id[37];
    struct buf prospect_said, prospect_heard, closer_said, closer_heard; /* after the bridge */
    json_t *out;
};

static void note_words(struct buf *b, const json_t *event)
{
    (void)buf_printf(b, " %s", jx_str(event, "text", ""));
}

static void on_phone(struct rig *r, const json_t *event, void *arg)
{
    struct once *o = arg;
    const struct persona *who = people_find(rig_people(r), jx_str(event, "number", ""));
    bool closer = who != NULL && who->behaviour == ACT_CLOSER, said = strcmp(jx_str(event, "event", ""), "said") == 0, heard = strcmp(jx_str(event, "event", ""), "heard") == 0;

    if (!o->bridged || who == NULL)
        return;
    if (said)
        note_words(closer ? &o->closer_said : &o->prospect_said, event);
    else if (heard)
        note_words(closer ? &o->closer_heard : &o->prospect_heard, event);
}

/* --- the judgement --- */

static bool has_word(const char *text, const char *word, size_t n)
{
    for (const char *p = text; *p != '\0'; p++) {
        size_t i = 0;

        if (p != text && isalnum((unsigned char)p[-1]))
            continue;
        while (i < n && tolower((unsigned char)p[i]) == tolower((unsigned char)word[i]))
            i++;
        if (i == n && !isalnum((unsigned char)p[n]))
            return true;
    }
    return false;
}

/* Percent of the words of `said` that are in `heard`; words of one or two letters do not count. */
static int heard_percent(const char *said, const char *heard)
{
    int words = 0, found = 0;

    for (const char *p = said; *p != '\0';) {
        size_t n = 0;

        while (isalnum((unsigned char)p[n]))
            n++;
        if (n > 2) {
            words++;
            found += has_word(heard, p, n);
        }
        p += n > 0 ? n : 1;
    }
    return words > 0 ? found * 100 / words : 0;
}

/* --- the story --- */

static json_t *one(struct tx *tx, int (*get)(struct tx *, const char *, json_t **), const char *id)
{
    json_t *row = NULL;

    return get(tx, id, &row) == 0 ? row : json_null();
}

static json_t *gate_of(struct tx *tx, const char *lead_id)
{
    json_t *rows = NULL, *gate;

    if (attempt_list(tx, lead_id, &rows) != 0)
        return json_null();
    gate = json_object_get(json_array_get(rows, 0), "gate");
    gate = gate != NULL ? json_incref(gate) : json_null();
    json_decref(rows);
    return gate;
}

static json_t *handoff_of(struct tx *tx, const char *call_id)
{
    json_t *rows = NULL, *h;

    if (handoff_list(tx, call_id, &rows) != 0)
        return json_null();
    h = json_array_get(rows, 0);
    h = h != NULL ? json_incref(h) : json_null();
    json_decref(rows);
    return h;
}

static void copy(json_t *out, const char *key, const json_t *from, const char *name)
{
    json_t *v = json_object_get(from, name);

    jx_set(out, key, v != NULL ? json_incref(v) : NULL);
}

static json_t *call_times(const json_t *call)
{
    static const char *const keys[] = {"id", "direction", "state", "started_at", "ringing_at", "answered_at", "ended_at", "ended_by", "sip_outcome", "sip_code", "sip_call_id", "outcome",
                                       "first_audio_ms", NULL};
    json_t *out = json_object();

    for (int i = 0; keys[i] != NULL; i++)
        copy(out, keys[i], call, keys[i]);
    return out;
}

static int collect(struct tx *tx, void *arg)
{
    struct once *o = arg;
    json_t *call = one(tx, call_get, o->call_id), *turns = NULL, *answers = NULL, *mentions = NULL, *events = NULL;

    (void)turn_list(tx, o->call_id, &turns);
    (void)answer_list(tx, o->call_id, &answers);
    (void)mention_list(tx, o->call_id, &mentions);
    (void)event_list(tx, 0, o->lead_id, NULL, EVENTS_MAX, &events);
    jx_set(o->out, "lead", one(tx, lead_get, o->lead_id));
    jx_set(o->out, "gate", gate_of(tx, o->lead_id));
    jx_set(o->out, "call", call_times(call));
    jx_set(o->out, "turns", turns);
    jx_set(o->out, "answers", answers);
    jx_set(o->out, "objections", mentions);
    copy(o->out, "score", call, "score");
    copy(o->out, "bucket", call, "bucket");
    copy(o->out, "route", call, "route");
    copy(o->out, "brief", call, "brief");
    copy(o->out, "summary", call, "summary");
    jx_set(o->out, "handoff", handoff_of(tx, o->call_id));
    jx_set(o->out, "recording",
           json_pack("{s:O?,s:f,s:i}", "path", json_object_get(call, "recording"), "seconds", (double)jx_int(call, "recording_ms", 0) / 1000.0, "channels", 2));
    jx_set(o->out, "events", events);
    json_decref(call);
    return 0;
}

static void report(void *arg)
{
    struct once *o = arg;
    int closer_heard = heard_percent(buf_str(&o->prospect_said), buf_str(&o->closer_heard));
    int prospect_heard = heard_percent(buf_str(&o->closer_said), buf_str(&o->prospect_heard));
    bool ok = !o->timed_out && closer_heard >= HEARD_PERCENT && prospect_heard >= HEARD_PERCENT;

    jx_set(o->out, "heard",
           json_pack("{s:{s:s,s:s,s:i},s:{s:s,s:s,s:i},s:b}", "by_closer", "said", buf_str(&o->prospect_said), "heard", buf_str(&o->closer_heard), "percent", closer_heard, "by_prospect", "said",
                     buf_str(&o->closer_said), "heard", buf_str(&o->prospect_heard), "percent", prospect_heard, "ok", ok));
    if (o->json)
        jx_print_line(o->out);
    else
        printf("score %lld, %s; the closer heard %d %% of the prospect's words, the prospect %d %% of the closer's: %s\n", (long long)jx_int(o->out, "score", 0), jx_str(o->out, "bucket", "-"),
               closer_heard, prospect_heard, ok ? "ok" : "FAILED");
    timer_cancel(&o->limit);
    rig_stop(o->rig, ok ? 0 : 1);
}

static void on_limit(void *arg)
{
    struct once *o = arg;

    o->timed_out = true;
    fprintf(stderr, "baton demo: the call was not over after %d s\n", LIMIT_MS / 1000);
    if (rig_read(o->rig, collect, report, o) != 0)
        rig_stop(o->rig, 1);
}

static void on_event(struct rig *r, const json_t *event, void *arg)
{
    struct once *o = arg;
    const char *kind = jx_str(event, "kind", "");

    if (!o->json)
        demo_print_event(event);
    if (strcmp(kind, "call.dialing") == 0) {
        snprintf(o->lead_id, sizeof o->lead_id, "%s", jx_str(event, "lead_id", ""));
        snprintf(o->call_id, sizeof o->call_id, "%s", jx_str(event, "call_id", ""));
    } else if (strcmp(kind, "handoff.bridged") == 0) {
        o->bridged = true;
    } else if (strcmp(kind, "call.ended") == 0 && !o->timed_out) {
        if (rig_read(r, collect, report, o) != 0)
            rig_stop(r, 1);
    }
}

static void on_ready(struct rig *r, void *arg)
{
    struct once *o = arg;
    const struct persona *who = people_find(rig_people(r), prospect_number);

    o->rig = r;
    timer_init(&o->limit);
    timer_start(&o->limit, LIMIT_MS, on_limit, o);
    if (who == NULL || rig_lead(r, who, NULL) != 0) {
        fputs("baton demo: the people file has nobody for the checked call\n", stderr);
        rig_stop(r, 1);
    }
}

int demo_once(const struct rig_params *base, bool json)
{
    struct once o = {.json = json, .out = json_object()};
    struct rig_params p = *base;
    int code;

    buf_init(&o.prospect_said, WORDS_MAX_BYTES);
    buf_init(&o.prospect_heard, WORDS_MAX_BYTES);
    buf_init(&o.closer_said, WORDS_MAX_BYTES);
    buf_init(&o.closer_heard, WORDS_MAX_BYTES);
    p.http_port = 0;
    p.keep = true; /* the recording that the object names stays */
    p.on_ready = on_ready;
    p.on_event = on_event;
    p.on_phone = on_phone;
    p.arg = &o;
    code = rig_run(&p);
    json_decref(o.out);
    buf_release(&o.prospect_said);
    buf_release(&o.prospect_heard);
    buf_release(&o.closer_said);
    buf_release(&o.closer_heard);
    return code;
}
