/* test_talk_greeting.c - what the words of a greeting tell, by tests/data/greeting_words.tsv: WHO, a tab, what is said; WHO is human, voicemail, voicemail_full, ivr, screening or
 * sit. A person may be taken for a hint of a machine, never for a certain one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/obj.h"
#include "talk/greeting.h"

enum { LINE_BYTES = 1000, LINES_MIN = 180 };

static const char *name_of(enum greeting_kind k)
{
    switch (k) {
    case GREETING_FULL: return "voicemail_full";
    case GREETING_SCREENING: return "screening";
    case GREETING_VOICEMAIL: return "voicemail";
    case GREETING_NO_SERVICE:
    case GREETING_NO_CIRCUIT: return "sit";
    case GREETING_MENU: return "ivr";
    case GREETING_PERSON:
    case GREETING_PICK_UP:
    case GREETING_WAIT:
    case GREETING_OFFER:
    case GREETING_SHIELD:
    case GREETING_OPENING:
    case GREETING_TONE:
    case GREETING_KINDS: return "human";
    }
    return "human";
}

static enum greeting_kind machine_in(const struct greeting_book *book, const char *text)
{
    struct greeting g;

    greeting_read(&g, book, text);
    return greeting_machine(&g, GREETING_SURE);
}

static void words_tell_people_from_machines(void **state)
{
    FILE *f = fopen(BATON_SOURCE_DIR "/tests/data/greeting_words.tsv", "r");
    struct greeting_book *book = NULL;
    char line[LINE_BYTES];
    int n = 0, wrong = 0;

    (void)state;
    assert_non_null(f);
    assert_int_equal(greeting_book_alloc(&book, "en-US"), 0);
    while (fgets(line, sizeof line, f) != NULL) {
        char *text = strchr(line, '\t');
        const char *found;

        assert_non_null(text);
        *text++ = '\0';
        found = name_of(machine_in(book, text));
        n++;
        if (strcmp(found, line) == 0)
            continue;
        wrong++;
        print_error("%s taken for %s: %s", line, found, text);
    }
    fclose(f);
    obj_unref(book);
    assert_in_range(n, LINES_MIN, 100000);
    assert_int_equal(wrong, 0);
}

/* "Hello? Hello? Haha, leave a message" against "I'd like you to leave a message with me, how can I help you?" */
static void plain_words_of_a_machine_outweigh_whoever_plays_a_person_before_them(void **state)
{
    struct greeting_book *book = NULL;

    (void)state;
    assert_int_equal(greeting_book_alloc(&book, "en-US"), 0);
    assert_int_equal(machine_in(book, "Hello? Hello? Who is this? Can you hear me? Just kidding, leave a message after the beep."), GREETING_VOICEMAIL);
    assert_int_equal(machine_in(book, "Leave a message with me if you like. Who is calling please, and how can I help you?"), GREETING_KINDS);
    obj_unref(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_tell_people_from_machines),
        cmocka_unit_test(plain_words_of_a_machine_outweigh_whoever_plays_a_person_before_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
