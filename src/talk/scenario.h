/* scenario.h - the scenario: what the AI says, asks, scores and never does. Loaded from YAML, linted, immutable.
 *
 * docs/scenario.md describes the format. Strings live as long as the scenario. */
#ifndef BATON_TALK_SCENARIO_H
#define BATON_TALK_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCENARIO_MAX_BYTES = 256 * 1024, SCENARIO_ISSUES_MAX = 100 };

enum question_kind { Q_CHOICE, Q_MONEY, Q_DURATION, Q_ROLE, Q_YES_NO, Q_NUMBER, Q_TEXT, Q_DATE };
enum bucket { BUCKET_HOT, BUCKET_WARM_HIGH, BUCKET_WARM_LOW, BUCKET_COLD };
const char *bucket_name(enum bucket b); /* "hot" "warm_high" "warm_low" "cold" */

struct wordings { size_t n; const char **text; };

struct sc_option { const char *id, *label; int points; struct wordings examples; };

struct sc_points { bool has_min, has_max; double min, max; int points; }; /* neither: otherwise */

struct sc_question {
    const char *id, *dimension; /* need timeline budget authority, or other */
    enum question_kind kind;
    struct wordings ask, reask, ack;
    size_t option_count;
    struct sc_option *options;
    size_t points_count;
    struct sc_points *points;
    int unknown_points, max_points;
    double ask_min;             /* money: "yes" to the range means this; 0 = none */
    int line;
};

enum sc_then { THEN_CONTINUE, THEN_BOOK_CALLBACK, THEN_SOFT_EXIT, THEN_SEND_EMAIL_AND_EXIT, THEN_HANDOFF, THEN_EXIT };

struct sc_objection {
    const char *id;
    struct wordings examples, reply;
    enum sc_then then, next;    /* next: once `limit` replies were used */
    int limit;                  /* 0 = none */
};

struct sc_faq { const char *id; struct wordings examples, answer; };

struct sc_competitor { const char *name; struct wordings forms; };

struct sc_reference { const char *source, *text; };

struct sc_team_rule { double deal_usd_min; const char *team; };

struct sc_routing {
    int hot, warm_high, warm_low;         /* smallest score of each bucket */
    const char *hot_team;
    size_t team_rule_count;
    struct sc_team_rule *team_rules;
    struct wordings hot_say, warm_high_say, warm_low_say, cold_say;
    int callback_within_s;                /* 7200 */
    int reengage_min_s, reengage_max_s;   /* 3d, 7d */
};

struct scenario {                         /* refcounted (obj.h); read-only */
    const char *id, *title, *kind, *language;
    const char *agent_name, *company, *callback_number, *voice;
    int qualification_s, call_s, max_questions, reasks;
    struct wordings disclosure, value, permission;
    size_t reference_count;
    struct sc_reference *references;
    size_t question_count;
    struct sc_question *questions;
    size_t objection_count;
    struct sc_objection *objections;
    size_t faq_count;
    struct sc_faq *faq;
    size_t competitor_count;
    struct sc_competitor *competitors;
    struct sc_routing routing;
    struct wordings handoff_failed, goodbye, voicemail;
    char *yaml;                           /* the source text as loaded */
};

struct scenario_issue { int line; bool error; char text[200]; }; /* error: refuses to run; else a warning */

struct scenario_issues { size_t n; struct scenario_issue at[SCENARIO_ISSUES_MAX]; };

/* Loads and lints. *sp is set only without errors; issues are filled either way (they may be warnings only). 0 or EINVAL,
 * ENOMEM, EMSGSIZE. */
int scenario_load(struct scenario **sp, const char *yaml, size_t n, struct scenario_issues *issues);

enum bucket scenario_bucket(const struct sc_routing *rules, int score);

/* The team that takes a hot lead of this yearly value: the rule with the highest minimum that is met, else the default. */
const char *scenario_team(const struct sc_routing *rules, double deal_usd_year);

const struct sc_question *scenario_question(const struct scenario *s, const char *id);

/* Every text that can be spoken for this lead and whose words are known before the call, in the order of likely use:
 * calls fn for each (for rendering ahead). `vars` as in talk_lead. */
struct talk_lead;
void scenario_each_prompt(const struct scenario *s, const struct talk_lead *lead, void (*fn)(const char *text, void *arg), void *arg);

#endif
