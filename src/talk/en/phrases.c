/* phrases.c - English example sentences of the built-in intents, and of answers that are none of them (label ""). */
#include "talk/en/en.h"

#include "base/banned.h"

#define OPT "opt_out"
#define HUM "human_request"
#define BOT "robot_question"
#define REC "recording_question"
#define SRC "source_question"
#define NOI "not_interested"
#define WRN "wrong_number"
#define LNG "language"
#define GAT "gatekeeper"
#define BSY "busy"
#define RPT "repeat"

const struct lang_phrase en_intents[] = {
    { OPT, "i want you people to quit ringing this phone" }, { OPT, "put me down as someone you don't call" },
    { OPT, "strike my name from whatever list this is" }, { OPT, "please make sure nobody calls this number again" },
    { OPT, "i already told you guys not to contact me" }, { OPT, "wipe my details and don't phone me" },
    { OPT, "no further calls to this number please" }, { OPT, "take us off the calling list" },
    { OPT, "i never want to hear from your company again" }, { OPT, "leave me alone and quit calling" },

    { HUM, "i'd feel better discussing this with an actual person" }, { HUM, "hand me over to one of your colleagues" },
    { HUM, "get me somebody who is not a machine" }, { HUM, "can someone from your team take this call" },
    { HUM, "i don't talk to computers put a person on" }, { HUM, "is there anyone human i could speak with" },
    { HUM, "let me speak with your manager please" }, { HUM, "i'd rather deal with people" },
    { HUM, "connect me with a sales rep right now" }, { HUM, "could a real employee ring me about this" },
    { HUM, "i want somebody alive on the phone" }, { HUM, "pass me to a specialist please" },
    { HUM, "i need to talk to an expert not a bot" }, { HUM, "give the phone to a person" },

    { BOT, "hold on is this some sort of computer voice" }, { BOT, "you don't sound like a real person" },
    { BOT, "am i chatting with software here" }, { BOT, "are you a live person or a program" },
    { BOT, "is there a human at the other end" }, { BOT, "this is one of those ai callers isn't it" },
    { BOT, "so you're artificial" }, { BOT, "is your voice generated" }, { BOT, "are you actually human" },
    { BOT, "wait you're not real are you" },

    { REC, "are we being taped" }, { REC, "who gets to listen to this call afterwards" }, { REC, "why do you need to record me" },
    { REC, "i haven't agreed to any recording" }, { REC, "where do you keep the recording" }, { REC, "turn the recording off" },
    { REC, "is this conversation saved somewhere" }, { REC, "how do you handle my personal data" },

    { SRC, "how come you have my phone number" }, { SRC, "who passed you my contact" }, { SRC, "i don't remember filling in any form" },
    { SRC, "where did this lead come from" }, { SRC, "which website did you get me from" }, { SRC, "i never requested a call" },
    { SRC, "is this some kind of scam" }, { SRC, "how do i know you are legitimate" }, { SRC, "what gave you the idea to call me" },

    { NOI, "this isn't anything we want" }, { NOI, "i'll have to decline" }, { NOI, "thanks but we don't want this" },
    { NOI, "it's not something for our company" }, { NOI, "we have no interest in this at all" }, { NOI, "nah we're good thanks" },
    { NOI, "i don't want to buy anything" }, { NOI, "we decided against it" }, { NOI, "we'll pass on this one" },

    { WRN, "you must be looking for a different person" }, { WRN, "nobody called that works at this company" },
    { WRN, "this phone belongs to somebody else now" }, { WRN, "he hasn't worked here for years" }, { WRN, "i'm not the man you want" },
    { WRN, "you've dialed a private home" }, { WRN, "i think there's been a mix up with the number" }, { WRN, "never heard of her" },

    { LNG, "i can not speak english well" }, { LNG, "is there somebody who speaks spanish" }, { LNG, "my english not good sorry" },
    { LNG, "no hablo inglés" }, { LNG, "je ne comprends pas l'anglais" }, { LNG, "ich spreche kein englisch" },
    { LNG, "can we do this in portuguese" }, { LNG, "i only understand mandarin" },

    { GAT, "may i tell him who is calling" }, { GAT, "she is away from her desk shall i take a message" },
    { GAT, "this is the front desk how can i direct your call" }, { GAT, "he can't come to the phone right now" },
    { GAT, "i answer the phones for doctor miller" }, { GAT, "what is this call in reference to" },
    { GAT, "he's my boss and he is out today" }, { GAT, "we don't put sales calls through" }, { GAT, "i'll see whether she can take it" },

    { BSY, "i've got to run into a meeting" }, { BSY, "i am behind the wheel at the moment" }, { BSY, "you've caught me right in the middle of something" },
    { BSY, "could you try me again tomorrow" }, { BSY, "i haven't got a minute right now" }, { BSY, "let's do this some other day" },
    { BSY, "i'm with a client can we talk later" }, { BSY, "ring me back this afternoon" }, { BSY, "it's not a good time to chat" },

    { RPT, "i couldn't make out what you said" }, { RPT, "would you mind saying that once more" }, { RPT, "you're breaking up" },
    { RPT, "what was the question" }, { RPT, "sorry come again" }, { RPT, "i didn't get the last bit" },

    { "", "we want to start in about three weeks" }, { "", "around two thousand a month" }, { "", "i make the decision together with my partner" },
    { "", "my manager has the last word on it" }, { "", "we keep missing calls from customers" }, { "", "yes go ahead" },
    { "", "no not really" }, { "", "sure i have a minute" }, { "", "our front desk can't answer every call" },
    { "", "we use salesforce today" }, { "", "i'm the owner of the clinic" }, { "", "how much does it cost" }, { "", "what exactly do you do" },
    { "", "does it integrate with our calendar" }, { "", "it's too expensive for us" }, { "", "send me an email about it" },
    { "", "i'm just looking around for now" }, { "", "we have twelve people in sales" }, { "", "that sounds good" },
    { "", "we lose leads because nobody calls them back" }, { "", "people want to talk to a human when they call us" },
    { "", "our customers complain that we call too late" }, { "", "our agents spend all day calling people" },
    { "", "we haven't set a budget yet" }, { "", "sometime next quarter" }, { "", "as soon as possible" }, { "", "i don't know" },
    { "", "let me think about that for a second" }, { "", "we want to record our sales calls" }, { "", "our receptionist left last month" },
    { "", "we get a lot of wrong numbers on our support line" }, { "", "we need someone who answers in spanish" },
    { "", "we need to stop losing customers" }, { "", "i'm comparing a couple of vendors" }, { "", "that's fine" },
    { "", "i would have to ask finance" }, { "", "the weather is nice today" }, { "", "i had pasta for lunch" }, { "", "can you hear my dog barking" },
    { "", "our team is based in denver" }, { "", "we sell garden furniture" }, { "", "who are your other customers" },
    { "", "what makes you better than the others" }, { "", "is there a contract" }, { "", "do you have a free trial" },
    { "", "how long does the setup take" }, { "", "the meeting rooms are always busy" }, { "", "tuesday at three works" },
    { NULL, NULL },
};

