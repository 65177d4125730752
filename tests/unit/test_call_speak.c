/* test_call_speak.c - sentences reach the wire in their order, whatever the voice does. Voice and port are played by this file (defined here, they take
 * the place of the libraries'). */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/obj.h"
#include "call/speak.h"

enum { RENDERS_MAX = 64, SAMPLES_PER_LETTER = 800 }; /* 100 ms a letter */

struct render { char text[32]; voice_clip_fn *fn; void *arg; };

static struct stage {
    struct render renders[RENDERS_MAX];
    int render_count, stops;
    char played[256];   /* texts are told apart by length: seq:ms */
    char story[512];    /* events */
    bool cache;         /* clips are there at once */
} *stage;

static struct clip *clip_of(const char *text)
{
    struct clip *c = NULL;

    assert_int_equal(clip_alloc(&c, strlen(text) * SAMPLES_PER_LETTER), 0);
    return c;
}

static void append(char *to, size_t size, const char *word, unsigned n, int ms)
{
    size_t at = strlen(to);

    assert_true(at + 32 < size);
    if (ms >= 0)
        snprintf(to + at, size - at, "%s%u%s%d ", word, n, word[0] != '\0' ? "@" : ":", ms);
    else
        snprintf(to + at, size - at, "%s%u ", word, n);
}

static void tell(const char *word, unsigned n, int ms)
{
    append(stage->story, sizeof stage->story, word, n, ms);
}

/* --- the voice and the port --- */

struct clip *voice_cached(struct speech *s, const char *voice, const char *text)
{
    (void)s;
    (void)voice;
    return stage->cache ? clip_of(text) : NULL;
}

int voice_say(struct speech *s, const char *voice, const char *text, struct loop *loop, voice_clip_fn *fn, void *arg)
{
    struct render *r = &stage->renders[stage->render_count++];

    (void)s;
    (void)voice;
    (void)loop;
    assert_true(stage->render_count <= RENDERS_MAX);
    *r = (struct render){.fn = fn, .arg = arg};
    snprintf(r->text, sizeof r->text, "%s", text);
    return 0;
}

void mport_play(struct mport *p, struct clip *clip, uint32_t seq, unsigned flags)
{
    (void)p;
    (void)flags;
    append(stage->played, sizeof stage->played, "", seq, clip_ms(clip));
}

void mport_stop(struct mport *p)
{
    (void)p;
    stage->stops++;
}

void mport_pause(struct mport *p)
{
    (void)p;
    append(stage->played, sizeof stage->played, "pause", 0, 0);
}

void mport_resume(struct mport *p, int back_ms)
{
    (void)p;
    append(stage->played, sizeof stage->played, "back", 0, back_ms);
}

static void rendered(const char *text, int err)
{
    for (int i = 0; i < stage->render_count; i++) {
        struct render r = stage->renders[i];

        if (strcmp(r.text, text) != 0)
            continue;
        stage->renders[i] = stage->renders[--stage->render_count];
        r.fn(err, err ? NULL : clip_of(text), r.arg);
        return;
    }
    fail_msg("nobody asked for \"%s\"", text);
}

/* --- a call that only speaks --- */

struct speaker { struct speak speak; };

static void on_event(enum speak_event_kind kind, const struct sentence *s, int64_t at_us, void *owner)
{
    (void)at_us;
    (void)owner;
    switch (kind) {
    case SPEAK_EV_STARTED: tell("start", s->said, -1); break;
    case SPEAK_EV_ENDED:
        if (s->clip == NULL && !s->interrupted)
            tell("lost", s->said, -1);
        else
            tell(s->interrupted ? "cut" : "end", s->said, s->heard_ms);
        break;
    case SPEAK_EV_ALL_DONE: tell("done", 0, -1); break;
    }
}

static int destroyed;

static void speaker_destroy(void *obj)
{
    struct speaker *sp = obj;

    speak_clear(&sp->speak);
    destroyed++;
}

static struct speaker *begin(bool cache)
{
    struct speaker *sp = obj_alloc(sizeof *sp, speaker_destroy);

    stage = calloc(1, sizeof *stage);
    assert_non_null(sp);
    assert_non_null(stage);
    stage->cache = cache;
    destroyed = 0;
    speak_init(&sp->speak, NULL, NULL, "default", on_event, sp);
    sp->speak.port = (struct mport *)stage;
    return sp;
}

static void end(struct speaker *sp)
{
    obj_unref(sp);
    assert_int_equal(destroyed, 1);
    free(stage);
    stage = NULL;
}

