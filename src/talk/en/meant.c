/* meant.c - is what a cue says meant so? "Stop calling me" is a wish; "does it stop calling at night", "don't call me before noon", "we had
 * to stop calling", "I don't want you to stop" hold the same words and wish for something else. */
#include "talk/en/en.h"

#include "base/banned.h"

enum { SUBJECT_REACH = 7, PAST_REACH = 5, NEAR_REACH = 3, SAID_REACH = 5 };

/* "Am I speaking to a real person?": asked, not wished. */
static bool asks_who_it_is(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    for (size_t i = h->from; i < h->to; i++)
        if (word_in(w, i, "want need get give put rather prefer would like let have"))
            return false;
    for (size_t i = h->from > NEAR_REACH ? h->from - NEAR_REACH : 0; i < h->from; i++)
        if (word_in(w, i, "am are is") && word_in(w, i + 1, "i you this it we that"))
            return true;
    return word_in(w, h->from, "am are") && word_in(w, h->from + 1, "i you we");
}

static bool shielded(const struct reading *r, const struct hit *h)
{
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *s = &r->hits.at[i];

        if (s->cue == CUE_SHIELD && s->from <= h->to && s->to + 1 >= h->from)
            return true;
    }
    return false;
}

/* "I didn't say stop calling", "it's not that I'm not interested", "you don't have to stop", "don't forget my number". */
static bool turned_round(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    if (h->from > 0 && word_in(w, h->from - 1, "not never") && word_in(w, h->from, "forget lose delete remove block stop take erase unsubscribe cancel"))
        return true;
    for (size_t i = h->from > SAID_REACH ? h->from - SAID_REACH : 0; i < h->from; i++) {
        if (w->at[i].ends || !word_in(w, i, "not never"))
            continue;
        if (word_in(w, i + 1, "say saying said that because asking mean think believe mind care call worried"))
            return true;
        if (word_in(w, i + 1, "want need have like mind wish ask") && word_in(w, h->from, "stop quit cease forget") && word_in(w, h->from - 1, "to you"))
            return true;
    }
    return false;
}

/* "I'm not busy", "it's not a bad time", "I don't mind talking to a robot". */
static bool denied_within(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;
    bool denied = h->from > 0 && (word_in(w, h->from - 1, "not never") || (h->from > 1 && word_in(w, h->from - 2, "not never") && word_in(w, h->from - 1, "a that too the very")));

    for (size_t i = h->from; i < h->to; i++) {
        if (denied && word_in(w, i, h->cue == CUE_HUMAN ? "mind care" : "busy bad wrong terrible awful swamped driving slammed tied"))
            return true;
        denied |= word_in(w, i, "not never");
    }
    return false;
}

/* "We need a real person on the phones", "I report to a human": a person for their own trade, or at their own place. */
static bool is_own_person(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;
    size_t i = h->from;

    if (h->from > 0 && word_in(w, h->from - 1, "report reports reporting belong belongs listen"))
        return true;
    for (size_t k = h->from; k < h->to; k++)
        if (word_in(w, k, "talk speak talking speaking chat transfer connect put"))
            return false;
    while (i > 0 && h->from - i < NEAR_REACH && word_in(w, i, "need want have had hire got lack miss really do not also still just") && !word_is(w, i - 1, "we"))
        i--;
    return (i > 0 && word_is(w, i - 1, "we")) || word_is(w, h->from, "we");
}

/* "I know you're an AI, that's fine": told, not asked. */
static bool is_known(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    return h->from > 1 && word_in(w, h->from - 1, "know aware that") && (word_is(w, h->from - 2, "i") || word_in(w, h->from - 2, "know aware"));
}

/* "I am forty" is nobody's child. */
static bool is_adult(const struct reading *r, const struct hit *h)
{
    struct amount age;

    for (size_t i = h->from; i < h->to; i++)
        if (number_read(&r->w, i, &age) && !(i > h->from && number_word(&r->w, i - 1)))
            return age.value >= 18 || age.value < 3;
    return false;
}

/* In the answer to a question of qualification, "she is out" and "people leave a message" speak of the prospect's own trade. */
static bool out_of_place(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    if (r->in->asked != ASKED_CHOICE && r->in->asked != ASKED_MONEY && r->in->asked != ASKED_DURATION && r->in->asked != ASKED_ROLE)
        return false;
    if (h->cue == CUE_GATEKEEPER || h->cue == CUE_SCREENING)
        return true;
    if (h->cue == CUE_WRONG_NUMBER)
        return w->n > h->to + 4 || h->from > 4 || !word_in(w, h->from, "wrong misdialed misdialled") || !word_in(w, h->from + 1, "number person");
    for (size_t i = 0; i < w->n; i++) {
        if (h->cue == CUE_VOICEMAIL && word_in(w, i, "tone beep"))
            return false;
        if (h->cue == CUE_LANGUAGE && word_in(w, i, "our customers callers clients patients people tenants who half"))
            return true;
    }
    return h->cue == CUE_VOICEMAIL;
}

