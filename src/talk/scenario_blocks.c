/* scenario_blocks.c - the repeated blocks of a scenario: questions, objections, FAQ, competitors, routing. */
#include <string.h>

#include "talk/scenario_priv.h"

#include "base/banned.h"

static const char *const kind_names[] = {"choice", "money", "duration", "role", "yes_no", "number", "text", "date", NULL};
static const char *const then_names[] = {"continue", "book_callback", "soft_exit", "send_email_and_exit", "handoff", "exit", NULL};

/* Children of a list, at most `max`; 0 after a complaint. */
static size_t list_count(struct sc_reader *r, const struct yaml_node *list, const char *what, size_t max)
{
    if (list == NULL)
        return 0;
    if (list->count > max) {
        sc_error(r, list->line, "more than %zu %s; remove some", max, what);
        return 0;
    }
    return list->count;
}

static void read_option(struct sc_reader *r, struct sc_option *o, const struct yaml_node *n)
{
    sc_known_keys(r, n, "an option", "id label points examples");
    o->id = sc_id(r, n);
    o->label = sc_text(r, n, "label", o->id);
    o->points = sc_int(r, n, "points", 0, 0, 1000);
    o->examples = sc_words(r, n, "examples", false);
    if (yaml_get(n, "points") == NULL)
        sc_error(r, n->line, "option \"%s\" has no points; write points: 0 if it gives none", o->id);
}

