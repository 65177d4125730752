/* und_json.c - an understanding as the line that `baton understand --jsonl` prints. */
#include "base/json.h"
#include "talk/understand.h"

#include "base/banned.h"

const char *und_status_name(enum und_status s)
{
    static const char *const names[] = {
        [UND_ABSENT] = "absent",   [UND_STATED] = "stated",       [UND_NONE] = "none",   [UND_UNKNOWN] = "unknown",
        [UND_DEFLECT] = "deflect", [UND_UNLIMITED] = "unlimited", [UND_CURRENT_SPEND] = "current_spend", [UND_VAGUE] = "vague",
    };

    return (size_t)s < sizeof names / sizeof *names ? names[s] : "absent";
}

static json_t *number(bool has, double v)
{
    if (!has)
        return json_null();
    return v == (double)(int64_t)v ? json_integer((json_int_t)v) : json_real(v);
}

static json_t *quantity(const struct und_quantity *q)
{
    json_t *o;

    if (q->status == UND_ABSENT)
        return json_null();
    o = json_object();
    jx_set_str(o, "status", und_status_name(q->status));
    jx_set(o, "value", number(q->has_value, q->value));
    jx_set_str(o, "unit", q->has_value ? q->unit : NULL);
    jx_set(o, "low", number(q->has_low, q->low));
    jx_set(o, "high", number(q->has_high, q->high));
    jx_set_bool(o, "approx", q->approx);
    jx_set_str(o, "evidence", q->evidence);
    return o;
}

static json_t *role(const struct und_role *r)
{
    json_t *o;

    if (r->value[0] == '\0')
        return json_null();
    o = json_object();
    jx_set_str(o, "value", r->value);
    jx_set_str(o, "title", r->title[0] ? r->title : NULL);
    jx_set_str(o, "evidence", r->evidence);
    return o;
}

static json_t *callback(const struct und_callback *c)
{
    json_t *o;

    if (c->status == UND_ABSENT)
        return json_null();
    o = json_object();
    jx_set_str(o, "status", und_status_name(c->status));
    jx_set_str(o, "value", c->value[0] ? c->value : NULL);
    jx_set_str(o, "low", c->low[0] ? c->low : NULL);
    jx_set_str(o, "high", c->high[0] ? c->high : NULL);
    jx_set_str(o, "evidence", c->evidence);
    return o;
}

static json_t *email(const struct und_email *e)
{
    json_t *o;

    if (e->value[0] == '\0')
        return json_null();
    o = json_object();
    jx_set_str(o, "value", e->value);
    jx_set_str(o, "evidence", e->evidence);
    return o;
}

static json_t *intents(const struct understanding *r)
{
    json_t *list = json_array();

    for (size_t i = 0; i < r->intent_count; i++) {
        json_t *o = json_object();

        jx_set_str(o, "id", r->intents[i].id);
        jx_set_num(o, "score", (double)(int)(r->intents[i].score * 1000 + 0.5f) / 1000);
        jx_set_str(o, "evidence", r->intents[i].evidence);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *competitors(const struct understanding *r)
{
    json_t *list = json_array();

    for (size_t i = 0; i < r->competitor_count; i++)
        json_array_append_new(list, json_string(r->competitors[i]));
    return list;
}

json_t *und_json(const struct understanding *r)
{
    json_t *o = json_object();

    jx_set(o, "money", quantity(&r->money));
    jx_set(o, "duration", quantity(&r->duration));
    jx_set_str(o, "yes_no", r->yes_no == UND_YES ? "yes" : r->yes_no == UND_NO ? "no" : NULL);
    jx_set(o, "role", role(&r->role));
    jx_set(o, "competitors", competitors(r));
    jx_set(o, "callback", callback(&r->callback));
    jx_set(o, "email", email(&r->email));
    jx_set_str(o, "number", r->number[0] ? r->number : NULL);
    jx_set(o, "intents", intents(r));
    return o;
}
