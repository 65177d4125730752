#include "call/turn.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

#include "base/banned.h"

const struct turn_params turn_params_default = {
    .wait_ms = {[EXPECT_YES_NO] = 320, [EXPECT_SHORT] = 420, [EXPECT_OPEN] = 560, [EXPECT_DIGITS] = 1200, [EXPECT_THINKING] = 2500},
    .unfinished_ms = 700,
    .final_cap_ms = 3000,
    .voids_max = 2,
    .overlap_ms = 1500,
};

void turn_init(struct turn *t, const struct turn_params *p)
{
    *t = (struct turn){.params = p, .expects = EXPECT_OPEN};
}

bool turn_prospect_speaks(const struct turn *t)
{
    return t->state == TURN_HEARING || t->state == TURN_ENDPOINT;
}

static bool may_follow(enum turn_state from, enum turn_state to)
{
    switch (to) {
    case TURN_IDLE:
    case TURN_SPEAKING:
    case TURN_LISTENING:
        return from != TURN_HEARING && from != TURN_ENDPOINT;
    case TURN_HEARING:
        return true;
    case TURN_ENDPOINT:
        return from == TURN_HEARING || from == TURN_SPEAKING;
    case TURN_DECIDING:
        return from == TURN_ENDPOINT || from == TURN_LISTENING;
    }
    return false;
}

static void set_state(struct turn *t, enum turn_state s)
{
    if (s != t->state && !may_follow(t->state, s)) {
        log_error("call", "", "turn: state %d after %d", (int)s, (int)t->state);
        assert(!"legal turn transition");
        return;
    }
    t->state = s;
}

/* --- our side --- */

bool turn_on_speak(struct turn *t)
{
    if (turn_prospect_speaks(t))
        return false;
    set_state(t, TURN_SPEAKING);
    if (!t->overlap)
        t->deadline_us = 0;
    return true;
}

void turn_on_listen(struct turn *t, enum talk_expects expects, int silence_ms)
{
    t->listening_wanted = true;
    t->expects = expects;
    t->silence_ms = silence_ms;
}

static int64_t endpoint_us(const struct turn *t)
{
    int ms = t->params->wait_ms[t->expects];

    if (t->pending == 0 && turn_text_unfinished(t->text))
        ms += t->params->unfinished_ms;
    return t->last_voiced_us + (int64_t)ms * 1000;
}

/* We have finished while they speak over us, or just did: it is their turn now. */
static void overlap_to_turn(struct turn *t)
{
    t->overlap = false;
    set_state(t, t->voiced ? TURN_HEARING : TURN_ENDPOINT);
    t->deadline_us = t->voiced ? 0 : endpoint_us(t);
}

void turn_on_spoken(struct turn *t, int64_t now_us)
{
    if (turn_prospect_speaks(t))
        return;
    t->voids = 0;
    if (t->overlap) {
        overlap_to_turn(t);
        return;
    }
    t->deadline_us = 0;
    set_state(t, t->listening_wanted ? TURN_LISTENING : TURN_IDLE);
    if (t->listening_wanted && t->silence_ms > 0)
        t->deadline_us = now_us + (int64_t)t->silence_ms * 1000;
}

/* --- the prospect's side --- */

static unsigned interrupt(struct turn *t)
{
    t->interrupted = true;
    t->overlap = false;
    t->deadline_us = 0;
    set_state(t, TURN_HEARING);
    return TURN_ACT_STOP;
}

unsigned turn_on_vad_start(struct turn *t, int64_t began_us)
{
    bool speaking = t->state == TURN_SPEAKING;

    t->voiced = true;
    t->piece_began_us = began_us;
    if (t->speech_began_us == 0)
        t->speech_began_us = began_us;
    if (speaking && t->voids >= t->params->voids_max) {
        t->overlap = true;
        t->deadline_us = began_us + (int64_t)t->params->overlap_ms * 1000;
        return 0;
    }
    if (speaking)
        return interrupt(t);
    set_state(t, TURN_HEARING);
    t->deadline_us = 0;
    return 0;
}

/* The turn is over when the wait is over and every final is here; a recogniser that stays silent is not waited for for ever. */
static unsigned endpoint_check(struct turn *t, int64_t now_us)
{
    int64_t due = endpoint_us(t), cap = t->last_voiced_us + (int64_t)t->params->final_cap_ms * 1000;

    if (now_us < due || (t->pending > 0 && now_us < cap)) {
        t->deadline_us = now_us < due ? due : cap;
        return 0;
    }
    set_state(t, TURN_DECIDING);
    t->deadline_us = 0;
    t->end_of_turn_us = due;
    t->pending = 0;
    t->stale_utterance = t->last_utterance;
    return TURN_ACT_DONE;
}

unsigned turn_on_vad_stop(struct turn *t, uint32_t utterance, int64_t last_voiced_us)
{
    t->voiced = false;
    t->last_utterance = utterance;
    if (t->state != TURN_HEARING && !t->overlap) {
        t->stale_utterance = utterance;
        return 0;
    }
    t->voiced_us += last_voiced_us > t->piece_began_us ? last_voiced_us - t->piece_began_us : 0;
    t->last_voiced_us = last_voiced_us;
    t->pending++;
    if (t->overlap) {
        t->deadline_us = last_voiced_us + (int64_t)t->params->final_cap_ms * 1000;
        return 0;
    }
    set_state(t, TURN_ENDPOINT);
    t->deadline_us = endpoint_us(t);
    return 0;
}

