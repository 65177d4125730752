/* call_said.c - our side of a live call: the row of each sentence, the ledger of the turn it answers, what was cut off. */
#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/log.h"
#include "base/obj.h"
#include "call/call_priv.h"

#include "base/banned.h"

enum { UNSPOKEN_MAX = 3 }; /* sentences in a row without voice that end the call */

void call_forget_cut(struct call *c)
{
    for (size_t i = 0; i < c->cut_count; i++) {
        obj_unref(c->cut[i]->clip);
        free(c->cut[i]);
    }
    c->cut_count = 0;
}

static int *sentence_row(struct call *c, const struct sentence *s)
{
    return &c->sentence_seq[s->seq % SPEAK_QUEUE_MAX];
}

static double since_ms(int64_t from, int64_t to)
{
    return to > from ? (double)(to - from) / 1000.0 : 0.0;
}

static void count_steps(struct latency *h, const struct call_ledger *l)
{
    const int64_t at[] = {l->end_of_turn, l->stt_final, l->decided, l->queued, l->first_rtp};

    for (int i = 0; i <= LATENCY_FIRST_RTP; i++)
        latency_add(h, (enum latency_step)i, since_ms(l->speech_end, at[i]));
}

static json_t *ledger_json(struct call *c)
{
    struct call_ledger *l = &c->ledger;
    int64_t t = l->speech_end;

    l->open = false;
    count_steps(&c->calls->latency, l);
    return json_pack("{s:I,s:f,s:f,s:f,s:f,s:f}", "speech_end_ms", (json_int_t)call_offset_ms(c, t), "end_of_turn", since_ms(t, l->end_of_turn), "stt_final",
                     since_ms(t, l->stt_final), "decided", since_ms(t, l->decided), "first_audio_queued", since_ms(t, l->queued), "first_rtp", since_ms(t, l->first_rtp));
}

/* The interruption that brought this turn about: milliseconds since their first sound. */
static json_t *barge_json(struct call *c)
{
    const struct call_barge *b = &c->barge;

    if (!c->turn.interrupted || b->silent == 0)
        return NULL;
    latency_add(&c->calls->latency, LATENCY_BARGE_SILENT, since_ms(b->began, b->silent));
    return json_pack("{s:f,s:f,s:f}", "silent", since_ms(b->began, b->silent), "detected", since_ms(b->began, b->detected), "decided", since_ms(b->began, b->decided));
}

/* Both voices at once by our doing, since the last row of the prospect. */
static json_t *overlap_json(struct call *c)
{
    struct overlap_ms o = c->overlap;

    c->overlap = (struct overlap_ms){0};
    if (o.began + o.went_on == 0)
        return NULL;
    latency_add(&c->calls->latency, LATENCY_OVERLAP, o.began + o.went_on);
    return json_pack("{s:i,s:i}", "began", o.began, "went_on", o.went_on);
}

/* In hundredths; NULL: there were no words. */
static json_t *certainty_json(const struct call *c)
{
    double confidence = (double)hearing_confidence(&c->certainty);

    return confidence > 0 ? json_real(round(100 * confidence) / 100) : NULL;
}

json_t *call_prospect_ledger(struct call *c)
{
    json_t *barge = barge_json(c), *overlap = overlap_json(c), *sure = certainty_json(c);

    return barge == NULL && overlap == NULL && sure == NULL ? NULL : json_pack("{s:o*,s:o*,s:o*}", "confidence", sure, "barge_in", barge, "overlap", overlap);
}

/* To go on over a listener's signal is no fault; to begin over one is. */
json_t *call_aside_ledger(struct call *c)
{
    c->overlap.went_on = 0;
    return json_pack("{s:b,s:o*}", "aside", true, "overlap", overlap_json(c));
}

static void on_started(struct call *c, const struct sentence *s, int64_t at_us)
{
    int64_t at_ms = call_offset_ms(c, at_us);
    json_t *ledger = NULL;

    c->unspoken = 0;
    overlap_ours_began(&c->voice, at_us);
    call_turn_timer(c);
    call_answer_started(c);
    if (c->first_audio_ms < 0)
        c->first_audio_ms = (int)at_ms;
    if (c->ledger.open && s->said != 0) {
        c->ledger.queued = s->queued_us;
        c->ledger.first_rtp = at_us;
        ledger = ledger_json(c);
    }
    *sentence_row(c, s) = ++*c->turn_seq;
    journal_turn(c, *c->turn_seq, "ai", s->topic, s->text, at_ms, at_ms + s->total_ms, s->total_ms, false, ledger);
    if (s->said != 0)
        call_set_stage(c, s->topic);
}

static void keep_cut(struct call *c, const struct sentence *s)
{
    struct sentence *copy;

    if (c->cut_count == CALL_LINK_MAX || call_answer_forgets(c, s) || (copy = malloc(sizeof *copy)) == NULL)
        return;
    *copy = *s;
    obj_ref(copy->clip);
    c->cut[c->cut_count++] = copy;
}

/* No voice for it: the talk goes on and knows that it was not heard. A call without any voice is no call. */
static void on_unspoken(struct call *c, const struct sentence *s)
{
    log_warn("call", c->id, "a sentence could not be rendered");
    call_turn_heard(c, s);
    if (++c->unspoken == UNSPOKEN_MAX)
        call_hangup(c, "error");
}

static void on_ended(struct call *c, const struct sentence *s, int64_t at_us)
{
    if (s->started_us > 0)
        overlap_ours_ended(&c->voice, at_us, !s->interrupted);
    if (s->clip == NULL && !s->interrupted && s->said != 0)
        on_unspoken(c, s);
    if (!s->interrupted || s->said == 0)
        return;
    if (s->started_us > 0)
        journal_turn(c, *sentence_row(c, s), "ai", s->topic, s->text, call_offset_ms(c, s->started_us), call_offset_ms(c, at_us), s->heard_ms, true, NULL);
    keep_cut(c, s);
}

/* Sentences that were cut come back in any order of ending; they are kept in the order of speaking. */
static void sort_cut(struct call *c)
{
    for (size_t i = 1; i < c->cut_count; i++)
        for (size_t k = i; k > 0 && c->cut[k]->said < c->cut[k - 1]->said; k--) {
            struct sentence *swap = c->cut[k];

            c->cut[k] = c->cut[k - 1];
            c->cut[k - 1] = swap;
        }
}

void call_on_speak(enum speak_event_kind kind, const struct sentence *s, int64_t at_us, void *owner)
{
    struct call *c = owner;

    if (c->state == CALL_ENDED)
        return;
    switch (kind) {
    case SPEAK_EV_STARTED:
        on_started(c, s, at_us);
        break;
    case SPEAK_EV_ENDED:
        on_ended(c, s, at_us);
        sort_cut(c);
        call_turn_check(c);
        break;
    case SPEAK_EV_ALL_DONE:
        if (call_ai_talks(c))
            call_turn_spoken(c);
        break;
    }
}
