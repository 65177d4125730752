/* A CSV file becomes lead bodies: quotes, separators and synonyms are understood, a broken row is named. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "lead/csv.h"

#include "base/banned.h"

struct seen { int rows, bad, stop_at, last_row; json_t *bodies; char why[160]; };

static int on_row(int row, json_t *body, const char *why, void *arg)
{
    struct seen *s = arg;

    s->last_row = row;
    if (body == NULL) {
        s->bad++;
        (void)strncpy(s->why, why, sizeof s->why - 1);
    } else {
        s->rows++;
        (void)json_array_append_new(s->bodies, json_deep_copy(body));
    }
    return s->stop_at == row ? ECANCELED : 0;
}

static int read_text(struct seen *s, const char *text, size_t piece)
{
    struct csv_reader *r;
    size_t n = strlen(text);
    int err = csv_reader_alloc(&r, on_row, s);

    assert_int_equal(err, 0);
    s->bodies = json_array();
    for (size_t at = 0; !err && at < n; at += piece)
        err = csv_reader_feed(r, text + at, n - at < piece ? n - at : piece);
    if (!err)
        err = csv_reader_finish(r);
    if (err)
        assert_true(csv_reader_why(r)[0] != '\0');
    csv_reader_free(r);
    return err;
}

static const char *cell(const struct seen *s, size_t row, const char *key)
{
    return jx_str(json_array_get(s->bodies, row), key, NULL);
}

static void quotes_line_ends_and_synonyms(void **state)
{
    const char text[] = "\xef\xbb\xbf" "First Name,Mobile,Organisation,Consent Text\r\n"
                        "Ann,+12125550100,\"Acme, Inc.\",yes\r\n\r\n"
                        "\"Bob \"\"B\"\"\",+12125550101,\"Two\nlines\",\r\n"
                        "Eve,+12125550102,,yes";
    size_t sizes[] = {1, 7, 4096};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct seen s = {0};

        /* the header must be whole in the first piece for the separator: the comma is the default */
        assert_int_equal(read_text(&s, text + (sizes[i] < 3 ? 3 : 0), sizes[i]), 0);
        assert_int_equal(s.rows, 3);
        assert_string_equal(cell(&s, 0, "first_name"), "Ann");
        assert_string_equal(cell(&s, 0, "phone"), "+12125550100");
        assert_string_equal(cell(&s, 0, "company"), "Acme, Inc.");
        assert_string_equal(jx_str(json_object_get(json_array_get(s.bodies, 0), "consent"), "text", ""), "yes");
        assert_string_equal(cell(&s, 1, "first_name"), "Bob \"B\"");
        assert_string_equal(cell(&s, 1, "company"), "Two\nlines");
        assert_null(json_object_get(json_array_get(s.bodies, 1), "consent"));
        assert_null(cell(&s, 2, "company"));
        json_decref(s.bodies);
    }
}

static void the_separator_is_found(void **state)
{
    const char *texts[] = {"phone;name\n+12125550100;Ann, B.\n", "phone\tname\n+12125550100\tAnn, B.\n"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct seen s = {0};

        assert_int_equal(read_text(&s, texts[i], 4096), 0);
        assert_string_equal(cell(&s, 0, "name"), "Ann, B.");
        json_decref(s.bodies);
    }
}

struct broken { const char *text; int err, rows, bad; };

static const struct broken brokens[] = {
    {"", EINVAL, 0, 0},
    {"phone,name\n", 0, 0, 0},
    {"phone,name\n+1,a,b,c\n+2,d\n", 0, 1, 1},
    {"phone,name\n+1,\xff\xfe\n+2,d\n", 0, 1, 1},
    {"phone,name\n+1,\"open\n", EINVAL, 0, 0},
    {"phone,name\n+1,a\"b\n", EINVAL, 0, 0},
    {"phone,name\n+1,\"a\"b\n", EINVAL, 0, 0},
};

static void broken_rows_are_named_and_broken_files_stop(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof brokens / sizeof brokens[0]; i++) {
        struct seen s = {0};
        int err = read_text(&s, brokens[i].text, 4096);

        if (err != brokens[i].err || s.rows != brokens[i].rows || s.bad != brokens[i].bad)
            fail_msg("case %zu: err %d, %d rows, %d bad", i, err, s.rows, s.bad);
        json_decref(s.bodies);
    }
}

static void the_row_function_can_stop(void **state)
{
    struct seen s = {.stop_at = 3};

    (void)state;
    assert_int_equal(read_text(&s, "phone\n1\n2\n3\n4\n", 4096), ECANCELED);
    assert_int_equal(s.last_row, 3);
    json_decref(s.bodies);
}

static void an_endless_cell_is_refused(void **state)
{
    size_t n = 1 << 20;
    char *text = malloc(n + 1);
    struct seen s = {0};

    (void)state;
    assert_non_null(text);
    (void)memset(text, 'a', n);
    (void)memcpy(text, "phone\n\"", 7);
    text[n] = '\0';
    assert_int_equal(read_text(&s, text, 4096), EMSGSIZE);
    json_decref(s.bodies);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_line_ends_and_synonyms), cmocka_unit_test(the_separator_is_found), cmocka_unit_test(broken_rows_are_named_and_broken_files_stop),
        cmocka_unit_test(the_row_function_can_stop),     cmocka_unit_test(an_endless_cell_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
