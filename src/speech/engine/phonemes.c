/* phonemes.c - a text is read backwards, word by word, because "the", "to" and "a" sound by what follows them. */
#include "speech/engine/phonemes.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "speech/engine/utf8.h"

#include "base/banned.h"

enum { WORD_MAX = 64, SOUND_MAX = 192, WORDS_MAX = 1024, LETTERS_SPELLED_MAX = 5 };

static const char PRIMARY[] = "\xcb\x88", SECONDARY[] = "\xcb\x8c"; /* stress marks ˈ ˌ */

struct word {
    char text[WORD_MAX];
    char mark;
    char sound[SOUND_MAX];
};

int phonemiser_open(struct phonemiser *p, struct ort *o, const char *dir)
{
    char path[ORT_PATH_MAX];
    int err;

    *p = (struct phonemiser){0};
    snprintf(path, sizeof path, "%s/lexicon.tsv", dir);
    err = lexicon_open(&p->lexicon, path);
    if (!err)
        err = unknown_word_open(&p->unknown, o, dir);
    if (err)
        phonemiser_close(p);
    return err;
}

void phonemiser_close(struct phonemiser *p)
{
    unknown_word_close(&p->unknown);
    lexicon_close(&p->lexicon);
}

static bool in_capitals(const char *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isupper((unsigned char)w[i]))
            return false;
    return n > 1;
}

/* As written, then in lower case, then as a name. */
static bool find(struct lexicon_entry *e, const struct phonemiser *p, const char *w, size_t n)
{
    char t[WORD_MAX];

    if (lexicon_find(e, &p->lexicon, w, n))
        return true;
    if (n == 0 || n >= sizeof t)
        return false;
    for (size_t i = 0; i < n; i++)
        t[i] = (char)tolower((unsigned char)w[i]);
    if (lexicon_find(e, &p->lexicon, t, n))
        return true;
    t[0] = (char)toupper((unsigned char)t[0]);
    return lexicon_find(e, &p->lexicon, t, n);
}

static bool last_sound_in(const struct lexicon_entry *e, const char *set)
{
    char last[5] = "";
    size_t at = e->n;

    while (at > 0 && ((unsigned char)e->phonemes[--at] & 0xc0) == 0x80)
        ;
    if (e->n == 0 || e->n - at >= sizeof last)
        return false;
    memcpy(last, e->phonemes + at, e->n - at);
    return strstr(set, last) != NULL;
}

enum ending { ENDING_S, ENDING_D, ENDING_ING };

/* How an ending sounds depends on the sound before it: cats, dogs, buses; walked, called, wanted. */
static const char *ending_sound(enum ending kind, const struct lexicon_entry *stem)
{
    switch (kind) {
    case ENDING_S: return last_sound_in(stem, "ptkfθ") ? "s" : last_sound_in(stem, "szʃʒʧʤ") ? "ᵻz" : "z";
    case ENDING_D: return last_sound_in(stem, "pkfθʃsʧ") ? "t" : last_sound_in(stem, "td") ? "ᵻd" : "d";
    case ENDING_ING: return "ɪŋ";
    }
    return "";
}

/* Takes a known ending off and looks the stem up. */
static bool put_with_ending(struct buf *out, const struct phonemiser *p, const char *w, size_t n)
{
    static const struct {
        const char *suffix, *instead;
        enum ending kind;
    } endings[] = {{"'s", "", ENDING_S},  {"s'", "s", ENDING_S}, {"s", "", ENDING_S},     {"es", "", ENDING_S},
                   {"ies", "y", ENDING_S}, {"ed", "", ENDING_D}, {"d", "", ENDING_D},     {"ied", "y", ENDING_D},
                   {"ing", "", ENDING_ING}, {"ing", "e", ENDING_ING}};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t cut = strlen(endings[i].suffix);
        struct lexicon_entry stem;
        char t[WORD_MAX];
        int len;

        if (n < cut + 2 || n >= sizeof t || strncasecmp(w + n - cut, endings[i].suffix, cut) != 0)
            continue;
        if (cut == 1 && tolower((unsigned char)w[n - 1]) == 's' && tolower((unsigned char)w[n - 2]) == 's')
            continue;
        len = snprintf(t, sizeof t, "%.*s%s", (int)(n - cut), w, endings[i].instead);
        if (!find(&stem, p, t, (size_t)len))
            continue;
        (void)buf_add(out, stem.phonemes, stem.n);
        (void)buf_puts(out, ending_sound(endings[i].kind, &stem));
        return true;
    }
    return false;
}

/* Letter names; only the last one keeps its full stress: CRM is "sˌiˌɑɹˈɛm". */
static bool put_letters(struct buf *out, const struct phonemiser *p, const char *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct lexicon_entry e;
        const char *stress;
        char letter[SOUND_MAX];

        if (!lexicon_find(&e, &p->lexicon, &(char){(char)toupper((unsigned char)w[i])}, 1) || e.n >= sizeof letter)
            return false;
        memcpy(letter, e.phonemes, e.n);
        letter[e.n] = '\0';
        stress = i + 1 < n ? strstr(letter, PRIMARY) : NULL;
        if (stress != NULL)
            memcpy(letter + (stress - letter), SECONDARY, 2);
        (void)buf_puts(out, letter);
    }
    return n > 0;
}

