#include "desk/alert.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

#include "base/banned.h"

enum { ALERT_NAME_MAX = 200 };

bool alert_wants(const char *kind)
{
    return strcmp(kind, "handoff.requested") == 0 || strcmp(kind, "task.at_risk") == 0;
}

static void name_of(char out[ALERT_NAME_MAX], const json_t *lead)
{
    const char *first = jx_str(lead, "first_name", ""), *last = jx_str(lead, "last_name", ""), *company = jx_str(lead, "company", "");
    bool named = first[0] != '\0' || last[0] != '\0';

    snprintf(out, ALERT_NAME_MAX, "%.60s%s%.60s%s%.60s", named ? first : "Somebody", first[0] != '\0' && last[0] != '\0' ? " " : "", last, company[0] != '\0' ? ", " : "", company);
}

void alert_text(char *out, size_t size, const json_t *event, const json_t *lead, const char *closer)
{
    const json_t *data = json_object_get(event, "data");
    char name[ALERT_NAME_MAX];

    name_of(name, lead);
    if (strcmp(jx_str(event, "kind", ""), "handoff.requested") == 0)
        snprintf(out, size, "Hot lead waiting: %s (%d points). Who is free?", name, (int)jx_int(json_object_get(data, "brief"), "score", 0));
    else
        snprintf(out, size, "Callback at risk: %s is promised a call within %d minutes, %s.", name,
                 (int)((jx_int(data, "promised_by", 0) - jx_int(event, "at", 0) + 59999) / 60000), closer != NULL ? closer : "by nobody yet");
}
