/* test_call_latency.c - histograms of turns as they are scraped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "call/latency.h"

struct page { char text[16384]; size_t n; };

static void line(const char *name, const char *labels, double value, void *out)
{
    struct page *p = out;

    p->n += (size_t)snprintf(p->text + p->n, sizeof p->text - p->n, "%s{%s} %g\n", name, labels, value);
    assert_true(p->n < sizeof p->text);
}

static void each_bucket_counts_all_that_is_below_it(void **state)
{
    static struct latency l;
    static struct page p;

    (void)state;
    latency_add(&l, LATENCY_FIRST_RTP, 0);
    latency_add(&l, LATENCY_FIRST_RTP, 300);
    latency_add(&l, LATENCY_FIRST_RTP, 300.5);
    latency_add(&l, LATENCY_FIRST_RTP, 99999);
    latency_each(&l, "t", line, &p);
    assert_non_null(strstr(p.text, "t_bucket{step=\"first_rtp\",le=\"0.02\"} 1\n"));
    assert_non_null(strstr(p.text, "t_bucket{step=\"first_rtp\",le=\"0.3\"} 2\n"));
    assert_non_null(strstr(p.text, "t_bucket{step=\"first_rtp\",le=\"0.4\"} 3\n"));
    assert_non_null(strstr(p.text, "t_bucket{step=\"first_rtp\",le=\"5\"} 3\n"));
    assert_non_null(strstr(p.text, "t_bucket{step=\"first_rtp\",le=\"+Inf\"} 4\n"));
    assert_non_null(strstr(p.text, "t_count{step=\"first_rtp\"} 4\n"));
    assert_non_null(strstr(p.text, "t_sum{step=\"first_rtp\"} 100.6"));
    assert_non_null(strstr(p.text, "t_count{step=\"decided\"} 0\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bucket_counts_all_that_is_below_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
