/* fuzz_scenario.c - any bytes as a scenario: loaded or refused with a line, never more. */
#include <stdint.h>
#include <stdlib.h>

#include "base/obj.h"
#include "talk/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count(const char *text, void *arg)
{
    *(size_t *)arg += text[0] != '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scenario_issues issues;
    struct scenario *sc = NULL;
    size_t prompts = 0;
    int err = scenario_load(&sc, (const char *)data, size, &issues);

    if (err != 0 && issues.n == 0)
        abort();
    for (size_t i = 0; i < issues.n; i++)
        if (issues.at[i].line < 1 || issues.at[i].text[0] == '\0')
            abort();
    if (!err)
        scenario_each_prompt(sc, NULL, count, &prompts);
    obj_unref(sc);
    return 0;
}
