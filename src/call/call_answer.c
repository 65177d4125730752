/* call_answer.c - who answered, in a live call: the detector (answer.h) listens beside turn taking until a machine is certain; then it takes the
 * call over (machine.h), and gives it back when a person is there.
 *
 *   off (inbound) . WATCHING --a machine--> HOLDING --a person--> off, turn taking from the opening on
 *                       | a conversation is under way
 *                       v
 *                      off */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "call/call_priv.h"

#include "base/banned.h"

enum { TURNS_OF_A_CONVERSATION = 3, GREETINGS_MAX = 2 };

static void act(struct call *c, unsigned actions);
static void act_on_machine(struct call *c, unsigned actions);

/* --- what is written --- */

static const char *message_state_name(enum message_state s)
{
    static const char *const names[] = {NULL, "begun", "delivered", "broken_off"};

    return names[s];
}

static void journal_evidence(struct call *c)
{
    const struct call_answer *ca = &c->answer;
    json_t *j = answer_json(&ca->answer);

    if (ca->message != MESSAGE_NONE)
        jx_set(j, "message", json_pack("{s:s,s:i}", "state", message_state_name(ca->message), "at_ms", ca->message_at_ms));
    else
        jx_set(j, "message", json_null());
    jx_set(j, "person_at_ms", ca->person_at_ms > 0 ? json_integer(ca->person_at_ms) : json_null());
    if (ca->machine.who != ANSWER_UNCERTAIN && ca->machine.who != ca->answer.verdict.who) /* a mailbox that turned out to be full */
        jx_set_str(j, "turned_out", answer_who_name(ca->machine.who));
    journal_answered_by(c, j);
}

static int now_ms(const struct call *c)
{
    return (int)call_offset_ms(c, clock_mono_us());
}

/* What a machine says is in the transcript, and is no turn. */
static void note_words(struct call *c, const char *text)
{
    int64_t from = call_offset_ms(c, c->answer.voice_us), to = call_offset_ms(c, c->answer.quiet_us);

    if (text[0] != '\0')
        journal_turn(c, ++*c->turn_seq, "prospect", answer_who_name(c->answer.machine.who), text, from, to > from ? to : from, 0, false, NULL);
}

/* --- timers --- */

static void on_timer(void *arg)
{
    struct call *c = arg;
    int64_t now_us = clock_mono_us();

    if (c->answer.state == CALL_ANSWER_HOLDING)
        act_on_machine(c, machine_on_timer(&c->answer.machine, now_us));
    else if (c->answer.state == CALL_ANSWER_WATCHING)
        act(c, answer_on_timer(&c->answer.answer, now_us));
}

static void arm(struct call *c)
{
    struct call_answer *ca = &c->answer;
    int64_t due = ca->state == CALL_ANSWER_HOLDING ? ca->machine.deadline_us : ca->state == CALL_ANSWER_WATCHING ? ca->answer.deadline_us : 0;

    if (due == 0)
        timer_cancel(&ca->timer);
    else
        timer_start(&ca->timer, due > clock_mono_us() ? (due - clock_mono_us() + 999) / 1000 : 0, on_timer, c);
}

/* --- the call changes hands --- */

/* Our voice and the turn under way belong to nobody any more. */
static void clear_turn(struct call *c)
{
    c->turn_done = false;
    c->answer.forget_below = c->speak.next_seq;
    speak_stop(&c->speak);
    mport_resume(c->port, 0); /* an onset may have paused it */
    speak_release(&c->speak);
    call_forget_cut(c);
    turn_init(&c->turn, c->turn.params);
    call_turn_timer(c);
}

static void hold(struct call *c)
{
    struct call_answer *ca = &c->answer;
    const struct answer *a = &ca->answer;

    log_info("call", c->id, "a machine answered: %s by %s after %d ms", answer_who_name(a->verdict.who), answer_rule_name(a->verdict.rule), a->verdict.at_ms);
    ca->state = CALL_ANSWER_HOLDING;
    ca->machine.who = a->verdict.who;
    note_words(c, c->turn.text);
    clear_turn(c);
    act_on_machine(c, machine_begin(&ca->machine, &machine_params_default, a, clock_mono_us()));
}

