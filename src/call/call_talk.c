/* call_talk.c - the conversation's steps: one at a time on the pool, their effects carried out here in order. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "call/call_priv.h"
#include "talk/talk_help.h"

#include "base/banned.h"

struct step {
    struct call *call; /* reference */
    struct call_input input;
    struct talk_effects effects;
    int64_t now_ms;
    int err;
    json_t *wanted;    /* what a language model is to be asked before the step, or the sentences it may reword */
    bool helped;       /* it was asked, whatever came of it */
    char quote[CALL_QUOTE_MAX];
};

static void run_next(struct call *c);

/* --- effects --- */

static void on_say(struct call *c, const struct talk_effect *e)
{
    int err;

    if (!turn_on_speak(&c->turn))
        speak_hold(&c->speak); /* the prospect speaks: wait for the end of their turn */
    err = speak_add(&c->speak, e->said, e->topic, e->text);
    if (err)
        log_error("call", c->id, "cannot say a sentence: %s", strerror(err));
}

static void on_listen(struct call *c, const struct talk_effect *e)
{
    turn_on_listen(&c->turn, e->expects, e->silence_ms);
}

static void start_handoff(struct call *c, const char *team)
{
    const struct call_ports *ports = &c->calls->p.ports;
    char whisper[SPEECH_SAY_MAX];
    json_t *brief = talk_brief(c->talk, clock_now_ms());
    int err = ENOTSUP;

    if (c->state != CALL_TALKING) { /* one is on its way already */
        json_decref(brief);
        return;
    }
    if (talk_whisper(c->talk, whisper, sizeof whisper) != 0)
        whisper[0] = '\0';
    call_set_state(c, CALL_HANDOFF);
    call_set_stage(c, "handoff");
    if (ports->handoff_start != NULL)
        err = ports->handoff_start(c, team, whisper, brief, ports->arg);
    json_decref(brief);
    if (err) {
        log_warn("call", c->id, "no handoff: %s", strerror(err));
        call_handoff_failed(c);
    }
}

/* The prospect changed their mind on hold: nobody is rung for them any longer. */
static void take_back(struct call *c)
{
    const struct call_ports *ports = &c->calls->p.ports;

    if (c->state != CALL_HANDOFF)
        return;
    call_set_state(c, CALL_TALKING);
    if (ports->handoff_cancel != NULL)
        ports->handoff_cancel(c, "prospect_declined", ports->arg);
}

static bool about_handoff(const struct talk_effect *e)
{
    return e->topic != NULL && strcmp(e->topic, "handoff") == 0;
}

/* What the talk decided just before the humans were joined comes too late to be heard; what it learned is still written. */
static bool too_late(const struct call *c, const struct talk_effect *e)
{
    return c->state == CALL_BRIDGED && e->kind != TALK_OPT_OUT && e->kind != TALK_NOTE;
}

static void carry_out(struct call *c, const struct talk_effect *e, const char *words)
{
    if (too_late(c, e))
        return;
    switch (e->kind) {
    case TALK_SAY:
        on_say(c, e);
        break;
    case TALK_LISTEN:
        if (!about_handoff(e))
            take_back(c);
        on_listen(c, e);
        break;
    case TALK_HANDOFF:
        start_handoff(c, e->team != NULL ? e->team : c->scenario->routing.hot_team);
        break;
    case TALK_OPT_OUT:
        journal_opt_out(c, words);
        break;
    case TALK_NOTE:
        journal_note(c, e->note);
        break;
    case TALK_HANGUP:
        take_back(c);
        c->talk_over = true;
        c->hangup_when_said = true;
        break;
    }
}

static void open_ledger(struct call *c, const struct step *s)
{
    const struct call_input *in = &s->input;

    if (in->in.kind != TALK_IN_TEXT || in->speech_end_us == 0)
        return;
    c->ledger = (struct call_ledger){.speech_end = in->speech_end_us, .end_of_turn = in->end_of_turn_us, .stt_final = in->final_us, .decided = clock_mono_us(), .open = true};
}

/* A machine that took the call over, or a person after it, makes what was decided before pointless; what was learned is kept. */
static bool is_wanted(const struct call *c, const struct step *s, const struct talk_effect *e)
{
    return e->kind == TALK_OPT_OUT || e->kind == TALK_NOTE || call_answer_allows(c, s->input.in.kind);
}

static void apply(struct call *c, const struct step *s)
{
    open_ledger(c, s);
    for (size_t i = 0; i < s->effects.n && c->state != CALL_ENDED; i++)
        if (is_wanted(c, s, &s->effects.at[i]))
            carry_out(c, &s->effects.at[i], s->input.text);
    if (call_ai_talks(c) && !speak_busy(&c->speak))
        call_turn_spoken(c);
}

/* --- steps --- */

