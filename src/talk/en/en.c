/* en.c - English as a language of talks. */
#include "talk/en/en.h"

#include "base/banned.h"

static const struct lang_cue *const cues[] = { en_intent_cues, en_answer_cues, en_quantity_cues, NULL };

static size_t number_at(double *value, const struct words *w, size_t i)
{
    struct amount a;
    size_t n = number_read(w, i, &a);

    if (n)
        *value = a.value;
    return n;
}

static void read_all(struct understanding *out, const struct reading *r)
{
    en_read_answer(out, r);
    en_read_money(&out->money, r);
    en_read_duration(&out->duration, r);
    en_read_role(&out->role, r);
    en_read_callback(&out->callback, r);
    en_read_number(out, r);
    en_read_email(&out->email, r);
}

const struct lang lang_en = {
    .tag = "en",
    .spelling = &en_spelling,
    .cues = cues,
    .answers = en_answers,
    .intents = en_intents,
    .callers = en_callers,
    .plain = en_plain,
    .needs = en_needs,
    .themes = en_themes,
    .greetings = en_greetings,
    .number_word = number_word,
    .number_at = number_at,
    .common_use = en_common_use,
    .sound = en_sound,
    .read = read_all,
    .lines = en_lines,
    .when = en_when,
};
