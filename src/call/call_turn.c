/* call_turn.c - turn taking in a live call: what the ears tell, barge-in and its undoing, hold. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "call/call_priv.h"
#include "talk/talk_lines.h"

#include "base/banned.h"

enum {
    RESTART_BELOW_MS = 1500, /* a sentence cut off earlier than this is begun again */
    OVERLAP_MS = 250,        /* a later one goes on a little before the cut */
    ANSWERED_PART = 60,      /* percent of a question heard that lets "yes" count as its answer */
    NOISE_BELOW_US = 400000, /* voiced for less without a word: nobody spoke */
};

/* Between humans, and after the end, nobody listens for turns. */
bool call_ai_talks(const struct call *c)
{
    return c->state == CALL_TALKING || c->state == CALL_HANDOFF;
}

/* A machine takes no turns. */
static bool takes_turns(const struct call *c)
{
    return call_ai_talks(c) && !call_answer_holds(c);
}

/* --- ears --- */

/* What we were saying ourselves when they interrupted, or seemed to. */
static const char *our_words(const struct call *c)
{
    bool over_us = c->turn.state == TURN_PAUSED || c->turn.overlap;

    return over_us && speak_busy(&c->speak) ? c->speak.queue[0]->text : "";
}

static const char *understood(const struct call *c, const struct ears_result *r)
{
    return r->err || turn_text_echo(r->text, our_words(c)) ? "" : r->text;
}

/* A final that became part of the turn's text counts for how well the turn was heard. */
static void weigh(struct call *c, const struct ears_result *r, size_t before)
{
    if (before == 0)
        c->certainty = (struct hearing_sum){0};
    if (strlen(c->turn.text) > before)
        hearing_add(&c->certainty, r->text, r->confidence);
}

static unsigned take_final(struct call *c, const struct ears_result *r)
{
    size_t before = strlen(c->turn.text);
    unsigned actions = turn_on_final(&c->turn, r->utterance, understood(c, r), clock_mono_us());

    weigh(c, r, before);
    return actions;
}

static void on_ears(const struct ears_result *r, void *arg)
{
    struct call *c = arg;
    unsigned actions;

    if (call_between_text(c, r) || !call_ai_talks(c) || call_answer_text(c, r))
        return;
    if (r->err && r->final)
        log_warn("call", c->id, "recogniser: %s", strerror(r->err));
    actions = r->final ? take_final(c, r) : turn_on_partial(&c->turn, r->utterance, understood(c, r), clock_mono_us());
    call_turn_act(c, actions);
}

static unsigned feed_turn(struct call *c, const struct tap_event *ev)
{
    switch (ev->kind) {
    case TAP_SPEECH_START:
        if (speak_only_asides(&c->speak) && c->turn.state != TURN_SPEAKING && c->turn.state != TURN_PAUSED)
            speak_stop(&c->speak); /* they speak on: no filler, no nod */
        if (c->turn.state == TURN_SPEAKING)
            c->barge.silent = 0; /* of this interruption it is not known yet */
        c->barge.began = ev->onset_us > 0 && ev->onset_us < ev->at_us ? ev->onset_us : ev->at_us;
        c->barge.detected = ev->seen_us;
        if (c->turn.speech_began_us == 0)
            c->overlap = (struct overlap_ms){0}; /* of what was no turn */
        return turn_on_vad_start(&c->turn, ev->at_us);
    case TAP_SPEECH_STOP:
        overlap_theirs(&c->overlap, &c->voice, c->barge.began, ev->at_us);
        return turn_on_vad_stop(&c->turn, ev->utterance, ev->at_us);
    case TAP_SPEECH_CUT:
        return turn_on_cut(&c->turn, ev->utterance);
    case TAP_TONE:
        return 0;
    }
    return 0;
}

static void on_tap(const struct tap_event *ev, void *owner)
{
    struct call *c = owner;

    if (!call_between_tap(c, ev) && call_ai_talks(c) && !call_answer_tap(c, ev) && (!c->held || c->turn.state == TURN_HEARING)) /* the hold ends an utterance; what sounds afterwards is none */
        call_turn_act(c, feed_turn(c, ev));
}

int call_turn_start(struct call *c)
{
    const struct calls_params *p = &c->calls->p;
    int err = ears_open(&c->ears, p->speech, p->control, on_ears, c);

    call_between_start(c);
    if (err)
        return err;
    return tap_attach(c->port, &(struct tap_params){.model = p->vad, .ears = c->ears, .overhearing = scribe_ears(c->scribe), .hearing = &c->hearing, .flinches = &c->flinches, .tones = !c->inbound, .control = p->control, .fn = on_tap, .owner = c});
}

/* --- the end of the prospect's turn --- */

static void key_check(struct call *c);

static int resume_at(const struct sentence *s)
{
    int done = s->skip_ms + s->heard_ms;

    return done < RESTART_BELOW_MS ? 0 : done - OVERLAP_MS;
}