static bool is_of_us(const struct words *w, const struct hit *h)
{
    for (size_t i = h->from; i < h->to; i++)
        if (word_in(w, i, "me my us"))
            return true;
    return false;
}

static bool makes_sure(const struct words *w, size_t before)
{
    for (size_t i = before > NEAR_REACH ? before - NEAR_REACH : 0; i < before; i++)
        if (word_in(w, i, "sure ensure"))
            return true;
    return false;
}

/* "We never call them again", "I didn't call", "we had to stop calling": somebody tells what they do, and asks for nothing. */
static bool tells_of_own_acts(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;
    bool stops = word_in(w, h->from, "stop quit cease opt lose forget delete remove"), calls = false;
    size_t before = h->from;

    while (before > 0 && h->from - before < SAID_REACH && !w->at[before - 1].ends &&
           (word_in(w, before - 1, "just also often still really simply do did would can could will never ever") ||
            (stops && word_in(w, before - 1, "to had have need not cannot should must always"))))
        before--;
    if ((!stops && !word_in(w, h->from, "do not never no")) || before == 0 || !word_in(w, before - 1, "we they he she i nobody noone reps staff it that which who"))
        return false;
    if ((stops && word_in(w, before - 1, "i that which who it") && before == h->from) || makes_sure(w, before))
        return false; /* "I opt out", "that is it stop", "make sure I don't get another one" */
    for (size_t i = h->from; i < h->to; i++) {
        if (word_in(w, i, "me us our you your want wish like need") || (!stops && word_is(w, i, "my")))
            return false;
        calls |= word_in(w, i, "call calling contact phone ring dial try text email reach bother");
    }
    if (!stops && !calls)
        return false;
    return !stops || !word_in(w, h->from, "opt delete remove") || word_in(w, before - 1, "we they he she");
}

/* "I already talked to one of your people": it is behind them. */
static bool tells_of_the_past(const struct reading *r, const struct hit *h)
{
    bool past = false;

    for (size_t i = h->from > PAST_REACH ? h->from - PAST_REACH : 0; i < h->to; i++) {
        if (word_in(&r->w, i, "want wanted need like get give put let can could rather prefer please instead"))
            return false;
        past |= word_in(&r->w, i, "talked spoke spoken met called rang emailed texted chatted dealt");
    }
    return past;
}

/* "Customers ask to be taken off the list", "half of them opt out": others want it, not the prospect. */
static bool said_of_others(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    if (h->from > 0 && !w->at[h->from - 1].ends && word_in(w, h->from, "never stop quit") && word_in(w, h->from - 1, "they folks customers clients patients callers buyers leads prospects"))
        return true; /* "then they never call us again" */
    if (is_of_us(w, h))
        return false;
    if (h->cue == CUE_OPT_OUT && word_in(w, h->from + 1, "them him her those people customers leads"))
        return true;
    for (size_t i = h->from; i > 0 && h->from - i < SUBJECT_REACH && !w->at[i - 1].ends; i--) {
        if (word_in(w, i - 1, "you your"))
            return false;
        if (word_in(w, i - 1, "customers clients patients leads prospects callers tenants guests members buyers customer client patient lead them they") ||
            (word_in(w, i - 1, h->cue == CUE_OPT_OUT ? "people someone somebody anyone" : "people") && !(i >= 2 && word_in(w, i - 2, "you your these have get tell ask"))))
            return true;
    }
    return false;
}

/* "Does it stop calling at night", "it should stop after three tries": the product does. */
static bool said_of_product(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    if (is_of_us(w, h) || h->from == 0)
        return false;
    for (size_t i = h->from; i > 0 && h->from - i < NEAR_REACH; i--) {
        if (word_in(w, i - 1, "it this that system"))
            return i >= 2 ? word_in(w, i - 2, "does do can will would could should if") || word_in(w, i, "should would will can must does") : word_in(w, i, "should would will can must");
        if (!word_in(w, i - 1, "should would will can must to ever also"))
            return false;
    }
    return false;
}

/* "Don't call me at work, call me on my cell", "call my mobile instead", "tomorrow is better". */
static bool asks_elsewhere(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;

    for (size_t i = h->to; i < w->n; i++) {
        if (word_in(w, i, "call ring try reach phone use dial") && word_in(w, i + 1, "me my him her the back in on at between after before") &&
            !word_in(w, i - 1, "not never stop to ever"))
            return true;
        if (word_in(w, i, "better instead") || (word_in(w, i, "rather") && word_in(w, i + 1, "tomorrow on at in")))
            return true;
    }
    return false;
}

