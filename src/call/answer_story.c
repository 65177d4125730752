/* answer_story.c - the evidence of a verdict: names, features, and the reason in a sentence. */
#include "call/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

#include "base/banned.h"

enum { WHY_MAX = 400 };

const char *answer_who_name(enum answer_who w)
{
    static const char *const names[] = {"uncertain", "human", "silence", "voicemail", "voicemail_full", "ivr", "screening", "sit", "fax"};

    return names[w];
}

const char *answer_rule_name(enum answer_rule r)
{
    static const char *const names[] = {"none", "short_words", "person_words", "opening", "short_pause", "long_pause", "machine_words", "beep", "tones", "monologue", "silence"};

    return names[r];
}

static void reason(char out[WHY_MAX], const struct answer *a, const struct answer_verdict *v)
{
    double first = a->first_ms / 1000.0;

    switch (v->rule) {
    case ANSWER_BY_NOTHING:
        snprintf(out, WHY_MAX, "Nothing was heard that tells.");
        break;
    case ANSWER_BY_SHORT_WORDS:
    case ANSWER_BY_SHORT_PAUSE:
        snprintf(out, WHY_MAX, "Spoke for %.1f s, then waited for an answer.", first);
        break;
    case ANSWER_BY_PERSON_WORDS:
        snprintf(out, WHY_MAX, "Said what people say.");
        break;
    case ANSWER_BY_OPENING:
        snprintf(out, WHY_MAX, "Began as only people do.");
        break;
    case ANSWER_BY_LONG_PAUSE:
        snprintf(out, WHY_MAX, "Spoke for %.1f s in all, then waited; no machine's words.", a->voiced_ms / 1000.0);
        break;
    case ANSWER_BY_MACHINE_WORDS:
        snprintf(out, WHY_MAX, "Said what machines say.");
        break;
    case ANSWER_BY_BEEP:
        snprintf(out, WHY_MAX, "A beep after the greeting.");
        break;
    case ANSWER_BY_TONES:
        snprintf(out, WHY_MAX, "Tones of the network or of a fax.");
        break;
    case ANSWER_BY_MONOLOGUE:
        snprintf(out, WHY_MAX, "Spoke on and on without a pause for an answer.");
        break;
    case ANSWER_BY_SILENCE:
        snprintf(out, WHY_MAX, "Nothing was said.");
        break;
    }
}

static json_t *verdict_json(const struct answer *a, const struct answer_verdict *v)
{
    char why[WHY_MAX];
    json_t *j = json_object();

    reason(why, a, v);
    jx_set_str(j, "who", answer_who_name(v->who));
    jx_set_str(j, "rule", answer_rule_name(v->rule));
    jx_set_str(j, "why", why);
    jx_set_str(j, "phrase", v->phrase[0] != '\0' ? v->phrase : NULL);
    jx_set_int(j, "at_ms", v->at_ms);
    jx_set(j, "after_onset_ms", v->after_onset_ms >= 0 ? json_integer(v->after_onset_ms) : json_null());
    return j;
}

static json_t *features_json(const struct answer *a)
{
    int span = a->voiced_ms + a->gap_ms;
    json_t *j = json_object();

    jx_set_int(j, "ring_ms", a->ring_ms);
    jx_set(j, "first_speech_ms", a->onset_us > 0 ? json_integer((a->onset_us - a->answered_us) / 1000) : json_null());
    jx_set_int(j, "first_segment_ms", a->first_ms);
    jx_set_int(j, "longest_segment_ms", a->longest_ms);
    jx_set_int(j, "speech_ms", a->voiced_ms);
    jx_set_int(j, "segments", a->segments);
    jx_set_int(j, "longest_gap_ms", a->gap_max_ms);
    jx_set_num(j, "speech_ratio", span > 0 ? (double)(a->voiced_ms * 100 / span) / 100 : 0);
    jx_set_int(j, "words", (int64_t)a->reading.words);
    return j;
}

static json_t *tones_json(const struct answer *a)
{
    json_t *list = json_array();

    for (int i = 0; i < a->tone_count; i++) {
        const struct answer_tone *t = &a->tones[i];

        json_array_append_new(list, json_pack("{s:s,s:i,s:i,s:i,s:i,s:i}", "kind", tone_kind_name(t->ev.kind), "hz", t->ev.hz, "hz2", t->ev.hz2, "ms", t->ev.ms, "dbfs", t->ev.dbfs,
                                              "at_ms", t->at_ms));
    }
    return list;
}

json_t *answer_json(const struct answer *a)
{
    json_t *j = verdict_json(a, &a->verdict), *earlier = json_array();

    for (int i = 0; i < a->earlier_count; i++)
        json_array_append_new(earlier, verdict_json(a, &a->earlier[i]));
    jx_set(j, "features", features_json(a));
    jx_set(j, "tones", tones_json(a));
    jx_set_str(j, "heard", a->text);
    jx_set(j, "earlier", earlier);
    return j;
}
