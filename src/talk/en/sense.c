/* sense.c - English turns of phrase that weigh on likeness: who a clause speaks of, whether it denies what it resembles, whether it wishes. */
#include "talk/en/en.h"

#include "base/banned.h"

enum { DENIAL_REACH = 3, CALL_REACH = 8 };

/* "My partner would say that's too expensive": nobody does. */
static bool supposes(const struct words *w, size_t i)
{
    return word_in(w, i, "partner boss wife husband accountant manager they he she people customers") && word_in(w, i + 1, "would might could") &&
           word_in(w, i + 2, "say think call tell find");
}

/* "it's not that it's too expensive", "I wouldn't say it's expensive", "I don't mind that you record it" */
bool en_denies(const struct words *w, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++) {
        if (supposes(w, i) || (word_in(w, i, "not never") && word_in(w, i + 1, "mind say") && !word_in(w, i + 2, "anything")) ||
            (word_in(w, i, "not never") && word_is(w, i + 1, "call") && word_in(w, i + 3, "a an")))
            return true;
        if (word_is(w, i, "not") && (word_in(w, i + 1, "that because saying about too") || (word_is(w, i + 1, "like") && word_in(w, i + 2, "it that we i"))))
            return !word_in(w, i + 2, "interested much good great big");
    }
    return false;
}

bool en_of_speaker(const struct words *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (word_in(w, i, "i me my you your"))
            return true;
    return false;
}

bool en_of_trade(const struct words *w, size_t from)
{
    return word_is(w, from, "we");
}

bool en_asks_back(const struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (word_in(w, i, "not never no stop real"))
            return true;
    return false;
}

bool en_wishes_person(const struct words *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (word_in(w, i, "talk talking speak speaking chat get give put want need connect transfer pass bring fetch prefer rather call can could please"))
            return true;
    return false;
}

/* A competitor that is in use, not one to get away from or to connect with. */
bool en_in_use(const struct words *w)
{
    bool uses = false;

    for (size_t i = 0; i < w->n; i++) {
        if (word_in(w, i, "replace replacing leave leaving switch switching instead from connect integrate unhappy cancel out away"))
            return false;
        uses |= word_in(w, i, "use using uses have with on happy love run running got bought signed like");
    }
    return uses;
}

bool en_wonders(const struct words *w, size_t i)
{
    return word_in(w, i, "curious wondering wonder interested");
}

static bool is_negated(const struct words *w, const struct hit *h)
{
    for (size_t i = h->from > DENIAL_REACH ? h->from - DENIAL_REACH : 0; i < h->from; i++)
        if (word_in(w, i, "not never") && !word_in(w, h->from, "can could"))
            return true;
    return false;
}

/* "My partner would say that's too expensive", "people find us dear": others do. */
static bool is_reported(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    for (size_t i = h->from; i > 0 && h->from - i < CALL_REACH; i--)
        if (word_in(w, i - 1, "customers clients patients leads prospects callers tenants guests buyers people they") ||
            (word_in(w, i - 1, "partner boss wife husband accountant he she") && word_in(w, i, "would will might says said thinks")))
            return true;
    return false;
}

const struct hit *en_finds_dear(const struct reading *r)
{
    const struct hit *h = hits_any(&r->hits, CUE_DEAR);

    return h == NULL || is_negated(&r->w, h) || is_reported(r, h) ? NULL : h;
}
