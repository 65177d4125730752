/* test_base_text.c - texts, files, numbers, ids, and what a log line may show. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/text.h"

#include "base/banned.h"

static void a_copy_is_cut_between_characters(void **state)
{
    static const struct { const char *s; size_t size; const char *want; bool whole; } cases[] = {
        {"Ann", 4, "Ann", true}, {"Ann", 3, "An", false}, {"Ann", 1, "", false}, {"", 1, "", true},
        {"Zo\xc3\xab", 5, "Zo\xc3\xab", true}, {"Zo\xc3\xab", 4, "Zo", false}, {"\xe2\x82\xac", 3, "", false}, {"a\xf0\x9f\x98\x80z", 5, "a", false}, {"a\xf0\x9f\x98\x80z", 6, "a\xf0\x9f\x98\x80", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[16] = "???????????????";

        assert_int_equal(text_copy(out, cases[i].size, cases[i].s), cases[i].whole);
        assert_string_equal(out, cases[i].want);
        assert_int_equal(out[cases[i].size], '?');
    }
    assert_true(text_copy(NULL, 0, ""));
    assert_false(text_copy(NULL, 0, "a"));
}

static void texts_are_compared(void **state)
{
    (void)state;
    assert_true(text_starts("sip:ann", "sip:"));
    assert_false(text_starts("si", "sip:"));
    assert_true(text_ends("a.wav", ".wav"));
    assert_false(text_ends("wav", ".wav"));
    assert_true(text_equal_secret("abc", "abc"));
    assert_false(text_equal_secret("abc", "abd"));
    assert_false(text_equal_secret("abc", "ab"));
    assert_true(text_equal_secret("", ""));
}

static void a_number_is_the_whole_text(void **state)
{
    static const struct { const char *s; int err; long long v; } cases[] = {
        {"0", 0, 0}, {"42", 0, 42}, {"-7", 0, -7}, {"+7", 0, 7}, {"100", 0, 100}, {"101", EINVAL, 0}, {"-8", EINVAL, 0}, {"", EINVAL, 0}, {" 4", EINVAL, 0}, {"4 ", EINVAL, 0}, {"4x", EINVAL, 0},
        {"x", EINVAL, 0}, {"\n4", EINVAL, 0}, {"1e2", EINVAL, 0}, {"99999999999999999999", EINVAL, 0}, {"-", EINVAL, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        long long v = -1;

        if (text_int(&v, cases[i].s, -7, 100) != cases[i].err || v != (cases[i].err ? -1 : cases[i].v))
            fail_msg("\"%s\" gave %lld", cases[i].s, v);
    }
}

static void a_file_is_written_whole_and_read_within_a_limit(void **state)
{
    char dir[] = "/tmp/test_text_XXXXXX", path[64], *text = NULL;
    static char big[100000];
    size_t n = 0;

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/file", dir);
    memset(big, 'x', sizeof big);
    assert_int_equal(text_write_file(path, big, sizeof big), 0);
    assert_int_equal(text_read_file(&text, &n, path, sizeof big - 1), EMSGSIZE);
    assert_null(text);
    assert_int_equal(text_read_file(&text, &n, path, sizeof big), 0);
    assert_int_equal(n, sizeof big);
    assert_int_equal(strlen(text), n);
    free(text);
    assert_int_equal(text_write_file(path, "", 0), 0); /* the old one is gone */
    assert_int_equal(text_read_file(&text, &n, path, 10), 0);
    assert_string_equal(text, "");
    free(text);
    unlink(path);
    assert_int_equal(text_read_file(&text, &n, path, 10), ENOENT);
    assert_int_equal(rmdir(dir), 0); /* and nothing is left beside it */
    assert_int_equal(text_write_file(path, "x", 1), ENOENT);
}

/* --- ids --- */

enum { IDS = 2000, MAKERS = 4 };
static char ids[MAKERS][IDS][ID_MAX];

static void *make(void *arg)
{
    char(*mine)[ID_MAX] = arg;

    for (int i = 0; i < IDS; i++)
        id_new(mine[i], 1773223200000);
    return NULL;
}

static int by_text(const void *a, const void *b) { return strcmp(a, b); }

static void ids_of_one_instant_ascend_and_are_all_different(void **state)
{
    static char all[MAKERS * IDS][ID_MAX];
    pthread_t threads[MAKERS];

    (void)state;
    for (int t = 0; t < MAKERS; t++)
        assert_int_equal(pthread_create(&threads[t], NULL, make, ids[t]), 0);
    for (int t = 0; t < MAKERS; t++)
        pthread_join(threads[t], NULL);
    for (int t = 0; t < MAKERS; t++)
        for (int i = 1; i < IDS; i++)
            assert_true(strcmp(ids[t][i - 1], ids[t][i]) < 0);
    memcpy(all, ids, sizeof all);
    qsort(all, MAKERS * IDS, ID_MAX, by_text);
    for (int i = 1; i < MAKERS * IDS; i++)
        assert_string_not_equal(all[i - 1], all[i]);
}

