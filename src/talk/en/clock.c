/* clock.c - times of day. Bare hours fall inside business hours; morning is 09-12, afternoon 12-17, evening 17-20. */
#include "talk/en/clock.h"
#include "talk/en/date.h"

#include "base/banned.h"

enum half { ANY_HALF, AM, PM };

enum { DENIAL_REACH = 4 };

int business_begins(const struct und_in *in)
{
    bool set = in->business_to_min > in->business_from_min && in->business_to_min <= DAY_MIN && in->business_from_min >= 0;

    return set ? in->business_from_min : 480;
}

int business_ends(const struct und_in *in)
{
    bool set = in->business_to_min > in->business_from_min && in->business_to_min <= DAY_MIN && in->business_from_min >= 0;

    return set ? in->business_to_min : 1080;
}

/* "Half past two", "quarter to four", "ten past eleven", "twenty minutes to five": words used. */
static size_t relative_clock(const struct words *w, size_t i, int *minute)
{
    struct amount a, b;
    size_t n = word_is(w, i, "a") && word_is(w, i + 1, "quarter"), m;
    int by;

    if (word_is(w, i, "half") && word_in(w, i + 1, "past after")) {
        by = 30;
        n = 1;
    } else if (word_is(w, i, "half") && (m = number_read(w, i + 1, &b)) == 1 && b.value >= 1 && b.value <= 12 && b.value == (int)b.value && !b.scaled) {
        *minute = (int)b.value * 60 + 30; /* "half nine" */
        return 2;
    } else if (word_is(w, i + n, "quarter")) {
        by = 15;
        n++;
    } else if ((n = number_read(w, i, &a)) && a.value >= 5 && a.value < 30 && (int)a.value % 5 == 0 && a.value == (int)a.value && !w->at[i].digits) {
        by = (int)a.value;
        n += word_is(w, i + n, "minutes");
    } else {
        return 0;
    }
    if (!word_in(w, i + n, "past after to of before till"))
        return 0;
    if (word_in(w, i + n, "to of before till"))
        by = -by;
    if (word_in(w, i + n + 1, "noon midday")) {
        *minute = 720 + by;
        return n + 2;
    }
    m = number_read(w, i + n + 1, &b);
    if (m == 0 || b.value < 1 || b.value > 12 || b.value != (int)b.value || b.scaled)
        return 0;
    *minute = (int)b.value * 60 + by;
    return n + 1 + m;
}

/* Hour 1..23 with minutes: "10:30", "ten thirty", "three oh five", "3". Words used. */
static size_t plain_clock(const struct words *w, size_t i, int *minute)
{
    struct amount a, b;
    size_t n;

    if (i < w->n && w->at[i].minute >= 0 && w->at[i].num < 24) {
        *minute = (int)w->at[i].num * 60 + (w->at[i].minute < 60 ? w->at[i].minute : 0);
        return 1;
    }
    n = number_read(w, i, &a);
    if (n && a.value >= 100 && a.value < 2400 && !a.scaled && (int)a.value % 100 < 60) {
        *minute = (int)a.value / 100 * 60 + (int)a.value % 100;
        return n;
    }
    if (n == 0 || a.value < 1 || a.value > 23 || a.value != (int)a.value || a.scaled || a.range)
        return 0;
    *minute = (int)a.value * 60;
    if (!w->at[i].digits && !w->at[i + n - 1].ends && number_read(w, i + n, &b) == 1 && b.value >= 10 && b.value < 60 && !b.scaled) {
        *minute += (int)b.value;
        n++;
    }
    return n;
}

/* "pm", "p m", "o'clock", "sharp", "ish", "eastern": words used. */
static size_t behind_clock(const struct words *w, size_t i, enum half *half)
{
    size_t n = 0;

    for (;;) {
        if (word_in(w, i + n, "pm am")) {
            *half = word_is(w, i + n, "pm") ? PM : AM;
            n++;
        } else if (word_in(w, i + n, "p a") && word_is(w, i + n + 1, "m")) {
            *half = word_is(w, i + n, "p") ? PM : AM;
            n += 2;
        } else if (word_in(w, i + n, "oclock sharp ish eastern pacific central mountain est edt pst pdt cst cdt mst mdt et pt gmt") ||
                   (word_in(w, i + n, "my your our local standard") && word_is(w, i + n + 1, "time"))) {
            n++;
        } else if (n && word_is(w, i + n, "time")) {
            n++;
        } else {
            return n;
        }
    }
}

static int into_half(int minute, enum half half, const struct und_in *in)
{
    if (half == PM && minute < 720)
        return minute + 720;
    if (half == AM && minute >= 720)
        return minute - 720;
    if (half == ANY_HALF && minute < 720 && (minute < business_begins(in) || minute < 420) && minute + 720 <= DAY_MIN)
        return minute + 720;
    return minute;
}

