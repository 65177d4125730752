/* What the voice says, the ears understand, and the voice activity detector hears where it is. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "speech/spans.h"
#include "speech/vad.h"
#include "speech_fixture.h"

enum { WORDS_WRONG_PERCENT = 6 };

/* Spoken form as the recogniser writes it. */
static const char *const prompts[][2] = {
    {"You just asked to see a demo of our call follow-up product.", "you just asked to see a demo of our call follow up product"},
    {"We make sure that every inquiry your company gets is called back within a minute.",
     "we make sure that every inquiry your company gets is called back within a minute"},
    {"Do you have a minute for a few quick questions, so I can get you to the right person?",
     "do you have a minute for a few quick questions so i can get you to the right person"},
    {"What made you look at this now? What is the main problem you want to solve?",
     "what made you look at this now what is the main problem you want to solve"},
    {"When would you like to have something in place?", "when would you like to have something in place"},
    {"What monthly budget did you have in mind?", "what monthly budget did you have in mind"},
    {"Who besides you is involved in the decision?", "who besides you is involved in the decision"},
    {"No problem at all. Two quick questions and I will point you to the right material.",
     "no problem at all two quick questions and i will point you to the right material"},
    {"You are a great fit. Let me bring in a specialist right now, one moment.",
     "you are a great fit let me bring in a specialist right now one moment"},
    {"Thank you for your time. I will send you something useful and leave it at that.",
     "thank you for your time i will send you something useful and leave it at that"},
};

static void prompts_are_understood(void **state)
{
    struct fixture *f = *state;
    int wrong = 0, all = 0;

    for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++) {
        struct clip *clip = fixture_say(f, "default", prompts[i][0]);
        char words[64][32];
        int errors;

        fixture_hear(f, (uint32_t)i + 1, clip);
        assert_int_equal(f->result.err, 0);
        errors = words_wrong(prompts[i][1], f->result.text);
        if (errors > 0)
            print_message("%d: %s\n", errors, f->result.text);
        wrong += errors;
        all += (int)words_of(words, 64, prompts[i][1]);
        obj_unref(clip);
    }
    print_message("word error rate %.1f %% (%d of %d)\n", 100.0 * wrong / all, wrong, all);
    assert_true(100 * wrong <= WORDS_WRONG_PERCENT * all);
}

static struct vad_model *load_model(void)
{
    struct vad_model *m;
    char path[1100];

    snprintf(path, sizeof path, "%s/vad/silero8k.bin", fixture_models());
    assert_int_equal(vad_model_load(&m, path), 0);
    return m;
}

/* Pushes samples in packets of 20 ms; counts the events. */
struct heard {
    int starts, stops;
    int64_t began, ended;
};

static void listen_to(struct heard *h, struct vad *v, const int16_t *pcm, size_t n)
{
    for (size_t at = 0; at < n; at += 160) {
        switch (vad_push(v, pcm + at, n - at < 160 ? n - at : 160)) {
        case VAD_START:
            if (h->starts++ == 0)
                h->began = v->speech_began;
            break;
        case VAD_STOP:
            h->stops++;
            h->ended = v->last_voiced;
            break;
        case VAD_NONE: break;
        }
    }
}

static void speech_is_heard_where_it_is(void **state)
{
    enum { QUIET = 8000 };
    static int16_t silence[QUIET];
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "When would you like to have something in place?");
    struct vad_model *m = load_model();
    struct heard h = {0};
    struct vad v;

    vad_init(&v, m, NULL);
    listen_to(&h, &v, silence, QUIET);
    assert_int_equal(h.starts, 0);
    listen_to(&h, &v, clip->pcm, clip->n);
    listen_to(&h, &v, silence, QUIET);
    assert_int_equal(h.starts, h.stops);
    assert_in_range(h.starts, 1, 2);
    assert_in_range(h.began, QUIET - 800, QUIET + 2400);
    assert_in_range(h.ended, QUIET + (int64_t)clip->n - 3200, QUIET + (int64_t)clip->n + 1600);
    obj_unref(clip);
    obj_unref(m);
}

static size_t append(int16_t *out, size_t at, const struct clip *c, size_t pause)
{
    memcpy(out + at, c->pcm, c->n * sizeof *out);
    memset(out + at + c->n, 0, pause * sizeof *out);
    return at + c->n + pause;
}

static void a_recording_is_cut_at_its_pauses(void **state)
{
    static int16_t pcm[8000 * 60];
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "When would you like to have something in place?");
    struct vad_model *m = load_model();
    struct span *span;
    size_t n, at = append(pcm, 0, clip, 8000);

    at = append(pcm, at, clip, 8000);
    assert_int_equal(spans_find(&span, &n, m, pcm, at), 0);
    assert_int_equal(n, 2);
    assert_true(span[0].end <= span[1].begin);
    assert_in_range(span[1].begin, clip->n + 8000 - 2400, clip->n + 8000 + 2400);
    free(span);
    obj_unref(clip);
    obj_unref(m);
}

static void speech_without_pauses_is_cut_before_it_is_too_long(void **state)
{
    static int16_t pcm[8000 * 60];
    struct fixture *f = *state;
    struct clip *clip = fixture_say(f, "default", "What monthly budget did you have in mind?");
    struct vad_model *m = load_model();
    struct span *span;
    size_t n, at = 0;

    while (at < 8000 * 40)
        at = append(pcm, at, clip, 0);
    assert_int_equal(spans_find(&span, &n, m, pcm, at), 0);
    assert_true(n >= 3);
    for (size_t i = 0; i < n; i++) {
        assert_true(span[i].end > span[i].begin && span[i].end - span[i].begin <= SPAN_MAX_S * 8000);
        assert_true(i == 0 || span[i].begin >= span[i - 1].end);
    }
    assert_true(span[n - 1].end <= at);
    free(span);
    obj_unref(clip);
    obj_unref(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prompts_are_understood),
        cmocka_unit_test(speech_is_heard_where_it_is),
        cmocka_unit_test(a_recording_is_cut_at_its_pauses),
        cmocka_unit_test(speech_without_pauses_is_cut_before_it_is_too_long),
    };

    if (!fixture_models_present())
        return 0;
    return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
