/* talk_kit.h - what the tests of a talk share: the reference scenario, one talk, its inputs in a line. */
#ifndef BATON_TESTS_TALK_KIT_H
#define BATON_TESTS_TALK_KIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "talk/talk.h"

#define KIT_NOW 1773223200000 /* Wednesday 2026-03-11T10:00:00Z */

struct kit {
    struct scenario *sc;
    struct und *und;
    struct talk *talk;
    struct talk_effects out;
    int64_t now_ms;
};

static inline int kit_open(struct kit *k, const char *path)
{
    static struct scenario_issues issues;
    char *yaml = NULL;
    size_t n;
    int err = text_read_file(&yaml, &n, path, SCENARIO_MAX_BYTES);

    *k = (struct kit){.now_ms = KIT_NOW};
    if (!err)
        err = scenario_load(&k->sc, yaml, n, &issues);
    if (!err)
        err = und_alloc(&k->und, k->sc, NULL);
    free(yaml);
    return err;
}

static inline void kit_begin(struct kit *k, const struct talk_lead *lead)
{
    obj_unref(k->talk);
    k->talk = NULL;
    k->now_ms = KIT_NOW;
    if (talk_alloc(&k->talk, k->sc, k->und, lead, 0) == 0)
        talk_step(k->talk, &(struct talk_input){.kind = TALK_IN_START}, k->now_ms, &k->out);
}

static inline void kit_in(struct kit *k, struct talk_input in)
{
    k->now_ms += 3000;
    talk_step(k->talk, &in, k->now_ms, &k->out);
}

static inline void kit_say(struct kit *k, const char *text)
{
    kit_in(k, (struct talk_input){.kind = TALK_IN_TEXT, .text = text});
}

static inline const struct talk_effect *kit_effect(const struct kit *k, enum talk_effect_kind kind)
{
    for (size_t i = 0; i < k->out.n; i++)
        if (k->out.at[i].kind == kind)
            return &k->out.at[i];
    return NULL;
}

/* The topic that the talk listens to now, or "". */
static inline const char *kit_topic(const struct kit *k)
{
    const struct talk_effect *e = kit_effect(k, TALK_LISTEN);

    return e != NULL ? e->topic : "";
}

static inline void kit_close(struct kit *k)
{
    obj_unref(k->talk);
    obj_unref(k->und);
    obj_unref(k->sc);
}

#endif
