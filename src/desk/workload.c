/* workload.c - what a closer is for, when they work, and how many talks they have had today. */
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "desk/desk_priv.h"

#include "base/banned.h"

enum { DAY_MS = 24 * 3600 * 1000 };

/* Today, as the closer's calendar has it. */
static int64_t local_day(const struct closer *c, int64_t now_ms)
{
    int offset_s = 0;

    if (!c->hours.always)
        (void)clock_zone_offset(&offset_s, c->hours.zone, now_ms);
    return (now_ms + (int64_t)offset_s * 1000) / DAY_MS;
}

static void turn_day(struct closer *c, int64_t now_ms)
{
    int64_t today = local_day(c, now_ms);

    if (c->talk_day != today)
        c->talks_today = 0;
    c->talk_day = today;
}

void closer_take_profile(struct closer *c, const json_t *row)
{
    const json_t *profile = json_object_get(row, "profile");
    char why[160];

    closer_free_profile(c);
    c->profile = json_incref((json_t *)(uintptr_t)profile);
    c->skills = json_incref(json_object_get(row, "skills"));
    c->talks_a_day = (int)jx_int(profile, "talks_a_day", 0);
    if (hours_read(&c->hours, json_object_get(profile, "hours"), why, sizeof why) != 0) {
        log_warn("desk", c->id, "working hours are not used: %s", why);
        c->hours = (struct hours){.always = true};
    }
    if (c->talk_day == 0) { /* what they had before this process began */
        c->talk_day = local_day(c, clock_now_ms());
        c->talks_today = (int)jx_int(row, "talks_24h", 0);
    }
}

void closer_free_profile(struct closer *c)
{
    json_decref(c->profile);
    json_decref(c->skills);
    c->profile = c->skills = NULL;
}

bool closer_is_full(struct closer *c, int64_t now_ms)
{
    turn_day(c, now_ms);
    return c->talks_a_day > 0 && c->talks_today >= c->talks_a_day;
}

void closer_count_talk(struct closer *c, int64_t now_ms)
{
    turn_day(c, now_ms);
    c->talks_today++;
}