static bool is_forever(const struct words *w, size_t from)
{
    for (size_t i = from; i < w->n; i++)
        if (word_in(w, i, "again ever anymore more never future"))
            return true;
    return false;
}

/* "Don't call me before noon", "not right now", "don't call me sir", "take me off hold", "quit calling dead leads": something is limited, our calls go
 * on. */
static bool is_limited(const struct reading *r, const struct hit *h)
{
    const struct words *w = &r->w;
    size_t i = h->to;

    if (word_in(w, i, "hold speaker speakerphone mute"))
        return true;
    if (word_is(w, i - 1, "list") && word_is(w, i, "of"))
        return true;
    if (word_in(w, i - 1, "calling phoning ringing texting") && (word_in(w, i, "leads customers clients prospects patients") || word_in(w, i + 1, "leads customers clients prospects patients")))
        return true; /* their own */
    if (word_is(w, i - 1, "off") && (word_is(w, i, "early") || (word_is(w, i, "the") && word_in(w, i + 1, "quote price invoice bill hook phone order table"))))
        return true;
    if (!word_in(w, h->from, "do not never please") || is_forever(w, h->from))
        return false;
    i += word_in(w, i, "back me us here");
    if (word_in(w, i, "before after until till during between today tonight now yet sir mister miss ma'am maam mr mrs") || (word_is(w, i, "right") && word_is(w, i + 1, "now")))
        return true;
    if (word_in(w, i, "at on in this") && word_in(w, i + 1, "work night home school weekends weekend sundays saturdays mondays fridays the morning afternoon evening lunch dinner nights evenings mornings"))
        return !word_is(w, i + 1, "the") || word_in(w, i + 2, "morning afternoon evening weekend mornings evenings weekends office middle");
    return false;
}

/* "You've reached a private home": a person says that. */
static bool is_household(const struct reading *r)
{
    for (size_t i = 0; i < r->w.n; i++)
        if (word_in(&r->w, i, "message beep tone mailbox voicemail"))
            return false;
    return hits_any(&r->hits, CUE_WRONG_NUMBER) != NULL;
}

/* "Our reps call back days later". */
static bool is_done_by_others(const struct reading *r, const struct hit *h)
{
    for (size_t i = h->from; i > 0 && h->from - i < NEAR_REACH; i--)
        if (word_in(&r->w, i - 1, "they reps rep agents team staff guys sellers salespeople colleagues he she nobody noone"))
            return true;
    return false;
}

bool en_goes_on(const struct reading *r, size_t from)
{
    for (size_t i = from; i < r->w.n; i++) {
        if (word_in(&r->w, i, "but"))
            return hits_find(&r->hits, CUE_YES, i + 1, r->w.n) != NULL;
        if (word_is(&r->w, i, "so") && hits_find(&r->hits, CUE_BRIEF, i + 1, r->w.n) != NULL)
            return true;
    }
    return false;
}

static bool wish_is_meant(const struct reading *r, const struct hit *h)
{
    if (shielded(r, h) || turned_round(r, h) || said_of_others(r, h) || tells_of_own_acts(r, h))
        return false;
    if (h->cue == CUE_OPT_OUT)
        return !asks_elsewhere(r, h) && !is_limited(r, h) && !said_of_product(r, h);
    if (denied_within(r, h))
        return false;
    if (h->cue == CUE_HUMAN)
        return !asks_who_it_is(r, h) && !tells_of_the_past(r, h) && !is_own_person(r, h);
    return !en_goes_on(r, h->to) && !is_done_by_others(r, h);
}

bool en_meant(const struct reading *r, const struct hit *h)
{
    if (out_of_place(r, h))
        return false;
    switch ((int)h->cue) {
    case CUE_OPT_OUT:
    case CUE_HUMAN:
    case CUE_BUSY: return wish_is_meant(r, h);
    case CUE_VOICEMAIL: return !is_household(r);
    case CUE_MINOR: return !is_adult(r, h);
    case CUE_RECORDING:
        if (word_in(&r->w, h->to - 1, "recording tape") && word_in(&r->w, h->to - 2, "a some"))
            return false;
        return !turned_round(r, h) && !said_of_others(r, h);
    case CUE_ROBOT:
    case CUE_SOURCE: return !turned_round(r, h) && !said_of_others(r, h) && !is_known(r, h);
    case CUE_WRONG_NUMBER: return !said_of_others(r, h);
    case CUE_NOT_INTERESTED: return !turned_round(r, h) && !said_of_others(r, h);
    default: return true;
    }
}
