/* The jitter buffer and the reception statistics, fed by hand. Sample k of the far end's audio has the value k % 1000 + 1, so
 * what comes out shows where it came from. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "line/jitter.h"
#include "line/rtp.h"

#include "base/banned.h"

static int16_t sample(uint32_t k)
{
    return (int16_t)(k % 1000 + 1);
}

/* Samples first .. first + n, at timestamp base + first. */
static void put(struct jitter *j, uint32_t base, uint32_t first, size_t n)
{
    int16_t pcm[480];

    for (size_t i = 0; i < n; i++)
        pcm[i] = sample(first + (uint32_t)i);
    jitter_put(j, base + first, pcm, n);
}

static bool get_is(struct jitter *j, uint32_t first)
{
    int16_t out[JITTER_FRAME];

    if (!jitter_get(j, out))
        return false;
    for (uint32_t i = 0; i < JITTER_FRAME; i++)
        if (out[i] != sample(first + i))
            return false;
    return true;
}

static bool get(struct jitter *j)
{
    int16_t out[JITTER_FRAME];

    return jitter_get(j, out);
}

static struct jitter *fresh(void)
{
    struct jitter *j = malloc(sizeof *j);

    jitter_init(j);
    return j;
}

static void a_steady_stream_comes_out_forty_milliseconds_later(void **state)
{
    struct jitter *j = fresh();

    (void)state;
    put(j, 0, 0, 160);
    assert_false(get(j)); /* the lead */
    for (uint32_t k = 1; k < 100; k++) {
        put(j, 0, k * 160, 160);
        assert_int_equal(40, jitter_depth_ms(j));
        assert_true(get_is(j, (k - 1) * 160));
    }
    assert_int_equal(0, j->concealed);
    assert_int_equal(0, j->late_dropped);
    free(j);
}

static void packets_are_put_in_order(void **state)
{
    static const uint32_t order[] = {0, 2, 1, 3, 5, 4, 6, 7};
    struct jitter *j = fresh();
    uint32_t out = 0;

    (void)state;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        put(j, 0, order[i] * 160, 160);
        put(j, 0, order[i] * 160, 160); /* and a duplicate */
        if (i >= 2)
            assert_true(get_is(j, out++ * 160));
        else if (i == 0)
            assert_false(get(j));
    }
    assert_int_equal(0, j->concealed);
    free(j);
}

static void any_packet_length_and_the_wrap_of_the_timestamp_are_alike(void **state)
{
    static const size_t lengths[] = {80, 160, 240, 480, 33};

    (void)state;
    for (size_t l = 0; l < sizeof lengths / sizeof lengths[0]; l++) {
        struct jitter *j = fresh();
        uint32_t base = UINT32_MAX - 700, in = 0;

        for (uint32_t out = 0; out < 50; out++) {
            while (in < (out + 4) * 160) {
                put(j, base, in, lengths[l]);
                in += (uint32_t)lengths[l];
            }
            if (out == 0)
                assert_false(get(j));
            assert_true(get_is(j, out * 160));
        }
        free(j);
    }
}

static void a_hole_is_filled_with_something_like_speech(void **state)
{
    struct jitter *j = fresh();
    int16_t out[JITTER_FRAME];
    int loud = 0;

    (void)state;
    for (uint32_t k = 0; k < 20; k++) {
        if (k != 10)
            put(j, 0, k * 160, 160);
        if (jitter_get(j, out) || k != 11)
            continue;
        for (int i = 0; i < JITTER_FRAME; i++)
            loud += abs(out[i]) > 50;
    }
    assert_int_equal(1, j->concealed);
    assert_true(loud > 80);
    free(j);
}

static void a_packet_that_missed_its_turn_is_dropped_and_counted(void **state)
{
    struct jitter *j = fresh();

    (void)state;
    for (uint32_t k = 0; k < 10; k++) {
        put(j, 0, k * 160, 160);
        (void)get(j);
    }
    put(j, 0, 2 * 160, 160);
    assert_int_equal(1, j->late_dropped);
    assert_true(get_is(j, 9 * 160));
    free(j);
}

