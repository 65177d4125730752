/* turn_text.h - what the words of a turn say about turn taking. Pure. */
#ifndef BATON_CALL_TURN_TEXT_H
#define BATON_CALL_TURN_TEXT_H

#include <stdbool.h>

/* Does the text stop in the middle of a phrase ("and", "because", "um", a comma)? */
bool turn_text_unfinished(const char *text);

/* Is it only a greeting or a listener's "uh-huh": no reason to stop talking? */
bool turn_text_backchannel(const char *text);

/* Are these words a piece of what we were saying ourselves: an echo that the recogniser understood? */
bool turn_text_echo(const char *text, const char *ours);

#endif
