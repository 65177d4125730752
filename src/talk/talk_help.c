#include "talk/talk_help.h"

#include <ctype.h>
#include <string.h>

#include "talk/lang.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { PIECE_MIN = 3, PARTS_MAX = 12, BUSINESS_FROM_MIN = 480, BUSINESS_TO_MIN = 1080 };

/* --- is help wanted? --- */

/* What is paid to somebody else today is no answer. */
static bool is_answer(const struct und_quantity *q)
{
    return q->status != UND_ABSENT && q->status != UND_CURRENT_SPEND && q->status != UND_VAGUE;
}

static bool finds(const struct understanding *u, enum question_kind kind)
{
    switch (kind) {
    case Q_CHOICE: return u->choice.option[0] != '\0';
    case Q_MONEY: return is_answer(&u->money) || u->yes_no != UND_YN_NONE;
    case Q_DURATION:
    case Q_DATE: return is_answer(&u->duration);
    case Q_ROLE: return u->role.value[0] != '\0' || u->yes_no != UND_YN_NONE;
    case Q_YES_NO: return u->yes_no != UND_YN_NONE;
    case Q_NUMBER:
    case Q_TEXT: return true;
    }
    return true;
}

static bool is_clear(const struct understanding *u, enum question_kind kind)
{
    return u->intent_count > 0 || u->is_question || u->thinking || u->uncertain || finds(u, kind);
}

static void understand(struct understanding *u, const struct talk *t, const char *text, int64_t now_ms)
{
    struct und_in in = {.text = text, .asked = policy_asked(t, (size_t)t->pending), .question = t->sc->questions[t->pending].id,
                        .now_local_ms = now_ms + (int64_t)t->lead.utc_offset_s * 1000, .business_from_min = BUSINESS_FROM_MIN, .business_to_min = BUSINESS_TO_MIN};

    und_run(u, t->und, &in);
}

/* --- pieces --- */

struct part { const char *at; size_t n; };

static bool begins_clause(const char *p, const char *joints)
{
    for (size_t n; *joints != '\0'; joints += n + (joints[n] == ' ')) {
        n = strcspn(joints, " ");
        if (strncasecmp(p, joints, n) == 0 && p[n] == ' ')
            return true;
    }
    return false;
}

/* Does the text break before here? At marks, and at words that begin a clause. */
static bool breaks(const char *text, const char *p, const char *joints)
{
    if (p == text)
        return false;
    if (strchr(",.;:?!", p[-1]) != NULL && (*p == ' ' || *p == '\0'))
        return true;
    return p[-1] == ' ' && begins_clause(p, joints);
}

static struct part trimmed(const char *from, const char *to)
{
    while (from < to && !isalnum((unsigned char)*from) && (unsigned char)*from < 0x80 && *from != '$')
        from++;
    while (to > from && strchr(" ,;:", to[-1]) != NULL)
        to--;
    return (struct part){from, (size_t)(to - from)};
}

static size_t parts_of(struct part *out, const char *text, const char *joints)
{
    const char *from = text, *p = text;
    size_t n = 0;

    for (; n + 1 < PARTS_MAX && *p != '\0'; p++)
        if (breaks(text, p, joints)) {
            out[n] = trimmed(from, p);
            n += out[n].n >= PIECE_MIN;
            from = p;
        }
    out[n] = trimmed(from, text + strlen(text));
    return n + (out[n].n >= PIECE_MIN);
}

static void add_piece(json_t *list, const char *from, const char *to)
{
    if (json_array_size(list) < TALK_PIECES_MAX)
        json_array_append_new(list, json_stringn(from, (size_t)(to - from)));
}

/* Clauses, then two clauses in a row. */
static json_t *pieces_of(const char *text, const char *joints)
{
    struct part part[PARTS_MAX];
    size_t n = parts_of(part, text, joints);
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        add_piece(list, part[i].at, part[i].at + part[i].n);
    for (size_t i = 0; i + 1 < n; i++)
        add_piece(list, part[i].at, part[i + 1].at + part[i + 1].n);
    return list;
}

