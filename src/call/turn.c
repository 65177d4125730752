#include "call/turn.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "call/turn_text.h"

#include "base/banned.h"

enum { CUTOFF_US = 1800000 }; /* who speaks on so soon after a turn that we took had not finished */

const struct turn_params turn_params_default = {
    .endpoint = &endpoint_params_default,
    .final_cap_ms = 3000,
    .suspect_ms = 200,
    .decide_ms = 600,
    .voids_max = 2,
    .flinches_max = 4,
    .fill_ms = 700,
    .slack_ms = 300,
    .nod_voiced_ms = 5000,
    .nod_pause_ms = 450,
    .overlap_ms = 1500,
};

void turn_init(struct turn *t, const struct turn_params *p)
{
    *t = (struct turn){.params = p, .expects = EXPECT_OPEN};
}

bool turn_prospect_speaks(const struct turn *t)
{
    return t->state == TURN_HEARING || t->state == TURN_ENDPOINT;
}

/* They speak over us, or so it seems. */
static bool contested(const struct turn *t)
{
    return t->overlap || t->state == TURN_PAUSED;
}

static bool may_follow(enum turn_state from, enum turn_state to)
{
    switch (to) {
    case TURN_IDLE:
    case TURN_SPEAKING:
    case TURN_LISTENING:
        return from != TURN_HEARING && from != TURN_ENDPOINT;
    case TURN_PAUSED:
        return from == TURN_SPEAKING;
    case TURN_HEARING:
        return true;
    case TURN_ENDPOINT:
        return from == TURN_HEARING || from == TURN_SPEAKING || from == TURN_PAUSED;
    case TURN_DECIDING:
        return from == TURN_ENDPOINT || from == TURN_LISTENING;
    }
    return false;
}

static void set_state(struct turn *t, enum turn_state s)
{
    if (s != t->state && !may_follow(t->state, s)) {
        log_error("call", "", "turn: state %d after %d", (int)s, (int)t->state);
        assert(!"legal turn transition");
        return;
    }
    t->state = s;
}

/* --- our side --- */

bool turn_on_speak(struct turn *t)
{
    if (turn_prospect_speaks(t) || t->state == TURN_PAUSED)
        return false;
    set_state(t, TURN_SPEAKING);
    if (!t->overlap)
        t->deadline_us = 0;
    return true;
}

void turn_on_listen(struct turn *t, enum talk_expects expects, int silence_ms)
{
    t->listening_wanted = true;
    t->expects = expects;
    t->silence_ms = silence_ms;
}

static int64_t endpoint_us(const struct turn *t)
{
    return t->last_voiced_us + (int64_t)endpoint_wait_ms(t->params->endpoint, &t->caller, t->expects, t->pending == 0 ? t->text : NULL) * 1000;
}

/* We have finished while they speak over us, or just did: it is their turn now. */
static void overlap_to_turn(struct turn *t)
{
    t->overlap = false;
    set_state(t, t->voiced ? TURN_HEARING : TURN_ENDPOINT);
    t->deadline_us = t->voiced ? 0 : endpoint_us(t);
}

void turn_on_spoken(struct turn *t, int64_t now_us)
{
    if (turn_prospect_speaks(t))
        return;
    t->voids = t->flinches = 0;
    if (t->taken_us > 0)
        endpoint_on_turn(&t->caller);
    t->taken_us = 0;
    if (t->overlap || (t->state == TURN_PAUSED && !t->suspected)) {
        overlap_to_turn(t);
        return;
    }
    t->suspected = false;
    t->deadline_us = 0;
    set_state(t, t->listening_wanted ? TURN_LISTENING : TURN_IDLE);
    if (t->listening_wanted && t->silence_ms > 0)
        t->deadline_us = now_us + (int64_t)t->silence_ms * 1000;
}

/* --- the prospect's side --- */

static unsigned endpoint_check(struct turn *t, int64_t now_us);

static void forget_turn(struct turn *t)
{
    t->text[0] = '\0';
    t->interrupted = t->overlap = t->suspected = false;
    t->pending = 0;
    t->voiced_us = t->speech_began_us = t->nodded_us = 0;
    t->stale_utterance = t->last_utterance;
}

static unsigned keep_aside(struct turn *t)
{
    if (t->text[0] == '\0')
        return 0;
    memcpy(t->aside, t->text, sizeof t->aside);
    return TURN_ACT_ASIDE;
}

/* Did we take a turn that they had not finished? */
static void check_cutoff(struct turn *t)
{
    if (t->taken_us > 0 && t->piece_began_us - t->taken_us < CUTOFF_US)
        endpoint_on_cutoff(&t->caller);
    t->taken_us = 0;
}

/* It is their turn: at the end of it already, if they have stopped. */
static unsigned yield(struct turn *t, int64_t now_us)
{
    check_cutoff(t);
    t->interrupted = true;
    t->overlap = false;
    t->deadline_us = 0;
    set_state(t, TURN_HEARING);
    if (t->voiced)
        return TURN_ACT_STOP;
    set_state(t, TURN_ENDPOINT);
    return TURN_ACT_STOP | endpoint_check(t, now_us);
}

