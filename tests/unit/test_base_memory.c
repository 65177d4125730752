/* test_base_memory.c - arena, growing buffer, counted objects, clips: their limits, and what happens without memory. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdalign.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clip.h"
#include "base/obj.h"

#include "base/banned.h"

/* So that a piece of memory that nobody has is refused, as malloc does, and not a reason to abort. */
enum { HUGE_SHIFT = 46 };
const char *__asan_default_options(void);
const char *__tsan_default_options(void);
const char *__asan_default_options(void) { return "allocator_may_return_null=1"; }
const char *__tsan_default_options(void) { return "allocator_may_return_null=1"; }
static const size_t huge = (size_t)1 << HUGE_SHIFT;

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 1 << 20);
    for (size_t n = 1; n < 200; n++) {
        unsigned char *p = arena_alloc(&a, n);

        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, n); /* into its neighbours, if it were too small */
    }
    assert_non_null(arena_alloc(&a, 100000)); /* larger than a block */
    assert_non_null(arena_alloc(&a, 0));
    arena_release(&a);
}

static void an_arena_ends_at_its_limit_and_can_be_used_again(void **state)
{
    struct arena a;
    size_t used;

    (void)state;
    arena_init(&a, 1000);
    assert_null(arena_alloc(&a, 1001));
    assert_non_null(arena_alloc(&a, 900));
    used = a.used;
    assert_null(arena_alloc(&a, 100));
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_int_equal(a.used, used); /* a refusal takes nothing */
    assert_null(arena_strdup(&a, "a text that does not fit any more, because it is longer than what is left of the thousand bytes of this arena"));
    arena_clear(&a);
    assert_int_equal(a.used, 0);
    assert_non_null(arena_alloc(&a, 900));
    arena_release(&a);
}

static void an_arena_copies_texts(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 4096);
    assert_string_equal(arena_strdup(&a, "Ann"), "Ann");
    assert_string_equal(arena_strndup(&a, "Annabel", 3), "Ann");
    assert_string_equal(arena_strndup(&a, "", 0), "");
    assert_string_equal(arena_printf(&a, "%s is %d", "Ann", 42), "Ann is 42");
    assert_string_equal(arena_printf(&a, "%s", ""), "");
    assert_null(arena_printf(&a, "%5000d", 1));
    arena_release(&a);
}

static void without_memory_an_arena_says_no(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, SIZE_MAX / 2);
    assert_null(arena_alloc(&a, huge));
    assert_int_equal(a.used, 0);
    assert_non_null(arena_alloc(&a, 8));
    arena_release(&a);
}

static void a_buffer_grows_and_is_always_a_text(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100000);
    assert_string_equal(buf_str(&b), "");
    for (int i = 0; i < 1000; i++)
        assert_int_equal(buf_printf(&b, "%03d ", i), 0);
    assert_int_equal(b.len, 4000);
    assert_int_equal(strlen(buf_str(&b)), 4000);
    assert_memory_equal(b.data + 3996, "999 ", 5);
    buf_consume(&b, 3996);
    assert_string_equal(buf_str(&b), "999 ");
    buf_consume(&b, 100); /* more than there is */
    assert_string_equal(buf_str(&b), "");
    assert_int_equal(buf_add(&b, "a\0b", 3), 0);
    assert_int_equal(b.len, 3);
    assert_int_equal(buf_add(&b, NULL, 0), 0);
    buf_clear(&b);
    assert_string_equal(buf_str(&b), "");
    buf_release(&b);
    assert_int_equal(buf_puts(&b, "again"), 0);
    buf_release(&b);
}

static void a_buffer_refuses_as_a_whole_and_remembers(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 10);
    assert_int_equal(buf_puts(&b, "0123456789"), 0); /* exactly the maximum */
    assert_false(b.failed);
    assert_int_equal(buf_add(&b, "x", 1), EMSGSIZE);
    assert_int_equal(buf_add(&b, "x", SIZE_MAX), EMSGSIZE);
    assert_string_equal(buf_str(&b), "0123456789");
    buf_consume(&b, 5);
    assert_int_equal(buf_printf(&b, "%s", "abcdef"), EMSGSIZE);
    assert_int_equal(buf_puts(&b, "abcde"), 0);
    assert_string_equal(buf_str(&b), "56789abcde");
    assert_true(b.failed); /* one of the chain was lost */
    buf_clear(&b);
    assert_false(b.failed);
    buf_release(&b);
}

