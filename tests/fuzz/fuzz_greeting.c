/* fuzz_greeting.c - bytes as what was heard of a greeting, fed to the detector in pieces with times, and as an announcement: a verdict once it is a machine's stands, and
 * nothing is read beyond its end. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/obj.h"
#include "call/answer.h"
#include "call/machine.h"
#include "practice/announcement.h"

enum { TEXT_LEN = 400, PIECES_MAX = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static const struct greeting_book *book(void)
{
    static struct greeting_book *b;

    if (b == NULL)
        must(greeting_book_alloc(&b, "en") == 0, "the phrases load");
    return b;
}

/* A byte chooses the event and the time that has passed, the words behind it are its text. */
static void play(struct answer *a, const char *line, uint8_t first, int64_t *now_us)
{
    const struct tone_event tone = {.kind = (enum tone_kind)(first / 8 % (TONE_FAX + 1)), .hz = 1000, .ms = 400};

    *now_us += (int64_t)first * 20000;
    while (a->deadline_us > 0 && a->deadline_us <= *now_us)
        (void)answer_on_timer(a, a->deadline_us);
    switch (first % 5) {
    case 0: (void)answer_on_voice(a, *now_us); break;
    case 1: (void)answer_on_quiet(a, *now_us); break;
    case 2: (void)answer_on_text(a, line, false, *now_us); break;
    case 3: (void)answer_on_text(a, line, true, *now_us); break;
    default: (void)answer_on_tone(a, &tone, *now_us); break;
    }
}

static void attend(struct machine *m, const char *line, uint8_t first, int64_t now_us)
{
    unsigned act = first % 3 == 0 ? machine_on_text(m, line, now_us) : first % 3 == 1 ? machine_on_voice(m, now_us) : machine_on_quiet(m, now_us);

    if (act == 0 && m->deadline_us > 0)
        act = machine_on_timer(m, m->deadline_us);
    if (act & (MACHINE_ACT_PERSON | MACHINE_ACT_LEAVE))
        must(m->state == MACHINE_DONE && m->deadline_us == 0, "who left or gave the call away is done");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct announcement script;
    static struct answer a;
    struct machine m = {0};
    char line[TEXT_LEN];
    int64_t now_us = 1000000;
    bool held = false;

    answer_init(&a, &answer_params_default, book(), now_us, 500);
    for (int piece = 0; size > 0 && piece < PIECES_MAX; piece++) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t n = end != NULL ? (size_t)(end - data) : size, keep = n < sizeof line - 1 ? n : sizeof line - 1;
        enum answer_who before = a.verdict.who;

        memcpy(line, data, keep);
        line[keep] = '\0';
        (void)announcement_parse(&script, line);
        must(script.n <= ANNOUNCEMENT_PARTS_MAX, "an announcement has so many parts");
        play(&a, keep > 0 ? line + 1 : "", (uint8_t)line[0], &now_us);
        must(!answer_is_machine(before) || a.verdict.who == before, "a machine stays one");
        if (answer_is_machine(a.verdict.who) && !held)
            (void)machine_begin(&m, &machine_params_default, &a, now_us);
        else if (held)
            attend(&m, keep > 0 ? line + 1 : "", (uint8_t)line[0], now_us);
        held = answer_is_machine(a.verdict.who);
        data += n + (end != NULL);
        size -= n + (end != NULL);
    }
    json_decref(answer_json(&a));
    return 0;
}
