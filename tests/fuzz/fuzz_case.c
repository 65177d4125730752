/* fuzz_case.c - any bytes as a case: loaded, or refused with a line, never more. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "practice/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sim_case *c = NULL;
    char why[200] = "";
    int err = case_parse(&c, (const char *)data, size, why, sizeof why);

    if (err != 0 && strncmp(why, "line ", 5) != 0)
        abort();
    if (err == 0) {
        json_t *misses = json_array();

        expectation_judge(misses, &c->expect, &(struct observed){.said = "what a turn of words may say", .said_percent = 75, .slowest_ms = 500});
        json_decref(misses);
        if (c->turn_count > CASE_TURNS_MAX || (c->persona != NULL) == (c->turn_count > 0))
            abort();
    }
    obj_unref(c);
    return 0;
}