/* Ordinary answers and remarks: neither objection nor question of the scenario. */
const struct lang_phrase en_plain[] = {
    { "", "we want to start in about three weeks" }, { "", "around two thousand a month" }, { "", "i make the decision together with my partner" }, { "", "my manager has the last word on it" }, { "", "yes go ahead" }, { "", "no not really" }, { "", "sure i have a minute" }, { "", "i am the owner" }, { "", "just me" }, { "", "it is my decision" }, { "", "as soon as possible" }, { "", "sometime next quarter" }, { "", "in six months or so" }, { "", "by the end of the year" }, { "", "we have no deadline" }, { "", "we haven't set a budget" }, { "", "something like fifteen hundred dollars" }, { "", "i don't know" }, { "", "let me think" }, { "", "hold on a second" }, { "", "that sounds good" }, { "", "okay thank you" }, { "", "bye" }, { "", "tell me more" }, { "", "that is interesting" }, { "", "what do you mean by that" }, { "", "my email address is anna at mail dot com" },
    { "", "could i speak with somebody about it" }, { "", "the same as last year" }, { "", "our tool keeps breaking down" }, { "", "one second please" }, { "", "hello" }, { "", "we have twelve people in sales" }, { "", "our team is in denver" }, { "", "the weather is nice" }, { "", "i had pasta for lunch" }, { "", "my dog is barking" }, { "", "what time is it where you are" }, { "", "say that again please" }, { "", "my name is peter" }, { "", "i am the operations manager" }, { "", "i would recommend it to my boss" }, { "", "we are a small clinic" }, { "", "we sell furniture" }, { "", "tuesday at three works" }, { "", "tomorrow morning is fine" }, { "", "we get two hundred calls a day" }, { "", "i can decide up to five thousand" }, { "", "actually make that twenty thousand" }, { "", "the ceo signs everything" },
    { NULL, NULL },
};
