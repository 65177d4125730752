/* call.c - the calls in progress and the life of one: made, moved between states, freed. */
#include "call/call_priv.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"

#include "base/banned.h"

const char *call_state_name(enum call_state s)
{
    static const char *const names[] = {"dialing", "ringing", "talking", "handoff", "bridged", "ended"};

    return names[s];
}

int calls_alloc(struct calls **cp, const struct calls_params *p)
{
    struct calls *cs = calloc(1, sizeof *cs);

    if (cs == NULL)
        return ENOMEM;
    cs->p = *p;
    obj_ref(cs->p.vad);
    obj_ref(cs->p.scenario);
    obj_ref(cs->p.und);
    if (greeting_book_alloc(&cs->greetings, cs->p.scenario->language) != 0) {
        calls_free(cs);
        return ENOMEM;
    }
    *cp = cs;
    return 0;
}

void calls_free(struct calls *cs)
{
    if (cs == NULL)
        return;
    obj_unref(cs->p.vad);
    obj_unref(cs->p.scenario);
    obj_unref(cs->p.und);
    obj_unref(cs->greetings);
    free(cs);
}

void calls_set_scenario(struct calls *cs, struct scenario *sc, struct und *u, int version)
{
    obj_ref(sc);
    obj_ref(u);
    obj_unref(cs->p.scenario);
    obj_unref(cs->p.und);
    cs->p.scenario = sc;
    cs->p.und = u;
    cs->p.cfg.scenario_version = version;
}

const struct latency *calls_latency(const struct calls *cs)
{
    return &cs->latency;
}

int calls_count(const struct calls *cs)
{
    return cs->count;
}

struct call *calls_find(struct calls *cs, const char *id)
{
    struct call *c = cs->first;

    while (c != NULL && strcmp(c->id, id) != 0)
        c = c->next;
    return c;
}

void calls_each(struct calls *cs, void (*fn)(struct call *c, void *arg), void *arg)
{
    struct call *next;

    for (struct call *c = cs->first; c != NULL; c = next) {
        next = c->next;
        fn(c, arg);
    }
}

static void end_for_shutdown(struct call *c, void *arg)
{
    (void)arg;
    call_hangup(c, "shutdown");
}

void calls_close(struct calls *cs, loop_fn *fn, void *arg)
{
    cs->closing = true;
    cs->closed_fn = fn;
    cs->closed_arg = arg;
    if (cs->count == 0)
        (void)loop_post(cs->p.control, fn, arg);
    else
        calls_each(cs, end_for_shutdown, NULL);
}

static void call_destroy(void *obj)
{
    struct call *c = obj;

    call_forget_cut(c);
    speak_clear(&c->speak);
    json_decref(c->lead);
    json_decref(c->wordings);
    obj_unref(c->talk);
    obj_unref(c->scenario);
    obj_unref(c->und);
    obj_unref(c->ears);
    obj_unref(c->scribe);
    obj_unref(c->turn_seq);
    obj_unref(c->recorder);
    obj_unref(c->leg);
}

static void link_call(struct calls *cs, struct call *c)
{
    c->calls = cs;
    c->next = cs->first;
    if (c->next != NULL)
        c->next->prev = c;
    cs->first = c;
    cs->count++;
}

static int call_alloc(struct call **cp, struct calls *cs, const char *attempt_id, const json_t *lead)
{
    struct call *c;

    if (cs->closing)
        return ESHUTDOWN;
    c = obj_alloc(sizeof *c, call_destroy);
    if (c == NULL)
        return ENOMEM;
    c->turn_seq = obj_alloc(sizeof *c->turn_seq, NULL);
    if (c->turn_seq == NULL) {
        obj_unref(c);
        return ENOMEM;
    }
    c->started_ms = clock_now_ms();
    id_new(c->id, c->started_ms);
    c->lead = json_deep_copy(lead);
    (void)text_copy(c->lead_id, sizeof c->lead_id, jx_str(lead, "id", ""));
    (void)text_copy(c->phone, sizeof c->phone, jx_str(lead, "phone", ""));
    (void)text_copy(c->attempt_id, sizeof c->attempt_id, attempt_id != NULL ? attempt_id : "");
    c->scenario = obj_ref(cs->p.scenario);
    c->und = obj_ref(cs->p.und);
    c->scenario_version = cs->p.cfg.scenario_version;
    timer_init(&c->turn_timer);
    timer_init(&c->cap_timer);
    timer_init(&c->help_timer);
    timer_init(&c->answer.timer);
    turn_init(&c->turn, &turn_params_default);
    speak_init(&c->speak, cs->p.speech, cs->p.control, c->scenario->voice, call_on_speak, c);
    c->first_audio_ms = -1;
    link_call(cs, c);
    *cp = c;
    return 0;
}

