#include "call/machine.h"

#include <string.h>

#include "base/banned.h"

enum { PICK_UP_WORDS = 9, OVER_MESSAGE_WORDS = 2 };

const struct machine_params machine_params_default = {
    .beep_wait_ms = 1000,
    .quiet_ms = 2000,
    .tone_quiet_ms = 5000,
    .greeting_cap_ms = 30000,
    .menu_quiet_ms = 1200,
    .menu_cap_ms = 8000,
    .screen_quiet_ms = 700,
    .hold_ms = 30000,
    .statings_max = 2,
};

static unsigned leave(struct machine *m)
{
    m->state = MACHINE_DONE;
    m->deadline_us = 0;
    return MACHINE_ACT_LEAVE;
}

static unsigned person(struct machine *m)
{
    m->state = MACHINE_DONE;
    m->deadline_us = 0;
    return MACHINE_ACT_PERSON;
}

static int64_t cap_us(const struct machine *m)
{
    return m->began_us + (int64_t)(m->who == ANSWER_IVR ? m->params->menu_cap_ms : m->params->greeting_cap_ms) * 1000;
}

static int quiet_needed(const struct machine *m)
{
    if (m->who == ANSWER_SCREENING)
        return m->params->screen_quiet_ms;
    if (m->who == ANSWER_IVR)
        return m->params->menu_quiet_ms;
    if (m->beeped)
        return m->params->beep_wait_ms;
    return m->tone_announced ? m->params->tone_quiet_ms : m->params->quiet_ms;
}

/* When we may speak, or leave: quiet counts from the last word or beep. */
static void arm_greeting(struct machine *m)
{
    int64_t quiet = m->last_sound_us + (int64_t)quiet_needed(m) * 1000;

    m->deadline_us = m->voiced || quiet > cap_us(m) ? cap_us(m) : quiet;
}

static void greet(struct machine *m, enum answer_who who, int64_t now_us)
{
    m->state = MACHINE_GREETING;
    m->who = who;
    m->began_us = now_us;
    arm_greeting(m);
}

unsigned machine_begin(struct machine *m, const struct machine_params *p, const struct answer *a, int64_t now_us)
{
    enum answer_who who = a->verdict.who;
    bool voiced = a->state == ANSWER_HEARING, beeped = a->verdict.rule == ANSWER_BY_BEEP;

    *m = (struct machine){.params = p, .book = a->book, .who = who, .voiced = voiced, .beeped = beeped, .tone_announced = a->reading.points[GREETING_TONE] > 0, .owed = a->pending + voiced, .last_sound_us = beeped ? now_us : a->last_voiced_us};
    if (who != ANSWER_VOICEMAIL && who != ANSWER_SCREENING && who != ANSWER_IVR)
        return leave(m);
    greet(m, who, now_us);
    return 0;
}

unsigned machine_on_voice(struct machine *m, int64_t now_us)
{
    m->voiced = true;
    m->beeped = m->beeped && m->state != MACHINE_GREETING; /* what speaks after a beep has not finished */
    m->last_sound_us = now_us;
    if (m->state == MACHINE_GREETING)
        arm_greeting(m);
    return 0;
}

unsigned machine_on_quiet(struct machine *m, int64_t last_voiced_us)
{
    m->voiced = false;
    m->last_sound_us = last_voiced_us > m->last_sound_us ? last_voiced_us : m->last_sound_us;
    if (m->state == MACHINE_GREETING)
        arm_greeting(m);
    return 0;
}

unsigned machine_on_tone(struct machine *m, const struct tone_event *ev, int64_t now_us)
{
    if (m->state == MACHINE_DONE)
        return 0;
    if (ev->kind == TONE_BUSY)
        return leave(m); /* it has hung up */
    if (tone_may_be_beep(ev) && m->state == MACHINE_GREETING) {
        m->beeped = true;
        m->last_sound_us = now_us;
        arm_greeting(m);
    }
    return 0;
}

/* A screener asks what people ask ("who is calling?"): there, only "hello, I'm here" is a person. */
static bool comes_to_the_phone(const struct machine *m, const struct greeting *g)
{
    bool asks = m->who == ANSWER_VOICEMAIL && g->points[GREETING_PERSON] >= GREETING_SURE;

    return g->words <= PICK_UP_WORDS && greeting_machine(g, 1) == GREETING_KINDS && (asks || (g->points[GREETING_PICK_UP] >= GREETING_SURE && g->points[GREETING_WAIT] == 0));
}

