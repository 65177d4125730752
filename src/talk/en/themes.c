/* themes.c - English examples of objections and questions that most scenarios have; used when a scenario names one so. */
#include "talk/en/en.h"

#include "base/banned.h"

#define BROWSE "just_browsing"
#define MAIL "send_email"
#define TIME "not_right_time"
#define DEAR "too_expensive"
#define VENDOR "competitor"
#define TRUST "trust"
#define PRICE "price"
#define WHAT "what_is_it"
#define LINKS "integrations"

const struct lang_phrase en_themes[] = {
    { BROWSE, "i'm only looking" }, { BROWSE, "just checking things out" }, { BROWSE, "i was merely having a look at your page" },
    { BROWSE, "we're only exploring right now" }, { BROWSE, "i'm not shopping seriously yet" }, { BROWSE, "just curious to see what you have" },
    { BROWSE, "i'm just shopping around" }, { BROWSE, "only gathering some ideas" }, { BROWSE, "just doing my research" },

    { MAIL, "put it in an email for me" }, { MAIL, "could you mail me a brochure" }, { MAIL, "send me something i can read" },
    { MAIL, "i'd rather have that in writing" }, { MAIL, "drop me a line with the details" }, { MAIL, "email me a link" },
    { MAIL, "can you send some material over" }, { MAIL, "forward the information to my inbox" }, { MAIL, "just send the info" },

    { TIME, "i can't do this right now" }, { TIME, "now doesn't work for me" }, { TIME, "try me another day" }, { TIME, "i'm in the middle of a thing" },
    { TIME, "you've caught me at a bad moment" }, { TIME, "can we do this next week" }, { TIME, "i've got to run" }, { TIME, "i am busy at the moment" },
    { TIME, "ring me again this evening" }, { TIME, "the timing is bad" }, { TIME, "i'm about to walk into a meeting" },

    { DEAR, "that costs a lot" }, { DEAR, "it's over what we can spend" }, { DEAR, "out of our price range" }, { DEAR, "that is steep" },
    { DEAR, "wow that's pricey" }, { DEAR, "we don't have that kind of money" }, { DEAR, "that's more than we wanted to pay" },
    { DEAR, "too much money for a small company" }, { DEAR, "it's beyond our budget" }, { DEAR, "your competitors charge less" },

    { VENDOR, "we have another vendor for this" }, { VENDOR, "we already work with someone" }, { VENDOR, "somebody else does that for us" },
    { VENDOR, "there's already a tool in place" }, { VENDOR, "we use pipedrive for it" }, { VENDOR, "we have our own system for this" },
    { VENDOR, "we're under contract with another company" }, { VENDOR, "we already signed with someone else" },
    { VENDOR, "we just went with another provider" }, { VENDOR, "we're on salesforce" }, { VENDOR, "our current provider does this" },
    { VENDOR, "we already have software for that" },

    { TRUST, "who gave you this number" }, { TRUST, "are you for real" }, { TRUST, "how can i know you're legit" }, { TRUST, "this sounds like a scam" },
    { TRUST, "where did you find my contact details" }, { TRUST, "is this company legitimate" }, { TRUST, "why are you calling me" },
    { TRUST, "i didn't sign up for anything" }, { TRUST, "how come you have my number" },

    { PRICE, "what are your prices" }, { PRICE, "how much would i pay" }, { PRICE, "how much do you charge for it" }, { PRICE, "what would it run us" },
    { PRICE, "can you tell me the cost" }, { PRICE, "what's your pricing" }, { PRICE, "how expensive is it" }, { PRICE, "give me the price first" },

    { WHAT, "what is it that you offer" }, { WHAT, "what kind of company are you" }, { WHAT, "tell me what your product does" },
    { WHAT, "how does this thing work" }, { WHAT, "explain what this is for" }, { WHAT, "why are you calling what is it about" },
    { WHAT, "what's your service" }, { WHAT, "what do you people sell" },

    { LINKS, "is it compatible with our software" }, { LINKS, "can we connect it with outlook" }, { LINKS, "do you integrate with salesforce" },
    { LINKS, "will it talk to our phone system" }, { LINKS, "does that plug into hubspot" }, { LINKS, "can it sync with our calendar" },
    { LINKS, "do you have an api" }, { LINKS, "what does it integrate with" },
    { NULL, NULL },
};
