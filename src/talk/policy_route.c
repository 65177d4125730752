/* policy_route.c - after the questions: hand over, book, or say goodbye. Also the company kept to someone who holds. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { OPENS_MIN = 480, CLOSES_MIN = 1080, LATEST_MIN = 1260, /* nobody may be called later */ MS_PER_MIN = 60000, MS_PER_DAY = 86400000, SUMMARY_MAX = 300 };

void policy_handoff_start(struct talk *t)
{
    char summary[SUMMARY_MAX];

    talk_summary(t, summary, sizeof summary);
    t->phase = PHASE_HANDOFF;
    talk_push(t, (struct talk_effect){.kind = TALK_HANDOFF,
                                      .topic = "handoff",
                                      .team = scenario_team(&t->sc->routing, rubric_deal_usd_year(t)),
                                      .text = arena_strdup(&t->step, summary)});
    talk_listen(t, "handoff", EXPECT_OPEN);
}

void policy_route(struct talk *t)
{
    const struct sc_routing *to = &t->sc->routing;

    t->outcome = "qualified";
    t->pending = -1;
    if (t->sc->question_count == 0) {
        policy_goodbye(t, "qualified");
        return;
    }
    switch (scenario_bucket(to, rubric_score(t, NULL))) {
    case BUCKET_HOT:
        talk_say_or(t, "handoff", &to->hot_say, LINE_HOT);
        policy_handoff_start(t);
        break;
    case BUCKET_WARM_HIGH:
        t->phase = PHASE_CALLBACK;
        talk_say_or(t, "callback", &to->warm_high_say, LINE_WARM_HIGH);
        talk_listen(t, "callback", EXPECT_SHORT);
        break;
    case BUCKET_WARM_LOW:
        talk_say_or(t, "goodbye", &to->warm_low_say, LINE_WARM_LOW);
        policy_goodbye(t, "qualified");
        break;
    case BUCKET_COLD:
        talk_say_or(t, "goodbye", &to->cold_say, LINE_COLD);
        policy_goodbye(t, "qualified");
        break;
    }
}

void policy_hold(struct talk *t)
{
    if (t->phase != PHASE_HANDOFF)
        return;
    talk_say_line(t, "handoff", LINE_HOLD);
    talk_listen(t, "handoff", EXPECT_OPEN);
}

/* On hold one may ask, or give up; the rest gets a friendly word. */
void policy_handoff_text(struct talk *t)
{
    enum replied r = policy_reply(t, false);

    if (r == REPLIED_NOT)
        policy_hold(t);
    else if (r == REPLIED_GO_ON)
        talk_listen(t, "handoff", EXPECT_OPEN);
}

void policy_handoff_failed(struct talk *t)
{
    t->handoff_failed = true;
    t->phase = PHASE_CALLBACK;
    if (t->handed_over)
        talk_say_line(t, "callback", LINE_CLOSER_GONE);
    else
        talk_say_or(t, "callback", &t->sc->handoff_failed, LINE_HANDOFF_FAILED);
    talk_listen(t, "callback", EXPECT_YES_NO);
}

/* The human has talked with them and wants the next call booked. */
void policy_returned(struct talk *t)
{
    t->handoff_failed = true; /* nobody is fetched a second time */
    t->phase = PHASE_CALLBACK;
    talk_say_line(t, "callback", LINE_AI_BACK);
    talk_listen(t, "callback", EXPECT_THINKING);
}

void policy_callback_ask(struct talk *t, enum talk_line line)
{
    bool said = true;

    t->phase = PHASE_CALLBACK;
    if (t->outcome == NULL)
        t->outcome = "callback_requested";
    if (line != LINE_COUNT)
        said = talk_say_line(t, "callback", line);
    if (said)
        talk_listen(t, "callback", EXPECT_SHORT);
    else
        policy_callback_default(t);
}

static int64_t floor_day(int64_t ms)
{
    return (ms >= 0 ? ms / MS_PER_DAY : (ms - MS_PER_DAY + 1) / MS_PER_DAY) * MS_PER_DAY;
}

/* The same instant if it is before closes_min, else the next opening; weekends count only when the prospect named the day. */
static int64_t into_hours(int64_t local_ms, int closes_min, bool skip_weekend)
{
    int64_t day = floor_day(local_ms), minute = (local_ms - day) / MS_PER_MIN;
    int weekday;

    if (minute < OPENS_MIN)
        local_ms = day + (int64_t)OPENS_MIN * MS_PER_MIN;
    else if (minute >= closes_min)
        local_ms = day + MS_PER_DAY + (int64_t)OPENS_MIN * MS_PER_MIN;
    while (skip_weekend && ((weekday = clock_weekday(floor_day(local_ms) / MS_PER_DAY)) == 0 || weekday == 6))
        local_ms = floor_day(local_ms) + MS_PER_DAY + (int64_t)OPENS_MIN * MS_PER_MIN;
    return local_ms;
}

static int64_t into_business_hours(int64_t local_ms, bool skip_weekend)
{
    return into_hours(local_ms, CLOSES_MIN, skip_weekend);
}

static void local_iso(char out[20], int64_t local_ms)
{
    int64_t day = floor_day(local_ms);
    int y, m, d, minute = (int)((local_ms - day) / MS_PER_MIN);

    clock_civil_from_days(day / MS_PER_DAY, &y, &m, &d);
    snprintf(out, 20, "%04d-%02d-%02dT%02d:%02d", y, m, d, minute / 60, minute % 60);
}

