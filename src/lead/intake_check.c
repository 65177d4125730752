/* intake_check.c - the body of a lead: every field is looked at and every wrong one is named, so that a form's author repairs all
 * of them at once. Unknown fields are kept (the whole body is stored) but mean nothing. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "lead/lead_priv.h"

#include "base/banned.h"

enum { CONSENT_FUTURE_MS = 5 * 60 * 1000 }; /* clocks of forms run ahead a little */

__attribute__((format(printf, 3, 4))) static void error(struct lead_result *out, const char *field, const char *fmt, ...)
{
    struct lead_field_error *e;
    va_list ap;

    if (out->error_count == LEAD_FIELD_ERRORS_MAX)
        return;
    e = &out->errors[out->error_count++];
    (void)text_copy(e->field, sizeof e->field, field);
    va_start(ap, fmt);
    (void)vsnprintf(e->text, sizeof e->text, fmt, ap);
    va_end(ap);
}

/* Control characters would break lists, mails and log lines; a message may have lines. */
static bool has_control(const char *s, bool lines)
{
    for (; *s != '\0'; s++)
        if ((unsigned char)*s == 0x7f || ((unsigned char)*s < 0x20 && !(lines && (*s == '\n' || *s == '\r' || *s == '\t'))))
            return true;
    return false;
}

/* The text of `key`; NULL when missing, null, blank or wrong (then an error is noted under `field`). */
static const char *text_field(struct lead_result *out, const json_t *obj, const char *key, const char *field, size_t max)
{
    const json_t *v = json_object_get(obj, key);
    const char *s;

    if (v == NULL || json_is_null(v))
        return NULL;
    if (!json_is_string(v)) {
        error(out, field, "must be text");
        return NULL;
    }
    s = json_string_value(v);
    if (strlen(s) > max)
        error(out, field, "is longer than %zu bytes", max);
    else if (strlen(s) != json_string_length(v) || has_control(s, max == INTAKE_TEXT_MAX))
        error(out, field, "holds control characters");
    else
        return s[strspn(s, " \t\r\n")] == '\0' ? NULL : s;
    return NULL;
}

static void check_phone(struct intake *in, struct lead_result *out, const json_t *body, const char *region)
{
    const char *phone = text_field(out, body, "phone", "phone", INTAKE_WORD_MAX);
    char why[64] = "is required";

    if (phone != NULL ? phone_normalise(in->phone, phone, region, why, sizeof why) != 0 : out->error_count == 0)
        error(out, "phone", "%s", why);
}

/* "name" serves forms with one field: the last word is the last name. */
static void check_names(struct intake *in, struct lead_result *out, const json_t *body)
{
    const char *first = text_field(out, body, "first_name", "first_name", INTAKE_NAME_MAX);
    const char *last = text_field(out, body, "last_name", "last_name", INTAKE_NAME_MAX);
    const char *name = text_field(out, body, "name", "name", INTAKE_NAME_MAX), *space;

    (void)text_copy(in->first_name, sizeof in->first_name, first != NULL ? first : "");
    (void)text_copy(in->last_name, sizeof in->last_name, last != NULL ? last : "");
    if (name == NULL || first != NULL || last != NULL)
        return;
    name += strspn(name, " ");
    space = strrchr(name, ' ');
    (void)text_copy(in->first_name, space != NULL && space[1] != '\0' ? (size_t)(space - name) + 1 : sizeof in->first_name, name);
    if (space != NULL && space[1] != '\0')
        (void)text_copy(in->last_name, sizeof in->last_name, space + 1);
}

static void check_email(struct intake *in, struct lead_result *out, const json_t *body)
{
    const char *s = text_field(out, body, "email", "email", INTAKE_EMAIL_MAX);
    const char *at = s != NULL ? strchr(s, '@') : NULL;

    if (s == NULL)
        return;
    if (at == NULL || at == s || strchr(at + 1, '@') != NULL || strchr(at + 1, '.') == NULL || text_ends(s, ".") || strpbrk(s, " ,;<>") != NULL)
        error(out, "email", "is not an e-mail address");
    else
        in->email = s;
}

static void check_source(struct intake *in, struct lead_result *out, const json_t *body)
{
    const char *s = text_field(out, body, "source", "source", INTAKE_WORD_MAX);

    in->source = s != NULL ? s : "form_fill";
    if (in->source[strspn(in->source, "abcdefghijklmnopqrstuvwxyz0123456789_-")] != '\0')
        error(out, "source", "may have a-z, 0-9, _ and - only");
}

