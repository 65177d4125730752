#include "call/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { FEW_WORDS = 5, BEEP_VOICED_MS = 900, BEEP_ALONE_MS = 2500, FAX_VOICED_MS = 1500, FINAL_CAP_MS = 1500, NO_WORDS_MS = 2500 };

const struct answer_params answer_params_default = {
    .word_ms = 900,
    .word_quiet_ms = 260,
    .short_ms = 1200,
    .short_quiet_ms = 400,
    .long_quiet_ms = 600,
    .doubt_quiet_ms = 1500,
    .monologue_ms = 8000,
    .monologue_gap_ms = 1000,
    .silence_ms = 6000,
    .partial_first_ms = 600,
    .partial_every_ms = 800,
    .partials_max = 8,
    .watch_ms = 45000,
};

bool answer_is_machine(enum answer_who w)
{
    return w >= ANSWER_VOICEMAIL;
}

void answer_init(struct answer *a, const struct answer_params *p, const struct greeting_book *b, int64_t answered_us, int ring_ms)
{
    *a = (struct answer){.params = p, .book = b, .answered_us = answered_us, .ring_ms = ring_ms};
    a->deadline_us = answered_us + (int64_t)p->silence_ms * 1000;
}

static int since_ms(int64_t from_us, int64_t to_us)
{
    return to_us > from_us ? (int)((to_us - from_us) / 1000) : 0;
}

static bool is_watching(const struct answer *a)
{
    return a->state != ANSWER_CLOSED && !a->decided;
}

static int voiced_so_far(const struct answer *a, int64_t now_us)
{
    return a->voiced_ms + (a->state == ANSWER_HEARING ? since_ms(a->piece_us, now_us) : 0);
}

/* The speech since piece_us, under way or just over, is counted. */
static void count_segment(struct answer *a, int64_t until_us)
{
    int ms = since_ms(a->piece_us, until_us);

    a->voiced_ms += ms;
    a->longest_ms = ms > a->longest_ms ? ms : a->longest_ms;
    a->first_ms = a->segments == 0 ? ms : a->first_ms;
    a->segments++;
}

/* --- verdicts --- */

static unsigned decide(struct answer *a, enum answer_who who, enum answer_rule rule, const char *phrase, int64_t now_us)
{
    struct answer_verdict *v = &a->verdict;

    if (a->decided || (v->rule != ANSWER_BY_NOTHING && v->who == who))
        return 0;
    if (v->rule != ANSWER_BY_NOTHING && a->earlier_count < ANSWER_EARLIER_MAX)
        a->earlier[a->earlier_count++] = *v;
    *v = (struct answer_verdict){.who = who, .rule = rule, .at_ms = since_ms(a->answered_us, now_us), .after_onset_ms = a->onset_us > 0 ? since_ms(a->onset_us, now_us) : -1};
    (void)text_copy(v->phrase, sizeof v->phrase, phrase);
    a->early = a->state == ANSWER_HEARING && a->segments == 0;
    a->decided = answer_is_machine(who);
    if (a->decided && a->state == ANSWER_HEARING) /* nothing is followed from here on: the evidence is what was heard until now */
        count_segment(a, now_us);
    return ANSWER_ACT_VERDICT;
}

static const char *person_phrase(const struct answer *a)
{
    return a->reading.phrase[GREETING_PERSON];
}

static enum answer_who who_of(enum greeting_kind k)
{
    switch (k) {
    case GREETING_FULL: return ANSWER_VOICEMAIL_FULL;
    case GREETING_SCREENING: return ANSWER_SCREENING;
    case GREETING_VOICEMAIL: return ANSWER_VOICEMAIL;
    case GREETING_NO_SERVICE:
    case GREETING_NO_CIRCUIT: return ANSWER_SIT;
    case GREETING_MENU: return ANSWER_IVR;
    case GREETING_PERSON:
    case GREETING_PICK_UP:
    case GREETING_WAIT:
    case GREETING_OFFER:
    case GREETING_SHIELD:
    case GREETING_OPENING:
    case GREETING_TONE:
    case GREETING_KINDS: return ANSWER_UNCERTAIN;
    }
    return ANSWER_UNCERTAIN;
}

static unsigned by_machine_words(struct answer *a, int64_t now_us)
{
    const struct greeting *g = &a->reading;
    enum greeting_kind k = greeting_machine(g, GREETING_SURE);
    unsigned act;

    if (k == GREETING_KINDS)
        return 0;
    act = decide(a, who_of(k), ANSWER_BY_MACHINE_WORDS, g->phrase[k], now_us);
    a->verdict.no_such_number = k == GREETING_NO_SERVICE;
    return act;
}

static bool has_hint(const struct answer *a)
{
    return greeting_machine(&a->reading, 1) != GREETING_KINDS;
}

/* No pause has told yet whether anybody waits for an answer. */
static bool is_presumed_early(const struct answer *a)
{
    return a->verdict.rule == ANSWER_BY_NOTHING || a->early;
}

