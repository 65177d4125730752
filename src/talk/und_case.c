/* und_case.c - labelled utterances: reading them, and comparing what was understood with what was expected. */
#include "talk/und_case.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "talk/scenario.h"

#include "base/banned.h"

enum { OPENS_MIN = 480, CLOSES_MIN = 1080, NAMES_MAX = 64 };

static const double CLOSE_ENOUGH = 0.02, ROUNDING = 0.51;

enum und_asked und_asked_by_name(const char *name)
{
    static const char *const names[] = {[ASKED_OPENING] = "opening", [ASKED_CHOICE] = "choice", [ASKED_MONEY] = "money",
                                        [ASKED_DURATION] = "duration", [ASKED_ROLE] = "role", [ASKED_YES_NO] = "yes_no",
                                        [ASKED_NUMBER] = "number", [ASKED_TEXT] = "text", [ASKED_DATE] = "date",
                                        [ASKED_CALLBACK] = "callback"};

    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return (enum und_asked)i;
    return ASKED_NOTHING;
}

/* "HH:MM-HH:MM" into minutes; left alone when it is something else. */
static void read_hours(struct und_in *in, const char *s)
{
    int h1, m1, h2, m2;

    if (s && sscanf(s, "%2d:%2d-%2d:%2d", &h1, &m1, &h2, &m2) == 4 && h1 >= 0 && h2 > h1 && h2 <= 24) {
        in->business_from_min = h1 * 60 + m1;
        in->business_to_min = h2 * 60 + m2;
    }
}

void und_case_read(struct und_in *in, const json_t *line, int64_t now_local_ms)
{
    const char *now = jx_str(line, "now", NULL);

    *in = (struct und_in){.text = jx_str(line, "text", ""), .asked = und_asked_by_name(jx_str(line, "asked", NULL)),
                          .question = jx_str(line, "question", NULL), .now_local_ms = now_local_ms,
                          .business_from_min = OPENS_MIN, .business_to_min = CLOSES_MIN,
                          .polarity_mind = strcmp(jx_str(line, "polarity", ""), "mind") == 0};
    if (now)
        (void)clock_parse(&in->now_local_ms, now);
    read_hours(in, jx_str(line, "business_hours", NULL));
}

void und_case_run(struct understanding *out, const struct und *u, const json_t *line, const struct und_in *in)
{
    const json_t *names = json_object_get(line, "names");
    struct sc_competitor list[NAMES_MAX];
    size_t n = 0;

    und_run(out, u, in);
    for (size_t i = 0; i < json_array_size(names) && n < NAMES_MAX; i++)
        if (json_is_string(json_array_get(names, i)))
            list[n++] = (struct sc_competitor){.name = json_string_value(json_array_get(names, i))};
    if (json_is_array(names))
        und_names(out, u, in->text, list, n);
}

static bool number_fits(const json_t *want, bool has, double v)
{
    if (want == NULL)
        return true;
    return json_is_null(want) ? !has : has && fabs(json_number_value(want) - v) <= CLOSE_ENOUGH * fabs(v) + (fabs(v) < 10 ? 0.05 : ROUNDING);
}

static bool quantity_fits(const json_t *want, const struct und_quantity *q)
{
    if (!json_is_object(want))
        return q->status == UND_ABSENT;
    if (strcmp(jx_str(want, "status", ""), und_status_name(q->status)) != 0)
        return false;
    return q->status != UND_STATED ||
           (strcmp(jx_str(want, "unit", q->unit), q->unit) == 0 && number_fits(json_object_get(want, "value"), q->has_value, q->value) &&
            number_fits(json_object_get(want, "low"), q->has_low, q->low) && number_fits(json_object_get(want, "high"), q->has_high, q->high));
}

static bool callback_fits(const json_t *want, const struct und_callback *c)
{
    if (!json_is_object(want))
        return c->status == UND_ABSENT;
    return strcmp(jx_str(want, "status", ""), und_status_name(c->status)) == 0 && strcmp(jx_str(want, "value", c->value), c->value) == 0 &&
           strcmp(jx_str(want, "low", c->low), c->low) == 0 && strcmp(jx_str(want, "high", c->high), c->high) == 0;
}

static bool names_fit(const json_t *want, const struct understanding *u)
{
    if (json_array_size(want) != u->competitor_count)
        return false;
    for (size_t i = 0; i < u->competitor_count; i++)
        if (!json_is_string(json_array_get(want, i)) || strcmp(json_string_value(json_array_get(want, i)), u->competitors[i]) != 0)
            return false;
    return true;
}

/* A text, null for none, or an object whose "value" is it. */
static bool text_fits(const json_t *want, const char *got)
{
    if (json_is_object(want))
        want = json_object_get(want, "value");
    return strcmp(json_is_string(want) ? json_string_value(want) : "", got) == 0;
}

bool und_case_fits(const char *kind, const json_t *want, const struct understanding *u)
{
    const struct { const char *kind, *got; } texts[] = {
        {"role", u->role.value}, {"yes_no", u->yes_no == UND_YES ? "yes" : u->yes_no == UND_NO ? "no" : ""}, {"need", u->choice.option},
        {"choice", u->choice.option}, {"email", u->email.value}, {"number", u->number},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(kind, texts[i].kind) == 0)
            return text_fits(want, texts[i].got);
    if (strcmp(kind, "money") == 0)
        return quantity_fits(want, &u->money);
    if (strcmp(kind, "duration") == 0)
        return quantity_fits(want, &u->duration);
    if (strcmp(kind, "callback") == 0)
        return callback_fits(want, &u->callback);
    return strcmp(kind, "competitors") == 0 && names_fit(want, u);
}

bool und_case_has(const struct understanding *u, const char *id)
{
    for (size_t i = 0; i < u->intent_count; i++)
        if (strcmp(u->intents[i].id, id) == 0)
            return true;
    return false;
}
