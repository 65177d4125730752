/* turn_text.h - what the words of a turn say about turn taking. Pure. */
#ifndef BATON_CALL_TURN_TEXT_H
#define BATON_CALL_TURN_TEXT_H

#include <stdbool.h>

#include "talk/talk.h"

enum text_end {
    TEXT_WHOLE,    /* an answer to what was asked, and no more: "yes", "in three weeks" */
    TEXT_ENDED,    /* a sentence ends */
    TEXT_PLAIN,    /* no sign of either */
    TEXT_OPEN,     /* in the middle of a phrase: "and", "because", "um", a comma */
    TEXT_SPELLING, /* letters or digits one by one, or half an address */
    TEXT_THINKING, /* "let me think" */
    TEXT_ENDS
};
/* How does this text, the answer to something of this kind, end? Empty text is PLAIN. */
enum text_end turn_text_end(const char *text, enum talk_expects asked);

/* Is it only a greeting or a listener's "uh-huh": no reason to stop talking? */
bool turn_text_backchannel(const char *text);

/* Are these words a piece of what we were saying ourselves: an echo that the recogniser understood? */
bool turn_text_echo(const char *text, const char *ours);

#endif
