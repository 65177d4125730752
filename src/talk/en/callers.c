/* callers.c - English sentences of whoever else answers the telephone, and of people who cannot talk or hear now. */
#include "talk/en/en.h"

#include "base/banned.h"

#define WRN "wrong_number"
#define LNG "language"
#define GAT "gatekeeper"
#define BSY "busy"
#define RPT "repeat"
#define KID "minor"
#define RUDE "abusive"
#define VMX "voicemail"
#define SCR "screening"

const struct lang_phrase en_callers[] = {
    { WRN, "you must be looking for a different person" }, { WRN, "nobody called that works at this company" },
    { WRN, "this phone belongs to somebody else now" }, { WRN, "he hasn't worked here for years" }, { WRN, "i'm not the man you want" },
    { WRN, "you've dialed a private home" }, { WRN, "i think there's been a mix up with the number" }, { WRN, "never heard of her" },
    { WRN, "wrong number" }, { WRN, "you have the wrong number" }, { WRN, "there is nobody by that name here" }, { WRN, "i'm not mister khan" },
    { WRN, "mrs smith doesn't live here" }, { WRN, "she moved away years ago" }, { WRN, "she left the company last year" },
    { WRN, "you've reached the wrong person" }, { WRN, "this is a pizza place you want somebody else" }, { WRN, "who no there's no such person" },
    { WRN, "i just got this number last week it must have been somebody else's" }, { WRN, "this is a private number" },
    { WRN, "i don't know any jenny" }, { WRN, "no that isn't me you've mixed something up" }, { WRN, "this number belongs to a school" },
    { WRN, "he no longer works with us" }, { WRN, "wrong person sorry" }, { WRN, "you dialed wrong" }, { WRN, "nope not the person you want" },
    { WRN, "there must be a mistake i'm somebody else" }, { WRN, "that name doesn't ring a bell nobody here is called that" },
    { WRN, "that's not me you've got someone else" }, { WRN, "nobody by that name here" }, { WRN, "this is a flower shop not that company" },
    { WRN, "you've got the wrong house love" }, { WRN, "he doesn't live here any more" }, { WRN, "i'm sorry who there's no one called that" },
    { WRN, "i have no idea who that is" }, { WRN, "it's not my name" }, { WRN, "this is the fire department" }, { WRN, "anna who there is no anna" },
    { WRN, "she's not with us any longer" }, { WRN, "no sorry i think you want the other smith" },

    { LNG, "i can not speak english well" }, { LNG, "is there somebody who speaks spanish" }, { LNG, "my english not good sorry" },
    { LNG, "no hablo inglés" }, { LNG, "je ne comprends pas l'anglais" }, { LNG, "ich spreche kein englisch" },
    { LNG, "can we do this in portuguese" }, { LNG, "i only understand mandarin" }, { LNG, "sorry i don't speak english" }, { LNG, "no english" },
    { LNG, "i speak only little english" }, { LNG, "do you have someone in spanish" }, { LNG, "español por favor" }, { LNG, "no entiendo inglés" },
    { LNG, "qué dice no entiendo" }, { LNG, "je ne comprends pas" }, { LNG, "vous parlez français" }, { LNG, "ich spreche nur deutsch" },
    { LNG, "können wir deutsch sprechen" }, { LNG, "non parlo inglese" }, { LNG, "não falo inglês" }, { LNG, "habla alguien español" },
    { LNG, "i no understand you" }, { LNG, "please speak polish" }, { LNG, "you speak chinese" },
    { LNG, "english is hard for me somebody russian maybe" }, { LNG, "eu não entendo" }, { LNG, "nie mówię po angielsku" },
    { LNG, "ik spreek geen engels" }, { LNG, "can we speak french" }, { LNG, "could we continue in spanish" }, { LNG, "speak german please" },

    { GAT, "may i tell him who is calling" }, { GAT, "she is away from her desk shall i take a message" },
    { GAT, "this is the front desk how can i direct your call" }, { GAT, "he can't come to the phone right now" },
    { GAT, "i answer the phones for doctor miller" }, { GAT, "what is this call in reference to" }, { GAT, "he's my boss and he is out today" },
    { GAT, "we don't put sales calls through" }, { GAT, "i'll see whether she can take it" }, { GAT, "who is calling please" },
    { GAT, "may i have your name and company" }, { GAT, "what's it concerning" }, { GAT, "i'm her assistant" }, { GAT, "this is reception" },
    { GAT, "she isn't at her desk" }, { GAT, "he's on another line right now can i help" }, { GAT, "she's out until monday" },
    { GAT, "can i take a message for her" }, { GAT, "let me see if she's in" }, { GAT, "i'll put you through hold on" },
    { GAT, "does she know what this is about" }, { GAT, "i answer her phone what do you need" }, { GAT, "she doesn't take calls like this" },
    { GAT, "please send an email to our front office she isn't available" }, { GAT, "my wife is at work she'll be back at six" },
    { GAT, "my husband's not home" }, { GAT, "it's her colleague she left her phone on the desk" }, { GAT, "she's off sick this week" },
    { GAT, "i can let him know that you called" }, { GAT, "i'm just covering the phones she's on holiday" },
    { GAT, "good morning doctor patel's office" }, { GAT, "he's with a patient at the moment" }, { GAT, "i'm her son she's not here" },
    { GAT, "is she expecting your call" }, { GAT, "he's just gone out for lunch" }, { GAT, "can i ask what it's in connection with" },
    { GAT, "i can pass on a message" }, { GAT, "she's tied up right now" }, { GAT, "he's not around today" },
    { GAT, "he just stepped away from his desk" }, { GAT, "she has someone with her can she call you back" },
    { GAT, "i'm his secretary what is this about" }, { GAT, "what do you want from her" },
    { GAT, "she'll be back in an hour shall i tell her you rang" }, { GAT, "who may i say is calling" }, { GAT, "this is the front office" },
    { GAT, "you need to make an appointment with her first" }, { GAT, "i'm afraid he's out of the office" },
    { GAT, "what was your name again i'll check whether he's free" }, { GAT, "it's not my phone it's my wife's" },

    { BSY, "i've got to run into a meeting" }, { BSY, "i am behind the wheel at the moment" },
    { BSY, "you've caught me right in the middle of something" }, { BSY, "could you try me again tomorrow" },
    { BSY, "i haven't got a minute right now" }, { BSY, "let's do this some other day" }, { BSY, "i'm with a client can we talk later" },
    { BSY, "ring me back this afternoon" }, { BSY, "it's not a good time to chat" }, { BSY, "i can't do this right now" },
    { BSY, "now doesn't work for me" }, { BSY, "try me another day" }, { BSY, "i'm in the middle of a thing" },
    { BSY, "you've caught me at a bad moment" }, { BSY, "can we do this next week" }, { BSY, "i've got to run" }, { BSY, "i am busy at the moment" },
    { BSY, "ring me again this evening" }, { BSY, "the timing is bad" }, { BSY, "i'm about to walk into a meeting" }, { BSY, "i'm busy right now" },
    { BSY, "this is a bad time" }, { BSY, "i can't talk now" }, { BSY, "i'm in the car" }, { BSY, "call me back in an hour" },
    { BSY, "could we talk another time" }, { BSY, "i'm just walking into a meeting" }, { BSY, "i'm with a patient" },
    { BSY, "give me a call tomorrow" }, { BSY, "i'm in the middle of cooking" }, { BSY, "try me again next week" }, { BSY, "not a good moment" },
    { BSY, "i don't have time now" }, { BSY, "my other phone is ringing i have to take it" }, { BSY, "i need to go somebody's at the door" },
    { BSY, "i'm at a funeral" }, { BSY, "sorry i've got my hands full" }, { BSY, "i'm rushing to pick up the kids" },
    { BSY, "somebody is waiting for me" }, { BSY, "i have a call in two minutes" }, { BSY, "later please" },
    { BSY, "i'm in surgery in five minutes" }, { BSY, "ring me when i'm back in the office" }, { BSY, "could you phone this evening instead" },
    { BSY, "we're really busy at the moment with the lunch rush" }, { BSY, "it's not convenient now" }, { BSY, "can this wait until tomorrow" },
    { BSY, "i've got another call" }, { BSY, "now isn't great" }, { BSY, "i'm on the other line" }, { BSY, "i'm about to get on a train" },
    { BSY, "the baby is crying can you call later" }, { BSY, "i've just sat down to eat" }, { BSY, "i'm standing at the till" },
    { BSY, "let's talk some other time" }, { BSY, "could you give me a shout next week" }, { BSY, "i'm up to my eyes in it right now" },
    { BSY, "catch me later" }, { BSY, "i'm not able to speak at the moment" }, { BSY, "i'm on site right now and it's loud" },
    { BSY, "can we postpone this" }, { BSY, "i'd need you to call back on monday" },

    { RPT, "i couldn't make out what you said" }, { RPT, "would you mind saying that once more" }, { RPT, "you're breaking up" },
    { RPT, "what was the question" }, { RPT, "sorry come again" }, { RPT, "i didn't get the last bit" }, { RPT, "can you repeat that" },
    { RPT, "sorry what" }, { RPT, "i didn't hear you" }, { RPT, "what did you just say" }, { RPT, "you're cutting out" },
    { RPT, "a bit louder please" }, { RPT, "once more please" }, { RPT, "the connection is bad i can't hear you" },
    { RPT, "could you say it slower" }, { RPT, "you went quiet there for a second" }, { RPT, "i missed that" },
    { RPT, "i don't understand the question" }, { RPT, "how do you mean" }, { RPT, "there's an echo i couldn't follow" },
    { RPT, "sorry the kids were screaming what was the question" }, { RPT, "what was your question again" }, { RPT, "didn't catch that last part" },
    { RPT, "what" }, { RPT, "huh" }, { RPT, "say what" }, { RPT, "sorry" }, { RPT, "excuse me" }, { RPT, "what did you ask me" },
    { RPT, "you're very quiet" }, { RPT, "speak up" }, { RPT, "can you talk slower please" }, { RPT, "i lost you for a moment" },
    { RPT, "the reception is terrible here" }, { RPT, "you're all choppy" }, { RPT, "hello can you hear me" }, { RPT, "sorry go again" },
    { RPT, "one more time" },

    { KID, "i'm nine" }, { KID, "my dad's not here" }, { KID, "i'm a kid" }, { KID, "mum says i shouldn't talk to strangers" },
    { KID, "i'll get my mommy" }, { KID, "my parents are at work" }, { KID, "i am in fifth grade" }, { KID, "daddy's phone" },
    { KID, "i'm only ten years old" }, { KID, "mommy's sleeping" }, { KID, "my mum's not in" }, { KID, "i'm thirteen" },
    { KID, "my daddy is outside" }, { KID, "do you want my mom" }, { KID, "this is my dad's phone i'm eight" },

    { RUDE, "go screw yourself" }, { RUDE, "get lost you idiot" }, { RUDE, "you're a piece of crap" }, { RUDE, "shut the hell up" },
    { RUDE, "eat shit" }, { RUDE, "you're a bunch of crooks and bastards" }, { RUDE, "you're full of shit" }, { RUDE, "screw you" },
    { RUDE, "you bloody idiots" }, { RUDE, "kiss my ass" }, { RUDE, "piss off" },

    { VMX, "you have reached the voice mailbox of" }, { VMX, "please leave a message after the beep" },
    { VMX, "i'm not able to take your call right now" }, { VMX, "leave me a message and i'll get back to you" },
    { VMX, "the mailbox is full and cannot accept messages" }, { VMX, "at the tone please record your message" },
    { VMX, "your call has been forwarded to an automatic voice message system" },
    { VMX, "hi this is doctor lee i can't answer the phone please leave your name and number" }, { VMX, "sorry i missed you leave a message" },
    { VMX, "we are closed at the moment our hours are nine to five" }, { VMX, "you've reached anna's voicemail" },
    { VMX, "please record your message" }, { VMX, "i'm away from my phone at the moment leave a message" }, { VMX, "this mailbox is not set up" },
    { VMX, "the customer you have dialed is unavailable" }, { VMX, "when you have finished recording hang up or press one" },

    { SCR, "please state your name and the reason for your call" }, { SCR, "the person you are calling uses a screening service" },
    { SCR, "record your name and reason for calling" }, { SCR, "stay on the line while we try to connect you" },
    { SCR, "before i try to connect you can i ask who is calling and why" }, { SCR, "please say who you are and i'll see if they're available" },
    { SCR, "this call is being screened say your name after the tone" },
    { SCR, "who is calling and what is it about i'll connect you if they accept" }, { SCR, "google is screening this call say your name" },
    { SCR, "please tell me who you are and the purpose of your call and i'll check if they are free" },
    { NULL, NULL },
};
