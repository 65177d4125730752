#include "main/config.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "base/yaml.h"
#include "call/call.h"

#include "base/banned.h"

enum setting_kind { SET_TEXT, SET_INT, SET_BOOL };

struct setting {
    const char *name;
    enum setting_kind kind;
    size_t offset, size;
    long long min, max;
    const char *help;
};

#define TEXT(name, field, help) {name, SET_TEXT, offsetof(struct config, field), sizeof(((struct config *)0)->field), 0, 0, help}
#define INT(name, field, min, max, help) {name, SET_INT, offsetof(struct config, field), 0, min, max, help}
#define BOOL(name, field, help) {name, SET_BOOL, offsetof(struct config, field), 0, 0, 0, help}

static const struct setting settings[] = {
    TEXT("data", data_dir, "folder of database, recordings and caches"),
    TEXT("store", store_url, "database, default sqlite:DATA/baton.db"),
    TEXT("scenario", scenario, "scenario file to run"),
    TEXT("models", models_dir, "folder of the speech and language models"),
    TEXT("web", web_dir, "folder of the built web app"),
    TEXT("alerts.webhook", alerts_webhook, "address that hears of hot leads and callbacks at risk (better: BATON_ALERTS_WEBHOOK)"),
    TEXT("worker", worker, "the baton-speech program"),
    TEXT("http.ip", http_ip, "address of the web server"),
    INT("http.port", http_port, 0, 65535, "its port, 0 = any"),
    BOOL("http.secure_cookies", secure_cookies, "yes behind TLS"),
    TEXT("sip.ip", sip_ip, "address of the SIP line"),
    INT("sip.port", sip_port, 0, 65535, "its port, 0 = any"),
    BOOL("sip.tls", sip_tls, "SIP over TLS too, for telephones; a trunk with transport=tls needs no more than that"),
    INT("sip.tls_port", sip_tls_port, 0, 65535, "its port, 0 = any"),
    TEXT("sip.tls_cert", sip_tls_cert, "PEM file of the certificate and key that telephones see"),
    TEXT("sip.tls_ca", sip_tls_ca, "PEM file of whom we believe, default the system's"),
    TEXT("rtp.ip", rtp_ip, "address of the media"),
    INT("rtp.min", rtp_min, 1024, 65535, "lowest media port"),
    INT("rtp.max", rtp_max, 1024, 65535, "highest media port"),
    TEXT("trunk.uri", trunk_uri, "carrier, e.g. sip:carrier.example;transport=tcp"),
    TEXT("phone.turn_url", turn_url, "TURN server for browsers, e.g. turn:turn.example:3478?transport=tcp"),
    TEXT("phone.turn_secret", turn_secret, "shared with it (better: BATON_TURN_SECRET)"),
    TEXT("trunk.user", trunk_user, "user name at the carrier"),
    TEXT("trunk.password", trunk_password, "password (better: BATON_TRUNK_PASSWORD)"),
    BOOL("trunk.register", trunk_register, "register with the carrier"),
    BOOL("trunk.srtp", trunk_srtp, "no: a carrier with TLS but without protected audio"),
    TEXT("trunk.number", caller_number, "number shown to the called, E.164"),
    INT("ring_timeout_s", ring_timeout_s, LEG_RING_MIN_S, 120, "give up ringing after"),
    INT("calls_max", slots, 1, 5000, "calls at once"),
    INT("threads.media", media_threads, 0, 64, "0 = processors but one"),
    INT("threads.talk", talk_threads, 1, 64, "threads that think"),
    INT("workers.ears", ears_workers, 0, 16, "recogniser processes"),
    INT("workers.voice", voice_workers, 0, 16, "voice processes"),
    TEXT("recogniser", recogniser, "base or tiny"),
    TEXT("log", log_level, "debug info warn error off"),
    TEXT("region", default_region, "country of numbers without one, e.g. US"),
    INT("gate.hours_from_min", gate.hours_from_min, 0, 1440, "first minute of the local day to call, 480"),
    INT("gate.hours_to_min", gate.hours_to_min, 0, 1440, "minute of the local day to stop, 1260"),
    INT("gate.attempts_max", gate.attempts_max, 1, 20, "calls to one lead in all"),
    INT("gate.attempts_per_day_max", gate.attempts_per_day_max, 1, 10, "calls to one lead in 24 hours"),
    BOOL("desk.pacing", pacing, "imported lists and re-engagement are dialled only as fast as closers are free for those who turn hot"),
    BOOL("desk.round_robin", desk.round_robin, "closers in turn; no: who has been free longest"),
    INT("desk.ring_owner_s", desk.ring_owner_s, 3, 60, "first offer rings"),
    INT("desk.ring_next_s", desk.ring_next_s, 3, 60, "second offer rings"),
    INT("desk.ring_all_s", desk.ring_all_s, 3, 60, "everybody rings"),
    INT("desk.decide_s", desk.decide_s, 3, 60, "who has picked up decides within"),
    INT("desk.hold_cap_s", desk.hold_cap_s, 10, 120, "longest hold of a prospect"),
    INT("desk.hold_tick_s", desk.hold_tick_s, 3, 30, "somebody speaks to them so often"),
    INT("desk.held_cap_s", desk.held_cap_s, 30, 1800, "longest wait of a prospect whom a closer put on hold"),
    INT("desk.park_cap_s", desk.park_cap_s, 30, 1800, "longest wait of a prospect who is parked"),
    INT("desk.transfer_ring_s", desk.transfer_ring_s, 5, 60, "a colleague rings"),
    BOOL("desk.closers_join", desk.closers_join, "closers may join calls of others without an invitation"),
    TEXT("llm.url", llm_url, "language model, e.g. http://127.0.0.1:8000/v1; none by default (its key: BATON_LLM_KEY)"),
    TEXT("llm.model", llm_model, "name of the model there"),
    INT("llm.limit_ms", llm_limit_ms, 50, CALL_HELP_MS, "a turn waits for it so long at most"),
    BOOL("llm.wordings", llm_wordings, "approved sentences may be said in other words"),
    BOOL("llm.summary", llm_summary, "it summarises a call that is over"),
    INT("desk.wrap_up_s", desk.wrap_up_s, 0, 3600, "wrap-up ends by itself after"),
};