/* HubSpot, DataCo: the place where a small letter meets a capital. 0 if there is none. */
static size_t camel_joint(const char *w, size_t n)
{
    for (size_t i = 2; i + 1 < n; i++)
        if (islower((unsigned char)w[i - 1]) && isupper((unsigned char)w[i]))
            return i;
    return 0;
}

static void put_known_or_guess(struct buf *out, struct phonemiser *p, const char *w, size_t n)
{
    struct lexicon_entry e;

    if (find(&e, p, w, n))
        (void)buf_add(out, e.phonemes, e.n);
    else if (!put_with_ending(out, p, w, n))
        (void)unknown_word_say(out, &p->unknown, w, n);
}

static void put_word(struct buf *out, struct phonemiser *p, const char *w)
{
    struct lexicon_entry e;
    size_t n = strlen(w), joint;
    bool capitals = in_capitals(w, n);

    if (capitals && n <= LETTERS_SPELLED_MAX && (!find(&e, p, w, n) || (lexicon_find(&e, &p->lexicon, w, n) && e.spell)) &&
        put_letters(out, p, w, n))
        return;
    joint = !capitals && !lexicon_find(&e, &p->lexicon, w, n) ? camel_joint(w, n) : 0;
    if (joint > 0) {
        put_known_or_guess(out, p, w, joint);
        w += joint;
        n -= joint;
        if (in_capitals(w, n) && put_letters(out, p, w, n))
            return;
    }
    put_known_or_guess(out, p, w, n);
}

static bool starts_with_vowel(const char *sound)
{
    static const char vowels[] = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻɐ";
    const char *end = sound + strlen(sound);

    while (sound < end) {
        const char *from = sound;
        uint32_t c = utf8_next(&sound, end);
        char one[5] = "";

        if (c == 0x2c8 || c == 0x2cc) /* stress */
            continue;
        memcpy(one, from, (size_t)(sound - from));
        return strstr(vowels, one) != NULL;
    }
    return false;
}

/* Small words whose sound depends on the next one; `next` is "" at a pause. NULL for all others. */
static const char *small_word(const char *w, const char *next)
{
    bool more = next[0] != '\0', vowel = starts_with_vowel(next);

    if (strcasecmp(w, "the") == 0)
        return vowel ? "ði" : "ðə";
    if (strcasecmp(w, "to") == 0 && more)
        return vowel ? "tʊ" : "tə";
    if (strcasecmp(w, "a") == 0 && more)
        return "ɐ";
    if (strcasecmp(w, "an") == 0)
        return "ɐn";
    if (strcmp(w, "I") == 0)
        return "ˌI";
    if (strcasecmp(w, "in") == 0)
        return more ? "ɪn" : "ˈɪn";
    return NULL;
}

static size_t split(struct word *w, const char *words)
{
    size_t count = 0;

    while (count < WORDS_MAX) {
        size_t n;

        words += strspn(words, " ");
        n = strcspn(words, " ");
        if (n == 0)
            break;
        w[count].mark = strchr(".,!?;:", words[n - 1]) != NULL ? words[n - 1] : 0;
        snprintf(w[count].text, WORD_MAX, "%.*s", (int)(n - (w[count].mark != 0)), words);
        words += n;
        if (w[count].text[0] != '\0')
            count++;
    }
    return count;
}

/* The network knows the tap of "better" as T and no glottal stop. */
static int put_sound(struct buf *out, const char *s)
{
    const char *end = s + strlen(s);
    int err = 0;

    while (s < end && !err) {
        const char *from = s;
        uint32_t c = utf8_next(&s, end);

        err = c == 0x27e ? buf_puts(out, "T") : c == 0x294 ? buf_puts(out, "t") : buf_add(out, from, (size_t)(s - from));
    }
    return err;
}

static void sound_out(struct phonemiser *p, struct word *w, size_t count)
{
    struct buf sound;

    buf_init(&sound, SOUND_MAX - 1);
    for (size_t i = count; i-- > 0;) {
        const char *next = i + 1 < count && w[i].mark == 0 ? w[i + 1].sound : "";
        const char *fixed = small_word(w[i].text, next);

        buf_clear(&sound);
        if (fixed == NULL)
            put_word(&sound, p, w[i].text);
        text_copy(w[i].sound, SOUND_MAX, fixed != NULL ? fixed : buf_str(&sound));
    }
    buf_release(&sound);
}

int phonemiser_say(struct buf *out, struct phonemiser *p, const char *words)
{
    struct word *w = calloc(WORDS_MAX, sizeof *w);
    size_t count;

    if (w == NULL)
        return ENOMEM;
    count = split(w, words);
    sound_out(p, w, count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            (void)buf_puts(out, " ");
        (void)put_sound(out, w[i].sound);
        if (w[i].mark != 0)
            (void)buf_add(out, &w[i].mark, 1);
    }
    free(w);
    return out->failed ? EMSGSIZE : 0;
}
