/* scenario_prompts.c - every sentence whose words are known before the call, in the order of likely use. */
#include <string.h>

#include "talk/scenario.h"
#include "talk/talk.h"
#include "talk/talk_lines.h"
#include "talk/talk_text.h"

#include "base/banned.h"

struct prompts {
    struct talk_vars vars;
    void (*fn)(const char *text, void *arg);
    void *arg;
};

static void one(const struct prompts *p, const char *text)
{
    char out[TALK_TEXT_MAX], piece[TALK_TEXT_MAX];
    const char *rest = out;

    if (strstr(text, "{when") != NULL || strstr(text, "{heard") != NULL) /* only the call will tell */
        return;
    talk_text_fill(out, sizeof out, text, &p->vars);
    while (talk_text_piece(&rest, piece, sizeof piece))
        p->fn(piece, p->arg);
}

static void all(const struct prompts *p, const struct wordings *w)
{
    for (size_t i = 0; i < w->n; i++)
        one(p, w->text[i]);
}

static void opening(const struct prompts *p, const struct scenario *s)
{
    const char *source = p->vars.lead != NULL ? p->vars.lead->source : NULL;

    all(p, &s->disclosure);
    for (size_t i = 0; i < s->reference_count; i++)
        if (source != NULL && strcmp(s->references[i].source, source) == 0)
            one(p, s->references[i].text);
    all(p, &s->value);
    all(p, &s->permission);
}

static void questions(const struct prompts *p, const struct scenario *s)
{
    for (size_t i = 0; i < s->question_count; i++) {
        all(p, &s->questions[i].ask);
        all(p, &s->questions[i].ack);
    }
    for (size_t i = 0; i < s->question_count; i++)
        all(p, &s->questions[i].reask);
}

static void replies_and_ends(const struct prompts *p, const struct scenario *s)
{
    for (size_t i = 0; i < s->objection_count; i++)
        all(p, &s->objections[i].reply);
    for (size_t i = 0; i < s->faq_count; i++)
        all(p, &s->faq[i].answer);
    all(p, &s->routing.hot_say);
    all(p, &s->routing.warm_high_say);
    all(p, &s->routing.warm_low_say);
    all(p, &s->routing.cold_say);
    all(p, &s->handoff_failed);
    all(p, &s->goodbye);
    all(p, &s->voicemail);
}

void scenario_each_prompt(const struct scenario *s, const struct talk_lead *lead, void (*fn)(const char *text, void *arg), void *arg)
{
    struct prompts p = {.vars = {.sc = s, .lead = lead}, .fn = fn, .arg = arg};

    opening(&p, s);
    questions(&p, s);
    replies_and_ends(&p, s);
    for (int i = 0; i < LINE_COUNT; i++)
        all(&p, talk_lines(s->language, (enum talk_line)i));
}
