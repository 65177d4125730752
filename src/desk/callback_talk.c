/* callback_talk.c - closer and prospect talk: bridged, recorded, written down; a browser may go and come back. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "desk/callback.h"
#include "desk/overhear.h"

#include "base/banned.h"

static void overhear_leg(struct callback *c, struct leg *leg, const char *speaker, const char *name)
{
    if (c->turn_seq != NULL)
        overhear(c->desk, leg_port(leg), &(struct overhear){.call_id = c->call_id, .lead_id = jx_str(c->row, "lead_id", ""), .speaker = speaker, .name = name, .turn_seq = c->turn_seq,
                                                            .recording_us = c->recording_us});
}

/* A browser may be gone for a moment: it is joined when it is back. */
void callback_join(struct callback *c)
{
    if (c->closer_leg == NULL)
        return;
    mport_bridge(leg_port(c->prospect_leg), leg_port(c->closer_leg));
    overhear_leg(c, c->closer_leg, "closer", c->closer->name);
}

/* What is recorded is written down too. */
static void begin_transcript(struct callback *c)
{
    c->turn_seq = obj_alloc(sizeof *c->turn_seq, NULL);
    c->recording_us = clock_mono_us();
    overhear_leg(c, c->prospect_leg, "prospect", NULL);
}

void callback_record(struct callback *c)
{
    const struct desk_config *cfg = &c->desk->cfg;
    int err;

    if (cfg->recorders == NULL || cfg->recordings_dir == NULL)
        return;
    snprintf(c->recording, sizeof c->recording, "%s/%s.wav", cfg->recordings_dir, c->call_id);
    err = recorder_open(&c->recorder, cfg->recorders, c->recording);
    if (err) {
        log_error("desk", c->call_id, "no recording: %s", strerror(err));
        return;
    }
    mport_record(leg_port(c->prospect_leg), c->recorder);
    begin_transcript(c);
}

/* --- a browser in mid call: a page is loaded again, a network changes. The prospect hears music meanwhile, there is no AI in this call. --- */

static struct callback *callback_of(const struct closer *who)
{
    for (struct callback *c = who->desk->callbacks; c != NULL; c = c->next)
        if (c->closer == who)
            return c;
    return NULL;
}

static void on_not_back(void *arg)
{
    callback_finish(arg, leg_outcome_name(LEG_COMPLETED), "closer", "closer_lost");
}

void callback_phone_lost(const struct closer *who)
{
    struct callback *c = callback_of(who);

    if (c == NULL || !c->browser)
        return;
    if (c->prospect_leg != NULL)
        mport_unbridge(leg_port(c->prospect_leg));
    if (c->state == CALLBACK_TALKING)
        company_play(c->desk, leg_port(c->prospect_leg));
    c->closer_leg = obj_unref(c->closer_leg);
    timer_start(&c->replug_timer, (int64_t)c->desk->cfg.replug_s * 1000, on_not_back, c);
}

void callback_phone_back(const struct closer *who)
{
    struct callback *c = callback_of(who);

    if (c == NULL || !c->browser)
        return;
    timer_cancel(&c->replug_timer);
    obj_unref(c->closer_leg);
    c->closer_leg = obj_ref(who->phone);
    if (c->state != CALLBACK_TALKING)
        return;
    mport_music(leg_port(c->prospect_leg), NULL);
    callback_join(c);
}

int callback_hang_up(const struct closer *who)
{
    struct callback *c = callback_of(who);

    if (c == NULL)
        return ENOENT;
    callback_finish(c, c->state == CALLBACK_TALKING ? leg_outcome_name(LEG_COMPLETED) : leg_outcome_name(LEG_CANCELLED), "closer", "closer_hung_up");
    return 0;
}

struct mport *callback_prospect(const struct closer *who)
{
    const struct callback *c = callback_of(who);

    return c != NULL && c->state == CALLBACK_TALKING ? leg_port(c->prospect_leg) : NULL;
}