enum { SETTING_COUNT = sizeof settings / sizeof settings[0] };

static void cache_dir(char *out, size_t size)
{
    const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (xdg != NULL && xdg[0] == '/')
        snprintf(out, size, "%s/baton", xdg);
    else
        snprintf(out, size, "%s/.cache/baton", home != NULL ? home : ".");
}

/* The program's own folder: the worker and, in a source tree, the web app and the scenarios are found from there. */
static void self_dir(char *out, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", out, size - 1);
    char *slash;

    out[n > 0 ? n : 0] = '\0';
    slash = strrchr(out, '/');
    if (slash != NULL)
        *slash = '\0';
}

static void find_tree(struct config *c, const char *self)
{
    static const char *const up[] = {"..", "../..", "../share/baton"};
    char path[1024];

    for (size_t i = 0; i < sizeof up / sizeof up[0]; i++) {
        snprintf(path, sizeof path, "%s/%s/scenarios/demo-request.yaml", self, up[i]);
        if (access(path, R_OK) != 0)
            continue;
        (void)text_copy(c->scenario, sizeof c->scenario, path);
        snprintf(path, sizeof path, "%s/%s/web/dist", self, up[i]);
        (void)text_copy(c->web_dir, sizeof c->web_dir, path);
        return;
    }
}

void config_init(struct config *c)
{
    char cache[CONFIG_TEXT_MAX - 32], self[CONFIG_TEXT_MAX - 32];
    const char *password = getenv("BATON_TRUNK_PASSWORD"), *turn_secret = getenv("BATON_TURN_SECRET");
    const char *llm_key = getenv("BATON_LLM_KEY");
    const char *webhook = getenv("BATON_ALERTS_WEBHOOK");

    *c = (struct config){.data_dir = "data", .http_ip = "127.0.0.1", .sip_ip = "127.0.0.1", .rtp_ip = "127.0.0.1", .http_port = 8080, .sip_port = 5060, .rtp_min = 20000,
                         .sip_tls_port = 5061, .trunk_srtp = true, .rtp_max = 40000, .caller_number = "+12025550100", .ring_timeout_s = 25, .slots = 50, .talk_threads = 2, .ears_workers = 1, .voice_workers = 1,
                         .llm_model = "default", .llm_limit_ms = CALL_HELP_MS, .llm_summary = true, .recogniser = "base", .speech = true, .log_level = "info", .default_region = "US"};
    c->gate = gate_policy_default;
    c->desk = desk_config_default;
    cache_dir(cache, sizeof cache);
    self_dir(self, sizeof self);
    snprintf(c->models_dir, sizeof c->models_dir, "%s/models", cache);
    snprintf(c->worker, sizeof c->worker, "%s/baton-speech", self);
    find_tree(c, self);
    if (llm_key != NULL)
        (void)text_copy(c->llm_key, sizeof c->llm_key, llm_key);
    if (webhook != NULL)
        (void)text_copy(c->alerts_webhook, sizeof c->alerts_webhook, webhook);
    if (password != NULL)
        (void)text_copy(c->trunk_password, sizeof c->trunk_password, password);
    if (turn_secret != NULL)
        (void)text_copy(c->turn_secret, sizeof c->turn_secret, turn_secret);
}

