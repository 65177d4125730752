#include "main/rig.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "lead/phone.h"
#include "main/carrier.h"
#include "main/post.h"
#include "store/desk_rows.h"
#include "store/entities.h"

#include "base/banned.h"

enum { EVENTS_AT_ONCE = 500, GATE_MARGIN_MS = 3600000 };

struct rig {
    struct rig_params p;
    struct app app;
    struct people *people;
    struct carrier *carrier;
    struct poster *poster;
    pthread_mutex_t poster_lock;
    char token[128], data_dir[CONFIG_TEXT_MAX], base_url[128];
    bool temporary, app_ready, carrier_ready, told, reading, again;
    int64_t seen;
    int exit_code;
};

struct app *rig_app(struct rig *r)
{
    return &r->app;
}

const struct people *rig_people(struct rig *r)
{
    return r->people;
}

const char *rig_token(const struct rig *r)
{
    return r->token;
}

void rig_stop(struct rig *r, int exit_code)
{
    r->exit_code = exit_code;
    app_stop(&r->app);
}

/* --- the journal --- */

struct reading { struct rig *rig; json_t *events; };

static int read_events(struct tx *tx, void *arg)
{
    struct reading *rd = arg;

    return event_list(tx, rd->rig->seen, NULL, NULL, EVENTS_AT_ONCE, &rd->events);
}

static void follow(void *arg);

static void on_read(void *arg)
{
    struct reading *rd = arg;
    struct rig *r = rd->rig;
    bool more = json_array_size(rd->events) == EVENTS_AT_ONCE;
    size_t i;
    json_t *ev;

    r->reading = false;
    json_array_foreach(rd->events, i, ev)
    {
        r->seen = jx_int(ev, "seq", r->seen);
        if (r->p.on_event != NULL)
            r->p.on_event(r, ev, r->p.arg);
    }
    json_decref(rd->events);
    free(rd);
    if (more || r->again)
        follow(r);
}

static void follow(void *arg)
{
    struct rig *r = arg;
    struct reading *rd;

    r->again = r->reading;
    if (r->reading || (rd = calloc(1, sizeof *rd)) == NULL)
        return;
    rd->rig = r;
    r->reading = true;
    if (rig_read(r, read_events, on_read, rd) != 0) {
        r->reading = false;
        free(rd);
    }
}

static void on_commit(int64_t last_seq, void *arg)
{
    struct rig *r = arg;

    (void)last_seq;
    (void)loop_post(r->app.control, follow, r);
}

struct pool_read { struct rig *rig; store_job_fn *job; loop_fn *done; void *arg; };

static void do_read(void *arg)
{
    struct pool_read *pr = arg;
    int err = store_read(pr->rig->app.store, pr->job, pr->arg);

    if (err)
        log_error("main", "", "cannot read the store: %s", strerror(err));
}

static void did_read(void *arg)
{
    struct pool_read *pr = arg;

    pr->done(pr->arg);
    free(pr);
}

int rig_read(struct rig *r, store_job_fn *job, loop_fn *done, void *arg)
{
    struct pool_read *pr = calloc(1, sizeof *pr);
    int err;

    if (pr == NULL)
        return ENOMEM;
    *pr = (struct pool_read){r, job, done, arg};
    err = pool_submit(r->app.talkers, do_read, did_read, r->app.control, pr);
    if (err)
        free(pr);
    return err;
}

/* --- leads --- */

bool rig_callable(const struct rig *r, const char *number)
{
    char zones[GATE_ZONES_MAX][PHONE_ZONE_NAME_MAX];
    int n = phone_zones(zones, GATE_ZONES_MAX, number), offset;
    int64_t now = clock_now_ms();

    for (int i = 0; i < n; i++) {
        int64_t local, minute;

        if (clock_zone_offset(&offset, zones[i], now) != 0)
            return false;
        local = now + (int64_t)offset * 1000;
        minute = local / 60000 % 1440;
        if (minute < r->app.cfg.gate.hours_from_min || minute + GATE_MARGIN_MS / 60000 >= r->app.cfg.gate.hours_to_min)
            return false;
    }
    return n > 0;
}

static const char *choose_number(const struct rig *r, const struct persona *who)
{
    if (rig_callable(r, who->number))
        return who->number;
    for (size_t i = 0; i < who->also_count; i++)
        if (rig_callable(r, who->also[i]))
            return who->also[i];
    return who->number;
}