/* One moment: "ten thirty", "noon", "quarter to four pm". Words used. */
static size_t moment_at(int *minute, enum half *half, bool *sure, const struct words *w, size_t i)
{
    size_t n, k;

    *half = ANY_HALF;
    *sure = true;
    if (word_in(w, i, "noon noonish midday") || (word_is(w, i, "twelve") && word_is(w, i + 1, "noon"))) {
        *minute = 720;
        return 1 + word_is(w, i, "twelve") + word_is(w, i + 1, "ish");
    }
    n = relative_clock(w, i, minute);
    if (n == 0) {
        n = plain_clock(w, i, minute);
        *sure = n && w->at[i].minute >= 0;
    }
    if (n == 0)
        return 0;
    k = behind_clock(w, i + n, half);
    *sure |= k > 0;
    if (k == 0 && word_in(w, i + n, "minutes minute hours hour days day weeks week months month dollars people percent k thousand grand calls years year"))
        return 0;
    return n + k;
}

/* "Half past two", "between two and four", "from nine to eleven", "two to four". */
static size_t exact_or_span(struct day_time *t, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    bool between = word_in(w, i, "between from"), sure, sure_too = false;
    size_t lead = word_in(w, i, "between from at around about like say towards toward near") ? 1 : 0, n, j, m;
    enum half half, other;
    int a, b;

    lead += lead && word_in(w, i + 1, "around about like say");
    n = moment_at(&a, &half, &sure, w, i + lead);
    if (n == 0)
        return 0;
    t->sure = sure || lead > 0;
    n += lead;
    j = word_in(w, i + n, "to till until through or") || (between && word_is(w, i + n, "and"));
    j += j && word_in(w, i + n + 1, "maybe like even");
    if (j && !word_in(w, i + n + j, "a an") && (m = moment_at(&b, &other, &sure_too, w, i + n + j))) {
        t->from = into_half(a, half != ANY_HALF ? half : a < b || other == ANY_HALF ? other : ANY_HALF, r->in);
        t->to = into_half(b, other, r->in);
        if (t->to > t->from) {
            t->sure |= sure_too || between;
            return n + j + m;
        }
    }
    t->from = t->to = into_half(a, half, r->in);
    t->exact = true;
    return n;
}

/* "I can't before three", "not free until two": then is the earliest. */
static bool denied_before(const struct words *w, size_t i)
{
    for (size_t k = i; k > 0 && i - k < DENIAL_REACH && !w->at[k - 1].ends; k--)
        if (word_in(w, k - 1, "not cannot never nothing"))
            return word_in(w, i, "before until till");
    return false;
}

/* "After three", "not before eleven", "before noon", "by ten", "until five". Words used. */
static size_t bounded_time(struct day_time *t, const struct reading *r, size_t i)
{
    static const struct { const char *words[3]; bool after; } leads[] = {
        { { "not", "before" }, true },   { { "no", "earlier", "than" }, true }, { { "not", "until" }, true }, { { "not", "earlier", "than" }, true },
        { { "later", "than" }, true },   { { "not", "after" }, false },         { { "no", "later", "than" }, false }, { { "after" }, true },
        { { "past" }, true },            { { "before" }, false },               { { "by" }, false },          { { "until" }, false },
        { { "till" }, false },           { { "not", "later", "than" }, false }, { { "earlier", "than" }, false }, { { "starting", "at" }, true },
    };
    const struct words *w = &r->w;
    enum half half;
    bool sure, after;
    int minute;

    for (size_t k = 0; k < sizeof leads / sizeof *leads; k++) {
        size_t n = 0, m;

        while (n < 3 && leads[k].words[n] && word_is(w, i + n, leads[k].words[n]))
            n++;
        if (n == 0 || (n < 3 && leads[k].words[n]))
            continue;
        n += word_in(w, i + n, "about around like say at");
        m = moment_at(&minute, &half, &sure, w, i + n);
        if (m == 0)
            continue;
        minute = into_half(minute, half, r->in);
        after = leads[k].after || denied_before(w, i);
        t->sure = true;
        t->from = after ? minute : business_begins(r->in);
        t->to = after ? business_ends(r->in) : minute;
        if (t->to < t->from)
            t->to = t->from = minute;
        return n + m;
    }
    return 0;
}

/* "From three on", "three onwards", "two or later", "at ten at the earliest": the moment opens a window. */
static size_t opens_behind(struct day_time *t, const struct reading *r, size_t i)
{
    const struct words *w = &r->w;
    size_t n = 0;

    if (word_in(w, i, "onwards onward earliest"))
        n = 1;
    else if (word_is(w, i, "on") && (i + 1 == w->n || w->at[i].ends))
        n = 1;
    else if (word_is(w, i, "or") && word_in(w, i + 1, "later after"))
        n = 2;
    else if (word_is(w, i, "at") && word_is(w, i + 1, "the") && word_is(w, i + 2, "earliest"))
        n = 3;
    if (n && t->from < business_ends(r->in)) {
        t->to = business_ends(r->in);
        t->exact = false;
    }
    return n;
}

struct part { const char *words[3]; int from, to; };