/* What is not understood may be shown to a language model first; the step then runs with or without its answer. */
static bool wants_help(struct step *s)
{
    if (s->helped || s->input.in.kind != TALK_IN_TEXT || s->call->calls->p.ports.help_quote == NULL)
        return false;
    s->wanted = talk_help_wanted(s->call->talk, s->input.text, s->now_ms);
    return s->wanted != NULL;
}

static void step_work(void *arg)
{
    struct step *s = arg;

    s->input.in.text = s->input.text;
    if (wants_help(s))
        return;
    if (s->input.in.kind == TALK_IN_HANDOFF_DONE)
        s->input.in.closer = s->input.text;
    if (s->input.in.kind == TALK_IN_WORDINGS)
        s->input.in.wordings = s->call->wordings;
    s->input.in.quote = s->quote[0] != '\0' ? s->quote : NULL;
    talk_step(s->call->talk, &s->input.in, s->now_ms, &s->effects);
}

static void step_done(void *arg);

static void step_again(struct step *s)
{
    struct call *c = s->call;
    int err;

    s->helped = true;
    json_decref(s->wanted);
    s->wanted = NULL;
    err = pool_submit(c->calls->p.talkers, step_work, step_done, c->calls->p.control, s);
    if (err) {
        log_error("call", c->id, "an input of the talk is lost: %s", strerror(err));
        step_done(s);
    }
}

static void go_on_without(void *arg)
{
    struct call *c = arg;
    struct step *s = c->help_step;

    c->help_step = NULL;
    step_again(s);
}

/* The turn waits a moment for the model, and not longer. */
static void ask_for_help(struct call *c, struct step *s)
{
    const struct calls_params *p = &c->calls->p;
    int limit = p->cfg.help_ms > 0 ? p->cfg.help_ms : CALL_HELP_MS;

    if (p->ports.help_quote(c, s->wanted, ++c->help_ticket, p->ports.arg) != 0) {
        step_again(s);
        return;
    }
    c->help_step = s;
    timer_start(&c->help_timer, limit, go_on_without, c);
}

void call_help_quote(struct call *c, unsigned ticket, const char *quote)
{
    struct step *s = c->help_step;

    if (s == NULL || ticket != c->help_ticket)
        return;
    timer_cancel(&c->help_timer);
    c->help_step = NULL;
    if (quote != NULL && !text_copy(s->quote, sizeof s->quote, quote))
        s->quote[0] = '\0';
    step_again(s);
}

static void step_done(void *arg)
{
    struct step *s = arg;
    struct call *c = s->call;

    if (s->wanted != NULL) {
        ask_for_help(c, s);
        return;
    }
    c->stepping = false;
    apply(c, s);
    run_next(c);
    call_end_check(c);
    free(s);
    obj_unref(c);
}

static void run_next(struct call *c)
{
    struct step *s;
    int err;

    if (c->stepping || c->foreseeing || c->input_count == 0 || !c->prepared)
        return;
    s = calloc(1, sizeof *s);
    err = s != NULL ? 0 : ENOMEM;
    if (!err) {
        *s = (struct step){.call = obj_ref(c), .input = c->inputs[0], .now_ms = clock_now_ms()};
        err = pool_submit(c->calls->p.talkers, step_work, step_done, c->calls->p.control, s);
    }
    c->stepping = !err;
    c->foreseen[0] = '\0'; /* what is asked changes */
    c->input_count--;
    memmove(c->inputs, c->inputs + 1, (size_t)c->input_count * sizeof c->inputs[0]);
    if (!err)
        return;
    log_error("call", c->id, "an input of the talk is lost: %s", strerror(err));
    if (s != NULL)
        obj_unref(c);
    free(s);
}

void call_input(struct call *c, const struct call_input *in)
{
    if (c->talk_failed || (c->talk_over && in->in.kind != TALK_IN_HANGUP))
        return;
    if (c->input_count == CALL_INPUTS_MAX) {
        log_warn("call", c->id, "too many inputs wait: the oldest is dropped");
        memmove(c->inputs, c->inputs + 1, (CALL_INPUTS_MAX - 1) * sizeof c->inputs[0]);
        c->input_count--;
    }
    c->inputs[c->input_count++] = *in;
    run_next(c);
}

void call_input_kind(struct call *c, enum talk_input_kind kind)
{
    call_input(c, &(struct call_input){.in = {.kind = kind}});
}

/* --- ahead of time --- */

struct foresight { struct call *call; int64_t now_ms; /* call: reference */ };

static void foresee_work(void *arg)
{
    struct foresight *f = arg;

    talk_foresee(f->call->talk, f->call->foreseen, f->now_ms);
}

