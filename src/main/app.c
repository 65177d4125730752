/* app.c - builds the rooms in the order of their dependencies and takes them down in reverse. */
#include "main/app.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "follow/follow.h"
#include "main/app_priv.h"
#include "store/entities.h"
#include "talk/greeting.h"

#include "base/banned.h"

enum { MAX_FDS = 8192, JOIN_WINDOW_MS = 24 * 3600 * 1000, LEASE_MS = 120000, PROMPT_CACHE_BYTES = 64 << 20, LARGE_BYTES = 128 * 1024 };

static int fail(char *why, size_t why_size, const char *what, int err)
{
    snprintf(why, why_size, "%s: %s", what, strerror(err));
    return err;
}

static int raise_fd_limit(void)
{
    struct rlimit r;

    if (getrlimit(RLIMIT_NOFILE, &r) != 0)
        return 1024;
    r.rlim_cur = r.rlim_max < MAX_FDS ? r.rlim_max : MAX_FDS;
    (void)setrlimit(RLIMIT_NOFILE, &r);
    return (int)r.rlim_cur;
}

static int make_dir(const char *path)
{
    return mkdir(path, 0750) == 0 || errno == EEXIST ? 0 : errno;
}

static int open_data(struct app *a, char *why, size_t why_size)
{
    char url[CONFIG_TEXT_MAX + 32], host[32] = "node";
    int err = make_dir(a->cfg.data_dir);

    snprintf(a->recordings, sizeof a->recordings, "%.480s/recordings", a->cfg.data_dir);
    if (!err)
        err = make_dir(a->recordings);
    if (err)
        return fail(why, why_size, a->cfg.data_dir, err);
    (void)gethostname(host, sizeof host - 1);
    snprintf(a->node, sizeof a->node, "%s-%d-%llx", host, (int)getpid(), (unsigned long long)clock_now_ms());
    if (a->cfg.store_url[0] != '\0')
        (void)text_copy(url, sizeof url, a->cfg.store_url);
    else
        snprintf(url, sizeof url, "sqlite:%s/baton.db", a->cfg.data_dir);
    return store_open(&a->store, url, why, why_size);
}

static int open_audio(struct app *a, char *why, size_t why_size)
{
    const struct config *c = &a->cfg;
    char cache[CONFIG_TEXT_MAX + 16], vad[CONFIG_TEXT_MAX + 32];
    int err = media_alloc(&a->media, &(struct media_config){.threads = c->media_threads, .bind_ip = c->rtp_ip, .port_min = c->rtp_min, .port_max = c->rtp_max, .rtp_timeout_ms = 20000}, a->control);

    if (err)
        return fail(why, why_size, "media threads", err);
    err = recorder_pool_alloc(&a->recorders);
    if (err)
        return fail(why, why_size, "recorder", err);
    snprintf(cache, sizeof cache, "%s/prompts", c->data_dir);
    (void)make_dir(cache);
    err = speech_alloc(&a->speech, &(struct speech_config){.worker_path = c->worker, .models_dir = c->models_dir, .cache_dir = cache, .recogniser = c->recogniser,
                                                           .ears_workers = c->speech ? c->ears_workers : 0, .voice_workers = c->speech ? c->voice_workers : 0, .cache_bytes = PROMPT_CACHE_BYTES});
    if (err)
        return fail(why, why_size, "speech workers", err);
    snprintf(vad, sizeof vad, "%s/vad/silero8k.bin", c->models_dir);
    err = vad_model_load(&a->vad, vad);
    if (err) {
        log_warn("main", "", "%s: %s: nobody will be heard; run `make models`", vad, strerror(err));
        a->vad = NULL;
    }
    return 0;
}

