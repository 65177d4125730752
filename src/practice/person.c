/* person.c - how a simulated person, machine or closer behaves in one call.
 *
 *   RINGING --ring_ms--> answers (or busy, rejects, never) --> TALKING: hears a turn, finds its cue, thinks, says the line --> hangs up or is hung up on */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "base/text.h"
#include "practice/phone_priv.h"

#include "base/banned.h"

enum { PATIENCE_MS = 6000, CLOSER_PRESS_MS = 3500, HANG_UP_MS = 1500, PRESS_MS = 2500, LEAVE_MS = 400, SILENCES_MAX = 2, OVER_US = 60000, STOP_LOOK_MS = 240, OVER_ANSWER_US = 2000000 };

static const struct endpoint_params patient = {.wait_ms = {[TEXT_WHOLE] = {700, 700, 700, 700, 700},
                                                         [TEXT_ENDED] = {700, 700, 700, 700, 700},
                                                         [TEXT_PLAIN] = {700, 700, 700, 700, 700},
                                                         [TEXT_OPEN] = {1100, 1100, 1100, 1100, 1100},
                                                         [TEXT_SPELLING] = {1100, 1100, 1100, 1100, 1100},
                                                         [TEXT_THINKING] = {1100, 1100, 1100, 1100, 1100}}};
static const struct turn_params listener = {.endpoint = &patient, .final_cap_ms = 15000, .voids_max = 0, .overlap_ms = 60000};

static void arm_turn(struct person *p);

/* People talk, and so does who did not take a call and calls back. */
static bool talks(const struct person *p)
{
    return p->who->behaviour == ACT_PERSON || p->outbound || p->human;
}

static void hang_up(void *arg)
{
    struct person *p = arg;

    leg_hangup(p->leg, 0);
}

void person_say(struct person *p, const char *line)
{
    if (line == NULL || line[0] == '\0' || p->over)
        return;
    person_tell(p, "said", line);
    (void)turn_on_speak(&p->turn);
    (void)speak_add(&p->speak, 0, "", line);
}

static void say_next(void *arg)
{
    struct person *p = arg;

    person_say(p, p->next_line);
}

static void say_soon(struct person *p, const char *line, int after_ms)
{
    (void)text_copy(p->next_line, sizeof p->next_line, line);
    timer_start(&p->act_timer, after_ms, say_next, p);
}

/* When did the voice we spoke over fall silent? Told in milliseconds from our first sound to the last packet with theirs; -1: it talks on. */
static void tell_stopped(void *arg)
{
    struct person *p = arg;
    int64_t loud_us = atomic_load(&p->loud_us), ms = (loud_us - p->interrupting_us) / 1000;

    person_tell_ms(p, "stopped", clock_mono_us() - loud_us < OVER_US ? -1 : ms > 0 ? ms : 0);
    p->interrupting_us = 0;
}

static void interruption_began(struct person *p, int64_t at_us)
{
    if (at_us - atomic_load(&p->loud_us) > OVER_US)
        return; /* they had stopped before */
    p->interrupting_us = at_us;
    timer_start(&p->interrupt_timer, STOP_LOOK_MS, tell_stopped, p);
}

static void on_speak(enum speak_event_kind kind, const struct sentence *s, int64_t at_us, void *owner)
{
    struct person *p = owner;

    if (kind == SPEAK_EV_STARTED && s->said == p->interrupt_said && p->interrupt_said > 0)
        interruption_began(p, at_us);
    if (kind != SPEAK_EV_ALL_DONE || p->over)
        return;
    if (p->leaving)
        timer_start(&p->act_timer, LEAVE_MS, hang_up, p);
    turn_on_listen(&p->turn, EXPECT_OPEN, talks(p) ? PATIENCE_MS : 0);
    turn_on_spoken(&p->turn, at_us);
    arm_turn(p);
    person_machine_done(p);
}

void person_becomes_human(struct person *p, const char *greeting)
{
    person_machine_end(p);
    person_tell(p, "picked_up", NULL);
    mport_stop(p->port);
    speak_clear(&p->speak);
    p->human = p->greeted = true;
    turn_init(&p->turn, &listener);
    person_say(p, greeting);
}

/* --- what was heard --- */

static void answer(struct person *p, const char *heard)
{
    bool idle = !speak_busy(&p->speak) && !timer_running(&p->act_timer);
    struct mind_reply r = mind_hear(&p->mind, heard, idle);

    p->silences = 0;
    if (r.leaves) { /* a last word, if they have one, and they hang up */
        p->leaving = true;
        if (r.line == NULL)
            timer_start(&p->act_timer, LEAVE_MS, hang_up, p);
    }
    if (r.line != NULL)
        say_soon(p, r.line, p->who->think_ms);
}

