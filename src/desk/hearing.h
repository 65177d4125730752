/* hearing.h - who hears whom in a call that humans have. Pure.
 *
 *                      the prospect hears   the closer hears     the colleague hears   who has joined hears
 *   TALKING            closer, barge        prospect, spoken     -                     prospect, closer, barge
 *   HELD, RINGING      (company)            spoken               -                     closer, barge
 *   CONSULTING         (company)            colleague, spoken    closer, barge         closer, colleague, barge
 *   nobody there       (company)            -                    -                     -
 *
 * spoken: whoever whispers or barges in. A whisper is heard by the closer alone, and is on no recording: what the prospect hears is what is recorded. */
#ifndef BATON_DESK_HEARING_H
#define BATON_DESK_HEARING_H

#include <stdbool.h>

#include "desk/midcall.h"

enum join_mode { JOIN_LISTEN, JOIN_WHISPER, JOIN_BARGE };
const char *join_mode_name(enum join_mode m);
bool join_mode_parse(enum join_mode *out, const char *name);

enum { JOINS_MAX = 2 }; /* with prospect, closer and colleague never more than four in one conversation */
enum party { PARTY_PROSPECT, PARTY_CLOSER, PARTY_COLLEAGUE, PARTY_JOINED, PARTIES = PARTY_JOINED + JOINS_MAX };

/* modes: of the parties from PARTY_JOINED on. */
bool hearing(enum midcall_state s, const enum join_mode modes[JOINS_MAX], int listener, int speaker);

#endif
