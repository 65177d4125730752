/* say_text.h - written English to the words one says: "$1.5M by 3/4" has to be spoken somehow. US usage. Pure.
 *
 * The result has words separated by single spaces. Marks that shape the melody (. , ! ? ; :) stay at the end of their word; words
 * in capitals (AM, CRM) are left for the phonemiser to spell. */
#ifndef BATON_SPEECH_ENGINE_SAY_TEXT_H
#define BATON_SPEECH_ENGINE_SAY_TEXT_H

#include "base/buf.h"

enum { SAY_WORDS_MAX = 8192 }; /* bytes of the result */

/* Appends to `out`. 0, EMSGSIZE when the words do not fit, or ENOMEM. */
int say_text(struct buf *out, const char *text);

#endif
