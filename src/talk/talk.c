/* talk.c - the state of one conversation, its effects, and which input goes where. */
#include "talk/talk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "base/text.h"
#include "talk/talk_priv.h"

#include "base/banned.h"

enum { SILENCE_YES_NO_MS = 5000, SILENCE_OPEN_MS = 6000, SILENCE_THINKING_MS = 10000, HEARD_ENOUGH_PCT = 60 };

static void talk_destroy(void *obj)
{
    struct talk *t = obj;

    json_decref(t->notes);
    arena_release(&t->step);
    arena_release(&t->keep);
    obj_unref(t->und);
    obj_unref(t->sc);
}

static const char *lead_copy(struct talk *t, const char *s)
{
    return s != NULL ? arena_strdup(&t->keep, s) : NULL;
}

static void lead_take(struct talk *t, const struct talk_lead *lead)
{
    if (lead == NULL)
        return;
    t->lead = (struct talk_lead){
        .first_name = lead_copy(t, lead->first_name),
        .last_name = lead_copy(t, lead->last_name),
        .company = lead_copy(t, lead->company),
        .source = lead_copy(t, lead->source),
        .partner = lead_copy(t, lead->partner),
        .email = lead_copy(t, lead->email),
        .phone = lead_copy(t, lead->phone),
        .title = lead_copy(t, lead->title),
        .utc_offset_s = lead->utc_offset_s,
    };
}

int talk_alloc(struct talk **tp, struct scenario *sc, struct und *u, const struct talk_lead *lead, uint32_t seed)
{
    struct talk *t = obj_alloc(sizeof *t, talk_destroy);

    if (t == NULL)
        return ENOMEM;
    arena_init(&t->keep, KEEP_MAX);
    arena_init(&t->step, STEP_MAX);
    t->sc = obj_ref(sc);
    t->und = obj_ref(u);
    t->seed = seed;
    t->pending = -1;
    t->notes = json_array();
    t->answers = arena_alloc(&t->keep, (sc->question_count + 1) * sizeof *t->answers);
    t->objection_count = arena_alloc(&t->keep, (sc->objection_count + 1) * sizeof *t->objection_count);
    t->faq_count = arena_alloc(&t->keep, (sc->faq_count + 1) * sizeof *t->faq_count);
    if (t->notes == NULL || t->answers == NULL || t->objection_count == NULL || t->faq_count == NULL) {
        obj_unref(t);
        return ENOMEM;
    }
    lead_take(t, lead);
    if (lead != NULL && lead->known_answers != NULL)
        talk_recall(t, lead->known_answers);
    *tp = t;
    return 0;
}

int64_t talk_local_ms(const struct talk *t)
{
    return t->now_ms + (int64_t)t->lead.utc_offset_s * 1000;
}

const char *talk_keep(struct talk *t, const char *text)
{
    const char *p = arena_strdup(&t->keep, text);

    return p != NULL ? p : "";
}

void talk_push(struct talk *t, struct talk_effect e)
{
    if (t->out->n < TALK_EFFECTS_MAX)
        t->out->at[t->out->n++] = e;
}

/* One effect is kept free so that a LISTEN or HANGUP always fits behind the notes. */
void talk_note(struct talk *t, json_t *note)
{
    if (note == NULL)
        return;
    if (t->out->n + 6 < TALK_EFFECTS_MAX && json_array_append(t->notes, note) == 0)
        talk_push(t, (struct talk_effect){.kind = TALK_NOTE, .note = note});
    json_decref(note);
}

static bool hash_known(const struct talk *t, uint64_t h)
{
    for (size_t i = 0; i < t->spoken_count; i++)
        if (t->spoken[i] == h)
            return true;
    return false;
}

static size_t hashes_of(const char *text, uint64_t out[TALK_SENTENCES_MAX])
{
    const char *s;
    size_t n, count = 0;

    while (count < TALK_SENTENCES_MAX && talk_text_sentence(&text, &s, &n))
        out[count++] = talk_text_hash(s, n);
    return count;
}

static bool is_fresh(const struct talk *t, const char *text)
{
    uint64_t h[TALK_SENTENCES_MAX];
    size_t n = hashes_of(text, h);

    for (size_t i = 0; i < n; i++)
        if (hash_known(t, h[i]))
            return false;
    return n > 0 && t->spoken_count + n <= SPOKEN_MAX;
}

