/* Rendered prompts in memory and on disk. */
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/obj.h"
#include "speech/clip_cache.h"
#include "speech/clip_store.h"

static struct clip *clip_of(size_t n, int16_t value)
{
    struct clip *c;

    assert_int_equal(clip_alloc(&c, n), 0);
    for (size_t i = 0; i < n; i++)
        c->pcm[i] = value;
    return c;
}

static void keys_differ_in_every_part(void **state)
{
    char a[CLIP_KEY_MAX], b[CLIP_KEY_MAX];

    (void)state;
    assert_string_equal(clip_key(a, "1", "default", "hi"), clip_key(b, "1", "default", "hi"));
    assert_string_not_equal(a, clip_key(b, "2", "default", "hi"));
    assert_string_not_equal(a, clip_key(b, "1", "flite:rms", "hi"));
    assert_string_not_equal(a, clip_key(b, "1", "default", "ho"));
    assert_string_not_equal(clip_key(a, "1", "ab", "c"), clip_key(b, "1", "a", "bc"));
}

static void what_was_put_is_found(void **state)
{
    struct clip_cache *cache;
    struct clip *c = clip_of(100, 7), *found;
    struct clip_cache_state s;

    (void)state;
    assert_int_equal(clip_cache_alloc(&cache, 1 << 20), 0);
    assert_null(clip_cache_get(cache, "a0000000", 1));
    clip_cache_put(cache, "a0000000", c);
    clip_cache_put(cache, "a0000000", c);
    found = clip_cache_get(cache, "a0000000", 1);
    assert_ptr_equal(found, c);
    clip_cache_state_get(cache, &s);
    assert_int_equal(s.clips, 1);
    assert_int_equal(s.hits, 1);
    assert_int_equal(s.misses, 1);
    obj_unref(found);
    obj_unref(c);
    clip_cache_free(cache);
}

static void the_clip_unused_longest_goes_first(void **state)
{
    struct clip_cache *cache;
    struct clip *c = clip_of(1000, 7), *found;
    struct clip_cache_state s;

    (void)state;
    assert_int_equal(clip_cache_alloc(&cache, 3 * 2300), 0); /* room for three */
    clip_cache_put(cache, "a0000000", c);
    clip_cache_put(cache, "b0000000", c);
    clip_cache_put(cache, "c0000000", c);
    obj_unref(clip_cache_get(cache, "a0000000", 0));
    clip_cache_put(cache, "d0000000", c);
    assert_null(clip_cache_get(cache, "b0000000", 0));
    found = clip_cache_get(cache, "a0000000", 0);
    assert_non_null(found);
    obj_unref(found);
    clip_cache_state_get(cache, &s);
    assert_int_equal(s.clips, 3);
    assert_true(s.bytes <= 3 * 2300);
    obj_unref(c);
    clip_cache_free(cache);
}

static void a_clip_larger_than_the_cache_is_not_kept(void **state)
{
    struct clip_cache *cache;
    struct clip *c = clip_of(1000, 7);

    (void)state;
    assert_int_equal(clip_cache_alloc(&cache, 1000), 0);
    clip_cache_put(cache, "a0000000", c);
    assert_null(clip_cache_get(cache, "a0000000", 0));
    obj_unref(c);
    clip_cache_free(cache);
}

static void a_clip_in_use_survives_its_eviction(void **state)
{
    struct clip_cache *cache;
    struct clip *c = clip_of(1000, 7), *held;

    (void)state;
    assert_int_equal(clip_cache_alloc(&cache, 2500), 0);
    clip_cache_put(cache, "a0000000", c);
    obj_unref(c);
    held = clip_cache_get(cache, "a0000000", 0);
    c = clip_of(1000, 8);
    clip_cache_put(cache, "b0000000", c);
    obj_unref(c);
    assert_int_equal(held->pcm[999], 7);
    obj_unref(held);
    clip_cache_free(cache);
}

struct folder {
    char path[64];
};

static int folder_make(void **state)
{
    struct folder *f = malloc(sizeof *f);

    snprintf(f->path, sizeof f->path, "/tmp/baton-clips-XXXXXX");
    *state = f;
    return mkdtemp(f->path) == NULL;
}

static int folder_files(const struct folder *f, int remove_too)
{
    DIR *dir = opendir(f->path);
    struct dirent *e;
    int n = 0;

    while ((e = readdir(dir)) != NULL) {
        if (e->d_name[0] == '.')
            continue;
        n++;
        if (remove_too)
            (void)unlinkat(dirfd(dir), e->d_name, 0);
    }
    closedir(dir);
    return n;
}

static int folder_remove(void **state)
{
    struct folder *f = *state;

    (void)folder_files(f, 1);
    (void)rmdir(f->path);
    free(f);
    return 0;
}

static void a_stored_clip_outlives_the_process(void **state)
{
    struct folder *f = *state;
    struct clip *c = clip_of(800, 123), *back;
    struct clip_store *store;

    assert_int_equal(clip_store_open(&store, f->path, 1 << 20), 0);
    assert_int_equal(clip_store_read(&back, store, "k1"), ENOENT);
    assert_int_equal(clip_store_write(store, "k1", c), 0);
    clip_store_close(store);
    assert_int_equal(clip_store_open(&store, f->path, 1 << 20), 0);
    assert_int_equal(clip_store_read(&back, store, "k1"), 0);
    assert_int_equal(back->n, c->n);
    assert_memory_equal(back->pcm, c->pcm, c->n * 2);
    clip_store_close(store);
    obj_unref(back);
    obj_unref(c);
}

static void the_folder_stays_within_its_limit(void **state)
{
    struct folder *f = *state;
    struct clip *c = clip_of(1000, 1);
    struct clip_store *store;

    assert_int_equal(clip_store_open(&store, f->path, 5000), 0);
    assert_int_equal(clip_store_write(store, "k1", c), 0);
    assert_int_equal(clip_store_write(store, "k2", c), 0);
    assert_int_equal(clip_store_write(store, "k3", c), ENOSPC);
    clip_store_close(store);
    assert_int_equal(clip_store_open(&store, f->path, 4000), 0); /* a smaller limit: the oldest goes */
    assert_int_equal(folder_files(f, 0), 1);
    clip_store_close(store);
    obj_unref(c);
}

static void an_interrupted_write_is_cleared_away(void **state)
{
    struct folder *f = *state;
    struct clip_store *store;
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/k9.new", f->path);
    file = fopen(path, "w");
    fclose(file);
    assert_int_equal(clip_store_open(&store, f->path, 1 << 20), 0);
    assert_int_equal(folder_files(f, 0), 0);
    clip_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_differ_in_every_part),
        cmocka_unit_test(what_was_put_is_found),
        cmocka_unit_test(the_clip_unused_longest_goes_first),
        cmocka_unit_test(a_clip_larger_than_the_cache_is_not_kept),
        cmocka_unit_test(a_clip_in_use_survives_its_eviction),
        cmocka_unit_test_setup_teardown(a_stored_clip_outlives_the_process, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(the_folder_stays_within_its_limit, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(an_interrupted_write_is_cleared_away, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
