#include "practice/yaml_json.h"

#include <string.h>

#include "base/yaml.h"

#include "base/banned.h"

static json_t *scalar(const struct yaml_node *n)
{
    double v;

    if (n->quoted)
        return json_string(n->text);
    if (strcmp(n->text, "null") == 0 || n->text[0] == '\0')
        return json_null();
    if (strcmp(n->text, "true") == 0 || strcmp(n->text, "false") == 0)
        return json_boolean(n->text[0] == 't');
    if (yaml_num(&v, n) != 0)
        return json_string(n->text);
    return v >= -9e15 && v <= 9e15 && v == (double)(json_int_t)v ? json_integer((json_int_t)v) : json_real(v);
}

json_t *yaml_json(const struct yaml_node *n)
{
    json_t *j;

    if (n->kind == YAML_NODE_SCALAR)
        return scalar(n);
    j = n->kind == YAML_NODE_MAP ? json_object() : json_array();
    for (size_t i = 0; i < n->count && j != NULL; i++) {
        json_t *child = yaml_json(n->children[i]);
        int err = n->kind == YAML_NODE_MAP ? json_object_set_new(j, n->keys[i], child) : json_array_append_new(j, child);

        if (err) {
            json_decref(j);
            return NULL;
        }
    }
    return j;
}