static void the_delay_grows_when_the_line_gets_slower(void **state)
{
    struct jitter *j = fresh();

    (void)state;
    put(j, 0, 0, 160);
    assert_false(get(j));
    assert_true(get_is(j, 0));
    for (int i = 0; i < 3; i++)
        assert_false(get(j)); /* packets are 60 ms late from here on */
    for (uint32_t k = 1; k < 20; k++) {
        put(j, 0, k * 160, 160);
        assert_true(k > 1 ? get_is(j, k * 160) : get(j)); /* the first is blended with what was invented */
    }
    assert_int_equal(0, j->late_dropped);
    free(j);
}

static void the_delay_shrinks_when_it_is_not_needed(void **state)
{
    struct jitter *j = fresh();
    uint32_t in = 0;

    (void)state;
    while (in < 6)
        put(j, 0, in++ * 160, 160);
    for (int i = 0; i < 1000; i++) {
        put(j, 0, in++ * 160, 160);
        (void)get(j);
    }
    assert_in_range(jitter_depth_ms(j), 20, 60);
    free(j);
}

static void a_flood_keeps_the_newest(void **state)
{
    struct jitter *j = fresh();

    (void)state;
    for (uint32_t k = 0; k < 200; k++)
        put(j, 0, k * 160, 160);
    assert_true(jitter_depth_ms(j) <= JITTER_DELAY_MAX / 8);
    assert_true(j->late_dropped > 100);
    free(j);
}

/* --- a bad line --- */

enum { BAD_FRAMES = 6000, UNDER_WAY = 10, TONE_AMPLITUDE = 8000, TONE_STEP = 1401 /* from sample to sample at most */ };

struct bad_line {
    uint32_t random;
    struct { uint32_t due, k; bool used; } late[UNDER_WAY];
    int lost, depth_max, click_max; /* packets; ms; jump from one sample to the next */
};

static int roll(struct bad_line *l, int below)
{
    l->random = l->random * 1664525u + 1013904223u;
    return (int)((l->random >> 16) % (unsigned)below);
}

static int16_t tone_at(uint32_t k)
{
    return (int16_t)(TONE_AMPLITUDE * sin(2 * 3.14159265358979 * 223 * k / 8000));
}

static void put_tone(struct jitter *j, uint32_t k)
{
    int16_t pcm[JITTER_FRAME];

    for (uint32_t i = 0; i < JITTER_FRAME; i++)
        pcm[i] = tone_at(k * JITTER_FRAME + i);
    jitter_put(j, k * JITTER_FRAME, pcm, JITTER_FRAME);
}

/* Packet k leaves; it is lost, or comes 0 to 40 ms late. */
static void leave(struct bad_line *l, uint32_t k, int loss, int jitter_frames)
{
    for (int i = 0; i < UNDER_WAY; i++)
        if (!l->late[i].used) {
            l->late[i].due = k + (uint32_t)roll(l, jitter_frames + 1);
            l->late[i].k = k;
            l->late[i].used = roll(l, 100) >= loss;
            l->lost += !l->late[i].used;
            return;
        }
    fail();
}

static void run_bad_line(struct jitter *j, struct bad_line *l, int loss, int jitter_frames)
{
    int16_t out[JITTER_FRAME], last = 0;

    for (uint32_t f = 0; f < BAD_FRAMES; f++) {
        leave(l, f, loss, jitter_frames);
        for (int i = 0; i < UNDER_WAY; i++)
            if (l->late[i].used && l->late[i].due <= f) {
                put_tone(j, l->late[i].k);
                l->late[i].used = false;
            }
        l->depth_max = jitter_depth_ms(j) > l->depth_max ? jitter_depth_ms(j) : l->depth_max;
        (void)jitter_get(j, out);
        for (int i = 0; i < JITTER_FRAME; i++) {
            l->click_max = abs(out[i] - last) > l->click_max ? abs(out[i] - last) : l->click_max;
            last = out[i];
        }
    }
}

static void three_percent_of_loss_and_forty_milliseconds_of_jitter_are_smooth(void **state)
{
    struct jitter *j = fresh();
    struct bad_line l = {.random = 5};

    (void)state;
    run_bad_line(j, &l, 3, 2);
    assert_true(l.lost > 100);
    assert_in_range(j->concealed, l.lost, l.lost + 10); /* what was only late is not missed */
    assert_true(j->late_dropped <= 2);
    assert_true(l.depth_max <= 80);
    assert_true(l.click_max < 2 * TONE_STEP);
    free(j);
}

