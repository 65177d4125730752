/* und_priv.h - shared inside talk/'s understanding: one utterance on its way through the readers. */
#ifndef BATON_TALK_UND_PRIV_H
#define BATON_TALK_UND_PRIV_H

#include "talk/lang.h"
#include "talk/understand.h"
#include "talk/und_phrase.h"
#include "talk/und_words.h"

struct reading {
    const struct und_in *in;
    struct words w;
    struct hits hits;
    double price;              /* a month, in dollars: what the question that was asked names; 0 none */
};

#endif