static json_t *lead_body(const struct persona *who, const char *number)
{
    json_t *consent = json_pack("{s:s,s:s,s:s}", "text", "Call me about my request, also with an automated voice.", "source", "web form", "ip", "127.0.0.1");

    return json_pack("{s:s,s:s,s:s?,s:s?,s:s,s:o}", "phone", number, "name", who->name, "company", who->company, "title", who->title, "source", who->source, "consent", consent);
}

struct posting { struct rig *rig; json_t *body; };

static void do_post(void *arg)
{
    struct posting *po = arg;
    struct rig *r = po->rig;
    json_t *answer = NULL;
    char why[200] = "";
    int status = 0, err;

    pthread_mutex_lock(&r->poster_lock);
    err = poster_send(r->poster, "/api/v1/leads", po->body, &status, &answer, why, sizeof why);
    pthread_mutex_unlock(&r->poster_lock);
    if (err || status != 202)
        log_error("main", "", "a lead was not taken: %d %s", status, why);
    json_decref(answer);
}

static void did_post(void *arg)
{
    struct posting *po = arg;

    json_decref(po->body);
    free(po);
}

int rig_lead(struct rig *r, const struct persona *who, const char *number)
{
    struct posting *po = calloc(1, sizeof *po);
    int err;

    if (po == NULL)
        return ENOMEM;
    po->rig = r;
    po->body = lead_body(who, number != NULL ? number : choose_number(r, who));
    err = pool_submit(r->app.talkers, do_post, did_post, r->app.control, po);
    if (err)
        did_post(po);
    return err;
}

/* --- start --- */

static void check_ready(struct rig *r)
{
    if (!r->app_ready || !r->carrier_ready || r->told)
        return;
    r->told = true;
    if (r->p.on_ready != NULL)
        r->p.on_ready(r, r->p.arg);
}

static void on_speech(void *arg)
{
    struct rig *r = arg;

    r->app_ready = true;
    check_ready(r);
}

static void on_running(struct app *a, void *arg)
{
    struct rig *r = arg;

    (void)speech_when_ready(a->speech, a->control, on_speech, r);
}

static void on_carrier(const json_t *event, void *arg)
{
    struct rig *r = arg;
    const char *what = event != NULL ? jx_str(event, "event", "") : "gone";

    if (strcmp(what, "gone") == 0) {
        if (!r->app.stopping) {
            fputs("baton: the simulated carrier has ended\n", stderr);
            rig_stop(r, 1);
        }
        return;
    }
    if (strcmp(what, "ready") == 0) {
        r->carrier_ready = true;
        check_ready(r);
    } else if (r->p.on_phone != NULL) {
        r->p.on_phone(r, event, r->p.arg);
    }
}

struct staff { struct rig *rig; int carrier_port; };

/* Offline, until whoever tries the demo sits down at the desk. */
static int seat_admin(struct tx *tx, const json_t *skills, int64_t now)
{
    char id[ID_MAX];
    json_t *admin, *change;
    int err = user_get_by_login(tx, "admin", &admin);

    if (err)
        return err;
    change = json_pack("{s:s}", "closer_id", id_new(id, now));
    if (jx_str(admin, "closer_id", NULL) == NULL) {
        err = closer_put(tx, &(struct closer_row){.id = id, .name = "You", .sip_uri = DESK_BROWSER, .team = "closers", .skills = (json_t *)(uintptr_t)skills}, now);
        if (!err)
            err = user_update(tx, jx_str(admin, "id", ""), change);
    }
    json_decref(change);
    json_decref(admin);
    return err;
}

static int put_closers(struct tx *tx, void *arg)
{
    const struct staff *s = arg;
    int64_t now = clock_now_ms();
    json_t *skills = json_array();
    int err = 0;

    for (int i = 0; i < RIG_CLOSERS_MAX && s->rig->p.closers[i] != NULL && !err; i++) {
        const struct persona *who = people_find(s->rig->people, s->rig->p.closers[i]);
        char id[ID_MAX], uri[LEG_URI_MAX];

        if (who == NULL)
            continue;
        snprintf(uri, sizeof uri, "sip:%s@127.0.0.1:%d", who->number, s->carrier_port);
        err = closer_put(tx, &(struct closer_row){.id = id_new(id, now), .name = who->name, .sip_uri = uri, .team = "closers", .accept = "key", .skills = skills}, now);
        if (!err)
            err = closer_row_presence(tx, id, "available", NULL, NULL, now);
    }
    if (!err && s->rig->p.seat)
        err = seat_admin(tx, skills, now);
    json_decref(skills);
    return err;
}

/* A UDP port that is free now; the carrier takes it a moment later. */
static int free_port(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof a;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), port = 0;

    if (fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof a) == 0 && getsockname(fd, (struct sockaddr *)&a, &n) == 0)
        port = ntohs(a.sin_port);
    if (fd >= 0)
        close(fd);
    return port;
}