/* A closer takes the call with a key once the whisper was heard, greets, and ends it after two exchanges. */
static void press_one(void *arg)
{
    struct person *p = arg;

    p->accepted = true;
    mport_dtmf(p->port, p->who->behaviour == ACT_CLOSER ? "1" : "2");
    person_tell(p, "pressed", p->who->behaviour == ACT_CLOSER ? "1" : "2");
    if (p->who->behaviour == ACT_CLOSER)
        say_soon(p, p->who->greeting, 900);
}

static void closer_hears(struct person *p, const char *heard)
{
    if (p->accepted)
        answer(p, heard);
}

/* Goes by timing: whatever was asked, the next line is due. */
static void next_step(struct person *p)
{
    if (p->step < p->who->fact_count)
        say_soon(p, mind_line(&p->mind, p->who->facts[p->step].cue, 0), p->who->think_ms);
    p->step++;
}

static void on_turn(struct person *p)
{
    char heard[TURN_TEXT_MAX];

    memcpy(heard, p->turn.text, sizeof heard);
    turn_next(&p->turn);
    turn_on_listen(&p->turn, EXPECT_OPEN, talks(p) ? PATIENCE_MS : 0);
    turn_on_spoken(&p->turn, clock_mono_us());
    if (p->who->by_timing) {
        if (clock_mono_us() - p->spoke_over_us > OVER_ANSWER_US)
            next_step(p);
        return;
    }
    if (heard[0] == '\0')
        return;
    person_tell(p, "heard", heard);
    person_machine_hears(p, heard);
    if (talks(p))
        answer(p, heard);
    else if (p->who->behaviour == ACT_CLOSER || p->who->behaviour == ACT_CLOSER_DECLINE)
        closer_hears(p, heard);
}

/* People finish their sentence: they are never paused or stopped. */
static void act(struct person *p, unsigned actions)
{
    if (actions & TURN_ACT_DONE)
        on_turn(p);
    if (actions & TURN_ACT_SILENCE) {
        if (p->silences++ < SILENCES_MAX)
            person_say(p, "Hello?");
        else
            hang_up(p);
    }
    arm_turn(p);
}

static void on_turn_timer(void *arg)
{
    struct person *p = arg;

    act(p, turn_on_timer(&p->turn, clock_mono_us()));
}

static void arm_turn(struct person *p)
{
    if (p->turn.deadline_us == 0 || p->over)
        timer_cancel(&p->turn_timer);
    else
        timer_start(&p->turn_timer, (p->turn.deadline_us - clock_mono_us() + 999) / 1000, on_turn_timer, p);
}

static void on_ears(const struct ears_result *r, void *arg)
{
    struct person *p = arg;

    if (r->final && !p->over)
        act(p, turn_on_final(&p->turn, r->utterance, r->err ? "" : r->text, clock_mono_us()));
}

static void interrupt_now(void *arg)
{
    struct person *p = arg;

    const struct persona *who = p->who;
    const char *line = who->interrupt_lines[(size_t)(p->interruptions - 1) % who->interrupt_count];

    if (p->turn.state != TURN_HEARING || p->over)
        return;
    person_tell(p, "said", line);
    p->interrupt_said = (uint32_t)p->interruptions;
    p->spoke_over_us = clock_mono_us();
    (void)turn_on_speak(&p->turn);
    (void)speak_add(&p->speak, p->interrupt_said, "", line);
}

static void voice_began(struct person *p)
{
    const struct persona *who = p->who;

    if (who->behaviour == ACT_HANG_UP) {
        timer_start(&p->act_timer, HANG_UP_MS, hang_up, p);
    } else if ((who->behaviour == ACT_CLOSER || who->behaviour == ACT_CLOSER_DECLINE) && !p->pressed) {
        p->pressed = true; /* the beginning of the whisper is enough */
        timer_start(&p->act_timer, CLOSER_PRESS_MS, press_one, p);
    } else if (who->interrupt_ms > 0 && who->interrupt_count > 0 && p->interruptions < who->interrupt_times && p->greeted && !timer_running(&p->interrupt_timer)) {
        p->interruptions++;
        timer_start(&p->interrupt_timer, who->interrupt_ms, interrupt_now, p);
    }
}

static void on_tap(const struct tap_event *ev, void *owner)
{
    struct person *p = owner;
    unsigned actions = 0;

    if (p->over)
        return;
    if (ev->kind == TAP_SPEECH_START) {
        actions = turn_on_vad_start(&p->turn, ev->at_us);
        voice_began(p);
    } else if (ev->kind == TAP_SPEECH_STOP) {
        actions = turn_on_vad_stop(&p->turn, ev->utterance, ev->at_us);
        if (p->ears == NULL)
            actions |= turn_on_final(&p->turn, ev->utterance, "", ev->seen_us);
    } else {
        actions = turn_on_cut(&p->turn, ev->utterance);
        if (p->ears == NULL)
            actions |= turn_on_final(&p->turn, ev->utterance, "", ev->seen_us);
    }
    act(p, actions);
}