/* We talk on over them, or over a silence whose words are still to come: until real words, speech that is too long for a signal, or nothing. */
static void talk_over(struct turn *t)
{
    t->overlap = true;
    t->deadline_us = t->voiced ? t->piece_began_us + (int64_t)t->params->overlap_ms * 1000 : t->last_voiced_us + (int64_t)t->params->final_cap_ms * 1000;
}

/* It was nothing: we go on where we paused. */
static unsigned resume(struct turn *t)
{
    unsigned act = TURN_ACT_RESUME;

    t->flinches += t->suspected;
    t->voids += !t->suspected;
    t->suspected = false;
    t->deadline_us = 0;
    set_state(t, TURN_SPEAKING);
    if (t->voiced || t->pending > 0)
        talk_over(t);
    else {
        act |= keep_aside(t);
        forget_turn(t);
    }
    return act;
}

bool turn_may_pause(const struct turn *t)
{
    return t->state == TURN_SPEAKING && !t->overlap && t->voids < t->params->voids_max && t->flinches < t->params->flinches_max;
}

unsigned turn_on_paused(struct turn *t, int64_t at_us, bool answerable)
{
    if (t->state == TURN_PAUSED) {
        t->answerable = answerable;
        return 0;
    }
    if (!turn_may_pause(t))
        return TURN_ACT_RESUME; /* the onset came while things changed */
    set_state(t, TURN_PAUSED);
    t->suspected = true;
    t->answerable = answerable;
    t->deadline_us = at_us + (int64_t)t->params->suspect_ms * 1000;
    return 0;
}

/* Speech over ours: we pause, unless it was void too often. */
static unsigned contest(struct turn *t)
{
    unsigned act = 0;

    if (t->state == TURN_SPEAKING && (t->overlap || t->voids >= t->params->voids_max)) {
        talk_over(t);
        return 0;
    }
    if (t->state == TURN_SPEAKING) {
        t->answerable = false;
        act = TURN_ACT_PAUSE;
        set_state(t, TURN_PAUSED);
    }
    if (t->suspected || act != 0)
        t->deadline_us = t->piece_began_us + (int64_t)t->params->decide_ms * 1000;
    t->suspected = false;
    return act;
}

unsigned turn_on_vad_start(struct turn *t, int64_t began_us)
{
    t->voiced = true;
    t->piece_began_us = began_us;
    if (t->speech_began_us == 0) {
        t->speech_began_us = began_us;
        t->filled = false;
    }
    if (t->state == TURN_SPEAKING || t->state == TURN_PAUSED)
        return contest(t);
    if (t->state == TURN_ENDPOINT)
        endpoint_on_pause(&t->caller, (int)((began_us - t->last_voiced_us) / 1000));
    if (t->state == TURN_DECIDING)
        check_cutoff(t);
    set_state(t, TURN_HEARING);
    t->deadline_us = 0;
    return 0;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a == 0 || (b != 0 && b < a) ? b : a;
}

/* When the line would be dead; 0: it is not our turn yet, or something was said. */
static int64_t fill_due(const struct turn *t, int64_t end_us)
{
    return t->filled || t->params->fill_ms == 0 ? 0 : later(t->last_voiced_us + (int64_t)t->params->fill_ms * 1000, end_us + (int64_t)t->params->slack_ms * 1000);
}

/* When to nod at this pause; 0: not. */
static int64_t nod_due(const struct turn *t)
{
    if (t->params->nod_voiced_ms == 0 || t->pending > 0 || t->voiced_us - t->nodded_us < (int64_t)t->params->nod_voiced_ms * 1000 || turn_text_end(t->text, t->expects) != TEXT_OPEN)
        return 0;
    return t->last_voiced_us + (int64_t)t->params->nod_pause_ms * 1000;
}

/* What we say without taking the turn, if it is time. */
static unsigned say_aside(struct turn *t, int64_t now_us, int64_t fill_us, int64_t nod_us)
{
    unsigned act = 0;

    if (fill_us != 0 && now_us >= fill_us) {
        t->filled = true;
        act |= TURN_ACT_FILL;
    }
    if (nod_us != 0 && now_us >= nod_us) {
        t->nodded_us = t->voiced_us;
        act |= TURN_ACT_NOD;
    }
    return act;
}

/* In a pause of theirs: the next thing that is due. */
static unsigned wait_on(struct turn *t, int64_t now_us, int64_t due, int64_t cap)
{
    unsigned act = say_aside(t, now_us, t->pending > 0 ? fill_due(t, due) : 0, nod_due(t));

    t->deadline_us = now_us < due ? due : cap;
    t->deadline_us = sooner(t->deadline_us, t->pending > 0 ? fill_due(t, due) : 0);
    t->deadline_us = sooner(t->deadline_us, nod_due(t));
    return act;
}

