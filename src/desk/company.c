/* company.c - a prospect who waits hears music at once and a friendly sentence now and then, until a human is back or the AI. */
#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "base/obj.h"
#include "desk/desk_priv.h"
#include "desk/hold_music.h"

#include "base/banned.h"

enum { PHRASE_SEQ = 0x7f000001 }; /* the calls' own sentences count from 1 */

static void on_phrase(int err, struct clip *clip, void *arg)
{
    struct handoff *h = arg;

    if (err)
        log_warn("desk", h->call_id, "the words for who waits cannot be spoken: %s", strerror(err));
    else if (timer_running(&h->bridged.phrase_timer)) /* they still wait */
        mport_play(h->prospect, clip, PHRASE_SEQ, 0);
    obj_unref(clip);
    obj_unref(h);
}

static void on_phrase_due(void *arg)
{
    struct handoff *h = arg;
    const struct desk_config *cfg = &h->desk->cfg;

    timer_start(&h->bridged.phrase_timer, (int64_t)cfg->hold_tick_s * 1000, on_phrase_due, h);
    if (h->desk->speech != NULL && cfg->hold_phrase != NULL && voice_say(h->desk->speech, cfg->voice, cfg->hold_phrase, h->desk->control, on_phrase, obj_ref(h)) != 0)
        obj_unref(h);
}

void company_play(struct desk *d, struct mport *port)
{
    if (d->hold_music == NULL && hold_music_alloc(&d->hold_music) != 0)
        log_warn("desk", "", "no memory for music: whoever waits hears words only");
    mport_music(port, d->hold_music);
}

void company_begin(struct handoff *h)
{
    struct desk *d = h->desk;

    company_play(d, h->prospect);
    timer_start(&h->bridged.phrase_timer, (int64_t)d->cfg.hold_tick_s * 1000, on_phrase_due, h);
}

void company_end(struct handoff *h)
{
    if (!timer_running(&h->bridged.phrase_timer))
        return;
    timer_cancel(&h->bridged.phrase_timer);
    mport_music(h->prospect, NULL);
    mport_stop(h->prospect);
}
