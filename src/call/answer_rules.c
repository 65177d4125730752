/* answer_rules.c - the rules by which it is decided who answered: by words, by tones, by time. Each returns ANSWER_ACT_VERDICT if the verdict has changed. */
#include <string.h>

#include "base/text.h"
#include "call/answer_priv.h"

#include "base/banned.h"

enum { FEW_WORDS = 5, BEEP_VOICED_MS = 900, BEEP_ALONE_MS = 2500, FAX_VOICED_MS = 1500, NO_WORDS_MS = 2500 };

int answer_since_ms(int64_t from_us, int64_t to_us)
{
    return to_us > from_us ? (int)((to_us - from_us) / 1000) : 0;
}

int answer_voiced_so_far(const struct answer *a, int64_t now_us)
{
    return a->voiced_ms + (a->state == ANSWER_HEARING ? answer_since_ms(a->piece_us, now_us) : 0);
}

/* The speech since piece_us, under way or just over, is counted. */
void answer_count_segment(struct answer *a, int64_t until_us)
{
    int ms = answer_since_ms(a->piece_us, until_us);

    a->voiced_ms += ms;
    a->longest_ms = ms > a->longest_ms ? ms : a->longest_ms;
    a->first_ms = a->segments == 0 ? ms : a->first_ms;
    a->segments++;
}

static unsigned decide(struct answer *a, enum answer_who who, enum answer_rule rule, const char *phrase, int64_t now_us)
{
    struct answer_verdict *v = &a->verdict;

    if (a->decided || (v->rule != ANSWER_BY_NOTHING && v->who == who))
        return 0;
    if (v->rule != ANSWER_BY_NOTHING && a->earlier_count < ANSWER_EARLIER_MAX)
        a->earlier[a->earlier_count++] = *v;
    *v = (struct answer_verdict){.who = who, .rule = rule, .at_ms = answer_since_ms(a->answered_us, now_us), .after_onset_ms = a->onset_us > 0 ? answer_since_ms(a->onset_us, now_us) : -1};
    (void)text_copy(v->phrase, sizeof v->phrase, phrase);
    a->early = a->state == ANSWER_HEARING && a->segments == 0;
    a->decided = answer_is_machine(who);
    if (a->decided && a->state == ANSWER_HEARING) /* nothing is followed from here on: the evidence is what was heard until now */
        answer_count_segment(a, now_us);
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

unsigned answer_by_machine_words(struct answer *a, int64_t now_us)
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

bool answer_has_hint(const struct answer *a)
{
    return greeting_machine(&a->reading, 1) != GREETING_KINDS;
}

/* No pause has told yet whether anybody waits for an answer. */
bool answer_presumed_early(const struct answer *a)
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
unsigned answer_by_first_words(struct answer *a, int64_t now_us)
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
unsigned answer_by_person_words(struct answer *a, int64_t now_us)
{
    const struct greeting *g = &a->reading;

    if (a->state == ANSWER_HEARING || answer_has_hint(a))
        return 0;
    if (g->points[GREETING_PERSON] >= GREETING_SURE)
        return decide(a, ANSWER_HUMAN, ANSWER_BY_PERSON_WORDS, person_phrase(a), now_us);
    if (g->words > 0 && g->words <= FEW_WORDS)
        return decide(a, ANSWER_HUMAN, ANSWER_BY_SHORT_WORDS, a->text, now_us);
    return 0;
}

/* How long a pause means that an answer is awaited. */
int answer_quiet_needed(const struct answer *a)
{
    if (answer_has_hint(a))
        return a->params->doubt_quiet_ms;
    if (a->voiced_ms <= a->params->word_ms)
        return a->params->word_quiet_ms;
    return a->voiced_ms <= a->params->short_ms ? a->params->short_quiet_ms : a->params->long_quiet_ms;
}

unsigned answer_by_pause(struct answer *a, int64_t now_us)
{
    bool is_short = a->voiced_ms <= a->params->short_ms;
    int quiet = answer_since_ms(a->last_voiced_us, now_us);

    if (a->state != ANSWER_PAUSED || quiet < answer_quiet_needed(a) || (a->pending > 0 && !is_short && quiet < ANSWER_FINAL_CAP_MS))
        return 0;
    if (answer_has_hint(a) || (a->text[0] == '\0' && a->voiced_ms > NO_WORDS_MS && a->verdict.who != ANSWER_HUMAN))
        return decide(a, ANSWER_UNCERTAIN, ANSWER_BY_LONG_PAUSE, "", now_us);
    return decide(a, ANSWER_HUMAN, is_short ? ANSWER_BY_SHORT_PAUSE : ANSWER_BY_LONG_PAUSE, a->text, now_us);
}

unsigned answer_by_monologue(struct answer *a, int64_t now_us)
{
    if (answer_voiced_so_far(a, now_us) < a->params->monologue_ms || a->gap_max_ms >= a->params->monologue_gap_ms || !answer_presumed_early(a) ||
        a->reading.points[GREETING_PERSON] > 0)
        return 0;
    return decide(a, ANSWER_VOICEMAIL, ANSWER_BY_MONOLOGUE, "", now_us);
}

unsigned answer_by_silence(struct answer *a, int64_t now_us)
{
    if (a->state != ANSWER_WAITING || answer_since_ms(a->answered_us, now_us) < a->params->silence_ms)
        return 0;
    return decide(a, ANSWER_SILENCE, ANSWER_BY_SILENCE, "", now_us);
}

/* --- tones --- */

/* A beep is a voicemail's when something was said before it that was more than a "hello?", or nothing at all for a while. What people say counts for less once a machine's words
 * came too ("... and I'll call you back"). */
static unsigned on_beep(struct answer *a, const struct tone_event *ev, int64_t now_us)
{
    bool spoke = a->segments > 0 && (answer_voiced_so_far(a, now_us) >= BEEP_VOICED_MS || answer_has_hint(a)) && (a->reading.points[GREETING_PERSON] < GREETING_SURE || hints_at_machine(&a->reading));
    bool alone = ev->kind == TONE_BEEP && a->state == ANSWER_WAITING && answer_since_ms(a->answered_us, now_us) >= BEEP_ALONE_MS;

    return spoke || alone ? decide(a, ANSWER_VOICEMAIL, ANSWER_BY_BEEP, "", now_us) : 0;
}

unsigned answer_by_signal(struct answer *a, const struct tone_event *ev, int64_t now_us)
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
        return answer_voiced_so_far(a, now_us) < FAX_VOICED_MS ? decide(a, ANSWER_FAX, ANSWER_BY_TONES, "", now_us) : 0;
    }
    return 0;
}
