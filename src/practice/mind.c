#include "practice/mind.h"

#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum { PUZZLED_MAX = 2 };

void mind_init(struct mind *m, const struct people *people, const struct persona *who, uint32_t seed)
{
    *m = (struct mind){.people = people, .who = who, .seed = seed};
}

static uint32_t mix(uint32_t seed, uint32_t n)
{
    uint32_t h = seed * 2654435761u ^ (n + 1) * 2246822519u;

    h ^= h >> 15;
    h *= 2246822519u;
    return h ^ (h >> 13);
}

static size_t put(char *out, size_t size, size_t at, const char *s, size_t n)
{
    if (at + n >= size)
        n = size - 1 - at;
    memcpy(out + at, s, n);
    return at + n;
}

/* The kth of the alternatives between `from` and `to`. */
static const char *alternative(size_t *n, const char *from, const char *to, uint32_t k)
{
    const char *end;

    for (;; from = end + 1, k--) {
        end = memchr(from, '|', (size_t)(to - from));
        if (k == 0 || end == NULL) {
            *n = (size_t)((end != NULL ? end : to) - from);
            return from;
        }
    }
}

static uint32_t alternatives(const char *from, const char *to)
{
    uint32_t n = 1;

    for (; from < to; from++)
        n += *from == '|';
    return n;
}

void mind_vary(char *out, size_t size, const char *line, uint32_t seed)
{
    size_t at = 0;

    for (uint32_t group = 0; *line != '\0'; group++) {
        size_t plain = strcspn(line, "["), n;
        const char *open = line + plain, *close = *open == '[' ? strchr(open, ']') : NULL, *choice;

        if (close == NULL) {
            at = put(out, size, at, line, strlen(line));
            break;
        }
        at = put(out, size, at, line, plain);
        choice = alternative(&n, open + 1, close, mix(seed, group) % alternatives(open + 1, close));
        at = put(out, size, at, choice, n);
        line = close + 1;
    }
    out[at] = '\0';
}

const char *mind_line(struct mind *m, const char *cue, unsigned nth)
{
    const char *line = persona_line(m->who, cue, nth);

    if (line == NULL)
        return NULL;
    mind_vary(m->line, sizeof m->line, line, m->seed + nth);
    return m->line;
}

static unsigned *uses_of(struct mind *m, const struct cue *c)
{
    for (size_t i = 0; i < m->who->fact_count; i++)
        if (strcmp(m->who->facts[i].cue, c->id) == 0)
            return &m->uses[i];
    return NULL;
}

struct mind_reply mind_hear(struct mind *m, const char *heard, bool idle)
{
    const struct cue *c = people_cue(m->people, heard);
    unsigned *uses = c != NULL ? uses_of(m, c) : NULL;
    struct mind_reply r = {.leaves = c != NULL && strcmp(c->id, "goodbye") == 0};

    if (uses != NULL)
        r.line = mind_line(m, c->id, (*uses)++);
    else if (c != NULL && strcmp(c->id, "still_there") == 0)
        r.line = "Yes, I am here.";
    else if (c == NULL && idle && strchr(heard, '?') != NULL && m->puzzled++ < PUZZLED_MAX)
        r.line = "Sorry, could you say that again?";
    return r;
}
