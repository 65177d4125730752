/* json.h - short words over jansson, which does all reading and writing of JSON.
 *
 * Objects are jansson's, with its reference rules: the names here return borrowed references or take
 * (steal) what they are given, as stated. */
#ifndef BATON_BASE_JSON_H
#define BATON_BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text of a member, or `otherwise` when it is missing or no string. Borrowed. */
const char *jx_str(const json_t *obj, const char *key, const char *otherwise);
int64_t jx_int(const json_t *obj, const char *key, int64_t otherwise);
double jx_num(const json_t *obj, const char *key, double otherwise); /* integer or real */
bool jx_bool(const json_t *obj, const char *key, bool otherwise);

/* Sets a member; NULL text becomes null. 0 or ENOMEM. */
int jx_set_str(json_t *obj, const char *key, const char *value);
int jx_set_int(json_t *obj, const char *key, int64_t value);
int jx_set_num(json_t *obj, const char *key, double value);
int jx_set_bool(json_t *obj, const char *key, bool value);
int jx_set(json_t *obj, const char *key, json_t *value); /* steals value; NULL becomes null */

/* Parses a whole document of at most `max` bytes, depth limited by jansson. On failure *out stays and
 * `why` says line, column and reason. 0, EINVAL or EMSGSIZE. */
int jx_parse(json_t **out, const char *text, size_t n, size_t max, char *why, size_t why_size);

/* Compact text in the order of insertion; free() it. NULL when out of memory. */
char *jx_dump(const json_t *j);

/* One line on stdout, flushed: what every --json and --jsonl prints. */
void jx_print_line(const json_t *j);

#endif