static const char *set_or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static int open_line(struct app *a, line_incoming_fn *on_incoming, char *why, size_t why_size)
{
    const struct config *c = &a->cfg;
    struct line_config lc = {.bind_ip = c->sip_ip, .port = (uint16_t)c->sip_port, .user_agent = "Baton/" BATON_VERSION,
                             .tls = {.on = c->sip_tls, .port = (uint16_t)c->sip_tls_port, .cert_file = set_or_null(c->sip_tls_cert), .ca_file = set_or_null(c->sip_tls_ca)},
                             .trunk = {.uri = set_or_null(c->trunk_uri), .username = set_or_null(c->trunk_user), .password = set_or_null(c->trunk_password),
                                       .from_number = c->caller_number, .do_register = c->trunk_register, .register_expires_s = 600, .plain_audio = !c->trunk_srtp}};
    int err = line_alloc(&a->line, &lc, a->control, a->media, on_incoming, app_on_register, a);

    return err ? fail(why, why_size, "SIP line", err) : 0;
}

static int open_desk_and_calls(struct app *a, char *why, size_t why_size)
{
    struct desk_config dc = a->cfg.desk;
    struct calls_params p = {.cfg = {.recordings_dir = a->recordings, .models_dir = a->cfg.models_dir, .help_ms = a->cfg.llm_limit_ms, .ring_timeout_s = a->cfg.ring_timeout_s, .scenario_version = a->scenario_version,
                                     .lead = a->lead_cfg},
                             .control = a->control, .talkers = a->talkers, .store = a->store, .line = a->line, .recorders = a->recorders, .speech = a->speech, .vad = a->vad,
                             .scenario = a->scenario, .und = a->und};
    int err;

    err = greeting_book_alloc(&a->greetings, a->scenario->language);
    if (err)
        return fail(why, why_size, "greetings", err);
    dc.greetings = a->greetings;
    dc.vad = a->vad;
    dc.recorders = a->recorders;
    dc.recordings_dir = a->recordings;
    dc.voice = a->scenario->voice;
    err = desk_alloc(&a->desk, &dc, a->store, a->line, a->speech, a->control);
    if (err)
        return fail(why, why_size, "desk", err);
    err = line_phones(a->line, desk_telephone_known, desk_telephone_changed, a->desk);
    if (err)
        return fail(why, why_size, "telephones", err);
    app_call_ports(a, &p.ports);
    err = calls_alloc(&a->calls, &p);
    if (err)
        return fail(why, why_size, "calls", err);
    err = scheduler_alloc(&a->scheduler, a->store, a->control,
                          &(struct scheduler_config){.lead = a->lead_cfg, .node = a->node, .slots = a->cfg.slots, .lease_ms = LEASE_MS, .due = follow_run_due,
                                                       .pace = a->cfg.pacing ? app_pace : NULL, .pace_arg = a}, app_on_dial, a);
    return err ? fail(why, why_size, "scheduler", err) : 0;
}

static int open_http(struct app *a, char *why, size_t why_size)
{
    struct http_ports ports;
    int err = app_first_admin_end(a);

    if (err)
        return fail(why, why_size, "first administrator", err);
    app_http_ports(a, &ports);
    err = http_alloc(&a->http, &(struct http_config){.bind_ip = a->cfg.http_ip, .port = (uint16_t)a->cfg.http_port, .web_dir = a->cfg.web_dir[0] != '\0' ? a->cfg.web_dir : NULL,
                                                     .recordings_dir = a->recordings, .lead = a->lead_cfg, .secure_cookies = a->cfg.secure_cookies, .session_hours = 12, .turn_url = a->cfg.turn_url[0] != '\0' ? a->cfg.turn_url : NULL,
                                                     .turn_secret = a->cfg.turn_secret},
                     a->store, a->desk, a->control, &ports);
    if (err)
        snprintf(why, why_size, "web server on %s:%d: %s", a->cfg.http_ip, a->cfg.http_port, strerror(err));
    return err;
}

