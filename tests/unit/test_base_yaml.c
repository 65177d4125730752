/* test_base_yaml.c - the YAML tree: shapes, lines, and what is refused. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/yaml.h"

static void reads_maps_lists_and_lines(void **state)
{
    static const char text[] = "name: Ava\nlist: [1, two, \"3\"]\nmap:\n  deep: { a: yes, b: -2.5 }\n";
    struct yaml_doc *doc;
    const struct yaml_node *root, *list, *deep;
    char why[200];
    double v;
    bool b;

    (void)state;
    assert_int_equal(yaml_parse(&doc, text, strlen(text), why, sizeof why), 0);
    root = yaml_root(doc);
    assert_string_equal(yaml_str(root, "name", "?"), "Ava");
    assert_string_equal(yaml_str(root, "absent", "?"), "?");
    list = yaml_get(root, "list");
    assert_int_equal(list->kind, YAML_NODE_LIST);
    assert_int_equal(list->count, 3);
    assert_int_equal(list->line, 2);
    assert_int_equal(yaml_num(&v, list->children[0]), 0);
    assert_int_equal(yaml_num(&v, list->children[1]), EINVAL);
    assert_int_equal(yaml_num(&v, list->children[2]), EINVAL); /* quoted: a text */
    deep = yaml_get(yaml_get(root, "map"), "deep");
    assert_int_equal(deep->line, 4);
    assert_int_equal(yaml_bool(&b, yaml_get(deep, "a")), 0);
    assert_true(b);
    assert_int_equal(yaml_num(&v, yaml_get(deep, "b")), 0);
    assert_true(v == -2.5);
    assert_null(yaml_get(list, "a"));
    assert_null(yaml_get(NULL, "a"));
    yaml_doc_free(doc);
}

static void refuses(const char *text, const char *expected)
{
    struct yaml_doc *doc = NULL;
    char why[200];

    assert_int_equal(yaml_parse(&doc, text, strlen(text), why, sizeof why), EINVAL);
    if (strstr(why, expected) == NULL)
        fail_msg("\"%s\" lacks \"%s\"", why, expected);
}

static void says_the_line_of_what_it_refuses(void **state)
{
    (void)state;
    refuses("", "line 1: the document is empty");
    refuses("a: 1\nb: 2\na: 3\n", "line 3: the key \"a\" appears twice");
    refuses("a: &x 1\nb: *x\n", "line 1: anchors");
    refuses("a: &x [1]\n", "line 1: anchors");
    refuses("a: *x\n", "line 1: aliases");
    refuses("a: 1\n---\nb: 2\n", "second document");
    refuses("a: [1, 2\nb: 3\n", "line ");
    refuses("? [a]\n: 1\n", "line 1: a key must be a plain text");
    refuses("a: \"x\\0y\"\n", "zero byte");
}

static void refuses_depth_and_size(void **state)
{
    char deep[YAML_MAX_DEPTH + 10], why[200];
    char *big = malloc(YAML_MAX_BYTES + 1);
    struct yaml_doc *doc = NULL;

    (void)state;
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    refuses(deep, "nested too deep");
    memset(big, 'a', YAML_MAX_BYTES + 1);
    assert_int_equal(yaml_parse(&doc, big, YAML_MAX_BYTES + 1, why, sizeof why), EMSGSIZE);
    memset(big, '-', YAML_MAX_BYTES);
    for (size_t i = 0; i + 4 <= 300000; i += 4)
        memcpy(big + i, "- a\n", 4);
    assert_int_equal(yaml_parse(&doc, big, 300000, why, sizeof why), EINVAL);
    assert_non_null(strstr(why, "too many entries"));
    free(big);
}

static void a_missing_file_is_an_error(void **state)
{
    struct yaml_doc *doc = NULL;
    char why[200];

    (void)state;
    assert_int_equal(yaml_read_file(&doc, "/nonexistent/file.yaml", why, sizeof why), ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_maps_lists_and_lines),
        cmocka_unit_test(says_the_line_of_what_it_refuses),
        cmocka_unit_test(refuses_depth_and_size),
        cmocka_unit_test(a_missing_file_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
