/* callback.c - "tomorrow at ten thirty", "monday after lunch", "in twenty minutes": a time to be called, on the lead's clock.
 *
 * The utterance is read from left to right; days and times of day are collected, what is refused is left out, what corrects replaces. A
 * window's value is its beginning; a day without a time is the business day. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/clock.h"
#include "talk/en/date.h"
#include "talk/en/duration.h"

#include "base/banned.h"

enum { FRIDAY = 4, REFUSAL_REACH = 4 };

struct moment {
    bool has_day, has_time, relative;
    int64_t day, last_day;  /* days since 1970 */
    struct day_time time;
    int64_t at, until;      /* relative: minutes since 1970 */
    size_t first, last;     /* words */
    size_t day_end, time_end; /* words behind the last day and time */
};

static void widen(struct moment *m, size_t from, size_t to)
{
    if (m->last == 0 || from < m->first)
        m->first = from;
    if (to > m->last)
        m->last = to;
}

/* "I can't do monday", "not thursday", "any day but friday"; "tomorrow is no good", "tomorrow won't work". */
static bool is_refused(const struct words *w, size_t from, size_t to)
{
    for (size_t k = from; k > 0 && from - k < REFUSAL_REACH && !w->at[k - 1].ends; k--) {
        if (word_in(w, k - 1, "not except cannot never besides") || (word_is(w, k - 1, "but") && k > 1 && word_in(w, k - 2, "day time anytime anything")))
            return true;
        if (word_in(w, k - 1, "on but how at about for maybe or so and is until before tomorrow today") || date_weekday_word(w, k - 1) >= 0)
            break;
    }
    if (to < w->n && w->at[to - 1].ends)
        return false;
    return (word_in(w, to, "is are will would does do am") && word_in(w, to + 1, "not no bad impossible full packed crazy busy hectic") &&
            !(word_is(w, to + 1, "not") && word_in(w, to + 2, "before until a an"))) ||
           (word_in(w, to, "no not") && word_in(w, to + 1, "good way chance"));
}

/* "In an hour", "in twenty minutes", "half an hour from now", "an hour and a half": minutes. Words used. */
static size_t read_minutes(const struct reading *r, size_t i, double *value, double *high)
{
    const struct words *w = &r->w;
    struct amount a = { .value = 1, .high = 1 };
    size_t n = word_is(w, i, "half") ? 1 + word_in(w, i + 1, "an a") : word_is(w, i, "a") && word_is(w, i + 1, "half") ? 2 : 0;
    double per;

    if (n == 0 && word_in(w, i, "three a") && word_in(w, i + 1, "quarters quarter") && word_is(w, i + 2, "of")) {
        a.value = a.high = word_is(w, i, "three") ? 0.75 : 0.25;
        n = 3 + word_in(w, i + 3, "an a");
    } else if (n) {
        a.value = a.high = 0.5;
    } else if ((n = amount_read(r, i, &a)) == 0) {
        if (!word_in(w, i, "a an another") && !(word_is(w, i, "hour") && word_is(w, i + 1, "and")))
            return 0;
        n = !word_is(w, i, "hour");
    }
    n += word_in(w, i + n, "of more or full");
    per = word_in(w, i + n, "hour hours hr hrs") ? 60 : word_in(w, i + n, "minute minutes min mins") ? 1 : 0;
    if (per == 0 || a.value > 500)
        return 0;
    n++;
    if (per == 1 && word_in(w, i + n, "to past before till after") && number_word(w, i + n + 1)) /* "five minutes to three" */
        return 0;
    if (word_is(w, i + n, "and") && word_is(w, i + n + 1, "a") && word_is(w, i + n + 2, "half")) {
        a.value += 0.5;
        a.high += 0.5;
        n += 3;
    }
    *value = a.value * per;
    *high = (a.range ? a.high : a.value) * per;
    if (word_in(w, i + n, "or to") && number_read(w, i + n + 1, &a) && a.value * per > *value && a.value < 60) {
        *high = a.value * per;
        n += 1 + (a.to - a.from);
    }
    return n;
}

static size_t relative_at(struct moment *m, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    size_t lead = word_in(w, i, "in after within"), n;
    double value, high;

    lead += lead && word_in(w, i + 1, "about around like say maybe roughly another");
    n = read_minutes(r, i + lead, &value, &high);
    if (n == 0 || (lead == 0 && !word_in(w, i + n, "from later time") && r->in->asked != ASKED_CALLBACK && !(i > 0 && word_in(w, i - 1, "me us another"))))
        return 0;
    n += word_is(w, i + lead + n, "from") ? 1 + word_is(w, i + lead + n + 1, "now") : word_in(w, i + lead + n, "time");
    m->relative = true;
    m->at = r->in->now_local_ms / 60000 + (int64_t)value;
    m->until = r->in->now_local_ms / 60000 + (int64_t)high;
    widen(m, i, i + lead + n);
    return lead + n;
}