static void check_words(struct intake *in, struct lead_result *out, const json_t *body)
{
    const struct { const char *key; const char **to; size_t max; } fields[] = {
        {"company", &in->company, INTAKE_NAME_MAX * 2}, {"title", &in->title, INTAKE_NAME_MAX * 2}, {"product", &in->product, INTAKE_WORD_MAX},
        {"region", &in->region, INTAKE_WORD_MAX},       {"segment", &in->segment, INTAKE_WORD_MAX}, {"partner", &in->partner, INTAKE_NAME_MAX},
        {"message", &in->message, INTAKE_TEXT_MAX},     {"external_id", &in->external_id, INTAKE_NAME_MAX}, {"owner", &in->owner, INTAKE_WORD_MAX},
    };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        *fields[i].to = text_field(out, body, fields[i].key, fields[i].key, fields[i].max);
}

static void check_consent_time(struct intake *in, struct lead_result *out, const json_t *consent, int64_t now_ms)
{
    const char *at = text_field(out, consent, "at", "consent.at", INTAKE_WORD_MAX);

    in->consent_at = now_ms;
    if (at != NULL && clock_parse(&in->consent_at, at) != 0)
        error(out, "consent.at", "is not a time such as 2026-03-11T10:00:00Z");
    else if (in->consent_at > now_ms + CONSENT_FUTURE_MS)
        error(out, "consent.at", "lies in the future");
}

static void check_consent_ip(struct intake *in, struct lead_result *out, const json_t *consent)
{
    unsigned char address[sizeof(struct in6_addr)];

    in->consent_ip = text_field(out, consent, "ip", "consent.ip", INTAKE_WORD_MAX);
    if (in->consent_ip != NULL && inet_pton(AF_INET, in->consent_ip, address) != 1 && inet_pton(AF_INET6, in->consent_ip, address) != 1)
        error(out, "consent.ip", "is not an address such as 203.0.113.7");
}

static void check_consent(struct intake *in, struct lead_result *out, const json_t *body, int64_t now_ms)
{
    const json_t *consent = json_object_get(body, "consent");

    if (consent == NULL || json_is_null(consent))
        return;
    if (!json_is_object(consent)) {
        error(out, "consent", "must be an object with the text that was agreed to");
        return;
    }
    in->consent = true;
    in->consent_text = text_field(out, consent, "text", "consent.text", INTAKE_TEXT_MAX);
    if (in->consent_text == NULL)
        error(out, "consent.text", "is required: the text that was agreed to");
    in->consent_source = text_field(out, consent, "source", "consent.source", INTAKE_NAME_MAX);
    check_consent_ip(in, out, consent);
    in->consent_user_agent = text_field(out, consent, "user_agent", "consent.user_agent", INTAKE_URL_MAX);
    in->consent_url = text_field(out, consent, "url", "consent.url", INTAKE_URL_MAX);
    check_consent_time(in, out, consent, now_ms);
}

static int check_zones(struct intake *in, struct lead_result *out, const json_t *body, int64_t now_ms)
{
    char zones[GATE_ZONES_MAX][PHONE_ZONE_NAME_MAX];
    int offset, err = 0, n = phone_zones(zones, GATE_ZONES_MAX, in->phone);

    in->zones = json_array();
    if (in->zones == NULL)
        return ENOMEM;
    for (int i = 0; !err && i < n; i++)
        err = zones_add(in->zones, zones[i]);
    in->time_zone = text_field(out, body, "time_zone", "time_zone", PHONE_ZONE_NAME_MAX - 1);
    if (in->time_zone != NULL && clock_zone_offset(&offset, in->time_zone, now_ms) != 0)
        error(out, "time_zone", "is not a known zone such as America/Chicago");
    else if (!err && in->time_zone != NULL)
        err = zones_add(in->zones, in->time_zone);
    in->zip = text_field(out, body, "zip", "zip", INTAKE_WORD_MAX);
    if (!err && in->zip != NULL)
        err = zip_zones_add(in->zones, in->zip);
    return err;
}

int intake_check(struct intake *in, struct lead_result *out, const json_t *body, const char *default_region, int64_t now_ms)
{
    *in = (struct intake){0};
    if (!json_is_object(body)) {
        error(out, "", "must be a JSON object");
        return 0;
    }
    check_phone(in, out, body, default_region);
    check_names(in, out, body);
    check_email(in, out, body);
    check_source(in, out, body);
    check_words(in, out, body);
    check_consent(in, out, body, now_ms);
    return check_zones(in, out, body, now_ms);
}

void intake_release(struct intake *in)
{
    json_decref(in->zones);
    in->zones = NULL;
}