static void without_memory_a_buffer_keeps_what_it_has(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, SIZE_MAX / 4);
    assert_int_equal(buf_puts(&b, "kept"), 0);
    assert_int_equal(buf_add(&b, "", huge), ENOMEM);
    assert_string_equal(buf_str(&b), "kept");
    assert_true(b.failed);
    buf_release(&b);
}

/* --- objects --- */

static int destroyed;
static void count(void *obj) { destroyed += *(int *)obj; }

static void the_last_reference_destroys(void **state)
{
    int *o = obj_alloc(sizeof *o, count);

    (void)state;
    destroyed = 0;
    assert_int_equal(*o, 0);
    *o = 1;
    assert_ptr_equal(obj_ref(o), o);
    assert_null(obj_unref(o));
    assert_int_equal(destroyed, 0);
    assert_null(obj_unref(o));
    assert_int_equal(destroyed, 1);
    assert_null(obj_ref(NULL));
    assert_null(obj_unref(NULL));
    assert_null(obj_unref(obj_alloc(100, NULL)));
    assert_null(obj_alloc(huge, NULL));
}

static void *borrow(void *o)
{
    for (int i = 0; i < 10000; i++)
        obj_unref(obj_ref(o));
    return obj_unref(o);
}

static void references_may_be_given_back_anywhere(void **state)
{
    pthread_t threads[4];
    int *o = obj_alloc(sizeof *o, count);

    (void)state;
    destroyed = 0;
    *o = 1;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, borrow, obj_ref(o)), 0);
    obj_unref(o);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(destroyed, 1);
}

/* --- clips --- */

static const unsigned char wav_head[44] = "RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0" "data\x08\0\0\0";

static int read_bytes(struct clip **c, const void *bytes, size_t n)
{
    char path[] = "/tmp/test_clip_XXXXXX";
    int fd = mkstemp(path), err;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
    err = clip_read_wav(c, path);
    unlink(path);
    return err;
}

static void a_clip_has_a_longest_length(void **state)
{
    struct clip *c = NULL;

    (void)state;
    assert_int_equal(clip_alloc(&c, CLIP_MAX_SAMPLES + 1), EMSGSIZE);
    assert_null(c);
    assert_int_equal(clip_alloc(&c, CLIP_RATE), 0);
    assert_int_equal(clip_ms(c), 1000);
    assert_int_equal(c->pcm[CLIP_RATE - 1], 0);
    obj_unref(c);
    assert_int_equal(clip_alloc(&c, 0), 0);
    obj_unref(c);
}

static void a_wav_of_our_shape_is_read_and_no_other(void **state)
{
    unsigned char file[60];
    struct clip *c = NULL;

    (void)state;
    memcpy(file, wav_head, 44);
    memcpy(file + 44, "\1\0\2\0\xff\xff\0\x80", 8);
    assert_int_equal(read_bytes(&c, file, 52), 0);
    assert_int_equal(c->n, 4);
    assert_int_equal(c->pcm[1], 2);
    assert_int_equal(c->pcm[3], -32768);
    c = obj_unref(c);
    assert_int_equal(read_bytes(&c, file, 48), 0); /* cut off: what is there counts */
    assert_int_equal(c->n, 2);
    c = obj_unref(c);
    for (size_t n = 0; n < 44; n++) /* without data */
        assert_int_equal(read_bytes(&c, file, n), EINVAL);
    file[22] = 2; /* stereo */
    assert_int_equal(read_bytes(&c, file, 52), EINVAL);
    file[22] = 1;
    memset(file + 40, 0xff, 4); /* says that it is endless */
    assert_int_equal(read_bytes(&c, file, 52), EMSGSIZE);
    assert_int_equal(clip_read_wav(&c, "/nonexistent.wav"), ENOENT);
    assert_null(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory), cmocka_unit_test(an_arena_ends_at_its_limit_and_can_be_used_again), cmocka_unit_test(an_arena_copies_texts),
        cmocka_unit_test(without_memory_an_arena_says_no), cmocka_unit_test(a_buffer_grows_and_is_always_a_text), cmocka_unit_test(a_buffer_refuses_as_a_whole_and_remembers),
        cmocka_unit_test(without_memory_a_buffer_keeps_what_it_has), cmocka_unit_test(the_last_reference_destroys), cmocka_unit_test(references_may_be_given_back_anywhere),
        cmocka_unit_test(a_clip_has_a_longest_length), cmocka_unit_test(a_wav_of_our_shape_is_read_and_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