struct day_read { int64_t day, last; };

/* "Later this week", "the rest of this week": from tomorrow to Friday. */
static size_t rest_of_week(struct day_read *d, const struct words *w, size_t i, const struct date_now *now)
{
    size_t n = word_in(w, i, "later sometime") && word_is(w, i + 1, "this") && word_is(w, i + 2, "week") ? 3 : 0;

    if (n == 0)
        return 0;
    d->day = now->day + (now->weekday < FRIDAY && word_is(w, i, "later"));
    d->last = now->day - now->weekday + FRIDAY;
    d->last = d->last < d->day ? d->day : d->last;
    return n;
}

static size_t today_at(struct day_read *d, const struct words *w, size_t i, const struct date_now *now)
{
    size_t n = 0;

    if (word_is(w, i, "later") && word_in(w, i + 1, "today on"))
        n = word_is(w, i + 1, "today") ? 2 : 0;
    else if (word_is(w, i, "later") && word_is(w, i + 1, "this") && word_in(w, i + 2, "morning afternoon evening"))
        n = 2;
    else if (word_is(w, i, "today") || (word_is(w, i, "this") && word_in(w, i + 1, "morning afternoon evening")))
        n = 1;
    if (n)
        d->day = d->last = now->day;
    return n;
}

/* "In two days", "a week from today": days ahead. */
static size_t days_ahead(struct day_read *d, const struct reading *r, size_t i, const struct date_now *now)
{
    struct span s;
    size_t lead = word_in(&r->w, i, "in"), n = duration_plain(&s, r, i + lead, now);

    if (n == 0 || s.past || s.unit_days < 1 || s.value < 1 || s.value > 400 || s.high > 400 || (lead == 0 && !word_in(&r->w, i + n - 2, "from after")))
        return 0;
    d->day = now->day + (int64_t)s.value;
    d->last = now->day + (int64_t)(s.has_high && s.high > s.value ? s.high : s.value);
    return lead + n;
}

static size_t read_day(struct day_read *d, const struct reading *r, size_t i, const struct date_now *now)
{
    const struct words *w = &r->w;
    size_t on = word_in(w, i, "on for by"), n;
    struct span s;

    if ((n = rest_of_week(d, w, i, now)) || (n = today_at(d, w, i, now)) || (n = days_ahead(d, r, i, now)))
        return n;
    n = date_span(&s, w, i + on, now);
    if (n == 0 || s.past || s.low > 400 || (s.has_high && s.high - s.low > 31))
        return 0;
    d->day = now->day + (int64_t)(s.has_low ? s.low : s.high);
    d->last = s.has_high ? now->day + (int64_t)s.high : d->day;
    if (d->last - d->day > 1 && (d->last + 3) % 7 > FRIDAY && (d->day + 3) % 7 <= FRIDAY)
        d->last -= (d->last + 3) % 7 - FRIDAY;
    return on + n;
}

/* A first day is kept; "monday or tuesday" spans both; a correction replaces it. */
static size_t take_day(struct moment *m, const struct reading *r, size_t i, const struct date_now *now)
{
    struct day_read d;
    size_t n = read_day(&d, r, i, now);
    bool corrected = m->has_day && (reading_corrects(r, m->day_end, i) || hits_find(&r->hits, CUE_OVERRULE, m->day_end, i));

    if (n == 0)
        return 0;
    if (is_refused(&r->w, i, i + n))
        return n;
    if (m->has_day && !corrected) {
        if (i > 0 && word_in(&r->w, i - 1, "or and to through maybe") && i - m->day_end <= 2 && d.last > m->last_day && m->time_end < m->day_end + 1)
            m->last_day = d.last;
        else
            return n;
    } else {
        m->day = d.day;
        m->last_day = d.last;
    }
    m->has_day = true;
    m->day_end = i + n;
    widen(m, i, i + n);
    return n;
}

/* "Same time tomorrow". */
static size_t same_time(struct moment *m, const struct words *w, size_t i, const struct date_now *now)
{
    if (!word_is(w, i, "same") || !word_is(w, i + 1, "time"))
        return 0;
    m->time = (struct day_time){ .from = now->minute, .to = now->minute, .exact = true, .sure = true };
    m->has_time = true;
    widen(m, i, i + 2);
    return 2;
}

