#include "call/answer_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "call/tap.h"

#include "base/banned.h"

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
    .partial_every_ms = 900,
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

static bool is_watching(const struct answer *a)
{
    return a->state != ANSWER_CLOSED && !a->decided;
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
        due(a, a->last_voiced_us + (int64_t)answer_quiet_needed(a) * 1000, now_us);
        due(a, a->last_voiced_us + ANSWER_FINAL_CAP_MS * INT64_C(1000), now_us);
    }
}

static unsigned ask_partial(struct answer *a, int64_t now_us)
{
    if (a->state != ANSWER_HEARING || a->partials >= a->params->partials_max || now_us < next_partial_us(a))
        return 0;
    a->partials++;
    return ANSWER_ACT_PARTIAL;
}

unsigned answer_on_tap(struct answer *a, const struct tap_event *ev)
{
    switch (ev->kind) {
    case TAP_SPEECH_START: return answer_on_voice(a, ev->at_us);
    case TAP_SPEECH_STOP: return answer_on_quiet(a, ev->at_us);
    case TAP_SPEECH_CUT: return 0;
    case TAP_TONE: return answer_on_tone(a, &ev->tone, ev->at_us);
    }
    return 0;
}

unsigned answer_on_timer(struct answer *a, int64_t now_us)
{
    unsigned act = 0;

    if (!is_watching(a))
        return 0;
    if (answer_since_ms(a->answered_us, now_us) > a->params->watch_ms)
        answer_close(a);
    act |= ask_partial(a, now_us);
    act |= answer_by_pause(a, now_us);
    act |= answer_by_monologue(a, now_us);
    act |= answer_by_silence(a, now_us);
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
    return is_watching(a) && a->state == ANSWER_PAUSED && answer_presumed_early(a) && answer_has_hint(a) && a->deadline_us > 0;
}

/* --- events --- */

unsigned answer_on_voice(struct answer *a, int64_t began_us)
{
    if (!is_watching(a))
        return 0;
    if (a->state == ANSWER_PAUSED) {
        int gap = answer_since_ms(a->last_voiced_us, began_us);

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
    answer_count_segment(a, last_voiced_us);
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
    act = answer_by_machine_words(a, now_us);
    if (a->decided)
        (void)text_copy(a->text, sizeof a->text, all);
    if (act == 0)
        act = final ? answer_by_person_words(a, now_us) | answer_by_pause(a, now_us) : answer_by_first_words(a, now_us);
    arm(a, now_us);
    return act;
}

unsigned answer_on_tone(struct answer *a, const struct tone_event *ev, int64_t now_us)
{
    unsigned act;

    if (!is_watching(a))
        return 0;
    if (a->tone_count < ANSWER_TONES_MAX)
        a->tones[a->tone_count++] = (struct answer_tone){.ev = *ev, .at_ms = answer_since_ms(a->answered_us, now_us)};
    act = answer_by_signal(a, ev, now_us);
    arm(a, now_us);
    return act;
}
