/* scenario_priv.h - the parts of scenario loading: reading YAML values, the blocks, the lint. */
#ifndef BATON_TALK_SCENARIO_PRIV_H
#define BATON_TALK_SCENARIO_PRIV_H

#include "base/arena.h"
#include "base/yaml.h"
#include "talk/scenario.h"

enum { SC_WORDINGS_MAX = 400, SC_QUESTIONS_MAX = 20, SC_OBJECTIONS_MAX = 60, SC_FAQ_MAX = 200, SC_COMPETITORS_MAX = 200, SC_ID_MAX = 47,
       SC_TEXT_MAX = 600 };

/* What a reader needs everywhere: where to put things, where to complain. */
struct sc_reader {
    struct arena *arena;
    struct scenario_issues *issues;
    bool no_memory; /* sticky; scenario_load reports ENOMEM */
};

/* Adds an issue for a line; beyond SCENARIO_ISSUES_MAX errors still count, their text is lost. */
void sc_error(struct sc_reader *r, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void sc_warn(struct sc_reader *r, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

void *sc_alloc(struct sc_reader *r, size_t size);
const char *sc_copy(struct sc_reader *r, const char *text); /* never NULL: "" when memory ends */

/* Members of a map. Missing: `otherwise` (NULL: an error saying that it is needed). Never NULL. */
const char *sc_text(struct sc_reader *r, const struct yaml_node *map, const char *key, const char *otherwise);
const char *sc_id(struct sc_reader *r, const struct yaml_node *map);
int sc_int(struct sc_reader *r, const struct yaml_node *map, const char *key, int otherwise, int min, int max);

/* A text or a list of texts; empty when absent. `needed` makes absence an error. */
struct wordings sc_words(struct sc_reader *r, const struct yaml_node *map, const char *key, bool needed);

/* "2h", "3d", "30m", "45s" in seconds. */
int sc_seconds(struct sc_reader *r, const struct yaml_node *scalar, int otherwise);

/* The child that must be a map (or list), or NULL after saying so. */
const struct yaml_node *sc_child(struct sc_reader *r, const struct yaml_node *map, const char *key, enum yaml_kind kind, bool needed);

/* Warns of keys that are not among the blank-separated `known`. */
void sc_known_keys(struct sc_reader *r, const struct yaml_node *map, const char *what, const char *known);

/* Index of `word` in `words` (NULL-terminated), or -1. */
int sc_find(const char *const *words, const char *word);

void sc_read_questions(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root);
void sc_read_objections(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root);
void sc_read_faq(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root);
void sc_read_competitors(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root);
void sc_read_routing(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root);

/* Checks of meaning over what was read: obligatory blocks, lengths, reachable points, unknown placeholders. */
void sc_lint(struct sc_reader *r, const struct scenario *sc, const struct yaml_node *root);

#endif
