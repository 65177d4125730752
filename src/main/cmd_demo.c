/* cmd_demo.c - `baton demo`: the whole system with a simulated carrier, prospects and closers, and a trickle of leads; or one checked call. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "base/timer.h"
#include "main/cmd.h"
#include "main/demo.h"

#include "base/banned.h"

enum { FIRST_LEAD_MS = 500, LEAD_EVERY_MS = 9000, DEMO_PORT = 8080 };

struct show {
    struct rig *rig;
    struct timer timer;
    size_t next;
    bool deferred_shown;
};

static void next_lead(void *arg);

/* One lead whose local time forbids a call now, so that the gate can be seen at work. */
static void show_deferred(struct show *s)
{
    static const char *const around_the_world[] = {"+12125550147", "+18085550147", "+442079460147", "+61255500147", "+81312345678", "+14155550147", "+912228403221"};
    const struct people *all = rig_people(s->rig);

    s->deferred_shown = true;
    for (size_t i = 0; i < sizeof around_the_world / sizeof around_the_world[0]; i++) {
        struct persona sleeper = {.number = around_the_world[i], .name = "Early Bird", .company = "Not yet awake", .source = "demo_request"};

        if (people_find(all, sleeper.number) == NULL && !rig_callable(s->rig, sleeper.number)) {
            (void)rig_lead(s->rig, &sleeper, sleeper.number);
            return;
        }
    }
}

static bool is_prospect(const struct persona *who)
{
    return who->number[0] == '+';
}

static void next_lead(void *arg)
{
    struct show *s = arg;
    const struct people *all = rig_people(s->rig);

    if (s->next == 2 && !s->deferred_shown) {
        show_deferred(s);
    } else {
        while (s->next < people_count(all) && !is_prospect(people_at(all, s->next)))
            s->next++;
        if (s->next == people_count(all)) {
            puts("That was everybody. Look around on the page, or put in a lead of your own; Ctrl-C ends the demo.");
            fflush(stdout);
            return;
        }
        (void)rig_lead(s->rig, people_at(all, s->next++), NULL);
    }
    timer_start(&s->timer, LEAD_EVERY_MS, next_lead, s);
}

static void on_ready(struct rig *r, void *arg)
{
    struct show *s = arg;
    struct app *a = rig_app(r);

    s->rig = r;
    printf("\n  Baton is running:  http://127.0.0.1:%d/\n", http_port(a->http));
    if (a->first_run)
        printf("  Sign in as         admin\n  with password      %s   (made for this demo, shown once)\n", a->admin_password);
    printf("  Talk to the AI     http://127.0.0.1:%d/talk   (your microphone is the prospect)\n", http_port(a->http));
    printf("  Take a hot lead    http://127.0.0.1:%d/desk   (switch the browser phone on, then \"Available\")\n", http_port(a->http));
    puts("\n  A simulated carrier stands in for the telephone network. Leads come in, Ava calls them, hot ones go to a closer.\n");
    fflush(stdout);
    timer_init(&s->timer);
    timer_start(&s->timer, FIRST_LEAD_MS, next_lead, s);
}

static void on_event(struct rig *r, const json_t *event, void *arg)
{
    (void)r;
    (void)arg;
    demo_print_event(event);
}

static int usage(const char *why)
{
    if (why != NULL)
        fprintf(stderr, "baton demo: %s\n\n", why);
    fputs("usage: baton demo [--port N] [--people FILE] [--data DIR]     the show; --port 0 takes any free port\n"
          "       baton demo --once --json [--people FILE]               one hot call, printed as one JSON object and checked\n",
          why != NULL ? stderr : stdout);
    return why != NULL ? EXIT_USAGE : 0;
}

/* personas/demo.yaml beside the scenarios, wherever those were found. */
static void default_people(char *out, size_t size)
{
    struct config c;
    char *slash;

    config_init(&c);
    (void)text_copy(out, size, c.scenario);
    slash = strstr(out, "/scenarios/");
    if (slash != NULL)
        snprintf(slash, size - (size_t)(slash - out), "/personas/demo.yaml");
}

int cmd_demo(int argc, char **argv)
{
    static char people[CONFIG_TEXT_MAX];
    static struct show show;
    struct rig_params p = {.people_file = people, .http_port = DEMO_PORT, .closers = {"closer-dana", "closer-wei"}, .on_ready = on_ready, .on_event = on_event, .arg = &show};
    bool once = false, json = false;
    long long port;

    default_people(people, sizeof people);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return usage(NULL);
        if (strcmp(argv[i], "--once") == 0)
            once = true;
        else if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--people") == 0 && i + 1 < argc)
            (void)text_copy(people, sizeof people, argv[++i]);
        else if (strcmp(argv[i], "--data") == 0 && i + 1 < argc)
            p.data_dir = argv[++i];
        else if (strcmp(argv[i], "--port") == 0 && i + 1 < argc && text_int(&port, argv[++i], 0, 65535) == 0)
            p.http_port = (int)port;
        else
            return usage(argv[i]);
    }
    if (once)
        return demo_once(&p, json);
    p.seat = true;
    puts("Starting: database, telephone line, ears and voice ...");
    fflush(stdout);
    return rig_run(&p);
}
