/* scenario.c - loads a scenario: YAML -> blocks -> lint. The object and all its strings live in one arena. */
#include "talk/scenario.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/obj.h"
#include "talk/scenario_priv.h"

#include "base/banned.h"

enum { SCENARIO_ARENA_MAX = 4 << 20 };

struct scenario_box { /* the public struct comes first: a pointer to it is a pointer to the box */
    struct scenario sc;
    struct arena arena;
};

static const char *const scenario_kinds[] = {"inbound",      "outbound",   "follow_up", "re_engagement",
                                             "confirmation", "onboarding", "nps",       "practice", NULL};

const char *bucket_name(enum bucket b)
{
    switch (b) {
    case BUCKET_HOT: return "hot";
    case BUCKET_WARM_HIGH: return "warm_high";
    case BUCKET_WARM_LOW: return "warm_low";
    case BUCKET_COLD: return "cold";
    }
    return "cold";
}

enum bucket scenario_bucket(const struct sc_routing *rules, int score)
{
    if (score >= rules->hot)
        return BUCKET_HOT;
    if (score >= rules->warm_high)
        return BUCKET_WARM_HIGH;
    return score >= rules->warm_low ? BUCKET_WARM_LOW : BUCKET_COLD;
}

const char *scenario_team(const struct sc_routing *rules, double deal_usd_year)
{
    const char *team = rules->hot_team;
    double best = -1;

    for (size_t i = 0; i < rules->team_rule_count; i++)
        if (deal_usd_year >= rules->team_rules[i].deal_usd_min && rules->team_rules[i].deal_usd_min > best) {
            best = rules->team_rules[i].deal_usd_min;
            team = rules->team_rules[i].team;
        }
    return team;
}

const struct sc_question *scenario_question(const struct scenario *s, const char *id)
{
    for (size_t i = 0; i < s->question_count; i++)
        if (strcmp(s->questions[i].id, id) == 0)
            return &s->questions[i];
    return NULL;
}

static void scenario_destroy(void *obj)
{
    struct scenario_box *box = obj;

    arena_release(&box->arena);
}

static void read_head(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    const struct yaml_node *agent = sc_child(r, root, "agent", YAML_NODE_MAP, true);
    const struct yaml_node *limits = sc_child(r, root, "limits", YAML_NODE_MAP, false);

    sc_known_keys(r, root, "a scenario", "scenario title kind language agent match limits opening questions objections faq competitors routing closing");
    sc_known_keys(r, agent, "agent", "name company callback_number voice");
    sc_known_keys(r, limits, "limits", "qualification_s call_s questions reasks");
    sc->id = sc_text(r, root, "scenario", NULL);
    sc->title = sc_text(r, root, "title", sc->id);
    sc->kind = sc_text(r, root, "kind", NULL);
    sc->language = sc_text(r, root, "language", "en-US");
    if (agent != NULL) {
        sc->agent_name = sc_text(r, agent, "name", NULL);
        sc->company = sc_text(r, agent, "company", NULL);
        sc->callback_number = sc_text(r, agent, "callback_number", NULL);
    }
    sc->voice = sc_text(r, agent, "voice", "default");
    sc->qualification_s = sc_int(r, limits, "qualification_s", 90, 10, 3600);
    sc->call_s = sc_int(r, limits, "call_s", 300, 30, 7200);
    sc->max_questions = sc_int(r, limits, "questions", 5, 0, SC_QUESTIONS_MAX);
    sc->reasks = sc_int(r, limits, "reasks", 1, 0, 3);
    if (sc_find(scenario_kinds, sc->kind) < 0)
        sc_error(r, root->line, "kind must be inbound, outbound, follow_up, re_engagement, confirmation, onboarding, nps or practice");
}

static void read_references(struct sc_reader *r, struct scenario *sc, const struct yaml_node *opening)
{
    const struct yaml_node *map = sc_child(r, opening, "reference", YAML_NODE_MAP, false);
    size_t count = map != NULL ? map->count : 0;

    sc->references = sc_alloc(r, (count + 1) * sizeof *sc->references);
    if (sc->references == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct sc_reference *ref = &sc->references[sc->reference_count++];

        ref->source = sc_copy(r, map->keys[i]);
        ref->text = sc_text(r, map, map->keys[i], NULL);
    }
}

