/* app.h - the whole system of one process: built in order, closed in reverse. */
#ifndef BATON_MAIN_APP_H
#define BATON_MAIN_APP_H

#include <pthread.h>
#include <stdbool.h>

#include "base/loop.h"
#include "base/pool.h"
#include "base/timer.h"
#include "call/call.h"
#include "desk/desk.h"
#include "http/http.h"
#include "lead/lead.h"
#include "line/line.h"
#include "main/config.h"
#include "speech/speech.h"

struct glue;
struct llm;
struct alerts;

struct app {
    struct config cfg;
    struct loop *control;
    struct pool *talkers;       /* what a talk waits for */
    struct pool *chores;        /* what takes seconds and no talk waits for */
    struct store *store;
    struct media *media;
    struct recorder_pool *recorders;
    struct speech *speech;
    struct vad_model *vad;
    struct scenario *scenario;
    struct und *und;
    struct llm *llm;            /* or NULL */
    struct glue *glue;          /* app_calls.c: which call is in which handoff */
    int scenario_version;
    struct line *line;
    struct desk *desk;
    struct greeting_book *greetings;
    struct calls *calls;
    struct scheduler *scheduler;
    struct http *http;
    struct lead_config lead_cfg;
    char node[64], recordings[CONFIG_TEXT_MAX], admin_password[64];
    bool first_run;             /* admin_password is to be printed once */
    bool making_admin;          /* the thread runs */
    pthread_t admin_thread;
    int admin_err;
    struct alerts *alerts;      /* app_alerts.c; NULL: nobody is told */
    bool stopping;
    struct timer upkeep;
    void (*on_running)(struct app *a, void *arg); /* on the control loop, once everything listens */
    void *on_running_arg;
};

/* Builds everything up to the listening sockets. On failure `why` says what and app_close may still be called. */
int app_open(struct app *a, const struct config *cfg, char *why, size_t why_size);

/* Runs until app_stop or SIGINT/SIGTERM, then ends calls in order. Blocks. */
int app_run(struct app *a);
void app_stop(struct app *a); /* any thread */
void app_close(struct app *a);

#endif
