/* callback.c - "tomorrow at ten thirty", "monday after lunch", "in twenty minutes": a time to be called, on the lead's clock.
 *
 * Bare hours fall inside business hours and on their next occurrence; morning is 09-12, afternoon 12-17, evening 17-20. A window's
 * value is its beginning. */
#include <stdio.h>
#include <string.h>

#include "talk/en/date.h"
#include "talk/en/en.h"

#include "base/banned.h"

enum { DAY_MIN = 1440, NO_TIME = -1 };

struct moment {
    bool has_day, has_time, relative;
    int64_t day;            /* days since 1970 */
    int64_t last_day;       /* of a window of days */
    int from, to;           /* minutes of the day */
    bool pm, am, exact;
    int64_t at;             /* relative: minutes since 1970 */
    size_t first, last;     /* words */
};

static void widen(struct moment *m, size_t from, size_t to)
{
    if (m->last == 0 || from < m->first)
        m->first = from;
    if (to > m->last)
        m->last = to;
}

static int business(const struct und_in *in, bool end)
{
    bool set = in->business_to_min > in->business_from_min && in->business_to_min <= DAY_MIN && in->business_from_min >= 0;

    return end ? (set ? in->business_to_min : 1080) : (set ? in->business_from_min : 480);
}

/* Hour 1..23 with minutes at word i: "10:30", "ten thirty", "half past two", "quarter to four", "3". Words used. */
static size_t clock_at(const struct words *w, size_t i, int *minute_of_day)
{
    struct amount a, b;
    size_t n;
    int past = word_is(w, i, "half") && word_is(w, i + 1, "past") ? 30 : 0;

    if (word_is(w, i, "a") && word_is(w, i + 1, "quarter"))
        i++, past = 0;
    if (word_is(w, i, "quarter") && word_in(w, i + 1, "past after to of"))
        past = word_in(w, i + 1, "to of") ? -15 : 15;
    if (past) {
        if (!(n = number_read(w, i + 2, &a)) || a.value < 1 || a.value > 23)
            return 0;
        *minute_of_day = (int)a.value * 60 + past;
        return n + 2;
    }
    if (i < w->n && w->at[i].minute >= 0 && w->at[i].num < 24) {
        *minute_of_day = (int)w->at[i].num * 60 + (w->at[i].minute < 60 ? w->at[i].minute : 0);
        return 1;
    }
    n = number_read(w, i, &a);
    if (n && a.value >= 100 && a.value < 2400 && !a.scaled && (int)a.value % 100 < 60 && a.value / 100 < 24) {
        *minute_of_day = (int)a.value / 100 * 60 + (int)a.value % 100;
        return n;
    }
    if (n == 0 || a.value < 1 || a.value > 23 || a.value != (int)a.value || a.scaled)
        return 0;
    *minute_of_day = (int)a.value * 60;
    if (!w->at[i].digits && number_read(w, i + n, &b) == 1 && b.value >= 10 && b.value < 60 && !b.scaled) {
        *minute_of_day += (int)b.value;
        n++;
    }
    return n;
}

/* "p m" is two letters when spelled. */
static size_t meridiem_at(const struct words *w, size_t i, struct moment *m)
{
    if (word_in(w, i, "pm am")) {
        *(word_is(w, i, "pm") ? &m->pm : &m->am) = true;
        return 1;
    }
    if (word_in(w, i, "p a") && word_is(w, i + 1, "m")) {
        *(word_is(w, i, "p") ? &m->pm : &m->am) = true;
        return 2;
    }
    return word_in(w, i, "oclock sharp") ? 1 + meridiem_at(w, i + 1, m) : 0;
}

static void set_clock(struct moment *m, int minute, const struct und_in *in)
{
    if (m->pm && minute < 720)
        minute += 720;
    else if (m->am && minute >= 720)
        minute -= 720;
    else if (!m->pm && !m->am && minute < 720 && (minute < business(in, false) || minute < 420) && minute + 720 <= DAY_MIN)
        minute += 720;
    m->from = m->to = minute;
    m->has_time = m->exact = true;
}

