/* test_base_loop.c - loops, timers and the pool: order, threads, and that nothing that was posted is lost. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/loop.h"
#include "base/pool.h"
#include "base/timer.h"

#include "base/banned.h"

enum { POSTS = 5000, POSTERS = 4 };

static struct loop *loop;

/* --- posting --- */

struct poster { pthread_t thread; int number, sent; };

static struct { int next[POSTERS], total; bool ordered, on_thread; } seen;

struct parcel { int from, number; };

static void on_parcel(void *arg)
{
    struct parcel *p = arg;

    seen.ordered &= seen.next[p->from]++ == p->number;
    seen.on_thread &= loop_is_current(loop);
    if (++seen.total == POSTERS * POSTS)
        loop_stop(loop);
    free(p);
}

static void *post_all(void *arg)
{
    struct poster *me = arg;

    for (int i = 0; i < POSTS; i++) {
        struct parcel *p = malloc(sizeof *p);

        *p = (struct parcel){me->number, i};
        if (loop_post(loop, on_parcel, p) == 0)
            me->sent++;
    }
    return NULL;
}

static void posts_of_each_thread_arrive_in_order(void **state)
{
    struct poster posters[POSTERS];

    (void)state;
    memset(&seen, 0, sizeof seen);
    seen.ordered = seen.on_thread = true;
    assert_int_equal(loop_alloc(&loop, "test"), 0);
    for (int i = 0; i < POSTERS; i++) {
        posters[i] = (struct poster){.number = i};
        assert_int_equal(pthread_create(&posters[i].thread, NULL, post_all, &posters[i]), 0);
    }
    assert_int_equal(loop_run(loop, false, NULL, NULL), 0);
    for (int i = 0; i < POSTERS; i++) {
        pthread_join(posters[i].thread, NULL);
        assert_int_equal(posters[i].sent, POSTS);
    }
    assert_int_equal(seen.total, POSTERS * POSTS);
    assert_true(seen.ordered && seen.on_thread);
    loop_free(loop);
}

static void add_one(void *arg) { ++*(int *)arg; }

static void post_from_the_end(void *arg)
{
    loop_stop(loop);
    assert_int_equal(loop_post(loop, add_one, arg), 0);
}

static void what_was_posted_last_is_run_all_the_same(void **state)
{
    int n = 0;

    (void)state;
    assert_int_equal(loop_alloc(&loop, "test"), 0);
    assert_int_equal(loop_post(loop, post_from_the_end, &n), 0);
    assert_int_equal(loop_run(loop, false, NULL, NULL), 0);
    assert_int_equal(n, 1);
    assert_int_equal(loop_post(loop, add_one, &n), 0);
    loop_free(loop);
    assert_int_equal(n, 2);
}

static void note_thread(void *arg) { *(pthread_t *)arg = pthread_self(); }

static void a_call_waits_for_its_end_on_the_other_thread(void **state)
{
    struct loop *other;
    pthread_t where = pthread_self();
    int n = 0;

    (void)state;
    assert_int_equal(loop_spawn(&other, "other"), 0);
    assert_false(loop_is_current(other));
    for (int i = 0; i < 1000; i++)
        assert_int_equal(loop_call(other, add_one, &n), 0);
    assert_int_equal(n, 1000);
    assert_int_equal(loop_call(other, note_thread, &where), 0);
    assert_false(pthread_equal(where, pthread_self()));
    assert_int_equal(loop_post(other, add_one, &n), 0);
    loop_free(other); /* joins; nothing is lost */
    assert_int_equal(n, 1001);
    loop_free(NULL);
}

/* --- timers --- */

static char story[32];
static struct timer a, b, c;

static void tell(char word) { story[strlen(story)] = word; }
static void on_b(void *arg) { (void)arg; tell('b'); }

static void on_a(void *arg)
{
    (void)arg;
    tell('a');
    if (strlen(story) < 3) {
        assert_false(timer_running(&a));
        timer_start(&a, 1, on_a, NULL); /* from its own end */
        timer_cancel(&c);
    }
}

static void on_last(void *arg)
{
    (void)arg;
    tell('!');
    loop_stop(loop);
}

