/* test_talk_und_vectors.c - small vectors are like the exact ones; the cache gives back what it was given, grows, and is not trusted. Needs the sentence
 * model (BATON_MODELS or the usual folder); what a cache holds is tried with sentences of a few words. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/obj.h"
#include "minilm_fixture.h"
#include "talk/lang.h"
#include "talk/minilm_kernel.h"
#include "talk/und_vectors.h"

static const char *const sentences[] = { "we lose deals every week", "how much is it", "stop calling me" };
enum { SENTENCES = sizeof sentences / sizeof *sentences };

struct rig {
    struct minilm *model;
    struct small_vector v[SENTENCES];
    struct vector_entry entries[SENTENCES];
};

static int open_rig(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);
    struct vectors v;

    if (rig == NULL || fixture_minilm_installed(&rig->model) != 0)
        return -1;
    vectors_init(&v, &lang_en, rig->model, NULL, 0);
    for (size_t i = 0; i < SENTENCES; i++) {
        vectors_example(&rig->v[i], &v, sentences[i]);
        rig->entries[i] = (struct vector_entry){ sentences[i], &rig->v[i] };
    }
    *state = rig;
    return 0;
}

static int close_rig(void **state)
{
    struct rig *rig = *state;

    obj_unref(rig->model);
    free(rig);
    return 0;
}

static void eight_bits_are_enough(void **state)
{
    struct rig *rig = *state;
    float exact[SENTENCES][MINILM_DIM], unpacked[MINILM_DIM];

    for (size_t i = 0; i < SENTENCES; i++)
        minilm_embed(rig->model, sentences[i], exact[i]);
    for (size_t i = 0; i < SENTENCES; i++)
        for (size_t k = 0; k < SENTENCES; k++)
            assert_true(fabsf(small_vector_dot(&rig->v[i], exact[k]) - kernel_dot(exact[i], exact[k], MINILM_DIM)) < 2e-3f);
    small_vector_unpack(unpacked, &rig->v[0]);
    assert_true(fabsf(kernel_dot(unpacked, exact[1], MINILM_DIM) - small_vector_dot(&rig->v[0], exact[1])) < 1e-5f);
}

static void nothing_has_no_likeness(void **state)
{
    float zero[MINILM_DIM] = { 0 };
    struct small_vector v;

    (void)state;
    small_vector_pack(&v, zero);
    assert_true(small_vector_dot(&v, zero) == 0 && v.scale == 0);
}

static void what_was_kept_comes_back(void **state)
{
    struct rig *rig = *state;
    struct vectors v, cached;
    struct small_vector got;
    void *bytes = NULL;
    size_t n = 0;

    vectors_init(&v, &lang_en, rig->model, NULL, 0);
    assert_int_equal(vectors_export(&v, rig->entries, 2, NULL, 0, &bytes, &n), 0);
    vectors_init(&cached, &lang_en, rig->model, bytes, n);
    assert_int_equal(cached.cache.n, 2);
    vectors_example(&got, &cached, sentences[1]);
    assert_memory_equal(&got, &rig->v[1], sizeof got);
    free(bytes);
}

static void a_cache_grows_and_keeps_what_others_need(void **state)
{
    struct rig *rig = *state;
    struct vectors v, cached;
    void *first = NULL, *second = NULL, *third = NULL;
    size_t first_n = 0, second_n = 0, third_n = 0;

    vectors_init(&v, &lang_en, rig->model, NULL, 0);
    assert_int_equal(vectors_export(&v, rig->entries, 1, NULL, 0, &first, &first_n), 0);
    assert_int_equal(vectors_export(&v, rig->entries, 1, first, first_n, &third, &third_n), EALREADY);
    assert_int_equal(vectors_export(&v, rig->entries + 1, 2, first, first_n, &second, &second_n), 0);
    vectors_init(&cached, &lang_en, rig->model, second, second_n);
    assert_int_equal(cached.cache.n, 3);
    assert_int_equal(vectors_export(&v, rig->entries, 3, second, second_n, &third, &third_n), EALREADY);
    free(first);
    free(second);
}

static void another_model_or_a_torn_file_is_no_cache(void **state)
{
    struct rig *rig = *state;
    struct vectors v, cached;
    unsigned char *bytes;
    void *p = NULL;
    size_t n = 0;

    vectors_init(&v, &lang_en, rig->model, NULL, 0);
    assert_int_equal(vectors_export(&v, rig->entries, 3, NULL, 0, &p, &n), 0);
    bytes = p;
    vectors_init(&cached, &lang_en, rig->model, bytes, n - 1);
    assert_int_equal(cached.cache.n, 0);
    memset(bytes + 8, 0, 100); /* the probe's vector: that of another model */
    vectors_init(&cached, &lang_en, rig->model, bytes, n);
    assert_int_equal(cached.cache.n, 0);
    bytes[0] ^= 1;
    vectors_init(&cached, &lang_en, rig->model, bytes, n);
    assert_int_equal(cached.cache.n, 0);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_bits_are_enough),
        cmocka_unit_test(nothing_has_no_likeness),
        cmocka_unit_test(what_was_kept_comes_back),
        cmocka_unit_test(a_cache_grows_and_keeps_what_others_need),
        cmocka_unit_test(another_model_or_a_torn_file_is_no_cache),
    };

    return cmocka_run_group_tests(tests, open_rig, close_rig);
}