static bool hints_at_machine(const struct greeting *g)
{
    for (int k = GREETING_FULL; k <= GREETING_MENU; k++)
        if (g->points[k] > 0)
            return true;
    return false;
}

/* They still speak: who asks, offers help or begins as only people do is a person until a machine's words come. */
static unsigned by_first_words(struct answer *a, int64_t now_us)
{
    const struct greeting *g = &a->reading;

    if (a->state != ANSWER_HEARING || a->verdict.rule != ANSWER_BY_NOTHING || hints_at_machine(g))
        return 0;
    if (g->points[GREETING_PERSON] >= GREETING_SURE)
        return decide(a, ANSWER_HUMAN, ANSWER_BY_PERSON_WORDS, person_phrase(a), now_us);
    if (g->points[GREETING_OPENING] >= GREETING_SURE)
        return decide(a, ANSWER_HUMAN, ANSWER_BY_OPENING, g->phrase[GREETING_OPENING], now_us);
    return 0;
}

/* A whole utterance is known. */
static unsigned by_person_words(struct answer *a, int64_t now_us)
{
    const struct greeting *g = &a->reading;

    if (a->state == ANSWER_HEARING || has_hint(a))
        return 0;
    if (g->points[GREETING_PERSON] >= GREETING_SURE)
        return decide(a, ANSWER_HUMAN, ANSWER_BY_PERSON_WORDS, person_phrase(a), now_us);
    if (g->words > 0 && g->words <= FEW_WORDS)
        return decide(a, ANSWER_HUMAN, ANSWER_BY_SHORT_WORDS, a->text, now_us);
    return 0;
}

/* How long a pause means that an answer is awaited. */
static int quiet_needed(const struct answer *a)
{
    if (has_hint(a))
        return a->params->doubt_quiet_ms;
    if (a->voiced_ms <= a->params->word_ms)
        return a->params->word_quiet_ms;
    return a->voiced_ms <= a->params->short_ms ? a->params->short_quiet_ms : a->params->long_quiet_ms;
}

static unsigned by_pause(struct answer *a, int64_t now_us)
{
    bool is_short = a->voiced_ms <= a->params->short_ms;
    int quiet = since_ms(a->last_voiced_us, now_us);

    if (a->state != ANSWER_PAUSED || quiet < quiet_needed(a) || (a->pending > 0 && !is_short && quiet < FINAL_CAP_MS))
        return 0;
    if (has_hint(a) || (a->text[0] == '\0' && a->voiced_ms > NO_WORDS_MS && a->verdict.who != ANSWER_HUMAN))
        return decide(a, ANSWER_UNCERTAIN, ANSWER_BY_LONG_PAUSE, "", now_us);
    return decide(a, ANSWER_HUMAN, is_short ? ANSWER_BY_SHORT_PAUSE : ANSWER_BY_LONG_PAUSE, a->text, now_us);
}

static unsigned by_monologue(struct answer *a, int64_t now_us)
{
    if (voiced_so_far(a, now_us) < a->params->monologue_ms || a->gap_max_ms >= a->params->monologue_gap_ms || !is_presumed_early(a) ||
        a->reading.points[GREETING_PERSON] > 0)
        return 0;
    return decide(a, ANSWER_VOICEMAIL, ANSWER_BY_MONOLOGUE, "", now_us);
}

static unsigned by_silence(struct answer *a, int64_t now_us)
{
    if (a->state != ANSWER_WAITING || since_ms(a->answered_us, now_us) < a->params->silence_ms)
        return 0;
    return decide(a, ANSWER_SILENCE, ANSWER_BY_SILENCE, "", now_us);
}

/* --- time --- */

static void due(struct answer *a, int64_t at_us, int64_t now_us)
{
    if (at_us > now_us && (a->deadline_us == 0 || at_us < a->deadline_us))
        a->deadline_us = at_us;
}

static int64_t next_partial_us(const struct answer *a)
{
    return a->piece_us + (int64_t)(a->params->partial_first_ms + a->partials * a->params->partial_every_ms) * 1000;
}

static void arm(struct answer *a, int64_t now_us)
{
    const struct answer_params *p = a->params;

    a->deadline_us = 0;
    if (!is_watching(a))
        return;
    if (a->state == ANSWER_WAITING)
        due(a, a->answered_us + (int64_t)p->silence_ms * 1000, now_us);
    if (a->state == ANSWER_HEARING && a->partials < p->partials_max)
        due(a, next_partial_us(a), now_us);
    if (a->state == ANSWER_HEARING)
        due(a, a->piece_us + (int64_t)(p->monologue_ms - a->voiced_ms) * 1000, now_us);
    if (a->state == ANSWER_PAUSED) {
        due(a, a->last_voiced_us + (int64_t)quiet_needed(a) * 1000, now_us);
        due(a, a->last_voiced_us + FINAL_CAP_MS * INT64_C(1000), now_us);
    }
}

static unsigned ask_partial(struct answer *a, int64_t now_us)
{
    if (a->state != ANSWER_HEARING || a->partials >= a->params->partials_max || now_us < next_partial_us(a))
        return 0;
    a->partials++;
    return ANSWER_ACT_PARTIAL;
}

