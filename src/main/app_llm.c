/* app_llm.c - the optional language model joined with the calls: what it is asked, and where its answers go. Whatever it does, calls go on. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "llm/llm.h"
#include "llm/ask.h"
#include "main/app_priv.h"
#include "store/entities.h"

#include "base/banned.h"

enum { QUOTE_TOKENS = 120, WORDINGS_TOKENS = 1500, WORDINGS_MS = 15000, SUMMARY_TOKENS = 300, SUMMARY_MS = 30000 };

int app_open_llm(struct app *a, char *why, size_t why_size)
{
    const struct config *c = &a->cfg;

    if (c->llm_url[0] == '\0')
        return 0;
    return llm_open(&a->llm, &(struct llm_params){.url = c->llm_url, .model = c->llm_model, .key = c->llm_key}, why, why_size);
}

void app_close_llm(struct app *a)
{
    struct llm_counts n;

    if (a->llm == NULL)
        return;
    llm_close(a->llm);
    n = llm_counts(a->llm);
    log_info("main", "", "language model: %llu asked, %llu answered, %llu failed, %llu not asked", (unsigned long long)n.asked, (unsigned long long)n.answered, (unsigned long long)n.failed,
             (unsigned long long)n.refused);
    a->llm = obj_unref(a->llm);
}

static int send_request(struct app *a, struct ask_request *r, int tokens, int timeout_ms, llm_answer_fn *fn, void *arg)
{
    int err = r->messages == NULL || r->schema == NULL
                  ? ENOMEM
                  : llm_ask(a->llm, &(struct llm_request){.messages = r->messages, .schema = r->schema, .max_tokens = tokens, .timeout_ms = timeout_ms, .loop = a->control, .fn = fn, .arg = arg});

    ask_request_release(r);
    return err;
}

/* --- during a call --- */

struct asked { struct call *call; /* reference */ unsigned ticket; json_t *sentences; };

static void asked_free(struct asked *k)
{
    obj_unref(k->call);
    json_decref(k->sentences);
    free(k);
}

static void on_quote(int err, const char *text, void *arg)
{
    struct asked *k = arg;
    char quote[ASK_QUOTE_MAX];

    if (err)
        log_debug("main", call_id(k->call), "language model: no quote: %s", strerror(err));
    call_help_quote(k->call, k->ticket, !err && ask_quote_read(quote, sizeof quote, text) ? quote : NULL);
    asked_free(k);
}

static int help_quote(struct call *c, const json_t *wanted, unsigned ticket, void *arg)
{
    struct app *a = app_of_port(arg);
    struct ask_request r = ask_quote(wanted);
    struct asked *k = calloc(1, sizeof *k);
    int err = ENOMEM;

    if (k != NULL) {
        *k = (struct asked){.call = obj_ref(c), .ticket = ticket};
        err = send_request(a, &r, QUOTE_TOKENS, a->cfg.llm_limit_ms, on_quote, k);
    }
    ask_request_release(&r);
    if (err && k != NULL)
        asked_free(k);
    return err;
}

static void on_wordings(int err, const char *text, void *arg)
{
    struct asked *k = arg;
    json_t *pairs = err ? NULL : ask_reword_read(k->sentences, text);

    if (err)
        log_debug("main", call_id(k->call), "language model: no other words: %s", strerror(err));
    if (pairs != NULL)
        call_help_wordings(k->call, pairs);
    asked_free(k);
}

static int help_wordings(struct call *c, const json_t *sentences, void *arg)
{
    struct app *a = app_of_port(arg);
    struct ask_request r = ask_reword(sentences);
    struct asked *k = calloc(1, sizeof *k);
    int err = ENOMEM;

    if (k != NULL) {
        *k = (struct asked){.call = obj_ref(c), .sentences = json_deep_copy(sentences)};
        err = send_request(a, &r, WORDINGS_TOKENS, WORDINGS_MS, on_wordings, k);
    }
    ask_request_release(&r);
    if (err && k != NULL)
        asked_free(k);
    return err;
}

void app_llm_ports(const struct app *a, struct call_ports *out)
{
    if (a->llm == NULL)
        return;
    out->help_quote = help_quote;
    out->help_wordings = a->cfg.llm_wordings ? help_wordings : NULL;
}

/* --- after a call --- */

struct summary { struct app *app; char call_id[37], lead_id[37], text[ASK_SUMMARY_MAX + 1]; json_t *turns; };

static void summary_free(struct summary *s)
{
    json_decref(s->turns);
    free(s);
}

static void on_written(int err, void *arg)
{
    struct summary *s = arg;

    if (err)
        log_warn("main", s->call_id, "the model's summary is not written: %s", strerror(err));
    summary_free(s);
}

static int write_summary(struct tx *tx, void *arg)
{
    const struct summary *s = arg;
    json_t *data = json_pack("{s:s,s:s}", "text", s->text, "model", s->app->cfg.llm_model);
    int err = event_append(tx, &(struct store_event){.kind = "call.summarised", .lead_id = s->lead_id, .call_id = s->call_id, .data = data, .at = clock_now_ms()});

    json_decref(data);
    return err;
}

static void on_summary(int err, const char *text, void *arg)
{
    struct summary *s = arg;
    struct app *a = s->app;

    if (err || !ask_summary_read(s->text, sizeof s->text, text, s->turns)) {
        log_debug("main", s->call_id, "language model: no summary");
        summary_free(s);
    } else if (store_submit(a->store, write_summary, on_written, a->control, s) != 0) {
        summary_free(s);
    }
}

static int read_turns(struct tx *tx, void *arg)
{
    struct summary *s = arg;

    return turn_list(tx, s->call_id, &s->turns);
}

static void read_work(void *arg)
{
    struct summary *s = arg;

    if (store_read(s->app->store, read_turns, s) != 0)
        s->turns = NULL;
}

static void read_done(void *arg)
{
    struct summary *s = arg;
    struct ask_request r;

    if (s->turns == NULL || json_array_size(s->turns) == 0 || s->app->stopping) {
        summary_free(s);
        return;
    }
    r = ask_summary(s->turns);
    if (send_request(s->app, &r, SUMMARY_TOKENS, SUMMARY_MS, on_summary, s) != 0)
        summary_free(s);
}

void app_llm_call_ended(struct app *a, const struct call *c)
{
    struct summary *s = a->llm != NULL && a->cfg.llm_summary && !a->stopping ? calloc(1, sizeof *s) : NULL;

    if (s == NULL)
        return;
    s->app = a;
    memcpy(s->call_id, call_id(c), sizeof s->call_id);
    memcpy(s->lead_id, call_lead_id(c), sizeof s->lead_id);
    if (pool_submit(a->chores, read_work, read_done, a->control, s) != 0)
        summary_free(s);
}
