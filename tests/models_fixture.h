/* models_fixture.h - where the installed models are, for tests. */
#ifndef BATON_TESTS_MODELS_FIXTURE_H
#define BATON_TESTS_MODELS_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

/* BATON_MODELS, or the folder that scripts/fetch-models fills. */
static inline const char *fixture_models(void)
{
    static char path[1024];
    const char *set = getenv("BATON_MODELS"), *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (set != NULL)
        return set;
    if (cache != NULL && cache[0] != '\0')
        snprintf(path, sizeof path, "%s/baton/models", cache);
    else
        snprintf(path, sizeof path, "%s/.cache/baton/models", home != NULL ? home : "");
    return path;
}

#endif
