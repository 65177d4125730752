/* money_seats.c - how many seats or places an utterance names, for money that is said per seat. */
#include "talk/en/money.h"

#include "base/banned.h"

enum { SEATS_MAX = 100000, NOUN_REACH = 3 };

bool money_is_company_size(const struct words *w, size_t from)
{
    if (from > 1 && word_in(w, from - 2, "team staff company shop firm business office crew group workforce") && word_in(w, from - 1, "of"))
        return true;
    return from > 2 && word_in(w, from - 3, "team staff company shop firm business office crew group") && word_is(w, from - 2, "of") &&
           word_in(w, from - 1, "about around roughly maybe like");
}

static bool names_seats(const struct words *w, size_t i, enum each each)
{
    if (each == EACH_PLACE)
        return word_in(w, i, "locations sites stores offices shops branches clinics practices restaurants properties trucks vehicles location office store");
    return word_in(w, i, "seats users people agents reps employees heads licenses licences staff salespeople members operators");
}

static bool is_between(const struct words *w, size_t i)
{
    return word_in(w, i, "new full part time different other more active open paying existing sales support little small big of our inbound outbound single");
}

double money_seats(const struct reading *r, enum each each)
{
    struct amount a;

    for (size_t i = 0, n; i < r->w.n; i += n ? n : 1) {
        n = number_read(&r->w, i, &a);
        if (n == 0 || a.range || a.value < 1 || a.value > SEATS_MAX)
            continue;
        if (each == EACH_PERSON && money_is_company_size(&r->w, i))
            return a.value;
        for (size_t k = i + n; k < i + n + NOUN_REACH; k++) {
            if (names_seats(&r->w, k, each))
                return a.value;
            if (!is_between(&r->w, k))
                break;
        }
    }
    return 0;
}
