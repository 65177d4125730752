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

/* Within what a busy machine does to it: a stalled thread makes the far end conceal or lose a frame or two. */
static void assert_lasts(const struct ear *ear, int ms)
{
    assert_in_range(loud_span_ms(ear->heard, ear->n), ms - 45, ms + 1500);
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
    assert_true(recorder_ms(rec) >= 580); /* the frame under way when the recording is closed may be left out */
    assert_int_equal(0, recorder_dropped(rec));
    obj_unref(rec);
    recorder_pool_close(pool);
    obj_unref(pool);
    right = read_side(wav_path, 1, &n);
    assert_in_range(loud_span_ms(right, n), 579, 1200);
    free(right);
    obj_unref(clip);
    unlink(wav_path);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    free(ear);
}

static void a_stop_tells_how_much_was_heard_and_empties_the_queue(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(500, 5000, 8000);
    struct ear *ear = calloc(1, sizeof *ear);
    struct media_event ev;

    room_listen(room, 1, ear);
    room_connect(room, 0, 1);
    mport_play(room->port[0], clip, 1, 0);
    mport_play(room->port[0], clip, 2, 0);
    assert_true(room_wait_heard(room, ear, 200));
    mport_stop(room->port[0]);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 2));
    ev = room->last[0][MEDIA_EV_PLAY_DONE];
    assert_int_equal(2, ev.seq);
    assert_true(ev.stopped);
    assert_int_equal(0, ev.played_ms);
    assert_int_equal(1, room->count[0][MEDIA_EV_PLAY_STARTED]);
    assert_true(room_wait_frames(room, ear, 25));
    assert_true(ear_loud_ms(ear) < 2000);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static void played_ms_of_a_stopped_clip_is_what_the_far_end_received(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(500, 3000, 8000);
    struct ear *ear = calloc(1, sizeof *ear);

    room_listen(room, 1, ear);
    room_connect(room, 0, 1);
    mport_play(room->port[0], clip, 1, 0);
    assert_true(room_wait_heard(room, ear, 300));
    mport_stop(room->port[0]);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_true(room->last[0][MEDIA_EV_PLAY_DONE].stopped);
    assert_true(room_wait_frames(room, ear, 20));
    ear_plug(ear, true);
    assert_lasts(ear, room->last[0][MEDIA_EV_PLAY_DONE].played_ms);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static void a_pause_goes_on_from_the_same_word(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(500, 800, 8000);
    struct ear *ear = calloc(1, sizeof *ear);
    int before;

    room_listen(room, 1, ear);
    room_connect(room, 0, 1);
    mport_pause(room->port[0]); /* nothing plays: nothing is paused */
    mport_play(room->port[0], clip, 1, 0);
    assert_true(room_wait_heard(room, ear, 200));
    mport_pause(room->port[0]);
    assert_true(room_wait(room, 0, MEDIA_EV_PAUSED, 1));
    assert_int_equal(1, room->last[0][MEDIA_EV_PAUSED].seq);
    assert_true(room_wait_frames(room, ear, 8)); /* what was on its way arrives */
    before = ear_loud_ms(ear);
    assert_true(room_wait_frames(room, ear, 10));
    assert_int_equal(before, ear_loud_ms(ear));
    assert_in_range(before, room->last[0][MEDIA_EV_PAUSED].played_ms, room->last[0][MEDIA_EV_PAUSED].played_ms + 40);
    mport_resume(room->port[0], 40);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_int_equal(800, room->last[0][MEDIA_EV_PLAY_DONE].played_ms); /* what was heard twice counts once */
    assert_false(room->last[0][MEDIA_EV_PLAY_DONE].stopped);
    assert_int_equal(1, room->count[0][MEDIA_EV_PAUSED]);
    assert_true(room_wait_heard(room, ear, 820));
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static bool flinch(const int16_t *pcm, size_t n, int64_t at_us, void *arg)
{
    (void)at_us;
    (void)arg;
    return abs(pcm[n / 2]) + abs(pcm[n / 2 + 1]) > 1000;
}

static void ignore_frame(const int16_t *pcm, const int16_t *our_audio, bool concealed, int64_t at_us, void *arg)
{
    (void)pcm;
    (void)our_audio;
    (void)concealed;
    (void)at_us;
    (void)arg;
}

static void ignore_closed(void *arg)
{
    (void)arg;
}

static void a_tap_pauses_us_at_the_first_packet_with_sound_and_a_stop_ends_the_pause(void **state)
{
    struct media_room *room = *state;
    struct clip *ours = tone(500, 3000, 8000), *theirs = tone(300, 100, 8000);

    mport_set_tap(room->port[0], &(struct mport_tap){.frame = ignore_frame, .arrived = flinch, .closed = ignore_closed});
    room_connect(room, 0, 1);
    mport_play(room->port[0], ours, 1, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_STARTED, 1));
    mport_play(room->port[1], theirs, 1, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PAUSED, 1));
    assert_in_range(room->last[0][MEDIA_EV_PAUSED].at_us - room->last[1][MEDIA_EV_PLAY_STARTED].at_us + 1000, 0, 200000);
    mport_stop(room->port[0]);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_true(room->last[0][MEDIA_EV_PLAY_DONE].stopped);
    assert_int_equal(room->last[0][MEDIA_EV_PAUSED].played_ms, room->last[0][MEDIA_EV_PLAY_DONE].played_ms);
    mport_set_tap(room->port[0], NULL); /* their sound may still be on its way */
    mport_play(room->port[0], ours, 2, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_STARTED, 2));
    obj_unref(ours);
    obj_unref(theirs);
}