static void say_piece(struct talk *t, const char *topic, const char *text)
{
    uint64_t h[TALK_SENTENCES_MAX];
    size_t n = hashes_of(text, h);
    int ms = talk_spoken_ms(text);

    for (size_t i = 0; i < n && t->spoken_count < SPOKEN_MAX; i++)
        t->spoken[t->spoken_count++] = h[i];
    t->spoken_ms += ms;
    t->recent[t->recent_count++ % RECENT_MAX] = (struct recent){.said = ++t->said, .question = -1, .ms = ms};
    talk_push(t, (struct talk_effect){.kind = TALK_SAY, .topic = topic, .text = text, .said = t->said});
}

/* Long replies are said in pieces, each its own effect. */
static void say_text(struct talk *t, const char *topic, const char *text)
{
    char piece[TALK_TEXT_MAX];

    while (talk_text_piece(&text, piece, sizeof piece)) {
        const char *copy = arena_strdup(&t->step, piece);

        if (copy != NULL)
            say_piece(t, topic, copy);
    }
}

static void remember_said(struct talk *t, const char *text)
{
    uint64_t h[TALK_SENTENCES_MAX];
    size_t n = hashes_of(text, h);

    for (size_t i = 0; i < n && t->spoken_count < SPOKEN_MAX; i++)
        t->spoken[t->spoken_count++] = h[i];
}

/* In other words where they were proposed and are allowed; the approved ones then count as said too. */
static void say_fresh(struct talk *t, const char *topic, const char *text)
{
    const char *other = talk_reworded(t, text);

    if (other != NULL && is_fresh(t, other)) {
        remember_said(t, text);
        text = other;
    }
    say_text(t, topic, text);
}

void talk_mark(struct talk *t, enum sentence_role role, int question)
{
    struct recent *r = &t->recent[(t->recent_count - 1) % RECENT_MAX];

    r->role = role;
    r->question = question;
}

bool talk_say(struct talk *t, const char *topic, const struct wordings *w)
{
    char when[TALK_WHEN_MAX] = "", text[TALK_TEXT_MAX];
    struct talk_vars v = {.sc = t->sc, .lead = &t->lead, .closer = t->closer, .when = when, .heard = t->heard};

    if (t->callback.when_local_ms != 0)
        talk_when(when, t->sc->language, t->callback.when_local_ms, talk_local_ms(t), t->callback.day_only);
    for (size_t i = 0; i < w->n; i++) {
        talk_text_fill(text, sizeof text, w->text[(i + t->seed) % w->n], &v);
        if (is_fresh(t, text)) {
            say_fresh(t, topic, text);
            return true;
        }
    }
    return false;
}

bool talk_say_line(struct talk *t, const char *topic, enum talk_line line)
{
    return talk_say(t, topic, talk_lines(t->sc->language, line));
}

bool talk_say_or(struct talk *t, const char *topic, const struct wordings *w, enum talk_line line)
{
    return talk_say(t, topic, w) || talk_say_line(t, topic, line);
}

void talk_listen(struct talk *t, const char *topic, enum talk_expects expects)
{
    int ms = SILENCE_OPEN_MS;

    if (expects == EXPECT_YES_NO)
        ms = SILENCE_YES_NO_MS;
    else if (expects == EXPECT_THINKING)
        ms = SILENCE_THINKING_MS;
    if (t->phase == PHASE_HANDOFF) /* the driver's hold ticks keep the prospect company */
        ms = 0;
    talk_push(t, (struct talk_effect){.kind = TALK_LISTEN, .topic = topic, .expects = expects, .silence_ms = ms});
}

void talk_end(struct talk *t, const char *outcome)
{
    if (t->outcome == NULL)
        t->outcome = outcome;
    t->phase = PHASE_ENDED;
    talk_push(t, (struct talk_effect){.kind = TALK_HANGUP});
}

bool talk_mentioned(const struct mentions *m, const char *id)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->at[i].id, id) == 0)
            return true;
    return false;
}

bool talk_mention(struct talk *t, struct mentions *m, const char *id, const char *evidence)
{
    if (talk_mentioned(m, id) || m->n == MENTIONS_MAX)
        return false;
    m->at[m->n++] = (struct mention){.id = talk_keep(t, id), .evidence = talk_keep(t, evidence), .turn = t->turns};
    return true;
}

