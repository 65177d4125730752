/* yaml_json.h - a YAML node as JSON, for what is handed on as JSON or written to a file again. */
#ifndef BATON_PRACTICE_YAML_JSON_H
#define BATON_PRACTICE_YAML_JSON_H

#include <jansson.h>

struct yaml_node;

/* Plain numbers, null, true and false become themselves, other scalars text. Caller owns it; NULL without memory or when a text is not UTF-8. Depth is
 * bounded by YAML_MAX_DEPTH. */
json_t *yaml_json(const struct yaml_node *n);

#endif
