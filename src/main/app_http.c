/* app_http.c - what the web server asks of the rest of the house. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "call/latency.h"
#include "main/app_priv.h"

#include "base/banned.h"

static void on_leads_changed(void *arg)
{
    struct app *a = arg;

    scheduler_kick(a->scheduler);
}

struct hangup { struct app *app; char id[37]; int err; };

static void do_hangup(void *arg)
{
    struct hangup *h = arg;
    struct call *c = calls_find(h->app->calls, h->id);

    h->err = c == NULL ? ENOENT : 0;
    if (c != NULL)
        call_hangup(c, "person");
}

static int on_call_hangup(const char *id, void *arg)
{
    struct hangup h = {.app = arg};
    int err;

    (void)text_copy(h.id, sizeof h.id, id);
    err = loop_call(h.app->control, do_hangup, &h);
    return err ? err : h.err;
}

static void on_sip_server(char *out, size_t size, void *arg)
{
    const struct app *a = arg;

    snprintf(out, size, "%s:%u", a->cfg.sip_ip, (unsigned)line_port(a->line));
}

static void on_metrics(void (*gauge)(const char *name, const char *labels, double value, void *out), void *out, void *arg)
{
    struct app *a = arg;
    struct media_stats m;
    struct speech_state s;

    media_stats_get(a->media, &m);
    speech_state_get(a->speech, &s);
    gauge("baton_media_ports", "", m.ports, out);
    gauge("baton_media_ticks_total", "", (double)m.ticks, out);
    gauge("baton_media_late_ticks_total", "", (double)m.late_ticks, out);
    gauge("baton_media_frames_sent_total", "", (double)m.frames_sent, out);
    gauge("baton_media_frames_received_total", "", (double)m.frames_received, out);
    gauge("baton_media_frames_concealed_total", "", (double)m.frames_concealed, out);
    gauge("baton_speech_ready", "side=\"ears\"", s.ears_ready, out);
    gauge("baton_speech_ready", "side=\"voice\"", s.voice_ready, out);
    gauge("baton_speech_restarts_total", "side=\"ears\"", s.ears_restarts, out);
    gauge("baton_speech_restarts_total", "side=\"voice\"", s.voice_restarts, out);
    gauge("baton_speech_partials_dropped_total", "", s.partials_dropped, out);
    gauge("baton_transcript_lines_missed_total", "", s.background_missed, out);
    latency_each(calls_latency(a->calls), "baton_turn_seconds", gauge, out);
    gauge("baton_prompt_cache_bytes", "", (double)s.cache_bytes, out);
    gauge("baton_prompt_cache_hits_total", "", (double)s.cache_hits, out);
    gauge("baton_prompt_cache_misses_total", "", (double)s.cache_misses, out);
}

static bool on_ready(const char **why_not, void *arg)
{
    struct app *a = arg;
    struct speech_state s;

    speech_state_get(a->speech, &s);
    *why_not = a->stopping ? "stopping" : !s.voice_ready ? "the voice is not ready" : !s.ears_ready ? "the recogniser is not ready" : NULL;
    return *why_not == NULL;
}

void app_http_ports(struct app *a, struct http_ports *out)
{
    *out = (struct http_ports){.leads_changed = on_leads_changed, .call_hangup = on_call_hangup, .test_call = app_test_call, .phone_plug = app_phone_plug, .phone_unplug = app_phone_unplug, .phone_hang_up = app_phone_hang_up, .phone_get = app_phone_get, .join = app_join, .join_mode = app_join_mode, .join_leave = app_join_leave, .sip_server = on_sip_server, .metrics = on_metrics, .ready = on_ready, .arg = a};
}
