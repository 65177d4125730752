#include "desk/match.h"

#include <string.h>
#include <strings.h>

#include "base/banned.h"

static bool given(const char *s)
{
    return s != NULL && s[0] != '\0';
}

static bool lists(const json_t *list, const char *word)
{
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
        if (json_is_string(one) && strcasecmp(json_string_value(one), word) == 0)
            return true;
    return false;
}

/* The part before the region counts: a closer for "en" takes "en-US". */
static bool speaks(const json_t *list, const char *language)
{
    size_t n = strcspn(language, "-_");
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one) {
        const char *s = json_string_value(one);

        if (s != NULL && strcspn(s, "-_") == n && strncasecmp(s, language, n) == 0)
            return true;
    }
    return false;
}

void match_closer(struct match *out, const struct match_need *need, const json_t *profile, const json_t *skills)
{
    const json_t *languages = json_object_get(profile, "languages");

    *out = (struct match){.foreign = json_array_size(languages) > 0 && given(need->language) && !speaks(languages, need->language)};
    if (given(need->segment) && lists(json_object_get(profile, "segments"), need->segment))
        out->points += 4;
    if (given(need->territory) && lists(json_object_get(profile, "territories"), need->territory))
        out->points += 2;
    if (given(need->product) && lists(skills, need->product))
        out->points++;
    if (given(need->source) && lists(skills, need->source))
        out->points++;
}