static int set_bool(bool *out, const char *value)
{
    bool yes = strcasecmp(value, "yes") == 0 || strcasecmp(value, "true") == 0, no = strcasecmp(value, "no") == 0 || strcasecmp(value, "false") == 0;

    if (!yes && !no)
        return EINVAL;
    *out = yes;
    return 0;
}

static int set_one(struct config *c, const struct setting *s, const char *value, char *why, size_t why_size)
{
    char *at = (char *)c + s->offset;
    long long n;

    switch (s->kind) {
    case SET_TEXT:
        if (text_copy(at, s->size, value))
            return 0;
        snprintf(why, why_size, "%s: longer than %zu bytes", s->name, s->size - 1);
        return EINVAL;
    case SET_INT:
        if (text_int(&n, value, s->min, s->max) != 0) {
            snprintf(why, why_size, "%s: \"%s\" is no whole number from %lld to %lld", s->name, value, s->min, s->max);
            return EINVAL;
        }
        memcpy(at, &(int){(int)n}, sizeof(int));
        return 0;
    case SET_BOOL:
        if (set_bool((bool *)at, value) == 0)
            return 0;
        snprintf(why, why_size, "%s: say yes or no, not \"%s\"", s->name, value);
        return EINVAL;
    }
    return EINVAL;
}

static const struct setting *find_setting(const char *name)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

int config_set(struct config *c, const char *name, const char *value, char *why, size_t why_size)
{
    const struct setting *s = find_setting(name);

    if (s == NULL) {
        snprintf(why, why_size, "no setting \"%s\"", name);
        return EINVAL;
    }
    return set_one(c, s, value, why, why_size);
}

static int read_map(struct config *c, const struct yaml_node *map, const char *prefix, char *why, size_t why_size)
{
    int err = 0;

    for (size_t i = 0; i < map->count && !err; i++) {
        const struct yaml_node *v = map->children[i];
        char name[96], reason[256];

        snprintf(name, sizeof name, "%s%s%s", prefix, prefix[0] != '\0' ? "." : "", map->keys[i]);
        if (v->kind == YAML_NODE_MAP && prefix[0] == '\0') {
            err = read_map(c, v, name, why, why_size);
            continue;
        }
        err = v->kind == YAML_NODE_SCALAR ? config_set(c, name, v->text, reason, sizeof reason) : EINVAL;
        if (err)
            snprintf(why, why_size, "line %d: %s", v->line, v->kind == YAML_NODE_SCALAR ? reason : "a plain value is needed here");
    }
    return err;
}

int config_read(struct config *c, const char *path, char *why, size_t why_size)
{
    struct yaml_doc *doc;
    char reason[256];
    int err = yaml_read_file(&doc, path, reason, sizeof reason);

    if (!err) {
        err = yaml_root(doc)->kind == YAML_NODE_MAP ? read_map(c, yaml_root(doc), "", reason, sizeof reason) : EINVAL;
        yaml_doc_free(doc);
    }
    if (err)
        snprintf(why, why_size, "%s: %s", path, reason);
    return err;
}

/* "--http-port" is the setting http.port or http_port: the first '-' of a group name is tried as '.'. */
static const struct setting *option_setting(const char *option)
{
    char name[64];

    for (int i = 0; i < SETTING_COUNT; i++) {
        if (!text_copy(name, sizeof name, settings[i].name))
            continue;
        for (char *p = name; *p != '\0'; p++)
            if (*p == '.' || *p == '_')
                *p = '-';
        if (strcmp(name, option) == 0)
            return &settings[i];
    }
    return NULL;
}

int config_options(struct config *c, int argc, char **argv, char *why, size_t why_size)
{
    int i = 1;

    while (i < argc && text_starts(argv[i], "--")) {
        const struct setting *s = option_setting(argv[i] + 2);

        if (strcmp(argv[i], "--config") != 0 && s == NULL)
            break;
        if (i + 1 == argc) {
            snprintf(why, why_size, "%s needs a value", argv[i]);
            return -1;
        }
        if ((s != NULL ? set_one(c, s, argv[i + 1], why, why_size) : config_read(c, argv[i + 1], why, why_size)) != 0)
            return -1;
        i += 2;
    }
    return i;
}

void config_print_options(void)
{
    puts("  --config FILE           read settings from a YAML file");
    for (int i = 0; i < SETTING_COUNT; i++) {
        char option[64];

        snprintf(option, sizeof option, "--%s %s", settings[i].name, settings[i].kind == SET_TEXT ? "TEXT" : settings[i].kind == SET_INT ? "N" : "yes|no");
        for (char *p = option; *p != '\0' && *p != ' '; p++)
            if (*p == '.' || *p == '_')
                *p = '-';
        printf("  %-23s %s\n", option, settings[i].help);
    }
}
