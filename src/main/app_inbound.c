/* app_inbound.c - a prospect calls back: recognised by number, the conversation goes on where it was. The look-up is a job of the store's writer (it may
 * have to write a lead that nobody knew); the leg rings meanwhile. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/app_priv.h"
#include "store/entities.h"

#include "base/banned.h"

struct inbound {
    struct app *app;
    struct leg *leg;         /* reference */
    char from[64], phone[20], attempt_id[37];
    json_t *lead;
    char *known_answers;
    int err;
};

static void inbound_free(struct inbound *in)
{
    obj_unref(in->leg);
    json_decref(in->lead);
    free(in->known_answers);
    free(in);
}

/* What they have told us before is not asked again. */
static void find_answers(struct tx *tx, struct inbound *in)
{
    json_t *answers;

    if (call_known_answers(tx, jx_str(in->lead, "id", ""), &answers) != 0)
        return;
    in->known_answers = jx_dump(answers);
    json_decref(answers);
}

static int claim(struct tx *tx, void *arg)
{
    struct inbound *in = arg;
    int64_t now = clock_now_ms();
    int err = lead_get_by_phone(tx, in->phone, 0, &in->lead);

    if (err)
        return err;
    find_answers(tx, in);
    err = attempt_insert(tx, jx_str(in->lead, "id", ""), "inbound", now, now, in->attempt_id);
    return err ? err : attempt_set_state(tx, in->attempt_id, "dialing", NULL, now);
}

/* On the pool, because it waits: the lead is found, or made from the number alone. */
static void look_up(void *arg)
{
    struct inbound *in = arg;
    struct lead_result r;
    char why[160];
    json_t *body;

    in->err = phone_normalise(in->phone, in->from, in->app->cfg.default_region, why, sizeof why);
    if (in->err)
        return;
    in->err = store_run(in->app->store, claim, in);
    if (in->err != ENOENT)
        return;
    body = json_pack("{s:s,s:s}", "phone", in->phone, "source", "inbound_call");
    in->err = lead_intake(&r, in->app->store, &in->app->lead_cfg, body, "inbound_call", clock_now_ms());
    json_decref(body);
    if (!in->err && r.error_count > 0)
        in->err = EINVAL;
    lead_result_release(&r);
    if (!in->err)
        in->err = store_run(in->app->store, claim, in);
}

static void on_found(void *arg)
{
    struct inbound *in = arg;
    char masked[LOG_MASK_MAX];

    if (in->err || in->app->stopping) {
        log_info("call", "", "inbound call from %s refused: %s", log_phone(masked, in->from), strerror(in->err ? in->err : ESHUTDOWN));
        leg_hangup(in->leg, 480);
    } else if (call_answer(in->app->calls, in->leg, in->attempt_id, in->lead, in->known_answers, NULL) != 0) {
        leg_hangup(in->leg, 503);
    }
    inbound_free(in);
}

void app_on_incoming(struct leg *leg, const char *from, const char *to, void *arg)
{
    struct app *a = arg;
    struct inbound *in = calloc(1, sizeof *in);

    (void)to;
    if (in == NULL || a->stopping) {
        free(in);
        leg_hangup(leg, 503);
        obj_unref(leg);
        return;
    }
    in->app = a;
    in->leg = leg;
    (void)text_copy(in->from, sizeof in->from, from);
    if (pool_submit(a->talkers, look_up, on_found, a->control, in) != 0) {
        leg_hangup(leg, 503);
        inbound_free(in);
    }
}
