/* scenario_lint.c - what a scenario must not lack and should not do, checked before it may speak. */
#include <ctype.h>
#include <string.h>

#include "talk/lang.h"
#include "talk/scenario_priv.h"
#include "talk/talk.h"
#include "talk/talk_text.h"

#include "base/banned.h"

enum { VALUE_MAX_MS = 15000, LINE_SENTENCES_MAX = 2, VOICEMAIL_SENTENCES_MAX = 4 };

static int line_at(const struct yaml_node *root, const char *block, const char *key)
{
    const struct yaml_node *b = yaml_get(root, block), *n = key != NULL ? yaml_get(b, key) : NULL;

    if (n != NULL)
        return n->line;
    return b != NULL ? b->line : 1;
}

static bool has_word(const char *text, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        if ((p == text || !isalnum((unsigned char)p[-1])) && !isalnum((unsigned char)p[n]))
            return true;
    return false;
}

static bool says_ai(const char *t)
{
    return has_word(t, "AI") || has_word(t, "A.I") || strcasestr(t, "artificial intelligence") != NULL;
}

static bool says_opt_out(const char *t)
{
    return strcasestr(t, "opt out") != NULL || strcasestr(t, "opt-out") != NULL || strcasestr(t, "stop") != NULL || strcasestr(t, "press 9") != NULL;
}

/* Said first on every call, in every jurisdiction: who, that it is an AI, that it is recorded, how to opt out. */
static void lint_disclosure(struct sc_reader *r, const struct scenario *sc, int line)
{
    for (size_t i = 0; i < sc->disclosure.n; i++) {
        const char *t = sc->disclosure.text[i];

        if (!says_ai(t))
            sc_error(r, line, "the disclosure must say that an AI is calling; add for example \"an AI assistant\"");
        if (strstr(t, "{company}") == NULL && (*sc->company == '\0' || strcasestr(t, sc->company) == NULL))
            sc_error(r, line, "the disclosure must name the company; add {company}");
        if (strcasestr(t, "record") == NULL)
            sc_error(r, line, "the disclosure must say that the call is recorded; add \"This call is recorded\"");
        if (!says_opt_out(t))
            sc_error(r, line, "the disclosure must say how to opt out; add \"say stop at any time to opt out\"");
    }
}

static bool is_e164(const char *s)
{
    size_t n = strlen(s);

    return n >= 8 && n <= 16 && s[0] == '+' && strspn(s + 1, "0123456789") == n - 1;
}

static void lint_head(struct sc_reader *r, const struct scenario *sc, const struct yaml_node *root)
{
    int agent = line_at(root, "agent", NULL);

    if (*sc->agent_name == '\0' || *sc->company == '\0')
        sc_error(r, agent, "agent needs a name and a company");
    if (!is_e164(sc->callback_number))
        sc_error(r, line_at(root, "agent", "callback_number"), "callback_number must be written like \"+12025550100\", in quotes");
    if (lang_find(sc->language) == NULL)
        sc_error(r, line_at(root, "language", NULL), "there are no built-in lines for the language \"%.20s\" yet; use en-US or en-GB", sc->language);
    if (sc->call_s < sc->qualification_s)
        sc_warn(r, line_at(root, "limits", NULL), "call_s is shorter than qualification_s; the questions will be cut short");
}

static void lint_opening(struct sc_reader *r, const struct scenario *sc, const struct yaml_node *root)
{
    lint_disclosure(r, sc, line_at(root, "opening", "disclosure"));
    if (sc->permission.n == 0)
        sc_warn(r, line_at(root, "opening", NULL), "the opening asks no permission; a built-in wording is used");
    for (size_t i = 0; i < sc->value.n; i++)
        if (talk_spoken_ms(sc->value.text[i]) > VALUE_MAX_MS)
            sc_warn(r, line_at(root, "opening", "value"), "the value proposition takes about %d s; 15 s is the most people listen to",
                    talk_spoken_ms(sc->value.text[i]) / 1000);
    if (sc->reference_count == 0)
        sc_warn(r, line_at(root, "opening", NULL), "the opening refers to nothing the lead did; add reference: { form_fill: \"...\" }");
}

