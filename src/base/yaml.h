/* yaml.h - a YAML document as a tree of nodes that know their line, read by libyaml.
 *
 * The tree is read-only and lives in one arena until yaml_doc_free. Anchors and aliases are refused (they let a small
 * file grow without bound), as are duplicate keys, depth over YAML_MAX_DEPTH and more than YAML_MAX_NODES nodes. */
#ifndef BATON_BASE_YAML_H
#define BATON_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>

enum { YAML_MAX_BYTES = 1 << 20, YAML_MAX_DEPTH = 32, YAML_MAX_NODES = 65536 };

enum yaml_kind { YAML_NODE_SCALAR, YAML_NODE_MAP, YAML_NODE_LIST };

struct yaml_node {
    enum yaml_kind kind;
    int line, column;            /* from 1 */
    const char *text;            /* scalar: its value; otherwise NULL */
    bool quoted;                 /* scalar was quoted: never a number or a boolean */
    size_t count;                /* children of a map or list */
    const char **keys;           /* map: count keys */
    struct yaml_node **children; /* map and list */
};

struct yaml_doc;

/* Parses one document. On failure `why` holds "line N: reason". 0, EINVAL, EMSGSIZE or ENOMEM. */
int yaml_parse(struct yaml_doc **docp, const char *text, size_t n, char *why, size_t why_size);
int yaml_read_file(struct yaml_doc **docp, const char *path, char *why, size_t why_size);
void yaml_doc_free(struct yaml_doc *doc); /* not yaml_free: libyaml exports that name */

const struct yaml_node *yaml_root(const struct yaml_doc *doc); /* never NULL after success */

/* Child of a map by key, or NULL (also when `map` is NULL or no map). */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
const char *yaml_str(const struct yaml_node *map, const char *key, const char *otherwise);
int yaml_num(double *out, const struct yaml_node *scalar);   /* EINVAL when it is no number */
int yaml_bool(bool *out, const struct yaml_node *scalar);    /* true/false/yes/no */

#endif
