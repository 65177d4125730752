/* bench_talk_dialogues.c - a prospect whose answers are written down by topic talks to the policy; the end is compared with the label. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "main/bench_talk.h"

#include "base/banned.h"

enum { STEPS_MAX = 80, ANSWER_MS = 2500, SILENCE_MS = 6000 };

struct script { const json_t *replies; json_t *used; };

/* The next reply to a topic; the last one is repeated. NULL: nothing is written, they hang up. */
static const char *reply_to(struct script *s, const char *topic)
{
    const json_t *r = json_object_get(s->replies, topic);
    size_t n = (size_t)jx_int(s->used, topic, 0);

    jx_set_int(s->used, topic, (int64_t)n + 1);
    if (json_is_array(r))
        return json_string_value(json_array_get(r, n < json_array_size(r) ? n : json_array_size(r) - 1));
    return json_string_value(r);
}

static struct talk_input input_of(const char *reply)
{
    if (reply == NULL || strcmp(reply, "/hangup") == 0)
        return (struct talk_input){.kind = TALK_IN_HANGUP};
    if (strcmp(reply, "/silence") == 0)
        return (struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = SILENCE_MS};
    if (strcmp(reply, "/machine") == 0)
        return (struct talk_input){.kind = TALK_IN_MACHINE};
    if (reply[0] == '/')
        return (struct talk_input){.kind = TALK_IN_DTMF, .digit = reply[1]};
    return (struct talk_input){.kind = TALK_IN_TEXT, .text = reply};
}

struct run { struct talk *talk; struct talk_effects out; int64_t now_ms; json_t *said; };

static const struct talk_effect *effect(const struct run *r, enum talk_effect_kind kind)
{
    for (size_t i = 0; i < r->out.n; i++)
        if (r->out.at[i].kind == kind)
            return &r->out.at[i];
    return NULL;
}

static void step(struct bench_talk *b, struct run *r, struct talk_input in)
{
    int64_t t0 = clock_mono_us();

    r->now_ms += in.kind == TALK_IN_TEXT ? ANSWER_MS : in.silence_ms;
    talk_step(r->talk, &in, r->now_ms, &r->out);
    if (in.kind == TALK_IN_TEXT)
        samples_add(&b->step_us, (double)(clock_mono_us() - t0));
    for (size_t i = 0; i < r->out.n; i++)
        if (r->out.at[i].kind == TALK_SAY) {
            json_array_append_new(r->said, json_string(r->out.at[i].text));
            r->now_ms += talk_spoken_ms(r->out.at[i].text);
        }
}

static void converse(struct bench_talk *b, struct run *r, const json_t *d)
{
    struct script s = {.replies = json_object_get(d, "replies"), .used = json_object()};
    bool fails = strcmp(jx_str(d, "handoff", ""), "fail") == 0;

    step(b, r, (struct talk_input){.kind = TALK_IN_START});
    for (int i = 0; i < STEPS_MAX && !talk_ended(r->talk); i++) {
        const struct talk_effect *listen = effect(r, TALK_LISTEN);

        if (effect(r, TALK_HANDOFF) != NULL)
            step(b, r, (struct talk_input){.kind = fails ? TALK_IN_HANDOFF_FAILED : TALK_IN_HANDOFF_DONE});
        else
            step(b, r, input_of(reply_to(&s, listen != NULL ? listen->topic : "")));
    }
    json_decref(s.used);
}

static bool wrong(const struct bench_talk *b, const json_t *d, const char *what, const char *got, const char *want)
{
    if (b->misses)
        printf("  %-40s %s: got %s, want %s\n", jx_str(d, "name", "?"), what, got, want);
    return false;
}

static bool text_right(const struct bench_talk *b, const json_t *d, const char *what, const char *got)
{
    const char *want = jx_str(json_object_get(d, "expect"), what, NULL);

    return want == NULL || strcmp(got, want) == 0 || wrong(b, d, what, got, want);
}

static bool list_has(const struct bench_talk *b, const json_t *d, const json_t *result, const char *what)
{
    size_t i, k;
    json_t *want, *item;
    bool ok = true;

    json_array_foreach(json_object_get(json_object_get(d, "expect"), what), i, want)
    {
        bool found = false;

        json_array_foreach(json_object_get(result, what), k, item)
            found |= strcmp(json_is_string(item) ? json_string_value(item) : jx_str(item, "id", ""), json_string_value(want)) == 0;
        ok &= found || wrong(b, d, what, "without", json_string_value(want));
    }
    return ok;
}