unsigned answer_on_timer(struct answer *a, int64_t now_us)
{
    unsigned act = 0;

    if (!is_watching(a))
        return 0;
    if (since_ms(a->answered_us, now_us) > a->params->watch_ms)
        answer_close(a);
    act |= ask_partial(a, now_us);
    act |= by_pause(a, now_us);
    act |= by_monologue(a, now_us);
    act |= by_silence(a, now_us);
    arm(a, now_us);
    return act;
}

void answer_close(struct answer *a)
{
    a->state = ANSWER_CLOSED;
    a->deadline_us = 0;
}

bool answer_in_doubt(const struct answer *a)
{
    return is_watching(a) && a->state == ANSWER_PAUSED && is_presumed_early(a) && has_hint(a) && a->deadline_us > 0;
}

/* --- events --- */

unsigned answer_on_voice(struct answer *a, int64_t began_us)
{
    if (!is_watching(a))
        return 0;
    if (a->state == ANSWER_PAUSED) {
        int gap = since_ms(a->last_voiced_us, began_us);

        a->gap_ms += gap;
        a->gap_max_ms = gap > a->gap_max_ms ? gap : a->gap_max_ms;
    }
    if (a->onset_us == 0)
        a->onset_us = began_us;
    a->state = ANSWER_HEARING;
    a->piece_us = began_us;
    a->partials = 0;
    arm(a, began_us);
    return 0;
}

unsigned answer_on_quiet(struct answer *a, int64_t last_voiced_us)
{
    if (!is_watching(a) || a->state != ANSWER_HEARING)
        return 0;
    count_segment(a, last_voiced_us);
    a->state = ANSWER_PAUSED;
    a->last_voiced_us = last_voiced_us;
    a->pending++;
    arm(a, last_voiced_us);
    return 0;
}

static void text_append(char *to, size_t size, const char *text)
{
    size_t n = strlen(to);

    if (text[0] == '\0' || n + 2 >= size)
        return;
    snprintf(to + n, size - n, "%s%s", n > 0 ? " " : "", text);
}

unsigned answer_on_text(struct answer *a, const char *text, bool final, int64_t now_us)
{
    char all[ANSWER_TEXT_MAX];
    unsigned act;

    if (!is_watching(a))
        return 0;
    if (final) {
        a->pending -= a->pending > 0;
        text_append(a->text, sizeof a->text, text);
    }
    (void)text_copy(all, sizeof all, a->text);
    if (!final)
        text_append(all, sizeof all, text);
    greeting_read(&a->reading, a->book, all);
    act = by_machine_words(a, now_us);
    if (a->decided)
        (void)text_copy(a->text, sizeof a->text, all);
    if (act == 0)
        act = final ? by_person_words(a, now_us) | by_pause(a, now_us) : by_first_words(a, now_us);
    arm(a, now_us);
    return act;
}

/* A beep is a voicemail's when something was said before it that was more than a "hello?", or nothing at all for a while. What people say counts for less once a machine's words
 * came too ("... and I'll call you back"). */
static unsigned on_beep(struct answer *a, const struct tone_event *ev, int64_t now_us)
{
    bool spoke = a->segments > 0 && (voiced_so_far(a, now_us) >= BEEP_VOICED_MS || has_hint(a)) && (a->reading.points[GREETING_PERSON] < GREETING_SURE || hints_at_machine(&a->reading));
    bool alone = ev->kind == TONE_BEEP && a->state == ANSWER_WAITING && since_ms(a->answered_us, now_us) >= BEEP_ALONE_MS;

    return spoke || alone ? decide(a, ANSWER_VOICEMAIL, ANSWER_BY_BEEP, "", now_us) : 0;
}

static unsigned on_signal(struct answer *a, const struct tone_event *ev, int64_t now_us)
{
    unsigned act;

    switch (ev->kind) {
    case TONE_BEEP:
    case TONE_RINGBACK:
        return tone_may_be_beep(ev) ? on_beep(a, ev, now_us) : 0;
    case TONE_SIT_FINAL:
    case TONE_SIT_BUSY:
    case TONE_BUSY:
        act = decide(a, ANSWER_SIT, ANSWER_BY_TONES, "", now_us);
        a->verdict.no_such_number = ev->kind == TONE_SIT_FINAL;
        return act;
    case TONE_FAX:
        return voiced_so_far(a, now_us) < FAX_VOICED_MS ? decide(a, ANSWER_FAX, ANSWER_BY_TONES, "", now_us) : 0;
    }
    return 0;
}

unsigned answer_on_tone(struct answer *a, const struct tone_event *ev, int64_t now_us)
{
    unsigned act;

    if (!is_watching(a))
        return 0;
    if (a->tone_count < ANSWER_TONES_MAX)
        a->tones[a->tone_count++] = (struct answer_tone){.ev = *ev, .at_ms = since_ms(a->answered_us, now_us)};
    act = on_signal(a, ev, now_us);
    arm(a, now_us);
    return act;
}
