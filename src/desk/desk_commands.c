/* desk_commands.c - what people ask of the desk, from any thread: each command crosses to the control loop, acts there, and answers after its
 * rows are durable. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/obj.h"
#include "base/text.h"
#include "desk/callback.h"
#include "store/desk_rows.h"

#include "base/banned.h"

enum command_kind { CMD_ACCEPT, CMD_DECLINE, CMD_PRESENCE, CMD_WRAP_UP, CMD_CALL, CMD_BRING_BACK, CMD_MIDCALL };

struct command {
    enum command_kind kind;
    struct desk *desk; /* reference */
    char id[37], word[24], reason[96];
    json_t *body;      /* owned */
    desk_done_fn *fn;
    void *arg;
    int err;
};

static void command_free(struct command *c)
{
    json_decref(c->body);
    obj_unref(c->desk);
    free(c);
}

/* The rows of the command were queued before this empty job: when it is durable, so are they. */
static int barrier(struct tx *tx, void *arg)
{
    const struct command *c = arg;

    if (c->kind == CMD_WRAP_UP && !c->err)
        return handoff_row_wrap_up(tx, c->id, c->body, clock_now_ms());
    return 0;
}

static void on_durable(int err, void *arg)
{
    struct command *c = arg;

    c->fn(c->err ? c->err : err, c->arg);
    command_free(c);
}

static int do_accept(struct command *c)
{
    struct offer *o = desk_offer_find(c->desk, c->id);

    if (o == NULL)
        return ENOENT;
    if (o->state == OFFER_OVER || o->state == OFFER_ACCEPTED)
        return EALREADY;
    offer_accept(o);
    return 0;
}

static int do_decline(struct command *c)
{
    struct offer *o = desk_offer_find(c->desk, c->id);

    if (o == NULL)
        return ENOENT;
    if (o->state == OFFER_OVER || o->state == OFFER_ACCEPTED)
        return EALREADY;
    handoff_offer_failed(o, "declined", c->reason[0] != '\0' ? c->reason : NULL);
    return 0;
}

static int do_presence(struct command *c)
{
    struct closer *who = desk_closer_find(c->desk, c->id);
    bool away = strcmp(c->word, "away") == 0, offline = strcmp(c->word, "offline") == 0;

    if (who == NULL)
        return ENOENT;
    if (!away && !offline && strcmp(c->word, "available") != 0)
        return EINVAL;
    if (who->presence == PRESENCE_IN_CALL || who->presence == PRESENCE_RINGING)
        return EBUSY;
    closer_set_presence(who, away ? PRESENCE_AWAY : offline ? PRESENCE_OFFLINE : PRESENCE_AVAILABLE, c->reason[0] != '\0' ? c->reason : NULL, NULL);
    return 0;
}

static int do_wrap_up(struct command *c)
{
    struct desk *d = c->desk;

    for (int i = 0; i < d->closer_count; i++)
        if (strcmp(d->closers[i].handoff_id, c->id) == 0 && d->closers[i].presence == PRESENCE_WRAP_UP)
            closer_set_presence(&d->closers[i], PRESENCE_AVAILABLE, NULL, NULL);
    return 0;
}

static int do_call(struct command *c)
{
    struct closer *who = desk_closer_find(c->desk, c->id);

    return who == NULL || who->gone ? ENOENT : callback_start(c->desk, who, c->body);
}

static int do_bring_back(struct command *c)
{
    for (struct handoff *h = c->desk->first; h != NULL; h = h->next)
        if (strcmp(h->id, c->id) == 0 && h->state == HANDOFF_BRIDGED)
            return bridged_event(h, MID_EV_BRING_BACK, "brought_back");
    return ENOENT;
}

static int do_midcall(struct command *c)
{
    return midcall_command(c->desk, c->id, c->body);
}

static void run_command(void *arg)
{
    static int (*const does[])(struct command *) = {do_accept, do_decline, do_presence, do_wrap_up, do_call, do_bring_back, do_midcall};
    struct command *c = arg;

    c->err = does[c->kind](c);
    if (store_submit(c->desk->store, barrier, on_durable, c->desk->control, c) != 0)
        on_durable(EAGAIN, c);
}

static int command(struct desk *d, enum command_kind kind, const char *id, const char *word, const char *reason, const json_t *body, desk_done_fn *fn, void *arg)
{
    struct command *c = calloc(1, sizeof *c);
    int err;

    if (c == NULL)
        return ENOMEM;
    c->kind = kind;
    c->desk = obj_ref(d);
    (void)text_copy(c->id, sizeof c->id, id);
    (void)text_copy(c->word, sizeof c->word, word != NULL ? word : "");
    (void)text_copy(c->reason, sizeof c->reason, reason != NULL ? reason : "");
    c->body = body != NULL ? json_deep_copy(body) : NULL;
    c->fn = fn;
    c->arg = arg;
    err = loop_post(d->control, run_command, c);
    if (err)
        command_free(c);
    return err;
}

int desk_offer_accept(struct desk *d, const char *offer_id, desk_done_fn *fn, void *arg)
{
    return command(d, CMD_ACCEPT, offer_id, NULL, NULL, NULL, fn, arg);
}

int desk_offer_decline(struct desk *d, const char *offer_id, const char *reason, desk_done_fn *fn, void *arg)
{
    return command(d, CMD_DECLINE, offer_id, NULL, reason, NULL, fn, arg);
}

int desk_presence_set(struct desk *d, const char *closer_id, const char *presence, const char *reason, desk_done_fn *fn, void *arg)
{
    return command(d, CMD_PRESENCE, closer_id, presence, reason, NULL, fn, arg);
}

int desk_wrap_up_s(const struct desk *d)
{
    return d->cfg.wrap_up_s;
}

int desk_wrap_up(struct desk *d, const char *handoff_id, const json_t *wrap_up, desk_done_fn *fn, void *arg)
{
    return command(d, CMD_WRAP_UP, handoff_id, NULL, NULL, wrap_up, fn, arg);
}

int desk_call_prospect(struct desk *d, const char *closer_id, const json_t *wanted, desk_done_fn *fn, void *arg)
{
    return command(d, CMD_CALL, closer_id, NULL, NULL, wanted, fn, arg);
}

int desk_bring_back(struct desk *d, const char *handoff_id, desk_done_fn *fn, void *arg)
{
    return command(d, CMD_BRING_BACK, handoff_id, NULL, NULL, NULL, fn, arg);
}

int desk_midcall(struct desk *d, const char *call_id, const json_t *wanted, desk_done_fn *fn, void *arg)
{
    return command(d, CMD_MIDCALL, call_id, NULL, NULL, wanted, fn, arg);
}