static void read_options(struct sc_reader *r, struct sc_question *q, const struct yaml_node *n)
{
    const struct yaml_node *list = sc_child(r, n, "options", YAML_NODE_LIST, q->kind == Q_CHOICE || q->kind == Q_ROLE);
    size_t count = list_count(r, list, "options", SC_QUESTIONS_MAX);

    q->options = sc_alloc(r, (count + 1) * sizeof *q->options);
    if (q->options == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct sc_option *o = &q->options[q->option_count++];

        read_option(r, o, list->children[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(q->options[k].id, o->id) == 0)
                sc_error(r, list->children[i]->line, "two options are called \"%s\"; rename one", o->id);
        if (o->points > q->max_points)
            q->max_points = o->points;
    }
}

static void read_point_row(struct sc_reader *r, struct sc_points *p, const struct yaml_node *n)
{
    const struct yaml_node *min = yaml_get(n, "min"), *max = yaml_get(n, "max");

    sc_known_keys(r, n, "a row of points", "min max points otherwise");
    p->has_min = min != NULL;
    p->has_max = max != NULL;
    if ((min != NULL && yaml_num(&p->min, min) != 0) || (max != NULL && yaml_num(&p->max, max) != 0))
        sc_error(r, n->line, "min and max must be numbers");
    if (yaml_get(n, "otherwise") != NULL)
        p->points = sc_int(r, n, "otherwise", 0, 0, 1000);
    else
        p->points = sc_int(r, n, "points", 0, 0, 1000);
    if (yaml_get(n, "otherwise") == NULL && (yaml_get(n, "points") == NULL || (min == NULL && max == NULL)))
        sc_error(r, n->line, "write { min: N, points: P }, { max: N, points: P } or { otherwise: P }");
}

static void read_points(struct sc_reader *r, struct sc_question *q, const struct yaml_node *n)
{
    bool table = q->kind == Q_MONEY || q->kind == Q_DURATION || q->kind == Q_DATE || q->kind == Q_NUMBER;
    const struct yaml_node *list = sc_child(r, n, "points", YAML_NODE_LIST, table && q->kind != Q_NUMBER);
    size_t count = list_count(r, list, "rows of points", SC_QUESTIONS_MAX);

    if (list != NULL && !table)
        sc_error(r, list->line, "a table of points belongs to money, duration, date and number; give the options points instead");
    q->points = sc_alloc(r, (count + 1) * sizeof *q->points);
    if (q->points == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct sc_points *p = &q->points[q->points_count++];

        if (i > 0 && !q->points[i - 1].has_min && !q->points[i - 1].has_max)
            sc_error(r, list->children[i]->line, "this row is never reached; put otherwise last");
        read_point_row(r, p, list->children[i]);
        if (p->points > q->max_points)
            q->max_points = p->points;
    }
}

static void read_question(struct sc_reader *r, struct sc_question *q, const struct yaml_node *n)
{
    int kind;

    sc_known_keys(r, n, "a question", "id dimension kind ask reask ack options points unknown_points ask_min");
    q->line = n->line;
    q->id = sc_id(r, n);
    q->dimension = sc_text(r, n, "dimension", "other");
    kind = sc_find(kind_names, sc_text(r, n, "kind", NULL));
    if (kind < 0)
        sc_error(r, n->line, "question \"%s\": kind must be choice, money, duration, role, yes_no, number, text or date", q->id);
    q->kind = kind < 0 ? Q_TEXT : (enum question_kind)kind;
    q->ask = sc_words(r, n, "ask", true);
    q->reask = sc_words(r, n, "reask", false);
    q->ack = sc_words(r, n, "ack", false);
    q->unknown_points = sc_int(r, n, "unknown_points", 0, 0, 1000);
    q->ask_min = sc_int(r, n, "ask_min", 0, 0, 1000000000);
    read_options(r, q, n);
    read_points(r, q, n);
    if (q->unknown_points > q->max_points)
        sc_error(r, n->line, "question \"%s\": unknown_points may not exceed its best answer (%d)", q->id, q->max_points);
}

void sc_read_questions(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    const struct yaml_node *list = sc_child(r, root, "questions", YAML_NODE_LIST, false);
    size_t count = list_count(r, list, "questions", SC_QUESTIONS_MAX);

    sc->questions = sc_alloc(r, (count + 1) * sizeof *sc->questions);
    if (sc->questions == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct sc_question *q = &sc->questions[sc->question_count++];

        read_question(r, q, list->children[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(sc->questions[k].id, q->id) == 0)
                sc_error(r, q->line, "two questions are called \"%s\"; rename one", q->id);
    }
}

static enum sc_then read_then(struct sc_reader *r, const struct yaml_node *n, const char *key, enum sc_then otherwise)
{
    const char *word = sc_text(r, n, key, "");
    int i = sc_find(then_names, word);

    if (*word == '\0')
        return otherwise;
    if (i < 0)
        sc_error(r, n->line, "%s must be continue, book_callback, soft_exit, send_email_and_exit, handoff or exit", key);
    return i < 0 ? otherwise : (enum sc_then)i;
}

void sc_read_objections(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    const struct yaml_node *list = sc_child(r, root, "objections", YAML_NODE_LIST, false);
    size_t count = list_count(r, list, "objections", SC_OBJECTIONS_MAX);

    sc->objections = sc_alloc(r, (count + 1) * sizeof *sc->objections);
    if (sc->objections == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *n = list->children[i];
        struct sc_objection *o = &sc->objections[sc->objection_count++];

        sc_known_keys(r, n, "an objection", "id examples reply then limit next");
        o->id = sc_id(r, n);
        o->examples = sc_words(r, n, "examples", true);
        o->reply = sc_words(r, n, "reply", true);
        o->then = read_then(r, n, "then", THEN_CONTINUE);
        o->limit = sc_int(r, n, "limit", 0, 0, 10);
        o->next = read_then(r, n, "next", THEN_SOFT_EXIT);
        if (o->limit == 0 && yaml_get(n, "next") != NULL)
            sc_warn(r, n->line, "objection \"%s\": next is used only with a limit; add limit: 1", o->id);
        for (size_t k = 0; k < i; k++)
            if (strcmp(sc->objections[k].id, o->id) == 0)
                sc_error(r, n->line, "two objections are called \"%s\"; rename one", o->id);
    }
}

void sc_read_faq(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    const struct yaml_node *list = sc_child(r, root, "faq", YAML_NODE_LIST, false);
    size_t count = list_count(r, list, "FAQ entries", SC_FAQ_MAX);

    sc->faq = sc_alloc(r, (count + 1) * sizeof *sc->faq);
    if (sc->faq == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *n = list->children[i];
        struct sc_faq *f = &sc->faq[sc->faq_count++];

        sc_known_keys(r, n, "a FAQ entry", "id examples answer");
        f->id = sc_id(r, n);
        f->examples = sc_words(r, n, "examples", true);
        f->answer = sc_words(r, n, "answer", true);
        for (size_t k = 0; k < i; k++)
            if (strcmp(sc->faq[k].id, f->id) == 0)
                sc_error(r, n->line, "two FAQ entries are called \"%s\"; rename one", f->id);
    }
}

void sc_read_competitors(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    const struct yaml_node *map = sc_child(r, root, "competitors", YAML_NODE_MAP, false);
    size_t count = list_count(r, map, "competitors", SC_COMPETITORS_MAX);

    sc->competitors = sc_alloc(r, (count + 1) * sizeof *sc->competitors);
    if (sc->competitors == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct sc_competitor *c = &sc->competitors[sc->competitor_count++];

        c->name = sc_copy(r, map->keys[i]);
        if (*c->name == '\0' || strlen(c->name) > SC_ID_MAX)
            sc_error(r, map->children[i]->line, "a competitor's name has 1 to %d bytes", SC_ID_MAX);
        c->forms = sc_words(r, map, map->keys[i], true);
    }
}

static void read_team_rules(struct sc_reader *r, struct sc_routing *to, const struct yaml_node *team)
{
    const struct yaml_node *list = sc_child(r, team, "when", YAML_NODE_LIST, false);
    size_t count = list_count(r, list, "team rules", SC_QUESTIONS_MAX);

    to->team_rules = sc_alloc(r, (count + 1) * sizeof *to->team_rules);
    if (to->team_rules == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct sc_team_rule *rule = &to->team_rules[to->team_rule_count++];

        sc_known_keys(r, list->children[i], "a team rule", "deal_usd_min team");
        rule->deal_usd_min = sc_int(r, list->children[i], "deal_usd_min", 0, 0, 2000000000);
        rule->team = sc_text(r, list->children[i], "team", NULL);
        if (strlen(rule->team) > SC_ID_MAX)
            sc_error(r, list->children[i]->line, "a team's name has at most %d bytes", SC_ID_MAX);
    }
}

static void read_hot(struct sc_reader *r, struct sc_routing *to, const struct yaml_node *hot)
{
    const struct yaml_node *team = yaml_get(hot, "team");

    sc_known_keys(r, hot, "routing.hot", "do team say");
    to->hot_say = sc_words(r, hot, "say", hot != NULL);
    to->hot_team = "closers";
    if (team != NULL && team->kind == YAML_NODE_SCALAR)
        to->hot_team = sc_text(r, hot, "team", NULL);
    else if (team != NULL && sc_child(r, hot, "team", YAML_NODE_MAP, false) != NULL) {
        to->hot_team = sc_text(r, team, "default", "closers");
        read_team_rules(r, to, team);
    }
    if (strlen(to->hot_team) > SC_ID_MAX)
        sc_error(r, team->line, "a team's name has at most %d bytes", SC_ID_MAX);
}

static void read_window(struct sc_reader *r, struct sc_routing *to, const struct yaml_node *low)
{
    const struct yaml_node *after = yaml_get(low, "after");

    to->reengage_min_s = 3 * 86400;
    to->reengage_max_s = 7 * 86400;
    if (after == NULL)
        return;
    if (after->kind == YAML_NODE_LIST && after->count == 2) {
        to->reengage_min_s = sc_seconds(r, after->children[0], to->reengage_min_s);
        to->reengage_max_s = sc_seconds(r, after->children[1], to->reengage_max_s);
    } else {
        sc_error(r, after->line, "after must be a window such as [3d, 7d]");
    }
    if (to->reengage_max_s < to->reengage_min_s)
        sc_error(r, after->line, "the window of after ends before it begins; swap the two");
}

/* What each bucket does is fixed by the product; a scenario sets the words, the teams and the times. */
static void check_do(struct sc_reader *r, const struct yaml_node *map, const char *bucket, const char *must)
{
    if (map != NULL && strcmp(yaml_str(map, "do", must), must) != 0)
        sc_error(r, map->line, "routing.%s can only do: %s", bucket, must);
}

static void read_buckets(struct sc_reader *r, struct sc_routing *to, const struct yaml_node *routing)
{
    const struct yaml_node *b = sc_child(r, routing, "buckets", YAML_NODE_MAP, false);

    sc_known_keys(r, b, "routing.buckets", "hot warm_high warm_low");
    to->hot = sc_int(r, b, "hot", 80, 0, 100);
    to->warm_high = sc_int(r, b, "warm_high", 60, 0, 100);
    to->warm_low = sc_int(r, b, "warm_low", 40, 0, 100);
    if (b != NULL && !(to->hot > to->warm_high && to->warm_high > to->warm_low))
        sc_error(r, b->line, "the buckets must descend: hot > warm_high > warm_low (now %d, %d, %d)", to->hot, to->warm_high, to->warm_low);
}

void sc_read_routing(struct sc_reader *r, struct scenario *sc, const struct yaml_node *root)
{
    const struct yaml_node *routing = sc_child(r, root, "routing", YAML_NODE_MAP, false);
    const struct yaml_node *hot = sc_child(r, routing, "hot", YAML_NODE_MAP, false);
    const struct yaml_node *high = sc_child(r, routing, "warm_high", YAML_NODE_MAP, false);
    const struct yaml_node *low = sc_child(r, routing, "warm_low", YAML_NODE_MAP, false);
    const struct yaml_node *cold = sc_child(r, routing, "cold", YAML_NODE_MAP, false);
    struct sc_routing *to = &sc->routing;

    sc_known_keys(r, routing, "routing", "buckets hot warm_high warm_low cold");
    read_buckets(r, to, routing);
    read_hot(r, to, hot);
    sc_known_keys(r, high, "routing.warm_high", "do within say");
    sc_known_keys(r, low, "routing.warm_low", "do after say");
    sc_known_keys(r, cold, "routing.cold", "do say");
    check_do(r, hot, "hot", "handoff");
    check_do(r, high, "warm_high", "callback");
    check_do(r, low, "warm_low", "reengage");
    check_do(r, cold, "cold", "nurture");
    to->warm_high_say = sc_words(r, high, "say", high != NULL);
    to->warm_low_say = sc_words(r, low, "say", low != NULL);
    to->cold_say = sc_words(r, cold, "say", cold != NULL);
    to->callback_within_s = yaml_get(high, "within") != NULL ? sc_seconds(r, yaml_get(high, "within"), 7200) : 7200;
    read_window(r, to, low);
}
