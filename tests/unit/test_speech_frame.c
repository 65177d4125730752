#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "speech/frame.h"
#include "speech/speech.h"

static void a_frame_is_read_back_as_it_was_put(void **state)
{
    struct frame_say say;
    struct frame f;
    struct buf b;
    size_t size;

    (void)state;
    buf_init(&b, FRAME_QUEUE_MAX);
    assert_int_equal(frame_put(&b, FRAME_SAY, 77, "flite:rms", 10, "Hello.", 7), 0);
    assert_int_equal(frame_peek(&f, &size, &b), 0);
    assert_int_equal(f.number, 77);
    assert_int_equal(size, b.len);
    assert_int_equal(frame_say_parse(&say, &f), 0);
    assert_string_equal(say.voice, "flite:rms");
    assert_string_equal(say.text, "Hello.");
    buf_release(&b);
}

static void a_frame_that_arrives_in_pieces_is_waited_for(void **state)
{
    struct buf whole, part;
    struct frame f;
    size_t size;

    (void)state;
    buf_init(&whole, FRAME_QUEUE_MAX);
    buf_init(&part, FRAME_QUEUE_MAX);
    assert_int_equal(frame_text_put(&whole, 5, -0.5f, 120, "yes"), 0);
    for (size_t n = 0; n < whole.len; n++) {
        assert_int_equal(frame_peek(&f, &size, &part), EAGAIN);
        assert_int_equal(buf_add(&part, whole.data + n, 1), 0);
    }
    assert_int_equal(frame_peek(&f, &size, &part), 0);
    buf_release(&whole);
    buf_release(&part);
}

static void a_text_carries_its_confidence_and_time(void **state)
{
    struct frame_text text;
    struct frame f;
    struct buf b;
    size_t size;

    (void)state;
    buf_init(&b, FRAME_QUEUE_MAX);
    assert_int_equal(frame_text_put(&b, 5, -0.5f, 120, "yes"), 0);
    assert_int_equal(frame_peek(&f, &size, &b), 0);
    assert_int_equal(frame_text_parse(&text, &f), 0);
    assert_true(text.confidence < -0.49f && text.confidence > -0.51f);
    assert_int_equal(text.work_ms, 120);
    assert_int_equal(text.n, 3);
    assert_memory_equal(text.text, "yes", 3);
    buf_release(&b);
}

static void wrong_shapes_are_refused(void **state)
{
    static const struct {
        enum frame_type type;
        const char *body;
        size_t n;
    } cases[] = {
        {FRAME_HEAR, "\2\0\0", 3},        /* neither final nor partial */
        {FRAME_HEAR, "\1\0", 2},          /* half a sample */
        {FRAME_HEAR, "", 0},
        {FRAME_TEXT, "1234567", 7},       /* no room for the numbers */
        {FRAME_TEXT, "12345678a\0b", 11}, /* an end inside */
        {FRAME_SAY, "default", 7},        /* no text */
        {FRAME_SAY, "default\0hi", 10},   /* text without end */
        {FRAME_SAY, "a\0b\0c", 6},        /* a third part */
        {FRAME_FAILED, "\0\0\0\0", 4},    /* no error is no failure */
        {FRAME_FAILED, "\1", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct frame f = {.type = cases[i].type, .body = (const uint8_t *)cases[i].body, .n = cases[i].n};
        struct frame_hear hear;
        struct frame_text text;
        struct frame_say say;
        int err = 0, got = 0;

        if (f.type == FRAME_HEAR)
            got = frame_hear_parse(&hear, &f);
        else if (f.type == FRAME_TEXT)
            got = frame_text_parse(&text, &f);
        else if (f.type == FRAME_SAY)
            got = frame_say_parse(&say, &f);
        else
            got = frame_failed_parse(&err, &f);
        assert_int_equal(got, EPROTO);
    }
}

static void a_broken_stream_is_told_from_a_slow_one(void **state)
{
    static const char *const broken[] = {"\3\0\0\0\1\0\0\0\0", "\377\377\377\377\1\0\0\0\0", "\5\0\0\0\143\0\0\0\0"};

    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct frame f;
        struct buf b;
        size_t size;

        buf_init(&b, FRAME_QUEUE_MAX);
        assert_int_equal(buf_add(&b, broken[i], FRAME_HEAD), 0);
        assert_int_equal(frame_peek(&f, &size, &b), EPROTO);
        buf_release(&b);
    }
}

static void a_body_beyond_the_limit_is_not_put(void **state)
{
    static const char big[FRAME_BODY_MAX + 1];
    struct buf b;

    (void)state;
    buf_init(&b, 2 * FRAME_QUEUE_MAX);
    assert_int_equal(frame_put(&b, FRAME_PCM, 1, big, sizeof big, NULL, 0), EMSGSIZE);
    assert_int_equal(b.len, 0);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_is_read_back_as_it_was_put),
        cmocka_unit_test(a_frame_that_arrives_in_pieces_is_waited_for),
        cmocka_unit_test(a_text_carries_its_confidence_and_time),
        cmocka_unit_test(wrong_shapes_are_refused),
        cmocka_unit_test(a_broken_stream_is_told_from_a_slow_one),
        cmocka_unit_test(a_body_beyond_the_limit_is_not_put),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
