/* call_end.c - the end of a call: whoever hung up, the result is taken, written with its next step, and the slot is free. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "call/call_priv.h"

#include "base/banned.h"

static void unlink_call(struct call *c)
{
    struct calls *cs = c->calls;

    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        cs->first = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    cs->count--;
}

static void on_recording_done(void *arg)
{
    struct call *c = arg;

    c->recording_done = true;
    call_end_check(c);
    obj_unref(c);
}

static void end_recording(struct call *c)
{
    if (c->recorder == NULL) {
        c->recording_done = true;
        return;
    }
    mport_record(c->port, NULL);
    recorder_close(c->recorder, c->calls->p.control, on_recording_done, obj_ref(c));
}

/* The leg is gone (or never was): stop everything that hung on it; the talk hears of it. */
void call_leg_over(struct call *c)
{
    enum call_state was = c->state;
    const struct call_ports *ports = &c->calls->p.ports;

    if (c->leg_over)
        return;
    c->leg_over = true;
    c->ended_ms = clock_now_ms();
    timer_cancel(&c->turn_timer);
    call_answer_stop(c);
    timer_cancel(&c->cap_timer);
    if (c->ears != NULL)
        ears_close(c->ears);
    if ((was == CALL_HANDOFF || was == CALL_BRIDGED) && ports->handoff_cancel != NULL)
        ports->handoff_cancel(c, strcmp(c->ended_by, "prospect") == 0 ? "prospect_hung_up" : "call_ended", ports->arg);
    end_recording(c);
    c->speak.port = NULL;
    speak_clear(&c->speak);
    c->input_count = 0;
    if (c->answered_us > 0)
        call_input_kind(c, TALK_IN_HANGUP);
    call_set_state(c, CALL_ENDED);
    call_end_check(c);
}

/* Whose line died did not hang up: the retry by rule is another one. */
static const char *outcome_of(const struct call *c, const json_t *result)
{
    const char *outcome = jx_str(result, "outcome", "hung_up");

    if (result == NULL || (c->sip_outcome == LEG_MEDIA_FAILED && strcmp(outcome, "hung_up") == 0))
        return leg_outcome_name(c->sip_outcome);
    return outcome;
}

static json_t *final_json(struct call *c)
{
    json_t *result = c->answered_us > 0 && c->talk != NULL ? talk_result(c->talk, c->ended_ms) : NULL;
    json_t *brief = result != NULL ? talk_brief(c->talk, c->ended_ms) : NULL;
    json_t *f = json_object();

    jx_set_str(f, "outcome", outcome_of(c, result));
    jx_set_str(f, "sip_outcome", leg_outcome_name(c->sip_outcome));
    jx_set_int(f, "sip_code", c->sip_code);
    jx_set_str(f, "sip_call_id", c->leg != NULL ? leg_sip_call_id(c->leg) : NULL);
    jx_set_str(f, "ended_by", c->ended_by[0] != '\0' ? c->ended_by : "us");
    jx_set_int(f, "ended_at", c->ended_ms);
    jx_set_int(f, "duration_ms", c->answered_ms > 0 ? c->ended_ms - c->answered_ms : 0);
    jx_set_bool(f, "answered", c->answered_us > 0);
    jx_set_bool(f, "bridged", c->bridged);
    jx_set_str(f, "recording", c->recording[0] != '\0' ? c->recording : NULL);
    jx_set_int(f, "recording_ms", c->recorder != NULL ? recorder_ms(c->recorder) : 0);
    jx_set_int(f, "first_audio_ms", c->first_audio_ms);
    jx_set(f, "lead", json_incref(c->lead));
    jx_set(f, "result", result);
    jx_set(f, "brief", brief);
    return f;
}

/* Called after whatever might have been the last thing missing. */
void call_end_check(struct call *c)
{
    if (!c->leg_over || c->stepping || c->foreseeing || c->input_count > 0 || !c->recording_done || c->finished)
        return;
    c->finished = true;
    log_info("call", c->id, "ended by %s: %s", c->ended_by, leg_outcome_name(c->sip_outcome));
    journal_ended(c, final_json(c));
}

/* journal.c calls this when the end is durable. */
void call_finished(struct call *c)
{
    struct calls *cs = c->calls;

    unlink_call(c);
    if (cs->p.ports.ended != NULL)
        cs->p.ports.ended(c, cs->p.ports.arg);
    obj_unref(c);
    if (cs->closing && cs->count == 0)
        (void)loop_post(cs->p.control, cs->closed_fn, cs->closed_arg);
}
