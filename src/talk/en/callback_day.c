/* callback_day.c - the parts of a time to be called: days, minutes from now, and what is refused or taken. */
#include "talk/en/callback.h"

#include "base/banned.h"

enum { FRIDAY = 4, REFUSAL_REACH = 4, TAKEN_REACH = 7 };

/* "I can't do monday", "not thursday", "any day but friday"; "tomorrow is no good", "two doesn't work". */
bool callback_refused(const struct words *w, size_t from, size_t to)
{
    for (size_t k = from; k > 0 && from - k < REFUSAL_REACH && !w->at[k - 1].ends; k--) {
        if ((word_in(w, k - 1, "not except cannot never besides") && !(k > 1 && word_is(w, k - 2, "why"))) ||
            (word_is(w, k - 1, "but") && k > 1 && word_in(w, k - 2, "day time anytime anything")))
            return true;
        if (word_in(w, k - 1, "on but how at about for maybe or so and is until before tomorrow today") || date_weekday_word(w, k - 1) >= 0)
            break;
    }
    if (to < w->n && w->at[to - 1].ends)
        return false;
    return (word_in(w, to, "is are will would does do am") && word_in(w, to + 1, "not no bad impossible full packed crazy busy hectic taken gone booked out off tricky difficult") &&
            !(word_is(w, to + 1, "not") && word_in(w, to + 2, "before until a an"))) ||
           (word_in(w, to, "no not") && word_in(w, to + 1, "good way chance"));
}

/* "I have a meeting at two", "I'm away tomorrow": something else is then, and another time may follow. */
bool callback_taken(const struct words *w, size_t from)
{
    for (size_t k = from; k > 0 && from - k < TAKEN_REACH && !w->at[k - 1].ends; k--) {
        if (word_in(w, k - 1, "call ring phone try reach but so then free available"))
            return false;
        if (word_in(w, k - 1, "meeting appointment dentist doctor class interview busy away traveling travelling booked another"))
            return true;
    }
    return false;
}

/* "In an hour", "in twenty minutes", "half an hour from now", "an hour and a half": minutes. Words used. */
size_t callback_minutes(const struct reading *r, size_t i, double *value, double *high)
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

size_t callback_day(struct day_read *d, const struct reading *r, size_t i, const struct date_now *now)
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
