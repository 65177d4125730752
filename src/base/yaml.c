#include "base/yaml.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/text.h"

#include "base/banned.h"

enum { ARENA_MAX = 24 << 20, MAP_KEYS_MAX = 1024 };

struct yaml_doc {
    struct arena arena;
    struct yaml_node *root;
};

/* A map or list that is still open. Its children are collected here and move to the arena when it closes. */
struct frame {
    struct yaml_node *node;
    const char **keys;
    struct yaml_node **children;
    size_t n, cap;
    const char *key; /* map: key read, value due */
};

struct reader {
    struct yaml_doc *doc;
    struct frame stack[YAML_MAX_DEPTH];
    size_t depth, nodes;
    char *why;
    size_t why_size;
};

static int refuse(struct reader *r, size_t line, const char *reason)
{
    snprintf(r->why, r->why_size, "line %zu: %s", line, reason);
    return EINVAL;
}

static int frame_grow(struct frame *f)
{
    size_t cap = f->cap ? f->cap * 2 : 8;
    struct yaml_node **c = realloc(f->children, cap * sizeof(*c));
    const char **k;

    if (c == NULL)
        return ENOMEM;
    f->children = c;
    k = realloc(f->keys, cap * sizeof(*k));
    if (k == NULL)
        return ENOMEM;
    f->keys = k;
    f->cap = cap;
    return 0;
}

static bool frame_has_key(const struct frame *f, const char *key)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->keys[i], key) == 0)
            return true;
    return false;
}

static struct yaml_node *node_new(struct reader *r, enum yaml_kind kind, const yaml_event_t *ev)
{
    struct yaml_node *n = arena_alloc(&r->doc->arena, sizeof *n);

    if (n != NULL)
        *n = (struct yaml_node){.kind = kind, .line = (int)ev->start_mark.line + 1, .column = (int)ev->start_mark.column + 1};
    return n;
}

/* Puts a finished or just opened node into the container on top of the stack. */
static int node_attach(struct reader *r, struct yaml_node *n)
{
    struct frame *f;

    if (r->depth == 0) {
        r->doc->root = n;
        return 0;
    }
    f = &r->stack[r->depth - 1];
    if (f->n == f->cap && frame_grow(f) != 0)
        return ENOMEM;
    f->keys[f->n] = f->key;
    f->children[f->n++] = n;
    f->key = NULL;
    return 0;
}

static bool key_is_due(const struct reader *r)
{
    const struct frame *f = r->depth > 0 ? &r->stack[r->depth - 1] : NULL;

    return f != NULL && f->node->kind == YAML_NODE_MAP && f->key == NULL;
}

static int key_read(struct reader *r, const char *text, size_t line)
{
    struct frame *f = &r->stack[r->depth - 1];
    char reason[160];

    if (f->n >= MAP_KEYS_MAX)
        return refuse(r, line, "too many keys in one map");
    if (frame_has_key(f, text)) {
        snprintf(reason, sizeof reason, "the key \"%.100s\" appears twice", text);
        return refuse(r, line, reason);
    }
    f->key = text;
    return 0;
}

static int on_scalar(struct reader *r, const yaml_event_t *ev)
{
    size_t line = ev->start_mark.line + 1, n = ev->data.scalar.length;
    const char *value = (const char *)ev->data.scalar.value;
    struct yaml_node *node;
    char *text;

    if (ev->data.scalar.anchor != NULL)
        return refuse(r, line, "anchors are not allowed; write the text out");
    if (memchr(value, '\0', n) != NULL)
        return refuse(r, line, "a text contains a zero byte");
    text = arena_strndup(&r->doc->arena, value, n);
    if (text == NULL)
        return ENOMEM;
    if (key_is_due(r))
        return key_read(r, text, line);
    node = node_new(r, YAML_NODE_SCALAR, ev);
    if (node == NULL)
        return ENOMEM;
    node->text = text;
    node->quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return node_attach(r, node);
}

static int on_open(struct reader *r, const yaml_event_t *ev, enum yaml_kind kind, const yaml_char_t *anchor)
{
    size_t line = ev->start_mark.line + 1;
    struct yaml_node *node;
    int err;

    if (anchor != NULL)
        return refuse(r, line, "anchors are not allowed; write the text out");
    if (key_is_due(r))
        return refuse(r, line, "a key must be a plain text");
    if (r->depth == YAML_MAX_DEPTH)
        return refuse(r, line, "nested too deep");
    node = node_new(r, kind, ev);
    if (node == NULL)
        return ENOMEM;
    err = node_attach(r, node);
    if (!err)
        r->stack[r->depth++] = (struct frame){.node = node};
    return err;
}

static int on_close(struct reader *r)
{
    struct frame *f = &r->stack[--r->depth];
    struct yaml_node *n = f->node;
    int err = 0;

    n->count = f->n;
    n->children = arena_alloc(&r->doc->arena, (f->n + 1) * sizeof(struct yaml_node *));
    n->keys = n->kind == YAML_NODE_MAP ? arena_alloc(&r->doc->arena, (f->n + 1) * sizeof(char *)) : NULL;
    if (n->children == NULL || (n->kind == YAML_NODE_MAP && n->keys == NULL)) {
        n->count = 0;
        err = ENOMEM;
    } else if (f->n > 0) {
        memcpy(n->children, f->children, f->n * sizeof(struct yaml_node *));
        if (n->keys != NULL)
            memcpy(n->keys, f->keys, f->n * sizeof(char *));
    }
    free(f->keys);
    free(f->children);
    return err;
}

