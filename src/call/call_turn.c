/* call_turn.c - turn taking in a live call: what the ears tell, what was said, barge-in and its undoing. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "call/call_priv.h"

#include "base/banned.h"

enum {
    RESTART_BELOW_MS = 1500, /* a sentence cut off earlier than this is begun again */
    OVERLAP_MS = 250,        /* a later one goes on a little before the cut */
    ANSWERED_PART = 60,      /* percent of a question heard that lets "yes" count as its answer */
    NOISE_BELOW_US = 400000, /* voiced for less without a word: nobody spoke */
    UNSPOKEN_MAX = 3,        /* sentences in a row without voice that end the call */
};

/* Between humans, and after the end, nobody listens for turns. */
static bool ai_talks(const struct call *c)
{
    return c->state == CALL_TALKING || c->state == CALL_HANDOFF;
}

/* --- ears --- */

static void on_ears(const struct ears_result *r, void *arg)
{
    struct call *c = arg;
    unsigned actions;

    if (!r->final || !ai_talks(c))
        return;
    if (r->err)
        log_warn("call", c->id, "recogniser: %s", strerror(r->err));
    actions = turn_on_final(&c->turn, r->utterance, r->err ? "" : r->text, clock_mono_us());
    call_turn_act(c, actions);
}

static void on_voice_after_bridge(struct call *c)
{
    if (c->state != CALL_BRIDGED || c->heard_after_bridge)
        return;
    c->heard_after_bridge = true;
    if (c->calls->p.ports.prospect_heard != NULL)
        c->calls->p.ports.prospect_heard(c, c->calls->p.ports.arg);
}

static unsigned feed_turn(struct call *c, const struct tap_event *ev)
{
    switch (ev->kind) {
    case TAP_SPEECH_START:
        return turn_on_vad_start(&c->turn, ev->at_us);
    case TAP_SPEECH_STOP:
        return turn_on_vad_stop(&c->turn, ev->utterance, ev->at_us);
    case TAP_SPEECH_CUT:
        return turn_on_cut(&c->turn, ev->utterance);
    }
    return 0;
}

static void on_tap(const struct tap_event *ev, void *owner)
{
    struct call *c = owner;

    if (ev->kind == TAP_SPEECH_START)
        on_voice_after_bridge(c);
    if (ai_talks(c))
        call_turn_act(c, feed_turn(c, ev));
}

int call_turn_start(struct call *c)
{
    const struct calls_params *p = &c->calls->p;
    int err = ears_open(&c->ears, p->speech, p->control, on_ears, c);

    if (err)
        return err;
    return tap_attach(c->port, &(struct tap_params){.model = p->vad, .ears = c->ears, .muted = &c->between_humans, .control = p->control, .fn = on_tap, .owner = c});
}

/* --- the end of the prospect's turn --- */

static void key_check(struct call *c);

void call_forget_cut(struct call *c)
{
    for (size_t i = 0; i < c->cut_count; i++) {
        obj_unref(c->cut[i]->clip);
        free(c->cut[i]);
    }
    c->cut_count = 0;
}

static int resume_at(const struct sentence *s)
{
    int done = s->skip_ms + s->heard_ms;

    return done < RESTART_BELOW_MS ? 0 : done - OVERLAP_MS;
}

/* Was the interruption no answer (a greeting, "uh-huh", a cough)? Then we go on where we were. A short word near the end of the question that
 * we were asking is an answer. */
static bool interruption_is_void(const struct call *c)
{
    const struct sentence *q;

    if (c->cut_count == 0)
        return false;
    if (c->turn.text[0] == '\0')
        return true;
    if (!turn_text_backchannel(c->turn.text))
        return false;
    q = c->cut[0];
    return c->cut_count > 1 || !c->turn.listening_wanted || q->started_us == 0 || (q->skip_ms + q->heard_ms) * 100 < (q->skip_ms + q->total_ms) * ANSWERED_PART;
}

static void resume_speech(struct call *c)
{
    turn_void(&c->turn);
    for (size_t i = 0; i < c->cut_count; i++)
        if (speak_again(&c->speak, c->cut[i], resume_at(c->cut[i])) != 0)
            log_warn("call", c->id, "an interrupted sentence is lost");
    call_forget_cut(c);
    speak_release(&c->speak);
    if (speak_busy(&c->speak))
        (void)turn_on_speak(&c->turn);
    else
        call_turn_spoken(c);
}

static void tell_heard(struct call *c, const struct sentence *s)
{
    int total_ms = s->started_us > 0 ? s->skip_ms + s->total_ms : talk_spoken_ms(s->text);
    int heard_ms = s->skip_ms + s->heard_ms;

    call_input(c, &(struct call_input){.in = {.kind = TALK_IN_HEARD, .said = s->said, .heard_ms = heard_ms, .total_ms = total_ms}});
}

/* What the prospect did not hear counts as not said. */
static void tell_unheard(struct call *c)
{
    for (size_t i = 0; i < c->cut_count; i++)
        tell_heard(c, c->cut[i]);
    call_forget_cut(c);
}

static void note_prospect_turn(struct call *c)
{
    const struct turn *t = &c->turn;
    int64_t began = t->speech_began_us > 0 ? t->speech_began_us : t->last_voiced_us;

    c->prospect_seq = ++c->turn_seq;
    journal_turn(c, c->prospect_seq, "prospect", c->stage, t->text, call_offset_ms(c, began), call_offset_ms(c, t->last_voiced_us), 0, false, NULL);
}

/* A click or a cough while we were silent. */
static bool is_noise(const struct turn *t)
{
    return t->text[0] == '\0' && t->voiced_us < NOISE_BELOW_US;
}

