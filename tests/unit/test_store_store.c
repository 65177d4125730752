/* The store: writes group and roll back alone, reads are consistent, events are in the transaction of their change. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/loop.h"
#include "base/obj.h"
#include "store/entities.h"
#include "store/store.h"

#include "base/banned.h"

static struct store *open_url(const char *url)
{
    struct store *s;
    char why[200] = "";

    if (store_open(&s, url, why, sizeof why) != 0)
        fail_msg("%s", why);
    return s;
}

static void shut(struct store *s)
{
    store_close(s);
    obj_unref(s);
}

static void temp_path(char path[64])
{
    (void)snprintf(path, 64, "/tmp/baton-test-XXXXXX");
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    close(fd);
}

static void remove_db(const char *path)
{
    char name[80];

    unlink(path);
    (void)snprintf(name, sizeof name, "%s-wal", path);
    unlink(name);
    (void)snprintf(name, sizeof name, "%s-shm", path);
    unlink(name);
}

static int put_setting(struct tx *tx, void *arg)
{
    json_t *v = json_pack("{s:s}", "v", (const char *)arg);
    int err = setting_put(tx, arg, v, 1);

    json_decref(v);
    return err;
}

static int put_then_fail(struct tx *tx, void *arg)
{
    (void)put_setting(tx, arg);
    return ECANCELED;
}

static int count_settings(struct tx *tx, void *arg)
{
    return tx_query_int(tx, arg, "SELECT count(*) FROM setting", "");
}

static void a_failed_job_is_undone_alone(void **state)
{
    struct store *s = open_url("sqlite::memory:");
    int64_t n = 0;

    (void)state;
    assert_int_equal(store_run(s, put_setting, (void *)"a"), 0);
    assert_int_equal(store_run(s, put_then_fail, (void *)"b"), ECANCELED);
    assert_int_equal(store_run(s, put_setting, (void *)"c"), 0);
    assert_int_equal(store_read(s, count_settings, &n), 0);
    assert_int_equal(n, 2);
    shut(s);
}

static int write_in_read(struct tx *tx, void *arg)
{
    return tx_exec(tx, "DELETE FROM setting", arg == NULL ? "" : "");
}

static void a_read_cannot_write(void **state)
{
    struct store *s = open_url("sqlite::memory:");

    (void)state;
    assert_int_equal(store_read(s, write_in_read, NULL), EACCES);
    shut(s);
}

static void unknown_schemes_are_refused(void **state)
{
    struct store *s;
    char why[200];

    (void)state;
    assert_int_equal(store_open(&s, "mysql:x", why, sizeof why), ENOTSUP);
    assert_int_equal(store_open(&s, "sqlite:", why, sizeof why), ENOTSUP);
    assert_int_equal(store_open(&s, "sqlite:/nonexistent/dir/db", why, sizeof why), EIO);
    assert_non_null(strstr(why, "/nonexistent"));
}

static int make_newer(struct tx *tx, void *arg)
{
    (void)arg;
    return tx_exec(tx, "INSERT INTO migration (version, name, applied_at) VALUES (9999, 'future', 0)", "");
}

static void a_newer_schema_is_refused_and_an_equal_one_opens(void **state)
{
    struct store *s;
    char path[64], url[80], why[200];

    (void)state;
    temp_path(path);
    (void)snprintf(url, sizeof url, "sqlite:%s", path);
    s = open_url(url);
    shut(s);
    s = open_url(url);
    assert_int_equal(store_run(s, make_newer, NULL), 0);
    shut(s);
    assert_int_equal(store_open(&s, url, why, sizeof why), ENOTSUP);
    assert_non_null(strstr(why, "9999"));
    remove_db(path);
}

/* --- completions on a loop --- */

struct order { int seen[64], n, want; struct loop *loop; };
struct numbered { struct order *order; int number; };

static int do_nothing(struct tx *tx, void *arg)
{
    struct numbered *m = arg;

    (void)tx;
    return m->number % 7 == 3 ? EPERM : 0;
}

static void on_done(int err, void *arg)
{
    struct numbered *m = arg;

    assert_int_equal(err, m->number % 7 == 3 ? EPERM : 0);
    m->order->seen[m->order->n++] = m->number;
    if (m->order->n == m->order->want)
        loop_stop(m->order->loop);
}

static void completions_come_in_the_order_of_submission(void **state)
{
    struct store *s = open_url("sqlite::memory:");
    struct order order = {.want = 50};
    struct numbered numbers[50];

    (void)state;
    assert_int_equal(loop_alloc(&order.loop, "test"), 0);
    for (int i = 0; i < 50; i++) {
        numbers[i] = (struct numbered){&order, i};
        assert_int_equal(store_submit(s, do_nothing, on_done, order.loop, &numbers[i]), 0);
    }
    assert_int_equal(loop_run(order.loop, false, NULL, NULL), 0);
    for (int i = 0; i < 50; i++)
        assert_int_equal(order.seen[i], i);
    shut(s);
    loop_free(order.loop);
}

/* --- events --- */

static int append_two(struct tx *tx, void *arg)
{
    json_t *data = json_pack("{s:i}", "n", 7);
    int err = event_append(tx, &(struct store_event){.kind = "test.one", .lead_id = "L", .data = data, .at = 5});

    (void)arg;
    json_decref(data);
    return err ? err : event_append(tx, &(struct store_event){.kind = "test.two", .call_id = "C", .at = 6});
}

static int append_and_fail(struct tx *tx, void *arg)
{
    (void)append_two(tx, arg);
    return EIO;
}

struct listed { json_t *rows; int64_t after, last; const char *lead_id, *call_id; };

