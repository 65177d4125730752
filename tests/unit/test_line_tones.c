/* test_line_tones.c - what is taken for which tone, at which level and in which company; and that speech is not. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <rem_g711.h>

#include "line/tone_pitch.h"
#include "line/tones.h"

enum { RATE = 8000, STORY_MAX = 256 };

/* Sounds one after the other, through mu-law, into the detector; what it tells is written down. */
struct listening { struct tones *t; char story[STORY_MAX]; struct tone_event last; int16_t frame[TONES_FRAME]; int fill; double phase1, phase2; unsigned noise; };

static void open_ears(struct listening *l)
{
    memset(l, 0, sizeof *l);
    l->noise = 1;
    assert_int_equal(tones_alloc(&l->t), 0);
}

static void sample(struct listening *l, double v)
{
    struct tone_event ev;

    l->frame[l->fill++] = g711_u2l[g711_pcm2ulaw((int16_t)v)];
    if (l->fill < TONES_FRAME)
        return;
    l->fill = 0;
    if (!tones_push(l->t, l->frame, &ev))
        return;
    l->last = ev;
    snprintf(l->story + strlen(l->story), sizeof l->story - strlen(l->story), "%s ", tone_kind_name(ev.kind));
}

static double hiss(struct listening *l, double amplitude)
{
    l->noise = l->noise * 1664525u + 1013904223u;
    return amplitude * ((double)(l->noise >> 8) / (1 << 23) - 1);
}

static void sound(struct listening *l, double hz, double hz2, int ms, double amplitude, double noise)
{
    for (int i = 0; i < ms * RATE / 1000; i++) {
        double v = amplitude * sin(l->phase1 += 2 * M_PI * hz / RATE) + (hz2 > 0 ? amplitude * sin(l->phase2 += 2 * M_PI * hz2 / RATE) : 0);

        sample(l, v + hiss(l, noise));
    }
}

static void quiet(struct listening *l, int ms)
{
    sound(l, 0, 0, ms, 0, 20);
}

static void expect(struct listening *l, const char *story)
{
    assert_string_equal(l->story, story);
    tones_free(l->t);
}

static void a_beep_of_any_pitch_is_heard_at_its_end(void **state)
{
    static const struct { int hz, hz2, ms; double amplitude; } cases[] = {
        {400, 0, 300, 8000}, {440, 0, 500, 3000}, {850, 0, 200, 8000},   {1000, 0, 600, 8000},  {1004, 0, 160, 1000},
        {1400, 0, 400, 800}, {2000, 0, 1000, 5000}, {2100, 0, 300, 4000}, {620, 1050, 400, 6000}, {1000, 1700, 250, 3000},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct listening l;

        open_ears(&l);
        quiet(&l, 1013);
        sound(&l, cases[i].hz, cases[i].hz2, cases[i].ms, cases[i].amplitude, 20);
        quiet(&l, 400);
        assert_in_range(l.last.hz, cases[i].hz - 8, cases[i].hz + 8);
        assert_in_range(l.last.ms, cases[i].ms - 40, cases[i].ms + 40);
        expect(&l, "beep ");
    }
}

/* Every pitch and length that mailboxes use, loud and faint, on a quiet and on a noisy line; once each. */
static void beeps_of_all_pitches_lengths_and_levels_are_heard(void **state)
{
    static const int pitches[] = {400, 425, 440, 480, 500, 520, 620, 660, 750, 800, 850, 900, 941, 1000, 1004, 1050, 1100, 1200, 1250, 1336, 1400, 1500, 1600, 1750, 1800, 1900, 2000};
    static const int lengths[] = {140, 160, 200, 250, 300, 400, 500, 700, 1000, 1500, 2000, 2400};
    static const struct { double amplitude, noise; } lines[] = {{10000, 5}, {6000, 20}, {3000, 100}, {800, 20}, {5000, 600}};

    (void)state;
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
        for (size_t i = 0; i < sizeof pitches / sizeof *pitches; i++)
            for (size_t m = 0; m < sizeof lengths / sizeof *lengths; m++) {
                struct listening l;

                open_ears(&l);
                sound(&l, 0, 0, 700 + 7 * (int)i, 0, lines[k].noise);
                sound(&l, pitches[i], 0, lengths[m], lines[k].amplitude, lines[k].noise);
                sound(&l, 0, 0, 400, 0, lines[k].noise);
                if (!tone_may_be_beep(&l.last) || strchr(l.story, ' ') != strrchr(l.story, ' '))
                    fail_msg("%d Hz, %d ms, %.0f over %.0f: \"%s\"", pitches[i], lengths[m], lines[k].amplitude, lines[k].noise, l.story);
                tones_free(l.t);
            }
}

static void what_is_too_short_too_soft_or_too_long_is_no_beep(void **state)
{
    static const struct { int hz, ms; double amplitude; } cases[] = {{1000, 60, 8000}, {1000, 500, 40}, {1000, 4000, 8000}, {250, 500, 8000}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct listening l;

        open_ears(&l);
        quiet(&l, 200);
        sound(&l, cases[i].hz, 0, cases[i].ms, cases[i].amplitude, 5);
        quiet(&l, 400);
        expect(&l, "");
    }
}

static void a_beep_over_noise_15_db_down_is_heard(void **state)
{
    struct listening l;

    (void)state;
    open_ears(&l);
    sound(&l, 0, 0, 500, 0, 600);
    sound(&l, 1000, 0, 500, 5000, 600);
    sound(&l, 0, 0, 400, 0, 600);
    expect(&l, "beep ");
}