static void lint_questions(struct sc_reader *r, const struct scenario *sc, const struct yaml_node *root)
{
    int total = 0;

    for (size_t i = 0; i < sc->question_count; i++) {
        const struct sc_question *q = &sc->questions[i];

        total += q->max_points;
        if (q->ask.n + q->reask.n < 2)
            sc_warn(r, q->line, "question \"%s\" has one wording; add another so that it can be asked again", q->id);
        for (size_t k = 0; k < q->option_count; k++)
            if (q->options[k].examples.n == 0 && q->kind == Q_CHOICE)
                sc_warn(r, q->line, "option \"%s\" of \"%s\" has no examples; it will not be recognised", q->options[k].id, q->id);
    }
    if (sc->question_count > 0 && total == 0)
        sc_warn(r, line_at(root, "questions", NULL), "no answer gives points; every lead will be cold");
    else if (sc->question_count > 0 && total != 100)
        sc_warn(r, line_at(root, "questions", NULL), "the best answers add up to %d points; the score is scaled to 100", total);
    if ((int)sc->question_count > sc->max_questions)
        sc_warn(r, line_at(root, "limits", "questions"), "%zu questions but limits.questions is %d; the last ones are not asked", sc->question_count,
                sc->max_questions);
}

static void lint_closing(struct sc_reader *r, const struct scenario *sc, const struct yaml_node *root)
{
    if (sc->routing.hot_say.n > 0 && sc->handoff_failed.n == 0)
        sc_warn(r, line_at(root, "closing", NULL), "closing has no handoff_failed; a built-in wording is used when nobody is free");
    if (sc->voicemail.n == 0)
        sc_warn(r, line_at(root, "closing", NULL), "closing has no voicemail; calls that reach a machine end without a message");
}

static void lint_placeholders(struct sc_reader *r, const struct yaml_node *n)
{
    for (const char *p = strchr(n->text, '{'); p != NULL; p = strchr(p + 1, '{')) {
        size_t name = strcspn(p + 1, "|}");

        if (strchr(p, '}') == NULL) {
            sc_error(r, n->line, "a brace is never closed; write {first_name|there}");
            return;
        }
        if (!talk_text_knows(p + 1, name))
            sc_error(r, n->line, "unknown placeholder {%.*s}; known are first_name, last_name, lead_company, title, email, partner, closer, agent, company, "
                     "callback_number", (int)(name > 40 ? 40 : name), p + 1);
        else if (p[1 + name] == '}' && strncmp(p, "{first_name}", 12) == 0)
            sc_warn(r, n->line, "{first_name} may be unknown; write {first_name|there}");
    }
}

static void lint_spoken(struct sc_reader *r, const struct yaml_node *n, const char *key)
{
    size_t limit = strcmp(key, "voicemail") == 0 ? VOICEMAIL_SENTENCES_MAX : LINE_SENTENCES_MAX;

    lint_placeholders(r, n);
    if (talk_text_sentences(n->text) > limit)
        sc_warn(r, n->line, "\"%s\" says more than %zu sentences at a time; shorten it", key, limit);
    if (talk_text_questions(n->text) > 2)
        sc_warn(r, n->line, "\"%s\" asks several questions at once; ask one", key);
}

static const char *const spoken_keys[] = {"disclosure", "reference", "value", "permission",     "ask",     "reask",     "ack",
                                          "reply",      "answer",    "say",   "handoff_failed", "goodbye", "voicemail", NULL};

/* Walks the whole tree with its own stack; everything below a spoken key is a line that is said. */
static void lint_lines(struct sc_reader *r, const struct yaml_node *root)
{
    struct { const struct yaml_node *n; size_t next; const char *spoken; } stack[YAML_MAX_DEPTH + 1] = {{root, 0, NULL}};
    size_t depth = 1;

    while (depth > 0) {
        const struct yaml_node *n = stack[depth - 1].n, *child;
        const char *spoken = stack[depth - 1].spoken;
        size_t i = stack[depth - 1].next++;

        if (i >= n->count) {
            depth--;
            continue;
        }
        child = n->children[i];
        if (spoken == NULL && n->kind == YAML_NODE_MAP && sc_find(spoken_keys, n->keys[i]) >= 0)
            spoken = n->keys[i];
        if (child->kind != YAML_NODE_SCALAR && depth <= YAML_MAX_DEPTH) {
            stack[depth].n = child;
            stack[depth].next = 0;
            stack[depth++].spoken = spoken;
        } else if (child->kind == YAML_NODE_SCALAR && spoken != NULL) {
            lint_spoken(r, child, spoken);
        }
    }
}

void sc_lint(struct sc_reader *r, const struct scenario *sc, const struct yaml_node *root)
{
    lint_head(r, sc, root);
    lint_opening(r, sc, root);
    lint_questions(r, sc, root);
    lint_closing(r, sc, root);
    lint_lines(r, root);
}
