/* names.c - product names that are also ordinary English words. */
#include <ctype.h>

#include "talk/en/en.h"

#include "base/banned.h"

/* Common words that are also names count only without an article, a possessive or a verb's company before them. */
bool en_common_use(const struct words *w, size_t i, size_t n)
{
    bool common = n == 1 && word_in(w, i, "close outreach drift monday copper front intercom gong apollo keep insight insights sage base act "
                                          "streak nimble pulse freshworks spark slack notion zoom dialpad loft engage clay bridge orbit");

    if (!common)
        return false;
    if (i > 0 && word_in(w, i - 1, "use using used with on from have tried to love called like buy bought switch") &&
        !word_in(w, i + 1, "to deals the a calls enough rate"))
        return isupper((unsigned char)w->text[w->at[i].from]) ||
                       (word_in(w, i - 1, "use using used tried have bought with") && !word_in(w, i + 1, "to morning afternoon at through next"))
                   ? false
                   : true;
    return !(i > 0 && isupper((unsigned char)w->text[w->at[i].from]) && !w->at[i - 1].ends);
}
