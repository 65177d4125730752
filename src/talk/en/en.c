/* en.c - English as a language of talks. */
#include "talk/en/en.h"

#include "base/banned.h"

static const struct lang_cue *const cues[] = { en_intent_cues, en_answer_cues, en_quantity_cues, NULL };

static const char small_words[] =
    "a an the and or so well okay ok alright right sure thanks thank please great good glad happy perfect got it's that's "
    "i i'm i'd you you're your my me we our us it its this that these those there here of for in on at to with about from by as if then than into just really quite quick quickly "
    "rather roughly maybe perhaps also too now still only would could may might shall let let's do does did am is are was were be been being have has had having get go "
    "what what's when which who whom whose how where why any some most more much bit little kind sort "
    "tell say said hear know like love think see ask asking wonder wondering mean matter understand help mind share "
    "one's something someone anyone anything";

static size_t number_at(double *value, const struct words *w, size_t i)
{
    struct amount a;
    size_t n = number_read(w, i, &a);

    if (n)
        *value = a.value;
    return n;
}

static bool denying_word(const struct words *w, size_t i)
{
    return word_is(w, i, "not");
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
    .small_words = small_words,
    .negations = "no not never nor none nothing neither without don't doesn't didn't won't can't cannot couldn't wouldn't shouldn't isn't aren't wasn't haven't hasn't",
    .joints = "and but so because then or although since which actually well",
    .greetings = en_greetings,
    .number_word = number_word,
    .number_at = number_at,
    .meant = en_meant,
    .goes_on = en_goes_on,
    .denies = en_denies,
    .of_speaker = en_of_speaker,
    .wishes_person = en_wishes_person,
    .of_trade = en_of_trade,
    .asks_back = en_asks_back,
    .denying_word = denying_word,
    .wonders = en_wonders,
    .in_use = en_in_use,
    .finds_dear = en_finds_dear,
    .common_use = en_common_use,
    .sound = en_sound,
    .read = read_all,
    .lines = en_lines,
    .when = en_when,
};
