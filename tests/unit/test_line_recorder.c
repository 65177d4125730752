/* Recordings: what goes in is in the file, also when the process is killed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/loop.h"
#include "base/obj.h"
#include "line/recorder.h"

#include "base/banned.h"

enum { HEADER = 44 };

static const char path[] = "test_line_recorder.wav";

/* Frame k: left counts up from k, right down. */
static void feed(struct recorder *r, int k)
{
    int16_t left[160], right[160];

    for (int i = 0; i < 160; i++) {
        left[i] = (int16_t)(k + 1);
        right[i] = (int16_t)-(k + 1);
    }
    recorder_frame(r, left, right);
}

struct wav {
    uint8_t header[HEADER];
    size_t data_bytes, file_bytes;
    int16_t *pairs;
};

static uint32_t le32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static struct wav read_wav(void)
{
    FILE *f = fopen(path, "rb");
    struct wav w = {0};
    struct stat st;

    assert_non_null(f);
    assert_int_equal(0, fstat(fileno(f), &st));
    w.file_bytes = (size_t)st.st_size;
    assert_int_equal(HEADER, fread(w.header, 1, HEADER, f));
    assert_memory_equal("RIFF", w.header, 4);
    assert_memory_equal("WAVEfmt ", w.header + 8, 8);
    assert_int_equal(8000, le32(w.header + 24));
    w.data_bytes = le32(w.header + 40);
    assert_int_equal(w.data_bytes + 36, le32(w.header + 4));
    assert_true(w.file_bytes >= HEADER + w.data_bytes);
    w.pairs = malloc(w.data_bytes + 4);
    assert_int_equal(w.data_bytes, fread(w.pairs, 1, w.data_bytes, f));
    fclose(f);
    return w;
}