int app_open(struct app *a, const struct config *cfg, char *why, size_t why_size)
{
    enum log_level level;
    int err;

    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES); /* what is large is given back when it is freed; left alone, the limit grows with each such piece */
    memset(a, 0, sizeof *a);
    a->cfg = *cfg;
    if (log_level_parse(&level, cfg->log_level) == 0)
        log_set_level(level);
    a->lead_cfg = (struct lead_config){.default_region = a->cfg.default_region, .join_window_ms = JOIN_WINDOW_MS, .policy = a->cfg.gate};
    err = loop_lib_init(raise_fd_limit());
    if (!err)
        err = loop_alloc(&a->control, "control");
    if (!err)
        err = pool_alloc(&a->talkers, cfg->talk_threads, "talk");
    if (!err)
        err = pool_alloc(&a->chores, 1, "chores");
    if (err)
        return fail(why, why_size, "event loop", err);
    err = open_data(a, why, why_size);
    if (!err)
        app_first_admin_begin(a);
    if (!err)
        err = app_load_scenario(a, why, why_size);
    if (!err)
        err = open_audio(a, why, why_size);
    if (!err)
        err = open_line(a, app_on_incoming, why, why_size);
    if (!err && app_open_llm(a, why, why_size) != 0)
        err = EINVAL;
    if (!err)
        err = open_desk_and_calls(a, why, why_size);
    if (!err)
        err = open_http(a, why, why_size);
    if (!err) {
        err = app_alerts_start(a);
        if (err)
            return fail(why, why_size, "alerts", err);
    }
    return err;
}

/* --- running and stopping --- */

static void on_desk_ready(void *arg)
{
    struct app *a = arg;

    if (a->stopping)
        return;
    scheduler_start(a->scheduler);
    app_upkeep_start(a);
    if (a->on_running != NULL)
        a->on_running(a, a->on_running_arg);
}

static void on_recordings_whole(void *arg)
{
    struct app *a = arg;

    loop_stop(a->control);
}

static void close_recorders(void *arg)
{
    struct app *a = arg;

    recorder_pool_close(a->recorders);
}

/* What is written once a recording is whole needs the loop and the store: they go on until the last one is. */
static void on_line_closed(void *arg)
{
    struct app *a = arg;

    if (pool_submit(a->chores, close_recorders, on_recordings_whole, a->control, a) != 0)
        loop_stop(a->control);
}

static void on_calls_closed(void *arg)
{
    struct app *a = arg;

    desk_close(a->desk);
    line_close(a->line, on_line_closed, a);
}

static void on_http_closed(void *arg)
{
    struct app *a = arg;

    calls_close(a->calls, on_calls_closed, a);
}

/* HTTP threads may be waiting for the control loop, so the loop goes on while they are joined. */
static void close_http(void *arg)
{
    struct app *a = arg;

    http_close(a->http);
}

static void begin_stop(void *arg)
{
    struct app *a = arg;

    if (a->stopping)
        return;
    a->stopping = true;
    app_upkeep_stop(a);
    scheduler_close(a->scheduler);
    if (pool_submit(a->chores, close_http, on_http_closed, a->control, a) != 0)
        loop_stop(a->control);
}

void app_stop(struct app *a)
{
    (void)loop_post(a->control, begin_stop, a);
}

static void on_signal(int sig, void *arg)
{
    (void)sig;
    begin_stop(arg);
}

int app_run(struct app *a)
{
    app_load_understanding(a);
    desk_start(a->desk, on_desk_ready, a);
    return loop_run(a->control, true, on_signal, a);
}

void app_close(struct app *a)
{
    (void)app_first_admin_end(a);
    if (a->http != NULL && !a->stopping)
        http_close(a->http);
    app_close_llm(a); /* while the pools still take what its answers lead to */
    pool_close(a->talkers);
    pool_close(a->chores);
    if (a->recorders != NULL)
        recorder_pool_close(a->recorders); /* it posts to the loop */
    app_alerts_stop(a);
    if (a->store != NULL)
        store_close(a->store);
    app_alerts_free(a);
    if (a->speech != NULL)
        speech_close(a->speech);
    if (a->control != NULL)
        loop_free(a->control); /* runs what was posted last: references go here */
    calls_free(a->calls);
    free(a->glue);
    obj_unref(a->http);
    obj_unref(a->scheduler);
    obj_unref(a->desk);
    obj_unref(a->greetings);
    obj_unref(a->line);
    if (a->media != NULL)
        media_close(a->media);
    obj_unref(a->media);
    obj_unref(a->recorders);
    obj_unref(a->speech);
    obj_unref(a->vad);
    obj_unref(a->und);
    obj_unref(a->scenario);
    obj_unref(a->store);
    loop_lib_close();
}