/* What was cut off before it was understood counts as not said: its question stays open and the disclosure is owed again. */
static void on_heard(struct talk *t, const struct talk_input *in)
{
    for (size_t i = 0; i < RECENT_MAX; i++) {
        struct recent *r = &t->recent[i];
        bool cut = r->said == in->said && in->heard_ms * 100LL < in->total_ms * (long long)HEARD_ENOUGH_PCT;

        if (r->said == 0 || r->said < in->said || (r->said == in->said && !cut))
            continue;
        t->spoken_ms -= r->said == in->said && in->heard_ms > 0 && in->heard_ms < r->ms ? r->ms - in->heard_ms : r->ms;
        if (r->role == SAID_DISCLOSURE)
            t->disclosed = false;
        if (r->role == SAID_QUESTION && r->question >= 0 && t->answers[r->question].asked > 0)
            t->answers[r->question].asked--;
        r->said = 0;
    }
}

static void on_hangup(struct talk *t)
{
    t->hold_left = t->phase == PHASE_HANDOFF;
    if (t->outcome == NULL)
        t->outcome = t->screened ? "screening" : t->passed_on && t->questions_asked == 0 ? "gatekeeper" : "hung_up";
    t->phase = PHASE_ENDED;
}

static void on_handoff_done(struct talk *t, const char *closer)
{
    if (closer != NULL)
        t->closer = talk_keep(t, closer);
    t->handed_over = true;
    t->phase = PHASE_ENDED;
}

/* The humans were talking; now one of them is missing. */
static void on_handoff_lost(struct talk *t)
{
    t->phase = PHASE_HANDOFF;
    talk_say_line(t, "handoff", LINE_CLOSER_LOST);
    talk_listen(t, "handoff", EXPECT_OPEN);
}

static bool comes_back(const struct talk *t, const struct talk_input *in)
{
    return ((in->kind == TALK_IN_HANDOFF_LOST || in->kind == TALK_IN_HANDOFF_RETURNED) && t->handed_over && t->phase == PHASE_ENDED) || (in->kind == TALK_IN_PERSON && t->machine);
}

static void on_digit(struct talk *t, char digit)
{
    if (digit == '9')
        policy_opt_out(t, "");
    else if (digit == '0')
        policy_human(t, "");
    else
        policy_text(t, "", 0);
}

static void dispatch(struct talk *t, const struct talk_input *in)
{
    switch (in->kind) {
    case TALK_IN_START:
        if (t->phase == PHASE_NEW)
            policy_start(t);
        break;
    case TALK_IN_WORDINGS: policy_wordings(t, in->wordings); break;
    case TALK_IN_TEXT:
        t->person = in->person;
        t->quote = in->quote;
        policy_text(t, in->text != NULL ? in->text : "", in->confidence);
        break;
    case TALK_IN_SILENCE: policy_silence(t); break;
    case TALK_IN_DTMF: on_digit(t, in->digit); break;
    case TALK_IN_HEARD: on_heard(t, in); break;
    case TALK_IN_HANGUP: on_hangup(t); break;
    case TALK_IN_HANDOFF_DONE: on_handoff_done(t, in->closer); break;
    case TALK_IN_HANDOFF_LOST:
        if (t->handed_over)
            on_handoff_lost(t);
        break;
    case TALK_IN_HANDOFF_FAILED:
        if (t->phase == PHASE_HANDOFF)
            policy_handoff_failed(t);
        break;
    case TALK_IN_HANDOFF_RETURNED:
        if (t->handed_over)
            policy_returned(t);
        break;
    case TALK_IN_HOLD_TICK: policy_hold(t); break;
    case TALK_IN_MACHINE: policy_machine(t, in->machine); break;
    case TALK_IN_SCREENER: policy_screener(t); break;
    case TALK_IN_PERSON: policy_person(t); break;
    }
}

void talk_step(struct talk *t, const struct talk_input *in, int64_t now_ms, struct talk_effects *out)
{
    out->n = 0;
    if (t->phase == PHASE_ENDED && in->kind != TALK_IN_HEARD && !comes_back(t, in))
        return;
    arena_clear(&t->step);
    json_array_clear(t->notes);
    if (t->phase == PHASE_NEW)
        t->started_ms = now_ms;
    t->now_ms = now_ms;
    t->out = out;
    dispatch(t, in);
    t->out = NULL;
}

bool talk_ended(const struct talk *t)
{
    return t->phase == PHASE_ENDED;
}

int talk_score(const struct talk *t, int *possible)
{
    return rubric_score(t, possible);
}