static void what_comes_too_late_is_counted_and_the_delay_stays_bounded(void **state)
{
    struct jitter *j = fresh();
    struct bad_line l = {.random = 5};

    (void)state;
    run_bad_line(j, &l, 0, 7);
    assert_true(j->late_dropped > 0);
    assert_in_range(j->concealed, 1, 2 * j->late_dropped + 10);
    assert_true(l.depth_max <= JITTER_DELAY_MAX / 8);
    assert_true(l.click_max < 2 * TONE_STEP);
    free(j);
}

/* Five packets in a row: the tone fades instead of buzzing on, and comes back without a click. */
static void a_burst_of_losses_fades_and_comes_back(void **state)
{
    struct jitter *j = fresh();
    int16_t out[JITTER_FRAME], last = 0;
    int click = 0, level[12] = {0}; /* of packets 18 to 29 */

    (void)state;
    for (uint32_t k = 0; k < 40; k++) {
        if (k < 20 || k >= 25)
            put_tone(j, k);
        (void)jitter_get(j, out);
        for (int i = 0; i < JITTER_FRAME; i++) {
            click = k > 1 && abs(out[i] - last) > click ? abs(out[i] - last) : click;
            last = out[i];
            if (k >= 19 && k < 31 && abs(out[i]) > level[k - 19])
                level[k - 19] = abs(out[i]);
        }
    }
    assert_int_equal(j->concealed, 5);
    assert_true(click < 2 * TONE_STEP);
    assert_true(level[2] > TONE_AMPLITUDE / 2); /* the first 20 ms are as loud as what was before */
    for (int i = 3; i < 6; i++)
        assert_true(level[i] < level[i - 1]);
    assert_true(level[7] > TONE_AMPLITUDE * 9 / 10);
    free(j);
}

static void a_jump_of_the_timestamp_needs_two_packets(void **state)
{
    struct jitter *j = fresh();

    (void)state;
    for (uint32_t k = 0; k < 5; k++) {
        put(j, 0, k * 160, 160);
        (void)get(j);
    }
    put(j, 5000000, 0, 160); /* alone: noise */
    put(j, 0, 5 * 160, 160);
    assert_true(get_is(j, 4 * 160));
    put(j, 9000000, 0, 160);
    put(j, 9000000, 160, 160);
    assert_false(get(j));
    put(j, 9000000, 320, 160);
    assert_true(get_is(j, 160)); /* the first of the two is gone */
    assert_true(get_is(j, 320));
    free(j);
}

static void a_pause_ends_the_stream_and_speech_begins_it_anew(void **state)
{
    struct jitter *j = fresh();
    uint64_t concealed;

    (void)state;
    for (uint32_t k = 0; k < 5; k++) {
        put(j, 0, k * 160, 160);
        (void)get(j);
    }
    for (int i = 0; i < 100; i++)
        (void)get(j);
    concealed = j->concealed;
    assert_true(concealed <= JITTER_IDLE_FRAMES + 1);
    assert_false(j->running);
    put(j, 0, 16000, 160); /* the timestamp went on during the pause, or not: both are fine */
    assert_false(get(j));
    assert_true(get_is(j, 16000));
    assert_int_equal(concealed, j->concealed);
    free(j);
}

/* ---- statistics ---- */

static enum rtp_verdict arrive(struct rtp_source *s, uint32_t ssrc, uint16_t seq, uint32_t ts, int64_t us)
{
    return rtp_source_update(s, &(struct rtp_packet){.ssrc = ssrc, .seq = seq, .ts = ts}, us);
}

static void loss_is_counted_across_the_wrap_of_the_sequence(void **state)
{
    struct rtp_source s = {0};

    (void)state;
    for (uint32_t k = 0; k < 1000; k++)
        if (k % 10 != 3)
            (void)arrive(&s, 1, (uint16_t)(65000 + k), k * 160, k * 20000);
    assert_int_equal(100, rtp_source_lost(&s));
    assert_int_equal(0, rtp_source_jitter_ms(&s));
}