static size_t exact_at(struct moment *m, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    size_t lead = word_in(w, i, "at around about") ? 1 + word_in(w, i + 1, "around about like") : 0, n, k;
    int minute;
    bool day_before = m->has_day && m->last == i;

    n = clock_at(w, i + lead, &minute);
    if (n == 0)
        return 0;
    k = meridiem_at(w, i + lead + n, m);
    if (lead == 0 && k == 0 && !day_before && !(r->in->asked == ASKED_CALLBACK) && w->at[i].minute < 0)
        return 0;
    if (k == 0 && word_in(w, i + lead + n, "minutes minute hours hour days day weeks week months month dollars people percent k thousand grand"))
        return 0;
    set_clock(m, minute, r->in);
    widen(m, i, i + lead + n + k);
    return lead + n + k;
}

/* Named parts of the day. */
static size_t part_at(struct moment *m, const struct words *w, size_t i, const struct und_in *in)
{
    static const struct { const char *a, *b; int from, to; } parts[] = {
        { "end", "of", 960, 1080 },   { "first", "thing", 540, 600 }, { "lunch", "time", 720, 780 }, { "after", "lunch", 780, 1020 },
        { "before", "lunch", 540, 720 }, { "after", "work", 1020, 1200 }, { "mid", "morning", 600, 660 }, { "mid", "afternoon", 840, 960 },
        { "early", "afternoon", 720, 840 }, { "late", "afternoon", 900, 1020 }, { "early", "morning", 480, 600 }, { "late", "morning", 660, 720 },
        { "early", "evening", 1020, 1140 },
        { "morning", NULL, 540, 720 }, { "afternoon", NULL, 720, 1020 }, { "evening", NULL, 1020, 1200 }, { "tonight", NULL, 1020, 1200 },
        { "noon", NULL, 720, 720 },   { "midday", NULL, 720, 780 },    { "lunchtime", NULL, 720, 780 }, { "eod", NULL, 960, 1080 },
    };
    (void)in;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        if (!word_is(w, i, parts[k].a) || (parts[k].b && !word_is(w, i + 1, parts[k].b)))
            continue;
        if (k == 0 && !(word_is(w, i + 2, "day") || (word_is(w, i + 2, "the") && word_is(w, i + 3, "day")) || word_is(w, i + 2, "business")))
            continue;
        if (word_in(w, i, "morning afternoon evening") && i > 0 && word_is(w, i - 1, "good"))
            continue;
        if (m->exact) {
            if (parts[k].from >= 720 && m->from < 720 && m->from + 720 < DAY_MIN)
                m->from = m->to = m->from + 720;
            else if (parts[k].to <= 720 && m->from >= 780)
                m->from = m->to = m->from - 720;
        } else {
            m->from = parts[k].from;
            m->to = parts[k].to;
            m->has_time = true;
            m->exact = parts[k].from == parts[k].to;
        }
        widen(m, i, i + (parts[k].b ? 2 : 1) + (k == 0 ? 1 + word_is(w, i + 2, "the") : 0));
        return 1 + (parts[k].b != NULL);
    }
    return 0;
}

/* "in an hour", "in twenty minutes", "half an hour from now", "in an hour or two". */
static size_t relative_at(struct moment *m, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    struct amount a = { .value = 1 };
    size_t lead = word_in(w, i, "in after"), n;
    int per;

    if (lead == 0 && i > 0)
        lead = 0;
    if (word_is(w, i + lead, "half") && word_in(w, i + lead + 1, "an a") && word_is(w, i + lead + 2, "hour")) {
        a.value = 0.5;
        n = 2;
    } else if (!(n = amount_read(w, i + lead, &a))) {
        if (!word_in(w, i + lead, "a an"))
            return 0;
        n = 1;
    }
    per = word_in(w, i + lead + n, "hour hours") ? 60 : word_in(w, i + lead + n, "minute minutes min mins") ? 1 : 0;
    if (per == 0 || a.value > 500 || (lead == 0 && !word_in(w, i + n + 1, "from later") && r->in->asked != ASKED_CALLBACK))
        return 0;
    m->relative = true;
    m->at = r->in->now_local_ms / 60000 + (int64_t)(a.value * per);
    widen(m, i, i + lead + n + 1);
    return lead + n + 1;
}

