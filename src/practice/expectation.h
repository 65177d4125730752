/* expectation.h - what a simulated talk should come to, and the judgement of one that is over. Pure. */
#ifndef BATON_PRACTICE_EXPECTATION_H
#define BATON_PRACTICE_EXPECTATION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct yaml_node;

enum { EXPECTATION_TEXTS_MAX = 12, EXPECTATION_MS_MAX = 60000 };

struct expectation_texts { size_t n; const char *at[EXPECTATION_TEXTS_MAX]; };

/* Texts are those of the YAML document that it was read from. */
struct expectation {
    bool any;                              /* something is expected at all */
    struct expectation_texts outcome, bucket; /* one of them */
    struct expectation_texts says, never_says;
    const struct yaml_node *answers;       /* question: value, or a map of status and value; NULL: not looked at */
    int within_ms;                         /* each of our turns begins so soon after theirs; 0: not looked at */
};

/* `map` NULL: nothing is expected. On failure `why` says line and reason. 0 or EINVAL. */
int expectation_read(struct expectation *e, const struct yaml_node *map, char *why, size_t size);

/* A talk that is over. */
struct observed {
    const json_t *result;  /* of docs/chat.md, or the columns of a call with the same names */
    const char *said;      /* everything we said, as text or as it was heard at the far end */
    int said_percent;      /* so many words of what it `says` must be there: 100 for text, fewer for what a recogniser made of it */
    int slowest_ms;        /* longest wait for one of our turns; -1: was not measured */
    bool should_interrupt; /* they were to speak over us ... */
    int interrupted;       /* ... and so many sentences of ours were cut; -1: not known */
};

/* Appends {"what","want","got"} to `misses` for whatever is not as expected. */
void expectation_judge(json_t *misses, const struct expectation *e, const struct observed *o);

/* Is the phrase in the text, or one of several with "|" between them? Words, case and punctuation aside; `percent` of its words in their order, in a
 * stretch little longer than the phrase. At most the first 4,096 words of the text are looked at. */
bool expectation_heard(const char *text, const char *phrases, int percent);

#endif