static void read_opening_and_closing(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    const struct yaml_node *opening = sc_child(r, root, "opening", YAML_NODE_MAP, true);
    const struct yaml_node *closing = sc_child(r, root, "closing", YAML_NODE_MAP, true);

    sc_known_keys(r, opening, "opening", "disclosure reference value permission");
    sc_known_keys(r, closing, "closing", "handoff_failed goodbye voicemail");
    sc->disclosure = sc_words(r, opening, "disclosure", opening != NULL);
    sc->value = sc_words(r, opening, "value", false);
    sc->permission = sc_words(r, opening, "permission", false);
    read_references(r, sc, opening);
    sc->handoff_failed = sc_words(r, closing, "handoff_failed", false);
    sc->goodbye = sc_words(r, closing, "goodbye", closing != NULL);
    sc->voicemail = sc_words(r, closing, "voicemail", false);
}

static void read_blocks(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    read_head(r, sc, root);
    read_opening_and_closing(r, sc, root);
    sc_read_questions(r, sc, root);
    sc_read_objections(r, sc, root);
    sc_read_faq(r, sc, root);
    sc_read_competitors(r, sc, root);
    sc_read_routing(r, sc, root);
}

static bool has_errors(const struct scenario_issues *issues)
{
    for (size_t i = 0; i < issues->n; i++)
        if (issues->at[i].error)
            return true;
    return false;
}

static void sort_by_line(struct scenario_issues *issues)
{
    for (size_t i = 1; i < issues->n; i++)
        for (size_t k = i; k > 0 && issues->at[k - 1].line > issues->at[k].line; k--) {
            struct scenario_issue tmp = issues->at[k];

            issues->at[k] = issues->at[k - 1];
            issues->at[k - 1] = tmp;
        }
}

/* "line N: reason" as the YAML reader words it, as an issue. */
static void syntax_issue(struct sc_reader *r, const char *why)
{
    int line = 1, skip = 0;

    if (sscanf(why, "line %d: %n", &line, &skip) != 1)
        skip = 0;
    sc_error(r, line, "not readable as YAML: %s", why + skip);
}

static int build(struct scenario_box *box, const struct yaml_doc *doc, struct scenario_issues *issues)
{
    struct sc_reader r = {.arena = &box->arena, .issues = issues};
    const struct yaml_node *root = yaml_root(doc);

    if (root->kind != YAML_NODE_MAP) {
        sc_error(&r, root->line, "a scenario is a map; begin with scenario: NAME");
        return EINVAL;
    }
    read_blocks(&r, &box->sc, root);
    if (!r.no_memory && !has_errors(issues))
        sc_lint(&r, &box->sc, root);
    sort_by_line(issues);
    if (r.no_memory)
        return ENOMEM;
    return has_errors(issues) ? EINVAL : 0;
}

int scenario_load(struct scenario **sp, const char *yaml, size_t n, struct scenario_issues *issues)
{
    struct scenario_box *box;
    struct yaml_doc *doc = NULL;
    char why[200];
    int err;

    issues->n = 0;
    if (n > SCENARIO_MAX_BYTES) {
        sc_error(&(struct sc_reader){.issues = issues}, 1, "longer than %d bytes", SCENARIO_MAX_BYTES);
        return EMSGSIZE;
    }
    box = obj_alloc(sizeof *box, scenario_destroy);
    if (box == NULL)
        return ENOMEM;
    arena_init(&box->arena, SCENARIO_ARENA_MAX);
    err = yaml_parse(&doc, yaml, n, why, sizeof why);
    if (err)
        syntax_issue(&(struct sc_reader){.issues = issues}, why);
    else
        err = build(box, doc, issues);
    if (!err && (box->sc.yaml = arena_strndup(&box->arena, yaml, n)) == NULL)
        err = ENOMEM;
    yaml_doc_free(doc);
    if (err)
        obj_unref(box);
    else
        *sp = &box->sc;
    return err;
}