static const char *kind_name(enum question_kind kind)
{
    static const char *const names[] = {[Q_CHOICE] = "choice", [Q_MONEY] = "money", [Q_DURATION] = "duration", [Q_ROLE] = "role", [Q_YES_NO] = "yes_no", [Q_NUMBER] = "number", [Q_TEXT] = "text",
                                        [Q_DATE] = "date"};

    return names[kind];
}

json_t *talk_help_wanted(const struct talk *t, const char *text, int64_t now_ms)
{
    const struct lang *lang = lang_find(t->sc->language);
    const struct sc_question *q;
    struct understanding u;

    if (t->phase != PHASE_QUESTIONS || t->pending < 0 || t->closing || t->answers[t->pending].status != ANSWER_NOT_ASKED || *text == '\0' || lang == NULL)
        return NULL;
    q = &t->sc->questions[t->pending];
    understand(&u, t, text, now_ms);
    if (is_clear(&u, q->kind))
        return NULL;
    return json_pack("{s:s,s:s,s:s,s:s,s:o}", "question", q->id, "kind", kind_name(q->kind), "asked", q->ask.n > 0 ? q->ask.text[0] : "", "heard", text, "pieces", pieces_of(text, lang->joints));
}

/* --- a quote --- */

static bool is_inside(const char *text, const char *quote)
{
    size_t n = strlen(quote);

    for (const char *p = strstr(text, quote); p != NULL; p = strstr(p + 1, quote))
        if ((p == text || !isalnum((unsigned char)p[-1])) && !isalnum((unsigned char)p[n]))
            return true;
    return false;
}

bool policy_take_quote(struct talk *t)
{
    struct understanding whole = t->u;
    const char *said = t->text;
    bool got;

    if (t->quote == NULL || strlen(t->quote) < PIECE_MIN || t->pending < 0 || !is_inside(said, t->quote))
        return false;
    understand(&t->u, t, t->quote, t->now_ms);
    t->text = t->quote;
    got = t->u.intent_count == 0 && policy_take_pending(t);
    t->text = said;
    t->u = whole;
    return got;
}

/* --- other words --- */

static void add_text(json_t *list, const struct talk *t, const char *text)
{
    char filled[TALK_TEXT_MAX];

    if (strstr(text, "{when") != NULL || strstr(text, "{closer") != NULL || json_array_size(list) == TALK_WORDINGS_MAX)
        return;
    talk_text_fill(filled, sizeof filled, text, &(struct talk_vars){.sc = t->sc, .lead = &t->lead});
    if (talk_text_sentences(filled) <= TALK_AT_ONCE)
        json_array_append_new(list, json_string(filled));
}

static void add_wordings(json_t *list, const struct talk *t, const struct wordings *w)
{
    for (size_t i = 0; i < w->n; i++)
        add_text(list, t, w->text[i]);
}

json_t *talk_rewordable(const struct talk *t)
{
    json_t *list = json_array();

    for (size_t i = 0; i < t->sc->question_count; i++) {
        add_wordings(list, t, &t->sc->questions[i].ask);
        add_wordings(list, t, &t->sc->questions[i].reask);
    }
    for (size_t i = 0; i < t->sc->objection_count; i++)
        add_wordings(list, t, &t->sc->objections[i].reply);
    for (size_t i = 0; i < t->sc->faq_count; i++)
        add_wordings(list, t, &t->sc->faq[i].answer);
    return list;
}

void policy_wordings(struct talk *t, const json_t *pairs)
{
    json_t *allowed = talk_rewordable(t), *approved;
    size_t i;

    json_array_foreach(allowed, i, approved)
    {
        const char *text = json_string_value(approved), *other = json_string_value(json_object_get(pairs, text));

        if (other != NULL && t->reworded_count < TALK_WORDINGS_MAX && talk_reword_ok(other, text, t->sc->language))
            t->reworded[t->reworded_count++] = (struct reworded){talk_text_hash(text, strlen(text)), talk_keep(t, other)};
    }
    json_decref(allowed);
}

const char *talk_reworded(const struct talk *t, const char *text)
{
    uint64_t h = t->reworded_count > 0 ? talk_text_hash(text, strlen(text)) : 0;

    for (size_t i = 0; i < t->reworded_count; i++)
        if (t->reworded[i].approved == h && t->reworded[i].text[0] != '\0')
            return t->reworded[i].text;
    return NULL;
}