static const struct part parts[] = {
    { { "end", "of", "day" }, 960, 1080 },      { { "end", "of", "the" }, 960, 1080 },   { { "end", "of", "business" }, 960, 1080 },
    { { "close", "of", "business" }, 960, 1080 }, { { "first", "thing" }, 540, 600 },    { { "lunch", "time" }, 720, 780 },
    { { "after", "lunch" }, 780, 1020 },        { { "post", "lunch" }, 780, 1020 },        { { "before", "lunch" }, 540, 720 },     { { "after", "lunchtime" }, 780, 1020 },
    { { "after", "work" }, 1020, 1200 },        { { "after", "hours" }, 1020, 1200 },    { { "after", "dinner" }, 1080, 1200 },
    { { "mid", "morning" }, 600, 660 },         { { "mid", "afternoon" }, 840, 960 },    { { "early", "afternoon" }, 720, 840 },
    { { "late", "afternoon" }, 900, 1020 },     { { "early", "morning" }, 480, 600 },    { { "late", "morning" }, 660, 720 },
    { { "early", "evening" }, 1020, 1140 },     { { "late", "in", "the" }, 0, 0 },       { { "over", "lunch" }, 720, 780 },
    { { "at", "lunch" }, 720, 780 },            { { "during", "lunch" }, 720, 780 },     { { "around", "lunch" }, 720, 780 },
    { { "midmorning" }, 600, 660 },             { { "midafternoon" }, 840, 960 },        { { "lunchtime" }, 720, 780 },
    { { "morning" }, 540, 720 },                { { "mornings" }, 540, 720 },            { { "afternoon" }, 720, 1020 },
    { { "afternoons" }, 720, 1020 },            { { "evening" }, 1020, 1200 },           { { "evenings" }, 1020, 1200 },
    { { "tonight" }, 1020, 1200 },              { { "eod" }, 960, 1080 },                { { "cob" }, 960, 1080 },
};

static size_t part_words(const struct words *w, size_t i, const struct part *p)
{
    size_t n = 0;

    while (n < 3 && p->words[n] && word_is(w, i + n, p->words[n]))
        n++;
    if (n < 3 && p->words[n])
        return 0;
    if (n == 3 && word_is(w, i + 2, "the"))
        return word_in(w, i + 3, "day business") ? 4 : 0;
    return n;
}

/* "Early tomorrow afternoon": the day stands between. */
static const struct part *parted(const struct words *w, size_t i)
{
    bool day = i > 1 && (date_weekday_word(w, i - 1) >= 0 || word_in(w, i - 1, "tomorrow this"));

    for (size_t k = 0; day && k < sizeof parts / sizeof *parts; k++)
        if (parts[k].words[1] && word_is(w, i - 2, parts[k].words[0]) && word_is(w, i, parts[k].words[1]) && parts[k].words[2] == NULL)
            return &parts[k];
    return NULL;
}

static const struct part *part_of_day(const struct words *w, size_t i, size_t *used)
{
    const struct part *apart = word_in(w, i, "morning afternoon evening") ? parted(w, i) : NULL;

    if (apart) {
        *used = 1;
        return apart;
    }
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        *used = part_words(w, i, &parts[k]);
        if (*used == 0 || parts[k].to == 0)
            continue;
        if (*used == 1 && i > 0 && word_is(w, i - 1, "good") && !word_in(w, i, "tonight eod"))
            continue;
        return &parts[k];
    }
    return NULL;
}

size_t clock_half_of_day(struct day_time *t, const struct words *w, size_t i)
{
    size_t lead = word_in(w, i, "in at on") ? 1 + word_in(w, i + 1, "the") : word_is(w, i, "this"), n;
    const struct part *p = part_of_day(w, i + lead, &n);

    if (p == NULL && lead && word_is(w, i + lead, "night") && t->from < 720) {
        t->from += 720;
        t->to += 720;
        return lead + 1;
    }
    if (p == NULL || p->words[1])
        return 0;
    if (p->from >= 720 && t->from < 720 && t->from + 720 < DAY_MIN) {
        t->from += 720;
        t->to += 720;
    } else if (p->to <= 720 && t->from >= 780) {
        t->from -= 720;
        t->to -= 720;
    }
    return lead + n;
}

size_t clock_time(struct day_time *t, const struct reading *r, size_t i, bool loose)
{
    const struct words *w = &r->w;
    const struct part *p;
    size_t n, k;

    *t = (struct day_time){ 0 };
    if ((p = part_of_day(w, i, &n))) {
        *t = (struct day_time){ .from = p->from, .to = p->to, .sure = true };
        return n;
    }
    if ((n = bounded_time(t, r, i)) == 0 && (n = exact_or_span(t, r, i)) == 0)
        return 0;
    if (!t->sure && !loose)
        return 0;
    if (t->exact)
        n += opens_behind(t, r, i + n);
    for (k = 0; k < 2; k++)
        n += clock_half_of_day(t, w, i + n);
    return n;
}