unsigned turn_on_cut(struct turn *t, uint32_t utterance)
{
    t->last_utterance = utterance;
    if (t->state == TURN_HEARING)
        t->pending++;
    else
        t->stale_utterance = utterance;
    return 0;
}

static void text_append(struct turn *t, const char *text)
{
    size_t n = strlen(t->text);

    if (text[0] == '\0')
        return;
    if (n > 0 && n + 1 < sizeof t->text) {
        t->text[n++] = ' ';
        t->text[n] = '\0';
    }
    (void)text_copy(t->text + n, sizeof t->text - n, text);
}

static void forget_turn(struct turn *t)
{
    t->text[0] = '\0';
    t->interrupted = t->overlap = false;
    t->pending = 0;
    t->voiced_us = t->speech_began_us = 0;
    t->stale_utterance = t->last_utterance;
}

/* Words that were spoken over ours, while we talk on: real ones stop us after all. */
static unsigned overlap_text(struct turn *t, int64_t now_us)
{
    unsigned act;

    if (!turn_text_backchannel(t->text)) {
        act = interrupt(t);
        if (t->voiced)
            return act;
        set_state(t, TURN_ENDPOINT);
        return act | endpoint_check(t, now_us);
    }
    if (t->pending == 0 && !t->voiced) {
        forget_turn(t);
        t->deadline_us = 0;
    }
    return 0;
}

unsigned turn_on_final(struct turn *t, uint32_t utterance, const char *text, int64_t now_us)
{
    if (utterance <= t->stale_utterance || t->pending == 0)
        return 0; /* too late: the turn went on without it */
    t->pending--;
    t->final_us = now_us;
    text_append(t, text);
    if (t->overlap)
        return overlap_text(t, now_us);
    return t->state == TURN_ENDPOINT ? endpoint_check(t, now_us) : 0;
}

unsigned turn_on_timer(struct turn *t, int64_t now_us)
{
    if (t->deadline_us == 0 || now_us < t->deadline_us)
        return 0;
    if (t->state == TURN_ENDPOINT)
        return endpoint_check(t, now_us);
    t->deadline_us = 0;
    if (t->overlap && t->voiced)
        return interrupt(t);
    if (t->overlap)
        forget_turn(t); /* its words never came */
    if (t->state != TURN_LISTENING)
        return 0;
    set_state(t, TURN_DECIDING);
    return TURN_ACT_SILENCE;
}

void turn_next(struct turn *t)
{
    forget_turn(t);
    t->listening_wanted = false;
    t->voids = 0;
}

void turn_void(struct turn *t)
{
    if (t->interrupted)
        t->voids++;
    forget_turn(t);
    set_state(t, TURN_IDLE);
}

/* --- words --- */

static size_t last_word(const char *text, char *out, size_t size)
{
    size_t n = strlen(text), b, len;

    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    for (b = n; b > 0 && (isalpha((unsigned char)text[b - 1]) || text[b - 1] == '\''); b--)
        ;
    len = n - b < size - 1 ? n - b : size - 1;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)tolower((unsigned char)text[b + i]);
    out[len] = '\0';
    return len;
}

static bool in_list(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

bool turn_text_unfinished(const char *text)
{
    static const char *const open_words[] = {"and", "but", "or", "because", "so", "um", "uh", "the", "a", "to", "with", "for",
                                             "of", "about", "around", "like", "my", "our", "we", "i", "maybe", "is", "if", NULL};
    size_t n = strlen(text);
    char word[16];

    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    if (n == 0)
        return false;
    if (text[n - 1] == ',' || (n >= 3 && strncmp(text + n - 3, "...", 3) == 0))
        return true;
    if (text[n - 1] == '.' || text[n - 1] == '?' || text[n - 1] == '!')
        return false;
    return last_word(text, word, sizeof word) > 0 && in_list(word, open_words);
}

bool turn_text_backchannel(const char *text)
{
    static const char *const fillers[] = {"hello", "hi", "hey", "yes", "yeah", "yep", "uh", "huh", "mhm", "mm", "hmm", "mmhmm", "um", "okay",
                                          "ok", "right", "sure", "oh", "ah", "i", "see", "good", "morning", "afternoon", "evening", "speaking", "this", "is",
                                          "it's", "me", NULL};
    char word[16];
    size_t n = 0;
    int words = 0;

    for (const char *p = text;; p++) {
        if (isdigit((unsigned char)*p) || (unsigned char)*p >= 0x80)
            return false; /* a number, or a word of another language, says something */
        if (isalpha((unsigned char)*p) || *p == '\'') {
            if (n + 1 < sizeof word)
                word[n++] = (char)tolower((unsigned char)*p);
            continue;
        }
        word[n] = '\0';
        if (n > 0 && (++words > 3 || !in_list(word, fillers)))
            return false;
        n = 0;
        if (*p == '\0')
            return true;
    }
}
