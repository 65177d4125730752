/* Ports on 127.0.0.1 talk to each other over real sockets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "line/recorder.h"
#include "unit/media_room.h"

#include "base/banned.h"

static const char wav_path[] = "test_line_media.wav";

/* Samples of one side of a recording; free() them. */
static int16_t *read_side(const char *path, int side, size_t *n)
{
    FILE *f = fopen(path, "rb");
    int16_t pair[2], *out;
    uint8_t header[44];
    size_t max;

    assert_non_null(f);
    assert_int_equal(sizeof header, fread(header, 1, sizeof header, f));
    assert_int_equal(2, header[22]);
    max = (size_t)(header[40] | header[41] << 8 | header[42] << 16) / 4;
    out = calloc(max + 1, sizeof *out);
    for (*n = 0; *n < max && fread(pair, 4, 1, f) == 1; ++*n)
        out[*n] = pair[side];
    fclose(f);
    return out;
}

/* Longest stretch, in ms, from the first to the last sample above 1000. */
static int loud_span_ms(const int16_t *pcm, size_t n)
{
    size_t first = n, last = 0;

    for (size_t i = 0; i < n; i++)
        if (abs(pcm[i]) > 1000) {
            first = first == n ? i : first;
            last = i;
        }
    return first == n ? 0 : (int)((last - first) / 8);
}

static void a_clip_is_heard_at_the_other_end_and_recorded(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(1000, 600, 8000);
    struct ear *ear = calloc(1, sizeof *ear);
    struct recorder_pool *pool;
    struct recorder *rec;
    int16_t *right;
    size_t n;

    assert_int_equal(0, recorder_pool_alloc(&pool));
    assert_int_equal(0, recorder_open(&rec, pool, wav_path));
    room_listen(room, 1, ear);
    mport_record(room->port[0], rec);
    room_connect(room, 0, 1);
    mport_play(room->port[0], clip, 7, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_STARTED, 1));
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_int_equal(600, room->last[0][MEDIA_EV_PLAY_DONE].played_ms);
    assert_int_equal(7, room->last[0][MEDIA_EV_PLAY_DONE].seq);
    assert_false(room->last[0][MEDIA_EV_PLAY_DONE].stopped);
    assert_true(room_wait_heard(room, ear, 580));
    mport_record(room->port[0], NULL);
    recorder_close(rec, room->control, room_wake, room);
    assert_true(room_wait_wake(room));
    assert_true(recorder_ms(rec) >= 600);
    assert_int_equal(0, recorder_dropped(rec));
    obj_unref(rec);
    recorder_pool_close(pool);
    obj_unref(pool);
    right = read_side(wav_path, 1, &n);
    assert_in_range(loud_span_ms(right, n), 599, 600);
    free(right);
    obj_unref(clip);
    unlink(wav_path);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    free(ear);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_clip_is_heard_at_the_other_end_and_recorded, room_setup, room_teardown),
    };

    return cmocka_run_group_tests(tests, room_library_setup, room_library_teardown);
}
