#include "desk/overhear.h"

#include "base/log.h"
#include "base/obj.h"
#include "call/scribe.h"

#include "base/banned.h"

struct listener {
    atomic_int hearing;    /* TAP_OVERHEARS, always */
    struct scribe *scribe; /* NULL: nothing is written down */
    void (*heard)(void *owner);
    void *owner;
};

static void listener_destroy(void *obj)
{
    struct listener *l = obj;

    obj_unref(l->scribe);
    obj_unref(l->owner);
}

static void on_tap(const struct tap_event *ev, void *owner)
{
    struct listener *l = owner;

    if (ev->kind == TAP_SPEECH_START && l->heard != NULL)
        l->heard(l->owner);
    if (l->scribe != NULL)
        scribe_on_tap(l->scribe, ev);
}

static int open_scribe(struct listener *l, const struct desk *d, const struct overhear *o)
{
    if (o->turn_seq == NULL || d->speech == NULL)
        return 0;
    return scribe_alloc(&l->scribe, &(struct scribe_params){.speech = d->speech, .store = d->store, .control = d->control, .call_id = o->call_id, .lead_id = o->lead_id,
                                                            .speaker = o->speaker, .name = o->name, .turn_seq = o->turn_seq, .recording_us = o->recording_us});
}

static int attach(struct mport *port, const struct desk *d, struct listener *l)
{
    return tap_attach(port, &(struct tap_params){.model = d->cfg.vad, .overhearing = scribe_ears(l->scribe), .hearing = &l->hearing, .control = d->control, .fn = on_tap, .owner = l});
}

void overhear(struct desk *d, struct mport *port, const struct overhear *o)
{
    struct listener *l;

    if (d->cfg.vad == NULL)
        return;
    l = obj_alloc(sizeof *l, listener_destroy);
    if (l == NULL)
        return;
    atomic_init(&l->hearing, TAP_OVERHEARS);
    l->heard = o->heard;
    l->owner = obj_ref(o->owner);
    if (open_scribe(l, d, o) != 0 || attach(port, d, l) != 0)
        log_warn("desk", o->call_id, "cannot listen to the %s", o->speaker);
    obj_unref(l);
}
