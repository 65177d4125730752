/* chat.c - the effects of a talk as JSON lines or as a conversation that reads well. */
#include "main/chat.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"

#include "base/banned.h"

#define CONFIDENCE_MIN 0.001 /* 0 would be: not known */

enum { LINE_MAX_BYTES = 16 * 1024, ANSWER_MS = 2500, BENCH_TALKS = 3000 };

static void print_say(const struct chat *c, const struct talk_effect *e)
{
    json_t *j;

    if (!c->jsonl) {
        printf("%s %s%s%s\n", c->color ? "\033[36m AI >\033[0m" : " AI >", c->color ? "\033[36m" : "", e->text, c->color ? "\033[0m" : "");
        return;
    }
    j = json_pack("{s:s,s:s,s:s}", "event", "say", "topic", e->topic, "text", e->text);
    jx_print_line(j);
    json_decref(j);
}

static void print_listen(const struct chat *c, const struct talk_effect *e)
{
    json_t *j;

    if (!c->jsonl)
        return;
    j = json_pack("{s:s,s:s}", "event", "listen", "topic", e->topic);
    jx_print_line(j);
    json_decref(j);
}

static void print_note(const struct chat *c, const json_t *note)
{
    const char *event = jx_str(note, "event", ""), *id = jx_str(note, "id", "");

    if (c->jsonl)
        return;
    fputs(c->color ? "\033[2m" : "", stdout);
    if (strcmp(event, "score") == 0)
        printf("      score %lld (at most %lld): %s\n", (long long)jx_int(note, "score", 0), (long long)jx_int(note, "possible", 0), jx_str(note, "bucket", ""));
    else if (strcmp(event, "answer") == 0)
        printf("      %s: %s, %lld of %lld points, \"%s\"\n", id, jx_str(note, "status", ""), (long long)jx_int(note, "points", 0),
               (long long)jx_int(note, "max", 0), jx_str(note, "evidence", ""));
    else
        printf("      %s: %s\n", event, *id ? id : jx_str(note, "name", jx_str(note, "text", "")));
    fputs(c->color ? "\033[0m" : "", stdout);
}

/* True when a human is to be fetched. */
static bool print_effects(struct chat *c, const struct talk_effects *out)
{
    bool handoff = false;

    for (size_t i = 0; i < out->n; i++) {
        const struct talk_effect *e = &out->at[i];

        switch (e->kind) {
        case TALK_SAY:
            print_say(c, e);
            c->now_ms += talk_spoken_ms(e->text);
            break;
        case TALK_LISTEN:
            if (!handoff)
                print_listen(c, e);
            break;
        case TALK_HANDOFF:
            handoff = true;
            if (!c->jsonl)
                printf("      -> team %s: %s\n", e->team, e->text);
            break;
        case TALK_NOTE: print_note(c, e->note); break;
        case TALK_OPT_OUT:
            if (!c->jsonl)
                puts("      -> off the list, for good");
            break;
        case TALK_HANGUP: break;
        }
    }
    return handoff;
}

bool chat_step(struct chat *c, const struct talk_input *in)
{
    struct talk_effects out;
    bool handoff;

    if (in->kind == TALK_IN_TEXT)
        c->now_ms += ANSWER_MS;
    c->now_ms += in->silence_ms;
    talk_step(c->talk, in, c->now_ms, &out);
    handoff = print_effects(c, &out);
    if (handoff)
        return chat_step(c, &(struct talk_input){.kind = c->handoff_fails ? TALK_IN_HANDOFF_FAILED : TALK_IN_HANDOFF_DONE});
    return !talk_ended(c->talk);
}

static void print_readable(const json_t *r)
{
    const json_t *answers = json_object_get(r, "answers"), *a;
    const char *id;

    printf("\n%s\n", jx_str(r, "summary", ""));
    printf("outcome %s, score %lld, %s, next: %s\n", jx_str(r, "outcome", ""), (long long)jx_int(r, "score", 0), jx_str(r, "bucket", ""),
           jx_str(json_object_get(r, "next"), "action", "none"));
    json_object_foreach((json_t *)answers, id, a)
    {
        char *value = jx_dump(json_object_get(a, "value"));

        printf("  %-12s %3lld/%-3lld %-10s %s%s%s\n", id, (long long)jx_int(a, "points", 0), (long long)jx_int(a, "max", 0), jx_str(a, "status", ""),
               value != NULL ? value : "", *jx_str(a, "unit", "") ? " " : "", jx_str(a, "unit", ""));
        free(value);
    }
}

void chat_print_result(const struct chat *c)
{
    json_t *r = talk_result(c->talk, c->now_ms), *line = json_pack("{s:s}", "event", "result");

    if (c->jsonl) {
        json_object_update(line, r);
        jx_print_line(line);
    } else {
        print_readable(r);
    }
    json_decref(line);
    json_decref(r);
}

/* Without it the words are taken as clear. */
static float confidence_of(const json_t *line)
{
    double c = jx_num(line, "confidence", 0);

    return json_is_number(json_object_get(line, "confidence")) && c < CONFIDENCE_MIN ? (float)CONFIDENCE_MIN : (float)c;
}

int chat_parse_line(struct talk_input *in, json_t **line, const char *text)
{
    char why[200];
    json_t *j = NULL;

    if (jx_parse(&j, text, strlen(text), LINE_MAX_BYTES, why, sizeof why) != 0)
        return EINVAL;
    *line = j;
    if (json_is_string(json_object_get(j, "text")))
        *in = (struct talk_input){.kind = TALK_IN_TEXT, .text = jx_str(j, "text", ""), .confidence = confidence_of(j)};
    else if (json_object_get(j, "silence_ms") != NULL)
        *in = (struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = (int)(jx_int(j, "silence_ms", 0) % 3600000)};
    else if (json_object_get(j, "dtmf") != NULL)
        *in = (struct talk_input){.kind = TALK_IN_DTMF, .digit = jx_str(j, "dtmf", "?")[0]};
    else if (jx_bool(j, "hangup", false))
        *in = (struct talk_input){.kind = TALK_IN_HANGUP};
    else if (jx_bool(j, "machine", false))
        *in = (struct talk_input){.kind = TALK_IN_MACHINE};
    else
        return EINVAL;
    return 0;
}

int chat_bench(struct chat *c)
{
    static const char *const replies[] = {"sure go ahead", "we are losing customers every week because nobody calls back", "in three weeks",
                                          "about fifteen hundred a month", "it is my call"};
    int64_t begin = clock_mono_us(), took;
    long turns = 0;

    for (int i = 0; i < BENCH_TALKS; i++) {
        struct talk_effects out;
        struct talk *t;

        if (talk_alloc(&t, c->sc, c->und, &c->lead, (uint32_t)i) != 0)
            return 1;
        talk_step(t, &(struct talk_input){.kind = TALK_IN_START}, c->now_ms, &out);
        for (size_t k = 0; k < sizeof replies / sizeof *replies && !talk_ended(t); k++, turns++)
            talk_step(t, &(struct talk_input){.kind = TALK_IN_TEXT, .text = replies[k]}, c->now_ms, &out);
        obj_unref(t);
        if (clock_mono_us() - begin > 5000000)
            break;
    }
    took = clock_mono_us() - begin;
    printf("{\"turns\":%ld,\"turns_per_s\":%.0f,\"us_per_turn\":%.1f,\"model\":%s}\n", turns, (double)turns * 1e6 / (double)took,
           (double)took / (double)turns, und_has_model(c->und) ? "true" : "false");
    return 0;
}
