/* brief.c - the story for the human: one line, the whisper before the bridge, and the page that pops up. From templates only. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { SUMMARY_MAX = 1024, PHRASE_MAX = 120, QUOTES_MAX = 3 };

const struct talk_answer *talk_dimension(const struct talk *t, const char *dimension, const struct sc_question **q)
{
    for (size_t i = 0; i < t->sc->question_count; i++)
        if (strcmp(t->sc->questions[i].dimension, dimension) == 0) {
            if (q != NULL)
                *q = &t->sc->questions[i];
            return &t->answers[i];
        }
    return NULL;
}

static void add_name(struct buf *b, const struct talk_lead *l)
{
    const char *first = l->first_name != NULL ? l->first_name : "", *last = l->last_name != NULL ? l->last_name : "";

    buf_printf(b, "%s%s%s", *first || *last ? first : "Lead", *first && *last ? " " : "", last);
    if (l->title != NULL && *l->title != '\0')
        buf_printf(b, ", %s", l->title);
    if (l->company != NULL && *l->company != '\0')
        buf_printf(b, " %s %s", l->title != NULL && *l->title != '\0' ? "at" : "of", l->company);
}

/* The quote without "yeah so we" at its front and cut at a word. */
static void short_quote(char *out, size_t size, const char *quote)
{
    static const char *const fillers[] = {"well ", "so ", "um ", "uh ", "yeah ", "yes ", "honestly ", "i mean ", "because ", "okay ", "oh ", NULL};
    size_t n;

    for (bool again = true; again;) {
        again = false;
        quote += strspn(quote, " ,.");
        for (size_t i = 0; fillers[i] != NULL; i++)
            if (strncasecmp(quote, fillers[i], strlen(fillers[i])) == 0) {
                quote += strlen(fillers[i]);
                again = true;
            }
    }
    if (!text_copy(out, size, quote) && strrchr(out, ' ') != NULL)
        *strrchr(out, ' ') = '\0';
    for (n = strlen(out); n > 0 && strchr(" .,!?", out[n - 1]) != NULL; n--)
        out[n - 1] = '\0';
}

static void duration_phrase(char *out, size_t size, double days)
{
    if (days < 1)
        snprintf(out, size, "wants it now");
    else if (days < 14)
        snprintf(out, size, "wants it in %.0f day%s", days, days < 1.5 ? "" : "s");
    else if (days < 60)
        snprintf(out, size, "wants it in %.0f weeks", days / 7);
    else
        snprintf(out, size, "wants it in %.0f months", days / 30.4);
}

