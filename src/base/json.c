#include "base/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

const char *jx_str(const json_t *obj, const char *key, const char *otherwise)
{
    const char *s = json_string_value(json_object_get(obj, key));

    return s != NULL ? s : otherwise;
}

int64_t jx_int(const json_t *obj, const char *key, int64_t otherwise)
{
    const json_t *v = json_object_get(obj, key);

    return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

double jx_num(const json_t *obj, const char *key, double otherwise)
{
    const json_t *v = json_object_get(obj, key);

    return json_is_number(v) ? json_number_value(v) : otherwise;
}

bool jx_bool(const json_t *obj, const char *key, bool otherwise)
{
    const json_t *v = json_object_get(obj, key);

    return json_is_boolean(v) ? json_is_true(v) : otherwise;
}

int jx_set(json_t *obj, const char *key, json_t *value)
{
    return json_object_set_new(obj, key, value != NULL ? value : json_null()) == 0 ? 0 : ENOMEM;
}

int jx_set_str(json_t *obj, const char *key, const char *value)
{
    return jx_set(obj, key, value != NULL ? json_string(value) : NULL);
}

int jx_set_int(json_t *obj, const char *key, int64_t value)
{
    return jx_set(obj, key, json_integer(value));
}

int jx_set_num(json_t *obj, const char *key, double value)
{
    return jx_set(obj, key, json_real(value));
}

int jx_set_bool(json_t *obj, const char *key, bool value)
{
    return jx_set(obj, key, json_boolean(value));
}

int jx_parse(json_t **out, const char *text, size_t n, size_t max, char *why, size_t why_size)
{
    json_error_t e;
    json_t *j;

    if (n > max) {
        snprintf(why, why_size, "longer than %zu bytes", max);
        return EMSGSIZE;
    }
    j = json_loadb(text, n, JSON_REJECT_DUPLICATES, &e);
    if (j == NULL) {
        snprintf(why, why_size, "line %d column %d: %s", e.line, e.column, e.text);
        return EINVAL;
    }
    *out = j;
    return 0;
}

char *jx_dump(const json_t *j)
{
    return json_dumps(j, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)) /* 18.9, not 18.899999999999999 */;
}

void jx_print_line(const json_t *j)
{
    char *s = jx_dump(j);

    if (s != NULL)
        puts(s);
    fflush(stdout);
    free(s);
}