static size_t day_at(struct moment *m, const struct reading *r, size_t i, const struct date_now *now)
{
    const struct words *w = &r->w;
    struct span s;
    size_t n, on = word_in(w, i, "on");

    if (word_in(w, i, "today tonight") || (word_is(w, i, "this") && word_in(w, i + 1, "morning afternoon evening")) ||
        (word_is(w, i, "later") && word_is(w, i + 1, "today"))) {
        m->has_day = true;
        m->day = m->last_day = now->day;
        widen(m, i, i + 1 + word_is(w, i, "later"));
        return word_is(w, i, "tonight") ? 0 : 1 + word_is(w, i, "later");
    }
    n = date_span(&s, w, i + on, now);
    if (n == 0 || s.past || !s.has_high || s.high - s.low > 31 || s.high > 400)
        return 0;
    m->has_day = true;
    m->day = now->day + (int64_t)s.low;
    m->last_day = now->day + (int64_t)s.high;
    widen(m, i, i + on + n);
    return on + n;
}

static void print_minute(char *out, size_t size, int64_t minute)
{
    int year, month, mday;
    int64_t day = minute >= 0 ? minute / DAY_MIN : -((-minute + DAY_MIN - 1) / DAY_MIN);
    int rest = (int)(minute - day * DAY_MIN);

    date_civil(day, &year, &month, &mday);
    snprintf(out, size, "%04d-%02d-%02dT%02d:%02d", year, month, mday, rest / 60, rest % 60);
}

static void fill(struct und_callback *out, struct moment *m, const struct reading *r, const struct date_now *now)
{
    int64_t low, high;

    if (m->relative) {
        low = high = m->at;
    } else {
        if (!m->has_day)
            m->day = m->last_day = now->day + (m->has_time && (m->exact ? m->from : m->to) <= now->minute);
        if (!m->has_time) {
            m->from = business(r->in, false);
            m->to = business(r->in, true);
        }
        low = m->day * DAY_MIN + m->from;
        high = m->last_day * DAY_MIN + m->to;
        if (low < now->day * DAY_MIN + now->minute && high > now->day * DAY_MIN + now->minute)
            low = now->day * DAY_MIN + now->minute;
    }
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

void en_read_callback(struct und_callback *out, const struct reading *r)
{
    struct moment m = { 0 };
    struct date_now now;
    const struct hit *wish = hits_any(&r->hits, CUE_BUSY);

    memset(out, 0, sizeof *out);
    if (!may_be_callback(r))
        return;
    date_now_init(&now, r->in->now_local_ms);
    for (size_t i = 0; i < r->w.n;) {
        size_t n = relative_at(&m, r, i);

        if (n == 0 && !m.has_day)
            n = day_at(&m, r, i, &now);
        if (n == 0)
            n = part_at(&m, &r->w, i, r->in);
        if (n == 0 && !m.exact)
            n = exact_at(&m, r, i);
        i += n ? n : 1;
    }
    if (m.has_day && !m.has_time && m.day == now.day && r->in->asked != ASKED_CALLBACK && !asks_for_later(&r->w))
        m.has_day = false;
    if (m.relative || m.has_day || m.has_time) {
        fill(out, &m, r, &now);
    } else if (wish || hits_any(&r->hits, CUE_CALL_BACK)) {
        wish = wish ? wish : hits_any(&r->hits, CUE_CALL_BACK);
        if (r->in->asked != ASKED_CALLBACK && !hits_any(&r->hits, CUE_BUSY))
            return;
        out->status = UND_VAGUE;
        words_quote(out->evidence, sizeof out->evidence, &r->w, wish->from, wish->to);
    }
}
