/* person_machine.c - machines behind a number: they play their announcement, take a message, ask who calls, hang up; or somebody picks up.
 *
 *   PLAYING --announcement over--> voicemail: takes the message . menu: plays it again, three times . screener: ASKING . others: hang up
 *   ASKING --an answer was heard--> "please stay on the line", ringing --> the person
 *   PLAYING or later --pick_up_ms--> the person */
#include <string.h>

#include "base/obj.h"
#include "practice/phone_priv.h"

#include "base/banned.h"

enum { TONE_SEQ = 900001, MENU_TIMES = 3, MENU_PAUSE_MS = 2500, HANG_UP_MS = 600, FAX_MS = 6000, ASKED_FOR_MS = 12000 };

static void next_part(struct person *p);

static void hang_up(void *arg)
{
    struct person *p = arg;

    leg_hangup(p->leg, 0);
}

static void again(void *arg)
{
    struct person *p = arg;

    p->machine.part = 0;
    next_part(p);
}

static void pick_up(void *arg)
{
    struct person *p = arg;

    person_becomes_human(p, p->who->pick_up_say);
}

static void over(struct person *p)
{
    struct person_machine *m = &p->machine;

    switch (m->stage) {
    case MACHINE_PLAYING:
        break;
    case MACHINE_CONNECTING:
        pick_up(p);
        return;
    case MACHINE_ASKING:
    case MACHINE_NONE:
        return;
    }
    if (p->who->behaviour == ACT_SCREENING) {
        m->stage = MACHINE_ASKING;
        timer_start(&m->timer, ASKED_FOR_MS, hang_up, p);
    } else if (p->who->behaviour == ACT_IVR && ++m->times < MENU_TIMES) {
        timer_start(&m->timer, MENU_PAUSE_MS, again, p);
    } else if (p->who->behaviour != ACT_VOICEMAIL) {
        timer_start(&m->timer, p->who->behaviour == ACT_FAX ? FAX_MS : HANG_UP_MS, hang_up, p);
    }
}

static void play(struct person *p, const struct announcement_part *part)
{
    struct clip *c;

    if (announcement_sound(&c, part) != 0)
        return;
    mport_play(p->port, c, TONE_SEQ, 0);
    obj_unref(c);
}

static void next_part(struct person *p)
{
    struct person_machine *m = &p->machine;
    const struct announcement_part *part = &m->script.at[m->part];

    if (m->part >= m->script.n) {
        over(p);
        return;
    }
    m->part++;
    if (part->kind == ANNOUNCE_WORDS)
        person_say(p, part->words);
    else
        play(p, part);
}

static void play_line(struct person *p, const char *line)
{
    p->machine.part = 0;
    if (announcement_parse(&p->machine.script, line) == 0) /* checked when the file was read */
        next_part(p);
}

void person_machine_begin(struct person *p)
{
    p->machine.stage = MACHINE_PLAYING;
    timer_init(&p->machine.timer);
    timer_init(&p->machine.pick_up);
    if (p->who->pick_up_ms > 0)
        timer_start(&p->machine.pick_up, p->who->pick_up_ms, pick_up, p);
    play_line(p, p->who->greeting);
}

void person_machine_done(struct person *p)
{
    if (p->machine.stage == MACHINE_PLAYING || p->machine.stage == MACHINE_CONNECTING)
        next_part(p);
}

bool person_machine_media(struct person *p, const struct media_event *ev)
{
    if (p->machine.stage == MACHINE_NONE || ev->seq != TONE_SEQ || (ev->kind != MEDIA_EV_PLAY_DONE && ev->kind != MEDIA_EV_PLAY_STARTED))
        return false;
    if (ev->kind == MEDIA_EV_PLAY_DONE && !ev->stopped)
        person_machine_done(p);
    return true;
}

void person_machine_hears(struct person *p, const char *heard)
{
    if (p->machine.stage != MACHINE_ASKING || heard[0] == '\0')
        return;
    p->machine.stage = MACHINE_CONNECTING;
    timer_cancel(&p->machine.timer);
    play_line(p, p->who->connecting);
}

void person_machine_end(struct person *p)
{
    if (p->machine.stage == MACHINE_NONE)
        return;
    p->machine.stage = MACHINE_NONE;
    timer_cancel(&p->machine.timer);
    timer_cancel(&p->machine.pick_up);
}