/* 18000 -> "18,000" */
static void grouped(char *out, size_t size, double v)
{
    char digits[32];
    size_t n, at = 0;

    snprintf(digits, sizeof digits, "%.0f", v);
    n = strlen(digits);
    for (size_t i = 0; i < n && at + 2 < size; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

static void money_phrase(char *out, size_t size, const struct talk_answer *a)
{
    char amount[40];

    grouped(amount, sizeof amount, a->value);
    if (a->unlimited)
        snprintf(out, size, "budget is no limit");
    else if (strcmp(a->unit, "USD/month") == 0)
        snprintf(out, size, "$%s a month", amount);
    else if (strcmp(a->unit, "USD/seat/month") == 0)
        snprintf(out, size, "$%s a seat a month", amount);
    else
        snprintf(out, size, "%s %s", amount, a->unit);
}

static void role_phrase(char *out, size_t size, const char *option)
{
    if (strcmp(option, "decision_maker") == 0)
        snprintf(out, size, "decides");
    else if (strcmp(option, "influencer") == 0)
        snprintf(out, size, "recommends, someone else signs");
    else if (strcmp(option, "none") == 0)
        snprintf(out, size, "has no say in it");
    else
        text_copy(out, size, option);
}

static void unstated_phrase(char *out, size_t size, const struct sc_question *q, const struct talk_answer *a)
{
    if (a->status == ANSWER_NONE && q->kind == Q_MONEY)
        snprintf(out, size, "no budget yet");
    else if (a->status == ANSWER_NONE)
        snprintf(out, size, "no date");
    else
        snprintf(out, size, "%s %s", q->id, a->status == ANSWER_DEFLECTED ? "not told" : "unknown");
}

static void answer_phrase(char *out, size_t size, const struct sc_question *q, const struct talk_answer *a)
{
    *out = '\0';
    if (a->status == ANSWER_NOT_ASKED)
        return;
    if (a->status != ANSWER_STATED)
        unstated_phrase(out, size, q, a);
    else if (q->kind == Q_MONEY)
        money_phrase(out, size, a);
    else if (q->kind == Q_DURATION || q->kind == Q_DATE)
        duration_phrase(out, size, a->value);
    else if (q->kind == Q_ROLE && a->option != NULL)
        role_phrase(out, size, a->option);
    else
        short_quote(out, size < 64 ? size : 64, a->evidence);
}

/* In the order of a closer's questions; everything that has no dimension of its own comes last. */
static void add_answers(struct buf *b, const struct talk *t)
{
    const char *sep = ": ";

    for (size_t i = 0; i < t->sc->question_count; i++) {
        char phrase[PHRASE_MAX];

        answer_phrase(phrase, sizeof phrase, &t->sc->questions[i], &t->answers[i]);
        if (*phrase == '\0')
            continue;
        buf_printf(b, "%s%s", sep, phrase);
        sep = ", ";
    }
}

static const char *outcome_words(const struct talk *t)
{
    static const char *const table[][2] = {{"opted_out", "asked not to be called again"}, {"human_requested", "wants to talk to a person"},
                                           {"callback_requested", "wants a call back"},   {"wrong_number", "wrong number"},
                                           {"gatekeeper", "somebody else answered"},      {"voicemail", "voicemail"},
                                           {"screening", "call screening"},               {"language", "speaks another language"},
                                           {"declined", "declined"},                      {"minor", "a child answered"},
                                           {"abusive", "was abusive"},                    {"no_response", "did not respond"},
                                           {"hung_up", "hung up"},
                                           {"voicemail_full", "voicemail full"},          {"ivr", "a telephone menu"},
                                           {"unallocated", "no such number"},             {"congestion", "the network was busy"},
                                           {"fax", "a fax"}};

    for (size_t i = 0; t->outcome != NULL && i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i][0], t->outcome) == 0)
            return table[i][1];
    return NULL;
}

int talk_summary(const struct talk *t, char *out, size_t size)
{
    struct buf b;
    const char *words = outcome_words(t);
    bool cut;

    buf_init(&b, SUMMARY_MAX);
    add_name(&b, &t->lead);
    add_answers(&b, t);
    if (words != NULL)
        buf_printf(&b, "; %s", words);
    if (t->competitors.n > 0)
        buf_printf(&b, "; mentions %s", t->competitors.at[0].id);
    buf_puts(&b, ".");
    cut = !text_copy(out, size, buf_str(&b));
    buf_release(&b);
    return cut ? -1 : 0;
}

int talk_whisper(const struct talk *t, char *out, size_t size)
{
    char summary[SUMMARY_MAX];
    int n;

    talk_summary(t, summary, sizeof summary);
    n = snprintf(out, size, "%s%s Score %d.", t->human_asked ? "They asked for a person. " : "", summary, rubric_score(t, NULL));
    return n < 0 || (size_t)n >= size ? -1 : 0;
}

static const char *option_label(const struct sc_question *q, const struct talk_answer *a)
{
    for (size_t i = 0; a->option != NULL && i < q->option_count; i++)
        if (strcmp(q->options[i].id, a->option) == 0)
            return q->options[i].label;
    return NULL;
}

static json_t *brief_answers(const struct talk *t)
{
    json_t *list = json_array();

    for (size_t i = 0; i < t->sc->question_count; i++) {
        const struct sc_question *q = &t->sc->questions[i];
        const struct talk_answer *a = &t->answers[i];
        json_t *j = talk_answer_json(q, a);
        const char *label = option_label(q, a);
        char phrase[PHRASE_MAX];

        answer_phrase(phrase, sizeof phrase, q, a);
        jx_set_str(j, "id", q->id);
        jx_set_str(j, "label", label != NULL ? label : *phrase != '\0' ? phrase : "not asked");
        jx_set_str(j, "quote", a->evidence != NULL && *a->evidence != '\0' ? a->evidence : NULL);
        json_array_append_new(list, j);
    }
    return list;
}