static void clips_follow_each_other_without_a_gap(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(1000, 105, 8000); /* no whole number of frames */
    struct ear *ear = calloc(1, sizeof *ear);

    room_listen(room, 1, ear);
    room_connect(room, 0, 1);
    for (uint32_t seq = 1; seq <= 4; seq++)
        mport_play(room->port[0], clip, seq, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 4));
    assert_int_equal(4, room->count[0][MEDIA_EV_PLAY_STARTED]);
    assert_true(room_wait_frames(room, ear, 10));
    ear_plug(ear, true);
    assert_lasts(ear, 420);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static void a_loop_plays_until_it_is_stopped(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(1000, 50, 8000);
    struct ear *ear = calloc(1, sizeof *ear);

    room_listen(room, 1, ear);
    room_connect(room, 0, 1);
    mport_play(room->port[0], clip, 1, MPORT_PLAY_LOOP);
    assert_true(room_wait_heard(room, ear, 400));
    assert_int_equal(0, room->count[0][MEDIA_EV_PLAY_DONE]);
    mport_stop(room->port[0]);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_true(room->last[0][MEDIA_EV_PLAY_DONE].played_ms > 200); /* several rounds of it */
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static void the_play_queue_refuses_what_is_too_much(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(1000, 20, 8000);

    for (uint32_t seq = 0; seq <= MEDIA_PLAY_QUEUE_MAX; seq++)
        mport_play(room->port[0], clip, seq, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_int_equal(MEDIA_PLAY_QUEUE_MAX, room->last[0][MEDIA_EV_PLAY_DONE].seq);
    assert_true(room->last[0][MEDIA_EV_PLAY_DONE].stopped);
    obj_unref(clip);
}

/* Ports 0 and 2 are the far ends of 1 and 3, which are bridged: what 0 says arrives at 2. */
static void bridged_ports_hear_each_other_across_threads(void **state)
{
    struct media_room *room = *state;
    struct clip *low = tone(500, 1500, 8000), *high = tone(1100, 1500, 8000);
    struct ear *at0 = calloc(1, sizeof *at0), *at2 = calloc(1, sizeof *at2);

    room_listen(room, 0, at0);
    room_listen(room, 2, at2);
    room_connect(room, 0, 1);
    room_connect(room, 2, 3);
    mport_bridge(room->port[1], room->port[3]);
    mport_play(room->port[0], low, 1, 0);
    mport_play(room->port[2], high, 1, 0);
    assert_true(room_wait_heard(room, at0, 1000));
    assert_true(room_wait_heard(room, at2, 1000));
    ear_plug(at0, true);
    ear_plug(at2, true);
    assert_true(tone_share(at0->heard + at0->n - 3200, 3200, 1100) > 0.95);
    assert_true(tone_share(at2->heard + at2->n - 3200, 3200, 500) > 0.95);
    mport_unbridge(room->port[3]);
    mport_unbridge(room->port[1]);
    room_close_port(room, 0);
    room_close_port(room, 2);
    assert_true(room_wait_closed(room, at0));
    assert_true(room_wait_closed(room, at2));
    obj_unref(low);
    obj_unref(high);
    free(at0);
    free(at2);
}

static void a_bridged_port_may_be_closed_and_the_other_bridged_anew(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(500, 4000, 8000);
    struct ear *at2 = calloc(1, sizeof *at2);

    room_listen(room, 2, at2);
    room_connect(room, 0, 1);
    mport_bridge(room->port[1], room->port[3]);
    room_close_port(room, 3);
    assert_int_equal(0, mport_alloc(&room->port[3], room->media, NULL, NULL));
    room_connect(room, 2, 3);
    mport_bridge(room->port[3], room->port[1]);
    mport_play(room->port[0], clip, 1, 0);
    assert_true(room_wait_heard(room, at2, 200));
    room_close_port(room, 2);
    assert_true(room_wait_closed(room, at2));
    obj_unref(clip);
    free(at2);
}

static int peak(const int16_t *pcm, size_t n)
{
    int max = 0;

    for (size_t i = 0; i < n; i++)
        max = abs(pcm[i]) > max ? abs(pcm[i]) : max;
    return max;
}

/* Port 1 plays a silent clip to port 0 that lowers the peer (2, by way of 3). */
static void a_ducking_clip_lowers_the_peer(void **state)
{
    struct media_room *room = *state;
    struct clip *loud = tone(500, 4000, 16000), *quiet = tone(500, 3000, 10);
    struct ear *ear = calloc(1, sizeof *ear);
    int before, during;

    room_listen(room, 0, ear);
    room_connect(room, 0, 1);
    room_connect(room, 2, 3);
    mport_bridge(room->port[1], room->port[3]);
    mport_play(room->port[2], loud, 1, 0);
    assert_true(room_wait_heard(room, ear, 400));
    ear_plug(ear, true);
    before = peak(ear->heard + ear->n - 1600, 1600);
    ear_plug(ear, false);
    mport_play(room->port[1], quiet, 2, MPORT_PLAY_DUCK_PEER);
    assert_true(room_wait_frames(room, ear, 30));
    ear_plug(ear, true);
    during = peak(ear->heard + ear->n - 1600, 1600);
    assert_in_range(before, 15000, 17000);
    assert_in_range(during, 3500, 4500);
    room_close_port(room, 0);
    assert_true(room_wait_closed(room, ear));
    obj_unref(loud);
    obj_unref(quiet);
    free(ear);
}

static void two_loud_voices_saturate_instead_of_wrapping(void **state)
{
    struct media_room *room = *state;
    struct clip *loud = tone(200, 3000, 32000);
    struct ear *ear = calloc(1, sizeof *ear);
    size_t flips = 0;

    room_listen(room, 0, ear);
    room_connect(room, 0, 1);
    room_connect(room, 2, 3);
    mport_bridge(room->port[1], room->port[3]);
    mport_play(room->port[2], loud, 1, 0);
    mport_play(room->port[1], loud, 1, 0);
    assert_true(room_wait_heard(room, ear, 500));
    ear_plug(ear, true);
    for (size_t i = ear->n - 2400; i < ear->n; i++)
        flips += abs(ear->heard[i] - ear->heard[i - 1]) > 40000;
    assert_int_equal(0, flips);
    room_close_port(room, 0);
    assert_true(room_wait_closed(room, ear));
    obj_unref(loud);
    free(ear);
}

static void keys_are_reported_once_each_and_in_order(void **state)
{
    struct media_room *room = *state;

    room_connect(room, 0, 1);
    mport_dtmf(room->port[0], "1x599#");
    assert_true(room_wait(room, 1, MEDIA_EV_DTMF, 5));
    assert_string_equal("1599#", room->digits[1]);
}

static void keys_survive_a_line_that_loses_a_third(void **state)
{
    struct media_room *room = *state;

    mport_impair(room->port[0], 33, 0);
    room_connect(room, 0, 1);
    mport_dtmf(room->port[0], "0123456789*#");
    assert_true(room_wait(room, 1, MEDIA_EV_DTMF, 12));
    assert_string_equal("0123456789*#", room->digits[1]);
}

/* Neither end agreed to telephone events: each key is 100 ms of two frequencies. */
static void keys_go_as_tones_where_events_were_not_agreed(void **state)
{
    struct media_room *room = *state;
    struct mport_remote to0 = room_remote_of(room, 0), to1 = room_remote_of(room, 1);
    struct ear *ear = calloc(1, sizeof *ear);
    const int16_t *key;

    to0.telephone_event_pt = to1.telephone_event_pt = -1;
    room_listen(room, 1, ear);
    mport_start(room->port[0], &to1);
    mport_start(room->port[1], &to0);
    mport_dtmf(room->port[0], "15");
    assert_true(room_wait_heard(room, ear, 200));
    assert_true(room_wait_frames(room, ear, 5));
    ear_plug(ear, true);
    assert_lasts(ear, 260);
    for (key = ear->heard; abs(*key) < 1000; key++)
        ;
    assert_true(tone_share(key, 640, 697) > 0.4 && tone_share(key, 640, 1209) > 0.4);
    assert_true(tone_share(key + 1280, 640, 770) > 0.4 && tone_share(key + 1280, 640, 1336) > 0.4);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    free(ear);
}

/* 0: asked for; 1: not. */
static void tones_are_keys_only_where_they_are_asked_for(void **state)
{
    struct media_room *room = *state;
    struct mport_remote to0 = room_remote_of(room, 0), to1 = room_remote_of(room, 1);

    to0.telephone_event_pt = to1.telephone_event_pt = -1;
    mport_start(room->port[0], &to1);
    mport_start(room->port[1], &to0);
    mport_hear_touch(room->port[0], true);
    mport_dtmf(room->port[0], "7"); /* port 1 does not listen for them */
    mport_dtmf(room->port[1], "12");
    if (!room_wait(room, 0, MEDIA_EV_DTMF, 2))
        fail_msg("heard \"%s\" and \"%s\"", room->digits[0], room->digits[1]);
    assert_string_equal("12", room->digits[0]);
    assert_string_equal("", room->digits[1]);
    mport_hear_touch(room->port[0], false);
}

static void loss_is_concealed_and_counted(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(400, 4000, 8000);
    struct ear *ear = calloc(1, sizeof *ear);
    struct mport_stats stats;

    mport_impair(room->port[0], 10, 0);
    room_listen(room, 1, ear);
    room_connect(room, 0, 1);
    mport_play(room->port[0], clip, 1, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_true(room_wait_frames(room, ear, 10)); /* the rest is on its way */
    mport_stats_get(room->port[1], &stats);
    assert_in_range(stats.lost, 5, 50);
    assert_in_range(stats.concealed, 5, 60);
    ear_plug(ear, true);
    assert_lasts(ear, 4000);
    assert_true(tone_share(ear->heard, ear->n, 400) > 0.7);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static void jitter_delays_but_does_not_lose(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(400, 4000, 8000);
    struct ear *ear = calloc(1, sizeof *ear);
    struct mport_stats stats;

    mport_impair(room->port[0], 0, 40);
    room_listen(room, 1, ear);
    room_connect(room, 0, 1);
    mport_play(room->port[0], clip, 1, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_true(room_wait_frames(room, ear, 10)); /* the rest is on its way */
    mport_stats_get(room->port[1], &stats);
    assert_true(stats.jitter_ms > 3);
    assert_true(stats.late_dropped <= 15); /* a few until the delay has adapted */
    ear_plug(ear, true);
    assert_lasts(ear, 4000);
    room_close_port(room, 1);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static void silence_of_the_far_end_is_told_once(void **state)
{
    struct media_room *room = *state;
    struct mport_remote nobody = room_remote_of(room, 1);
    struct ear *ear = calloc(1, sizeof *ear);

    room_listen(room, 0, ear);
    mport_start(room->port[0], &nobody); /* port 1 is never started */
    assert_true(room_wait(room, 0, MEDIA_EV_RTP_TIMEOUT, 1));
    assert_true(room_wait_frames(room, ear, 30));
    assert_int_equal(1, room->count[0][MEDIA_EV_RTP_TIMEOUT]);
    room_close_port(room, 0);
    assert_true(room_wait_closed(room, ear));
    free(ear);
}

static void packets_that_stall_and_flow_again_are_told_each_time(void **state)
{
    struct media_room *room = *state;

    room_connect(room, 0, 1);
    assert_true(room_wait(room, 0, MEDIA_EV_FIRST_RTP, 1));
    mport_watch(room->port[0], 100);
    for (int i = 1; i <= 2; i++) {
        mport_impair(room->port[1], 100, 0);
        assert_true(room_wait(room, 0, MEDIA_EV_STALLED, i));
        mport_impair(room->port[1], 0, 0);
        assert_true(room_wait(room, 0, MEDIA_EV_FLOWS, i));
    }
    mport_watch(room->port[0], 0);
    mport_impair(room->port[1], 100, 0);
    assert_true(room_wait(room, 0, MEDIA_EV_RTP_TIMEOUT, 1)); /* 300 ms in this room */
    assert_int_equal(2, room->count[0][MEDIA_EV_STALLED]);
}

static void a_port_on_hold_neither_sends_nor_plays_nor_times_out(void **state)
{
    struct media_room *room = *state;
    struct mport_remote hold = room_remote_of(room, 1);
    struct clip *clip = tone(400, 100, 8000);
    struct ear *ear = calloc(1, sizeof *ear);
    struct mport_stats stats;

    hold.port = 0;
    room_listen(room, 0, ear);
    mport_start(room->port[0], &hold);
    mport_play(room->port[0], clip, 1, 0);
    assert_true(room_wait_frames(room, ear, 30)); /* 600 ms, the time-out of this room is 300 */
    mport_stats_get(room->port[0], &stats);
    assert_int_equal(0, stats.sent);
    assert_int_equal(0, room->count[0][MEDIA_EV_RTP_TIMEOUT]);
    assert_int_equal(0, room->count[0][MEDIA_EV_PLAY_DONE]);
    room_connect(room, 0, 1);
    assert_true(room_wait(room, 0, MEDIA_EV_PLAY_DONE, 1));
    assert_int_equal(100, room->last[0][MEDIA_EV_PLAY_DONE].played_ms);
    room_close_port(room, 0);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

/* Port 2 sends to port 0 without having been named: same host, other port. */
static void the_source_port_is_learnt_once_and_then_kept(void **state)
{
    struct media_room *room = *state;
    struct mport_remote wrong = room_remote_of(room, 1), to0 = room_remote_of(room, 0);
    struct clip *clip = tone(400, 3000, 8000);
    struct mport_stats before, after;
    struct ear *ear = calloc(1, sizeof *ear);

    wrong.port = 9; /* what the far end's description says, behind its NAT */
    room_listen(room, 2, ear);
    mport_start(room->port[0], &wrong);
    mport_start(room->port[2], &to0);
    mport_play(room->port[0], clip, 1, 0);
    assert_true(room_wait_heard(room, ear, 100)); /* the answer found the port behind the NAT */
    mport_stats_get(room->port[0], &before);
    mport_start(room->port[3], &to0); /* an intruder from a third port */
    assert_true(room_wait_frames(room, ear, 30));
    mport_stats_get(room->port[0], &after);
    assert_in_range(after.received - before.received, 10, 50); /* one stream, not two */
    room_close_port(room, 2);
    assert_true(room_wait_closed(room, ear));
    obj_unref(clip);
    free(ear);
}

static void other_hosts_are_not_heard(void **state)
{
    struct media_room *room = *state;
    struct mport_remote elsewhere = room_remote_of(room, 1), to0 = room_remote_of(room, 0);
    struct ear *ear = calloc(1, sizeof *ear);
    struct mport_stats stats;

    snprintf(elsewhere.ip, sizeof elsewhere.ip, "127.0.0.2");
    room_listen(room, 0, ear);
    mport_start(room->port[0], &elsewhere);
    mport_start(room->port[1], &to0);
    assert_true(room_wait_frames(room, ear, 15));
    mport_stats_get(room->port[0], &stats);
    assert_int_equal(0, stats.received);
    assert_int_equal(0, room->count[0][MEDIA_EV_FIRST_RTP]);
    room_close_port(room, 0);
    assert_true(room_wait_closed(room, ear));
    free(ear);
}

static void a_port_may_be_closed_with_commands_in_flight(void **state)
{
    struct media_room *room = *state;
    struct clip *clip = tone(400, 1000, 8000);
    struct ear *ear = calloc(1, sizeof *ear);
    struct mport_tap tap = {.frame = ear_frame, .closed = ear_closed, .arg = ear};

    ear->room = room;
    for (int round = 0; round < 20; round++) {
        struct mport *p;

        assert_int_equal(0, mport_alloc(&p, room->media, room_on_event, &room->side[0]));
        if (round % 2)
            mport_start(p, &(struct mport_remote){.ip = "127.0.0.1", .port = 9, .telephone_event_pt = -1, .send = true});
        mport_play(p, clip, 1, MPORT_PLAY_LOOP);
        mport_bridge(p, room->port[1]);
        mport_set_tap(room->port[0], &tap);
        mport_set_tap(p, &tap);
        mport_stop(p);
        mport_close(p);
        mport_close(p);
        mport_stop(p);
        mport_set_tap(p, &tap);
        obj_unref(p);
    }
    room_close_port(room, 0);
    assert_true(room_until(room, ear_has, &(struct ear_expectation){.ear = ear, .closed = 60}));
    assert_int_equal(60, ear->closed);
    obj_unref(clip);
    free(ear);
}

static void ports_come_from_the_range_until_it_is_used_up(void **state)
{
    struct media_room *room = *state;
    struct media_config cfg = {.threads = 1, .bind_ip = "127.0.0.1", .port_min = 41001, .port_max = 41008};
    struct mport *p[5] = {0};
    struct media *m;
    int n = 0;

    assert_int_equal(0, media_alloc(&m, &cfg, room->control));
    while (n < 5 && mport_alloc(&p[n], m, NULL, NULL) == 0) {
        char ip[64];
        uint16_t port;

        mport_local(p[n++], ip, sizeof ip, &port);
        assert_in_range(port, 41002, 41008);
        assert_int_equal(0, port % 2);
        assert_string_equal("127.0.0.1", ip);
    }
    assert_true(n <= 4);
    while (n > 0) {
        mport_close(p[--n]);
        obj_unref(p[n]);
    }
    media_close(m);
    obj_unref(m);
}

static int impatient_setup(void **state)
{
    return room_open(state, 2, 300);
}

#define in_room(test) cmocka_unit_test_setup_teardown(test, room_setup, room_teardown)
#define in_impatient_room(test) cmocka_unit_test_setup_teardown(test, impatient_setup, room_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_room(a_clip_is_heard_at_the_other_end_and_recorded),
        in_room(a_stop_tells_how_much_was_heard_and_empties_the_queue),
        in_room(played_ms_of_a_stopped_clip_is_what_the_far_end_received),
        in_room(clips_follow_each_other_without_a_gap),
        in_room(a_loop_plays_until_it_is_stopped),
        in_room(a_pause_goes_on_from_the_same_word),
        in_room(a_tap_pauses_us_at_the_first_packet_with_sound_and_a_stop_ends_the_pause),
        in_room(the_play_queue_refuses_what_is_too_much),
        in_room(bridged_ports_hear_each_other_across_threads),
        in_room(a_bridged_port_may_be_closed_and_the_other_bridged_anew),
        in_room(a_ducking_clip_lowers_the_peer),
        in_room(two_loud_voices_saturate_instead_of_wrapping),
        in_room(keys_are_reported_once_each_and_in_order),
        in_room(keys_survive_a_line_that_loses_a_third),
        in_room(keys_go_as_tones_where_events_were_not_agreed),
        in_room(tones_are_keys_only_where_they_are_asked_for),
        in_room(loss_is_concealed_and_counted),
        in_room(jitter_delays_but_does_not_lose),
        in_impatient_room(silence_of_the_far_end_is_told_once),
        in_impatient_room(packets_that_stall_and_flow_again_are_told_each_time),
        in_impatient_room(a_port_on_hold_neither_sends_nor_plays_nor_times_out),
        in_room(the_source_port_is_learnt_once_and_then_kept),
        in_room(other_hosts_are_not_heard),
        in_room(a_port_may_be_closed_with_commands_in_flight),
        in_room(ports_come_from_the_range_until_it_is_used_up),
    };

    return cmocka_run_group_tests(tests, room_library_setup, room_library_teardown);
}
