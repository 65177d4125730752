/* preposition.c - what stands around a calendar thing and says how it bounds: "by", "not until", "before our lease is up in", "at the latest". */
#include "talk/en/preposition.h"

#include "talk/en/date.h"
#include "talk/en/number.h"

#include "base/banned.h"

enum { CLAUSE_REACH = 9, DENIED_REACH = 7 };

struct lead { const char *words[4]; enum preposition p; };

static const struct lead leads[] = {
    { { "not", "until" }, NOT_UNTIL },          { { "not", "till" }, NOT_UNTIL },            { { "not", "before" }, NOT_UNTIL },
    { { "not", "by" }, NOT_UNTIL },             { { "no", "sooner", "than" }, NOT_UNTIL },   { { "no", "earlier", "than" }, NOT_UNTIL },
    { { "not", "sooner", "than" }, NOT_UNTIL }, { { "not", "earlier", "than" }, NOT_UNTIL }, { { "never", "before" }, NOT_UNTIL },
    { { "wait", "until" }, NOT_UNTIL },         { { "wait", "till" }, NOT_UNTIL },           { { "off", "until" }, NOT_UNTIL },
    { { "nothing", "until" }, NOT_UNTIL },      { { "nothing", "before" }, NOT_UNTIL },      { { "earliest", "would", "be" }, NOT_UNTIL },
    { { "earliest", "is" }, NOT_UNTIL },        { { "any", "earlier", "than" }, NOT_UNTIL }, { { "any", "sooner", "than" }, NOT_UNTIL },
    { { "as", "of" }, NOT_UNTIL },              { { "not", "until", "after" }, AFTER },      { { "not", "before", "after" }, AFTER },
    { { "wait", "until", "after" }, AFTER },    { { "any", "time", "after" }, AFTER },       { { "anytime", "after" }, AFTER },
    { { "after" }, AFTER },                     { { "past" }, AFTER },                       { { "once" }, AFTER },
    { { "following" }, AFTER },                 { { "not", "after" }, BY },                  { { "no", "later", "than" }, BY },
    { { "not", "later", "than" }, BY },         { { "any", "later", "than" }, BY },          { { "prior", "to" }, BY },
    { { "ahead", "of" }, BY },                  { { "in", "time", "for" }, BY },             { { "in", "advance", "of" }, BY },
    { { "by" }, BY },                           { { "before" }, BY },                        { { "within" }, BY },
    { { "until" }, BY },                        { { "till" }, BY },                          { { "latest" }, BY },
    { { "between", "now", "and" }, BY },        { { "inside" }, BY },                       { { "through" }, BY },
};

/* "in", "sometime around", "starting in": words that only lead in. */
static size_t plain_lead(const struct words *w, size_t i)
{
    size_t n = word_in(w, i, "in during around for on sometime somewhere come starting from toward towards over at about near");

    if (n == 0 && !(word_is(w, i, "some") && word_is(w, i + 1, "time")))
        return 0;
    n = n ? n : 2;
    while (word_in(w, i + n, "in during around about time on like say maybe probably right roughly toward towards close to"))
        n++;
    return n;
}

size_t date_preposition_at(const struct words *w, size_t i, enum preposition *p)
{
    size_t best = 0;

    *p = PLAIN;
    for (size_t k = 0; k < sizeof leads / sizeof *leads; k++) {
        size_t n = 0;

        while (n < 4 && leads[k].words[n] && word_is(w, i + n, leads[k].words[n]))
            n++;
        if (n > best && (n == 4 || leads[k].words[n] == NULL)) {
            best = n;
            *p = leads[k].p;
        }
    }
    while (best && word_in(w, i + best, "about around like say maybe probably roughly sometime somewhere ideally"))
        best++;
    if (best)
        return best;
    best = plain_lead(w, i);
    if (best)
        *p = IN;
    return best;
}

/* "We can't start until june", "it'll have to wait until july". */
bool date_denied(const struct words *w, size_t i)
{
    for (size_t k = i; k > 0 && i - k < DENIED_REACH && !w->at[k - 1].ends && !word_in(w, k - 1, "but and so"); k--)
        if (word_in(w, k - 1, "not nothing never nobody wait hold holding frozen freeze postpone postponed off"))
            return true;
    return false;
}

/* What governs the clause in which a time stands: "before our lease is up in june", "once the fiscal year closes in june". */
enum preposition date_governor(const struct words *w, size_t i)
{
    for (size_t k = i; k > 0 && i - k < CLAUSE_REACH && !w->at[k - 1].ends; k--) {
        bool denied = date_denied(w, k - 1);

        if (word_in(w, k - 1, "and but so or because need want wants needs said says weekly month like"))
            return PLAIN;
        if (word_is(w, k - 1, "before") || (word_in(w, k - 1, "until till") && denied))
            return denied ? NOT_UNTIL : BY;
        if (word_is(w, k - 1, "time") && k > 2 && word_is(w, k - 2, "the") && word_is(w, k - 3, "by"))
            return BY;
        if (word_in(w, k - 1, "after once"))
            return AFTER;
    }
    return PLAIN;
}

/* "..., so before that", "and want it running by then": what is said about the time behind it. */
size_t date_referred(const struct words *w, size_t i, enum preposition *p)
{
    for (size_t k = i; k + 1 < w->n && k < i + CLAUSE_REACH; k++) {
        size_t n = word_is(w, k, "prior") && word_is(w, k + 1, "to") ? 2 : word_in(w, k, "before by until till after") ? 1 : 0;

        if (number_word(w, k))
            return 0;
        if (n == 0 || !word_in(w, k + n, "that then") || (word_is(w, k + n, "that") && k + n + 1 < w->n && !word_in(w, k + n + 1, "please ideally for sure would is if")))
            continue;
        *p = word_is(w, k, "after") ? AFTER : BY;
        return k + n + 1 - i;
    }
    return 0;
}

/* "October at the earliest", "june onwards", "friday at the latest": words used. */
size_t date_bound_behind(const struct words *w, size_t i, enum preposition *p)
{
    static const struct lead behind[] = {
        { { "at", "the", "earliest" }, NOT_UNTIL }, { { "earliest" }, NOT_UNTIL },      { { "or", "later" }, NOT_UNTIL },
        { { "onwards" }, NOT_UNTIL },               { { "onward" }, NOT_UNTIL },        { { "or", "beyond" }, NOT_UNTIL },
        { { "or", "after" }, NOT_UNTIL },           { { "at", "the", "soonest" }, NOT_UNTIL }, { { "at", "the", "latest" }, BY },
        { { "at", "the", "very", "latest" }, BY },  { { "latest" }, BY },               { { "or", "sooner" }, BY },
        { { "or", "earlier" }, BY },                { { "or", "before" }, BY },         { { "at", "the", "outside" }, BY },
        { { "tops" }, BY },                         { { "max" }, BY },
    };
    size_t pad = word_in(w, i, "at say i would") && !word_is(w, i, "at") ? 1 : 0;

    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) {
        size_t n = 0;

        while (n < 4 && behind[k].words[n] && word_is(w, i + pad + n, behind[k].words[n]))
            n++;
        if (n && (n == 4 || behind[k].words[n] == NULL)) {
            *p = behind[k].p;
            return pad + n;
        }
    }
    return 0;
}