static void an_id_is_a_uuid_of_version_7_with_its_instant(void **state)
{
    char early[ID_MAX], late[ID_MAX];

    (void)state;
    id_new(early, 1893456000000);
    id_new(late, 1893456001000);
    assert_true(id_valid(early));
    assert_int_equal(early[14], '7');
    assert_non_null(strchr("89ab", early[19]));
    assert_memory_equal(early, "01b8dac5-b400", 13);
    assert_true(strcmp(early, late) < 0);
    id_new(early, 1000); /* a clock that was put back: ids still ascend */
    assert_true(strcmp(late, early) < 0);
}

static void the_shape_of_an_id_is_checked(void **state)
{
    static const char *const wrong[] = {"", "0", "01900000-0000-7000-8000-00000000000", "01900000-0000-7000-8000-0000000000011", "01900000x0000-7000-8000-000000000001",
                                        "0190000A-0000-7000-8000-000000000001", "01900000-0000-7000-8000-00000000000g", "../../../../../../../../../etc/passwd"};

    (void)state;
    assert_true(id_valid("01900000-0000-7000-8000-000000000001"));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(id_valid(wrong[i]));
}

static void secrets_are_random_hex(void **state)
{
    char a[65], b[65];

    (void)state;
    id_secret(a, 32);
    id_secret(b, 32);
    assert_int_equal(strspn(a, "0123456789abcdef"), 64);
    assert_int_equal(strlen(a), 64);
    assert_string_not_equal(a, b);
}

/* --- log lines --- */

static int saved, pipe_fd[2];

static void catch_log(void)
{
    assert_int_equal(pipe(pipe_fd), 0);
    fflush(stderr);
    saved = dup(STDERR_FILENO);
    assert_true(dup2(pipe_fd[1], STDERR_FILENO) >= 0);
}

/* What was logged since catch_log. */
static const char *caught(void)
{
    static char out[2 * LOG_LINE_MAX];
    ssize_t n;

    dup2(saved, STDERR_FILENO);
    close(saved);
    close(pipe_fd[1]);
    n = read(pipe_fd[0], out, sizeof out - 1);
    close(pipe_fd[0]);
    assert_true(n >= 0);
    out[n] = '\0';
    return out;
}

static void a_line_has_time_level_room_and_id(void **state)
{
    const char *line;
    int64_t at;
    char when[25];

    (void)state;
    log_set_level(LOG_INFO);
    catch_log();
    log_debug("call", "x", "not this");
    log_info("call", "0190", "ended by %s", "us");
    log_warn("main", NULL, "%s", "no id");
    line = caught();
    memcpy(when, line, 24);
    when[24] = '\0';
    assert_int_equal(clock_parse(&at, when), 0);
    assert_non_null(strstr(line, " info  call   0190 ended by us\n"));
    assert_non_null(strstr(line, " warn  main   no id\n"));
    assert_null(strstr(line, "not this"));
}

static void a_long_line_is_cut_and_stays_one(void **state)
{
    char big[2 * LOG_LINE_MAX];
    const char *line;

    (void)state;
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    log_set_level(LOG_INFO);
    catch_log();
    log_error("main", "", "%s", big);
    line = caught();
    assert_true(strlen(line) <= LOG_LINE_MAX);
    assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
}

static void levels_have_names(void **state)
{
    enum log_level level = LOG_OFF;

    (void)state;
    assert_int_equal(log_level_parse(&level, "Warn"), 0);
    assert_int_equal(level, LOG_WARN);
    assert_int_equal(log_level_parse(&level, "loud"), EINVAL);
    assert_int_equal(level, LOG_WARN);
    log_set_level(LOG_OFF);
    assert_int_equal(log_get_level(), LOG_OFF);
    catch_log();
    log_error("main", "", "nobody reads this");
    assert_string_equal(caught(), "");
}

static void numbers_and_words_are_masked(void **state)
{
    static const struct { const char *number, *want; } numbers[] = {
        {"+14155550123", "+1415*****23"}, {"+442079460147", "+4420******47"}, {"12345678", "12345*78"}, {"1234567", "****"}, {"911", "****"}, {"", "-"}, {NULL, "-"},
        {"+1415555012345678901234567890123", "****"}, /* no number */
    };
    static const struct { const char *text, *want; } words[] = {{"", "<0 words>"}, {NULL, "<0 words>"}, {"yes", "<1 words>"}, {"  call me\tback\n", "<3 words>"}};
    char out[LOG_MASK_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_string_equal(log_phone(out, numbers[i].number), numbers[i].want);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_string_equal(log_words(out, words[i].text), words[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_cut_between_characters), cmocka_unit_test(texts_are_compared), cmocka_unit_test(a_number_is_the_whole_text),
        cmocka_unit_test(a_file_is_written_whole_and_read_within_a_limit), cmocka_unit_test(ids_of_one_instant_ascend_and_are_all_different),
        cmocka_unit_test(an_id_is_a_uuid_of_version_7_with_its_instant), cmocka_unit_test(the_shape_of_an_id_is_checked), cmocka_unit_test(secrets_are_random_hex),
        cmocka_unit_test(a_line_has_time_level_room_and_id), cmocka_unit_test(a_long_line_is_cut_and_stays_one), cmocka_unit_test(levels_have_names),
        cmocka_unit_test(numbers_and_words_are_masked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
