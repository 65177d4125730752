/* closers.c - the humans: who they are and whether they are there. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/hours.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/desk.h"
#include "follow/follow.h"
#include "http/http_priv.h"
#include "lead/phone.h"
#include "store/entities.h"

#include "base/banned.h"

enum { PROFILE_WORDS_MAX = 32 };

struct edit { const char *id; const json_t *body; char new_id[ID_MAX]; json_t *closers; json_t *out; };

static int read_closers(struct tx *tx, void *arg)
{
    struct edit *e = arg;

    e->closers = view_closers(tx);
    return 0;
}

int closers_get(struct request *r)
{
    struct edit e = {.id = NULL};
    int err = store_read(r->http->store, read_closers, &e);

    return err ? err : reply_page(r, e.closers, NULL);
}

static int put_closer(struct tx *tx, void *arg)
{
    struct edit *e = arg;
    json_t *old = NULL, *skills = json_object_get(e->body, "skills"), *profile = json_object_get(e->body, "profile");
    const char *id = e->id != NULL ? e->id : id_new(e->new_id, clock_now_ms());
    int err = e->id != NULL ? closer_get(tx, e->id, &old) : 0;

    if (!err && e->id != NULL && jx_bool(e->body, "archived", false))
        err = closer_archive(tx, e->id);
    else if (!err)
        err = closer_put(tx, &(struct closer_row){.id = id, .name = jx_str(e->body, "name", jx_str(old, "name", "")),
                                                  .sip_uri = jx_str(e->body, "sip_uri", jx_str(old, "sip_uri", "")), .team = jx_str(e->body, "team", jx_str(old, "team", "closers")),
                                                  .accept = jx_str(e->body, "accept", jx_str(old, "accept", NULL)),
                                                  .user_id = jx_str(e->body, "user_id", jx_str(old, "user_id", NULL)),
                                                  .skills = json_is_array(skills) ? skills : json_object_get(old, "skills"),
                                                  .profile = json_is_object(profile) ? profile : json_object_get(old, "profile")},
                         clock_now_ms());
    json_decref(old);
    return err ? err : closer_get(tx, id, &e->out);
}

/* What follows at once, such as "available", must find the closer at the desk. The row is durable: a desk that cannot read now knows it after the next start. */
void closers_tell_desk(struct request *r)
{
    struct desk_wait *w = r->http->desk != NULL ? desk_wait_alloc() : NULL;

    if (w != NULL)
        (void)desk_wait_finish(w, desk_reload(r->http->desk, desk_wait_done, w));
}

static void check_words(struct request *r, const json_t *profile, const char *name)
{
    const json_t *list = json_object_get(profile, name), *word;
    char field[40];
    size_t i, wrong = list != NULL && (!json_is_array(list) || json_array_size(list) > PROFILE_WORDS_MAX);

    json_array_foreach(list, i, word)
        wrong |= !json_is_string(word) || json_string_length(word) == 0 || json_string_length(word) > 40;
    snprintf(field, sizeof field, "profile.%s", name);
    if (wrong)
        request_wrong(r, field, "must be a list of at most 32 words");
}

/* For whom this closer is, how many talks a day, and when. */
static void check_profile(struct request *r)
{
    const json_t *profile = json_object_get(r->json, "profile"), *talks = json_object_get(profile, "talks_a_day");
    struct hours h;
    char why[160];

    if (profile == NULL)
        return;
    if (!json_is_object(profile))
        request_wrong(r, "profile", "must be an object");
    check_words(r, profile, "languages");
    check_words(r, profile, "segments");
    check_words(r, profile, "territories");
    if (talks != NULL && (!json_is_integer(talks) || json_integer_value(talks) < 0 || json_integer_value(talks) > 500))
        request_wrong(r, "profile.talks_a_day", "must be a whole number from 0 to 500");
    if (hours_read(&h, json_object_get(profile, "hours"), why, sizeof why) != 0)
        request_wrong(r, "profile.hours", why);
}

