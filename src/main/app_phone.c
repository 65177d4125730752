/* app_phone.c - telephones in browsers joined with calls: an offer becomes a leg, the leg becomes a call. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "main/app_priv.h"

#include "base/banned.h"

enum { TEST_CALLS_MAX = 8 };

struct test_call {
    struct app *app;
    const char *sdp;
    const json_t *lead;
    char **answer, *id;
    int count, err;
};

/* A user who begins anew has left the talk before. */
static void look_at(struct call *c, void *arg)
{
    struct test_call *t = arg;

    if (!lead_is_test(call_lead(c)))
        return;
    t->count++;
    if (strcmp(call_lead_id(c), json_string_value(json_object_get(t->lead, "id"))) == 0)
        call_hangup(c, "person");
}

static void begin(void *arg)
{
    struct test_call *t = arg;
    struct leg *leg;

    calls_each(t->app->calls, look_at, t);
    if (t->count >= TEST_CALLS_MAX || t->app->stopping) {
        t->err = EAGAIN;
        return;
    }
    t->err = leg_web_open(&leg, t->answer, t->app->line, &(struct leg_web){.offer = t->sdp, .offer_n = strlen(t->sdp)});
    if (t->err)
        return;
    t->err = call_answer(t->app->calls, leg, NULL, t->lead, NULL, t->id);
    if (t->err) {
        leg_hangup(leg, 0);
        free(*t->answer);
        *t->answer = NULL;
    }
    obj_unref(leg);
}

int app_test_call(char **answer, char id[ID_MAX], const char *sdp, const json_t *lead, void *arg)
{
    struct test_call t = {.app = arg, .sdp = sdp, .lead = lead, .answer = answer, .id = id};
    int err = loop_call(t.app->control, begin, &t);

    return err ? err : t.err;
}

/* --- closers --- */

struct plugging {
    struct app *app;
    const char *closer_id, *sdp;
    char **answer, *plug_id;
    int err;
};

static void plug(void *arg)
{
    struct plugging *p = arg;

    p->err = p->app->stopping ? EAGAIN : desk_phone_plug(p->app->desk, p->answer, p->plug_id, p->closer_id, p->sdp);
}

static void unplug(void *arg)
{
    struct plugging *p = arg;

    desk_phone_unplug(p->app->desk, p->closer_id);
}

static void hang_up(void *arg)
{
    struct plugging *p = arg;

    p->err = desk_hang_up(p->app->desk, p->closer_id);
}

static void look_up_plug(void *arg)
{
    struct plugging *p = arg;

    p->err = desk_phone_get(p->app->desk, p->plug_id, p->closer_id);
}

static int on_control(loop_fn *fn, struct plugging *p)
{
    int err = loop_call(p->app->control, fn, p);

    return err ? err : p->err;
}

int app_phone_plug(char **answer, char plug_id[ID_MAX], const char *closer_id, const char *sdp, void *arg)
{
    return on_control(plug, &(struct plugging){.app = arg, .closer_id = closer_id, .sdp = sdp, .answer = answer, .plug_id = plug_id});
}

int app_phone_unplug(const char *closer_id, void *arg)
{
    return on_control(unplug, &(struct plugging){.app = arg, .closer_id = closer_id});
}

int app_phone_hang_up(const char *closer_id, void *arg)
{
    return on_control(hang_up, &(struct plugging){.app = arg, .closer_id = closer_id});
}

int app_phone_get(char plug_id[ID_MAX], const char *closer_id, void *arg)
{
    return on_control(look_up_plug, &(struct plugging){.app = arg, .closer_id = closer_id, .plug_id = plug_id});
}