static bool value_right(const json_t *got, const json_t *want)
{
    const json_t *value = json_object_get(got, "value");

    if (json_is_object(want))
        return (json_object_get(want, "status") == NULL || strcmp(jx_str(want, "status", ""), jx_str(got, "status", "")) == 0) &&
               (json_object_get(want, "value") == NULL || value_right(got, json_object_get(want, "value")));
    if (json_is_number(want) && json_is_number(value)) {
        double w = json_number_value(want), off = json_number_value(value) - w;

        return off * off <= 1 + w * w * 1e-4; /* 1 %, or rounding */
    }
    return json_equal(want, value);
}

static bool answers_right(struct bench_talk *b, const json_t *d, const json_t *result)
{
    const char *id;
    json_t *want;
    bool ok = true;

    json_object_foreach(json_object_get(json_object_get(d, "expect"), "answers"), id, want)
    {
        const json_t *got = json_object_get(json_object_get(result, "answers"), id);
        bool right = value_right(got, want);

        bench_share_count(&b->answers, right);
        bench_kind_count(b->questions, &b->question_count, id, right);
        ok &= right;
        if (!right) {
            char *g = jx_dump(got), *w = jx_dump(want);

            wrong(b, d, id, g, w);
            free(g);
            free(w);
        }
    }
    return ok;
}

static void judge(struct bench_talk *b, const json_t *d, const json_t *result)
{
    const char *want = jx_str(json_object_get(d, "expect"), "outcome", ""), *got = jx_str(result, "outcome", "");
    bool end = text_right(b, d, "outcome", got), ok;

    end &= text_right(b, d, "bucket", jx_str(result, "bucket", ""));
    ok = end & text_right(b, d, "next", jx_str(json_object_get(result, "next"), "action", ""));
    ok &= text_right(b, d, "callback", jx_str(json_object_get(result, "callback"), "value", ""));
    ok &= list_has(b, d, result, "objections") & list_has(b, d, result, "intents") & list_has(b, d, result, "faq") & list_has(b, d, result, "competitors");
    ok &= answers_right(b, d, result);
    bench_share_count(&b->ends, end);
    bench_share_count(&b->dialogues, ok);
    if (strcmp(want, "opted_out") == 0)
        bench_share_count(&b->opt_outs, strcmp(got, "opted_out") == 0);
    else
        bench_share_count(&b->false_opt_outs, strcmp(got, "opted_out") == 0);
    if (strcmp(want, "human_requested") == 0)
        bench_share_count(&b->humans, strcmp(got, "human_requested") == 0);
    if (strcmp(got, "qualified") == 0)
        samples_add(&b->spoken_s, (double)jx_int(result, "spoken_ms", 0) / 1000);
}

/* House rules that hold in every talk: no sentence twice, at most two at a time. */
static void check_speech(const struct bench_talk *b, const json_t *d, const json_t *said)
{
    for (size_t i = 0; i < json_array_size(said); i++)
        for (size_t k = 0; k < i; k++)
            if (json_equal(json_array_get(said, i), json_array_get(said, k)))
                wrong(b, d, "said twice", json_string_value(json_array_get(said, i)), "once");
}

static void run_one(struct bench_talk *b, const json_t *d)
{
    const json_t *lead = json_object_get(d, "lead");
    char *known = json_is_object(json_object_get(lead, "known_answers")) ? jx_dump(json_object_get(lead, "known_answers")) : NULL;
    struct talk_lead l = {.first_name = jx_str(lead, "first_name", "Priya"), .last_name = jx_str(lead, "last_name", NULL),
                          .company = jx_str(lead, "company", NULL), .title = jx_str(lead, "title", NULL),
                          .source = jx_str(lead, "source", "demo_request"), .known_answers = known};
    struct run r = {.now_ms = b->now_ms, .said = json_array()};
    json_t *result;

    if (clock_parse(&r.now_ms, jx_str(d, "now", "2026-03-11T10:00:00Z")) == 0 && talk_alloc(&r.talk, b->sc, b->und, &l, 0) == 0) {
        converse(b, &r, d);
        result = talk_result(r.talk, r.now_ms);
        judge(b, d, result);
        check_speech(b, d, r.said);
        json_decref(result);
    }
    obj_unref(r.talk);
    json_decref(r.said);
    free(known);
}

int bench_talk_dialogues(struct bench_talk *b, const char *path)
{
    return bench_talk_lines(b, path, run_one);
}