static void timers_run_in_their_order_and_not_when_cancelled(void **state)
{
    struct timer last;

    (void)state;
    memset(story, 0, sizeof story);
    assert_int_equal(loop_alloc(&loop, "test"), 0);
    timer_init(&a);
    timer_init(&b);
    timer_init(&c);
    timer_init(&last);
    timer_cancel(&c); /* that never ran */
    assert_false(timer_running(&a));
    timer_start(&last, 60, on_last, NULL);
    timer_start(&b, 30, on_b, NULL);
    timer_start(&c, 40, on_b, NULL);
    timer_start(&a, 100000, on_b, NULL);
    timer_start(&a, -5, on_a, NULL); /* started again: the newer one counts */
    assert_true(timer_running(&a));
    assert_int_equal(loop_run(loop, false, NULL, NULL), 0);
    assert_string_equal(story, "aaab!");
    loop_free(loop);
}

/* --- the pool --- */

static struct { atomic_int worked; int done; bool elsewhere, here; } piece;

static void work(void *arg)
{
    (void)arg;
    piece.elsewhere = !loop_is_current(loop);
    atomic_fetch_add(&piece.worked, 1);
}

static void work_done(void *arg)
{
    (void)arg;
    piece.here = loop_is_current(loop);
    piece.done++;
    loop_stop(loop);
}

static void a_piece_is_worked_on_elsewhere_and_done_here(void **state)
{
    struct pool *pool;

    (void)state;
    memset(&piece, 0, sizeof piece);
    assert_int_equal(loop_alloc(&loop, "test"), 0);
    assert_int_equal(pool_alloc(&pool, 2, "pool"), 0);
    assert_int_equal(pool_submit(pool, work, work_done, loop, NULL), 0);
    assert_int_equal(loop_run(loop, false, NULL, NULL), 0);
    pool_close(pool);
    assert_int_equal(atomic_load(&piece.worked), 1);
    assert_int_equal(piece.done, 1);
    assert_true(piece.elsewhere && piece.here);
    loop_free(loop);
}

static sem_t begun, go;

static void block(void *arg)
{
    (void)arg;
    sem_post(&begun);
    sem_wait(&go);
}

static void count_work(void *arg)
{
    (void)arg;
    atomic_fetch_add(&piece.worked, 1);
}

static void a_full_pool_refuses_and_a_closing_one_finishes(void **state)
{
    struct pool *pool = NULL;

    (void)state;
    memset(&piece, 0, sizeof piece);
    sem_init(&begun, 0, 0);
    sem_init(&go, 0, 0);
    assert_int_equal(pool_alloc(&pool, 0, "none"), EINVAL);
    assert_null(pool);
    assert_int_equal(pool_alloc(&pool, 1, "pool"), 0);
    assert_int_equal(pool_submit(pool, block, NULL, NULL, NULL), 0);
    sem_wait(&begun); /* the one thread is busy */
    for (int i = 0; i < POOL_QUEUE_MAX; i++)
        assert_int_equal(pool_submit(pool, count_work, NULL, NULL, NULL), 0);
    assert_int_equal(pool_queued(pool), POOL_QUEUE_MAX);
    assert_int_equal(pool_submit(pool, count_work, NULL, NULL, NULL), EAGAIN);
    sem_post(&go);
    pool_close(pool);
    assert_int_equal(atomic_load(&piece.worked), POOL_QUEUE_MAX);
    pool_close(NULL);
    sem_destroy(&begun);
    sem_destroy(&go);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_of_each_thread_arrive_in_order), cmocka_unit_test(what_was_posted_last_is_run_all_the_same), cmocka_unit_test(a_call_waits_for_its_end_on_the_other_thread),
        cmocka_unit_test(timers_run_in_their_order_and_not_when_cancelled), cmocka_unit_test(a_piece_is_worked_on_elsewhere_and_done_here),
        cmocka_unit_test(a_full_pool_refuses_and_a_closing_one_finishes),
    };
    int failed;

    if (loop_lib_init(256) != 0)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    loop_lib_close();
    return failed;
}
