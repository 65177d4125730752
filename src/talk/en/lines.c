/* lines.c - the English lines. Short, polite, never two questions; several wordings so that nothing is said twice. */
#include <stdio.h>

#include "base/clock.h"
#include "talk/en/en.h"

#include "base/banned.h"

#define WORDS(...) {.n = sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *), .text = (const char *[]){__VA_ARGS__}}

static const struct wordings lines[LINE_COUNT] = {
    [LINE_PERMISSION] = WORDS("Do you have a minute for a few quick questions?", "Is now an okay time for a few short questions?",
                              "May I ask you a few short questions?", "Shall we take a minute for this now?"),
    [LINE_SPOKE_BEFORE] = WORDS("We spoke before, so I will only ask what is still open.", "Picking up where we left off, I only need what is still open."),
    [LINE_ANYTHING_OPEN] = WORDS("We spoke before, and I have all your answers.", "I still have what you told me last time."),
    [LINE_PERMISSION_AGAIN] = WORDS("Is now a good moment?", "Do you have a moment now?"),
    [LINE_ACK_LITTLE] = WORDS("No problem.", "That is fine.", "Sure.", "All right.", "Okay.", "I see."),
    [LINE_IS_IT_YOU] = WORDS("Am I speaking with {first_name}, and do you have a minute?", "Is this {first_name}, and is now a good time?"),
    [LINE_ACK] = WORDS("Okay.", "Thanks.", "Understood.", "All right.", "Good to know.", "Noted.", "Thank you.", "Perfect.", "I see."),
    [LINE_DISCLOSURE_AGAIN] = WORDS("This is {agent}, an AI assistant with {company}, on a recorded line; say stop to opt out.",
                                    "Just so you know, I am {agent}, an AI assistant for {company}, and this call is recorded."),
    [LINE_ASK_CHOICE] = WORDS("In a few words, what would you like to be better?", "What would you most like to change?",
                              "So what is it that you need?"),
    [LINE_ASK_MONEY] = WORDS("Just roughly, what could you spend a month?", "Even a rough range helps. What would be a comfortable amount per month?",
                             "A ballpark is fine: about how much a month?"),
    [LINE_ASK_DURATION] = WORDS("Roughly, is it this quarter or the next one?", "Just a rough idea: within a month, within three months, or next year?",
                                "About how soon do you need it?"),
    [LINE_ASK_ROLE] = WORDS("Would it be your decision, or does someone else sign off?", "Who has the final say on this?",
                            "Does anyone else have to agree?"),
    [LINE_ASK_YES_NO] = WORDS("Would that be a yes or a no?", "So, yes or no?", "Is that right?"),
    [LINE_ASK_NUMBER] = WORDS("About how many, roughly?", "What would be a rough number?", "How many would that be?"),
    [LINE_ASK_TEXT] = WORDS("Could you tell me that in a few words?", "How would you put it?", "What should I note down?"),
    [LINE_ASK_DATE] = WORDS("Which day would that be, roughly?", "About when would that be?", "What date do you have in mind?"),
    [LINE_CLOSE_COST] = WORDS("Is that costing you today, or is it more of a nice-to-have?", "Does that lose you business now, or would it just be nice to have?"),
    [LINE_CLOSE_PROBLEM] = WORDS("Is that a real problem for you today, or are you just looking around?"),
    [LINE_CLOSE_CHANGE] = WORDS("Is that something you want to change, or are you just looking around for now?"),
    [LINE_NOT_CAUGHT] = WORDS("Sorry, I did not catch that.", "The line was bad for a moment.", "Sorry, I missed that.", "I could not hear you well."),
    [LINE_SHORT_OPENING] = WORDS("The line is bad, so just yes or no: is now a good time?"),
    [LINE_SHORT_CHOICE] = WORDS("The line is bad, so just two or three words: what do you need?"),
    [LINE_SHORT_MONEY] = WORDS("The line is bad, so just the amount: how much a month?"),
    [LINE_SHORT_DURATION] = WORDS("The line is bad, so shortly: in one month, in three months, or next year?"),
    [LINE_SHORT_ROLE] = WORDS("The line is bad, so just yes or no: do you decide on this yourself?"),
    [LINE_SHORT_YES_NO] = WORDS("The line is bad, so just yes or no, please?"),
    [LINE_SHORT_NUMBER] = WORDS("The line is bad, so just the number, please?"),
    [LINE_SHORT_TEXT] = WORDS("The line is bad, so could you say it in two or three words?"),
    [LINE_SHORT_DATE] = WORDS("The line is bad, so just the day, please?"),
    [LINE_DID_YOU_SAY] = WORDS("The line is not good, did you say \"{heard}\"?", "Sorry, that was hard to hear: \"{heard}\", is that right?"),
    [LINE_DO_YOU_DECIDE] = WORDS("The line is not good, did you say that you decide?"),
    [LINE_DO_OTHERS_DECIDE] = WORDS("The line is not good, did you say that others decide with you?"),
    [LINE_HAVE_YOU_NO_SAY] = WORDS("The line is not good, did you say that it is not up to you?"),
    [LINE_LINE_NOT_GOOD] = WORDS("The line is not good.", "I did not hear you well."),
    [LINE_LINE_TOO_BAD] = WORDS("I am sorry, the line is too bad for this. When may we call you back?"),
    [LINE_EMAIL_NOTED] = WORDS("I noted {heard}.", "So that is {heard}."),
    [LINE_TAKE_TIME] = WORDS("Sure, take your time.", "No rush.", "Of course, I will wait."),
    [LINE_FETCHED] = WORDS("Thank you, I will wait.", "That is kind, thank you.", "Thanks, I am here."),
    [LINE_CHANGED] = WORDS("Okay, I have changed that.", "Sure, I corrected it.", "Right, I updated that."),
    [LINE_NOTED] = WORDS("Good question, I will note that for the specialist.", "I would rather have the specialist answer that, so I am noting it down.",
                         "That one goes on the list for the specialist.", "I will pass that question on."),
    [LINE_STILL_THERE] = WORDS("Are you still there?", "Hello, can you hear me?", "Are you with me?"),
    [LINE_ROBOT] = WORDS("Yes, I am an AI assistant, and a real person is only a word away.", "Yes, I am an AI, not a person.",
                         "That is right, you are talking to an AI assistant."),
    [LINE_RECORDING] = WORDS("Yes, this call is recorded so that nothing you tell me gets lost.", "It is, and you can ask us to delete the recording at any time.",
                             "Yes, it is being recorded."),
    [LINE_SOURCE] = WORDS("You left this number with us when you got in touch with {company}.", "Your number comes from your own request to us.",
                          "We only have what you sent us."),
    [LINE_SALES] = WORDS("In a way, yes: I call for {company} to find out whether we can help you.",
                         "Partly: I am {agent} from {company}, and I would like to see whether this fits you.",
                         "I do call for {company}, and whether you need it is up to you."),
    [LINE_CALLED_BEFORE] = WORDS("I am sorry about the repeated calls; say stop, and nobody here will call you again.",
                                 "My apologies for that; if you want no more calls, just say stop.",
                                 "I am sorry to bother you again; say stop and this was the last call."),
    [LINE_HEARD_YOU] = WORDS("I hear you.", "Fair enough.", "I understand that.", "Point taken."),
    [LINE_FAQ_AGAIN] = WORDS("The specialist can go into the details of that.", "That is best shown by the specialist.", "The specialist will have more on that."),
    [LINE_HUMAN] = WORDS("Of course, let me get a person for you right now.", "Sure, I am bringing in a colleague, one moment.",
                         "Absolutely, I will connect you with someone."),
    [LINE_HOT] = WORDS("That sounds like a good fit. Let me bring in {closer|a specialist} right now.", "Let me connect you with {closer|a specialist}, one moment."),
    [LINE_WAIT] = WORDS("So.", "Well.", "Right, so."), /* short: the answer waits behind it */
    [LINE_NOD] = WORDS("Okay.", "Right.", "I see."),
    [LINE_HOLD] = WORDS("Thanks for holding, they will be right with you.", "Just a few more seconds.", "I am still connecting you.",
                        "It is ringing on their side now.", "Almost there, thanks for your patience.", "Thank you for waiting."),
    [LINE_HANDOFF_FAILED] = WORDS("I am sorry, everyone is on another call right now. May I book you a call back?",
                                  "Nobody could pick up just now. Shall I book a time with them?"),
    [LINE_CLOSER_LOST] = WORDS("One moment please, {closer|your specialist} dropped off the line. I am getting them back.",
                               "Sorry, I lost {closer|your specialist} for a second. Please stay on, I am reconnecting."),
    [LINE_CLOSER_GONE] = WORDS("I am sorry, I could not get them back on the line. May I book you a call back?",
                               "I am sorry, their line is gone. Shall I have them call you back?"),
    [LINE_AI_BACK] = WORDS("This is {agent} again. Let us find a time for the next call: when would suit you?",
                           "{agent} here again, to set up the next call. What time suits you best?"),
    [LINE_CALLBACK_WHEN] = WORDS("When would be a good time?", "What time suits you best?", "What time should they call you?", "Which time works for you?"),
    [LINE_CALLBACK_NARROW] = WORDS("Would the morning or the afternoon be better?", "Is today better, or tomorrow?", "Just roughly, what time of day is good?"),
    [LINE_CALLBACK_TIME] = WORDS("What time {when} suits you?", "And at what time {when}?", "Which time {when} is best for you?"),
    [LINE_CALLBACK_DAY] = WORDS("Which day and time would suit you?", "What day and time should I put down?"),
    [LINE_CALLBACK_SET] = WORDS("Good, I have you down for {when}.", "Perfect, you will get a call {when}.", "Done, that is booked for {when}."),
    [LINE_CALLBACK_SOON] = WORDS("All right, someone will call you, {when} at the latest.", "Then you will get a call, {when} at the latest."),
    [LINE_BUSY] = WORDS("No problem at all. When would suit you better?", "Of course, I will be quick. When should I call back?",
                        "Sure thing. What is a better time for you?"),
    [LINE_WARM_HIGH] = WORDS("A specialist will call you back. When is the best time?", "I would like a specialist to call you. What time is best?"),
    [LINE_WARM_LOW] = WORDS("Thanks for telling me all this. I will check in with you in a few days.", "I will get back to you in a few days."),
    [LINE_COLD] = WORDS("Thanks for taking the time. I will send you something useful and leave it at that.", "I will leave it at that for today."),
    [LINE_SOFT_EXIT] = WORDS("No problem, I will point you to our material and leave it at that.", "That is fine, have a look around at your own pace."),
    [LINE_EMAIL_EXIT] = WORDS("I will send the information to the address you gave us.", "You will have our email shortly."),
    [LINE_DECLINED] = WORDS("I understand, and thank you for telling me.", "That is perfectly fine, I will not keep you.", "Understood, no hard feelings."),
    [LINE_SILENCE_EXIT] = WORDS("I cannot hear you, so I will try again another time.", "It seems the line is gone; I will call again later."),
    [LINE_OPT_OUT] = WORDS("You are off our list now and we will not call again.", "I have removed you from our list for good."),
    [LINE_WRONG_NUMBER] = WORDS("I am sorry for the mix-up, I will remove this number.", "My apologies, I have the wrong number."),
    [LINE_GATEKEEPER] = WORDS("Thank you, I will try again another time.", "No problem, I will call back later."),
    [LINE_MINOR] = WORDS("Thank you, I will call back when a grown-up is there.", "No problem, I will try again later for your parents."),
    [LINE_LANGUAGE] = WORDS("I am sorry, I only speak English. A colleague will get back to you.", "Sorry, I speak English only; someone will contact you."),
    [LINE_ABUSIVE] = WORDS("I am sorry to have bothered you.", "I will leave you alone now."),
    [LINE_SCREENING] = WORDS("This is {agent}, an AI assistant from {company}, returning a request from {first_name|the owner of this number}.",
                             "It is {agent} at {company}, about the request that was sent to us."),
    [LINE_GOODBYE] = WORDS("Thank you and goodbye!", "Have a good day, goodbye!", "Take care, bye!"),
};

