#include "practice/cast.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/yaml.h"
#include "practice/yaml_json.h"

#include "base/banned.h"

enum { NUMBERS_AN_AREA = 100, PACE_STEP_MS = 90, PACES = 5, VOICE_MAX = 80 };

void cast_number(char out[CAST_NUMBER_MAX], size_t i)
{
    static const int areas[] = {202, 312};

    snprintf(out, CAST_NUMBER_MAX, "+1%d55501%02d", areas[i / NUMBERS_AN_AREA % 2], (int)(i % NUMBERS_AN_AREA));
}

/* Another pitch and pace of the same voice. */
static void voice_of(char out[VOICE_MAX], const struct cast_role *role)
{
    static const char *const ways[] = {"pitch=1.04", "speed=0.95", "pitch=0.97", "speed=1.05", "pitch=1.03,speed=0.95"};
    const char *voice = role->who->voice;
    size_t base = strcspn(voice, ",=");

    if (role->seed == 0 || voice[base] == '=' || !text_starts(voice, "flite:"))
        (void)text_copy(out, VOICE_MAX, voice);
    else
        snprintf(out, VOICE_MAX, "%.*s,%s", (int)base, voice, ways[(role->seed - 1) % (sizeof ways / sizeof ways[0])]);
}

static json_t *role_json(const struct cast_role *role, size_t i)
{
    json_t *j = yaml_json(role->who->node);
    char number[CAST_NUMBER_MAX], voice[VOICE_MAX];

    cast_number(number, i);
    voice_of(voice, role);
    jx_set_str(j, "number", number);
    jx_set_str(j, "voice", voice);
    jx_set_int(j, "seed", role->seed);
    jx_set_int(j, "think_ms", role->who->think_ms + (int)(role->seed % PACES) * PACE_STEP_MS);
    if (role->interrupt_ms > 0)
        jx_set_int(j, "interrupt_ms", role->interrupt_ms);
    (void)json_object_del(j, "also");
    (void)json_object_del(j, "expect");
    return j;
}

static json_t *people_json(const struct people *people, const struct cast_role *roles, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, role_json(&roles[i], i));
    for (size_t i = 0; i < people_count(people); i++) {
        const struct persona *who = people_at(people, i);

        if (who->behaviour == ACT_CLOSER || who->behaviour == ACT_CLOSER_DECLINE)
            json_array_append_new(list, yaml_json(who->node));
    }
    return list;
}

int cast_write(const char *path, const struct people *people, const struct cast_role *roles, size_t n)
{
    const struct yaml_node *cues = yaml_get(people_root(people), "cues");
    json_t *j = json_pack("{s:o,s:o}", "cues", cues != NULL ? yaml_json(cues) : json_object(), "people", people_json(people, roles, n));
    char *text = j != NULL ? json_dumps(j, JSON_INDENT(1)) : NULL; /* every JSON text is a YAML document */
    int err = text != NULL ? text_write_file(path, text, strlen(text)) : ENOMEM;

    free(text);
    json_decref(j);
    return err;
}