static bool local_parse(int64_t *local_ms, const char *iso)
{
    return *iso != '\0' && clock_parse(local_ms, iso) == 0;
}

static void book(struct talk *t, int64_t at)
{
    t->callback.set = true;
    t->callback.when_local_ms = at;
    t->callback.due_in_s = (int)((at - talk_local_ms(t)) / 1000);
}

/* The words for {when} are made from when_local_ms, so the booking comes before the sentence. */
static void confirm(struct talk *t, enum talk_line line)
{
    talk_say_line(t, "callback", line);
    policy_goodbye(t, "callback_requested");
}

/* A day without a time is asked for its time once. */
static bool ask_time(struct talk *t, const struct und_callback *c, int64_t at)
{
    bool one_day = strncmp(c->low, c->high, strlen("2026-03-12")) == 0;

    if (t->callback.time_asked)
        return false;
    t->callback.time_asked = t->callback.day_only = true;
    t->callback.when_local_ms = at;
    if (one_day)
        t->callback.day = *c;
    policy_callback_ask(t, one_day ? LINE_CALLBACK_TIME : LINE_CALLBACK_DAY);
    return true;
}

/* "Tomorrow." - "What time?" - "At three": the time belongs to the day named before. */
static void onto_named_day(struct und_callback *c, const struct und_callback *day)
{
    char *const times[] = {c->value, c->low, c->high};

    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (*times[i] != '\0')
            memcpy(times[i], day->low, strlen("2026-03-12"));
}

static bool take_time(struct talk *t, struct und_callback *c)
{
    int64_t at, now = talk_local_ms(t);

    if (c->status == UND_STATED && c->has_time && !c->has_day && t->callback.day.status == UND_STATED)
        onto_named_day(c, &t->callback.day);
    if (c->status != UND_STATED || !(local_parse(&at, c->value) || local_parse(&at, c->low)) || at < now - MS_PER_MIN)
        return false;
    if (policy_read_back_time(t, c))
        return true;
    at = into_hours(at < now ? now : at, c->has_time ? LATEST_MIN : CLOSES_MIN, false); /* a time that they named themselves may be an evening's */
    if (!c->has_time && ask_time(t, c, at))
        return true;
    t->callback.day_only = !c->has_time;
    book(t, at);
    if (*c->value != '\0')
        local_iso(t->callback.value, at);
    text_copy(t->callback.low, sizeof t->callback.low, c->low);
    text_copy(t->callback.high, sizeof t->callback.high, c->high);
    confirm(t, LINE_CALLBACK_SET);
    return true;
}

bool policy_callback_take(struct talk *t)
{
    return take_time(t, &t->u.callback);
}

void policy_callback_default(struct talk *t)
{
    int64_t now = talk_local_ms(t);
    int64_t at = into_business_hours(now + t->sc->routing.callback_within_s * 1000LL, true);

    if (t->callback.day.status == UND_STATED && take_time(t, &t->callback.day))
        return;
    t->callback.day_only = false;
    book(t, at);
    local_iso(t->callback.low, into_business_hours(now, true));
    local_iso(t->callback.high, at);
    confirm(t, LINE_CALLBACK_SOON);
}

static void refuse(struct talk *t)
{
    t->callback.refused = true;
    if (t->outcome != NULL && strcmp(t->outcome, "callback_requested") == 0)
        t->outcome = "declined";
    policy_soft_exit(t, LINE_DECLINED, "declined");
}

/* "Did you say tomorrow at ten?" - another time in the reply is taken as usual. */
static bool read_back_reply(struct talk *t)
{
    bool yes = t->u.yes_no == UND_YES && t->u.callback.status != UND_STATED;

    t->reading_back = READ_BACK_NONE;
    if (t->u.callback.status == UND_STATED)
        return false;
    t->hearing = HEARD_CLEARLY; /* what is taken now was said twice */
    if (yes && take_time(t, &t->callback.doubted))
        return true;
    t->misheard = true;
    policy_callback_ask(t, LINE_CALLBACK_WHEN);
    return true;
}

void policy_callback_text(struct talk *t)
{
    enum replied r;

    if (t->reading_back == READ_BACK_CALLBACK && read_back_reply(t))
        return;

    if (policy_callback_take(t) || (r = policy_reply(t, t->u.callback.status != UND_ABSENT)) == REPLIED_DONE)
        return;
    if (r == REPLIED_GO_ON) {
        policy_callback_ask(t, LINE_CALLBACK_WHEN);
    } else if (t->callback.day.status == UND_STATED && t->u.yes_no != UND_NO) {
        policy_callback_default(t);
    } else if (t->u.callback.status == UND_ABSENT && (t->u.yes_no == UND_NO || policy_intent(t, "not_interested") != NULL)) {
        refuse(t);
    } else if (t->u.yes_no == UND_YES && t->u.callback.status == UND_ABSENT && !t->asked_callback) {
        t->asked_callback = true;
        policy_callback_ask(t, LINE_CALLBACK_WHEN);
    } else if (t->u.callback.status == UND_VAGUE && t->u.yes_no == UND_YES) { /* "any time is fine" */
        policy_callback_default(t);
    } else if (!t->narrowed_callback) {
        t->narrowed_callback = true;
        policy_callback_ask(t, LINE_CALLBACK_NARROW);
    } else {
        policy_callback_default(t);
    }
}