/* Was so much of this question heard that a short word is its answer? */
static bool heard_enough(const struct sentence *q, int heard_ms)
{
    return (q->skip_ms + heard_ms) * 100 >= (q->skip_ms + q->total_ms) * ANSWERED_PART;
}

/* Was the interruption no answer (a greeting, "uh-huh", a cough)? Then we go on where we were. A short word near the end of the question that
 * we were asking is an answer. */
static bool interruption_is_void(const struct call *c)
{
    if (c->cut_count == 0)
        return false;
    if (c->turn.text[0] == '\0')
        return true;
    if (!turn_text_backchannel(c->turn.text))
        return false;
    return c->cut_count > 1 || !c->turn.listening_wanted || c->cut[0]->started_us == 0 || !heard_enough(c->cut[0], c->cut[0]->heard_ms);
}

static void let_speak(struct call *c)
{
    if (!c->held)
        speak_release(&c->speak);
}

static void resume_speech(struct call *c)
{
    turn_void(&c->turn);
    for (size_t i = 0; i < c->cut_count; i++)
        if (speak_again(&c->speak, c->cut[i], resume_at(c->cut[i])) != 0)
            log_warn("call", c->id, "an interrupted sentence is lost");
    call_forget_cut(c);
    let_speak(c);
    if (speak_busy(&c->speak))
        (void)turn_on_speak(&c->turn);
    else
        call_turn_spoken(c);
}

void call_turn_heard(struct call *c, const struct sentence *s)
{
    int total_ms = s->started_us > 0 ? s->skip_ms + s->total_ms : talk_spoken_ms(s->text);
    int heard_ms = s->skip_ms + s->heard_ms;

    call_input(c, &(struct call_input){.in = {.kind = TALK_IN_HEARD, .said = s->said, .heard_ms = heard_ms, .total_ms = total_ms}});
}

/* What the prospect did not hear counts as not said. */
static void tell_unheard(struct call *c)
{
    for (size_t i = 0; i < c->cut_count; i++)
        call_turn_heard(c, c->cut[i]);
    call_forget_cut(c);
}

static void note_prospect_turn(struct call *c)
{
    const struct turn *t = &c->turn;
    int64_t began = t->speech_began_us > 0 ? t->speech_began_us : t->last_voiced_us;

    c->prospect_seq = ++*c->turn_seq;
    journal_turn(c, c->prospect_seq, "prospect", c->stage, t->text, call_offset_ms(c, began), call_offset_ms(c, t->last_voiced_us), 0, false, call_prospect_ledger(c));
}

/* A click or a cough while we were silent. */
static bool is_noise(const struct turn *t)
{
    return t->text[0] == '\0' && t->voiced_us < NOISE_BELOW_US;
}

static void answer_turn(struct call *c)
{
    struct call_input in = {.in = {.kind = TALK_IN_TEXT, .person = true, .confidence = c->turn.text[0] != '\0' ? hearing_confidence(&c->certainty) : 0}};

    call_answer_turn(c);
    tell_unheard(c);
    memcpy(in.text, c->turn.text, sizeof in.text);
    in.speech_end_us = c->turn.last_voiced_us;
    in.end_of_turn_us = c->turn.end_of_turn_us;
    in.final_us = c->turn.final_us;
    turn_next(&c->turn);
    call_input(c, &in);
}

static void on_turn_done(struct call *c)
{
    c->turn_done = false;
    if (!speak_only_asides(&c->speak))
        speak_stop(&c->speak); /* sentences held back while they spoke join those that were cut off */
    let_speak(c);
    if (c->turn.text[0] != '\0')
        note_prospect_turn(c);
    if (call_answer_greeted(c) || interruption_is_void(c)) {
        resume_speech(c);
    } else if (c->talk_over) {
        call_hangup(c, "us");
    } else if (is_noise(&c->turn)) {
        turn_void(&c->turn);
        if (!speak_busy(&c->speak))
            call_turn_spoken(c);
    } else {
        answer_turn(c);
    }
}

/* A key is an answer too, and a quick one: we stop and let the talk decide. */
void call_turn_key(struct call *c, char digit)
{
    c->key = digit;
    speak_stop(&c->speak);
    key_check(c);
}

static void key_check(struct call *c)
{
    struct call_input in = {.in = {.kind = TALK_IN_DTMF, .digit = c->key}};

    if (c->key == '\0' || speak_stopping(&c->speak))
        return;
    c->key = '\0';
    tell_unheard(c);
    call_input(c, &in);
}

/* --- hold --- */

/* Whatever they were asked, or were being told, when they went away is said and asked now. A turn of theirs that is under way decides by itself. */
static void back_check(struct call *c)
{
    if (!c->back || speak_stopping(&c->speak))
        return;
    c->back = false;
    if (turn_prospect_speaks(&c->turn) || c->turn.state == TURN_DECIDING)
        speak_release(&c->speak);
    else
        resume_speech(c);
}

