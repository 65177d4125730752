/* number_answer.c - the answer to "how many": digits spoken one by one ("five five five oh one", "double two"), or a number. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "talk/en/en.h"

#include "base/banned.h"

enum { DIGITS_MIN = 3 };

static int digit_word(const struct words *w, size_t i)
{
    static const char *const names[] = { "zero oh o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" };

    for (int d = 0; d < 10; d++)
        if (word_in(w, i, names[d]))
            return d;
    return -1;
}

/* One step of a run of digits at word i: "four", "double four", "555". Words used, 0 if the run ends. */
static size_t run_step(const struct words *w, size_t i, char *out, size_t size, size_t *n)
{
    int times = word_is(w, i, "double") ? 2 : word_is(w, i, "triple") ? 3 : 1, d = digit_word(w, i + (times > 1));

    if (d >= 0) {
        while (times-- > 0 && *n + 1 < size)
            out[(*n)++] = (char)('0' + d);
        return 1 + (word_in(w, i, "double triple"));
    }
    if (i >= w->n || !w->at[i].digits || w->at[i].num != floor(w->at[i].num))
        return 0;
    for (size_t k = w->at[i].from; k < w->at[i].to && *n + 1 < size; k++)
        if (isdigit((unsigned char)w->text[k]))
            out[(*n)++] = w->text[k];
    return 1;
}

/* The longest run of digits; false when it is too short to be spelling. */
static bool read_run(char *out, size_t size, const struct words *w)
{
    char run[32];
    size_t best = 0, steps_best = 0;

    for (size_t i = 0; i < w->n;) {
        size_t n = 0, steps = 0, used;

        while ((used = run_step(w, i, run, sizeof run, &n))) {
            i += used;
            steps++;
        }
        i += steps == 0 || word_in(w, i, "hundred thousand million point");
        if (n > best && !(i > 0 && word_in(w, i - 1, "hundred thousand million point"))) {
            best = n;
            steps_best = steps;
            run[n] = '\0';
            snprintf(out, size, "%s", run);
        }
    }
    return best >= DIGITS_MIN && steps_best > 1;
}

void en_read_number(struct understanding *out, const struct reading *r)
{
    struct amount a, last = { 0 };
    bool found = false;

    if (read_run(out->number, sizeof out->number, &r->w))
        return;
    out->number[0] = '\0';
    for (size_t i = 0, n; i < r->w.n; i += n ? n : 1) {
        n = amount_read(r, i, &a);
        if (n == 0 || a.value < 0 || a.value >= 1e9)
            continue;
        if (!found || reading_corrects(r, last.to > 0 ? last.to - 1 : 0, a.core_from))
            last = a;
        found = true;
    }
    if (found)
        snprintf(out->number, sizeof out->number, "%.0f", round(last.value));
}
