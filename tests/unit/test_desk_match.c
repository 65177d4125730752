/* Who fits whom: languages decide, the rest counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "desk/match.h"

#include "base/banned.h"

struct fit { const char *profile, *skills; struct match_need need; bool foreign; int points; };

static const struct fit fits[] = {
    {"{}", "[]", {.language = "en-US", .segment = "enterprise"}, false, 0},
    {"{\"languages\":[\"en\"]}", "[]", {.language = "en-US"}, false, 0},
    {"{\"languages\":[\"es-MX\",\"fr\"]}", "[]", {.language = "es"}, false, 0},
    {"{\"languages\":[\"es\"]}", "[]", {.language = "en-US"}, true, 0},
    {"{\"languages\":[\"es\"]}", "[]", {.language = NULL}, false, 0},
    {"{\"languages\":[]}", "[]", {.language = "de"}, false, 0},
    {"{\"segments\":[\"enterprise\"],\"territories\":[\"US\",\"CA\"]}", "[]", {.segment = "Enterprise", .territory = "CA"}, false, 6},
    {"{\"segments\":[\"smb\"],\"territories\":[\"UK\"]}", "[\"dental\",\"demo_request\"]", {.segment = "enterprise", .territory = "US", .product = "dental", .source = "demo_request"}, false, 2},
    {"{\"segments\":[\"\"]}", "[\"\"]", {.segment = "", .product = ""}, false, 0},
};

static void fits_as_a_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fits / sizeof fits[0]; i++) {
        json_t *profile = json_loads(fits[i].profile, 0, NULL), *skills = json_loads(fits[i].skills, 0, NULL);
        struct match m;

        match_closer(&m, &fits[i].need, profile, skills);
        if (m.foreign != fits[i].foreign || m.points != fits[i].points)
            fail_msg("line %zu: foreign %d, %d points", i, m.foreign, m.points);
        json_decref(profile);
        json_decref(skills);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fits_as_a_table)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
