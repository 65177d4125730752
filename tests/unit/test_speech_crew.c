/* test_speech_crew.c - who is served first: finals, then partials, then what nobody waits for, which gives its worker back. The processes are played by this file
 * (their functions, defined here, take the place of the library's). */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/loop.h"
#include "speech/crew_priv.h"

struct work { struct crew_job job; char name; int err; };

static struct crew *crew;
static char story[256]; /* a: begun; -a: asked to stop; A: done */

static void tell(const char *sign, char name)
{
    size_t n = strlen(story);

    snprintf(story + n, sizeof story - n, "%s%c ", sign, name);
}

/* --- the processes, played --- */

void crew_worker_start(struct crew_worker *w)
{
    w->state = WORKER_IDLE;
}

void crew_worker_stop(struct crew_worker *w)
{
    w->state = WORKER_DOWN;
}

void crew_worker_give(struct crew_worker *w, struct crew_job *j)
{
    w->job = j;
    w->state = WORKER_BUSY;
    w->cancelled = false;
    tell("", ((struct work *)j)->name);
}

void crew_worker_cancel(struct crew_worker *w)
{
    if (w->cancelled)
        return;
    w->cancelled = true;
    tell("-", ((struct work *)w->job)->name);
}

static void on_done(struct crew_job *j, int err, const struct frame *answer)
{
    struct work *w = (struct work *)j;

    (void)answer;
    w->err = err;
    tell(err ? "!" : "=", w->name);
}

/* The only worker answers: with a text, or that it stopped. */
static void answer(int err)
{
    struct crew_worker *w = &crew->worker[0];
    uint8_t body[8] = {0};
    struct frame f = {.type = FRAME_TEXT, .body = body};

    if (err) {
        f = (struct frame){.type = FRAME_FAILED, .body = body, .n = 4};
        for (int i = 0; i < 4; i++)
            body[i] = (uint8_t)((unsigned)err >> (8 * i));
    }
    w->state = WORKER_IDLE;
    crew_worker_answered(w, &f);
}

static struct work final_of(char name) { return (struct work){.job = {.urgent = true, .done = on_done}, .name = name}; }
static struct work partial_of(char name) { return (struct work){.job = {.cancellable = true, .done = on_done}, .name = name}; }
static struct work background_of(char name) { return (struct work){.job = {.cancellable = true, .background = true, .done = on_done}, .name = name}; }

static int setup(void **state)
{
    (void)state;
    story[0] = '\0';
    return crew_alloc(&crew, &(struct crew_config){.worker_path = "w", .kind = "ears", .models_dir = "m", .recogniser = "base", .workers = 1});
}

static int teardown(void **state)
{
    (void)state;
    crew_free(crew);
    return 0;
}

static void what_nobody_waits_for_comes_last(void **state)
{
    struct work a = final_of('a'), b = background_of('b'), c = partial_of('c'), d = final_of('d');

    (void)state;
    crew_submit(crew, &a.job);
    crew_submit(crew, &b.job);
    crew_submit(crew, &c.job);
    crew_submit(crew, &d.job);
    for (int i = 0; i < 4; i++)
        answer(0);
    assert_string_equal(story, "a =a d =d c =c b =b ");
}

static void it_gives_its_worker_back_and_begins_again(void **state)
{
    struct work b = background_of('b'), c = partial_of('c'), d = final_of('d');

    (void)state;
    crew_submit(crew, &b.job);
    assert_true(crew_idle(crew)); /* for a partial it counts as free */
    crew_submit(crew, &c.job);
    answer(ECANCELED);
    assert_false(crew_idle(crew));
    answer(0);
    crew_submit(crew, &d.job);
    answer(ECANCELED);
    answer(0);
    answer(0);
    assert_string_equal(story, "b -b c =c b -b d =d b =b ");
}

/* Too late to be stopped: its answer counts. */
static void done_all_the_same_is_done(void **state)
{
    struct work b = background_of('b'), d = final_of('d');

    (void)state;
    crew_submit(crew, &b.job);
    crew_submit(crew, &d.job);
    answer(0);
    answer(0);
    assert_string_equal(story, "b -b =b d =d ");
}

static void so_many_may_wait_and_no_more(void **state)
{
    static struct work many[CREW_BACKGROUND_MAX + 2];

    (void)state;
    for (int i = 0; i < CREW_BACKGROUND_MAX + 2; i++) {
        many[i] = background_of('b');
        crew_submit(crew, &many[i].job);
    }
    assert_int_equal(many[CREW_BACKGROUND_MAX].err, 0); /* one runs, so many wait */
    assert_int_equal(many[CREW_BACKGROUND_MAX + 1].err, EAGAIN);
    crew_free(crew);
    assert_int_equal(many[CREW_BACKGROUND_MAX].err, ECANCELED);
    assert_int_equal(crew_alloc(&crew, &(struct crew_config){.worker_path = "w", .kind = "ears", .models_dir = "m", .recogniser = "base", .workers = 0}), 0);
}

static int group_setup(void **state)
{
    (void)state;
    return loop_lib_init(64);
}

static int group_teardown(void **state)
{
    (void)state;
    loop_lib_close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_nobody_waits_for_comes_last, setup, teardown),
        cmocka_unit_test_setup_teardown(it_gives_its_worker_back_and_begins_again, setup, teardown),
        cmocka_unit_test_setup_teardown(done_all_the_same_is_done, setup, teardown),
        cmocka_unit_test_setup_teardown(so_many_may_wait_and_no_more, setup, teardown),
    };

    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
