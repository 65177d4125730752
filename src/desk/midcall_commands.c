/* midcall_commands.c - what people ask for in a call that a human has: hold, park, transfer, retrieve, invite. Closers speak for their own call, managers for
 * every call. */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "desk/desk_priv.h"

#include "base/banned.h"

/* {do, closer_id: of who asks or null, manages, to: closer or null, queue, note} */
static bool may_command(const struct handoff *h, const json_t *wanted)
{
    const char *who = jx_str(wanted, "closer_id", "");

    return jx_bool(wanted, "manages", false) || (h->winner != NULL && strcmp(h->winner->closer->id, who) == 0);
}

/* The prospect cannot come back to a closer whose browser is gone. */
static int back_to_prospect(struct handoff *h, enum midcall_event ev)
{
    return h->bridged.closer_lost ? ENOTCONN : bridged_event(h, ev, NULL);
}

static int transfer(struct handoff *h, enum midcall_event ev, const json_t *wanted)
{
    const char *id = jx_str(wanted, "to", NULL), *queue = jx_str(wanted, "queue", "");
    struct closer *to = id != NULL ? desk_closer_find(h->desk, id) : NULL;

    if (id != NULL && to == NULL)
        return ENOENT;
    if (to == NULL && queue[0] == '\0')
        return EINVAL;
    if (to != NULL && to == h->bridged.last)
        return EALREADY;
    return transfer_begin(h, ev, to, queue, jx_str(wanted, "note", ""));
}

static int retrieve(struct handoff *h, const json_t *wanted)
{
    struct closer *c = desk_closer_find(h->desk, jx_str(wanted, "to", ""));

    return c == NULL ? ENOENT : transfer_begin(h, MID_EV_RETRIEVE, c, "", "");
}

static int invite(struct handoff *h, const json_t *wanted)
{
    const struct closer *c = desk_closer_find(h->desk, jx_str(wanted, "to", ""));

    return c == NULL ? ENOENT : join_invite(h, c);
}

int midcall_command(struct desk *d, const char *call_id, const json_t *wanted)
{
    struct handoff *h = desk_bridged_find(d, call_id);
    const char *what = jx_str(wanted, "do", "");

    if (h == NULL)
        return ENOENT;
    if (strcmp(what, "retrieve") == 0)
        return retrieve(h, wanted);
    if (!may_command(h, wanted))
        return EPERM;
    if (strcmp(what, "hold") == 0)
        return bridged_event(h, MID_EV_HOLD, NULL);
    if (strcmp(what, "resume") == 0)
        return back_to_prospect(h, MID_EV_RESUME);
    if (strcmp(what, "park") == 0)
        return bridged_event(h, MID_EV_PARK, NULL);
    if (strcmp(what, "transfer") == 0)
        return transfer(h, MID_EV_TRANSFER, wanted);
    if (strcmp(what, "send") == 0)
        return transfer(h, MID_EV_SEND, wanted);
    if (strcmp(what, "complete") == 0)
        return bridged_event(h, MID_EV_COMPLETE, NULL);
    if (strcmp(what, "cancel") == 0)
        return back_to_prospect(h, MID_EV_CANCEL);
    return strcmp(what, "invite") == 0 ? invite(h, wanted) : EINVAL;
}
