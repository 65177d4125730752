/* test_base_json.c - the short words over jansson: wrong types, limits, and what happens without memory. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

#include "base/banned.h"

static json_t *parsed(const char *text)
{
    json_t *j = NULL;
    char why[100];

    assert_int_equal(jx_parse(&j, text, strlen(text), 1000, why, sizeof why), 0);
    return j;
}

static void a_member_of_another_type_counts_as_missing(void **state)
{
    json_t *j = parsed("{\"s\":\"text\",\"i\":7,\"r\":2.5,\"t\":true,\"f\":false,\"n\":null,\"a\":[]}");

    (void)state;
    assert_string_equal(jx_str(j, "s", "?"), "text");
    assert_string_equal(jx_str(j, "i", "?"), "?");
    assert_string_equal(jx_str(j, "n", "?"), "?");
    assert_null(jx_str(j, "absent", NULL));
    assert_int_equal(jx_int(j, "i", -1), 7);
    assert_int_equal(jx_int(j, "r", -1), -1);
    assert_int_equal(jx_int(j, "s", -1), -1);
    assert_true(jx_num(j, "r", 0) == 2.5);
    assert_true(jx_num(j, "i", 0) == 7.0);
    assert_true(jx_num(j, "t", -1) == -1);
    assert_true(jx_bool(j, "t", false));
    assert_false(jx_bool(j, "f", true));
    assert_true(jx_bool(j, "n", true));
    assert_string_equal(jx_str(NULL, "s", "?"), "?");
    assert_int_equal(jx_int(json_object_get(j, "a"), "i", 3), 3);
    json_decref(j);
}

static void members_are_set_and_written_in_order(void **state)
{
    json_t *j = json_object();
    char *text;

    (void)state;
    assert_int_equal(jx_set_str(j, "z", "last \"first\""), 0);
    assert_int_equal(jx_set_int(j, "big", INT64_C(9007199254740993)), 0);
    assert_int_equal(jx_set_num(j, "price", 18.9), 0);
    assert_int_equal(jx_set_bool(j, "yes", true), 0);
    assert_int_equal(jx_set_str(j, "none", NULL), 0);
    assert_int_equal(jx_set(j, "list", json_pack("[i]", 1)), 0);
    assert_int_equal(jx_set(j, "nothing", NULL), 0);
    text = jx_dump(j);
    assert_string_equal(text, "{\"z\":\"last \\\"first\\\"\",\"big\":9007199254740993,\"price\":18.9,\"yes\":true,\"none\":null,\"list\":[1],\"nothing\":null}");
    free(text);
    json_decref(j);
}

static void what_is_no_document_is_refused_with_its_place(void **state)
{
    static const struct { const char *text; int err; const char *why; } cases[] = {
        {"", EINVAL, "line 1"}, {"{", EINVAL, "line 1"}, {"{\"a\":1}\n x", EINVAL, "line 2"}, {"{\"a\":1,\"a\":2}", EINVAL, "duplicate"}, {"{a:1}", EINVAL, "line 1"},
        {"\"\xff\"", EINVAL, "line 1"}, {"[1,\n2,\n]", EINVAL, "line 3"}, {"[1,2,3,4,5,6,7,8,9,10,11,12]", EMSGSIZE, "longer than 20 bytes"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *j = NULL;
        char why[200] = "";

        assert_int_equal(jx_parse(&j, cases[i].text, strlen(cases[i].text), 20, why, sizeof why), cases[i].err);
        assert_null(j);
        if (strstr(why, cases[i].why) == NULL)
            fail_msg("%s: \"%s\" lacks \"%s\"", cases[i].text, why, cases[i].why);
    }
}

static void depth_is_limited(void **state)
{
    static char deep[10000];
    json_t *j = NULL;
    char why[200];

    (void)state;
    memset(deep, '[', sizeof deep);
    assert_int_equal(jx_parse(&j, deep, sizeof deep, sizeof deep, why, sizeof why), EINVAL);
    assert_null(j);
}

/* --- without memory --- */

static int allocations_left;

static void *failing_malloc(size_t n)
{
    return allocations_left-- > 0 ? malloc(n) : NULL;
}

/* Whichever allocation fails: an error, nothing lost, nothing half done. */
static void every_failing_allocation_is_an_error(void **state)
{
    static const char text[] = "{\"name\":\"Ann\",\"list\":[1,2,{\"deep\":true}],\"price\":18.9}";
    int n = 0, err = ENOMEM;

    (void)state;
    json_set_alloc_funcs(failing_malloc, free);
    for (; err != 0; n++) {
        json_t *j = NULL;
        char why[100], *dump = NULL;

        assert_true(n < 1000);
        allocations_left = n;
        err = jx_parse(&j, text, strlen(text), sizeof text, why, sizeof why);
        if (!err)
            err = jx_set_str(j, "more", "text");
        if (!err)
            err = (dump = jx_dump(j)) != NULL ? 0 : ENOMEM;
        if (!err)
            assert_string_equal(dump, "{\"name\":\"Ann\",\"list\":[1,2,{\"deep\":true}],\"price\":18.9,\"more\":\"text\"}");
        free(dump);
        json_decref(j);
    }
    json_set_alloc_funcs(malloc, free);
    assert_true(n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_of_another_type_counts_as_missing), cmocka_unit_test(members_are_set_and_written_in_order),
        cmocka_unit_test(what_is_no_document_is_refused_with_its_place), cmocka_unit_test(depth_is_limited), cmocka_unit_test(every_failing_allocation_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
