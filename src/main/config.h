/* config.h - the settings of one `baton serve`: a YAML file, then options of the command line. docs/configuration.md explains each. */
#ifndef BATON_MAIN_CONFIG_H
#define BATON_MAIN_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/desk.h"
#include "lead/lead.h"
#include "line/line.h"

enum { CONFIG_TEXT_MAX = 512 };

struct config {
    char data_dir[CONFIG_TEXT_MAX];      /* database, recordings, caches */
    char store_url[CONFIG_TEXT_MAX];     /* "" = sqlite:DATA/baton.db */
    char scenario[CONFIG_TEXT_MAX];      /* file */
    char models_dir[CONFIG_TEXT_MAX], web_dir[CONFIG_TEXT_MAX], alerts_webhook[CONFIG_TEXT_MAX], worker[CONFIG_TEXT_MAX];
    char http_ip[64], sip_ip[64], rtp_ip[64];
    int http_port, sip_port, rtp_min, rtp_max;
    char trunk_uri[CONFIG_TEXT_MAX], trunk_user[128], trunk_password[128], caller_number[32];
    bool trunk_register, trunk_srtp, sip_tls;
    int sip_tls_port;
    char sip_tls_cert[CONFIG_TEXT_MAX], sip_tls_ca[CONFIG_TEXT_MAX];
    int ring_timeout_s, slots, media_threads, talk_threads, ears_workers, voice_workers;
    char recogniser[16];
    bool speech;                         /* false: no workers (benchmarks of the rest) */
    char turn_url[CONFIG_TEXT_MAX], turn_secret[128]; /* of a TURN server for browsers behind firewalls; "" = none */
    bool secure_cookies;
    char log_level[8];
    char default_region[8];
    struct gate_policy gate;
    char llm_url[CONFIG_TEXT_MAX], llm_model[200], llm_key[512]; /* no url: no language model; the key comes from the environment only */
    int llm_limit_ms;
    bool llm_wordings, llm_summary;
    struct desk_config desk;
    bool pacing;                /* calls of our own initiative wait for closers */
};

void config_init(struct config *c); /* defaults, from the environment where there is a convention (XDG) */

/* Reads a file over the defaults. On failure `why` names file, line and setting. */
int config_read(struct config *c, const char *path, char *why, size_t why_size);

/* Takes "--name value" options of the settings above ("--http-port 8080"); the first argument that is no setting stays. Returns the index of
 * the first unused argument, or -1 with `why`. */
int config_options(struct config *c, int argc, char **argv, char *why, size_t why_size);

/* One setting by its name ("http.port"). EINVAL with `why`. */
int config_set(struct config *c, const char *name, const char *value, char *why, size_t why_size);

void config_print_options(void); /* for --help */

#endif