static void count_up(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

static void nothing(void *arg)
{
    (void)arg;
}

/* A descriptor that becomes readable whenever something was written into the file. */
static int watch_file(void)
{
    int fd = inotify_init1(IN_CLOEXEC);

    assert_true(fd >= 0);
    assert_true(inotify_add_watch(fd, path, IN_MODIFY) >= 0);
    return fd;
}

static void await_write(int fd)
{
    char events[4096];

    assert_true(read(fd, events, sizeof events) > 0);
}

/* Feeds a frame once the writer has taken enough of those before. */
static void feed_patiently(struct recorder *r, int file, int k, int value)
{
    while ((int64_t)k * 20 - recorder_ms(r) >= RECORDER_RING_MS)
        await_write(file);
    feed(r, value);
}

static void a_recording_holds_both_sides_in_full(void **state)
{
    struct recorder_pool *pool;
    struct recorder *r;
    struct loop *loop;
    atomic_int closed = 0;
    struct wav w;
    int file;

    (void)state;
    assert_int_equal(0, loop_spawn(&loop, "control"));
    assert_int_equal(0, recorder_pool_alloc(&pool));
    assert_int_equal(0, recorder_open(&r, pool, path));
    file = watch_file();
    for (int k = 0; k < 150; k++)
        feed_patiently(r, file, k, k);
    close(file);
    recorder_close(r, loop, count_up, &closed);
    recorder_close(r, loop, count_up, &closed); /* the second time is nothing */
    feed(r, 1000);                              /* after the end: not recorded */
    recorder_pool_close(pool);
    assert_int_equal(0, loop_call(loop, nothing, NULL));
    assert_int_equal(1, atomic_load(&closed));
    assert_int_equal(3000, recorder_ms(r));
    assert_int_equal(0, recorder_dropped(r));
    obj_unref(r);
    obj_unref(pool);
    loop_free(loop);
    w = read_wav();
    assert_int_equal(150 * 640, w.data_bytes);
    assert_int_equal(HEADER + w.data_bytes, w.file_bytes);
    for (int k = 0; k < 150; k++) {
        assert_int_equal(k + 1, w.pairs[k * 320]);
        assert_int_equal(-(k + 1), w.pairs[k * 320 + 319]);
    }
    free(w.pairs);
    unlink(path);
}

/* A process that records for ever, and tells once how much the writer had put into the file when that was enough. */
static void record_until_killed(int tell, int64_t enough_ms)
{
    struct recorder_pool *pool;
    struct recorder *r;
    int64_t ms = 0;
    int file;

    if (recorder_pool_alloc(&pool) != 0 || recorder_open(&r, pool, path) != 0)
        _exit(1);
    file = watch_file();
    for (int k = 0;; k++) {
        feed_patiently(r, file, k, k % 1000);
        if (ms < enough_ms && (ms = recorder_ms(r)) >= enough_ms && write(tell, &ms, sizeof ms) < 0)
            _exit(1);
    }
}

static void a_killed_process_leaves_a_readable_file(void **state)
{
    int64_t flushed = 0;
    struct wav w;
    pid_t child;
    int status, told[2];

    (void)state;
    assert_int_equal(pipe(told), 0);
    fflush(NULL);
    child = fork();
    if (child == 0)
        record_until_killed(told[1], 3000);
    close(told[1]);
    assert_int_equal(read(told[0], &flushed, sizeof flushed), sizeof flushed);
    close(told[0]);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    w = read_wav();
    /* recorder_ms counts what was written a moment before the header says so */
    assert_true((int64_t)w.data_bytes / 32 >= flushed - RECORDER_RING_MS);
    assert_true(w.data_bytes >= 1000 * 32);
    assert_int_equal(0, w.data_bytes % 640);
    for (size_t k = 0; k < w.data_bytes / 640; k++)
        assert_int_equal(w.pairs[k * 320] > 0 ? w.pairs[k * 320] : 0, -w.pairs[k * 320 + 1]);
    free(w.pairs);
    unlink(path);
}

static void what_the_ring_cannot_hold_becomes_silence_in_its_place(void **state)
{
    struct recorder_pool *pool;
    struct recorder *r;
    uint64_t dropped;
    size_t zeros = 0;
    struct wav w;
    int file;

    (void)state;
    assert_int_equal(0, recorder_pool_alloc(&pool));
    assert_int_equal(0, recorder_open(&r, pool, path));
    file = watch_file();
    for (int k = 0; k < 5000; k++) /* much faster than the writer wakes */
        feed(r, k);
    while (recorder_ms(r) < RECORDER_RING_MS / 2)
        await_write(file);
    close(file);
    dropped = recorder_dropped(r);
    assert_true(dropped > 0);
    feed(r, 5000);
    recorder_close(r, NULL, NULL, NULL);
    recorder_pool_close(pool);
    w = read_wav();
    for (size_t k = 0; k < w.data_bytes / 640; k++) {
        zeros += w.pairs[k * 320] == 0;
        if (w.pairs[k * 320] != 0)
            assert_int_equal(k + 1, w.pairs[k * 320]); /* every frame stands where it was said */
    }
    assert_int_equal(dropped, zeros);
    assert_int_equal(5001 * 640, w.data_bytes);
    free(w.pairs);
    obj_unref(r);
    obj_unref(pool);
    unlink(path);
}

static void the_end_of_the_pool_finishes_what_is_open(void **state)
{
    struct recorder_pool *pool;
    struct recorder *r;
    struct wav w;

    (void)state;
    assert_int_equal(0, recorder_pool_alloc(&pool));
    assert_int_equal(0, recorder_open(&r, pool, path));
    feed(r, 0);
    recorder_pool_close(pool);
    recorder_pool_close(pool);
    recorder_close(r, NULL, NULL, NULL);
    obj_unref(pool);
    obj_unref(r);
    w = read_wav();
    assert_int_equal(640, w.data_bytes);
    free(w.pairs);
    unlink(path);
}

static void a_missing_folder_is_an_error(void **state)
{
    struct recorder_pool *pool;
    struct recorder *r = NULL;

    (void)state;
    assert_int_equal(0, recorder_pool_alloc(&pool));
    assert_int_not_equal(0, recorder_open(&r, pool, "/nonexistent/x.wav"));
    assert_null(r);
    recorder_pool_close(pool);
    obj_unref(pool);
}

static int setup(void **state)
{
    (void)state;
    return loop_lib_init(256);
}

static int teardown(void **state)
{
    (void)state;
    loop_lib_close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_process_leaves_a_readable_file), /* first: it forks before there are threads */
        cmocka_unit_test(a_recording_holds_both_sides_in_full),
        cmocka_unit_test(what_the_ring_cannot_hold_becomes_silence_in_its_place),
        cmocka_unit_test(the_end_of_the_pool_finishes_what_is_open),
        cmocka_unit_test(a_missing_folder_is_an_error),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
