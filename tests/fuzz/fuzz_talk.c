/* fuzz_talk.c - bytes as a talk: each line is an utterance, or one of the other inputs. What must hold in every talk is asserted. */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "talk/talk.h"

enum { SENTENCES_MAX = 2000, STEPS_MAX = 400, LINE_LEN = 600 };

struct fixed { struct scenario *sc; struct und *und; };

struct told { size_t n; char *at[SENTENCES_MAX]; };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

/* The reference scenario, wherever the test is started: beside this file. */
static const char *scenario_path(char *out, size_t size)
{
    const char *tests = strstr(__FILE__, "tests/fuzz/");

    snprintf(out, size, "%.*sscenarios/demo-request.yaml", tests != NULL ? (int)(tests - __FILE__) : 0, __FILE__);
    return out;
}

static const struct fixed *fixed(void)
{
    static struct fixed f;
    static struct scenario_issues issues;
    char *yaml, path[4096];
    size_t n;

    if (f.sc != NULL)
        return &f;
    must(text_read_file(&yaml, &n, scenario_path(path, sizeof path), SCENARIO_MAX_BYTES) == 0, "the scenario is readable");
    must(scenario_load(&f.sc, yaml, n, &issues) == 0, "the scenario loads");
    must(und_alloc(&f.und, f.sc, NULL) == 0, "understanding loads");
    free(yaml);
    return &f;
}

static bool ends(const char *p)
{
    return strchr(".?!", *p) != NULL && *p != '\0' && (p[1] == '\0' || (p[1] == ' ' && !islower((unsigned char)p[2])));
}

/* Never the same sentence twice in one talk, never more than two at once. */
static void hear(struct told *t, const char *text)
{
    int sentences = 0;

    for (const char *p = text; *p != '\0';) {
        const char *start = p += strspn(p, " ");

        while (*p != '\0' && !ends(p))
            p++;
        p += *p != '\0';
        if (p == start)
            break;
        for (size_t i = 0; i < t->n; i++)
            must(strlen(t->at[i]) != (size_t)(p - start) || strncmp(t->at[i], start, (size_t)(p - start)) != 0, "no sentence twice");
        if (t->n < SENTENCES_MAX)
            t->at[t->n++] = strndup(start, (size_t)(p - start));
        sentences++;
    }
    must(sentences <= 2, "two sentences at a time");
}

static void check(struct told *told, const struct talk *t, const struct talk_effects *out, enum talk_input_kind kind)
{
    size_t waits = 0, hangups = 0, questions = 0;

    for (size_t i = 0; i < out->n; i++) {
        const struct talk_effect *e = &out->at[i];

        waits += e->kind == TALK_LISTEN;
        hangups += e->kind == TALK_HANGUP;
        if (e->kind != TALK_SAY)
            continue;
        hear(told, e->text);
        questions += strchr(e->text, '?') != NULL;
    }
    must(questions <= 1, "one question at a time");
    must(waits <= 1 && hangups <= 1 && waits + hangups <= 1, "one end of the list");
    if (out->n > 0)
        must(out->at[out->n - 1].kind == TALK_LISTEN || out->at[out->n - 1].kind == TALK_HANGUP, "the list ends by waiting or by hanging up");
    if (kind == TALK_IN_TEXT && !talk_ended(t))
        must(waits == 1, "every utterance is answered");
}

/* The rest of the line in place of the first questions. */
static json_t *other_words(const char *line)
{
    static json_t *pairs;
    json_t *text = json_string(line);

    json_decref(pairs);
    pairs = json_object();
    json_object_set(pairs, "What made you look at this now? What is the main problem you want to solve?", text != NULL ? text : json_null());
    json_object_set(pairs, "When would you like to have something in place?", text != NULL ? text : json_null());
    json_decref(text);
    return pairs;
}

static struct talk_input input_of(char *line)
{
    struct talk_input in = {.kind = TALK_IN_TEXT, .text = line, .quote = line + strlen(line) / 2}; /* some part of it is proposed as the answer */