static bool may_follow(enum call_state from, enum call_state to)
{
    switch (to) {
    case CALL_DIALING:
        return false;
    case CALL_RINGING:
        return from == CALL_DIALING;
    case CALL_TALKING:
        return from == CALL_DIALING || from == CALL_RINGING || from == CALL_HANDOFF;
    case CALL_HANDOFF:
        return from == CALL_TALKING || from == CALL_BRIDGED;
    case CALL_BRIDGED:
        return from == CALL_HANDOFF;
    case CALL_ENDED:
        return from != CALL_ENDED;
    }
    return false;
}

void call_set_state(struct call *c, enum call_state s)
{
    if (c->state == s)
        return;
    if (!may_follow(c->state, s)) {
        log_error("call", c->id, "%s after %s", call_state_name(s), call_state_name(c->state));
        assert(!"legal call transition");
        return;
    }
    log_debug("call", c->id, "%s -> %s", call_state_name(c->state), call_state_name(s));
    c->state = s;
    if (s != CALL_ENDED)
        journal_state(c);
}

int64_t call_offset_ms(const struct call *c, int64_t at_us)
{
    return c->answered_us > 0 && at_us > c->answered_us ? (at_us - c->answered_us) / 1000 : 0;
}

/* The stages that people see: opening, a question, handoff, callback, goodbye; answers to objections keep the stage. */
void call_set_stage(struct call *c, const char *topic)
{
    if (topic == NULL || topic[0] == '\0' || strchr(topic, ':') != NULL || strcmp(topic, c->stage) == 0)
        return;
    (void)text_copy(c->stage, sizeof c->stage, topic);
    journal_stage(c);
}

int call_dial(struct calls *cs, const struct dial_job *job)
{
    struct call *c;
    int err = call_alloc(&c, cs, job->attempt_id, job->lead);

    if (err)
        return err;
    journal_started(c);
    err = leg_dial(&c->leg, cs->p.line,
                   &(struct leg_dial){.to = c->phone, .display_name = c->scenario->company, .fn = call_on_leg, .arg = c,
                                      .ring_timeout_s = cs->p.cfg.ring_timeout_s});
    if (!err)
        err = call_talk_prepare(c);
    if (err && c->leg == NULL) { /* never left the house: a local failure is an outcome as well */
        log_warn("call", c->id, "cannot dial: %s", strerror(err));
        c->sip_outcome = LEG_UNREACHABLE;
        c->talk_over = true;
        call_leg_over(c);
    } else if (err) {
        call_hangup(c, "error");
    }
    return 0;
}

int call_answer(struct calls *cs, struct leg *leg, const char *attempt_id, const json_t *lead, const char *known_answers, char id[ID_MAX])
{
    struct call *c;
    int err = call_alloc(&c, cs, attempt_id, lead);

    if (err)
        return err;
    c->inbound = true;
    if (id != NULL)
        memcpy(id, c->id, ID_MAX);
    if (known_answers != NULL)
        (void)jx_set_str(c->lead, "known_answers", known_answers);
    journal_started(c);
    c->leg = obj_ref(leg);
    err = call_talk_prepare(c);
    if (!err)
        err = leg_accept(leg, call_on_leg, c);
    if (err) { /* they gave up while we looked them up, or we cannot talk: no event will come */
        log_info("call", c->id, "not accepted: %s", strerror(err));
        leg_hangup(leg, 480);
        leg_forget(leg);
        c->sip_outcome = LEG_CANCELLED;
        c->talk_over = true;
        call_leg_over(c);
    }
    return 0;
}

void call_hangup(struct call *c, const char *by)
{
    if (c->state == CALL_ENDED)
        return;
    if (c->ended_by[0] == '\0')
        (void)text_copy(c->ended_by, sizeof c->ended_by, by);
    if (c->leg != NULL)
        leg_hangup(c->leg, 0);
}

bool call_is_inbound(const struct call *c)
{
    return c->inbound;
}

const char *call_id(const struct call *c)
{
    return c->id;
}

const char *call_lead_id(const struct call *c)
{
    return c->lead_id;
}

const json_t *call_lead(const struct call *c)
{
    return c->lead;
}

struct mport *call_port(struct call *c)
{
    return c->port;
}