/* The turn is over when the wait is over and every final is here; a recogniser that stays silent is not waited for for ever. */
static unsigned endpoint_check(struct turn *t, int64_t now_us)
{
    int64_t due = endpoint_us(t), cap = t->last_voiced_us + (int64_t)t->params->final_cap_ms * 1000;

    if (now_us < due || (t->pending > 0 && now_us < cap))
        return wait_on(t, now_us, due, cap);
    set_state(t, TURN_DECIDING);
    t->answering = true;
    t->end_of_turn_us = due;
    t->deadline_us = fill_due(t, now_us);
    t->taken_us = t->last_voiced_us;
    t->pending = 0;
    t->stale_utterance = t->last_utterance;
    return TURN_ACT_DONE;
}

unsigned turn_on_vad_stop(struct turn *t, uint32_t utterance, int64_t last_voiced_us)
{
    t->voiced = false;
    t->last_utterance = utterance;
    if (t->state != TURN_HEARING && !contested(t)) {
        t->stale_utterance = utterance;
        return 0;
    }
    t->voiced_us += last_voiced_us > t->piece_began_us ? last_voiced_us - t->piece_began_us : 0;
    t->last_voiced_us = last_voiced_us;
    t->pending++;
    if (t->overlap)
        talk_over(t);
    if (contested(t))
        return 0;
    set_state(t, TURN_ENDPOINT);
    t->deadline_us = endpoint_us(t);
    return 0;
}

unsigned turn_on_cut(struct turn *t, uint32_t utterance)
{
    t->last_utterance = utterance;
    if (t->state == TURN_HEARING || contested(t))
        t->pending++;
    else
        t->stale_utterance = utterance;
    return 0;
}

static void text_append(struct turn *t, const char *text)
{
    size_t n = strlen(t->text);

    if (text[0] == '\0')
        return;
    if (n > 0 && n + 1 < sizeof t->text) {
        t->text[n++] = ' ';
        t->text[n] = '\0';
    }
    (void)text_copy(t->text + n, sizeof t->text - n, text);
}

/* Words over ours: are they a turn? A short one is, where it can be the answer to what we were asking. */
static bool takes_the_turn(const struct turn *t, const char *text)
{
    if (text[0] == '\0')
        return false;
    return !turn_text_backchannel(text) || (t->state == TURN_PAUSED && t->answerable);
}

/* All that was said over ours is known, or some of it. */
static unsigned contested_text(struct turn *t, int64_t now_us)
{
    unsigned act;

    if (takes_the_turn(t, t->text))
        return yield(t, now_us);
    if (t->state == TURN_PAUSED)
        return t->pending == 0 && !t->voiced ? resume(t) : 0;
    if (t->pending > 0 || t->voiced)
        return 0;
    act = keep_aside(t);
    forget_turn(t);
    t->deadline_us = 0;
    return act;
}

/* A text of speech that seems to be over: it decides a pause before the detector is sure of the silence. */
unsigned turn_on_partial(struct turn *t, uint32_t utterance, const char *text, int64_t now_us)
{
    if (utterance <= t->stale_utterance || !contested(t) || t->suspected || t->pending > 0)
        return 0;
    if (takes_the_turn(t, text))
        return yield(t, now_us);
    return t->state == TURN_PAUSED && text[0] != '\0' ? resume(t) : 0;
}

unsigned turn_on_final(struct turn *t, uint32_t utterance, const char *text, int64_t now_us)
{
    if (utterance <= t->stale_utterance || t->pending == 0)
        return 0; /* too late: the turn went on without it */
    t->pending--;
    t->final_us = now_us;
    text_append(t, text);
    if (contested(t))
        return contested_text(t, now_us);
    return t->state == TURN_ENDPOINT ? endpoint_check(t, now_us) : 0;
}

unsigned turn_on_timer(struct turn *t, int64_t now_us)
{
    if (t->deadline_us == 0 || now_us < t->deadline_us)
        return 0;
    if (t->state == TURN_ENDPOINT)
        return endpoint_check(t, now_us);
    t->deadline_us = 0;
    if (t->state == TURN_DECIDING)
        return t->answering ? say_aside(t, now_us, fill_due(t, t->end_of_turn_us), 0) : 0;
    if (t->state == TURN_PAUSED)
        return t->voiced ? yield(t, now_us) : resume(t);
    if (t->overlap && t->voiced)
        return yield(t, now_us);
    if (t->overlap)
        forget_turn(t); /* its words never came */
    if (t->state != TURN_LISTENING)
        return 0;
    set_state(t, TURN_DECIDING);
    t->answering = false;
    return TURN_ACT_SILENCE;
}

void turn_next(struct turn *t)
{
    forget_turn(t);
    t->listening_wanted = false;
    t->voids = t->flinches = 0;
}

void turn_void(struct turn *t)
{
    if (t->interrupted)
        t->voids++;
    forget_turn(t);
    set_state(t, TURN_IDLE);
}
