/* cmd_serve.c - `baton serve`: the system, in the foreground. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "main/app.h"
#include "main/cmd.h"

#include "base/banned.h"

static void usage(void)
{
    puts("usage: baton serve [OPTIONS]\n\nRuns the API, the web app and the telephone line until Ctrl-C.\n");
    config_print_options();
}

static void on_running(struct app *a, void *arg)
{
    (void)arg;
    printf("Baton %s is ready: http://%s:%d/  (SIP on %s:%d, scenario %s version %d)\n", BATON_VERSION, a->cfg.http_ip, http_port(a->http), a->cfg.sip_ip, line_port(a->line),
           a->scenario->id, a->scenario_version);
    if (a->first_run)
        printf("First run: sign in as \"admin\" with the password %s (shown this once)\n", a->admin_password);
    fflush(stdout);
    memset(a->admin_password, 0, sizeof a->admin_password);
}

int cmd_serve(int argc, char **argv)
{
    static struct app app;
    struct config cfg;
    char why[512] = "";
    int used, err;

    config_init(&cfg);
    used = config_options(&cfg, argc, argv, why, sizeof why);
    if (used >= 0 && used < argc) {
        if (strcmp(argv[used], "--help") == 0) {
            usage();
            return 0;
        }
        snprintf(why, sizeof why, "no option \"%s\"", argv[used]);
        used = -1;
    }
    if (used < 0) {
        fprintf(stderr, "baton serve: %s\n", why);
        return EXIT_USAGE;
    }
    err = app_open(&app, &cfg, why, sizeof why);
    if (err) {
        fprintf(stderr, "baton serve: %s\n", why);
    } else {
        app.on_running = on_running;
        err = app_run(&app);
    }
    app_close(&app);
    return err ? 1 : 0;
}
