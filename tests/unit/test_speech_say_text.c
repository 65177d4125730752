/* What is written, and what is said for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "speech/engine/say_number.h"
#include "speech/engine/say_text.h"

static const struct {
    const char *written, *said;
} cases[] = {
    {"Hello, how are you?", "Hello, how are you?"},
    {"This call is recorded; say stop.", "This call is recorded; say stop."},
    {"It\xe2\x80\x99s \xe2\x80\x9cgreat\xe2\x80\x9d \xe2\x80\x94 really\xe2\x80\xa6", "It's great, really."},
    {"follow-up", "follow up"},
    {"sales & support", "sales and support"},
    /* numbers */
    {"0 7 13 20 21 100 105 999", "zero seven thirteen twenty twenty one one hundred one hundred five nine hundred ninety nine"},
    {"1,000 leads", "one thousand leads"},
    {"12,345", "twelve thousand three hundred forty five"},
    {"1,000,000", "one million"},
    {"2500000", "two million five hundred thousand"},
    {"3.5 days", "three point five days"},
    {"0.25", "zero point two five"},
    {"99.9%", "ninety nine point nine percent"},
    {"10% off", "ten percent off"},
    {"3-5 questions", "three to five questions"},
    {"24/7", "twenty four seven"},
    {"007", "zero zero seven"},
    {"5k", "five thousand"},
    {"50+ people", "fifty plus people"},
    {"#3", "number three"},
    {"1234567890123456", "one two three four five six seven eight nine zero one two three four five six"},
    {"1st, 2nd, 3rd, 4th, 12th, 20th, 21st, 100th", "first, second, third, fourth, twelfth, twentieth, twenty first, one hundredth"},
    {"in 1987", "in nineteen eighty seven"},
    {"by 2026.", "by twenty twenty six."},
    {"in 1905", "in nineteen O five"},
    {"2008", "two thousand eight"},
    /* money */
    {"$1", "one dollar"},
    {"$1,500 a month", "one thousand five hundred dollars a month"},
    {"$49.99,", "forty nine dollars and ninety nine cents,"},
    {"$10.00", "ten dollars"},
    {"$2.01", "two dollars and one cent"},
    {"$1.5M", "one point five million dollars"},
    {"$2k/month", "two thousand dollars per month"},
    {"$50 million", "fifty million dollars"},
    {"$1 million?", "one million dollars?"},
    {"\xe2\x82\xac""300", "three hundred euros"},
    {"\xc2\xa3""1.50", "one pound and fifty pence"},
    /* times and dates */
    {"at 9:30 tomorrow", "at nine thirty tomorrow"},
    {"10:05", "ten O five"},
    {"3:00", "three o'clock"},
    {"14:00", "fourteen hundred"},
    {"10am", "ten AM"},
    {"at 10 a.m. or 4:30 pm.", "at ten AM or four thirty PM."},
    {"3:00 p.m., please", "three PM, please"},
    {"2026-03-11", "March eleventh, twenty twenty six"},
    /* telephone numbers */
    {"+12025550100", "one, two zero two, five five five, zero one zero zero"},
    {"call +12025550100.", "call one, two zero two, five five five, zero one zero zero."},
    {"202-555-0100", "two zero two, five five five, zero one zero zero"},
    {"(202) 555-0100", "two zero two five five five, zero one zero zero"},
    {"+442079460000", "plus four four two, zero seven nine, four six zero, zero zero zero"},
    /* addresses */
    {"ann.lee@acme.io", "ann dot lee at acme dot io"},
    {"www.acme.com", "WWW dot acme dot com"},
    {"https://acme.com/demo", "acme dot com slash demo"},
    {"northwind.com!", "northwind dot com!"},
    /* abbreviations */
    {"Mr. Smith vs. Dr. Jones", "Mister Smith versus Doctor Jones"},
    {"e.g. a CRM", "for example a CRM"},
    {"", ""},
    {"   ", ""},
    {"...", ""},
    {"?!", ""},
};

static void written_forms_are_said_as_people_say_them(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;

        buf_init(&out, SAY_WORDS_MAX);
        assert_int_equal(say_text(&out, cases[i].written), 0);
        if (strcmp(buf_str(&out), cases[i].said) != 0) {
            print_message("\"%s\": \"%s\", expected \"%s\"\n", cases[i].written, buf_str(&out), cases[i].said);
            wrong++;
        }
        buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

static void numbers_of_any_size_have_words(void **state)
{
    static const struct {
        long long n;
        const char *cardinal, *ordinal;
    } numbers[] = {
        {0, "zero", "zeroth"},
        {40, "forty", "fortieth"},
        {1000, "one thousand", "one thousandth"},
        {1002003, "one million two thousand three", "one million two thousand third"},
        {999999999999999,
         "nine hundred ninety nine trillion nine hundred ninety nine billion nine hundred ninety nine million nine hundred "
         "ninety nine thousand nine hundred ninety nine",
         "nine hundred ninety nine trillion nine hundred ninety nine billion nine hundred ninety nine million nine hundred "
         "ninety nine thousand nine hundred ninety ninth"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct buf out;

        buf_init(&out, SAY_WORDS_MAX);
        say_cardinal(&out, numbers[i].n);
        assert_string_equal(buf_str(&out), numbers[i].cardinal);
        buf_clear(&out);
        say_ordinal(&out, numbers[i].n);
        assert_string_equal(buf_str(&out), numbers[i].ordinal);
        buf_release(&out);
    }
}

static void odd_bytes_do_no_harm(void **state)
{
    static const char *const odd[] = {"\xff\xfe", "\xe2\x80", "$", "$,", "$1,", "+", "(1", "1:", "1:6", "12:99", "@", "a@", "1/", "9-",
                                      "----", "$999999999999999999999k", "1.2.3.4", "((((", "\xc2", "2026-13-45", "://"};

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct buf out;

        buf_init(&out, SAY_WORDS_MAX);
        assert_int_equal(say_text(&out, odd[i]), 0);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_forms_are_said_as_people_say_them),
        cmocka_unit_test(numbers_of_any_size_have_words),
        cmocka_unit_test(odd_bytes_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
