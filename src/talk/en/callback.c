/* callback.c - "tomorrow at ten thirty", "monday after lunch", "in twenty minutes": a time to be called, on the lead's clock.
 *
 * The utterance is read from left to right; days and times of day are collected, what is refused is left out, what corrects replaces. A
 * window's value is its beginning; a day without a time is the business day. */
#include <stdio.h>
#include <string.h>

#include "talk/en/callback.h"

#include "base/banned.h"

enum { DAYS_PER_WEEK = 7 };

struct moment {
    bool has_day, has_time, relative;
    bool day_taken, time_taken; /* something else is then: what follows counts more */
    int64_t day, last_day;  /* days since 1970 */
    int64_t named;          /* the day that was spoken of last, refused or not; 0 none */
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

static size_t relative_at(struct moment *m, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    size_t lead = word_in(w, i, "in after within"), n;
    double value, high;

    lead += lead && word_in(w, i + 1, "about around like say maybe roughly another");
    n = callback_minutes(r, i + lead, &value, &high);
    if (n == 0 || (lead == 0 && !word_in(w, i + n, "from later time") && r->in->asked != ASKED_CALLBACK && !(i > 0 && word_in(w, i - 1, "me us another"))))
        return 0;
    n += word_is(w, i + lead + n, "from") ? 1 + word_is(w, i + lead + n + 1, "now") : word_in(w, i + lead + n, "time");
    m->relative = true;
    m->at = r->in->now_local_ms / 60000 + (int64_t)value;
    m->until = r->in->now_local_ms / 60000 + (int64_t)high;
    widen(m, i, i + lead + n);
    return lead + n;
}

/* "The day after", "the following day": behind the one that was spoken of. */
static size_t day_behind(struct day_read *d, const struct moment *m, const struct words *w, size_t i)
{
    size_t n = 0;

    if (word_is(w, i, "the") && word_is(w, i + 1, "day") && word_is(w, i + 2, "after"))
        n = 3 + word_in(w, i + 3, "that it");
    else if (word_is(w, i, "the") && word_in(w, i + 1, "following next") && word_is(w, i + 2, "day"))
        n = 3;
    if (n == 0 || m->named == 0 || word_in(w, i + n, "tomorrow today"))
        return 0;
    d->day = d->last = m->named + 1;
    return n;
}

static bool corrects(const struct reading *r, size_t from, size_t to)
{
    return reading_corrects(r, from, to) || hits_find(&r->hits, CUE_OVERRULE, from, to) != NULL;
}

/* A first day is kept; "monday or tuesday" spans both; a correction replaces it. */
static size_t take_day(struct moment *m, const struct reading *r, size_t i, const struct date_now *now)
{
    struct day_read d;
    size_t n = day_behind(&d, m, &r->w, i);

    n = n ? n : callback_day(&d, r, i, now);
    if (n == 0)
        return 0;
    m->named = d.day;
    if (callback_refused(&r->w, i, i + n))
        return n;
    if (m->has_day && !m->day_taken && !corrects(r, m->day_end, i)) {
        if (i > 0 && word_in(&r->w, i - 1, "or and to through maybe") && i - m->day_end <= 2 && d.last > m->last_day && m->time_end < m->day_end + 1)
            m->last_day = d.last;
        else
            return n;
    } else {
        m->day = d.day;
        m->last_day = d.last;
    }
    m->has_day = true;
    m->day_taken = callback_taken(&r->w, i);
    m->day_end = i + n;
    widen(m, i, i + n);
    return n;
}

/* "Same time tomorrow". */
static size_t same_time(struct moment *m, const struct words *w, size_t i, const struct date_now *now)
{
    if (!word_is(w, i + 1, "time") || !(word_is(w, i, "same") || (word_is(w, i, "this") && word_in(w, i + 2, "tomorrow next on"))))
        return 0;
    m->time = (struct day_time){ .from = now->minute, .to = now->minute, .exact = true, .sure = true };
    m->has_time = true;
    widen(m, i, i + 2);
    if (!word_is(w, i + 2, "next") || !word_is(w, i + 3, "week"))
        return 2;
    m->has_day = true; /* "this time next week" */
    m->day = m->last_day = m->named = now->day + DAYS_PER_WEEK;
    widen(m, i, i + 4);
    return 4;
}

/* A second time within the first, or in another half of the day. */
static void narrow(struct day_time *time, const struct day_time *t)
{
    struct day_time part = *time;

    if (!t->exact && t->to - t->from >= part.to - part.from)
        return;
    *time = *t;
    if (part.from >= 720 && t->exact && t->from < 720 && t->from + 720 <= part.to)
        time->from = time->to = t->from + 720;
}

/* The narrower time is kept: a moment over a part of the day; a correction replaces it. */
static size_t take_time(struct moment *m, const struct reading *r, size_t i)
{
    struct day_time t;
    bool after_day = m->has_day && m->day_end == i, loose = after_day || r->in->asked == ASKED_CALLBACK;
    size_t n = clock_time(&t, r, i, loose);

    if (n == 0 || (t.exact && callback_refused(&r->w, i, i + n)))
        return n;
    if (!m->has_time || m->time_taken || corrects(r, m->time_end, i + (i < r->w.n)))
        m->time = t;
    else if (m->time.exact)
        clock_half_of_day(&m->time, &r->w, i);
    else
        narrow(&m->time, &t);
    m->has_time = true;
    m->time_taken = t.exact && callback_taken(&r->w, i);
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