    if (line[0] != '/')
        return in;
    switch (line[1]) {
    case 's': return (struct talk_input){.kind = TALK_IN_SILENCE, .silence_ms = 5000};
    case 'b': return (struct talk_input){.kind = TALK_IN_HEARD, .said = (uint32_t)(unsigned char)line[2] % 64, .heard_ms = 100, .total_ms = 2000};
    case 'f': return (struct talk_input){.kind = TALK_IN_HANDOFF_FAILED};
    case 'd': return (struct talk_input){.kind = TALK_IN_HANDOFF_DONE, .closer = "Sam"};
    case 'h': return (struct talk_input){.kind = TALK_IN_HANGUP};
    case 'w': return (struct talk_input){.kind = TALK_IN_WORDINGS, .wordings = other_words(line + 2)};
    case 't': return (struct talk_input){.kind = TALK_IN_HOLD_TICK};
    case 'm': return (struct talk_input){.kind = TALK_IN_MACHINE};
    default: return (struct talk_input){.kind = TALK_IN_DTMF, .digit = line[1]};
    }
}

static void opt_out_ends(struct talk *t, const char *line, const struct talk_effects *out)
{
    bool first = out->n > 0 && out->at[0].kind == TALK_OPT_OUT;

    if (strcmp(line, "/9") == 0 || strcmp(line, "take me off your list") == 0)
        must(first && talk_ended(t), "an opt-out ends the talk");
    if (first)
        must(talk_ended(t), "an opt-out ends the talk");
}

static void finish(struct talk *t, struct told *told, int64_t now)
{
    struct talk_effects out;
    int steps = 0;

    for (; !talk_ended(t) && steps < STEPS_MAX; steps++) { /* whatever happened before: noise and silence lead to the end */
        struct talk_input in = {.kind = steps % 3 == 2 ? TALK_IN_SILENCE : TALK_IN_TEXT, .text = steps % 3 ? "hm" : "", .silence_ms = 5000};

        talk_step(t, &in, now += 3000, &out);
        check(told, t, &out, in.kind);
        for (size_t i = 0; i < out.n; i++)
            if (out.at[i].kind == TALK_HANDOFF)
                steps = steps > 90 ? steps : 90;
        if (steps > 90 && steps % 10 == 0)
            talk_step(t, &(struct talk_input){.kind = TALK_IN_HANDOFF_FAILED}, now, &out);
    }
    must(talk_ended(t), "every talk ends");
    json_decref(talk_result(t, now));
    json_decref(talk_brief(t, now));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct fixed *f = fixed();
    struct told *told = calloc(1, sizeof *told);
    struct talk_lead lead = {.first_name = "Priya", .source = "demo_request"};
    struct talk_effects out;
    struct talk *t;
    int64_t now = 1773223200000;
    char line[LINE_LEN];

    must(told != NULL && talk_alloc(&t, f->sc, f->und, &lead, size > 0 ? data[0] : 0) == 0, "memory");
    talk_step(t, &(struct talk_input){.kind = TALK_IN_START}, now, &out);
    check(told, t, &out, TALK_IN_START);
    for (size_t at = 0, steps = 0; at < size && !talk_ended(t) && steps < STEPS_MAX; steps++) {
        const uint8_t *end = memchr(data + at, '\n', size - at);
        size_t n = end != NULL ? (size_t)(end - data) - at : size - at;
        struct talk_input in;

        snprintf(line, sizeof line, "%.*s", (int)(n < LINE_LEN ? n : LINE_LEN - 1), (const char *)data + at);
        at += n + 1;
        in = input_of(line);
        talk_step(t, &in, now += 3000, &out);
        check(told, t, &out, in.kind);
        opt_out_ends(t, line, &out);
    }
    if (!talk_ended(t))
        finish(t, told, now);
    for (size_t i = 0; i < told->n; i++)
        free(told->at[i]);
    free(told);
    obj_unref(t);
    return 0;
}