/* The three quotes that earned most. */
static json_t *best_quotes(const struct talk *t)
{
    json_t *list = json_array();
    bool used[64] = {false};

    for (int k = 0; k < QUOTES_MAX; k++) {
        const struct talk_answer *best = NULL;
        size_t at = 0;

        for (size_t i = 0; i < t->sc->question_count && i < 64; i++) {
            const struct talk_answer *a = &t->answers[i];

            if (!used[i] && a->evidence != NULL && *a->evidence != '\0' && (best == NULL || a->points > best->points)) {
                best = a;
                at = i;
            }
        }
        if (best == NULL)
            break;
        used[at] = true;
        json_array_append_new(list, json_string(best->evidence));
    }
    return list;
}

static const char *why_now(const struct talk *t)
{
    for (size_t i = 0; t->lead.source != NULL && i < t->sc->reference_count; i++)
        if (strcmp(t->sc->references[i].source, t->lead.source) == 0)
            return t->sc->references[i].text;
    return NULL;
}

static void opener(const struct talk *t, char *out, size_t size)
{
    const struct talk_answer *need = talk_dimension(t, "need", NULL);
    const char *name = t->lead.first_name != NULL && *t->lead.first_name != '\0' ? t->lead.first_name : "there";
    char quote[PHRASE_MAX];

    if (need != NULL && need->status == ANSWER_STATED) {
        short_quote(quote, sizeof quote, need->evidence);
        snprintf(out, size, "Hi %s, I saw you mentioned \"%s\". Tell me more about that.", name, quote);
    } else if (t->human_asked) {
        snprintf(out, size, "Hi %s, you asked for a person: here I am. What can I do for you?", name);
    } else {
        snprintf(out, size, "Hi %s, thanks for holding. What would you like to see first?", name);
    }
}

static json_t *brief_list(const struct mentions *m)
{
    json_t *list = json_array();

    for (size_t i = 0; i < m->n; i++)
        json_array_append_new(list, json_pack("{s:s,s:s}", "id", m->at[i].id, "quote", m->at[i].evidence));
    return list;
}

static void brief_person(json_t *j, const struct talk *t)
{
    struct buf name;
    struct talk_lead only = {.first_name = t->lead.first_name, .last_name = t->lead.last_name};
    char filled[TALK_TEXT_MAX];
    const char *why = why_now(t);

    buf_init(&name, SUMMARY_MAX);
    add_name(&name, &only);
    jx_set_str(j, "name", buf_str(&name));
    buf_release(&name);
    jx_set_str(j, "company", t->lead.company);
    jx_set_str(j, "title", t->lead.title);
    if (why != NULL)
        talk_text_fill(filled, sizeof filled, why, &(struct talk_vars){.sc = t->sc, .lead = &t->lead});
    jx_set_str(j, "email", t->email != NULL ? t->email : t->lead.email);
    jx_set_str(j, "why_now", why != NULL ? filled : NULL);
    jx_set_str(j, "source", t->lead.source);
}

json_t *talk_brief(const struct talk *t, int64_t now_ms)
{
    int score = rubric_score(t, NULL);
    char text[SUMMARY_MAX];
    json_t *j = json_object(), *names = json_array(), *open = json_array();

    (void)now_ms;
    brief_person(j, t);
    jx_set_int(j, "score", score);
    jx_set_str(j, "bucket", bucket_name(scenario_bucket(&t->sc->routing, score)));
    jx_set(j, "answers", brief_answers(t));
    jx_set(j, "objections", brief_list(&t->objections));
    for (size_t i = 0; i < t->competitors.n; i++)
        json_array_append_new(names, json_string(t->competitors.at[i].id));
    jx_set(j, "competitors", names);
    for (size_t i = 0; i < t->open_count; i++)
        json_array_append_new(open, json_string(t->open[i]));
    jx_set(j, "open_questions", open);
    talk_summary(t, text, sizeof text);
    jx_set_str(j, "summary", text);
    opener(t, text, sizeof text);
    jx_set_str(j, "opener", text);
    jx_set(j, "quotes", best_quotes(t));
    return j;
}
