/* talk_lines.h - what the AI can say that no scenario has to write: repairs, confirmations, exits. One table per language. */
#ifndef BATON_TALK_LINES_H
#define BATON_TALK_LINES_H

#include "talk/scenario.h"

enum talk_line {
    LINE_PERMISSION,
    LINE_SPOKE_BEFORE,     /* answers of an earlier talk are known */
    LINE_ANYTHING_OPEN,    /* all of them are known */
    LINE_PERMISSION_AGAIN, /* in a second talk */
    LINE_ACK,
    LINE_ACK_LITTLE,       /* behind an answer that is no, nothing or not known */
    LINE_IS_IT_YOU,        /* {first_name}: somebody asked who calls */
    LINE_DISCLOSURE_AGAIN, /* the first one was talked over */
    LINE_ASK_CHOICE,       /* one for each question_kind, in its order: narrower, or simply other, wordings */
    LINE_ASK_MONEY,
    LINE_ASK_DURATION,
    LINE_ASK_ROLE,
    LINE_ASK_YES_NO,
    LINE_ASK_NUMBER,
    LINE_ASK_TEXT,
    LINE_ASK_DATE,
    LINE_CLOSE_COST,       /* between two grades of need: costly or wished for, a problem or curiosity, a wish or curiosity */
    LINE_CLOSE_PROBLEM,
    LINE_CLOSE_CHANGE,
    LINE_NOT_CAUGHT,
    LINE_SHORT_OPENING,    /* twice nothing was understood: that the line is bad, and the shortest way to ask; those behind it in the order of question_kind */
    LINE_SHORT_CHOICE,
    LINE_SHORT_MONEY,
    LINE_SHORT_DURATION,
    LINE_SHORT_ROLE,
    LINE_SHORT_YES_NO,
    LINE_SHORT_NUMBER,
    LINE_SHORT_TEXT,
    LINE_SHORT_DATE,
    LINE_DID_YOU_SAY,      /* {heard}: badly heard, and it matters */
    LINE_DO_YOU_DECIDE,    /* the same of who decides: they do, somebody else does, they have no say */
    LINE_DO_OTHERS_DECIDE,
    LINE_HAVE_YOU_NO_SAY,
    LINE_LINE_NOT_GOOD,    /* in front of a closed question */
    LINE_LINE_TOO_BAD,     /* a call back is offered */
    LINE_EMAIL_NOTED,      /* {heard}: the address */
    LINE_TAKE_TIME,
    LINE_FETCHED,          /* somebody is fetched to the telephone */
    LINE_CHANGED,
    LINE_NOTED,            /* a question that nobody wrote an answer to */
    LINE_STILL_THERE,
    LINE_ROBOT,
    LINE_RECORDING,
    LINE_SOURCE,
    LINE_SALES,            /* "is this a sales call?" */
    LINE_CALLED_BEFORE,    /* they were called too often: sorry, and how to stop it */
    LINE_HEARD_YOU,        /* an objection that was answered before */
    LINE_FAQ_AGAIN,
    LINE_HUMAN,
    LINE_HOT,
    LINE_HOLD,
    LINE_WAIT,             /* the answer is late: the line must not be dead */
    LINE_NOD,              /* they speak long, and pause in the middle */
    LINE_HANDOFF_FAILED,
    LINE_CLOSER_LOST,      /* the human's line broke; they are expected back */
    LINE_CLOSER_GONE,      /* they did not come back */
    LINE_AI_BACK,          /* the human gave the prospect back to us */
    LINE_CALLBACK_WHEN,
    LINE_CALLBACK_NARROW,
    LINE_CALLBACK_TIME,    /* {when}: a day without a time */
    LINE_CALLBACK_DAY,     /* a week or longer without a day */
    LINE_CALLBACK_SET,     /* {when} */
    LINE_CALLBACK_SOON,    /* no time was named */
    LINE_BUSY,
    LINE_WARM_HIGH,
    LINE_WARM_LOW,
    LINE_COLD,
    LINE_SOFT_EXIT,
    LINE_EMAIL_EXIT,
    LINE_DECLINED,
    LINE_SILENCE_EXIT,
    LINE_OPT_OUT,
    LINE_WRONG_NUMBER,
    LINE_GATEKEEPER,
    LINE_MINOR,
    LINE_LANGUAGE,
    LINE_ABUSIVE,
    LINE_SCREENING,
    LINE_GOODBYE,
    LINE_COUNT
};

/* The table for a scenario's language; English when there is none. */
const struct wordings *talk_lines(const char *language, enum talk_line line);

enum { TALK_WHEN_MAX = 48 };

/* "tomorrow at 2:30 pm", "Monday at 10 am", "March 12th at 10 am"; only the day where no time was named. Both local, as if UTC. */
void talk_when(char out[TALK_WHEN_MAX], const char *language, int64_t at_local_ms, int64_t now_local_ms, bool day_only);

#endif