/* A number is kept as E.164, whatever its writing: it is dialled through the trunk. */
static void check_address(struct request *r)
{
    const char *address = jx_str(r->json, "sip_uri", NULL);
    char number[PHONE_MAX], why[80];

    if (address == NULL || text_starts(address, "sip:") || text_starts(address, "phone:") || strcmp(address, DESK_BROWSER) == 0)
        return;
    if (phone_normalise(number, address, r->http->cfg.lead.default_region, why, sizeof why) == 0)
        jx_set_str(r->json, "sip_uri", number);
    else
        request_wrong(r, "sip_uri", "must be a telephone number, sip:NAME@HOST, phone:NAME or browser");
}

static int save_closer(struct request *r, const char *id)
{
    static const char *const accepts[] = {"key", "answer", NULL};
    struct edit e = {.id = id, .body = r->json};
    const json_t *skills = json_object_get(r->json, "skills"), *archived = json_object_get(r->json, "archived");
    int err;

    (void)request_text(r, "name", 60, id == NULL);
    (void)request_text(r, "sip_uri", 200, id == NULL);
    (void)request_text(r, "team", 40, false);
    (void)request_text(r, "user_id", 36, false);
    (void)request_word(r, "accept", accepts, false);
    if (skills != NULL && !json_is_array(skills))
        request_wrong(r, "skills", "must be a list of words");
    check_address(r);
    check_profile(r);
    if (archived != NULL && !json_is_boolean(archived))
        request_wrong(r, "archived", "must be true or false");
    if (r->errors != NULL)
        return 0;
    err = store_run(r->http->store, put_closer, &e);
    if (err)
        return err;
    closers_tell_desk(r);
    return reply_json(r, id == NULL ? MHD_HTTP_CREATED : MHD_HTTP_OK, e.out);
}

int closers_post(struct request *r)
{
    return save_closer(r, NULL);
}

int closer_patch(struct request *r)
{
    return save_closer(r, r->id);
}

/* A closer speaks for themself; managers for everybody. */
bool request_speaks_for(const struct request *r, const char *closer_id)
{
    return (r->who.role & (ROLE_ADMIN | ROLE_MANAGER)) != 0 || (closer_id != NULL && strcmp(closer_id, r->who.closer_id) == 0);
}

int reply_not_yours(struct request *r)
{
    return reply_problem(r, MHD_HTTP_FORBIDDEN, "Only this closer or a manager may do this.");
}

int closer_presence_post(struct request *r)
{
    static const char *const words[] = {"available", "away", "offline", NULL};
    const char *presence = request_word(r, "presence", words, true), *reason = request_text(r, "reason", 80, false);
    struct desk_wait *w;

    if (r->errors != NULL)
        return 0;
    if (!request_speaks_for(r, r->id))
        return reply_not_yours(r);
    if (r->http->desk == NULL)
        return EAGAIN;
    w = desk_wait_alloc();
    return w == NULL ? ENOMEM : desk_wait_reply(r, w, desk_presence_set(r->http->desk, r->id, presence, reason, desk_wait_done, w));
}

/* --- a closer's day --- */

struct day { const char *id; json_t *out; };

static int read_day(struct tx *tx, void *arg)
{
    struct day *d = arg;
    int64_t now = clock_now_ms();

    return closer_day(tx, d->id, view_day_start(now), now, FOLLOW_GRACE_S * INT64_C(1000), &d->out);
}

int closer_day_get(struct request *r)
{
    struct day d = {.id = r->id};
    json_t *row;
    size_t i;
    int err;

    if (!request_speaks_for(r, r->id))
        return reply_not_yours(r);
    err = store_read(r->http->store, read_day, &d);
    if (err)
        return err;
    json_array_foreach(json_object_get(d.out, "before"), i, row)
        jx_set(row, "name", view_name(row));
    return reply_json(r, MHD_HTTP_OK, d.out);
}