/* Between the words of a greeting only a clear "hello, I'm here" is a person. */
static unsigned greeting_text(struct machine *m, const struct greeting *g, int64_t now_us)
{
    enum greeting_kind k = greeting_machine(g, GREETING_SURE);

    if (k == GREETING_FULL) {
        m->who = ANSWER_VOICEMAIL_FULL;
        return leave(m);
    }
    if (g->points[GREETING_TONE] > 0 && !m->tone_announced) {
        m->tone_announced = true;
        arm_greeting(m);
    }
    if (k == GREETING_SCREENING && m->who == ANSWER_VOICEMAIL)
        greet(m, ANSWER_SCREENING, now_us);
    else if (k == GREETING_VOICEMAIL && (m->who == ANSWER_IVR || (m->who == ANSWER_SCREENING && m->statings > 0)))
        greet(m, ANSWER_VOICEMAIL, now_us);
    return comes_to_the_phone(m, g) ? person(m) : 0;
}

/* Behind a screener: its own phrases go on waiting, everything else is the person. */
static unsigned holding_text(struct machine *m, const struct greeting *g, int64_t now_us)
{
    enum greeting_kind k = greeting_machine(g, GREETING_SURE);

    if (k == GREETING_SCREENING && m->statings < m->params->statings_max) {
        greet(m, ANSWER_SCREENING, now_us);
        return 0;
    }
    if (k == GREETING_VOICEMAIL) {
        greet(m, ANSWER_VOICEMAIL, now_us);
        return 0;
    }
    if (k == GREETING_FULL) {
        m->who = ANSWER_VOICEMAIL_FULL;
        return leave(m);
    }
    return k == GREETING_KINDS && g->points[GREETING_WAIT] < GREETING_SURE && g->points[GREETING_VOICEMAIL] == 0 ? person(m) : 0;
}

/* Over our message a machine may still explain its keys; a word or two that are no machine's are a person's. */
static unsigned message_text(struct machine *m, const struct greeting *g)
{
    bool speaks = g->points[GREETING_PICK_UP] >= GREETING_SURE || g->points[GREETING_PERSON] >= GREETING_SURE || g->words >= OVER_MESSAGE_WORDS;

    return speaks && greeting_machine(g, 1) == GREETING_KINDS ? person(m) : 0;
}

unsigned machine_on_text(struct machine *m, const char *text, int64_t now_us)
{
    struct greeting g;
    bool owed = m->owed > 0;

    m->owed -= owed;
    if (m->state == MACHINE_DONE || text[0] == '\0')
        return 0;
    greeting_read(&g, m->book, text);
    if (owed && m->state != MACHINE_GREETING)
        return 0;
    if (owed)
        g.points[GREETING_PICK_UP] = g.points[GREETING_PERSON] = 0; /* said before: no person has come since */
    switch (m->state) {
    case MACHINE_GREETING: return greeting_text(m, &g, now_us);
    case MACHINE_MESSAGE: return message_text(m, &g);
    case MACHINE_STATING:
    case MACHINE_HOLDING: return holding_text(m, &g, now_us);
    case MACHINE_DONE: return 0;
    }
    return 0;
}

unsigned machine_on_spoken(struct machine *m, int64_t now_us)
{
    if (m->state == MACHINE_MESSAGE)
        m->state = MACHINE_DONE;
    if (m->state == MACHINE_STATING) {
        m->state = MACHINE_HOLDING;
        m->deadline_us = now_us + (int64_t)m->params->hold_ms * 1000;
    }
    return 0;
}

unsigned machine_on_timer(struct machine *m, int64_t now_us)
{
    if (m->deadline_us == 0 || now_us < m->deadline_us)
        return 0;
    m->deadline_us = 0;
    if (m->state == MACHINE_HOLDING)
        return leave(m);
    if (m->state != MACHINE_GREETING)
        return 0;
    if (m->who == ANSWER_IVR)
        return leave(m);
    if (m->who == ANSWER_SCREENING) {
        m->state = MACHINE_STATING;
        m->statings++;
        return MACHINE_ACT_STATE;
    }
    m->state = MACHINE_MESSAGE;
    return MACHINE_ACT_MESSAGE;
}