static void jitter_follows_the_arrivals(void **state)
{
    struct rtp_source s = {0};

    (void)state;
    for (uint32_t k = 0; k < 500; k++)
        (void)arrive(&s, 1, (uint16_t)k, k * 160, k * 20000 + (k % 2) * 10000);
    assert_in_range(rtp_source_jitter_ms(&s), 8, 10);
}

static void another_source_takes_over_with_its_second_packet(void **state)
{
    struct rtp_source s = {0};

    (void)state;
    assert_int_equal(RTP_TAKE_NEW_SOURCE, arrive(&s, 1, 10, 0, 0));
    assert_int_equal(RTP_TAKE, arrive(&s, 1, 11, 160, 20000));
    assert_int_equal(RTP_REFUSE, arrive(&s, 2, 7000, 0, 30000));
    assert_int_equal(RTP_TAKE, arrive(&s, 1, 12, 320, 40000));
    assert_int_equal(RTP_TAKE_NEW_SOURCE, arrive(&s, 2, 7001, 160, 50000));
    assert_int_equal(RTP_TAKE, arrive(&s, 2, 7002, 320, 70000));
    assert_int_equal(RTP_REFUSE, arrive(&s, 2, 30000, 480, 90000)); /* a restarted sequence likewise */
    assert_int_equal(RTP_TAKE_NEW_SOURCE, arrive(&s, 2, 30001, 640, 110000));
    assert_int_equal(0, rtp_source_lost(&s));
}

static void headers_are_read_as_they_are_written(void **state)
{
    struct rtp_packet in = {.marker = true, .pt = 101, .seq = 0xfffe, .ts = 0xdeadbeef, .ssrc = 0x12345678}, out;
    uint8_t data[RTP_HEADER + 4 + 8 + 6] = {0};

    (void)state;
    rtp_write_header(data, &in);
    assert_int_equal(0, rtp_parse(&out, data, sizeof data));
    assert_true(out.marker);
    assert_int_equal(101, out.pt);
    assert_int_equal(0xfffe, out.seq);
    assert_int_equal(0xdeadbeef, out.ts);
    assert_int_equal(0x12345678, out.ssrc);
    assert_int_equal(18, out.payload_n);
    data[0] |= 0x31;            /* a contributing source, an extension of one word, padding */
    data[RTP_HEADER + 7] = 1;
    data[sizeof data - 1] = 2;
    assert_int_equal(0, rtp_parse(&out, data, sizeof data));
    assert_int_equal(4, out.payload_n);
    assert_int_equal(RTP_HEADER + 12, out.payload - data);
    data[sizeof data - 1] = 7;  /* more padding than payload */
    assert_int_not_equal(0, rtp_parse(&out, data, sizeof data));
    assert_int_not_equal(0, rtp_parse(&out, data, 11));
    data[0] = 0x40;             /* version 1 */
    assert_int_not_equal(0, rtp_parse(&out, data, sizeof data));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_steady_stream_comes_out_forty_milliseconds_later),
        cmocka_unit_test(packets_are_put_in_order),
        cmocka_unit_test(any_packet_length_and_the_wrap_of_the_timestamp_are_alike),
        cmocka_unit_test(a_hole_is_filled_with_something_like_speech),
        cmocka_unit_test(a_packet_that_missed_its_turn_is_dropped_and_counted),
        cmocka_unit_test(the_delay_grows_when_the_line_gets_slower),
        cmocka_unit_test(the_delay_shrinks_when_it_is_not_needed),
        cmocka_unit_test(a_flood_keeps_the_newest),
        cmocka_unit_test(three_percent_of_loss_and_forty_milliseconds_of_jitter_are_smooth),
        cmocka_unit_test(what_comes_too_late_is_counted_and_the_delay_stays_bounded),
        cmocka_unit_test(a_burst_of_losses_fades_and_comes_back),
        cmocka_unit_test(a_jump_of_the_timestamp_needs_two_packets),
        cmocka_unit_test(a_pause_ends_the_stream_and_speech_begins_it_anew),
        cmocka_unit_test(loss_is_counted_across_the_wrap_of_the_sequence),
        cmocka_unit_test(jitter_follows_the_arrivals),
        cmocka_unit_test(another_source_takes_over_with_its_second_packet),
        cmocka_unit_test(headers_are_read_as_they_are_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