/* --- the call --- */

static void press_digit(void *arg)
{
    struct person *p = arg;
    char digit[2] = {p->who->digit, '\0'};

    mport_dtmf(p->port, digit);
    person_tell(p, "pressed", digit);
}

static void begin(struct person *p)
{
    switch (p->who->behaviour) {
    case ACT_PERSON:
        p->greeted = true;
        say_soon(p, p->who->greeting, p->outbound ? 2500 : 200);
        break;
    case ACT_VOICEMAIL:
    case ACT_MAILBOX_FULL:
    case ACT_IVR:
    case ACT_SCREENING:
    case ACT_INTERCEPT:
    case ACT_FAX:
        person_machine_begin(p);
        break;
    case ACT_PRESS:
        timer_start(&p->act_timer, PRESS_MS, press_digit, p);
        break;
    case ACT_BUSY:
    case ACT_NO_ANSWER:
    case ACT_REJECT:
    case ACT_UNKNOWN_NUMBER:
        if (p->outbound) { /* they call back after all */
            p->greeted = true;
            say_soon(p, p->who->greeting, 2500);
        }
        break;
    case ACT_SILENCE:
    case ACT_HANG_UP:
    case ACT_CLOSER:
    case ACT_CLOSER_DECLINE:
        break;
    }
}

static void record(struct person *p)
{
    const struct phone_params *ph = &p->phone->p;
    char path[600];

    if (ph->recorders == NULL)
        return;
    snprintf(path, sizeof path, "%.500s/%.40s-%u.wav", ph->record_dir, p->who->number, p->call);
    if (recorder_open(&p->recorder, ph->recorders, path) == 0)
        mport_record(p->port, p->recorder);
}

static void on_answered(struct person *p)
{
    const struct phone_params *ph = &p->phone->p;

    p->port = leg_port(p->leg);
    turn_init(&p->turn, &listener);
    mind_init(&p->mind, ph->people, p->who, p->who->seed);
    speak_init(&p->speak, ph->speech, ph->control, p->who->voice, on_speak, p);
    p->speak.port = p->port;
    if (p->who->by_timing || ears_open(&p->ears, ph->speech, ph->control, on_ears, p) == 0)
        (void)tap_attach(p->port, &(struct tap_params){.model = ph->vad, .ears = p->ears, .loud_us = &p->loud_us, .control = ph->control, .fn = on_tap, .owner = p});
    bad_line_apply(ph->line != NULL ? ph->line : &p->who->line, p->port);
    record(p);
    person_tell(p, "answered", NULL);
    begin(p);
}

static void on_media(struct person *p, const struct media_event *ev)
{
    if (person_machine_media(p, ev) || speak_on_media(&p->speak, ev))
        return;
    if (ev->kind == MEDIA_EV_RTP_TIMEOUT)
        leg_hangup(p->leg, 0);
}

void person_on_leg(struct leg *leg, const struct leg_event *ev, void *arg)
{
    struct person *p = obj_ref(arg);

    (void)leg;
    switch (ev->kind) {
    case LEG_EV_ANSWERED:
        on_answered(p);
        break;
    case LEG_EV_MEDIA:
        on_media(p, ev->media);
        break;
    case LEG_EV_ENDED:
        person_over(p);
        break;
    case LEG_EV_RINGING:
    case LEG_EV_EARLY:
    case LEG_EV_HOLD:
        break;
    }
    obj_unref(p);
}

static void pick_up(void *arg)
{
    struct person *p = arg;

    if (leg_accept(p->leg, person_on_leg, p) != 0)
        person_over(p);
}

static void refuse(struct person *p, int code)
{
    leg_hangup(p->leg, code);
    leg_forget(p->leg);
    person_over(p);
}

/* Rings on until the caller gives up: no answer at all, but the end must be seen. */
static void ring_for_ever(struct person *p)
{
    leg_watch(p->leg, person_on_leg, p);
}

void person_ring(struct person *p)
{
    person_tell(p, "ringing", NULL);
    switch (p->who->behaviour) {
    case ACT_BUSY:
        refuse(p, 486);
        break;
    case ACT_REJECT:
        refuse(p, 603);
        break;
    case ACT_UNKNOWN_NUMBER:
        refuse(p, 404);
        break;
    case ACT_NO_ANSWER:
        ring_for_ever(p);
        break;
    case ACT_PERSON:
    case ACT_VOICEMAIL:
    case ACT_MAILBOX_FULL:
    case ACT_IVR:
    case ACT_SCREENING:
    case ACT_INTERCEPT:
    case ACT_FAX:
    case ACT_SILENCE:
    case ACT_HANG_UP:
    case ACT_PRESS:
    case ACT_CLOSER:
    case ACT_CLOSER_DECLINE:
        ring_for_ever(p);
        timer_start(&p->act_timer, p->who->ring_ms, pick_up, p);
        break;
    }
}