static int on_event(struct reader *r, const yaml_event_t *ev, bool *done)
{
    size_t line = ev->start_mark.line + 1;

    if (++r->nodes > YAML_MAX_NODES)
        return refuse(r, line, "too many entries");
    switch (ev->type) {
    case YAML_SCALAR_EVENT: return on_scalar(r, ev);
    case YAML_SEQUENCE_START_EVENT: return on_open(r, ev, YAML_NODE_LIST, ev->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT: return on_open(r, ev, YAML_NODE_MAP, ev->data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return on_close(r);
    case YAML_ALIAS_EVENT: return refuse(r, line, "aliases are not allowed; write the text out");
    case YAML_DOCUMENT_START_EVENT: return r->doc->root != NULL ? refuse(r, line, "a second document begins here") : 0;
    case YAML_STREAM_END_EVENT: *done = true; return 0;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: return 0;
    }
    return 0;
}

static int read_events(struct reader *r, yaml_parser_t *p)
{
    bool done = false;
    int err = 0;

    while (!done && !err) {
        yaml_event_t ev;

        if (!yaml_parser_parse(p, &ev))
            return p->error == YAML_MEMORY_ERROR ? ENOMEM : refuse(r, p->problem_mark.line + 1, p->problem ? p->problem : "not YAML");
        err = on_event(r, &ev, &done);
        yaml_event_delete(&ev);
    }
    if (!err && r->doc->root == NULL)
        err = refuse(r, 1, "the document is empty");
    return err;
}

int yaml_parse(struct yaml_doc **docp, const char *text, size_t n, char *why, size_t why_size)
{
    struct reader r = {.why = why, .why_size = why_size};
    yaml_parser_t p;
    int err;

    if (n > YAML_MAX_BYTES) {
        snprintf(why, why_size, "line 1: longer than %d bytes", YAML_MAX_BYTES);
        return EMSGSIZE;
    }
    snprintf(why, why_size, "line 1: out of memory");
    r.doc = calloc(1, sizeof *r.doc);
    if (r.doc == NULL || !yaml_parser_initialize(&p)) {
        free(r.doc);
        return ENOMEM;
    }
    arena_init(&r.doc->arena, ARENA_MAX);
    yaml_parser_set_input_string(&p, (const unsigned char *)text, n);
    err = read_events(&r, &p);
    yaml_parser_delete(&p);
    while (r.depth > 0) {
        r.depth--;
        free(r.stack[r.depth].keys);
        free(r.stack[r.depth].children);
    }
    if (err)
        yaml_doc_free(r.doc);
    else
        *docp = r.doc;
    return err;
}

int yaml_read_file(struct yaml_doc **docp, const char *path, char *why, size_t why_size)
{
    char *text;
    size_t n;
    int err = text_read_file(&text, &n, path, YAML_MAX_BYTES);

    if (err) {
        snprintf(why, why_size, "line 1: cannot read %s: %s", path, strerror(err));
        return err;
    }
    err = yaml_parse(docp, text, n, why, why_size);
    free(text);
    return err;
}

void yaml_doc_free(struct yaml_doc *doc)
{
    if (doc == NULL)
        return;
    arena_release(&doc->arena);
    free(doc);
}

const struct yaml_node *yaml_root(const struct yaml_doc *doc)
{
    return doc->root;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    if (map == NULL || map->kind != YAML_NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->keys[i], key) == 0)
            return map->children[i];
    return NULL;
}

const char *yaml_str(const struct yaml_node *map, const char *key, const char *otherwise)
{
    const struct yaml_node *n = yaml_get(map, key);

    return n != NULL && n->kind == YAML_NODE_SCALAR ? n->text : otherwise;
}

int yaml_num(double *out, const struct yaml_node *scalar)
{
    char *end;
    double v;

    if (scalar == NULL || scalar->kind != YAML_NODE_SCALAR || scalar->quoted)
        return EINVAL;
    if (strspn(scalar->text, "+-.0123456789eE") != strlen(scalar->text))
        return EINVAL;
    errno = 0;
    v = strtod(scalar->text, &end);
    if (errno != 0 || end == scalar->text || *end != '\0')
        return EINVAL;
    *out = v;
    return 0;
}

int yaml_bool(bool *out, const struct yaml_node *scalar)
{
    if (scalar == NULL || scalar->kind != YAML_NODE_SCALAR || scalar->quoted)
        return EINVAL;
    if (strcasecmp(scalar->text, "true") == 0 || strcasecmp(scalar->text, "yes") == 0)
        *out = true;
    else if (strcasecmp(scalar->text, "false") == 0 || strcasecmp(scalar->text, "no") == 0)
        *out = false;
    else
        return EINVAL;
    return 0;
}
