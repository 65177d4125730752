/* lang.c - the languages that there are. */
#include "talk/lang.h"

#include <string.h>

#include "base/banned.h"

static const struct lang *const langs[] = { &lang_en };

const struct lang *lang_find(const char *tag)
{
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        size_t n = strlen(langs[i]->tag);

        if (strncmp(tag, langs[i]->tag, n) == 0 && (tag[n] == '\0' || tag[n] == '-'))
            return langs[i];
    }
    return NULL;
}

static const struct lang *lang_or_english(const char *tag)
{
    const struct lang *l = lang_find(tag);

    return l ? l : &lang_en;
}

const struct wordings *talk_lines(const char *language, enum talk_line line)
{
    return lang_or_english(language)->lines(line);
}

void talk_when(char out[TALK_WHEN_MAX], const char *language, int64_t at_local_ms, int64_t now_local_ms, bool day_only)
{
    lang_or_english(language)->when(out, at_local_ms, now_local_ms, day_only);
}
