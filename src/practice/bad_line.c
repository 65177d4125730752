#include "practice/bad_line.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { SPEC_MAX = 200, ECHO_MS = 120 };

static int take(struct bad_line *l, const char *name, const char *value)
{
    const struct { const char *name; int *to, min, max; } words[] = {
        {"noise_db", &l->sound.noise_db, 1, 60}, {"gain_db", &l->sound.gain_db, -60, 20}, {"echo_db", &l->sound.echo_db, -60, -1}, {"echo_ms", &l->sound.echo_ms, 1, 400},
        {"loss", &l->loss, 0, 100},              {"jitter_ms", &l->jitter_ms, 0, 200},
    };
    long long n;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].name, name) == 0) {
            if (text_int(&n, value, words[i].min, words[i].max) != 0)
                return EINVAL;
            *words[i].to = (int)n;
            return 0;
        }
    return EINVAL;
}

int bad_line_parse(struct bad_line *out, const char *spec)
{
    struct bad_line l = {.sound.echo_ms = ECHO_MS};
    char text[SPEC_MAX];
    int err = text_copy(text, sizeof text, spec) ? 0 : EINVAL;

    for (char *next, *part = text; !err && part != NULL && *part != '\0'; part = next) {
        char *is = strchr(part, '=');

        next = strchr(part, ',');
        if (next != NULL)
            *next++ = '\0';
        if (is == NULL || (next != NULL && is >= next))
            return EINVAL;
        *is = '\0';
        err = take(&l, part, is + 1);
    }
    if (!err)
        *out = l;
    return err;
}

void bad_line_apply(const struct bad_line *l, struct mport *p)
{
    if (l->sound.gain_db != 0 || l->sound.noise_db != 0 || l->sound.echo_db != 0)
        mport_spoil(p, &l->sound);
    if (l->loss > 0 || l->jitter_ms > 0)
        mport_impair(p, l->loss, l->jitter_ms);
}