/* The narrower time is kept: a moment over a part of the day; a correction replaces it. */
static size_t take_time(struct moment *m, const struct reading *r, size_t i)
{
    struct day_time t;
    bool after_day = m->has_day && m->day_end == i, loose = after_day || r->in->asked == ASKED_CALLBACK;
    size_t n = clock_time(&t, r, i, loose);
    bool corrected = m->has_time && (reading_corrects(r, m->time_end, i + (i < r->w.n)) || hits_find(&r->hits, CUE_OVERRULE, m->time_end, i));

    if (n == 0)
        return 0;
    if (m->has_time && !corrected) {
        if (m->time.exact) {
            clock_half_of_day(&m->time, &r->w, i);
        } else if (t.exact || (t.to - t.from < m->time.to - m->time.from)) {
            struct day_time part = m->time;

            m->time = t;
            if (part.from >= 720 && t.exact && t.from < 720 && t.from + 720 <= part.to)
                m->time.from = m->time.to = t.from + 720;
        }
    } else {
        m->time = t;
    }
    m->has_time = true;
    m->time_end = i + n;
    widen(m, i, i + n);
    return n;
}

static void print_minute(char *out, size_t size, int64_t minute)
{
    int year, month, mday;
    int64_t day = minute >= 0 ? minute / DAY_MIN : -((-minute + DAY_MIN - 1) / DAY_MIN);
    int rest = (int)(minute - day * DAY_MIN);

    date_civil(day, &year, &month, &mday);
    snprintf(out, size, "%04d-%02d-%02dT%02d:%02d", year, month, mday, rest / 60, rest % 60);
}

static void bounds(int64_t *low, int64_t *high, struct moment *m, const struct reading *r, const struct date_now *now)
{
    int64_t this_minute = now->day * DAY_MIN + now->minute;

    if (m->relative) {
        *low = m->at;
        *high = m->until;
        return;
    }
    if (!m->has_day)
        m->day = m->last_day = now->day + (m->has_time && (m->time.exact ? m->time.from : m->time.to) <= now->minute);
    if (!m->has_time)
        m->time = (struct day_time){ .from = business_begins(r->in), .to = business_ends(r->in) };
    *low = m->day * DAY_MIN + m->time.from;
    *high = m->last_day * DAY_MIN + m->time.to;
    if (*low < this_minute && *high > this_minute)
        *low = this_minute;
}

static void fill(struct und_callback *out, struct moment *m, const struct reading *r, const struct date_now *now)
{
    int64_t low, high;

    bounds(&low, &high, m, r, now);
    out->status = UND_STATED;
    out->has_day = m->has_day || m->relative;
    out->has_time = m->has_time || m->relative;
    print_minute(out->value, sizeof out->value, low);
    print_minute(out->low, sizeof out->low, low);
    print_minute(out->high, sizeof out->high, high);
    words_quote(out->evidence, sizeof out->evidence, &r->w, m->first, m->last);
}

static bool may_be_callback(const struct reading *r)
{
    bool verb = false;

    for (size_t i = 0; i < r->w.n; i++)
        verb |= word_in(&r->w, i, "call callback calling ring phone talk speak chat meet meeting schedule book try reach catch reschedule");
    return r->in->asked == ASKED_CALLBACK || hits_any(&r->hits, CUE_BUSY) || (verb && hits_any(&r->hits, CUE_CALL_BACK));
}

/* "I'm swamped today" is no time to call; "call me later today" is. */
static bool asks_for_later(const struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (word_in(w, i, "later call ring phone try again"))
            return true;
    return false;
}

static void read_vague(struct und_callback *out, const struct reading *r)
{
    const struct hit *busy = hits_any(&r->hits, CUE_BUSY), *wish = hits_any(&r->hits, CUE_CALL_BACK);

    if ((busy == NULL && wish == NULL) || (r->in->asked != ASKED_CALLBACK && busy == NULL))
        return;
    wish = busy ? busy : wish;
    out->status = UND_VAGUE;
    words_quote(out->evidence, sizeof out->evidence, &r->w, wish->from, wish->to);
}

void en_read_callback(struct und_callback *out, const struct reading *r)
{
    struct moment m = { 0 };
    struct date_now now;

    memset(out, 0, sizeof *out);
    if (!may_be_callback(r))
        return;
    date_now_init(&now, r->in->now_local_ms);
    for (size_t i = 0; i < r->w.n;) {
        size_t n = m.relative ? 0 : relative_at(&m, r, i);

        if (n == 0)
            n = same_time(&m, &r->w, i, &now);
        if (n == 0)
            n = take_day(&m, r, i, &now);
        if (n == 0)
            n = take_time(&m, r, i);
        i += n ? n : 1;
    }
    if (m.has_day && !m.has_time && m.day == now.day && r->in->asked != ASKED_CALLBACK && !asks_for_later(&r->w))
        m.has_day = false;
    if (m.relative || m.has_day || m.has_time)
        fill(out, &m, r, &now);
    else
        read_vague(out, r);
}
