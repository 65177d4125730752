#include "practice/phone.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/obj.h"
#include "base/text.h"
#include "practice/phone_priv.h"

#include "base/banned.h"

static void phone_destroy(void *obj)
{
    struct phone *p = obj;

    obj_unref(p->line);
    obj_unref(p->p.people);
    obj_unref(p->p.media);
    obj_unref(p->p.speech);
    obj_unref(p->p.vad);
}

static void person_destroy(void *obj)
{
    struct person *p = obj;

    speak_clear(&p->speak);
    obj_unref(p->ears);
    obj_unref(p->recorder);
    obj_unref(p->leg);
    obj_unref(p->phone);
}

static struct person *person_alloc(struct phone *ph, const struct persona *who)
{
    struct person *p = ph->count < PHONE_CALLS_MAX ? obj_alloc(sizeof *p, person_destroy) : NULL;

    if (p == NULL)
        return NULL;
    p->phone = obj_ref(ph);
    p->who = who;
    p->call = ++ph->next_call;
    p->began_ms = clock_now_ms();
    timer_init(&p->act_timer);
    timer_init(&p->turn_timer);
    timer_init(&p->interrupt_timer);
    p->next = ph->first;
    ph->first = p;
    ph->count++;
    return p;
}

static json_t *event_json(const struct person *p, const char *event)
{
    return json_pack("{s:s,s:s,s:s,s:i,s:I}", "event", event, "number", p->who->number, "name", p->who->name, "call", (int)p->call, "at_ms",
                     (json_int_t)(clock_now_ms() - p->began_ms));
}

static void tell(const struct person *p, json_t *event)
{
    if (p->phone->p.tell != NULL)
        p->phone->p.tell(event, p->phone->p.arg);
    json_decref(event);
}

void person_tell(struct person *p, const char *event, const char *text)
{
    json_t *j = event_json(p, event);

    if (text != NULL)
        jx_set_str(j, "text", text);
    tell(p, j);
}

void person_tell_ms(struct person *p, const char *event, int64_t ms)
{
    json_t *j = event_json(p, event);

    jx_set_int(j, "ms", ms);
    tell(p, j);
}

struct later { struct phone *phone; const struct persona *who; struct timer timer; };

static void call_back(void *arg)
{
    struct later *l = arg;

    if (!l->phone->closing)
        (void)phone_call(l->phone, l->who);
    obj_unref(l->phone);
    free(l);
}

static void call_back_later(struct phone *ph, const struct persona *who)
{
    struct later *l = calloc(1, sizeof *l);

    if (l == NULL)
        return;
    l->phone = obj_ref(ph);
    l->who = who;
    timer_init(&l->timer);
    timer_start(&l->timer, (int64_t)who->call_back_s * 1000, call_back, l);
}

static void check_closed(struct phone *ph);

void person_over(struct person *p)
{
    struct phone *ph = p->phone;
    struct person **at = &ph->first;

    if (p->over)
        return;
    p->over = true;
    person_tell(p, "ended", NULL);
    timer_cancel(&p->act_timer);
    timer_cancel(&p->turn_timer);
    timer_cancel(&p->interrupt_timer);
    person_machine_end(p);
    if (p->ears != NULL)
        ears_close(p->ears);
    if (p->recorder != NULL)
        recorder_close(p->recorder, ph->p.control, NULL, NULL);
    p->speak.port = NULL;
    speak_clear(&p->speak);
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    ph->count--;
    if (!p->outbound && p->who->call_back_s > 0 && p->who->behaviour == ACT_NO_ANSWER && ph->p.target != NULL && !ph->closing)
        call_back_later(ph, p->who);
    check_closed(ph);
    obj_unref(p);
}

static void on_incoming(struct leg *leg, const char *from, const char *to, void *arg)
{
    struct phone *ph = arg;
    const struct persona *who = people_find(ph->p.people, to);
    struct person *p;

    (void)from;
    if (who == NULL || ph->closing) {
        leg_hangup(leg, 404);
        obj_unref(leg);
        return;
    }
    p = person_alloc(ph, who);
    if (p == NULL) {
        leg_hangup(leg, 503);
        obj_unref(leg);
        return;
    }
    p->leg = leg;
    person_ring(p);
}

static void on_register(bool registered, int code, void *arg)
{
    (void)registered;
    (void)code;
    (void)arg;
}

int phone_alloc(struct phone **pp, const struct phone_params *params)
{
    struct phone *p = obj_alloc(sizeof *p, phone_destroy);
    int err;

    if (p == NULL)
        return ENOMEM;
    p->p = *params;
    obj_ref(p->p.people);
    obj_ref(p->p.media);
    obj_ref(p->p.speech);
    obj_ref(p->p.vad);
    err = line_alloc(&p->line, &(struct line_config){.bind_ip = params->bind_ip, .port = params->port, .user_agent = "Baton simulated carrier", .trunk = {.uri = params->target}},
                     params->control, params->media, on_incoming, on_register, p);
    if (err)
        obj_unref(p);
    else
        *pp = p;
    return err;
}

uint16_t phone_port(const struct phone *p)
{
    return line_port(p->line);
}

int phone_call(struct phone *ph, const struct persona *who)
{
    struct person *p = person_alloc(ph, who);
    char to[LEG_URI_MAX];
    int err;

    if (p == NULL)
        return EAGAIN;
    p->outbound = true;
    (void)text_copy(to, sizeof to, ph->p.target);
    err = leg_dial(&p->leg, ph->line, &(struct leg_dial){.to = to, .display_name = who->name, .from = who->number, .ring_timeout_s = 30, .fn = person_on_leg, .arg = p});
    if (err)
        person_over(p);
    return err;
}

static void on_line_closed(void *arg)
{
    struct phone *ph = arg;

    ph->closed_fn(ph->closed_arg);
}

static void check_closed(struct phone *ph)
{
    if (ph->closing && ph->count == 0 && ph->closed_fn != NULL)
        line_close(ph->line, on_line_closed, ph);
}

void phone_close(struct phone *ph, loop_fn *fn, void *arg)
{
    struct person *next;

    ph->closing = true;
    ph->closed_fn = fn;
    ph->closed_arg = arg;
    if (ph->count == 0)
        check_closed(ph);
    for (struct person *p = ph->first; p != NULL; p = next) {
        next = p->next;
        leg_hangup(p->leg, 480);
    }
}