static void answer_turn(struct call *c)
{
    struct call_input in = {.in = {.kind = TALK_IN_TEXT}};

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
    speak_stop(&c->speak); /* sentences held back while they spoke join those that were cut off */
    speak_release(&c->speak);
    if (c->turn.text[0] != '\0')
        note_prospect_turn(c);
    if (interruption_is_void(c)) {
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

/* How much of our sentences was heard is known when the media thread has stopped them all: a frame later. */
static void turn_done_check(struct call *c)
{
    key_check(c);
    if (c->turn_done && !speak_stopping(&c->speak))
        on_turn_done(c);
}

static void on_turn_timer(void *arg)
{
    struct call *c = arg;

    if (ai_talks(c))
        call_turn_act(c, turn_on_timer(&c->turn, clock_mono_us()));
}

void call_turn_timer(struct call *c)
{
    if (c->turn.deadline_us == 0 || !ai_talks(c))
        timer_cancel(&c->turn_timer);
    else
        timer_start(&c->turn_timer, (c->turn.deadline_us - clock_mono_us() + 999) / 1000, on_turn_timer, c);
}

void call_turn_act(struct call *c, unsigned actions)
{
    if (actions & TURN_ACT_STOP)
        speak_stop(&c->speak);
    if (actions & TURN_ACT_DONE) {
        c->turn_done = true;
        turn_done_check(c);
    }
    if (actions & TURN_ACT_SILENCE)
        call_input(c, &(struct call_input){.in = {.kind = TALK_IN_SILENCE, .silence_ms = c->turn.silence_ms}});
    call_turn_timer(c);
}

/* --- our side --- */

void call_turn_spoken(struct call *c)
{
    if (c->hangup_when_said) {
        call_hangup(c, "us");
        return;
    }
    turn_on_spoken(&c->turn, clock_mono_us());
    call_turn_timer(c);
}

static int *sentence_row(struct call *c, const struct sentence *s)
{
    return &c->sentence_seq[s->seq % SPEAK_QUEUE_MAX];
}

static double since_ms(int64_t from, int64_t to)
{
    return to > from ? (double)(to - from) / 1000.0 : 0.0;
}

static json_t *ledger_json(struct call *c)
{
    struct call_ledger *l = &c->ledger;
    int64_t t = l->speech_end;

    l->open = false;
    return json_pack("{s:I,s:f,s:f,s:f,s:f,s:f}", "speech_end_ms", (json_int_t)call_offset_ms(c, t), "end_of_turn", since_ms(t, l->end_of_turn), "stt_final",
                     since_ms(t, l->stt_final), "decided", since_ms(t, l->decided), "first_audio_queued", since_ms(t, l->queued), "first_rtp", since_ms(t, l->first_rtp));
}

static void on_started(struct call *c, const struct sentence *s, int64_t at_us)
{
    int64_t at_ms = call_offset_ms(c, at_us);
    json_t *ledger = NULL;

    c->unspoken = 0;
    if (c->first_audio_ms < 0)
        c->first_audio_ms = (int)at_ms;
    if (c->ledger.open) {
        c->ledger.queued = s->queued_us;
        c->ledger.first_rtp = at_us;
        ledger = ledger_json(c);
    }
    *sentence_row(c, s) = ++c->turn_seq;
    journal_turn(c, c->turn_seq, "ai", s->topic, s->text, at_ms, at_ms + s->total_ms, s->total_ms, false, ledger);
    call_set_stage(c, s->topic);
}

static void keep_cut(struct call *c, const struct sentence *s)
{
    struct sentence *copy;

    if (c->cut_count == CALL_LINK_MAX || (copy = malloc(sizeof *copy)) == NULL)
        return;
    *copy = *s;
    obj_ref(copy->clip);
    c->cut[c->cut_count++] = copy;
}

/* No voice for it: the talk goes on and knows that it was not heard. A call without any voice is no call. */
static void on_unspoken(struct call *c, const struct sentence *s)
{
    log_warn("call", c->id, "a sentence could not be rendered");
    tell_heard(c, s);
    if (++c->unspoken == UNSPOKEN_MAX)
        call_hangup(c, "error");
}

static void on_ended(struct call *c, const struct sentence *s, int64_t at_us)
{
    if (s->clip == NULL && !s->interrupted)
        on_unspoken(c, s);
    if (!s->interrupted)
        return;
    if (s->started_us > 0)
        journal_turn(c, *sentence_row(c, s), "ai", s->topic, s->text, call_offset_ms(c, s->started_us), call_offset_ms(c, at_us), s->heard_ms, true, NULL);
    keep_cut(c, s);
}

/* Sentences that were cut come back in any order of ending; they are kept in the order of speaking. */
static void sort_cut(struct call *c)
{
    for (size_t i = 1; i < c->cut_count; i++)
        for (size_t k = i; k > 0 && c->cut[k]->said < c->cut[k - 1]->said; k--) {
            struct sentence *swap = c->cut[k];

            c->cut[k] = c->cut[k - 1];
            c->cut[k - 1] = swap;
        }
}

void call_on_speak(enum speak_event_kind kind, const struct sentence *s, int64_t at_us, void *owner)
{
    struct call *c = owner;

    if (c->state == CALL_ENDED)
        return;
    switch (kind) {
    case SPEAK_EV_STARTED:
        on_started(c, s, at_us);
        break;
    case SPEAK_EV_ENDED:
        on_ended(c, s, at_us);
        sort_cut(c);
        turn_done_check(c);
        break;
    case SPEAK_EV_ALL_DONE:
        if (ai_talks(c))
            call_turn_spoken(c);
        break;
    }
}