static int list_events(struct tx *tx, void *arg)
{
    struct listed *l = arg;

    l->last = event_last_seq(tx);
    return event_list(tx, l->after, l->lead_id, l->call_id, 100, &l->rows);
}

static void on_commit(int64_t last_seq, void *arg)
{
    __atomic_store_n((int64_t *)arg, last_seq, __ATOMIC_RELAXED);
}

static size_t listed_count(struct store *s, struct listed *l)
{
    size_t n;

    assert_int_equal(store_read(s, list_events, l), 0);
    n = json_array_size(l->rows);
    json_decref(l->rows);
    return n;
}

static void events_are_listed_filtered_and_watched(void **state)
{
    struct store *s = open_url("sqlite::memory:");
    struct listed l = {0};
    int64_t told = 0;

    (void)state;
    assert_int_equal(store_watch(s, on_commit, &told), 0);
    assert_int_equal(store_run(s, append_two, NULL), 0);
    assert_int_equal(store_run(s, append_and_fail, NULL), EIO);
    assert_int_equal(store_read(s, list_events, &l), 0);
    assert_int_equal(l.last, 2);
    assert_int_equal(json_array_size(l.rows), 2);
    assert_int_equal(jx_int(json_object_get(json_array_get(l.rows, 0), "data"), "n", 0), 7);
    assert_string_equal(jx_str(json_array_get(l.rows, 1), "kind", ""), "test.two");
    json_decref(l.rows);
    assert_int_equal(listed_count(s, &(struct listed){.after = 1}), 1);
    assert_int_equal(listed_count(s, &(struct listed){.lead_id = "L"}), 1);
    assert_int_equal(listed_count(s, &(struct listed){.call_id = "C"}), 1);
    assert_int_equal(listed_count(s, &(struct listed){.call_id = "C", .lead_id = "L"}), 0);
    store_close(s);
    assert_int_equal(told, 2);
    obj_unref(s);
}

/* --- readers do not block on the writer, and see what was committed --- */

static void a_file_is_read_while_it_is_written(void **state)
{
    char path[64], url[80];
    struct store *s;
    struct store_stats stats;
    int64_t n = 0;

    (void)state;
    temp_path(path);
    (void)snprintf(url, sizeof url, "sqlite:%s", path);
    s = open_url(url);
    for (int i = 0; i < 20; i++) {
        char key[16];

        (void)snprintf(key, sizeof key, "k%d", i);
        assert_int_equal(store_run(s, put_setting, key), 0);
        assert_int_equal(store_read(s, count_settings, &n), 0);
        assert_int_equal(n, i + 1);
    }
    store_stats_get(s, &stats);
    assert_int_equal(stats.jobs, 20);
    assert_true(stats.commits >= 1 && stats.commit_us_p50 > 0 && stats.commit_us_p99 >= stats.commit_us_p50);
    shut(s);
    s = open_url(url);
    assert_int_equal(store_read(s, count_settings, &n), 0);
    assert_int_equal(n, 20);
    shut(s);
    remove_db(path);
}

static void a_new_database_is_private(void **state)
{
    char path[64], url[80];
    struct stat st;

    (void)state;
    temp_path(path);
    unlink(path);
    (void)snprintf(url, sizeof url, "sqlite:%s", path);
    shut(open_url(url));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    remove_db(path);
}

static void a_closed_store_takes_nothing(void **state)
{
    struct store *s = open_url("sqlite::memory:");

    (void)state;
    store_close(s);
    assert_int_equal(store_run(s, put_setting, (void *)"a"), ESHUTDOWN);
    assert_int_equal(store_submit(s, put_setting, NULL, NULL, (void *)"a"), ESHUTDOWN);
    obj_unref(s);
}

static int odd_texts(struct tx *tx, void *arg)
{
    json_t *row = NULL;
    int err = tx_query_one(tx, &row, "SELECT CAST(x'ff41' AS TEXT) AS bad, 1.5 AS real, NULL AS none, '[1]' AS list_json, ? AS text", "s", "a'b");

    (void)arg;
    if (err)
        return err;
    assert_string_equal(jx_str(row, "bad", ""), "\xef\xbf\xbd");
    assert_true(json_is_null(json_object_get(row, "none")));
    assert_int_equal(json_array_size(json_object_get(row, "list")), 1);
    assert_string_equal(jx_str(row, "text", ""), "a'b");
    json_decref(row);
    assert_int_equal(tx_query_one(tx, &row, "SELECT 1 WHERE 1 = 0", ""), ENOENT);
    assert_int_equal(tx_query_one(tx, &row, "SELEKT", ""), EINVAL);
    return 0;
}

static void values_come_back_as_json(void **state)
{
    struct store *s = open_url("sqlite::memory:");

    (void)state;
    assert_int_equal(store_read(s, odd_texts, NULL), 0);
    shut(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_job_is_undone_alone),
        cmocka_unit_test(a_read_cannot_write),
        cmocka_unit_test(unknown_schemes_are_refused),
        cmocka_unit_test(a_newer_schema_is_refused_and_an_equal_one_opens),
        cmocka_unit_test(completions_come_in_the_order_of_submission),
        cmocka_unit_test(events_are_listed_filtered_and_watched),
        cmocka_unit_test(a_file_is_read_while_it_is_written),
        cmocka_unit_test(a_new_database_is_private),
        cmocka_unit_test(a_closed_store_takes_nothing),
        cmocka_unit_test(values_come_back_as_json),
    };
    int err;

    if (loop_lib_init(1024) != 0)
        return 1;
    err = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return err;
}
