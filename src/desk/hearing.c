#include "desk/hearing.h"

#include <string.h>

#include "base/banned.h"

static const char *const mode_names[] = {"listen", "whisper", "barge"};

const char *join_mode_name(enum join_mode m)
{
    return mode_names[m];
}

bool join_mode_parse(enum join_mode *out, const char *name)
{
    for (int i = JOIN_LISTEN; i <= JOIN_BARGE; i++)
        if (strcmp(mode_names[i], name) == 0) {
            *out = (enum join_mode)i;
            return true;
        }
    return false;
}

/* Those between whom the conversation is. */
static bool in_conversation(enum midcall_state s, int party)
{
    switch (s) {
    case MID_TALKING:
        return party == PARTY_PROSPECT || party == PARTY_CLOSER;
    case MID_HELD:
    case MID_RINGING:
        return party == PARTY_CLOSER;
    case MID_CONSULTING:
        return party == PARTY_CLOSER || party == PARTY_COLLEAGUE;
    case MID_SENT:
    case MID_PARKED:
    case MID_FETCHING:
    case MID_OVER:
        return false;
    }
    return false;
}

static bool hears_joined(enum midcall_state s, enum join_mode speaker, int listener)
{
    switch (speaker) {
    case JOIN_LISTEN:
        return false;
    case JOIN_WHISPER:
        return listener == PARTY_CLOSER && in_conversation(s, listener);
    case JOIN_BARGE:
        return listener >= PARTY_JOINED ? in_conversation(s, PARTY_CLOSER) : in_conversation(s, listener);
    }
    return false;
}

bool hearing(enum midcall_state s, const enum join_mode modes[JOINS_MAX], int listener, int speaker)
{
    if (listener == speaker)
        return false;
    if (speaker >= PARTY_JOINED)
        return hears_joined(s, modes[speaker - PARTY_JOINED], listener);
    return in_conversation(s, speaker) && (listener >= PARTY_JOINED || in_conversation(s, listener));
}