void call_turn_hold(struct call *c, bool on)
{
    c->held = on;
    c->back = !on && call_ai_talks(c);
    call_between_hearing(c);
    if (!call_ai_talks(c))
        return;
    if (on) {
        speak_hold(&c->speak);
        speak_stop(&c->speak);
    }
    call_turn_timer(c);
    back_check(c);
}

/* How much of our sentences was heard is known when the media thread has stopped them all: a frame later. */
void call_turn_check(struct call *c)
{
    key_check(c);
    if (c->turn_done && !speak_stopping(&c->speak) && !call_answer_waits(c))
        on_turn_done(c);
    back_check(c);
}

static void on_turn_timer(void *arg)
{
    struct call *c = arg;

    if (takes_turns(c))
        call_turn_act(c, turn_on_timer(&c->turn, clock_mono_us()));
}

void call_turn_timer(struct call *c)
{
    atomic_store_explicit(&c->flinches, takes_turns(c) && !c->held && turn_may_pause(&c->turn), memory_order_relaxed);
    if (c->turn.deadline_us == 0 || !takes_turns(c) || (c->held && !turn_prospect_speaks(&c->turn)))
        timer_cancel(&c->turn_timer);
    else
        timer_start(&c->turn_timer, (c->turn.deadline_us - clock_mono_us() + 999) / 1000, on_turn_timer, c);
}

/* Words that were no turn are in the transcript all the same. */
static void note_aside(struct call *c)
{
    int64_t began = c->barge.began > c->answered_us ? c->barge.began : clock_mono_us();

    journal_turn(c, ++*c->turn_seq, "prospect", c->stage, c->turn.aside, call_offset_ms(c, began), call_offset_ms(c, clock_mono_us()), 0, false,
                 call_aside_ledger(c));
}

/* A filler or a nod. In a pause of theirs it does not make the turn ours. */
static void say_aside(struct call *c, enum talk_line line)
{
    const struct wordings *w = talk_lines(c->scenario->language, line);

    if (c->held || c->talk_over || w->n == 0 || call_answer_open(c)) /* a machine is not kept company */
        return;
    if (!turn_prospect_speaks(&c->turn))
        (void)turn_on_speak(&c->turn);
    speak_aside(&c->speak, w->text[c->asides++ % w->n]);
    if (!speak_busy(&c->speak))
        call_turn_spoken(c);
}

/* Our voice, paused or not: what the machine decided. */
static void act_on_voice(struct call *c, unsigned actions)
{
    if (actions & TURN_ACT_PAUSE)
        speak_pause(&c->speak);
    if ((actions & TURN_ACT_RESUME) && !c->held) {
        speak_resume(&c->speak);
        if (speak_sounds(&c->speak))
            overlap_ours_began(&c->voice, clock_mono_us());
    }
    if (actions & TURN_ACT_STOP) {
        c->barge.decided = clock_mono_us();
        speak_stop(&c->speak);
    }
    if (actions & TURN_ACT_ASIDE)
        note_aside(c);
    if (actions & TURN_ACT_FILL)
        say_aside(c, LINE_WAIT);
    if (actions & TURN_ACT_NOD)
        say_aside(c, LINE_NOD);
}

/* An onset or we ourselves paused our voice. */
void call_turn_paused(struct call *c, const struct media_event *ev)
{
    const struct sentence *s = speak_find(&c->speak, ev->seq);
    bool answerable = s != NULL && speak_behind(&c->speak, ev->seq) == 0 && c->turn.listening_wanted && heard_enough(s, ev->played_ms);

    c->barge.silent = ev->at_us;
    overlap_ours_ended(&c->voice, ev->at_us, false);
    if (takes_turns(c))
        call_turn_act(c, turn_on_paused(&c->turn, ev->at_us, answerable));
    else {
        mport_resume(c->port, 0);
        overlap_ours_began(&c->voice, ev->at_us);
    }
}

void call_turn_act(struct call *c, unsigned actions)
{
    act_on_voice(c, actions);
    if (actions & TURN_ACT_DONE) {
        c->turn_done = true;
        call_turn_check(c);
    }
    if (c->turn.state == TURN_ENDPOINT && c->turn.pending == 0)
        call_foresee(c, c->turn.text);
    if (actions & TURN_ACT_SILENCE)
        call_input(c, &(struct call_input){.in = {.kind = TALK_IN_SILENCE, .silence_ms = c->turn.silence_ms}});
    call_turn_timer(c);
}

/* All that we had to say was said. */
void call_turn_spoken(struct call *c)
{
    if (call_answer_holds(c))
        call_answer_spoken(c);
    if (c->hangup_when_said) {
        call_hangup(c, "us");
        return;
    }
    turn_on_spoken(&c->turn, clock_mono_us());
    call_turn_timer(c);
}