static void let_person(struct call *c)
{
    struct call_answer *ca = &c->answer;

    log_info("call", c->id, "a person is there after the machine");
    ca->person_at_ms = now_ms(c);
    if (ca->message == MESSAGE_BEGUN)
        ca->message = MESSAGE_BROKEN_OFF;
    ca->state = CALL_ANSWER_OFF;
    c->talk_over = c->hangup_when_said = false;
    clear_turn(c);
    journal_evidence(c);
    call_input_kind(c, TALK_IN_PERSON);
}

static enum talk_machine talk_machine_of(const struct call *c)
{
    const struct call_answer *ca = &c->answer;

    switch (ca->machine.who) {
    case ANSWER_VOICEMAIL_FULL: return TALK_VOICEMAIL_FULL;
    case ANSWER_IVR: return TALK_IVR;
    case ANSWER_SCREENING: return TALK_SCREENED;
    case ANSWER_SIT: return ca->answer.verdict.no_such_number ? TALK_NO_SERVICE : TALK_NO_CIRCUIT;
    case ANSWER_FAX: return TALK_FAX;
    case ANSWER_VOICEMAIL:
    case ANSWER_UNCERTAIN:
    case ANSWER_HUMAN:
    case ANSWER_SILENCE: return TALK_VOICEMAIL_MISSED;
    }
    return TALK_VOICEMAIL_MISSED;
}

static void leave(struct call *c)
{
    if (c->answer.message == MESSAGE_BEGUN)
        c->answer.message = MESSAGE_BROKEN_OFF;
    journal_evidence(c);
    call_input(c, &(struct call_input){.in = {.kind = TALK_IN_MACHINE, .machine = talk_machine_of(c)}});
}

static void leave_message(struct call *c)
{
    c->answer.message = MESSAGE_BEGUN;
    c->answer.message_at_ms = now_ms(c);
    call_input(c, &(struct call_input){.in = {.kind = TALK_IN_MACHINE, .machine = TALK_VOICEMAIL}});
}

static void act_on_machine(struct call *c, unsigned actions)
{
    if (actions & MACHINE_ACT_MESSAGE)
        leave_message(c);
    if (actions & MACHINE_ACT_STATE)
        call_input_kind(c, TALK_IN_SCREENER);
    if (actions & MACHINE_ACT_PERSON)
        let_person(c);
    if (actions & MACHINE_ACT_LEAVE)
        leave(c);
    arm(c);
}

static void act(struct call *c, unsigned actions)
{
    struct call_answer *ca = &c->answer;

    if (actions & ANSWER_ACT_PARTIAL) /* the first one only hastens a presumption */
        (void)(ca->answer.partials == 1 ? ears_partial_if_idle(c->ears, ca->utterance) : ears_partial(c->ears, ca->utterance));
    if (actions & ANSWER_ACT_VERDICT) {
        journal_evidence(c);
        if (answer_is_machine(ca->answer.verdict.who)) {
            hold(c);
            return;
        }
    }
    arm(c);
    if (!answer_in_doubt(&ca->answer))
        call_turn_check(c);
}

/* --- what the call tells --- */

void call_answer_start(struct call *c)
{
    struct call_answer *ca = &c->answer;
    int64_t rang_ms = c->ringing_ms > 0 ? c->answered_ms - c->ringing_ms : 0;

    if (c->inbound)
        return; /* who calls is a person */
    ca->state = CALL_ANSWER_WATCHING;
    answer_init(&ca->answer, &answer_params_default, c->calls->greetings, c->answered_us, (int)rang_ms);
    arm(c);
}

static unsigned feed_machine(struct machine *m, const struct tap_event *ev)
{
    switch (ev->kind) {
    case TAP_SPEECH_START: return machine_on_voice(m, ev->at_us);
    case TAP_SPEECH_STOP: return machine_on_quiet(m, ev->at_us);
    case TAP_SPEECH_CUT: return 0;
    case TAP_TONE: return machine_on_tone(m, &ev->tone, ev->at_us);
    }
    return 0;
}

