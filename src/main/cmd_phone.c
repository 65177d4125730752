/* cmd_phone.c - `baton phone`: the simulated carrier as a process of its own. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <signal.h>

#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "base/text.h"
#include "main/cmd.h"
#include "main/config.h"
#include "practice/phone.h"

#include "base/banned.h"

enum { PHONE_PORT = 5070, MAX_FDS = 8192, CACHE_BYTES = 32 << 20 };

struct phone_app {
    struct config cfg;
    const char *people_file, *target, *record_dir;
    bool json, with_parent, has_line;
    struct bad_line line;
    struct loop *control;
    struct people *people;
    struct media *media;
    struct recorder_pool *recorders;
    struct speech *speech;
    struct vad_model *vad;
    struct phone *phone;
};

static void tell(const json_t *event, void *arg)
{
    const struct phone_app *a = arg;

    if (a->json) {
        jx_print_line(event);
        return;
    }
    printf("%6.1f s  %-16s %-9s %s\n", (double)jx_int(event, "at_ms", 0) / 1000.0, jx_str(event, "name", ""), jx_str(event, "event", ""), jx_str(event, "text", ""));
    fflush(stdout);
}

static void on_speech_ready(void *arg)
{
    struct phone_app *a = arg;

    if (a->json)
        printf("{\"event\":\"ready\",\"port\":%d}\n", phone_port(a->phone));
    else
        printf("The simulated carrier is ready on %s:%d with %zu numbers\n", a->cfg.sip_ip, phone_port(a->phone), people_count(a->people));
    fflush(stdout);
}

static void on_closed(void *arg)
{
    struct phone_app *a = arg;

    loop_stop(a->control);
}

static void on_signal(int sig, void *arg)
{
    struct phone_app *a = arg;

    (void)sig;
    phone_close(a->phone, on_closed, a);
}

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton phone: %s\n\n", why);
    fputs("usage: baton phone --people FILE [--target sip:HOST:PORT] [--record DIR] [--line SPEC] [--json] [--with-parent] [SETTINGS]\n\n"
          "  --people FILE   numbers and how they behave (personas/demo.yaml)\n"
          "  --target URI    whom people call back\n"
          "  --record DIR    stereo recordings at the far end: what they hear left, what they say right\n"
          "  --line SPEC     everybody's line: noise_db=10,gain_db=-30,echo_db=-20,echo_ms=120,loss=3,jitter_ms=40\n"
          "  --json          one JSON object per event on standard output\n"
          "  --with-parent   ends when the process that started it ends\n"
          "  SETTINGS        sip-ip, sip-port, rtp-ip, rtp-min, rtp-max, models, worker, recogniser, workers-ears, workers-voice, log as for serve\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

/* Options of the phone and settings in any order. Returns 0, or EXIT_USAGE. */
static int parse(struct phone_app *a, int argc, char **argv)
{
    static char why[512];
    int i = 0;

    while (i + 1 < argc) {
        int used = config_options(&a->cfg, argc - i, argv + i, why, sizeof why);

        if (used < 0)
            return usage(why);
        i += used - 1;
        if (i + 1 >= argc)
            break;
        if (strcmp(argv[i + 1], "--json") == 0)
            a->json = true;
        else if (strcmp(argv[i + 1], "--with-parent") == 0)
            a->with_parent = true;
        else if (strcmp(argv[i + 1], "--people") == 0 && i + 2 < argc)
            a->people_file = argv[++i + 1];
        else if (strcmp(argv[i + 1], "--target") == 0 && i + 2 < argc)
            a->target = argv[++i + 1];
        else if (strcmp(argv[i + 1], "--line") == 0 && i + 2 < argc && bad_line_parse(&a->line, argv[i + 2]) == 0) {
            a->has_line = true;
            i++;
        } else if (strcmp(argv[i + 1], "--record") == 0 && i + 2 < argc)
            a->record_dir = argv[++i + 1];
        else
            return usage(argv[i + 1]);
        i++;
    }
    return a->people_file == NULL ? usage("--people FILE is needed") : 0;
}

