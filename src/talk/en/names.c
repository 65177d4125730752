/* names.c - product names that are also ordinary English words, and how names sound. */
#include <ctype.h>
#include <string.h>

#include "talk/en/en.h"

#include "base/banned.h"

static bool is_capital(const struct words *w, size_t i)
{
    return isupper((unsigned char)w->text[w->at[i].from]);
}

static bool is_product_noun(const struct words *w, size_t i)
{
    return word_in(w, i, "crm platform software tool app system thing one shop house user users admin customer free license licence licenses account subscription plan product dot com");
}

/* "Our sales force is twenty people", "an active campaign": the words, not the product. */
static bool common_pair(const struct words *w, size_t i, size_t n)
{
    static const char *const pairs[][2] = { { "sales", "force" }, { "active", "campaign" }, { "constant", "contact" }, { "help", "scout" },
                                            { "get", "response" }, { "monday", "com" } };

    for (size_t k = 0; n == 2 && k < sizeof pairs / sizeof *pairs; k++)
        if (word_is(w, i, pairs[k][0]) && word_is(w, i + 1, pairs[k][1]))
            return i > 0 && word_in(w, i - 1, "a an the our my their your in whole entire big small outside inside field") && !is_product_noun(w, i + n);
    return false;
}

/* "We run everything in Monday". */
static bool is_place_of_work(const struct words *w, size_t i)
{
    for (size_t k = i; k > 0 && i - k < 6; k--)
        if (word_in(w, k - 1, "run runs running manage managing track tracking keep everything projects pipeline tickets leads data moved switched migrated"))
            return true;
    return false;
}

/* Common words that are also names count only without an article, a possessive or a verb's company before them. */
bool en_common_use(const struct words *w, size_t i, size_t n)
{
    bool common = n == 1 && word_in(w, i, "close outreach drift monday copper front intercom gong apollo keep insight insights sage base act "
                                          "streak nimble pulse freshworks spark slack notion zoom dialpad loft engage clay bridge orbit");

    if (!common)
        return common_pair(w, i, n);
    if (is_product_noun(w, i + 1))
        return false;
    if (i > 0 && word_in(w, i - 1, "in on into to from") && is_place_of_work(w, i - 1))
        return false;
    if (i > 0 && word_in(w, i - 1, "use using used with on from have tried to love called like buy bought switch") &&
        !word_in(w, i + 1, "to deals the a calls enough rate"))
        return !is_capital(w, i) && (!word_in(w, i - 1, "use using used tried have bought with") || word_in(w, i + 1, "to morning afternoon at through next"));
    return !(i > 0 && is_capital(w, i) && !w->at[i - 1].ends);
}

/* Letters that sound alike become one: z and s, c and k, ph and f; doubles and a silent e at the end go. */
void en_sound(char *out, size_t size, const char *s)
{
    static const char from[] = "zqyvx", to[] = "skifs";
    size_t n = 0;

    for (size_t i = 0; s[i] && n + 1 < size; i++) {
        const char *p = strchr(from, s[i]);
        char c = p ? to[p - from] : s[i];

        if (s[i] == 'c')
            c = s[i + 1] && strchr("eiy", s[i + 1]) ? 's' : 'k';
        if (s[i] == 'p' && s[i + 1] == 'h')
            c = 'f', i++;
        if (s[i] == 'e' && s[i + 1] == '\0' && n > 2)
            break;
        if (n == 0 || out[n - 1] != c)
            out[n++] = c;
    }
    out[n] = '\0';
}