bool call_answer_tap(struct call *c, const struct tap_event *ev)
{
    struct call_answer *ca = &c->answer;

    if (ev->kind == TAP_SPEECH_START) {
        ca->utterance = ev->utterance;
        ca->voice_us = ev->at_us;
        c->turn_done = c->turn_done && !answer_in_doubt(&ca->answer); /* they go on, so their turn was not over */
    } else if (ev->kind == TAP_SPEECH_STOP) {
        ca->quiet_us = ev->at_us;
    }
    if (ca->state == CALL_ANSWER_HOLDING)
        act_on_machine(c, feed_machine(&ca->machine, ev));
    else if (ca->state == CALL_ANSWER_WATCHING)
        act(c, answer_on_tap(&ca->answer, ev));
    return ca->state == CALL_ANSWER_HOLDING;
}

bool call_answer_text(struct call *c, const struct ears_result *r)
{
    struct call_answer *ca = &c->answer;
    const char *text = r->err ? "" : r->text;
    bool held = ca->state == CALL_ANSWER_HOLDING;

    if (held && r->final) {
        note_words(c, text);
        act_on_machine(c, machine_on_text(&ca->machine, text, clock_mono_us()));
    } else if (ca->state == CALL_ANSWER_WATCHING && (r->final || text[0] != '\0')) {
        act(c, answer_on_text(&ca->answer, text, r->final, clock_mono_us()));
        if (r->final && ca->state == CALL_ANSWER_HOLDING)
            note_words(c, text);
    }
    return held || ca->state == CALL_ANSWER_HOLDING;
}

bool call_answer_holds(const struct call *c)
{
    return c->answer.state == CALL_ANSWER_HOLDING;
}

bool call_answer_waits(const struct call *c)
{
    return c->answer.state == CALL_ANSWER_WATCHING && answer_in_doubt(&c->answer.answer);
}

bool call_answer_open(const struct call *c)
{
    return c->answer.state == CALL_ANSWER_WATCHING && c->answer.answer.verdict.rule == ANSWER_BY_NOTHING;
}

/* "Brightline Plumbing, this is Marcus, how can I help you?" over our opening: they hear it from its beginning. */
bool call_answer_greeted(struct call *c)
{
    struct call_answer *ca = &c->answer;
    struct greeting g;

    if (ca->state != CALL_ANSWER_WATCHING || ca->turns > 0 || ca->greetings >= GREETINGS_MAX || c->cut_count == 0)
        return false;
    greeting_read(&g, c->calls->greetings, c->turn.text);
    if (g.points[GREETING_OFFER] < GREETING_SURE || greeting_machine(&g, GREETING_SURE) != GREETING_KINDS)
        return false;
    ca->greetings++;
    return true;
}

bool call_answer_forgets(const struct call *c, const struct sentence *s)
{
    return s->seq < c->answer.forget_below;
}

/* Before a conversation, what the talk decided for a person comes too late once a machine holds the call, and the other way round. */
bool call_answer_allows(const struct call *c, enum talk_input_kind kind)
{
    bool for_machine = kind == TALK_IN_MACHINE || kind == TALK_IN_SCREENER;

    return c->answer.state == CALL_ANSWER_OFF ? !(for_machine && c->answer.person_at_ms > 0) : for_machine == call_answer_holds(c);
}

void call_answer_spoken(struct call *c)
{
    struct call_answer *ca = &c->answer;

    if (ca->message == MESSAGE_BEGUN && ca->message_heard) {
        ca->message = MESSAGE_DELIVERED;
        journal_evidence(c);
    }
    act_on_machine(c, machine_on_spoken(&ca->machine, clock_mono_us()));
}

void call_answer_started(struct call *c)
{
    c->answer.message_heard |= call_answer_holds(c) && c->answer.message == MESSAGE_BEGUN;
}

/* A turn of the prospect is answered. Behind the opening it is a person, whatever is said. */
void call_answer_turn(struct call *c)
{
    struct call_answer *ca = &c->answer;

    if (ca->state == CALL_ANSWER_WATCHING && (++ca->turns >= TURNS_OF_A_CONVERSATION || (c->stage[0] != '\0' && strcmp(c->stage, "opening") != 0)))
        call_answer_stop(c);
}

void call_answer_stop(struct call *c)
{
    struct call_answer *ca = &c->answer;

    timer_cancel(&ca->timer);
    if (ca->message == MESSAGE_BEGUN) {
        ca->message = MESSAGE_BROKEN_OFF;
        journal_evidence(c);
    }
    answer_close(&ca->answer);
    ca->state = CALL_ANSWER_OFF;
}