static void foresee_done(void *arg)
{
    struct foresight *f = arg;
    struct call *c = f->call;

    c->foreseeing = false;
    run_next(c);
    call_end_check(c);
    free(f);
    obj_unref(c);
}

void call_foresee(struct call *c, const char *text)
{
    struct foresight *f;

    if (text[0] == '\0' || c->stepping || c->foreseeing || c->input_count > 0 || !c->prepared || c->talk_over || c->talk_failed || strcmp(text, c->foreseen) == 0)
        return;
    f = calloc(1, sizeof *f);
    if (f == NULL)
        return;
    *f = (struct foresight){.call = obj_ref(c), .now_ms = clock_now_ms()};
    memcpy(c->foreseen, text, strlen(text) + 1);
    c->foreseeing = pool_submit(c->calls->p.talkers, foresee_work, foresee_done, c->calls->p.control, f) == 0;
    if (c->foreseeing)
        return;
    free(f);
    obj_unref(c);
}

/* --- before the answer --- */

static void prefetch(const char *text, void *arg)
{
    struct call *c = arg;

    (void)voice_prefetch(c->calls->p.speech, c->scenario->voice, text);
}

static int utc_offset(const json_t *lead, int64_t now_ms)
{
    const char *zone = json_string_value(json_array_get(json_object_get(lead, "zones"), 0));
    int offset = 0;

    if (zone != NULL)
        (void)clock_zone_offset(&offset, zone, now_ms);
    return offset;
}

uint32_t call_wording_seed(const char *id)
{
    uint32_t h = 2166136261u;

    for (; *id != '\0'; id++)
        h = (h ^ (uint8_t)*id) * 16777619u;
    return h;
}

/* On the pool: the talk, what it will say at the answer, and every sentence that can be rendered ahead. */
static void prepare_work(void *arg)
{
    struct step *s = arg;
    struct call *c = s->call;
    struct talk_lead lead = {
        .first_name = jx_str(c->lead, "first_name", NULL), .last_name = jx_str(c->lead, "last_name", NULL),
        .company = jx_str(c->lead, "company", NULL), .source = jx_str(c->lead, "source", NULL), .partner = jx_str(c->lead, "partner", NULL),
        .email = jx_str(c->lead, "email", NULL), .phone = c->phone, .title = jx_str(c->lead, "title", NULL),
        .known_answers = jx_str(c->lead, "known_answers", NULL), .utc_offset_s = utc_offset(c->lead, s->now_ms)};

    s->err = talk_alloc(&c->talk, c->scenario, c->und, &lead, call_wording_seed(c->id));
    if (s->err)
        return;
    talk_step(c->talk, &(struct talk_input){.kind = TALK_IN_START, .text = ""}, s->now_ms, &s->effects);
    for (size_t i = 0; i < s->effects.n; i++)
        if (s->effects.at[i].kind == TALK_SAY)
            prefetch(s->effects.at[i].text, c);
    scenario_each_prompt(c->scenario, &lead, prefetch, c);
    if (c->calls->p.ports.help_wordings != NULL)
        s->wanted = talk_rewordable(c->talk);
}

/* Those that may be said are rendered now; the talk checks them again. */
void call_help_wordings(struct call *c, json_t *pairs)
{
    const char *approved;
    json_t *other;

    if (c->wordings != NULL || c->talk_over || !json_is_object(pairs)) {
        json_decref(pairs);
        return;
    }
    c->wordings = pairs;
    json_object_foreach(pairs, approved, other)
        if (json_is_string(other) && talk_reword_ok(json_string_value(other), approved, c->scenario->language))
            prefetch(json_string_value(other), c);
    call_input_kind(c, TALK_IN_WORDINGS);
}

static void prepare_done(void *arg)
{
    struct step *s = arg;
    struct call *c = s->call;

    c->stepping = false;
    if (s->err) {
        log_error("call", c->id, "cannot begin the talk: %s", strerror(s->err));
        c->talk_failed = c->talk_over = true;
        c->input_count = 0;
        call_hangup(c, "error");
    } else {
        c->prepared = true;
        apply(c, s);
        run_next(c);
        if (s->wanted != NULL) /* last: its answer may be the next step */
            (void)c->calls->p.ports.help_wordings(c, s->wanted, c->calls->p.ports.arg);
    }
    call_end_check(c);
    json_decref(s->wanted);
    free(s);
    obj_unref(c);
}

int call_talk_prepare(struct call *c)
{
    struct step *s = calloc(1, sizeof *s);
    int err;

    if (s == NULL)
        return ENOMEM;
    s->call = obj_ref(c);
    s->now_ms = clock_now_ms();
    c->stepping = true;
    err = pool_submit(c->calls->p.talkers, prepare_work, prepare_done, c->calls->p.control, s);
    if (err) {
        c->stepping = false;
        obj_unref(c);
        free(s);
    }
    return err;
}