static int start(struct phone_app *a, char *why, size_t why_size)
{
    char path[CONFIG_TEXT_MAX + 32], cache[CONFIG_TEXT_MAX + 16];
    int err = people_load(&a->people, a->people_file, why, why_size);

    if (err)
        return err;
    snprintf(why, why_size, "cannot start");
    err = loop_lib_init(MAX_FDS);
    if (!err)
        err = loop_alloc(&a->control, "phone");
    if (!err)
        err = media_alloc(&a->media, &(struct media_config){.threads = 1, .bind_ip = a->cfg.rtp_ip, .port_min = a->cfg.rtp_min, .port_max = a->cfg.rtp_max, .rtp_timeout_ms = 30000}, a->control);
    if (!err && a->record_dir != NULL)
        err = recorder_pool_alloc(&a->recorders);
    snprintf(cache, sizeof cache, "%s/../people", a->cfg.models_dir);
    if (!err)
        err = speech_alloc(&a->speech, &(struct speech_config){.worker_path = a->cfg.worker, .models_dir = a->cfg.models_dir, .cache_dir = cache, .recogniser = a->cfg.recogniser,
                                                               .ears_workers = a->cfg.ears_workers, .voice_workers = a->cfg.voice_workers, .cache_bytes = CACHE_BYTES});
    snprintf(path, sizeof path, "%s/vad/silero8k.bin", a->cfg.models_dir);
    if (!err)
        err = vad_model_load(&a->vad, path);
    if (!err)
        err = phone_alloc(&a->phone, &(struct phone_params){.bind_ip = a->cfg.sip_ip, .port = (uint16_t)a->cfg.sip_port, .target = a->target, .people = a->people, .media = a->media,
                                                            .speech = a->speech, .vad = a->vad, .control = a->control, .recorders = a->recorders, .record_dir = a->record_dir, .line = a->has_line ? &a->line : NULL, .tell = tell, .arg = a});
    if (err)
        snprintf(why, why_size, "cannot start: %s", strerror(err));
    return err;
}

/* What everybody may say is rendered before the first call, so that thinking time is only thinking time. */
static void render_lines(const struct phone_app *a)
{
    for (size_t i = 0; i < people_count(a->people); i++) {
        const struct persona *who = people_at(a->people, i);

        (void)voice_prefetch(a->speech, who->voice, who->greeting);
        for (size_t k = 0; k < who->fact_count; k++)
            for (size_t n = 0; n < who->facts[k].n; n++)
                (void)voice_prefetch(a->speech, who->voice, who->facts[k].lines[n]);
    }
}

static void stop(struct phone_app *a)
{
    if (a->speech != NULL)
        speech_close(a->speech);
    if (a->control != NULL)
        loop_free(a->control);
    obj_unref(a->phone);
    if (a->media != NULL)
        media_close(a->media);
    if (a->recorders != NULL)
        recorder_pool_close(a->recorders);
    obj_unref(a->recorders);
    obj_unref(a->media);
    obj_unref(a->speech);
    obj_unref(a->vad);
    obj_unref(a->people);
    loop_lib_close();
}

int cmd_phone(int argc, char **argv)
{
    static struct phone_app a;
    enum log_level level;
    char why[512];
    int err;

    config_init(&a.cfg);
    a.cfg.sip_port = PHONE_PORT;
    a.cfg.rtp_min = 41000;
    a.cfg.rtp_max = 60000;
    (void)text_copy(a.cfg.log_level, sizeof a.cfg.log_level, "warn");
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(NULL);
    err = parse(&a, argc, argv);
    if (err)
        return err;
    if (log_level_parse(&level, a.cfg.log_level) == 0)
        log_set_level(level);
    if (a.with_parent)
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    err = start(&a, why, sizeof why);
    if (err) {
        fprintf(stderr, "baton phone: %s\n", why);
    } else {
        render_lines(&a);
        (void)speech_when_ready(a.speech, a.control, on_speech_ready, &a);
        err = loop_run(a.control, true, on_signal, &a);
    }
    stop(&a);
    return err ? 1 : 0;
}
