/* Every final SIP code means one outcome. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "line/line.h"

static void codes_mean_what_the_table_says(void **state)
{
    static const struct {
        int code;
        enum leg_outcome outcome;
    } cases[] = {
        {200, LEG_COMPLETED},    {302, LEG_UNREACHABLE}, {400, LEG_UNREACHABLE},   {401, LEG_AUTH_FAILED},
        {402, LEG_CONGESTION},   {403, LEG_REJECTED},    {404, LEG_UNALLOCATED},   {405, LEG_UNREACHABLE},
        {407, LEG_AUTH_FAILED},  {408, LEG_NO_ANSWER},   {410, LEG_UNALLOCATED},   {415, LEG_MEDIA_FAILED},
        {420, LEG_UNREACHABLE},  {428, LEG_REJECTED},    {429, LEG_CONGESTION},    {433, LEG_REJECTED},
        {480, LEG_NO_ANSWER},    {481, LEG_UNREACHABLE}, {482, LEG_UNREACHABLE},   {483, LEG_UNREACHABLE},
        {484, LEG_UNALLOCATED},  {485, LEG_UNALLOCATED}, {486, LEG_BUSY},          {487, LEG_NO_ANSWER},
        {488, LEG_MEDIA_FAILED}, {491, LEG_UNREACHABLE}, {500, LEG_CONGESTION},    {502, LEG_CONGESTION},
        {503, LEG_CONGESTION},   {504, LEG_CONGESTION},  {599, LEG_CONGESTION},    {600, LEG_BUSY},
        {603, LEG_REJECTED},     {604, LEG_UNALLOCATED}, {606, LEG_MEDIA_FAILED},  {607, LEG_REJECTED},
        {608, LEG_REJECTED},     {699, LEG_REJECTED},    {0, LEG_UNREACHABLE},     {-1, LEG_UNREACHABLE},
        {700, LEG_UNREACHABLE},  {180, LEG_UNREACHABLE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(leg_outcome_from_code(cases[i].code), cases[i].outcome);
}

static void names_are_stored_so_they_stay(void **state)
{
    static const char *const names[] = {"completed",   "busy",         "no_answer",   "rejected",  "unallocated",
                                        "congestion",  "media_failed", "unreachable", "cancelled", "auth_failed"};

    (void)state;
    for (int o = LEG_COMPLETED; o <= LEG_AUTH_FAILED; o++)
        assert_string_equal(leg_outcome_name((enum leg_outcome)o), names[o]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_mean_what_the_table_says),
        cmocka_unit_test(names_are_stored_so_they_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