const struct wordings *en_lines(enum talk_line line)
{
    return &lines[line];
}

enum { MS_PER_DAY = 86400000, MS_PER_MINUTE = 60000, NOON_MIN = 720 };

static int64_t day_of(int64_t ms)
{
    return ms >= 0 ? ms / MS_PER_DAY : (ms - MS_PER_DAY + 1) / MS_PER_DAY;
}

static void clock_words(char *out, size_t size, int minute)
{
    int h = minute / 60, m = minute % 60, h12 = h % 12 == 0 ? 12 : h % 12;

    if (minute == NOON_MIN)
        snprintf(out, size, "noon");
    else if (m == 0)
        snprintf(out, size, "%d %s", h12, h < 12 ? "am" : "pm");
    else
        snprintf(out, size, "%d:%02d %s", h12, m, h < 12 ? "am" : "pm");
}

static const char *ordinal(int d)
{
    if (d % 10 > 3 || d % 10 == 0 || (d > 10 && d < 14))
        return "th";
    return d % 10 == 1 ? "st" : d % 10 == 2 ? "nd" : "rd";
}

void en_when(char out[TALK_WHEN_MAX], int64_t at_local_ms, int64_t now_local_ms, bool day_only)
{
    static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    int64_t day = day_of(at_local_ms), ahead = day - day_of(now_local_ms);
    char time[16], at[24] = "";
    int y, m, d;

    clock_words(time, sizeof time, (int)((at_local_ms - day * MS_PER_DAY) / MS_PER_MINUTE));
    clock_civil_from_days(day, &y, &m, &d);
    if (!day_only)
        snprintf(at, sizeof at, " at %s", time);
    if (ahead == 0 || ahead == 1)
        snprintf(out, TALK_WHEN_MAX, "%s%s", ahead == 0 ? "today" : "tomorrow", at);
    else if (ahead > 1 && ahead < 7)
        snprintf(out, TALK_WHEN_MAX, "%s%s", weekdays[clock_weekday(day)], at);
    else
        snprintf(out, TALK_WHEN_MAX, "%s %d%s%s", months[(m - 1) % 12], d, ordinal(d), at);
}
