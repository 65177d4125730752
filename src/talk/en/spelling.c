/* spelling.c - how English is written down by a recogniser: contractions, hesitations, signs. */
#include "talk/en/en.h"

#include "base/banned.h"

/* Written forms that stand for two (or three) words. A second part may itself hold a blank. */
static const struct lang_opening openings[] = {
    { "can't", "can", "not" },       { "cannot", "can", "not" },     { "won't", "will", "not" },
    { "cant", "can", "not" },        { "wont", "will", "not" },      { "dont", "do", "not" },
    { "doesnt", "does", "not" },     { "didnt", "did", "not" },      { "isnt", "is", "not" },
    { "wasnt", "was", "not" },       { "arent", "are", "not" },      { "havent", "have", "not" },
    { "hasnt", "has", "not" },       { "hadnt", "had", "not" },      { "wouldnt", "would", "not" },
    { "couldnt", "could", "not" },   { "shouldnt", "should", "not" },{ "im", "i", "am" },
    { "ive", "i", "have" },          { "thats", "that", "is" },      { "whats", "what", "is" },
    { "whos", "who", "is" },         { "youre", "you", "are" },      { "theyre", "they", "are" },
    { "gonna", "going", "to" },      { "wanna", "want", "to" },      { "gotta", "got", "to" },
    { "lemme", "let", "me" },        { "gimme", "give", "me" },      { "dunno", "do", "not know" },
    { "shan't", "shall", "not" },    { "ain't", "is", "not" },       { "aint", "is", "not" },
    { "let's", "let", "us" },        { "y'all", "you", "all" },      { "kinda", "kind", "of" },
    { "sorta", "sort", "of" },       { "outta", "out", "of" },       { "o'clock", "oclock", NULL },
    { NULL, NULL, NULL },
};

static const struct lang_suffix suffixes[] = {
    { "n't", "not" }, { "'m", "am" }, { "'ve", "have" }, { "'ll", "will" }, { "'re", "are" }, { "'d", "would" }, { "'s", "is" }, { NULL, NULL },
};
static const struct lang_grunt grunts[] = {
    { "uh", "huh", "uh-huh" }, { "mm", "hmm", "uh-huh" }, { "mm", "hm", "uh-huh" }, { "uh", "uh", "nope" }, { "nuh", "uh", "nope" }, { NULL, NULL, NULL },
};
static const struct lang_sign signs[] = {
    { "$", "$" }, { "\xe2\x82\xac", "euros" }, { "\xc2\xa3", "pounds" }, { "%", "percent" }, { "&", "and" }, { "@", "at" }, { "+", "plus" }, { "~", "about" }, { NULL, NULL },
};

const struct lang_spelling en_spelling = {
    .openings = openings,
    .suffixes = suffixes,
    .grunts = grunts,
    .signs = signs,
    .fillers = "um uh er erm umm uhh uhm hm hmm mm ah eh",
    .range = "to",
    .ratio = "per",
};