static int choose_dir(struct rig *r)
{
    const char *tmp = getenv("TMPDIR");

    if (r->p.data_dir != NULL) {
        (void)text_copy(r->data_dir, sizeof r->data_dir, r->p.data_dir);
        return 0;
    }
    snprintf(r->data_dir, sizeof r->data_dir, "%.400s/baton-demo-XXXXXX", tmp != NULL ? tmp : "/tmp");
    r->temporary = mkdtemp(r->data_dir) != NULL;
    return r->temporary ? 0 : errno;
}

static void configure(struct rig *r, struct config *c, int carrier_port)
{
    config_init(c);
    (void)text_copy(c->data_dir, sizeof c->data_dir, r->data_dir);
    (void)text_copy(c->log_level, sizeof c->log_level, r->p.log_level != NULL ? r->p.log_level : "warn");
    snprintf(c->trunk_uri, sizeof c->trunk_uri, "sip:127.0.0.1:%d", carrier_port);
    c->sip_port = 0;
    c->http_port = r->p.http_port;
    c->slots = r->p.slots > 0 ? r->p.slots : 10;
    c->ears_workers = r->p.ears_workers > 0 ? r->p.ears_workers : 1;
    c->voice_workers = r->p.voice_workers > 0 ? r->p.voice_workers : 1;
    c->desk.wrap_up_s = 15;
    c->speech = !r->p.no_speech;
    if (r->p.any_hour) {
        c->gate.hours_from_min = 0;
        c->gate.hours_to_min = 1440;
    }
}

static int open_all(struct rig *r, char *why, size_t size)
{
    struct config cfg;
    struct staff staff = {r, r->p.carrier_port > 0 ? r->p.carrier_port : free_port()};
    int err = people_load(&r->people, r->p.people_file, why, size);

    if (err)
        return err;
    snprintf(why, size, "cannot make a folder for the demo's data");
    err = choose_dir(r);
    if (err)
        return err;
    configure(r, &cfg, staff.carrier_port);
    if (cfg.speech && access(cfg.worker, X_OK) != 0) {
        err = errno;
        snprintf(why, size, "the speech worker %.300s is missing: run `make build`", cfg.worker);
        return err;
    }
    err = app_open(&r->app, &cfg, why, size);
    if (err)
        return err;
    snprintf(why, size, "cannot prepare the demo");
    err = store_run(r->app.store, put_closers, &staff);
    if (!err)
        err = store_watch(r->app.store, on_commit, r);
    if (!err)
        err = http_token_create(r->app.store, "demo", "admin", r->token, sizeof r->token);
    snprintf(r->base_url, sizeof r->base_url, "http://127.0.0.1:%d", http_port(r->app.http));
    if (!err)
        err = poster_alloc(&r->poster, r->base_url, r->token);
    r->carrier_ready = r->p.carrier_port > 0;
    if (!err && r->p.carrier_port == 0)
        err = carrier_start(&r->carrier, &(struct carrier_params){.port = staff.carrier_port, .target_port = line_port(r->app.line), .people_file = r->p.people_file, .record_dir = r->p.people_record_dir, .line = r->p.people_line, .ears = r->p.people_ears,
                                                                  .voices = r->p.people_voice, .control = r->app.control, .fn = on_carrier, .arg = r});
    return err;
}

static void remove_dir(const char *path)
{
    char command[CONFIG_TEXT_MAX + 16];

    if (strstr(path, "/baton-demo-") == NULL)
        return;
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        fprintf(stderr, "baton: %s could not be removed\n", path);
}

int rig_run(const struct rig_params *p)
{
    struct rig *r = calloc(1, sizeof *r);
    char why[512] = "";
    int err, code;

    if (r == NULL)
        return 1;
    r->p = *p;
    pthread_mutex_init(&r->poster_lock, NULL);
    err = open_all(r, why, sizeof why);
    if (err) {
        fprintf(stderr, "baton: %s\n", why);
        r->exit_code = 1;
    } else {
        r->app.on_running = on_running;
        r->app.on_running_arg = r;
        if (app_run(&r->app) != 0)
            r->exit_code = 1;
    }
    if (r->p.on_over != NULL)
        r->p.on_over(r->p.arg);
    carrier_stop(r->carrier);
    app_close(&r->app);
    poster_free(r->poster);
    obj_unref(r->people);
    if (r->temporary && !r->p.keep)
        remove_dir(r->data_dir);
    pthread_mutex_destroy(&r->poster_lock);
    code = r->exit_code;
    free(r);
    return code;
}
