/* test_practice_announcement.c - announcements: what a line says, and how long it sounds. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/obj.h"
#include "practice/announcement.h"

static struct announcement a;

static void a_line_is_words_pauses_and_tones(void **state)
{
    char words[ANNOUNCEMENT_WORDS_MAX];

    (void)state;
    assert_int_equal(announcement_parse(&a, "{pause 600} Hi, it's Jen.  {beep 620+1050 300} Bye. {beep 1000}"), 0);
    assert_int_equal(a.n, 5);
    assert_int_equal(a.at[0].ms, 600);
    assert_string_equal(a.at[1].words, "Hi, it's Jen.");
    assert_int_equal(a.at[2].tones[0].hz, 620);
    assert_int_equal(a.at[2].tones[0].hz2, 1050);
    assert_int_equal(a.at[2].tones[0].ms, 300);
    assert_int_equal(a.at[4].tones[0].ms, 400);
    announcement_words(words, sizeof words, &a);
    assert_string_equal(words, "Hi, it's Jen. Bye.");
}

static void sounds_last_as_long_as_they_should(void **state)
{
    static const struct { const char *line; int ms; } cases[] = {{"{pause 250}", 250}, {"{beep 1000 500}", 500}, {"{sit}", 1034}, {"{ring}", 3000}, {"{fax}", 3000}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct clip *c;

        assert_int_equal(announcement_parse(&a, cases[i].line), 0);
        assert_int_equal(announcement_sound(&c, &a.at[0]), 0);
        assert_int_equal(clip_ms(c), cases[i].ms);
        obj_unref(c);
    }
}

static void mistakes_are_refused(void **state)
{
    static const char *const lines[] = {"{beep}", "{beep high}", "{beep 10}", "{pause 0}", "{pause 99999}", "{trumpet}", "{pause 10", "{beep 1000 x}", "{}"};
    char many[ANNOUNCEMENT_PARTS_MAX * 12 + 20] = "", longer[ANNOUNCEMENT_WORDS_MAX + 1];

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(announcement_parse(&a, lines[i]), EINVAL);
    for (int i = 0; i <= ANNOUNCEMENT_PARTS_MAX; i++)
        strcat(many, "{pause 10}");
    assert_int_equal(announcement_parse(&a, many), EINVAL);
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(announcement_parse(&a, longer), EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_words_pauses_and_tones),
        cmocka_unit_test(sounds_last_as_long_as_they_should),
        cmocka_unit_test(mistakes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
