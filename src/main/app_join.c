/* app_join.c - people who join a call from a browser: HTTP's threads ask the desk, which lives on the control loop. */
#include "main/app_priv.h"

#include "base/banned.h"

struct joining {
    struct app *app;
    const char *call_id, *user_id, *mode, *sdp;
    const struct desk_person *who;
    char **answer;
    int err;
};

static void join(void *arg)
{
    struct joining *j = arg;

    j->err = desk_join(j->app->desk, j->answer, j->call_id, j->who, j->mode, j->sdp);
}

static void set_mode(void *arg)
{
    struct joining *j = arg;

    j->err = desk_join_mode(j->app->desk, j->call_id, j->user_id, j->mode);
}

static void leave(void *arg)
{
    struct joining *j = arg;

    j->err = desk_join_leave(j->app->desk, j->call_id, j->user_id);
}

static int on_control(loop_fn *fn, struct joining *j)
{
    int err = loop_call(j->app->control, fn, j);

    return err ? err : j->err;
}

int app_join(char **answer, const char *call_id, const struct desk_person *who, const char *mode, const char *sdp, void *arg)
{
    return on_control(join, &(struct joining){.app = arg, .call_id = call_id, .who = who, .mode = mode, .sdp = sdp, .answer = answer});
}

int app_join_mode(const char *call_id, const char *user_id, const char *mode, void *arg)
{
    return on_control(set_mode, &(struct joining){.app = arg, .call_id = call_id, .user_id = user_id, .mode = mode});
}

int app_join_leave(const char *call_id, const char *user_id, void *arg)
{
    return on_control(leave, &(struct joining){.app = arg, .call_id = call_id, .user_id = user_id});
}