static void media(struct speaker *sp, enum media_event_kind kind, uint32_t seq, int played_ms, bool stopped)
{
    assert_true(speak_on_media(&sp->speak, &(struct media_event){.kind = kind, .seq = seq, .played_ms = played_ms, .stopped = stopped, .at_us = clock_mono_us()}));
}

static void started(struct speaker *sp, uint32_t seq) { media(sp, MEDIA_EV_PLAY_STARTED, seq, 0, false); }
static void done(struct speaker *sp, uint32_t seq, int ms) { media(sp, MEDIA_EV_PLAY_DONE, seq, ms, false); }
static void stopped(struct speaker *sp, uint32_t seq, int ms) { media(sp, MEDIA_EV_PLAY_DONE, seq, ms, true); }

static void say(struct speaker *sp, uint32_t said, const char *text)
{
    assert_int_equal(speak_add(&sp->speak, said, "topic", text), 0);
}

/* --- stories --- */

static void what_is_cached_plays_at_once_and_in_order(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    say(sp, 1, "ab");
    say(sp, 2, "abc");
    assert_string_equal(stage->played, "1:200 2:300 ");
    started(sp, 1);
    done(sp, 1, 200);
    assert_true(speak_busy(&sp->speak));
    started(sp, 2);
    done(sp, 2, 300);
    assert_string_equal(stage->story, "start1 end1@200 start2 end2@300 done0 ");
    assert_false(speak_busy(&sp->speak));
    end(sp);
}

static void before_the_answer_nothing_is_played(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    sp->speak.port = NULL;
    say(sp, 1, "ab");
    assert_string_equal(stage->played, "");
    sp->speak.port = (struct mport *)stage;
    speak_release(&sp->speak);
    assert_string_equal(stage->played, "1:200 ");
    end(sp);
}

static void a_late_clip_keeps_its_place(void **state)
{
    struct speaker *sp = begin(false);

    (void)state;
    say(sp, 1, "a");
    say(sp, 2, "ab");
    say(sp, 3, "abc");
    rendered("abc", 0);
    rendered("ab", 0);
    assert_string_equal(stage->played, "");
    rendered("a", 0);
    assert_string_equal(stage->played, "1:100 2:200 3:300 ");
    end(sp);
}

static void a_sentence_without_voice_is_told_and_left_out(void **state)
{
    struct speaker *sp = begin(false);

    (void)state;
    say(sp, 1, "a");
    say(sp, 2, "ab");
    rendered("ab", 0);
    rendered("a", EIO);
    assert_string_equal(stage->story, "lost1 ");
    /* the second was waiting for the first */
    say(sp, 3, "abc");
    assert_string_equal(stage->played, "2:200 ");
    rendered("abc", ETIMEDOUT);
    done(sp, 2, 200);
    assert_string_equal(stage->story, "lost1 lost3 end2@200 done0 ");
    end(sp);
}

static void the_last_sentence_without_voice_ends_the_speech(void **state)
{
    struct speaker *sp = begin(false);

    (void)state;
    say(sp, 1, "a");
    rendered("a", EIO);
    assert_string_equal(stage->story, "lost1 done0 ");
    end(sp);
}

static void a_stop_cuts_what_plays_and_drops_what_waits(void **state)
{
    struct speaker *sp = begin(false);

    (void)state;
    say(sp, 1, "abcd");
    say(sp, 2, "ab");
    say(sp, 3, "abc");
    rendered("abcd", 0);
    started(sp, 1);
    speak_stop(&sp->speak);
    assert_int_equal(stage->stops, 1);
    assert_string_equal(stage->story, "start1 cut3@0 cut2@0 ");
    assert_true(speak_stopping(&sp->speak)); /* how much of the first was heard is not known yet */
    stopped(sp, 1, 120);
    assert_false(speak_stopping(&sp->speak));
    assert_string_equal(stage->story, "start1 cut3@0 cut2@0 cut1@120 "); /* and not done: they speak now */
    rendered("ab", 0); /* too late: nobody wants it */
    rendered("abc", 0);
    assert_string_equal(stage->played, "1:400 ");
    end(sp);
}

static void who_was_cut_off_goes_on_where_they_were(void **state)
{
    struct speaker *sp = begin(true);
    struct sentence old = {.said = 7, .clip = clip_of("abcdefgh"), .topic = "t", .text = "abcdefgh"};

    (void)state;
    assert_int_equal(speak_again(&sp->speak, &old, 250), 0);
    assert_int_equal(speak_again(&sp->speak, &old, 0), 0);
    assert_int_equal(speak_again(&sp->speak, &old, 900), 0); /* beyond the end: whole */
    assert_string_equal(stage->played, "1:550 2:800 3:800 ");
    obj_unref(old.clip);
    started(sp, 1);
    done(sp, 1, 550);
    assert_string_equal(stage->story, "start7 end7@550 ");
    end(sp);
}

