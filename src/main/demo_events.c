/* demo_events.c - the journal as lines that a person likes to read. Names come from the events of the leads. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "base/text.h"
#include "main/demo.h"

#include "base/banned.h"

enum { NAMES_MAX = 256 };

struct name { char lead_id[37], text[64]; };

static struct name *name_of(const char *lead_id)
{
    static struct name names[NAMES_MAX]; /* the demo's leads are few */
    static int next;
    struct name *n;

    for (int i = 0; i < NAMES_MAX; i++)
        if (strcmp(names[i].lead_id, lead_id) == 0)
            return &names[i];
    n = &names[next++ % NAMES_MAX];
    (void)text_copy(n->lead_id, sizeof n->lead_id, lead_id);
    (void)text_copy(n->text, sizeof n->text, "Somebody");
    return n;
}

static void learn_name(const json_t *event)
{
    const json_t *d = json_object_get(event, "data");
    const char *first = jx_str(d, "first_name", NULL), *id = jx_str(event, "lead_id", NULL);

    if (id != NULL && first != NULL)
        snprintf(name_of(id)->text, sizeof name_of(id)->text, "%s %s", first, jx_str(d, "last_name", ""));
}

static void line(const json_t *event, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void line(const json_t *event, const char *fmt, ...)
{
    time_t s = (time_t)(jx_int(event, "at", 0) / 1000);
    const char *lead = jx_str(event, "lead_id", NULL);
    struct tm tm;
    char when[16];
    va_list ap;

    localtime_r(&s, &tm);
    strftime(when, sizeof when, "%H:%M:%S", &tm);
    printf("%s  %-18s ", when, lead != NULL ? name_of(lead)->text : "");
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    fflush(stdout);
}

static const char *failed_rule(const json_t *data)
{
    size_t i;
    json_t *rule;

    json_array_foreach(json_object_get(data, "reasons"), i, rule)
    {
        if (!jx_bool(rule, "passed", true))
            return jx_str(rule, "text", "");
    }
    return "";
}

static void print_gate(const json_t *event, const json_t *d)
{
    if (jx_bool(d, "allowed", false))
        line(event, "the gate lets the call pass");
    else
        line(event, "%s: %s", jx_bool(d, "deferred", false) ? "deferred by the gate" : "refused by the gate", failed_rule(d));
}

static void print_turn(const json_t *event, const json_t *d)
{
    const char *speaker = jx_str(d, "speaker", "");

    if (jx_bool(d, "interrupted", false))
        line(event, "     (Ava was interrupted and stopped)");
    else
        line(event, "     %s: %s", strcmp(speaker, "ai") == 0 ? "Ava" : strcmp(speaker, "prospect") == 0 ? "   " : "closer", jx_str(d, "text", ""));
}

static void print_answer(const json_t *event, const json_t *d)
{
    line(event, "     -> %s: %lld of %lld points, \"%s\"", jx_str(d, "dimension", jx_str(d, "id", "")), (long long)jx_int(d, "points", 0), (long long)jx_int(d, "max", 0), jx_str(d, "evidence", ""));
}

static void print_ended(const json_t *event, const json_t *d)
{
    const char *bucket = jx_str(d, "bucket", NULL);

    if (bucket != NULL)
        line(event, "call over after %lld s: %s, score %lld, %s", (long long)(jx_int(d, "duration_ms", 0) / 1000), jx_str(d, "outcome", ""), (long long)jx_int(d, "score", 0), bucket);
    else
        line(event, "call over: %s", jx_str(d, "outcome", ""));
}

/* Why, in one line: the reason that names the bucket or the end, not the sums before it nor the team after it. */
static const char *main_reason(const json_t *reasons)
{
    const char *best = "of the rules";
    size_t i;
    json_t *r;

    json_array_foreach((json_t *)(uintptr_t)reasons, i, r)
    {
        if (strncmp(json_string_value(r), "deal ", 5) != 0)
            best = json_string_value(r);
    }
    return best;
}

static void print_routed(const json_t *event, const json_t *d)
{
    line(event, "next: %s, because %s", jx_str(d, "action", ""), main_reason(json_object_get(d, "reasons")));
}

static void print_presence(const json_t *event, const json_t *d)
{
    const char *reason = jx_str(d, "reason", NULL);

    line(event, "[closer] %s is %s%s%s", jx_str(d, "name", ""), jx_str(d, "presence", ""), reason != NULL ? ": " : "", reason != NULL ? reason : "");
}

void demo_print_event(const json_t *event)
{
    const char *kind = jx_str(event, "kind", "");
    const json_t *d = json_object_get(event, "data");

    learn_name(event);
    if (strcmp(kind, "lead.received") == 0)
        line(event, "a lead came in: %s", jx_str(d, "source", "form"));
    else if (strcmp(kind, "lead.gate") == 0)
        print_gate(event, d);
    else if (strcmp(kind, "call.dialing") == 0)
        line(event, "%s", strcmp(jx_str(d, "direction", ""), "inbound") == 0 ? "calls us" : "is called");
    else if (strcmp(kind, "call.answered") == 0)
        line(event, "answered");
    else if (strcmp(kind, "call.resumed") == 0)
        line(event, "Ava is back");
    else if (strcmp(kind, "call.turn") == 0)
        print_turn(event, d);
    else if (strcmp(kind, "call.answer") == 0)
        print_answer(event, d);
    else if (strcmp(kind, "call.score") == 0)
        line(event, "     -> score %lld so far", (long long)jx_int(d, "score", 0));
    else if (strcmp(kind, "offer.made") == 0)
        line(event, "offered to %s", jx_str(d, "closer_name", "a closer"));
    else if (strcmp(kind, "offer.accepted") == 0 || strcmp(kind, "offer.declined") == 0 || strcmp(kind, "offer.timeout") == 0)
        line(event, "%s: %s", jx_str(d, "closer_name", "closer"), kind + strlen("offer."));
    else if (strcmp(kind, "handoff.bridged") == 0)
        line(event, "bridged to %s", jx_str(d, "closer_name", "a closer"));
    else if (strcmp(kind, "handoff.confirmed") == 0)
        line(event, "both voices heard");
    else if (strcmp(kind, "handoff.failed") == 0)
        line(event, "no closer: %s", jx_str(d, "reason", ""));
    else if (strcmp(kind, "closer.presence") == 0)
        print_presence(event, d);
    else if (strcmp(kind, "lead.suppressed") == 0)
        line(event, "will never be called again");
    else if (strcmp(kind, "call.routed") == 0)
        print_routed(event, d);
    else if (strcmp(kind, "call.ended") == 0)
        print_ended(event, d);
}
