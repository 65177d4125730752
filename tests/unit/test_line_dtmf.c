/* Telephone events as values: what is sent is received once, whatever is lost on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "line/dtmf.h"

#include "base/banned.h"

static void a_key_is_five_frames_and_three_ends(void **state)
{
    struct dtmf_tx tx = {0};
    int sent = 0, ends = 0, muted = 0, markers = 0;

    (void)state;
    assert_int_equal(1, dtmf_tx_queue(&tx, "5"));
    for (uint32_t k = 0; k < 20; k++) {
        struct dtmf_frame f = dtmf_tx_frame(&tx, 1000 + k * 160);

        muted += f.mute;
        if (!f.send)
            continue;
        sent++;
        markers += f.marker;
        ends += f.payload[1] >> 7;
        assert_int_equal(5, f.payload[0]);
        assert_int_equal(1000, f.ts);
        if (f.payload[1] >> 7)
            assert_int_equal(800, f.payload[2] << 8 | f.payload[3]); /* 100 ms */
    }
    assert_int_equal(7, sent);
    assert_int_equal(3, ends);
    assert_int_equal(1, markers);
    assert_int_equal(5, muted);
}

/* Sends "1123", loses the frames whose bit is set in `lost` (of each key's eight), returns what arrives. */
static const char *arriving(unsigned lost, char out[8])
{
    struct dtmf_tx tx = {0};
    struct dtmf_rx rx = {0};
    size_t n = 0;

    assert_int_equal(4, dtmf_tx_queue(&tx, "1123"));
    for (uint32_t k = 0; k < 40; k++) {
        struct dtmf_frame f = dtmf_tx_frame(&tx, k * 160);
        char digit = f.send && !(lost >> k % 8 & 1) ? dtmf_rx_packet(&rx, f.ts, f.payload, sizeof f.payload) : 0;

        if (digit != 0 && n < 7)
            out[n++] = digit;
    }
    out[n] = '\0';
    return out;
}

static void every_key_arrives_once_while_one_of_its_packets_does(void **state)
{
    char out[8];

    (void)state;
    for (unsigned lost = 0; lost < 127; lost++)
        assert_string_equal("1123", arriving(lost, out));
    assert_string_equal("", arriving(127, out));
}

static void only_end_packets_are_enough(void **state)
{
    struct dtmf_rx rx = {0};
    const uint8_t end[] = {9, 0x8a, 3, 0x20};

    (void)state;
    assert_int_equal('9', dtmf_rx_packet(&rx, 500, end, sizeof end));
    assert_int_equal(0, dtmf_rx_packet(&rx, 500, end, sizeof end));
    assert_int_equal(0, dtmf_rx_packet(&rx, 500, end, sizeof end));
    assert_int_equal('9', dtmf_rx_packet(&rx, 2500, end, sizeof end));
    assert_int_equal(0, dtmf_rx_packet(&rx, 500, end, sizeof end)); /* a straggler */
}

static void a_very_long_press_is_one_key(void **state)
{
    struct dtmf_rx rx = {0};
    const uint8_t full[] = {1, 10, 0xff, 0xff}, more[] = {1, 10, 0, 160};

    (void)state;
    assert_int_equal('1', dtmf_rx_packet(&rx, 100, full, sizeof full));
    assert_int_equal(0, dtmf_rx_packet(&rx, 100 + 0xffff, more, sizeof more));
}

static void what_is_no_key_is_ignored(void **state)
{
    struct dtmf_rx rx = {0};
    const uint8_t flash[] = {16, 10, 0, 160}, cut[] = {1, 10, 0};

    (void)state;
    assert_int_equal(0, dtmf_rx_packet(&rx, 1, flash, sizeof flash));
    assert_int_equal(0, dtmf_rx_packet(&rx, 2, cut, sizeof cut));
    assert_false(rx.any);
}

static void the_queue_takes_keys_only_and_no_more_than_it_holds(void **state)
{
    struct dtmf_tx tx = {0};

    (void)state;
    assert_int_equal(6, dtmf_tx_queue(&tx, "+1 (2) x*#aD"));
    assert_int_equal(DTMF_QUEUE_MAX - 6, dtmf_tx_queue(&tx, "00000000000000000000000000000000000000000"));
    assert_int_equal(DTMF_QUEUE_MAX, tx.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_five_frames_and_three_ends),
        cmocka_unit_test(every_key_arrives_once_while_one_of_its_packets_does),
        cmocka_unit_test(only_end_packets_are_enough),
        cmocka_unit_test(a_very_long_press_is_one_key),
        cmocka_unit_test(what_is_no_key_is_ignored),
        cmocka_unit_test(the_queue_takes_keys_only_and_no_more_than_it_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