static void a_lost_packet_does_not_cut_a_beep_in_two(void **state)
{
    struct listening l;

    (void)state;
    open_ears(&l);
    sound(&l, 1000, 0, 300, 8000, 0);
    quiet(&l, 20);
    sound(&l, 1000, 0, 300, 8000, 0);
    quiet(&l, 400);
    assert_in_range(l.last.ms, 580, 640);
    expect(&l, "beep ");
}

/* f1, d1, f2, d2 of the third tone 1776.7 Hz, 380 ms. */
static void special_information_tones_say_what_is_wrong(void **state)
{
    static const struct { const char *name; double f1; int d1; double f2; int d2; double f3; int d3; const char *story; } cases[] = {
        {"intercept", 913.8, 274, 1370.6, 274, 1776.7, 380, "sit_final "}, {"vacant code", 985.2, 380, 1370.6, 274, 1776.7, 380, "sit_final "},
        {"reorder", 913.8, 274, 1428.5, 380, 1776.7, 380, "sit_busy "},    {"no circuit", 985.2, 380, 1428.5, 380, 1776.7, 380, "sit_busy "},
        {"reorder far", 985.2, 274, 1370.6, 380, 1776.7, 380, "sit_busy "}, {"ITU", 950, 330, 1400, 330, 1800, 330, "sit_final "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct listening l;

        open_ears(&l);
        quiet(&l, 300);
        sound(&l, cases[i].f1, 0, cases[i].d1, 5000, 10);
        sound(&l, cases[i].f2, 0, cases[i].d2, 5000, 10);
        sound(&l, cases[i].f3, 0, cases[i].d3, 5000, 10);
        quiet(&l, 400);
        if (strcmp(l.story, cases[i].story) != 0)
            fail_msg("%s: \"%s\"", cases[i].name, l.story);
        tones_free(l.t);
    }
}

static void busy_and_ringing_are_no_beeps(void **state)
{
    struct listening l;

    (void)state;
    open_ears(&l);
    for (int i = 0; i < 2; i++) {
        sound(&l, 480, 620, 500, 3000, 10);
        quiet(&l, 500);
    }
    assert_non_null(strstr(l.story, "busy"));
    tones_free(l.t);
    open_ears(&l);
    sound(&l, 440, 480, 2000, 3000, 10);
    quiet(&l, 500);
    expect(&l, "ringback ");
}

static void a_fax_is_heard_whether_it_calls_or_answers(void **state)
{
    struct listening l;

    (void)state;
    open_ears(&l);
    quiet(&l, 500);
    sound(&l, 2100, 0, 3000, 4000, 10);
    assert_string_equal(l.story, "fax ");
    tones_free(l.t);
    open_ears(&l);
    for (int i = 0; i < 2; i++) {
        sound(&l, 1100, 0, 500, 4000, 10);
        quiet(&l, 3000);
    }
    expect(&l, "beep fax ");
}

/* A voice: a pulse train of slowly moving pitch through two resonances that move as well. */
static void a_voice_is_no_tone(void **state)
{
    struct listening l;
    double phase = 0, y1 = 0, y2 = 0, z1 = 0, z2 = 0;

    (void)state;
    open_ears(&l);
    for (int i = 0; i < 20 * RATE; i++) {
        double at = (double)i / RATE, pitch = 180 + 70 * sin(2 * M_PI * 0.7 * at), f1 = 450 + 200 * sin(2 * M_PI * 1.3 * at), f2 = 1400 + 500 * sin(2 * M_PI * 0.9 * at), x = 0, y, z;

        phase += pitch / RATE;
        if (phase >= 1) {
            phase -= 1;
            x = 6000;
        }
        y = x + 2 * 0.97 * cos(2 * M_PI * f1 / RATE) * y1 - 0.97 * 0.97 * y2;
        y2 = y1;
        y1 = y;
        z = x + 2 * 0.95 * cos(2 * M_PI * f2 / RATE) * z1 - 0.95 * 0.95 * z2;
        z2 = z1;
        z1 = z;
        sample(&l, (y + 0.6 * z) / 4 + hiss(&l, 30));
    }
    expect(&l, "");
}

static void silence_and_noise_have_no_pitch(void **state)
{
    int16_t zeros[TONES_FRAME] = {0}, noise[TONES_FRAME];
    struct listening l = {.noise = 7};

    (void)state;
    assert_int_equal(tone_pitch_of(zeros, TONES_FRAME).hz, 0);
    for (int k = 0; k < 1000; k++) {
        for (int i = 0; i < TONES_FRAME; i++)
            noise[i] = (int16_t)hiss(&l, 6000);
        assert_int_equal(tone_pitch_of(noise, TONES_FRAME).hz, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_beep_of_any_pitch_is_heard_at_its_end),
        cmocka_unit_test(beeps_of_all_pitches_lengths_and_levels_are_heard),
        cmocka_unit_test(what_is_too_short_too_soft_or_too_long_is_no_beep),
        cmocka_unit_test(a_beep_over_noise_15_db_down_is_heard),
        cmocka_unit_test(a_lost_packet_does_not_cut_a_beep_in_two),
        cmocka_unit_test(special_information_tones_say_what_is_wrong),
        cmocka_unit_test(busy_and_ringing_are_no_beeps),
        cmocka_unit_test(a_fax_is_heard_whether_it_calls_or_answers),
        cmocka_unit_test(a_voice_is_no_tone),
        cmocka_unit_test(silence_and_noise_have_no_pitch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