static void held_sentences_wait_for_the_release(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    speak_hold(&sp->speak);
    say(sp, 1, "a");
    say(sp, 2, "ab");
    assert_string_equal(stage->played, "");
    speak_release(&sp->speak);
    assert_string_equal(stage->played, "1:100 2:200 ");
    end(sp);
}

static void a_pause_holds_what_is_said_meanwhile_and_goes_on_a_little_before(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    say(sp, 1, "abcd");
    speak_pause(&sp->speak);
    say(sp, 2, "ab");
    assert_int_equal(speak_behind(&sp->speak, 1), 1);
    assert_int_equal(speak_find(&sp->speak, 2)->said, 2);
    assert_null(speak_find(&sp->speak, 3));
    speak_resume(&sp->speak);
    assert_string_equal(stage->played, "1:400 pause0@0 back0@40 2:200 ");
    end(sp);
}

static void an_aside_is_said_only_when_it_is_rendered_and_nothing_is_held(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    assert_false(speak_only_asides(&sp->speak));
    speak_aside(&sp->speak, "a");
    assert_true(speak_only_asides(&sp->speak));
    say(sp, 2, "ab");
    assert_false(speak_only_asides(&sp->speak));
    speak_hold(&sp->speak);
    speak_aside(&sp->speak, "abc");
    speak_release(&sp->speak);
    stage->cache = false;
    speak_aside(&sp->speak, "abcd");
    assert_string_equal(stage->played, "1:100 2:200 ");
    end(sp);
}

static void what_is_said_after_a_stop_plays_behind_it(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    say(sp, 1, "abcd");
    speak_stop(&sp->speak);
    say(sp, 2, "ab");
    assert_string_equal(stage->played, "1:400 2:200 ");
    stopped(sp, 1, 0);
    done(sp, 2, 200);
    assert_string_equal(stage->story, "cut1@0 end2@200 done0 ");
    end(sp);
}

static void more_than_the_queue_holds_is_refused(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    for (uint32_t i = 1; i <= SPEAK_QUEUE_MAX; i++)
        say(sp, i, "a");
    assert_int_equal(speak_add(&sp->speak, 99, "topic", "a"), ENOBUFS);
    end(sp);
}

static void a_clip_that_comes_after_the_call_is_dropped(void **state)
{
    struct speaker *sp = begin(false);

    (void)state;
    say(sp, 1, "a");
    sp->speak.port = NULL;
    speak_clear(&sp->speak);
    obj_unref(sp); /* the rendering keeps the call's memory */
    assert_int_equal(destroyed, 0);
    rendered("a", 0);
    assert_int_equal(destroyed, 1);
    assert_string_equal(stage->played, "");
    assert_string_equal(stage->story, "");
    free(stage);
    stage = NULL;
}

static void events_of_others_are_not_taken(void **state)
{
    struct speaker *sp = begin(true);

    (void)state;
    assert_false(speak_on_media(&sp->speak, &(struct media_event){.kind = MEDIA_EV_DTMF, .digit = '9'}));
    done(sp, 42, 10); /* of a sentence that is forgotten: taken, and nothing more */
    assert_string_equal(stage->story, "");
    end(sp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_cached_plays_at_once_and_in_order),
        cmocka_unit_test(before_the_answer_nothing_is_played),
        cmocka_unit_test(a_late_clip_keeps_its_place),
        cmocka_unit_test(a_sentence_without_voice_is_told_and_left_out),
        cmocka_unit_test(the_last_sentence_without_voice_ends_the_speech),
        cmocka_unit_test(a_stop_cuts_what_plays_and_drops_what_waits),
        cmocka_unit_test(who_was_cut_off_goes_on_where_they_were),
        cmocka_unit_test(held_sentences_wait_for_the_release),
        cmocka_unit_test(a_pause_holds_what_is_said_meanwhile_and_goes_on_a_little_before),
        cmocka_unit_test(an_aside_is_said_only_when_it_is_rendered_and_nothing_is_held),
        cmocka_unit_test(what_is_said_after_a_stop_plays_behind_it),
        cmocka_unit_test(more_than_the_queue_holds_is_refused),
        cmocka_unit_test(a_clip_that_comes_after_the_call_is_dropped),
        cmocka_unit_test(events_of_others_are_not_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
